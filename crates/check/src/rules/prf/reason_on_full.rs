//! PRF016: an indicator with full marks gives a reason for failure.

use juesuan_model::Severity;
use rust_decimal::Decimal;

use crate::performance::{FAR, all_items};
use crate::{Context, Outcomes, Rule};

pub(crate) static RULE: Rule = Rule {
    code: "PRF016",
    title: "满分指标却填了未完成原因",
    english: "An indicator with full marks gives a reason for failure",
    severity: Severity::Warning,
    checks: "得满分且完成程度为 100% 的指标不应填写未完成原因和改进措施。",
    why: "既然有未完成的原因，就不应得满分；两者必有一错。",
    bad: "项目支出绩效自评表\n项目名称\t甲项目\n一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t完成程度\t分值\t得分\t未完成原因分析\t改进措施\n产出指标\t数量指标\t培育企业数量\t≥150家\t150家\t100%\t50\t50\t上级资金未用完，本级资金未拨付\t加快拨付",
    good: "项目支出绩效自评表\n项目名称\t甲项目\n一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t完成程度\t分值\t得分\t未完成原因分析\t改进措施\n产出指标\t数量指标\t培育企业数量\t≥150家\t150家\t100%\t50\t50\t\t",
    basis: "自评表填报要求：未完成原因只由未达到目标的指标填写",
    false_alarms: "写“无”的不算填写。",
    covers: &["T13"],
    check,
};

fn check(context: &Context<'_>, out: &mut Outcomes) {
    let words = &context.scheme.performance.summary;
    for item in all_items(context) {
        let is_complete =
            item.completion().is_none_or(|completion| completion.value() >= Decimal::ONE_HUNDRED);
        let reason = item.indicator.reason.as_ref().or(item.indicator.measure.as_ref());
        let reason = reason.filter(|reason| !words.says_none(&reason.text));
        match reason {
            // A target that was far exceeded is to be explained.
            Some(_) if item.is_exceeded_by(FAR) => out.not_applicable(),
            Some(reason) if item.is_full() && is_complete => {
                let message = format!("{}得了满分，却写有未完成原因或改进措施", item.name());
                let failure = item.failure("score", message);
                out.fail(failure.values("满分", "").at(reason));
            }
            _ => out.not_applicable(),
        }
    }
}
