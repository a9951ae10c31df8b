//! DOC017: two texts differ by one character only, so that one of them has a slip.

use juesuan_model::{Severity, differ_by_one};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::texts::Words;
use crate::words::is_han;
use crate::{Context, Failure, Outcomes, Rule, Spot};

pub(crate) static RULE: Rule = Rule {
    code: "DOC017",
    title: "近似文字只差一字，疑有错字",
    english: "Two texts differ by one character, so that one has a slip",
    severity: Severity::Warning,
    checks: "同一文件里几乎相同的句子只差一个字的，差异的字疑为错字；书名号、引号里的专名只差一个字的同样。",
    why: "同一句话抄几遍，抄错的那遍就露出来了。",
    bad: "第三部分 名词解释\n\n1.甲支出（项）：反映事业单位的基本支出，不包括行政单位后期服务中心等附属事业单位。\n\n2.乙支出（项）：反映事业单位的基本支出，不包括行政单位后勤服务中心等附属事业单位。",
    good: "第三部分 名词解释\n\n1.甲支出（项）：反映事业单位的基本支出，不包括行政单位后勤服务中心等附属事业单位。\n\n2.乙支出（项）：反映事业单位的基本支出，不包括行政单位后勤服务中心等附属事业单位。",
    basis: "同一内容写法一致",
    false_alarms: "只差数字、方位、数量词和“上年”“本年”一类字的不报告。",
    covers: &["A14", "A21", "P11", "T25"],
    check,
};

/// Clauses shorter than this are alike by chance.
const SHORTEST: usize = 12;

struct Clause<'w, 'a> {
    words: &'w Words<'a>,
    start: usize,
    end: usize,
    text: &'w str,
    /// How many characters it has.
    length: usize,
}

impl Clause<'_, '_> {
    fn spot(&self) -> Spot {
        self.words.spot_at(self.start, self.end)
    }
}

fn check(context: &Context<'_>, out: &mut Outcomes) {
    let all = context.texts();
    let clauses: Vec<Clause<'_, '_>> = all.iter().flat_map(clauses).collect();
    let mut reported: FxHashSet<(&str, &str)> = FxHashSet::default();
    for ((a, times_a), (b, times_b)) in neighbours(&clauses) {
        // What is written more often is taken for right.
        let (a, b) = if times_a > times_b { (b, a) } else { (a, b) };
        let Some((x, y)) = one_difference(context, a.text, b.text) else { continue };
        if reported.contains(&(b.text, a.text)) || !reported.insert((a.text, b.text)) {
            continue;
        }
        let message = format!("“{}”与“{}”只差一字：{x}／{y}", a.text, b.text);
        let failure = Failure::new(a.words.subject("variant"), message).values(a.text, b.text);
        out.fail(failure.derived().at(a.spot()).at(b.spot()));
    }
    out.pass(&[]);
    names(context, all, out);
}

/// The clauses of a text between punctuation.
fn clauses<'w, 'a>(words: &'w Words<'a>) -> Vec<Clause<'w, 'a>> {
    let text = &*words.folded;
    let mut found = Vec::new();
    let (mut start, mut length) = (0, 0);
    for (at, c) in text.char_indices().chain([(text.len(), '。')]) {
        if !matches!(c, '。' | ';' | ',' | ':' | '、') {
            length += 1;
            continue;
        }
        if length >= SHORTEST {
            let text = text.get(start..at).unwrap_or("");
            found.push(Clause { words, start, end: at, text, length });
        }
        (start, length) = (at + c.len_utf8(), 0);
    }
    found
}

/// How many clauses that begin (or end) alike are held against each other.
const MOST_ALIKE: usize = 40;

/// A clause, and how often it is written.
type Counted<'c, 'w, 'a> = (&'c Clause<'w, 'a>, usize);

