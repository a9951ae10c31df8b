//! TXT131: a figure lacks its percent sign or its unit.

use juesuan_model::Severity;

use crate::texts::Words;
use crate::{Context, Failure, Outcomes, Rule};

pub(crate) static RULE: Rule = Rule {
    code: "TXT131",
    title: "数字后漏了百分号或单位",
    english: "A figure lacks its percent sign or its unit",
    severity: Severity::Error,
    checks: "“增长”“下降”后面带两位小数的数字应有百分号或单位；“占”“完成预算的”后面带小数的数字应有百分号；说钱的一句里，带两位小数的“万”后面应有“元”（疑点）。",
    why: "没有单位的数字可以有几种读法。",
    bad: "第二部分 说明\n\n一、收入支出决算总体情况\n\n收入总计100.00万元，与上年相比，增加10.00万元，增长11.11。支出总计100.00万。",
    good: "第二部分 说明\n\n一、收入支出决算总体情况\n\n收入总计100.00万元，与上年相比，增加10.00万元，增长11.11%。支出总计100.00万元。",
    basis: "《出版物上数字用法》：数值应与计量单位或百分号连用",
    false_alarms: "“增长”后面的整数和一位小数可能是倍数、分数，不报告；几个数共用一个单位的（顿号隔开）不报告。",
    covers: &["E60", "R125"],
    check,
};

/// Words of change that a rate follows.
const CHANGES: [&str; 6] = ["增长", "下降", "降低", "增加", "减少", "提高"];
/// Words before a share or a rate of completion, told in percent.
const SHARES: [&str; 4] = ["占", "完成预算的", "完成年初预算的", "完成全年预算的"];
/// What may follow a figure that ends there.
const ENDS: [char; 5] = ['。', ',', ';', '(', ')'];
/// Words of which a clause on money has one.
const MONEY: [&str; 6] = ["支出", "收入", "费", "资金", "金额", "预算"];

fn check(context: &Context<'_>, out: &mut Outcomes) {
    for text in context.texts() {
        let mut clean = true;
        for (start, end, behind) in decimals(&text.folded) {
            let before = text.folded.get(..start).unwrap_or("");
            let after = text.folded.get(end..).unwrap_or("");
            let is_share = SHARES.iter().any(|word| before.ends_with(word));
            let is_change = behind == 2 && CHANGES.iter().any(|word| before.ends_with(word));
            if (is_share || is_change) && is_end(after) {
                fail(text, (start, end), "漏了百分号或单位", Severity::Error, out);
            } else if behind == 2
                && after.strip_prefix('万').is_some_and(is_end)
                && is_on_money(before)
            {
                let end = end + '万'.len_utf8();
                fail(text, (start, end), "疑漏“元”", Severity::Warning, out);
            } else {
                continue;
            }
            clean = false;
        }
        if clean {
            out.pass(&[]);
        }
    }
}

fn fail(
    text: &Words<'_>,
    (start, end): (usize, usize),
    fault: &str,
    severity: Severity,
    out: &mut Outcomes,
) {
    let quote = text.folded.get(start..end).unwrap_or("");
    let message = format!("“{quote}”后面{fault}");
    let failure = Failure::new(text.subject("unit"), message).severity(severity);
    out.fail(failure.values(quote, "").at(text.spot_at(start, end)));
}

/// Whether the clause before a figure speaks of money: people and visits are counted in 万 too.
fn is_on_money(before: &str) -> bool {
    let clause = before.rsplit(['。', ',', ';', ':']).next().unwrap_or("");
    MONEY.iter().any(|word| clause.contains(word))
}

fn is_end(after: &str) -> bool {
    after.is_empty() || after.starts_with(ENDS)
}

/// Where numbers with one or two digits behind the point stand, and how many those are.
fn decimals(text: &str) -> impl Iterator<Item = (usize, usize, usize)> + '_ {
    text.match_indices('.').filter_map(|(point, _)| {
        let digits = |bytes: &[u8]| bytes.iter().take_while(|b| b.is_ascii_digit()).count();
        let behind = digits(text.as_bytes().get(point + 1..)?);
        let whole = text.get(..point)?;
        let start = whole.trim_end_matches(|c: char| c.is_ascii_digit() || c == ',').len();
        let is_number =
            (1..=2).contains(&behind) && start < point && !whole.get(..start)?.ends_with('.');
        is_number.then_some((start, point + 1 + behind, behind))
    })
}
