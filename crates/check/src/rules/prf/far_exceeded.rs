//! PRF051: a target was exceeded by far, which nobody explains.

use juesuan_model::{Operator, Severity};
use rust_decimal::Decimal;

use crate::performance::{Item, all_items, scoring};
use crate::{Context, Outcomes, Rule};

pub(crate) static RULE: Rule = Rule {
    code: "PRF051",
    title: "完成值远超目标值而没有说明原因",
    english: "A target was exceeded by far and nothing explains it",
    severity: Severity::Warning,
    checks: "下限目标（≥、＞）的完成值达到目标值一倍半以上而得满分的，应当说明原因；达到一倍三的，予以提示。增长、下降一类变动率的目标本来就小，达到三倍才算。评分方案规定超额扣分的，由扣分的规则检查。",
    why: "目标定得太低，得满分不说明做得好；目标值或完成值小数点点错、漏一位，也是这个样子。",
    bad: "项目支出绩效自评表\n项目名称\t甲项目\n一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\t偏差原因分析及改进措施\n产出指标\t数量指标\t培训人数\t≥20人\t205人\t20\t20\t\n产出指标\t质量指标\t合格率\t≥95%\t90%\t30\t28.42\t原因：场次减少。改进措施：补训。",
    good: "项目支出绩效自评表\n项目名称\t甲项目\n一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\t偏差原因分析及改进措施\n产出指标\t数量指标\t培训人数\t≥200人\t205人\t20\t20\t\n产出指标\t质量指标\t合格率\t≥95%\t90%\t30\t28.42\t原因：场次减少。改进措施：补训。",
    basis: "《项目支出绩效评价管理办法》：完成值高于指标值较多的，要分析原因；指标值明显偏低的，按偏离度适当调减分值",
    false_alarms: "整份文件的项目自评表（或整体自评表）没有一处写原因的，不检查。完成多少由申请的人数、案件数等决定的，写一句原因即可。",
    covers: &["E73", "R109"],
    check,
};

fn check(context: &Context<'_>, out: &mut Outcomes) {
    let [mut project, mut whole] = [false; 2];
    for item in all_items(context).filter(|item| item.indicator.reason.is_some()) {
        let has_reasons = if item.evaluation().is_some() { &mut project } else { &mut whole };
        *has_reasons = true;
    }
    for item in all_items(context) {
        let has_reasons = if item.evaluation().is_some() { project } else { whole };
        match degree(context, &item).filter(|_| has_reasons) {
            Some(degree) => one(context, &item, degree, out),
            None => out.not_applicable(),
        }
    }
}

/// The completion in percent of a lower bound that was reached with all its points, where the
/// scheme cuts none for exceeding it.
fn degree(context: &Context<'_>, item: &Item<'_>) -> Option<Decimal> {
    let (operator, target, actual) = item.quantities()?;
    let is_lower_bound = matches!(operator, Operator::AtLeast | Operator::MoreThan);
    let cuts = scoring(context, item).is_some_and(|scoring| scoring.deviation.is_some());
    if !is_lower_bound || cuts || !item.is_full() || target <= Decimal::ZERO {
        return None;
    }
    actual.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(target)
}

fn one(context: &Context<'_>, item: &Item<'_>, degree: Decimal, out: &mut Outcomes) {
    let settings = &context.scheme.settings;
    let is_change = settings.words("可以超过百分之百的比率").occur_in(&item.indicator.name.text);
    let limits = if is_change {
        [settings.limit("变动率远超目标的完成率"), None]
    } else {
        [settings.limit("远超目标的完成率"), settings.limit("超过目标的完成率")]
    };
    let exceeds = |limit: Option<Decimal>| limit.is_some_and(|limit| degree >= limit);
    let severity = match limits.map(exceeds) {
        [true, _] => Severity::Warning,
        [_, true] => Severity::Note,
        _ => return out.pass(&[]),
    };
    if !item.lacks_reason() {
        return out.pass(&[]);
    }
    let printed = context.printed(item.indicator.actual);
    let asked = context.printed(item.indicator.target);
    let message = format!(
        "{}完成值 {printed} 是目标值 {asked} 的 {}%，没有说明原因",
        item.name(),
        degree.round_dp(0).normalize()
    );
    let failure = item.failure("actual", message).severity(severity).values(printed, "");
    // Where target or actual value contradicts a text, that is the cause.
    out.fail(failure.derived());
}
