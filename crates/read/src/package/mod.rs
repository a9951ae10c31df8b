//! Packages of units as sheets of cells: folders of CSV and TOML. What the cells mean is not known
//! here.

mod csv;
mod fields;

use juesuan_model::Sheet;
use thiserror::Error;

/// Why a file of a package cannot be read.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum PackageError {
    /// It is not written the way its ending says.
    #[error("第 {line} 行：{why}")]
    Malformed {
        /// The line, from 1.
        line: u32,
        /// What is wrong and what to do.
        why: String,
    },
    /// It has more rows than a package can have.
    #[error("行数超过 {MOST_ROWS}；请确认没有把整列填满，或把数据分成几个单位")]
    TooManyRows,
}

/// The most rows of a sheet.
pub const MOST_ROWS: usize = 1_000_000;

/// The kinds of files that hold a sheet, by their endings.
pub const SHEET_ENDINGS: [&str; 2] = ["csv", "toml"];

/// Reads a file of a package as a sheet. `name` is the file's name without its ending, `file` what
/// messages call it.
///
/// # Errors
/// Names the line that is not written as it should be, or says that there are too many.
pub fn read_sheet(name: &str, ending: &str, file: &str, text: &str) -> Result<Sheet, PackageError> {
    let rows = match ending {
        "toml" => fields::rows(text)?,
        _ => csv::rows(text)?,
    };
    Ok(Sheet { name: name.into(), file: file.into(), rows })
}
