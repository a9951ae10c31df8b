//! Rules of reading: what could not be read is said, so that nobody takes it for checked.

mod budget;
mod cell;
mod encoding;
mod first_page;
mod other;
pub(super) mod source;
mod table;
mod title;

use crate::{Context, Failure, Outcomes, Rule, Spot};

/// The rules ordered by code.
pub(super) static ALL: [&Rule; 8] = [
    &cell::RULE,
    &table::RULE,
    &title::RULE,
    &first_page::RULE,
    &other::RULE,
    &budget::RULE,
    &encoding::RULE,
    &source::RULE,
];

/// Reports what reading noted under a code.
fn unread(code: &str, context: &Context<'_>, out: &mut Outcomes) {
    let mut parts = context.accounts.unread.iter().filter(|part| part.code == code).peekable();
    if parts.peek().is_none() {
        return out.pass(&[]);
    }
    for part in parts {
        let spot = Spot { place: part.place, block: part.block, quote: part.quote.clone() };
        out.fail(Failure::new(&*part.subject, &*part.why).values(&*part.quote, "").at(spot));
    }
}
