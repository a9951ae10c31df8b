//! The cells of a sheet become headings, paragraphs and tables.

use std::collections::BTreeMap;
use std::sync::Arc;

use calamine::{DataRef, Dimensions};
use juesuan_model::{Location, column_letters, fold};

use super::super::listing::{Listed, ListedCell, Run};
use super::super::words::Words;
use super::shown::{NumberFormat, moment};
use crate::package::workbook::grid::decimal;

/// The characters from which on words below a table are no label.
const LONGEST_LABEL: usize = 12;
/// The empty rows that end a table.
const GAP: u32 = 2;

/// How the number of a cell is shown.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Format<'a> {
    pub(super) code: &'a str,
    pub(super) number: Option<&'a NumberFormat>,
}

/// What a cell shows.
pub(super) fn text(value: &DataRef<'_>, format: Format<'_>) -> String {
    match value {
        DataRef::Empty => String::new(),
        DataRef::Int(number) => float(*number as f64, format),
        DataRef::Float(number) => float(*number, format),
        DataRef::String(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Bool(true) => "TRUE".to_owned(),
        DataRef::Bool(false) => "FALSE".to_owned(),
        DataRef::DateTime(at) if at.is_datetime() => {
            let (year, month, day, hour, minute, second, _) = at.to_ymd_hms_milli();
            let rest = [month, day, hour, minute, second].map(u16::from);
            let [month, day, hour, minute, second] = rest;
            moment(format.code, [year, month, day, hour, minute, second])
        }
        DataRef::DateTime(at) => float(at.as_f64(), Format::default()),
        DataRef::DateTimeIso(text) => text.split('T').next().unwrap_or_default().to_owned(),
        DataRef::DurationIso(text) => text.clone(),
        DataRef::Error(error) => error.to_string(),
    }
}

/// A number as the screen shows it: spreadsheets keep fifteen digits.
fn float(number: f64, format: Format<'_>) -> String {
    match decimal(number, true) {
        Some(number) => {
            format.number.map_or_else(|| number.normalize().to_string(), |f| f.show(number))
        }
        None => format!("{number:e}"),
    }
}

/// A sheet before it is read.
#[derive(Debug, Default)]
pub(super) struct Sheet {
    name: Arc<str>,
    /// The cells that show something, by row and column, which count from 0.
    rows: BTreeMap<u32, BTreeMap<u32, String>>,
    pub(super) merged: Vec<Dimensions>,
    pub(super) is_hidden: bool,
    /// Rows that are not shown, as words.
    pub(super) hidden_rows: String,
    /// Columns that are not shown, as words.
    pub(super) hidden_columns: String,
    /// Formulas whose results were not saved.
    pub(super) unworked: usize,
}

impl Sheet {
    pub(super) fn new(name: &str) -> Self {
        Self { name: name.trim().into(), ..Self::default() }
    }

    /// Adds what a cell shows.
    pub(super) fn add(&mut self, (row, column): (u32, u32), text: String) {
        if !text.trim().is_empty() {
            self.rows.entry(row).or_default().insert(column, text);
        }
    }

    /// How many columns are used.
    fn width(&self) -> u32 {
        let last = self.rows.values().filter_map(|row| row.keys().next_back()).max();
        last.map_or(0, |last| last.saturating_add(1))
    }

    /// The cells of the rows that are used, those between others included.
    pub(super) fn area(&self) -> usize {
        let width = usize::try_from(self.width()).unwrap_or(usize::MAX);
        self.rows.len().saturating_mul(width)
    }

    /// Adds the blocks of the sheet.
    pub(super) fn list(&self, blocks: &mut Vec<Listed>) {
        let name = self.name.clone();
        if self.unworked > 0 {
            blocks.push(Listed::Unread(format!(
                "工作表“{name}”有 {} 个公式没有保存算出的数，没有读；请在表格软件里打开、重算并保存，再检查",
                self.unworked
            )));
        }
        if self.rows.is_empty() {
            return;
        }
        for note in self.notes() {
            blocks.push(Listed::Caveat(note));
        }
        let mut lister = Lister::new(self);
        if lister.needs_name() {
            let at = self.location(0, 0);
            blocks.push(Listed::Heading(
                2,
                vec![Run { text: name.to_string(), at, ..Run::default() }],
            ));
        }
        lister.list(blocks);
    }

    /// What of the sheet is not seen on the screen.
    fn notes(&self) -> Vec<String> {
        let name = &self.name;
        let mut notes = Vec::new();
        if self.is_hidden {
            notes.push(format!("工作表“{name}”是隐藏的；已照常读入、检查，请确认是否属于公开内容"));
        }
        for (kind, hidden) in [("行", &self.hidden_rows), ("列", &self.hidden_columns)] {
            if !hidden.is_empty() {
                notes.push(format!(
                    "工作表“{name}”隐藏了第 {hidden} {kind}；已照常读入、检查，请确认是否属于公开内容"
                ));
            }
        }
        notes
    }

    fn location(&self, row: u32, column: u32) -> Option<Location> {
        let letters = column_letters(usize::try_from(column).ok()?);
        let cell = format!("{letters}{}", row.saturating_add(1));
        Some(Location::Cell { sheet: self.name.clone(), cell })
    }
}

/// Merged ranges by the row and column they begin in.
type Merges = BTreeMap<u32, BTreeMap<u32, Dimensions>>;

fn merges(merged: &[Dimensions]) -> Merges {
    let mut merges = Merges::new();
    for range in merged {
        merges.entry(range.start.0).or_default().insert(range.start.1, *range);
    }
    merges
}

/// Lists the rows of a sheet.
struct Lister<'a> {
    sheet: &'a Sheet,
    merges: Merges,
    width: u32,
    /// The first and the last row with several cells.
    first: u32,
    last: u32,
    /// For each column: the row from which on no range reaches down from above.
    free_from: Vec<u32>,
}

