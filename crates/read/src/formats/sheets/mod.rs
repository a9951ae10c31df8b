//! Workbooks in which disclosures are published: the forms as sheets in their order, each cell as it
//! is shown.

mod biff;
mod grid;
mod shown;
mod xls;
mod xlsx;

use super::listing::Listed;
use super::{Kind, ReadError};
use crate::package::PackageError;
use grid::Sheet;

/// The cells that a workbook may have, those counted too that are empty between others.
const MOST_CELLS: usize = 4_000_000;

/// Reads a workbook that is an archive: xlsx, xlsm.
pub(super) fn read(bytes: &[u8]) -> Result<Vec<Listed>, ReadError> {
    blocks(xlsx::sheets(bytes)?)
}

/// Reads a workbook that is a compound file: xls.
pub(super) fn read_old(bytes: &[u8]) -> Result<Vec<Listed>, ReadError> {
    blocks(xls::sheets(bytes)?)
}

fn blocks(sheets: Vec<Sheet>) -> Result<Vec<Listed>, ReadError> {
    let (mut blocks, mut room) = (Vec::new(), MOST_CELLS);
    for sheet in sheets {
        room = room.checked_sub(sheet.area()).ok_or(TOO_MUCH)?;
        sheet.list(&mut blocks);
    }
    Ok(blocks)
}

/// What is wrong with a workbook, for those who publish.
const fn refusal(error: &PackageError) -> ReadError {
    match error {
        PackageError::Password => ReadError::Locked(Kind::Workbook),
        PackageError::TooLarge { .. } | PackageError::TooManyRows { .. } => TOO_MUCH,
        _ => ReadError::Damaged(Kind::Workbook),
    }
}

const TOO_MUCH: ReadError = ReadError::TooMuch(Kind::Workbook);

#[cfg(test)]
mod tests;
