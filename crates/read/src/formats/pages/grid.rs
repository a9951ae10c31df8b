//! Frames and glyphs become tables: cells by walls, text by where its middle lies.
#![expect(clippy::float_arithmetic, reason = "geometry of pages")]

use juesuan_pdf::{Bounds, Glyph};

use super::columns::Columns;
use super::lines::Line;
use super::rules::{Frame, Groups};

/// The most cells of a grid, drawn or not.
const MOST_CELLS: usize = 400_000;

/// A table on a page.
#[derive(Clone, Debug)]
pub(super) struct Grid {
    /// The vertical lines from left to right.
    pub(super) xs: Vec<f64>,
    /// The horizontal lines from top to bottom; none where no rules tell the rows.
    pub(super) ys: Vec<f64>,
    pub(super) bounds: Bounds,
    /// How many rows it has.
    pub(super) rows: usize,
    /// From top to bottom, from left to right.
    pub(super) cells: Vec<GridCell>,
    /// The columns where no rules tell them.
    pub(super) columns: Option<Columns>,
    /// How many rows fit no columns.
    pub(super) odd: usize,
    /// Whether too much of it fits no column for them to be right.
    pub(super) is_guess: bool,
}

/// A cell of a table on a page.
#[derive(Clone, Debug)]
pub(super) struct GridCell {
    pub(super) row: usize,
    pub(super) column: usize,
    pub(super) row_span: usize,
    pub(super) column_span: usize,
    pub(super) glyphs: Vec<Glyph>,
}

impl Grid {
    /// The cells that the walls of a frame make; none when it has far too many.
    pub(super) fn new(frame: &Frame) -> Option<Self> {
        let (rows, columns) = (frame.ys.len().checked_sub(1)?, frame.xs.len().checked_sub(1)?);
        if rows.saturating_mul(columns) > MOST_CELLS {
            return None;
        }
        let groups = rooms(frame, rows, columns);
        let cells = rectangles(&groups, rows, columns);
        let (xs, ys) = (frame.xs.clone(), frame.ys.clone());
        let bounds = frame.bounds();
        Some(Self { xs, ys, bounds, rows, cells, columns: None, odd: 0, is_guess: false })
    }

    /// Lines as a table of one column, which is a guess; none of no lines.
    pub(super) fn of_pieces(lines: Vec<Line>) -> Option<Self> {
        let bounds = lines.iter().map(|line| line.bounds).reduce(|all, next| all.union(&next))?;
        let rows = lines.len();
        let cells = lines.into_iter().enumerate().map(|(row, line)| GridCell {
            row,
            column: 0,
            row_span: 1,
            column_span: 1,
            glyphs: line.glyphs,
        });
        let (xs, cells) = (vec![bounds.x0, bounds.x1], cells.collect());
        Some(Self {
            xs,
            ys: Vec::new(),
            bounds,
            rows,
            cells,
            columns: None,
            odd: 0,
            is_guess: true,
        })
    }

    /// All that stands in it.
    pub(super) fn glyphs(&self) -> Vec<Glyph> {
        self.cells.iter().flat_map(|cell| cell.glyphs.iter().copied()).collect()
    }

    /// The box of a cell, where rules tell it.
    pub(super) fn box_of(&self, cell: &GridCell) -> Option<Bounds> {
        let x = |at: usize| self.xs.get(at).copied();
        let y = |at: usize| self.ys.get(at).copied();
        let (right, bottom) = (cell.column + cell.column_span, cell.row + cell.row_span);
        Some(Bounds::new(x(cell.column)?, y(cell.row)?, x(right)?, y(bottom)?))
    }
}

/// Which elementary cells are one room, since no wall parts them; by row, then column.
fn rooms(frame: &Frame, rows: usize, columns: usize) -> Vec<usize> {
    let (down, across) = (frame.walls_down(), frame.walls_across());
    let mut groups = Groups::new(rows * columns);
    let is_drawn = |walls: &[Vec<bool>], line: usize, at: usize| {
        walls.get(line).is_some_and(|w| w.get(at) == Some(&true))
    };
    for row in 0..rows {
        for column in 0..columns {
            let here = row * columns + column;
            if column + 1 < columns && !is_drawn(&down, column + 1, row) {
                groups.join(here, here + 1);
            }
            if row + 1 < rows && !is_drawn(&across, row + 1, column) {
                groups.join(here, here + columns);
            }
        }
    }
    (0..rows * columns).map(|index| groups.root(index)).collect()
}

