//! PRF033: a reason that is none, a measure that is none, or a reason that the form contradicts.

use std::borrow::Cow;
use std::sync::Arc;

use juesuan_model::{Severity, TextField};
use rust_decimal::Decimal;

use crate::performance::{FAR, Item, items_of, rate, whole_items_of, words_of};
use crate::words::short;
use crate::{Context, Failure, Outcomes, Rule};

pub(crate) static RULE: Rule = Rule {
    code: "PRF033",
    title: "未完成原因没有说明成因、改进措施不是措施，或与表内数字矛盾",
    english: "A reason or a measure says nothing or contradicts the form",
    severity: Severity::Warning,
    checks: "未完成原因要写成因，不能只复述拟安排的数额；改进措施要写以后怎么做，不能只写政策已结束；称资金不足、没有开展的，执行率和完成值不应是全部完成；超过目标两成以上而失分的，原因应说到超出目标；经费上的原因不应归为“其他”。",
    why: "原因和措施是自评的用处所在；写了等于没写，下一年还会一样。",
    bad: "项目支出绩效自评表\n项目名称\t补贴项目\n预算数\t10\t执行数\t10\t执行率\t100%\n一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\t偏差原因\t改进措施\n产出指标\t数量指标\t补贴企业数量\t≥20家\t10家\t90\t45\t财政资金不足，无法按时拨付\t加强与财政部门沟通，及时申请资金",
    good: "项目支出绩效自评表\n项目名称\t补贴项目\n预算数\t10\t执行数\t10\t执行率\t100%\n一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\t偏差原因\t改进措施\n产出指标\t数量指标\t补贴企业数量\t≥20家\t10家\t90\t45\t因宣传不到位，申报企业少于预期\t提前发布申报指南，扩大宣传范围",
    basis: "《项目支出绩效评价管理办法》：未完成绩效目标或偏离较大的，应分析并说明原因，研究制定改进措施",
    false_alarms: "原因写在别处而这里只引用的，可不理会。",
    covers: &["T12", "T14", "T25", "E73"],
    check,
};

fn check(context: &Context<'_>, out: &mut Outcomes) {
    let accounts = context.accounts;
    for (index, form) in accounts.evaluations.iter().enumerate() {
        reasons(context, &items_of(context, index), rate(context, form), out);
    }
    for index in 0..accounts.whole_evaluations.len() {
        reasons(context, &whole_items_of(context, index), None, out);
    }
}

/// The reasons of a form; the same fault in several of its rows is one with several places.
fn reasons(context: &Context<'_>, items: &[Item<'_>], spent: Option<Decimal>, out: &mut Outcomes) {
    let mut found: Vec<(Fault, Failure)> = Vec::new();
    for item in items {
        let Some(field) = item.indicator.reason.as_ref() else {
            out.not_applicable();
            continue;
        };
        let reason = &Reason { field, words: words_of(Some(field)) };
        let measure = item.indicator.measure.as_ref();
        let fault = no_cause(context, reason)
            .or_else(|| falls_short(context, item, reason))
            .or_else(|| contradicted(context, item, reason, spent))
            .or_else(|| measure.and_then(|measure| no_measure(context, measure)))
            .or_else(|| wrong_kind(context, item, reason));
        let Some((fault, why)) = fault else {
            out.pass(&[]);
            continue;
        };
        match found.iter_mut().find(|(other, _)| *other == fault) {
            Some((_, failure)) => *failure = std::mem::take(failure).at(field),
            None => found.push((fault, told(item, field, fault, &why))),
        }
    }
    for (_, failure) in found {
        out.fail(failure);
    }
}

fn told(item: &Item<'_>, reason: &TextField, fault: Fault, why: &str) -> Failure {
    let message = format!("{}：{why}", item.name());
    let failure = item.failure("reason", message).values(&*reason.text, "");
    let failure = match fault {
        Fault::WrongKind => failure.severity(Severity::Note),
        // Where target or actual value contradicts a text, that is the cause.
        Fault::Exceeded => failure.derived(),
        _ => failure,
    };
    failure.at(reason)
}

/// What is wrong with a reason or measure.
#[derive(Clone, Copy, PartialEq)]
enum Fault {
    NoCause,
    Exceeded,
    Paid,
    Done,
    NoMeasure,
    WrongKind,
}

