//! PRF025: the target of a cost indicator exceeds the project's budget.

use juesuan_model::{Measure, Number, Operator, Scale, Severity};

use crate::performance::project_items;
use crate::{Context, Outcomes, Rule};

pub(crate) static RULE: Rule = Rule {
    code: "PRF025",
    title: "成本目标值高于项目预算",
    english: "The target of a cost indicator exceeds the budget",
    severity: Severity::Warning,
    checks: "以元、万元计的成本指标，上限目标不应高于项目预算金额。",
    why: "成本上限高于预算，等于没有成本约束。",
    bad: "项目支出绩效自评表\n项目名称\t甲项目\n预算数\t2\t执行数\t2\t执行率\t100%\n一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\n产出指标\t成本指标\t培训经费\t≤7.2万元\t2万元\t50\t50",
    good: "项目支出绩效自评表\n项目名称\t甲项目\n预算数\t2\t执行数\t2\t执行率\t100%\n一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\n产出指标\t成本指标\t培训经费\t≤2万元\t2万元\t50\t50",
    basis: "预算是支出的上限",
    false_alarms: "年中调减预算而没有相应修改目标的，也在此列。",
    covers: &["T24", "T23"],
    check,
};

fn check(context: &Context<'_>, out: &mut Outcomes) {
    for item in project_items(context) {
        let is_cost = item.indicator.subgroup.contains("成本")
            && matches!(item.indicator.operator, Some(Operator::AtMost | Operator::LessThan));
        let printed = context.printed(item.indicator.target);
        let target = Scale::from_label(item.unit())
            .and_then(|scale| Number::parse(printed, Measure::Money(scale)).ok());
        let budget = item.evaluation().and_then(|form| context.number(form.budget));
        let Some((target, budget)) = target.zip(budget).filter(|_| is_cost) else {
            out.not_applicable();
            continue;
        };
        let is_single = ["单位成本", "人均成本", "单价"]
            .iter()
            .any(|word| item.indicator.name.text.contains(word));
        if is_single && target.value() == budget.value() {
            let message = format!(
                "{}目标值 ≤{printed}{}，就是项目预算的总数，不是每一件的成本",
                item.name(),
                item.unit()
            );
            out.fail(item.failure("target", message).values(printed, ""));
            continue;
        }
        let least = target.value().checked_sub(target.at_least(2).half()).unwrap_or_default();
        let most = budget.value().checked_add(budget.half()).unwrap_or_default();
        if least <= most {
            out.pass(&[]);
            continue;
        }
        let message = format!(
            "{}目标值 ≤{printed}{}，高于项目预算 {}",
            item.name(),
            item.unit(),
            budget.with_unit()
        );
        let failure = item.failure("target", message).values(printed, budget.display());
        let form_budget = item.evaluation().and_then(|form| form.budget);
        out.fail(form_budget.into_iter().fold(failure, |f, id| f.figure(context, id)));
    }
}
