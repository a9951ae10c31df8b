//! PRF023: a strict operator is met by the bound itself.

use juesuan_model::{Operator, Severity};

use crate::performance::all_items;
use crate::{Context, Outcomes, Rule};

pub(crate) static RULE: Rule = Rule {
    code: "PRF023",
    title: "“大于”“小于”的目标，等于界值却算完成",
    english: "A strict bound is met by equality",
    severity: Severity::Error,
    checks: "运算符为 > 或 < 时，完成值等于目标值不算完成。",
    why: "大于 5% 的目标，完成 5% 没有达到。",
    bad: "项目支出绩效自评表\n项目名称\t甲项目\n一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\n产出指标\t成本指标\t采购节约率\t>5%\t5%\t10\t10",
    good: "项目支出绩效自评表\n项目名称\t甲项目\n一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\n产出指标\t成本指标\t采购节约率\t≥5%\t5%\t10\t10",
    basis: "运算符号的含义",
    false_alarms: "",
    covers: &["T21"],
    check,
};

fn check(context: &Context<'_>, out: &mut Outcomes) {
    for item in all_items(context) {
        match item.quantities() {
            Some((Operator::MoreThan | Operator::LessThan, target, actual)) if target == actual => {
                if item.is_full() {
                    let message = format!(
                        "{}要求大于或小于 {target}，完成值恰为 {actual}，不算完成",
                        item.name()
                    );
                    out.fail(item.failure("actual", message));
                } else {
                    out.pass(&[]);
                }
            }
            Some((Operator::MoreThan | Operator::LessThan, ..)) => out.pass(&[]),
            _ => out.not_applicable(),
        }
    }
}
