//! Where words of a publication stand in the packages.

use std::sync::Arc;

use juesuan_compile::{Address, Change, ChangeKind, Origin, Reconciled};
use juesuan_model::column_letters;
use juesuan_scheme::package::Posting;

use crate::compiled::Compiled;

/// A cell of a file of a package.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Spot {
    pub(crate) file: Arc<str>,
    pub(crate) sheet: Arc<str>,
    /// The row, from 1; 0 in a sheet of fields.
    pub(crate) row: u32,
    /// The column of the file, from 0.
    pub(crate) column: usize,
    /// What the column or the field is called.
    pub(crate) label: Arc<str>,
}

impl Spot {
    /// The place as people look for it.
    pub(crate) fn shown(&self) -> String {
        let Self { file, sheet, row, column, label } = self;
        match row {
            0 => format!("{file}（{sheet}）“{label}”"),
            row => format!("{file}（{sheet}）{}{row}“{label}”", column_letters(*column)),
        }
    }
}

/// For each change of words that were handed in, the cells that they stand in.
pub(crate) fn origins(compiled: &Compiled, reconciled: &Reconciled) -> Vec<Vec<Spot>> {
    let of = |change: &Change| match change.kind {
        ChangeKind::Stated | ChangeKind::Conflict => spots(compiled, change),
        _ => Vec::new(),
    };
    reconciled.changes.iter().map(of).collect()
}

/// `form[row].column` as its parts.
pub(crate) fn address(subject: &str) -> Option<Address> {
    let (form, rest) = subject.split_once('[')?;
    let (row, column) = rest.rsplit_once("].")?;
    Some((form.into(), row.into(), column.into()))
}

fn spots(compiled: &Compiled, change: &Change) -> Vec<Spot> {
    let Some(cell) = address(&change.subject) else { return Vec::new() };
    let posted = compiled.consolidated.ledger.get(&cell.0, &cell.1, &cell.2);
    let origins = posted.map_or(&[][..], |posted| &posted.origins);
    origins.iter().filter_map(|origin| spot(compiled, &cell, origin, &change.today)).collect()
}

fn spot(compiled: &Compiled, cell: &Address, origin: &Origin, words: &str) -> Option<Spot> {
    let package = usize::try_from(origin.package).ok()?;
    let package = compiled.handed_in.packages.get(package)?;
    let sheet = compiled.form.sheets.get(usize::from(origin.sheet))?;
    let rows = package.sheets.get(usize::from(origin.sheet))?;
    let entry = rows.entries.get(usize::try_from(origin.row).ok()?)?;
    let posts = |posting: &&Posting| {
        posting.cells.iter().any(|to| (&to.form, &to.column) == (&cell.0, &cell.2))
    };
    let mut columns = sheet.postings.iter().filter(posts).filter_map(|posting| posting.value);
    let at = columns.find(|at| entry.words(*at) == words)?;
    Some(Spot {
        file: rows.file.clone(),
        sheet: sheet.name.clone(),
        row: entry.number,
        column: rows.columns.get(at).copied().flatten().unwrap_or(at),
        label: sheet.columns.get(at)?.name.clone(),
    })
}
