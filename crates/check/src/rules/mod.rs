//! Coded rules, one file each, by family.

mod prf;
mod txt;

use crate::Rule;

/// All coded rules, by family and code.
pub(crate) fn all() -> impl Iterator<Item = &'static Rule> {
    txt::ALL.iter().chain(&prf::ALL).copied()
}
