//! Marks inside a line: emphasis, escapes, formulas, stray tags, entities. What they print is
//! kept with its place, the marks themselves are dropped.

use juesuan_model::{Place, Text};
use memchr::{memchr2, memchr3};

/// Tags that converters leave behind in text and cells. Anything else in angle brackets is text:
/// official documents quote titles in them.
const TAGS: [&str; 30] = [
    "a", "b", "br", "center", "col", "colgroup", "div", "em", "font", "h1", "h2", "h3", "h4", "i",
    "img", "li", "ol", "p", "span", "strong", "sub", "sup", "table", "tbody", "td", "tfoot", "th",
    "thead", "tr", "ul",
];

const ENTITIES: [(&str, &str); 10] = [
    ("&nbsp;", " "),
    ("&lt;", "<"),
    ("&gt;", ">"),
    ("&amp;", "&"),
    ("&quot;", "\""),
    ("&#39;", "'"),
    ("&ldquo;", "“"),
    ("&rdquo;", "”"),
    ("&mdash;", "—"),
    ("&middot;", "·"),
];

/// What LaTeX fragments of converters mean.
const SYMBOLS: [(&str, &str); 14] = [
    ("\\geqslant", "≥"),
    ("\\leqslant", "≤"),
    ("\\geq", "≥"),
    ("\\leq", "≤"),
    ("\\ge", "≥"),
    ("\\le", "≤"),
    ("\\neq", "≠"),
    ("\\times", "×"),
    ("\\sim", "~"),
    ("\\pm", "±"),
    ("\\%", "%"),
    ("\\,", ""),
    ("\\$", "$"),
    ("\\ ", " "),
];

/// Adds what `raw`, which begins at `place`, prints to `out`.
pub(super) fn push(out: &mut Text, raw: &str, place: Place) {
    let Some(first) = next_mark(raw, 0) else { return out.push(raw, place) };
    let mut cursor = Cursor { raw, kept: 0, column: place.column, line: place.line };
    let mut next = Some(first);
    while let Some(at) = next {
        let found = raw.get(at..).and_then(|rest| mark(raw, at, rest));
        next = next_mark(raw, found.as_ref().map_or(at + 1, |(length, _)| at + length));
        if let Some((length, printed)) = found {
            cursor.keep(out, at);
            if !printed.is_empty() {
                out.push(&printed, Place::new(cursor.line, cursor.column));
            }
            cursor.skip(at + length);
        }
    }
    cursor.keep(out, raw.len());
}

/// The text of `raw` without marks.
pub(super) fn text(raw: &str, place: Place) -> Text {
    if !has_marks(raw) {
        return Text::new(raw, place);
    }
    let mut out = Text::default();
    push(&mut out, raw, place);
    out
}

/// Whether something in `raw` could be a mark.
pub(super) fn has_marks(raw: &str) -> bool {
    next_mark(raw, 0).is_some()
}

/// How many bytes are searched at a time.
const WINDOW: usize = 512;

/// The next byte from `from` on that could begin a mark.
fn next_mark(raw: &str, from: usize) -> Option<usize> {
    // In pieces: a long line without one of the marks is not gone through again for each other.
    let mut at = from;
    for rest in raw.as_bytes().get(from..)?.chunks(WINDOW) {
        let first = memchr3(b'*', b'\\', b'$', rest);
        let before = rest.get(..first.unwrap_or(rest.len()))?;
        if let Some(found) = memchr2(b'<', b'&', before).or(first) {
            return Some(at + found);
        }
        at += rest.len();
    }
    None
}

/// Goes through a line and keeps the place.
struct Cursor<'a> {
    raw: &'a str,
    /// Up to which byte all is kept or skipped.
    kept: usize,
    column: u32,
    line: u32,
}

impl Cursor<'_> {
    /// Adds what stands before a byte.
    fn keep(&mut self, out: &mut Text, end: usize) {
        let piece = self.raw.get(self.kept..end).unwrap_or("");
        if !piece.is_empty() {
            out.push(piece, Place::new(self.line, self.column));
        }
        self.skip(end);
    }

    fn skip(&mut self, end: usize) {
        let skipped = self.raw.get(self.kept..end).unwrap_or("");
        let width = u32::try_from(skipped.chars().count()).unwrap_or(u32::MAX);
        self.column = self.column.saturating_add(width);
        self.kept = end;
    }
}

