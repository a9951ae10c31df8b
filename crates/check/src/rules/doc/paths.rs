//! DOC016: the text misspells class, section or item.

use juesuan_model::{FactId, Severity};

use crate::words::fold;
use crate::{Context, Failure, Outcomes, Rule, Spot};

pub(crate) static RULE: Rule = Rule {
    code: "DOC016",
    title: "文字中的类款项名称与科目名称不一致",
    english: "The text names class, section or item otherwise than the forms",
    severity: Severity::Error,
    checks: "文字说明和名词解释中的类、款、项名称，与决算表（表中空白时与目录）的科目名称逐字相同。",
    why: "科目名称写错一个字，就成了另一个科目。",
    bad: "第二部分 说明\n\n二、一般公共预算财政拨款支出\n\n（1）资源探勘工业信息等支出（类）制造业（款）其他制造业支出（项）10.00万元，主要是奖励等支出。\n\n一般公共预算财政拨款支出决算表\n\n功能分类科目编码\t科目名称\t小计\t基本支出\t项目支出\n215\t资源勘探工业信息等支出\t10.00\t0.00\t10.00\n21502\t制造业\t10.00\t0.00\t10.00\n2150299\t其他制造业支出\t10.00\t0.00\t10.00",
    good: "第二部分 说明\n\n二、一般公共预算财政拨款支出\n\n（1）资源勘探工业信息等支出（类）制造业（款）其他制造业支出（项）10.00万元，主要是奖励等支出。\n\n一般公共预算财政拨款支出决算表\n\n功能分类科目编码\t科目名称\t小计\t基本支出\t项目支出\n215\t资源勘探工业信息等支出\t10.00\t0.00\t10.00\n21502\t制造业\t10.00\t0.00\t10.00\n2150299\t其他制造业支出\t10.00\t0.00\t10.00",
    basis: "《政府收支分类科目》",
    false_alarms: "",
    covers: &["A13", "R066", "R088", "E46", "E47"],
    check,
};

fn check(context: &Context<'_>, out: &mut Outcomes) {
    for statement in context.statements("item").filter(|s| &*s.row != "?") {
        for (slot, length) in [("class", 3), ("section", 5), ("item", 7)] {
            let code = statement.row.get(..length);
            let (Some(code), Some((id, fact))) = (code, context.slot_of(statement, slot)) else {
                continue;
            };
            let Some(name) = name(context, code) else {
                out.not_checked(fact.subject.to_string(), "表中和目录中都没有这个科目的名称");
                continue;
            };
            if fold(&fact.printed) == fold(&name) {
                out.pass(&[]);
            } else {
                let subject = format!("item[{}].{slot}", statement.row);
                fail(context, subject, &fact.printed, &name, Place::Fact(id), out);
            }
        }
    }
    glossary(context, out);
}

enum Place {
    Fact(FactId),
    Spot(Spot),
}

fn fail(
    context: &Context<'_>,
    subject: String,
    stated: &str,
    name: &str,
    place: Place,
    out: &mut Outcomes,
) {
    let message = format!("文字写作“{stated}”，科目名称是“{name}”");
    let failure = Failure::new(subject, message).values(stated, name);
    out.fail(match place {
        Place::Fact(id) => failure.figure(context, id),
        Place::Spot(spot) => failure.at(spot),
    });
}

/// The name of a code: as the forms print it, else as the catalogue has it.
fn name(context: &Context<'_>, code: &str) -> Option<String> {
    let printed = ["general_expenditure", "funds", "state_capital", "expenditure", "income"]
        .iter()
        .filter_map(|form| context.row_name(form, code))
        .find(|name| !name.is_empty());
    context.scheme.functional.name(code).or(printed).map(str::to_owned)
}

/// Whether two paths name the same class and item, and sections that are alike: an old name, as a
/// rule.
fn differs_in_section(a: &str, b: &str) -> bool {
    let (a, b): (Vec<&str>, Vec<&str>) = (a.split(')').collect(), b.split(')').collect());
    match (a.as_slice(), b.as_slice()) {
        ([class, section, item, _], [same_class, other, same_item, _]) => {
            class == same_class
                && item == same_item
                && section != other
                && juesuan_model::similarity(section, other) >= 500
        }
        _ => false,
    }
}

/// Terms of the glossary that differ from a paragraph's path by a few characters.
fn glossary(context: &Context<'_>, out: &mut Outcomes) {
    let mut names: Vec<(String, String)> = Vec::new();
    for found in &context.accounts.forms {
        for (code, _) in found.rows.iter().filter(|(code, _)| code.len() == 7) {
            let part = |length: usize| code.get(..length).and_then(|code| name(context, code));
            if let (Some(class), Some(section), Some(item)) = (part(3), part(5), part(7)) {
                let path = format!("{class}（类）{section}（款）{item}（项）");
                if !names.iter().any(|(known, _)| *known == path) {
                    names.push((path.clone(), fold(&path).into_owned()));
                }
            } else if let Some(class) = part(3) {
                // At least the class is known.
                let marker = format!("{class}（类）");
                if !names.iter().any(|(known, _)| *known == marker) {
                    names.push((marker.clone(), fold(&marker).into_owned()));
                }
            }
        }
    }
    for entry in &context.accounts.glossary {
        let term = fold(&entry.term.text);
        if !term.contains("(项)") {
            continue;
        }
        if names.iter().any(|(_, path)| *path == term || term.starts_with(&**path)) {
            out.pass(&[]);
            continue;
        }
        let near = names.iter().find(|(_, path)| {
            let same_length =
                term.get(..).map(|t| t.chars().take(path.chars().count()).collect::<String>());
            juesuan_model::changes(&term, path, 3).is_some()
                || differs_in_section(&term, path)
                || path.ends_with("(类)")
                    && same_length
                        .is_some_and(|cut| juesuan_model::changes(&cut, path, 2).is_some())
        });
        match near {
            Some((right, _)) => {
                let spot = Spot::from(&entry.term);
                fail(
                    context,
                    "glossary[].term".to_owned(),
                    &entry.term.text,
                    right,
                    Place::Spot(spot),
                    out,
                );
            }
            None => out.pass(&[]),
        }
    }
}
