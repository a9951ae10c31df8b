//! PRF142: a quantified goal of the whole department has no result.

use juesuan_model::{Severity, TextField};

use crate::words::{fold, numbers, short};
use crate::{Context, Failure, Outcomes, Rule};

pub(crate) static RULE: Rule = Rule {
    code: "PRF142",
    title: "整体目标中的量化目标没有对应的结果",
    english: "A quantified goal of the whole department has no result",
    severity: Severity::Warning,
    checks: "年初总体目标里的每个量化目标，全年完成情况应写出对应的结果。",
    why: "只报完成了的，不提没完成的，不是自评。",
    bad: "部门整体绩效自评表\n部门（单位）名称\t甲局\n年初总体目标\t全年完成情况\n培育示范项目10个，新增投资增长20%。\t全年新增投资增长17%。",
    good: "部门整体绩效自评表\n部门（单位）名称\t甲局\n年初总体目标\t全年完成情况\n培育示范项目10个，新增投资增长20%。\t全年培育示范项目11个，新增投资增长17%。",
    basis: "绩效自评对照年初目标逐项评价",
    false_alarms: "完成情况换了说法的，请人工核对。",
    covers: &["W10"],
    check,
};

fn check(context: &Context<'_>, out: &mut Outcomes) {
    for (index, form) in context.accounts.whole_evaluations.iter().enumerate() {
        let (Some(goal), Some(result)) = (&form.goal, &form.result) else {
            out.not_applicable();
            continue;
        };
        if !has_quantity(goal) && !has_quantity(result) {
            let message =
                format!("“{}”的年初目标和完成情况都没有一个可以核对的数量", form.name.text);
            out.fail(Failure::new(format!("whole[{index}].goal"), message).at(goal).at(result));
            continue;
        }
        let missing = missing(goal, result);
        if missing.is_empty() {
            out.pass(&[]);
            continue;
        }
        let message = format!(
            "“{}”的年初目标中有 {} 项量化目标没有对应的结果：{}",
            form.name.text,
            missing.len(),
            missing.join("；")
        );
        out.fail(Failure::new(format!("whole[{index}].result"), message).at(goal).at(result));
    }
}

/// Whether a text has a number other than a year.
fn has_quantity(field: &TextField) -> bool {
    let folded = fold(&field.text);
    let is_year = |end: usize| folded.get(end..).is_some_and(|rest| rest.starts_with('年'));
    numbers(&folded).iter().any(|number| !is_year(number.end))
}

/// The clauses of the goal that hold a number, and whose words the result does not take up.
fn missing(goal: &TextField, result: &TextField) -> Vec<String> {
    let (goal, result) = (fold(&goal.text), fold(&result.text));
    let clauses = goal.split([',', '。', ';', '、']).filter(|clause| {
        let digits = numbers(clause);
        digits.iter().any(|n| !clause.get(n.end..).is_some_and(|rest| rest.starts_with('年')))
    });
    let taken_up = |clause: &&str| {
        let words: String = clause.chars().filter(|c| crate::words::is_han(*c)).collect();
        crate::matching::coverage(&words, &result) >= 400
            && result.split([',', '。', ';', '、']).any(|part| {
                crate::matching::coverage(&words, part) >= 400 && !numbers(part).is_empty()
            })
    };
    clauses.filter(|clause| !taken_up(clause)).map(|clause| short(clause, 30)).collect()
}
