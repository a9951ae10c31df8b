//! How far a table without rules reaches: to the heads above its first row, and to the last lines of
//! its last one.
#![expect(clippy::float_arithmetic, reason = "geometry of pages")]

use super::aligned::{Cut, is_label};
use super::columns::Columns;
use super::heads;
use super::lines::Line;

/// Lines of one cell are at most so many sizes of type apart, from middle to middle.
const LEADING: f64 = 1.8;

/// A head is at most so many sizes of type away from the first row.
const HEAD_AWAY: f64 = 3.0;

/// The lines of a run, and those around it that belong to its table. Lines that other tables own stay
/// theirs.
pub(super) fn of(mut run: Vec<usize>, cuts: &[Cut], owners: &[Option<usize>]) -> Vec<usize> {
    let rows: Vec<Cut> = run.iter().filter_map(|index| cuts.get(*index)).cloned().collect();
    let Some(columns) = Columns::of(&rows) else { return run };
    let (Some(first), Some(last)) = (run.first().copied(), run.last().copied()) else { return run };
    let is_free = |index: usize| owners.get(index).is_some_and(Option::is_none);
    let lines: Vec<&Line> = cuts.iter().map(|cut| &cut.line).collect();
    let above = lines.get(..=first).unwrap_or_default();
    let top = top(above, &columns, is_free);
    let rows: Vec<Cut> = rows.into_iter().map(|cut| columns.cut(cut.line)).collect();
    let below = lines.get(last..).unwrap_or_default();
    let rests = rests(below, &rows, &columns, |index| is_free(index + last));
    run.splice(0..0, top..first);
    run.extend(last + 1..=last + rests);
    run
}

/// Where the heads begin of a table whose first line is the last of these. Heads that touch look like
/// one piece until the columns are known.
fn top(lines: &[&Line], columns: &Columns, is_free: impl Fn(usize) -> bool) -> usize {
    let first = lines.len() - 1;
    let (mut top, mut below) = (first, first);
    for index in (0..first).rev() {
        let lines = lines.get(index).filter(|_| is_free(index)).zip(lines.get(below));
        let Some((line, under)) = lines else { break };
        let away = under.bounds.middle_y() - line.bounds.middle_y();
        let heads = over(line, columns);
        let most = if below == first { HEAD_AWAY } else { LEADING };
        let is_near = away < most * line.size;
        let Some(heads) = heads.filter(|_| is_near && !is_label(&line.bare())) else { break };
        // One head above all others stands beside the first of them, or it is a title.
        if heads > 1 || away < line.size {
            top = index;
        }
        below = index;
    }
    top
}

/// How many heads a line has, when each stands over one column or none. Heads that nearly touch are
/// told by how they are drawn, or by where the columns begin.
pub(super) fn over(line: &Line, columns: &Columns) -> Option<usize> {
    let stands = |part: &Line| {
        let (from, to) = (part.bounds.x0, part.bounds.x1);
        columns.begins_at(from, part.size) || columns.under(from, to).count() < 2
    };
    let ways = [heads::parts(line), columns.cut(line.clone()).parts];
    let ways = ways.into_iter().filter(|parts| parts.iter().all(stands));
    ways.map(|parts| parts.len()).max()
}

/// How many lines behind the first of these are the last ones of cells of the last row.
fn rests(
    lines: &[&Line],
    rows: &[Cut],
    columns: &Columns,
    is_free: impl Fn(usize) -> bool,
) -> usize {
    let mut pieces: Vec<Line> = rows.iter().flat_map(|cut| cut.parts.iter().cloned()).collect();
    let mut above = lines.first();
    let mut count = 0;
    for (index, line) in lines.iter().enumerate().skip(1) {
        let parts = columns.cut((*line).clone()).parts;
        let away = above.map_or(0.0, |above| line.bounds.middle_y() - above.bounds.middle_y());
        let is_near = away < LEADING * line.size && is_free(index);
        let [rest] = parts.as_slice() else { break };
        if !is_near || !goes_on(rest, &pieces, columns) {
            break;
        }
        pieces.push(rest.clone());
        above = Some(line);
        count = index;
    }
    count
}

/// Whether a line goes on with the last cell of its column, whose last line had no room for more.
fn goes_on(rest: &Line, pieces: &[Line], columns: &Columns) -> bool {
    let column = columns.covered(rest);
    let own = pieces.iter().filter(|piece| columns.covered(piece) == column);
    let own: Vec<&Line> = own.collect();
    let end = own.iter().map(|piece| piece.bounds.x1).fold(0.0, f64::max);
    let widest = own.iter().map(|piece| piece.bounds.width()).fold(0.0, f64::max);
    let is_full = |last: &&Line| {
        let room = (end - last.bounds.x1).min(widest - last.bounds.width());
        room < rest.first_word()
    };
    own.last().is_some_and(is_full)
        && columns.holds(rest.bounds.x0, rest.bounds.x1, rest.size)
        && !is_label(&rest.bare())
}
