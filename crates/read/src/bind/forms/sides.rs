//! Forms of two sides: income left, expenditure right, a label and amounts on each.

use std::borrow::Cow;
use std::sync::Arc;

use juesuan_model::{Cell, Subject, TextField};
use juesuan_scheme::{Form, Row};
use rustc_hash::FxHashSet;

use super::form_mut;
use super::sheet::{Sheet, SheetRow, bare_label, named_rows};
use crate::bind::binder::{Binder, Printed};
use crate::bind::words::{fold, whole};

const SIDES: [&str; 2] = ["left", "right"];

/// Binds both sides.
pub(super) fn bind(binder: &mut Binder<'_>, index: usize, form: &Form, sheet: &Sheet<'_>) {
    let Some(layout) = Halves::of(form, sheet, binder) else { return };
    let mut rows = Rows { named: named_rows(form), bound: FxHashSet::default() };
    for row in &sheet.rows {
        for (half, side) in layout.halves.iter().zip(SIDES) {
            bind_half(binder, index, form, &Side { sheet, row, half, side }, &mut rows);
        }
    }
}

/// One side of one row.
struct Side<'a, 'b> {
    sheet: &'b Sheet<'a>,
    row: &'b SheetRow<'a>,
    half: &'b Half,
    side: &'static str,
}

/// Where a side stands in the grid.
#[derive(Debug)]
struct Half {
    from: u32,
    to: u32,
    /// The column of line numbers.
    lines: Option<u32>,
    amounts: Vec<(u32, Arc<str>)>,
}

struct Halves {
    halves: [Half; 2],
}

impl Halves {
    fn of(form: &Form, sheet: &Sheet<'_>, binder: &Binder<'_>) -> Option<Self> {
        let by_class = &binder.scheme.structure.class_heads;
        let is_item = |cell: &&Cell| {
            let folded = fold(cell.text.as_str());
            let bare = folded.split('(').next().unwrap_or(&folded);
            bare.starts_with("项目")
                || bare.ends_with("项目")
                || by_class.iter().any(|head| *folded == **head)
        };
        let row = sheet.heads.iter().find(|row| row.cells.iter().filter(is_item).count() >= 2)?;
        let starts: Vec<u32> = row.cells.iter().filter(is_item).map(|cell| cell.column).collect();
        let (left, right) = (*starts.first()?, *starts.get(1)?);
        let half = |from, to, side| Half {
            from,
            to,
            lines: line_column(sheet, binder, from, to),
            amounts: amounts(form, sheet, from, to, side),
        };
        Some(Self { halves: [half(left, right, SIDES[0]), half(right, u32::MAX, SIDES[1])] })
    }
}

fn line_column(sheet: &Sheet<'_>, binder: &Binder<'_>, from: u32, to: u32) -> Option<u32> {
    let words = &binder.scheme.structure.line_heads;
    let cells = sheet.heads.iter().flat_map(|row| row.cells);
    let mut inside = cells.filter(|cell| (from..to).contains(&cell.column));
    inside
        .find(|cell| {
            let folded = fold(cell.text.as_str());
            words.iter().any(|word| *folded == **word)
        })
        .map(|cell| cell.column)
}

fn amounts(form: &Form, sheet: &Sheet<'_>, from: u32, to: u32, side: &str) -> Vec<(u32, Arc<str>)> {
    let mut found: Vec<(u32, Arc<str>)> = Vec::new();
    let cells = sheet.heads.iter().flat_map(|row| row.cells);
    for cell in cells.filter(|cell| (from..to).contains(&cell.column)) {
        let folded = fold(cell.text.as_str());
        let here = form.columns.iter().filter(|column| column.side.as_deref() == Some(side));
        for column in here {
            let names = || std::iter::once(&column.head).chain(&column.aliases);
            if names().any(|name| *folded == *fold(name)) {
                found.retain(|(at, id)| *at != cell.column && *id != column.id);
                found.push((cell.column, column.id.clone()));
                break;
            }
        }
    }
    found
}

fn bind_half(
    binder: &mut Binder<'_>,
    index: usize,
    form: &Form,
    side: &Side<'_, '_>,
    rows: &mut Rows<'_>,
) {
    let (row, half) = (side.row, side.half);
    let first_amount = half.amounts.iter().map(|(at, _)| *at).min().unwrap_or(half.to);
    let is_label = |cell: &&Cell| {
        (half.from..first_amount).contains(&cell.column) && Some(cell.column) != half.lines
    };
    let label = row.cells.iter().filter(is_label).find(|cell| !cell.text.is_blank());
    let line = half.lines.and_then(|column| row.at(column));
    let Some((id, name)) = rows.identify(side.side, label, line, row.block) else { return };
    let shown: Arc<str> = if name.text.is_empty() { id.clone() } else { name.text.clone() };
    let is_named = label.is_some();
    let scale = binder.scale_of(index);
    for (at, column) in &half.amounts {
        let Some(cell) = row.at(*at).filter(|cell| cell.column == *at) else { continue };
        let printed = Printed::cell(cell, row.block, &shown);
        // A row without label exists only when something stands in it.
        if !is_named && cell.text.is_blank() {
            continue;
        }
        let subject = Subject { form: form.id.clone(), row: id.clone(), column: column.clone() };
        binder.amount(subject, &printed, scale, side.sheet.decimals);
    }
    if is_named && let Some(found) = form_mut(binder, index) {
        found.rows.push((id, name));
    }
}

/// The rows of a form by their names, and those that are bound.
struct Rows<'f> {
    named: Vec<(Cow<'f, str>, &'f Row)>,
    bound: FxHashSet<Arc<str>>,
}

impl Rows<'_> {
    /// The row that a label names: the first of that name that is not bound yet, since the budgets
    /// of the opening balance are called like those of the income. Rows without label are told by
    /// their line number, labels that the form does not know by themselves.
    fn identify(
        &mut self,
        side: &str,
        label: Option<&Cell>,
        line: Option<&Cell>,
        block: u32,
    ) -> Option<(Arc<str>, TextField)> {
        let Some(label) = label else {
            let line = line?;
            let number = fold(line.text.as_str());
            return (!number.is_empty())
                .then(|| (format!("line{number}").into(), TextField::default()));
        };
        let bare = bare_label(label.text.as_str());
        let is_free =
            |row: &Row| row.side.as_deref() == Some(side) && !self.bound.contains(&row.id);
        let id = match self.named.iter().find(|(name, row)| *name == bare && is_free(row)) {
            Some((_, row)) => row.id.clone(),
            None => format!("other {bare}").into(),
        };
        self.bound.insert(id.clone());
        Some((id, whole(&label.text, block)))
    }
}
