//! PRF110: the rate of a summary is not its own execution over its own budget.

use juesuan_model::{Bounds, Severity};
use rust_decimal::Decimal;

use crate::{Context, Outcomes, Rule};

pub(crate) static RULE: Rule = Rule {
    code: "PRF110",
    title: "综述的百分比不等于其执行数除以预算数",
    english: "A summary's rate is not its own execution over its budget",
    severity: Severity::Error,
    checks: "综述写的“完成预算的百分之几”等于同一段里的执行数除以预算数，按所写位数四舍五入；只差截位的仅提示。",
    why: "三个数在同一句话里，算不平就是写错了。",
    bad: "第二部分 绩效自评情况\n\n（1）甲项目自评综述：自评得分100分。全年预算数为9.42万元，执行数为9.42万元，完成预算的88.67%。",
    good: "第二部分 绩效自评情况\n\n（1）甲项目自评综述：自评得分100分。全年预算数为9.42万元，执行数为9.42万元，完成预算的100%。",
    basis: "执行率的定义",
    false_alarms: "执行率由未四舍五入的元数算得而金额只写到百元的，可能差一位尾数。",
    covers: &["P01", "R103", "E69"],
    check,
};

fn check(context: &Context<'_>, out: &mut Outcomes) {
    for summary in &context.accounts.summaries {
        let numbers = (context.number(summary.executed), context.number(summary.budget));
        let (Some(rate), (Some(executed), Some(budget))) = (summary.rate, numbers) else {
            out.not_applicable();
            continue;
        };
        let hundred = Bounds::exact(Decimal::ONE_HUNDRED);
        // Amounts in text drop trailing zeros; they are known to two decimals all the same.
        let (executed, budget) = (executed.at_least(2).bounds(), budget.at_least(2).bounds());
        let expected = executed.times(hundred).and_then(|part| part.over(budget));
        let Some(expected) = expected else {
            out.not_applicable();
            continue;
        };
        let others: Vec<_> = [summary.executed, summary.budget].into_iter().flatten().collect();
        let share = context.number(Some(rate)).and_then(|rate| rate.bounds().over(hundred));
        let repairs = [
            (summary.executed, share.and_then(|share| budget.times(share))),
            (summary.budget, share.and_then(|share| executed.over(share))),
        ];
        let repairs = repairs.into_iter().filter_map(|(id, value)| Some((id?, value?)));
        let expected = truncating(context, rate, expected);
        out.compare_with(context, rate, expected, &others, repairs, |shown| {
            format!(
                "“{}”的综述写完成预算的百分比，按其执行数和预算数应为 {shown}",
                summary.name.text
            )
        });
    }
}

/// A rate cut off instead of rounded is a matter of style: the interval reaches one digit down.
fn truncating(context: &Context<'_>, rate: juesuan_model::FactId, expected: Bounds) -> Bounds {
    let half = context.number(Some(rate)).map_or(Decimal::ZERO, juesuan_model::Number::half);
    let low = expected.low.checked_sub(half).unwrap_or(expected.low);
    Bounds { low, ..expected }
}
