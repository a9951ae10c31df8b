//! Tables that the manuscript lays out: a line a row, cells between bars.

use std::sync::Arc;

use super::{Line, Node};

/// A table of a manuscript.
#[derive(Clone, Debug, PartialEq)]
pub struct TableForm {
    /// Which table: `evaluation` for projects, `whole` for units as a whole.
    pub id: Arc<str>,
    /// The title above it.
    pub title: Line,
    /// Lines below the title.
    pub captions: Vec<Line>,
    /// The relative widths of its columns.
    pub widths: Vec<u16>,
    /// Its rows, and what repeats or chooses them.
    pub body: Vec<Node>,
}

/// A cell of a row.
#[derive(Clone, Debug, PartialEq)]
pub struct TableCell {
    /// Its words and figures.
    pub line: Line,
    /// Whether it is the head of rows or columns.
    pub is_head: bool,
    /// How many columns it covers.
    pub columns: u16,
    /// How many rows it covers; `None` for all down to the end of the next `@每`.
    pub rows: Option<u16>,
}

/// What stands before the words of a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Marks {
    pub(super) is_head: bool,
    pub(super) columns: u16,
    pub(super) rows: Option<u16>,
}

/// Reads `*` for a head, `>3` for three columns, `^2` for two rows, `^*` for the rows of the next
/// `@每`; returns what stands behind.
pub(super) fn marks(cell: &str) -> Result<(Marks, &str), String> {
    let mut marks = Marks { is_head: false, columns: 1, rows: Some(1) };
    let mut rest = cell.trim_start();
    loop {
        if let Some(behind) = rest.strip_prefix('*') {
            marks.is_head = true;
            rest = behind;
        } else if let Some(behind) = rest.strip_prefix("^*") {
            marks.rows = None;
            rest = behind;
        } else if let Some(behind) = rest.strip_prefix('^') {
            let (count, behind) = number(behind)?;
            marks.rows = Some(count);
            rest = behind;
        } else if let Some(behind) = rest.strip_prefix('>') {
            let (count, behind) = number(behind)?;
            marks.columns = count;
            rest = behind;
        } else {
            return Ok((marks, rest.trim_start()));
        }
    }
}

fn number(text: &str) -> Result<(u16, &str), String> {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let (digits, behind) = text.split_at(end);
    match digits.parse() {
        Ok(count @ 1..=60) => Ok((count, behind)),
        _ => Err("“>”“^”后面应写跨几栏、几行，1 到 60".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_tell_heads_and_spans() {
        let of = |cell| marks(cell).map(|(m, rest)| (m.is_head, m.columns, m.rows, rest));
        assert_eq!(of(" *^2>3 得分 "), Ok((true, 3, Some(2), "得分 ")));
        assert_eq!(of("^*主要任务"), Ok((false, 1, None, "主要任务")));
        assert_eq!(of("{年度}"), Ok((false, 1, Some(1), "{年度}")));
        assert!(of(">0 得分").is_err() && of("^").is_err());
    }
}
