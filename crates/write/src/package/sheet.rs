//! A sheet of a package: its head, an example, and what is known already.

use juesuan_model::{EXAMPLE_MARK, FIELDS_HEAD, Input, Sheet, SheetRow, column_letters};
use juesuan_scheme::Scheme;
use juesuan_scheme::package::{ColumnForm, ColumnKind, PackageForm, SheetForm};
use rust_xlsxwriter::{ExcelDateTime, Format, FormatAlign, Note, Worksheet};

use super::style::{Style, example, input};
use super::{check, guide};
use crate::WriteError;
use crate::width::Metric;

/// The most characters of a cell.
const MOST_CHARACTERS: usize = 32_000;

/// What all sheets share.
pub(super) struct Desk<'a> {
    pub(super) form: &'a PackageForm,
    pub(super) scheme: &'a Scheme,
    pub(super) style: &'a Style,
}

impl Desk<'_> {
    pub(super) fn write(
        &self,
        to: &mut Worksheet,
        sheet: &SheetForm,
        known: Option<&Sheet>,
    ) -> Result<(), WriteError> {
        if sheet.is_fields { self.fields(to, sheet, known) } else { self.rows(to, sheet, known) }
    }

    /// A label and a value a row.
    fn fields(
        &self,
        to: &mut Worksheet,
        sheet: &SheetForm,
        known: Option<&Sheet>,
    ) -> Result<(), WriteError> {
        let longest = sheet.columns.iter().map(|column| cells(&column.name)).max().unwrap_or(10);
        to.set_column_width(0, u32::try_from(longest).unwrap_or(20).saturating_add(6))?;
        to.set_column_width(1, 60)?;
        to.set_row_height(0, 24)?;
        for (at, words) in (0..).zip(FIELDS_HEAD) {
            to.write_string_with_format(0, at, words, &self.style.head)?;
        }
        to.set_freeze_panes(1, 1)?;
        for (row, column) in (1..).zip(&sheet.columns) {
            let label = if column.required { &self.style.head } else { &self.style.label };
            to.write_string_with_format(row, 0, &*column.name, label)?;
            to.insert_note(row, 0, &self.note(column))?;
            let rows = known.map_or(&[][..], |sheet| &sheet.rows);
            let found = rows.iter().find(|row| shown(row, 0) == *column.name);
            let value = found.and_then(|row| row.cells.get(1)).unwrap_or(&Input::Empty);
            let format = input(column.kind).set_align(FormatAlign::Left);
            put(to, (row, 1), column.kind, &value.shown(), &format)?;
            let cell = format!("B{}", row.saturating_add(1));
            if let Some(rule) = check::validation(self.form, self.scheme, column, &cell)? {
                to.add_data_validation(row, 1, row, 1, &rule)?;
            }
        }
        Ok(())
    }

    /// A head, an example, and a row for each that is known.
    fn rows(
        &self,
        to: &mut Worksheet,
        sheet: &SheetForm,
        known: Option<&Sheet>,
    ) -> Result<(), WriteError> {
        to.set_row_height(0, 32)?;
        for (at, column) in (0..).zip(&sheet.columns) {
            to.set_column_width(at, width(column))?;
            to.set_column_format(at, &input(column.kind))?;
            let required = column.required;
            let head = if required { &self.style.head } else { &self.style.optional_head };
            to.write_string_with_format(0, at, &*column.name, head)?;
            to.insert_note(0, at, &self.note(column))?;
            self.example(to, at, column)?;
            let cell = format!("{}3", column_letters(usize::from(at)));
            if let Some(rule) = check::validation(self.form, self.scheme, column, &cell)? {
                let (first, left, last, right) = check::cells(2, at);
                to.add_data_validation(first, left, last, right, &rule)?;
            }
        }
        to.set_freeze_panes(2, 1)?;
        let Some((head, body)) = known.and_then(|known| known.rows.split_first()) else {
            return Ok(());
        };
        for (at, column) in (0..).zip(&sheet.columns) {
            let from = (0..head.cells.len()).find(|from| shown(head, *from) == *column.name);
            for (row, source) in (2..super::LAST_ROW).zip(body) {
                let value = from.and_then(|from| source.cells.get(from));
                write(to, (row, at), column.kind, value.unwrap_or(&Input::Empty))?;
            }
        }
        Ok(())
    }

    /// What a column is for.
    fn note(&self, column: &ColumnForm) -> Note {
        let required = if column.required { "必填" } else { "可以空着" };
        let mut lines = vec![format!("{}，{required}", guide::kind(column.kind))];
        if !column.about.is_empty() {
            lines.push(column.about.to_string());
        }
        if !column.choices.is_empty() {
            lines.push(format!("可填：{}", column.choices.join("、")));
        }
        let sources: Vec<String> =
            self.form.sources(column).map(|sheet| format!("“{}”", sheet.name)).collect();
        if !sources.is_empty() {
            lines.push(format!("与{}表里的名称一致", sources.join("或")));
        }
        Note::new(lines.join("\n")).add_author_prefix(false).set_width(260).set_height(110)
    }

    fn example(&self, to: &mut Worksheet, at: u16, column: &ColumnForm) -> Result<(), WriteError> {
        let format = example(column.kind);
        let words = self.sample(column);
        if at == 0 {
            let words = format!("{EXAMPLE_MARK}{words}");
            to.write_string_with_format(1, at, words, &format.set_num_format("@"))?;
            return Ok(());
        }
        put(to, (1, at), column.kind, &words, &format)
    }

    fn sample(&self, column: &ColumnForm) -> String {
        let code = |catalogue: &juesuan_scheme::Catalogue, digits: usize| {
            let mut entries = catalogue.entries.iter();
            entries.find(|entry| entry.code.len() == digits).map(|entry| entry.code.to_string())
        };
        match column.kind {
            ColumnKind::Item => code(&self.scheme.functional, 7).unwrap_or_default(),
            ColumnKind::Economic => code(&self.scheme.economic, 5).unwrap_or_default(),
            ColumnKind::Choice => column.choices.first().map_or("", |word| &**word).to_owned(),
            ColumnKind::Money => "123456.78".to_owned(),
            ColumnKind::Count => "3".to_owned(),
            ColumnKind::Number => "10".to_owned(),
            ColumnKind::Date => "2025-08-20".to_owned(),
            ColumnKind::Flag => "是".to_owned(),
            ColumnKind::Text if column.required => format!("（{}）", column.name),
            ColumnKind::Text => String::new(),
        }
    }
}

