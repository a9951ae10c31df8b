//! PRF131: the amount of the evaluated projects differs from the sums of the forms.

use juesuan_model::{Evaluation, FactId, Severity};
use rust_decimal::Decimal;

use crate::outcomes::show;
use crate::{Context, Failure, Outcomes, Rule};

pub(crate) static RULE: Rule = Rule {
    code: "PRF131",
    title: "自评涉及资金与自评表合计不符",
    english: "The amount evaluated is neither the forms' budgets nor their execution",
    severity: Severity::Error,
    checks: "正文写的自评涉及资金，必须等于各自评表预算数的合计或执行数的合计；自评资金占项目支出的比例明显偏低而称覆盖率 100% 的，列为疑点。",
    why: "总额由哪些项目组成，读者应当能加出来。",
    bad: "第二部分 绩效自评情况\n\n共涉及预算支出项目1个，涉及资金25万元。\n\n项目支出绩效自评表\n项目名称\t甲项目\n预算数\t12\t执行数\t10\t执行率\t83.33%\n一级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\n产出指标\t次数\t≥1次\t1次\t90\t90",
    good: "第二部分 绩效自评情况\n\n共涉及预算支出项目1个，涉及资金12万元。\n\n项目支出绩效自评表\n项目名称\t甲项目\n预算数\t12\t执行数\t10\t执行率\t83.33%\n一级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\n产出指标\t次数\t≥1次\t1次\t90\t90",
    basis: "合计等于分项之和",
    false_alarms: "另有口径的应在正文中说明。",
    covers: &["G20", "G21", "R117", "R120", "E76"],
    check,
};

/// Below this share of the project expenditure a coverage of 100 % is doubtful, in percent.
const LEAST_SHARE: i64 = 80;

fn check(context: &Context<'_>, out: &mut Outcomes) {
    for statement in context.statements("project_scope") {
        let Some(stated) = statement.slot("amount") else { continue };
        let Some(number) = context.number(Some(stated)) else { continue };
        let forms = &context.accounts.evaluations;
        if forms.is_empty() {
            out.not_checked("project_scope[1].amount", "没有读到自评表");
            continue;
        }
        let budgets = sum(context, forms, |form| form.budget, |_| None);
        let executed = sum(
            context,
            forms,
            |form| form.executed,
            |form| {
                // Nothing was executed where the execution score is nothing.
                context.value(form.execution_score).filter(Decimal::is_zero)
            },
        );
        let half = Decimal::from(forms.len()).checked_mul(Decimal::from(50)).unwrap_or_default();
        let meets = |(total, _): (Decimal, usize)| {
            number.value().checked_sub(total).is_some_and(|gap| gap.abs() <= half)
        };
        let is_met = meets(executed) || meets(budgets);
        let complete = budgets.1 == 0 && executed.1 == 0 && !context.has_unread_tables();
        let impossible = executed.1 == 0 && budgets.0 > number.value();
        if is_met {
            out.pass(&[]);
        } else if !complete && !impossible {
            out.not_checked("project_scope[1].amount", "有自评表（或其首页）没有读到，合计不完整");
        } else {
            let shown = |value| show(number, value);
            let message = format!(
                "正文写自评涉及资金 {} 万元，各自评表执行数合计 {}、预算数合计 {}{}，都不相等",
                number.display(),
                shown(executed.0),
                shown(budgets.0),
                if budgets.1 > 0 { "（不完整）" } else { "" }
            );
            let failure = Failure::new("project_scope[1].amount", message)
                .values(number.display(), format!("{} 或 {}", shown(executed.0), shown(budgets.0)));
            out.fail(failure.figure(context, stated));
        }
        coverage(context, number.value(), stated, out);
    }
}

/// The sum of a figure over all forms, and how many forms lack it.
fn sum(
    context: &Context<'_>,
    forms: &[Evaluation],
    figure: fn(&Evaluation) -> Option<FactId>,
    otherwise: impl Fn(&Evaluation) -> Option<Decimal>,
) -> (Decimal, usize) {
    let mut total = Decimal::ZERO;
    let mut missing = 0;
    for form in forms {
        match context.value(figure(form)).or_else(|| otherwise(form)) {
            Some(value) => total = total.checked_add(value).unwrap_or(total),
            None => missing += 1,
        }
    }
    (total, missing)
}

fn coverage(context: &Context<'_>, amount: Decimal, stated: FactId, out: &mut Outcomes) {
    let claimed = context.statements("project_coverage").find_map(|s| s.slot("coverage"));
    let spent =
        context.fact("expenditure", "total", "project").and_then(|(id, f)| Some((id, f.number()?)));
    let (Some(claimed), Some((id, spent))) = (claimed, spent) else { return out.not_applicable() };
    let share = amount.checked_mul(Decimal::ONE_HUNDRED).and_then(|a| a.checked_div(spent.value()));
    let full = context.value(Some(claimed)).is_some_and(|value| value >= Decimal::ONE_HUNDRED);
    match share {
        Some(share) if full && share < Decimal::from(LEAST_SHARE) => {
            let share = share.round_dp(2).normalize();
            let message = format!(
                "自评资金只占项目支出 {} 万元的 {share}%，却称自评覆盖率 100%",
                spent.display()
            );
            let failure = Failure::new("project_coverage[1].coverage", message)
                .severity(Severity::Warning)
                .values("100%", format!("{share}%"));
            out.fail(failure.figure(context, claimed).figure(context, stated).figure(context, id));
        }
        Some(_) => out.pass(&[]),
        None => out.not_applicable(),
    }
}
