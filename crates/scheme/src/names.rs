//! The Chinese names that formulas use, resolved to ids.

use std::sync::Arc;

use crate::form::{Form, Layout};
use crate::formula::{CellRef, ColumnRef, Expression, Formula, ONLY_ROW, RowRef};
use crate::scheme::Record;

/// Chinese names and ids of all that formulas can speak of.
pub(crate) struct Names<'a> {
    pub(crate) forms: &'a [Form],
    pub(crate) records: &'a [Record],
    pub(crate) spoken: &'a [Record],
}

impl Names<'_> {
    /// The form or record of a name.
    pub(crate) fn form(&self, name: &str) -> Result<Arc<str>, String> {
        let form = self.forms.iter().find(|f| *f.id == *name || f.is_titled(name));
        let record = || self.all_records().find(|r| *r.id == *name || *r.name == *name);
        form.map(|form| form.id.clone())
            .or_else(|| record().map(|record| record.id.clone()))
            .ok_or_else(|| format!("没有“{name}”这张表"))
    }

    /// Replaces the names in a formula by ids.
    pub(crate) fn resolve(&self, formula: &mut Formula) -> Result<(), String> {
        let mut fault = None;
        formula.cells_mut(&mut |cell| {
            if let Err(message) = self.cell(cell) {
                fault.get_or_insert(message);
            }
        });
        fault.map_or(Ok(()), Err)
    }

    /// Replaces the names in an expression by ids.
    pub(crate) fn resolve_expression(&self, expression: &mut Expression) -> Result<(), String> {
        let mut fault = None;
        expression.cells_mut(&mut |cell| {
            if let Err(message) = self.cell(cell) {
                fault.get_or_insert(message);
            }
        });
        fault.map_or(Ok(()), Err)
    }

    /// The id of a row of a form; rows of records are what they are.
    pub(crate) fn row_of(&self, form: &str, name: &str) -> Result<Arc<str>, String> {
        let mut cell =
            CellRef { form: form.into(), row: RowRef::Id(name.into()), column: ColumnRef::Each };
        self.cell(&mut cell)?;
        match cell.row {
            RowRef::Id(id) => Ok(id),
            _ => Ok(name.into()),
        }
    }

    /// The id of a column of a form or record.
    pub(crate) fn column_of(&self, form: &str, name: &str) -> Result<Arc<str>, String> {
        let mut cell =
            CellRef { form: form.into(), row: RowRef::Each, column: ColumnRef::Id(name.into()) };
        self.cell(&mut cell)?;
        match cell.column {
            ColumnRef::Id(id) => Ok(id),
            ColumnRef::Each => Ok(name.into()),
        }
    }

    fn all_records(&self) -> impl Iterator<Item = &Record> {
        self.records.iter().chain(self.spoken)
    }

    fn cell(&self, cell: &mut CellRef) -> Result<(), String> {
        cell.form = self.form(&cell.form)?;
        let is_spoken = self.spoken.iter().any(|r| r.id == cell.form);
        if is_spoken && cell.row == RowRef::Id(ONLY_ROW.into()) {
            // A sentence without row is meant as it stands first.
            cell.row = RowRef::Id("1".into());
        }
        if let Some(record) = self.all_records().find(|r| r.id == cell.form) {
            if let ColumnRef::Id(name) = &mut cell.column {
                let column =
                    record.columns.iter().find(|(id, chinese)| id == name || chinese == name);
                let (id, _) =
                    column.ok_or_else(|| format!("“{}”没有“{name}”这一栏", record.name))?;
                *name = id.clone();
            }
            return Ok(());
        }
        let Some(form) = self.forms.iter().find(|form| form.id == cell.form) else {
            return Ok(());
        };
        if let ColumnRef::Id(name) = &mut cell.column {
            let column = form.column(name);
            *name =
                column.ok_or_else(|| format!("《{}》没有“{name}”这一栏", form.title))?.id.clone();
        }
        if let RowRef::Id(name) = &mut cell.row {
            match form.row(name) {
                Some(row) => *name = row.id.clone(),
                None if name.bytes().all(|b| b.is_ascii_digit()) => {}
                None if matches!(&**name, "total" | "合计") && form.layout == Layout::Tree => {
                    *name = "total".into();
                }
                None => return Err(format!("《{}》没有“{name}”这一行", form.title)),
            }
        }
        Ok(())
    }
}
