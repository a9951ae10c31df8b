//! PRF046: a value that should be equal is exceeded and counts as reached.

use juesuan_model::{Operator, Severity};

use crate::performance::all_items;
use crate::{Context, Outcomes, Rule};

pub(crate) static RULE: Rule = Rule {
    code: "PRF046",
    title: "“等于”的目标被超过，却算完成",
    english: "A value that should be equal is exceeded and counts as reached",
    severity: Severity::Warning,
    checks: "运算符为 = 的指标，完成值大于目标值而得了分的，运算符或数值必有一处不妥。",
    why: "“等于 90%”完成 100% 不是等于：本意是不低于的，应写 ≥；确应相等的，多出来的就是错的。",
    bad: "项目支出绩效自评表\n项目名称\t甲项目\n一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\n产出指标\t数量指标\t培训场次\t=10场\t12场\t10\t10",
    good: "项目支出绩效自评表\n项目名称\t甲项目\n一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\n产出指标\t数量指标\t培训场次\t≥10场\t12场\t10\t10",
    basis: "运算符号的含义",
    false_alarms: "",
    covers: &["T20", "T21", "E74"],
    check,
};

fn check(context: &Context<'_>, out: &mut Outcomes) {
    for item in all_items(context) {
        let Some((Operator::Equal, target, actual)) = item.quantities() else {
            out.not_applicable();
            continue;
        };
        let scored = item.score().is_some_and(|score| !score.value().is_zero());
        if actual <= target || target.is_zero() || !scored {
            out.pass(&[]);
            continue;
        }
        let printed = context.printed(item.indicator.actual);
        let asked = context.printed(item.indicator.target);
        let message =
            format!("{}要求等于 {asked}，完成值 {printed} 超过了它，却算完成", item.name());
        out.fail(item.failure("actual", message).values(printed, asked));
    }
}
