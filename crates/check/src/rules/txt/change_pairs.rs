//! TXT130: totals of income and expenditure that balance change by different amounts.

use juesuan_model::{FactId, Severity};
use rust_decimal::Decimal;

use crate::{Context, Failure, Outcomes, Rule};

pub(crate) static RULE: Rule = Rule {
    code: "TXT130",
    title: "收入总计与支出总计的增减额不同",
    english: "Balanced totals of income and expenditure change by different amounts",
    severity: Severity::Error,
    checks: "年初、年末都没有结转和结余的，本年收入、支出总计相等，上年也必然相等，两者与上年相比的增减额应当相同。",
    why: "收支总计每年都平衡，增减额不同，必有一处是错的。",
    bad: "一、收入支出决算总体情况说明\n\n收入总计100.00万元，与上年相比，今年收入总计增加10.00万元，增长11.11%。\n\n支出总计100.00万元，与上年相比，今年支出总计增加12.00万元，增长13.64%。\n\n收入支出决算总表\n收入\t\t\t支出\t\t\n项目\t行次\t金额\t项目\t行次\t金额\n一、一般公共预算财政拨款收入\t1\t100.00\t一、一般公共服务支出\t1\t100.00\n本年收入合计\t2\t100.00\t本年支出合计\t2\t100.00\n使用非财政拨款结余\t3\t0.00\t结余分配\t3\t0.00\n年初结转和结余\t4\t0.00\t年末结转和结余\t4\t0.00\n总计\t5\t100.00\t总计\t5\t100.00",
    good: "一、收入支出决算总体情况说明\n\n收入总计100.00万元，与上年相比，今年收入总计增加10.00万元，增长11.11%。\n\n支出总计100.00万元，与上年相比，今年支出总计增加10.00万元，增长11.11%。\n\n收入支出决算总表\n收入\t\t\t支出\t\t\n项目\t行次\t金额\t项目\t行次\t金额\n一、一般公共预算财政拨款收入\t1\t100.00\t一、一般公共服务支出\t1\t100.00\n本年收入合计\t2\t100.00\t本年支出合计\t2\t100.00\n使用非财政拨款结余\t3\t0.00\t结余分配\t3\t0.00\n年初结转和结余\t4\t0.00\t年末结转和结余\t4\t0.00\n总计\t5\t100.00\t总计\t5\t100.00",
    basis: "收支平衡：收入总计等于支出总计",
    false_alarms: "上年决算追溯调整的，应在文字中说明。",
    covers: &["R078", "E54"],
    check,
};

fn check(context: &Context<'_>, out: &mut Outcomes) {
    let first = |sentence: &str| {
        let statement = context.statements(sentence).next()?;
        let id = statement.slot("change")?;
        let direction = statement.slot("direction");
        Some((id, signed(context, id, direction)?))
    };
    let (Some((income, a)), Some((expenditure, b))) =
        (first("income_change"), first("expenditure_change"))
    else {
        return out.not_applicable();
    };
    if !nothing_is_carried(context) {
        return out.not_applicable();
    }
    if a == b {
        return out.pass(&[income, expenditure]);
    }
    let (one, other) = (context.printed(Some(income)), context.printed(Some(expenditure)));
    let message = format!(
        "收入总计与上年相比的增减额是 {one} 万元，支出总计的是 {other} 万元；两年收支都平衡，应当相同"
    );
    let failure = Failure::new("income_change[1].change", message).values(one, other);
    out.fail(failure.figure(context, income).figure(context, expenditure));
}

/// The change with its sign; the unsigned amount where no direction is told.
fn signed(context: &Context<'_>, id: FactId, direction: Option<FactId>) -> Option<Decimal> {
    use juesuan_model::Value;
    let amount = context.value(Some(id))?;
    let fact = direction.and_then(|id| context.accounts.facts.get(id));
    match fact.map(|fact| &fact.value) {
        Some(Value::Direction(sign)) => amount.checked_mul(Decimal::from(*sign)),
        _ => Some(amount),
    }
}

/// Whether nothing came from the year before and nothing is left, as printed.
fn nothing_is_carried(context: &Context<'_>) -> bool {
    let figures = [("opening", "income"), ("closing", "expenditure")];
    let none = figures.iter().all(|(row, column)| {
        context.amount("summary", row, column).is_some_and(|amount| amount.is_zero())
    });
    let total = |row: &str, column: &str| context.amount("summary", row, column);
    let (income, year) =
        (total("income_total", "income"), total("year_expenditure", "expenditure"));
    none && income.is_some() && income == year
}
