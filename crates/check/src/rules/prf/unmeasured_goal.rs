//! PRF036: the goal names a quantity that no indicator measures.

use std::sync::Arc;

use juesuan_model::{Severity, TextField};
use rust_decimal::Decimal;

use crate::matching::{around, best, clause, same_unit};
use crate::performance::{Item, items_of, words_of};
use crate::words::{Spoken, numbers, short};
use crate::{Context, Failure, Outcomes, Rule};

pub(crate) static RULE: Rule = Rule {
    code: "PRF036",
    title: "年初目标里的量化内容没有对应的指标",
    english: "A quantity of the goal has no indicator",
    severity: Severity::Warning,
    checks: "年初目标写明的数量（多少户、多少次、百分之几），指标中应有同一单位、目标值相同或名称相近的一项。",
    why: "没有指标的目标不会被考核，完成没完成都看不出来。",
    bad: "项目支出绩效自评表\n项目名称\t评审项目\n预算数\t10\t执行数\t10\t执行率\t100%\n年初设定目标\t实际完成情况\n完成技术中心评审30家以上\t组织了两批评审，按时支付评审费\n一级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\n产出指标\t评审费支付及时率\t≥100%\t100%\t90\t90",
    good: "项目支出绩效自评表\n项目名称\t评审项目\n预算数\t10\t执行数\t10\t执行率\t100%\n年初设定目标\t实际完成情况\n完成技术中心评审30家以上\t组织了两批评审，按时支付评审费\n一级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\n产出指标\t评审技术中心数量\t≥30家\t32家\t90\t90",
    basis: "《中央部门项目支出核心绩效目标和指标设置及取值指引（试行）》：指标是目标的细化和量化",
    false_alarms: "数字属于背景介绍（如全市总量）的，可不理会。",
    covers: &["T25"],
    check,
};

fn check(context: &Context<'_>, out: &mut Outcomes) {
    for (index, form) in context.accounts.evaluations.iter().enumerate() {
        let items = items_of(context, index);
        let Some(goal) = form.goal.as_ref().filter(|_| !items.is_empty()) else {
            out.not_applicable();
            continue;
        };
        let lost = unmeasured(context, goal, &items);
        if lost.is_empty() {
            out.pass(&[]);
            continue;
        }
        let message =
            format!("“{}”的年初目标写了{}，没有对应的指标", form.name.text, lost.join("、"));
        out.fail(Failure::new(format!("evaluation[{index}].goal"), message).at(goal));
    }
}

/// The quantities of the goal that no indicator has, as written.
fn unmeasured(context: &Context<'_>, goal: &TextField, items: &[Item<'_>]) -> Vec<String> {
    let folded = words_of(Some(goal));
    let all: Vec<&Item<'_>> = items.iter().collect();
    let units = &context.scheme.performance.summary.units;
    let mut lost = Vec::new();
    for number in numbers(&folded) {
        let rest = folded.get(number.end..).unwrap_or("");
        let Some(unit) = units.iter().find(|unit| rest.starts_with(&***unit)) else { continue };
        if is_no_quantity(unit) || is_background(context, &folded, &number) {
            continue;
        }
        let is_value = |item: &&Item<'_>| {
            let same =
                |n: Option<juesuan_model::Number>| n.is_some_and(|n| n.value() == number.value);
            same_unit(item.unit(), unit) && (same(item.target()) || same(item.actual()))
        };
        let words = around(&folded, &number, unit);
        if items.iter().any(|item| is_value(&item)) || best(&all, &words, unit).is_some() {
            continue;
        }
        lost.push(format!("“{}”", short(&clause(&folded, &number), 30)));
    }
    lost
}

/// Dates, ordinals and money, which the head of the form holds.
fn is_no_quantity(unit: &Arc<str>) -> bool {
    matches!(
        &**unit,
        "年" | "月" | "天" | "元" | "万元" | "亿元" | "期" | "届" | "度" | "条" | "项" | "个"
    )
}

/// Numbers of documents and of what is no goal of the project.
fn is_background(context: &Context<'_>, folded: &str, number: &Spoken) -> bool {
    let before = folded.get(..number.start).unwrap_or("");
    let clause = before.rsplit(['。', ';']).next().unwrap_or("");
    let is_quoted = clause.matches('《').count() > clause.matches('》').count();
    let is_ordinal = before.ends_with(['第', '号', '[', '(']);
    is_quoted
        || is_ordinal
        || number.value <= Decimal::ONE
        || context.scheme.settings.words("目标里的背景").occur_in(clause)
}
