//! DOC029: two clauses are the same but for one character more.

use std::ops::RangeInclusive;

use juesuan_model::Severity;

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

/// Shorter clauses are alike by chance, longer ones are not looked at.
const LENGTHS: RangeInclusive<usize> = 9..=60;

fn check(context: &Context<'_>, out: &mut Outcomes) {
    let (texts, clauses) = (context.texts(), context.clauses());
    let harmless = context.scheme.settings.words("可有可无的字");
    let meaningful = context.scheme.settings.words("有意义的字");
    let means = |c: char| harmless.iter().chain(&**meaningful).any(|word| word.contains(c));
    for long in clauses.iter().filter(|clause| LENGTHS.contains(&clause.length)) {
        let words = long.text(texts);
        let shorter = clauses.shorter(texts, long);
        let mut found =
            shorter.filter_map(|short| Some((short, inserted(words, short.text(texts))?)));
        match found.find(|(_, c)| is_han(*c) && !means(*c)) {
            Some((short, more)) => {
                let fewer = short.text(texts);
                let message = format!("“{words}”比“{fewer}”多一个“{more}”字");
                let failure = Failure::new(long.subject(texts, "inserted"), message);
                let failure = failure.values(words, fewer).derived();
                let spots = [long, short].into_iter().filter_map(|clause| clause.spot(texts));
                out.fail(spots.fold(failure, Failure::at));
            }
            None => out.pass(&[]),
        }
    }
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
