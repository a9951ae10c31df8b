//! PRF134: number, amount, average or grades of key evaluations differ from their forms.

use juesuan_model::{Bounds, Evaluation, FactId, Severity, Statement};
use rust_decimal::Decimal;

use crate::{Context, Failure, Outcomes, Rule};

pub(crate) static RULE: Rule = Rule {
    code: "PRF134",
    title: "重点评价的个数、金额、平均分或评级与自评表不符",
    english: "Number, amount, average or grades of key evaluations differ from the forms",
    severity: Severity::Error,
    checks: "重点评价写的项目个数等于列名的个数；金额等于这些项目执行数或预算数之和；平均分和各评级个数能由这些项目的得分重算；综述与自评表得分不同的，两套结果都列出。",
    why: "重点评价是公开的结论，必须能由各项目的结果加出来。",
    bad: "第二部分 绩效情况\n\n我部门组织对甲培训、乙修缮等2个项目开展部门重点评价，涉及资金30万元。综合评价平均分为97分，评级情况为优2个、良0个。\n\n项目支出绩效自评表\n项目名称\t甲培训\n预算数\t10\t执行数\t10\t执行率\t100%\n一级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\n产出指标\t次数\t≥1次\t1次\t90\t90\n总分\t100\n\n项目支出绩效自评表\n项目名称\t乙修缮\n预算数\t20\t执行数\t20\t执行率\t100%\n一级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\n产出指标\t次数\t≥1次\t1次\t90\t90\n总分\t88",
    good: "第二部分 绩效情况\n\n我部门组织对甲培训、乙修缮等2个项目开展部门重点评价，涉及资金30万元。综合评价平均分为94分，评级情况为优1个、良1个。\n\n项目支出绩效自评表\n项目名称\t甲培训\n预算数\t10\t执行数\t10\t执行率\t100%\n一级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\n产出指标\t次数\t≥1次\t1次\t90\t90\n总分\t100\n\n项目支出绩效自评表\n项目名称\t乙修缮\n预算数\t20\t执行数\t20\t执行率\t100%\n一级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\n产出指标\t次数\t≥1次\t1次\t90\t90\n总分\t88",
    basis: "合计与平均由各项目重算",
    false_alarms: "部门评价另行打分、与自评得分不同的，应说明。",
    covers: &["G23", "G24", "R115", "R119", "E77"],
    check,
};

fn check(context: &Context<'_>, out: &mut Outcomes) {
    let Some(key) = &context.accounts.key_evaluation else { return out.not_applicable() };
    let Some(statement) = context.accounts.statements.get(key.statement) else { return };
    let names = Decimal::from(key.projects.len());
    if let Some(stated) = statement.slot("projects") {
        out.compare(context, stated, Bounds::exact(names), &[], |shown| {
            format!("重点评价列了 {shown} 个项目的名称，写的个数不同")
        });
    }
    let forms: Option<Vec<(usize, &Evaluation)>> = key
        .projects
        .iter()
        .map(|(_, index)| Some(((*index)?, context.accounts.evaluations.get((*index)?)?)))
        .collect();
    let Some(forms) = forms else {
        let lost = key.projects.iter().find(|(_, index)| index.is_none());
        let name = lost.map_or("", |(name, _)| &name.text);
        return out.not_checked("key_evaluation[1].average", format!("没有找到“{name}”的自评表"));
    };
    amount(context, statement, &forms, out);
    let by_form: Option<Vec<Decimal>> =
        forms.iter().map(|(_, form)| context.value(form.total)).collect();
    let Some(by_form) = by_form else {
        return out.not_checked("key_evaluation[1].average", "有自评表没有读到总得分");
    };
    let by_summary: Vec<Decimal> = forms
        .iter()
        .zip(&by_form)
        .map(|((index, _), total)| stated_score(context, *index).unwrap_or(*total))
        .collect();
    average(context, statement, &by_form, &by_summary, out);
    grades(context, statement, &by_form, &by_summary, out);
}

