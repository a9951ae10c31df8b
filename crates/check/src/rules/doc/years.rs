//! DOC031: the narrative speaks of another year than the accounts or the year before.

use juesuan_model::{Passage, Severity, fold};
use rustc_hash::FxHashSet;

use crate::{Context, Failure, Outcomes, Rule, Spot};

pub(crate) static RULE: Rule = Rule {
    code: "DOC031",
    title: "文字说明的年度写错",
    english: "The narrative speaks of the wrong year",
    severity: Severity::Error,
    checks: "决算情况说明中“某年度收入、支出……”的年度是决算年度，“与某年相比”的年度是上一年。",
    why: "拿去年的文本改数字，常常漏改年度；年度错了，整句话就不知在说哪一年。",
    bad: "某局2024年度部门决算\n\n第二部分 说明\n\n一、收入支出决算总体情况说明\n\n2024年度收入总计10.00万元。与2022年度相比，收入总计增加1.00万元，增长11.11%。",
    good: "某局2024年度部门决算\n\n第二部分 说明\n\n一、收入支出决算总体情况说明\n\n2024年度收入总计10.00万元。与2023年度相比，收入总计增加1.00万元，增长11.11%。",
    basis: "公开文本前后一致",
    false_alarms: "",
    covers: &["R124", "E81", "A30"],
    check,
};

fn check(context: &Context<'_>, out: &mut Outcomes) {
    let Some(own) = context.accounts.identity.year else {
        return out.not_checked("document.year", "没有认出决算年度");
    };
    // Only where figures of the accounts are told; elsewhere other years may be meant.
    let statements = context.accounts.statements.iter();
    let statements = statements.filter(|statement| !statement.sentence.starts_with("summary_"));
    let telling: FxHashSet<u32> = statements.map(|statement| statement.block).collect();
    for passage in &context.accounts.passages {
        let tells = telling.contains(&passage.block);
        for (at, year) in years(passage) {
            let meant = if tells { meant(context, passage, at, own) } else { None };
            let meant = meant.or_else(|| of_the_unit(context, passage, at, own));
            match meant {
                Some(meant) if meant != year => {
                    let message = format!("写的是 {year} 年，这里应是 {meant} 年");
                    let failure = Failure::new(format!("passage[{}].year", passage.block), message)
                        .values(year.to_string(), meant.to_string())
                        .at(Spot::in_passage(passage, at, at + DIGITS));
                    out.fail(failure);
                }
                Some(_) => out.pass(&[]),
                None => out.not_applicable(),
            }
        }
    }
}

const DIGITS: usize = 4;

/// The years written 2024年, with the bytes where they stand.
fn years(passage: &Passage) -> Vec<(usize, i32)> {
    let text = passage.folded.as_str();
    let ends = text.match_indices('年').map(|(end, _)| end);
    let years = ends.filter_map(|end| {
        let at = end.checked_sub(DIGITS)?;
        let year: i32 = text.get(at..end)?.parse().ok()?;
        let is_longer = text.get(..at)?.ends_with(|c: char| c.is_ascii_digit());
        ((2000..2100).contains(&year) && !is_longer).then_some((at, year))
    });
    years.collect()
}

/// The year that belongs at a byte of the text, where the words around it tell.
fn meant(context: &Context<'_>, passage: &Passage, at: usize, own: i32) -> Option<i32> {
    let text = passage.folded.as_str();
    let settings = &context.scheme.settings;
    let before = text.get(..at)?;
    let after = text.get(at + DIGITS + "年".len()..)?;
    let after = after.strip_prefix('度').unwrap_or(after);
    let goes_on = |words: &str| settings.words(words).iter().any(|word| after.starts_with(&**word));
    let compares = settings.words("对比的词").iter().any(|word| before.ends_with(&**word));
    if compares && goes_on("对比以后") {
        return Some(own - 1);
    }
    // Behind a comma last year's amount may be told beside this year's.
    let opens = before.ends_with(['。', ';', ':'])
        || is_heading(passage, before)
        || passage.folded.at_origin(passage.number_length) == at;
    (opens && !compares && goes_on("本年的事项")).then_some(own)
}

/// Whether nothing but the heading of a passage stands before its text.
fn is_heading(passage: &Passage, before: &str) -> bool {
    let heading = passage.section.rsplit(" / ").next().unwrap_or_default();
    before.is_empty() || fold(heading) == before
}

/// The own year, where 本部门 or 本单位 had nothing of something in it; reasons tell of other years.
fn of_the_unit(context: &Context<'_>, passage: &Passage, at: usize, own: i32) -> Option<i32> {
    let settings = &context.scheme.settings;
    let text = passage.folded.as_str();
    let before = text.get(..at)?;
    let named = settings.words("本单位的说法").iter().any(|word| before.ends_with(&**word));
    let after = text.get(at + DIGITS + "年".len()..)?;
    let after = after.strip_prefix('度').unwrap_or(after);
    let nil = settings.words("本年没有").iter().find_map(|word| after.strip_prefix(&**word))?;
    let of_accounts = settings.words("本年的事项").iter().any(|word| nil.starts_with(&**word));
    let explains = || {
        let clause = before.rsplit(['。', ';']).next().unwrap_or_default();
        settings.words("说明原因的词").iter().any(|word| clause.contains(&**word))
    };
    (named && of_accounts && !explains()).then_some(own)
}
