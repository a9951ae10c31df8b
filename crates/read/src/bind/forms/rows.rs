//! Forms with one label a row.

use std::sync::Arc;

use juesuan_model::Subject;
use juesuan_scheme::Form;
use rustc_hash::FxHashSet;

use super::form_mut;
use super::sheet::{Sheet, SheetRow, bare_label, column_of};
use crate::bind::binder::{Binder, Printed};
use crate::bind::words::{fold, whole};

/// Binds the rows.
pub(super) fn bind(binder: &mut Binder<'_>, index: usize, form: &Form, sheet: &Sheet<'_>) {
    let columns = columns(form, sheet);
    let scale = binder.scale_of(index);
    let mut bound: FxHashSet<Arc<str>> = FxHashSet::default();
    for row in &sheet.rows {
        let Some(label) = row.first() else { continue };
        let Some(id) = row_id(form, label.text.as_str()) else { continue };
        // A heading of rows is called like a row; counts below the amounts are called so too.
        if is_heading(row) || !bound.insert(id.clone()) {
            continue;
        }
        let name = whole(&label.text, row.block);
        let shown: Arc<str> = name.text.clone();
        if let Some(found) = form_mut(binder, index) {
            found.rows.push((id.clone(), name));
        }
        for (at, column) in &columns {
            let Some(cell) = row.at(*at).filter(|cell| cell.column > label.column) else {
                continue;
            };
            let printed = Printed::cell(cell, row.block, &shown);
            let subject =
                Subject { form: form.id.clone(), row: id.clone(), column: column.clone() };
            binder.amount(subject, &printed, scale, sheet.decimals);
        }
    }
}

/// Whether a row prints nothing but dashes behind its label.
fn is_heading(row: &SheetRow<'_>) -> bool {
    let mut dashes = 0;
    let all = row.cells.iter().filter(|cell| !cell.text.is_blank()).skip(1).all(|cell| {
        let text = cell.text.as_str().trim();
        let is_dash = text.chars().all(|c| matches!(c, '—' | '-' | '－' | '–'));
        dashes += usize::from(is_dash);
        is_dash || text.bytes().all(|b| b.is_ascii_digit())
    });
    all && dashes > 0
}

/// The row whose label is printed; the longest label that it contains when none is the same.
pub(super) fn row_id(form: &Form, label: &str) -> Option<Arc<str>> {
    let bare = bare_label(label);
    let names = || {
        form.rows.iter().flat_map(|row| {
            std::iter::once(&row.label).chain(&row.aliases).map(|n| (bare_label(n), &row.id))
        })
    };
    let same = names().find(|(name, _)| *name == bare);
    let inside = || {
        names()
            .filter(|(name, _)| bare.contains(&**name) && bare.len() < 3 * name.len())
            .min_by_key(|(name, _)| std::cmp::Reverse(name.len()))
    };
    same.or_else(inside).map(|(_, id)| id.clone())
}

fn columns(form: &Form, sheet: &Sheet<'_>) -> Vec<(u32, Arc<str>)> {
    let mut columns: Vec<(u32, Arc<str>)> = Vec::new();
    for cell in sheet.heads.iter().flat_map(|row| row.cells) {
        let known = column_of(form, &fold(cell.text.as_str()));
        if let Some(known) = known.filter(|known| columns.iter().all(|(_, id)| id != *known)) {
            columns.push((cell.column, known.clone()));
        }
    }
    columns
}
