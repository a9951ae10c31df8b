//! PRF133: the whole-department evaluation does not cover what the text says.

use juesuan_model::{Bounds, FactId, Severity};
use rust_decimal::Decimal;

use crate::context::MAY_BE_UNREAD;
use crate::outcomes::show;
use crate::{Context, Failure, Outcomes, Rule};

pub(crate) static RULE: Rule = Rule {
    code: "PRF133",
    title: "整体自评的单位数、金额与整体自评表不符",
    english: "The scope of the whole-department evaluation differs from its forms",
    severity: Severity::Warning,
    checks: "正文写的整体自评单位数等于整体自评表的张数；涉及预算支出等于各表年初预算或下达金额之和；各单位年初预算之和应与决算说明的完成率反推的年初预算相容；年度主要任务应覆盖项目支出。",
    why: "整体自评只填基本支出、不填项目支出，是最常见的漏项。",
    bad: "第二部分 绩效情况\n\n对1个单位开展部门整体绩效自评，涉及预算支出100万元。\n\n部门整体绩效自评表\n部门（单位）名称\t甲局\n部门年初预算支出金额\t60\n年度主要任务\t对应项目\t项目下达金额\t项目执行金额\t项目执行率\t分值\t得分\n年度主要任务\t人员经费\t60\t60\t100%\t40\t40",
    good: "第二部分 绩效情况\n\n对1个单位开展部门整体绩效自评，涉及预算支出60万元。\n\n部门整体绩效自评表\n部门（单位）名称\t甲局\n部门年初预算支出金额\t60\n年度主要任务\t对应项目\t项目下达金额\t项目执行金额\t项目执行率\t分值\t得分\n年度主要任务\t人员经费\t60\t60\t100%\t40\t40",
    basis: "整体自评覆盖部门全部支出",
    false_alarms: "",
    covers: &["G22", "W11", "A26", "R122", "E80"],
    check,
};

fn check(context: &Context<'_>, out: &mut Outcomes) {
    let forms = &context.accounts.whole_evaluations;
    for statement in context.statements("whole_scope") {
        if forms.is_empty() || context.has_unread_tables() {
            out.not_checked("whole_scope[1].amount", "没有读到（或没有读全）整体自评表");
            continue;
        }
        if let Some(stated) = statement.slot("units") {
            let count = Bounds::exact(Decimal::from(forms.len()));
            out.compare(context, stated, count, &[], |shown| format!("整体自评表有 {shown} 张"));
        }
        if let Some(stated) = statement.slot("amount") {
            amount(context, stated, out);
        }
    }
    initial(context, out);
}

/// The sum of a figure over the whole-department forms; `None` when one lacks it.
fn sum(context: &Context<'_>, facts: impl Iterator<Item = Option<FactId>>) -> Option<Bounds> {
    facts
        .map(|id| Some(context.number(id)?.bounds()))
        .try_fold(Bounds::exact(Decimal::ZERO), |sum, next| sum.plus(next?))
}

fn meets(a: Bounds, b: Bounds) -> bool {
    a.low <= b.high && b.low <= a.high
}

fn amount(context: &Context<'_>, stated: FactId, out: &mut Outcomes) {
    let forms = &context.accounts.whole_evaluations;
    let Some(number) = context.number(Some(stated)) else { return };
    let tasks = || forms.iter().flat_map(|form| &form.tasks);
    let sums = [
        ("年初预算支出", sum(context, forms.iter().map(|form| form.expenditure_budget))),
        ("下达金额", sum(context, tasks().map(|task| task.granted))),
        ("执行金额", sum(context, tasks().map(|task| task.executed))),
    ];
    if sums.iter().any(|(_, sum)| sum.is_some_and(|sum| meets(sum, number.bounds()))) {
        return out.pass(&[stated]);
    }
    let shown: Vec<String> = sums
        .iter()
        .filter_map(|(name, sum)| Some(format!("{name}合计 {}", show(number, (*sum)?.value))))
        .collect();
    if shown.is_empty() {
        return out.not_checked("whole_scope[1].amount", "整体自评表没有读到金额");
    }
    let message = format!(
        "正文写整体自评涉及预算支出 {} 万元，整体自评表{}，都不相等",
        number.display(),
        shown.join("、")
    );
    let failure =
        Failure::new("whole_scope[1].amount", message).values(number.display(), shown.join("、"));
    let failure = failure.figure(context, stated);
    let budgets = forms.iter().filter_map(|form| form.expenditure_budget);
    out.fail(budgets.fold(failure, |failure, id| failure.figure(context, id)));
}

/// The initial budgets of the units against those that the completion rates imply.
fn initial(context: &Context<'_>, out: &mut Outcomes) {
    let forms = &context.accounts.whole_evaluations;
    if context.has_unread_tables() {
        return out.not_checked("whole[total].expenditure_budget", MAY_BE_UNREAD);
    }
    let printed = sum(context, forms.iter().map(|form| form.expenditure_budget));
    let implied = super::super::txt::implied::totals(context);
    let (Some(printed), Some(implied)) = (printed.filter(|_| !forms.is_empty()), implied) else {
        return out.not_applicable();
    };
    if implied.total.is_some_and(|total| meets(total, printed)) {
        return out.pass(&[]);
    }
    let Some(total) = implied.total else { return out.not_applicable() };
    let only_basic = implied.basic.is_some_and(|basic| meets(basic, printed));
    let tail = if only_basic {
        "，只等于其中的基本支出，没有包括项目支出"
    } else {
        ""
    };
    let shown = |bounds: Bounds| {
        bounds.value.checked_div(Decimal::from(10_000)).unwrap_or_default().round_dp(2).to_string()
    };
    let message = format!(
        "各整体自评表年初预算支出合计 {} 万元，与财政拨款完成率反推的年初预算约 {} 万元不符{tail}",
        shown(printed),
        shown(total)
    );
    let failure = Failure::new("whole[total].expenditure_budget", message)
        .values(shown(printed), format!("约 {}", shown(total)));
    let gap = total.minus(printed);
    let facts = forms.iter().filter_map(|form| form.expenditure_budget);
    out.fail(facts.fold(failure, |failure, id| {
        let own = context.value(Some(id)).map(Bounds::exact);
        let meant = own.zip(gap).and_then(|(own, gap)| own.plus(gap));
        let failure = failure.figure(context, id);
        meant.into_iter().fold(failure, |failure, meant| failure.repair(id, meant))
    }));
}
