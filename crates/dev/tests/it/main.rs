//! The project's pages are fresh, its coverage is told in full, and its code is tidy.
#![allow(missing_docs, clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

mod code;
mod docs;
mod pages;
mod quality;
mod tidy;
