//! Forms whose rows are functional codes: code, name, amounts.

use std::sync::Arc;

use juesuan_model::{Cell, Subject};
use juesuan_scheme::Form;

use super::form_mut;
use super::sheet::{Sheet, SheetRow, column_of, names_column};
use super::slips::Slip;
use crate::bind::binder::{Binder, Printed};
use crate::bind::words::{field, fold, whole};

/// Which column of the grid holds which column of the form.
type Columns = Vec<(u32, Arc<str>)>;

/// Binds the rows.
pub(super) fn bind(
    binder: &mut Binder<'_>,
    index: usize,
    form: &Form,
    sheet: &Sheet<'_>,
    slips: &[Slip],
) {
    let columns = grouped(binder, form, sheet).unwrap_or_else(|| columns(form, sheet));
    let scale = binder.scale_of(index);
    for row in &sheet.rows {
        let Some(mut head) = row_head(binder, row) else { continue };
        let label: Arc<str> = head.label.into();
        let meant = slips.iter().find(|(printed, _)| *printed == head.id);
        if let Some(found) = form_mut(binder, index) {
            if let (Some((_, meant)), Some(cell)) = (meant, row.first()) {
                found.slips.push((meant.clone(), whole(&cell.text, row.block)));
                head.id = meant.clone();
            }
            found.rows.push((head.id.clone(), head.name));
        }
        for (column, id) in &columns {
            let is_own = |cell: &&Cell| cell.column >= head.after && !names_column(cell, form);
            let Some(cell) = row.at(*column).filter(is_own) else {
                continue;
            };
            let printed = Printed::cell(cell, row.block, &label);
            let subject =
                Subject { form: form.id.clone(), row: head.id.clone(), column: id.clone() };
            binder.amount(subject, &printed, scale, sheet.decimals);
        }
    }
}

/// What opens a row: its id, its name, and the first column behind it.
pub(super) struct RowHead {
    pub(super) id: Arc<str>,
    pub(super) name: juesuan_model::TextField,
    pub(super) label: String,
    pub(super) after: u32,
}

/// Reads the code, or the label of a total, and the name.
pub(super) fn row_head(binder: &Binder<'_>, row: &SheetRow<'_>) -> Option<RowHead> {
    let first = row.first()?;
    let text = fold(first.text.as_str());
    if binder.scheme.structure.total_labels.iter().any(|label| *text == **label) {
        return Some(RowHead {
            id: "total".into(),
            name: whole(&first.text, row.block),
            label: text.into_owned(),
            after: first.column + 1,
        });
    }
    let (code, mut after) = code(row)?;
    // Behind a code split into 类, 款, 项 the columns of what it lacks are blank.
    let behind = row.cells.iter().filter(|cell| cell.column >= after);
    let printed = behind.clone().find(|cell| !cell.text.is_blank());
    let name = match printed.filter(|cell| !is_number(cell)) {
        Some(cell) => {
            after = cell.end();
            whole(&cell.text, row.block)
        }
        // No name stands where one should, or behind the code.
        None => behind.clone().next().filter(|cell| cell.text.is_blank()).map_or_else(
            || field(&first.text, first.text.as_str().len(), first.text.as_str().len(), row.block),
            |blank| whole(&blank.text, row.block),
        ),
    };
    let label = format!("{code} {}", name.text);
    Some(RowHead { id: code.into(), name, label, after })
}

/// The code of a row, in one cell or split into 类, 款, 项, and the column behind it.
fn code(row: &SheetRow<'_>) -> Option<(String, u32)> {
    let mut code = String::new();
    let mut after = 0;
    for cell in row.cells.iter().skip_while(|cell| cell.text.is_blank()) {
        let text = fold(cell.text.as_str());
        let is_part = text.bytes().all(|b| b.is_ascii_digit()) && !text.is_empty();
        let fits = matches!((code.len(), text.len()), (0, 3 | 5 | 7) | (3 | 5, 2));
        if !(is_part && fits) {
            break;
        }
        code += &text;
        after = cell.end();
    }
    matches!(code.len(), 3 | 5 | 7).then_some((code, after))
}

fn is_number(cell: &Cell) -> bool {
    let text = cell.text.as_str().trim();
    text.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | '，' | '-' | '—' | '－'))
}

fn is_amount(cell: &Cell) -> bool {
    let text = cell.text.as_str().trim();
    text.contains('.')
        && text.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b',' | b'-'))
}

