//! PRF111: a summary lacks score, budget, execution or rate.

use juesuan_model::{ProjectSummary, Severity, TextField};
use juesuan_scheme::scoring::Scoring;
use rust_decimal::Decimal;

use crate::{Context, Failure, Outcomes, Rule};

pub(crate) static RULE: Rule = Rule {
    code: "PRF111",
    title: "综述缺少得分、预算数、执行数或百分比",
    english: "A summary lacks score, budget, execution or rate",
    severity: Severity::Error,
    checks: "每个项目的自评综述都应写明自评得分、全年预算数、执行数和完成预算的百分比；有的综述写有发现的问题、改进措施，失了分的却没有写，列为提示。",
    why: "这些是公开自评结果的基本内容；缺得分的往往是得分低的项目。",
    bad: "第二部分 绩效自评情况\n\n（1）甲项目自评综述：全年预算数为10万元，执行数为10万元，完成预算的100%。\n\n（2）乙项目自评综述：自评得分95分。全年预算数为10万元，执行数为10万元，完成预算的100%。",
    good: "第二部分 绩效自评情况\n\n（1）甲项目自评综述：自评得分98分。全年预算数为10万元，执行数为10万元，完成预算的100%。\n\n（2）乙项目自评综述：自评得分95分。全年预算数为10万元，执行数为10万元，完成预算的100%。",
    basis: "部门决算公开范本：项目绩效自评综述的要件",
    false_alarms: "",
    covers: &["P02", "P03", "E67"],
    check,
};

fn check(context: &Context<'_>, out: &mut Outcomes) {
    PARTS.into_iter().for_each(|one| part(context, one, out));
    let all = &context.accounts.summaries;
    let any = |has: fn(&ProjectSummary) -> bool| all.iter().any(has);
    let (scored, rated) = (any(|s| !s.scores.is_empty()), any(|s| s.rate.is_some()));
    for (index, summary) in all.iter().enumerate() {
        if scored && summary.scores.is_empty() {
            let message = format!("“{}”的综述没有写自评得分", summary.name.text);
            let failure =
                Failure::new(format!("project[{index}].score"), message).at(&summary.name);
            out.fail(with_total(context, summary, failure));
        } else {
            out.pass(&[]);
        }
        let mut lacking = Vec::new();
        if summary.budget.is_none() {
            lacking.push("预算数");
        }
        if summary.executed.is_none() || summary.executed_is_intended {
            lacking.push("执行数");
        }
        // Of nothing there is no percentage.
        let has_budget = context.value(summary.budget) != Some(Decimal::ZERO);
        if rated && has_budget && summary.rate.is_none() {
            lacking.push("百分比");
        }
        if lacking.is_empty() {
            out.pass(&[]);
            continue;
        }
        let severity = if lacking.len() > 1 { Severity::Error } else { Severity::Warning };
        let message = format!("“{}”的综述没有写{}", summary.name.text, lacking.join("、"));
        let failure = Failure::new(format!("project[{index}].budget"), message).severity(severity);
        out.fail(failure.at(&summary.name));
    }
}

/// The total of a summary's form.
fn total(context: &Context<'_>, summary: &ProjectSummary) -> Option<Decimal> {
    context.value(context.form_of(summary)?.total)
}

/// A part of a summary: its column, what it is called, and where a summary has it.
type Part = (&'static str, &'static str, fn(&ProjectSummary) -> Option<&TextField>);

const PARTS: [Part; 2] = [
    ("problems", "发现的问题", |summary| summary.problems.as_ref()),
    ("measures", "改进措施", |summary| summary.measures.as_ref()),
];

/// A part that some summaries have and others lack although they lost points, told once with its
/// places.
fn part(context: &Context<'_>, (column, name, of): Part, out: &mut Outcomes) {
    let all = &context.accounts.summaries;
    let full = context.scheme.scoring("project").and_then(Scoring::full).unwrap_or_default();
    let lost = |one: &&ProjectSummary| total(context, one).is_some_and(|total| total < full);
    let lacking: Vec<&ProjectSummary> =
        all.iter().filter(|one| of(one).is_none()).filter(lost).collect();
    if all.iter().filter(|one| of(one).is_some()).count() * 4 < all.len() {
        return out.not_applicable();
    }
    if lacking.is_empty() {
        return out.pass(&[]);
    }
    let message = match lacking.as_slice() {
        [only] => format!("“{}”的综述没有写{name}，别的综述写有", only.name.text),
        _ => format!("有 {} 个项目失了分，综述却没有写{name}", lacking.len()),
    };
    let failure = Failure::new(format!("project[].{column}"), message).severity(Severity::Note);
    out.fail(lacking.iter().fold(failure, |failure, summary| failure.at(&summary.name)));
}

fn with_total(context: &Context<'_>, summary: &ProjectSummary, failure: Failure) -> Failure {
    let form = context.form_of(summary);
    match form.and_then(|form| form.total) {
        Some(total) => {
            let printed = context.printed(Some(total)).to_owned();
            failure.values("", printed).figure(context, total)
        }
        None => failure,
    }
}
