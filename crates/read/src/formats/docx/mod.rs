//! Word documents (docx), by Word, WPS, LibreOffice and others.
//!
//! They are read as they are printed: tracked changes as accepted, fields as their results,
//! automatic numbers as text, hidden text not at all. What that leaves out is told as caveats.
//!
//! Footnotes are read behind the paragraph that names them, text boxes behind the one that they are
//! fixed to. A table within a table is read behind it, unless the outer one is only a frame.

mod figures;
mod numbering;
mod numerals;
mod paragraph;
mod parts;
mod story;
mod styles;
mod table;
mod xml;

use super::listing::{Listed, Run};
use super::{Kind, ReadError};
pub use figures::listed_figures;
use parts::Parts;
use story::{Piece, Seen, Story};
use xml::{Node, Xml};

/// Why nothing was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fault {
    Damaged,
    TooLarge,
}

impl From<Fault> for ReadError {
    fn from(fault: Fault) -> Self {
        match fault {
            Fault::Damaged => Self::Damaged(Kind::Word),
            Fault::TooLarge => Self::TooMuch(Kind::Word),
        }
    }
}

/// Reads a document.
pub(super) fn read(bytes: &[u8]) -> Result<Vec<Listed>, ReadError> {
    let (story, pieces) = walked(&mut Parts::open(bytes)?)?;
    let mut blocks: Vec<Listed> = caveats(&story.seen).into_iter().map(Listed::Caveat).collect();
    list(pieces, &mut blocks);
    Ok(blocks)
}

/// Goes through the main part, with what it needs of the others.
fn walked(parts: &mut Parts<'_>) -> Result<(Story, Vec<Piece>), Fault> {
    let mut story = Story::new(
        styles::Styles::read(&parts.one("styles")?)?,
        numbering::Numbering::read(&parts.one("numbering")?)?,
    );
    notes(&mut story, "footnote", &parts.one("footnotes")?)?;
    notes(&mut story, "endnote", &parts.one("endnotes")?)?;
    let main = parts.main()?;
    let mut xml = Xml::new(&main);
    while let Some(node) = xml.next()? {
        if matches!(&node, Node::Open(element) if element.name() == "body") {
            let pieces = story.pieces(&mut xml)?;
            return Ok((story, pieces));
        }
    }
    Err(Fault::Damaged)
}

/// Reads the notes of a kind. Those with a type are lines that separate.
fn notes(story: &mut Story, kind: &'static str, text: &str) -> Result<(), Fault> {
    let mut xml = Xml::new(text);
    while let Some(node) = xml.next()? {
        let Node::Open(element) = node else { continue };
        if element.name() == kind && element.attribute("type").is_none_or(|t| t == "normal") {
            let id = element.attribute("id").unwrap_or_default();
            let pieces = story.pieces(&mut xml)?;
            story.notes.insert((kind, id), pieces);
        }
    }
    Ok(())
}

/// What readers must know of the document as a whole.
fn caveats(seen: &Seen) -> Vec<String> {
    let mut out = Vec::new();
    if seen.changes > 0 {
        out.push(format!(
            "文件中有 {} 处修订没有接受或拒绝，按全部接受后的样子读；公开前请在“审阅”中接受或拒绝全部修订",
            seen.changes
        ));
    }
    if seen.comments > 0 {
        out.push(format!("文件中有 {} 条批注，没有读；公开前请删除", seen.comments));
    }
    if seen.hidden > 0 {
        out.push(format!(
            "文件中有 {} 处隐藏文字（如“{}”），没有读；公开前请删除，别人能让它们显示出来",
            seen.hidden, seen.hidden_words
        ));
    }
    out
}

fn list(pieces: Vec<Piece>, out: &mut Vec<Listed>) {
    for piece in table::join(pieces) {
        match piece {
            Piece::Paragraph(0, text) => {
                out.push(Listed::Paragraph(vec![Run { text, ..Run::default() }]))
            }
            Piece::Paragraph(level, text) => {
                out.push(Listed::Heading(level, vec![Run { text, ..Run::default() }]));
            }
            Piece::Blank => {}
            Piece::Caveat(message) => out.push(Listed::Unread(message.to_owned())),
            Piece::Table(table) if table.is_frame() => {
                let cells = table.rows.into_iter().flatten();
                list(cells.flat_map(|cell| cell.pieces).collect(), out);
            }
            Piece::Table(table) => {
                out.push(Listed::Table(table.listed()));
                let is_aside = |piece: &Piece| matches!(piece, Piece::Table(_) | Piece::Caveat(_));
                let cells = table.rows.into_iter().flatten();
                list(cells.flat_map(|cell| cell.pieces).filter(is_aside).collect(), out);
            }
        }
    }
}

#[cfg(test)]
mod tests;
