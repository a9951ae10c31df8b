//! DOC029: two clauses are the same but for one character more.

use juesuan_model::Severity;
use rustc_hash::FxHashMap;

use crate::texts::Words;
use crate::words::is_han;
use crate::{Context, Failure, Outcomes, Rule};

pub(crate) static RULE: Rule = Rule {
    code: "DOC029",
    title: "两处文字只多一字，疑有多字或漏字",
    english: "Two clauses differ by one character more",
    severity: Severity::Warning,
    checks: "两个分句除中间多一个字外完全相同的，多半一处多写或另一处漏写；“的、了、为、年、度”一类有没有都通的字不算。",
    why: "综述、目标、完成情况互相抄录，多字、漏字只有对照才看得出来。",
    bad: "第二部分 说明\n\n一、情况\n\n促进事业发展，保障过全市供水安全。\n\n二、目标\n\n改善水质，保障全市供水安全。",
    good: "第二部分 说明\n\n一、情况\n\n促进事业发展，保障了全市供水安全。\n\n二、目标\n\n改善水质，保障全市供水安全。",
    basis: "同一句话前后一致",
    false_alarms: "两处本来说的是两件事的，可不理会。",
    covers: &["P11", "A14", "A21", "T25"],
    check,
};

/// Shorter clauses are alike by chance.
const SHORTEST: usize = 8;
/// Longer ones are not looked at.
const LONGEST: usize = 60;
/// How many clauses that begin (or end) alike are held against each other.
const MOST_ALIKE: usize = 40;

/// A clause where it stands first.
struct Clause<'w, 'a> {
    words: &'w Words<'a>,
    start: usize,
    text: &'w str,
    length: usize,
}

impl<'w> Clause<'w, '_> {
    /// Its first and its last part; the first has half of `length` characters.
    fn halves(&self, length: usize, from: usize) -> Option<(&'w str, &'w str)> {
        let at = |count: usize| self.text.char_indices().nth(count).map(|(at, _)| at);
        let head = self.text.get(..at(length / 2)?)?;
        Some((head, self.text.get(at(from + length / 2)?..)?))
    }
}

fn check(context: &Context<'_>, out: &mut Outcomes) {
    let clauses = distinct(context.texts());
    let mut alike: FxHashMap<(usize, bool, &str), Vec<&Clause<'_, '_>>> = FxHashMap::default();
    for clause in &clauses {
        let Some((head, tail)) = clause.halves(clause.length, 0) else { continue };
        alike.entry((clause.length, false, head)).or_default().push(clause);
        alike.entry((clause.length, true, tail)).or_default().push(clause);
    }
    let harmless = context.scheme.settings.words("可有可无的字");
    let meaningful = context.scheme.settings.words("有意义的字");
    let means = |c: char| harmless.iter().chain(&**meaningful).any(|word| word.contains(c));
    for long in clauses.iter().filter(|clause| clause.length > SHORTEST) {
        let length = long.length - 1;
        let Some((head, tail)) = long.halves(length, 1) else { continue };
        let keys = [(length, false, head), (length, true, tail)];
        let shorter = keys
            .iter()
            .filter_map(|key| alike.get(key))
            .flat_map(|same| same.iter().take(MOST_ALIKE));
        let mut found = shorter.filter_map(|short| Some((short, inserted(long.text, short.text)?)));
        match found.find(|(_, c)| is_han(*c) && !means(*c)) {
            Some((short, more)) => {
                let message = format!("“{}”比“{}”多一个“{more}”字", long.text, short.text);
                let failure = Failure::new(long.words.subject("inserted"), message);
                let spot = |c: &Clause<'_, '_>| c.words.spot_at(c.start, c.start + c.text.len());
                let failure = failure.values(long.text, short.text);
                out.fail(failure.derived().at(spot(long)).at(spot(short)));
            }
            None => out.pass(&[]),
        }
    }
}

/// The clauses between punctuation, each once, in the order they stand.
fn distinct<'w, 'a>(texts: &'w [Words<'a>]) -> Vec<Clause<'w, 'a>> {
    let mut known = rustc_hash::FxHashSet::default();
    let mut found = Vec::new();
    for words in texts {
        let text = &*words.folded;
        let (mut start, mut length) = (0, 0);
        for (at, c) in text.char_indices().chain([(text.len(), '。')]) {
            if !matches!(c, '。' | ';' | ',' | ':' | '、') {
                length += 1;
                continue;
            }
            let clause = text.get(start..at).unwrap_or("");
            if (SHORTEST..=LONGEST).contains(&length) && known.insert(clause) {
                found.push(Clause { words, start, text: clause, length });
            }
            (start, length) = (at + c.len_utf8(), 0);
        }
    }
    found
}

/// The one character that `long` has more, when it stands inside.
fn inserted(long: &str, short: &str) -> Option<char> {
    let same = long.chars().zip(short.chars()).take_while(|(a, b)| a == b);
    let head: usize = same.map(|(a, _)| a.len_utf8()).sum();
    let mut rest = long.get(head..)?.chars();
    let more = rest.next()?;
    let is_inside = head > 0 && !rest.as_str().is_empty();
    (is_inside && Some(rest.as_str()) == short.get(head..)).then_some(more)
}
