//! HTML tables inside text. A general HTML parser would lose the places, so the few tags that
//! make a table are read here: table, tr, td, th, br; all others count as nothing.

use juesuan_model::{Cell, Place, Row, Table, Text};

use super::columns::{Columns, MOST_SPAN};
use super::inline;
use super::lines::Line;

/// Where a table begins in a line.
pub(super) fn start(line: &str) -> Option<usize> {
    let mut from = 0;
    while let Some(found) = line.get(from..)?.find('<') {
        let at = from + found;
        if tag(line.get(at..)?).is_some_and(|tag| tag.name == Name::Table && !tag.closing) {
            return Some(at);
        }
        from = at + 1;
    }
    None
}

/// Reads the table that begins at byte `from` of `source` (byte `column` of `line`); gives the
/// byte behind its end. A table inside a cell is read as text of that cell.
pub(super) fn read(source: &str, from: usize, line: &Line<'_>, column: usize) -> (Table, usize) {
    let mut builder = Builder::default();
    let mut walker = Walker { source, at: from, place: line.place(column) };
    while let Some(rest) = source.get(walker.at..).filter(|rest| !rest.is_empty()) {
        let tag = rest.starts_with('<').then(|| tag(rest)).flatten();
        match tag {
            Some(tag) => {
                walker.advance(tag.length);
                if builder.tag(&tag, walker.place) {
                    break;
                }
            }
            None => {
                let length = run_length(rest);
                builder.text(rest.get(..length).unwrap_or(rest), walker.place);
                walker.advance(length);
            }
        }
    }
    (builder.finish(), walker.at)
}

/// Bytes up to the next angle bracket or line end: at least one character, a line end by itself.
fn run_length(rest: &str) -> usize {
    if rest.starts_with('\n') {
        return 1;
    }
    let first = rest.chars().next().map_or(1, char::len_utf8);
    let more = rest.get(first..).unwrap_or("");
    first + more.find(['<', '\n']).unwrap_or(more.len())
}

/// Goes through the source and keeps the place.
struct Walker<'a> {
    source: &'a str,
    at: usize,
    place: Place,
}

