//! PRF026: the texts of goal and result contradict the indicators or each other.

use std::sync::Arc;

use juesuan_model::{Evaluation, Number, Severity, TextField, similarity};
use rust_decimal::Decimal;

use crate::performance::{Item, project_items};
use crate::words::{Spoken, contains_any, fold, numbers, short};
use crate::{Context, Failure, Outcomes, Rule};

pub(crate) static RULE: Rule = Rule {
    code: "PRF026",
    title: "目标或完成情况的文字与指标矛盾",
    english: "The text of goal or result contradicts the indicators",
    severity: Severity::Warning,
    checks: "目标文字里的数量应与同名指标的目标值相同，完成情况里的数量应与完成值相同；完成情况不得照抄目标；目标不应还写着以前年度的时限。",
    why: "文字和指标由不同的人填写，数字常常对不上；照抄目标等于没有写完成情况。",
    bad: "项目支出绩效自评表\n项目名称\t甲项目\n预算数\t10\t执行数\t10\t执行率\t100%\n年初设定目标\t实际完成情况\n支持公共服务示范平台6个\t支持公共服务示范平台6个\n一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\n产出指标\t数量指标\t支持示范平台数量\t≥4个\t4个\t50\t50",
    good: "项目支出绩效自评表\n项目名称\t甲项目\n预算数\t10\t执行数\t10\t执行率\t100%\n年初设定目标\t实际完成情况\n支持公共服务示范平台4个\t全年评审认定示范平台4个，资金已全部拨付\n一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\n产出指标\t数量指标\t支持示范平台数量\t≥4个\t4个\t50\t50",
    basis: "《中央部门项目支出核心绩效目标和指标设置及取值指引（试行）》：指标是目标的细化和量化",
    false_alarms: "文字写的是总数、指标写的是其中一部分的，请核对口径。",
    covers: &["T25", "X07"],
    check,
};

/// Results shorter than this say too little to be copied.
const SHORTEST_COPY: usize = 8;

fn check(context: &Context<'_>, out: &mut Outcomes) {
    let items: Vec<Item<'_>> = project_items(context).collect();
    for (index, form) in context.accounts.evaluations.iter().enumerate() {
        let own: Vec<&Item<'_>> = items
            .iter()
            .filter(|item| item.evaluation().is_some_and(|e| std::ptr::eq(e, form)))
            .collect();
        copied(index, form, out);
        stale(context, index, form, out);
        let texts = [("goal", &form.goal), ("result", &form.result)];
        for (column, text) in texts {
            if let Some(text) = text {
                quantities(context, index, (column, text), &own, out);
            }
        }
    }
}

fn copied(index: usize, form: &Evaluation, out: &mut Outcomes) {
    let (Some(goal), Some(result)) = (&form.goal, &form.result) else {
        return out.not_applicable();
    };
    let (goal_words, result_words) = (fold(&goal.text), fold(&result.text));
    let alike = similarity(&goal_words, &result_words);
    if result_words.chars().count() < SHORTEST_COPY || alike < 920 {
        return out.pass(&[]);
    }
    let word = if alike == 1_000 { "逐字照抄" } else { "几乎照抄" };
    let message =
        format!("“{}”的完成情况{word}年初目标：“{}”", form.name.text, short(&result.text, 40));
    out.fail(Failure::new(format!("evaluation[{index}].result"), message).at(result).at(goal));
}

/// A goal that was due before the year began.
fn stale(context: &Context<'_>, index: usize, form: &Evaluation, out: &mut Outcomes) {
    let (Some(goal), Some(year)) = (&form.goal, context.accounts.identity.year) else {
        return out.not_applicable();
    };
    let folded = fold(&goal.text);
    let due = numbers(&folded).into_iter().find(|number| {
        let rest = folded.get(number.end..).unwrap_or("");
        let is_year = number.value >= Decimal::from(2000) && number.value < Decimal::from(year);
        is_year && rest.starts_with('年') && rest.chars().take(6).any(|c| c == '底' || c == '前')
    });
    match due {
        Some(number) => {
            let message = format!("“{}”的目标时限还是 {} 年", form.name.text, number.value);
            out.fail(Failure::new(format!("evaluation[{index}].goal"), message).at(goal));
        }
        None => out.pass(&[]),
    }
}

