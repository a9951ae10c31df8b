//! The rows of a table that has no vertical rules.
#![expect(clippy::float_arithmetic, reason = "geometry of pages")]

use juesuan_pdf::Glyph;
use rustc_hash::FxHashMap;

use super::aligned::{Cut, is_amount};
use super::columns::Columns;
use super::heads;
use super::lines::Line;
use super::spacing::{band, gaps, goes_on};

/// A row: which columns each cell covers, from and to, and what stands in it.
#[derive(Clone, Debug, Default)]
pub(super) struct Row {
    pub(super) cells: Vec<(usize, usize, Vec<Glyph>)>,
    /// Whether it prints two things in a cell, or an amount over several columns.
    pub(super) is_odd: bool,
}

/// The rows of lines: between rules where those part the rows, else by their lines.
pub(super) fn rows(cuts: &[Cut], columns: &Columns, bands: &[f64]) -> Vec<Row> {
    let amounts = cuts.iter().filter(|cut| cut.has_amount()).count();
    if bands.len() > 3 && (bands.len() - 1) * 5 >= amounts * 4 {
        return by_rules(cuts, columns, bands);
    }
    if let Some(gaps) = gaps(cuts, columns) {
        let heads = cuts.chunk_by(|a, b| band(a, &gaps) == band(b, &gaps));
        let heads = heads.take_while(|cuts| !cuts.iter().any(Cut::has_amount));
        let (heads, body) = cuts.split_at(heads.map(<[Cut]>::len).sum());
        let mut rows = head_rows(heads, columns);
        rows.extend(by_rules(body, columns, &gaps));
        return rows;
    }
    let first = cuts.iter().position(Cut::has_amount).unwrap_or(0);
    let (heads, body) = cuts.split_at(first);
    let mut rows = head_rows(heads, columns);
    rows.extend(body_rows(body, columns));
    rows
}

fn by_rules(cuts: &[Cut], columns: &Columns, bands: &[f64]) -> Vec<Row> {
    let mut rows = Vec::new();
    for cuts in cuts.chunk_by(|a, b| band(a, bands) == band(b, bands)) {
        // Heads of groups stand in one band with those below them.
        if rows.is_empty() && !cuts.iter().any(Cut::has_amount) {
            rows.extend(head_rows(cuts, columns));
            continue;
        }
        let mut row = Row::default();
        for cut in cuts {
            add(&mut row, cut, columns);
        }
        rows.push(row);
    }
    rows
}

impl Row {
    /// Adds text to the cell over its columns, which may be there already.
    fn add(&mut self, part: &Line, columns: &Columns) {
        let (from, to) = columns.covered(part);
        self.put(from, to, part);
    }

    fn put(&mut self, mut from: usize, mut to: usize, part: &Line) {
        let text = |glyphs: &[Glyph]| glyphs.iter().map(|glyph| glyph.text).collect::<String>();
        let own = text(&part.glyphs);
        let has_amount = is_amount(&own);
        let mut is_odd = has_amount && to > from;
        let mut glyphs = Vec::new();
        self.cells.retain(|(start, end, known)| {
            let meets = *start <= to && from <= *end;
            if meets {
                let is_beside = |glyph: &Glyph| {
                    let away = glyph.bounds.middle_y() - part.bounds.middle_y();
                    away.abs() < 0.3 * glyph.size
                };
                let known_text = text(known);
                let is_number = has_amount || is_amount(&known_text);
                is_odd |= is_number && !goes_on(&known_text, &own) || known.iter().any(is_beside);
                (from, to) = (from.min(*start), to.max(*end));
                glyphs.extend(known.iter().copied());
            }
            !meets
        });
        self.is_odd |= is_odd;
        glyphs.extend(part.glyphs.iter().copied());
        self.cells.push((from, to, glyphs));
    }

    fn has(&self, column: usize) -> bool {
        self.cells.iter().any(|(from, to, _)| (*from..=*to).contains(&column))
    }
}

