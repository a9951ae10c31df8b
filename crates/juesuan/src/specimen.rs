//! A form written out with an amount in every cell, to be read back: what a scheme says of a form
//! must suffice for both directions.

use juesuan_model::Subject;
use juesuan_scheme::{Catalogue, Form, Layout, Row, Scheme};

/// A written form, and what its cells mean.
pub(crate) struct Specimen {
    pub(crate) text: String,
    pub(crate) cells: Vec<(Subject, String)>,
}

/// Writes a form with the rows it fixes, or with some of its catalogue.
pub(crate) fn write(form: &Form, scheme: &Scheme) -> Specimen {
    let mut writer = Writer { form, lines: Vec::new(), cells: Vec::new() };
    match form.layout {
        Layout::Tree => writer.tree(&scheme.functional),
        Layout::Blocks => writer.blocks(&scheme.economic),
        Layout::Sides => writer.sides(),
        Layout::Rows => writer.rows(),
    }
    let head = format!(
        "{}\n\n公开{:02}表\n\n部门：某某部门\n\n金额单位：{}\n\n",
        form.title, form.number, form.unit
    );
    // Beside the form that it would be without it.
    let other = form.instead_of.as_ref().and_then(|id| scheme.form(id));
    let beside = other.map_or_else(String::new, |other| write(other, scheme).text + "\n");
    Specimen { text: beside + &head + &writer.lines.join("\n") + "\n", cells: writer.cells }
}

struct Writer<'a> {
    form: &'a Form,
    lines: Vec<String>,
    cells: Vec<(Subject, String)>,
}

impl Writer<'_> {
    /// The next amount: no two cells print the same.
    fn amount(&mut self, row: &str, column: &str) -> String {
        let amount = format!("{}.{:02}", self.cells.len() + 1, (self.cells.len() * 7 + 1) % 100);
        self.cells.push((Subject::new(&self.form.id, row, column), amount.clone()));
        amount
    }

    fn line(&mut self, cells: &[String]) {
        self.lines.push(cells.join("\t"));
    }

    /// Heads, then the total and one item with all above it.
    fn tree(&mut self, catalogue: &Catalogue) {
        let columns: Vec<_> = self.form.columns.iter().map(|c| c.id.clone()).collect();
        let mut head = vec!["功能分类科目编码".to_owned(), "科目名称".to_owned()];
        head.extend(self.form.columns.iter().map(|column| column.head.to_string()));
        self.line(&head);
        let item = catalogue.entries.iter().find(|entry| entry.code.len() == 7);
        let item = item.map_or("", |entry| &entry.code);
        let above = [3, 5, 7].into_iter().filter_map(|length| item.get(..length));
        let rows = std::iter::once(("total", "", "合计"))
            .chain(above.map(|code| (code, code, catalogue.name(code).unwrap_or(""))));
        for (id, code, name) in rows {
            let mut line = vec![code.to_owned(), name.to_owned()];
            line.extend(columns.iter().map(|column| self.amount(id, column)));
            self.line(&line);
        }
    }

    /// Code, name and amount, twice side by side; the sums below.
    fn blocks(&mut self, catalogue: &Catalogue) {
        let Some(column) = self.form.columns.first().cloned() else { return };
        let head = ["经济分类科目编码", "科目名称", &column.head].map(str::to_owned);
        self.line(&[head.clone(), head].concat());
        let pick = |class: &str| {
            let entries = catalogue.entries.iter();
            let of = entries.filter(|entry| entry.code.starts_with(class)).take(3);
            of.map(|entry| (entry.code.clone(), entry.name.clone())).collect::<Vec<_>>()
        };
        for (left, right) in pick("301").into_iter().zip(pick("302")) {
            let line: Vec<String> = [left, right]
                .into_iter()
                .flat_map(|(code, name)| {
                    let amount = self.amount(&code, &column.id);
                    [code.to_string(), name.to_string(), amount]
                })
                .collect();
            self.line(&line);
        }
        let rows: Vec<Row> = self.form.rows.clone();
        for row in &rows {
            let amount = self.amount(&row.id, &column.id);
            self.line(&[row.label.to_string(), String::new(), amount]);
        }
    }

    /// Income left, expenditure right, 行次 in both.
    fn sides(&mut self) {
        let form = self.form;
        let of = |side: &'static str| {
            let has = move |own: &Option<std::sync::Arc<str>>| own.as_deref() == Some(side);
            let rows: Vec<&Row> = form.rows.iter().filter(|row| has(&row.side)).collect();
            let columns: Vec<_> = form.columns.iter().filter(|c| has(&c.side)).collect();
            (rows, columns)
        };
        let sides = [of("left"), of("right")];
        let mut head = Vec::new();
        for (_, columns) in &sides {
            head.extend(["项目".to_owned(), "行次".to_owned()]);
            head.extend(columns.iter().map(|column| column.head.to_string()));
        }
        self.line(&head);
        let height = sides.iter().map(|(rows, _)| rows.len()).max().unwrap_or(0);
        for index in 0..height {
            let mut line = Vec::new();
            for (side, (rows, columns)) in sides.iter().enumerate() {
                let number = side * height + index + 1;
                match rows.get(index) {
                    Some(row) => {
                        line.extend([row.label.to_string(), number.to_string()]);
                        line.extend(columns.iter().map(|c| self.amount(&row.id, &c.id)));
                    }
                    None => {
                        line.extend([String::new(), number.to_string()]);
                        line.extend(columns.iter().map(|_| String::new()));
                    }
                }
            }
            self.line(&line);
        }
    }

    fn rows(&mut self) {
        let form = self.form;
        let mut head = vec!["项目".to_owned()];
        head.extend(form.columns.iter().map(|column| column.head.to_string()));
        self.line(&head);
        for row in &form.rows {
            let mut line = vec![row.label.to_string()];
            line.extend(form.columns.iter().map(|column| self.amount(&row.id, &column.id)));
            self.line(&line);
        }
    }
}
