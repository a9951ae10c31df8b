//! Writes tables row by row, within the limits of a sheet.

use std::borrow::Cow;

use juesuan_model::Severity;
use rust_xlsxwriter::{Format, IgnoreError, Url, Worksheet};

use super::Limits;
use super::style::Style;
use crate::WriteError;
use crate::clean::lines;
use crate::labels::{self, Words};
use crate::width::Metric;

/// The height of a line in points, and the most lines a row shows; the rest is in the cell.
const LINE_HEIGHT: u32 = 15;
const MOST_LINES: u32 = 16;

/// A column.
#[derive(Clone, Copy, Debug)]
pub(super) struct Column {
    words: Words,
    /// In characters.
    width: u8,
    is_number: bool,
}

/// A column of text.
pub(super) const fn text(words: Words, width: u8) -> Column {
    Column { words, width, is_number: false }
}

/// A column of numbers: they stand at the right, and so does its head.
pub(super) const fn number(words: Words, width: u8) -> Column {
    Column { words, width, is_number: true }
}

/// What stands in a cell.
#[derive(Clone, Debug)]
pub(super) enum Cell<'a> {
    /// Text, whatever it looks like.
    Text(Cow<'a, str>),
    /// A count.
    Number(usize),
    /// The number of a line or column; 0 when there is none.
    Position(u32),
    /// The colour and name of a severity.
    Severity(Severity),
    /// Text that leads to a row of the sheet of rules.
    Rule(&'a str, Option<u32>),
    /// Nothing.
    Nothing,
}

impl<'a> Cell<'a> {
    /// A cell of text.
    pub(super) fn text(text: impl Into<Cow<'a, str>>) -> Self {
        Self::Text(text.into())
    }
}

/// A sheet in the making.
pub(super) struct Sheet<'a> {
    sheet: &'a mut Worksheet,
    style: &'a Style,
    limits: Limits,
    row: u32,
    links: usize,
    widths: Vec<usize>,
}