/// Marks rows that print words alone where the row beside lacks them: a name and its amounts came
/// apart.
pub(super) fn mark_lone(rows: &mut [Row]) {
    let lone = |row: &Row| match row.cells.as_slice() {
        [(from, to, _)] if from == to => Some(*from),
        _ => None,
    };
    let mut filled: FxHashMap<usize, usize> = FxHashMap::default();
    for column in rows.iter().flat_map(|row| row.cells.iter().flat_map(|(from, to, _)| *from..=*to))
    {
        *filled.entry(column).or_default() += 1;
    }
    let found: Vec<usize> = (0..rows.len())
        .filter(|at| {
            let Some(column) = rows.get(*at).and_then(lone) else { return false };
            let filled = filled.get(&column).copied().unwrap_or(0);
            let beside = [at.checked_sub(1), Some(at + 1)].into_iter().flatten();
            let mut beside = beside.filter_map(|at| rows.get(at));
            let lacks = |row: &Row| row.cells.len() > 1 && !row.has(column);
            filled * 10 >= rows.len() * 7 && beside.any(lacks)
        })
        .collect();
    for at in found {
        if let Some(row) = rows.get_mut(at) {
            row.is_odd = true;
        }
    }
}

/// The rows of a head: heads of groups in a row each, and below them the heads of columns, of
/// several lines each.
pub(super) fn head_rows(heads: &[Cut], columns: &Columns) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    let mut leaves = Row::default();
    for (index, cut) in heads.iter().enumerate() {
        let mut groups = Row::default();
        for part in &cut.parts {
            let (from, to) = columns.covered(part);
            let group = (from < to)
                .then_some((from, to))
                .or_else(|| group(heads, index, part, from, columns));
            match group {
                Some((from, to)) => groups.put(from, to, part),
                None => leaves.add(part, columns),
            }
        }
        if !groups.cells.is_empty() {
            rows.push(groups);
        }
    }
    if !leaves.cells.is_empty() {
        rows.push(leaves);
    }
    rows
}

/// The columns of a group whose head stands over one of them: those to its sides end on the same
/// line as that one, and have nothing beside the head.
fn group(
    heads: &[Cut],
    index: usize,
    part: &Line,
    column: usize,
    columns: &Columns,
) -> Option<(usize, usize)> {
    let lines = |column: usize| -> Vec<usize> {
        let stands =
            |cut: &Cut| cut.parts.iter().any(|part| columns.covered(part) == (column, column));
        heads.iter().enumerate().filter(|(_, cut)| stands(cut)).map(|(line, _)| line).collect()
    };
    let last = lines(column).last().copied().filter(|last| *last > index)?;
    let is_member = |column: usize| {
        let lines = lines(column);
        lines.last() == Some(&last) && lines.iter().all(|line| *line > index)
    };
    let to = (column + 1..columns.len()).take_while(|c| is_member(*c)).last()?;
    let from = (0..column).rev().take_while(|c| is_member(*c)).last()?;
    // The head stands over the middle of its group.
    let middle = part.bounds.middle_x();
    let away = |(from, to): &(usize, usize)| {
        let side = |at: usize| columns.stretches().get(at).copied().unwrap_or_default();
        (f64::midpoint(side(*from).0, side(*to).1) - middle).abs()
    };
    let ranges = (from..column).flat_map(|from| (column + 1..=to).map(move |to| (from, to)));
    ranges.min_by(|a, b| away(a).total_cmp(&away(b)))
}

