//! The rows of a sheet, close together: a department of thousands of units has millions of cells.

use std::sync::Arc;

use rust_decimal::Decimal;
use rustc_hash::FxHashMap;

/// A value of a package.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Datum {
    /// Nothing.
    #[default]
    Empty,
    /// Words or a code.
    Words(Arc<str>),
    /// A number; 元 for money.
    Number(Decimal),
}

impl Datum {
    /// The words; empty for others.
    #[must_use]
    pub fn words(&self) -> &str {
        match self {
            Self::Words(words) => words,
            Self::Empty | Self::Number(_) => "",
        }
    }

    /// The number, when it is one.
    #[must_use]
    pub const fn number(&self) -> Option<Decimal> {
        match self {
            Self::Number(number) => Some(*number),
            Self::Empty | Self::Words(_) => None,
        }
    }
}

/// A cell: nothing, or where its words or its number stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Cell {
    Empty,
    Words(u32),
    Number(u32),
}

/// A row of a package.
#[derive(Clone, Copy, Debug)]
pub struct Entry<'a> {
    /// Its number in the file, from 1; 0 for the record of a sheet of fields.
    pub number: u32,
    cells: &'a [Cell],
    of: &'a Entries,
}

impl<'a> Entry<'a> {
    /// What stands in a column, by its position.
    #[must_use]
    pub fn value(&self, column: usize) -> Datum {
        match (self.text(column), self.number_in(column)) {
            (Some(words), _) => Datum::Words(words.clone()),
            (None, Some(number)) => Datum::Number(number),
            (None, None) => Datum::Empty,
        }
    }

    /// The words in a column; empty for others.
    #[must_use]
    pub fn words(&self, column: usize) -> &'a str {
        self.text(column).map_or("", |words| words)
    }

    /// The words in a column, when it holds any.
    #[must_use]
    pub fn text(&self, column: usize) -> Option<&'a Arc<str>> {
        match self.cells.get(column)? {
            Cell::Words(at) => self.of.texts.get(position(*at)),
            Cell::Empty | Cell::Number(_) => None,
        }
    }

    /// The number in a column.
    #[must_use]
    pub fn number_in(&self, column: usize) -> Option<Decimal> {
        match self.cells.get(column)? {
            Cell::Number(at) => self.of.amounts.get(position(*at)).copied(),
            Cell::Empty | Cell::Words(_) => None,
        }
    }

    /// Whether a column holds nothing.
    #[must_use]
    pub fn is_empty(&self, column: usize) -> bool {
        self.cells.get(column).is_none_or(|cell| *cell == Cell::Empty)
    }
}

/// The rows of a sheet. Each cell is eight bytes; words are kept once.
#[derive(Clone, Debug, Default)]
pub struct Entries {
    numbers: Vec<u32>,
    /// Where the cells of each row end.
    ends: Vec<u32>,
    cells: Vec<Cell>,
    texts: Vec<Arc<str>>,
    amounts: Vec<Decimal>,
    /// Where words stand, while rows are added.
    known: FxHashMap<Arc<str>, u32>,
}

impl Entries {
    /// Adds a row. Columns at its end that hold nothing are left out.
    pub(crate) fn push(&mut self, number: u32, values: impl IntoIterator<Item = Datum>) {
        let start = self.cells.len();
        for value in values {
            let cell = self.cell(value);
            self.cells.push(cell);
        }
        while self.cells.len() > start && self.cells.last() == Some(&Cell::Empty) {
            self.cells.pop();
        }
        self.numbers.push(number);
        self.ends.push(counted(self.cells.len()));
    }

    fn cell(&mut self, value: Datum) -> Cell {
        match value {
            Datum::Empty => Cell::Empty,
            Datum::Number(number) => {
                self.amounts.push(number);
                Cell::Number(counted(self.amounts.len().saturating_sub(1)))
            }
            Datum::Words(words) => {
                let at = self.known.get(&words).copied().unwrap_or_else(|| {
                    let at = counted(self.texts.len());
                    self.texts.push(words.clone());
                    self.known.insert(words, at);
                    at
                });
                Cell::Words(at)
            }
        }
    }

    /// Gives back what was set aside for more rows.
    pub(crate) fn close(&mut self) {
        self.known = FxHashMap::default();
        self.numbers.shrink_to_fit();
        self.ends.shrink_to_fit();
        self.cells.shrink_to_fit();
        self.texts.shrink_to_fit();
        self.amounts.shrink_to_fit();
    }

    /// A row, by its position.
    #[must_use]
    pub fn get(&self, at: usize) -> Option<Entry<'_>> {
        let end = |at: usize| self.ends.get(at).map(|end| position(*end));
        let start = at.checked_sub(1).map_or(Some(0), end)?;
        let cells = self.cells.get(start..end(at)?)?;
        Some(Entry { number: *self.numbers.get(at)?, cells, of: self })
    }

    /// The rows in their order.
    pub fn iter(&self) -> impl Iterator<Item = Entry<'_>> {
        (0..self.len()).filter_map(|at| self.get(at))
    }

    /// How many rows there are.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.numbers.len()
    }

    /// Whether there is no row.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.numbers.is_empty()
    }

    /// Keeps the rows that are wanted.
    pub(crate) fn retain(&mut self, is_wanted: impl Fn(Entry<'_>) -> bool) {
        let mut kept = Self::default();
        for entry in self.iter().filter(|entry| is_wanted(*entry)) {
            kept.push(entry.number, (0..entry.cells.len()).map(|column| entry.value(column)));
        }
        *self = kept;
    }
}

/// A position as it is kept. Sheets have a million rows at most, which is far below what fits.
fn counted(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

fn position(at: u32) -> usize {
    usize::try_from(at).unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_keep_their_values_without_the_empty_end() {
        let words = |text: &str| Datum::Words(text.into());
        let mut rows = Entries::default();
        rows.push(2, [words("甲"), Datum::Empty, Datum::Number(7.into()), Datum::Empty]);
        rows.push(3, [Datum::Empty, Datum::Empty]);
        rows.push(5, [Datum::Empty, words("乙")]);
        let first = rows.get(0).unwrap();
        assert_eq!((first.number, first.words(0), first.number_in(2)), (2, "甲", Some(7.into())));
        assert_eq!(
            [first.value(1), first.value(3), first.value(9)],
            [Datum::Empty, Datum::Empty, Datum::Empty]
        );
        assert_eq!(
            rows.get(1).unwrap().value(0),
            Datum::Empty,
            "what is left out is not the next row's"
        );
        assert_eq!(rows.get(2).unwrap().words(1), "乙");
        assert!(rows.get(3).is_none());
        rows.retain(|entry| entry.number != 3);
        let numbers: Vec<u32> = rows.iter().map(|entry| entry.number).collect();
        assert_eq!(numbers, [2, 5]);
        assert_eq!(rows.get(1).unwrap().words(1), "乙");
    }
}
