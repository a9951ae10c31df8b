//! The report of one document: coverage, findings, what was accepted and what was not checked.

use juesuan_model::{Report, Severity};

use super::page::Page;
use super::style::Ink;
use super::{TextOptions, finding};
use crate::SourceText;
use crate::labels;
use crate::order::{self, Reason, SEVERITIES, Section};

/// How many reasons and codes of what was not checked are listed.
const MOST_REASONS: usize = 12;
const MOST_CODES: usize = 8;
/// The widest bar of the coverage.
const WIDEST_BAR: usize = 32;
const INDENT: usize = 2;

/// The report of one document, for a terminal.
#[must_use]
pub fn report(report: &Report, source: &SourceText<'_>, options: TextOptions) -> String {
    let mut page = Page::new(options);
    header(&mut page, report);
    coverage(&mut page, report);
    let mut is_empty = true;
    for severity in SEVERITIES {
        let sections = order::sections(report, severity);
        is_empty &= sections.is_empty();
        findings(&mut page, severity, &sections, source, options.per_section);
    }
    if is_empty {
        page.blank();
        let ink = if report.coverage.not_checked > 0 { Ink::Warning } else { Ink::Good };
        page.prose_at(0, Some(ink), &labels::nothing(report, options.lang));
    }
    waived(&mut page, report);
    not_checked(&mut page, report);
    page.blank();
    page.rule();
    let verdict = labels::verdict(report, page.lang);
    let label = labels::SUMMARY.say(page.lang);
    page.prose_at(0, Some(Ink::Strong), &format!("{label}  {verdict}"));
    page.finish()
}

fn header(page: &mut Page, report: &Report) {
    let (lang, document) = (page.lang, &report.document);
    page.prose_at(0, Some(Ink::Strong), labels::REPORT.say(lang));
    page.blank();
    page.field(INDENT, labels::DOCUMENT.say(lang), &document.path);
    page.field(INDENT, labels::DOC_TITLE.say(lang), labels::known(&document.title, lang));
    page.field(INDENT, labels::DEPARTMENT.say(lang), labels::known(&document.department, lang));
    let year = document.year.map(|year| year.to_string()).unwrap_or_default();
    page.field(INDENT, labels::YEAR.say(lang), labels::known(&year, lang));
    page.field(INDENT, labels::SCHEME.say(lang), labels::known(&document.scheme, lang));
    page.field(INDENT, "", &document.scheme_reason);
}

/// What was looked at, before anything that was found: only so is "nothing found" understood.
fn coverage(page: &mut Page, report: &Report) {
    let (lang, metric, coverage) = (page.lang, page.metric, &report.coverage);
    let rows = [
        (labels::PASSED, coverage.passed, Ink::Good),
        (labels::TAIL, coverage.rounding_tail, Ink::Note),
        (labels::FAILED, coverage.failed, Ink::Error),
        (labels::NOT_APPLICABLE, coverage.not_applicable, Ink::Faint),
        (labels::NOT_CHECKED, coverage.not_checked, Ink::Warning),
    ];
    let total = rows.iter().fold(0_usize, |sum, (_, n, _)| sum.saturating_add(*n));
    title(page, None, labels::COVERAGE.say(lang), &labels::items(total, lang));
    let names = rows.iter().map(|(words, ..)| metric.cells(words.say(lang))).max().unwrap_or(0);
    let numbers = metric.cells(&labels::count(total));
    for (words, n, ink) in rows {
        let name = metric.left(words.say(lang), names);
        let number = metric.right(&labels::count(n), numbers);
        let share = metric.right(&labels::share(n, total), 6);
        let bar = bar(n, total, WIDEST_BAR / metric.cells("█").max(1));
        let bar = page.ink(ink, &bar);
        page.line(&format!("  {name}  {number}  {share}  {bar}"));
    }
    if coverage.not_checked > 0 {
        let warning = labels::not_checked_warning(coverage.not_checked, lang);
        page.prose_at(INDENT, Some(Ink::Warning), &warning);
    }
    page.blank();
    let label = labels::FIGURES.say(lang);
    page.prose_at(INDENT, None, &format!("{label} {}", labels::figures(coverage, lang)));
}

