//! The page of a rule.

use juesuan_model::RuleInfo;

use super::TextOptions;
use super::page::Page;
use super::style::Ink;
use crate::clean::lines;
use crate::labels::{self, Words};
use crate::width::Metric;

const INDENT: usize = 2;

/// The page of a rule, for a terminal.
#[must_use]
pub fn rule_page(info: &RuleInfo, options: TextOptions) -> String {
    let mut page = Page::new(options);
    let lang = options.lang;
    let ink = info.severity.map_or(Ink::Strong, Ink::from);
    page.prose_at(0, Some(ink), &format!("{}  {}", info.code, info.title_in(lang)));
    let severity = info.severity.map_or("", |severity| labels::severity(severity, lang));
    let status = labels::status(&info.status, lang);
    let facts: Vec<&str> = [severity, status].into_iter().filter(|s| !s.is_empty()).collect();
    page.prose_at(0, Some(Ink::Faint), &facts.join(lang.pick("，", ", ")));
    prose(&mut page, labels::LOOKS_AT, &info.checks);
    example(&mut page, labels::FORMULA, &info.formula);
    prose(&mut page, labels::WHY, &info.why);
    example(&mut page, labels::BAD, &info.bad);
    example(&mut page, labels::GOOD, &info.good);
    prose(&mut page, labels::BASIS, &info.basis);
    prose(&mut page, labels::FALSE_ALARMS, &info.false_alarms);
    prose(&mut page, labels::COVERS, &info.covers.join(lang.pick("、", ", ")));
    page.finish()
}

fn heading(page: &mut Page, words: Words) {
    page.blank();
    let words = words.say(page.lang);
    page.prose_at(0, Some(Ink::Strong), words);
}

/// Paragraphs, each wrapped.
fn prose(page: &mut Page, words: Words, text: &str) {
    let text = text.trim();
    if text.is_empty() {
        return;
    }
    heading(page, words);
    for line in text.lines() {
        page.prose_at(INDENT, None, line);
    }
}

/// Lines that stay as they are: formulas, parts of documents.
fn example(page: &mut Page, words: Words, text: &str) {
    let text = text.trim_matches(['\n', '\r']);
    if text.trim().is_empty() {
        return;
    }
    heading(page, words);
    let border = page.ink(Ink::Faint, "┃");
    for line in lines(text).lines() {
        page.line(&format!("  {border} {line}"));
    }
}

/// All rules, a line each: code, severity, title.
#[must_use]
pub fn rule_list(infos: &[RuleInfo], options: TextOptions) -> String {
    let mut page = Page::new(options);
    let lang = options.lang;
    let metric = Metric { wide_ambiguous: options.wide_ambiguous };
    let label = |info: &RuleInfo| info.severity.map_or("", |s| labels::severity(s, lang));
    let widest = infos.iter().map(|info| metric.cells(label(info))).max().unwrap_or(0);
    for info in infos {
        let severity = metric.left(label(info), widest);
        let severity = page.ink(info.severity.map_or(Ink::Faint, Ink::from), &severity);
        page.line(&format!("{}  {severity}  {}", info.code, info.title_in(lang)));
    }
    page.blank();
    page.prose_at(0, Some(Ink::Faint), &labels::rules(infos.len(), lang));
    page.finish()
}
