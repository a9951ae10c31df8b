//! PRF050: the target of an indicator only repeats its name.

use juesuan_model::{Severity, TextField};

use crate::performance::{Item, all_items, words_of};
use crate::words::is_han;
use crate::{Context, Failure, Outcomes, Rule};

pub(crate) static RULE: Rule = Rule {
    code: "PRF050",
    title: "目标值只是重复指标的名称",
    english: "The target of an indicator only repeats its name",
    severity: Severity::Note,
    checks: "定性指标的目标值应写明要达到什么程度，不能只是重复指标名称里的字（政策可持续性：可持续）。",
    why: "这样的目标怎么做都算达到，白送分数。",
    bad: "项目支出绩效自评表\n项目名称\t甲项目\n一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\n效益指标\t可持续影响指标\t政策可持续性\t可持续\t达成预期指标\t10\t10",
    good: "项目支出绩效自评表\n项目名称\t甲项目\n一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\n效益指标\t可持续影响指标\t政策可持续性\t建立三年滚动的管护机制\t达成预期指标\t10\t10",
    basis: "《中央部门项目支出核心绩效目标和指标设置及取值指引（试行）》：指标值应当可衡量",
    false_alarms: "名称里已写明程度的（确保安全：安全），可不理会。",
    covers: &["T23"],
    check,
};

fn check(context: &Context<'_>, out: &mut Outcomes) {
    let mut empty: Vec<(Item<'_>, &TextField)> = Vec::new();
    for item in all_items(context) {
        match item.indicator.target_text.as_ref() {
            Some(target) if repeats(&item, target) => empty.push((item, target)),
            Some(_) => out.pass(&[]),
            None => out.not_applicable(),
        }
    }
    let Some((first, target)) = empty.first() else { return };
    let message = match empty.len() {
        1 => format!("{}的目标值“{}”只是重复指标名称", first.name(), target.text),
        count => format!(
            "有 {count} 项指标的目标值只是重复指标名称，如{}写“{}”",
            first.name(),
            target.text
        ),
    };
    // Whoever does it once does it throughout: one finding with all places.
    let failure = Failure::new(first.subject("target"), message).values(&*target.text, "");
    out.fail(empty.iter().fold(failure, |failure, (_, target)| failure.at(*target)));
}

/// Whether a target has no character that its indicator's name has not, in the same order. A
/// question (是否, 有无) is answered by words of its own.
pub(super) fn repeats(item: &Item<'_>, target: &TextField) -> bool {
    let (name, words) = (words_of(Some(&item.indicator.name)), words_of(Some(target)));
    let mut rest = name.chars();
    let is_question = name.contains("是否") || name.contains("有无");
    !is_question
        && words.chars().nth(1).is_some()
        && words.chars().all(|c| is_han(c) && rest.any(|other| other == c))
}
