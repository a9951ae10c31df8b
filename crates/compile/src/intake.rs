//! Sheets become packages: every cell is read as what its column holds. Nothing is dropped or
//! rounded silently; what is wrong becomes a finding with its place.

mod remarks;
mod value;

use std::sync::Arc;

use juesuan_model::{
    ASIDE_SHEETS, EXAMPLE_MARK, FIELDS_HEAD, Finding, Input, Severity, Sheet, SheetRow,
    UNCONFIRMED_MARK, differ_by_one, similarity,
};
use juesuan_scheme::Scheme;
use juesuan_scheme::package::{ColumnForm, Filter, PackageForm, SheetForm, SheetLevel};
use rustc_hash::FxHashSet;

use crate::fault::{Code, Spot, fault};
use crate::gather::Faults;
use crate::rows::{Datum, Entries, Entry};
use value::read;

/// What a unit, or the department itself, handed in.
#[derive(Clone, Debug, Default)]
pub struct Package {
    /// Its name: of the unit, or of the department.
    pub name: Arc<str>,
    /// Its code; empty for the department's own package.
    pub code: Arc<str>,
    /// What kind of unit it is.
    pub kind: Arc<str>,
    /// The year it is for.
    pub year: Option<i32>,
    /// Its rows by sheet, in the order of [`PackageForm::sheets`].
    pub sheets: Vec<Rows>,
}

/// The rows of a sheet.
#[derive(Clone, Debug, Default)]
pub struct Rows {
    /// The file they stand in.
    pub file: Arc<str>,
    /// For each column of the form the column of the file.
    pub columns: Vec<Option<usize>>,
    /// The rows.
    pub entries: Entries,
}

/// Whether a row is one that all filters mean. `kind` is the kind of the unit.
pub(crate) fn is_meant(filters: &[Filter], entry: Entry<'_>, kind: &str) -> bool {
    filters.iter().all(|filter| filter.admits(filter.column.map_or(kind, |at| entry.words(at))))
}

/// Reads the sheets of a unit, or those of the department, as a package. `label` is what messages
/// call it when it does not say its name.
#[must_use]
pub fn intake(
    form: &PackageForm,
    scheme: &Scheme,
    level: SheetLevel,
    label: &str,
    sheets: &[Sheet],
) -> (Package, Vec<Finding>) {
    let mut desk = Desk { scheme, findings: Faults::default() };
    let mut package = Package { name: label.into(), ..Package::default() };
    for sheet_form in &form.sheets {
        let found = sheets.iter().find(|sheet| sheet.name == sheet_form.name);
        let rows = match found {
            _ if sheet_form.level != level => Rows::default(),
            Some(sheet) => desk.sheet(sheet_form, sheet),
            None => {
                desk.missing(sheet_form, label, sheets);
                Rows::default()
            }
        };
        package.sheets.push(rows);
    }
    desk.unknown(form, level, sheets);
    desk.twice(form, level, sheets);
    desk.references(form, &package);
    package.identify(form);
    (package, desk.findings.finish())
}

impl Package {
    /// What the rows of a sheet show in their first column.
    pub(crate) fn firsts(&self, sheet: usize) -> impl Iterator<Item = &str> {
        let rows = self.sheets.get(sheet);
        rows.into_iter().flat_map(|rows| rows.entries.iter()).map(|entry| entry.words(0))
    }

    /// Takes name, code, kind and year from the sheet that tells them.
    fn identify(&mut self, form: &PackageForm) {
        let at = form.sheets.iter().position(|sheet| &*sheet.id == "unit");
        let Some((sheet, rows)) =
            at.and_then(|at| Some((form.sheets.get(at)?, self.sheets.get(at)?)))
        else {
            return;
        };
        let Some(entry) = rows.entries.get(0) else { return };
        let words = |id: &str| {
            let column = sheet.column(id)?;
            Some(entry.words(column)).filter(|words| !words.is_empty())
        };
        let name: Option<Arc<str>> = words("name").map(Arc::from);
        let code: Arc<str> = words("code").unwrap_or_default().into();
        let kind: Arc<str> = words("kind").unwrap_or_default().into();
        let year = sheet.column("year").and_then(|column| entry.number_in(column));
        self.year = year.and_then(|year| year.try_into().ok());
        self.name = name.unwrap_or_else(|| self.name.clone());
        (self.code, self.kind) = (code, kind);
    }
}

/// Collects findings while sheets are read.
struct Desk<'a> {
    scheme: &'a Scheme,
    findings: Faults,
}

