//! PRF019: a cost indicator differs from what was executed.

use juesuan_model::{Evaluation, Measure, Number, Scale, Severity};
use rust_decimal::Decimal;

use crate::performance::{Item, project_items, rate};
use crate::{Context, Outcomes, Rule};

pub(crate) static RULE: Rule = Rule {
    code: "PRF019",
    title: "成本类指标的完成值与执行数不符",
    english: "The actual of a cost indicator differs from the amount executed",
    severity: Severity::Warning,
    checks: "以元、万元计的成本指标和资金额指标，完成值应等于全年执行数；大于执行数的必是错误，小于执行数的列为疑点。",
    why: "成本就是花出去的钱，不可能多于执行数。",
    bad: "项目支出绩效自评表\n项目名称\t甲项目\n预算数\t3.5\t执行数\t2.5\t执行率\t71.43%\n一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\n产出指标\t成本指标\t项目成本\t≤3.5万元\t3.5万元\t50\t50",
    good: "项目支出绩效自评表\n项目名称\t甲项目\n预算数\t3.5\t执行数\t2.5\t执行率\t71.43%\n一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\n产出指标\t成本指标\t项目成本\t≤3.5万元\t2.5万元\t50\t50",
    basis: "成本指标与执行数反映同一笔支出",
    false_alarms: "只反映部分成本的指标（如其中的评审费）可以小于执行数。",
    covers: &["T16", "T25"],
    check,
};

fn check(context: &Context<'_>, out: &mut Outcomes) {
    let words = context.scheme.settings.words("资金额指标");
    for item in project_items(context) {
        let name = &*item.indicator.name.text;
        // What a tender saved is not what the project saved.
        if name.contains("节约率") && !name.contains("采购") {
            saved(context, &item, out);
            continue;
        }
        let is_cost =
            item.indicator.subgroup.contains("成本") || item.indicator.group.contains("成本");
        if !is_cost && !words.occur_in(&item.indicator.name.text) {
            out.not_applicable();
            continue;
        }
        let amount = item.evaluation().and_then(|form| amounts(context, &item, form));
        match amount {
            Some((actual, executed)) => one(context, &item, actual, executed, out),
            None => out.not_applicable(),
        }
    }
}

/// The actual in 元, with its rounding, and the amount executed.
fn amounts(context: &Context<'_>, item: &Item<'_>, form: &Evaluation) -> Option<(Number, Number)> {
    let scale = Scale::from_label(item.unit())?;
    let executed = context.number(form.executed)?;
    let printed = context.printed(item.indicator.actual);
    let actual = Number::parse(printed, Measure::Money(scale)).ok()?;
    // Whole yuan and whole 万元 are meant as they stand.
    Some((actual.at_least(2), executed))
}

fn one(
    context: &Context<'_>,
    item: &Item<'_>,
    actual: Number,
    executed: Number,
    out: &mut Outcomes,
) {
    let difference = actual.value().checked_sub(executed.value()).unwrap_or_default();
    let rounding = actual.half().checked_add(executed.half()).unwrap_or_default();
    if difference.abs() < rounding || difference.is_zero() {
        return out.pass(&[]);
    }
    let is_more = difference > Decimal::ZERO;
    // What one piece costs is less than what all cost.
    let is_of_each = context.scheme.settings.words("单位成本").occur_in(&item.indicator.name.text);
    if is_of_each && !is_more {
        return out.not_applicable();
    }
    let message = format!(
        "{}完成值 {} {}，全年执行数 {}，{}",
        item.name(),
        actual.display(),
        item.unit(),
        executed.with_unit(),
        if is_more { "成本不可能大于执行数" } else { "两者不等" },
    );
    // Printed digits that just touch: one of both was cut off instead of rounded.
    let severity = match () {
        () if difference.abs() == rounding => Severity::Note,
        () if is_more => Severity::Error,
        () => Severity::Warning,
    };
    let failure = item.failure("actual", message).severity(severity);
    let failure = failure.values(actual.display(), executed.display());
    let head = item.evaluation().and_then(|form| form.executed);
    out.fail(head.into_iter().fold(failure, |failure, id| failure.figure(context, id)));
}

/// A rate of savings against what the head of the form shows to be left.
fn saved(context: &Context<'_>, item: &Item<'_>, out: &mut Outcomes) {
    let spent = item.evaluation().and_then(|form| rate(context, form));
    let known = item.actual().zip(spent.filter(|spent| *spent > Decimal::ZERO));
    let Some((actual, spent)) = known.filter(|_| item.unit() == "%") else {
        return out.not_applicable();
    };
    let left =
        Decimal::ONE.checked_sub(spent).and_then(|left| left.checked_mul(Decimal::ONE_HUNDRED));
    let left = left.unwrap_or_default();
    if left.checked_sub(actual.value()).unwrap_or_default().abs() <= Decimal::ONE {
        return out.pass(&[]);
    }
    let left = left.round_dp(2).normalize();
    let stated = context.printed(item.indicator.actual);
    let message = format!("{}完成值 {stated}%，按表头预算数和执行数只节约了 {left}%", item.name());
    let failure = item.failure("actual", message).severity(Severity::Warning);
    let failure = failure.values(stated, left.to_string());
    let head = item.evaluation().map(|form| [form.budget, form.executed]);
    let head = head.into_iter().flatten().flatten();
    out.fail(head.fold(failure, |failure, id| failure.figure(context, id)));
}