/// A mark at the start of `rest`: its length in bytes and what it prints.
fn mark(raw: &str, at: usize, rest: &str) -> Option<(usize, String)> {
    match rest.as_bytes().first()? {
        b'*' => rest.starts_with("**").then(|| (2, String::new())),
        b'\\' => escape(rest),
        b'$' => formula(raw, at),
        b'<' => tag(rest),
        b'&' => entity(rest),
        _ => None,
    }
}

fn escape(rest: &str) -> Option<(usize, String)> {
    let next = rest.get(1..)?.chars().next()?;
    next.is_ascii_punctuation().then(|| (2, next.to_string()))
}

fn entity(rest: &str) -> Option<(usize, String)> {
    let (written, printed) = ENTITIES.iter().find(|(written, _)| rest.starts_with(written))?;
    Some((written.len(), (*printed).to_owned()))
}

/// `<td>`, `</div>`, `<br/>`, `<span style="…">`.
fn tag(rest: &str) -> Option<(usize, String)> {
    let inner = rest.get(1..)?;
    let name = inner.strip_prefix('/').unwrap_or(inner);
    let length = name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len());
    let word = name.get(..length)?.to_ascii_lowercase();
    TAGS.binary_search(&word.as_str()).ok()?;
    let after = name.get(length..)?;
    if !after.starts_with([' ', '>', '/', '\t']) {
        return None;
    }
    let end = rest.bytes().take(2_000).position(|b| b == b'>')?;
    Some((end + 1, String::new()))
}

/// `$\geq 98\%$`: a short formula of one line.
fn formula(raw: &str, at: usize) -> Option<(usize, String)> {
    let body = raw.get(at + 1..)?;
    let end = body.bytes().take(80).position(|b| b == b'$')?;
    let body = body.get(..end)?;
    if !body.contains('\\') || body.chars().any(|c| c > '\u{2fff}') {
        return None;
    }
    let mut printed = body.to_owned();
    for (written, symbol) in SYMBOLS {
        printed = printed.replace(written, symbol);
    }
    printed.retain(|c| !matches!(c, '{' | '}' | ' '));
    Some((end + 2, printed))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn printed(raw: &str) -> String {
        text(raw, Place::new(1, 1)).as_str().to_owned()
    }

    #[test]
    fn marks_vanish_and_their_content_stays() {
        assert_eq!(printed("**（一）收入** 5 万元"), "（一）收入 5 万元");
        assert_eq!(printed(r"项目数\*100%"), "项目数*100%");
        assert_eq!(printed(r"满意度 $\geq 98\%$ ，达成"), "满意度 ≥98% ，达成");
        assert_eq!(printed("<td>100</td>"), "100");
        assert_eq!(printed("<div><div></div></div> 100%"), " 100%");
        assert_eq!(printed("a&nbsp;&lt;b&gt;"), "a <b>");
    }

    #[test]
    fn quoted_titles_in_angle_brackets_are_text() {
        assert_eq!(printed("关于印发<深入实施计划>的通知"), "关于印发<深入实施计划>的通知");
        assert_eq!(printed("a < b，$5 与 $6"), "a < b，$5 与 $6");
    }

    #[test]
    fn places_survive_marks() {
        let text = text("<td>1</td>甲", Place::new(4, 10));
        assert_eq!(text.as_str(), "1甲");
        assert_eq!(text.place_at(0), Place::new(4, 14));
        assert_eq!(text.place_at(1), Place::new(4, 20));
    }

    #[test]
    fn tags_are_sorted_for_the_search() {
        assert!(TAGS.is_sorted());
    }

    proptest! {
        #[test]
        fn any_line_is_read(raw in "[<>/a-z$\\\\*&;甲0-9 %]{0,60}") {
            let _ = printed(&raw);
        }
    }
}
