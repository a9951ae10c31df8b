//! PRF032: little of the budget was spent, and the form does not say why.

use juesuan_model::{Evaluation, Severity};
use rust_decimal::Decimal;

use crate::performance::{items_of, rate, words_of};
use crate::{Context, Failure, Outcomes, Rule};

pub(crate) static RULE: Rule = Rule {
    code: "PRF032",
    title: "执行率偏低，自评表没有说明原因，或指标却全部满分",
    english: "Little was spent, and the form gives no reason or full marks",
    severity: Severity::Warning,
    checks: "执行率低于八成的，完成情况或未完成原因中应有说明；执行率低于六成而各项指标全部满分的，应有佐证。",
    why: "钱没有花出去，要么事情没有做，要么预算编高了，两样都应当说明。",
    bad: "项目支出绩效自评表\n项目名称\t堤防养护项目\n预算数\t100\t执行数\t40\t执行率\t40%\n年初设定目标\t实际完成情况\n养护堤防80公里\t养护堤防80公里，汛期安全\n一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\n产出指标\t数量指标\t养护堤防长度\t≥80公里\t80公里\t90\t90",
    good: "项目支出绩效自评表\n项目名称\t堤防养护项目\n预算数\t100\t执行数\t95\t执行率\t95%\n年初设定目标\t实际完成情况\n养护堤防80公里\t养护堤防80公里，汛期安全\n一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\n产出指标\t数量指标\t养护堤防长度\t≥80公里\t80公里\t90\t90",
    basis: "《项目支出绩效评价管理办法》：未完成绩效目标或偏离较大的，应分析并说明原因",
    false_alarms: "跨年项目按进度付款的，可在完成情况中注明。",
    covers: &["T12", "T18"],
    check,
};

fn check(context: &Context<'_>, out: &mut Outcomes) {
    let limit = |topic: &str, usual: i64| {
        let percent = context.scheme.settings.limit(topic);
        percent.unwrap_or_else(|| Decimal::from(usual)).checked_div(Decimal::ONE_HUNDRED)
    };
    let (explain, doubt) = (limit("应说明原因的执行率", 80), limit("满分存疑的执行率", 60));
    for (index, form) in context.accounts.evaluations.iter().enumerate() {
        let Some(rate) = rate(context, form).filter(|_| !form.first_page_lost) else {
            out.not_applicable();
            continue;
        };
        let shown = rate.checked_mul(Decimal::ONE_HUNDRED).unwrap_or(rate).round_dp(2).normalize();
        if explain.is_some_and(|least| rate < least) && !is_explained(context, form) {
            let message = format!("“{}”的执行率只有 {shown}%，自评表没有说明原因", form.name.text);
            out.fail(at_head(context, index, form, message));
        } else {
            out.pass(&[]);
        }
        let items = items_of(context, index);
        let is_all_full = !items.is_empty() && items.iter().all(|item| item.is_full());
        // That nothing at all was spent is told by a rule of its own.
        let is_little = doubt.is_some_and(|least| rate < least) && !rate.is_zero();
        if is_little && is_all_full {
            let message = format!(
                "“{}”的执行率只有 {shown}%，{} 项指标却全部满分",
                form.name.text,
                items.len()
            );
            let failure = at_head(context, index, form, message);
            let scores = items.iter().filter_map(|item| item.indicator.score);
            let failure = scores.fold(failure, |failure, id| failure.figure(context, id));
            out.fail(form.total.into_iter().fold(failure, |f, id| f.figure(context, id)));
        }
    }
}

fn at_head(context: &Context<'_>, index: usize, form: &Evaluation, message: String) -> Failure {
    let failure = Failure::new(format!("evaluation[{index}].executed"), message);
    let failure = form.result.iter().fold(failure, |failure, field| failure.at(field));
    let figures = [form.executed, form.budget, form.rate].into_iter().flatten();
    figures.fold(failure, |failure, id| failure.figure(context, id))
}

/// Whether the result or an indicator gives a reason.
fn is_explained(context: &Context<'_>, form: &Evaluation) -> bool {
    let causes = context.scheme.settings.words("说明原因的词");
    let has_reason = form.indicators.iter().any(|indicator| indicator.reason.is_some());
    has_reason || causes.occur_in(&words_of(form.result.as_ref()))
}
