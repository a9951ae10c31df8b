//! Formats: bytes become blocks of text and tables, each with its place in the source.

mod aligned;
mod decode;
mod html_table;
mod inline;
mod lines;
mod markdown;
mod pipe;

pub use decode::{Decoded, MAX_BYTES, ReadError, decode};
pub use markdown::parse;
