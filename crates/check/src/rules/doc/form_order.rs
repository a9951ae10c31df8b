//! DOC026: the forms stand in another order or under other titles than the place prescribes.

use juesuan_model::{FormFound, Severity};

use crate::words::fold;
use crate::{Context, Failure, Outcomes, Rule};

pub(crate) static RULE: Rule = Rule {
    code: "DOC026",
    title: "公开表的次序、表号或表名与本地样式不同",
    english: "The forms stand in another order or under other titles than the place prescribes",
    severity: Severity::Warning,
    checks: "地方方案规定了九张公开表的次序和表名的，表的先后、表号、表名应与规定相同。",
    why: "同一地方的部门按同一次序、同一名称公开，读者才能逐个部门对照。",
    bad: "",
    good: "",
    basis: "《地方预决算公开操作规程》：公开内容的格式应当规范；地方方案所列的本地样式",
    false_alarms: "本地样式由已公开的文本推定、没有公布文本的，只作提示。没有规定次序的地方不检查。",
    covers: &["R071", "R123", "E11", "E12"],
    check,
};

fn check(context: &Context<'_>, out: &mut Outcomes) {
    let Some(disclosure) = &context.scheme.prescribed.disclosure else {
        return out.not_applicable();
    };
    let mut before: Option<(u32, &FormFound)> = None;
    for found in &context.accounts.forms {
        let Some(form) = context.scheme.form(&found.form) else { continue };
        if disclosure.forms.iter().all(|named| named.id != form.id) {
            out.not_applicable();
            continue;
        }
        title(context, found, &form.title, out);
        number(context, found, form.number, out);
        if let Some((_, other)) = before.filter(|(number, _)| *number > form.number) {
            let first = context.scheme.name_of(&other.form);
            let message = format!("《{}》排在《{first}》之后，本地样式在它之前", form.title);
            let failure = Failure::new(format!("{}[].order", found.form), message);
            let shown = found.title.iter().chain(&other.title);
            out.fail(shown.fold(severity(context, failure), |failure, field| failure.at(field)));
        } else {
            before = Some((form.number, found));
            out.pass(&[]);
        }
    }
}

fn title(context: &Context<'_>, found: &FormFound, expected: &str, out: &mut Outcomes) {
    let Some(printed) = &found.title else {
        return out.not_checked(format!("{}[].title", found.form), "这张表的表名没有读到");
    };
    if fold(&printed.text) == fold(expected) {
        return out.pass(&[]);
    }
    // Where the contents have the right title, the contradiction within the document is told.
    let contents = &context.accounts.contents;
    if contents.iter().any(|entry| fold(&entry.title.text) == fold(expected)) {
        return out.not_applicable();
    }
    let message = format!("表名写作“{}”，本地样式是“{expected}”", printed.text);
    let failure = Failure::new(format!("{}[].title", found.form), message);
    let failure = failure.values(&*printed.text, expected).at(printed);
    out.fail(severity(context, failure));
}

fn number(context: &Context<'_>, found: &FormFound, expected: u32, out: &mut Outcomes) {
    let Some(printed) = &found.number else { return out.not_applicable() };
    let digits: String = printed.text.chars().filter(char::is_ascii_digit).collect();
    if digits.parse() == Ok(expected) {
        return out.pass(&[]);
    }
    let expected = format!("公开{expected:02}表");
    let title = context.scheme.name_of(&found.form);
    let message = format!("《{title}》的表号写作“{}”，本地样式是“{expected}”", printed.text);
    let failure = Failure::new(format!("{}[].number", found.form), message);
    let failure = failure.values(&*printed.text, expected).at(printed);
    out.fail(severity(context, failure));
}

/// What is only inferred from published disclosures proves no more than a note.
fn severity(context: &Context<'_>, failure: Failure) -> Failure {
    if context.scheme.is_confirmed() { failure } else { failure.severity(Severity::Note) }
}
