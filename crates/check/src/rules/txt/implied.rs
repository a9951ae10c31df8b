//! TXT104: the initial budgets that completion rates imply do not fit each other.

use juesuan_model::{Bounds, FactId, Severity, Statement};
use rust_decimal::Decimal;
use rustc_hash::FxHashSet;

use super::items::{ItemText, items};
use crate::{Context, Failure, Outcomes, Rule};

pub(crate) static RULE: Rule = Rule {
    code: "TXT104",
    title: "完成率反推的年初预算互相矛盾",
    english: "The initial budgets implied by completion rates contradict each other",
    severity: Severity::Error,
    checks: "由决算数和完成率反推年初预算所在的区间：总额应等于基本支出与项目支出之和，各项之和应等于基本支出或项目支出的年初预算，不得大于一般公共预算财政拨款支出的预算，单项不得大于它所属的合计。",
    why: "年初预算虽不公开，完成率却泄露了它；比率没有乘以 100（100% 写成 1%）时，反推的预算大得离谱。",
    bad: "",
    good: "",
    basis: "完成率的定义：决算数 ÷ 年初预算数",
    false_alarms: "同一项既有基本支出又有项目支出的，不参加分项加总。",
    covers: &["R082", "A07", "A26", "E51", "E52"],
    check,
};

/// Initial budgets implied by the completion of the whole.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Implied {
    pub(crate) total: Option<Bounds>,
    pub(crate) basic: Option<Bounds>,
    pub(crate) project: Option<Bounds>,
}

/// The implied initial budgets of fiscal expenditure, in 元.
pub(crate) fn totals(context: &Context<'_>) -> Option<Implied> {
    let statement = context.statements("fiscal_completion").next()?;
    let forms = ["general_expenditure", "funds", "state_capital"];
    if context.may_lack_one_of(&forms) {
        return None;
    }
    let cells = |column: &str| {
        forms
            .iter()
            .filter_map(|form| context.fact(form, "total", column)?.1.number())
            .try_fold(Bounds::exact(Decimal::ZERO), |sum, n| sum.plus(n.bounds()))
    };
    let total = context.fact("fiscal_summary", "year_expenditure", "total");
    let total = total.and_then(|(_, fact)| fact.number()).map(|number| number.bounds());
    Some(Implied {
        total: budget(context, total, statement.slot("completion")),
        basic: budget(context, cells("basic"), statement.slot("basic")),
        project: budget(context, cells("project"), statement.slot("project")),
    })
}

/// amount ÷ rate
fn budget(context: &Context<'_>, amount: Option<Bounds>, rate: Option<FactId>) -> Option<Bounds> {
    let rate = context.number(rate)?.bounds();
    amount?.times(Bounds::exact(Decimal::ONE_HUNDRED))?.over(rate)
}

fn check(context: &Context<'_>, out: &mut Outcomes) {
    let implied = totals(context).unwrap_or_default();
    parts(context, implied, out);
    let items = items(context);
    group(context, &items, "basic", implied.basic, out);
    group(context, &items, "project", implied.project, out);
    general(context, &items, out);
}

/// The items against the general budget's expenditure, when no budget is printed and all rates are
/// of the same budget. Items of which nothing was spent have a budget too, and nobody speaks of
/// them: the items can only be too much.
fn general(context: &Context<'_>, items: &[ItemText<'_>], out: &mut Outcomes) {
    let mut stated = context.statements("general_budget");
    let whole = stated.next().filter(|statement| statement.slot("budget").is_none());
    let Some((statement, rate)) = whole.and_then(|one| Some((one, one.slot("completion")?))) else {
        return out.not_applicable();
    };
    let total = context.fact("general_expenditure", "total", "total").and_then(|(_, f)| f.number());
    let Some(whole) = budget(context, total.map(|total| total.bounds()), Some(rate)) else {
        return out.not_applicable();
    };
    let own: Vec<&ItemText<'_>> = items
        .iter()
        .filter(|item| context.amount("general_expenditure", &item.code, "total").is_some())
        .collect();
    let mut codes = FxHashSet::default();
    let of_initial = names_initial(context, statement);
    let alike = own.iter().all(|item| {
        codes.insert(&item.code) && names_initial(context, item.statement) == of_initial
    });
    let budgets = own.iter().filter(|item| !item.has_no_budget).map(|item| {
        let amount = context.number(item.amount)?.bounds();
        budget(context, Some(amount), item.completion)
    });
    let sum = budgets.into_iter().try_fold(Bounds::exact(Decimal::ZERO), |sum, one| sum.plus(one?));
    let Some(sum) = sum.filter(|_| alike && own.len() > 1) else { return out.not_applicable() };
    let rates = || own.iter().filter_map(|item| item.completion).chain([rate]);
    if sum.low <= whole.high {
        return out.pass(&rates().collect::<Vec<FactId>>());
    }
    let message = format!(
        "由完成率反推：各项的预算之和约 {} 万元，大于一般公共预算财政拨款支出的预算约 {} 万元",
        shown(sum),
        shown(whole)
    );
    let failure = Failure::new("general_budget[1].completion", message);
    out.fail(rates().fold(failure, |failure, id| failure.figure(context, id)));
}

