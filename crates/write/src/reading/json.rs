//! What was read as JSON. The shape is a promise: fields are added, never renamed or removed.

use juesuan_model::{Block, Cell, Location, Table, Text};
use serde::Serialize;

use super::Source;

#[derive(Serialize)]
struct Read<'a> {
    document: About<'a>,
    blocks: Vec<Listed<'a>>,
    caveats: Vec<Caveat<'a>>,
}

#[derive(Serialize)]
struct About<'a> {
    path: &'a str,
    sha256: &'a str,
}

#[derive(Serialize)]
struct Listed<'a> {
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    level: Option<u8>,
    #[serde(flatten)]
    place: Place,
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cells: Option<Vec<ListedCell<'a>>>,
}

/// Row and column count from 0.
#[derive(Serialize)]
struct ListedCell<'a> {
    row: usize,
    column: u32,
    row_span: u16,
    column_span: u16,
    text: &'a str,
    #[serde(flatten)]
    place: Place,
}

/// Page and box on paged sources, sheet and cell in workbooks, line and column in text.
#[derive(Clone, Default, Serialize)]
struct Place {
    page: Option<u32>,
    bbox: Option<[i32; 4]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sheet: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cell: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    line_column: Option<u32>,
    /// How sure it is that the source says so, in hundredths, where it was recognised in a picture.
    #[serde(skip_serializing_if = "Option::is_none")]
    confidence: Option<u8>,
}

#[derive(Serialize)]
struct Caveat<'a> {
    /// The block it is about, by its number from 0.
    block: u32,
    is_unread: bool,
    message: &'a str,
}

/// All blocks as one object.
#[must_use]
pub fn json(source: Source<'_>) -> String {
    let document = source.document;
    let caveats = document.caveats.iter().map(|caveat| Caveat {
        block: caveat.block,
        is_unread: caveat.is_unread,
        message: &caveat.message,
    });
    crate::json::pretty(&Read {
        document: About { path: source.path, sha256: source.sha256 },
        blocks: document.blocks.iter().map(|block| listed(source, block)).collect(),
        caveats: caveats.collect(),
    })
}

fn listed<'a>(source: Source<'_>, block: &'a Block) -> Listed<'a> {
    match block {
        Block::Heading(heading) => Listed {
            kind: "heading",
            level: Some(heading.level),
            place: place(source, &heading.text),
            text: Some(heading.text.as_str()),
            cells: None,
        },
        Block::Paragraph(text) => Listed {
            kind: "paragraph",
            level: None,
            place: place(source, text),
            text: Some(text.as_str()),
            cells: None,
        },
        Block::Table(table) => {
            let cells = cells(source, table);
            let place = around(&cells);
            Listed { kind: "table", level: None, place, text: None, cells: Some(cells) }
        }
    }
}

fn cells<'a>(source: Source<'_>, table: &'a Table) -> Vec<ListedCell<'a>> {
    let rows = table.rows.iter().enumerate();
    let cells = rows.flat_map(|(row, cells)| cells.cells.iter().map(move |cell| (row, cell)));
    let listed = |(row, cell): (usize, &'a Cell)| ListedCell {
        row,
        column: cell.column,
        row_span: cell.row_span.max(1),
        column_span: cell.column_span.max(1),
        text: cell.text.as_str(),
        place: place(source, &cell.text),
    };
    cells.map(listed).collect()
}

fn place(source: Source<'_>, text: &Text) -> Place {
    let mut place = Place::default();
    match source.locate(text) {
        Some(Location::Page { page, bbox }) => {
            (place.page, place.bbox) = (Some(page), Some(bbox));
        }
        Some(Location::Cell { sheet, cell }) => {
            (place.sheet, place.cell) = (Some(sheet.to_string()), Some(cell));
        }
        None => {}
    }
    let confidence = source.document.layout.confidence(text.place_of(0, text.as_str().len()));
    place.confidence = (confidence < 100).then_some(confidence);
    if let Some(line) = source.line(text) {
        (place.line, place.line_column) = (Some(line.line), Some(line.column));
    }
    place
}

/// Where a table stands: the first of its places, and on its page the box around all of them.
fn around(cells: &[ListedCell<'_>]) -> Place {
    let is_known = |place: &&Place| place.page.or(place.line).is_some() || place.cell.is_some();
    let places = || cells.iter().map(|cell| &cell.place);
    let mut first = places().find(is_known).cloned().unwrap_or_default();
    for place in places().filter(|place| place.page == first.page) {
        if let (Some(around), Some(own)) = (&mut first.bbox, place.bbox) {
            let [left, top, right, bottom] = *around;
            let [own_left, own_top, own_right, own_bottom] = own;
            *around = [
                left.min(own_left),
                top.min(own_top),
                right.max(own_right),
                bottom.max(own_bottom),
            ];
        }
    }
    first
}
