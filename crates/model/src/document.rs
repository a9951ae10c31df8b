//! What was read: blocks of text and tables, in order, each with its place.

use crate::{Layout, Place, Text};

/// A document as read, whatever its file format.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Document {
    /// The blocks in reading order.
    pub blocks: Vec<Block>,
    /// Where the blocks stand in a source that has no lines of its own.
    pub layout: Layout,
    /// What its readers must know of the source before they trust what was read.
    pub caveats: Vec<Caveat>,
}

impl Document {
    /// The document of a source of which nothing could be read, and why.
    #[must_use]
    pub fn unread(message: String) -> Self {
        let place = Place::new(1, 1);
        let caveat = Caveat { place, block: 0, quote: String::new(), message, is_unread: true };
        Self { caveats: vec![caveat], ..Self::default() }
    }

    /// Whether nothing of the source was read.
    #[must_use]
    pub fn is_unread(&self) -> bool {
        self.blocks.is_empty() && self.caveats.iter().any(|caveat| caveat.is_unread)
    }
}

/// Something about a source that is not seen in what was read: hidden rows, changes that nobody has
/// accepted yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Caveat {
    /// Where it applies.
    pub place: Place,
    /// The block it applies to.
    pub block: u32,
    /// The characters there.
    pub quote: String,
    /// What it is and what to do, in the user's words.
    pub message: String,
    /// Whether something was not read, and so not checked; else it was, but is not seen by all.
    pub is_unread: bool,
}

/// A piece of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// A heading marked as one by the format. Headings that are only set as text stay paragraphs;
    /// binding recognises them by their numbering.
    Heading(Heading),
    /// A paragraph, joined over the lines and pages that broke it.
    Paragraph(Text),
    /// A table.
    Table(Table),
}

impl Block {
    /// Where the block begins.
    #[must_use]
    pub fn start(&self) -> Place {
        match self {
            Self::Heading(heading) => heading.text.start(),
            Self::Paragraph(text) => text.start(),
            Self::Table(table) => table
                .rows
                .first()
                .and_then(|row| row.cells.first())
                .map_or_else(Place::default, |cell| cell.text.start()),
        }
    }

    /// The text of a heading or paragraph.
    #[must_use]
    pub const fn text(&self) -> Option<&Text> {
        match self {
            Self::Heading(heading) => Some(&heading.text),
            Self::Paragraph(text) => Some(text),
            Self::Table(_) => None,
        }
    }
}

/// A heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heading {
    /// 1 for the highest. What formats print is often wrong; numbering counts for more.
    pub level: u8,
    /// Its words.
    pub text: Text,
}

/// A table as a grid. Rows may be of different width when the source was damaged.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// The rows from top to bottom.
    pub rows: Vec<Row>,
    /// How well its columns are known.
    pub columns: Columns,
}

/// How well the columns of a table are known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Columns {
    /// The source says them, or draws them.
    #[default]
    Known,
    /// Text that stands below each other tells them. What covers several of them is not seen.
    Aligned,
    /// Nothing tells them for certain, as when text is set with blanks.
    Guessed,
}

/// A row of cells.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// The cells from left to right, empty ones included.
    pub cells: Vec<Cell>,
}

/// A cell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cell {
    /// What it prints; stray markup is removed, the place is kept.
    pub text: Text,
    /// The column of the grid it begins in, counted from 0.
    pub column: u32,
    /// How many columns it covers, at least 1.
    pub column_span: u16,
    /// How many rows it covers, at least 1.
    pub row_span: u16,
}

impl Cell {
    /// A cell of one row and one column.
    #[must_use]
    pub const fn new(text: Text, column: u32) -> Self {
        Self { text, column, column_span: 1, row_span: 1 }
    }

    /// The column behind it.
    #[must_use]
    pub fn end(&self) -> u32 {
        self.column.saturating_add(self.column_span.into())
    }
}