/// The rows of lines: one with amounts is a row. Words alone are one when they stand as far from
/// the others as rows do, else they belong to the cells above, or to the amounts beside them.
fn body_rows(body: &[Cut], columns: &Columns) -> Vec<Row> {
    let middle = |cut: &Cut| cut.line.bounds.middle_y();
    let amounts: Vec<f64> = body.iter().filter(|cut| cut.has_amount()).map(middle).collect();
    let near = 0.8 * pitch(&amounts);
    let mut rows: Vec<(Row, &Cut)> = Vec::new();
    for (index, cut) in body.iter().enumerate() {
        let own = rows.last().is_some_and(|(row, last)| {
            let away = middle(cut) - middle(last);
            if cut.has_amount() {
                return !last.has_amount() && away < near && is_free(row, cut, columns);
            }
            let mut below = body.iter().skip(index + 1);
            let next = below.find(|next| next.has_amount());
            let fills = fills(row, last, cut, columns);
            // In the middle between two rows, what goes on with a full line is its rest.
            let nearer = if fills { 0.85 * away } else { away };
            let waits = next.is_some_and(|next| {
                middle(next) - middle(cut) < nearer.min(near) && parts_are_free(cut, next, columns)
            });
            !waits && (away < near || fills)
        });
        match rows.last_mut().filter(|_| own) {
            Some((row, last)) => {
                add(row, cut, columns);
                *last = cut;
            }
            None => {
                let mut row = Row::default();
                add(&mut row, cut, columns);
                rows.push((row, cut));
            }
        }
    }
    rows.into_iter().map(|(row, _)| row).collect()
}

fn add(row: &mut Row, cut: &Cut, columns: &Columns) {
    for (part, (from, to)) in cut.parts.iter().zip(places(cut, columns)) {
        row.put(from, to, part);
    }
}

/// The columns that each part of a line covers. Numbers that would share one stand in the middle of
/// cells whose others stand at a side; they are given columns in their order.
fn places(cut: &Cut, columns: &Columns) -> Vec<(usize, usize)> {
    let places: Vec<(usize, usize)> = cut.parts.iter().map(|part| columns.covered(part)).collect();
    let pairs = places.iter().zip(places.iter().skip(1)).zip(cut.parts.iter().skip(1));
    let is_number = |part: &Line| part.bare().chars().all(|c| c.is_ascii_digit());
    let mut shared = pairs.filter(|((one, other), _)| one.1 >= other.0).map(|(_, part)| part);
    let Some(first) = shared.next() else { return places };
    if !is_number(first) || !shared.all(is_number) || cut.parts.len() > columns.len() {
        return places;
    }
    let parts: Vec<(f64, f64)> =
        cut.parts.iter().map(|part| (part.bounds.x0, part.bounds.x1)).collect();
    let owners = heads::matched(&parts, columns.stretches());
    owners
        .into_iter()
        .zip(places)
        .map(|(owner, place)| owner.map_or(place, |at| (at, at)))
        .collect()
}

/// Whether a line goes on with cells of a row that are filled to their right side.
fn fills(row: &Row, last: &Cut, cut: &Cut, columns: &Columns) -> bool {
    cut.parts.iter().all(|part| {
        let (column, _) = columns.covered(part);
        let mut above = last.parts.iter().filter(|above| columns.covered(above).0 == column);
        row.has(column) && above.any(|above| columns.is_full(column, above))
    })
}

/// Whether a line prints nothing in the columns in which a row has text.
fn is_free(row: &Row, cut: &Cut, columns: &Columns) -> bool {
    cut.parts.iter().all(|part| {
        let (from, to) = columns.covered(part);
        (from..=to).all(|column| !row.has(column))
    })
}

/// Whether two lines print in different columns.
fn parts_are_free(one: &Cut, other: &Cut, columns: &Columns) -> bool {
    let mut row = Row::default();
    add(&mut row, one, columns);
    is_free(&row, other, columns)
}

/// How far rows are usually apart.
fn pitch(anchors: &[f64]) -> f64 {
    let pairs = anchors.iter().zip(anchors.iter().skip(1));
    let mut steps: Vec<f64> = pairs.map(|(a, b)| b - a).collect();
    steps.sort_by(f64::total_cmp);
    steps.get(steps.len() / 2).copied().unwrap_or(0.0)
}
