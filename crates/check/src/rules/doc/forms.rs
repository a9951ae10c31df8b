//! DOC001: a statutory form or a section that must be public is missing.

use juesuan_model::Severity;
use juesuan_scheme::Form;

use crate::context::MAY_BE_UNREAD;
use crate::{Context, Failure, Outcomes, Rule};

pub(crate) static RULE: Rule = Rule {
    code: "DOC001",
    title: "缺少法定公开表或必需的说明",
    english: "A statutory form or a mandatory section is missing",
    severity: Severity::Error,
    checks: "九张法定公开表都应列出（没有数据的列空表）；职责、机构、收支总体、财政拨款、“三公”经费、机关运行经费、政府采购、国有资产、绩效、名词解释都应有说明。",
    why: "应当公开的内容不得遗漏。",
    bad: "第一部分 概况\n\n一、主要职责\n\n制订规划。\n\n财政拨款“三公”经费支出决算表\n\n项目\t预算数\t决算数\n合计\t10.00\t10.00\n公务接待费\t10.00\t10.00",
    good: "",
    basis: "《预算法》第十四条；《地方预决算公开操作规程》",
    false_alarms: "只有文字或只有表的文件，另一半不作判断。",
    covers: &["E06", "E08", "E10", "R123"],
    check,
};

/// Text shorter than this is no narrative.
const NARRATIVE: usize = 400;

fn check(context: &Context<'_>, out: &mut Outcomes) {
    let accounts = context.accounts;
    if accounts.forms.is_empty() {
        out.not_checked("forms[].title", "没有读到决算表");
    } else {
        for form in context.scheme.forms.iter().filter(|form| form.statutory) {
            if context.form(&form.id).is_some() {
                out.pass(&[]);
            } else if context.has_unread_tables() {
                out.not_checked(format!("{}[].title", form.id), MAY_BE_UNREAD);
            } else {
                out.fail(missing(context, form));
            }
        }
    }
    if context.narrative() < NARRATIVE {
        return out.not_checked("document[].sections", "没有读到文字说明");
    }
    for section in &context.scheme.structure.sections {
        let named = accounts.headings.iter().any(|h| section.words.occur_in(&h.title.text))
            || accounts.passages.iter().any(|p| {
                section.words.occur_in(&p.section) || section.words.occur_in(p.folded.as_str())
            });
        if named {
            out.pass(&[]);
            continue;
        }
        let subject = format!("document[{}].section", section.id);
        if context.has_unread_pages() {
            out.not_checked(subject, MAY_BE_UNREAD);
            continue;
        }
        let message =
            format!("没有找到“{}”；没有的也应说明没有（{}）", section.name, section.basis);
        out.fail(Failure::new(subject, message));
    }
}

/// What some places publish in words or by itself lacks only the form.
fn missing(context: &Context<'_>, form: &Form) -> Failure {
    let subject = format!("{}[].title", form.id);
    let sentence = form.told_by.as_ref();
    match sentence.and_then(|sentence| context.statements(sentence).next()) {
        Some(_) => {
            let message =
                format!("没有找到《{}》，文字里已经写明总额；另行公开的不算遗漏", form.title);
            Failure::new(subject, message).severity(Severity::Note)
        }
        None => {
            let message = format!("没有找到《{}》；没有数据也应列空表并说明", form.title);
            Failure::new(subject, message)
        }
    }
}
