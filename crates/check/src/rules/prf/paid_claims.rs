//! PRF125: what a summary says was paid differs from the execution.

use juesuan_model::{Claim, Evaluation, FactId, Number, ProjectSummary, Severity};
use rust_decimal::Decimal;

use crate::performance::rate;
use crate::words::ends_with_any;
use crate::{Context, Failure, Outcomes, Rule};

pub(crate) static RULE: Rule = Rule {
    code: "PRF125",
    title: "综述写的拨付总额或拨付率与执行数不符",
    english: "What a summary says was paid differs from the execution",
    severity: Severity::Warning,
    checks: "综述写“拨付……共若干万元”的，应等于全年执行数（或预算数）；执行数为零的，拨付率、到位率、支出率应为 0；执行率为 100% 的，这些比率应为 100%。",
    why: "拨付出去的就是执行数，两处写的是同一笔钱。",
    bad: "第二部分 绩效自评情况\n\n（1）甲项目自评综述：自评得分100分。全年预算数为10万元，执行数为10万元，完成预算的100%。向企业拨付奖励资金共100万元，资金拨付率100%。\n\n项目支出绩效自评表\n项目名称\t甲项目\n预算数\t10\t执行数\t10\t执行率\t100%\n一级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\n产出指标\t资金拨付率\t=100%\t100%\t90\t90",
    good: "第二部分 绩效自评情况\n\n（1）甲项目自评综述：自评得分100分。全年预算数为10万元，执行数为10万元，完成预算的100%。向企业拨付奖励资金共10万元，资金拨付率100%。\n\n项目支出绩效自评表\n项目名称\t甲项目\n预算数\t10\t执行数\t10\t执行率\t100%\n一级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\n产出指标\t资金拨付率\t=100%\t100%\t90\t90",
    basis: "综述与自评表反映同一次自评",
    false_alarms: "综述只写其中一笔而用了“共”字的，请核对口径。",
    covers: &["X02", "X07"],
    check,
};

fn check(context: &Context<'_>, out: &mut Outcomes) {
    for summary in &context.accounts.summaries {
        let form = context.form_of(summary);
        let known = form.and_then(|form| {
            Some(Paid {
                form,
                name: &summary.name.text,
                executed: context.value(form.executed)?,
                rate: rate(context, form)?,
            })
        });
        let Some(paid) = known else {
            out.not_applicable();
            continue;
        };
        for claim in &summary.claims {
            if is_total(context, claim) {
                amount(context, summary, &paid, claim, out);
            } else if is_rate(context, claim) {
                share(context, &paid, claim, out);
            } else {
                out.not_applicable();
            }
        }
    }
}

/// A form and what was spent on it.
struct Paid<'a> {
    form: &'a Evaluation,
    name: &'a str,
    executed: Decimal,
    /// As a share of the budget.
    rate: Decimal,
}

/// “拨付奖励资金共…万元”, of what was paid and not of what is meant to be.
fn is_total(context: &Context<'_>, claim: &Claim) -> bool {
    let settings = &context.scheme.settings;
    let is_money = matches!(&*claim.unit, "万元" | "元" | "亿元");
    let last = claim.lead.trim_end_matches(',').rsplit(',').next().unwrap_or("");
    let words = format!("{last}{}", claim.context);
    let ends = ends_with_any(&claim.context, settings.words("合计的词"));
    let is_meant = settings.words("只说打算的词").occur_in(&words);
    is_money && ends && !is_meant && settings.words("付款的动词").occur_in(&words)
}

fn amount(
    context: &Context<'_>,
    summary: &ProjectSummary,
    paid: &Paid<'_>,
    claim: &Claim,
    out: &mut Outcomes,
) {
    let Some(stated) = context.number(Some(claim.value)) else { return out.not_applicable() };
    if paid.executed.is_zero() {
        return out.not_applicable();
    }
    let heads = [paid.form.executed, summary.executed, paid.form.budget, summary.budget];
    let meets = |id: &FactId| {
        context.number(Some(*id)).is_some_and(|number| {
            let (a, b) = (number.bounds(), stated.bounds());
            a.low <= b.high && b.low <= a.high
        })
    };
    if let Some(id) = heads.into_iter().flatten().find(meets) {
        return out.pass(&[claim.value, id]);
    }
    // Of several payments each may be named; together they are what was executed.
    let others = summary.claims.iter().filter(|other| *other.unit == *claim.unit);
    let all = others.filter_map(|other| context.value(Some(other.value)));
    let sum = all.fold(Decimal::ZERO, |sum, value| sum.checked_add(value).unwrap_or(sum));
    if sum == paid.executed {
        let parts = summary.claims.iter().filter(|other| *other.unit == *claim.unit);
        return out.pass(&parts.map(|part| part.value).collect::<Vec<_>>());
    }
    let printed = context.printed(Some(claim.value));
    let executed = context.printed(paid.form.executed);
    let message = format!(
        "“{}”的综述写“{}{printed}{}”，自评表的全年执行数是 {}",
        paid.name,
        claim.context,
        claim.unit,
        printed_amount(context, paid.form.executed)
    );
    out.fail(failure(context, paid, claim, message).values(printed, executed));
}

/// A share of the money that was paid or arrived.
fn is_rate(context: &Context<'_>, claim: &Claim) -> bool {
    let name = claim.context.trim_end_matches(['为', '达', '到', '是', '均']);
    let words = context.scheme.settings.words("拨付的比率");
    let is_excepted = claim.context.starts_with('除');
    // “到位率100%,完成0%” names the target first.
    let done = context.scheme.settings.words("接着说完成的词");
    let is_target = done.iter().any(|word| claim.next.starts_with(&**word));
    &*claim.unit == "%" && !is_excepted && !is_target && ends_with_any(name, words)
}

fn share(context: &Context<'_>, paid: &Paid<'_>, claim: &Claim, out: &mut Outcomes) {
    let Some(stated) = context.value(Some(claim.value)) else { return out.not_applicable() };
    let expected = if paid.executed.is_zero() {
        Decimal::ZERO
    } else if paid.rate == Decimal::ONE {
        Decimal::ONE_HUNDRED
    } else {
        return out.not_applicable();
    };
    if stated == expected {
        return out.pass(&[claim.value]);
    }
    let printed = context.printed(Some(claim.value));
    let message = format!(
        "“{}”的综述写“{}{printed}%”，而全年执行数是 {}、预算数是 {}",
        paid.name,
        claim.context,
        printed_amount(context, paid.form.executed),
        printed_amount(context, paid.form.budget),
    );
    out.fail(failure(context, paid, claim, message).values(printed, format!("{expected}%")));
}

/// An amount of the form's head with its unit.
fn printed_amount(context: &Context<'_>, id: Option<FactId>) -> String {
    context.number(id).map_or_else(String::new, Number::with_unit)
}

fn failure(context: &Context<'_>, paid: &Paid<'_>, claim: &Claim, message: String) -> Failure {
    let subject = context.accounts.facts.get(claim.value).map(|fact| fact.subject.to_string());
    let failure = Failure::new(subject.unwrap_or_default(), message).figure(context, claim.value);
    let heads = [paid.form.executed, paid.form.budget].into_iter().flatten();
    let facts = heads.filter_map(|id| context.accounts.facts.get(id));
    facts.fold(failure, |failure, fact| failure.at(fact))
}
