//! DOC023: the duties speak of another department's field.

use juesuan_model::Severity;

use crate::{Context, Failure, Outcomes, Rule, Spot};

pub(crate) static RULE: Rule = Rule {
    code: "DOC023",
    title: "职责中出现别的部门的业务",
    english: "The duties speak of another department's field",
    severity: Severity::Warning,
    checks: "“贯彻落实关于某某工作的方针政策”中的某某，应是本部门的业务。",
    why: "职责常从范本或别的部门抄来，忘了改业务名称。",
    bad: "临溪市水务局2024年度部门决算\n\n第一部分 临溪市水务局概况\n\n一、主要职责\n\n临溪市水务局贯彻落实党中央关于财政工作的方针政策和决策部署。",
    good: "临溪市水务局2024年度部门决算\n\n第一部分 临溪市水务局概况\n\n一、主要职责\n\n临溪市水务局贯彻落实党中央关于水务工作的方针政策和决策部署。",
    basis: "部门“三定”规定",
    false_alarms: "兼有该项职能的部门请忽略。",
    covers: &["A24"],
    check,
};

/// What the phrases have in common that name the field of a department.
const PHRASES: [&str; 2] = ["工作的", "工作方针政策"];

fn check(context: &Context<'_>, out: &mut Outcomes) {
    let accounts = context.accounts;
    let Some(department) = &accounts.identity.department else { return out.not_applicable() };
    for passage in accounts
        .passages
        .iter()
        .filter(|p| p.section.contains("职责") || p.section.contains("职能"))
    {
        let text = passage.folded.as_str();
        // Most duties use none of these phrases.
        if !PHRASES.iter().any(|phrase| text.contains(phrase)) {
            continue;
        }
        for field in context.scheme.settings.words("部门业务") {
            let phrases = [
                format!("关于{field}工作的"),
                format!("{field}工作的方针政策"),
                format!("{field}工作方针政策"),
            ];
            let Some(phrase) = phrases.iter().find(|phrase| text.contains(&***phrase)) else {
                continue;
            };
            if department.text.contains(&**field) {
                out.pass(&[]);
                continue;
            }
            let message = format!("职责写“{phrase}”，而本部门是{}", department.text);
            let failure = Failure::new(format!("passage[{}].duties", passage.block), message);
            out.fail(failure.at(Spot::of_words(passage, phrase)));
        }
    }
}
