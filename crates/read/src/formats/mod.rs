//! Formats: bytes become blocks of text and tables, each with its place in the source.
//!
//! Text ([`decode`], [`parse`]) has lines of its own. All other formats are read into a `listing`,
//! and their places lead back to pages, sheets or the web page by the document's layout.

mod aligned;
mod columns;
mod decode;
mod html;
mod html_table;
mod inline;
mod lines;
mod listing;
mod markdown;
mod pipe;
mod sheets;
mod words;

use juesuan_model::Document;

pub use decode::{Decoded, MAX_BYTES, ReadError, decode};
pub use markdown::parse;

/// A document with the text whose lines its places count.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reading {
    /// The text of the source, or the listing of one that has no lines.
    pub text: String,
    /// What it says.
    pub document: Document,
}

/// Reads a file that is no text, by what its first bytes say it is; `None` when it is none that is
/// known, so that it may be text.
///
/// # Errors
/// When it is of a known format but broken, locked or beyond a limit.
pub fn convert(bytes: &[u8]) -> Option<Result<Reading, ReadError>> {
    if html::is_page(bytes) {
        return Some(html::read(bytes));
    }
    sheets::read(bytes)
}
