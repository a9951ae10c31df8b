//! What a unit hands in: sheets of rows, each cell with its place, not yet understood.

use std::sync::Arc;

use rust_decimal::Decimal;

/// A sheet of a workbook, or a file of a folder.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sheet {
    /// What it is called: the name of the sheet, or of the file without its ending.
    pub name: Arc<str>,
    /// The file it stands in, as the user gave it.
    pub file: Arc<str>,
    /// Its rows that hold anything, the head first.
    pub rows: Vec<SheetRow>,
}

/// A row of a sheet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SheetRow {
    /// Its number, from 1.
    pub number: u32,
    /// Its cells from the first column on.
    pub cells: Vec<Input>,
}

/// What a cell of a sheet holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Input {
    /// Nothing.
    #[default]
    Empty,
    /// Characters, without blanks around them.
    Text(Arc<str>),
    /// A number that the file keeps as one.
    Number(Decimal),
    /// A day that the file keeps as one, `YYYY-MM-DD`.
    Date(Arc<str>),
    /// Something that is no value; why, in the user's words.
    Unusable(Arc<str>),
}

impl Input {
    /// Characters as somebody typed them: what is blank is empty.
    #[must_use]
    pub fn typed(text: &str) -> Self {
        match text.trim() {
            "" => Self::Empty,
            text => Self::Text(text.into()),
        }
    }

    /// The characters that stand for it in messages.
    #[must_use]
    pub fn shown(&self) -> String {
        match self {
            Self::Empty => String::new(),
            Self::Text(text) | Self::Date(text) | Self::Unusable(text) => text.to_string(),
            Self::Number(number) => number.to_string(),
        }
    }
}

/// The name of a column of a sheet: A for 0, Z for 25, AA for 26.
#[must_use]
pub fn column_letters(column: usize) -> String {
    let mut letters = Vec::new();
    let mut rest = column;
    loop {
        let digit = u8::try_from(rest.checked_rem(26).unwrap_or(0)).unwrap_or(0);
        letters.push(char::from(b'A'.saturating_add(digit)));
        match rest.checked_div(26).unwrap_or(0) {
            0 => break,
            more => rest = more.saturating_sub(1),
        }
    }
    letters.iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_have_letters() {
        let of = |column| column_letters(column);
        assert_eq!([of(0), of(25), of(26), of(701), of(702)], ["A", "Z", "AA", "ZZ", "AAA"]);
    }
}
