//! The cells of a table in their columns, how wide these are, and how large its characters.

use juesuan_model::{PrintedCell, PrintedTable, TableKind};

use super::plan::Paper;
use crate::width::Metric;

/// The space left and right in a cell.
pub(super) const MARGIN: u32 = 60;
/// What a row needs besides its lines: space and its border.
const AIR: u32 = 50;
/// The usual size of characters in wide tables, in half points.
const USUAL: u32 = 18;
/// The highest that rows are made to fill a page.
const HIGHEST: u32 = 400;
/// What they leave free.
const SLACK: u32 = 480;
/// In Chinese type quotation marks and dashes take a full square.
const METRIC: Metric = Metric { wide_ambiguous: true };

/// What stands at a place of a row.
#[derive(Clone, Copy, Debug)]
pub(super) enum Slot<'a> {
    /// A cell; `is_tall` when it goes on in the rows below.
    Cell { cell: &'a PrintedCell, columns: usize, is_tall: bool },
    /// What a cell of a row above covers.
    Covered { columns: usize },
    /// Nothing.
    Empty,
}

impl Slot<'_> {
    /// How many columns it takes.
    pub(super) const fn columns(&self) -> usize {
        match self {
            Self::Cell { columns, .. } | Self::Covered { columns } => *columns,
            Self::Empty => 1,
        }
    }
}

/// A table laid out.
#[derive(Debug)]
pub(super) struct Grid<'a> {
    pub(super) rows: Vec<Vec<Slot<'a>>>,
    /// Widths of its columns.
    pub(super) widths: Vec<u32>,
    /// Size of its characters, in half points.
    pub(super) size: u32,
    /// The least height of its rows.
    pub(super) row_height: u32,
}

impl<'a> Grid<'a> {
    /// Lays out a table on paper of which `room` is left below what stands above the table.
    pub(super) fn new(table: &'a PrintedTable, paper: Paper, room: u32) -> Self {
        let rows = placed(table);
        let columns = rows.iter().map(|row| width(row)).max().unwrap_or(0);
        let widths = widths(&table.widths, columns, paper.width());
        let mut grid = Self { rows, widths, size: 0, row_height: 0 };
        grid.widen();
        grid.fit(table, room);
        grid
    }

    /// Takes room from the widest columns for those in which a figure would break.
    fn widen(&mut self) {
        let mut needed = vec![0_u32; self.widths.len()];
        for row in &self.rows {
            let mut column = 0_usize;
            for slot in row {
                if let (Slot::Cell { cell, columns: 1, .. }, Some(needed)) =
                    (slot, needed.get_mut(column))
                    && is_figure(cell)
                {
                    let cells = u32::try_from(METRIC.cells(&cell.text())).unwrap_or(u32::MAX);
                    let width = cells.saturating_mul(USUAL.saturating_mul(5));
                    *needed = width.saturating_add(MARGIN.saturating_mul(2)).max(*needed);
                }
                column = column.saturating_add(slot.columns());
            }
        }
        for (column, needed) in needed.iter().enumerate() {
            let width = self.widths.get(column).copied().unwrap_or(0);
            let missing = needed.saturating_sub(width);
            let widest = self.widths.iter().copied().enumerate().max_by_key(|(_, width)| *width);
            let Some((widest, most)) = widest.filter(|_| missing > 0) else { continue };
            // The widest stays the widest, or nothing is gained.
            if most.saturating_sub(missing) < needed.saturating_add(missing) {
                continue;
            }
            if let Some(width) = self.widths.get_mut(column) {
                *width = width.saturating_add(missing);
            }
            if let Some(width) = self.widths.get_mut(widest) {
                *width = width.saturating_sub(missing);
            }
        }
    }

