//! Words as rules want them: text fields cut from text, with their places.

use std::borrow::Cow;

pub(super) use juesuan_model::fold;
use juesuan_model::{Folded, Text, TextField, first_blank};

/// The field of the bytes from `start` to `end` of a text, blanks around them left out.
pub(super) fn field(text: &Text, start: usize, end: usize, block: u32) -> TextField {
    let raw = text.as_str().get(start..end).unwrap_or("");
    let lead = raw.len() - raw.trim_start().len();
    let trimmed = raw.trim();
    let start = start + lead;
    TextField {
        text: tidy(trimmed).into(),
        place: text.place_of(start, start + trimmed.len()),
        block,
    }
}

/// The whole text as a field.
pub(super) fn whole(text: &Text, block: u32) -> TextField {
    field(text, 0, text.as_str().len(), block)
}

/// The field of a range of the folded text.
pub(super) fn folded_field(
    text: &Text,
    folded: &Folded,
    start: usize,
    end: usize,
    block: u32,
) -> TextField {
    let (start, end) = folded.origin_range(text.as_str(), start, end);
    field(text, start, end, block)
}

/// Drops the white space that line breaks and converters leave between Chinese characters;
/// between Latin words one blank stays.
pub(super) fn tidy(text: &str) -> Cow<'_, str> {
    let Some(blank) = first_blank(text) else { return Cow::Borrowed(text) };
    let (first, rest) = text.split_at(blank);
    let mut tidy = String::with_capacity(text.len());
    tidy.push_str(first);
    let is_latin = |c: char| c.is_ascii_alphabetic();
    for piece in rest.split_whitespace() {
        if tidy.ends_with(is_latin) && piece.starts_with(is_latin) {
            tidy.push(' ');
        }
        tidy.push_str(piece);
    }
    Cow::Owned(tidy)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blanks_go_between_characters_and_stay_between_words() {
        assert_eq!(tidy("2024 年\n部门  决算 of the Year"), "2024年部门决算of the Year");
    }
}
