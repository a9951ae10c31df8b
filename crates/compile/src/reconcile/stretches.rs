//! What became of each stretch of a line: of its figures, of words that were handed in, and of the
//! words around them. Blanks do not count: programs add and drop them.

use std::sync::Arc;

use similar::{Algorithm, DiffOp, capture_diff_slices};

/// Longer texts are compared only at their ends.
const LONGEST: usize = 6_000;

/// Where the characters of a stretch come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Source {
    /// The manuscript or the scheme.
    Words,
    /// A package: the cell that they were posted to.
    Stated(Arc<str>),
    /// The figures: what it states, and how many times that was printed before.
    Figure(Arc<str>, usize),
}

/// A stretch of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Stretch {
    pub(super) text: String,
    pub(super) source: Source,
}

/// What became of one or several stretches.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Became {
    /// The first stretch and the one behind the last.
    pub(super) of: (usize, usize),
    pub(super) text: String,
}

/// What became of the stretches that changed. A change over several of them is told as one, unless
/// it is clear which of them got what.
pub(super) fn changed(stretches: &[Stretch], found: &str) -> Vec<Became> {
    let mut weaver = Weaver::new(stretches, found);
    let mut at = 0;
    for op in weaver.ops() {
        weaver.weave(op, at);
        // Where something is inserted, the differ does not always say.
        at = if op.old_range().is_empty() { at } else { op.old_range().end };
    }
    weaver.finish()
}

/// A character that is no blank.
#[derive(Clone, Copy)]
struct Glyph {
    c: char,
    stretch: usize,
    /// Where it begins, with the blanks before it, and ends in its text.
    from: usize,
    end: usize,
}

struct Weaver<'a> {
    stretches: &'a [Stretch],
    found: &'a str,
    expected: Vec<Glyph>,
    glyphs: Vec<Glyph>,
    /// What each stretch became, and whether it changed.
    woven: Vec<(String, bool)>,
    /// Changes over several stretches: the first and the one behind the last.
    merged: Vec<(usize, usize)>,
}

fn glyphs(text: &str, stretch: usize) -> Vec<Glyph> {
    let (mut out, mut from) = (Vec::new(), 0);
    for (at, c) in text.char_indices() {
        if !c.is_whitespace() {
            let end = at.saturating_add(c.len_utf8());
            out.push(Glyph { c, stretch, from, end });
            from = end;
        }
    }
    out
}

impl<'a> Weaver<'a> {
    fn new(stretches: &'a [Stretch], found: &'a str) -> Self {
        let of = |(at, stretch): (usize, &Stretch)| glyphs(&stretch.text, at);
        Self {
            stretches,
            found,
            expected: stretches.iter().enumerate().flat_map(of).collect(),
            glyphs: glyphs(found, 0),
            woven: vec![(String::new(), false); stretches.len()],
            merged: Vec::new(),
        }
    }

    fn ops(&self) -> Vec<DiffOp> {
        let characters = |glyphs: &[Glyph]| glyphs.iter().map(|g| g.c).collect::<Vec<char>>();
        let (old, new) = (characters(&self.expected), characters(&self.glyphs));
        if old.len().max(new.len()) <= LONGEST {
            return capture_diff_slices(Algorithm::Myers, &old, &new);
        }
        let shared = old.len().min(new.len());
        let start = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
        let ends = old.iter().rev().zip(new.iter().rev());
        let end = ends.take(shared.saturating_sub(start)).take_while(|(a, b)| a == b).count();
        let (old_len, new_len) = (
            old.len().saturating_sub(start).saturating_sub(end),
            new.len().saturating_sub(start).saturating_sub(end),
        );
        let (old_end, new_end) = (start.saturating_add(old_len), start.saturating_add(new_len));
        vec![
            DiffOp::Equal { old_index: 0, new_index: 0, len: start },
            DiffOp::Replace { old_index: start, old_len, new_index: start, new_len },
            DiffOp::Equal { old_index: old_end, new_index: new_end, len: end },
        ]
    }

    /// Takes over what became of the characters from `at` on.
    fn weave(&mut self, op: DiffOp, at: usize) {
        let (old, new) = (op.old_range(), op.new_range());
        match op {
            DiffOp::Equal { .. } => old.for_each(|at| self.keep(at)),
            DiffOp::Delete { .. } => old.for_each(|at| self.touch(at, "")),
            DiffOp::Insert { .. } => {
                let text = self.slice(new.start, new.end);
                let to = self.taker(at, text);
                if let Some((woven, is_changed)) = self.woven.get_mut(to) {
                    woven.push_str(text);
                    *is_changed = true;
                }
            }
            DiffOp::Replace { .. } => self.replace(old.start, old.end, new.start, new.end),
        }
    }

    fn replace(&mut self, from: usize, to: usize, start: usize, end: usize) {
        let stretch = |at: usize| self.expected.get(at).map_or(0, |glyph| glyph.stretch);
        let (first, last) = (stretch(from), stretch(to.saturating_sub(1)));
        let is_stated = |at: usize| {
            self.stretches.get(at).is_some_and(|s| matches!(s.source, Source::Stated(_)))
        };
        if first == last {
            self.touch(from, self.slice(start, end));
            (from.saturating_add(1)..to).for_each(|at| self.touch(at, ""));
        } else if to.saturating_sub(from) == end.saturating_sub(start)
            && !(first..=last).any(is_stated)
        {
            for (at, new) in (from..to).zip(start..end) {
                self.touch(at, self.slice(new, new.saturating_add(1)));
            }
        } else {
            self.touch(from, self.slice(start, end));
            self.merged.push((first, last.saturating_add(1)));
        }
    }

