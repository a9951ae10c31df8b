//! TXT127: one paragraph tells the same amount twice and differently.

use juesuan_model::{Passage, Severity};

use crate::words::{Spoken, is_han, numbers};
use crate::{Context, Failure, Outcomes, Rule, Spot};

pub(crate) static RULE: Rule = Rule {
    code: "TXT127",
    title: "同一段里同一项金额写了两个不同的数",
    english: "One paragraph tells the same amount twice and differently",
    severity: Severity::Error,
    checks: "同一段文字里同一项收支的金额重复出现时，两处应当相同。",
    why: "改了一处忘了另一处；没有公开对应表格时，只有这里能看出来。",
    bad: "第二部分 说明\n\n（一）机关运行经费支出情况\n\n2024年机关运行经费支出609.11万元，比上年增加1.32万元，增长0.22%。其中机关运行经费支出690.11万元主要用于办公。",
    good: "第二部分 说明\n\n（一）机关运行经费支出情况\n\n2024年机关运行经费支出609.11万元，比上年增加1.32万元，增长0.22%。其中机关运行经费支出609.11万元主要用于办公。",
    basis: "文字前后一致",
    false_alarms: "",
    covers: &["E49", "R088"],
    check,
};

/// Labels shorter than this are of parts, such as 基本支出 of one fund and of another.
const SHORTEST: usize = 6;
/// What names of amounts end with.
const TOTALS: [&str; 6] = ["支出", "收入", "费", "合计", "总计", "总额"];
/// Words of amounts that are compared, not stated.
const COMPARED: [&str; 12] =
    ["增", "减", "降", "比", "较", "上年", "预算", "节约", "结转", "每", "人均", "差"];

fn check(context: &Context<'_>, out: &mut Outcomes) {
    // What was paid to one and to another may be called the same in project texts.
    let of_accounts = |p: &&Passage| !p.section.contains("绩效");
    for passage in context.accounts.passages.iter().filter(of_accounts) {
        let text = passage.folded.as_str();
        let mut known: Vec<(&str, Spoken)> = Vec::new();
        for number in numbers(text) {
            let Some(label) = label(text, &number) else { continue };
            match known.iter().find(|(other, _)| *other == label) {
                None => known.push((label, number)),
                Some((_, first)) if first.value == number.value => out.pass(&[]),
                Some((_, first)) => {
                    let (a, b) = (first.value, number.value);
                    let message = format!("同一段里“{label}”写了 {a} 万元和 {b} 万元两个数");
                    let subject = format!("passage[{}].amount", passage.block);
                    let failure =
                        Failure::new(subject, message).values(b.to_string(), a.to_string());
                    let spot = |n: &Spoken| Spot::in_passage(passage, n.start, n.end);
                    out.fail(failure.at(spot(&number)).at(spot(first)).derived());
                }
            }
        }
    }
}

/// What an amount in 万元 is called: the words before it back to punctuation or another number.
fn label<'t>(text: &'t str, number: &Spoken) -> Option<&'t str> {
    let rest = text.get(number.end..)?;
    rest.starts_with("万元").then_some(())?;
    let before = text.get(..number.start)?;
    let start = before.rfind(|c: char| !is_han(c)).map_or(0, |at| {
        at + before.get(at..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8)
    });
    let words = before.get(start..)?;
    let words = ["其中", "年度", "年"].iter().fold(words, |w, s| w.strip_prefix(s).unwrap_or(w));
    let words = words.trim_end_matches(['为', '共', '是', '约', '达']);
    let is_long = words.chars().count() >= SHORTEST;
    let is_total = TOTALS.iter().any(|word| words.ends_with(word));
    (is_long && is_total && !COMPARED.iter().any(|word| words.contains(word))).then_some(words)
}
