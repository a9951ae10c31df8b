//! Workbooks in which disclosures are published: the forms as sheets in their order, each cell as it
//! is shown.

mod biff;
mod grid;
mod shown;
mod xls;
mod xlsx;

use super::listing::{Listed, listed};
use super::{ReadError, Reading};
use crate::package::PackageError;
use grid::Sheet;

/// How an archive begins, and a compound file.
const ARCHIVE: &[u8] = b"PK\x03\x04";
const COMPOUND: &[u8] = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";

/// The cells that a workbook may have, those counted too that are empty between others.
const MOST_CELLS: usize = 4_000_000;

/// Reads a workbook; `None` when the file is none.
pub(super) fn read(bytes: &[u8]) -> Option<Result<Reading, ReadError>> {
    let sheets = if bytes.starts_with(ARCHIVE) {
        xlsx::is_book(bytes).then(|| xlsx::sheets(bytes))?
    } else if bytes.starts_with(COMPOUND) {
        xls::sheets(bytes)?
    } else {
        return None;
    };
    Some(sheets.and_then(|sheets| blocks(sheets).map(listed)))
}

fn blocks(sheets: Vec<Sheet>) -> Result<Vec<Listed>, ReadError> {
    let (mut blocks, mut room) = (Vec::new(), MOST_CELLS);
    for sheet in sheets {
        room = room.checked_sub(sheet.area()).ok_or(ReadError::TOO_LARGE_INSIDE)?;
        sheet.list(&mut blocks);
    }
    Ok(blocks)
}

/// What is wrong with a workbook, in words for those who publish.
fn refusal(error: &PackageError) -> ReadError {
    match error {
        PackageError::Password => ReadError::Refused(
            "工作簿设了打开密码，读不了；请在表格软件里打开它，取消密码后另存，再来检查",
            "the workbook asks for a password; open it, take the password off, and save it anew",
        ),
        PackageError::TooLarge { .. } | PackageError::TooManyRows { .. } => {
            ReadError::TOO_LARGE_INSIDE
        }
        _ => ReadError::Refused(
            "工作簿损坏，读不出；请在表格软件里打开它，另存为“Excel 工作簿（*.xlsx）”，再来检查",
            "the workbook is damaged; open it in a spreadsheet program and save it anew as xlsx",
        ),
    }
}

#[cfg(test)]
mod tests;
