//! Templates meet folded text: a small backtracking matcher with bounded reach.

use std::cell::Cell;
use std::sync::Arc;

use memchr::{memchr2_iter, memmem};

use super::Vocabulary;
use super::template::{Piece, SlotKind, Template};

/// How many bytes words in a gap or a text slot may take, and how many a leap over sentences.
const REACH: usize = 600;
const LEAP: usize = 2_400;

/// How often words in gaps and text slots may be lengthened from one start: hostile text could be
/// tried for ever. What is not matched is told as not read.
const TRIALS: u32 = 2_000;

/// How far lazy words may go.
#[derive(Clone, Copy)]
struct Bound {
    bytes: usize,
    stops: &'static [char],
}

impl Bound {
    /// Bytes behind which words beginning with `rest` go no further.
    fn reach(self, rest: &str) -> usize {
        let far = (self.bytes + 1..rest.len()).find(|at| rest.is_char_boundary(*at));
        let far = far.unwrap_or(rest.len());
        self.stop(rest.get(..far).unwrap_or("")).unwrap_or(far)
    }

    /// Where the first of the stops stands.
    fn stop(self, near: &str) -> Option<usize> {
        if self.stops.is_empty() {
            return None;
        }
        let is_stop = |at: &usize| near.get(*at..).is_some_and(|rest| rest.starts_with(self.stops));
        memchr2_iter(b';', OPENS_STOP, near.as_bytes()).find(is_stop)
    }
}

/// The first byte of `。`, and of few other characters.
const OPENS_STOP: u8 = 0xe3;

/// Behind a semicolon something else is spoken of, but a reason may go on.
const CLAUSES: Bound = Bound { bytes: REACH, stops: &['。', ';'] };
const SENTENCE: Bound = Bound { bytes: REACH, stops: &['。'] };
const PASSAGE: Bound = Bound { bytes: LEAP, stops: &[] };

/// A slot's place in the folded text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Capture {
    /// The slot.
    pub name: Arc<str>,
    /// Bytes of the value in the folded text; for amounts the number without unit.
    pub start: usize,
    /// End of the value.
    pub end: usize,
    /// What follows the number: `万元`, `%`, or nothing.
    pub unit: &'static str,
    /// The direction of a word slot.
    pub direction: Option<i32>,
    /// The row that a label slot names.
    pub row: Option<Arc<str>>,
}

/// A slot's place while the template is being tried: most trials fail.
#[derive(Clone, Copy)]
struct Trial<'t> {
    name: &'t Arc<str>,
    start: usize,
    end: usize,
    unit: &'static str,
    direction: Option<i32>,
    row: Option<&'t Arc<str>>,
}

impl<'t> Trial<'t> {
    const fn words(name: &'t Arc<str>, start: usize, end: usize) -> Self {
        Self { name, start, end, unit: "", direction: None, row: None }
    }

    fn capture(&self) -> Capture {
        let Self { start, end, unit, direction, .. } = *self;
        Capture { name: self.name.clone(), start, end, unit, direction, row: self.row.cloned() }
    }
}

/// A place where a template matched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Match {
    /// First byte.
    pub start: usize,
    /// Behind the last byte, without the full stop at the end.
    pub end: usize,
    /// The slots in order.
    pub captures: Vec<Capture>,
}

/// The text that is matched, with what slots can name.
#[derive(Clone, Copy)]
struct On<'t> {
    text: &'t str,
    words: &'t Vocabulary,
    /// How many trials are left.
    left: &'t Cell<u32>,
}

impl<'t> On<'t> {
    fn from(self, at: usize) -> Option<&'t str> {
        self.text.get(at..)
    }
}

