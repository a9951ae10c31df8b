//! What the project says of itself: the pages of rules, what they cover, and how well they do.
//!
//! Everything here is generated from schemes, rules and documents, so that it cannot differ from
//! what the program does. `cargo dev docs` writes the pages, and a test fails when they are stale;
//! `cargo dev quality` alters every figure of a document and counts what is caught.

pub mod docs;
pub mod failure;
pub mod house;
pub mod quality;
pub mod table;
