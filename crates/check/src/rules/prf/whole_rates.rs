//! PRF140: a rate among the whole-department indicators contradicts form or accounts.

use juesuan_model::{Bounds, Evaluation, FactId, Severity, WholeEvaluation};
use rust_decimal::Decimal;

use crate::performance::{Item, whole_items};
use crate::words::fold;
use crate::{Context, Outcomes, Rule};

pub(crate) static RULE: Rule = Rule {
    code: "PRF140",
    title: "整体自评的比率指标与表内金额或决算数不符",
    english: "A rate among the whole-department indicators contradicts form or accounts",
    severity: Severity::Error,
    checks: "预算执行率＝任务执行金额合计÷下达金额合计；预算调整率＝（下达金额合计－年初预算）÷年初预算；“三公”经费变动率、结转结余变动率与决算数及其上年数一致。",
    why: "这些比率都能由公开的数字重算，填 0 或 100 最省事，也最容易错。",
    bad: "部门整体绩效自评表\n部门（单位）名称\t甲局\n部门年初预算支出金额\t60\n年度主要任务\t对应项目\t项目下达金额\t项目执行金额\t项目执行率\t分值\t得分\n年度主要任务\t人员经费\t70\t70\t100%\t40\t40\n一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\n预算执行\t预算执行效率\t预算调整率\t≤5%\t0%\t60\t60",
    good: "部门整体绩效自评表\n部门（单位）名称\t甲局\n部门年初预算支出金额\t60\n年度主要任务\t对应项目\t项目下达金额\t项目执行金额\t项目执行率\t分值\t得分\n年度主要任务\t人员经费\t70\t70\t100%\t40\t40\n一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\n预算执行\t预算执行效率\t预算调整率\t≤20%\t16.67%\t60\t60",
    basis: "部门整体绩效评价指标的定义",
    false_alarms: "调整数中有上级追加等剔除因素的，应在说明中列出。",
    covers: &["W09", "R121", "E80"],
    check,
};

/// Projects that spent less than this, in percent, leave no rate of 100 % for the whole.
const MOST_UNSPENT: u32 = 98;

fn check(context: &Context<'_>, out: &mut Outcomes) {
    let mut told = false;
    for item in whole_items(context) {
        let name = &*item.indicator.name.text;
        let form =
            context.accounts.whole_evaluations.iter().find(|form| *form.name.text == *item.owner);
        if let Some(form) = form.filter(|_| name.contains("预算执行率")) {
            by_projects(context, &item, form, out);
        }
        let expected = form.and_then(|form| {
            if name.contains("预算调整率") {
                adjustment(context, form)
            } else if name.contains("预算执行率") {
                execution(context, form)
            } else if name.contains("三公") && name.contains("变动率") && !told {
                // Of several units that all say nothing changed, one at least is wrong.
                told = true;
                three_public(context)
            } else {
                None
            }
        });
        match (expected, item.actual()) {
            (Some(expected), Some(actual)) => {
                let form = form.filter(|_| !name.contains("三公"));
                one(context, &item, (expected, actual.value()), form, out);
            }
            _ => out.not_applicable(),
        }
    }
}

/// Two rates are the same when they differ by less than one in the last place people print here.
fn one(
    context: &Context<'_>,
    item: &Item<'_>,
    (expected, actual): (Decimal, Decimal),
    form: Option<&WholeEvaluation>,
    out: &mut Outcomes,
) {
    let gap = expected.checked_sub(actual).unwrap_or_default().abs();
    if gap <= Decimal::new(5, 1) || expected.abs() == actual {
        return out.pass(&[]);
    }
    let expected = expected.round_dp(2).normalize().to_string();
    let printed = context.printed(item.indicator.actual);
    let message = format!("{}完成值 {printed}%，按表内金额和决算数重算为 {expected}%", item.name());
    let failure = item.failure("actual", message);
    let failure = failure.values(format!("{printed}%"), format!("{expected}%"));
    // The amounts that it was computed from are shown; each of them may be the wrong one.
    let tasks = form.into_iter().flat_map(|form| &form.tasks);
    let amounts = tasks.flat_map(|task| [task.granted, task.executed]).flatten();
    let amounts = amounts.filter_map(|id| context.accounts.facts.get(id));
    let failure = amounts.fold(failure, |failure, fact| failure.at(fact));
    let adjusted = form.filter(|_| item.indicator.name.text.contains("预算调整率"));
    let meant = adjusted.and_then(|form| initial_for(context, form, actual));
    out.fail(meant.into_iter().fold(failure, |f, (id, budget)| f.repair(id, budget)));
}

