//! Reading: a file becomes a [`Document`](juesuan_model::Document) (`formats`), a document becomes
//! [`Accounts`](juesuan_model::Accounts) (`bind`).
//!
//! Formats know no rules and binding knows no formats. Reading never fails on content: what cannot
//! be read is kept and said. Only what is no text at all, or too large, is refused.

mod bind;
mod formats;
mod package;

pub use juesuan_pdf::Picture;

pub use bind::{bind, bind_on, identify};
pub use formats::{
    Cuttings, Decoded, Dissected, Kind, MAX_BYTES, Piece, ReadError, Reading, Recognised, Word,
    convert, cut, decode, dissect, is_foreign, listed_figures, parse, pictures,
};
pub use package::{
    BOOK_ENDINGS, MOST_ROWS, PackageError, SHEET_ENDINGS, read_sheet, read_workbook,
};
