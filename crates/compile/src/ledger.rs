//! The cells that packages are posted to, each with the rows it came from.

use std::sync::Arc;

use rust_decimal::Decimal;
use rustc_hash::FxHashMap;

/// A row of a package.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Origin {
    /// The package, by position.
    pub package: u32,
    /// The sheet, by position.
    pub sheet: u16,
    /// The row, by position among the rows of the sheet.
    pub row: u32,
}

/// What was posted to a cell.
#[derive(Clone, Debug, Default)]
pub struct Posted {
    /// The sum of its numbers; 元 for money.
    pub number: Decimal,
    /// Whether a number was posted.
    pub is_number: bool,
    /// Its words.
    pub words: Option<Arc<str>>,
    /// Where it came from.
    pub origins: Vec<Origin>,
}

/// The rows of a form or record.
#[derive(Clone, Debug, Default)]
pub(crate) struct Cells {
    /// The rows in the order they came.
    rows: Vec<Arc<str>>,
    cells: FxHashMap<Arc<str>, FxHashMap<Arc<str>, Posted>>,
}

impl Cells {
    fn row(&mut self, row: &str) -> &mut FxHashMap<Arc<str>, Posted> {
        if !self.cells.contains_key(row) {
            let name: Arc<str> = row.into();
            self.rows.push(name.clone());
            self.cells.insert(name, FxHashMap::default());
        }
        self.cells.entry(row.into()).or_default()
    }
}

/// Everything that was posted.
#[derive(Clone, Debug, Default)]
pub struct Ledger {
    forms: FxHashMap<Arc<str>, Cells>,
}

impl Ledger {
    fn cell(&mut self, form: &str, row: &str, column: &str) -> &mut Posted {
        if !self.forms.contains_key(form) {
            self.forms.insert(form.into(), Cells::default());
        }
        let cells = self.forms.entry(form.into()).or_default().row(row);
        if !cells.contains_key(column) {
            cells.insert(column.into(), Posted::default());
        }
        cells.entry(column.into()).or_default()
    }

    /// Adds a number to a cell. `false` when the sum is beyond what can be counted.
    pub fn add(
        &mut self,
        (form, row, column): (&str, &str, &str),
        number: Decimal,
        origin: Option<Origin>,
    ) -> bool {
        let cell = self.cell(form, row, column);
        cell.origins.extend(origin);
        cell.is_number = true;
        match cell.number.checked_add(number) {
            Some(sum) => {
                cell.number = sum;
                true
            }
            None => false,
        }
    }

    /// Writes words into a cell. `false` when other words stand there; the first stay.
    pub fn write(
        &mut self,
        (form, row, column): (&str, &str, &str),
        words: &Arc<str>,
        origin: Option<Origin>,
    ) -> bool {
        let cell = self.cell(form, row, column);
        cell.origins.extend(origin);
        cell.words.get_or_insert_with(|| words.clone()) == words
    }

    /// What was posted to a cell.
    #[must_use]
    pub fn get(&self, form: &str, row: &str, column: &str) -> Option<&Posted> {
        self.forms.get(form)?.cells.get(row)?.get(column)
    }

    /// The words of a cell.
    #[must_use]
    pub fn words(&self, form: &str, row: &str, column: &str) -> Option<&Arc<str>> {
        self.get(form, row, column)?.words.as_ref()
    }

    /// The rows of a form or record in the order they came.
    #[must_use]
    pub fn rows(&self, form: &str) -> &[Arc<str>] {
        self.forms.get(form).map_or(&[], |cells| &cells.rows)
    }
}

/// Rows by the order that was handed in for them; those without one keep theirs at the end.
pub(crate) fn in_order(form: &str, rows: &[Arc<str>], ledger: &Ledger) -> Vec<Arc<str>> {
    let mut rows = rows.to_vec();
    rows.sort_by_key(|row| ledger.get(form, row, "order").map_or(Decimal::MAX, |cell| cell.number));
    rows
}
