//! PRF118: a counted claim of a summary differs from the indicators of its form.

use juesuan_model::{Claim, Evaluation, FactId, Number, Severity};
use rust_decimal::Decimal;

use crate::matching::{NAMED, Phrase, around, best, best_of, coverage, names_goal, told_by};
use crate::performance::{Item, items_of};
use crate::units::same_unit;
use crate::words::{Told, fold, is_han, numbers, short};
use crate::{Context, Failure, Outcomes, Rule};

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
    covers: &["X05", "R118", "E68", "X07", "T25"],
    check,
};

/// How much of the words around one number must occur around the other, in thousandths.
const SAME: u32 = 700;

/// How much of an indicator's name must occur when no other has the unit, in thousandths.
const ALONE: u32 = 300;

fn check(context: &Context<'_>, out: &mut Outcomes) {
    for summary in &context.accounts.summaries {
        let form = context.form_of(summary);
        let Some((index, form)) = summary.evaluation.zip(form) else {
            out.not_applicable();
            continue;
        };
        let items = items_of(context, index);
        let own: Vec<&Item<'_>> = items.iter().collect();
        let result = form.result.as_ref().map(Told::new);
        let done = context.scheme.settings.words("接着说完成的词");
        for claim in &summary.claims {
            if is_listed(claim) {
                out.not_applicable();
                continue;
            }
            // “10次，完成5次”: the first number is the goal.
            let rests = done.iter().filter_map(|word| claim.next.strip_prefix(&**word));
            let mut rests = rests.map(|rest| rest.chars().next());
            let is_goal = rests.any(|next| next.is_none_or(|c| c.is_ascii_digit()));
            let stated = said(context, claim);
            let claimed = Claimed { name: &summary.name.text, claim, stated, is_goal };
            one(context, &claimed, &own, form, out);
            let (Some(stated), Some(result)) = (stated, &result) else { continue };
            match &*claim.unit {
                "万元" => rounded(context, (&claimed, stated), form, result, out),
                "%" | "亿元" | "元" | "年" | "月" | "天" => {}
                _ => told_otherwise(context, (&claimed, stated), result, out),
            }
        }
    }
}

/// A claim of the summary of a project.
struct Claimed<'a> {
    name: &'a str,
    claim: &'a Claim,
    stated: Option<Decimal>,
    /// What follows tells how much of it was reached.
    is_goal: bool,
}

