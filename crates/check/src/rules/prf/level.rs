//! PRF018: the level of a qualitative indicator does not cover its completion.

use std::sync::Arc;

use juesuan_model::Severity;
use rust_decimal::Decimal;
use rustc_hash::FxHashMap;

use crate::performance::{Item, all_items};
use crate::words::fold;
use crate::{Context, Outcomes, Rule};

pub(crate) static RULE: Rule = Rule {
    code: "PRF018",
    title: "定性档次与完成程度不符",
    english: "The level of a qualitative indicator does not cover its completion",
    severity: Severity::Error,
    checks: "定性指标的完成程度必须落在所选档次的区间内：全部或基本达成 80%—100%，部分达成 60%—80%，未达成 0—60%；同一档次的写法在全文中相同。",
    why: "档次写“部分达成”而按满分计分，或档次区间被改动，都会使得分失真。",
    bad: "项目支出绩效自评表\n项目名称\t甲项目\n一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t完成程度\t分值\t得分\n效益指标\t社会效益指标\t服务水平\t提升水平\t部分达成预期指标并具有一定效果80%-60%（含）\t100%\t30\t30",
    good: "项目支出绩效自评表\n项目名称\t甲项目\n一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t完成程度\t分值\t得分\n效益指标\t社会效益指标\t服务水平\t提升水平\t部分达成预期指标并具有一定效果80%-60%（含）\t70%\t30\t21",
    basis: "《项目支出绩效评价管理办法》：定性指标分三档",
    false_alarms: "",
    covers: &["T15", "R110"],
    check,
};

fn check(context: &Context<'_>, out: &mut Outcomes) {
    let items: Vec<Item<'_>> = all_items(context).collect();
    let usual = usual_wordings(context, &items);
    for item in &items {
        let Some(level) = &item.indicator.level else {
            out.not_applicable();
            continue;
        };
        let folded = fold(&level.text);
        let Some(known) = context.scheme.performance.level(&folded) else {
            out.not_applicable();
            continue;
        };
        let key = known.words.first().cloned().unwrap_or_default();
        if let Some(wording) = usual.get(&key).filter(|wording| **wording != folded) {
            let message =
                format!("{}的档次写作“{}”，别处都写作“{wording}”", item.name(), level.text);
            let failure = item.failure("level", message).severity(Severity::Warning);
            out.fail(failure.at(level).values(&*level.text, wording.as_str()));
        }
        let Some(completion) = item.completion() else {
            out.not_applicable();
            continue;
        };
        let inside = completion.value() >= Decimal::from(known.from)
            && completion.value() <= Decimal::from(known.to);
        if inside {
            out.pass(&[]);
        } else {
            let message = format!(
                "{}的档次是“{}”（{}%—{}%），完成程度却是 {}",
                item.name(),
                key,
                known.from,
                known.to,
                completion.display()
            );
            let range = format!("{}%—{}%", known.from, known.to);
            out.fail(
                item.failure("completion", message).values(completion.display(), range).at(level),
            );
        }
    }
}

/// The wording of each level that the document uses most, when it is used more than twice.
fn usual_wordings(context: &Context<'_>, items: &[Item<'_>]) -> FxHashMap<Arc<str>, String> {
    let mut counts: FxHashMap<(Arc<str>, String), usize> = FxHashMap::default();
    for level in items.iter().filter_map(|item| item.indicator.level.as_ref()) {
        let folded = fold(&level.text).into_owned();
        if let Some(known) = context.scheme.performance.level(&folded) {
            let key = known.words.first().cloned().unwrap_or_default();
            *counts.entry((key, folded)).or_default() += 1;
        }
    }
    let mut all: Vec<_> = counts.into_iter().filter(|(_, count)| *count > 2).collect();
    all.sort_by(|a, b| a.1.cmp(&b.1).then_with(|| b.0.cmp(&a.0)));
    all.into_iter().map(|((key, wording), _)| (key, wording)).collect()
}
