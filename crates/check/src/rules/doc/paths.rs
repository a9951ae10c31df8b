//! DOC016: the text misspells class, section or item.

use std::collections::BTreeSet;

use juesuan_model::{FactId, Severity};

use crate::words::fold;
use crate::{Context, Failure, Outcomes, Rule, Spot};

pub(crate) static RULE: Rule = Rule {
    code: "DOC016",
    title: "文字中的类款项名称与科目名称不一致",
    english: "The text names class, section or item otherwise than the forms",
    severity: Severity::Error,
    checks: "文字说明和名词解释中的类、款、项名称，与科目名称逐字相同；照抄决算表里的错名，由表的规则报告。",
    why: "科目名称写错一个字，就成了另一个科目。",
    bad: "第二部分 说明\n\n二、一般公共预算财政拨款支出\n\n（1）资源探勘工业信息等支出（类）制造业（款）其他制造业支出（项）10.00万元，主要是奖励等支出。\n\n一般公共预算财政拨款支出决算表\n\n功能分类科目编码\t科目名称\t小计\t基本支出\t项目支出\n215\t资源勘探工业信息等支出\t10.00\t0.00\t10.00\n21502\t制造业\t10.00\t0.00\t10.00\n2150299\t其他制造业支出\t10.00\t0.00\t10.00",
    good: "第二部分 说明\n\n二、一般公共预算财政拨款支出\n\n（1）资源勘探工业信息等支出（类）制造业（款）其他制造业支出（项）10.00万元，主要是奖励等支出。\n\n一般公共预算财政拨款支出决算表\n\n功能分类科目编码\t科目名称\t小计\t基本支出\t项目支出\n215\t资源勘探工业信息等支出\t10.00\t0.00\t10.00\n21502\t制造业\t10.00\t0.00\t10.00\n2150299\t其他制造业支出\t10.00\t0.00\t10.00",
    basis: "《政府收支分类科目》",
    false_alarms: "",
    covers: &["A13", "R066", "R088", "E46", "E47"],
    check,
};

fn check(context: &Context<'_>, out: &mut Outcomes) {
    let items = ["item", "item_short"].into_iter().flat_map(|name| context.statements(name));
    for statement in items.filter(|s| &*s.row != "?") {
        for (slot, length) in [("class", 3), ("section", 5), ("item", 7)] {
            let code = statement.row.get(..length);
            let (Some(code), Some((id, fact))) = (code, context.slot_of(statement, slot)) else {
                continue;
            };
            let Some(name) = name(context, code) else {
                out.not_checked(fact.subject.to_string(), "表中和目录中都没有这个科目的名称");
                continue;
            };
            let folded = fold(&fact.printed);
            let printed = behind_lead(&folded);
            // A wrong name copied from the forms is told of the forms.
            let is_copied = || printed_names(context, code).any(|name| fold(name) == *printed);
            if is_same(slot, printed, &fold(&name)) || is_copied() {
                out.pass(&[]);
            } else {
                let subject = format!("item[{}].{slot}", statement.row);
                fail(context, subject, &fact.printed, &name, Place::Fact(id), out);
            }
        }
    }
    classes(context, out);
    glossary(context, out);
}

/// Classes that are named with an amount: by a name that has been given up, or misspelt.
fn classes(context: &Context<'_>, out: &mut Outcomes) {
    misspelt_classes(context, out);
    for statement in context.accounts.statements.iter().filter(|s| s.row.len() == 3) {
        let named = context.slot_of(statement, "item").zip(name(context, &statement.row));
        let Some(((id, fact), name)) = named else { continue };
        let printed = fold(&fact.printed).replace("(类)", "");
        if is_same("class", &printed, &fold(&name)) {
            out.pass(&[]);
        } else {
            let subject = fact.subject.to_string();
            fail(context, subject, &fact.printed, &name, Place::Fact(id), out);
        }
    }
}

/// What leads to a list of names is no part of the first.
fn behind_lead(folded: &str) -> &str {
    folded.rsplit(':').next().unwrap_or(folded)
}

/// Whether a name is written as it ought to be. 教育（类） is the usual short form of a class.
fn is_same(slot: &str, printed: &str, name: &str) -> bool {
    printed == name || slot == "class" && name.strip_suffix("支出") == Some(printed)
}

/// Names before an amount that are nearly the name of a class with an amount, and no class.
fn misspelt_classes(context: &Context<'_>, out: &mut Outcomes) {
    let bare = |name: &str| {
        let name = fold(name).replace("(类)", "");
        let name = behind_lead(&name);
        let name = name.trim_matches(|c: char| !c.is_alphanumeric());
        name.trim_end_matches("支出").to_owned()
    };
    let rows = ["summary", "fiscal_summary"].into_iter().flat_map(|form| context.rows_of(form));
    let rows = rows.filter(|row| row.len() == 3);
    let codes: BTreeSet<&str> = rows.map(|row| &**row).collect();
    let names: Vec<String> = codes.iter().filter_map(|code| name(context, code)).collect();
    for statement in context.statements("class_name") {
        let Some((id, fact)) = context.slot_of(statement, "class") else { continue };
        let stated = bare(&fact.printed);
        let is_known = context.scheme.functional.entries.iter().any(|entry| {
            entry.code.len() == 3
                && std::iter::once(&entry.name).chain(&entry.former).any(|n| bare(n) == stated)
        });
        // In two characters every slip makes another word.
        let near = |name: &&String| {
            let name = bare(name);
            name.chars().count() > 3 && juesuan_model::changes(&name, &stated, 1).is_some()
        };
        match names.iter().find(near).filter(|_| !is_known) {
            Some(name) => {
                let subject = fact.subject.to_string();
                fail(context, subject, &fact.printed, name, Place::Fact(id), out);
            }
            None => out.not_applicable(),
        }
    }
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
    out.fail_once(match place {
        Place::Fact(id) => failure.figure(context, id),
        Place::Spot(spot) => failure.at(spot),
    });
}

/// The name of a code: as the catalogue has it, else as the forms print it.
fn name(context: &Context<'_>, code: &str) -> Option<String> {
    let printed = || printed_names(context, code).next();
    context.scheme.functional.name(code).or_else(printed).map(str::to_owned)
}

/// The names that forms print for a code.
fn printed_names<'c>(context: &'c Context<'_>, code: &str) -> impl Iterator<Item = &'c str> {
    ["general_expenditure", "funds", "state_capital", "expenditure", "income"]
        .into_iter()
        .filter_map(move |form| context.row_name(form, code))
        .filter(|name| !name.is_empty())
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
