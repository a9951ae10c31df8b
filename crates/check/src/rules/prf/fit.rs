//! PRF024: an indicator does not fit its unit, its kind or its project.

use std::sync::Arc;

use juesuan_model::{Measure, Scale, Severity};
use rust_decimal::Decimal;
use rustc_hash::FxHashMap;

use crate::performance::{Item, all_items, project_items};
use crate::words::{ends_with_any, fold};
use crate::{Context, Outcomes, Rule};

pub(crate) static RULE: Rule = Rule {
    code: "PRF024",
    title: "指标与计量单位、类别或项目内容不符",
    english: "An indicator does not fit its unit, its kind or its project",
    severity: Severity::Warning,
    checks: "名称以“率”“度”结尾的指标单位应为百分数，名称以数量、次数、人数结尾的不应为百分数；生态效益指标应涉及环境、资源或排放；同名指标在各表中的类别应一致；指标不应涉及与项目和部门职责无关的领域。名称与所列类别、计数单位不配，或与执行率得分重复的，列为提示。",
    why: "指标常从别的项目表复制或从指标库随手选取，与项目内容毫不相干。",
    bad: "项目支出绩效自评表\n项目名称\t办公楼运营经费\n一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\n效益指标\t生态效益指标\t工业增加值增长\t≥2%\t2%\t50\t50",
    good: "项目支出绩效自评表\n项目名称\t办公楼运营经费\n一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\n效益指标\t生态效益指标\t单位面积能耗下降率\t≥2%\t2%\t50\t50",
    basis: "《中央部门项目支出核心绩效目标和指标设置及取值指引（试行）》：指标应与绩效目标密切相关",
    false_alarms: "领域词表有限；确属项目内容的，可不理会。",
    covers: &["T23"],
    check,
};

fn check(context: &Context<'_>, out: &mut Outcomes) {
    let kinds = usual_kinds(context);
    let duties = duties(context);
    for item in all_items(context) {
        let fault = unit(context, &item)
            .or_else(|| ecology(context, &item))
            .or_else(|| kind(&item, &kinds))
            .or_else(|| misplaced(&item))
            .or_else(|| foreign(context, &item, &duties));
        let (severity, fault) = match fault {
            Some(why) => (Severity::Warning, Some(why)),
            None => (Severity::Note, ill_chosen(context, &item)),
        };
        match fault {
            Some(why) => {
                let message = format!("{}{why}", item.name());
                let failure = item.failure("name", message).values(&*item.indicator.name.text, "");
                out.fail(failure.severity(severity));
            }
            None => out.pass(&[]),
        }
    }
}

fn unit(context: &Context<'_>, item: &Item<'_>) -> Option<String> {
    let name = &*item.indicator.name.text;
    let unit = item.unit();
    if unit.is_empty() {
        return None;
    }
    let settings = &context.scheme.settings;
    let ends = |topic: &str| ends_with_any(name, settings.words(topic));
    let is_share = matches!(unit, "%" | "‰" | "百分比" | "个百分点");
    if ends("比率名称") && !is_share {
        return Some(format!("是比率，单位却写作“{unit}”"));
    }
    if ends("数量名称") && is_share {
        return Some(format!("是数量，单位却写作“{unit}”"));
    }
    None
}

/// What is not wrong but could be chosen better.
fn ill_chosen(context: &Context<'_>, item: &Item<'_>) -> Option<String> {
    let is_sentence = || item.indicator.name.text.contains('。');
    counted(item)
        .or_else(|| measured_otherwise(context, item))
        .or_else(|| scored_twice(item))
        .or_else(|| another_kind(context, item))
        .or_else(|| is_sentence().then(|| "名称里有句号，写成了一句话".to_owned()))
}

/// A total in percent, a trait in hours, or two units at once.
fn measured_otherwise(context: &Context<'_>, item: &Item<'_>) -> Option<String> {
    let (name, unit) = (&*item.indicator.name.text, item.unit());
    let settings = &context.scheme.settings;
    let is_share = matches!(unit, "%" | "‰" | "百分比" | "个百分点");
    if unit.contains('、') {
        return Some(format!("的单位“{unit}”写了两个"));
    }
    if is_share && ends_with_any(name, settings.words("总量名称")) {
        return Some(format!("是总量，单位却写作“{unit}”，漏写了增速或占比"));
    }
    if let Some(size) = ill_sized(context, item) {
        return Some(size);
    }
    let is_rated = unit.is_empty() || is_share || matches!(unit, "分" | "级" | "项" | "元");
    (!is_rated && name.ends_with('性')).then(|| format!("是性质，单位却写作“{unit}”"))
}

/// A target far from one of its unit: 0.1 万户, 1240000 元.
fn ill_sized(context: &Context<'_>, item: &Item<'_>) -> Option<String> {
    const SMALL: Decimal = Decimal::from_parts(1, 0, 0, false, 1);
    const LARGE: Decimal = Decimal::from_parts(100_000, 0, 0, false, 0);
    let unit = item.unit();
    let is_counted = unit.starts_with('万') && !unit.contains('元') && !unit.contains('吨');
    let target = item.target().filter(|_| is_counted || unit == "元")?.value();
    let is_small = target > Decimal::ZERO && target <= SMALL;
    if is_counted && is_small {
        return Some(format!("目标值只有 {} {unit}，单位过大", target.normalize()));
    }
    let head = context.number(item.evaluation()?.budget)?.measure();
    let is_large = unit == "元" && target >= LARGE && head == Measure::Money(Scale::TenThousand);
    is_large.then(|| "金额以元计，表头的预算数以万元计".to_owned())
}