/// All places among `starts` (in order) in `text` (folded) where `template` matches, without overlaps; slots
/// name what `words` has.
#[must_use]
pub fn find_all(
    template: &Template,
    words: &Vocabulary,
    text: &str,
    starts: impl IntoIterator<Item = usize>,
) -> Vec<Match> {
    let mut found: Vec<Match> = Vec::new();
    let left = Cell::new(TRIALS);
    let on = On { text, words, left: &left };
    let mut from = 0;
    let mut trials = Vec::new();
    let mut needed = Needed { words: &template.needed, text, next: 0 };
    for start in starts {
        if start < from {
            continue;
        }
        // Most passages lack what the template cannot do without.
        if !needed.follow(start) {
            break;
        }
        trials.clear();
        left.set(TRIALS);
        if let Some(end) = step(Pieces::new(&template.pieces), on, start, &mut trials) {
            let captures = trials.iter().map(Trial::capture).collect();
            // The full stop that closes a sentence may open the next.
            let taken = text.get(start..end).and_then(|words| words.strip_suffix('。'));
            let end = taken.map_or(end, |words| start + words.len());
            found.push(Match { start, end, captures });
            from = end.max(start + 1);
        }
    }
    found
}

/// The words that every match holds, looked for in the text from one start to the next.
struct Needed<'t> {
    words: &'t str,
    text: &'t str,
    /// Where they stand next, or up to where they are known not to.
    next: usize,
}

impl Needed<'_> {
    /// Whether they stand at or behind a start.
    fn follow(&mut self, start: usize) -> bool {
        if start < self.next || self.words.is_empty() {
            return true;
        }
        let rest = self.text.as_bytes().get(start..).unwrap_or_default();
        let words = self.words.as_bytes();
        // Most templates begin with them, and most starts are such.
        let found = if rest.starts_with(words) { Some(0) } else { memmem::find(rest, words) };
        self.next = found.map_or(self.next, |at| start + at + 1);
        found.is_some()
    }
}

/// The pieces still to match: a slice, then what follows it.
#[derive(Clone, Copy)]
struct Pieces<'a, 't> {
    here: &'t [Piece],
    then: Option<&'a Pieces<'a, 't>>,
}

impl<'t> Pieces<'_, 't> {
    const fn new(here: &'t [Piece]) -> Self {
        Self { here, then: None }
    }

    /// The next character from `from` on, and not behind `to`, where these can begin.
    fn next_start(&self, text: &str, from: usize, to: usize) -> Option<usize> {
        let rest = text.get(from..).filter(|rest| !rest.is_empty())?;
        let length = to.checked_sub(from)?;
        match self.here {
            [Piece::Literal(first), ..] => nearest(rest, length, first).map(|at| from + at),
            [Piece::Choice(branches), ..] if branches.iter().all(|b| first_words(b).is_some()) => {
                let firsts = branches.iter().filter_map(|branch| first_words(branch));
                // Each only has to be looked for before those found so far.
                let best = firsts.fold(None, |best, words| {
                    nearest(rest, best.unwrap_or(length), words).or(best)
                });
                best.map(|at| from + at)
            }
            _ => Some(from),
        }
    }
}

/// The first byte, up to `length`, at which words begin.
fn nearest(text: &str, length: usize, words: &str) -> Option<usize> {
    let near = text.as_bytes().get(..text.len().min(length + words.len()))?;
    memmem::find(near, words.as_bytes())
}

/// The words that a branch begins with.
fn first_words(branch: &[Piece]) -> Option<&str> {
    match branch.first() {
        Some(Piece::Literal(words)) => Some(words),
        _ => None,
    }
}

/// Matches the pieces at a byte; where they do not match at a quotation mark, behind it: names may
/// stand in quotation marks anywhere.
fn step<'t>(
    pieces: Pieces<'_, 't>,
    on: On<'t>,
    at: usize,
    captures: &mut Vec<Trial<'t>>,
) -> Option<usize> {
    let kept = captures.len();
    if let Some(end) = step_here(pieces, on, at, captures) {
        return Some(end);
    }
    // One mark: of many in a row none opens a name.
    let is_quoted = matches!(on.text.as_bytes().get(at..), Some([b'"', next, ..]) if *next != b'"');
    captures.truncate(kept);
    is_quoted.then(|| step(pieces, on, at + 1, captures)).flatten()
}

