//! What was read as CSV: a row for each row of a table, one for each heading and paragraph, an empty
//! one between blocks.

use juesuan_model::Block;

use super::{Source, grid};
use crate::publication::data::quoted;

/// All blocks as CSV, with the mark by which spreadsheets know the encoding.
#[must_use]
pub fn csv(source: Source<'_>) -> String {
    let mut out = String::from("\u{feff}");
    for (at, block) in source.document.blocks.iter().enumerate() {
        if at > 0 {
            out.push_str("\r\n");
        }
        match block {
            Block::Heading(heading) => line(&mut out, &[heading.text.as_str()]),
            Block::Paragraph(text) => line(&mut out, &[text.as_str()]),
            Block::Table(table) => grid(table).iter().for_each(|row| line(&mut out, row)),
        }
    }
    out
}

fn line(out: &mut String, cells: &[&str]) {
    let cells: Vec<String> = cells.iter().map(|cell| quoted(cell)).collect();
    out.push_str(&cells.join(","));
    out.push_str("\r\n");
}
