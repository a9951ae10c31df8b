//! TXT123: a completion rate is stated although there was no budget.

use juesuan_model::{Severity, Value};
use rust_decimal::Decimal;

use super::items::items;
use crate::{Context, Failure, Outcomes, Rule};

pub(crate) static RULE: Rule = Rule {
    code: "TXT123",
    title: "没有预算却写有完成率，或上年为零却写有增长率",
    english: "A completion rate without a budget, or a growth rate on nothing",
    severity: Severity::Error,
    checks: "年初预算为零的，只能写“无年初预算”，不得写完成率；上年数为零的，不得写增长率（列为疑点）。",
    why: "除数为零，比率没有意义。",
    bad: "第二部分 说明\n\n二、一般公共预算财政拨款支出\n\n（1）教育支出（类）普通教育（款）小学教育（项）10.00万元，主要是学校运转等支出，年初预算为零，完成年初预算的100.00%，原因是年中追加。\n\n一般公共预算财政拨款支出决算表\n\n功能分类科目编码\t科目名称\t小计\t基本支出\t项目支出\n205\t教育支出\t10.00\t10.00\t0.00\n20502\t普通教育\t10.00\t10.00\t0.00\n2050202\t小学教育\t10.00\t10.00\t0.00",
    good: "第二部分 说明\n\n二、一般公共预算财政拨款支出\n\n（1）教育支出（类）普通教育（款）小学教育（项）10.00万元，主要是学校运转等支出，年初预算为零，原因是年中追加。\n\n一般公共预算财政拨款支出决算表\n\n功能分类科目编码\t科目名称\t小计\t基本支出\t项目支出\n205\t教育支出\t10.00\t10.00\t0.00\n20502\t普通教育\t10.00\t10.00\t0.00\n2050202\t小学教育\t10.00\t10.00\t0.00",
    basis: "比率的定义",
    false_alarms: "",
    covers: &["R079", "R083", "E51", "E56"],
    check,
};

fn check(context: &Context<'_>, out: &mut Outcomes) {
    for item in items(context) {
        match item.completion.filter(|_| item.has_no_budget) {
            Some(id) => {
                let message = format!(
                    "{}没有年初预算，却写完成年初预算的 {}%",
                    item.name(context),
                    context.printed(Some(id))
                );
                let failure =
                    Failure::new(format!("item_completion[{}].completion", item.code), message);
                out.fail(failure.figure(context, id));
            }
            None => out.not_applicable(),
        }
    }
    for statement in context.statements("three_item_completion") {
        let Some(id) = statement.slot("completion") else { continue };
        let budget = context.amount("three_public", &statement.row, "budget");
        let rate = context.value(Some(id)).unwrap_or_default();
        if budget == Some(Decimal::ZERO) && rate > Decimal::ZERO {
            let name = context.row_name("three_public", &statement.row).unwrap_or("");
            let message =
                format!("{name}预算数为 0，却写完成预算的 {}%", context.printed(Some(id)));
            out.fail(
                Failure::new(
                    format!("three_item_completion[{}].completion", statement.row),
                    message,
                )
                .figure(context, id),
            );
        } else {
            out.pass(&[]);
        }
    }
    growth_on_nothing(context, out);
}

/// Rates of change on a last year's amount of zero.
fn growth_on_nothing(context: &Context<'_>, out: &mut Outcomes) {
    let (cell, total) = ("three_item_change", "three_total_change");
    for sentence in [cell, total, "running_cost_change"] {
        for statement in context.statements(sentence) {
            let value = |slot| context.value(statement.slot(slot));
            let now = match sentence {
                _ if sentence == cell => context.amount("three_public", &statement.row, "actual"),
                _ if sentence == total => context.amount("three_public", "total", "actual"),
                _ => value("amount"),
            };
            let direction = context.slot_of(statement, "direction").map(|(_, fact)| &fact.value);
            let rises = matches!(direction, Some(Value::Direction(1)));
            let (Some(id), Some(change), Some(rate)) =
                (statement.slot("rate"), value("change"), value("rate"))
            else {
                continue;
            };
            if rises && now == Some(change) && rate > Decimal::ZERO {
                let message = format!("上年数为 0，却写增长 {}%", context.printed(Some(id)));
                let subject = format!("{sentence}[{}].rate", statement.row);
                let failure = Failure::new(subject, message).severity(Severity::Warning);
                out.fail(failure.figure(context, id));
            } else {
                out.pass(&[]);
            }
        }
    }
}
