//! How a figure came to be: down to the rows of the packages, with the rounding of what is printed.

use std::sync::Arc;

use juesuan_scheme::formula::{
    Binding, CellRef, ColumnRef, Expression, Function, Operation, RowRef, Source,
};
use rust_decimal::Decimal;

use crate::accounts::{Derivation, Exact};
use crate::ledger::Origin;

/// A cell: form, row, column.
pub type Address = (Arc<str>, Arc<str>, Arc<str>);

/// How a figure came to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explanation {
    /// The cell.
    pub cell: Address,
    /// Its exact value.
    pub value: Decimal,
    /// What it follows from.
    pub because: Because,
}

/// What a figure follows from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Because {
    /// Rows of packages, or nothing but the scheme's scoring when there are none.
    Posted(Vec<Origin>),
    /// A relation of the scheme over other cells.
    Relation {
        /// Its code.
        code: Arc<str>,
        /// The formula as written.
        formula: Arc<str>,
        /// The cells it speaks of that are not zero; each with whether it is taken away, where
        /// the formula is a sum.
        parts: Vec<(Explanation, bool)>,
    },
    /// Nothing was posted and nothing defines it: zero.
    Nothing,
    /// It is explained elsewhere, or too deep.
    Elsewhere,
}

/// How deep explanations go.
const MAX_DEPTH: usize = 24;

/// Explains a cell.
#[must_use]
pub fn explain(exact: &Exact<'_>, cell: &Address) -> Explanation {
    at_depth(exact, cell, 0)
}

fn at_depth(exact: &Exact<'_>, cell: &Address, depth: usize) -> Explanation {
    let (form, row, column) = cell;
    let value = exact.value(form, row, column);
    let because = match exact.derivation(form, row, column) {
        _ if depth >= MAX_DEPTH => Because::Elsewhere,
        Derivation::Posted => {
            let posted = exact.ledger.get(form, row, column);
            Because::Posted(posted.map(|posted| posted.origins.to_vec()).unwrap_or_default())
        }
        Derivation::Nothing => Because::Nothing,
        Derivation::Defined(definition) => {
            let binding = Binding { row, column };
            let right = definition.right();
            let cells =
                terms(exact, right, binding).unwrap_or_else(|| spoken_of(exact, right, binding));
            let parts = cells.into_iter().filter_map(|(cell, is_minus)| {
                let is_zero = exact.value(&cell.0, &cell.1, &cell.2).is_zero();
                (!is_zero).then(|| (at_depth(exact, &cell, depth.saturating_add(1)), is_minus))
            });
            Because::Relation {
                code: definition.relation.code.clone(),
                formula: definition.written.source.clone(),
                parts: parts.collect(),
            }
        }
    };
    Explanation { cell: cell.clone(), value, because }
}

/// The cells that an expression adds up, each with whether it is taken away; `None` when it is no
/// sum.
#[must_use]
pub(crate) fn terms(
    exact: &Exact<'_>,
    expression: &Expression,
    binding: Binding<'_>,
) -> Option<Vec<(Address, bool)>> {
    let signed = |expression: &Expression, flips: bool| {
        let inner = terms(exact, expression, binding)?;
        Some(
            inner.into_iter().map(|(cell, is_minus)| (cell, is_minus != flips)).collect::<Vec<_>>(),
        )
    };
    match expression {
        Expression::Cell(cell) => Some(vec![(address(cell, binding)?, false)]),
        Expression::Negate(inner) => signed(inner, true),
        Expression::Binary(Operation::Add, left, right) => {
            Some([signed(left, false)?, signed(right, false)?].concat())
        }
        Expression::Binary(Operation::Subtract, left, right) => {
            Some([signed(left, false)?, signed(right, true)?].concat())
        }
        Expression::Call(Function::Sum, arguments) => match arguments.as_slice() {
            [Expression::Cell(cell)] => {
                Some(set(exact, cell, binding).into_iter().map(|cell| (cell, false)).collect())
            }
            _ => None,
        },
        _ => None,
    }
}

/// Every cell that an expression speaks of.
fn spoken_of(
    exact: &Exact<'_>,
    expression: &Expression,
    binding: Binding<'_>,
) -> Vec<(Address, bool)> {
    let mut cells = Vec::new();
    expression.cells(&mut |cell| match address(cell, binding) {
        Some(one) => cells.push((one, false)),
        None => cells.extend(set(exact, cell, binding).into_iter().map(|cell| (cell, false))),
    });
    cells
}

/// The cell that a reference means; `None` for a set.
fn address(cell: &CellRef, binding: Binding<'_>) -> Option<Address> {
    let row: Arc<str> = match &cell.row {
        RowRef::Id(id) => id.clone(),
        RowRef::Each => binding.row.into(),
        _ => return None,
    };
    Some((cell.form.clone(), row, column(cell, binding)))
}

fn set(exact: &Exact<'_>, cell: &CellRef, binding: Binding<'_>) -> Vec<Address> {
    let rows = exact.rows(&cell.form, &cell.row, binding.row);
    let column = column(cell, binding);
    rows.into_iter().map(|row| (cell.form.clone(), row, column.clone())).collect()
}

fn column(cell: &CellRef, binding: Binding<'_>) -> Arc<str> {
    match &cell.column {
        ColumnRef::Id(id) => id.clone(),
        ColumnRef::Each => binding.column.into(),
    }
}
