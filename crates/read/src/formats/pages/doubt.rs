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
/// parts of the same form.
pub(super) fn mark(sheets: &mut [Sheet]) {
    for sheet in sheets {
        if is_doubtful(&sheet.items) {
            for item in &mut sheet.items {
                if let Item::Table(grid) = item {
                    grid.is_guess = grid.columns.is_some();
                }
            }
        }
    }
}

fn is_doubtful(items: &[Item]) -> bool {
    let is_row = |item: &Item| match item {
        Item::Line(line) => is_row(line),
        Item::Table(_) => false,
    };
    let tables = items.iter().enumerate().filter_map(|(at, item)| match item {
        Item::Table(grid) if grid.columns.is_some() => Some((at, grid)),
        _ => None,
    });
    let left = items.iter().any(is_row);
    tables.into_iter().any(|(at, grid)| {
        let (above, below) = (items.get(..at), items.get(at + 1..));
        let above = lines_to_table(above.unwrap_or_default().iter().rev());
        let below = lines_to_table(below.unwrap_or_default().iter());
        left || grid.odd > 0 || has_rest(grid, &above) || has_rest(grid, &below)
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
    let amounts = line.clone().parts(GAP);
    amounts.iter().filter(|part| is_amount(&part.bare())).count() > 1
}

/// Whether the line next to a table is narrow as those of a cell are, and none near it is what stands
/// beside a table: its title, its unit, a note.
fn has_rest(grid: &Grid, lines: &[&Line]) -> bool {
    let Some(next) = lines.first() else { return false };
    let (own, other) = (grid.bounds, next.bounds);
    let away = (other.y0 - own.y1).max(own.y0 - other.y1);
    let is_companion = |line: &&Line| {
        let bare = line.bare();
        bare.ends_with('表') || COMPANIONS.iter().any(|label| bare.contains(label))
    };
    away < NEAR * next.size
        && other.width() < NARROW * own.width()
        && !lines.iter().take(BESIDE).any(is_companion)
}
