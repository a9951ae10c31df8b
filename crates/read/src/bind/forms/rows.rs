//! Forms with one label a row.

use std::sync::Arc;

use juesuan_model::Subject;
use juesuan_scheme::Form;

use super::form_mut;
use super::sheet::{Sheet, SheetRow, bare_label, column_of};
use crate::bind::binder::{Binder, Printed};
use crate::bind::words::{fold, whole};

/// Binds the rows.
pub(super) fn bind(binder: &mut Binder<'_>, index: usize, form: &Form, sheet: &Sheet<'_>) {
    let columns = columns(form, sheet);
    let scale = binder.scale_of(index);
    for (row, id) in chosen(form, sheet) {
        let Some(label) = row.first() else { continue };
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

/// The rows that are bound, each once. Headings of rows, and counts below the amounts, are called
/// like rows of amounts; the longest of the names that are printed whole tells most.
fn chosen<'s, 'd>(form: &Form, sheet: &'s Sheet<'d>) -> Vec<(&'s SheetRow<'d>, Arc<str>)> {
    let mut chosen: Vec<(&SheetRow<'_>, Arc<str>, Option<usize>)> = Vec::new();
    for row in &sheet.rows {
        let Some(label) = row.first() else { continue };
        let Some((id, length)) = row_named(form, label.text.as_str()) else { continue };
        match chosen.iter_mut().find(|(_, known, _)| *known == id) {
            None => chosen.push((row, id, length)),
            Some(known) if is_heading(known.0) || length > known.2 && known.2.is_some() => {
                *known = (row, id, length);
            }
            Some(_) => {}
        }
    }
    chosen.into_iter().map(|(row, id, _)| (row, id)).collect()
}

/// Whether a row prints nothing but dashes behind its label and its line number.
fn is_heading(row: &SheetRow<'_>) -> bool {
    let mut dashes = 0;
    let all = row.cells.iter().filter(|cell| !cell.text.is_blank()).skip(1).all(|cell| {
        let text = cell.text.as_str().trim();
        let is_dash = text.chars().all(|c| matches!(c, '—' | '-' | '－' | '–'));
        let is_line = dashes == 0 && text.bytes().all(|b| b.is_ascii_digit());
        dashes += usize::from(is_dash);
        is_dash || is_line
    });
    all && dashes > 0
}

/// The row whose label is printed; the longest label that it contains when none is the same.
pub(super) fn row_id(form: &Form, label: &str) -> Option<Arc<str>> {
    row_named(form, label).map(|(id, _)| id)
}

/// The same, with the length of the label where it is printed whole.
fn row_named(form: &Form, label: &str) -> Option<(Arc<str>, Option<usize>)> {
    let bare = bare_label(label);
    let names = || {
        form.rows.iter().flat_map(|row| {
            std::iter::once(&row.label).chain(&row.aliases).map(|n| (bare_label(n), &row.id))
        })
    };
    let same = names().find(|(name, _)| *name == bare);
    let length = same.as_ref().map(|(name, _)| name.len());
    let inside = || {
        names()
            .filter(|(name, _)| bare.contains(&**name) && bare.len() < 3 * name.len())
            .min_by_key(|(name, _)| std::cmp::Reverse(name.len()))
    };
    same.or_else(inside).map(|(_, id)| (id.clone(), length))
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
