//! A paragraph in the making.

use super::numbering::Numbered;
use super::story::Piece;
use super::xml::Element;
use crate::formats::markdown::begins_anew;

/// A paragraph with what hangs on it.
#[derive(Debug, Default)]
pub(super) struct Paragraph {
    pub(super) style: Option<String>,
    /// The level of the heading that it says it is; 0 for none.
    pub(super) level: Option<u8>,
    pub(super) number: Numbered,
    /// Whether it goes on with the next paragraph, since the mark between them was deleted.
    pub(super) is_open: bool,
    /// Its characters; `\n` ends a line and `\u{c}` a page.
    pub(super) text: String,
    /// What is read behind it: text boxes, pictures.
    pub(super) behind: Vec<Piece>,
    /// The notes that it names, by kind and number.
    pub(super) notes: Vec<(&'static str, String)>,
}

impl Paragraph {
    pub(super) fn new(text: String) -> Self {
        Self { text, ..Self::default() }
    }

    pub(super) fn note(&mut self, kind: &'static str, element: &Element<'_>) {
        self.notes.extend(element.attribute("id").map(|id| (kind, id)));
    }

    /// Its text as pieces: a page ends a paragraph, and so does a line before a numbered item.
    pub(super) fn split(&self, number: &str, level: u8, out: &mut Vec<Piece>) {
        if self.text.trim().is_empty() {
            return out.push(Piece::Blank);
        }
        let mut open = number.to_owned();
        for (at, page) in self.text.split('\u{c}').enumerate() {
            if at > 0 {
                push(&mut open, level, out);
            }
            let mut above = "";
            for (at, line) in page.split('\n').enumerate() {
                if at > 0 && level == 0 && begins_anew(above, line) {
                    push(&mut open, level, out);
                } else if at > 0 {
                    open.push('\n');
                }
                open.push_str(line);
                above = line;
            }
        }
        push(&mut open, level, out);
    }
}

fn push(open: &mut String, level: u8, out: &mut Vec<Piece>) {
    let text = open.trim();
    if !text.is_empty() {
        out.push(Piece::Paragraph(level, led(text).unwrap_or_else(|| text.to_owned())));
    }
    open.clear();
}

/// A line of contents with the dots that a tab before the number of its page prints.
fn led(text: &str) -> Option<String> {
    let (title, page) = text.rsplit_once('\t')?;
    let is_page = (1..=3).contains(&page.len()) && page.bytes().all(|byte| byte.is_ascii_digit());
    (is_page && !title.contains('\t')).then(|| format!("{title}……{page}"))
}

/// A character of a font of symbols: those that mean something to readers.
pub(super) fn symbol(element: &Element<'_>) -> String {
    let code = element.attribute("char").and_then(|hex| u32::from_str_radix(&hex, 16).ok());
    let font = element.attribute("font").unwrap_or_default();
    let Some(code) = code else { return String::new() };
    let private = code & 0xff;
    let known = match (&*font, private) {
        ("Wingdings", 0xfe) | ("Wingdings 2", 0x52 | 0x53) => "☑",
        ("Wingdings", 0xfd) | ("Wingdings 2", 0x51 | 0x54) => "☒",
        ("Wingdings", 0x6f | 0xa8) | ("Wingdings 2", 0x2a | 0x30 | 0xa3) => "□",
        ("Wingdings", 0xfc) | ("Wingdings 2", 0x50) => "✓",
        ("Symbol", 0xb4) => "×",
        ("Symbol", 0xa3) => "≤",
        ("Symbol", 0xb3) => "≥",
        ("Symbol", 0xb1) => "±",
        ("Symbol", 0xb7) | ("Wingdings", _) | ("Wingdings 2" | "Wingdings 3" | "Webdings", _) => "",
        _ => {
            return char::from_u32(code)
                .filter(|c| !c.is_control())
                .map(String::from)
                .unwrap_or_default();
        }
    };
    known.to_owned()
}

/// Whether a picture is large enough to show a table: 8 by 3 centimetres.
pub(super) fn is_large(element: &Element<'_>) -> bool {
    const EMU: (i64, i64) = (2_880_000, 1_080_000);
    let number = |name| element.attribute(name).and_then(|number| number.parse::<i64>().ok());
    if let Some((width, height)) = number("cx").zip(number("cy")) {
        return width >= EMU.0 && height >= EMU.1;
    }
    let style = element.attribute("style").unwrap_or_default();
    let points = |name: &str| {
        let property = style.split(';').find_map(|property| property.trim().strip_prefix(name))?;
        let value = property.trim().strip_prefix(':')?.trim().strip_suffix("pt")?;
        value.split('.').next()?.parse::<i64>().ok()
    };
    points("width")
        .zip(points("height"))
        .is_some_and(|(width, height)| width >= 227 && height >= 85)
}
