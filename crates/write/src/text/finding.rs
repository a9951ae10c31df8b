//! One finding, as a reader wants it: what, where, how it should be, why.

use juesuan_model::{Evidence, Finding};

use super::excerpt;
use super::page::Page;
use super::style::Ink;
use crate::SourceText;
use crate::clean::{one_line, shortened};
use crate::excerpt::Excerpt;
use crate::labels;
use crate::width::spaces;

/// How many further places are listed.
const MOST_PLACES: usize = 4;
/// How many consequences are named.
const MOST_CONSEQUENCES: usize = 3;
/// How many characters of a quote are shown.
const LONGEST_QUOTE: usize = 40;
const INDENT: usize = 2;

/// Writes a finding with everything that is known of it.
pub(crate) fn write(page: &mut Page, finding: &Finding, source: &SourceText<'_>) {
    let lang = page.lang;
    head(page, finding);
    page.prose_at(INDENT, None, &finding.message);
    let first = finding.evidence.first();
    let shown = first.and_then(|e| Excerpt::of(source, e, excerpt::window(page)));
    match (shown, first) {
        (Some(shown), _) => excerpt::write(page, &shown, finding.severity.into()),
        (None, Some(evidence)) => {
            page.field(INDENT, labels::QUOTE.say(lang), &quoted(evidence));
        }
        (None, None) => {}
    }
    values(page, finding);
    further(page, finding);
    page.field(INDENT, labels::HINT.say(lang), &finding.hint);
    page.field(INDENT, labels::BASIS.say(lang), &finding.basis);
    page.field(INDENT, labels::CAUSE.say(lang), finding.cause.as_deref().unwrap_or_default());
    consequences(page, finding);
}

/// Writes an accepted finding: what it is and who answers for it.
pub(crate) fn write_waived(page: &mut Page, finding: &Finding) {
    head(page, finding);
    page.prose_at(INDENT, None, &finding.message);
    if let Some(waiver) = &finding.waived {
        let said = labels::waiver(waiver, page.lang);
        page.field(INDENT, labels::WAIVED.say(page.lang), &said);
    }
}

/// Code and title at the left, the place at the right where there is room for it.
fn head(page: &mut Page, finding: &Finding) {
    let place = finding.evidence.first().map_or_else(String::new, |e| labels::place(e, page.lang));
    let (code, title) = (one_line(&finding.code), one_line(&finding.title));
    let used = [&*code, &title, &place].map(|text| page.metric.cells(text));
    let gap = page.prose().saturating_sub(used.iter().sum::<usize>()).saturating_sub(2);
    let code = page.ink(finding.severity.into(), &code);
    let faint = page.ink(Ink::Faint, &place);
    if gap >= 2 {
        let title = page.ink(Ink::Strong, &title);
        page.line_of(&[&code, "  ", &title, &spaces(gap), &faint]);
    } else {
        page.line_of(&[&code, "  ", &faint]);
        page.prose_at(INDENT, Some(Ink::Strong), &title);
    }
}

/// What is stated, what should be, the difference: on one line if they fit.
fn values(page: &mut Page, finding: &Finding) {
    let lang = page.lang;
    let all = [
        (labels::STATED.say(lang), one_line(&finding.stated)),
        (labels::EXPECTED.say(lang), one_line(&finding.expected)),
        (labels::DIFFERENCE.say(lang), one_line(&finding.difference)),
    ];
    let known = all.iter().filter(|(_, value)| !value.trim().is_empty());
    let length: usize = known
        .clone()
        .map(|(label, value)| page.metric.cells(label) + page.metric.cells(value) + 5)
        .sum();
    if length.saturating_add(INDENT) > page.prose() {
        for (label, value) in known {
            page.field(INDENT, label, value);
        }
        return;
    }
    let mut parts = Vec::new();
    for (label, value) in known {
        // The first label fills the column of labels that the lines below share.
        let width = if parts.is_empty() { page.label_width() } else { 0 };
        let label = page.metric.left(label, width);
        let (label, value) = (page.ink(Ink::Faint, &label), page.ink(Ink::Strong, value));
        parts.push(format!("{label}  {value}"));
    }
    if !parts.is_empty() {
        page.line_of(&[&spaces(INDENT), &parts.join("     ")]);
    }
}

/// The places that prove the finding beside the first.
fn further(page: &mut Page, finding: &Finding) {
    let mut label = labels::ALSO.say(page.lang);
    let home = crate::order::section(finding);
    let others = finding.evidence.iter().skip(1);
    for evidence in others.clone().take(MOST_PLACES) {
        let place = labels::place(evidence, page.lang);
        let elsewhere = if *evidence.section == *home { "" } else { &*evidence.section };
        let parts = [place.as_str(), elsewhere, &quoted(evidence)];
        let known: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        page.field(INDENT, label, &known.join("  "));
        label = "";
    }
    let rest = others.count().saturating_sub(MOST_PLACES);
    if rest > 0 {
        page.field(INDENT, "", &labels::more(rest, page.lang));
    }
}

fn consequences(page: &mut Page, finding: &Finding) {
    let all = &finding.consequences;
    if all.is_empty() {
        return;
    }
    let lang = page.lang;
    let named: Vec<&str> = all.iter().take(MOST_CONSEQUENCES).map(String::as_str).collect();
    let mut text = format!(
        "{}{}{}",
        labels::places(all.len(), lang),
        lang.pick("：", ": "),
        named.join(lang.pick("；", "; ")),
    );
    if let Some(rest) = all.len().checked_sub(MOST_CONSEQUENCES).filter(|rest| *rest > 0) {
        text.push_str(lang.pick("；", "; "));
        text.push_str(&labels::more(rest, lang));
    }
    page.field(INDENT, labels::CONSEQUENCES.say(lang), &text);
}

/// The quote of an evidence, short enough to be read at a glance.
fn quoted(evidence: &Evidence) -> String {
    if evidence.quote.trim().is_empty() {
        String::new()
    } else {
        format!("“{}”", shortened(&evidence.quote, LONGEST_QUOTE))
    }
}