fn step_here<'t>(
    pieces: Pieces<'_, 't>,
    on: On<'t>,
    at: usize,
    captures: &mut Vec<Trial<'t>>,
) -> Option<usize> {
    let Some((piece, here)) = pieces.here.split_first() else {
        return match pieces.then {
            Some(then) => step(*then, on, at, captures),
            None => Some(at),
        };
    };
    let rest = Pieces { here, then: pieces.then };
    match piece {
        Piece::Literal(literal) => {
            let matched = on.from(at)?.starts_with(&**literal);
            matched.then(|| step(rest, on, at + literal.len(), captures)).flatten()
        }
        Piece::Choice(branches) => branches.iter().find_map(|branch| {
            let kept = captures.len();
            let end = step(Pieces { here: branch, then: Some(&rest) }, on, at, captures);
            if end.is_none() {
                captures.truncate(kept);
            }
            end
        }),
        Piece::Gap => lazy(rest, on, at, captures, (CLAUSES, None)),
        Piece::Leap => lazy(rest, on, at, captures, (PASSAGE, None)),
        Piece::Slot(name, SlotKind::Text) => lazy(rest, on, at, captures, (SENTENCE, Some(name))),
        Piece::Slot(name, kind) => {
            let (capture, end) = value(name, kind, on, at)?;
            captures.push(capture);
            let end = step(rest, on, end, captures);
            if end.is_none() {
                captures.pop();
            }
            end
        }
    }
}

/// The shortest words within the bound that let the rest match.
fn lazy<'t>(
    rest: Pieces<'_, 't>,
    on: On<'t>,
    at: usize,
    captures: &mut Vec<Trial<'t>>,
    (bound, name): (Bound, Option<&'t Arc<str>>),
) -> Option<usize> {
    let kept = captures.len();
    let to = at + bound.reach(on.from(at)?);
    let mut from = at;
    while let Some(end) = rest.next_start(on.text, from, to) {
        on.left.set(on.left.get().checked_sub(1)?);
        if let Some(name) = name {
            captures.push(Trial::words(name, at, end));
        }
        if let Some(end) = step(rest, on, end, captures) {
            return Some(end);
        }
        captures.truncate(kept);
        from = end + on.from(end)?.chars().next()?.len_utf8();
    }
    None
}

fn value<'t>(
    name: &'t Arc<str>,
    kind: &'t SlotKind,
    on: On<'t>,
    at: usize,
) -> Option<(Trial<'t>, usize)> {
    let rest = on.from(at)?;
    match kind {
        SlotKind::Word(list) => {
            let (length, direction) = on.words.word(*list, rest)?;
            let end = at + length;
            let trial = Trial::words(name, at, end);
            return Some((Trial { direction: Some(direction), ..trial }, end));
        }
        SlotKind::Row(form) => {
            let (length, row) = on.words.label(*form, rest)?;
            let end = at + length;
            return Some((Trial { row: Some(row), ..Trial::words(name, at, end) }, end));
        }
        _ => {}
    }
    let end = at + number_length(rest)?;
    let after = on.from(end)?;
    let unit = match kind {
        SlotKind::Amount => {
            *["万元", "亿元", "元"].iter().find(|unit| after.starts_with(**unit))?
        }
        SlotKind::Percent => after.starts_with('%').then_some("%")?,
        _ => "",
    };
    Some((Trial { unit, ..Trial::words(name, at, end) }, end + unit.len()))
}

/// Bytes of a number at the start of `rest`: digits, separators, one point, a sign.
fn number_length(rest: &str) -> Option<usize> {
    let sign = usize::from(rest.starts_with('-'));
    let digits = rest.get(sign..)?;
    let length = digits
        .find(|c: char| !(c.is_ascii_digit() || c == ',' || c == '.'))
        .unwrap_or(digits.len());
    let number = digits.get(..length)?.trim_end_matches([',', '.']);
    (number.starts_with(|c: char| c.is_ascii_digit())).then_some(sign + number.len())
}

