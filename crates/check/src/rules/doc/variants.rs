//! DOC017: two texts differ by one character only, so that one of them has a slip.

use juesuan_model::{Severity, differ_by_one};
use memchr::memchr2_iter;
use rustc_hash::FxHashMap;

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

fn check(context: &Context<'_>, out: &mut Outcomes) {
    let texts = context.texts();
    for (a, b) in context.clauses().alike() {
        if a.length < SHORTEST {
            continue;
        }
        // What is written more often is taken for right.
        let (a, b) = if a.times > b.times { (b, a) } else { (a, b) };
        let (stated, other) = (a.text(texts), b.text(texts));
        let Some((x, y)) = one_difference(context, stated, other) else { continue };
        let message = format!("“{stated}”与“{other}”只差一字：{x}／{y}");
        let failure = Failure::new(a.subject(texts, "variant"), message).values(stated, other);
        let spots = [a, b].into_iter().filter_map(|clause| clause.spot(texts));
        out.fail(spots.fold(failure.derived(), Failure::at));
    }
    out.pass(&[]);
    names(context, texts, out);
}

/// The one character in which two texts of the same length differ, when it is a likely slip.
fn one_difference(context: &Context<'_>, a: &str, b: &str) -> Option<(char, char)> {
    let mut differing = a.char_indices().zip(b.chars()).filter(|((_, x), y)| x != y);
    let ((at, x), y) = differing.next()?;
    if differing.next().is_some() || !is_han(x) || !is_han(y) {
        return None;
    }
    let settings = &context.scheme.settings;
    // 年末 and 年未 look the same to who types and to who reads.
    if settings.words("形近的字").iter().any(|pair| pair.contains(x) && pair.contains(y)) {
        return Some((x, y));
    }
    let meaningful = settings.words("有意义的字");
    let means = |c: char| meaningful.iter().any(|word| word.contains(c));
    let words = context.scheme.settings.words("各有所指的词");
    let is_word = |text: &str| words.iter().any(|word| around(text, at).any(|two| *two == **word));
    let differs_in_meaning = means(x) || means(y) || is_word(a) && is_word(b);
    (!differs_in_meaning).then_some((x, y))
}

/// The words of two characters that the character at a byte belongs to.
fn around(text: &str, at: usize) -> impl Iterator<Item = &str> {
    let before = text.get(..at).and_then(|before| before.chars().next_back()).map(char::len_utf8);
    let two = move |from: usize| {
        let words = text.get(from..)?;
        let end = words.char_indices().nth(2).map_or(words.len(), |(end, _)| end);
        words.get(..end)
    };
    [before.and_then(|length| at.checked_sub(length)), Some(at)]
        .into_iter()
        .flatten()
        .filter_map(two)
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

/// The first byte of 《 and 》.
const FIRST_OF_TITLES: u8 = 0xE3;

/// Names in 《》 and “”, at least six characters long.
fn quoted(text: &str) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut open: Option<(usize, char)> = None;
    // Most texts have no such mark; all that are none of these begin with another byte.
    for at in memchr2_iter(b'"', FIRST_OF_TITLES, text.as_bytes()) {
        let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) else { continue };
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
