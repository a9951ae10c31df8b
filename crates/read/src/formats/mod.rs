//! Formats: bytes become blocks of text and tables, each with its place in the source.
//!
//! Text ([`decode`], [`parse`]) has lines of its own. All other formats are read into a `listing`,
//! and their places lead back to pages, sheets or the web page by the document's layout.

mod aligned;
mod decode;
mod docx;
mod html_table;
mod inline;
mod lines;
mod listing;
mod markdown;
mod pipe;

use juesuan_model::Document;

pub use decode::{Decoded, MAX_BYTES, ReadError, decode};
pub use docx::listed_figures;
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
    if bytes.starts_with(ARCHIVE) {
        return from_archive(bytes);
    }
    if bytes.starts_with(COMPOUND) {
        return from_compound(bytes);
    }
    None
}

/// How an archive begins, and a compound file.
const ARCHIVE: &[u8] = b"PK\x03\x04";
const COMPOUND: &[u8] = b"\xD0\xCF\x11\xE0";

/// What of an archive's folders tells its format.
fn from_archive(bytes: &[u8]) -> Option<Result<Reading, ReadError>> {
    let Ok(archive) = zip::ZipArchive::new(std::io::Cursor::new(bytes)) else {
        return Some(Err(ReadError::Damaged("Word、Excel 或压缩文件", "Word, Excel or zip file")));
    };
    let holds = |folder: &str| archive.file_names().flatten().any(|name| name.starts_with(folder));
    holds("word/").then(|| docx::read(bytes))
}

/// What the names of the streams of a compound file tell: a file under a password, an old one.
fn from_compound(bytes: &[u8]) -> Option<Result<Reading, ReadError>> {
    let holds = |stream: &str| {
        let name: Vec<u8> = stream.encode_utf16().flat_map(u16::to_le_bytes).collect();
        memchr::memmem::find(bytes, &name).is_some()
    };
    if holds("EncryptedPackage") {
        return Some(Err(ReadError::Locked));
    }
    holds("WordDocument").then_some(Err(ReadError::OldWord))
}
