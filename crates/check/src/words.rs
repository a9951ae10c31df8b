//! Words and numbers in text, for rules that read sentences.

use std::borrow::Cow;
use std::sync::Arc;

use juesuan_model::TextField;
pub(crate) use juesuan_model::fold;
use rust_decimal::Decimal;

/// A number in folded text and where it stands.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Spoken {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) value: Decimal,
}

/// A text with the numbers in it.
pub(crate) struct Told<'a> {
    /// Where it stands.
    pub(crate) field: &'a TextField,
    /// Its words, folded.
    pub(crate) words: Cow<'a, str>,
    /// The numbers in them.
    pub(crate) numbers: Vec<Spoken>,
}

impl<'a> Told<'a> {
    pub(crate) fn new(field: &'a TextField) -> Self {
        let words = fold(&field.text);
        let numbers = numbers(&words);
        Self { field, words, numbers }
    }

    /// What stands behind a number.
    pub(crate) fn behind(&self, number: &Spoken) -> &str {
        self.words.get(number.end..).unwrap_or("")
    }
}

/// Where numbers stand in folded text: digits with separators and a point.
pub(crate) fn spans(text: &str) -> impl Iterator<Item = (usize, usize)> {
    let bytes = text.as_bytes();
    let mut from = 0;
    std::iter::from_fn(move || {
        let start = next_digit(bytes, from)?;
        let run = bytes.get(start..)?.iter();
        let length = run.take_while(|b| b.is_ascii_digit() || matches!(b, b'.' | b',')).count();
        let marks = bytes.get(start..start + length)?.iter().rev();
        from = start + length - marks.take_while(|b| !b.is_ascii_digit()).count();
        Some((start, from))
    })
}

/// The first digit from byte `from` on. Sixteen bytes without one are passed over at once.
pub(crate) fn next_digit(bytes: &[u8], from: usize) -> Option<usize> {
    let rest = bytes.get(from..)?;
    let has_digit = |chunk: &&[u8; 16]| chunk.iter().fold(false, |has, b| has | b.is_ascii_digit());
    let passed = rest.as_chunks().0.iter().take_while(|chunk| !has_digit(chunk)).count() * 16;
    let at = rest.get(passed..)?.iter().position(u8::is_ascii_digit)?;
    Some(from + passed + at)
}

/// The number that stands there.
pub(crate) fn number_at(text: &str, (start, end): (usize, usize)) -> Option<Spoken> {
    let digits = text.get(start..end)?;
    let value = if digits.contains(',') { digits.replace(',', "").parse() } else { digits.parse() };
    Some(Spoken { start, end, value: value.ok()? })
}

/// Whether a text ends with one of the words: nearly all have another last byte already.
pub(crate) fn ends_with_any(text: &str, words: &[Arc<str>]) -> bool {
    let last = text.as_bytes().last();
    words.iter().any(|word| word.as_bytes().last() == last && text.ends_with(&**word))
}

/// All numbers in folded text: digits with separators and a point.
pub(crate) fn numbers(text: &str) -> Vec<Spoken> {
    spans(text).filter_map(|span| number_at(text, span)).collect()
}

/// Whether a character is a Chinese one.
pub(crate) const fn is_han(c: char) -> bool {
    matches!(c, '\u{4e00}'..='\u{9fff}' | '\u{3400}'..='\u{4dbf}')
}

/// A text cut for messages.
pub(crate) fn short(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let cut: String = text.chars().take(most).collect();
    cut + "…"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_found_with_their_places() {
        let found: Vec<String> =
            numbers("约1,246户,支出80.66万元。2023").iter().map(|n| n.value.to_string()).collect();
        assert_eq!(found, ["1246", "80.66", "2023"]);
    }
}
