//! PRF039: an indicator “completion of X” differs from the indicator X.

use juesuan_model::Severity;
use rust_decimal::Decimal;

use crate::performance::{Item, items_of};
use crate::{Context, Outcomes, Rule};

pub(crate) static RULE: Rule = Rule {
    code: "PRF039",
    title: "完成率指标与所说的数量指标不符",
    english: "A completion-rate indicator differs from the quantity it speaks of",
    severity: Severity::Warning,
    checks: "“某某数量完成率”应等于同一张表里“某某数量”的完成值除以目标值；数量指标没有完成的，“项目完成率”“任务完成率”不应是100%。",
    why: "两行说的是同一件事，完成率是由数量算出来的。",
    bad: "项目支出绩效自评表\n项目名称\t甲项目\n一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t完成程度\t分值\t得分\n产出指标\t数量指标\t服务企业数量\t≥900家\t900家\t100%\t25\t25\n产出指标\t质量指标\t服务企业数量完成率\t≥90%\t90%\t100%\t25\t25",
    good: "项目支出绩效自评表\n项目名称\t甲项目\n一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t完成程度\t分值\t得分\n产出指标\t数量指标\t服务企业数量\t≥900家\t900家\t100%\t25\t25\n产出指标\t质量指标\t服务企业数量完成率\t≥90%\t100%\t100%\t25\t25",
    basis: "完成率＝完成值÷目标值",
    false_alarms: "完成率按别的口径统计的，请在指标名称里写明。",
    covers: &["T25", "T04"],
    check,
};

fn check(context: &Context<'_>, out: &mut Outcomes) {
    for index in 0..context.accounts.evaluations.len() {
        let items = items_of(context, index);
        for item in items.iter().filter(|item| item.unit() == "%") {
            one(item, &items, out);
        }
    }
}

fn one(item: &Item<'_>, items: &[Item<'_>], out: &mut Outcomes) {
    let name = &*item.indicator.name.text;
    let (Some(stem), Some(actual)) = (name.strip_suffix("完成率"), item.actual()) else {
        return;
    };
    let is_general = matches!(stem, "项目" | "任务" | "工作" | "工作任务" | "项目任务");
    let speaks_of = |other: &&Item<'_>| {
        let quantity = &*other.indicator.name.text;
        other.unit() != "%"
            && if is_general {
                other.indicator.subgroup.contains("数量")
            } else {
                quantity == stem || quantity.strip_suffix("数量") == Some(stem)
            }
    };
    let Some((other, rate)) = items
        .iter()
        .filter(speaks_of)
        .filter_map(|other| Some((other, rate(other)?)))
        .min_by_key(|(_, rate)| *rate)
    else {
        return out.not_applicable();
    };
    let gap = rate.checked_sub(actual.value()).unwrap_or_default();
    // Of several quantities together only those that fell short prove anything.
    let differs = if is_general { gap < -Decimal::ONE } else { gap.abs() > Decimal::ONE };
    if !differs {
        return out.pass(&[]);
    }
    let rate = rate.round_dp(2).normalize();
    let message = format!(
        "{}完成值 {}%，而指标“{}”只算得出 {rate}%",
        item.name(),
        actual.display(),
        other.indicator.name.text
    );
    let failure = item.failure("actual", message).values(actual.display(), rate.to_string());
    out.fail(failure.at(&other.indicator.name));
}

/// How much of its target a quantity reached, in percent, at most all of it.
fn rate(item: &Item<'_>) -> Option<Decimal> {
    let (_, target, actual) = item.quantities()?;
    let rate = actual.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(target)?;
    Some(rate.min(Decimal::ONE_HUNDRED))
}
