//! What was read as Markdown, from which it reads the same again: tables whose cells cover others
//! are HTML in it.

use std::fmt::Write as _;

use juesuan_model::{Block, Table};

use super::{Source, grid};

/// All blocks as Markdown.
#[must_use]
pub fn markdown(source: Source<'_>) -> String {
    let mut out = String::new();
    for block in &source.document.blocks {
        if !out.is_empty() {
            out.push('\n');
        }
        match block {
            Block::Heading(heading) => {
                let marks = "#".repeat(usize::from(heading.level.clamp(1, 6)));
                let _ = writeln!(out, "{marks} {}", escaped(heading.text.as_str()));
            }
            Block::Paragraph(text) => {
                let text = escaped(text.as_str());
                // What would be a mark at the start of a line.
                let is_mark = text.starts_with(['#', '>', '|', '-', '+']);
                let _ = writeln!(out, "{}{text}", if is_mark { "\\" } else { "" });
            }
            Block::Table(table) if spans(table) => in_tags(&mut out, table),
            Block::Table(table) => in_pipes(&mut out, table),
        }
    }
    out
}

fn spans(table: &Table) -> bool {
    let mut cells = table.rows.iter().flat_map(|row| &row.cells);
    cells.any(|cell| cell.column_span > 1 || cell.row_span > 1)
}

fn in_pipes(out: &mut String, table: &Table) {
    let grid = grid(table);
    let width = grid.iter().map(Vec::len).max().unwrap_or(0);
    for (at, row) in grid.iter().enumerate() {
        let cells: Vec<String> = row.iter().map(|cell| escaped(cell).replace('|', "\\|")).collect();
        let rest = " |".repeat(width.saturating_sub(row.len()).min(1_000));
        let _ = writeln!(out, "| {} |{rest}", cells.join(" | "));
        if at == 0 {
            let _ = writeln!(out, "|{}", " --- |".repeat(width));
        }
    }
}

fn in_tags(out: &mut String, table: &Table) {
    out.push_str("<table>\n");
    for row in &table.rows {
        out.push_str("<tr>");
        for cell in &row.cells {
            out.push_str("<td");
            for (name, span) in [("colspan", cell.column_span), ("rowspan", cell.row_span)] {
                if span > 1 {
                    let _ = write!(out, " {name}=\"{span}\"");
                }
            }
            let _ = write!(out, ">{}</td>", escaped(cell.text.as_str()));
        }
        out.push_str("</tr>\n");
    }
    out.push_str("</table>\n");
}

/// Words on one line in which nothing is a mark.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | '*' | '$' | '<' | '&' => out.extend(['\\', c]),
            '\n' | '\r' | '\t' => out.push(' '),
            c => out.push(c),
        }
    }
    out
}
