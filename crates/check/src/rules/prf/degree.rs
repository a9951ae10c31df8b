//! PRF126: the degree of completion a summary claims for a kind of indicators is not the form's.

use juesuan_model::{Claim, Evaluation, FactId, Indicator, Severity};

use crate::{Context, Failure, Outcomes, Rule};

pub(crate) static RULE: Rule = Rule {
    code: "PRF126",
    title: "综述写的一类指标的完成程度与自评表不符",
    english: "The completion claimed for a kind of indicators differs from the form",
    severity: Severity::Warning,
    checks: "综述写“某类指标完成程度为若干”的，自评表中这类指标的完成程度都应如此；写“满意度指标达到若干”的，应等于满意度指标的完成值或完成程度。",
    why: "一句话概括一类指标，其中有一项不是这样，就是错的。",
    bad: "第二部分 绩效自评情况\n\n（1）甲项目自评综述：自评得分100分。全年预算数为10万元，执行数为10万元，完成预算的100%。质量指标完成程度均为100%。\n\n项目支出绩效自评表\n项目名称\t甲项目\n预算数\t10\t执行数\t10\t执行率\t100%\n一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t完成程度\t分值\t得分\n产出指标\t质量指标\t验收合格率\t=100%\t50%\t50%\t50\t25",
    good: "第二部分 绩效自评情况\n\n（1）甲项目自评综述：自评得分100分。全年预算数为10万元，执行数为10万元，完成预算的100%。质量指标完成程度均为100%。\n\n项目支出绩效自评表\n项目名称\t甲项目\n预算数\t10\t执行数\t10\t执行率\t100%\n一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t完成程度\t分值\t得分\n产出指标\t质量指标\t验收合格率\t=100%\t100%\t100%\t50\t50",
    basis: "综述与自评表反映同一次自评",
    false_alarms: "",
    covers: &["X05", "X07"],
    check,
};

fn check(context: &Context<'_>, out: &mut Outcomes) {
    for summary in &context.accounts.summaries {
        let form = context.form_of(summary);
        let Some(form) = form else {
            out.not_applicable();
            continue;
        };
        for claim in &summary.claims {
            one(context, &summary.name.text, form, claim, out);
        }
    }
}

fn one(context: &Context<'_>, name: &str, form: &Evaluation, claim: &Claim, out: &mut Outcomes) {
    let told = values(context, form, claim);
    let stated = context.value(Some(claim.value));
    let (Some(stated), false) = (stated, told.is_empty()) else { return out.not_applicable() };
    let other =
        told.iter().find(|ids| ids.iter().all(|id| context.value(Some(*id)) != Some(stated)));
    let Some(other) = other else {
        let facts =
            told.iter().flatten().copied().filter(|id| context.value(Some(*id)) == Some(stated));
        return out.pass(&facts.chain([claim.value]).collect::<Vec<_>>());
    };
    let printed = context.printed(Some(claim.value));
    let own = context.printed(other.first().copied());
    let message =
        format!("“{name}”的综述写“{}{printed}%”，自评表中这类指标有一项是 {own}", claim.context);
    let subject = context.accounts.facts.get(claim.value).map(|fact| fact.subject.to_string());
    let failure = Failure::new(subject.unwrap_or_default(), message).values(printed, own);
    let failure = failure.figure(context, claim.value);
    out.fail(other.iter().fold(failure, |failure, id| failure.figure(context, *id)));
}

/// For each indicator of the kinds a claim names, the figures one of which it must state.
fn values(context: &Context<'_>, form: &Evaluation, claim: &Claim) -> Vec<Vec<FactId>> {
    let words = &*claim.context;
    if &*claim.unit != "%" {
        return Vec::new();
    }
    let reached = words.trim_end_matches(['为', '达', '到', '均', '都', '是']);
    if reached.ends_with("满意度指标") {
        let own = form.indicators.iter().filter(|i| i.group.contains("满意度"));
        let figures = |i: &Indicator| [i.actual, i.completion].into_iter().flatten().collect();
        return own.map(figures).filter(|ids: &Vec<FactId>| !ids.is_empty()).collect();
    }
    if !reached.ends_with("完成程度") {
        return Vec::new();
    }
    let kinds = context.scheme.settings.words("指标类别");
    let named = |i: &&Indicator| {
        kinds.iter().any(|kind| words.contains(&**kind) && i.subgroup.contains(&**kind))
    };
    form.indicators.iter().filter(named).filter_map(|i| Some(vec![i.completion?])).collect()
}
