//! PRF118: a counted claim of a summary differs from the indicators of its form.

use juesuan_model::{Claim, Evaluation, Severity};
use rust_decimal::Decimal;

use super::goals::{best, coverage};
use crate::performance::{Item, items_of};
use crate::words::{fold, numbers};
use crate::{Context, Outcomes, Rule};

pub(crate) static RULE: Rule = Rule {
    code: "PRF118",
    title: "综述中的数量与自评表不符",
    english: "A counted claim of a summary differs from the form",
    severity: Severity::Warning,
    checks: "综述中的户数、人数、次数、比率等，应等于自评表同名指标的完成值（或见于目标值、目标、完成情况、原因文字）。",
    why: "同一件事在综述和自评表里写出两个数，至少一个是错的。",
    bad: "第二部分 绩效自评情况\n\n（1）甲项目自评综述：自评得分100分。全年预算数为10万元，执行数为10万元，完成预算的100%。提供法律培训3次。\n\n项目支出绩效自评表\n项目名称\t甲项目\n预算数\t10\t执行数\t10\t执行率\t100%\n一级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\n产出指标\t开展法律培训\t≥2次\t2次\t90\t90",
    good: "第二部分 绩效自评情况\n\n（1）甲项目自评综述：自评得分100分。全年预算数为10万元，执行数为10万元，完成预算的100%。提供法律培训2次。\n\n项目支出绩效自评表\n项目名称\t甲项目\n预算数\t10\t执行数\t10\t执行率\t100%\n一级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\n产出指标\t开展法律培训\t≥2次\t2次\t90\t90",
    basis: "综述与自评表反映同一次自评",
    false_alarms: "综述写的是更细的分项、指标写的是合计的，请核对口径。",
    covers: &["X05", "R118", "E68"],
    check,
};

fn check(context: &Context<'_>, out: &mut Outcomes) {
    for summary in &context.accounts.summaries {
        let form = summary.evaluation.and_then(|index| context.accounts.evaluations.get(index));
        let Some((index, form)) = summary.evaluation.zip(form) else {
            out.not_applicable();
            continue;
        };
        let own: Vec<Item<'_>> = items_of(context, index, form).collect();
        let written = written_numbers(form);
        for claim in &summary.claims {
            one(context, &summary.name.text, claim, &own, &written, out);
        }
    }
}

fn one(
    context: &Context<'_>,
    name: &str,
    claim: &Claim,
    items: &[Item<'_>],
    written: &[Decimal],
    out: &mut Outcomes,
) {
    let words = format!("{}{}", claim.context, claim.after);
    let found = best(items, &words, &claim.unit).or_else(|| satisfied(items, &words, claim));
    let (Some(item), Some(stated)) = (found, context.value(Some(claim.value))) else {
        return out.not_applicable();
    };
    let (Some(actual), Some(id)) = (item.actual(), item.indicator.actual) else {
        return out.not_applicable();
    };
    let is_target = item.target().is_some_and(|target| target.value() == stated);
    if actual.value() == stated {
        return out.pass(&[claim.value, id]);
    }
    // A goal may be named too, and more exact numbers stand in the texts of the form.
    if is_target || written.contains(&stated) {
        return out.pass(&[]);
    }
    let printed = context.printed(Some(claim.value));
    let message = format!(
        "“{name}”的综述写“{}{printed}{}{}”，自评表指标“{}”的完成值是 {}",
        claim.context,
        claim.unit,
        claim.after,
        item.indicator.name.text,
        actual.display()
    );
    let subject = context.accounts.facts.get(claim.value).map(|fact| fact.subject.to_string());
    let failure = crate::Failure::new(subject.unwrap_or_default(), message)
        .values(printed, actual.display())
        .figure(context, claim.value)
        .figure(context, id);
    out.fail(failure);
}

/// Satisfaction is named in many ways and measured by one indicator.
fn satisfied<'i, 'a>(items: &'i [Item<'a>], words: &str, claim: &Claim) -> Option<&'i Item<'a>> {
    if &*claim.unit != "%" || !words.contains("满意") {
        return None;
    }
    let mut all = items.iter().filter(|item| item.indicator.name.text.contains("满意"));
    let first = all.next()?;
    let words: Vec<char> = words.chars().collect();
    all.all(|other| coverage(&other.indicator.name.text, &words) < 500).then_some(first)
}

/// The numbers that the texts of a form name.
fn written_numbers(form: &Evaluation) -> Vec<Decimal> {
    let reasons = form.indicators.iter().flat_map(|i| [i.reason.as_ref(), i.measure.as_ref()]);
    let texts = [form.goal.as_ref(), form.result.as_ref()].into_iter().chain(reasons).flatten();
    texts.flat_map(|text| numbers(&fold(&text.text))).map(|number| number.value).collect()
}
