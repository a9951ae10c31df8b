//! PRF011: the degree of completion does not follow from target and actual.

use juesuan_model::{Bounds, Operator, Severity};
use juesuan_scheme::scoring::Scoring;
use rust_decimal::Decimal;

use crate::performance::{all_items, scoring};
use crate::{Context, Outcomes, Rule};

pub(crate) static RULE: Rule = Rule {
    code: "PRF011",
    title: "完成程度与目标值、完成值不符",
    english: "The degree of completion does not follow from target and actual",
    severity: Severity::Error,
    checks: "按运算符由目标值和完成值重算完成程度：≥、> 为完成值÷目标值（不超过 100%），≤、< 超过目标时为目标值÷完成值，= 未达到时按比例。",
    why: "完成程度决定得分；手工填写的完成程度常与数值对不上。",
    bad: "项目支出绩效自评表\n项目名称\t甲项目\n一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t完成程度\t分值\t得分\n产出指标\t数量指标\t补助企业数量\t≥40家\t12家\t100%\t50\t50",
    good: "项目支出绩效自评表\n项目名称\t甲项目\n一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t完成程度\t分值\t得分\n产出指标\t数量指标\t补助企业数量\t≥40家\t12家\t30%\t50\t15",
    basis: "《项目支出绩效评价管理办法》：定量指标按完成比例计分",
    false_alarms: "目标值为区间或文字时不判断。",
    covers: &["T04", "W03", "R108", "E66"],
    check,
};

fn check(context: &Context<'_>, out: &mut Outcomes) {
    for item in all_items(context) {
        let (Some(scoring), Some((operator, target, actual))) =
            (scoring(context, &item), item.quantities())
        else {
            out.not_applicable();
            continue;
        };
        let (Some(stated), Some(expected)) =
            (item.indicator.completion, scoring.completion(operator, target, actual))
        else {
            out.not_applicable();
            continue;
        };
        // Some forms print by how much a target was exceeded, others stop at 100.
        let exceeded =
            Scoring::exceeded(operator, target, actual).map(|rate| scoring.rounded(rate));
        let is_over =
            context.value(Some(stated)).is_some_and(|stated| stated > Decimal::ONE_HUNDRED);
        let expected = exceeded.filter(|_| is_over).unwrap_or_else(|| scoring.rounded(expected));
        let expected = Bounds::computed(expected);
        // Nothing achieved is nothing of any target.
        let is_tied = !actual.is_zero() || operator == Operator::Equal && target.is_zero();
        let target = item.indicator.target.filter(|_| is_tied);
        let others: Vec<_> = [target, item.indicator.actual].into_iter().flatten().collect();
        out.compare(context, stated, expected, &others, |shown| {
            format!(
                "{}目标值 {}、完成值 {}，完成程度应为 {shown}",
                item.name(),
                context.printed(item.indicator.target),
                context.printed(item.indicator.actual),
            )
        });
    }
}
