//! Binding: a document becomes accounts. Every figure gets a meaning, or it is said that it got
//! none.

mod binder;
mod breakdowns;
mod codes;
mod contents;
mod evaluations;
mod figures;
mod forms;
mod identity;
mod names;
mod narrative;
mod numbering;
mod outline;
mod staffing;
mod summaries;
mod words;

pub use binder::{bind, bind_on};
pub use identity::identify;
