//! PRF017: the measure repeats the reason.

use std::borrow::Cow;

use juesuan_model::{Severity, similarity};
use rustc_hash::FxHashMap;

use crate::performance::{Item, all_items};
use crate::words::fold;
use crate::{Context, Failure, Outcomes, Rule};

pub(crate) static RULE: Rule = Rule {
    code: "PRF017",
    title: "改进措施照抄原因",
    english: "The measure repeats the reason",
    severity: Severity::Error,
    checks: "改进措施不得与原因逐字相同；写在同一格里的“原因：…改进措施：…”同样比较。相似度达到九成的列为疑点。",
    why: "照抄的“措施”没有说明怎样改进。",
    bad: "项目支出绩效自评表\n项目名称\t甲项目\n一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\t原因说明\t改进措施\n产出指标\t数量指标\t拨付企业数量\t=10户\t0户\t50\t0\t拟列入下年度财政预算\t拟列入下年度财政预算",
    good: "项目支出绩效自评表\n项目名称\t甲项目\n一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\t原因说明\t改进措施\n产出指标\t数量指标\t拨付企业数量\t=10户\t0户\t50\t0\t拟列入下年度财政预算\t下年度一季度前完成申报和拨付",
    basis: "自评表填报要求：针对原因提出改进措施",
    false_alarms: "",
    covers: &["T14"],
    check,
};

/// So many characters more than the reason do not make a measure.
const MOST_ADDED: usize = 16;

fn check(context: &Context<'_>, out: &mut Outcomes) {
    // The same words in several rows of a form are one fault with several places.
    let mut faults: Vec<Fault<'_>> = Vec::new();
    let mut known: FxHashMap<(&str, Cow<'_, str>, Cow<'_, str>), usize> = FxHashMap::default();
    for item in all_items(context) {
        let Some((reason, measure)) = parts(&item) else {
            out.not_applicable();
            continue;
        };
        let Some((severity, how)) = judge(&reason, &measure) else {
            out.pass(&[]);
            continue;
        };
        let index = *known.entry((item.owner, reason, measure)).or_insert(faults.len());
        match faults.get_mut(index) {
            Some(fault) => fault.items.push(item),
            None => faults.push(Fault { severity, how, items: vec![item] }),
        }
    }
    for fault in faults {
        out.fail(fault.failure());
    }
}

/// What is said of rows of a form with the same reason and measure.
struct Fault<'a> {
    severity: Severity,
    how: &'static str,
    items: Vec<Item<'a>>,
}

impl Fault<'_> {
    fn failure(&self) -> Failure {
        let [first, others @ ..] = self.items.as_slice() else { return Failure::default() };
        let more = match others.len() {
            0 => String::new(),
            count => format!("等 {} 项", count + 1),
        };
        let message = format!("{}{more}的改进措施与原因{}", first.name(), self.how);
        let failure = first.failure("measure", message).severity(self.severity);
        let fields =
            self.items.iter().flat_map(|item| [&item.indicator.measure, &item.indicator.reason]);
        fields.flatten().fold(failure, |failure, field| failure.at(field))
    }
}

/// Whether the measure is no measure, how bad that is, and how it is said.
fn judge(reason: &str, measure: &str) -> Option<(Severity, &'static str)> {
    if reason.is_empty() {
        return None;
    }
    match similarity(reason, measure) {
        1_000 => Some((Severity::Error, "逐字相同")),
        900.. => Some((Severity::Warning, "几乎相同")),
        _ => repeats(reason, measure).then_some((Severity::Warning, "相比只多几个字")),
    }
}

/// Whether the measure is the reason with a few words before or behind it.
fn repeats(reason: &str, measure: &str) -> bool {
    let (short, long) = (reason.chars().count(), measure.chars().count());
    short >= 10 && long <= short + MOST_ADDED && measure.contains(reason)
}

/// Reason and measure, from two cells or from one that holds both.
fn parts<'a>(item: &Item<'a>) -> Option<(Cow<'a, str>, Cow<'a, str>)> {
    let fold_field = |field: &'a juesuan_model::TextField| fold(field.text.trim_end_matches('。'));
    let reason = fold_field(item.indicator.reason.as_ref()?);
    if let Some(measure) = &item.indicator.measure {
        return Some((reason, fold_field(measure)));
    }
    let (reason, measure) = reason.split_once("改进措施:")?;
    let reason = reason.trim_start_matches("原因:").trim_end_matches('。');
    let measure = measure.trim_end_matches('。');
    Some((Cow::Owned(reason.to_owned()), Cow::Owned(measure.to_owned())))
}
