//! The rows of a form over all its pages, cut into head and data.

use std::borrow::Cow;
use std::sync::Arc;

use juesuan_model::{Block, Cell, Document};
use juesuan_scheme::structure::StructureWords;
use juesuan_scheme::{Column, Form, Layout, Row};

use super::find::Part;
use crate::bind::binder::decimals_of;
use crate::bind::numbering::marker;
use crate::bind::words::fold;

/// A row of a form.
#[derive(Clone, Copy)]
pub(super) struct SheetRow<'a> {
    pub(super) block: u32,
    pub(super) cells: &'a [Cell],
}

impl<'a> SheetRow<'a> {
    /// The cell that covers a column of the grid.
    pub(super) fn at(&self, column: u32) -> Option<&'a Cell> {
        self.cells.iter().find(|cell| (cell.column..cell.end()).contains(&column))
    }

    /// The first cell that prints something.
    pub(super) fn first(&self) -> Option<&'a Cell> {
        self.cells.iter().find(|cell| !cell.text.is_blank())
    }
}

/// All rows of a form: head rows of the first page, data rows of all.
pub(super) struct Sheet<'a> {
    pub(super) heads: Vec<SheetRow<'a>>,
    pub(super) rows: Vec<SheetRow<'a>>,
    /// Digits behind the point that the form prints.
    pub(super) decimals: u32,
}

impl<'a> Sheet<'a> {
    pub(super) fn of(
        document: &'a Document,
        parts: &[Part],
        form: &Form,
        words: &StructureWords,
    ) -> Self {
        let mut sheet = Self { heads: Vec::new(), rows: Vec::new(), decimals: 0 };
        for part in parts {
            let Some(Block::Table(table)) = document.blocks.get(part.block as usize) else {
                continue;
            };
            let heads = head_rows(&table.rows, form, words);
            for (index, row) in table.rows.iter().enumerate() {
                let row = SheetRow { block: part.block, cells: &row.cells };
                let is_data = index >= heads;
                // The last row of the head may have slipped into the row of totals.
                if sheet.rows.is_empty() && (!is_data || holds_heads(row.cells, form)) {
                    sheet.heads.push(row);
                }
                if is_data {
                    sheet.rows.push(row);
                }
            }
        }
        let cells = sheet.rows.iter().flat_map(|row| row.cells);
        sheet.decimals =
            cells.map(|cell| decimals_of(cell.text.as_str())).max().unwrap_or(0).min(2);
        sheet
    }

    /// Whether its rows print no figure.
    pub(super) fn is_blank(&self) -> bool {
        let mut cells = self.rows.iter().flat_map(|row| row.cells);
        !cells.any(|cell| cell.text.as_str().contains(|c: char| c.is_ascii_digit()))
    }
}

/// The column of a form that a folded head names.
pub(super) fn column_of<'f>(form: &'f Form, folded: &str) -> Option<&'f Arc<str>> {
    let named = |column: &&Column| {
        std::iter::once(&column.head).chain(&column.aliases).any(|head| *folded == *fold(head))
    };
    form.columns.iter().find(named).map(|column| &column.id)
}

/// How many rows at the top are head: up to the row of column numbers, or to the last row that
/// has heads and no amounts.
fn head_rows(rows: &[juesuan_model::Row], form: &Form, words: &StructureWords) -> usize {
    let is_column_numbers = |row: &juesuan_model::Row| {
        row.cells.iter().any(|cell| {
            let folded = fold(cell.text.as_str());
            words.column_row_labels.iter().any(|label| *folded == *fold(label))
        }) || counts_columns(&row.cells)
    };
    if let Some(index) = rows.iter().take(8).position(is_column_numbers) {
        return index + 1;
    }
    // A row of amounts can be called like a column, as the budgets of the opening balance are.
    let has_head = |row: &juesuan_model::Row| {
        row.cells.iter().any(|cell| is_head(cell, form, words)) && !row.cells.iter().any(is_amount)
    };
    let end = rows.iter().take(8).position(|row| is_row_of_column(row, form)).unwrap_or(8);
    rows.iter().take(end).rposition(has_head).map_or(0, |index| index + 1)
}

/// Whether a row is called like a column and holds its amounts: 预算数, then an amount each.
fn is_row_of_column(row: &juesuan_model::Row, form: &Form) -> bool {
    let mut printed = row.cells.iter().filter(|cell| !cell.text.is_blank());
    form.layout == Layout::Rows
        && printed.next().is_some_and(|first| names_column(first, form))
        && printed.filter(|cell| is_amount(cell)).nth(1).is_some()
}

/// Whether a row numbers the columns without saying so: 1, 2, 3 and so on.
fn counts_columns(cells: &[Cell]) -> bool {
    let printed =
        cells.iter().map(|cell| cell.text.as_str().trim()).filter(|text| !text.is_empty());
    let mut counted = 0;
    let in_order = printed.zip(1_u32..).all(|(text, number)| {
        counted = number;
        text.parse() == Ok(number)
    });
    in_order && counted >= 4
}

/// Whether a row prints heads of columns behind its label.
fn holds_heads(cells: &[Cell], form: &Form) -> bool {
    let mut printed = cells.iter().filter(|cell| !cell.text.is_blank());
    let is_labelled = printed.next().is_some();
    is_labelled && printed.filter(|cell| names_column(cell, form)).nth(1).is_some()
}

/// Whether a cell prints the head of a column.
pub(super) fn names_column(cell: &Cell, form: &Form) -> bool {
    !cell.text.is_blank() && column_of(form, &fold(cell.text.as_str())).is_some()
}

fn is_amount(cell: &Cell) -> bool {
    let text = cell.text.as_str().trim();
    text.bytes().any(|b| b.is_ascii_digit())
        && text.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b',' | b'-'))
}

fn is_head(cell: &Cell, form: &Form, words: &StructureWords) -> bool {
    if cell.text.is_blank() || cell.text.as_str().len() > 90 {
        return false;
    }
    let folded = fold(cell.text.as_str());
    let is_label = |label: &Arc<str>| *folded == *fold(label);
    words.code_heads.iter().any(is_label)
        || words.line_heads.iter().any(is_label)
        || ["项目", "收入项目", "支出项目", "科目名称"].contains(&&*folded)
        // A row of totals begins with a word that is a head elsewhere.
        || !words.total_labels.iter().any(is_label) && column_of(form, &folded).is_some()
}

/// The rows of a form under each of their names, as [`bare_label`] has them.
pub(super) fn named_rows<'f>(form: &'f Form) -> Vec<(Cow<'f, str>, &'f Row)> {
    let names_of = |row: &'f Row| {
        let names = std::iter::once(&row.label).chain(&row.aliases);
        names.map(move |name| (bare_label(name), row))
    };
    form.rows.iter().flat_map(names_of).collect()
}

/// A row's label for comparing: folded, without numbering and 其中.
pub(super) fn bare_label(text: &str) -> Cow<'_, str> {
    let mut rest = text.trim();
    loop {
        let before = rest;
        if let Some(found) = marker(rest) {
            rest = rest.get(found.length..).unwrap_or("").trim_start();
        }
        for word in ["其中：", "其中:", "其中"] {
            rest = rest.strip_prefix(word).unwrap_or(rest).trim_start();
        }
        if rest.len() == before.len() {
            return fold(rest);
        }
    }
}
