//! The report as notes on the pages of the document itself.
//!
//! One note for each place, whatever number of findings stand there: viewers show only the topmost
//! of several. The first page has a note with how much was checked.

use juesuan_model::{Finding, Lang, Report, Severity};

use crate::clean::{lines, one_line, shortened};
use crate::labels::{self, Words};
use crate::spots::{Numbered, Tone, home, spots};

/// How many places are marked. Viewers become slow by thousands of notes.
const MOST_SPOTS: usize = 2_000;
/// How many findings one note tells.
const MOST_FINDINGS: usize = 20;
/// How many further places, and consequences, are named.
const MOST_LISTED: usize = 10;
/// How many characters a message may have.
const LONGEST_MESSAGE: usize = 1_000;
const LONGEST_QUOTE: usize = 40;

/// A note on a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// The page, from 1.
    pub page: u32,
    /// Where on it, in points: left, top, right and bottom from the upper left corner. Without it the
    /// note belongs to the page as a whole.
    pub bbox: Option<[i32; 4]>,
    /// Red, green and blue: pale for a place to be marked, strong for a page.
    pub colour: [u8; 3],
    /// What it is about, in one line.
    pub subject: String,
    /// What it says.
    pub text: String,
}

/// The notes of a report: how much was checked, then page by page.
#[must_use]
pub fn notes(report: &Report, lang: Lang) -> Vec<Note> {
    let spots = spots((1..).zip(&report.findings), MOST_SPOTS);
    let mut notes = vec![summary(report, spots.left_out, lang)];
    for (_, finding) in spots.placeless {
        notes.push(Note {
            page: home(finding).unwrap_or(1),
            bbox: None,
            colour: strong(Tone::of(finding)),
            subject: name(finding, lang),
            text: told(finding, lang),
        });
    }
    for spot in spots.placed {
        let own = spot.own.iter().map(|(_, finding)| told(finding, lang));
        let beside = spot.beside.iter().map(|(_, finding)| held_against(finding, lang));
        let count = spot.own.len().saturating_add(spot.beside.len());
        let mut texts: Vec<String> = own.chain(beside).take(MOST_FINDINGS).collect();
        if let Some(rest) = count.checked_sub(MOST_FINDINGS).filter(|rest| *rest > 0) {
            texts.push(labels::more(rest, lang));
        }
        notes.push(Note {
            page: spot.page,
            bbox: Some(spot.bbox),
            colour: pale(spot.tone()),
            subject: subject(&spot.own, &spot.beside, lang),
            text: texts.join("\n\n"),
        });
    }
    notes
}

/// As laid over text: it must stay readable, and differ in print without colours as well.
const fn pale(tone: Tone) -> [u8; 3] {
    match tone {
        Tone::Open(Severity::Error) => [0xFF, 0xA9, 0x9E],
        Tone::Open(Severity::Warning) => [0xFF, 0xD5, 0x6B],
        Tone::Open(Severity::Note) => [0xAF, 0xD6, 0xFF],
        Tone::Waived => [0xCF, 0xCF, 0xCF],
        Tone::Beside => [0xD3, 0xEF, 0xC6],
    }
}

/// As an icon.
const fn strong(tone: Tone) -> [u8; 3] {
    match tone {
        Tone::Open(Severity::Error) => [0xB3, 0x26, 0x1E],
        Tone::Open(Severity::Warning) => [0x9A, 0x5D, 0x00],
        Tone::Open(Severity::Note) => [0x2F, 0x5D, 0x83],
        Tone::Waived => [0x6B, 0x6B, 0x6B],
        Tone::Beside => [0x23, 0x69, 0x4F],
    }
}

