//! Forms of labels that some places lay out across: labels in the head, groups of columns for
//! budget and actual, one row of amounts.

use std::sync::Arc;

use juesuan_model::{Cell, Subject};
use juesuan_scheme::Form;

use super::form_mut;
use super::rows::row_id;
use super::sheet::{Sheet, SheetRow, column_of};
use crate::bind::binder::{Binder, Printed};
use crate::bind::words::{fold, whole};

/// Whether the labels stand in the head: most rows of the form are heads of columns.
pub(super) fn is_across(form: &Form, sheet: &Sheet<'_>) -> bool {
    labels(form, sheet).iter().filter(|(_, id)| id.is_some()).count() >= 4
}

/// Binds the row of amounts, or a row each for budget and actual.
pub(super) fn bind(binder: &mut Binder<'_>, index: usize, form: &Form, sheet: &Sheet<'_>) {
    let labels = labels(form, sheet);
    let named: Vec<(&SheetRow<'_>, &Arc<str>)> =
        sheet.rows.iter().filter_map(|row| Some((row, column_named(form, row)?))).collect();
    if !named.is_empty() {
        // Budget and actual in a row each, called so in its first cell.
        for (row, column) in named {
            for amount in row.cells.iter().skip(1) {
                let own = labels.iter().find(|(label, _)| label.column == amount.column);
                if let Some((cell, Some(id))) = own {
                    add(binder, index, (form, sheet), row, (amount, column), (cell, id));
                }
            }
        }
        return;
    }
    let groups = groups(form, sheet);
    let Some(row) = amounts(sheet) else { return };
    for amount in row.cells {
        let group = groups.iter().rev().find(|(from, _)| *from <= amount.column);
        let label = label_over(amount, &labels, &groups);
        if let Some(((_, column), label)) = group.zip(label) {
            add(binder, index, (form, sheet), row, (amount, column), label);
        }
    }
}

/// The column that the first cell of a row names.
fn column_named<'f>(form: &'f Form, row: &SheetRow<'_>) -> Option<&'f Arc<str>> {
    let first = row.cells.iter().find(|cell| !cell.text.is_blank())?;
    column_of(form, &fold(first.text.as_str()))
}

/// Binds an amount under its label.
fn add(
    binder: &mut Binder<'_>,
    index: usize,
    (form, sheet): (&Form, &Sheet<'_>),
    row: &SheetRow<'_>,
    (amount, column): (&Cell, &Arc<str>),
    (label, id): (&Cell, &Arc<str>),
) {
    let name = whole(&label.text, row.block);
    let printed = Printed::cell(amount, row.block, &name.text);
    let subject = Subject { form: form.id.clone(), row: id.clone(), column: column.clone() };
    let scale = binder.scale_of(index);
    binder.amount(subject, &printed, scale, sheet.decimals);
    let found = form_mut(binder, index);
    if let Some(found) = found.filter(|found| found.rows.iter().all(|(row, _)| row != id)) {
        found.rows.push((id.clone(), name));
    }
}

/// The label that an amount stands under: its own, or the one to the left of which it shares the
/// pair of budget and actual. Under a head that is no row of the form there is none.
fn label_over<'b, 'a>(
    amount: &Cell,
    labels: &'b [(&'a Cell, Option<Arc<str>>)],
    groups: &[(u32, Arc<str>)],
) -> Option<(&'a Cell, &'b Arc<str>)> {
    let (cell, id) = labels
        .iter()
        .filter(|(label, _)| label.column <= amount.column)
        .max_by_key(|(label, _)| label.column)?;
    let is_paired =
        groups.iter().filter(|(at, _)| (cell.column..=amount.column).contains(at)).count() == 2;
    (cell.column == amount.column || is_paired).then_some(())?;
    Some((cell, id.as_ref()?))
}

fn all_rows<'a, 'b>(sheet: &'b Sheet<'a>) -> impl Iterator<Item = &'b SheetRow<'a>> {
    sheet.heads.iter().chain(&sheet.rows)
}

/// The row that prints numbers with decimals.
fn amounts<'a, 'b>(sheet: &'b Sheet<'a>) -> Option<&'b SheetRow<'a>> {
    let numbers = |row: &SheetRow<'_>| {
        row.cells
            .iter()
            .filter(|c| c.text.as_str().trim().parse::<rust_decimal::Decimal>().is_ok())
            .count()
    };
    sheet.rows.iter().rev().max_by_key(|row| numbers(row)).filter(|row| numbers(row) > 1)
}

/// The cells of the head with the rows of the form that they name. A group of columns that is
/// named in one head row and split in the next counts where it is split: the later cell wins.
fn labels<'a>(form: &Form, sheet: &Sheet<'a>) -> Vec<(&'a Cell, Option<Arc<str>>)> {
    let mut found: Vec<(&'a Cell, Option<Arc<str>>)> = Vec::new();
    let last = amounts(sheet).map(|row| row.cells.as_ptr());
    for row in all_rows(sheet).take_while(|row| Some(row.cells.as_ptr()) != last) {
        for cell in row.cells.iter().filter(|cell| is_label(cell)) {
            let folded = fold(cell.text.as_str());
            if column_of(form, &folded).is_some() {
                continue;
            }
            let above = found
                .iter()
                .find(|(above, _)| above.column == cell.column)
                .and_then(|(_, id)| id.clone());
            let is_total = ["小计", "合计"].contains(&&*folded);
            // The total of a group is called by the group.
            if is_total && above.is_some() {
                continue;
            }
            let id =
                if is_total { row_id(form, "合计") } else { row_id(form, cell.text.as_str()) };
            found.retain(|(above, _)| above.column != cell.column);
            found.push((cell, id));
        }
    }
    found
}

/// Whether a cell of the head says something: numbers count the columns only.
fn is_label(cell: &Cell) -> bool {
    let text = cell.text.as_str().trim();
    !text.is_empty() && text.len() < 90 && !text.bytes().all(|b| b.is_ascii_digit())
}

/// Where columns of budget and actual begin: once for all labels, or under each of them.
fn groups(form: &Form, sheet: &Sheet<'_>) -> Vec<(u32, Arc<str>)> {
    let cells = all_rows(sheet).flat_map(|row| row.cells);
    let mut groups: Vec<(u32, Arc<str>)> = cells
        .filter_map(|cell| Some((cell.column, column_of(form, &fold(cell.text.as_str()))?.clone())))
        .collect();
    groups.sort_by_key(|(at, _)| *at);
    groups.dedup();
    groups
}