/// A reason, its words folded.
struct Reason<'a> {
    field: &'a TextField,
    words: Cow<'a, str>,
}

impl Reason<'_> {
    fn shown(&self) -> String {
        short(&self.field.text, 40)
    }
}

/// A reason that names amounts or plans but no cause.
fn no_cause(context: &Context<'_>, reason: &Reason<'_>) -> Option<(Fault, String)> {
    let words = &*reason.words;
    let causes = context.scheme.settings.words("说明原因的词");
    let plans = context.scheme.settings.words("只说打算的词");
    let only_money = words.contains("万元") && words.contains(|c: char| c.is_ascii_digit());
    ((plans.occur_in(words) || only_money) && !causes.occur_in(words))
        .then(|| (Fault::NoCause, format!("原因“{}”没有说明为什么没有完成", reason.shown())))
}

/// A target that was far exceeded, whose reason does not speak of that: target or actual value
/// are not the ones that the reason was written for.
fn falls_short(
    context: &Context<'_>,
    item: &Item<'_>,
    reason: &Reason<'_>,
) -> Option<(Fault, String)> {
    if !item.is_exceeded_by(FAR) || !item.lost_points() {
        return None;
    }
    let words = &*reason.words;
    let settings = &context.scheme.settings;
    // One column may hold both: measures speak of more and sooner anyway.
    let measure = settings.words("改进措施的标题").places(words).next();
    let cause = measure.and_then(|(at, _)| words.get(..at)).unwrap_or(words);
    let speaks_of_more = settings.words("超出目标的说法").occur_in(cause);
    (!speaks_of_more).then(|| {
        let shown = reason.shown();
        (Fault::Exceeded, format!("完成值远超目标值，原因“{shown}”却没有说到超出目标"))
    })
}

/// Words that the rate of execution or the actual value denies.
fn contradicted(
    context: &Context<'_>,
    item: &Item<'_>,
    reason: &Reason<'_>,
    spent: Option<Decimal>,
) -> Option<(Fault, String)> {
    let words = &*reason.words;
    let settings = &context.scheme.settings;
    if spent.is_some_and(|rate| rate >= Decimal::new(99, 2))
        && settings.words("缺钱的原因").occur_in(words)
    {
        let shown = reason.shown();
        return Some((Fault::Paid, format!("原因“{shown}”说资金没有到位，执行率却是 100%")));
    }
    let done = item.actual().is_some_and(|actual| actual.value() > Decimal::ZERO);
    let has_spent = spent.is_some_and(|rate| rate > Decimal::ZERO);
    (done && has_spent && settings.words("没有开展的原因").occur_in(words)).then(|| {
        (Fault::Done, format!("原因“{}”说没有开展，完成值和执行数却不是零", reason.shown()))
    })
}

/// A measure that only says that all is over.
fn no_measure(context: &Context<'_>, measure: &TextField) -> Option<(Fault, String)> {
    let words = words_of(Some(measure));
    let over = context.scheme.settings.words("不是措施的措施");
    let is_short = words.chars().count() <= 12;
    (is_short && over.occur_in(&words))
        .then(|| (Fault::NoMeasure, format!("改进措施“{}”没有写以后怎么做", measure.text)))
}

/// A want of money that is ticked as another reason although others tick a column for it.
fn wrong_kind(
    context: &Context<'_>,
    item: &Item<'_>,
    reason: &Reason<'_>,
) -> Option<(Fault, String)> {
    let [only] = item.indicator.reason_flags.as_slice() else { return None };
    let mut all = context.accounts.evaluations.iter().flat_map(|form| &form.indicators);
    let is_money = |flag: &Arc<str>| flag.contains("经费") || flag.contains("资金");
    if !all.any(|indicator| indicator.reason_flags.iter().any(is_money)) {
        return None;
    }
    let words = &*reason.words;
    (only.starts_with("其他") && context.scheme.settings.words("缺钱的原因").occur_in(words)).then(
        || {
            let shown = reason.shown();
            (Fault::WrongKind, format!("原因“{shown}”说的是经费，却归在“{only}”"))
        },
    )
}
