//! Tables that are no known form, but whose rows have codes of the classifications: what adds up to
//! what is known all the same.

use std::borrow::Cow;
use std::sync::Arc;

use juesuan_model::{Block, Cell, CodedTable, Columns, Measure, Row, Scale, Subject, Table, Value};

use super::sheet::SheetRow;
use super::tree::{RowHead, row_head};
use crate::bind::binder::{Binder, Printed, decimals_of, read_value};
use crate::bind::identity::labelled;
use crate::bind::words::fold;

/// With fewer rows nothing is added up.
const LEAST_ROWS: usize = 3;
/// No table that is made for people has more columns of amounts.
const MOST_COLUMNS: usize = 64;
/// How many blocks above a table can tell its unit.
const ABOVE: usize = 3;

/// Binds the amounts of a table whose rows have codes; whether it is one.
pub(super) fn bind(binder: &mut Binder<'_>, table: &Table, block: u32) -> bool {
    let rows: Vec<(SheetRow<'_>, RowHead)> = table
        .rows
        .iter()
        .map(|row| SheetRow { block, cells: &row.cells })
        .filter_map(|row| Some((row, row_head(binder, &row)?)))
        .collect();
    let columns = amounts(table, &rows);
    let coded = rows.iter().filter(|(_, head)| &*head.id != "total").count();
    if table.columns == Columns::Guessed || coded < LEAST_ROWS || columns.is_empty() {
        return false;
    }
    let id: Arc<str> = format!("table{}", binder.accounts.coded_tables.len() + 1).into();
    let (scale, decimals) = (scale(binder, table, block), decimals(&rows, &columns));
    let mut found = CodedTable { id, columns: Vec::new(), rows: Vec::new() };
    found.columns.extend(columns.iter().map(|column| (name(*column), head(table, *column))));
    for (row, head) in rows {
        let label: Arc<str> = head.label.into();
        for column in &columns {
            let Some(cell) = row.at(*column).filter(|cell| cell.column >= head.after) else {
                continue;
            };
            let printed = Printed::cell(cell, block, &label);
            let subject = Subject::new(&found.id, &head.id, &name(*column));
            binder.amount(subject, &printed, scale, decimals);
        }
        found.rows.push((head.id, head.name));
    }
    binder.mark(block);
    binder.accounts.coded_tables.push(found);
    true
}

/// What facts call a column.
fn name(column: u32) -> Arc<str> {
    format!("column{}", column.saturating_add(1)).into()
}

/// The columns, unless they are too many, in which every row has an amount or nothing, and that are no rates by their heads.
fn amounts(table: &Table, rows: &[(SheetRow<'_>, RowHead)]) -> Vec<u32> {
    let mut columns: Vec<u32> =
        rows.iter().flat_map(|(row, _)| row.cells).map(|c| c.column).collect();
    columns.sort_unstable();
    columns.dedup();
    if columns.len() > MOST_COLUMNS {
        return Vec::new();
    }
    columns.retain(|column| {
        let cells = rows
            .iter()
            .filter_map(|(row, head)| row.at(*column).filter(|cell| cell.column >= head.after));
        let mut values = cells.map(value).filter(|value| *value != Value::Blank);
        let mut has_number = false;
        let all = values.all(|value| {
            has_number |= matches!(value, Value::Number(_));
            matches!(value, Value::Number(_) | Value::Dash)
        });
        all && has_number && !is_rate(table, *column)
    });
    columns
}

fn value(cell: &Cell) -> Value {
    read_value(cell.text.as_str(), Measure::Money(Scale::default()), 0)
}

/// What stands above a column, in the rows before the first one with numbers.
fn heads(table: &Table, column: u32) -> impl Iterator<Item = Cow<'_, str>> {
    let is_head = |row: &&Row| !row.cells.iter().any(|c| matches!(value(c), Value::Number(_)));
    let rows = table.rows.iter().take_while(is_head);
    let cells = rows.filter_map(move |row| SheetRow { block: 0, cells: &row.cells }.at(column));
    cells.map(|cell| fold(cell.text.as_str())).filter(|head| !head.is_empty())
}

/// The lowest head of a column.
fn head(table: &Table, column: u32) -> Arc<str> {
    heads(table, column).last().map_or_else(|| "".into(), |head| head.into_owned().into())
}

/// Whether its heads say that a column holds rates, numbers or points.
fn is_rate(table: &Table, column: u32) -> bool {
    heads(table, column).any(|head| head.contains(['率', '比', '%', '号', '分']))
}

/// Digits behind the point that the table prints.
fn decimals(rows: &[(SheetRow<'_>, RowHead)], columns: &[u32]) -> u32 {
    let cells = rows.iter().flat_map(|(row, _)| columns.iter().filter_map(|at| row.at(*at)));
    cells.map(|cell| decimals_of(cell.text.as_str())).max().unwrap_or(0)
}

/// The unit of the amounts, as the lines above the table or its head tell it.
fn scale(binder: &Binder<'_>, table: &Table, block: u32) -> Scale {
    let labels = &binder.scheme.structure.unit_labels;
    let above = (block as usize).saturating_sub(ABOVE)..block as usize;
    let lines = binder.document.blocks.get(above).unwrap_or_default().iter().rev();
    let heads = table.rows.iter().take(ABOVE).flat_map(|row| &row.cells).map(|cell| &cell.text);
    let mut texts = lines.filter_map(Block::text).chain(heads);
    let unit = texts.find_map(|text| labelled(text, labels, block));
    unit.and_then(|unit| Scale::from_label(&unit.text)).unwrap_or_default()
}
