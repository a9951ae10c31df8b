//! The statutory forms as tables.

use std::sync::Arc;

use juesuan_model::{Align, Element, Figure, PrintedCell, PrintedTable, TableKind};
use juesuan_scheme::formula::Binding;
use juesuan_scheme::{CodeBlock, Column, Form, Layout, Row};

use super::{Composer, number};
use crate::accounts::Derivation;
use crate::explain::{Address, terms};

impl Composer<'_> {
    pub(super) fn form(&mut self, id: &str) {
        let Some(form) = self.exact.scheme.form(id) else { return };
        let (widths, head_rows, rows) = match form.layout {
            Layout::Sides => self.sides(form),
            Layout::Tree => self.tree(form),
            Layout::Blocks => self.blocks(form),
            Layout::Rows => self.labels(form),
        };
        let order = self.exact.scheme.forms.iter().position(|f| f.id == form.id).unwrap_or(0);
        let mut notes = vec![format!("注：本表反映本{}。", form.note).into()];
        if self.is_empty(form) {
            let year = self.publication.year;
            let what = form.title.trim_end_matches("表").trim_end_matches("决算");
            let what = what.trim_end_matches("收入支出").trim_end_matches("支出");
            notes.push(format!("本部门{year}年度无{what}收支，本表以空表列示。").into());
        }
        let table = PrintedTable {
            kind: TableKind::Form,
            form: form.id.clone(),
            title: form.title.clone(),
            number: format!("公开{:02}表", order.saturating_add(1)).into(),
            caption: vec![
                format!("部门：{}", self.publication.department).into(),
                format!("{}年度", self.publication.year).into(),
                format!("金额单位：{}", form.unit).into(),
            ],
            widths,
            head_rows,
            rows,
            notes,
        };
        self.push(Element::Table(table));
    }

    /// Whether a tree of codes has no code.
    fn is_empty(&self, form: &Form) -> bool {
        form.layout == Layout::Tree && self.exact.rows_of(&form.id).len() <= 1
    }

    fn amount(&self, form: &Form, row: &str, column: &str) -> PrintedCell {
        let value = self.exact.value(&form.id, row, column);
        PrintedCell::figure(Figure {
            subject: format!("{}[{row}].{column}", form.id).into(),
            text: number::amount(value, form.scale()).into(),
            exact: Some(value),
            terms: self.terms(&form.id, row, column),
        })
    }

    /// The figures that a cell is the sum of.
    fn terms(&self, form: &str, row: &str, column: &str) -> Vec<(Arc<str>, bool)> {
        let Derivation::Defined(definition) = self.exact.derivation(form, row, column) else {
            return Vec::new();
        };
        let terms = terms(self.exact, definition.right(), Binding { row, column });
        let subject = |(form, row, column): &Address| format!("{form}[{row}].{column}").into();
        let named = |(cell, is_minus): &(Address, bool)| (subject(cell), *is_minus);
        terms.unwrap_or_default().iter().map(named).collect()
    }

    /// Income left, expenditure right, each row with its number.
    fn sides(&mut self, form: &Form) -> Layouted {
        let columns = |side: &str| -> Vec<&Column> {
            form.columns.iter().filter(|c| c.side.as_deref() == Some(side)).collect()
        };
        let (left, right) = (columns("left"), columns("right"));
        let heads = |columns: &[&Column]| {
            columns.iter().map(|c| PrintedCell::head(c.head.clone())).collect::<Vec<_>>()
        };
        let head = [
            vec![PrintedCell::head("收入项目"), PrintedCell::head("行次")],
            heads(&left),
            vec![PrintedCell::head("支出项目"), PrintedCell::head("行次")],
            heads(&right),
        ];
        let count = left.len().saturating_add(right.len());
        let numbers = column_numbers(1, count);
        let (left_numbers, right_numbers) = numbers.split_at(left.len().min(numbers.len()));
        let column_row = [
            vec![PrintedCell::head("栏次"), PrintedCell::head("")],
            left_numbers.to_vec(),
            vec![PrintedCell::head("栏次"), PrintedCell::head("")],
            right_numbers.to_vec(),
        ];
        let mut rows = vec![head.concat(), column_row.concat()];
        let pairs = paired(form);
        let height = pairs.len();
        for (at, (on_left, on_right)) in pairs.into_iter().enumerate() {
            let mut cells = self.half(form, on_left, &left, at.saturating_add(1));
            let line = at.saturating_add(1).saturating_add(height);
            cells.extend(self.half(form, on_right, &right, line));
            rows.push(cells);
        }
        let mut widths = vec![28, 5];
        widths.extend(left.iter().map(|_| 12));
        widths.extend([26, 5]);
        widths.extend(right.iter().map(|_| 12));
        (widths, 2, rows)
    }

    fn half(
        &self,
        form: &Form,
        row: Option<(String, &Row)>,
        columns: &[&Column],
        line: usize,
    ) -> Vec<PrintedCell> {
        let label = row.as_ref().map_or("", |(label, _)| label);
        let mut cells = vec![
            PrintedCell::words(label, Align::Left),
            PrintedCell::words(line.to_string(), Align::Center),
        ];
        cells.extend(columns.iter().map(|column| match &row {
            Some((_, row)) => self.amount(form, &row.id, &column.id),
            None => PrintedCell::words("", Align::Right),
        }));
        cells
    }

    /// A row for each code, the total first.
    fn tree(&mut self, form: &Form) -> Layouted {
        let columns: Vec<&Column> = form.columns.iter().filter(|c| !c.optional).collect();
        let mut rows = tree_head(&columns);
        let mut numbers = vec![PrintedCell::head("栏次").spanning(2, 1)];
        numbers.extend(column_numbers(1, columns.len()));
        rows.push(numbers);
        let head_rows = rows.len();
        for row in self.exact.rows_of(&form.id).to_vec() {
            let mut cells = if &*row == "total" {
                vec![PrintedCell::words("合计", Align::Center).spanning(2, 1)]
            } else {
                let indent = u8::try_from(row.len().saturating_sub(3) / 2).unwrap_or(0);
                let name = PrintedCell::words(self.row_name(&row), Align::Left);
                vec![PrintedCell::words(row.clone(), Align::Left), PrintedCell { indent, ..name }]
            };
            cells.extend(columns.iter().map(|column| self.amount(form, &row, &column.id)));
            rows.push(cells);
        }
        let mut widths = vec![11, 28];
        widths.extend(columns.iter().map(|_| 12));
        (widths, head_rows, rows)
    }

    /// Blocks of code, name and amount beside each other; all codes of the catalogue, as the
    /// statutory form prints them.
    fn blocks(&mut self, form: &Form) -> Layouted {
        let Some(column) = form.columns.first() else { return Layouted::default() };
        let entries = &self.exact.scheme.economic.entries;
        let codes = |block: &CodeBlock| -> Vec<Arc<str>> {
            let mut codes = Vec::new();
            for class in &block.classes {
                let of_class = entries.iter().map(|e| &e.code).filter(|c| c.starts_with(&**class));
                codes.extend(of_class.cloned());
            }
            codes
        };
        let blocks: Vec<Vec<Arc<str>>> = form.blocks.iter().map(codes).collect();
        let one = || ["科目编码", "科目名称", &*column.head].map(PrintedCell::head);
        let mut rows = vec![blocks.iter().flat_map(|_| one()).collect::<Vec<_>>()];
        let height = blocks.iter().map(Vec::len).max().unwrap_or(0);
        for at in 0..height {
            let cells = blocks.iter().map(|block| self.code(form, block.get(at), column));
            rows.push(cells.collect::<Vec<_>>().concat());
        }
        rows.push(self.feet(form, column));
        let widths = blocks.iter().flat_map(|_| [9, 22, 12]).collect();
        (widths, 1, rows)
    }

    fn code(&mut self, form: &Form, code: Option<&Arc<str>>, column: &Column) -> Vec<PrintedCell> {
        let Some(code) = code else {
            return [Align::Left, Align::Left, Align::Right]
                .map(|a| PrintedCell::words("", a))
                .to_vec();
        };
        let name = PrintedCell::words(self.row_name(code), Align::Left);
        let name = PrintedCell { indent: u8::from(code.len() > 3), ..name };
        vec![
            PrintedCell::words(code.clone(), Align::Left),
            name,
            self.amount(form, code, &column.id),
        ]
    }

    /// The totals below the blocks: each reaches from where the one before it ends.
    fn feet(&self, form: &Form, column: &Column) -> Vec<PrintedCell> {
        let mut cells = Vec::new();
        let mut free = 0_u16;
        for block in &form.blocks {
            free = free.saturating_add(2);
            let Some(row) = block.foot.as_ref().and_then(|foot| form.row(foot)) else {
                free = free.saturating_add(1);
                continue;
            };
            cells.push(PrintedCell::words(row.label.clone(), Align::Center).spanning(free, 1));
            cells.push(self.amount(form, &row.id, &column.id));
            free = 0;
        }
        if free > 0 {
            cells.push(PrintedCell::words("", Align::Left).spanning(free, 1));
        }
        cells
    }

    /// A row for each label.
    fn labels(&mut self, form: &Form) -> Layouted {
        let mut head = vec![PrintedCell::head("项目")];
        head.extend(form.columns.iter().map(|column| PrintedCell::head(column.head.clone())));
        let mut rows = vec![head];
        for row in &form.rows {
            let mut cells = vec![PrintedCell::words(row.shown().clone(), Align::Left)];
            cells.extend(form.columns.iter().map(|c| self.amount(form, &row.id, &c.id)));
            rows.push(cells);
        }
        let mut widths = vec![40];
        widths.extend(form.columns.iter().map(|_| 20));
        (widths, 1, rows)
    }
}

