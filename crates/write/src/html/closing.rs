//! What stands behind the findings: accepted ones, what was not checked, the rules.

use std::collections::BTreeSet;

use juesuan_model::{Lang, Report, RuleInfo};

use super::markup::Markup;
use super::{Context, anchor, finding};
use crate::labels::{self, Words};
use crate::order;

/// The findings that somebody answers for.
pub(super) fn waived(m: &mut Markup, report: &Report, context: &Context<'_>) {
    let waived = order::waived(report);
    if waived.is_empty() {
        return;
    }
    let lang = context.lang;
    m.element("section", &[("id", "waived"), ("aria-labelledby", "waived-title")], |m| {
        m.leaf("h2", &[("id", "waived-title")], labels::WAIVED_FINDINGS.say(lang));
        for item in waived {
            finding::article(m, item, None, context);
        }
    });
}

/// What was not checked, by reason.
pub(super) fn not_checked(m: &mut Markup, report: &Report, context: &Context<'_>) {
    let reasons = order::reasons(report);
    if reasons.is_empty() {
        return;
    }
    let lang = context.lang;
    m.element("section", &[("id", "unchecked"), ("aria-labelledby", "unchecked-title")], |m| {
        m.leaf("h2", &[("id", "unchecked-title")], labels::NOT_CHECKED.say(lang));
        m.element("details", &[], |m| {
            let n = labels::items(report.not_checked.len(), lang);
            let meaning = labels::NOT_PASSED.say(lang);
            m.leaf("summary", &[], &format!("{n}{}{meaning}", lang.pick("，", ". ")));
            m.element("table", &[("class", "unchecked")], |m| {
                m.element("thead", &[], |m| {
                    m.element("tr", &[], |m| {
                        for words in [labels::CODE, labels::SUBJECT] {
                            m.leaf("th", &[("scope", "col")], words.say(lang));
                        }
                    });
                });
                for reason in &reasons {
                    by_reason(m, reason);
                }
            });
        });
    });
}

fn by_reason(m: &mut Markup, reason: &order::Reason<'_>) {
    m.element("tbody", &[], |m| {
        m.element("tr", &[], |m| {
            m.element("th", &[("scope", "rowgroup"), ("colspan", "2")], |m| {
                m.text(reason.why);
                m.raw(" ");
                m.leaf("span", &[("class", "n")], &labels::count(reason.items.len()));
            });
        });
        for item in &reason.items {
            m.element("tr", &[], |m| {
                m.leaf("td", &[], &item.code);
                m.element("td", &[], |m| m.leaf("code", &[], &item.subject));
            });
        }
    });
}

/// The pages of the rules that the findings name.
pub(super) fn rules(m: &mut Markup, report: &Report, rules: &[RuleInfo], lang: Lang) {
    let used: BTreeSet<&str> = report.findings.iter().map(|finding| &*finding.code).collect();
    let mut used: Vec<&RuleInfo> = rules.iter().filter(|rule| used.contains(&*rule.code)).collect();
    used.sort_by(|a, b| a.code.cmp(&b.code));
    if used.is_empty() {
        return;
    }
    m.element("section", &[("id", "rules"), ("aria-labelledby", "rules-title")], |m| {
        m.leaf("h2", &[("id", "rules-title")], labels::RULES.say(lang));
        for info in used {
            let id = anchor(&info.code);
            m.element("section", &[("class", "rule"), ("id", &id)], |m| rule(m, info, lang));
        }
    });
}

fn rule(m: &mut Markup, info: &RuleInfo, lang: Lang) {
    m.element("h3", &[], |m| {
        m.leaf("span", &[("class", "code")], &info.code);
        m.raw(" ");
        m.leaf("span", &[("lang", lang.pick("zh-CN", "en"))], info.title_in(lang));
    });
    let severity = info.severity.map_or("", |severity| labels::severity(severity, lang));
    let status = labels::status(&info.status, lang);
    let facts: Vec<&str> = [severity, status].into_iter().filter(|s| !s.is_empty()).collect();
    m.leaf("p", &[("class", "meaning")], &facts.join(lang.pick("，", ", ")));
    prose(m, labels::LOOKS_AT, &info.checks, lang);
    example(m, labels::FORMULA, &info.formula, lang);
    prose(m, labels::WHY, &info.why, lang);
    example(m, labels::BAD, &info.bad, lang);
    example(m, labels::GOOD, &info.good, lang);
    prose(m, labels::BASIS, &info.basis, lang);
    prose(m, labels::FALSE_ALARMS, &info.false_alarms, lang);
    prose(m, labels::COVERS, &info.covers.join(lang.pick("、", ", ")), lang);
}

fn prose(m: &mut Markup, words: Words, text: &str, lang: Lang) {
    if text.trim().is_empty() {
        return;
    }
    m.leaf("h4", &[], words.say(lang));
    for line in text.trim().lines() {
        m.leaf("p", &[("lang", "zh-CN")], line);
    }
}

fn example(m: &mut Markup, words: Words, text: &str, lang: Lang) {
    let text = text.trim_matches(['\n', '\r']);
    if text.trim().is_empty() {
        return;
    }
    m.leaf("h4", &[], words.say(lang));
    m.element("pre", &[("lang", "zh-CN"), ("tabindex", "0")], |m| m.preformatted(text));
}

/// The summary in one line, and what made the page.
pub(super) fn footer(m: &mut Markup, report: &Report, lang: Lang) {
    m.element("footer", &[], |m| {
        m.leaf("p", &[], &labels::verdict(report, lang));
        let made = format!("{} juesuan {}", labels::BY.say(lang), env!("CARGO_PKG_VERSION"));
        m.leaf("p", &[], &made);
    });
}
