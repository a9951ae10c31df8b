//! PRF015: points were lost, or the target was missed, without reason or measure.

use juesuan_model::Severity;
use rust_decimal::Decimal;

use super::operator::is_reversed;
use crate::performance::{Item, all_items, scoring};
use crate::{Context, Outcomes, Rule};

pub(crate) static RULE: Rule = Rule {
    code: "PRF015",
    title: "失分或未达目标而没有写原因或改进措施",
    english: "Points were lost or a target missed without reason or measure",
    severity: Severity::Error,
    checks: "得分低于分值、完成程度低于 100%，或由目标值和完成值看未达目标的指标，必须写明原因和改进措施。",
    why: "绩效自评的目的在于找出差距并改进，只扣分不说明原因等于没有自评。",
    bad: "项目支出绩效自评表\n项目名称\t甲项目\n一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\t偏差原因分析及改进措施\n产出指标\t数量指标\t培训人数\t≥200人\t150人\t20\t15\t\n产出指标\t质量指标\t合格率\t≥95%\t90%\t30\t28.42\t原因：场次减少。改进措施：补训。",
    good: "项目支出绩效自评表\n项目名称\t甲项目\n一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\t偏差原因分析及改进措施\n产出指标\t数量指标\t培训人数\t≥200人\t150人\t20\t15\t原因：下半年场地维修。改进措施：提前安排备用场地。",
    basis: "《项目支出绩效评价管理办法》：未完成绩效目标的应当分析原因并提出改进措施",
    false_alarms: "表中没有原因栏的不检查。",
    covers: &["T12", "R109", "R114", "E75"],
    check,
};

fn check(context: &Context<'_>, out: &mut Outcomes) {
    let items: Vec<Item<'_>> = all_items(context).collect();
    let has_reasons = items.iter().any(|item| item.indicator.reason.is_some());
    let has_measures = items.iter().any(|item| item.indicator.measure.is_some());
    for item in &items {
        if !has_reasons || item.is_execution() {
            out.not_applicable();
            continue;
        }
        let is_doubtful = !item.lost_points() && is_reversed(context, item);
        if is_doubtful || !item.lost_points() && !missed(context, item) {
            out.not_applicable();
            continue;
        }
        let lacks_measure = has_measures && item.lacks_measure();
        let lacks_reason = item.lacks_reason();
        let lacking = match (lacks_reason, lacks_measure) {
            (false, false) => {
                out.pass(&[]);
                continue;
            }
            (true, true) => "原因和改进措施",
            (true, false) if item.indicator.measure.is_none() => "原因和改进措施",
            (true, false) => "原因",
            (false, true) => "改进措施",
        };
        let column = if item.lost_points() { "score" } else { "actual" };
        let message = match (item.weight(), item.score()) {
            (Some(w), Some(s)) if item.lost_points() => {
                format!(
                    "{}分值 {}、得分 {}，没有填写{lacking}",
                    item.name(),
                    w.display(),
                    s.display()
                )
            }
            _ => format!("{}没有达到目标值，却没有填写{lacking}", item.name()),
        };
        let failure = item.failure(column, message);
        // A full score for a missed target is told by the score's own rule first.
        out.fail(if item.lost_points() { failure } else { failure.derived() });
    }
}

/// Whether printed completion, or target and actual, say that the target was missed.
fn missed(context: &Context<'_>, item: &Item<'_>) -> bool {
    let hundred = Decimal::ONE_HUNDRED;
    if item.completion().is_some_and(|completion| completion.value() < hundred) {
        return true;
    }
    let Some((operator, target, actual)) = item.quantities() else { return false };
    scoring(context, item)
        .and_then(|scoring| scoring.completion(operator, target, actual))
        .is_some_and(|completion| completion < hundred)
}
