//! DOC004: the head of a form lacks an element, or its number is out of order.

use juesuan_model::{FormFound, Severity, TextField};

use crate::words::fold;
use crate::{Context, Failure, Outcomes, Rule};

pub(crate) static RULE: Rule = Rule {
    code: "DOC004",
    title: "表头要件缺失，或表号、年度、部门、单位写错",
    english: "The head of a form lacks an element or disagrees with the document",
    severity: Severity::Error,
    checks: "每张表应有表名、公开表号、部门、年度、金额单位；表号连续不重复；部门和年度与封面一致；全套表金额单位一致。",
    why: "表单独流传时，只有表头能说明它是谁的、哪一年的、什么单位。",
    bad: "某市水务局2024年度部门决算\n\n收入决算表\n\n公开02表\n\n部门：某市水务局\n\n2023年度\n\n金额单位：万元\n\n功能分类科目编码\t科目名称\t本年收入合计\t财政拨款收入\n合计\t\t10.00\t10.00\n205\t教育支出\t10.00\t10.00",
    good: "某市水务局2024年度部门决算\n\n收入决算表\n\n公开02表\n\n部门：某市水务局\n\n2024年度\n\n金额单位：万元\n\n功能分类科目编码\t科目名称\t本年收入合计\t财政拨款收入\n合计\t\t10.00\t10.00\n205\t教育支出\t10.00\t10.00",
    basis: "公开表的格式",
    false_alarms: "首页丢失、整个表头都没有读到的，列为未核验；多数表都没有的要件是当地的格式，只提示一次。",
    covers: &["A17", "A21", "R071", "R124", "R125", "E12", "E81", "E60"],
    check,
};

fn check(context: &Context<'_>, out: &mut Outcomes) {
    let usual = usual_elements(context, out);
    for found in &context.accounts.forms {
        let title = context.scheme.name_of(&found.form);
        if found.title.is_none() && found.number.is_none() && found.department.is_none() {
            out.not_checked(format!("{}[].head", found.form), format!("《{title}》的表头没有读到"));
            continue;
        }
        elements(found, title, &usual, out);
        year(context, found, title, out);
        department(context, found, title, out);
        unit(context, found, title, out);
    }
    numbers(context, out);
}

/// What the head of a form should hold.
const ELEMENTS: [&str; 5] = ["表名", "公开表号", "部门", "年度", "金额单位"];

/// The elements with whether they were printed.
fn elements_of(found: &FormFound) -> Vec<(&'static str, bool)> {
    let printed = [&found.title, &found.number, &found.department, &found.year, &found.unit];
    ELEMENTS.into_iter().zip(printed.map(Option::is_some)).collect()
}

