//! What was read of a file, for people and programs: blocks in their order, each with its place.
//!
//! ```
//! use juesuan_model::{Block, Document, Place, Text};
//! use juesuan_write::reading::{Source, markdown};
//!
//! let text = Text::new("收入 12.00 万元。", Place::new(3, 1));
//! let document = Document { blocks: vec![Block::Paragraph(text)], ..Document::default() };
//! let source = Source { document: &document, path: "甲.txt", sha256: "", has_lines: true };
//! assert_eq!(markdown(source), "收入 12.00 万元。\n");
//! ```

mod csv;
mod html;
mod json;
mod markdown;

use juesuan_model::{Cell, Document, Location, Place, Text};

pub use csv::csv;
pub use html::html;
pub use json::json;
pub use markdown::markdown;

/// A document that was read, and of what file.
#[derive(Clone, Copy, Debug)]
pub struct Source<'a> {
    /// What it says.
    pub document: &'a Document,
    /// The file as the user knows it.
    pub path: &'a str,
    /// The hash of the file.
    pub sha256: &'a str,
    /// Whether its places are lines of the file.
    pub has_lines: bool,
}

impl Source<'_> {
    /// Where a text stands in the file.
    fn locate(&self, text: &Text) -> Option<Location> {
        let place = text.place_of(0, text.as_str().len());
        self.document.layout.locate(place)
    }

    /// The line and column of a text, in files that have lines.
    fn line(&self, text: &Text) -> Option<Place> {
        Some(text.start()).filter(|place| self.has_lines && place.line > 0)
    }
}

/// The grid that a table fills, with the text of a cell in the first of the places it covers.
fn grid(table: &juesuan_model::Table) -> Vec<Vec<&str>> {
    let width = table.rows.iter().flat_map(|row| &row.cells).map(Cell::end).max().unwrap_or(0);
    let width = usize::try_from(width).unwrap_or(0);
    let mut grid = Vec::with_capacity(table.rows.len());
    for row in &table.rows {
        // Rows as long as they are: one far cell must not widen all others.
        let last = row.cells.last().map_or(0, Cell::end);
        let mut places = vec![""; usize::try_from(last).unwrap_or(0).min(width)];
        for cell in &row.cells {
            let place = usize::try_from(cell.column).ok().and_then(|at| places.get_mut(at));
            if let Some(place) = place {
                *place = cell.text.as_str();
            }
        }
        grid.push(places);
    }
    grid
}

#[cfg(test)]
mod tests;
