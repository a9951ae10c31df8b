//! The self-evaluation forms as tables, by the layout that the scheme gives them.

use std::sync::Arc;

use juesuan_model::{Align, Element, PrintedCell, PrintedTable, Run, TableKind};
use juesuan_scheme::manuscript::{Node, TableCell};

use super::Composer;

/// Rows as they are printed, and the cells that still grow downwards.
#[derive(Default)]
struct Rows {
    rows: Vec<Vec<PrintedCell>>,
    /// Row and position of cells that reach to the end of the next loop.
    growing: Vec<(usize, usize)>,
}

impl Composer<'_> {
    /// The form of a project, or of a unit as a whole.
    pub(super) fn evaluation_form(&mut self, id: &str, row: &str) {
        let layouts = self.layouts;
        let Some(layout) = layouts.iter().find(|layout| *layout.id == *id) else {
            return self.gap(row, "方案没有写这种自评表的表式");
        };
        let mut rows = Rows::default();
        self.layout_rows(&layout.body, row, &mut rows);
        let table = PrintedTable {
            kind: TableKind::Evaluation,
            form: layout.id.clone(),
            title: self.words(&layout.title, row),
            number: "".into(),
            caption: layout.captions.iter().map(|line| self.words(line, row)).collect(),
            widths: layout.widths.clone(),
            head_rows: 0,
            rows: rows.rows,
            notes: Vec::new(),
        };
        self.push(Element::Table(table));
    }

    fn layout_rows(&mut self, nodes: &[Node], row: &str, out: &mut Rows) {
        for node in nodes {
            match node {
                Node::Row(cells) => self.layout_row(cells, row, out),
                Node::Each { rows, body } => {
                    let outer = std::mem::replace(&mut self.above, row.into());
                    for inner in self.rows(rows, row) {
                        self.layout_rows(body, &inner, out);
                    }
                    self.above = outer;
                    out.settle();
                }
                Node::When { condition, body, otherwise } => {
                    let holds = self.holds(condition, row);
                    self.layout_rows(if holds { body } else { otherwise }, row, out);
                }
                _ => {}
            }
        }
    }

    fn layout_row(&mut self, cells: &[TableCell], row: &str, out: &mut Rows) {
        let mut printed = Vec::with_capacity(cells.len());
        for (at, cell) in cells.iter().enumerate() {
            if cell.rows.is_none() {
                out.growing.push((out.rows.len(), at));
            }
            let runs = self.runs(&cell.line, row);
            printed.push(laid_out(cell, runs));
        }
        out.rows.push(printed);
    }
}

impl Rows {
    /// Lets the cells that grow reach to the last row.
    fn settle(&mut self) {
        let count = self.rows.len();
        for (row, at) in self.growing.drain(..) {
            let height = u16::try_from(count.saturating_sub(row)).unwrap_or(u16::MAX);
            if let Some(cell) = self.rows.get_mut(row).and_then(|cells| cells.get_mut(at)) {
                cell.row_span = height.max(1);
            }
        }
    }
}

/// Heads and mixed cells stand in the middle, figures to the right and words to the left.
fn laid_out(cell: &TableCell, mut runs: Vec<Run>) -> PrintedCell {
    runs.retain(|run| !run.text().is_empty());
    let is_figure = |run: &Run| matches!(run, Run::Figure(_));
    let align = match runs.as_slice() {
        _ if cell.is_head => Align::Center,
        [Run::Figure(_)] => Align::Right,
        _ if runs.iter().any(is_figure) => Align::Center,
        _ => Align::Left,
    };
    let empty: Arc<str> = "".into();
    PrintedCell { runs, is_head: cell.is_head, ..PrintedCell::words(empty, align) }
        .spanning(cell.columns, cell.rows.unwrap_or(1))
}
