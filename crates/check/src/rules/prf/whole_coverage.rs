//! PRF143: a whole-department form claims all work done, or its tasks leave the projects out.

use juesuan_model::{Evaluation, Severity, WholeEvaluation, fold};
use rust_decimal::Decimal;

use crate::performance::{Item, whole_items};
use crate::{Context, Failure, Outcomes, Rule};

pub(crate) static RULE: Rule = Rule {
    code: "PRF143",
    title: "整体自评称工作全部完成，而有项目没有执行；或年度主要任务没有项目支出",
    english: "A whole-department form claims all work done, or leaves out the projects",
    severity: Severity::Warning,
    checks: "整体自评表的工作完成率、办结率为 100% 的，不应有全年执行数为零的项目；部门有项目支出的，年度主要任务不应全是人员、公用经费。",
    why: "整体自评汇总全年工作；项目没有执行，整体却满分，等于没有评价。",
    bad: "部门整体绩效自评表\n部门（单位）名称\t某市水务局\n部门年初预算支出金额\t60\n年度主要任务\t对应项目\t项目下达金额\t项目执行金额\t项目执行率\t分值\t得分\n年度主要任务\t堤防养护\t60\t60\t100%\t40\t40\n一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\n履职效能\t工作完成情况\t整体工作完成率\t=100%\t100%\t60\t60\n\n项目支出绩效自评表\n项目名称\t甲项目\n预算数\t20\t执行数\t0\t执行率\t0%\n一级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\n产出指标\t次数\t≥1次\t0次\t90\t0",
    good: "部门整体绩效自评表\n部门（单位）名称\t某市水务局\n部门年初预算支出金额\t60\n年度主要任务\t对应项目\t项目下达金额\t项目执行金额\t项目执行率\t分值\t得分\n年度主要任务\t堤防养护\t60\t60\t100%\t40\t40\n一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\n履职效能\t工作完成情况\t整体工作完成率\t=100%\t90%\t60\t54\n\n项目支出绩效自评表\n项目名称\t甲项目\n预算数\t20\t执行数\t0\t执行率\t0%\n一级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\n产出指标\t次数\t≥1次\t0次\t90\t0",
    basis: "《中共中央 国务院关于全面实施预算绩效管理的意见》：整体绩效反映部门全部预算资金的执行和效果",
    false_alarms: "没有执行的项目属于别的单位的，请核对。",
    covers: &["W10", "W11", "E77"],
    check,
};

fn check(context: &Context<'_>, out: &mut Outcomes) {
    let forms = &context.accounts.evaluations;
    let unspent = forms.iter().filter(|form| {
        let is_zero = context.value(form.executed).is_some_and(|executed| executed.is_zero());
        is_zero && context.value(form.budget).is_some_and(|budget| budget > Decimal::ZERO)
    });
    let unspent: Vec<&Evaluation> = unspent.collect();
    let wholes = context.accounts.whole_evaluations.iter();
    let unspent_of: Vec<Vec<&str>> = wholes
        .map(|whole| {
            let own = unspent.iter().filter(|form| !is_of_another(context, form, &whole.name.text));
            own.map(|form| &*form.name.text).collect()
        })
        .collect();
    for item in whole_items(context) {
        let unspent = unspent_of.get(item.owner_index()).map_or(&[][..], Vec::as_slice);
        completed(context, &item, unspent, out);
    }
    for (index, form) in context.accounts.whole_evaluations.iter().enumerate() {
        tasks(context, index, form, out);
    }
}

/// Whether a project is of another unit that has a whole-department form of its own.
fn is_of_another(context: &Context<'_>, project: &Evaluation, owner: &str) -> bool {
    let unit = project.unit.as_ref().map(|unit| fold(&unit.text).into_owned());
    let Some(unit) = unit.as_deref().map(|unit| unit.trim_end_matches('-')) else { return false };
    let is_of = |name: &str| !unit.is_empty() && fold(name).contains(unit);
    let mut forms = context.accounts.whole_evaluations.iter();
    !is_of(owner) && forms.any(|form| is_of(&form.name.text))
}

fn completed(context: &Context<'_>, item: &Item<'_>, unspent: &[&str], out: &mut Outcomes) {
    let words = context.scheme.settings.words("整体完成的指标");
    let is_whole = words.occur_in(&item.indicator.name.text);
    let is_all = item.actual().is_some_and(|actual| actual.value() >= Decimal::ONE_HUNDRED);
    if !is_whole || !is_all || unspent.is_empty() {
        return out.not_applicable();
    }
    let shown = unspent.iter().take(3).copied().collect::<Vec<_>>().join("、");
    let message = format!(
        "{}完成值 100%，而有 {} 个项目全年执行数为 0：{shown}{}",
        item.name(),
        unspent.len(),
        if unspent.len() > 3 { "等" } else { "" }
    );
    out.fail(item.failure("actual", message));
}

/// Tasks that are all of basic expenditure, in a department that has projects.
fn tasks(context: &Context<'_>, index: usize, form: &WholeEvaluation, out: &mut Outcomes) {
    let projects = context.amount("expenditure", "total", "project");
    let words = context.scheme.settings.words("基本支出的任务");
    let is_basic = form.tasks.iter().all(|task| words.occur_in(&task.name.text));
    let has_projects = projects.is_some_and(|amount| amount > Decimal::ZERO);
    if form.tasks.is_empty() || !has_projects {
        return out.not_applicable();
    }
    if !is_basic {
        return out.pass(&[]);
    }
    let message = format!(
        "“{}”的 {} 项年度主要任务全是人员、公用经费，没有一项是项目支出",
        form.name.text,
        form.tasks.len()
    );
    let failure = Failure::new(format!("whole[{index}].tasks"), message);
    let failure = form.tasks.iter().fold(failure, |failure, task| failure.at(&task.name));
    let total = context.fact("expenditure", "total", "project").map(|(id, _)| id);
    out.fail(total.into_iter().fold(failure, |failure, id| failure.figure(context, id)));
}
