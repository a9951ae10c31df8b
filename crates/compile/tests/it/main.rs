//! Packages in, accounts and publications out.
#![allow(missing_docs, clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

mod accounts;
mod changes;
mod compose;
mod department;
mod intake;
mod score;