/// Whether the passage of a statement speaks of the initial budget, not of a later one.
fn names_initial(context: &Context<'_>, statement: &Statement) -> bool {
    let own = context.passage(statement.block);
    own.is_some_and(|passage| passage.folded.as_str().contains("年初预算"))
}

fn meets(a: Bounds, b: Bounds) -> bool {
    a.low <= b.high && b.low <= a.high
}

/// total = basic + project
fn parts(context: &Context<'_>, implied: Implied, out: &mut Outcomes) {
    let (Some(total), Some(basic), Some(project)) = (implied.total, implied.basic, implied.project)
    else {
        return out.not_applicable();
    };
    let slot = |name: &str| context.statements("fiscal_completion").next()?.slot(name);
    let facts: Vec<FactId> =
        ["completion", "basic", "project"].into_iter().filter_map(slot).collect();
    if basic.plus(project).is_some_and(|sum| meets(sum, total)) {
        return out.pass(&facts);
    }
    let message = format!(
        "由完成率反推：年初预算总额约 {} 万元，基本支出约 {}、项目支出约 {}，两者之和不等于总额",
        shown(total),
        shown(basic),
        shown(project)
    );
    let failure = Failure::new("fiscal_completion[1].completion", message);
    let failure = facts.iter().fold(failure, |failure, id| failure.figure(context, *id));
    let needed = [
        ("completion", total, basic.plus(project)),
        ("basic", basic, total.minus(project)),
        ("project", project, total.minus(basic)),
    ];
    let repairs = needed.into_iter().filter_map(|(name, implied, needed)| {
        let id = slot(name)?;
        Some((id, rate_for(context, id, implied, needed?)?))
    });
    out.fail(repairs.fold(failure, |failure, (id, rate)| failure.repair(id, rate)));
}

/// The rate under which the initial budget would be `needed` instead of `implied`.
fn rate_for(
    context: &Context<'_>,
    rate: FactId,
    implied: Bounds,
    needed: Bounds,
) -> Option<Bounds> {
    let printed = Bounds::exact(context.value(Some(rate))?);
    printed.times(Bounds::exact(implied.value))?.over(needed)
}

fn shown(bounds: Bounds) -> String {
    let wan = bounds.value.checked_div(Decimal::from(10_000)).unwrap_or_default();
    wan.round_dp(2).normalize().to_string()
}

/// An item with the interval of its initial budget.
struct Share<'i, 'a> {
    item: &'i ItemText<'a>,
    amount: Bounds,
    budget: Bounds,
}

/// The items that are purely basic (or project) expenditure against the whole of that kind.
fn group(
    context: &Context<'_>,
    items: &[ItemText<'_>],
    kind: &str,
    whole: Option<Bounds>,
    out: &mut Outcomes,
) {
    let Some(whole) = whole else { return out.not_applicable() };
    let Some(shares) = shares(context, items, kind) else {
        return out.not_checked(
            format!("fiscal_completion[1].{kind}"),
            "有的项既有基本支出又有项目支出，或没有写完成率",
        );
    };
    let sum =
        shares.iter().try_fold(Bounds::exact(Decimal::ZERO), |sum, share| sum.plus(share.budget));
    let Some(sum) = sum.filter(|_| !shares.is_empty()) else { return out.not_applicable() };
    if meets(sum, whole) {
        let facts: Vec<FactId> = shares.iter().filter_map(|share| share.item.completion).collect();
        return out.pass(&facts);
    }
    let culprits: Vec<(&Share<'_, '_>, Bounds)> =
        shares.iter().filter_map(|share| Some((share, repaired(share, sum, whole)?))).collect();
    match culprits.as_slice() {
        [(share, rate)] => one(context, share, whole, *rate, out),
        _ => many(context, &shares, (kind, sum, whole), out),
    }
}

fn shares<'i, 'a>(
    context: &Context<'_>,
    items: &'i [ItemText<'a>],
    kind: &str,
) -> Option<Vec<Share<'i, 'a>>> {
    let other = if kind == "basic" { "project" } else { "basic" };
    let mut shares = Vec::new();
    for item in items {
        let sum = |column: &str| {
            ["general_expenditure", "funds"]
                .iter()
                .filter_map(|form| context.amount(form, &item.code, column))
                .fold(Decimal::ZERO, |sum, amount| sum.checked_add(amount).unwrap_or(sum))
        };
        let (own, rest) = (sum(kind), sum(other));
        if own.is_zero() {
            continue;
        }
        if !rest.is_zero() {
            return None;
        }
        if item.has_no_budget {
            continue;
        }
        let amount = context.number(item.amount)?.bounds();
        let budget = budget(context, Some(amount), item.completion)?;
        shares.push(Share { item, amount, budget });
    }
    Some(shares)
}