/// A bar in eighths of a cell. What is not nothing shows at least the thinnest stroke.
fn bar(part: usize, whole: usize, widest: usize) -> String {
    let most = widest.saturating_mul(8);
    let Some(eighths) = part.saturating_mul(most).checked_div(whole) else {
        return String::new();
    };
    let eighths = if part > 0 { eighths.max(1) } else { 0 };
    let last = "▏▎▍▌▋▊▉".chars().nth((eighths % 8).wrapping_sub(1));
    format!("{}{}", "█".repeat(eighths / 8), last.map_or_else(String::new, String::from))
}

/// A title, what it counts and what it means, between empty lines.
fn title(page: &mut Page, ink: Option<Ink>, words: &str, about: &str) {
    page.blank();
    let width = page.metric.cells(words).saturating_add(page.metric.cells(about)).saturating_add(2);
    let words = page.ink(ink.unwrap_or(Ink::Strong), words);
    if width > page.prose() {
        page.line(&words);
        page.prose_at(0, Some(Ink::Faint), about);
    } else {
        let about = page.ink(Ink::Faint, about);
        page.line(&format!("{words}  {about}"));
    }
    page.rule();
}

fn findings(
    page: &mut Page,
    severity: Severity,
    sections: &[Section<'_>],
    source: &SourceText<'_>,
    per_section: Option<usize>,
) {
    if sections.is_empty() {
        return;
    }
    let count = sections.iter().map(|section| section.findings.len()).sum();
    let words = labels::severities(severity).say(page.lang);
    let words = format!("{words} {}", labels::count(count));
    let meaning = labels::severity_meaning(severity).say(page.lang);
    title(page, Some(severity.into()), &words, meaning);
    for section in sections {
        page.blank();
        let whole = labels::WHOLE.say(page.lang);
        let name = if section.title.is_empty() { whole } else { section.title };
        page.prose_at(0, Some(Ink::Strong), &format!("▍{name}"));
        let shown = per_section.unwrap_or(usize::MAX);
        for item in section.findings.iter().take(shown) {
            page.blank();
            finding::write(page, item, source);
        }
        if let Some(rest) = section.findings.len().checked_sub(shown).filter(|rest| *rest > 0) {
            page.blank();
            let words = labels::more_findings(rest, page.lang);
            page.prose_at(INDENT, Some(Ink::Faint), &words);
        }
    }
}

fn waived(page: &mut Page, report: &Report) {
    let waived = order::waived(report);
    if waived.is_empty() {
        return;
    }
    let words = labels::WAIVED_FINDINGS.say(page.lang);
    title(page, None, &format!("{words} {}", labels::count(waived.len())), "");
    for item in waived {
        page.blank();
        finding::write_waived(page, item);
    }
}

fn not_checked(page: &mut Page, report: &Report) {
    let reasons = order::reasons(report);
    if reasons.is_empty() {
        return;
    }
    let lang = page.lang;
    let words = labels::NOT_CHECKED.say(lang);
    let words = format!("{words} {}", labels::count(report.not_checked.len()));
    title(page, Some(Ink::Warning), &words, labels::NOT_PASSED.say(lang));
    let most = reasons.first().map_or(0, |reason| reason.items.len());
    let width = labels::count(most).len();
    for reason in reasons.iter().take(MOST_REASONS) {
        let number = page.metric.right(&labels::count(reason.items.len()), width);
        page.prose_at(INDENT, None, &format!("{number}  {}", reason.why));
        let codes = codes(page, reason);
        page.prose_at(width.saturating_add(4), Some(Ink::Faint), &codes);
    }
    if let Some(rest) = reasons.len().checked_sub(MOST_REASONS).filter(|rest| *rest > 0) {
        page.prose_at(INDENT, Some(Ink::Faint), &labels::more(rest, lang));
    }
}

/// The codes of a reason, folded to a few: a code that stands for many subjects says how many.
fn codes(page: &Page, reason: &Reason<'_>) -> String {
    let all = order::codes(&reason.items);
    let named = all.iter().take(MOST_CODES).map(|(code, n)| match n {
        1 => (*code).to_owned(),
        n => format!("{code} × {}", labels::count(*n)),
    });
    let mut parts: Vec<String> = named.collect();
    if let Some(rest) = all.len().checked_sub(MOST_CODES).filter(|rest| *rest > 0) {
        parts.push(match page.lang {
            juesuan_model::Lang::Zh => format!("另有 {rest} 条规则"),
            juesuan_model::Lang::En => format!("and {rest} more rules"),
        });
    }
    parts.join(page.lang.pick("，", ", "))
}
