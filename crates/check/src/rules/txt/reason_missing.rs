//! TXT108: a difference is not explained.

use juesuan_model::{FactId, Severity};
use rust_decimal::Decimal;

use super::items::items;
use crate::words::fold;
use crate::{Context, Failure, Outcomes, Rule};

pub(crate) static RULE: Rule = Rule {
    code: "TXT108",
    title: "差异没有说明原因",
    english: "A difference is not explained",
    severity: Severity::Warning,
    checks: "完成率不是 100% 的项级科目、财政拨款总体和“三公”经费各项，都应说明决算数与预算数差异的原因。",
    why: "公开的目的在于说清楚钱为什么多花或少花。",
    bad: "第二部分 说明\n\n二、一般公共预算财政拨款支出\n\n（1）教育支出（类）普通教育（款）小学教育（项）10.00万元，主要是学校运转等支出，完成年初预算的80.00%。\n\n一般公共预算财政拨款支出决算表\n\n功能分类科目编码\t科目名称\t小计\t基本支出\t项目支出\n205\t教育支出\t10.00\t10.00\t0.00\n20502\t普通教育\t10.00\t10.00\t0.00\n2050202\t小学教育\t10.00\t10.00\t0.00",
    good: "第二部分 说明\n\n二、一般公共预算财政拨款支出\n\n（1）教育支出（类）普通教育（款）小学教育（项）10.00万元，主要是学校运转等支出，完成年初预算的80.00%，决算数与年初预算数存在差异的主要原因是两所学校撤并。\n\n一般公共预算财政拨款支出决算表\n\n功能分类科目编码\t科目名称\t小计\t基本支出\t项目支出\n205\t教育支出\t10.00\t10.00\t0.00\n20502\t普通教育\t10.00\t10.00\t0.00\n2050202\t小学教育\t10.00\t10.00\t0.00",
    basis: "《地方预决算公开操作规程》：说明增减变化的原因",
    false_alarms: "",
    covers: &["E17", "R085", "A29"],
    check,
};

fn check(context: &Context<'_>, out: &mut Outcomes) {
    let items = items(context);
    for item in &items {
        let Some(completion) = item.completion else {
            out.not_applicable();
            continue;
        };
        let message = format!(
            "{}完成年初预算的 {}%，没有说明原因",
            item.name(context),
            context.printed(Some(completion))
        );
        one(context, completion, item.reason.is_some(), message, out);
    }
    // Reasons given item by item explain a total that deviates by little.
    let by_item = items.iter().any(|item| item.reason.is_some());
    let most = context.scheme.settings.limit("应说明原因的总体偏差").unwrap_or(Decimal::TEN);
    let is_far =
        |id| context.value(Some(id)).is_some_and(|rate| (rate - Decimal::ONE_HUNDRED).abs() > most);
    for statement in context.statements("fiscal_completion") {
        let Some(completion) = statement.slot("completion") else { continue };
        let message = format!(
            "财政拨款支出完成年初预算的 {}%，没有说明原因",
            context.printed(Some(completion))
        );
        let explained =
            (by_item && !is_far(completion)) || explained(context, statement.block, completion);
        one(context, completion, explained, message, out);
    }
    for statement in context.statements("three_item_completion") {
        let Some(completion) = statement.slot("completion") else { continue };
        let cell = |column| context.amount("three_public", &statement.row, column);
        if ["budget", "actual"].into_iter().all(|column| cell(column) == Some(Decimal::ZERO)) {
            out.not_applicable();
            continue;
        }
        let name = context.row_name("three_public", &statement.row).unwrap_or("");
        let message =
            format!("{name}完成预算的 {}%，没有说明原因", context.printed(Some(completion)));
        // What explains the whole of the vehicles explains its parts.
        let is_part = ["purchase", "running"].contains(&&*statement.row);
        let explained = explained(context, statement.block, completion)
            || is_part && gives_reason(context, statement.block);
        one(context, completion, explained, message, out);
    }
}

/// Whether a passage speaks of a reason.
fn gives_reason(context: &Context<'_>, block: u32) -> bool {
    context.passage(block).is_some_and(|passage| passage.folded.as_str().contains("原因"))
}

/// Whether the passage speaks of a reason behind the figure.
fn explained(context: &Context<'_>, block: u32, figure: FactId) -> bool {
    let fact = context.accounts.facts.get(figure);
    let (Some(fact), Some(passage)) = (fact, context.passage(block)) else { return false };
    let rate = fold(&fact.printed) + "%";
    let text = passage.folded.as_str();
    text.find(&*rate).and_then(|at| text.get(at..)).is_some_and(|rest| rest.contains("原因"))
}

fn one(
    context: &Context<'_>,
    completion: FactId,
    explained: bool,
    message: String,
    out: &mut Outcomes,
) {
    let rate = context.value(Some(completion));
    // Nothing planned and nothing spent needs no reason.
    if rate == Some(Decimal::ONE_HUNDRED) || rate == Some(Decimal::ZERO) && explained {
        return out.not_applicable();
    }
    if explained {
        return out.pass(&[]);
    }
    let subject = context.accounts.facts.get(completion).map(|fact| fact.subject.to_string());
    let failure = Failure::new(subject.unwrap_or_default(), message);
    // A rate that is wrong in itself is told first.
    out.fail(failure.figure(context, completion).derived());
}
