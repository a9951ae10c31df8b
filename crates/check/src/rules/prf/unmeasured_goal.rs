//! PRF036: the goal names a quantity that no indicator measures.

use std::sync::Arc;

use juesuan_model::{Severity, TextField};
use rust_decimal::Decimal;

use crate::matching::{around, best, clause, only_pair};
use crate::performance::{Item, items_of, words_of};
use crate::units::factor;
use crate::words::{Spoken, fold, numbers, short};
use crate::{Context, Failure, Outcomes, Rule};

pub(crate) static RULE: Rule = Rule {
    code: "PRF036",
    title: "年初目标里的量化内容没有对应的指标",
    english: "A quantity of the goal has no indicator",
    severity: Severity::Warning,
    checks: "年初目标写明的数量（多少户、多少次、百分之几），指标中应有同一单位、目标值相同或名称相近的一项。",
    why: "没有指标的目标不会被考核，完成没完成都看不出来。",
    bad: "项目支出绩效自评表\n项目名称\t评审项目\n预算数\t10\t执行数\t10\t执行率\t100%\n年初设定目标\t实际完成情况\n完成技术中心评审30家以上\t组织了两批评审，按时支付评审费\n一级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\n产出指标\t评审费支付及时率\t≥100%\t100%\t90\t90",
    good: "项目支出绩效自评表\n项目名称\t评审项目\n预算数\t10\t执行数\t10\t执行率\t100%\n年初设定目标\t实际完成情况\n完成技术中心评审30家以上\t组织了两批评审，按时支付评审费\n一级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\n产出指标\t评审技术中心数量\t≥30家\t32家\t90\t90",
    basis: "《中央部门项目支出核心绩效目标和指标设置及取值指引（试行）》：指标是目标的细化和量化",
    false_alarms: "数字属于背景介绍（如全市总量）的，可不理会。",
    covers: &["T25"],
    check,
};

fn check(context: &Context<'_>, out: &mut Outcomes) {
    for (index, form) in context.accounts.evaluations.iter().enumerate() {
        let items = items_of(context, index);
        let Some(goal) = form.goal.as_ref().filter(|_| !items.is_empty()) else {
            out.not_applicable();
            continue;
        };
        let lost = unmeasured(context, goal, &items);
        if lost.is_empty() {
            out.pass(&[]);
            continue;
        }
        let message =
            format!("“{}”的年初目标写了{}，没有对应的指标", form.name.text, lost.join("、"));
        out.fail(Failure::new(format!("evaluation[{index}].goal"), message).at(goal));
    }
}

/// The quantities of the goal that no indicator has, as written.
fn unmeasured(context: &Context<'_>, goal: &TextField, items: &[Item<'_>]) -> Vec<String> {
    let folded = words_of(Some(goal));
    let all: Vec<&Item<'_>> = items.iter().collect();
    let units = &context.scheme.performance.summary.units;
    let mut lost = Vec::new();
    for number in numbers(&folded) {
        let rest = folded.get(number.end..).unwrap_or("");
        let Some(unit) = units.opening(rest) else { continue };
        if is_no_quantity(unit) || is_background(context, &folded, &number) {
            continue;
        }
        let words = around(&folded, &number, unit);
        let is_told = |item: &Item<'_>| {
            is_value(item, &number, unit) || is_written(item, &folded, &number, unit)
        };
        let is_meant =
            best(&all, &words, unit).or_else(|| only_pair(&all, &folded, unit)).is_some();
        if items.iter().any(is_told) || is_meant {
            continue;
        }
        lost.push(format!("“{}”", short(&clause(&folded, &number), 30)));
    }
    lost
}

/// Whether a quantity is the target or the actual value of an indicator.
fn is_value(item: &Item<'_>, number: &Spoken, unit: &str) -> bool {
    let told = factor(unit, item.unit()).and_then(|factor| number.value.checked_mul(factor));
    let values = [item.target(), item.actual()].into_iter().flatten();
    told.is_some_and(|told| values.into_iter().any(|value| value.value() == told))
}

/// Whether it stands in the words of an indicator: a range (80%-90%), or a name (24小时修复率).
fn is_written(item: &Item<'_>, folded: &str, number: &Spoken, unit: &str) -> bool {
    let quantity = folded.get(number.start..number.end + unit.len()).unwrap_or("");
    let target = item.indicator.target_text.as_ref();
    let texts = [Some(&item.indicator.name), target].into_iter().flatten();
    texts.into_iter().any(|field| fold(&field.text).contains(quantity))
}

/// Dates, ordinals and money, which the head of the form holds.
fn is_no_quantity(unit: &Arc<str>) -> bool {
    matches!(
        &**unit,
        "年" | "月" | "天" | "元" | "万元" | "亿元" | "期" | "届" | "度" | "条" | "项" | "个"
    )
}

/// Numbers of documents and of what is no goal of the project.
fn is_background(context: &Context<'_>, folded: &str, number: &Spoken) -> bool {
    let before = folded.get(..number.start).unwrap_or("");
    let clause = before.rsplit(['。', ';']).next().unwrap_or("");
    let is_quoted = clause.matches('《').count() > clause.matches('》').count();
    let is_ordinal = before.ends_with(['第', '号', '[', '(']);
    is_quoted
        || is_ordinal
        || is_part(clause)
        || is_difference(context, folded, number)
        || number.value <= Decimal::ONE
        || context.scheme.settings.words("目标里的背景").occur_in(clause)
}

/// Whether what follows these words is a part of what they tell: behind 其中, or in brackets.
fn is_part(clause: &str) -> bool {
    clause.contains("其中") || in_brackets(clause)
}

/// Whether a number is told against another: 较上年450人次增加50人次.
fn is_difference(context: &Context<'_>, folded: &str, number: &Spoken) -> bool {
    let clause = clause(folded, number);
    let settings = &context.scheme.settings;
    ["比较的词", "多少的词"].iter().all(|topic| settings.words(topic).occur_in(&clause))
}

/// Whether a bracket is open behind these words.
fn in_brackets(before: &str) -> bool {
    before.matches('(').count() > before.matches(')').count()
}
