//! Reports of findings: text for a terminal, JSON, SARIF, one HTML file, an xlsx workbook. Beside
//! them publications, and workbooks for units to fill in ([`package`]).
//!
//! Every writer takes the same noun, a [`Report`](juesuan_model::Report), and gives text or bytes;
//! none touches the disk, the clock or a rule. Three invariants hold for all of them:
//!
//! * **Coverage comes first**, and what was not checked is never counted as passed.
//! * **Same input, same bytes**: no date, no random identifier, no order of a hash map.
//! * **Documents are hostile.** Whatever they contain is made visible and escaped on the way out:
//!   no control sequence reaches a terminal, no markup a page, no formula a workbook.
//!
//! ```
//! use juesuan_model::Report;
//! use juesuan_write::{SourceText, text};
//!
//! let (report, source) = (Report::default(), SourceText::new("合计\t12.00"));
//! let page = text::report(&report, &source, text::TextOptions::default());
//! assert!(page.starts_with("部门决算检查报告"));
//! ```
//!
//! [`notes`] are the same report for those who look at the pages of a document.
//! [`reading`] shows what was read of a document. [`publication`] writes what is to be published, a [`Publication`](juesuan_model::Publication), by
//! the same invariants but the first.
//!
//! The wording of the program is in the module `labels`, in Chinese and English side by side;
//! what comes from documents and rules is printed as it is.

mod clean;
mod error;
mod excerpt;
pub mod html;
pub mod json;
mod labels;
pub mod markdown;
pub mod notes;
mod order;
pub mod package;
pub mod publication;
pub mod reading;
pub mod sarif;
mod source;
mod spots;
pub mod text;
mod width;
pub mod xlsx;

pub use error::WriteError;
pub use source::SourceText;