/// Widths, rows of the head, rows.
type Layouted = (Vec<u16>, usize, Vec<Vec<PrintedCell>>);

/// Heads of a tree: one row, or two where columns stand together under a head of their own.
fn tree_head(columns: &[&Column]) -> Vec<Vec<PrintedCell>> {
    let is_grouped = columns.iter().any(|column| column.group.is_some());
    let height = if is_grouped { 2 } else { 1 };
    let mut upper = vec![
        PrintedCell::head("功能分类科目编码").spanning(1, height),
        PrintedCell::head("科目名称").spanning(1, height),
    ];
    let mut lower = Vec::new();
    for together in columns.chunk_by(|a, b| a.group.is_some() && a.group == b.group) {
        let heads = together.iter().map(|column| PrintedCell::head(column.head.clone()));
        match together.first().and_then(|column| column.group.clone()) {
            Some(group) => {
                let width = u16::try_from(together.len()).unwrap_or(1);
                upper.push(PrintedCell::head(group).spanning(width, 1));
                lower.extend(heads);
            }
            None => upper.extend(heads.map(|head| head.spanning(1, height))),
        }
    }
    if is_grouped { vec![upper, lower] } else { vec![upper] }
}

fn column_numbers(from: usize, count: usize) -> Vec<PrintedCell> {
    (from..from.saturating_add(count)).map(|n| PrintedCell::head(n.to_string())).collect()
}

