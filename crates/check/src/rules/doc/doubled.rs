//! DOC011: words, phrases or punctuation are doubled.

use juesuan_model::Severity;

use crate::hits::List;
use crate::texts::Words;
use crate::words::is_han;
use crate::{Context, Failure, Outcomes, Rule};

pub(crate) static RULE: Rule = Rule {
    code: "DOC011",
    title: "叠字、重复的短语或标点",
    english: "Words, phrases or punctuation are doubled",
    severity: Severity::Error,
    checks: "相邻重复的标点（。。）、短语（根据目标，根据目标）、词（项目项目）和“等等支出”“的的”一类叠字。",
    why: "复制粘贴和修订留下的痕迹。",
    bad: "第一部分 概况\n\n一、主要职责\n\n根据年初设定的目标，根据年初设定的目标，制订规划等等支出。。",
    good: "第一部分 概况\n\n一、主要职责\n\n根据年初设定的目标制订规划等支出。",
    basis: "《标点符号用法》与行文规范",
    false_alarms: "汉语的叠词（户户通、层层落实）不报告；各占一行、或按栏排列的相同词语不报告。",
    covers: &["A22", "P05", "E83", "T25", "P11"],
    check,
};

fn check(context: &Context<'_>, out: &mut Outcomes) {
    let settings = &context.scheme.settings;
    let (doubled, short) = (settings.words("叠字"), settings.words("不应重复的词"));
    let hits = context.hits();
    let mut seen = Seen::default();
    for (index, text) in context.texts().iter().enumerate() {
        let folded = &*text.folded;
        let mut clean = true;
        let (again, has_twins) = seen.again_soon(folded);
        let characters = &*seen.characters;
        let marks = has_twins.then(|| punctuation(folded, characters));
        for (at, length) in marks.into_iter().flatten() {
            clean = false;
            fail(text, at, length, "标点重复", Severity::Error, out);
        }
        for (word, at) in hits.of(index, List::Doubled) {
            clean = false;
            let length = doubled.get(word).map_or(0, |word| word.len());
            fail(text, at, length, "叠字", Severity::Error, out);
        }
        for (at, length, unit) in phrases(characters, again) {
            let word = folded.get(at..at + unit).unwrap_or("");
            // Short words meet by chance: 企业 and 企业家, 创业 and 创新.
            let long = word.chars().count() >= 4;
            if !long && !short.iter().any(|known| **known == *word) {
                continue;
            }
            // Heads of columns, and short lines one below the other, may be the same; a heading may
            // end with the title below it.
            let second = at + unit;
            let end = at + length;
            let is_line = || end == folded.len() || text.is_set_apart(end);
            if text.is_set_apart(second) && (text.is_set_apart(at) || is_line()) {
                continue;
            }
            // So may the cells of a table that was not read as one.
            if text.is_behind_blank(second) && context.has_unread_tables() {
                continue;
            }
            // A heading ends with a word that the title below it begins with.
            if !long && text.is_below_title(second) {
                continue;
            }
            clean = false;
            let severity = if long { Severity::Error } else { Severity::Warning };
            fail(text, at, length, "重复", severity, out);
        }
        if clean {
            out.pass(&[]);
        }
    }
}

fn fail(
    text: &Words<'_>,
    at: usize,
    length: usize,
    what: &str,
    severity: Severity,
    out: &mut Outcomes,
) {
    let quote = text.folded.get(at..at + length).unwrap_or("");
    let message = format!("{what}：“{quote}”");
    let failure = Failure::new(text.subject("doubled"), message).severity(severity);
    out.fail(failure.values(quote, "").at(text.spot_at(at, at + length)));
}

/// The bytes at which characters begin, asked for in the order they stand.
struct Bytes<'c> {
    characters: &'c [char],
    index: usize,
    byte: usize,
}

impl<'c> Bytes<'c> {
    const fn of(characters: &'c [char]) -> Self {
        Self { characters, index: 0, byte: 0 }
    }

    fn at(&mut self, index: usize) -> usize {
        let passed = self.characters.get(self.index..index).unwrap_or_default();
        self.byte += length(passed);
        self.index = index;
        self.byte
    }
}

fn length(characters: &[char]) -> usize {
    characters.iter().map(|c| c.len_utf8()).sum()
}

/// Marks that stand alone; dots and dashes may repeat.
const MARKS: [char; 7] = ['。', '、', ',', ';', ':', '《', '》'];

/// The same mark twice or more.
fn punctuation(text: &str, characters: &[char]) -> Vec<(usize, usize)> {
    let mut bytes = Bytes::of(characters);
    let mut index = 0;
    let mut found = Vec::new();
    for run in characters.chunk_by(|a, b| a == b) {
        let mark = run.first().copied().filter(|mark| run.len() > 1 && MARKS.contains(mark));
        if let Some(mark) = mark {
            let at = bytes.at(index);
            if mark != '》' || !text.get(..at).is_some_and(nested_title) {
                found.push((at, length(run)));
            }
        }
        index += run.len();
    }
    found
}