/// Pairs of clauses of the same length that begin or end alike.
fn neighbours<'c, 'w, 'a>(
    clauses: &'c [Clause<'w, 'a>],
) -> Vec<(Counted<'c, 'w, 'a>, Counted<'c, 'w, 'a>)> {
    let mut buckets: FxHashMap<(usize, bool, &str), Vec<&Clause<'_, '_>>> = FxHashMap::default();
    for clause in clauses {
        let length = clause.length;
        let half = clause.text.char_indices().nth(length / 2).map_or(0, |(at, _)| at);
        let (head, tail) = clause.text.split_at_checked(half).unwrap_or_default();
        buckets.entry((length, false, head)).or_default().push(clause);
        buckets.entry((length, true, tail)).or_default().push(clause);
    }
    let mut pairs = Vec::new();
    let mut keys: Vec<_> = buckets.into_iter().filter(|(_, same)| same.len() > 1).collect();
    let place = |clause: &&Clause<'_, '_>| clause.spot().place;
    keys.sort_by_cached_key(|((_, is_tail, _), same)| (same.first().map(place), *is_tail));
    for (_, same) in keys {
        let mut distinct: Vec<Counted<'_, '_, '_>> = Vec::new();
        for clause in same {
            let known = distinct.iter_mut().find(|(other, _)| other.text == clause.text);
            match known {
                Some((_, times)) => *times += 1,
                None => distinct.push((clause, 1)),
            }
            if distinct.len() >= MOST_ALIKE {
                break;
            }
        }
        for (index, a) in distinct.iter().enumerate() {
            for b in distinct.get(index + 1..).unwrap_or_default() {
                pairs.push((*a, *b));
            }
        }
    }
    pairs
}

/// The one character in which two texts of the same length differ, when it is a likely slip.
fn one_difference(context: &Context<'_>, a: &str, b: &str) -> Option<(char, char)> {
    let mut differing = a.chars().zip(b.chars()).filter(|(x, y)| x != y);
    let (x, y) = differing.next()?;
    if differing.next().is_some() || !is_han(x) || !is_han(y) {
        return None;
    }
    let meaningful = context.scheme.settings.words("有意义的字");
    let means = |c: char| meaningful.iter().any(|word| word.contains(c));
    (!means(x) && !means(y)).then_some((x, y))
}

/// Names in quotation marks that differ by one inserted or replaced character.
fn names(context: &Context<'_>, all: &[Words<'_>], out: &mut Outcomes) {
    let mut seen: Vec<(&str, Spot, usize)> = Vec::new();
    let mut known: FxHashMap<&str, usize> = FxHashMap::default();
    for words in all {
        for (start, end) in quoted(&words.folded) {
            let name = words.folded.get(start..end).unwrap_or("");
            let at = *known.entry(name).or_insert(seen.len());
            match seen.get_mut(at) {
                Some((_, _, count)) => *count += 1,
                None => seen.push((name, words.spot_at(start, end), 1)),
            }
        }
    }
    for (index, (a, spot_a, count_a)) in seen.iter().enumerate() {
        for (b, spot_b, count_b) in seen.get(index + 1..).unwrap_or_default() {
            if !differ_by_one(a, b) || !slip(context, a, b) {
                continue;
            }
            let rare_first = count_a <= count_b;
            let (rare, usual, spot, other) =
                if rare_first { (a, b, spot_a, spot_b) } else { (b, a, spot_b, spot_a) };
            let message = format!("专名“{rare}”与“{usual}”只差一字");
            let failure = Failure::new("document[].name", message).values(*rare, *usual);
            out.fail(failure.at(spot.clone()).at(other.clone()));
        }
    }
}

/// Whether the difference between two names is a Chinese character that means nothing by itself.
pub(super) fn slip(context: &Context<'_>, a: &str, b: &str) -> bool {
    let meaningful = context.scheme.settings.words("有意义的字");
    let odd: Vec<char> = a
        .chars()
        .filter(|c| !b.contains(*c))
        .chain(b.chars().filter(|c| !a.contains(*c)))
        .collect();
    odd.iter().all(|c| is_han(*c) && !meaningful.iter().any(|word| word.contains(*c)))
        && !odd.is_empty()
}

/// Names in 《》 and “”, at least six characters long.
fn quoted(text: &str) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut open: Option<(usize, char)> = None;
    for (at, c) in text.char_indices() {
        match (c, open) {
            ('《', _) => open = Some((at + c.len_utf8(), '》')),
            ('"', None) => open = Some((at + 1, '"')),
            (_, Some((start, close))) if c == close => {
                let length = text.get(start..at).map_or(0, |name| name.chars().count());
                if (6..=40).contains(&length) {
                    found.push((start, at));
                }
                open = None;
            }
            _ => {}
        }
    }
    found
}