impl<'a> Sheet<'a> {
    /// A sheet of that name, set for printing across the page.
    pub(super) fn new(
        sheet: &'a mut Worksheet,
        name: Words,
        limits: Limits,
        style: &'a Style,
    ) -> Result<Self, WriteError> {
        sheet.set_name(name.say(style.lang))?;
        sheet.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0);
        sheet.set_footer("&C&P / &N");
        Ok(Self { sheet, style, limits, row: 0, links: 0, widths: Vec::new() })
    }

    /// The row that is written next.
    pub(super) const fn row(&self) -> u32 {
        self.row
    }

    /// Sets the widths of columns.
    pub(super) fn widths(&mut self, columns: &[Column]) -> Result<(), WriteError> {
        for (at, column) in (0..).zip(columns) {
            self.sheet.set_column_width(at, column.width)?;
        }
        self.widths = columns.iter().map(|column| usize::from(column.width)).collect();
        Ok(())
    }

    /// Prints only the first columns: all of them would be too small to read.
    pub(super) fn print_up_to(&mut self, column: u16) -> Result<(), WriteError> {
        self.sheet.set_print_area(0, 0, self.row.saturating_sub(1), column)?;
        Ok(())
    }

    /// Hides a column that would say the same in every row.
    pub(super) fn hide(&mut self, column: u16) -> Result<(), WriteError> {
        self.sheet.set_column_hidden(column)?;
        Ok(())
    }

    /// Writes the heads of columns.
    pub(super) fn head(&mut self, columns: &[Column]) -> Result<(), WriteError> {
        self.sheet.set_row_height(self.row, 22)?;
        for (at, column) in (0..).zip(columns) {
            let words = column.words.say(self.style.lang);
            let style = self.style;
            let format = if column.is_number { &style.number_head } else { &style.head };
            self.sheet.write_string_with_format(self.row, at, words, format)?;
        }
        self.row = self.row.saturating_add(1);
        Ok(())
    }

    /// Keeps the rows above in sight, on screen and on every printed page.
    pub(super) fn freeze(&mut self) -> Result<(), WriteError> {
        self.sheet.set_freeze_panes(self.row, 0)?;
        self.sheet.set_repeat_rows(0, self.row.saturating_sub(1))?;
        Ok(())
    }

    /// Makes a table that began with its head at `first` filter itself.
    pub(super) fn filter(&mut self, first: u32, columns: &[Column]) -> Result<(), WriteError> {
        let last_row = self.row.saturating_sub(1).max(first);
        let last = u16::try_from(columns.len()).unwrap_or(u16::MAX).saturating_sub(1);
        self.sheet.autofilter(first, 0, last_row, last)?;
        // Amounts are quoted as they are printed: that they are text is no mistake.
        let kind = IgnoreError::NumberStoredAsText;
        self.sheet.ignore_error_range(first, 0, last_row, last, kind)?;
        Ok(())
    }

    /// Writes rows as long as they fit. The last row of a full sheet says how many are missing.
    pub(super) fn rows<const N: usize>(
        &mut self,
        rows: impl Iterator<Item = [Cell<'a>; N]>,
    ) -> Result<(), WriteError> {
        let mut missing = 0_usize;
        for row in rows {
            if self.row >= self.limits.rows.saturating_sub(1) {
                missing = missing.saturating_add(1);
                continue;
            }
            self.sheet.set_row_height(self.row, self.height(&row))?;
            for (column, cell) in (0..).zip(row) {
                self.cell(column, cell)?;
            }
            self.row = self.row.saturating_add(1);
        }
        if missing > 0 {
            self.say(&labels::missing_rows(missing, self.style.lang))?;
        }
        Ok(())
    }

    /// How high a row must be for its text. Not every office program finds out by itself.
    fn height(&self, row: &[Cell<'_>]) -> u32 {
        let metric = Metric::default();
        let lines = row.iter().zip(&self.widths).map(|(cell, width)| match cell {
            Cell::Text(text) => {
                let width = width.saturating_sub(1).max(1);
                text.lines().map(|line| metric.cells(line).div_ceil(width).max(1)).sum()
            }
            _ => 1,
        });
        let lines = u32::try_from(lines.max().unwrap_or(1)).unwrap_or(u32::MAX);
        lines.clamp(1, MOST_LINES).saturating_mul(LINE_HEIGHT).saturating_add(3)
    }

    /// Writes a row of the program's own words.
    pub(super) fn say(&mut self, words: &str) -> Result<(), WriteError> {
        self.sheet.write_string_with_format(self.row, 0, words, &self.style.warning)?;
        self.row = self.row.saturating_add(1);
        Ok(())
    }

    /// Leaves a row empty.
    pub(super) fn skip(&mut self) {
        self.row = self.row.saturating_add(1);
    }

    fn cell(&mut self, column: u16, cell: Cell<'_>) -> Result<(), WriteError> {
        let (row, style) = (self.row, self.style);
        match cell {
            Cell::Text(text) => self.text(column, &text, &style.text)?,
            Cell::Number(number) => {
                let number = u32::try_from(number).unwrap_or(u32::MAX);
                self.sheet.write_number_with_format(row, column, number, &style.number)?;
            }
            Cell::Position(0) | Cell::Nothing => {
                self.sheet.write_blank(row, column, &style.text)?;
            }
            Cell::Position(at) => {
                self.sheet.write_number_with_format(row, column, at, &style.position)?;
            }
            Cell::Severity(severity) => {
                let label = labels::severity(severity, style.lang);
                let format = style.severity(severity);
                self.sheet.write_string_with_format(row, column, label, format)?;
            }
            Cell::Rule(code, Some(target)) if self.links < self.limits.links => {
                self.links = self.links.saturating_add(1);
                let sheet = labels::RULES.say(style.lang);
                let target = format!("internal:'{sheet}'!A{}", target.saturating_add(1));
                let url = Url::new(target).set_text(self.fitting(code));
                self.sheet.write_url_with_format(row, column, url, &style.link)?;
            }
            Cell::Rule(code, _) => self.text(column, code, &style.text)?,
        }
        Ok(())
    }

    fn text(&mut self, column: u16, text: &str, format: &Format) -> Result<(), WriteError> {
        let text = self.fitting(text);
        let is_formula_like = text.starts_with(['=', '+', '-', '@']);
        let format = if is_formula_like { &self.style.literal } else { format };
        self.sheet.write_string_with_format(self.row, column, text, format)?;
        Ok(())
    }

    /// Visible text, cut to what a cell holds, with a note that it was cut.
    fn fitting(&self, text: &str) -> String {
        let text = lines(text);
        let units = |text: &str| text.encode_utf16().count();
        if units(&text) <= self.limits.characters {
            return text.into_owned();
        }
        let note = labels::CUT.say(self.style.lang);
        let mut room = self.limits.characters.saturating_sub(units(note));
        let mut end = 0_usize;
        for c in text.chars() {
            let Some(rest) = room.checked_sub(c.len_utf16()) else { break };
            room = rest;
            end = end.saturating_add(c.len_utf8());
        }
        format!("{}{note}", text.get(..end).unwrap_or_default())
    }
}