/// Rooms cut into rectangles: nearly all are one.
fn rectangles(rooms: &[usize], rows: usize, columns: usize) -> Vec<GridCell> {
    let mut taken = vec![false; rooms.len()];
    let mut cells = Vec::new();
    for row in 0..rows {
        for column in 0..columns {
            let here = row * columns + column;
            if taken.get(here) == Some(&true) {
                continue;
            }
            let is_same = |row: usize, column: usize, taken: &[bool]| {
                let index = row * columns + column;
                column < columns
                    && row < rows
                    && rooms.get(index) == rooms.get(here)
                    && taken.get(index) == Some(&false)
            };
            let mut column_span = 1;
            while is_same(row, column + column_span, &taken) {
                column_span += 1;
            }
            let mut row_span = 1;
            while (column..column + column_span).all(|c| is_same(row + row_span, c, &taken)) {
                row_span += 1;
            }
            for row in row..row + row_span {
                let from = row * columns + column;
                if let Some(own) = taken.get_mut(from..from + column_span) {
                    own.fill(true);
                }
            }
            cells.push(GridCell { row, column, row_span, column_span, glyphs: Vec::new() });
        }
    }
    cells
}

/// Puts the glyphs of a page into the cells of its tables; gives back those that stand in none.
pub(super) fn fill(grids: &mut [Grid], glyphs: Vec<Glyph>) -> Vec<Glyph> {
    let maps: Vec<Vec<usize>> = grids.iter().map(map).collect();
    let find = |glyph: &Glyph| {
        let (x, y) = glyph.home;
        let places = grids.iter().zip(&maps).enumerate().filter_map(|(index, (grid, map))| {
            let (row, column) = (within(&grid.ys, y)?, within(&grid.xs, x)?);
            let columns = grid.xs.len().saturating_sub(1);
            Some((grid, (index, *map.get(row * columns + column)?)))
        });
        // A table may stand in a frame.
        let area = |grid: &Grid| grid.bounds.width() * grid.bounds.height();
        let inner = places.min_by(|(a, _), (b, _)| area(a).total_cmp(&area(b)));
        inner.map(|(_, place)| place)
    };
    let mut outside = Vec::new();
    let mut inside: Vec<((usize, usize), Glyph)> = Vec::new();
    for piece in glyphs.chunk_by(|a, b| a.run == b.run && is_close(a, b)) {
        let places: Vec<Option<(usize, usize)>> = piece.iter().map(find).collect();
        let spilled = spilled(piece, &places, grids);
        for (glyph, place) in piece.iter().zip(places) {
            match spilled.or(place) {
                Some(place) => inside.push((place, *glyph)),
                None => outside.push(*glyph),
            }
        }
    }
    for ((grid, cell), glyph) in inside {
        let cell = grids.get_mut(grid).and_then(|grid| grid.cells.get_mut(cell));
        if let Some(cell) = cell {
            cell.glyphs.push(glyph);
        }
    }
    outside
}

/// Whether a glyph follows another without a gap, on the same line.
fn is_close(a: &Glyph, b: &Glyph) -> bool {
    let gap = b.bounds.x0 - a.bounds.x1;
    gap.abs() < 0.25 * a.size && (b.bounds.y0 - a.bounds.y0).abs() < 0.5 * a.size
}

/// Which cell covers each elementary cell.
fn map(grid: &Grid) -> Vec<usize> {
    let columns = grid.xs.len().saturating_sub(1);
    let mut map = vec![0; grid.rows * columns];
    for (index, cell) in grid.cells.iter().enumerate() {
        for row in cell.row..cell.row + cell.row_span {
            let from = row * columns + cell.column;
            if let Some(own) = map.get_mut(from..from + cell.column_span) {
                own.fill(index);
            }
        }
    }
    map
}

/// Between which of the lines a place lies.
fn within(lines: &[f64], at: f64) -> Option<usize> {
    let index = lines.partition_point(|line| *line <= at).checked_sub(1)?;
    (index + 1 < lines.len()).then_some(index)
}

/// The cell of text that is too wide for it: where a wall cuts through a character, the text
/// belongs to the cell that holds most of it.
fn spilled(
    piece: &[Glyph],
    places: &[Option<(usize, usize)>],
    grids: &[Grid],
) -> Option<(usize, usize)> {
    let first = places.first()?;
    if places.iter().all(|place| place == first) {
        return None;
    }
    let grid = grids.get(places.iter().flatten().next()?.0)?;
    let is_cut = |glyph: &Glyph| {
        let slack = 0.2 * glyph.bounds.width();
        let mut lines = grid.xs.iter();
        lines.any(|x| (glyph.bounds.x0 + slack..glyph.bounds.x1 - slack).contains(x))
    };
    if !piece.iter().any(is_cut) {
        return None;
    }
    let count = |place: &(usize, usize)| places.iter().flatten().filter(|p| *p == place).count();
    // The first of several that hold as much.
    places.iter().flatten().rev().max_by_key(|place| count(place)).copied()
}
