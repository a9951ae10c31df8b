//! PRF060: a measure has only words that fit every project.

use juesuan_model::{Severity, TextField};

use crate::performance::words_of;
use crate::words::{is_han, short};
use crate::{Context, Failure, Outcomes, Rule};

pub(crate) static RULE: Rule = Rule {
    code: "PRF060",
    title: "改进措施只有空话",
    english: "A measure has only words that fit every project",
    severity: Severity::Note,
    checks: "改进措施应写明做什么、谁来做、什么时候做，不能通篇是“进一步加强管理、科学编制预算、确保规范有序”一类的话。",
    why: "放在哪个项目都可以的措施，等于没有措施。",
    bad: "项目支出绩效自评表\n项目名称\t补贴项目\n一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\t偏差原因\t改进措施\n产出指标\t数量指标\t补贴农户数量\t≥20户\t10户\t90\t45\t因宣传不到位，申报农户少于预期\t进一步加强项目管理，科学编制预算，切实提高资金使用效益",
    good: "项目支出绩效自评表\n项目名称\t补贴项目\n一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\t偏差原因\t改进措施\n产出指标\t数量指标\t补贴农户数量\t≥20户\t10户\t90\t45\t因宣传不到位，申报农户少于预期\t春耕前由农技站逐村张贴申报指南，四月底前完成登记",
    basis: "《项目支出绩效评价管理办法》：未完成绩效目标或偏离较大的，应分析并说明原因，研究制定改进措施",
    false_alarms: "措施另附文件的，写明文件即可。",
    covers: &["E75", "T14"],
    check,
};

/// Shorter measures, in characters, are told by other rules.
const SHORTEST: usize = 10;
/// The share of general words, in hundredths, from which on nothing of its own is left.
const HOLLOW: usize = 80;

fn check(context: &Context<'_>, out: &mut Outcomes) {
    let mut hollow: Vec<&TextField> = Vec::new();
    for field in measures(context) {
        if is_hollow(context, &words_of(Some(field))) {
            hollow.push(field);
        } else {
            out.pass(&[]);
        }
    }
    let Some((first, others)) = hollow.split_first() else { return };
    let words = short(&first.text, 40);
    let message = match others.len() {
        0 => format!("改进措施“{words}”没有写具体做什么"),
        more => format!("有 {} 处改进措施没有写具体做什么，如“{words}”", more + 1),
    };
    let failure = Failure::new("measures", message).values(&*first.text, "").at(*first);
    // Whoever does it once does it throughout: one finding with all places.
    out.fail(others.iter().fold(failure, |failure, field| failure.at(*field)));
}

/// The measures of all forms, then those of the summaries.
fn measures<'a>(context: &'a Context<'_>) -> impl Iterator<Item = &'a TextField> {
    let accounts = context.accounts;
    let projects = accounts.evaluations.iter().flat_map(|form| &form.indicators);
    let wholes = accounts.whole_evaluations.iter().flat_map(|form| &form.indicators);
    let forms = projects.chain(wholes).filter_map(|indicator| indicator.measure.as_ref());
    forms.chain(accounts.summaries.iter().filter_map(|summary| summary.measures.as_ref()))
}

/// Whether general words make up nearly all of a text, and no number or title stands in it.
fn is_hollow(context: &Context<'_>, words: &str) -> bool {
    // The kind of reason may be printed before it.
    let words = words.split_once(':').map_or(words, |(_, rest)| rest);
    if words.contains(|c: char| c.is_ascii_digit() || c == '《') {
        return false;
    }
    let count = words.chars().filter(|c| is_han(*c)).count();
    if count < SHORTEST {
        return false;
    }
    let mut covered = 0_usize;
    let mut end = 0_usize;
    for (at, word) in context.scheme.settings.words("空泛措施的词").places(words) {
        let new = word.get(end.saturating_sub(at)..).filter(|_| end < at + word.len());
        covered += new.map_or(0, |new| new.chars().count());
        end = end.max(at + word.len());
    }
    covered * 100 >= count * HOLLOW
}