    /// The characters found from one to before another.
    fn slice(&self, start: usize, end: usize) -> &'a str {
        let first = self.glyphs.get(start);
        let last = end.checked_sub(1).and_then(|end| self.glyphs.get(end));
        let range = first.zip(last).map(|(f, l)| f.end.saturating_sub(f.c.len_utf8())..l.end);
        range.and_then(|range| self.found.get(range)).unwrap_or("")
    }

    /// A character as it was, with the blanks before it.
    fn keep(&mut self, at: usize) {
        let Some(glyph) = self.expected.get(at) else { return };
        let text = self.stretches.get(glyph.stretch).map_or("", |stretch| &*stretch.text);
        if let Some((woven, _)) = self.woven.get_mut(glyph.stretch) {
            woven.push_str(text.get(glyph.from..glyph.end).unwrap_or(""));
        }
    }

    /// Other characters in place of one.
    fn touch(&mut self, at: usize, text: &str) {
        let Some(glyph) = self.expected.get(at) else { return };
        if let Some((woven, is_changed)) = self.woven.get_mut(glyph.stretch) {
            woven.push_str(text);
            *is_changed = true;
        }
    }

    /// The stretch that characters inserted before another belong to: digits to a figure, others
    /// rather to words than to a figure, and to those that were handed in first.
    fn taker(&self, at: usize, text: &str) -> usize {
        let of = |at: Option<usize>| at.and_then(|at| self.expected.get(at)).map(|g| g.stretch);
        let (before, behind) = (of(at.checked_sub(1)), of(Some(at)));
        let (Some(one), Some(two)) = (before, behind) else {
            return before.or(behind).unwrap_or(0);
        };
        let is_digit =
            |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit() || "．.,，-%".contains(c));
        let rank = |stretch: usize, touches: Option<char>| match self
            .stretches
            .get(stretch)
            .map(|stretch| &stretch.source)
        {
            Some(Source::Figure(..)) if is_digit(touches) => 3,
            Some(Source::Stated(_)) => 2,
            Some(Source::Words) => 1,
            _ => 0,
        };
        let (left, right) = (rank(one, text.chars().next()), rank(two, text.chars().next_back()));
        if right > left { two } else { one }
    }

    fn finish(mut self) -> Vec<Became> {
        let mut out = Vec::new();
        self.merged.sort_unstable();
        let (mut at, mut merged) = (0, self.merged.iter().peekable());
        while at < self.woven.len() {
            let mut to = at.saturating_add(1);
            // Changes over several stretches that meet are one.
            while let Some((_, end)) = merged.next_if(|(from, _)| *from < to) {
                to = to.max(*end);
            }
            let of_these = self.woven.get(at..to).unwrap_or_default();
            if of_these.iter().any(|(_, is_changed)| *is_changed) {
                let text: String = of_these.iter().map(|(text, _)| text.as_str()).collect();
                out.push(Became { of: (at, to), text });
            }
            at = to;
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn line() -> Vec<Stretch> {
        let stretch = |text: &str, source| Stretch { text: text.to_owned(), source };
        vec![
            stretch("与上年相比，收入", Source::Words),
            stretch("增加", Source::Figure("a".into(), 0)),
            stretch("162.26", Source::Figure("b".into(), 0)),
            stretch("万元，主要原因是", Source::Words),
            stretch("供水 改造\n增多", Source::Stated("c".into())),
            stretch("。", Source::Words),
        ]
    }

    fn shown(found: &str) -> Vec<String> {
        let show = |b: &Became| format!("{}..{}={}", b.of.0, b.of.1, b.text);
        changed(&line(), found).iter().map(show).collect()
    }

    #[test]
    fn every_change_belongs_to_its_stretch() {
        let none: [&str; 0] = [];
        assert_eq!(shown("与上年 相比，收入增加162.26万元，主要原因是供水改造 增多。"), none);
        assert_eq!(
            shown("与上年相比，收入减少162.36万元，主要原因是供水改造增多。"),
            ["1..2=减少", "2..3=162.36"]
        );
        assert_eq!(
            shown("与上年相比，收入增加1162.26万元，主要原因是供水改造增多。"),
            ["2..3=1162.26"]
        );
        assert_eq!(
            shown("与去年相比，收入增加162.26万元，主要原因是供水改造增多，水价提高。"),
            ["0..1=与去年相比，收入", "4..5=供水 改造\n增多，水价提高"]
        );
        assert_eq!(shown("与上年相比，收入增加万元，主要原因是供水改造增多。"), ["2..3="]);
        assert_eq!(
            shown("与上年相比，收入增加162.26万元，主要原因是排水任务加重。"),
            ["4..5=排水任务加重"]
        );
    }

    #[test]
    fn what_cannot_be_told_apart_is_one_change() {
        let stretches = &line()[2..5];
        let became = changed(stretches, "大幅度上升了");
        assert_eq!(became, [Became { of: (0, 3), text: "大幅度上升了".to_owned() }]);
    }

    proptest! {
        #[test]
        fn nothing_found_is_lost(found in "[与上年增减少162.万元，。 ]{0,40}") {
            let stretches = line();
            let became = changed(&stretches, &found);
            let mut out = String::new();
            let mut at = 0;
            for one in &became {
                out.extend(stretches[at..one.of.0].iter().map(|s| s.text.as_str()));
                out.push_str(&one.text);
                at = one.of.1;
            }
            out.extend(stretches[at..].iter().map(|s| s.text.as_str()));
            let bare = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
            prop_assert_eq!(bare(&out), bare(&found));
        }
    }
}
