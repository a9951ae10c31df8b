//! PRF058: the target of an indicator in words has only words that fit everything.

use juesuan_model::{Severity, TextField};

use super::empty_target::repeats;
use crate::performance::{Item, items_of, whole_items_of, words_of};
use crate::words::is_han;
use crate::{Context, Failure, Outcomes, Rule};

pub(crate) static RULE: Rule = Rule {
    code: "PRF058",
    title: "定性指标的目标值只有泛泛之词",
    english: "The target of an indicator has only words that fit everything",
    severity: Severity::Note,
    checks: "定性指标的目标值应写明达到什么标志、由谁认定，不能只有“促进发展”“有效提升”一类到处可用的词。同一张表的只报告一次。",
    why: "这样的目标无法判断是否达到，只能一律填“达成”得满分。",
    bad: "项目支出绩效自评表\n项目名称\t甲项目\n一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\n效益指标\t社会效益指标\t乡村旅游\t促进发展\t达成预期指标\t40\t40",
    good: "项目支出绩效自评表\n项目名称\t甲项目\n一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\n效益指标\t社会效益指标\t乡村旅游\t入选省级精品线路\t达成预期指标\t40\t40",
    basis: "《中央部门项目支出核心绩效目标和指标设置及取值指引（试行）》：指标值应当可衡量，确需定性的应当可评估",
    false_alarms: "名称里已写明标志，或另有评分细则的，可不理会。",
    covers: &["T23", "E78"],
    check,
};

fn check(context: &Context<'_>, out: &mut Outcomes) {
    let accounts = context.accounts;
    for index in 0..accounts.evaluations.len() {
        form(context, format!("evaluation[{index}].targets"), &items_of(context, index), out);
    }
    for index in 0..accounts.whole_evaluations.len() {
        form(context, format!("whole[{index}].targets"), &whole_items_of(context, index), out);
    }
}

fn form(context: &Context<'_>, subject: String, items: &[Item<'_>], out: &mut Outcomes) {
    let mut vague: Vec<(&Item<'_>, &TextField)> = Vec::new();
    for item in items {
        match item.indicator.target_text.as_ref() {
            Some(target) if is_vague(context, item, target) => vague.push((item, target)),
            Some(_) => out.pass(&[]),
            None => out.not_applicable(),
        }
    }
    let Some((first, target)) = vague.first() else { return };
    let name = &first.indicator.name.text;
    let many = match vague.len() {
        1 => String::new(),
        count => format!(" {count} 项指标的目标值只有泛泛之词，如"),
    };
    let message = format!(
        "“{}”的{many}指标“{name}”的目标值“{}”，看不出怎样才算达到",
        first.owner, target.text
    );
    let failure = Failure::new(subject, message).values(&*target.text, "");
    out.fail(vague.iter().fold(failure, |failure, (_, target)| failure.at(*target)));
}

/// Longer targets than this say something of their own.
const LONGEST: usize = 12;

/// Whether a target has nothing but general words and characters of its indicator's name.
fn is_vague(context: &Context<'_>, item: &Item<'_>, target: &TextField) -> bool {
    let words = words_of(Some(target));
    let count = words.chars().count();
    if !(2..=LONGEST).contains(&count) || !words.chars().all(is_han) || repeats(item, target) {
        return false;
    }
    let name = words_of(Some(&item.indicator.name));
    if name.contains("是否") || name.contains("有无") {
        return false;
    }
    let general = context.scheme.settings.words("泛泛的目标");
    let places: Vec<(usize, usize)> =
        general.places(&words).map(|(at, word)| (at, at + word.len())).collect();
    let is_general = |at: usize| places.iter().any(|(from, to)| (*from..*to).contains(&at));
    !places.is_empty() && words.char_indices().all(|(at, c)| is_general(at) || name.contains(c))
}
