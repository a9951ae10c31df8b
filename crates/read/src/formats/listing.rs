//! The listing of a source that has no lines of its own: pages, sheets, web pages.
//!
//! Readers of such formats give blocks with the place of each run in the source. Here every
//! heading and paragraph becomes a line of a listing and every row of a table one with tabs
//! between its cells; the places of the document count in it, and its layout leads back.

use borsh::{BorshDeserialize, BorshSerialize};
use juesuan_model::{
    Block, Caveat, Cell, Columns, Document, Heading, Layout, Location, Place, Region, Row, Table,
    Text,
};

use super::Reading;

/// Characters with the place where the source has them.
#[derive(Clone, Debug, Default, BorshDeserialize, BorshSerialize)]
pub(super) struct Run {
    pub(super) text: String,
    pub(super) at: Option<Location>,
    /// How sure it is that it says so, in hundredths, where it was recognised in a picture.
    pub(super) confidence: Option<u8>,
}

/// A cell of a table before its line is known.
#[derive(Clone, Debug, Default, BorshDeserialize, BorshSerialize)]
pub(super) struct ListedCell {
    pub(super) runs: Vec<Run>,
    pub(super) column: u32,
    /// At least 1.
    pub(super) column_span: u16,
    /// At least 1.
    pub(super) row_span: u16,
}

/// A block before its lines are known.
#[derive(Clone, Debug, BorshDeserialize, BorshSerialize)]
pub(super) enum Listed {
    Heading(u8, Vec<Run>),
    Paragraph(Vec<Run>),
    /// The rows; a cell that covers several stands in the first of them.
    Table(Vec<Vec<ListedCell>>),
    /// The same, of a table whose columns are told by how its text stands.
    Aligned(Vec<Vec<ListedCell>>),
    /// The same, of a table whose columns could only be guessed.
    Guessed(Vec<Vec<ListedCell>>),
    /// Something to know about the block that follows, or the last one.
    Caveat(String),
    /// Something that was not read there.
    Unread(String),
}

/// Writes the listing of blocks.
pub(super) fn listed(blocks: Vec<Listed>) -> Reading {
    let mut lister = Lister { line: 1, ..Lister::default() };
    for block in blocks {
        lister.block(block);
    }
    lister.finish()
}

#[derive(Default)]
struct Lister {
    text: String,
    /// The line that is being written.
    line: u32,
    /// The column that is free next.
    column: u32,
    document: Document,
    regions: Vec<Region>,
}

impl Lister {
    fn block(&mut self, block: Listed) {
        match block {
            Listed::Heading(level, runs) => {
                let marks = "#".repeat(usize::from(level.clamp(1, 6)));
                self.begin(&format!("{marks} "));
                let text = self.runs(runs);
                self.push(Block::Heading(Heading { level, text }));
            }
            Listed::Paragraph(runs) => {
                self.begin("");
                let text = self.runs(runs);
                self.push(Block::Paragraph(text));
            }
            Listed::Table(rows) => self.table(rows, Columns::Known),
            Listed::Aligned(rows) => self.table(rows, Columns::Aligned),
            Listed::Guessed(rows) => self.table(rows, Columns::Guessed),
            Listed::Caveat(message) => self.caveat(message, false),
            Listed::Unread(message) => self.caveat(message, true),
        }
    }

    fn caveat(&mut self, message: String, is_unread: bool) {
        let block = u32::try_from(self.document.blocks.len()).unwrap_or(u32::MAX);
        let place = Place::new(self.line, 1);
        let caveat = Caveat { place, block, quote: String::new(), message, is_unread };
        self.document.caveats.push(caveat);
    }

    /// Begins a line.
    fn begin(&mut self, marks: &str) {
        self.text.push_str(marks);
        self.column = 1_u32.saturating_add(characters(marks));
    }

    fn end(&mut self) {
        self.text.push('\n');
        self.line = self.line.saturating_add(1);
    }

