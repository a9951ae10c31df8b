//! PRF014: the deduction does not bring the total down to the cap for its rate of execution.

use juesuan_model::{Bounds, Evaluation, Severity, Value};
use juesuan_scheme::scoring::Scoring;
use rust_decimal::Decimal;

use crate::performance::rate;
use crate::{Context, Failure, Outcomes, Rule};

pub(crate) static RULE: Rule = Rule {
    code: "PRF014",
    title: "减分项与执行率对应的封顶分不符",
    english: "The deduction does not follow from the cap for the rate of execution",
    severity: Severity::Error,
    checks: "执行率低于评分方案规定的界限时，总分不得超过封顶分；减分项等于指标得分小计加执行率得分减去封顶分，不足零时为零。",
    why: "封顶规则必须对所有项目一样适用，漏减分会使没有执行的项目得高分。",
    bad: "",
    good: "",
    basis: "评分方案：执行率封顶",
    false_alarms: "执行率恰在界限附近、按四舍五入可能落在两边的，不作判断。",
    covers: &["T10", "R113", "E70"],
    check,
};

fn check(context: &Context<'_>, out: &mut Outcomes) {
    let scoring = context.scheme.scoring("project").filter(|scoring| !scoring.caps.is_empty());
    let Some(scoring) = scoring else { return out.not_applicable() };
    for (index, form) in context.accounts.evaluations.iter().enumerate() {
        one(context, scoring, index, form, out);
    }
}

fn one(
    context: &Context<'_>,
    scoring: &Scoring,
    index: usize,
    form: &Evaluation,
    out: &mut Outcomes,
) {
    let subject = format!("evaluation[{index}].deduction");
    let (Some(rate), Some(subtotal)) = (rate(context, form), subtotal(context, form)) else {
        return out.not_checked(subject, "没有读到预算金额、执行数或小计");
    };
    let margin = Decimal::new(1, 4);
    let caps =
        [rate.checked_sub(margin), rate.checked_add(margin)].map(|r| r.map(|r| scoring.cap(r)));
    let is_edge = caps.iter().any(|cap| cap.is_some_and(|cap| cap != scoring.cap(rate)));
    let exact = [50, 60, 70, 80].iter().any(|edge| rate == Decimal::new(*edge, 2));
    if is_edge && !exact {
        return out.not_checked(subject, "执行率在封顶界限附近，四舍五入后可能在另一边");
    }
    let Some(expected) = scoring.deduction(subtotal.value, rate) else {
        return out.not_applicable();
    };
    let Some(stated) = form.deduction else { return out.not_applicable() };
    let others: Vec<_> =
        [form.subtotal, form.budget, form.executed, form.total].into_iter().flatten().collect();
    let is_blank =
        context.accounts.facts.get(stated).is_some_and(|fact| fact.value == Value::Blank);
    if is_blank {
        if expected.is_zero() {
            return out.not_applicable();
        }
        let expected = expected.round_dp(3).normalize();
        let cap = scoring.cap(rate).unwrap_or_default();
        let message = format!(
            "“{}”执行率 {}%，总分封顶 {cap} 分，减分项空着，应为 {expected}",
            form.name.text,
            percent(rate),
        );
        let failure = Failure::new(subject, message).values("", expected.to_string());
        let failure = failure.figure(context, stated);
        return out.fail(others.iter().fold(failure, |f, id| f.figure(context, *id)));
    }
    let expected = with_rounding(context, scoring, form, expected);
    out.compare(context, stated, expected, &others, |shown| {
        format!("“{}”执行率 {}%，减分项应为 {shown}", form.name.text, percent(rate))
    });
}

/// Subtotal and rate are printed rounded, and the rounding carries over into the deduction.
fn with_rounding(
    context: &Context<'_>,
    scoring: &Scoring,
    form: &Evaluation,
    expected: Decimal,
) -> Bounds {
    let half = subtotal(context, form).map_or(Decimal::ZERO, |subtotal| subtotal.half());
    let amounts = context.number(form.executed).zip(context.number(form.budget));
    let rate = amounts.and_then(|(executed, budget)| executed.bounds().over(budget.bounds()));
    let spread = rate.and_then(|rate| rate.half().checked_mul(scoring.execution_points));
    let half = spread.and_then(|spread| spread.checked_add(half)).unwrap_or(half);
    Bounds { derived: true, ..Bounds::around(expected, half) }
}

/// The subtotal; the sum of the scores in forms that do not print it.
fn subtotal(context: &Context<'_>, form: &Evaluation) -> Option<Bounds> {
    if let Some(number) = context.number(form.subtotal) {
        return Some(number.bounds());
    }
    let scores = form.indicators.iter().map(|indicator| context.number(indicator.score));
    let all: Option<Vec<Bounds>> = scores.map(|score| Some(score?.bounds())).collect();
    let all = all.filter(|all| !all.is_empty())?;
    all.into_iter().try_fold(Bounds::exact(Decimal::ZERO), Bounds::plus)
}

fn percent(rate: Decimal) -> Decimal {
    rate.checked_mul(Decimal::ONE_HUNDRED).unwrap_or(rate).round_dp(2).normalize()
}
