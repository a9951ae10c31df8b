//! TXT107: a reason contradicts the direction it explains.

use juesuan_model::{FactId, Severity, Value};
use rust_decimal::Decimal;

use super::items::{items, spot};
use crate::words::fold;
use crate::{Context, Failure, Outcomes, Rule};

pub(crate) static RULE: Rule = Rule {
    code: "TXT107",
    title: "原因与增减方向相反",
    english: "A reason contradicts the direction it explains",
    severity: Severity::Error,
    checks: "完成率低于 100% 的，原因不应只说追加、增加；高于 100% 的，原因不应只说减少、压减；增减的原因同样不得与方向相反。",
    why: "原因和数字方向相反，不是数字错就是原因错。",
    bad: "第二部分 说明\n\n二、一般公共预算财政拨款支出\n\n（1）教育支出（类）普通教育（款）小学教育（项）10.00万元，主要是学校运转等支出，完成年初预算的80.00%，决算数与年初预算数存在差异的主要原因是年中追加教师工资。\n\n一般公共预算财政拨款支出决算表\n\n功能分类科目编码\t科目名称\t小计\t基本支出\t项目支出\n205\t教育支出\t10.00\t10.00\t0.00\n20502\t普通教育\t10.00\t10.00\t0.00\n2050202\t小学教育\t10.00\t10.00\t0.00",
    good: "第二部分 说明\n\n二、一般公共预算财政拨款支出\n\n（1）教育支出（类）普通教育（款）小学教育（项）10.00万元，主要是学校运转等支出，完成年初预算的120.00%，决算数与年初预算数存在差异的主要原因是年中追加教师工资。\n\n一般公共预算财政拨款支出决算表\n\n功能分类科目编码\t科目名称\t小计\t基本支出\t项目支出\n205\t教育支出\t10.00\t10.00\t0.00\n20502\t普通教育\t10.00\t10.00\t0.00\n2050202\t小学教育\t10.00\t10.00\t0.00",
    basis: "原因应能解释差异",
    false_alarms: "原因里同时有增有减的不判断。",
    covers: &["A08", "R085", "E17"],
    check,
};

fn check(context: &Context<'_>, out: &mut Outcomes) {
    for item in items(context) {
        let rate = context.value(item.completion);
        let (Some(rate), Some(reason)) = (rate, item.reason) else {
            out.not_applicable();
            continue;
        };
        let hundred = Decimal::ONE_HUNDRED;
        let direction = match rate.cmp(&hundred) {
            std::cmp::Ordering::Less => -1,
            std::cmp::Ordering::Equal => 0,
            std::cmp::Ordering::Greater => 1,
        };
        let subject = format!("item_reason[{}].reason", item.code);
        let shown = format!("完成年初预算的 {}%", context.printed(item.completion));
        one(context, (subject, shown), direction, item.completion, reason, out);
    }
    for statement in &context.accounts.statements {
        let reason = statement.slot("change_reason");
        let direction = context.slot_of(statement, "direction");
        let (Some(reason), Some((id, fact))) = (reason, direction) else { continue };
        let Value::Direction(direction) = fact.value else { continue };
        let subject = format!("{}[{}].change_reason", statement.sentence, statement.row);
        one(
            context,
            (subject, format!("写的是“{}”", fact.printed)),
            direction,
            Some(id),
            reason,
            out,
        );
    }
}

fn one(
    context: &Context<'_>,
    (subject, shown): (String, String),
    direction: i8,
    figure: Option<FactId>,
    reason: FactId,
    out: &mut Outcomes,
) {
    let Some(fact) = context.accounts.facts.get(reason) else { return };
    let words = fold(&fact.printed);
    let settings = &context.scheme.settings;
    let more = settings.words("增加类原因").occur_in(&words);
    let less = settings.words("减少类原因").occur_in(&words);
    let contradicts = match (more, less) {
        (true, false) => direction < 0,
        (false, true) => direction > 0,
        _ => return out.not_applicable(),
    };
    if !contradicts {
        return out.pass(&[]);
    }
    let message = format!("{shown}，原因却是“{}”，方向相反", fact.printed);
    let failure = Failure::new(subject, message).at(spot(fact));
    out.fail(figure.into_iter().fold(failure, |failure, id| failure.figure(context, id)));
}