    /// Ends the last line of a block, and leaves one free behind it.
    fn push(&mut self, block: Block) {
        if block.text().is_some() {
            self.end();
        }
        self.end();
        self.document.blocks.push(block);
    }

    fn table(&mut self, rows: Vec<Vec<ListedCell>>, columns: Columns) {
        let rows = rows.into_iter().map(|cells| self.row(cells)).collect();
        self.push(Block::Table(Table { rows, columns }));
    }

    fn row(&mut self, cells: Vec<ListedCell>) -> Row {
        self.begin("");
        let mut row = Row::default();
        let mut grid = 0;
        for cell in cells {
            // Columns that a cell above or to the left covers stay empty.
            while grid < cell.column {
                self.tab();
                grid += 1;
            }
            let text = self.runs(cell.runs);
            let (column, column_span, row_span) =
                (cell.column, cell.column_span.max(1), cell.row_span.max(1));
            row.cells.push(Cell { text, column, column_span, row_span });
        }
        self.end();
        row
    }

    fn tab(&mut self) {
        self.text.push('\t');
        self.column = self.column.saturating_add(1);
    }

    fn runs(&mut self, runs: Vec<Run>) -> Text {
        let mut text = Text::default();
        let start = Place::new(self.line, self.column);
        for run in runs {
            let words: String =
                run.text.chars().map(|c| if is_break(c) { ' ' } else { c }).collect();
            let width = characters(&words);
            let place = Place::new(self.line, self.column).wide(width);
            // A run without words is a blank cell, which stands somewhere too.
            if width > 0 {
                text.push(&words, place);
                self.text.push_str(&words);
            }
            self.column = self.column.saturating_add(width);
            let confidence = run.confidence.unwrap_or(100);
            self.regions.extend(run.at.map(|at| Region { place, at, confidence }));
        }
        if text.as_str().is_empty() { Text::new("", start) } else { text }
    }

    fn finish(mut self) -> Reading {
        self.document.layout = Layout::new(self.regions);
        Reading { text: self.text, document: self.document }
    }
}

/// Whether a character would break the lines of the listing or its cells.
fn is_break(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | '\u{c}' | '\u{b}' | '\u{2028}' | '\u{2029}')
}

fn characters(text: &str) -> u32 {
    u32::try_from(text.chars().count()).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(text: &str, left: i32) -> Run {
        let bbox = [left, 0, left + 20, 10];
        Run { text: text.to_owned(), at: Some(Location::Page { page: 2, bbox }), ..Run::default() }
    }

    fn cell(text: &str, column: u32) -> ListedCell {
        ListedCell { runs: vec![run(text, 100)], column, column_span: 1, row_span: 1 }
    }

    #[test]
    fn every_place_of_the_document_is_found_in_the_listing_and_on_the_page() {
        let reading = listed(vec![
            Listed::Heading(2, vec![run("一、", 10), run("概况", 30)]),
            Listed::Paragraph(vec![run("收入\n65", 10)]),
            Listed::Caveat("有隐藏的行".to_owned()),
            Listed::Table(vec![vec![cell("合计", 0), cell("1.00", 2)], vec![cell("教育", 1)]]),
        ]);
        assert_eq!(reading.text, "## 一、概况\n\n收入 65\n\n合计\t\t1.00\n\t教育\n\n");
        let blocks = &reading.document.blocks;
        let starts: Vec<_> = blocks.iter().map(|block| block.start()).collect();
        assert_eq!(starts, [Place::new(1, 4), Place::new(3, 1), Place::new(5, 1)]);
        let Block::Table(table) = &blocks[2] else { panic!("no table") };
        let amount = &table.rows[0].cells[1].text;
        assert_eq!(amount.start(), Place::new(5, 5));
        let at = reading.document.layout.locate(amount.place_of(0, 4));
        assert_eq!(at, Some(Location::Page { page: 2, bbox: [100, 0, 120, 10] }));
        assert_eq!(reading.document.caveats[0].block, 2);
    }
}
