//! Rules against documents, as users meet them: text in, findings out.
#![allow(missing_docs, clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

mod cases;
mod copying;
mod doubts;
mod elsewhere;
mod explained;
mod honest_forms;
mod narratives;
mod places;
mod provinces;
mod targets;
mod unruled;
mod wordings;

use juesuan_check::{Checked, check};
use juesuan_model::Severity;
use juesuan_scheme::{BASE, Scheme, embedded, load};

/// Checks a text, or a page, with all rules of a scheme.
fn run(text: &str, scheme: &Scheme) -> Checked {
    let document = match juesuan_read::convert(text.as_bytes()) {
        Some(reading) => reading.unwrap().document,
        None => juesuan_read::parse(text),
    };
    let accounts = juesuan_read::bind(&document, scheme);
    check(&document, &accounts, scheme, &[])
}

/// The scheme of no place.
fn base() -> Scheme {
    load(&embedded(), BASE).unwrap()
}

/// What is told above a note, each with its consequences.
fn above_note(text: &str, scheme: &Scheme) -> Vec<String> {
    let told = run(text, scheme).findings.into_iter().filter(|f| f.severity != Severity::Note);
    told.map(|f| format!("{} {} {} {:?}", f.code, f.subject, f.message, f.consequences)).collect()
}

/// A text, what it states, what is put there instead, and the rule that must find it.
type Planted = (&'static str, &'static str, &'static str, &'static str);

/// Plants each fault into its text, made whole by `within`, and asks for it above notes.
fn finds_all(planted: &[Planted], within: impl Fn(&str) -> String) {
    let scheme = base();
    let mut missed = Vec::new();
    for (text, right, wrong, code) in planted {
        assert_eq!(text.matches(right).count(), 1, "{right} is not unique");
        let told = above_note(&within(&text.replacen(right, wrong, 1)), &scheme);
        if !told.iter().any(|finding| finding.contains(code)) {
            missed.push(format!("{right} → {wrong}: {code}, told {told:?}"));
        }
    }
    assert!(missed.is_empty(), "{}", missed.join("\n"));
}