fn amount(
    context: &Context<'_>,
    statement: &Statement,
    forms: &[(usize, &Evaluation)],
    out: &mut Outcomes,
) {
    let Some(stated) = statement.slot("amount") else { return out.not_applicable() };
    let sum = |figure: fn(&Evaluation) -> Option<FactId>| {
        let numbers = forms.iter().map(|(_, form)| Some(context.number(figure(form))?.bounds()));
        numbers.into_iter().try_fold(Bounds::exact(Decimal::ZERO), |sum, next| sum.plus(next?))
    };
    let number = context.number(Some(stated));
    let budgets = sum(|form| form.budget);
    let meets = |sum: Option<Bounds>| {
        sum.zip(number)
            .is_some_and(|(sum, n)| n.bounds().low <= sum.high && sum.low <= n.bounds().high)
    };
    if meets(budgets) {
        return out.pass(&[]);
    }
    match sum(|form| form.executed) {
        Some(executed) => out.compare(context, stated, executed, &[], |shown| {
            format!("重点评价涉及资金应为这些项目执行数之和 {shown}")
        }),
        None => out.not_checked("key_evaluation[1].amount", "有自评表没有读到执行数"),
    }
}

/// The score that a project's summary states, when it states one.
fn stated_score(context: &Context<'_>, evaluation: usize) -> Option<Decimal> {
    let summaries = &context.accounts.summaries;
    let summary = summaries.iter().find(|summary| summary.evaluation == Some(evaluation))?;
    context.value(summary.scores.first().copied())
}

fn mean(scores: &[Decimal]) -> Option<Decimal> {
    let sum = scores.iter().try_fold(Decimal::ZERO, |sum, score| sum.checked_add(*score))?;
    sum.checked_div(Decimal::from(scores.len()))
}

fn average(
    context: &Context<'_>,
    statement: &Statement,
    by_form: &[Decimal],
    by_summary: &[Decimal],
    out: &mut Outcomes,
) {
    let (Some(stated), Some(expected), Some(other)) =
        (statement.slot("average"), mean(by_form), mean(by_summary))
    else {
        return out.not_applicable();
    };
    out.compare(context, stated, Bounds::computed(expected), &[], |shown| {
        format!("重点评价平均分按自评表得分重算应为 {shown}")
    });
    let gap = expected.checked_sub(other).unwrap_or_default().abs();
    if gap > Decimal::new(5, 2) {
        let message = format!(
            "重点评价平均分按自评表得分为 {}，按综述得分为 {}，两套得分不一致",
            expected.round_dp(2),
            other.round_dp(2)
        );
        out.fail(Failure::new("key_evaluation[1].average", message).figure(context, stated));
    }
}

fn grades(
    context: &Context<'_>,
    statement: &Statement,
    by_form: &[Decimal],
    by_summary: &[Decimal],
    out: &mut Outcomes,
) {
    let Some(scoring) = context.scheme.scoring("project") else { return };
    let slots = [("excellent", "优"), ("good", "良"), ("fair", "中"), ("poor", "差")];
    let count = |scores: &[Decimal], word: &str| {
        scores.iter().filter(|score| scoring.grade(**score) == Some(word)).count()
    };
    let mut differ = Vec::new();
    for (slot, word) in slots {
        let (form, summary) = (count(by_form, word), count(by_summary, word));
        if form != summary {
            differ.push(format!("{word}：自评表 {form} 个、综述 {summary} 个"));
        }
        let Some(stated) = statement.slot(slot) else { continue };
        out.compare(context, stated, Bounds::exact(Decimal::from(form)), &[], |shown| {
            format!("评级为“{word}”的项目按自评表得分应为 {shown} 个")
        });
    }
    if let Some(stated) = statement.slot("excellent").filter(|_| !differ.is_empty()) {
        let message = format!("评级按自评表和综述的得分不一致：{}", differ.join("；"));
        out.fail(Failure::new("key_evaluation[1].grades", message).figure(context, stated));
    }
}
