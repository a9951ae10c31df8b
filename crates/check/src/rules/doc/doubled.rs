//! DOC011: words, phrases or punctuation are doubled.

use juesuan_model::Severity;

use super::texts::{Words, texts};
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
    false_alarms: "汉语的叠词（户户通、层层落实）不报告。",
    covers: &["A22", "P05", "E83"],
    check,
};

fn check(context: &Context<'_>, out: &mut Outcomes) {
    let settings = &context.scheme.settings;
    let (doubled, short) = (settings.words("叠字"), settings.words("不应重复的词"));
    for text in texts(context) {
        let folded = &*text.folded;
        let mut clean = true;
        for (at, length) in punctuation(folded) {
            clean = false;
            fail(&text, at, length, "标点重复", Severity::Error, out);
        }
        for word in doubled {
            if let Some(at) = folded.find(&**word) {
                clean = false;
                fail(&text, at, word.len(), "叠字", Severity::Error, out);
            }
        }
        for (at, length, unit) in phrases(folded) {
            let word = folded.get(at..at + unit).unwrap_or("");
            // Short words meet by chance: 企业 and 企业家, 创业 and 创新.
            let long = word.chars().count() >= 4;
            if !long && !short.iter().any(|known| **known == *word) {
                continue;
            }
            clean = false;
            let severity = if long { Severity::Error } else { Severity::Warning };
            fail(&text, at, length, "重复", severity, out);
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

/// The same mark twice; dots and dashes may repeat.
fn punctuation(text: &str) -> Vec<(usize, usize)> {
    let marks = ['。', '、', ',', ';', ':', '《', '》'];
    let pairs = text.char_indices().zip(text.chars().skip(1));
    pairs
        .filter(|((_, a), b)| a == b && marks.contains(a))
        .filter(|((at, c), _)| !(*c == '》' && text.get(..*at).is_some_and(nested_title)))
        .map(|((at, c), _)| (at, 2 * c.len_utf8()))
        .collect()
}

/// A title inside a title ends with two marks.
fn nested_title(before: &str) -> bool {
    let opened = before.matches(['《', '〈', '<']).count();
    let closed = before.matches(['》', '〉', '>']).count();
    opened >= closed + 2
}

/// Phrases repeated side by side, with a comma between them or none: start, whole length, length
/// of the phrase. The longest come first and hide those inside them.
fn phrases(text: &str) -> Vec<(usize, usize, usize)> {
    let characters: Vec<(usize, char)> = text.char_indices().collect();
    let mut found: Vec<(usize, usize, usize)> = Vec::new();
    let mut index = 0;
    while index < characters.len() {
        match longest_at(&characters, text.len(), index) {
            Some((start, end, unit, skip)) => {
                found.push((start, end - start, unit));
                index += skip;
            }
            None => index += 1,
        }
    }
    found
}

/// The longest repetition that begins at a character.
fn longest_at(
    characters: &[(usize, char)],
    end: usize,
    index: usize,
) -> Option<(usize, usize, usize, usize)> {
    let rest = characters.get(index..)?;
    let at = |position: usize| rest.get(position).map(|(_, c)| *c);
    let byte = |position: usize| rest.get(position).map_or(end, |(at, _)| *at);
    let first = at(0).filter(|c| is_han(*c))?;
    for length in (2..=24_usize).rev() {
        let gap = usize::from(matches!(at(length), Some(',' | '、')));
        if at(length + gap) != Some(first) {
            continue;
        }
        let same = (0..length).all(|i| at(i).is_some() && at(i) == at(length + gap + i));
        // A comma between short words is a list, not a repetition.
        let words = (0..length).all(|i| at(i).is_some_and(|c| is_han(c) || c.is_alphanumeric()));
        if same && words && (gap == 0 || length >= 6) {
            let stop = byte(2 * length + gap);
            return Some((byte(0), stop, byte(length) - byte(0), 2 * length + gap));
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
            phrases(text)
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
