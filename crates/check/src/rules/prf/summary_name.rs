//! PRF113: a summary quotes another project's name, or its name differs from its form's.

use juesuan_model::{ProjectSummary, Severity, TextField, changes, similarity};

use crate::words::fold;
use crate::{Context, Failure, Outcomes, Rule, Spot};

pub(crate) static RULE: Rule = Rule {
    code: "PRF113",
    title: "综述引用的项目名称与本项目不符",
    english: "A summary quotes another name than its own",
    severity: Severity::Error,
    checks: "“……项目自评得分”前引用的名称应是本段的项目；综述标题与自评表的项目名称应一致（全角半角、破折号、“项目”等后缀不计）。",
    why: "名称是别的项目的，说明整段是抄来的。",
    bad: "第二部分 绩效自评情况\n\n（1）电力设施保护宣传项目自评综述：根据目标，电力设施保护宣传项目自评得分99分。\n\n（2）职称评审项目自评综述：根据目标，电力设施保护宣传项目自评得分98分。",
    good: "第二部分 绩效自评情况\n\n（1）电力设施保护宣传项目自评综述：根据目标，电力设施保护宣传项目自评得分99分。\n\n（2）职称评审项目自评综述：根据目标，职称评审项目自评得分98分。",
    basis: "综述与自评表反映同一项目",
    false_alarms: "名称只缺年度或“经费”等字的列为疑点或提示。",
    covers: &["P04", "X06", "E79", "P05", "E83"],
    check,
};

fn check(context: &Context<'_>, out: &mut Outcomes) {
    let all = &context.accounts.summaries;
    let names: Vec<String> = all.iter().map(|summary| key(&summary.name.text)).collect();
    for (index, (summary, own)) in all.iter().zip(&names).enumerate() {
        for quoted in &summary.quoted_names {
            quote(index, summary, quoted, &names, out);
        }
        form_name(context, index, (summary, own), out);
        repeated_head(context, index, summary, out);
    }
}

/// The opening words of a summary in the middle of it: another paragraph was pasted over.
fn repeated_head(
    context: &Context<'_>,
    index: usize,
    summary: &ProjectSummary,
    out: &mut Outcomes,
) {
    let Some(passage) = context.accounts.passages.get(summary.passage) else { return };
    let text = passage.folded.as_str();
    let ends = &context.scheme.performance.summary.name_ends;
    let repeated = ends.iter().find_map(|end| Some((end, text.match_indices(&**end).nth(1)?.0)));
    let Some((end, at)) = repeated else { return out.pass(&[]) };
    let message =
        format!("“{}”的综述里又出现了一次“{end}”，标题重复或贴错了段落", summary.name.text);
    let failure = Failure::new(format!("project[{index}].name"), message);
    out.fail(failure.at(Spot::in_passage(passage, at, at + end.len())).at(&summary.name));
}

const fn is_noise(c: char) -> bool {
    matches!(c, '"' | '\'' | '-' | '(' | ')' | '《' | '》' | '<' | '>' | '·' | '、' | ',')
}

/// A name without quotation marks, brackets and the words 项目 and 绩效 at its end.
fn key(name: &str) -> String {
    let folded: String = fold(name).chars().filter(|c| !is_noise(*c)).collect();
    let bare = folded.trim_end_matches("绩效").trim_end_matches("项目");
    bare.to_owned()
}

fn quote(
    index: usize,
    summary: &ProjectSummary,
    quoted: &TextField,
    names: &[String],
    out: &mut Outcomes,
) {
    let own = names.get(index).map_or("", |name| name);
    let said = key(&quoted.text);
    let inside = own.contains(&*said) || said.contains(own);
    let other = names.iter().enumerate().find(|(i, name)| *i != index && **name == said);
    if said.is_empty() || own == said || (inside && other.is_none()) {
        return out.pass(&[]);
    }
    let alike = similarity(own, &said);
    let severity = match other {
        Some(_) => Severity::Error,
        None if alike < 300 => Severity::Error,
        None => Severity::Warning,
    };
    let what = other.map_or_else(String::new, |(i, _)| format!("，那是第 {} 项", i + 1));
    let message = format!("“{}”的综述里写的是“{}自评得分”{what}", summary.name.text, quoted.text);
    let failure = Failure::new(format!("project[{index}].name"), message).severity(severity);
    out.fail(failure.values(&*quoted.text, &*summary.name.text).at(quoted).at(&summary.name));
}

fn form_name(
    context: &Context<'_>,
    index: usize,
    (summary, own): (&ProjectSummary, &str),
    out: &mut Outcomes,
) {
    let form = context.form_of(summary);
    let Some(form) = form.filter(|form| !form.name.text.is_empty()) else {
        return out.not_checked(format!("project[{index}].name"), "没有找到对应的自评表");
    };
    let other = key(&form.name.text);
    if own == other {
        return out.pass(&[]);
    }
    // One or two characters changed inside are a slip; something left off is another wording.
    let slip = !own.contains(&*other) && !other.contains(own) && changes(own, &other, 2).is_some();
    let severity = if slip { Severity::Error } else { Severity::Warning };
    let message = format!("综述写作“{}”，自评表写作“{}”", summary.name.text, form.name.text);
    let failure = Failure::new(format!("project[{index}].name"), message).severity(severity);
    out.fail(
        failure.values(&*summary.name.text, &*form.name.text).at(&summary.name).at(&form.name),
    );
}
