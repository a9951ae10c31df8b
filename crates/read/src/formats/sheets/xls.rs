//! Workbooks as compound files: xls, and what other programs keep in such files.

use calamine::{Data, Reader, SheetType, SheetVisible, XlsError};
use rustc_hash::FxHashMap;

use super::super::ReadError;
use super::biff::Looks;
use super::grid::{self, Sheet};
use super::refusal;
use super::shown::NumberFormat;
use crate::package::workbook::archive::{columns_in_words, in_words};
use crate::package::workbook::{borrowed, old};

/// The sheets of a workbook.
pub(super) fn sheets(bytes: &[u8]) -> Result<Vec<Sheet>, ReadError> {
    let fault = |error: &XlsError| refusal(&old::fault(error));
    // All cells are kept in one grid a sheet.
    let old = old::open(bytes, super::MOST_CELLS).map_err(|error| refusal(&error))?;
    let (looks, mut book) = (Looks::read(&old.stream), old.book);
    let all = book.sheets_metadata().iter().enumerate();
    let tables = all.filter(|(_, sheet)| sheet.typ == SheetType::WorkSheet);
    let names = tables.map(|(at, s)| (at, s.name.clone(), s.visible == SheetVisible::Visible));
    let mut formats: FxHashMap<&str, NumberFormat> = FxHashMap::default();
    let mut sheets = Vec::new();
    for (at, name, is_shown) in names.collect::<Vec<_>>() {
        let mut sheet = Sheet::new(&name);
        sheet.is_hidden = !is_shown;
        if let Some(look) = looks.sheets.get(at) {
            sheet.hidden_rows = in_words(&look.hidden_rows);
            sheet.hidden_columns = columns_in_words(&look.hidden_columns);
        }
        let range = book.worksheet_range(&name).map_err(|error| fault(&error))?;
        let (first_row, first_column) = range.start().unwrap_or_default();
        for (row, column, value) in range.used_cells().filter(|cell| *cell.2 != Data::Empty) {
            let place = |at: usize, from: u32| u32::try_from(at).unwrap_or(0).saturating_add(from);
            let place = (place(row, first_row), place(column, first_column));
            let code = looks.code(at, place);
            let number = formats.entry(code).or_insert_with(|| NumberFormat::parse(code));
            let format = grid::Format { code, number: Some(number) };
            sheet.add(place, grid::text(&borrowed(value), format));
        }
        sheet.merged = book.merge_cells_by_sheet_name(&name).map_err(|error| fault(&error))?;
        sheets.push(sheet);
    }
    Ok(sheets)
}
