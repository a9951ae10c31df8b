//! Forms of several blocks of code, name and amount side by side, which may end at different
//! rows; totals stand below.

use std::sync::Arc;

use juesuan_model::{Cell, Subject};
use juesuan_scheme::Form;

use super::form_mut;
use super::sheet::{Sheet, SheetRow, bare_label};
use crate::bind::binder::{Binder, Printed};
use crate::bind::words::{fold, whole};

/// Binds all blocks.
pub(super) fn bind(binder: &mut Binder<'_>, index: usize, form: &Form, sheet: &Sheet<'_>) {
    let split = split_totals(form, sheet);
    for row in &sheet.rows {
        if !split.is_empty() && bind_split(binder, index, form, (sheet, row), &split) {
            continue;
        }
        let mut at = 0;
        while let Some(cell) = row.cells.get(at) {
            let text = fold(cell.text.as_str());
            if is_code(&text) {
                at = bind_code(binder, index, form, &Spot { sheet, row, at }, &text);
            } else if let Some(id) = total(form, cell.text.as_str()) {
                at = bind_total(binder, index, form, &Spot { sheet, row, at }, &id);
            } else {
                at += 1;
            }
        }
    }
}

/// The heads of columns that are totals elsewhere: some places print 合计, 人员经费 and 公用经费
/// beside each other, with a row for the total of all.
fn split_totals<'a>(form: &Form, sheet: &Sheet<'a>) -> Vec<(&'a Cell, Arc<str>)> {
    let heads = sheet.heads.iter().flat_map(|row| row.cells);
    let named = heads.filter_map(|cell| Some((cell, total(form, cell.text.as_str())?)));
    let found: Vec<(&Cell, Arc<str>)> = named.collect();
    let parts = found.iter().filter(|(_, id)| &**id != TOTAL).count();
    if parts > 1 { found } else { Vec::new() }
}

/// The row of the total of all.
const TOTAL: &str = "total";

/// Binds the row of totals under their heads; false when it is another row.
fn bind_split(
    binder: &mut Binder<'_>,
    index: usize,
    form: &Form,
    (sheet, row): (&Sheet<'_>, &SheetRow<'_>),
    split: &[(&Cell, Arc<str>)],
) -> bool {
    let first = row.cells.iter().position(|cell| !cell.text.is_blank());
    let Some(at) = first else { return false };
    let names_total = row.cells.get(at).and_then(|cell| total(form, cell.text.as_str()));
    if names_total.as_deref() != Some(TOTAL) {
        return false;
    }
    for (head, id) in split {
        let Some(cell) = row.at(head.column).filter(|cell| cell.column > 0) else { continue };
        let name = whole(&head.text, row.block);
        let label = name.text.clone();
        if let Some(found) = form_mut(binder, index) {
            found.rows.push((id.clone(), name));
        }
        add(binder, index, form, &Spot { sheet, row, at }, (id, cell, &label));
    }
    true
}

/// A cell of a row.
struct Spot<'a, 'b> {
    sheet: &'b Sheet<'a>,
    row: &'b SheetRow<'a>,
    at: usize,
}

fn is_code(text: &str) -> bool {
    matches!(text.len(), 3 | 5) && text.starts_with('3') && text.bytes().all(|b| b.is_ascii_digit())
}

fn total(form: &Form, text: &str) -> Option<Arc<str>> {
    let bare = bare_label(text);
    let names = |row: &&juesuan_scheme::Row| {
        std::iter::once(&row.label).chain(&row.aliases).any(|name| bare_label(name) == bare)
    };
    (!bare.is_empty()).then(|| form.rows.iter().find(names)).flatten().map(|row| row.id.clone())
}

/// Code, name, amount; gives the cell behind them.
fn bind_code(
    binder: &mut Binder<'_>,
    index: usize,
    form: &Form,
    spot: &Spot<'_, '_>,
    code: &str,
) -> usize {
    let row = spot.row;
    let Some(name) = row.cells.get(spot.at + 1) else { return spot.at + 1 };
    let name = whole(&name.text, row.block);
    let label: Arc<str> = format!("{code} {}", name.text).into();
    let id: Arc<str> = code.into();
    if let Some(found) = form_mut(binder, index) {
        found.rows.push((id.clone(), name));
    }
    if let Some(cell) = row.cells.get(spot.at + 2) {
        add(binder, index, form, spot, (&id, cell, &label));
    }
    spot.at + 3
}

/// A total and the last number before the next label.
fn bind_total(
    binder: &mut Binder<'_>,
    index: usize,
    form: &Form,
    spot: &Spot<'_, '_>,
    id: &Arc<str>,
) -> usize {
    let row = spot.row;
    let rest = row.cells.get(spot.at + 1..).unwrap_or_default();
    let is_word = |cell: &Cell| {
        !cell.text.is_blank()
            && !cell.text.as_str().contains(|c: char| c.is_ascii_digit())
            && !cell.text.as_str().trim().starts_with(['-', '—'])
    };
    let length = rest.iter().position(is_word).unwrap_or(rest.len());
    let cells = rest.get(..length).unwrap_or_default();
    let amount = cells.iter().rev().find(|cell| !cell.text.is_blank()).or(cells.last());
    if let (Some(cell), Some(title)) = (amount, row.cells.get(spot.at)) {
        let name = whole(&title.text, row.block);
        let label = name.text.clone();
        if let Some(found) = form_mut(binder, index) {
            found.rows.push((id.clone(), name));
        }
        add(binder, index, form, spot, (id, cell, &label));
    }
    spot.at + 1 + length
}

fn add(
    binder: &mut Binder<'_>,
    index: usize,
    form: &Form,
    spot: &Spot<'_, '_>,
    (id, cell, label): (&Arc<str>, &Cell, &Arc<str>),
) {
    let scale = binder.scale_of(index);
    let printed = Printed::cell(cell, spot.row.block, label);
    let column = form.columns.first().map_or_else(|| "amount".into(), |column| column.id.clone());
    let subject = Subject { form: form.id.clone(), row: id.clone(), column };
    binder.amount(subject, &printed, scale, spot.sheet.decimals);
}