/// A title inside a title ends with two marks.
fn nested_title(before: &str) -> bool {
    let before = before.rsplit('。').next().unwrap_or(before);
    let opened = before.matches(['《', '〈', '<']).count();
    let closed = before.matches(['》', '〉', '>']).count();
    opened >= closed + 2
}

/// Phrases repeated side by side, with a comma between them or none: start, whole length, length
/// of the phrase. The longest come first and hide those inside them.
fn phrases(characters: &[char], again: Vec<usize>) -> Vec<(usize, usize, usize)> {
    let mut found: Vec<(usize, usize, usize)> = Vec::new();
    let mut bytes = Bytes::of(characters);
    let mut from = 0;
    for index in again {
        let rest = characters.get(index..).unwrap_or_default();
        if index < from {
            continue;
        }
        if let Some((unit, whole)) = longest(rest) {
            let of = |count| length(rest.get(..count).unwrap_or_default());
            found.push((bytes.at(index), of(whole), of(unit)));
            from = index + whole;
        }
    }
    found
}

/// Where pairs of characters stood last, over all texts: each text counts on from a new start, so
/// that what is told of others lies out of reach.
struct Seen {
    last: Vec<usize>,
    start: usize,
    /// Those of the text that was looked at last.
    characters: Vec<char>,
}

impl Default for Seen {
    fn default() -> Self {
        Self { last: vec![0; Self::SLOTS], start: 2 * LONGEST, characters: Vec::new() }
    }
}

impl Seen {
    /// Pairs share slots, but few do.
    const SLOTS: usize = 4096;

    /// Where two characters stand that come again together within the reach of a phrase, in order,
    /// with a few that do not, and whether some mark stands beside itself.
    fn again_soon(&mut self, text: &str) -> (Vec<usize>, bool) {
        let (mut found, mut has_twins) = (Vec::new(), false);
        let mut characters = text.chars();
        self.characters.clear();
        self.characters.extend(characters.next());
        let mut a = self.characters.first().copied().unwrap_or_default();
        for (at, b) in (self.start..).zip(characters) {
            self.characters.push(b);
            has_twins |= a == b && MARKS.contains(&a);
            let pair = u32::from(a).wrapping_mul(0x9E37_79B1) ^ u32::from(b).wrapping_mul(31);
            a = b;
            let Some(slot) = self.last.get_mut((pair >> 7) as usize % Self::SLOTS) else {
                continue;
            };
            let before = std::mem::replace(slot, at);
            if at - before <= LONGEST + 1 {
                found.push(before - self.start);
            }
        }
        self.start += self.characters.len() + 2 * LONGEST;
        found.sort_unstable();
        (found, has_twins)
    }
}

/// How many characters a repeated phrase has at most.
const LONGEST: usize = 24;

/// The longest phrase that `text` begins with and repeats: its length and that of all.
fn longest(text: &[char]) -> Option<(usize, usize)> {
    let (first, rest) = text.split_first().filter(|(first, _)| is_han(**first))?;
    let near = rest.get(..rest.len().min(LONGEST + 1)).unwrap_or_default();
    // Where the phrase begins again, if it does.
    let again = near.iter().enumerate().rev().filter(|(_, c)| *c == first);
    for distance in again.map(|(at, _)| at + 1) {
        let is_listed = matches!(text.get(distance - 1), Some(',' | '、'));
        let length = if is_listed { distance - 1 } else { distance };
        // A comma between short words is a list, not a repetition.
        let shortest = if is_listed { 6 } else { 2 };
        let (Some(phrase), Some(other)) = (text.get(..length), text.get(distance..)) else {
            continue;
        };
        let is_words = || phrase.iter().all(|c| is_han(*c) || c.is_alphanumeric());
        if (shortest..=LONGEST).contains(&length) && other.starts_with(phrase) && is_words() {
            return Some((length, distance + length));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn repetitions_are_found_and_reduplications_are_not() {
        let found = |text: &str| {
            let mut seen = Seen::default();
            let (again, _) = seen.again_soon(text);
            phrases(&seen.characters, again)
                .into_iter()
                .map(|(at, _, unit)| text[at..at + unit].to_owned())
                .collect::<Vec<_>>()
        };
        assert_eq!(found("奖励项目项目自评"), ["项目"]);
        assert_eq!(found("根据年初目标,根据年初目标,得分"), ["根据年初目标"]);
        assert!(found("户户通、层层落实、人人有责").is_empty());
        assert!(found("基本工资、津贴补贴、奖金").is_empty());
    }
}