fn shown(row: &SheetRow, at: usize) -> String {
    row.cells.get(at).map(Input::shown).unwrap_or_default()
}

fn cells(text: &str) -> usize {
    Metric { wide_ambiguous: true }.cells(text)
}

/// Wide enough for the head, and for what usually stands below it.
fn width(column: &ColumnForm) -> u32 {
    let longest = column.choices.iter().map(|choice| cells(choice)).max();
    let usual = match column.kind {
        ColumnKind::Text => 28,
        ColumnKind::Money => 18,
        ColumnKind::Date | ColumnKind::Item => 14,
        ColumnKind::Choice => longest.unwrap_or(0).saturating_add(4),
        ColumnKind::Economic | ColumnKind::Count | ColumnKind::Number | ColumnKind::Flag => 10,
    };
    let head = cells(&column.name).min(20).saturating_add(3);
    u32::try_from(usual.max(head).min(50)).unwrap_or(20)
}

/// Writes what is known into a cell to fill in.
fn write(
    to: &mut Worksheet,
    place: (u32, u16),
    kind: ColumnKind,
    value: &Input,
) -> Result<(), WriteError> {
    put(to, place, kind, &value.shown(), &input(kind))
}

fn put(
    to: &mut Worksheet,
    (row, column): (u32, u16),
    kind: ColumnKind,
    text: &str,
    format: &Format,
) -> Result<(), WriteError> {
    let number = || text.replace(',', "").parse::<f64>().ok().filter(|number| number.is_finite());
    if text.is_empty() {
        to.write_blank(row, column, format)?;
        return Ok(());
    }
    match kind {
        ColumnKind::Money | ColumnKind::Count | ColumnKind::Number => {
            if let Some(number) = number() {
                to.write_number_with_format(row, column, number, format)?;
                return Ok(());
            }
        }
        ColumnKind::Date => {
            if let Ok(date) = ExcelDateTime::parse_from_str(text) {
                to.write_datetime_with_format(row, column, &date, format)?;
                return Ok(());
            }
        }
        _ => {}
    }
    let text: String = text.chars().take(MOST_CHARACTERS).collect();
    to.write_string_with_format(row, column, text, format)?;
    Ok(())
}
