//! Words and numbers in text, for rules that read sentences.

pub(crate) use juesuan_model::fold;
use rust_decimal::Decimal;

/// A number in folded text and where it stands.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Spoken {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) value: Decimal,
}

/// All numbers in folded text: digits with separators and a point.
pub(crate) fn numbers(text: &str) -> Vec<Spoken> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(rest) = text.get(from..) {
        let Some(at) = rest.find(|c: char| c.is_ascii_digit()) else { break };
        let start = from + at;
        let run = text.get(start..).unwrap_or("");
        let length = run
            .find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | ',')))
            .unwrap_or(run.len());
        let digits = run.get(..length).unwrap_or("").trim_end_matches(['.', ',']);
        let end = start + digits.len();
        if let Ok(value) = digits.replace(',', "").parse() {
            found.push(Spoken { start, end, value });
        }
        from = end.max(start + 1);
    }
    found
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
