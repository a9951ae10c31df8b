//! Coded rules, one file each, by family.

mod doc;
mod prf;
mod rdg;
mod tab;
mod txt;

use crate::Rule;

pub(crate) use rdg::source::CODE as UNREAD;
pub(crate) use tab::coded::CODE as SUMS_OF_CODED_TABLES;

/// All coded rules, by family and code.
pub(crate) fn all() -> impl Iterator<Item = &'static Rule> {
    let families: [&'static [&'static Rule]; 5] =
        [&rdg::ALL, &tab::ALL, &txt::ALL, &doc::ALL, &prf::ALL];
    families.into_iter().flatten().copied()
}