    /// Chooses the size of characters: the largest at which no line breaks and everything stands on
    /// one page, or else the largest that does without one or the other.
    fn fit(&mut self, table: &PrintedTable, room: u32) {
        let sizes: &[u32] = match (table.kind, self.widths.len()) {
            (TableKind::Form, 0..=4) => &[21, 20, 19, 18],
            (TableKind::Form, 5..=6) => &[21, 20, 19, 18, 17, 16],
            (TableKind::Form, _) => &[USUAL, 17, 16],
            (TableKind::Evaluation, _) => &[USUAL, 17, 16, 15],
        };
        let is_on_lines = |size: &u32| self.holds(*size, |_| true);
        // A figure must never break, however small it gets.
        let is_legible = |size: &u32| self.holds(*size, is_figure);
        let is_on_page = |size: &u32| self.height(*size) <= room;
        let largest = |is_good: &dyn Fn(&u32) -> bool| sizes.iter().copied().find(is_good);
        let smaller = [USUAL, 17, 16, 15, 14, 13, 12];
        self.size = largest(&|size| is_on_lines(size) && is_on_page(size))
            .or_else(|| largest(&is_on_lines))
            .or_else(|| largest(&|size| is_legible(size) && is_on_page(size)))
            .or_else(|| smaller.into_iter().find(is_legible))
            .unwrap_or(12);
        let least = line(self.size).saturating_add(AIR);
        let natural: Vec<u32> = self.rows.iter().map(|row| self.natural(row, self.size)).collect();
        let height =
            |least: u32| natural.iter().map(|row| least.max(*row)).fold(0, u32::saturating_add);
        // Rows are not made to fill the page to its end: one line more would go to the next.
        let room = room.saturating_sub(SLACK);
        let fitting = (least..=HIGHEST).rev().find(|least| height(*least) <= room);
        self.row_height = fitting.unwrap_or(least);
    }

    /// Whether the cells asked for stand on one line each. Heads may break.
    fn holds(&self, size: u32, asked: impl Fn(&PrintedCell) -> bool) -> bool {
        self.rows.iter().all(|row| {
            self.cells(row)
                .all(|(cell, width)| cell.is_head || !asked(cell) || lines(cell, width, size) <= 1)
        })
    }

    /// How high all rows are together at a size.
    fn height(&self, size: u32) -> u32 {
        self.rows.iter().map(|row| self.natural(row, size)).fold(0, u32::saturating_add)
    }

    /// How high each row will be.
    pub(super) fn heights(&self) -> Vec<u32> {
        let of = |row: &Vec<Slot<'_>>| self.natural(row, self.size).max(self.row_height);
        self.rows.iter().map(of).collect()
    }

    fn natural(&self, row: &[Slot<'_>], size: u32) -> u32 {
        // What spans rows has the room of all of them.
        let single = self.cells(row).filter(|(cell, _)| cell.row_span <= 1);
        let most = single.map(|(cell, width)| lines(cell, width, size)).max().unwrap_or(1).max(1);
        most.saturating_mul(line(size)).saturating_add(AIR)
    }

    /// The cells that begin in a row, each with its width.
    fn cells<'s>(
        &'s self,
        row: &'s [Slot<'a>],
    ) -> impl Iterator<Item = (&'a PrintedCell, u32)> + 's {
        let mut column = 0_usize;
        row.iter().filter_map(move |slot| {
            let width = self.span(column, slot.columns());
            column = column.saturating_add(slot.columns());
            match slot {
                Slot::Cell { cell, .. } => Some((*cell, width)),
                _ => None,
            }
        })
    }

    /// How wide several columns are together.
    pub(super) fn span(&self, column: usize, columns: usize) -> u32 {
        self.widths.iter().skip(column).take(columns).sum()
    }
}

/// How high a line of characters of a size is.
pub(super) const fn line(size: u32) -> u32 {
    size.saturating_mul(25) / 2
}

fn is_figure(cell: &PrintedCell) -> bool {
    cell.runs.iter().any(|run| matches!(run, juesuan_model::Run::Figure(_)))
        && METRIC.cells(&cell.text()) <= 24
}

