//! TXT132: the initial budgets of the items exceed the initial budget of all.

use std::collections::BTreeMap;
use std::sync::Arc;

use juesuan_model::{Bounds, FactId, Severity, Statement};
use rust_decimal::Decimal;
use rustc_hash::FxHashSet;

use crate::{Context, Failure, Outcomes, Rule};

pub(crate) static RULE: Rule = Rule {
    code: "TXT132",
    title: "各项年初预算之和与总的年初预算不符",
    english: "The initial budgets of the items do not make up the initial budget of all",
    severity: Severity::Error,
    checks: "文字逐项写有年初预算的，各项之和不得大于所写的年初预算总数；小于总数的列为提示（可能有安排了预算而没有支出的科目）。",
    why: "年初预算不在公开表里，只有文字里的几个数能互相核对。",
    bad: "第二部分 说明\n\n一、一般公共预算财政拨款支出\n\n一般公共预算财政拨款支出年初预算为10.00万元，支出决算为10.00万元，完成年初预算的100.00%。其中：\n\n1.教育支出（类）普通教育（款）小学教育（项）年初预算为12.00万元，支出决算为10.00万元。\n\n一般公共预算财政拨款支出决算表\n\n功能分类科目编码\t科目名称\t小计\t基本支出\t项目支出\n205\t教育支出\t10.00\t10.00\t0.00\n20502\t普通教育\t10.00\t10.00\t0.00\n2050202\t小学教育\t10.00\t10.00\t0.00\n合计\t\t10.00\t10.00\t0.00",
    good: "第二部分 说明\n\n一、一般公共预算财政拨款支出\n\n一般公共预算财政拨款支出年初预算为10.00万元，支出决算为10.00万元，完成年初预算的100.00%。其中：\n\n1.教育支出（类）普通教育（款）小学教育（项）年初预算为10.00万元，支出决算为10.00万元。\n\n一般公共预算财政拨款支出决算表\n\n功能分类科目编码\t科目名称\t小计\t基本支出\t项目支出\n205\t教育支出\t10.00\t10.00\t0.00\n20502\t普通教育\t10.00\t10.00\t0.00\n2050202\t小学教育\t10.00\t10.00\t0.00\n合计\t\t10.00\t10.00\t0.00",
    basis: "合计等于分项之和",
    false_alarms: "",
    covers: &["R092", "E49"],
    check,
};

fn check(context: &Context<'_>, out: &mut Outcomes) {
    let totals = ["general_budget", "general_named_short"].into_iter();
    let mut totals = totals.flat_map(|sentence| context.statements(sentence));
    let Some((total, stated)) = totals.find_map(|t| Some((t, t.slot("budget")?))) else {
        return out.not_applicable();
    };
    let budgets = budgets(context, total);
    let Some(sum) = sum(context, &budgets).filter(|_| !budgets.is_empty()) else {
        return out.not_applicable();
    };
    let Some(number) = context.number(Some(stated)) else { return out.not_applicable() };
    let total = number.bounds();
    if sum.low <= total.high && total.low <= sum.high {
        let facts: Vec<FactId> = budgets.into_iter().chain([stated]).collect();
        return out.pass(&facts);
    }
    let is_more = sum.low > total.high;
    if !is_more && lacks_items(context, &budgets) {
        // That an item is not spoken of is another rule's.
        return out.not_applicable();
    }
    let message = if is_more {
        "各项年初预算之和大于年初预算总数"
    } else {
        "各项年初预算之和小于年初预算总数，请核对是否有安排了预算而没有支出的科目"
    };
    let gap = total.minus(sum);
    let repairs = budgets
        .iter()
        .filter_map(|id| Some((*id, Bounds::exact(context.value(Some(*id))?).plus(gap?)?)));
    let shown = crate::outcomes::show(number, sum.value);
    let mut failure = Failure::new("general_budget[1].budget", message)
        .values(context.printed(Some(stated)), &*shown)
        .severity(if is_more { Severity::Error } else { Severity::Note })
        .figure(context, stated);
    failure.difference = crate::outcomes::difference(number, sum.value);
    if is_more {
        failure.repairs = repairs.chain([(stated, sum)]).collect();
    }
    out.fail(budgets.iter().fold(failure, |failure, id| failure.figure(context, *id)));
}

/// Whether some item of the form is told without its budget, or not at all.
fn lacks_items(context: &Context<'_>, budgets: &[FactId]) -> bool {
    let form = "general_expenditure";
    let told = budgets.iter().filter_map(|id| context.accounts.facts.get(*id));
    let told: FxHashSet<&str> = told.map(|fact| &*fact.subject.row).collect();
    let items = context.rows_of(form).iter().filter(|row| row.len() == 7);
    items
        .filter(|row| !told.contains(&***row))
        .any(|row| context.amount(form, row, "total").is_some_and(|amount| !amount.is_zero()))
}

/// The initial budget of each item that is told in the same chapter, once.
fn budgets(context: &Context<'_>, total: &Statement) -> Vec<FactId> {
    let chapter = |section: &str| section.split(" / ").take(2).collect::<Vec<_>>().join(" / ");
    let own = chapter(&total.section);
    let mut budgets: BTreeMap<Arc<str>, FactId> = BTreeMap::new();
    for sentence in ["item", "item_completion", "item_short"] {
        for item in context.statements(sentence).filter(|item| chapter(&item.section) == own) {
            if let Some(budget) = item.slot("budget").filter(|_| &*item.row != "?") {
                budgets.entry(item.row.clone()).or_insert(budget);
            }
        }
    }
    let mut budgets: Vec<FactId> = budgets.into_values().collect();
    budgets.sort_unstable();
    budgets
}

fn sum(context: &Context<'_>, budgets: &[FactId]) -> Option<Bounds> {
    let bounds = budgets.iter().map(|id| Some(context.number(Some(*id))?.bounds()));
    bounds.into_iter().try_fold(Bounds::exact(Decimal::ZERO), |sum, part| sum.plus(part?))
}
