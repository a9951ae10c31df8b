//! What can go wrong in writing.

/// Why a report could not be written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum WriteError {
    /// The workbook could not be put together.
    #[error("工作簿无法生成：{0}")]
    Workbook(#[from] rust_xlsxwriter::XlsxError),
}