/// A row of a side with its printed label.
type Labelled<'a> = Option<(String, &'a Row)>;

/// Rows of both sides beside each other: numbered items at the top, what follows from them at the
/// bottom, so that the totals stand on one line.
fn paired(form: &Form) -> Vec<(Labelled<'_>, Labelled<'_>)> {
    let side = |side: &str| -> Vec<&Row> {
        form.rows.iter().filter(|row| row.side.as_deref() == Some(side)).collect()
    };
    let is_item = |row: &&Row, until: &str, rows: &[&Row]| {
        let end = rows.iter().position(|r| *r.id == *until).unwrap_or(rows.len());
        rows.iter().position(|r| r.id == row.id).is_some_and(|at| at < end)
    };
    let (left, right) = (side("left"), side("right"));
    let (income, rest_left): (Vec<&Row>, Vec<&Row>) =
        left.iter().partition(|row| is_item(row, "year_income", &left));
    let (classes, rest_right): (Vec<&Row>, Vec<&Row>) =
        right.iter().partition(|row| row.id.bytes().all(|b| b.is_ascii_digit()));
    let height = income.len().max(classes.len());
    let item = |rows: &[&'_ Row], at: usize| -> Option<String> {
        rows.get(at).map(|row| {
            let count = u32::try_from(at).unwrap_or(0).saturating_add(1);
            format!("{}、{}", number::chinese(count), row.shown())
        })
    };
    let mut pairs = Vec::new();
    for at in 0..height {
        let of = |rows: &[&'_ Row]| item(rows, at);
        let on_left = of(&income).zip(income.get(at).copied());
        let on_right = of(&classes).zip(classes.get(at).copied());
        pairs.push((on_left, on_right));
    }
    pairs.extend(bottom(&rest_left, &rest_right));
    pairs
}

/// The rows below the items: both begin together and end together.
fn bottom<'a>(left: &[&'a Row], right: &[&'a Row]) -> Vec<(Labelled<'a>, Labelled<'a>)> {
    let height = left.len().max(right.len());
    let place = |rows: &[&'a Row], at: usize| -> Labelled<'a> {
        let last = rows.len().checked_sub(1)?;
        let row = match at {
            at if at == height.saturating_sub(1) => rows.get(last),
            at if at < last => rows.get(at),
            _ => None,
        };
        row.map(|row| (row.shown().to_string(), *row))
    };
    (0..height).map(|at| (place(left, at), place(right, at))).collect()
}
