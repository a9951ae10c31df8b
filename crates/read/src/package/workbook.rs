//! Packages as workbooks: xlsx, xlsm (whose macros are neither run nor read) and xls.

pub(crate) mod archive;
pub(crate) mod grid;
pub(crate) mod old;

use std::io::Cursor;

use calamine::{Data, DataRef, Reader, SheetType, SheetVisible, Xlsx, XlsxError};
use juesuan_model::{Remark, RemarkKind, Sheet};
use rustc_hash::FxHashSet;

use super::PackageError;
use archive::Survey;
use grid::{Grid, MOST_CELLS, Words};

/// How an archive begins, and a compound file: an xls, or an xlsx with a password.
const ARCHIVE: &[u8] = b"PK\x03\x04";
const COMPOUND: &[u8] = b"\xD0\xCF\x11\xE0";

/// Reads a workbook as its sheets, those too that are not shown. `file` is what messages call it.
///
/// # Errors
/// When it asks for a password, is no workbook, is damaged or larger than any package can be.
pub fn read_workbook(file: &str, bytes: &[u8]) -> Result<Vec<Sheet>, PackageError> {
    if bytes.starts_with(ARCHIVE) {
        let survey = archive::survey(bytes)?;
        return of_xlsx(file, bytes, &survey);
    }
    if bytes.starts_with(COMPOUND) {
        if old::is_locked(bytes) {
            return Err(PackageError::Password);
        }
        return of_xls(file, bytes);
    }
    let kind = match bytes {
        [] => "空文件",
        [b'%', b'P', b'D', b'F', ..] => "PDF 文件",
        _ => "别种文件",
    };
    Err(PackageError::NotWorkbook(kind))
}

fn remark(kind: RemarkKind) -> Remark {
    Remark { row: 0, column: None, kind }
}

/// The sheets that hold cells, and whether they are shown.
fn tables<R: std::io::Read + std::io::Seek>(book: &impl Reader<R>) -> Vec<(String, bool)> {
    let all = book.sheets_metadata().iter();
    let cells = all.filter(|sheet| sheet.typ == SheetType::WorkSheet);
    cells.map(|sheet| (sheet.name.clone(), sheet.visible == SheetVisible::Visible)).collect()
}

fn of_xlsx(file: &str, bytes: &[u8], survey: &Survey) -> Result<Vec<Sheet>, PackageError> {
    let mut book = Xlsx::new(Cursor::new(bytes)).map_err(|error| xlsx_fault(&error))?;
    let (mut room, mut words) = (MOST_CELLS, Words::default());
    let mut sheets = Vec::new();
    for (name, is_shown) in tables(&book) {
        let percents = percents(&mut book, &name).map_err(|error| xlsx_fault(&error))?;
        let mut grid = Grid::new(&name, &mut room, &mut words);
        let mut cells = book.worksheet_cells_reader(&name).map_err(|error| xlsx_fault(&error))?;
        while let Some(cell) =
            cells.next_cell_with_formula_metadata().map_err(|error| xlsx_fault(&error))?
        {
            let is_percent = percents.contains(&cell.pos);
            grid.add(cell.pos, &cell.value, cell.formula.is_some(), is_percent)?;
        }
        drop(cells);
        let merged = book.merge_cells_by_sheet_name(&name).map_err(|error| xlsx_fault(&error))?;
        let (rows, mut remarks) = grid.finish(&merged);
        if let Some(hidden) = survey.hidden.get(&name) {
            remarks.insert(0, remark(RemarkKind::HiddenRows(hidden.as_str().into())));
        }
        if !is_shown {
            remarks.insert(0, remark(RemarkKind::HiddenSheet));
        }
        sheets.push(Sheet { name: name.trim().into(), file: file.into(), rows, remarks });
    }
    if let Some(first) = sheets.first_mut().filter(|_| survey.has_macros) {
        first.remarks.insert(0, remark(RemarkKind::Macros));
    }
    Ok(sheets)
}

/// The cells that show a number in percent.
fn percents(
    book: &mut Xlsx<Cursor<&[u8]>>,
    name: &str,
) -> Result<FxHashSet<(u32, u32)>, XlsxError> {
    let mut cells = book.worksheet_cells_reader(name)?;
    let is_percent = |style: &calamine::Style| {
        style.number_format.as_ref().is_some_and(|format| format.format_code.contains('%'))
    };
    let styles: Vec<bool> = cells.styles().iter().map(is_percent).collect();
    let mut found = FxHashSet::default();
    if styles.contains(&true) {
        while let Some((row, column, style)) = cells.next_style_id()? {
            if styles.get(style) == Some(&true) {
                found.insert((row, column));
            }
        }
    }
    Ok(found)
}

fn xlsx_fault(error: &XlsxError) -> PackageError {
    match error {
        XlsxError::Password => PackageError::Password,
        error => PackageError::Damaged { why: error.to_string() },
    }
}

fn of_xls(file: &str, bytes: &[u8]) -> Result<Vec<Sheet>, PackageError> {
    let mut book = old::open(bytes, MOST_CELLS)?.book;
    let (mut room, mut words) = (MOST_CELLS, Words::default());
    let mut sheets = Vec::new();
    for (name, is_shown) in tables(&book) {
        let range = book.worksheet_range(&name).map_err(|error| old::fault(&error))?;
        let formulas = book.worksheet_formula(&name).map_err(|error| old::fault(&error))?;
        let is_formula =
            |place| formulas.get_value(place).is_some_and(|formula| !formula.is_empty());
        let start = range.start().unwrap_or_default();
        let mut grid = Grid::new(&name, &mut room, &mut words);
        for (row, column, value) in range.cells() {
            let place =
                |at: usize, from: u32| u32::try_from(at).map_or(from, |at| from.saturating_add(at));
            let place = (place(row, start.0), place(column, start.1));
            if *value != Data::Empty {
                grid.add(place, &borrowed(value), is_formula(place), false)?;
            }
        }
        let merged = book.merge_cells_by_sheet_name(&name).map_err(|error| old::fault(&error))?;
        let (rows, mut remarks) = grid.finish(&merged);
        if !is_shown {
            remarks.insert(0, remark(RemarkKind::HiddenSheet));
        }
        sheets.push(Sheet { name: name.trim().into(), file: file.into(), rows, remarks });
    }
    Ok(sheets)
}

/// The same value as the other reader gives it.
pub(crate) fn borrowed(value: &Data) -> DataRef<'_> {
    match value {
        Data::Int(number) => DataRef::Int(*number),
        Data::Float(number) => DataRef::Float(*number),
        Data::String(text) => DataRef::SharedString(text),
        Data::Bool(yes) => DataRef::Bool(*yes),
        Data::DateTime(at) => DataRef::DateTime(*at),
        Data::DateTimeIso(text) => DataRef::DateTimeIso(text.clone()),
        Data::DurationIso(text) => DataRef::DurationIso(text.clone()),
        Data::Error(error) => DataRef::Error(error.clone()),
        Data::Empty => DataRef::Empty,
    }
}

#[cfg(test)]
mod tests;
