//! The cells that packages are posted to, each with the rows it came from.

use std::sync::Arc;

use rust_decimal::Decimal;
use rustc_hash::FxHashMap;
use smallvec::SmallVec;

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
    /// Where it came from. Words mostly come from one row.
    pub origins: SmallVec<[Origin; 1]>,
}

/// The rows of a form or record, in the order they came.
#[derive(Clone, Debug, Default)]
struct Cells {
    rows: Vec<Arc<str>>,
    /// For each row its columns.
    cells: Vec<Vec<(Arc<str>, Posted)>>,
    by_row: FxHashMap<Arc<str>, usize>,
}

impl Cells {
    fn row(&self, row: &str) -> Option<&[(Arc<str>, Posted)]> {
        self.cells.get(*self.by_row.get(row)?).map(Vec::as_slice)
    }

    fn row_mut(&mut self, row: &str) -> Option<&mut Vec<(Arc<str>, Posted)>> {
        let at = match self.by_row.get(row) {
            Some(at) => *at,
            None => {
                let name: Arc<str> = row.into();
                self.by_row.insert(name.clone(), self.rows.len());
                self.rows.push(name);
                self.cells.push(Vec::new());
                self.rows.len().saturating_sub(1)
            }
        };
        self.cells.get_mut(at)
    }
}

/// Everything that was posted.
#[derive(Clone, Debug, Default)]
pub struct Ledger {
    forms: Vec<Cells>,
    by_form: FxHashMap<Arc<str>, usize>,
}

impl Ledger {
    fn cell(&mut self, form: &str, row: &str, column: &str) -> Option<&mut Posted> {
        let at = match self.by_form.get(form) {
            Some(at) => *at,
            None => {
                self.by_form.insert(form.into(), self.forms.len());
                self.forms.push(Cells::default());
                self.forms.len().saturating_sub(1)
            }
        };
        let columns = self.forms.get_mut(at)?.row_mut(row)?;
        let at = columns.iter().position(|(known, _)| **known == *column);
        let at = at.unwrap_or_else(|| {
            columns.push((column.into(), Posted::default()));
            columns.len().saturating_sub(1)
        });
        columns.get_mut(at).map(|(_, posted)| posted)
    }

    fn of_form(&self, form: &str) -> Option<&Cells> {
        self.forms.get(*self.by_form.get(form)?)
    }

    /// Adds a number to a cell. `false` when the sum is beyond what can be counted.
    pub fn add(
        &mut self,
        (form, row, column): (&str, &str, &str),
        number: Decimal,
        origin: Option<Origin>,
    ) -> bool {
        let Some(cell) = self.cell(form, row, column) else { return false };
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
        let Some(cell) = self.cell(form, row, column) else { return false };
        cell.origins.extend(origin);
        cell.words.get_or_insert_with(|| words.clone()) == words
    }

    /// What was posted to a cell.
    #[must_use]
    pub fn get(&self, form: &str, row: &str, column: &str) -> Option<&Posted> {
        let columns = self.of_form(form)?.row(row)?;
        columns.iter().find(|(known, _)| **known == *column).map(|(_, posted)| posted)
    }

    /// The words of a cell.
    #[must_use]
    pub fn words(&self, form: &str, row: &str, column: &str) -> Option<&Arc<str>> {
        self.get(form, row, column)?.words.as_ref()
    }

    /// The rows of a form or record in the order they came.
    #[must_use]
    pub fn rows(&self, form: &str) -> &[Arc<str>] {
        self.of_form(form).map_or(&[], |cells| &cells.rows)
    }
}

/// Rows by the order that was handed in for them; those without one keep theirs at the end.
pub(crate) fn in_order(form: &str, rows: &[Arc<str>], ledger: &Ledger) -> Vec<Arc<str>> {
    let mut rows = rows.to_vec();
    rows.sort_by_key(|row| ledger.get(form, row, "order").map_or(Decimal::MAX, |cell| cell.number));
    rows
}
