//! Reports of an invented document in every format.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that panics is a test that failed"
)]

#[cfg(feature = "browser")]
mod browser;
mod fixture;
mod hostile;
mod html;
mod json;
mod markdown;
mod sarif;
mod text;
mod xlsx;