impl Desk<'_> {
    fn missing(&mut self, form: &SheetForm, label: &str, sheets: &[Sheet]) {
        if form.is_optional {
            return;
        }
        let near = sheets.iter().find(|sheet| is_near(&sheet.name, &form.name));
        let message = format!("数据包没有“{}”这张表（{}）", form.name, form.about);
        let hint = near.map_or_else(
            || "补上这张表；没有数据的，只留表头".to_owned(),
            |near| format!("“{}”如果就是它，请改名为“{}”", near.name, form.name),
        );
        let spot = Spot { file: label, sheet: &form.name, ..Spot::default() };
        self.findings.push(fault(Code::SheetMissing, spot, message, &hint));
    }

    fn unknown(&mut self, form: &PackageForm, level: SheetLevel, sheets: &[Sheet]) {
        for sheet in sheets {
            if is_known(form, level, sheet) {
                self.remarks(sheet);
                continue;
            }
            self.remarks_of_book(sheet);
            // Sheets that hold nothing are those that a new workbook begins with.
            if ASIDE_SHEETS.contains(&&*sheet.name) || sheet.rows.is_empty() {
                continue;
            }
            let spot = Spot { file: &sheet.file, sheet: &sheet.name, ..Spot::default() };
            let message = format!("“{}”不是数据包里的表，其中的数据没有采用", sheet.name);
            let hint = "改成规定的表名，或从数据包里删去";
            let finding = fault(Code::SheetUnknown, spot, message, hint);
            self.findings.push(Finding { severity: Severity::Warning, ..finding });
        }
    }

    /// Sheets of one name: only the first of them is read.
    fn twice(&mut self, form: &PackageForm, level: SheetLevel, sheets: &[Sheet]) {
        for (at, sheet) in sheets.iter().enumerate().filter(|(_, s)| is_known(form, level, s)) {
            let mut before = sheets.iter().take(at);
            if let Some(first) = before.find(|other| other.name == sheet.name) {
                let spot = Spot { file: &sheet.file, sheet: &sheet.name, ..Spot::default() };
                let message = format!("“{}”这张表 {} 里已经有了", sheet.name, first.file);
                let hint = "每张表只交一份；把两份合成一份";
                self.findings.push(fault(Code::Twice, spot, message, hint));
            }
        }
    }

    fn sheet(&mut self, form: &SheetForm, sheet: &Sheet) -> Rows {
        if form.is_fields {
            return self.fields(form, sheet);
        }
        let (head, body) = match sheet.rows.split_first() {
            Some((head, body)) => (head, body),
            None => (&SheetRow::default(), Default::default()),
        };
        let columns = self.head(form, sheet, head);
        self.headless(sheet, head, body);
        let mut entries = Entries::default();
        for row in body.iter().filter(|row| !is_example(row)) {
            let cells = columns.iter().map(|at| at.and_then(|at| row.cells.get(at)));
            let place = |column: usize| (row.number, columns.get(column).copied().flatten());
            self.entry(form, sheet, &mut entries, row.number, cells, place);
        }
        entries.close();
        Rows { file: sheet.file.clone(), columns, entries }
    }

    /// For each column of the form where it stands.
    fn head(&mut self, form: &SheetForm, sheet: &Sheet, head: &SheetRow) -> Vec<Option<usize>> {
        let mut taken = FxHashSet::default();
        let mut columns = vec![None; form.columns.len()];
        for (at, cell) in head.cells.iter().enumerate() {
            let shown = cell.shown();
            if shown.is_empty() {
                continue;
            }
            let known = form.columns.iter().position(|column| *column.name == *shown);
            match known.filter(|known| taken.insert(*known)) {
                Some(known) => {
                    if let Some(place) = columns.get_mut(known) {
                        *place = Some(at);
                    }
                }
                None => self.odd_column(sheet, head.number, at, &shown, known.is_some()),
            }
        }
        for (column, at) in form.columns.iter().zip(&columns) {
            if at.is_none() && column.required {
                let spot =
                    Spot { file: &sheet.file, sheet: &sheet.name, row: 1, ..Spot::default() };
                let message = format!("“{}”表没有“{}”这一栏", sheet.name, column.name);
                let names: Vec<&str> = form.columns.iter().map(|c| &*c.name).collect();
                let hint = format!("第一行应写各栏的名称：{}", names.join("、"));
                self.findings.push(fault(Code::ColumnMissing, spot, message, &hint));
            }
        }
        columns
    }

    /// What stands below no head is not read, and told.
    fn headless(&mut self, sheet: &Sheet, head: &SheetRow, body: &[SheetRow]) {
        let has_head = |at: usize| head.cells.get(at).is_some_and(|cell| *cell != Input::Empty);
        let mut told = FxHashSet::default();
        for row in body.iter().filter(|row| !is_example(row)) {
            for (at, cell) in row.cells.iter().enumerate() {
                if *cell != Input::Empty && !has_head(at) && told.insert(at) {
                    self.stray(sheet, row.number, at, &cell.shown());
                }
            }
        }
    }

    fn stray(&mut self, sheet: &Sheet, row: u32, at: usize, shown: &str) {
        let spot = Spot { file: &sheet.file, sheet: &sheet.name, row, column: Some(at), shown };
        let message = format!("“{}”表的这一栏没有栏名，其中的数据没有采用", sheet.name);
        let finding = fault(Code::ColumnUnknown, spot, message, "写上规定的栏名，或删去这些内容");
        self.findings.push(Finding { severity: Severity::Warning, ..finding });
    }

    fn odd_column(&mut self, sheet: &Sheet, row: u32, at: usize, shown: &str, is_twice: bool) {
        let spot = Spot { file: &sheet.file, sheet: &sheet.name, row, column: Some(at), shown };
        let message = if is_twice {
            format!("“{}”表的“{shown}”栏出现两次，只采用了前一栏", sheet.name)
        } else {
            format!("“{}”表没有“{shown}”这一栏，其中的数据没有采用", sheet.name)
        };
        let finding = fault(Code::ColumnUnknown, spot, message, "改成规定的栏名，或删去这一栏");
        let severity = if is_twice { Severity::Error } else { Severity::Warning };
        self.findings.push(Finding { severity, ..finding });
    }

    /// The record of a sheet of fields: a label and a value a row.
    fn fields(&mut self, form: &SheetForm, sheet: &Sheet) -> Rows {
        let rows = sheet.rows.iter().enumerate();
        let is_data = |(at, row): &(usize, &SheetRow)| !(*at == 0 && is_fields_head(row));
        let data: Vec<&SheetRow> =
            rows.filter(is_data).map(|(_, row)| row).filter(|row| !is_example(row)).collect();
        let of = |name: &str| data.iter().copied().find(|row| label(row) == name);
        let mut seen = FxHashSet::default();
        for row in &data {
            let shown = label(row);
            let is_known = form.columns.iter().any(|column| *column.name == *shown);
            let is_first = seen.insert(shown.clone());
            if !shown.is_empty() && (!is_known || !is_first) {
                self.odd_column(sheet, row.number, 0, &shown, is_known);
            }
            let beside = row.cells.iter().enumerate().skip(2);
            let unlabelled = row.cells.iter().enumerate().skip(1).filter(|_| shown.is_empty());
            if let Some((at, cell)) = beside.chain(unlabelled).find(|(_, c)| **c != Input::Empty) {
                self.stray(sheet, row.number, at, &cell.shown());
            }
        }
        let rows: Vec<Option<&SheetRow>> = form.columns.iter().map(|c| of(&c.name)).collect();
        let cells = rows.iter().map(|row| row.and_then(|row| row.cells.get(1)));
        let place = |column: usize| {
            let row = rows.get(column).copied().flatten();
            (row.map_or(0, |row| row.number), Some(1))
        };
        let mut entries = Entries::default();
        self.entry(form, sheet, &mut entries, 0, cells, place);
        entries.close();
        Rows { file: sheet.file.clone(), columns: Vec::new(), entries }
    }

    /// Reads the cells of a row; `place` tells the row and column of each.
    fn entry<'b>(
        &mut self,
        form: &SheetForm,
        sheet: &Sheet,
        entries: &mut Entries,
        number: u32,
        cells: impl Iterator<Item = Option<&'b Input>>,
        place: impl Fn(usize) -> (u32, Option<usize>),
    ) {
        let spot = |column: usize| {
            let (row, column) = place(column);
            Spot { file: &sheet.file, sheet: &sheet.name, row, column, shown: "" }
        };
        let columns = form.columns.iter().zip(cells).enumerate();
        entries.push(
            number,
            columns.map(|(at, (column, cell))| {
                self.datum(column, cell.unwrap_or(&Input::Empty), spot(at))
            }),
        );
        let Some(entry) = entries.get(entries.len().saturating_sub(1)) else { return };
        for rule in form.rules.iter().filter(|rule| is_meant(&rule.when, entry, "")) {
            let is_filled = |at: &&usize| !entry.is_empty(**at);
            let absent = rule.needs.iter().filter(|at| !is_filled(at)).map(|at| (at, "要填"));
            let extra = rule.empty.iter().filter(is_filled).map(|at| (at, "不能填"));
            for (at, what) in absent.chain(extra) {
                let name = form.columns.get(*at).map_or("", |column| &*column.name);
                let message = format!("“{name}”栏{what}：{}", rule.why);
                self.findings.push(fault(Code::Row, spot(*at), message, ""));
            }
        }
    }

    /// Reads a cell as what its column holds.
    fn datum(&mut self, column: &ColumnForm, input: &Input, spot: Spot<'_>) -> Datum {
        let confirmed = confirmed(input);
        if let Some(words) = &confirmed {
            let message = format!("“{}”栏是从上年带出的，还没有确认", column.name);
            let hint = format!("改成本年的内容，并删去开头的“{UNCONFIRMED_MARK}”");
            let spot = Spot { shown: &words.shown(), ..spot };
            self.findings.push(fault(Code::Unconfirmed, spot, message, &hint));
        }
        let input = confirmed.as_ref().unwrap_or(input);
        if column.required && *input == Input::Empty {
            let message = format!("“{}”栏必须填写", column.name);
            self.findings.push(fault(Code::Required, spot, message, &column.about));
        }
        read(column, input, self.scheme).unwrap_or_else(|(why, hint)| {
            let message = format!("“{}”栏{why}", column.name);
            let spot = Spot { shown: &input.shown(), ..spot };
            self.findings.push(fault(Code::Value, spot, message, &hint));
            Datum::Empty
        })
    }

    /// What names a row of another sheet must be there.
    fn references(&mut self, form: &PackageForm, package: &Package) {
        for (sheet, rows) in form.sheets.iter().zip(&package.sheets) {
            for (at, column) in sheet.columns.iter().enumerate() {
                let others: Vec<usize> =
                    column.of.iter().filter_map(|id| form.position(id)).collect();
                if others.is_empty() {
                    continue;
                }
                let names = others.iter().filter_map(|at| form.sheets.get(*at));
                let names: Vec<&str> = names.map(|sheet| &*sheet.name).collect();
                let names = names.join("”或“");
                let known: FxHashSet<&str> =
                    others.iter().flat_map(|at| package.firsts(*at)).collect();
                for entry in rows.entries.iter() {
                    let shown = entry.words(at);
                    if shown.is_empty() || known.contains(shown) {
                        continue;
                    }
                    let column_at = rows.columns.get(at).copied().flatten();
                    let (file, row) = (&*rows.file, entry.number);
                    let spot = Spot { file, sheet: &sheet.name, row, column: column_at, shown };
                    let message = format!("“{names}”表里没有“{shown}”");
                    let near = known.iter().find(|k| similarity(k, shown) >= 700);
                    let hint = near.map_or_else(
                        || format!("在“{names}”表里加上，或改正这里的名称"),
                        |near| format!("是否应为“{near}”"),
                    );
                    self.findings.push(fault(Code::Reference, spot, message, &hint));
                }
            }
        }
    }
}

/// Whether a name is likely the other, mistyped.
fn is_near(name: &str, other: &str) -> bool {
    differ_by_one(name, other) || similarity(name, other) >= 500
}

fn is_known(form: &PackageForm, level: SheetLevel, sheet: &Sheet) -> bool {
    form.sheets.iter().any(|form| form.level == level && form.name == sheet.name)
}

/// Whether a row only shows how to fill in the sheet.
fn is_example(row: &SheetRow) -> bool {
    matches!(row.cells.first(), Some(Input::Text(text)) if text.starts_with(EXAMPLE_MARK))
}

fn is_fields_head(row: &SheetRow) -> bool {
    row.cells.iter().map(Input::shown).take(2).eq(FIELDS_HEAD)
}

/// What was carried over without its mark; `None` for everything else.
fn confirmed(input: &Input) -> Option<Input> {
    let Input::Text(text) = input else { return None };
    text.strip_prefix(UNCONFIRMED_MARK).map(Input::typed)
}

fn label(row: &SheetRow) -> String {
    row.cells.first().map(Input::shown).unwrap_or_default()
}

#[cfg(test)]
mod tests;
