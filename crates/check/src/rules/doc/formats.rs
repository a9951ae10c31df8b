//! DOC022: numbers are printed with other decimals than everywhere else.

use juesuan_model::{FactId, Measure, Number, Severity};
use rust_decimal::Decimal;
use rustc_hash::FxHashSet;

use crate::{Context, Failure, Outcomes, Rule};

pub(crate) static RULE: Rule = Rule {
    code: "DOC022",
    title: "金额、百分数的小数位数不一致",
    english: "Numbers are printed with other decimals than everywhere else",
    severity: Severity::Note,
    checks: "文字说明中的金额和百分数都写两位小数的，个别只写一位或写成整数的予以提示。",
    why: "位数不一致，往往是手工修改过的数字。",
    bad: "第二部分 说明\n\n一、收入支出决算总体情况\n\n（一）收入总计100.00万元，包括：\n\n1.财政拨款收入80.00万元，占收入总计的80.00%。\n\n2.事业收入10.00万元，占收入总计的10.00%。\n\n3.经营收入5.00万元，占收入总计的5.00%。\n\n4.其他收入5.00万元，占收入总计的5.0%。\n\n（二）支出总计100.00万元。",
    good: "第二部分 说明\n\n一、收入支出决算总体情况\n\n（一）收入总计100.00万元，包括：\n\n1.财政拨款收入80.00万元，占收入总计的80.00%。\n\n2.事业收入10.00万元，占收入总计的10.00%。\n\n3.其他收入10.00万元，占收入总计的10.00%。\n\n（二）支出总计100.00万元。",
    basis: "公开文本的数字格式统一",
    false_alarms: "项目自评综述从系统导出，不检查。",
    covers: &["R126", "A09"],
    check,
};

/// More odd figures than these are a habit.
const SLIPS: usize = 3;

fn check(context: &Context<'_>, out: &mut Outcomes) {
    let figures: Vec<(FactId, Number)> = context
        .accounts
        .statements
        .iter()
        .filter(|statement| !statement.sentence.starts_with("summary_"))
        .flat_map(|statement| statement.slots.iter().map(|(_, id)| *id))
        .filter_map(|id| Some((id, context.number(Some(id))?)))
        .collect();
    for is_percent in [true, false] {
        let own: Vec<&(FactId, Number)> = figures
            .iter()
            .filter(|(_, number)| match number.measure() {
                Measure::Percent => is_percent,
                Measure::Money(_) => !is_percent,
                _ => false,
            })
            .collect();
        let decimals = |id: FactId| {
            let printed = context.printed(Some(id));
            printed.rsplit_once('.').map_or(0, |(_, fraction)| fraction.len())
        };
        let two = own.iter().filter(|(id, _)| decimals(*id) == 2).count();
        if two * 4 < own.len() * 3 || own.len() < 4 {
            out.not_applicable();
            continue;
        }
        let is_odd = |(id, number): &&(FactId, Number)| {
            let digits = decimals(*id);
            // A bare 1 % is told by its own rule, a bare 0 is nothing and round 100 % common.
            let is_round = digits == 0
                && (number.value() <= Decimal::ONE || number.value() == Decimal::ONE_HUNDRED);
            digits < 2 && !is_round
        };
        let (odd, even): (Vec<_>, Vec<_>) = own.into_iter().partition(is_odd);
        even.iter().for_each(|_| out.pass(&[]));
        let mut places = FxHashSet::default();
        let facts = odd.iter().filter_map(|(id, _)| Some((*id, context.accounts.facts.get(*id)?)));
        let facts = facts.filter(|(_, fact)| places.insert((fact.place.line, fact.place.column)));
        let facts: Vec<_> = facts.collect();
        // A slip here and there is told by itself, a habit once.
        let groups = facts.chunks(if facts.len() > SLIPS { facts.len() } else { 1 });
        for group in groups {
            let Some((_, first)) = group.first() else { continue };
            let message = match group.len() {
                1 => format!("写作 {}，同类数字都写两位小数", first.printed),
                count => {
                    format!("有 {count} 处像“{}”这样写，同类数字大多写两位小数", first.printed)
                }
            };
            let failure = Failure::new(first.subject.to_string(), message);
            out.fail(group.iter().fold(failure, |failure, (id, _)| failure.figure(context, *id)));
        }
    }
}