fn one(
    context: &Context<'_>,
    claimed: &Claimed<'_>,
    items: &[&Item<'_>],
    form: &Evaluation,
    out: &mut Outcomes,
) {
    let Claimed { name, claim, stated, is_goal } = *claimed;
    // The word for a level of achievement is no number of its own.
    if claim.context.contains("达成预期指标") {
        return out.not_applicable();
    }
    let found = stated.and_then(|stated| Some((meant(context, items, claim)?, stated)));
    let Some((item, stated)) = found else { return out.not_applicable() };
    // Names alike: the number tells which of them is meant.
    let has_it = |item: &Item<'_>| item.actual().is_some_and(|actual| actual.value() == stated);
    let words = format!("{}{}", claim.context, claim.after);
    let item = told_by(items, item, (&words, &claim.unit), has_it);
    let (actual, id) = match (item.actual(), item.indicator.actual) {
        (Some(actual), Some(id)) => (actual, id),
        _ => match item.completion().zip(item.indicator.completion) {
            Some((completion, id)) if &*claim.unit == "%" => (completion, id),
            _ => return out.not_applicable(),
        },
    };
    if let Some((target, asked)) = item.target().zip(item.indicator.target).filter(|_| is_goal) {
        return goal(context, claimed, item, (target, asked), out);
    }
    let limit = bound(&claim.context);
    if limit.is_some_and(|limit| !limit.allows(actual.value(), stated)) {
        return out.fail(wrong_bound(context, (name, claim), item, actual, id));
    }
    // A goal may be named too, but not where nothing came of it.
    let target = item.target().filter(|target| target.value() == stated);
    let target = target.and(item.indicator.target);
    let is_boast = target.is_some()
        && limit.is_none()
        && actual.value().is_zero()
        && is_reached(context, claim);
    let is_goal = !is_boast && (limit.is_some() || actual.value() != stated);
    if let Some(target) = target.filter(|_| is_goal) {
        return out.pass(&[claim.value, target]);
    }
    if limit.is_some() {
        return out.pass(&[]);
    }
    if actual.value() == stated {
        return out.pass(&[claim.value, id]);
    }
    // More exact numbers stand in the texts of the form.
    if !is_boast && writes(form, stated) {
        return out.pass(&[]);
    }
    out.fail(differs(context, (name, claim), item, actual, id));
}

/// “1户、2户、17户企业”: what follows is told of all of them together.
fn is_listed(claim: &Claim) -> bool {
    let before = claim.lead.strip_suffix('、').filter(|_| claim.context.is_empty());
    before.is_some_and(|before| before.ends_with(&*claim.unit))
}

/// “10次，完成5次”: what should be, against the target, or what was where both are named alike.
fn goal(
    context: &Context<'_>,
    &Claimed { name, claim, stated, .. }: &Claimed<'_>,
    item: &Item<'_>,
    (target, asked): (Number, FactId),
    out: &mut Outcomes,
) {
    if stated == Some(target.value()) {
        return out.pass(&[claim.value, asked]);
    }
    if let Some(id) = item.indicator.actual.filter(|_| stated == item.actual().map(Number::value)) {
        return out.pass(&[claim.value, id]);
    }
    let printed = context.printed(Some(claim.value));
    let message = format!(
        "{}，自评表指标“{}”的目标值是 {}",
        wrote(context, name, claim, &format!("，{}", claim.next)),
        item.indicator.name.text,
        target.display()
    );
    let failure =
        about(context, claim, message).values(printed, target.display()).figure(context, asked);
    out.fail(failure);
}

/// The indicator that a claim speaks of.
fn meant<'i, 'a>(
    context: &Context<'_>,
    items: &[&'i Item<'a>],
    claim: &Claim,
) -> Option<&'i Item<'a>> {
    let words = format!("{}{}", claim.context, claim.after);
    let phrase = Phrase::new(&words);
    best_of(items, &phrase, &claim.unit)
        .filter(|item| {
            &*claim.unit != "%" || same_kind(context, &item.indicator.name.text, &claim.context)
        })
        .or_else(|| satisfied(items, (&words, &phrase), claim))
        .or_else(|| qualitative(items, &phrase, claim))
        .or_else(|| only_of_unit(items, &phrase, claim))
        .or_else(|| led(context, items, claim))
}

/// “报告评审通过率不低于90%,完成90%”: the name stands in the clause before.
fn led<'i, 'a>(
    context: &Context<'_>,
    items: &[&'i Item<'a>],
    claim: &Claim,
) -> Option<&'i Item<'a>> {
    let only_tells = context.scheme.settings.words("只说完成的词");
    if !only_tells.iter().any(|word| *claim.context == **word) {
        return None;
    }
    let clause = claim.lead.trim_end_matches(',').rsplit(',').next()?;
    best(items, clause, &claim.unit)
        .filter(|item| &*claim.unit != "%" || same_kind(context, &item.indicator.name.text, clause))
}

/// What the summary says, up to `rest` behind the unit.
fn wrote(context: &Context<'_>, name: &str, claim: &Claim, rest: &str) -> String {
    let printed = context.printed(Some(claim.value));
    format!("“{name}”的综述写“{}{printed}{}{rest}”", claim.context, claim.unit)
}

/// A failure of a claim.
fn about(context: &Context<'_>, claim: &Claim, message: String) -> Failure {
    let subject = context.accounts.facts.get(claim.value).map(|fact| fact.subject.to_string());
    Failure::new(subject.unwrap_or_default(), message).figure(context, claim.value)
}

/// The target may be meant, and is the one to correct then.
fn with_target(context: &Context<'_>, item: &Item<'_>, failure: Failure) -> Failure {
    let target = item.indicator.target.and_then(|id| context.accounts.facts.get(id));
    target.into_iter().fold(failure, |failure, fact| failure.at(fact))
}

fn differs(
    context: &Context<'_>,
    (name, claim): (&str, &Claim),
    item: &Item<'_>,
    actual: Number,
    id: FactId,
) -> Failure {
    let printed = context.printed(Some(claim.value));
    let message = format!(
        "{}，自评表指标“{}”的完成值是 {}",
        wrote(context, name, claim, &claim.after),
        item.indicator.name.text,
        actual.display()
    );
    let failure =
        about(context, claim, message).values(printed, actual.display()).figure(context, id);
    with_target(context, item, failure)
}

/// An amount that the form's result tells with a little difference: one of both was cut off.
fn rounded(
    context: &Context<'_>,
    (&Claimed { name, claim, .. }, stated): (&Claimed<'_>, Decimal),
    form: &Evaluation,
    result: &Told<'_>,
    out: &mut Outcomes,
) {
    let amounts = result.numbers.iter().filter(|number| result.behind(number).starts_with("万元"));
    let told: Vec<Decimal> = amounts.map(|number| number.value).collect();
    let hundredth = stated.checked_div(Decimal::ONE_HUNDRED).unwrap_or_default();
    let is_near = |other: &&Decimal| {
        let gap = other.checked_sub(stated).unwrap_or_default().abs();
        !gap.is_zero() && gap <= hundredth
    };
    // An amount that the head or the text has exactly is another amount.
    let head = [context.value(form.budget), context.value(form.executed)];
    let wan = |yuan: Decimal| yuan.checked_div(Decimal::from(10_000));
    let is_known = told.contains(&stated)
        || head.into_iter().flatten().filter_map(wan).any(|amount| amount == stated);
    let Some(other) = told.iter().find(is_near).filter(|_| !is_known) else { return };
    let printed = context.printed(Some(claim.value));
    let message = format!("{}，自评表完成情况写的是 {other} 万元", wrote(context, name, claim, ""));
    let failure = about(context, claim, message).values(printed, other.to_string());
    let failure = failure.at(result.field);
    out.fail(failure);
}

/// Whether a claim tells what was reached, not what was wanted.
fn is_reached(context: &Context<'_>, claim: &Claim) -> bool {
    let wanted = context.scheme.settings.words("说目标的词");
    !wanted.occur_in(&claim.context) && !wanted.occur_in(&claim.after)
}

/// A count that the form's result tells otherwise of the same things.
fn told_otherwise(
    context: &Context<'_>,
    (&Claimed { name, claim, .. }, stated): (&Claimed<'_>, Decimal),
    result: &Told<'_>,
    out: &mut Outcomes,
) {
    let own = format!("{}{}", claim.context, claim.after);
    let units = &context.scheme.performance.summary.units;
    let mut others = Vec::new();
    for number in &result.numbers {
        let rest = result.behind(number);
        let unit = units.opening(rest);
        let Some(unit) = unit.filter(|unit| same_unit(unit, &claim.unit)) else { continue };
        let is_same = speak_of_the_same(&own, &around(&result.words, number, unit));
        if is_same && !names_goal(context, &result.words, number) {
            others.push(number.value);
        }
    }
    if others.is_empty() || others.contains(&stated) {
        return;
    }
    let printed = context.printed(Some(claim.value));
    let told: Vec<String> = others.iter().map(ToString::to_string).collect();
    let message = format!(
        "{}，自评表完成情况写的是 {}",
        wrote(context, name, claim, &short(&claim.after, 12)),
        told.join("、")
    );
    let failure = about(context, claim, message).values(printed, told.join("、"));
    let failure = failure.at(result.field);
    out.fail(failure);
}

/// Whether the words around two numbers are about the same things.
fn speak_of_the_same(a: &str, b: &str) -> bool {
    let is_long = |text: &str| text.chars().filter(|c| is_han(*c)).count() >= 4;
    is_long(a) && is_long(b) && coverage(a, b).max(coverage(b, a)) >= SAME
}

/// The number of a claim in its own unit, as indicators print theirs.
fn said(context: &Context<'_>, claim: &Claim) -> Option<Decimal> {
    context.printed(Some(claim.value)).replace(',', "").trim_end_matches('%').parse().ok()
}

/// How an actual value lies to a number that is named as its limit.
#[derive(Clone, Copy)]
enum Limit {
    Below,
    AtMost,
    AtLeast,
}

impl Limit {
    fn allows(self, actual: Decimal, limit: Decimal) -> bool {
        match self {
            Self::Below => actual < limit,
            Self::AtMost => actual <= limit,
            Self::AtLeast => actual >= limit,
        }
    }
}

/// Words that make the number a limit. “More than” is written loosely of what is just reached.
fn bound(words: &str) -> Option<Limit> {
    let ends = |all: &[&str]| all.iter().any(|word| words.ends_with(word));
    match () {
        () if ends(&["不小于", "不少于", "不低于"]) => Some(Limit::AtLeast),
        () if ends(&["不大于", "不多于", "不高于", "不超过"]) => Some(Limit::AtMost),
        () if ends(&["小于", "少于", "低于", "不到", "不足"]) => Some(Limit::Below),
        () if ends(&["大于", "多于", "高于", "超过"]) => Some(Limit::AtLeast),
        () => None,
    }
}

fn wrong_bound(
    context: &Context<'_>,
    (name, claim): (&str, &Claim),
    item: &Item<'_>,
    actual: Number,
    id: FactId,
) -> Failure {
    let printed = context.printed(Some(claim.value));
    let message = format!(
        "{}，自评表指标“{}”的完成值是 {}",
        wrote(context, name, claim, ""),
        item.indicator.name.text,
        actual.display()
    );
    let failure = about(context, claim, message)
        .values(format!("{}{printed}", claim.context), actual.display())
        .figure(context, id);
    with_target(context, item, failure)
}

/// A percentage of an indicator without numbers: its degree of completion.
fn qualitative<'i, 'a>(
    items: &[&'i Item<'a>],
    words: &Phrase,
    claim: &Claim,
) -> Option<&'i Item<'a>> {
    if &*claim.unit != "%" {
        return None;
    }
    let named = |item: &&&Item<'a>| item.actual().is_none() && words.covers_item(item) >= NAMED;
    items.iter().find(named).copied()
}

/// The only indicator that counts in the claim's own unit, when it shares a word with it.
fn only_of_unit<'i, 'a>(
    items: &[&'i Item<'a>],
    words: &Phrase,
    claim: &Claim,
) -> Option<&'i Item<'a>> {
    let mut same = items.iter().filter(|item| *item.unit() == *claim.unit && &*claim.unit != "%");
    let only = same.next()?;
    (same.next().is_none() && words.covers_item(only) >= ALONE).then_some(*only)
}

/// Whether two rates are of a kind: 拨付率 is no 及时率.
fn same_kind(context: &Context<'_>, indicator: &str, claim: &str) -> bool {
    let denied = context.scheme.settings.words("反面的指标");
    if denied.occur_in(indicator) != denied.occur_in(claim) {
        return false;
    }
    let kind = |text: &str| -> Option<String> {
        let name = text.trim_end_matches(['为', '达', '到', '是', '约']);
        let name = name.strip_suffix(['率', '性', '度'])?;
        let characters: Vec<char> = name.chars().collect();
        Some(characters.iter().rev().take(2).rev().collect())
    };
    let within = |kind: Option<String>, text: &str| kind.is_none_or(|kind| text.contains(&kind));
    within(kind(indicator), claim) && within(kind(claim), indicator)
}

/// Satisfaction is named in many ways and measured by one indicator.
fn satisfied<'i, 'a>(
    items: &[&'i Item<'a>],
    (words, phrase): (&str, &Phrase),
    claim: &Claim,
) -> Option<&'i Item<'a>> {
    if &*claim.unit != "%" || !words.contains("满意") {
        return None;
    }
    let mut all = items.iter().filter(|item| item.indicator.name.text.contains("满意"));
    let first = all.next()?;
    all.all(|other| phrase.covers_item(other) < 500).then_some(*first)
}

/// Whether the texts of a form name a number.
fn writes(form: &Evaluation, number: Decimal) -> bool {
    let reasons = form.indicators.iter().flat_map(|i| [i.reason.as_ref(), i.measure.as_ref()]);
    let texts = [form.goal.as_ref(), form.result.as_ref()].into_iter().chain(reasons).flatten();
    texts.flat_map(|text| numbers(&fold(&text.text))).any(|named| named.value == number)
}
