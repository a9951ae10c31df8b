//! PRF013: the weights of a group do not add up to its points.

use juesuan_model::{FactId, Indicator, Severity};
use juesuan_scheme::scoring::{Group, Scoring};
use rust_decimal::Decimal;

use crate::{Context, Failure, Outcomes, Rule};

pub(crate) static RULE: Rule = Rule {
    code: "PRF013",
    title: "一级指标分值与评分方案不符",
    english: "The weights of a group differ from the scoring scheme",
    severity: Severity::Error,
    checks: "每组一级指标的分值之和等于评分方案规定的分数；规定平均分配的，除一项取余数外各项分值相同。",
    why: "分值分配错了，总分就没有可比性。",
    bad: "",
    good: "",
    basis: "评分方案：一级指标的分值",
    false_alarms: "某组指标完全没有时由“指标分值合计不符”报告。",
    covers: &["T08", "T09", "R106", "E64"],
    check,
};

fn check(context: &Context<'_>, out: &mut Outcomes) {
    let accounts = context.accounts;
    for (index, form) in accounts.evaluations.iter().enumerate() {
        let subject = format!("evaluation[{index}].weight");
        let owner = (&*form.name.text, form.first_page_lost);
        groups(context, "project", &form.indicators, owner, &subject, out);
    }
    for (index, form) in accounts.whole_evaluations.iter().enumerate() {
        let subject = format!("whole[{index}].weight");
        groups(context, "whole", &form.indicators, (&form.name.text, false), &subject, out);
    }
}

fn groups(
    context: &Context<'_>,
    kind: &str,
    indicators: &[Indicator],
    owner: (&str, bool),
    subject: &str,
    out: &mut Outcomes,
) {
    let Some(scoring) = context.scheme.scoring(kind).filter(|scoring| !scoring.groups.is_empty())
    else {
        return out.not_applicable();
    };
    for group in &scoring.groups {
        let inside = |indicator: &&Indicator| group.names.contains(&indicator.group);
        let weights: Vec<FactId> =
            indicators.iter().filter(inside).filter_map(|i| i.weight).collect();
        if weights.is_empty() {
            out.not_applicable();
            continue;
        }
        one(context, scoring, group, &weights, owner, subject, out);
    }
}

fn one(
    context: &Context<'_>,
    scoring: &Scoring,
    group: &Group,
    weights: &[FactId],
    (owner, is_partial): (&str, bool),
    subject: &str,
    out: &mut Outcomes,
) {
    let values: Vec<Decimal> = weights.iter().filter_map(|id| context.value(Some(*id))).collect();
    let sum =
        values.iter().fold(Decimal::ZERO, |sum, value| sum.checked_add(*value).unwrap_or(sum));
    let names = group.names.join("、");
    let with_all =
        |failure: Failure| weights.iter().fold(failure, |failure, id| failure.figure(context, *id));
    // What stands on a lost page can only add to the sum.
    if is_partial && sum < group.points {
        return out.not_applicable();
    }
    if sum != group.points {
        let message = format!("“{owner}”的{names}分值合计 {sum}，应为 {}", group.points);
        let failure = Failure::new(subject, message)
            .values(sum.normalize().to_string(), group.points.normalize().to_string());
        return out.fail(with_all(failure));
    }
    let share = Scoring::even_share(group.points, values.len()).filter(|_| scoring.even_weights);
    let odd = values.iter().filter(|value| Some(**value) != share).count();
    if share.is_some() && odd > 1 {
        let message = format!("“{owner}”的{names}共 {} 项，分值没有平均分配", values.len());
        return out.fail(with_all(Failure::new(subject, message)).severity(Severity::Note));
    }
    out.pass(if is_partial { &[] } else { weights });
}
