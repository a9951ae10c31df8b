//! Rules of structure and wording.

mod attachments;
mod contents;
mod dates;
mod doubled;
mod foreign_field;
mod form_order;
mod formats;
mod forms;
mod full_stop;
mod glossary;
mod heads;
mod indicator_kinds;
mod inserted;
mod names;
mod notes;
mod numbering;
mod outline;
mod own_name;
mod paths;
mod private;
mod residue;
mod swapped;
mod typos;
mod units;
mod variants;
mod years;

use crate::Rule;

/// The rules ordered by code.
pub(super) static ALL: [&Rule; 26] = [
    &forms::RULE,
    &contents::RULE,
    &heads::RULE,
    &notes::RULE,
    &numbering::RULE,
    &residue::RULE,
    &doubled::RULE,
    &full_stop::RULE,
    &glossary::RULE,
    &names::RULE,
    &paths::RULE,
    &variants::RULE,
    &typos::RULE,
    &attachments::RULE,
    &units::RULE,
    &formats::RULE,
    &foreign_field::RULE,
    &private::RULE,
    &dates::RULE,
    &form_order::RULE,
    &outline::RULE,
    &indicator_kinds::RULE,
    &inserted::RULE,
    &own_name::RULE,
    &years::RULE,
    &swapped::RULE,
];
