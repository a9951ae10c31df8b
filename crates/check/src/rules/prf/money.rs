//! PRF020: an indicator of paid money contradicts the execution.

use juesuan_model::{Evaluation, Severity};
use rust_decimal::Decimal;

use crate::performance::{Item, project_items, rate, words_of};
use crate::{Context, Outcomes, Rule};

pub(crate) static RULE: Rule = Rule {
    code: "PRF020",
    title: "资金到位、拨付、执行类指标与执行数矛盾",
    english: "An indicator of paid money contradicts the execution",
    severity: Severity::Error,
    checks: "执行数为零时，到位率、拨付率、发放率、执行率等指标的完成值不得大于零，补助、拨付的户数也不应大于零；执行率为 100% 时这些指标不得为零；执行率指标应等于表头的执行率。",
    why: "一分钱没花而“资金到位率 100%”，或花完了而“拨付率 0”，必有一处是假的。",
    bad: "项目支出绩效自评表\n项目名称\t甲项目\n预算数\t63\t执行数\t0\t执行率\t0%\n一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\n产出指标\t质量指标\t资金拨付到位率\t=100%\t100%\t50\t50",
    good: "项目支出绩效自评表\n项目名称\t甲项目\n预算数\t63\t执行数\t0\t执行率\t0%\n一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\n产出指标\t质量指标\t资金拨付到位率\t=100%\t0%\t50\t0",
    basis: "执行数与资金类指标反映同一件事",
    false_alarms: "资金由上级直接拨给受益人、不经本部门执行的项目，应在原因中说明。",
    covers: &["T17", "R114", "E72", "T25"],
    check,
};

fn check(context: &Context<'_>, out: &mut Outcomes) {
    let settings = &context.scheme.settings;
    for item in project_items(context) {
        let name = &*item.indicator.name.text;
        let is_share = item.unit() == "%"
            && (settings.words("资金到位指标").occur_in(name)
                || settings.words("资金及时指标").occur_in(name)
                || is_execution(context, name));
        let is_count = item.unit() != "%" && settings.words("资金户数指标").occur_in(name);
        if item.actual().is_none() {
            in_words(context, &item, out);
            continue;
        }
        let known = item.evaluation().and_then(|form| Some((form, rate(context, form)?)));
        let Some(((form, rate), actual)) =
            known.zip(item.actual()).filter(|_| is_share || is_count)
        else {
            out.not_applicable();
            continue;
        };
        one(context, &item, (form, rate), actual.value(), is_count, out);
    }
}

fn one(
    context: &Context<'_>,
    item: &Item<'_>,
    (form, rate): (&Evaluation, Decimal),
    actual: Decimal,
    is_count: bool,
    out: &mut Outcomes,
) {
    let executed = context.value(form.executed).unwrap_or_default();
    let stated = context.printed(item.indicator.actual);
    let with_head = |message: String, severity| {
        let failure = item.failure("actual", message).severity(severity).values(stated, "");
        [form.executed, form.rate, form.budget]
            .into_iter()
            .flatten()
            .fold(failure, |f, id| f.figure(context, id))
    };
    if executed.is_zero() && actual > Decimal::ZERO {
        let settings = &context.scheme.settings;
        let name = &*item.indicator.name.text;
        let is_paid = settings.words("资金到位指标").occur_in(name);
        // Water and power are secured by rates as well.
        let is_vague = name.contains("保障率") && !settings.words("资金的词").occur_in(name);
        let is_sure = is_paid && !is_vague || is_execution(context, name);
        let severity = if is_count || !is_sure { Severity::Warning } else { Severity::Error };
        let message = format!("{}完成值 {stated}，而全年执行数为 0", item.name());
        return out.fail(with_head(message, severity));
    }
    if rate >= Decimal::ONE && executed > Decimal::ZERO && actual.is_zero() {
        let message = format!("{}完成值为 0，而执行率为 100%", item.name());
        return out.fail(with_head(message, Severity::Error));
    }
    if !is_count && actual >= Decimal::ONE_HUNDRED && delayed(context, item, form, rate) {
        let message = format!(
            "{}完成值 {stated}%，表内的执行率或原因却说明资金没有及时、足额拨付",
            item.name()
        );
        return out.fail(with_head(message, Severity::Warning));
    }
    let names_rate = is_execution(context, &item.indicator.name.text);
    let percent = rate.checked_mul(Decimal::ONE_HUNDRED).unwrap_or(rate);
    let is_far = percent.checked_sub(actual).is_some_and(|gap| gap.abs() >= Decimal::ONE);
    if names_rate && !is_count && is_far {
        let percent = percent.round_dp(2).normalize();
        let message = format!("{}完成值 {stated}%，表头执行率为 {percent}%", item.name());
        let failure = with_head(message, Severity::Error);
        return out.fail(failure.values(stated, percent.to_string()));
    }
    out.pass(&[]);
}

/// An indicator of timely payment in a form whose rate or reasons tell that money came late.
fn delayed(context: &Context<'_>, item: &Item<'_>, form: &Evaluation, rate: Decimal) -> bool {
    let settings = &context.scheme.settings;
    let percent = rate.checked_mul(Decimal::ONE_HUNDRED).unwrap_or_default();
    let least = settings.limit("应说明原因的执行率").unwrap_or(Decimal::ONE_HUNDRED);
    let mut reasons = form.indicators.iter().filter_map(|i| i.reason.as_ref());
    let mut is_told =
        || reasons.any(|r| settings.words("没有按时拨付").occur_in(&words_of(Some(r))));
    settings.words("资金及时指标").occur_in(&item.indicator.name.text)
        && (percent < least || is_told())
}

/// An indicator in words: 足额保障 where nothing was spent, 经费使用率 where much is left.
fn in_words(context: &Context<'_>, item: &Item<'_>, out: &mut Outcomes) {
    let settings = &context.scheme.settings;
    let known = item.evaluation().and_then(|form| Some((form, rate(context, form)?)));
    let wanted = item.indicator.target_text.as_ref().map_or("", |text| &*text.text);
    let is_full = item.completion().is_some_and(|c| c.value() >= Decimal::ONE_HUNDRED);
    let speaks = |text: &str| settings.words("资金使用的词").occur_in(text);
    let about = speaks(&item.indicator.name.text) || speaks(wanted);
    let Some((form, rate)) = known.filter(|_| is_full && about) else {
        return out.not_applicable();
    };
    let percent = rate.checked_mul(Decimal::ONE_HUNDRED).unwrap_or_default();
    let least = settings.limit("应说明原因的执行率").unwrap_or(Decimal::ONE_HUNDRED);
    if percent >= least {
        return out.pass(&[]);
    }
    let percent = percent.round_dp(2).normalize();
    let message = format!("{}算全部达成，而表头执行率只有 {percent}%", item.name());
    let failure = item.failure("completion", message).severity(Severity::Warning);
    let head = [form.executed, form.rate].into_iter().flatten();
    out.fail(head.fold(failure, |failure, id| failure.figure(context, id)));
}

/// Whether an indicator is the rate of execution of the budget, and not of a plan.
fn is_execution(context: &Context<'_>, name: &str) -> bool {
    let words = context.scheme.settings.words("预算执行的比率");
    matches!(name, "执行率" | "支出率") || words.occur_in(name)
}