/// How much was checked, and what the colours mean.
fn summary(report: &Report, left_out: usize, lang: Lang) -> Note {
    let mut parts = vec![
        labels::verdict(report, lang),
        field(labels::FIGURES, &labels::figures(&report.coverage, lang), lang),
    ];
    if report.findings.is_empty() {
        parts.insert(0, labels::nothing(report, lang));
    }
    if left_out > 0 {
        parts.push(labels::not_marked(left_out, lang));
    }
    parts.push(labels::COLOURS.say(lang).to_owned());
    parts.push(format!("juesuan {}", env!("CARGO_PKG_VERSION")));
    Note {
        page: 1,
        bbox: None,
        colour: strong(Tone::Beside),
        subject: labels::REPORT.say(lang).to_owned(),
        text: parts.join("\n"),
    }
}

fn subject(own: &[Numbered<'_>], beside: &[Numbered<'_>], lang: Lang) -> String {
    match (own, beside) {
        ([(_, finding), ..], _) => name(finding, lang),
        ([], [(_, finding), ..]) => field(labels::HELD_AGAINST, &name(finding, lang), lang),
        ([], []) => String::new(),
    }
}

/// Severity, code and title.
fn name(finding: &Finding, lang: Lang) -> String {
    let severity = labels::severity(finding.severity, lang);
    format!("{severity} {} {}", one_line(&finding.code), one_line(&finding.title))
}

/// Everything that is known of a finding.
fn told(finding: &Finding, lang: Lang) -> String {
    let waived = finding.waived.as_ref().map(|waiver| labels::waiver(waiver, lang));
    let fields = [
        (labels::WAIVED, waived.unwrap_or_default()),
        (labels::STATED, finding.stated.clone()),
        (labels::EXPECTED, finding.expected.clone()),
        (labels::DIFFERENCE, finding.difference.clone()),
        (labels::ALSO, others(finding, lang)),
        (labels::HINT, finding.hint.clone()),
        (labels::BASIS, finding.basis.clone()),
        (labels::CAUSE, finding.cause.clone().unwrap_or_default()),
        (labels::CONSEQUENCES, consequences(finding, lang)),
    ];
    let message = shortened(&finding.message, LONGEST_MESSAGE).into_owned();
    let known = fields.iter().filter(|(_, value)| !value.trim().is_empty());
    let known = known.map(|(words, value)| field(*words, value, lang));
    let said = [name(finding, lang), message].into_iter().filter(|part| !part.is_empty());
    said.chain(known).collect::<Vec<_>>().join("\n")
}

/// What is said of a finding where only its other side stands.
fn held_against(finding: &Finding, lang: Lang) -> String {
    let home = finding.evidence.first().map_or(String::new(), |e| labels::place(e, lang));
    let name = field(labels::HELD_AGAINST, &name(finding, lang), lang);
    let message = shortened(&finding.message, LONGEST_MESSAGE);
    format!("{name}{}{home}\n{message}", lang.pick("，见", ", see "))
}

/// The places that prove a finding beside the first.
fn others(finding: &Finding, lang: Lang) -> String {
    let others = finding.evidence.get(1..).unwrap_or_default();
    let said = others.iter().map(|evidence| {
        let quote = shortened(&evidence.quote, LONGEST_QUOTE);
        let place = labels::place(evidence, lang);
        if quote.trim().is_empty() { place } else { format!("{place}“{quote}”") }
    });
    listed(said, others.len(), lang)
}

fn consequences(finding: &Finding, lang: Lang) -> String {
    let all = finding.consequences.iter().map(|one| one_line(one).into_owned());
    listed(all, finding.consequences.len(), lang)
}

/// The first of some things, and how many more there are.
fn listed(all: impl Iterator<Item = String>, count: usize, lang: Lang) -> String {
    let mut named: Vec<String> = all.take(MOST_LISTED).collect();
    if let Some(rest) = count.checked_sub(MOST_LISTED).filter(|rest| *rest > 0) {
        named.push(labels::more(rest, lang));
    }
    named.join(lang.pick("；", "; "))
}

fn field(words: Words, value: &str, lang: Lang) -> String {
    format!("{}{}{}", words.say(lang), lang.pick("：", ": "), lines(value))
}

#[cfg(test)]
mod tests;
