//! Forms of labels that some places lay out across: labels in the head, groups of columns for
//! budget and actual, one row of amounts.

use std::sync::Arc;

use juesuan_model::{Cell, Subject};
use juesuan_scheme::Form;

use super::form_mut;
use super::rows::row_id;
use super::sheet::{Sheet, SheetRow};
use crate::bind::binder::{Binder, Printed};
use crate::bind::words::{fold, whole};

/// Whether the labels stand in the head: most rows of the form are heads of columns.
pub(super) fn is_across(form: &Form, sheet: &Sheet<'_>) -> bool {
    labels(form, sheet).len() >= 4
}

/// Binds the row of amounts.
pub(super) fn bind(binder: &mut Binder<'_>, index: usize, form: &Form, sheet: &Sheet<'_>) {
    let labels = labels(form, sheet);
    let groups = groups(form, sheet);
    let scale = binder.scale_of(index);
    let Some(row) = amounts(sheet) else { return };
    for (cell, id) in &labels {
        let group = groups.iter().rev().find(|(from, _)| *from <= cell.column);
        let (Some((_, column)), Some(amount)) = (group, row.at(cell.column)) else { continue };
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

/// The cells of the head that name rows of the form. A group of columns that is named in one
/// head row and split in the next counts where it is split: the later cell wins.
fn labels<'a>(form: &Form, sheet: &Sheet<'a>) -> Vec<(&'a Cell, Arc<str>)> {
    let mut found: Vec<(&'a Cell, Arc<str>)> = Vec::new();
    let last = amounts(sheet).map(|row| row.cells.as_ptr());
    for row in all_rows(sheet).take_while(|row| Some(row.cells.as_ptr()) != last) {
        for cell in
            row.cells.iter().filter(|cell| !cell.text.is_blank() && cell.text.as_str().len() < 90)
        {
            let subtotal = ["小计", "合计"].contains(&&*fold(cell.text.as_str()));
            let above = found
                .iter()
                .find(|(above, _)| above.column == cell.column)
                .map(|(_, id)| id.clone());
            let id = if subtotal {
                above.or_else(|| row_id(form, "合计"))
            } else {
                row_id(form, cell.text.as_str())
            };
            if let Some(id) = id {
                found.retain(|(above, _)| above.column != cell.column);
                found.push((cell, id));
            }
        }
    }
    found
}

/// Where the columns of budget and actual begin.
fn groups(form: &Form, sheet: &Sheet<'_>) -> Vec<(u32, Arc<str>)> {
    let mut groups: Vec<(u32, Arc<str>)> = Vec::new();
    for cell in all_rows(sheet).flat_map(|row| row.cells) {
        let folded = fold(cell.text.as_str());
        let known = form.columns.iter().find(|column| {
            std::iter::once(&column.head).chain(&column.aliases).any(|head| *folded == *fold(head))
        });
        if let Some(known) = known.filter(|known| groups.iter().all(|(_, id)| *id != known.id)) {
            groups.push((cell.column, known.id.clone()));
        }
    }
    groups.sort_by_key(|(at, _)| *at);
    groups
}
