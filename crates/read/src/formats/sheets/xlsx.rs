//! Workbooks as archives: xlsx and xlsm.

use std::io::Cursor;

use calamine::{DataRef, Reader, SheetType, SheetVisible, Style, Xlsx, XlsxError};
use rustc_hash::FxHashMap;

use super::super::ReadError;
use super::grid::{self, Sheet};
use super::refusal;
use super::shown::NumberFormat;
use crate::package::PackageError;
use crate::package::workbook::archive;

type Book<'a> = Xlsx<Cursor<&'a [u8]>>;

/// The sheets of a workbook.
pub(super) fn sheets(bytes: &[u8]) -> Result<Vec<Sheet>, ReadError> {
    let survey = archive::survey(bytes).map_err(|error| refusal(&error))?;
    let mut book = Xlsx::new(Cursor::new(bytes)).map_err(|error| fault(&error))?;
    let all = book.sheets_metadata().iter().filter(|sheet| sheet.typ == SheetType::WorkSheet);
    let names: Vec<_> = all.map(|s| (s.name.clone(), s.visible == SheetVisible::Visible)).collect();
    let mut room = super::MOST_CELLS;
    let mut sheets = Vec::new();
    for (name, is_shown) in names {
        let mut sheet = Sheet::new(&name);
        sheet.is_hidden = !is_shown;
        sheet.hidden_rows = survey.hidden.get(&name).cloned().unwrap_or_default();
        sheet.hidden_columns = survey.hidden_columns.get(&name).cloned().unwrap_or_default();
        cells(&mut book, &name, &mut room, &mut sheet)?;
        sheet.merged = book.merge_cells_by_sheet_name(&name).map_err(|error| fault(&error))?;
        sheets.push(sheet);
    }
    Ok(sheets)
}

fn fault(error: &XlsxError) -> ReadError {
    refusal(&match error {
        XlsxError::Password => PackageError::Password,
        error => PackageError::Damaged { why: error.to_string() },
    })
}

fn cells(
    book: &mut Book<'_>,
    name: &str,
    room: &mut usize,
    sheet: &mut Sheet,
) -> Result<(), ReadError> {
    let styles = styles(book, name, *room).map_err(|error| fault(&error))?;
    let mut cells = book.worksheet_cells_reader(name).map_err(|error| fault(&error))?;
    let codes: Vec<String> = cells.styles().iter().map(code).collect();
    let formats: Vec<_> = codes.iter().map(|code| NumberFormat::parse(code)).collect();
    while let Some(cell) = cells.next_cell_with_formula_metadata().map_err(|error| fault(&error))? {
        *room = room.checked_sub(1).ok_or(super::TOO_MUCH)?;
        let style = styles.get(&cell.pos).copied().unwrap_or(0);
        let format = grid::Format {
            code: codes.get(style).map_or("", String::as_str),
            number: formats.get(style),
        };
        if cell.value == DataRef::Empty && cell.formula.is_some() {
            sheet.unworked = sheet.unworked.saturating_add(1);
        }
        sheet.add(cell.pos, grid::text(&cell.value, format));
    }
    Ok(())
}

fn code(style: &Style) -> String {
    let format = style.number_format.as_ref();
    format.map_or_else(String::new, |format| format.format_code.clone())
}

/// The styles of the cells that have one.
fn styles(
    book: &mut Book<'_>,
    name: &str,
    room: usize,
) -> Result<FxHashMap<(u32, u32), usize>, XlsxError> {
    let mut cells = book.worksheet_cells_reader(name)?;
    let mut found = FxHashMap::default();
    while let Some((row, column, style)) = cells.next_style_id()? {
        if found.len() > room {
            break;
        }
        found.insert((row, column), style);
    }
    Ok(found)
}
