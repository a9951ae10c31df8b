//! Formats: bytes become blocks of text and tables, each with its place in the source.
//!
//! Text ([`decode`], [`parse`]) has lines of its own. All other formats are read into a `listing`,
//! and their places lead back to pages, sheets or the web page by the document's layout.

mod aligned;
mod columns;
mod decode;
mod docx;
mod error;
mod html;
mod html_table;
mod inline;
mod lines;
mod listing;
mod markdown;
mod pages;
mod pipe;
mod sheets;
mod words;

use borsh::{BorshDeserialize, BorshSerialize};
use juesuan_model::Document;
use juesuan_pdf::Picture;
use listing::{Listed, listed};
use pages::Told;

pub use decode::{Decoded, MAX_BYTES, decode};
pub use docx::listed_figures;
pub use error::{Kind, ReadError};
pub use markdown::parse;
pub use pages::scan::{Cuttings, Piece, Recognised, Word};

/// A document with the text whose lines its places count.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reading {
    /// The text of the source, or the listing of one that has no lines.
    pub text: String,
    /// What it says.
    pub document: Document,
}

/// A file taken apart: its blocks, whose lines are not counted yet. It can be handed from a process
/// that takes strangers' files apart to the one that trusts them no further.
#[derive(Clone, Debug, BorshDeserialize, BorshSerialize)]
pub struct Dissected {
    blocks: Vec<Listed>,
    /// The pages of a PDF that are only pictures, by their numbers, unless they were recognised.
    pub scans: Vec<u32>,
}

impl Dissected {
    /// Counts the lines.
    #[must_use]
    pub fn listed(self) -> Reading {
        listed(self.blocks)
    }
}

/// Whether a file is of a format that is taken apart, by its first bytes.
#[must_use]
pub fn is_foreign(bytes: &[u8]) -> bool {
    juesuan_pdf::is_pdf(bytes)
        || bytes.starts_with(ARCHIVE)
        || bytes.starts_with(COMPOUND)
        || html::is_page(bytes)
}

/// Reads a file that is no text, by what its first bytes say it is; `None` when it is none that is
/// known, so that it may be text.
///
/// # Errors
/// When it is of a known format but broken, locked or beyond a limit.
pub fn convert(bytes: &[u8]) -> Option<Result<Reading, ReadError>> {
    dissect(bytes, &[]).map(|dissected| dissected.map(Dissected::listed))
}

/// Takes a file apart that is no text, with what was recognised of its pages that are only pictures;
/// `None` as for [`convert`].
///
/// # Errors
/// As [`convert`].
pub fn dissect(bytes: &[u8], recognised: &[Recognised]) -> Option<Result<Dissected, ReadError>> {
    if juesuan_pdf::is_pdf(bytes) {
        let told = pages::read(bytes, recognised);
        return Some(told.map(|Told { blocks, scans }| Dissected { blocks, scans }));
    }
    let blocks = if bytes.starts_with(ARCHIVE) {
        from_archive(bytes)?
    } else if bytes.starts_with(COMPOUND) {
        from_compound(bytes)?
    } else if html::is_page(bytes) {
        html::read(bytes)
    } else {
        return None;
    };
    Some(blocks.map(|blocks| Dissected { blocks, scans: Vec::new() }))
}

/// Draws pages of a PDF, given by their numbers, at a resolution in dots to the inch.
///
/// # Errors
/// As [`convert`], and when a picture would be too large.
pub fn pictures(bytes: &[u8], pages: &[u32], dpi: u16) -> Result<Vec<Picture>, ReadError> {
    Ok(juesuan_pdf::pictures(bytes, pages, dpi)?)
}

/// Cuts a page of a PDF that is only a picture into lines that can be recognised.
///
/// # Errors
/// As [`pictures`].
pub fn cut(bytes: &[u8], page: u32) -> Result<Cuttings, ReadError> {
    Ok(pages::scan::cut(&juesuan_pdf::picture(bytes, page, pages::scan::DPI)?))
}

/// How an archive begins, and a compound file.
const ARCHIVE: &[u8] = b"PK\x03\x04";
const COMPOUND: &[u8] = b"\xD0\xCF\x11\xE0";

type Blocks = Result<Vec<Listed>, ReadError>;

/// What of an archive's parts tells its format.
fn from_archive(bytes: &[u8]) -> Option<Blocks> {
    let Ok(archive) = zip::ZipArchive::new(std::io::Cursor::new(bytes)) else {
        return Some(Err(ReadError::Damaged(Kind::Office)));
    };
    let holds = |folder: &str| archive.file_names().flatten().any(|name| name.starts_with(folder));
    if holds("word/") { Some(docx::read(bytes)) } else { holds("xl/").then(|| sheets::read(bytes)) }
}

/// What the names of the streams of a compound file tell: a file under a password, an old one.
fn from_compound(bytes: &[u8]) -> Option<Blocks> {
    let holds = |stream: &str| {
        let name: Vec<u8> = stream.encode_utf16().chain([0]).flat_map(u16::to_le_bytes).collect();
        memchr::memmem::find(bytes, &name).is_some()
    };
    if holds("EncryptedPackage") {
        Some(Err(ReadError::Locked(Kind::Office)))
    } else if holds("WordDocument") {
        Some(Err(ReadError::Unread(Kind::OldWord)))
    } else {
        (holds("Workbook") || holds("Book")).then(|| sheets::read_old(bytes))
    }
}
