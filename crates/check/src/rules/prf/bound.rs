//! PRF116: a summary states a score that its own rate of execution cannot give.

use juesuan_model::{Number, ProjectSummary, Severity};
use rust_decimal::Decimal;

use crate::{Context, Failure, Outcomes, Rule};

pub(crate) static RULE: Rule = Rule {
    code: "PRF116",
    title: "综述得分高于其执行率所能得的最高分",
    english: "A stated score exceeds the most its rate of execution allows",
    severity: Severity::Error,
    checks: "综述的得分不得高于“指标满分加执行率得分”；评分方案有封顶的，也不得高于封顶分（列为疑点）。",
    why: "执行率 83.6% 的项目最多得 98.36 分，写 100 分必错。",
    bad: "第二部分 绩效自评情况\n\n（1）甲项目自评综述：自评得分100分。全年预算数为36万元，执行数为30万元，完成预算的83.33%。",
    good: "第二部分 绩效自评情况\n\n（1）甲项目自评综述：自评得分98.33分。全年预算数为36万元，执行数为30万元，完成预算的83.33%。",
    basis: "评分方案：预算执行率得分与封顶",
    false_alarms: "",
    covers: &["P08", "E65", "E70"],
    check,
};

fn check(context: &Context<'_>, out: &mut Outcomes) {
    let Some(scoring) = context.scheme.scoring("project") else { return out.not_applicable() };
    for (index, summary) in context.accounts.summaries.iter().enumerate() {
        let Some((stated, rate)) = known(context, summary) else {
            out.not_applicable();
            continue;
        };
        let share = rate.min(Decimal::ONE);
        let plain = scoring
            .execution_points
            .checked_mul(share)
            .and_then(|execution| execution.checked_add(scoring.indicator_points));
        let (Some(plain), Some(most)) = (plain, scoring.most(rate)) else { continue };
        let score = stated.value();
        let least = score.checked_sub(margin(stated)).unwrap_or(score);
        let above = |limit: Decimal| least > limit;
        let (severity, limit) = if above(plain) {
            (Severity::Error, plain)
        } else if above(most) {
            (Severity::Warning, most)
        } else {
            out.pass(&[]);
            continue;
        };
        let percent =
            rate.checked_mul(Decimal::ONE_HUNDRED).unwrap_or(rate).round_dp(2).normalize();
        let limit = limit.round_dp(2).normalize();
        let message = format!(
            "“{}”的综述得分 {}，而其执行率 {percent}% 最多可得 {limit} 分",
            summary.name.text,
            score.normalize()
        );
        let failure = Failure::new(format!("project[{index}].score"), message).severity(severity);
        let failure = failure.values(score.normalize().to_string(), format!("≤{limit}"));
        let facts = summary.scores.iter().copied().chain(summary.executed).chain(summary.budget);
        out.fail(facts.fold(failure, |failure, id| failure.figure(context, id)));
    }
}

/// A score with one decimal may have been rounded up; one with none was given as it is.
fn margin(score: Number) -> Decimal {
    const HUNDREDTH: Decimal = Decimal::from_parts(1, 0, 0, false, 2);
    const TENTH: Decimal = Decimal::from_parts(5, 0, 0, false, 2);
    if score.half() == TENTH { TENTH } else { HUNDREDTH }
}

/// Score and rate as the summary states them.
fn known(context: &Context<'_>, summary: &ProjectSummary) -> Option<(Number, Decimal)> {
    let score = context.number(summary.scores.first().copied())?;
    let executed = context.value(summary.executed)?;
    let budget = context.value(summary.budget)?;
    if budget.is_zero() {
        return None;
    }
    Some((score, executed.checked_div(budget)?))
}
