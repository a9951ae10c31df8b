//! PRF140: a rate among the whole-department indicators contradicts form or accounts.

use juesuan_model::{Bounds, Evaluation, FactId, Number, Severity, Task, WholeEvaluation};
use rust_decimal::Decimal;

use crate::hints::slip;
use crate::performance::{Item, whole_items};
use crate::words::fold;
use crate::{Context, Outcomes, Rule};

pub(crate) static RULE: Rule = Rule {
    code: "PRF140",
    title: "整体自评的比率指标与表内金额或决算数不符",
    english: "A rate among the whole-department indicators contradicts form or accounts",
    severity: Severity::Error,
    checks: "预算执行率＝任务执行金额合计÷下达金额合计；预算调整率＝（下达金额合计－年初预算）÷年初预算；“三公”经费变动率与决算数及其上年数一致；在职人员控制率＝概况所写的在职人数÷编制数。",
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
        let forms = &context.accounts.whole_evaluations;
        let Some(form) = forms.iter().find(|form| *form.name.text == *item.owner) else {
            out.not_applicable();
            continue;
        };
        if item.indicator.name.text.contains("预算执行率") {
            by_projects(context, &item, form, out);
        }
        let computed = computed(context, &item.indicator.name.text, form, &mut told);
        match computed.zip(item.actual()).zip(item.indicator.actual) {
            Some(((computed, actual), id)) => one(context, &item, &computed, (actual, id), out),
            None => out.not_applicable(),
        }
    }
}

/// Figures, each with the value that would put all right.
type Repairs = Vec<(FactId, Bounds)>;

