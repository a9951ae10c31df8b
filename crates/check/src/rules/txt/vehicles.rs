//! TXT118: the number of vehicles is not the sum of its kinds, or disagrees with their cost.

use juesuan_model::{FactId, Severity};
use rust_decimal::Decimal;

use super::items::spot;
use crate::words::{fold, numbers};
use crate::{Context, Failure, Outcomes, Rule};

pub(crate) static RULE: Rule = Rule {
    code: "TXT118",
    title: "车辆数与分类、保有量或运行费不符",
    english: "The number of vehicles disagrees with its kinds, those kept, or their cost",
    severity: Severity::Error,
    checks: "车辆总数等于各类车辆之和；财政拨款开支运行维护费的保有量不大于车辆总数；有运行维护费就有保有量，有保有量就有运行维护费；其他用车应说明用途。",
    why: "车辆是公众最关心的数字之一，三处口径常常不一。",
    bad: "第二部分 说明\n\n（三）国有资产占用情况\n\n共有车辆9辆，其中：机要通信用车2辆，应急保障用车1辆，其他用车5辆，其他用车主要是下乡巡查；单价100万元（含）以上设备（不含车辆）0台（套）。",
    good: "第二部分 说明\n\n（三）国有资产占用情况\n\n共有车辆8辆，其中：机要通信用车2辆，应急保障用车1辆，其他用车5辆，其他用车主要是下乡巡查；单价100万元（含）以上设备（不含车辆）0台（套）。",
    basis: "《地方预决算公开操作规程》：公开国有资产占用情况",
    false_alarms: "保有量不含单位自有资金养护的车辆，可以小于总数，相差的列为提示。",
    covers: &["A20", "R097", "R098", "E16", "E63"],
    check,
};

fn check(context: &Context<'_>, out: &mut Outcomes) {
    let total = context.statements("vehicles").next();
    if let Some(statement) = total {
        sum(context, statement.slot("total"), statement.slot("list"), out);
    }
    let kept = context.statements("three_kept").find_map(|s| s.slot("kept"));
    if let (Some(kept), Some(total)) = (kept, total.and_then(|s| s.slot("total"))) {
        held(context, kept, total, out);
    }
    if let Some(kept) = kept {
        cost(context, kept, out);
    }
    for statement in context.statements("other_vehicles") {
        let Some((_, fact)) = context.slot_of(statement, "use") else { continue };
        if fact.printed.chars().any(|c| c.is_alphabetic()) {
            out.pass(&[]);
            continue;
        }
        let message = format!("其他用车的用途写的是“{}”", fact.printed);
        let failure = Failure::new("other_vehicles[1].use", message).values(&*fact.printed, "用途");
        out.fail(failure.at(spot(fact)));
    }
}

fn sum(context: &Context<'_>, total: Option<FactId>, list: Option<FactId>, out: &mut Outcomes) {
    let (Some(total), Some(list)) = (total, list) else { return out.not_applicable() };
    let words = fold(context.printed(Some(list)));
    let counted = numbers(&words)
        .into_iter()
        .filter(|number| words.get(number.end..).is_some_and(|rest| rest.starts_with('辆')));
    let sum =
        counted.fold(Decimal::ZERO, |sum, number| sum.checked_add(number.value).unwrap_or(sum));
    let stated = context.value(Some(total));
    if stated == Some(sum) {
        return out.pass(&[total]);
    }
    let printed = context.printed(Some(total));
    let message = format!("车辆总数写 {printed} 辆，各类相加为 {sum} 辆");
    let failure = Failure::new("vehicles[1].total", message).values(printed, sum.to_string());
    let failure = failure.figure(context, total).repair(total, juesuan_model::Bounds::exact(sum));
    out.fail(context.accounts.facts.get(list).map(spot).into_iter().fold(failure, Failure::at));
}

fn held(context: &Context<'_>, kept: FactId, total: FactId, out: &mut Outcomes) {
    let (Some(k), Some(t)) = (context.value(Some(kept)), context.value(Some(total))) else {
        return;
    };
    if k == t {
        return out.pass(&[kept, total]);
    }
    let (severity, tail) = if k > t {
        (Severity::Error, "保有量大于车辆总数")
    } else {
        (Severity::Note, "相差的车辆由什么经费养护，应当说明")
    };
    let message = format!("公务用车保有量 {k} 辆，车辆总数 {t} 辆，{tail}");
    let failure = Failure::new("three_kept[1].kept", message).severity(severity);
    out.fail(
        failure.values(k.to_string(), t.to_string()).figure(context, kept).figure(context, total),
    );
}

fn cost(context: &Context<'_>, kept: FactId, out: &mut Outcomes) {
    let running = context.fact("three_public", "running", "actual");
    let Some((id, fact)) = running else { return out.not_applicable() };
    let (Some(count), Some(number)) = (context.value(Some(kept)), fact.number()) else { return };
    if count.is_zero() == number.value().is_zero() {
        return out.pass(&[]);
    }
    let message = format!("公务用车运行维护费 {} 万元，保有量却是 {count} 辆", number.display());
    out.fail(Failure::new("three_kept[1].kept", message).figure(context, kept).figure(context, id));
}
