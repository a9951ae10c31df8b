//! Faults of schemes, with the file and the place in it.

use std::fmt;

/// A fault of a formula at a byte of its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormulaError {
    /// The byte offset.
    pub at: usize,
    /// What is wrong, in the user's words.
    pub message: String,
}

impl FormulaError {
    pub(crate) fn new(at: usize, message: impl Into<String>) -> Self {
        Self { at, message: message.into() }
    }

    /// The fault as an error of a file in which the formula's text occurs.
    pub(crate) fn in_file(self, file: &str, source: &str, formula: &str) -> SchemeError {
        let start = source.find(formula.trim()).unwrap_or(0);
        SchemeError::at(file, source, start + self.at, self.message)
    }
}

/// A fault of a scheme: which file, where, what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SchemeError {
    /// The path below `schemes/`.
    pub file: String,
    /// The line, from 1; 0 when it concerns the whole file.
    pub line: u32,
    /// The column in characters, from 1.
    pub column: u32,
    /// The line's text.
    pub excerpt: String,
    /// What is wrong and what to do.
    pub message: String,
}

impl SchemeError {
    /// A fault of a whole file.
    pub(crate) fn whole(file: &str, message: impl Into<String>) -> Self {
        Self {
            file: file.to_owned(),
            line: 0,
            column: 0,
            excerpt: String::new(),
            message: message.into(),
        }
    }

    /// A fault at a byte of a file's text.
    pub(crate) fn at(file: &str, source: &str, byte: usize, message: impl Into<String>) -> Self {
        let before = source.get(..byte).unwrap_or(source);
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        let count = |text: &str| u32::try_from(text.chars().count()).unwrap_or(u32::MAX);
        let newlines = before.bytes().filter(|b| *b == b'\n').count();
        Self {
            file: file.to_owned(),
            line: u32::try_from(newlines).unwrap_or(u32::MAX).saturating_add(1),
            column: count(before.get(line_start..).unwrap_or("")).saturating_add(1),
            excerpt: source.get(line_start..).and_then(|s| s.lines().next()).unwrap_or("").into(),
            message: message.into(),
        }
    }
}

impl fmt::Display for SchemeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.line == 0 {
            return write!(f, "{}：{}", self.file, self.message);
        }
        write!(f, "{}:{}:{}：{}", self.file, self.line, self.column, self.message)?;
        if !self.excerpt.trim().is_empty() {
            write!(f, "\n  | {}", self.excerpt.trim_end())?;
        }
        Ok(())
    }
}

impl std::error::Error for SchemeError {}
