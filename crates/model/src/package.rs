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
    /// What only workbooks have and what whoever relies on the rows must know of.
    pub remarks: Vec<Remark>,
}

/// Something about a sheet that its values do not show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remark {
    /// The row, from 1; 0 for the sheet as a whole.
    pub row: u32,
    /// The column, from 0.
    pub column: Option<usize>,
    /// What it is.
    pub kind: RemarkKind,
}

/// What a remark is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RemarkKind {
    /// Formulas in a column, of which the values were taken; how many. The first stands at the
    /// place of the remark.
    Formulas(u32),
    /// Cells that are one on the screen: their range. Only the first of them has a value.
    Merged(Arc<str>),
    /// Rows that are not shown, as numbers and ranges.
    HiddenRows(Arc<str>),
    /// The sheet is not shown.
    HiddenSheet,
    /// The workbook has macros, which are neither run nor read.
    Macros,
}

/// Sheets of a workbook that explain it and hold no data: how to fill it in, and the codes.
pub const ASIDE_SHEETS: [&str; 2] = ["填表说明", "目录"];

/// How the first cell of a row begins that only shows how to fill in a sheet.
pub const EXAMPLE_MARK: &str = "例：";

/// How a value begins that was carried over and that nobody has looked at yet.
pub const UNCONFIRMED_MARK: &str = "待确认：";

/// The head of a sheet of fields in a workbook, where it has one.
pub const FIELDS_HEAD: [&str; 2] = ["项目", "内容"];

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
