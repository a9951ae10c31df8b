//! Whether tables without rules can be what they seem: forms whose cells span rows and columns come
//! apart, and what is left of them looks like smaller tables.
#![expect(clippy::float_arithmetic, reason = "geometry of pages")]

use super::aligned::{GAP, is_amount};
use super::grid::Grid;
use super::lines::Line;
use super::{Item, Sheet};

/// Lines closer to a table than this, in sizes of type, belong to it unless they say otherwise.
const NEAR: f64 = 3.0;

/// The title, the unit and notes are among so many lines next to a table.
const BESIDE: usize = 3;

const COMPANIONS: [&str; 6] = ["单位：", "单位:", "部门：", "部门:", "注：", "注:"];

/// A line narrower than this share of the table is no text of the page.
const NARROW: f64 = 0.5;

/// Marks the tables without rules of the pages on which one of them is doubtful: the others may be
/// parts of the same form, and so may narrow lines beside them.
pub(super) fn mark(sheets: &mut [Sheet]) {
    for sheet in sheets.iter_mut().filter(|sheet| is_doubtful(&sheet.items)) {
        for item in &mut sheet.items {
            if let Item::Table(grid) = item {
                grid.is_guess = grid.columns.is_some();
            }
        }
        let wide = NARROW * sheet.area.width();
        sheet.items = with_pieces(std::mem::take(&mut sheet.items), wide);
    }
}

/// Items in which narrow lines next to doubtful tables are tables of one column themselves: they are
/// pieces of cells and no text.
fn with_pieces(items: Vec<Item>, wide: f64) -> Vec<Item> {
    let is_guess = |item: &Item| matches!(item, Item::Table(grid) if grid.is_guess);
    let is_piece = |item: &Item| match item {
        Item::Line(line) => line.bounds.width() < wide && !is_companion(line),
        Item::Table(_) => false,
    };
    let mut kept: Vec<Item> = Vec::with_capacity(items.len());
    let mut items = items.into_iter().peekable();
    while let Some(item) = items.next() {
        if !is_piece(&item) {
            kept.push(item);
            continue;
        }
        let mut pieces = vec![item];
        while let Some(next) = items.next_if(is_piece) {
            pieces.push(next);
        }
        if kept.last().is_some_and(is_guess) || items.peek().is_some_and(is_guess) {
            let lines = pieces.into_iter().filter_map(|piece| match piece {
                Item::Line(line) => Some(line),
                Item::Table(_) => None,
            });
            kept.extend(Grid::of_pieces(lines.collect()).map(Item::Table));
        } else {
            kept.extend(pieces);
        }
    }
    kept
}

/// Whether a table without rules has rows that fit no columns, or lines are left over that may be of it.
fn is_doubtful(items: &[Item]) -> bool {
    let has_rows = items.iter().any(|item| matches!(item, Item::Line(line) if is_row(line)));
    items.iter().enumerate().any(|(at, item)| {
        let Item::Table(grid) = item else { return false };
        let (above, below) = (items.get(..at), items.get(at + 1..));
        let above = lines_to_table(above.unwrap_or_default().iter().rev());
        let below = lines_to_table(below.unwrap_or_default().iter());
        let is_odd = has_rows || grid.odd > 0 || has_rest(grid, &above) || has_rest(grid, &below);
        grid.columns.is_some() && is_odd
    })
}

/// The lines up to the next table.
fn lines_to_table<'a>(items: impl Iterator<Item = &'a Item>) -> Vec<&'a Line> {
    let lines = items.map_while(|item| match item {
        Item::Line(line) => Some(line),
        Item::Table(_) => None,
    });
    lines.collect()
}

/// Whether a line that no table took prints amounts beside each other.
fn is_row(line: &Line) -> bool {
    line.parts(GAP).iter().filter(|part| is_amount(&part.bare())).count() > 1
}

/// Whether the line next to a table is narrow as those of a cell are, and none near it is what stands
/// beside a table.
fn has_rest(grid: &Grid, lines: &[&Line]) -> bool {
    let Some(next) = lines.first() else { return false };
    let (own, other) = (grid.bounds, next.bounds);
    let away = (other.y0 - own.y1).max(own.y0 - other.y1);
    away < NEAR * next.size
        && other.width() < NARROW * own.width()
        && !lines.iter().take(BESIDE).any(|line| is_companion(line))
}

/// Whether a line is what stands beside a table: its title, its unit, a note.
fn is_companion(line: &Line) -> bool {
    let bare = line.bare();
    bare.ends_with('表') || COMPANIONS.iter().any(|label| bare.contains(label))
}
