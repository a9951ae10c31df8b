//! PRF021: full marks although nothing was spent or delivered.

use juesuan_model::{Evaluation, Severity};
use rust_decimal::Decimal;

use crate::performance::{Item, items_of};
use crate::words::fold;
use crate::{Context, Failure, Outcomes, Rule};

pub(crate) static RULE: Rule = Rule {
    code: "PRF021",
    title: "没有支出或没有开展而指标得满分",
    english: "Full marks although nothing was spent or delivered",
    severity: Severity::Warning,
    checks: "全年执行数为零的项目，产出、效益指标却得满分的，列为疑点，完成情况写明怎样不花钱而完成的列为提示；完成情况写明未执行、未开展的，为错误。完成值为零而得满分的（目标本身不是零、也不是越小越好），为错误。",
    why: "没有花钱、没有做事而得满分，自评就失去意义。",
    bad: "项目支出绩效自评表\n项目名称\t甲项目\n预算数\t700\t执行数\t0\t执行率\t0%\n年初设定目标\t实际完成情况\n建成平台\t因审计未完成，未对资金进行拨付\n一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\n产出指标\t数量指标\t帮扶企业数\t≥30户\t30户\t50\t50",
    good: "项目支出绩效自评表\n项目名称\t甲项目\n预算数\t700\t执行数\t0\t执行率\t0%\n年初设定目标\t实际完成情况\n建成平台\t因审计未完成，未对资金进行拨付\n一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\n产出指标\t数量指标\t帮扶企业数\t≥30户\t0户\t50\t0",
    basis: "《项目支出绩效评价管理办法》：自评结果应当客观公正",
    false_alarms: "不需要花钱也能完成的工作，完成情况里应写明由谁承担，并有佐证。",
    covers: &["T18", "R114", "E66"],
    check,
};

fn check(context: &Context<'_>, out: &mut Outcomes) {
    for (index, form) in context.accounts.evaluations.iter().enumerate() {
        let own = items_of(context, index);
        nothing_spent(context, index, form, &own, out);
        own.iter().for_each(|item| nothing_delivered(item, out));
    }
}

fn nothing_spent(
    context: &Context<'_>,
    index: usize,
    form: &Evaluation,
    items: &[Item<'_>],
    out: &mut Outcomes,
) {
    let Some(executed) = context.value(form.executed) else { return out.not_applicable() };
    let full: Vec<&Item<'_>> = items.iter().filter(|item| item.is_full()).collect();
    if !executed.is_zero() || full.is_empty() {
        return out.not_applicable();
    }
    let settings = &context.scheme.settings;
    let result = form.result.as_ref();
    let undone = result.filter(|r| settings.words("未执行").occur_in(&fold(&r.text)));
    let names: Vec<&str> = full.iter().map(|item| &*item.indicator.name.text).collect();
    let message = format!(
        "“{}”全年执行数为 0，却有 {} 项指标得满分：{}{}",
        form.name.text,
        full.len(),
        names.join("、"),
        undone.map_or_else(String::new, |r| format!("；完成情况写的是“{}”", r.text)),
    );
    let is_explained =
        result.is_some_and(|r| settings.words("不花钱的做法").occur_in(&fold(&r.text)));
    let severity = match undone {
        Some(_) => Severity::Error,
        None if is_explained => Severity::Note,
        None => Severity::Warning,
    };
    let mut failure =
        Failure::new(format!("evaluation[{index}].executed"), message).severity(severity);
    failure = form.executed.into_iter().fold(failure, |failure, id| failure.figure(context, id));
    if let Some(field) = undone {
        failure = failure.at(field);
    }
    let points = full.iter().flat_map(|item| [item.indicator.score, item.indicator.weight]);
    let scores = points.flatten();
    let failure = scores.fold(failure, |failure, id| failure.figure(context, id));
    // The total stands on these scores.
    let total = form.total.and_then(|id| context.accounts.facts.get(id));
    out.fail(total.into_iter().fold(failure, |failure, fact| failure.at(fact)));
}

/// An actual of zero against a target that is not zero, with more being better.
fn nothing_delivered(item: &Item<'_>, out: &mut Outcomes) {
    use juesuan_model::Operator::{AtLeast, Equal, MoreThan};
    let Some((AtLeast | MoreThan | Equal, target, actual)) = item.quantities() else {
        return out.not_applicable();
    };
    if target <= Decimal::ZERO || !actual.is_zero() {
        return out.not_applicable();
    }
    if item.score().is_none_or(|score| score.value() <= Decimal::ZERO) {
        return out.pass(&[]);
    }
    let score = item.score().map(|score| score.display()).unwrap_or_default();
    let message = format!("{}完成值为 0，却得 {score} 分", item.name());
    let failure = item.failure("score", message).severity(Severity::Error);
    out.fail(failure.values(score, "0").derived());
}
