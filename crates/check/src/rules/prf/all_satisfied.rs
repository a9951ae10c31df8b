//! PRF055: nearly everybody is said to be satisfied to a hundred percent.

use juesuan_model::Severity;
use rust_decimal::Decimal;

use crate::performance::{Item, project_items};
use crate::{Context, Outcomes, Rule};

pub(crate) static RULE: Rule = Rule {
    code: "PRF055",
    title: "满意度大多恰好是 100%",
    english: "Nearly all satisfaction is a hundred percent",
    severity: Severity::Note,
    checks: "全文的满意度指标有三项以上，一半以上完成值恰好是 100% 的，请核对是否做过调查。",
    why: "调查问到的人一多，就几乎不会人人满意；处处 100%，往往没有调查，只是照目标填写。",
    bad: "项目支出绩效自评表\n项目名称\t甲项目\n一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\n满意度指标\t服务对象满意度\t居民满意度\t≥90%\t100%\t30\t30\n满意度指标\t服务对象满意度\t学员满意度\t≥95%\t100%\t30\t30\n满意度指标\t服务对象满意度\t企业满意度\t≥90%\t100%\t30\t30",
    good: "项目支出绩效自评表\n项目名称\t甲项目\n一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\n满意度指标\t服务对象满意度\t居民满意度\t≥90%\t93.5%\t30\t30\n满意度指标\t服务对象满意度\t学员满意度\t≥95%\t100%\t30\t30\n满意度指标\t服务对象满意度\t企业满意度\t≥90%\t96%\t30\t30",
    basis: "《项目支出绩效评价管理办法》：绩效自评应当如实填写完成情况，有佐证材料",
    false_alarms: "服务对象很少、逐一征求过意见的，可以是 100%。",
    covers: &["T23", "E77"],
    check,
};

/// One or two groups may well be satisfied altogether.
const LEAST: usize = 3;

fn check(context: &Context<'_>, out: &mut Outcomes) {
    let is_satisfaction = |item: &Item<'_>| {
        let indicator = item.indicator;
        let is_named = indicator.name.text.contains("满意") || indicator.group.contains("满意");
        is_named && item.unit() == "%"
    };
    let measured: Vec<(Item<'_>, Decimal)> = project_items(context)
        .filter(is_satisfaction)
        .filter_map(|item| Some((item, item.actual()?.value())))
        .collect();
    let full = measured.iter().filter(|(_, actual)| *actual == Decimal::ONE_HUNDRED);
    let full: Vec<&Item<'_>> = full.map(|(item, _)| item).collect();
    let Some((first, others)) = full.split_first() else { return out.not_applicable() };
    if full.len() < LEAST || full.len() * 2 <= measured.len() {
        return out.pass(&[]);
    }
    let aims = full
        .iter()
        .filter(|item| item.target().is_some_and(|target| target.value() == Decimal::ONE_HUNDRED));
    let aims = match aims.count() {
        0 => String::new(),
        count => format!("，其中 {count} 项把目标也定为 100%"),
    };
    let message = format!(
        "{} 项满意度中有 {} 项完成值恰好是 100%{aims}，如{}，请核对是否做过调查",
        measured.len(),
        full.len(),
        first.name()
    );
    let failure = first.failure("actual", message);
    // Whoever does it once does it throughout: one finding with all places.
    out.fail(others.iter().fold(failure, |failure, item| failure.at(&item.indicator.name)));
}
