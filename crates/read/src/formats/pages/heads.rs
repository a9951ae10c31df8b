//! The heads of a table that has no rules, and which columns they belong to.
#![expect(clippy::float_arithmetic, reason = "geometry of pages")]

use super::aligned::{Cut, GAP};
use super::lines::Line;

/// A stretch of the page, from left to right.
type Stretch = (f64, f64);

/// Heads of neighbours, drawn by themselves, stand at least so many sizes of type apart. Between
/// Chinese characters and others programs leave less.
const APART: f64 = 0.3;

/// More heads than this are matched with nothing.
const MOST: usize = 400;

/// Where the heads of columns stand, those of several lines as one; heads of groups are left out.
pub(super) fn stacks(cuts: &[Cut]) -> Vec<Stretch> {
    let lines = cuts.iter().take_while(|cut| !cut.has_amount());
    let lines: Vec<Vec<Line>> = lines.map(|cut| parts(&cut.line)).collect();
    let mut heads: Vec<Stretch> = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let below = lines.get(at + 1..).unwrap_or_default();
        let leaves = line.iter().filter(|part| !is_group(part, below));
        heads.extend(leaves.map(|part| (part.bounds.x0, part.bounds.x1)));
    }
    heads.sort_by(|(a, _), (b, _)| a.total_cmp(b));
    let mut stacks: Vec<Stretch> = Vec::new();
    for (from, to) in heads {
        match stacks.last_mut().filter(|(_, end)| from < *end) {
            Some((_, end)) => *end = end.max(to),
            None => stacks.push((from, to)),
        }
    }
    stacks
}

/// The heads of a line, also where they nearly touch.
pub(super) fn parts(line: &Line) -> Vec<Line> {
    line.split(|before, glyph| {
        before.last().is_none_or(|before| {
            let gap = glyph.bounds.x0 - before.bounds.x1;
            let is_drawn_apart = glyph.run != before.run
                && gap > APART * line.size
                && !line.has_blank(before.bounds.x1, glyph.bounds.x0);
            gap > GAP * line.size || is_drawn_apart
        })
    })
}

/// Whether a line below has several heads under one.
fn is_group(part: &Line, below: &[Vec<Line>]) -> bool {
    let is_under =
        |other: &&Line| other.bounds.x0 < part.bounds.x1 && other.bounds.x1 > part.bounds.x0;
    below.iter().any(|line| line.iter().filter(is_under).count() > 1)
}

/// The column of each head: as many have one as there are heads or columns, in their order, as near
/// as can be.
pub(super) fn matched(heads: &[Stretch], columns: &[Stretch]) -> Vec<Option<usize>> {
    if heads.len() > MOST {
        return vec![None; heads.len()];
    }
    let least = heads.len().min(columns.len());
    // The best way to match the first heads with the first columns: how many are matched counts
    // more than how near they are.
    let mut best = vec![vec![(0_usize, 0.0_f64); columns.len() + 1]; heads.len() + 1];
    let get = |best: &[Vec<(usize, f64)>], head: usize, column: usize| {
        best.get(head).and_then(|row| row.get(column)).copied().unwrap_or_default()
    };
    let is_better = |one: (usize, f64), other: (usize, f64)| {
        one.0 > other.0 || one.0 == other.0 && one.1 < other.1
    };
    for (head, place) in heads.iter().enumerate() {
        for (column, stretch) in columns.iter().enumerate() {
            let (count, away) = get(&best, head, column);
            let mut way = (count + 1, away + distance(*place, *stretch));
            for other in [get(&best, head, column + 1), get(&best, head + 1, column)] {
                if is_better(other, way) {
                    way = other;
                }
            }
            if let Some(slot) = best.get_mut(head + 1).and_then(|row| row.get_mut(column + 1)) {
                *slot = way;
            }
        }
    }
    debug_assert_eq!(get(&best, heads.len(), columns.len()).0, least, "all are matched");
    let mut owners = vec![None; heads.len()];
    let (mut head, mut column) = (heads.len(), columns.len());
    while head > 0 && column > 0 {
        let way = get(&best, head, column);
        if way == get(&best, head - 1, column) {
            head -= 1;
        } else if way == get(&best, head, column - 1) {
            column -= 1;
        } else {
            (head, column) = (head - 1, column - 1);
            if let Some(owner) = owners.get_mut(head) {
                *owner = Some(column);
            }
        }
    }
    owners
}

/// How far a head is from a column: the room between them, and a little for how far their middles are.
fn distance(head: Stretch, column: Stretch) -> f64 {
    let gap = (column.0 - head.1).max(head.0 - column.1).max(0.0);
    let middles = f64::midpoint(head.0, head.1) - f64::midpoint(column.0, column.1);
    gap + 0.1 * middles.abs()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heads_and_columns_are_matched_in_their_order() {
        let heads = [(0.0, 10.0), (30.0, 50.0), (60.0, 70.0)];
        // Amounts at the right of their cells, beside their heads.
        let columns = [(0.0, 5.0), (52.0, 58.0), (72.0, 80.0)];
        assert_eq!(matched(&heads, &columns), [Some(0), Some(1), Some(2)]);
        // A head over nothing, and a column without a head.
        assert_eq!(matched(&heads, &columns[1..]), [None, Some(0), Some(1)]);
        assert_eq!(matched(&heads[..2], &columns), [Some(0), Some(1)]);
        assert_eq!(matched(&[], &columns), []);
        assert_eq!(matched(&heads, &[]), [None, None, None]);
    }
}
