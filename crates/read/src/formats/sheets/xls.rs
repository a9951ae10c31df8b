//! Workbooks as compound files: xls, and what other programs keep in such files.

use std::io::Cursor;
use std::panic::catch_unwind;

use calamine::{Data, Reader, SheetType, SheetVisible, Xls, XlsError};
use memchr::memmem;
use rustc_hash::FxHashMap;

use super::super::ReadError;
use super::biff::Looks;
use super::grid::{self, Sheet};
use super::refusal;
use super::shown::NumberFormat;
use crate::package::PackageError;
use crate::package::workbook::archive::{columns_in_words, in_words};
use crate::package::workbook::borrowed;

/// The sheets of a workbook; `None` when the file holds none.
pub(super) fn sheets(bytes: &[u8]) -> Option<Result<Vec<Sheet>, ReadError>> {
    if has_part(bytes, "EncryptedPackage") {
        return Some(Err(LOCKED));
    }
    if has_part(bytes, "WordDocument") {
        return Some(Err(OLD_WORD));
    }
    (has_part(bytes, "Workbook") || has_part(bytes, "Book")).then(|| {
        // The reader of these files gives up on some damaged ones by a panic.
        let damaged = || refusal(&PackageError::Damaged { why: String::new() });
        catch_unwind(|| read(bytes)).unwrap_or_else(|_| Err(damaged()))
    })
}

const LOCKED: ReadError = ReadError::Refused(
    "文件设了打开密码，读不了；请打开它，取消密码后另存，再来检查",
    "the file asks for a password; open it, take the password off, and save it anew",
);
const OLD_WORD: ReadError = ReadError::Refused(
    "这是旧版 Word 或 WPS 文字文件（doc、wps），读不了；请打开它，另存为 docx 或 PDF，再来检查",
    "this is an old Word or WPS document (doc, wps); open it and save it as docx or PDF",
);

/// Whether a compound file has a part of this name: names stand in its directory in UTF-16.
fn has_part(bytes: &[u8], name: &str) -> bool {
    let name: Vec<u8> = name.encode_utf16().chain([0]).flat_map(u16::to_le_bytes).collect();
    memmem::find(bytes, &name).is_some()
}

fn fault(error: &XlsError) -> ReadError {
    refusal(&match error {
        XlsError::Password => PackageError::Password,
        error => PackageError::Damaged { why: error.to_string() },
    })
}

fn read(bytes: &[u8]) -> Result<Vec<Sheet>, ReadError> {
    let looks = Looks::read(bytes);
    // All cells are kept in one grid a sheet.
    if looks.area() > super::MOST_CELLS {
        return Err(ReadError::TOO_LARGE_INSIDE);
    }
    let mut book = Xls::new(Cursor::new(bytes)).map_err(|error| fault(&error))?;
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
