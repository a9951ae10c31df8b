//! Reports for programs. The shape is a promise: fields are added, never renamed or removed.

use std::io::{self, Write};

use juesuan_model::Report;
use serde::Serialize;

/// The JSON Schema (draft 2020-12) that [`report`] and [`reports`] keep to.
pub const SCHEMA: &str = include_str!("../schema/report.schema.json");

/// Writes the report of one document, as one object without a line break at the end.
///
/// # Errors
/// What the writer says.
pub fn write(report: &Report, out: impl Write) -> io::Result<()> {
    serde_json::to_writer_pretty(out, report).map_err(io::Error::from)
}

/// The report of one document, as one object.
#[must_use]
pub fn report(report: &Report) -> String {
    pretty(report)
}

/// The reports of several documents, as an array.
#[must_use]
pub fn reports(reports: &[Report]) -> String {
    pretty(reports)
}

/// Indented, in the order of the fields, with a line break at the end.
pub(crate) fn pretty<T: Serialize + ?Sized>(value: &T) -> String {
    #[expect(clippy::expect_used, reason = "structs with plain fields always have a JSON form")]
    let mut text = serde_json::to_string_pretty(value).expect("plain structs serialize");
    text.push('\n');
    text
}