#[cfg(test)]
mod tests {
    use juesuan_model::Folded;
    use proptest::prelude::*;

    use super::*;
    use crate::sentence::WordList;
    use crate::sentence::openings::opening_words;

    fn words() -> Vec<WordList> {
        let list = |words: &[&str]| words.iter().map(|w| Arc::from(*w)).collect();
        vec![WordList {
            kind: "增减".into(),
            more: list(&["增加", "增长"]),
            less: list(&["减少"]),
            level: list(&["持平"]),
        }]
    }

    fn everywhere(template: &Template, words: &Vocabulary, text: &str) -> Vec<Match> {
        let mut starts = Vec::new();
        opening_words(&[&template.pieces], "", &mut |words| {
            starts.extend(text.match_indices(words).map(|(at, _)| at));
        });
        starts.sort_unstable();
        find_all(template, words, text, starts)
    }

    fn slots(template: &str, text: &str) -> Vec<String> {
        let vocabulary = Vocabulary::new(&words(), &[]);
        let template = Template::parse(template, &vocabulary).unwrap();
        let folded = Folded::new(text);
        everywhere(&template, &vocabulary, folded.as_str())
            .into_iter()
            .flat_map(|m| m.captures)
            .map(|c| format!("{}={}{}", c.name, &folded.as_str()[c.start..c.end], c.unit))
            .collect()
    }

    #[test]
    fn slots_take_their_values_whatever_the_blanks_and_widths() {
        let found = slots(
            "收入总计{a:金额}，占[收入总计|总收入]的{p:比率}",
            "收入 总计 65,669. 54 万 元,占总收入的１００.００％。",
        );
        assert_eq!(found, ["a=65,669.54万元", "p=100.00%"]);
    }

    #[test]
    fn words_and_reasons_stay_within_the_sentence() {
        let template = "比上年{d:增减}{a:金额}…主要原因[是|：]{why:文}。";
        let found = slots(template, "比上年减少3.5万元，降低1%，主要原因是人员退休。其他。");
        assert_eq!(found, ["d=减少", "a=3.5万元", "why=人员退休"]);
        assert!(slots(template, "比上年减少3.5万元。主要原因是人员退休。").is_empty());
    }

    #[test]
    fn every_place_is_found() {
        assert_eq!(slots("[（|]款[）|]{n:数}辆", "款3辆（款）4辆"), ["n=3", "n=4"]);
    }

    #[test]
    fn names_may_stand_in_quotation_marks() {
        let template = "[.|、]{name:文}（款）[支出|]{a:金额}，占{p:比率}";
        let found = slots(template, "1.“教育（款）”3.5万元，占1%、“其他”（款）支出2元，占0%");
        assert_eq!(found, ["name=\"教育", "a=3.5万元", "p=1%", "name=\"其他\"", "a=2元", "p=0%"]);
        assert!(slots(template, "1.教育（款）\"\"“三公”3.5万元，占1%").is_empty());
    }

    #[test]
    fn faulty_templates_say_why() {
        let vocabulary = Vocabulary::new(&words(), &[]);
        let fault = |text: &str| Template::parse(text, &vocabulary).unwrap_err();
        assert_eq!(fault("{a:金额}元"), "模板必须以固定文字开头");
        assert_eq!(fault("共{a}元"), "槽“a”应写作 {名:种类}");
        assert_eq!(fault("共[一|二"), "“[”没有配对的“]”");
        assert_eq!(fault("共{a:斤}"), "没有“斤”这个槽种类");
    }

    proptest! {
        #[test]
        fn any_text_ends(text in "[款0-9，。万元（）]{0,200}") {
            let folded = Folded::new(&text);
            let vocabulary = Vocabulary::new(&words(), &[]);
            let template = Template::parse("[款|]{a:金额}…[（|]{n:数}{t:文}。", &vocabulary);
            if let Ok(template) = template {
                let _ = everywhere(&template, &vocabulary, folded.as_str());
            }
        }
    }
}
