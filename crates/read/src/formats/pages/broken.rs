//! Tables without rules that go on over pages: what a page cuts off is often too little to be told as
//! a table by itself.
#![expect(clippy::float_arithmetic, reason = "geometry of pages")]

use std::collections::BTreeSet;

use super::aligned::{Cut, grid_in, head_in, is_label};
use super::columns::Columns;
use super::grid::Grid;
use super::lines::{Line, lines};
use super::reach;
use super::{Item, Sheet};

/// Rows further apart than this, in sizes of type, belong to different tables.
const FAR: f64 = 3.0;

/// Of ten columns, so many have a head when lines at the foot of a page are heads of the next one.
const HEADED: usize = 6;

/// Gives tables what pages cut off from them: heads at the foot of the page before, rows and rests
/// of rows at the top of the page behind.
pub(super) fn mend(sheets: &mut [Sheet]) {
    for at in 1..sheets.len() {
        let (before, after) = sheets.split_at_mut(at);
        if let (Some(before), Some(after)) = (before.last_mut(), after.first_mut()) {
            take_heads(before, after);
            take_rows(before, after);
        }
    }
}

fn columns(item: Option<&Item>) -> Option<&Columns> {
    match item {
        Some(Item::Table(grid)) => grid.columns.as_ref(),
        _ => None,
    }
}

fn cut<'a>(items: &'a [Item], columns: &'a Columns) -> impl DoubleEndedIterator<Item = Cut> + 'a {
    items.iter().filter_map(|item| match item {
        Item::Line(line) => Some(columns.cut(line.clone())),
        Item::Table(_) => None,
    })
}

/// The last lines of a page become a table when they are heads, and first rows, of the one that the
/// next page begins with.
fn take_heads(before: &mut Sheet, after: &Sheet) {
    let Some(columns) = columns(after.items.first()) else { return };
    let from = before.items.iter().rposition(|item| matches!(item, Item::Table(_)));
    let from = from.map_or(0, |table| table + 1);
    let lines = before.items.get(from..).unwrap_or_default();
    let mut cuts: Vec<Cut> =
        cut(lines, columns).rev().take_while(|cut| is_head(cut, columns)).collect();
    cuts.reverse();
    let heads = cuts.iter().take_while(|cut| !cut.has_amount()).flat_map(|cut| &cut.parts);
    let headed = heads.map(|part| columns.covered(part));
    let headed: BTreeSet<usize> = headed.flat_map(|(first, last)| first..=last).collect();
    if headed.len() * 10 < columns.len() * HEADED || headed.len() < 2 {
        return;
    }
    before.items.truncate(before.items.len() - cuts.len());
    let grid = if cuts.iter().any(Cut::has_amount) {
        grid_in(cuts.into_iter().map(|cut| cut.line).collect(), columns.clone(), &[])
    } else {
        head_in(&cuts, columns.clone())
    };
    before.items.extend(grid.map(Item::Table));
}

/// Whether a line may be of a head, or prints in columns: heads are wider than what is below.
fn is_head(cut: &Cut, columns: &Columns) -> bool {
    let bare = cut.line.bare();
    let is_title = cut.parts.len() < 2 && bare.ends_with('表');
    !is_label(&bare) && !is_title && reach::over(&cut.line, columns).is_some()
}

/// What a page begins with goes on with the table with which the page before ended, as far as it
/// stands in its columns.
fn take_rows(before: &Sheet, after: &mut Sheet) {
    let Some(columns) = columns(before.items.last()) else { return };
    let (mut rows, mut end, mut bottom) = (Vec::new(), 0, None);
    let mut taken: Vec<Line> = Vec::new();
    for (at, item) in after.items.iter().enumerate() {
        let (top, size) = (item.bounds().y0, size(item));
        if bottom.is_some_and(|bottom| top - bottom > FAR * size) {
            break;
        }
        bottom = Some(item.bounds().y1);
        let is_row = match item {
            Item::Line(line) => {
                let cut = columns.cut(line.clone());
                if !stands_in(&cut, columns) {
                    break;
                }
                rows.push(line.clone());
                Cut::new(line.clone()).has_amount()
            }
            Item::Table(grid) if is_part(grid, columns) => {
                rows.extend(lines(grid.glyphs()));
                true
            }
            Item::Table(_) => break,
        };
        if is_row {
            end = at + 1;
            taken.append(&mut rows);
        }
    }
    // A part of many rows may know its columns better than the one before.
    let own = after.items.iter().take(end).filter_map(|item| self::columns(Some(item)));
    let ways =
        own.chain([columns]).filter_map(|columns| grid_in(taken.clone(), columns.clone(), &[]));
    let width = |grid: &Grid| grid.columns.as_ref().map_or(0, Columns::len);
    let best = ways.min_by_key(|grid| (grid.odd, std::cmp::Reverse(width(grid))));
    if let Some(grid) = best {
        after.items.splice(..end, [Item::Table(grid)]);
    }
}

/// The size of type of what stands on a page.
fn size(item: &Item) -> f64 {
    match item {
        Item::Line(line) => line.size,
        Item::Table(grid) => grid.glyphs().iter().map(|glyph| glyph.size).fold(0.0, f64::max),
    }
}

fn fits(grid: &Grid, columns: &Columns) -> bool {
    grid.columns.as_ref().is_some_and(|own| columns.fits(own))
}

fn is_part(grid: &Grid, columns: &Columns) -> bool {
    grid.columns.is_some() && (fits(grid, columns) || stand_in(grid, columns))
}

/// Whether all lines of a table print in these columns, though it was not told by itself.
fn stand_in(grid: &Grid, columns: &Columns) -> bool {
    let mut cuts = lines(grid.glyphs()).into_iter().map(|line| columns.cut(line));
    cuts.all(|cut| stands_in(&cut, columns))
}

/// Whether a line prints in columns: words within one that are no title, or parts in a column each.
fn stands_in(cut: &Cut, columns: &Columns) -> bool {
    let mut next = 0;
    let in_order = cut.parts.iter().all(|part| {
        let (first, last) = columns.covered(part);
        let is_own = first >= next && first == last;
        next = last + 1;
        is_own
    });
    let bare = cut.line.bare();
    let is_word = || match cut.parts.as_slice() {
        [word] => columns.holds(word.bounds.x0, word.bounds.x1, word.size) && !bare.ends_with('表'),
        _ => true,
    };
    in_order && is_word() && !is_label(&bare)
}
