//! Lines of the manuscript with their slots filled.

use std::fmt::Write as _;
use std::sync::Arc;

use juesuan_model::{Figure, Run, Stated, runs_text};
use juesuan_scheme::formula::{Binding, CellRef, ColumnRef, Expression, RowRef};
use juesuan_scheme::manuscript::{Line, Name, Piece, Style};

use super::{Composer, number};

impl Composer<'_> {
    /// A line as words alone.
    pub(super) fn words(&mut self, line: &Line, row: &str) -> Arc<str> {
        runs_text(&self.runs(line, row)).into()
    }

    /// A line with its slots filled for a row.
    pub(super) fn runs(&mut self, line: &Line, row: &str) -> Vec<Run> {
        let mut runs = Vec::new();
        for piece in line {
            match piece {
                Piece::Words(words) => runs.push(Run::Words(words.clone())),
                Piece::Name(name) => runs.push(Run::Words(self.name(*name, row))),
                Piece::Text(cell) => {
                    let words = self.text(cell, row);
                    runs.push(stated(cell, row, words));
                }
                Piece::Optional(cell) => {
                    let (form, row_of, column) = address(cell, row);
                    let words = self.exact.ledger.words(form, row_of, column).cloned();
                    runs.extend(words.map(|words| stated(cell, row, words)));
                }
                Piece::Figure { expression, style } => {
                    runs.push(Run::Figure(self.figure(expression, *style, row)));
                }
                Piece::When { condition, then, otherwise } => {
                    let branch = if self.holds(condition, row) { then } else { otherwise };
                    runs.extend(self.runs(branch, row));
                }
                Piece::Each { rows, between, body } => {
                    for (at, row) in self.rows(rows, row).iter().enumerate() {
                        if at > 0 {
                            runs.push(Run::Words(between.clone()));
                        }
                        runs.extend(self.runs(body, row));
                    }
                }
            }
        }
        runs
    }

    fn name(&mut self, name: Name, row: &str) -> Arc<str> {
        match name {
            Name::Department => self.publication.department.clone(),
            Name::Year => self.publication.year.to_string().into(),
            Name::Row => self.row_name(row),
            Name::Code => self.code_name(row),
        }
    }

    /// What a row is called: the name of a code, or the row itself.
    pub(super) fn row_name(&mut self, row: &str) -> Arc<str> {
        let own = row.strip_prefix(&*self.above).and_then(|rest| rest.strip_prefix('.'));
        if let Some(own) = own.filter(|_| !self.above.is_empty()) {
            return own.into();
        }
        if !row.bytes().all(|b| b.is_ascii_digit()) {
            return row.into();
        }
        let scheme = self.exact.scheme;
        // No code stands in both catalogues.
        if let Some(name) = scheme.functional.name(row).or_else(|| scheme.economic.name(row)) {
            return name.into();
        }
        let column = match row.len() {
            3 => "class",
            5 => "section",
            _ => "name",
        };
        let uses = self.exact.ledger.rows("use").iter();
        let told = uses.filter(|item| item.starts_with(row));
        let told = told.filter_map(|item| self.exact.ledger.words("use", item, column)).next();
        told.cloned().unwrap_or_else(|| {
            self.gap(row, &format!("科目 {row} 不在目录里，也没有在“科目用途”表里写名称"));
            row.into()
        })
    }

    /// 类（类）款（款）项（项）
    fn code_name(&mut self, row: &str) -> Arc<str> {
        let is_item = row.len() == 7 && row.bytes().all(|b| b.is_ascii_digit());
        if !is_item {
            return self.row_name(row);
        }
        let mut name = String::new();
        for (length, level) in [(3, "类"), (5, "款"), (7, "项")] {
            let part = self.row_name(row.get(..length).unwrap_or(row));
            let _ = write!(name, "{part}（{level}）");
        }
        name.into()
    }

    fn text(&mut self, cell: &CellRef, row: &str) -> Arc<str> {
        let (form, row, column) = address(cell, row);
        if let Some(words) = self.exact.ledger.words(form, row, column) {
            return words.clone();
        }
        let what = self.exact.scheme.name_of(form).to_owned();
        let name = self.row_name(row);
        let column = self.exact.scheme.column_name(form, column).unwrap_or(column).to_owned();
        self.gap(row, &format!("没有“{name}”的{what}（{column}）"));
        format!("〔缺：{name}的{what}〕").into()
    }

    /// The figure that an expression gives for a row.
    pub(super) fn figure(&mut self, expression: &Expression, style: Style, row: &str) -> Figure {
        let binding = Binding { row, column: "" };
        let subject = subject(expression, row);
        match self.exact.evaluate(expression, binding) {
            Ok(value) => Figure {
                subject,
                text: number::printed(value, style).into(),
                exact: Some(value),
                terms: Vec::new(),
            },
            Err(gap) => {
                self.gap(&subject, &format!("{subject} 算不出：{}", gap.0));
                Figure { subject, text: "〔缺数〕".into(), ..Figure::default() }
            }
        }
    }
}

/// Words that were handed in; a figure where they are a number.
fn stated(cell: &CellRef, row: &str, text: Arc<str>) -> Run {
    let (form, row, column) = address(cell, row);
    let Ok(exact) = text.parse() else {
        let subject = format!("{form}[{row}].{column}").into();
        return Run::Stated(Stated { subject, text });
    };
    let column = column.strip_suffix("_text").unwrap_or(column);
    let subject = format!("{form}[{row}].{column}").into();
    Run::Figure(Figure { subject, text, exact: Some(exact), terms: Vec::new() })
}

fn address<'a>(cell: &'a CellRef, row: &'a str) -> (&'a str, &'a str, &'a str) {
    let row = match &cell.row {
        RowRef::Id(id) => id,
        _ => row,
    };
    let column = match &cell.column {
        ColumnRef::Id(id) => id,
        ColumnRef::Each => "",
    };
    (&cell.form, row, column)
}

/// What a figure states: its cell, or the cells it is worked out from.
fn subject(expression: &Expression, row: &str) -> Arc<str> {
    if let Expression::Cell(cell) = expression {
        let (form, row, column) = address(cell, row);
        return format!("{form}[{row}].{column}").into();
    }
    let mut cells = Vec::new();
    expression.cells(&mut |cell| {
        let (form, row, column) = address(cell, row);
        let shown = match &cell.row {
            RowRef::Id(_) | RowRef::Each => format!("{form}[{row}].{column}"),
            set => format!("{form}[{}].{column}", format!("{set:?}").to_lowercase()),
        };
        if !cells.contains(&shown) {
            cells.push(shown);
        }
    });
    cells.join(" ").into()
}
