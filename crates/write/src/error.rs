//! What can go wrong in writing.

/// Why a report or a publication could not be written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum WriteError {
    /// The workbook could not be put together.
    #[error("工作簿无法生成：{0}")]
    Workbook(#[from] rust_xlsxwriter::XlsxError),
    /// The parts of a document could not be packed.
    #[error("文档无法打包：{0}")]
    Pack(#[from] zip::result::ZipError),
    /// A part of a document could not be written.
    #[error("文档无法写出：{0}")]
    Part(#[from] std::io::Error),
}
