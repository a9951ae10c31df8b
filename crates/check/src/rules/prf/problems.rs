//! PRF115: no problems although points or money were lost.

use juesuan_model::{FactId, ProjectSummary, Severity, TextField};
use juesuan_scheme::scoring::Scoring;
use rust_decimal::Decimal;

use crate::performance::{Item, items_of, rate};
use crate::{Context, Failure, Outcomes, Rule};

pub(crate) static RULE: Rule = Rule {
    code: "PRF115",
    title: "得分或执行率低而写“没有问题”",
    english: "No problems stated although score or execution is low",
    severity: Severity::Warning,
    checks: "得分低于 90 分或执行率低于 80% 的项目，综述应写明发现的问题和改进措施，不应写“无”或缺少这一部分；失分不多而写“无”的列为提示。",
    why: "失了分、没花完钱而“没有问题”，说不通。",
    bad: "第二部分 绩效自评情况\n\n（1）甲项目自评综述：自评得分59分。全年预算数为10万元，执行数为1万元，完成预算的10%。发现的主要问题及原因：无。下一步改进措施：无。",
    good: "第二部分 绩效自评情况\n\n（1）甲项目自评综述：自评得分59分。全年预算数为10万元，执行数为1万元，完成预算的10%。发现的主要问题及原因：招标延期，资金未能支付。下一步改进措施：提前两个月启动采购。",
    basis: "《项目支出绩效评价管理办法》：分析问题并提出改进措施",
    false_alarms: "",
    covers: &["P07", "E75", "X07"],
    check,
};

fn check(context: &Context<'_>, out: &mut Outcomes) {
    let words = &context.scheme.performance.summary;
    let limit = |topic: &str, usual: i64| {
        context.scheme.settings.limit(topic).unwrap_or_else(|| Decimal::from(usual))
    };
    let (least_score, least_rate) = (limit("应写问题的得分", 90), limit("应写问题的执行率", 80));
    let full = context.scheme.scoring("project").and_then(Scoring::full).unwrap_or_default();
    let mut little = Vec::new();
    for (index, summary) in context.accounts.summaries.iter().enumerate() {
        let score = score(context, summary);
        let rate = execution(context, summary);
        let low_score = score.is_some_and(|score| score < least_score);
        let low_rate = rate.is_some_and(|rate| rate < least_rate);
        let unmet = unmet(context, summary);
        let problems = summary.problems.as_ref().filter(|p| !p.text.is_empty());
        let is_none = problems.is_some_and(|problems| words.says_none(&problems.text));
        if !low_score && !low_rate && unmet.is_none() {
            match score.zip(problems).filter(|(score, _)| is_none && *score < full) {
                Some((score, problems)) => little.push((summary, score, problems)),
                None => out.not_applicable(),
            }
            continue;
        }
        if problems.is_some() && !is_none {
            out.pass(&[]);
            continue;
        }
        let what = if is_none { "写“无”" } else { "没有写" };
        let mut why = Vec::new();
        if let Some(score) = score.filter(|_| low_score) {
            why.push(format!("得分 {}", score.normalize()));
        }
        if let Some(rate) = rate.filter(|_| low_rate) {
            why.push(format!("执行率 {}%", rate.round_dp(2).normalize()));
        }
        if let Some(item) = unmet.as_ref().filter(|_| why.is_empty()) {
            why.push(format!("自评表的指标“{}”没有完成并写了原因", item.indicator.name.text));
        }
        let message = format!("“{}”{}，发现的问题却{what}", summary.name.text, why.join("、"));
        let failure = Failure::new(format!("project[{index}].problems"), message);
        let failure = match unmet.and_then(|item| item.indicator.completion) {
            Some(id) => failure.figure(context, id),
            None => failure,
        };
        let failure = match problems {
            Some(problems) => failure.at(problems).at(&summary.name),
            None => failure.at(&summary.name),
        };
        // The figures prove the fault; they need not be wrong.
        let low = known(summary, context, low_score, low_rate);
        let facts = low.filter_map(|id| context.accounts.facts.get(id));
        out.fail(facts.fold(failure, |failure, fact| failure.at(fact)));
    }
    little_lost(&little, out);
}

/// Some points are lost, and still nothing is said to be wrong: told once for all projects.
fn little_lost(lost: &[(&ProjectSummary, Decimal, &TextField)], out: &mut Outcomes) {
    let Some((summary, score, _)) = lost.first() else { return };
    let (name, score) = (&*summary.name.text, score.normalize());
    let message = match lost.len() {
        1 => format!("“{name}”得分 {score}，失了分，发现的问题却写“无”"),
        count => format!("有 {count} 个项目失了分，发现的问题却写“无”，如“{name}”得分 {score}"),
    };
    let failure = Failure::new("project[].problems", message).severity(Severity::Note);
    out.fail(lost.iter().fold(failure, |failure, (_, _, problems)| failure.at(*problems)));
}

/// The figures that tell the low score or rate: of the form, or else of the summary.
fn known(
    summary: &ProjectSummary,
    context: &Context<'_>,
    low_score: bool,
    low_rate: bool,
) -> impl Iterator<Item = FactId> {
    let form = context.form_of(summary);
    let score = form.and_then(|form| form.total).or(summary.scores.first().copied());
    let amounts = form.and_then(|form| Some([form.executed?, form.budget?]));
    let rate = amounts.map_or_else(|| summary.rate.into_iter().collect(), Vec::from);
    score.filter(|_| low_score).into_iter().chain(rate.into_iter().filter(move |_| low_rate))
}

/// An indicator of the form that was not met and for which a reason is written.
fn unmet<'a>(context: &'a Context<'a>, summary: &ProjectSummary) -> Option<Item<'a>> {
    let is_unmet = |item: &Item<'_>| {
        item.completion().is_some_and(|c| c.value() < Decimal::ONE_HUNDRED)
            && item.indicator.reason.as_ref().is_some_and(|reason| !reason.text.is_empty())
    };
    items_of(context, summary.evaluation?).into_iter().find(is_unmet)
}

/// The score of the form, or else the one the summary states.
fn score(context: &Context<'_>, summary: &ProjectSummary) -> Option<Decimal> {
    let form = context.form_of(summary);
    form.and_then(|form| context.value(form.total))
        .or_else(|| context.value(summary.scores.first().copied()))
}

/// The rate of execution in percent, of the form or else of the summary.
fn execution(context: &Context<'_>, summary: &ProjectSummary) -> Option<Decimal> {
    let form = context.form_of(summary);
    form.and_then(|form| rate(context, form))
        .and_then(|rate| rate.checked_mul(Decimal::ONE_HUNDRED))
        .or_else(|| context.value(summary.rate))
}
