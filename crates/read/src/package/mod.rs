//! Packages of units as sheets of cells: folders of CSV and TOML, and workbooks. What the cells
//! mean is not known here.

mod csv;
mod fields;
pub(crate) mod workbook;

use juesuan_model::Sheet;
use thiserror::Error;

pub use workbook::read_workbook;

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
    /// A sheet has more rows, or more cells, than a package can have.
    #[error("“{sheet}”的行数超过 {MOST_ROWS}；请确认没有把整列填满，或把数据分成几个单位")]
    TooManyRows {
        /// The sheet.
        sheet: String,
    },
    /// The workbook asks for a password.
    #[error("工作簿设了打开密码，读不了；请在表格软件里打开它，取消密码后另存，再来")]
    Password,
    /// It is no workbook, or of another kind.
    #[error(
        "这是{0}，不是 xlsx 或 xls 工作簿；请在表格软件里打开它，另存为“Excel 工作簿（*.xlsx）”"
    )]
    NotWorkbook(&'static str),
    /// What is in it is too large.
    #[error(
        "工作簿解开后太大（{part}），不像是填报的数据，没有读；请把要交的表复制到新的工作簿，另存为 xlsx"
    )]
    TooLarge {
        /// The part of it.
        part: String,
    },
    /// It is damaged.
    #[error("工作簿损坏，读不出（{why}）；请在表格软件里打开它，另存为新的 xlsx 再来")]
    Damaged {
        /// What was met.
        why: String,
    },
}

/// The most rows of a sheet.
pub const MOST_ROWS: usize = 1_000_000;

/// The kinds of files that hold a sheet, by their endings.
pub const SHEET_ENDINGS: [&str; 2] = ["csv", "toml"];

/// The kinds of files that hold a whole package, by their endings.
pub const BOOK_ENDINGS: [&str; 3] = ["xlsx", "xlsm", "xls"];

/// Reads a file of a package as a sheet. `name` is the file's name without its ending, `file` what
/// messages call it.
///
/// # Errors
/// Names the line that is not written as it should be, or says that there are too many.
pub fn read_sheet(name: &str, ending: &str, file: &str, text: &str) -> Result<Sheet, PackageError> {
    let rows = match ending {
        "toml" => fields::rows(text)?,
        _ => csv::rows(name, text)?,
    };
    Ok(Sheet { name: name.into(), file: file.into(), rows, remarks: Vec::new() })
}
