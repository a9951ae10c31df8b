//! TXT117: the changes of the three-public items against last year do not add up to the total's.

use juesuan_model::{FactId, Severity, Statement, Value};
use rust_decimal::Decimal;

use crate::{Context, Failure, Outcomes, Rule};

pub(crate) static RULE: Rule = Rule {
    code: "TXT117",
    title: "“三公”经费各项增减额之和与合计不符",
    english: "The changes of the three-public items do not add up to the total's",
    severity: Severity::Error,
    checks: "因公出国（境）费、公务接待费、公务用车购置及运行费比上年的增减额之和，等于“三公”经费合计的增减额；增减额为零的不得写增加或减少，写持平的增减额必须为零。",
    why: "上年数不公开，但由本年数和增减额可以推出，各项与合计必须一致。",
    bad: "第二部分 说明\n\n三、“三公”经费情况\n\n1.公务接待费2.00万元，占“三公”经费支出的20.00%。比上年减少0.00万元，降低0.00%。",
    good: "第二部分 说明\n\n三、“三公”经费情况\n\n1.公务接待费2.00万元，占“三公”经费支出的20.00%。比上年减少1.00万元，降低33.33%。",
    basis: "本年数＝上年数＋增减额",
    false_alarms: "",
    covers: &["R094", "R079", "R080", "E55", "E56"],
    check,
};

const ITEMS: [&str; 3] = ["abroad", "reception", "vehicles"];

/// The signed change of a statement: a word of level alone means none.
fn signed(context: &Context<'_>, statement: &Statement) -> Option<Decimal> {
    let direction = context.slot_of(statement, "direction")?.1;
    let Value::Direction(direction) = direction.value else { return None };
    match context.value(statement.slot("change")) {
        Some(change) => change.checked_mul(Decimal::from(direction)),
        None => (direction == 0).then_some(Decimal::ZERO),
    }
}

/// The change of 三公 as a whole, from the stated changes of all its items.
pub(crate) fn of_three_public(context: &Context<'_>) -> Option<Decimal> {
    ITEMS.iter().try_fold(Decimal::ZERO, |sum, row| {
        let own = context.statements("three_item_change").find(|s| *s.row == **row)?;
        sum.checked_add(signed(context, own)?)
    })
}

fn check(context: &Context<'_>, out: &mut Outcomes) {
    total(context, out);
    for statement in &context.accounts.statements {
        wording(context, statement, out);
    }
}

/// The total's change, when it is stated.
fn total(context: &Context<'_>, out: &mut Outcomes) {
    let stated = context.statements("three_total_change").next();
    if stated.is_none() {
        return silent(context, out);
    }
    let known = stated.and_then(|s| Some((s.slot("change")?, signed(context, s)?)));
    let (Some((id, change)), Some(sum)) = (known, of_three_public(context)) else {
        return out.not_applicable();
    };
    let facts: Vec<FactId> =
        context.statements("three_item_change").filter_map(|s| s.slot("change")).collect();
    let rounding = Decimal::from(200);
    if sum.checked_sub(change).is_some_and(|gap| gap.abs() <= rounding) {
        return out.pass(&facts);
    }
    let wan =
        |value: Decimal| value.checked_div(Decimal::from(10_000)).unwrap_or_default().normalize();
    let message =
        format!("“三公”经费合计比上年变动 {} 万元，各项变动之和为 {} 万元", wan(change), wan(sum));
    let failure = Failure::new("three_total_change[1].change", message)
        .values(wan(change).to_string(), wan(sum).to_string())
        .figure(context, id);
    out.fail(facts.iter().fold(failure, |failure, id| failure.figure(context, *id)));
}

/// Every item is compared with last year and the total is not.
fn silent(context: &Context<'_>, out: &mut Outcomes) {
    let total = context.statements("three_total").find_map(|s| s.slot("amount"));
    let change = of_three_public(context).filter(|change| !change.is_zero());
    let (Some(id), Some(change)) = (total, change) else { return out.not_applicable() };
    let wan = change.checked_div(Decimal::from(10_000)).unwrap_or_default().normalize();
    let message = format!("“三公”经费各项都与上年作了比较，合计变动 {wan} 万元，合计却没有比较");
    let failure = Failure::new("three_total_change[1].change", message);
    out.fail(failure.severity(Severity::Note).values("", wan.to_string()).figure(context, id));
}

/// Reduced by nothing, or level by something.
fn wording(context: &Context<'_>, statement: &Statement, out: &mut Outcomes) {
    let parts = context.slot_of(statement, "direction").zip(context.slot_of(statement, "change"));
    let Some(((_, direction), (id, change))) = parts else { return };
    let (Value::Direction(sign), Some(number)) = (&direction.value, change.number()) else {
        return;
    };
    if (*sign == 0) == number.value().is_zero() {
        return out.pass(&[]);
    }
    let (fault, severity) = if *sign == 0 {
        ("自相矛盾：持平就没有增减额", Severity::Error)
    } else {
        ("增减额为零，应写持平", Severity::Note)
    };
    let name = context.scheme.name_of(&statement.sentence);
    let message = format!("“{name}”写“{}{}”，{fault}", direction.printed, change.printed);
    let failure = Failure::new(change.subject.to_string(), message).severity(severity);
    out.fail(failure.figure(context, id));
}
