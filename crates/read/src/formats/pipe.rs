//! Tables set in pipes: `| 项目 | 金额 |`.

use juesuan_model::{Cell, Place, Row, Table};

use super::lines::Line;
use super::markdown::trimmed;

/// Whether a table set in pipes begins here: two such lines, or one with pipes around it.
pub(super) fn is_table(lines: &[Line<'_>]) -> bool {
    let first = lines.first().map(|line| line.text.trim()).filter(|first| first.contains('|'));
    let Some(first) = first else { return false };
    if first.len() > 2 && first.starts_with('|') && first.ends_with('|') {
        return true;
    }
    let next = lines.get(1).map_or("", |line| line.text);
    is_separator(next)
}

/// Reads the table that begins here and tells how many lines it takes.
pub(super) fn read(lines: &[Line<'_>]) -> (Table, usize) {
    let mut table = Table::default();
    let mut taken = 0;
    for line in lines.iter().take_while(|line| line.text.contains('|')) {
        taken += 1;
        if !is_separator(line.text) {
            table.rows.push(row(line));
        }
    }
    (table, taken)
}

/// `|---|:--:|`
fn is_separator(line: &str) -> bool {
    let line = line.trim();
    line.contains('-')
        && line.contains('|')
        && line.chars().all(|c| matches!(c, '|' | '-' | ':' | ' '))
}

fn row(line: &Line<'_>) -> Row {
    let mut row = Row::default();
    let indent = line.text.len() - line.text.trim_start().len();
    let mut start = indent + usize::from(line.text.trim_start().starts_with('|'));
    let mut column = line.place(start).column;
    let mut escaped = false;
    let end = line.text.trim_end().len();
    let begin = start;
    for (at, c) in line.text.char_indices().filter(|(at, _)| *at >= begin) {
        if c == '|' && !escaped && at < end {
            let piece = line.text.get(start..at).unwrap_or("");
            push(&mut row, piece, line.number, &mut column);
            start = at + 1;
        }
        escaped = c == '\\' && !escaped;
    }
    let last = line.text.get(start..).unwrap_or("");
    if !last.trim().is_empty() {
        push(&mut row, last, line.number, &mut column);
    }
    row
}

/// Adds a cell and moves `column` behind the pipe that ends it.
fn push(row: &mut Row, piece: &str, line: u32, column: &mut u32) {
    let grid = u32::try_from(row.cells.len()).unwrap_or(u32::MAX);
    row.cells.push(Cell::new(trimmed(piece, Place::new(line, *column)), grid));
    let width = u32::try_from(piece.chars().count()).unwrap_or(u32::MAX);
    *column = column.saturating_add(width).saturating_add(1);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::lines::lines;

    #[test]
    fn cells_keep_their_places_and_escaped_pipes_are_text() {
        let source = "| 甲 | a\\|b |\n|---|---|\n| | 2 |";
        let all = lines(source);
        assert!(is_table(&all));
        let (table, taken) = read(&all);
        assert_eq!(taken, 3);
        let cells: Vec<(String, Place)> = table
            .rows
            .iter()
            .flat_map(|row| &row.cells)
            .map(|cell| (cell.text.as_str().to_owned(), cell.text.start()))
            .collect();
        let at = Place::new;
        assert_eq!(
            cells,
            [
                ("甲".to_owned(), at(1, 3)),
                ("a|b".to_owned(), at(1, 7)),
                (String::new(), at(3, 3)),
                ("2".to_owned(), at(3, 5)),
            ]
        );
    }
}
