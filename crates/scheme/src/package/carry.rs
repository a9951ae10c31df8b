//! What an empty package takes over from that of the year before.

use std::sync::Arc;

use super::ColumnForm;
use crate::names::Names;

/// What a column takes over. Columns without it stay empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Carry {
    /// What stood there.
    Keep,
    /// What stood there, to be confirmed before it is believed.
    Confirm,
    /// The number after the one that stood there.
    Next,
    /// What stood in this column, by position.
    Column(usize),
    /// A cell of the accounts that the package gave.
    Cell {
        /// The form or record.
        form: Arc<str>,
        /// Its row.
        row: Arc<str>,
        /// Its column.
        column: Arc<str>,
    },
}

/// What each column takes over.
pub(super) fn resolve(
    columns: &[ColumnForm],
    names: &Names<'_>,
) -> Result<Vec<Option<Carry>>, String> {
    let carry = |column: &ColumnForm| match &*column.carry {
        "" => Ok(None),
        text => one(text, columns, names)
            .map(Some)
            .map_err(|why| format!("“{}”栏的 carry“{text}”：{why}", column.name)),
    };
    columns.iter().map(carry).collect()
}

fn one(text: &str, columns: &[ColumnForm], names: &Names<'_>) -> Result<Carry, String> {
    match text {
        "keep" => return Ok(Carry::Keep),
        "confirm" => return Ok(Carry::Confirm),
        "next" => return Ok(Carry::Next),
        _ => {}
    }
    if let Some(at) = columns.iter().position(|column| *column.id == *text) {
        return Ok(Carry::Column(at));
    }
    let shape = || "应为 keep、confirm、next、本表的一栏，或 表[行].栏".to_owned();
    let (form, rest) = text.split_once('[').ok_or_else(shape)?;
    let (row, column) = rest.split_once("].").ok_or_else(shape)?;
    let form = names.form(form)?;
    let (row, column) = (names.row_of(&form, row)?, names.column_of(&form, column)?);
    Ok(Carry::Cell { form, row, column })
}
