//! PRF047: a lower bound of zero asks for nothing.

use juesuan_model::{Operator, Severity};

use crate::performance::all_items;
use crate::{Context, Outcomes, Rule};

pub(crate) static RULE: Rule = Rule {
    code: "PRF047",
    title: "下限目标写 0，等于没有目标",
    english: "A lower bound of zero asks for nothing",
    severity: Severity::Warning,
    checks: "运算符为 ≥ 的指标，目标值不应为 0。",
    why: "什么都不做也达到 ≥0；这样的指标白送分数，或者是漏打了数字。",
    bad: "项目支出绩效自评表\n项目名称\t甲项目\n一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\n产出指标\t数量指标\t培训场次\t≥0场\t12场\t10\t10",
    good: "项目支出绩效自评表\n项目名称\t甲项目\n一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\n产出指标\t数量指标\t培训场次\t≥10场\t12场\t10\t10",
    basis: "《中央部门项目支出核心绩效目标和指标设置及取值指引（试行）》：指标值应当合理可实现，体现约束",
    false_alarms: "增长率以“不下降”为目标的，写 ≥0 有意义。",
    covers: &["T21"],
    check,
};

fn check(context: &Context<'_>, out: &mut Outcomes) {
    let growing = context.scheme.settings.words("可以超过百分之百的比率");
    for item in all_items(context) {
        let Some((Operator::AtLeast, target, actual)) = item.quantities() else {
            out.not_applicable();
            continue;
        };
        let is_change = item.unit() == "%" && growing.occur_in(&item.indicator.name.text);
        if !target.is_zero() || is_change && actual.is_zero() {
            out.pass(&[]);
            continue;
        }
        let message = format!("{}的目标值是 0，任何完成值都达到", item.name());
        out.fail(item.failure("target", message).values("≥0", ""));
    }
}