/// Maps columns whose heads stand in groups: 本年收入 and 本年支出 over 合计, 基本支出, 项目支出 each.
/// Of the groups that are one column of the form, the first is the total.
fn grouped(binder: &Binder<'_>, form: &Form, sheet: &Sheet<'_>) -> Option<Columns> {
    let words = &binder.scheme.structure;
    let is_spending = |cell: &Cell| {
        let folded = fold(cell.text.as_str());
        words.spending_groups.iter().any(|head| *folded == **head)
    };
    let is_group = |cell: &Cell| {
        let folded = fold(cell.text.as_str());
        is_spending(cell) || words.balance_groups.iter().any(|head| *folded == **head)
    };
    let top = sheet.heads.iter().position(|row| row.cells.iter().any(is_spending))?;
    let groups: Vec<&Cell> =
        sheet.heads.get(top)?.cells.iter().filter(|cell| is_group(cell)).collect();
    let below = sheet.heads.get(top + 1)?;
    let is_split = |cell: &Cell| {
        let folded = fold(cell.text.as_str());
        words.total_labels.iter().any(|label| *folded == **label)
    };
    if groups.len() < 2 || below.cells.iter().filter(|cell| is_split(cell)).count() < 2 {
        return None;
    }
    let heads = || sheet.heads.get(top).into_iter().flat_map(|row| row.cells);
    let filled = || heads().filter(|cell| !cell.text.is_blank()).map(|cell| cell.column);
    let mut columns: Columns = Vec::new();
    for group in &groups {
        let end = filled().filter(|at| *at > group.column).min().unwrap_or(u32::MAX);
        let inside = below.cells.iter().filter(|cell| (group.column..end).contains(&cell.column));
        if is_spending(group) {
            for cell in inside {
                if let Some(id) = column_of(form, &fold(cell.text.as_str())) {
                    columns.push((cell.column, id.clone()));
                }
            }
        } else if let Some(id) = column_of(form, &fold(group.text.as_str())) {
            columns.push((group.column, id.clone()));
        }
    }
    Some(columns)
}

/// Maps columns by their heads; when the heads were damaged, by their order.
fn columns(form: &Form, sheet: &Sheet<'_>) -> Columns {
    let mut columns: Columns = Vec::new();
    for row in &sheet.heads {
        for cell in row.cells.iter().filter(|cell| !cell.text.is_blank()) {
            if let Some(known) = column_of(form, &fold(cell.text.as_str())) {
                columns.retain(|(at, id)| *at != cell.column && id != known);
                columns.push((cell.column, known.clone()));
            }
        }
    }
    columns.sort_by_key(|(at, _)| *at);
    let expected = amount_columns(sheet);
    if columns.len() >= expected.len() && !columns.is_empty() {
        return columns;
    }
    by_order(form, &expected).unwrap_or(columns)
}

/// The columns in which rows with codes print amounts, or the row of column numbers counts them.
fn amount_columns(sheet: &Sheet<'_>) -> Vec<u32> {
    let numbered = sheet.heads.last().map(|row| {
        let is_number = |cell: &&Cell| {
            let text = cell.text.as_str().trim();
            !text.is_empty() && text.len() <= 2 && text.bytes().all(|b| b.is_ascii_digit())
        };
        row.cells.iter().filter(is_number).map(|cell| cell.column).collect::<Vec<u32>>()
    });
    if let Some(numbered) = numbered.filter(|columns| columns.len() > 1) {
        return numbered;
    }
    let mut columns: Vec<u32> = sheet
        .rows
        .iter()
        .flat_map(|row| row.cells.iter().filter(|cell| is_amount(cell)).map(|cell| cell.column))
        .collect();
    columns.sort_unstable();
    columns.dedup();
    columns
}

/// When as many columns are printed as the form has, they stand in its order; the short form of
/// state capital lacks the balances around the expenditure.
fn by_order(form: &Form, printed: &[u32]) -> Option<Columns> {
    let short: Vec<&Arc<str>> = form
        .columns
        .iter()
        .map(|column| &column.id)
        .filter(|id| !matches!(&***id, "opening" | "income" | "closing"))
        .collect();
    let ids: Vec<&Arc<str>> = if printed.len() == form.columns.len() {
        form.columns.iter().map(|column| &column.id).collect()
    } else if printed.len() == short.len() {
        short
    } else {
        return None;
    };
    Some(printed.iter().copied().zip(ids.into_iter().cloned()).collect())
}
