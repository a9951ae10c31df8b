//! The glossary, and what else the outline gives directly.

use juesuan_model::{GlossaryEntry, Level, Passage};

use super::binder::Binder;
use super::words::field;

/// Binds the entries of the glossary.
pub(super) fn bind(binder: &mut Binder<'_>) {
    let words = &binder.scheme.structure.glossary;
    let in_glossary = |passage: &&Passage| {
        let part =
            passage.section.split(" / ").find(|name| words.iter().any(|w| name.contains(&**w)));
        part.is_some()
    };
    let entries: Vec<GlossaryEntry> =
        binder.outline.passages.iter().filter(in_glossary).flat_map(entries_of).collect();
    binder.accounts.glossary = entries;
}

/// The entry of a passage: `12.经营支出：指…`. Several unnumbered ones may stand in lines.
fn entries_of(passage: &Passage) -> Vec<GlossaryEntry> {
    let text = &passage.text;
    let raw = text.as_str();
    let start = passage.number_length;
    let mut entries = Vec::new();
    if passage.level.is_some_and(|level| level <= Level::Part) {
        return entries;
    }
    let body = raw.get(start..).unwrap_or("");
    let Some(colon) = body.find(['：', ':']) else { return entries };
    let term = field(text, start, start + colon, passage.block);
    let length = term.text.chars().count();
    if length == 0 || length > 80 || term.text.contains('。') {
        return entries;
    }
    let behind =
        start + colon + body.get(colon..).and_then(|b| b.chars().next()).map_or(1, char::len_utf8);
    entries.push(GlossaryEntry {
        number: passage.level.map(|_| passage.number),
        term: strip_marks(term),
        explanation: field(text, behind, raw.len(), passage.block),
    });
    entries
}

/// Terms are often printed in quotation marks or brackets as a whole.
fn strip_marks(mut term: juesuan_model::TextField) -> juesuan_model::TextField {
    let bare = term.text.trim_matches(['*', ' ']);
    let whole = bare.strip_prefix('【').and_then(|b| b.strip_suffix('】')).unwrap_or(bare);
    term.text = whole.into();
    term
}
