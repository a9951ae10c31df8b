//! TXT124: counts of visits and receptions are impossible.

use juesuan_model::{FactId, Severity};
use rust_decimal::Decimal;

use crate::{Context, Failure, Outcomes, Rule};

pub(crate) static RULE: Rule = Rule {
    code: "TXT124",
    title: "团组、批次、人次不合理",
    english: "Counts of visits and receptions are impossible",
    severity: Severity::Error,
    checks: "因公出国（境）团组数不大于人次，接待批次不大于人次；有因公出国费、接待费、购车费的，数量不得为零；外事接待不大于国内接待与外事接待的合计。",
    why: "有钱没有数、人次少于批次，都是漏填或填反。",
    bad: "第二部分 说明\n\n三、“三公”经费情况\n\n1.公务接待费2.00万元。2024年国内公务接待累计12批次、8人。\n\n财政拨款“三公”经费支出决算表\n\n项目\t预算数\t决算数\n合计\t2.00\t2.00\n公务接待费\t2.00\t2.00",
    good: "第二部分 说明\n\n三、“三公”经费情况\n\n1.公务接待费2.00万元。2024年国内公务接待累计12批次、98人。\n\n财政拨款“三公”经费支出决算表\n\n项目\t预算数\t决算数\n合计\t2.00\t2.00\n公务接待费\t2.00\t2.00",
    basis: "《地方预决算公开操作规程》：公开“三公”经费的团组数、人次、批次、车辆数",
    false_alarms: "",
    covers: &["R095", "R096", "R097", "E16"],
    check,
};

fn check(context: &Context<'_>, out: &mut Outcomes) {
    let pairs = [
        ("three_abroad", "groups", "persons", "团组", "人次"),
        ("three_reception", "batches", "guests", "批次", "人次"),
        ("three_foreign", "batches", "guests", "批次", "人次"),
    ];
    for (sentence, few, many, few_name, many_name) in pairs {
        for statement in context.statements(sentence) {
            let (Some(a), Some(b)) = (statement.slot(few), statement.slot(many)) else { continue };
            let (Some(x), Some(y)) = (context.value(Some(a)), context.value(Some(b))) else {
                continue;
            };
            if x <= y {
                out.pass(&[]);
                continue;
            }
            let message = format!("{few_name} {x} 大于{many_name} {y}");
            let failure = Failure::new(format!("{sentence}[1].{few}"), message);
            out.fail(failure.figure(context, a).figure(context, b));
        }
    }
    let costs = [
        ("three_abroad", "groups", "abroad", "因公出国（境）费"),
        ("three_reception", "batches", "reception", "公务接待费"),
        ("three_purchase", "bought", "purchase", "公务用车购置费"),
    ];
    for (sentence, slot, row, name) in costs {
        let count = context.statements(sentence).find_map(|s| s.slot(slot));
        let cost = context.fact("three_public", row, "actual").map(|(id, _)| id);
        cost_without_count(context, (sentence, slot), name, count, cost, out);
    }
}

fn cost_without_count(
    context: &Context<'_>,
    (sentence, slot): (&str, &str),
    name: &str,
    count: Option<FactId>,
    cost: Option<FactId>,
    out: &mut Outcomes,
) {
    let (Some(count), Some(cost)) = (count, cost) else { return out.not_applicable() };
    let spent = context.value(Some(cost)).is_some_and(|cost| cost > Decimal::ZERO);
    if !spent || context.value(Some(count)) != Some(Decimal::ZERO) {
        return out.pass(&[]);
    }
    let message = format!("{name}有 {} 万元，数量却写 0", context.printed(Some(cost)));
    let failure = Failure::new(format!("{sentence}[1].{slot}"), message);
    out.fail(failure.figure(context, count).figure(context, cost));
}