/// The elements that forms of this document print. What most of them lack is the way of the
/// place, and said once.
fn usual_elements(context: &Context<'_>, out: &mut Outcomes) -> Vec<&'static str> {
    let forms = &context.accounts.forms;
    let having = |name| forms.iter().filter(|f| elements_of(f).contains(&(name, true))).count();
    let is_usual = |name: &&'static str| forms.len() < 3 || 2 * having(*name) > forms.len();
    let (usual, rare): (Vec<_>, Vec<_>) = ELEMENTS.into_iter().partition(is_usual);
    if !rare.is_empty() {
        let message = format!("各表的表头大多没有{}", rare.join("、"));
        let failure = Failure::new("form[].head", message).severity(Severity::Note);
        let shown = forms.iter().find_map(|found| found.title.as_ref());
        out.fail(shown.into_iter().fold(failure, |failure, field| failure.at(field)));
    }
    usual
}

fn elements(found: &FormFound, title: &str, usual: &[&str], out: &mut Outcomes) {
    let parts = elements_of(found);
    let lacks = |(name, has): &&(&'static str, bool)| !has && usual.contains(name);
    let lacking: Vec<&str> = parts.iter().filter(lacks).map(|(name, _)| *name).collect();
    if lacking.is_empty() {
        return out.pass(&[]);
    }
    let message = format!("《{title}》的表头缺少{}", lacking.join("、"));
    let failure =
        Failure::new(format!("{}[].head", found.form), message).severity(Severity::Warning);
    let shown = found.title.iter().chain(&found.number).chain(&found.department).take(1);
    out.fail(shown.fold(failure, |failure, field| failure.at(field)));
}

fn year(context: &Context<'_>, found: &FormFound, title: &str, out: &mut Outcomes) {
    let (Some(year), Some(printed)) = (context.accounts.identity.year, &found.year) else {
        return out.not_applicable();
    };
    let expected = year.to_string();
    if *printed.text == *expected {
        return out.pass(&[]);
    }
    let message = format!("《{title}》的年度写作 {}，本文件是 {expected} 年度", printed.text);
    let failure = Failure::new(format!("{}[].year", found.form), message);
    out.fail(failure.values(&*printed.text, expected).at(printed));
}

/// The name most forms print; a form that differs by little has a slip.
fn department(context: &Context<'_>, found: &FormFound, title: &str, out: &mut Outcomes) {
    let Some(own) = &found.department else { return out.not_applicable() };
    let Some(usual) =
        usual(context.accounts.forms.iter().filter_map(|form| form.department.as_ref()))
    else {
        return out.not_applicable();
    };
    if fold(&own.text) == usual {
        return out.pass(&[]);
    }
    let message = format!("《{title}》的部门写作“{}”，别的表写作“{usual}”", own.text);
    let failure = Failure::new(format!("{}[].department", found.form), message);
    out.fail(failure.values(&*own.text, usual).at(own));
}

fn unit(context: &Context<'_>, found: &FormFound, title: &str, out: &mut Outcomes) {
    let Some(own) = &found.unit else { return out.not_applicable() };
    let Some(usual) = usual(context.accounts.forms.iter().filter_map(|form| form.unit.as_ref()))
    else {
        return out.not_applicable();
    };
    if fold(&own.text) == usual {
        return out.pass(&[]);
    }
    let message = format!("《{title}》的金额单位是“{}”，别的表是“{usual}”", own.text);
    let failure = Failure::new(format!("{}[].unit", found.form), message).severity(Severity::Note);
    out.fail(failure.values(&*own.text, usual).at(own));
}

/// The value that most fields have, when at least two agree.
fn usual<'a>(fields: impl Iterator<Item = &'a TextField>) -> Option<String> {
    let mut counts: Vec<(String, usize)> = Vec::new();
    for field in fields {
        let folded = fold(&field.text).into_owned();
        match counts.iter_mut().find(|(text, _)| *text == folded) {
            Some((_, count)) => *count += 1,
            None => counts.push((folded, 1)),
        }
    }
    let most = counts.iter().max_by_key(|(_, count)| *count)?;
    (most.1 > 1).then(|| most.0.clone())
}

/// 公开01表 to 公开09表, in the order the forms stand.
fn numbers(context: &Context<'_>, out: &mut Outcomes) {
    let numbered: Vec<(&FormFound, &TextField, u32)> = context
        .accounts
        .forms
        .iter()
        .filter_map(|found| {
            let field = found.number.as_ref()?;
            let digits: String = field.text.chars().filter(char::is_ascii_digit).collect();
            Some((found, field, digits.parse().ok()?))
        })
        .collect();
    // Numbers between can be those of further tables.
    let has_others = context.accounts.unread.iter().any(|part| part.code == "RDG002");
    // What follows a wrong number is held against the right one.
    let mut before: Option<u32> = None;
    for (index, (found, field, number)) in numbered.iter().enumerate() {
        let after = numbered.get(index + 1).map(|(_, _, after)| *after);
        let Some(expected) = before.map(|before| before + 1).filter(|expected| {
            // After forms that are missing the number still is the form's own; otherwise the odd
            // one out disagrees with what stands before and behind it.
            let is_own =
                context.scheme.form(&found.form).is_some_and(|form| form.number == *number);
            let is_behind_others = has_others && number > expected;
            !is_own
                && !is_behind_others
                && expected != number
                && after.is_none_or(|after| expected + 1 == after)
        }) else {
            before = Some(*number);
            out.pass(&[]);
            continue;
        };
        before = Some(expected);
        let expected = format!("公开{expected:02}表");
        let message = format!(
            "《{}》的表号写作“{}”，应为“{expected}”",
            context.scheme.name_of(&found.form),
            field.text
        );
        let failure = Failure::new(format!("{}[].number", found.form), message);
        out.fail(failure.values(&*field.text, expected).at(*field));
    }
}
