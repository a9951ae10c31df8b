//! PRF053: an indicator has other values in the whole-department form than in its project's.

use juesuan_model::{Bounds, FactId, Severity};

use crate::matching::own_words;
use crate::performance::{Item, project_items, whole_items};
use crate::words::fold;
use crate::{Context, Failure, Outcomes, Rule};

pub(crate) static RULE: Rule = Rule {
    code: "PRF053",
    title: "同一指标在整体自评表和项目自评表中的数不同",
    english: "An indicator differs between the whole-department form and its project's",
    severity: Severity::Warning,
    checks: "整体自评表和某一张项目自评表中名称、计量单位都相同的指标，目标值、完成值应分别相同。只说满意度、完成率等的通用名称，或几个项目都有的指标，不比较。",
    why: "整体自评的指标从项目自评汇上来，同一件事不应有两个数。",
    bad: "部门整体绩效自评表\n部门（单位）名称\t甲局\n一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\n履职效能\t重点工作\t养护堤防长度\t≥86公里\t86公里\t60\t60\n\n项目支出绩效自评表\n项目名称\t甲项目\n一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\n产出指标\t数量指标\t养护堤防长度\t≥68公里\t86公里\t90\t90",
    good: "部门整体绩效自评表\n部门（单位）名称\t甲局\n一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\n履职效能\t重点工作\t养护堤防长度\t≥86公里\t86公里\t60\t60\n\n项目支出绩效自评表\n项目名称\t甲项目\n一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\n产出指标\t数量指标\t养护堤防长度\t≥86公里\t86公里\t90\t90",
    basis: "同一指标同一年度只有一个目标值、一个实际值",
    false_alarms: "整体自评表统计的范围比项目大的，请在指标名称里写明。",
    covers: &["T25", "T28"],
    check,
};

fn check(context: &Context<'_>, out: &mut Outcomes) {
    let items: Vec<Item<'_>> = project_items(context).collect();
    for whole in whole_items(context) {
        let name = fold(&whole.indicator.name.text);
        let mut same = items
            .iter()
            .filter(|item| item.unit() == whole.unit() && fold(&item.indicator.name.text) == name);
        match (same.next(), same.next()) {
            (Some(item), None) if !own_words(context, &name).is_empty() => {
                one(context, &whole, item, out);
            }
            _ => out.not_applicable(),
        }
    }
}

fn one(context: &Context<'_>, whole: &Item<'_>, item: &Item<'_>, out: &mut Outcomes) {
    let (a, b) = (whole.indicator, item.indicator);
    for (column, word, ids) in
        [("target", "目标值", (a.target, b.target)), ("actual", "完成值", (a.actual, b.actual))]
    {
        let (Some(first), Some(second)) = ids else {
            out.not_applicable();
            continue;
        };
        compare(context, (whole, item), (column, word), (first, second), out);
    }
}

fn compare(
    context: &Context<'_>,
    (whole, item): (&Item<'_>, &Item<'_>),
    (column, word): (&str, &str),
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
    out.fail(failure);
}
