//! Reports for programs. The shape is a promise: fields are added, never renamed or removed.

use std::io::{self, BufWriter, Write};

use juesuan_model::Report;
use serde::Serialize;
use serde_json::ser::{Formatter, Serializer};

/// The JSON Schema (draft 2020-12) that [`report`] and [`reports`] keep to.
pub const SCHEMA: &str = include_str!("../schema/report.schema.json");

/// How many bytes are gathered: a report is made of some hundred thousand pieces of a few bytes.
const BUFFER: usize = 32 * 1024;

/// Writes the report of one document, as one object without a line break at the end.
///
/// # Errors
/// What the writer says.
pub fn write(report: &Report, out: impl Write) -> io::Result<()> {
    let mut out = BufWriter::with_capacity(BUFFER, out);
    report.serialize(&mut Serializer::with_formatter(&mut out, Indented::default()))?;
    out.flush()
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

/// Writes what `serde_json` calls pretty, the same bytes in fewer pieces: each line's break, comma
/// and indentation at once.
#[derive(Default)]
struct Indented {
    depth: usize,
    /// Whether the array or object that ends next has something in it.
    has_value: bool,
}

/// A comma, a line break and the indentation of as many levels as a report can have.
const LINE: &[u8] = b",\n                                ";

impl Indented {
    /// Begins a line, behind a comma unless it is the first of its array or object.
    fn line<W: ?Sized + Write>(&self, out: &mut W, is_first: bool) -> io::Result<()> {
        let (start, end) = (usize::from(is_first), self.depth.saturating_mul(2).saturating_add(2));
        let line = LINE.get(start..end).or_else(|| LINE.get(start..)).unwrap_or_default();
        out.write_all(line)
    }

    fn open<W: ?Sized + Write>(&mut self, out: &mut W, bracket: &[u8]) -> io::Result<()> {
        self.depth = self.depth.saturating_add(1);
        self.has_value = false;
        out.write_all(bracket)
    }

    fn close<W: ?Sized + Write>(&mut self, out: &mut W, bracket: &[u8]) -> io::Result<()> {
        self.depth = self.depth.saturating_sub(1);
        if self.has_value {
            self.line(out, true)?;
        }
        self.has_value = true;
        out.write_all(bracket)
    }
}

impl Formatter for Indented {
    fn begin_array<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.open(out, b"[")
    }

    fn end_array<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.close(out, b"]")
    }

    fn begin_array_value<W>(&mut self, out: &mut W, is_first: bool) -> io::Result<()>
    where
        W: ?Sized + Write,
    {
        self.line(out, is_first)
    }

    fn end_array_value<W: ?Sized + Write>(&mut self, _: &mut W) -> io::Result<()> {
        self.has_value = true;
        Ok(())
    }

    fn begin_object<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.open(out, b"{")
    }

    fn end_object<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.close(out, b"}")
    }

    fn begin_object_key<W>(&mut self, out: &mut W, is_first: bool) -> io::Result<()>
    where
        W: ?Sized + Write,
    {
        self.line(out, is_first)
    }

    fn begin_object_value<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        out.write_all(b": ")
    }

    fn end_object_value<W: ?Sized + Write>(&mut self, _: &mut W) -> io::Result<()> {
        self.has_value = true;
        Ok(())
    }
}