/// The rate that would make the sum right if only this item were wrong, when there is one that a
/// person could have meant.
fn repaired(share: &Share<'_, '_>, sum: Bounds, whole: Bounds) -> Option<Bounds> {
    // Without this item the intervals of all others remain.
    let others = Bounds {
        value: sum.value.checked_sub(share.budget.value)?,
        low: sum.low.checked_sub(share.budget.low)?,
        high: sum.high.checked_sub(share.budget.high)?,
        derived: true,
    };
    let needed = whole.minus(others)?;
    if needed.high <= Decimal::ZERO {
        return None;
    }
    let low = needed.low.max(Decimal::ONE);
    let needed = Bounds { low, value: needed.value.max(low), ..needed };
    let rate = share.amount.times(Bounds::exact(Decimal::ONE_HUNDRED))?.over(needed)?;
    let plausible = rate.high >= Decimal::ONE && rate.low <= Decimal::from(1_000);
    (plausible && !meets(share.budget, needed)).then_some(rate)
}

fn one(
    context: &Context<'_>,
    share: &Share<'_, '_>,
    whole: Bounds,
    rate: Bounds,
    out: &mut Outcomes,
) {
    let Some(stated) = share.item.completion else { return };
    let (low, high) = (rate.low.round_dp(2).normalize(), rate.high.round_dp(2).normalize());
    let expected = if low == high { format!("约 {low}%") } else { format!("{low}%—{high}%") };
    let printed = context.printed(Some(stated));
    let message = format!(
        "{}完成年初预算的 {printed}%，反推年初预算约 {} 万元，而同类支出的年初预算合计才约 {} 万元；按其余各项倒推，应为 {expected}",
        share.item.name(context),
        shown(share.budget),
        shown(whole)
    );
    let failure = Failure::new(format!("item_completion[{}].completion", share.item.code), message)
        .values(format!("{printed}%"), expected)
        .figure(context, stated);
    let failure = share.item.amount.into_iter().fold(failure, |f, id| f.figure(context, id));
    let mut failure = failure.repair(stated, rate);
    let hundredfold = context.value(Some(stated)).and_then(|v| v.checked_mul(Decimal::ONE_HUNDRED));
    if hundredfold.is_some_and(|value| {
        value >= rate.low.min(Decimal::from(80)) && value <= rate.high.max(Decimal::from(125))
    }) {
        failure = failure.hint("可能把比率当成了百分数，没有乘以 100");
    }
    out.fail(failure);
}

fn many(
    context: &Context<'_>,
    shares: &[Share<'_, '_>],
    (kind, sum, whole): (&str, Bounds, Bounds),
    out: &mut Outcomes,
) {
    let name = if kind == "basic" { "基本支出" } else { "项目支出" };
    let message = format!(
        "由完成率反推：各项{name}年初预算之和约 {} 万元，{name}年初预算约 {} 万元，不相等",
        shown(sum),
        shown(whole)
    );
    let failure = Failure::new(format!("fiscal_completion[1].{kind}"), message)
        .values(format!("约 {}", shown(whole)), format!("约 {}", shown(sum)));
    let whole_rate = context.statements("fiscal_completion").find_map(|s| s.slot(kind));
    let facts =
        whole_rate.into_iter().chain(shares.iter().filter_map(|share| share.item.completion));
    let failure = facts.fold(failure, |failure, id| failure.figure(context, id));
    // The amounts are shown too; they have relations of their own.
    let amounts = shares.iter().filter_map(|share| context.accounts.facts.get(share.item.amount?));
    let failure = amounts.fold(failure, |failure, fact| failure.at(fact));
    let repair = whole_rate.and_then(|id| Some((id, rate_for(context, id, whole, sum)?)));
    out.fail(repair.into_iter().fold(failure, |failure, (id, rate)| failure.repair(id, rate)));
}