/// 户次 counted in 户, 人次 in 次.
fn counted(item: &Item<'_>) -> Option<String> {
    let name = &*item.indicator.name.text;
    let unit = item.unit();
    // 批次 and 场次 are counted in 批 and 场 as well.
    let times = ["户次", "人次", "家次"].iter().find(|end| name.ends_with(**end))?;
    let is_half = times.strip_suffix('次') == Some(unit) || unit == "次";
    is_half.then(|| format!("按{times}计数，单位却写作“{unit}”"))
}

/// The execution of the budget has points of its own.
fn scored_twice(item: &Item<'_>) -> Option<String> {
    let has_points = item.evaluation()?.execution_score.is_some();
    (has_points && item.is_execution()).then(|| "与预算执行率得分重复考核".to_owned())
}

fn ecology(context: &Context<'_>, item: &Item<'_>) -> Option<String> {
    if !item.indicator.subgroup.contains("生态") {
        return None;
    }
    let words = context.scheme.settings.words("生态词");
    let project = item.evaluation().map_or("", |form| &form.name.text);
    let fits = words.occur_in(&item.indicator.name.text) || words.occur_in(project);
    (!fits).then(|| "列为生态效益指标，名称却与生态环境无关".to_owned())
}

type Kinds = FxHashMap<Arc<str>, FxHashMap<Arc<str>, usize>>;

/// For each name, how often it is classed under which second-level indicator.
fn usual_kinds(context: &Context<'_>) -> Kinds {
    let mut kinds: Kinds = FxHashMap::default();
    for item in project_items(context).filter(|item| !item.indicator.subgroup.is_empty()) {
        let counts = kinds.entry(item.indicator.name.text.clone()).or_default();
        *counts.entry(item.indicator.subgroup.clone()).or_default() += 1;
    }
    kinds
}

fn kind(item: &Item<'_>, kinds: &Kinds) -> Option<String> {
    let counts = kinds.get(&item.indicator.name.text)?;
    let own = *counts.get(&item.indicator.subgroup)?;
    let (usual, most) =
        counts.iter().max_by_key(|(name, count)| (**count, std::cmp::Reverse(*name)))?;
    // 服务对象满意度 and 服务对象满意度指标 are one kind.
    let bare = usual.trim_end_matches("指标");
    (own * 3 <= *most && item.indicator.subgroup.trim_end_matches("指标") != bare)
        .then(|| format!("在这里列为{}，在别的表中列为{usual}", item.indicator.subgroup))
}

/// A rate among the quantities, or the satisfaction of those who do the work.
fn misplaced(item: &Item<'_>) -> Option<String> {
    let indicator = item.indicator;
    let name = &*indicator.name.text;
    let is_quality =
        || ["合格率", "达标率", "优良率", "准确率"].iter().any(|end| name.ends_with(end));
    if indicator.subgroup.contains("数量") && is_quality() {
        return Some("说的是质量，却列为数量指标".to_owned());
    }
    let own = ["单位职工", "本单位职工", "机关干部", "本单位人员", "内部职工"];
    let is_own = name.contains("满意") && own.iter().any(|word| name.contains(word));
    (is_own && indicator.subgroup.contains("服务对象"))
        .then(|| "测的是本单位职工，不是服务对象".to_owned())
}

/// A name that tells another kind than the indicator is classed as. How soon people are warned is
/// a benefit too; how often something was done is none.
fn another_kind(context: &Context<'_>, item: &Item<'_>) -> Option<String> {
    let name = &*item.indicator.name.text;
    let (group, subgroup) = (&*item.indicator.group, &*item.indicator.subgroup);
    let is_classed = |kinds: &[&str]| kinds.iter().any(|kind| subgroup.contains(kind));
    let ends = |topic: &str| ends_with_any(name, context.scheme.settings.words(topic));
    let is_satisfaction = name.contains("满意") && !group.contains("满意");
    let kind = match () {
        () if is_satisfaction && is_classed(&["数量", "质量", "时效", "效益"]) => "满意度",
        () if ends("时效名称") && is_classed(&["数量", "质量"]) => "时效",
        () if ends("工作的次数") && is_classed(&["质量", "效益"]) => "数量",
        () => return None,
    };
    Some(format!("说的是{kind}，却列为{subgroup}"))
}

/// The section of duties, by which a department's fields are told.
fn duties(context: &Context<'_>) -> String {
    let passages = context.accounts.passages.iter();
    let own = passages.filter(|p| p.section.contains("职责") || p.section.contains("职能"));
    own.map(|passage| passage.folded.as_str()).collect()
}

/// A word of another field that neither the project nor the department has.
fn foreign(context: &Context<'_>, item: &Item<'_>, duties: &str) -> Option<String> {
    let form = item.evaluation()?;
    let name = &*item.indicator.name.text;
    let words = context.scheme.settings.words("领域词");
    let word = words.found_in(name).next()?;
    let goal = form.goal.as_ref().map_or("", |goal| &goal.text);
    let result = form.result.as_ref().map_or("", |result| &result.text);
    let own = format!("{}{goal}{result}", form.name.text);
    let own = fold(&own);
    (!own.contains(&**word) && !duties.contains(&**word))
        .then(|| format!("涉及“{word}”，与项目内容和部门职责无关"))
}