/// A rate as other figures give it.
struct Computed {
    rate: Decimal,
    /// The figures it was computed from; each of them may be the wrong one.
    from: Vec<FactId>,
    /// Which of these would be what if the printed rate were right.
    meant: fn(&Context<'_>, from: &[FactId], printed: Bounds) -> Option<Repairs>,
}

/// What the name of an indicator asks for.
fn computed(
    context: &Context<'_>,
    name: &str,
    form: &WholeEvaluation,
    told: &mut bool,
) -> Option<Computed> {
    if name.contains("预算调整率") {
        adjustment(context, form)
    } else if name.contains("预算执行率") {
        execution(context, form)
    } else if name.contains("在职人员控制率") {
        staffing(context, form)
    } else if name.contains("三公") && name.contains("变动率") && !*told {
        // Of several units that all say nothing changed, one at least is wrong.
        *told = true;
        three_public(context)
    } else {
        None
    }
}

const HUNDRED: Bounds = Bounds::exact(Decimal::ONE_HUNDRED);

/// Rates are commonly printed to whole percents: so much is none of anybody's concern.
const COARSE: Decimal = Decimal::from_parts(5, 0, 0, false, 1);
/// Rates printed with two decimals may differ by one in the last of them, and half of one.
const FINE: Decimal = Decimal::from_parts(15, 0, 0, false, 3);

fn one(
    context: &Context<'_>,
    item: &Item<'_>,
    computed: &Computed,
    (actual, id): (Number, FactId),
    out: &mut Outcomes,
) {
    let (rate, value) = (computed.rate, actual.value());
    let apart = |rate: Decimal| rate.checked_sub(value).unwrap_or_default().abs();
    // Some print how much it fell without the sign.
    let gap = apart(rate).min(apart(rate.abs()));
    // Changes of small amounts are known too coarsely for more.
    let is_fine = value.scale() >= 2 && !computed.from.is_empty();
    if is_fine && gap <= FINE {
        let tied: Vec<FactId> = std::iter::once(id).chain(computed.from.iter().copied()).collect();
        return out.pass(&tied);
    }
    if !is_fine && gap <= COARSE {
        return out.pass(&[]);
    }
    let expected = rate.round_dp(2).normalize().to_string();
    let printed = context.printed(Some(id));
    let message = format!("{}完成值 {printed}%，按文件中的数重算为 {expected}%", item.name());
    let is_gross = gap > COARSE;
    let severity = if is_gross { Severity::Error } else { Severity::Warning };
    let failure = item.failure("actual", message).severity(severity);
    let failure = failure.values(format!("{printed}%"), format!("{expected}%"));
    let shown = computed.from.iter().filter_map(|id| context.accounts.facts.get(*id));
    let failure = shown.fold(failure, |failure, fact| failure.at(fact));
    let meant = (computed.meant)(context, &computed.from, actual.bounds()).filter(|_| is_gross);
    let repairs = meant.into_iter().flatten().chain([(id, Bounds::computed(rate))]);
    out.fail(repairs.fold(failure, |failure, (id, value)| failure.repair(id, value)));
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

/// The figures of all tasks.
fn of_tasks(form: &WholeEvaluation, figures: impl Fn(&Task) -> Vec<Option<FactId>>) -> Vec<FactId> {
    form.tasks.iter().flat_map(figures).flatten().collect()
}

fn adjustment(context: &Context<'_>, form: &WholeEvaluation) -> Option<Computed> {
    let granted = total(context, form.tasks.iter().map(|task| task.granted))?;
    let budget = form.expenditure_budget.filter(|_| !form.tasks.is_empty())?;
    let initial = context.value(Some(budget))?;
    let mut from = vec![budget];
    from.extend(of_tasks(form, |task| vec![task.granted]));
    let rate = percent(granted.checked_sub(initial)?, initial)?;
    Some(Computed { rate, from, meant: initial_for })
}

/// The initial budget, when the printed rate of adjustment makes it a slip of the digits: a rate
/// that somebody guessed proves nothing against it.
fn initial_for(context: &Context<'_>, from: &[FactId], printed: Bounds) -> Option<Repairs> {
    let (budget, tasks) = from.split_first()?;
    let granted = total(context, tasks.iter().map(|id| Some(*id)))?;
    let rate = Bounds::around(printed.value, COARSE);
    let share = Bounds::exact(Decimal::ONE_HUNDRED).plus(rate)?.over(HUNDRED)?;
    let meant = Bounds::exact(granted).over(share)?;
    slip(context.number(Some(*budget))?, meant)?;
    Some(vec![(*budget, meant)])
}

fn execution(context: &Context<'_>, form: &WholeEvaluation) -> Option<Computed> {
    let granted = total(context, form.tasks.iter().map(|task| task.granted))?;
    let executed = total(context, form.tasks.iter().map(|task| task.executed))?;
    let rate = percent(executed, granted).filter(|_| !form.tasks.is_empty())?;
    let from = of_tasks(form, |task| vec![task.granted, task.executed]);
    Some(Computed { rate, from, meant: |_, _, _| None })
}

/// The people in office against the posts, as the profile tells them of the unit.
fn staffing(context: &Context<'_>, form: &WholeEvaluation) -> Option<Computed> {
    let accounts = context.accounts;
    let unit = fold(&form.name.text);
    let mut own = accounts.staffing.iter().filter(|staffing| {
        let passage = accounts.passages.get(staffing.passage);
        passage.is_some_and(|passage| passage.folded.as_str().contains(&*unit))
    });
    let only = || match (accounts.staffing.as_slice(), accounts.whole_evaluations.as_slice()) {
        ([only], [_]) => Some(only),
        _ => None,
    };
    let staffing = own.next().filter(|_| own.next().is_none()).or_else(only)?;
    let (people, posts) = (staffing.people, staffing.posts);
    let rate = percent(context.value(Some(people))?, context.value(Some(posts))?)?;
    Some(Computed { rate, from: vec![people, posts], meant: staff_for })
}

/// The people and the posts under which the printed rate of control would be right.
fn staff_for(context: &Context<'_>, from: &[FactId], printed: Bounds) -> Option<Repairs> {
    let [people, posts] = from else { return None };
    let value = |id: &FactId| context.value(Some(*id)).map(Bounds::exact);
    let share = printed.over(HUNDRED)?;
    Some(vec![(*people, value(posts)?.times(share)?), (*posts, value(people)?.over(share)?)])
}

/// The change of 三公 against last year, from the accounts and the stated changes of its items:
/// of the department as a whole. A single unit's rate may differ, but where no unit states a
/// change there was none.
fn three_public(context: &Context<'_>) -> Option<Computed> {
    let actual = context.amount("three_public", "total", "actual")?;
    let change = super::super::txt::changes::of_three_public(context)?;
    let before = actual.checked_sub(change)?;
    let rate = percent(change, before)?;
    let rates: Vec<Decimal> = whole_items(context)
        .filter(|item| item.indicator.name.text.contains("三公"))
        .filter_map(|item| Some(item.actual()?.value()))
        .collect();
    // Several units may each have their own rate; only if all say zero is the contradiction sure.
    let is_sure = rates.len() == 1 || rates.iter().all(Decimal::is_zero);
    is_sure.then_some(Computed { rate, from: Vec::new(), meant: |_, _, _| None })
}
