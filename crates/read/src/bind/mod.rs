//! Binding: a document becomes accounts. Every figure gets a meaning, or it is said that it got
//! none.

mod binder;
mod contents;
mod forms;
mod identity;
mod numbering;
mod outline;
mod words;

pub use binder::bind;
pub use identity::identify;
