//! Rules against documents, as users meet them: text in, findings out.
#![allow(missing_docs, clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

mod cases;
mod elsewhere;
mod narratives;
mod places;
mod wordings;

use juesuan_check::{Checked, check};
use juesuan_scheme::Scheme;

/// Checks a text with all rules of a scheme.
fn run(text: &str, scheme: &Scheme) -> Checked {
    let document = juesuan_read::parse(text);
    let accounts = juesuan_read::bind(&document, scheme);
    check(&document, &accounts, scheme, &[])
}
