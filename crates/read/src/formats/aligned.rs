//! Tables set with blanks, as text taken from a PDF has them. Which column a cell stands in cannot
//! be told from blanks, so that such a table is kept as a table and nothing in it is bound.

use juesuan_model::{Cell, Columns, Row, Table};

use super::lines::Line;
use super::markdown::trimmed;

/// Rows that print a number of its own, for lines with gaps to be a table.
const ROWS: usize = 3;
/// A line without gap between rows has no more characters than this: the rest of a cell.
const LONGEST_REST: usize = 16;
/// No paragraph is indented so far.
const DEEP: usize = 20;
/// Within so many lines they must come.
const NEAR: usize = 60;
/// How many blank lines may stand between rows.
const BLANK_LINES: usize = 2;

/// What sets words apart.
const GAPS: [&str; 3] = ["  ", "\u{3000}", "\t"];

/// How many of the lines make up a table set with blanks; none when they do not.
pub(super) fn length(lines: &[Line<'_>]) -> usize {
    if !lines.first().is_some_and(|line| has_gap(line.text)) {
        return 0;
    }
    let (mut rows, mut end, mut blank) = (0, 0, 0);
    for (index, line) in lines.iter().enumerate() {
        if rows < ROWS && index > NEAR {
            break;
        }
        if line.is_blank() {
            blank += 1;
            if blank > BLANK_LINES {
                break;
            }
            continue;
        }
        blank = 0;
        if has_gap(line.text) {
            rows += usize::from(pieces(line.text).any(|(_, piece)| is_number(piece)));
            end = index + 1;
        } else if !is_rest(line.text) {
            break;
        }
    }
    if rows >= ROWS { end } else { 0 }
}

/// The table of lines.
pub(super) fn read(lines: &[Line<'_>]) -> Table {
    let printed = lines.iter().filter(|line| !line.is_blank());
    let rows = printed.map(|line| {
        let cells = (0..)
            .zip(pieces(line.text))
            .map(|(column, (at, piece))| Cell::new(trimmed(piece, line.place(at)), column));
        Row { cells: cells.collect() }
    });
    Table { rows: rows.collect(), columns: Columns::Guessed }
}

/// Whether words of a line are set apart.
fn has_gap(line: &str) -> bool {
    // Few lines of text have any, and every line is asked.
    let words = line.trim();
    let may = GAPS.into_iter().any(|gap| words.contains(gap));
    may && pieces(words).nth(1).is_some()
}

/// A cell, or the rest of one, in a line of its own: far to the right, or short and no heading.
fn is_rest(line: &str) -> bool {
    let words = line.trim_start();
    let indent = line.len() - words.len();
    let is_short = words.trim_end().chars().count() <= LONGEST_REST;
    indent >= DEEP || indent > 0 && is_short && !words.contains(['。', '、', '：'])
}

fn is_number(piece: &str) -> bool {
    piece.contains('.') && piece.bytes().all(|b| b.is_ascii_digit() || b".,-%".contains(&b))
}

/// The words between wide gaps, with the byte at which they begin.
fn pieces(line: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let rest = line.get(at..)?;
        let start = at + rest.len() - rest.trim_start().len();
        let rest = line.get(start..).filter(|rest| !rest.is_empty())?;
        let end = GAPS.iter().filter_map(|gap| rest.find(gap)).min();
        let end = end.unwrap_or(rest.len());
        at = start + end;
        rest.get(..end).map(|piece| (start, piece))
    })
}