impl<'a> Lister<'a> {
    fn new(sheet: &'a Sheet) -> Self {
        let wide = || sheet.rows.iter().filter(|(_, cells)| cells.len() > 1).map(|(row, _)| *row);
        let width = sheet.width();
        Self {
            sheet,
            merges: merges(&sheet.merged),
            width,
            first: wide().next().unwrap_or(u32::MAX),
            last: wide().next_back().unwrap_or(0),
            free_from: vec![0; usize::try_from(width).unwrap_or(0)],
        }
    }

    /// The rows and columns that a cell covers.
    fn span(&self, row: u32, column: u32) -> (u32, u32) {
        let range = self.merges.get(&row).and_then(|ranges| ranges.get(&column));
        range.map_or((1, 1), |range| {
            let rows = range.end.0.saturating_sub(range.start.0);
            let columns = range.end.1.saturating_sub(range.start.1);
            (rows.saturating_add(1), columns.saturating_add(1))
        })
    }

    /// Whether a range reaches down from above over a cell.
    fn is_covered(&self, row: u32, column: u32) -> bool {
        let free_from = usize::try_from(column).ok().and_then(|at| self.free_from.get(at));
        free_from.is_some_and(|free_from| *free_from > row)
    }

    /// Notes which ranges reach down from a row.
    fn reach_down(&mut self, row: u32) {
        for range in self.merges.get(&row).into_iter().flat_map(BTreeMap::values) {
            let at = |column: u32| usize::try_from(column).unwrap_or(usize::MAX);
            let end = at(range.end.1.saturating_add(1)).min(self.free_from.len());
            if let Some(columns) = self.free_from.get_mut(at(range.start.1).min(end)..end) {
                columns.fill(range.end.0.saturating_add(1));
            }
        }
    }

    /// Whether the name of the sheet stands for a title: that of a table which has none, or of a text.
    /// Names that programs give say nothing.
    fn needs_name(&self) -> bool {
        let name = fold(&self.sheet.name);
        let given = ["Sheet", "工作表", "表"].into_iter();
        let says_something = given.fold(&*name, |name, given| name.trim_start_matches(given));
        let says_something = says_something.chars().filter(|c| *c > '\u{2e80}').count() > 1;
        let top = self.sheet.rows.iter().next();
        let has_title = top.is_some_and(|(row, cells)| {
            let is_title = *row < self.first && self.first < u32::MAX;
            is_title || cells.values().any(|text| fold(text).contains(&*name))
        });
        says_something && !has_title
    }

    fn list(&mut self, blocks: &mut Vec<Listed>) {
        let mut table: Vec<Vec<ListedCell>> = Vec::new();
        let mut next = 0;
        for (row, cells) in &self.sheet.rows {
            let is_free = self.free_from.iter().all(|free_from| free_from <= row);
            let is_words = is_free && self.is_words(*row, cells);
            let gap = row.saturating_sub(next);
            if is_words || is_free && gap >= GAP {
                end_table(&mut table, blocks);
            }
            if is_words {
                self.words(*row, cells, blocks);
            } else {
                table.push(self.row(*row, cells));
            }
            self.reach_down(*row);
            next = self.free_from.iter().copied().fold(row.saturating_add(1), u32::max);
        }
        end_table(&mut table, blocks);
    }

    /// Whether a row holds words over the whole width instead of cells: titles, notes, text.
    fn is_words(&self, row: u32, cells: &BTreeMap<u32, String>) -> bool {
        let Some((column, text)) = cells.first_key_value().filter(|_| cells.len() == 1) else {
            return false;
        };
        let (_, columns) = self.span(row, *column);
        let is_note = text.chars().nth(LONGEST_LABEL).is_some() || text.starts_with('注');
        self.width == 1
            || columns.saturating_mul(2) > self.width && columns > 1
            || row < self.first
            || row > self.last && is_note
    }

    /// A row of words: a paragraph for each line of it.
    fn words(&self, row: u32, cells: &BTreeMap<u32, String>, blocks: &mut Vec<Listed>) {
        for (column, text) in cells {
            for line in text.lines() {
                if let Some(text) = collapsed(line) {
                    let at = self.sheet.location(row, *column);
                    blocks.push(Listed::Paragraph(vec![Run { text, at, ..Run::default() }]));
                }
            }
        }
    }

    /// A row of a table, with its empty cells but for those that others cover.
    fn row(&self, row: u32, cells: &BTreeMap<u32, String>) -> Vec<ListedCell> {
        let mut listed = Vec::new();
        let mut column = 0;
        while column < self.width {
            let text = cells.get(&column).and_then(|text| collapsed(text));
            if text.is_none() && self.is_covered(row, column) {
                column = column.saturating_add(1);
                continue;
            }
            let (rows, columns) = self.span(row, column);
            let columns = columns.min(self.width.saturating_sub(column)).max(1);
            let at = self.sheet.location(row, column);
            let runs = vec![Run { text: text.unwrap_or_default(), at, ..Run::default() }];
            let span = |span: u32| u16::try_from(span).unwrap_or(u16::MAX);
            let (column_span, row_span) = (span(columns), span(rows));
            listed.push(ListedCell { runs, column, column_span, row_span });
            column = column.saturating_add(columns);
        }
        listed
    }
}

fn end_table(table: &mut Vec<Vec<ListedCell>>, blocks: &mut Vec<Listed>) {
    if !table.is_empty() {
        blocks.push(Listed::Table(std::mem::take(table)));
    }
}

/// Words with their lines joined.
fn collapsed(text: &str) -> Option<String> {
    let mut words = Words::default();
    words.push(text);
    words.take()
}
