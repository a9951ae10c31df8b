//! Workbooks as compound files: xls, and what other programs keep in such files.

use std::io::Cursor;

use calamine::{Data, Reader, SheetType, SheetVisible, Xls, XlsError};

use super::super::ReadError;
use super::grid::{self, Sheet};
use super::refusal;
use crate::package::PackageError;
use crate::package::workbook::borrowed;

fn fault(error: &XlsError) -> ReadError {
    refusal(&match error {
        XlsError::Password => PackageError::Password,
        error => PackageError::Damaged { why: error.to_string() },
    })
}

/// The sheets of a workbook.
pub(super) fn sheets(bytes: &[u8]) -> Result<Vec<Sheet>, ReadError> {
    let mut book = Xls::new(Cursor::new(bytes)).map_err(|error| fault(&error))?;
    let all = book.sheets_metadata().iter().filter(|sheet| sheet.typ == SheetType::WorkSheet);
    let names: Vec<_> = all.map(|s| (s.name.clone(), s.visible == SheetVisible::Visible)).collect();
    let mut sheets = Vec::new();
    for (name, is_shown) in names {
        let mut sheet = Sheet::new(&name);
        sheet.is_hidden = !is_shown;
        let range = book.worksheet_range(&name).map_err(|error| fault(&error))?;
        let (first_row, first_column) = range.start().unwrap_or_default();
        for (row, column, value) in range.used_cells().filter(|cell| *cell.2 != Data::Empty) {
            let place = |at: usize, from: u32| u32::try_from(at).unwrap_or(0).saturating_add(from);
            let place = (place(row, first_row), place(column, first_column));
            sheet.add(place, grid::text(&borrowed(value), grid::Format::default()));
        }
        sheet.merged = book.merge_cells_by_sheet_name(&name).map_err(|error| fault(&error))?;
        sheets.push(sheet);
    }
    Ok(sheets)
}
