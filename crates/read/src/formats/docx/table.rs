//! Tables: cells get their columns and what they cover, tables that a page divided are joined.

use super::story::Piece;
use crate::formats::listing::{ListedCell, Run};

/// No table spans more columns or rows than this; larger spans are faults or attacks.
const MOST_SPAN: u16 = 200;
/// The columns of the widest table that is read; Word has 63.
const MOST_COLUMNS: u32 = 1_000;

/// A row as it stands in the file.
#[derive(Debug, Default)]
pub(super) struct RawRow {
    /// Columns of the grid before its first cell.
    pub(super) before: u32,
    pub(super) cells: Vec<RawCell>,
}

/// A cell as it stands in the file.
#[derive(Debug, Default)]
pub(super) struct RawCell {
    /// How many columns of the grid it takes; 0 when it does not say.
    pub(super) span: u16,
    /// Whether it is merged with the cells above and below; true where that begins.
    pub(super) down: Option<bool>,
    /// The same to the left and right.
    pub(super) across: Option<bool>,
    pub(super) pieces: Vec<Piece>,
}

/// A table as a grid.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Table {
    pub(super) rows: Vec<Vec<Cell>>,
}

/// A cell in its column.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Cell {
    column: u32,
    columns: u16,
    rows: u16,
    pub(super) pieces: Vec<Piece>,
}

impl Cell {
    const fn end(&self) -> u32 {
        self.column.saturating_add(self.columns as u32)
    }

    /// Its paragraphs as one text.
    fn text(&self) -> String {
        let mut out = String::new();
        for piece in &self.pieces {
            if let Piece::Paragraph(_, text) = piece {
                if !out.is_empty() {
                    out.push('\n');
                }
                out.push_str(text);
            }
        }
        out
    }
}

/// Puts the cells of a table into their columns. What a merged cell covers is not shown by any
/// program, so it is dropped.
pub(super) fn table(raw: Vec<RawRow>) -> Table {
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    // The merged cells that the row above is part of: column, and where they begin.
    let mut open: Vec<(u32, usize, usize)> = Vec::new();
    for row in raw {
        let (at, mut column) = (rows.len(), row.before.min(MOST_COLUMNS));
        let mut cells: Vec<Cell> = Vec::new();
        let mut still_open = Vec::new();
        for raw in row.cells {
            let columns = raw.span.clamp(1, MOST_SPAN);
            let end = column.saturating_add(columns.into());
            if raw.across == Some(false)
                && let Some(left) = cells.last_mut()
            {
                left.columns = left.columns.saturating_add(columns).min(MOST_SPAN);
                column = end;
                continue;
            }
            let above = open.iter().find(|(of, ..)| raw.down == Some(false) && *of == column);
            if let Some(&(_, row, cell)) = above {
                still_open.push((column, row, cell));
                let begun = rows.get_mut(row).and_then(|row| row.get_mut(cell));
                begun
                    .into_iter()
                    .for_each(|cell| cell.rows = cell.rows.saturating_add(1).min(MOST_SPAN));
            } else if column < MOST_COLUMNS {
                if raw.down.is_some() {
                    still_open.push((column, at, cells.len()));
                }
                cells.push(Cell { column, columns, rows: 1, pieces: raw.pieces });
            }
            column = end;
        }
        open = still_open;
        rows.push(cells);
    }
    Table { rows }
}

impl Table {
    /// Whether it only holds other tables: no row has more than one cell with anything in it.
    pub(super) fn is_frame(&self) -> bool {
        let is_filled = |cell: &&Cell| cell.pieces.iter().any(|piece| *piece != Piece::Blank);
        let holds = |cell: &Cell| cell.pieces.iter().any(|p| matches!(p, Piece::Table(_)));
        self.rows.iter().flatten().any(holds)
            && self.rows.iter().all(|row| row.iter().filter(is_filled).count() <= 1)
    }

    /// The columns of its widest row.
    fn width(&self) -> u32 {
        self.rows.iter().filter_map(|row| row.last()).map(Cell::end).max().unwrap_or(0)
    }

    /// The texts of a row.
    fn texts(&self, row: usize) -> Vec<(u32, String)> {
        let cells = self.rows.get(row).into_iter().flatten();
        cells.map(|cell| (cell.column, cell.text())).filter(|(_, text)| !text.is_empty()).collect()
    }

    /// How many rows at the top stand at the top of another table too.
    fn common_rows(&self, other: &Self) -> usize {
        let rows = self.rows.len().min(other.rows.len());
        (0..rows).take_while(|row| self.texts(*row) == other.texts(*row)).count()
    }

    /// Whether the table below is the rest of this one; how many rows it repeats.
    fn goes_on_in(&self, below: &Self, touches: bool) -> Option<usize> {
        if self.width() != below.width() || self.is_frame() || below.is_frame() {
            return None;
        }
        let repeated = self.common_rows(below);
        let is_head = (0..repeated).any(|row| self.texts(row).len() >= HEAD_CELLS);
        if is_head {
            return Some(repeated);
        }
        // A table that begins with the same words is another of its kind.
        let first = |table: &Self| table.texts(0).into_iter().next();
        (touches && first(self) != first(below)).then_some(0)
    }

    /// The cells as they are listed.
    pub(super) fn listed(&self) -> Vec<Vec<ListedCell>> {
        let listed = |cell: &Cell| ListedCell {
            runs: vec![Run { text: cell.text(), ..Run::default() }],
            column: cell.column,
            column_span: cell.columns,
            row_span: cell.rows,
        };
        self.rows.iter().map(|row| row.iter().map(listed).collect()).collect()
    }
}

/// A head names so many columns; fewer cells may be those of a form that begins.
const HEAD_CELLS: usize = 3;

/// Joins tables between which a page ended: nothing but blank paragraphs stands between them and
/// the second repeats the head of the first, or nothing at all does.
pub(super) fn join(pieces: Vec<Piece>) -> Vec<Piece> {
    let mut out: Vec<Piece> = Vec::with_capacity(pieces.len());
    let mut last: Option<usize> = None;
    for piece in pieces {
        match piece {
            Piece::Table(table) => {
                let touches = last.is_some_and(|at| out.len() == at.saturating_add(1));
                if let Some(Piece::Table(above)) = last.and_then(|at| out.get_mut(at))
                    && let Some(repeated) = above.goes_on_in(&table, touches)
                {
                    above.rows.extend(table.rows.into_iter().skip(repeated));
                    continue;
                }
                last = Some(out.len());
                out.push(Piece::Table(table));
            }
            Piece::Blank => out.push(piece),
            piece => {
                last = None;
                out.push(piece);
            }
        }
    }
    out
}
