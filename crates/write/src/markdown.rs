//! Pages of rules for the documentation.

use std::fmt::Write as _;

use juesuan_model::{Lang, RuleInfo};

use crate::clean::{lines, one_line, verbatim};
use crate::labels::{self, FAMILIES, Words};

/// The page of a rule, as Markdown.
#[must_use]
pub fn rule_page(info: &RuleInfo, lang: Lang) -> String {
    let mut out = format!("# {} {}\n", cell(&info.code), cell(info.title_in(lang)));
    out.push_str(&body(info, lang));
    out
}

/// The page without its title, for formats that have a title of their own.
pub(crate) fn body(info: &RuleInfo, lang: Lang) -> String {
    let mut out = String::new();
    facts(&mut out, info, lang);
    prose(&mut out, labels::LOOKS_AT, &info.checks, lang);
    fenced(&mut out, labels::FORMULA, &info.formula, lang);
    prose(&mut out, labels::WHY, &info.why, lang);
    fenced(&mut out, labels::BAD, &info.bad, lang);
    fenced(&mut out, labels::GOOD, &info.good, lang);
    prose(&mut out, labels::BASIS, &info.basis, lang);
    prose(&mut out, labels::FALSE_ALARMS, &info.false_alarms, lang);
    out
}

/// The table of all rules, family by family, each linked to its page in the same folder.
#[must_use]
pub fn rule_table(infos: &[RuleInfo], lang: Lang) -> String {
    let mut out = format!("# {}\n", labels::RULES.say(lang));
    for (family, words) in FAMILIES {
        let members = infos.iter().filter(|info| labels::family(&info.code) == family);
        table(&mut out, &format!("{family} {}", words.say(lang)), members, lang);
    }
    let known = |info: &&RuleInfo| FAMILIES.iter().any(|(f, _)| *f == labels::family(&info.code));
    let others = infos.iter().filter(|info| !known(info));
    table(&mut out, lang.pick("其他", "Others"), others, lang);
    out
}

fn table<'a>(out: &mut String, title: &str, infos: impl Iterator<Item = &'a RuleInfo>, lang: Lang) {
    let mut infos = infos.peekable();
    if infos.peek().is_none() {
        return;
    }
    let head = [labels::CODE, labels::TITLE, labels::SEVERITY, labels::STATUS];
    let head = head.map(|words| words.say(lang)).join(" | ");
    put(out, format_args!("\n## {title}\n\n| {head} |\n|---|---|---|---|\n"));
    for info in infos {
        let code = cell(&info.code);
        let severity = info.severity.map_or("", |severity| labels::severity(severity, lang));
        let status = cell(labels::status(&info.status, lang));
        let title = cell(info.title_in(lang));
        put(out, format_args!("| [{code}]({code}.md) | {title} | {severity} | {status} |\n"));
    }
}

fn facts(out: &mut String, info: &RuleInfo, lang: Lang) {
    let severity = info.severity.map_or("", |severity| labels::severity(severity, lang));
    let covers = info.covers.join(lang.pick("、", ", "));
    let facts = [
        (labels::SEVERITY, severity),
        (labels::STATUS, labels::status(&info.status, lang)),
        (labels::COVERS, covers.as_str()),
    ];
    let known: Vec<String> = facts
        .iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(words, value)| format!("**{}** {}", words.say(lang), cell(value)))
        .collect();
    if !known.is_empty() {
        put(out, format_args!("\n{}\n", known.join(" · ")));
    }
}

fn prose(out: &mut String, words: Words, text: &str, lang: Lang) {
    let text = text.trim();
    if !text.is_empty() {
        let text = lines(text).replace('<', "\\<").replace('*', "\\*");
        put(out, format_args!("\n## {}\n\n{text}\n", words.say(lang)));
    }
}

/// A block of text as it is. The fence is longer than any run of backticks within.
fn fenced(out: &mut String, words: Words, text: &str, lang: Lang) {
    let text = text.trim_matches(['\n', '\r']);
    if text.trim().is_empty() {
        return;
    }
    let runs = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(runs.saturating_add(1).max(3));
    let text = verbatim(text);
    put(out, format_args!("\n## {}\n\n{fence}text\n{text}\n{fence}\n", words.say(lang)));
}

/// Text on one line that neither ends a cell of a table nor begins markup.
fn cell(text: &str) -> String {
    one_line(text).replace('|', "\\|").replace('<', "\\<").replace('*', "\\*")
}

/// Writing to a string cannot fail.
fn put(out: &mut String, text: std::fmt::Arguments<'_>) {
    let _ = out.write_fmt(text);
}
