//! PRF053: an indicator has other values in the whole-department form than in its project's.

use juesuan_model::{Bounds, FactId, Severity};
use rustc_hash::FxHashMap;

use crate::matching::own_words;
use crate::performance::{Item, project_items, whole_items};
use crate::words::fold;
use crate::{Context, Failure, Outcomes, Rule};

pub(crate) static RULE: Rule = Rule {
    code: "PRF053",
    title: "同一指标在整体自评表和项目自评表中的数不同",
    english: "An indicator differs between the whole-department form and its project's",
    severity: Severity::Warning,
    checks: "整体自评表和某一张项目自评表中名称、计量单位都相同的指标，目标值、完成值应分别相同；整体的两个数都比项目大的，可能另有别的项目，只作提示。只说满意度、完成率等的通用名称，或几个项目都有的指标，不比较。",
    why: "整体自评的指标从项目自评汇上来，同一件事不应有两个数。",
    bad: "部门整体绩效自评表\n部门（单位）名称\t甲局\n一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\n履职效能\t重点工作\t养护堤防长度\t≥86公里\t86公里\t60\t60\n\n项目支出绩效自评表\n项目名称\t甲项目\n一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\n产出指标\t数量指标\t养护堤防长度\t≥68公里\t86公里\t90\t90",
    good: "部门整体绩效自评表\n部门（单位）名称\t甲局\n一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\n履职效能\t重点工作\t养护堤防长度\t≥86公里\t86公里\t60\t60\n\n项目支出绩效自评表\n项目名称\t甲项目\n一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\n产出指标\t数量指标\t养护堤防长度\t≥86公里\t86公里\t90\t90",
    basis: "同一指标同一年度只有一个目标值、一个实际值",
    false_alarms: "整体自评表统计的范围比项目大的，请在指标名称里写明。",
    covers: &["T25", "T28"],
    check,
};

fn check(context: &Context<'_>, out: &mut Outcomes) {
    let mut known: FxHashMap<(String, String), Once<'_>> = FxHashMap::default();
    for item in project_items(context) {
        let again = |known: &mut Once<'_>| *known = Once::Again;
        known.entry(key(&item)).and_modify(again).or_insert(Once::Told(item));
    }
    for whole in whole_items(context) {
        let is_own = || !own_words(context, &fold(&whole.indicator.name.text)).is_empty();
        match known.get(&key(&whole)) {
            Some(Once::Told(item)) if is_own() => one(context, &whole, item, out),
            _ => out.not_applicable(),
        }
    }
}

/// How often an indicator of a name and unit stands in the project forms.
enum Once<'a> {
    Told(Item<'a>),
    Again,
}

fn key(item: &Item<'_>) -> (String, String) {
    (fold(&item.indicator.name.text).into_owned(), item.unit().to_owned())
}

fn one(context: &Context<'_>, whole: &Item<'_>, item: &Item<'_>, out: &mut Outcomes) {
    let (a, b) = (whole.indicator, item.indicator);
    let is_more = |whole: Option<FactId>, part: Option<FactId>| {
        context.value(whole).zip(context.value(part)).is_some_and(|(whole, part)| whole > part)
    };
    // More of both: the department may have done it outside this project too.
    let is_wider = is_more(a.target, b.target) && is_more(a.actual, b.actual);
    let severity = if is_wider { Severity::Note } else { Severity::Warning };
    for (column, word, ids) in
        [("target", "目标值", (a.target, b.target)), ("actual", "完成值", (a.actual, b.actual))]
    {
        let (Some(first), Some(second)) = ids else {
            out.not_applicable();
            continue;
        };
        compare(context, (whole, item), (column, word, severity), (first, second), out);
    }
}

fn compare(
    context: &Context<'_>,
    (whole, item): (&Item<'_>, &Item<'_>),
    (column, word, severity): (&str, &str, Severity),
    (first, second): (FactId, FactId),
    out: &mut Outcomes,
) {
    let (Some(a), Some(b)) = (context.value(Some(first)), context.value(Some(second))) else {
        return out.not_applicable();
    };
    if a == b {
        return out.pass(&[first, second]);
    }
    let (printed, other) = (context.printed(Some(first)), context.printed(Some(second)));
    let message =
        format!("{}的{word}是 {printed}，“{}”的同名指标是 {other}", whole.name(), item.owner);
    let failure = Failure::new(whole.subject(column), message).values(printed, other);
    let failure = failure.figure(context, second).figure(context, first);
    let failure = failure.repair(second, Bounds::exact(a)).repair(first, Bounds::exact(b));
    out.fail(failure.severity(severity));
}
