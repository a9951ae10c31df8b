//! Rules within a table that are no relation.

mod budgets;
pub(crate) mod coded;
mod codes;
mod kinds;
mod line_numbers;
mod shifted;
mod signs;
mod unused_rows;
mod zeros;

use crate::Rule;

/// The rules ordered by code.
pub(super) static ALL: [&Rule; 9] = [
    &unused_rows::RULE,
    &codes::RULE,
    &kinds::RULE,
    &budgets::RULE,
    &zeros::RULE,
    &line_numbers::RULE,
    &signs::RULE,
    &shifted::RULE,
    &coded::RULE,
];