impl Walker<'_> {
    fn advance(&mut self, bytes: usize) {
        let passed = self.source.get(self.at..self.at + bytes).unwrap_or("");
        for c in passed.chars() {
            if c == '\n' {
                self.place = Place::new(self.place.line.saturating_add(1), 1);
            } else {
                self.place.column = self.place.column.saturating_add(1);
            }
        }
        self.at += bytes;
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Name {
    Table,
    Row,
    Cell,
    Break,
    Other,
}

struct Tag {
    name: Name,
    closing: bool,
    length: usize,
    column_span: u16,
    row_span: u16,
}

/// The tag at the start of `rest`, when it is one.
fn tag(rest: &str) -> Option<Tag> {
    let inner = rest.strip_prefix('<')?;
    let closing = inner.starts_with('/');
    let word = inner.trim_start_matches('/');
    let length = word.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(word.len());
    let name = match word.get(..length)?.to_ascii_lowercase().as_str() {
        "table" => Name::Table,
        "tr" => Name::Row,
        "td" | "th" => Name::Cell,
        "br" => Name::Break,
        "" => return None,
        _ => Name::Other,
    };
    let end = rest.bytes().take(4_000).position(|b| b == b'>')?;
    let attributes = rest.get(..end)?;
    if name == Name::Other && attributes.chars().any(|c| c > '\u{2fff}') {
        return None;
    }
    Some(Tag {
        name,
        closing,
        length: end + 1,
        column_span: span(attributes, "colspan"),
        row_span: span(attributes, "rowspan"),
    })
}

fn span(attributes: &str, name: &str) -> u16 {
    let Some(at) = attributes.to_ascii_lowercase().find(name) else { return 1 };
    let value = attributes.get(at + name.len()..).unwrap_or("");
    let digits = value.trim_start_matches([' ', '=', '"', '\'']);
    let end = digits.find(|c: char| !c.is_ascii_digit()).unwrap_or(digits.len());
    let span: u32 = digits.get(..end).and_then(|d| d.parse().ok()).unwrap_or(1);
    u16::try_from(span).unwrap_or(MOST_SPAN).clamp(1, MOST_SPAN)
}

#[derive(Default)]
struct Builder {
    table: Table,
    depth: u32,
    cell: Option<Cell>,
    columns: Columns,
}

impl Builder {
    /// Handles a tag; true when the table ends.
    fn tag(&mut self, tag: &Tag, place: Place) -> bool {
        match (tag.name, tag.closing) {
            (Name::Table, false) => self.depth = self.depth.saturating_add(1),
            (Name::Table, true) => {
                self.depth = self.depth.saturating_sub(1);
                return self.depth == 0;
            }
            _ if self.depth != 1 => {}
            (Name::Row, false) => {
                self.end_cell();
                self.columns.begin_row();
                self.table.rows.push(Row::default());
            }
            (Name::Cell, false) => {
                self.end_cell();
                self.cell = Some(Cell {
                    text: Text::new("", place),
                    column: 0,
                    column_span: tag.column_span,
                    row_span: tag.row_span,
                });
            }
            (Name::Row | Name::Cell, true) => self.end_cell(),
            (Name::Break | Name::Other, _) => {}
        }
        false
    }

    fn text(&mut self, piece: &str, place: Place) {
        if let Some(cell) = &mut self.cell
            && !(cell.text.is_blank() && piece.trim().is_empty())
        {
            if cell.text.is_blank() {
                cell.text = Text::default();
            }
            inline::push(&mut cell.text, piece, place);
        }
    }

    /// Puts the cell into the first free columns of the row.
    fn end_cell(&mut self) {
        let Some(mut cell) = self.cell.take() else { return };
        if self.table.rows.is_empty() {
            self.columns.begin_row();
            self.table.rows.push(Row::default());
        }
        if let Some(row) = self.table.rows.last_mut() {
            cell.column = self.columns.place(cell.column_span, cell.row_span);
            row.cells.push(cell);
        }
    }

    fn finish(mut self) -> Table {
        self.end_cell();
        self.table.rows.retain(|row| !row.cells.is_empty());
        self.table
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::lines::lines;

    fn grid(source: &str) -> Vec<Vec<(u32, String)>> {
        let all = lines(source);
        let (table, _) = read(source, 0, &all[0], 0);
        let cells =
            |row: &Row| row.cells.iter().map(|c| (c.column, c.text.as_str().to_owned())).collect();
        table.rows.iter().map(cells).collect()
    }

    #[test]
    fn spans_shift_what_follows() {
        let source = "<table><tr><th rowspan=2>项目</th><th colspan='2'>支出</th></tr>\
                      <tr><td>基本</td><td>项目<br>支出</td></tr></table>";
        let text = |s: &str| s.to_owned();
        assert_eq!(
            grid(source),
            [
                vec![(0, text("项目")), (1, text("支出"))],
                vec![(1, text("基本")), (2, text("项目支出"))],
            ]
        );
    }

    #[test]
    fn an_unclosed_table_ends_with_the_text() {
        assert_eq!(
            grid("<table><tr><td>1<tr><td>2"),
            [vec![(0, "1".to_owned())], vec![(0, "2".to_owned())]]
        );
    }

    #[test]
    fn ten_thousand_tables_inside_each_other_are_one() {
        let source = "<table><tr><td>".repeat(10_000);
        assert_eq!(grid(&source).len(), 1);
    }

    #[test]
    fn places_count_lines() {
        let source = "<table>\n<tr><td>\n 甲</td></tr></table>";
        let all = lines(source);
        let (table, end) = read(source, 0, &all[0], 0);
        assert_eq!(end, source.len());
        assert_eq!(table.rows[0].cells[0].text.as_str(), " 甲");
        assert_eq!(table.rows[0].cells[0].text.place_at(1), Place::new(3, 2));
    }
}
