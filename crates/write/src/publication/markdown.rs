//! A publication as Markdown with pipe tables, which is also what it is read back from.

use std::fmt::Write as _;

use juesuan_model::{Element, PrintedCell, PrintedTable, Publication, Run, runs_text};

/// The whole publication.
#[must_use]
pub fn publication(publication: &Publication) -> String {
    let mut out = String::new();
    block(&mut out, &format!("# {}", publication.title));
    for line in &publication.subtitles {
        block(&mut out, line);
    }
    if publication.is_draft {
        block(&mut out, "（草稿，不得公开）");
    }
    for element in &publication.elements {
        match element {
            Element::Heading { level, runs } => {
                let marks = "#".repeat(usize::from(*level).saturating_add(1));
                block(&mut out, &format!("{marks} {}", runs_text(runs)));
            }
            Element::Paragraph(runs) => block(&mut out, &paragraph(runs)),
            Element::Contents => contents(&mut out, publication),
            Element::Table(printed) => table(&mut out, printed),
        }
    }
    out
}

fn block(out: &mut String, text: &str) {
    if !out.is_empty() {
        out.push('\n');
    }
    out.push_str(text);
    out.push('\n');
}

/// A paragraph on one line; what would be markup at its start is escaped.
fn paragraph(runs: &[Run]) -> String {
    let text = runs_text(runs).replace('\n', " ");
    let is_markup = text.starts_with(['#', '>', '|', '-', '+', '*']);
    if is_markup { format!("\\{text}") } else { text }
}

/// The headings of the two highest levels.
fn contents(out: &mut String, publication: &Publication) {
    block(out, "## 目录");
    out.push('\n');
    for element in &publication.elements {
        let Element::Heading { level: level @ 1..=2, runs } = element else { continue };
        let indent = if *level == 1 { "" } else { "  " };
        let _ = writeln!(out, "{indent}- {}", runs_text(runs));
    }
}

fn table(out: &mut String, printed: &PrintedTable) {
    if !printed.number.is_empty() {
        block(out, &printed.number);
    }
    for line in &printed.caption {
        block(out, line);
    }
    out.push('\n');
    for (at, row) in grid(printed).iter().enumerate() {
        let _ = writeln!(out, "| {} |", row.join(" | "));
        if at == 0 {
            let _ = writeln!(out, "|{}", " --- |".repeat(row.len()));
        }
    }
    for note in &printed.notes {
        block(out, note);
    }
}

/// The cells in a grid: what spans columns stands in the first of them, what spans rows in each.
fn grid(printed: &PrintedTable) -> Vec<Vec<String>> {
    let width = printed.widths.len();
    let mut grid: Vec<Vec<Option<String>>> = vec![vec![None; width]; printed.rows.len()];
    for (at, row) in printed.rows.iter().enumerate() {
        let mut column = 0;
        for cell in row {
            let is_taken = |column: usize| {
                grid.get(at).and_then(|row| row.get(column)).is_some_and(Option::is_some)
            };
            while is_taken(column) {
                column += 1;
            }
            place(&mut grid, at, column, cell);
            column += usize::from(cell.column_span);
        }
    }
    let text = |cell: Option<String>| cell.unwrap_or_default();
    grid.into_iter().map(|row| row.into_iter().map(text).collect()).collect()
}

fn place(grid: &mut [Vec<Option<String>>], at: usize, column: usize, cell: &PrintedCell) {
    let text = escaped(&cell.text());
    for row in grid.iter_mut().skip(at).take(usize::from(cell.row_span)) {
        let covered = row.iter_mut().skip(column).take(usize::from(cell.column_span));
        for (number, place) in covered.enumerate() {
            *place = Some(if number == 0 { text.clone() } else { String::new() });
        }
    }
}

fn escaped(text: &str) -> String {
    text.replace('|', "\\|").replace('\n', " ")
}