/// Every number of the text with a unit, held against the indicator it speaks of.
fn quantities(
    context: &Context<'_>,
    index: usize,
    (column, text): (&str, &TextField),
    items: &[&Item<'_>],
    out: &mut Outcomes,
) {
    let folded = fold(&text.text);
    let units = &context.scheme.performance.summary.units;
    for number in numbers(&folded) {
        let rest = folded.get(number.end..).unwrap_or("");
        let Some(unit) = units.iter().find(|unit| rest.starts_with(&***unit)) else { continue };
        if matches!(&**unit, "年" | "月" | "天" | "万元" | "亿元" | "元") {
            continue;
        }
        if is_ahead(context, &folded, &number) {
            continue;
        }
        let words = around(&folded, &number, unit);
        let Some(item) = best(items, &words, unit) else { continue };
        let stated = if column == "goal" { item.target() } else { item.actual() };
        let other = if column == "goal" { item.actual() } else { item.target() };
        let Some(stated) = stated else { continue };
        let same = |n: Option<Number>| n.is_some_and(|n| n.value() == number.value);
        if same(Some(stated)) || same(other) {
            out.pass(&[]);
            continue;
        }
        let (where_, what) =
            if column == "goal" { ("目标", "目标值") } else { ("完成情况", "完成值") };
        let message = format!(
            "{}的{what}是 {}，{where_}文字写的是“{}{}{unit}”",
            item.name(),
            stated.display(),
            words,
            number.value
        );
        let failure = item.failure(if column == "goal" { "target" } else { "actual" }, message);
        let failure = Failure { subject: format!("evaluation[{index}].{column}"), ..failure };
        let failure = failure.values(number.value.to_string(), stated.display()).at(text);
        // A wrong result is told by the score's own rule first.
        out.fail(if column == "goal" { failure } else { failure.derived() });
    }
}

/// Whether the sentence tells what is still to be done, not what was.
fn is_ahead(context: &Context<'_>, folded: &str, number: &Spoken) -> bool {
    let before = folded.get(..number.start).unwrap_or("");
    let sentence = before.rsplit(['。', ';', ',']).next().unwrap_or("");
    contains_any(sentence, context.scheme.settings.words("尚待完成"))
}

/// The words before a number back to punctuation, and those behind its unit up to punctuation.
fn around(folded: &str, number: &Spoken, unit: &str) -> String {
    let marks = [',', '。', ';', ':', '、', '(', ')'];
    let before = folded.get(..number.start).unwrap_or("").rsplit(marks).next().unwrap_or("");
    let after = folded.get(number.end + unit.len()..).unwrap_or("");
    let after = after.split(marks).next().unwrap_or("");
    let before: String =
        before.chars().rev().take(16).collect::<Vec<_>>().into_iter().rev().collect();
    let after: String = after.chars().take(12).collect();
    before + &after
}

/// The indicator of the unit whose name is found in the words, when just one fits best.
pub(super) fn best<'i, 'a>(
    items: &[&'i Item<'a>],
    words: &str,
    unit: &Arc<str>,
) -> Option<&'i Item<'a>> {
    let mut scored: Vec<(u32, &Item<'a>)> = items
        .iter()
        .filter(|item| same_unit(&item.unit(), unit) && item.target().is_some())
        .map(|item| (coverage(&item.indicator.name.text, words), *item))
        .filter(|(score, _)| *score >= 500)
        .collect();
    scored.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
    match scored.as_slice() {
        [(_, only)] => Some(only),
        [(first, item), (second, _), ..] if first > second => Some(item),
        _ => None,
    }
}

/// Units that count the same things.
pub(super) fn same_unit(a: &str, b: &str) -> bool {
    const ALIKE: [&[&str]; 4] = [
        &["家", "户", "户次", "家次", "个", "项"],
        &["人", "名", "人次", "位"],
        &["次", "场", "批次", "期", "场次"],
        &["份", "本", "册", "件"],
    ];
    a == b || ALIKE.iter().any(|units| units.contains(&a) && units.contains(&b))
}

/// How much of an indicator's name occurs in words, in thousandths, by pairs of characters;
/// general words of counting do not count.
pub(super) fn coverage(name: &str, words: &str) -> u32 {
    let folded = fold(name);
    let mut bare = folded.as_str();
    for ending in ["数量", "人数", "次数", "户数", "家数", "人次", "数", "率"] {
        bare = bare.strip_suffix(ending).unwrap_or(bare);
    }
    let pairs: Vec<(char, char)> = bare.chars().zip(bare.chars().skip(1)).collect();
    let present: Vec<(char, char)> = words.chars().zip(words.chars().skip(1)).collect();
    let found = pairs.iter().filter(|pair| present.contains(pair)).count();
    let share = found.saturating_mul(1_000).checked_div(pairs.len()).unwrap_or(0);
    u32::try_from(share).unwrap_or(0)
}
