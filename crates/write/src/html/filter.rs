//! The form that narrows the list of findings. It stays hidden until its script runs.

use std::collections::HashMap;

use juesuan_model::{Finding, Lang, Report};

use super::markup::Markup;
use crate::labels::{self, FAMILIES};
use crate::order::{self, SEVERITIES};

/// Writes the form, offering only what occurs.
pub(super) fn write(m: &mut Markup, report: &Report, lang: Lang) {
    let about = [
        ("id", "filter"),
        ("class", "filter"),
        ("role", "search"),
        ("aria-label", labels::FILTER.say(lang)),
        ("data-shown", labels::SHOWN.say(lang)),
        ("hidden", ""),
    ];
    m.element("form", &about, |m| {
        words(m, lang);
        choices(m, "severity", labels::SEVERITY.say(lang), |m| {
            for severity in SEVERITIES {
                let name = labels::severities(severity).say(lang);
                choice(m, "severity", severity.id(), name, report.count(severity));
            }
        });
        let known = FAMILIES.iter().map(|(family, words)| {
            let n = open(report).filter(|f| labels::family(&f.code) == *family).count();
            (*family, words.say(lang), n)
        });
        choices(m, "family", labels::FAMILY.say(lang), |m| {
            for (family, words, n) in known {
                choice(m, "family", family, &format!("{words} {family}"), n);
            }
        });
        sections(m, report, lang);
        m.element("p", &[("class", "actions")], |m| {
            m.leaf("button", &[("type", "reset")], labels::RESET.say(lang));
        });
        m.raw("<p id=\"shown\" role=\"status\"></p>\n");
    });
}

fn words(m: &mut Markup, lang: Lang) {
    m.element("p", &[], |m| {
        m.leaf("label", &[("for", "words")], labels::SEARCH.say(lang));
        m.open(
            "input",
            &[
                ("id", "words"),
                ("name", "words"),
                ("type", "search"),
                ("autocomplete", "off"),
                ("placeholder", labels::SEARCH_HINT.say(lang)),
            ],
        );
    });
}

fn choices(m: &mut Markup, class: &'static str, title: &str, content: impl FnOnce(&mut Markup)) {
    m.element("fieldset", &[("class", class)], |m| {
        m.leaf("legend", &[], title);
        content(m);
    });
}

fn choice(m: &mut Markup, name: &'static str, value: &'static str, label: &str, n: usize) {
    if n == 0 {
        return;
    }
    m.element("label", &[("class", value)], |m| {
        m.open("input", &[("type", "checkbox"), ("name", name), ("value", value), ("checked", "")]);
        m.leaf("span", &[], label);
        m.leaf("span", &[("class", "n")], &labels::count(n));
    });
    m.raw("\n");
}

fn sections(m: &mut Markup, report: &Report, lang: Lang) {
    let numbers = section_numbers(report);
    let mut named: Vec<(&usize, &&str)> = numbers.iter().map(|(name, at)| (at, name)).collect();
    named.sort_unstable();
    if named.len() < 2 {
        return;
    }
    m.element("p", &[], |m| {
        m.leaf("label", &[("for", "section")], labels::SECTION.say(lang));
        m.element("select", &[("id", "section"), ("name", "section")], |m| {
            m.leaf("option", &[("value", "")], labels::ALL_SECTIONS.say(lang));
            for (at, name) in named {
                let name = if name.is_empty() { labels::WHOLE.say(lang) } else { name };
                m.leaf("option", &[("value", &at.to_string())], name);
            }
        });
    });
}

/// A number for each section with open findings, in the order of the document.
pub(super) fn section_numbers(report: &Report) -> HashMap<&str, usize> {
    let mut open: Vec<&Finding> = open(report).collect();
    open.sort_by_key(|finding| order::place(finding));
    let mut numbers = HashMap::new();
    for finding in open {
        let next = numbers.len();
        numbers.entry(order::section(finding)).or_insert(next);
    }
    numbers
}

fn open(report: &Report) -> impl Iterator<Item = &Finding> {
    report.findings.iter().filter(|finding| finding.waived.is_none())
}
