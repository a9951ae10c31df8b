//! PRF017: the measure repeats the reason.

use std::borrow::Cow;

use juesuan_model::{Severity, similarity};

use crate::performance::all_items;
use crate::words::fold;
use crate::{Context, Outcomes, Rule};

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

fn check(context: &Context<'_>, out: &mut Outcomes) {
    for item in all_items(context) {
        let Some((reason, measure)) = parts(&item) else {
            out.not_applicable();
            continue;
        };
        let alike = similarity(&reason, &measure);
        if reason.is_empty() || alike < 900 {
            out.pass(&[]);
            continue;
        }
        let (severity, word) = if alike == 1_000 {
            (Severity::Error, "逐字相同")
        } else {
            (Severity::Warning, "几乎相同")
        };
        let message = format!("{}的改进措施与原因{word}", item.name());
        let mut failure = item.failure("measure", message).severity(severity);
        let fields = [item.indicator.measure.as_ref(), item.indicator.reason.as_ref()];
        for field in fields.into_iter().flatten() {
            failure = failure.at(field);
        }
        out.fail(failure);
    }
}

/// Reason and measure, from two cells or from one that holds both.
fn parts<'a>(item: &crate::performance::Item<'a>) -> Option<(Cow<'a, str>, Cow<'a, str>)> {
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
