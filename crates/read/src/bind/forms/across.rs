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

/// Binds the row of amounts.
pub(super) fn bind(binder: &mut Binder<'_>, index: usize, form: &Form, sheet: &Sheet<'_>) {
    let labels = labels(form, sheet);
    let groups = groups(form, sheet);
    let scale = binder.scale_of(index);
    let Some(row) = amounts(sheet) else { return };
    for amount in row.cells {
        let Some((_, column)) = groups.iter().rev().find(|(from, _)| *from <= amount.column) else {
            continue;
        };
        let Some((cell, id)) = label_over(amount, &labels, &groups) else { continue };
        let name = whole(&cell.text, row.block);
        let printed = Printed::cell(amount, row.block, &name.text);
        let subject = Subject { form: form.id.clone(), row: id.clone(), column: column.clone() };
        binder.amount(subject, &printed, scale, sheet.decimals);
        if let Some(found) = form_mut(binder, index).filter(|f| f.rows.iter().all(|(r, _)| r != id))
        {
            found.rows.push((id.clone(), name));
        }
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
            let id = if ["小计", "合计"].contains(&&*folded) {
                above.or_else(|| row_id(form, "合计"))
            } else {
                row_id(form, cell.text.as_str())
            };
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