/// How many lines a cell takes.
fn lines(cell: &PrintedCell, width: u32, size: u32) -> u32 {
    let em = size.saturating_mul(10);
    let inset = em.saturating_mul(cell.indent.into()).saturating_add(MARGIN.saturating_mul(2));
    let room = width.saturating_sub(inset).max(em).saturating_mul(2).checked_div(em).unwrap_or(2);
    text_lines(&cell.text(), room, "")
}

/// How many lines a text takes behind what it is set in by, when each holds `room` half squares.
pub(super) fn text_lines(text: &str, room: u32, inset: &str) -> u32 {
    let room = usize::try_from(room).unwrap_or(usize::MAX).max(1);
    let lines_of = |line: &str| match METRIC.cells(line) {
        cells if cells <= room => 1,
        // Nothing but characters fits in so little.
        cells if room < 8 => cells.div_ceil(room),
        _ => METRIC.wrap(line, room).len(),
    };
    let count: usize = format!("{inset}{text}").split('\n').map(lines_of).sum();
    u32::try_from(count).unwrap_or(u32::MAX)
}

fn width(row: &[Slot<'_>]) -> usize {
    row.iter().map(Slot::columns).sum()
}

/// The cells in their columns. What spans further than the table is cut.
fn placed(table: &PrintedTable) -> Vec<Vec<Slot<'_>>> {
    let mut columns = table.widths.len();
    // For each column, how many rows the cell above still covers, and how many columns.
    let mut open: Vec<(usize, usize)> = Vec::new();
    let mut rows = Vec::new();
    for (at, row) in table.rows.iter().enumerate() {
        let below = table.rows.len().saturating_sub(at);
        let mut slots = Vec::new();
        let mut column = 0_usize;
        let mut cells = row.iter();
        loop {
            open.resize(columns.max(column.saturating_add(1)), (0, 0));
            if let Some((rows, columns)) = open.get_mut(column).filter(|(rows, _)| *rows > 0) {
                *rows = rows.saturating_sub(1);
                slots.push(Slot::Covered { columns: *columns });
                column = column.saturating_add(*columns);
                continue;
            }
            let Some(cell) = cells.next() else {
                if column >= columns {
                    break;
                }
                slots.push(Slot::Empty);
                column = column.saturating_add(1);
                continue;
            };
            let free = open.iter().skip(column).take_while(|(rows, _)| *rows == 0).count();
            let spanned = usize::from(cell.column_span).clamp(1, free.max(1));
            let covered = usize::from(cell.row_span).clamp(1, below.max(1));
            if let Some(open) = open.get_mut(column) {
                *open = (covered.saturating_sub(1), spanned);
            }
            slots.push(Slot::Cell { cell, columns: spanned, is_tall: covered > 1 });
            column = column.saturating_add(spanned);
        }
        columns = columns.max(column);
        rows.push(slots);
    }
    for row in &mut rows {
        let missing = columns.saturating_sub(width(row));
        row.extend(std::iter::repeat_n(Slot::Empty, missing));
    }
    rows
}

/// Shares a width among columns. Columns that have no share get that of the average.
fn widths(parts: &[u16], columns: usize, total: u32) -> Vec<u32> {
    let known: u32 = parts.iter().map(|part| u32::from(*part).max(1)).sum();
    let count = u32::try_from(parts.len()).unwrap_or(u32::MAX);
    let average = known.checked_div(count).unwrap_or(1).max(1);
    let part = |at: usize| parts.get(at).map_or(average, |part| u32::from(*part).max(1));
    let sum: u32 = (0..columns).map(part).sum();
    let (mut widths, mut before, mut left) = (Vec::new(), 0_u32, 0_u32);
    for at in 0..columns {
        before = before.saturating_add(part(at));
        let right = u64::from(total).saturating_mul(before.into()).checked_div(sum.into());
        let right = right.and_then(|right| u32::try_from(right).ok()).unwrap_or(total);
        widths.push(right.saturating_sub(left));
        left = right;
    }
    widths
}
