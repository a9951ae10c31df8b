//! The text of a document, in which one figure at a time is replaced.

use juesuan_model::Place;

use super::alter::first_number;

/// Characters of the longest usual units.
const UNIT: usize = 2;

/// A text and where its lines begin.
pub struct Source {
    text: String,
    starts: Vec<usize>,
}

/// A figure in the text: the bytes of its digits, and the column they begin in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Digits {
    start: usize,
    end: usize,
}

impl Source {
    /// The text as readers of formats see it: without a byte order mark.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text).to_owned();
        let ends = text.match_indices('\n').map(|(at, _)| at + 1);
        let starts = std::iter::once(0).chain(ends).collect();
        Self { text, starts }
    }

    /// The characters.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The line of a number counted from 1.
    fn line(&self, number: u32) -> Option<(usize, &str)> {
        let start = *self.starts.get(usize::try_from(number).ok()?.checked_sub(1)?)?;
        let line = self.text.get(start..)?.split('\n').next()?;
        Some((start, line))
    }

    /// The digits that stand at a place. Of a figure broken over lines these are the first ones.
    #[must_use]
    pub fn digits(&self, place: Place) -> Option<Digits> {
        let (begin, line) = self.line(place.line)?;
        let offset =
            |column: usize| line.char_indices().nth(column).map_or(line.len(), |(at, _)| at);
        let column = usize::try_from(place.column).ok()?.checked_sub(1)?;
        let from = offset(column);
        let to = offset(column + usize::try_from(place.width).ok()?.max(1));
        let (start, end) = first_number(line.get(from..to)?)?;
        Some(Digits { start: begin + from + start, end: begin + from + end })
    }

    /// What stands there.
    #[must_use]
    pub fn quote(&self, digits: Digits) -> &str {
        self.text.get(digits.start..digits.end).unwrap_or("")
    }

    /// The text with other digits there.
    #[must_use]
    pub fn with(&self, digits: Digits, other: &str) -> String {
        let before = self.text.get(..digits.start).unwrap_or("");
        let after = self.text.get(digits.end..).unwrap_or("");
        [before, other, after].concat()
    }

    /// The unit behind a figure: the first characters of the word that follows it on its line.
    #[must_use]
    pub fn unit(&self, digits: Digits) -> String {
        let after = self.text.get(digits.end..).unwrap_or("");
        let line = after.split(['\n', '\t', '|']).next().unwrap_or("").trim_start();
        let word = line.chars().take_while(|c| c.is_alphabetic() || *c == '%');
        word.take(UNIT).collect()
    }

    /// What stands around a figure on its line, for lists: so many characters on either side.
    #[must_use]
    pub fn context(&self, digits: Digits, reach: usize) -> String {
        let before = self.text.get(..digits.start).unwrap_or("");
        let before = before.rsplit('\n').next().unwrap_or("");
        let skipped = before.chars().count().saturating_sub(reach);
        let before: String = before.chars().skip(skipped).collect();
        let after = self.text.get(digits.end..).unwrap_or("");
        let after = after.split('\n').next().unwrap_or("");
        let after: String = after.chars().take(reach).collect();
        format!("{before}{}{after}", self.quote(digits))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_is_replaced_where_it_stands() {
        let source = Source::new("\u{feff}合计\t12.00\r\n满意度≥95%\n");
        let first = source.digits(Place::new(1, 4).wide(5)).unwrap();
        assert_eq!(source.quote(first), "12.00");
        assert_eq!(source.with(first, "21.00"), "合计\t21.00\r\n满意度≥95%\n");
        let second = source.digits(Place::new(2, 4).wide(4)).unwrap();
        assert_eq!(source.quote(second), "95");
        assert_eq!(source.context(second, 2), "度≥95%");
        assert_eq!((source.unit(first), source.unit(second)), (String::new(), "%".to_owned()));
    }

    #[test]
    fn what_is_no_figure_has_no_digits() {
        let source = Source::new("合计\n");
        assert_eq!(source.digits(Place::new(1, 1).wide(2)), None);
        assert_eq!(source.digits(Place::new(7, 1).wide(2)), None);
    }
}