/// All of the budget spent, where the unit's projects together show that much was not.
fn by_projects(context: &Context<'_>, item: &Item<'_>, form: &WholeEvaluation, out: &mut Outcomes) {
    let unit_of = |project: &Evaluation| {
        let unit = project.unit.as_ref().map(|unit| fold(&unit.text).into_owned());
        unit.map(|unit| unit.trim_end_matches('-').to_owned()).filter(|unit| !unit.is_empty())
    };
    let whole = fold(&form.name.text);
    let own = |project: &&Evaluation| unit_of(project).is_some_and(|unit| whole.contains(&unit));
    let projects: Vec<&Evaluation> = context.accounts.evaluations.iter().filter(own).collect();
    let sum = |figure: fn(&Evaluation) -> Option<FactId>| {
        total(context, projects.iter().map(|project| figure(project)).filter(Option::is_some))
    };
    let rate = sum(|p| p.executed).zip(sum(|p| p.budget)).and_then(|(e, b)| percent(e, b));
    let (Some(actual), Some(rate)) = (item.actual(), rate) else { return out.not_applicable() };
    let is_all = actual.value() >= Decimal::ONE_HUNDRED;
    if !is_all || rate >= Decimal::from(MOST_UNSPENT) {
        return out.pass(&[]);
    }
    let rate = rate.round_dp(2).normalize();
    let printed = context.printed(item.indicator.actual);
    let message = format!(
        "{}完成值 {printed}%，而这个单位自评的 {} 个项目合计只执行了 {rate}%",
        item.name(),
        projects.len()
    );
    let failure = item.failure("actual", message).severity(Severity::Warning);
    out.fail(failure.values(printed, ""));
}

/// The initial budget under which the printed rate of adjustment would be right.
fn initial_for(
    context: &Context<'_>,
    form: &WholeEvaluation,
    actual: Decimal,
) -> Option<(FactId, Bounds)> {
    let granted = total(context, form.tasks.iter().map(|task| task.granted))?;
    let base = Decimal::ONE_HUNDRED.checked_add(actual)?;
    let share =
        Bounds::around(base, Decimal::new(5, 1)).over(Bounds::exact(Decimal::ONE_HUNDRED))?;
    Some((form.expenditure_budget?, Bounds::exact(granted).over(share)?))
}

fn total(context: &Context<'_>, facts: impl Iterator<Item = Option<FactId>>) -> Option<Decimal> {
    let mut sum = Decimal::ZERO;
    for id in facts {
        sum = sum.checked_add(context.value(id)?)?;
    }
    Some(sum)
}

fn percent(part: Decimal, whole: Decimal) -> Option<Decimal> {
    part.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(whole)
}

fn adjustment(context: &Context<'_>, form: &WholeEvaluation) -> Option<Decimal> {
    let granted = total(context, form.tasks.iter().map(|task| task.granted))?;
    let initial = context.value(form.expenditure_budget)?;
    (!form.tasks.is_empty()).then(|| percent(granted.checked_sub(initial)?, initial)).flatten()
}

fn execution(context: &Context<'_>, form: &WholeEvaluation) -> Option<Decimal> {
    let granted = total(context, form.tasks.iter().map(|task| task.granted))?;
    let executed = total(context, form.tasks.iter().map(|task| task.executed))?;
    (!form.tasks.is_empty()).then(|| percent(executed, granted)).flatten()
}

/// The change of 三公 against last year, from the accounts and the stated changes of its items:
/// of the department as a whole. A single unit's rate may differ, but where no unit states a
/// change there was none.
fn three_public(context: &Context<'_>) -> Option<Decimal> {
    let actual = context.amount("three_public", "total", "actual")?;
    let change = super::super::txt::changes::of_three_public(context)?;
    let before = actual.checked_sub(change)?;
    let rate = percent(change, before)?;
    let rates: Vec<Decimal> = whole_items(context)
        .filter(|item| item.indicator.name.text.contains("三公"))
        .filter_map(|item| Some(item.actual()?.value()))
        .collect();
    // Several units may each have their own rate; only if all say zero is the contradiction sure.
    (rates.len() == 1 || rates.iter().all(Decimal::is_zero)).then_some(rate)
}
