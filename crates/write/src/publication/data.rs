//! A publication as data: JSON, CSV, and a descriptor of both as a Fiscal Data Package.

use std::collections::BTreeMap;

use juesuan_model::{Element, PrintedTable, Publication, Run, TableKind, runs_text};
use serde::Serialize;
use serde_json::json;

/// The files of the data, by name.
#[must_use]
pub fn files(publication: &Publication) -> Vec<(&'static str, String)> {
    let facts = facts(publication);
    vec![
        ("data.json", pretty(&Data { publication, facts: &facts }.json())),
        ("facts.csv", csv(&facts)),
        ("datapackage.json", pretty(&descriptor(publication))),
    ]
}

/// A figure of a statutory form: what, whose, how much.
#[derive(Clone, Debug, Serialize)]
struct Fact {
    form: String,
    row: String,
    column: String,
    /// The name of the row as printed.
    name: String,
    /// 元, exact.
    amount: String,
    /// As printed, in 万元.
    printed: String,
}

struct Data<'a> {
    publication: &'a Publication,
    facts: &'a [Fact],
}

impl Data<'_> {
    fn json(&self) -> serde_json::Value {
        let Publication { title, department, year, is_draft, .. } = self.publication;
        json!({
            "title": &**title, "department": &**department, "year": year, "draft": is_draft,
            "currency": "CNY", "facts": self.facts, "text": self.figures(),
        })
    }

    /// The figures of the running text, with the sentence each stands in.
    fn figures(&self) -> Vec<serde_json::Value> {
        let mut all = Vec::new();
        for element in &self.publication.elements {
            let Element::Paragraph(runs) = element else { continue };
            let sentence = runs_text(runs);
            for run in runs {
                if let Run::Figure(figure) = run {
                    let exact = figure.exact.map(|exact| exact.normalize().to_string());
                    all.push(json!({
                        "subject": &*figure.subject, "printed": &*figure.text, "exact": exact,
                        "paragraph": &sentence,
                    }));
                }
            }
        }
        all
    }
}

fn facts(publication: &Publication) -> Vec<Fact> {
    let mut facts = BTreeMap::new();
    let mut order = Vec::new();
    for element in &publication.elements {
        let Element::Table(table) = element else { continue };
        if table.kind == TableKind::Form {
            of_form(table, &mut facts, &mut order);
        }
    }
    order.iter().filter_map(|subject| facts.remove(subject)).collect()
}

fn of_form(table: &PrintedTable, facts: &mut BTreeMap<String, Fact>, order: &mut Vec<String>) {
    for row in &table.rows {
        let mut name = String::new();
        for cell in row {
            let [Run::Figure(figure)] = &cell.runs[..] else {
                // The label nearest to the left names a figure; numbers of lines do not.
                let text = cell.text();
                if text.chars().any(|c| !c.is_ascii_digit()) {
                    name = text;
                }
                continue;
            };
            let Some((form, row, column)) = parts(&figure.subject) else { continue };
            let exact = figure.exact.map_or_else(String::new, |exact| format!("{exact:.2}"));
            let fact = Fact {
                form: form.to_owned(),
                row: row.to_owned(),
                column: column.to_owned(),
                name: name.clone(),
                amount: exact,
                printed: figure.text.to_string(),
            };
            if facts.insert(figure.subject.to_string(), fact).is_none() {
                order.push(figure.subject.to_string());
            }
        }
    }
}

/// `form[row].column` in its parts.
fn parts(subject: &str) -> Option<(&str, &str, &str)> {
    let (form, rest) = subject.split_once('[')?;
    let (row, column) = rest.rsplit_once("].")?;
    Some((form, row, column))
}

fn csv(facts: &[Fact]) -> String {
    let mut out = String::from("form,row,column,name,amount,printed\n");
    for fact in facts {
        let Fact { form, row, column, name, amount, printed } = fact;
        let cells = [form, row, column, name, amount, printed].map(|cell| quoted(cell));
        out.push_str(&cells.join(","));
        out.push('\n');
    }
    out
}

/// A field of RFC 4180. What a spreadsheet would run as a formula is kept from it.
pub(crate) fn quoted(cell: &str) -> String {
    let is_formula = cell.starts_with(['=', '+', '@', '\t'])
        || cell.starts_with('-') && cell.parse::<rust_decimal::Decimal>().is_err();
    let cell = if is_formula { format!("'{cell}") } else { cell.to_owned() };
    if cell.contains([',', '"', '\n', '\r']) {
        return format!("\"{}\"", cell.replace('"', "\"\""));
    }
    cell
}

/// The descriptor that tells programs what the columns mean.
fn descriptor(publication: &Publication) -> serde_json::Value {
    let Publication { title, department, year, .. } = publication;
    let field = |name: &str, kind: &str, column_type: &str, title: &str| json!({"name": name, "type": kind, "columnType": column_type, "title": title});
    json!({
        "profile": "fiscal-data-package",
        "name": format!("final-accounts-{year}"),
        "title": &**title,
        "author": &**department,
        "countryCode": "CN",
        "granularity": "aggregated",
        "fiscalPeriod": {"start": format!("{year}-01-01"), "end": format!("{year}-12-31")},
        "resources": [{
            "name": "facts", "path": "facts.csv", "profile": "tabular-data-resource",
            "format": "csv", "mediatype": "text/csv", "encoding": "utf-8",
            "schema": {
                "fields": [
                    field("form", "string", "activity:generic:program:code", "表"),
                    field("row", "string", "functional-classification:generic:code", "行或科目编码"),
                    field("column", "string", "phase:id", "栏"),
                    field("name", "string", "functional-classification:generic:label", "名称"),
                    field("amount", "number", "value", "金额（元）"),
                    field("printed", "string", "value-kind:code", "公开表里印的数（万元）"),
                ],
                "primaryKey": ["form", "row", "column"],
            },
        }],
    })
}

fn pretty(value: &serde_json::Value) -> String {
    serde_json::to_string_pretty(value).unwrap_or_default() + "\n"
}

#[cfg(test)]
mod tests {
    use juesuan_model::{Align, Figure, PrintedCell};

    use super::*;

    fn publication() -> Publication {
        let figure = |subject: &str| Figure {
            subject: subject.into(),
            text: "1.23".into(),
            exact: Some(rust_decimal::Decimal::new(1_234_567, 2)),
            terms: Vec::new(),
        };
        let row = vec![
            PrintedCell::words("2130306", Align::Left),
            PrintedCell::words("水利工程\"甲\",乙", Align::Left),
            PrintedCell::figure(figure("expenditure[2130306].total")),
        ];
        let table = PrintedTable {
            kind: TableKind::Form,
            form: "expenditure".into(),
            title: "支出决算表".into(),
            number: "".into(),
            caption: Vec::new(),
            widths: vec![1, 1, 1],
            head_rows: 0,
            rows: vec![row],
            notes: Vec::new(),
        };
        let runs = vec![Run::Words("支出".into()), Run::Figure(figure("expenditure[total].total"))];
        Publication {
            title: "某局决算".into(),
            year: 2024,
            elements: vec![Element::Table(table), Element::Paragraph(runs)],
            ..Publication::default()
        }
    }

    #[test]
    fn facts_are_exact_and_quoted() {
        let files = files(&publication());
        let [(_, json), (_, csv), (_, descriptor)] = &files[..] else { panic!() };
        assert_eq!(
            csv,
            "form,row,column,name,amount,printed\n\
             expenditure,2130306,total,\"水利工程\"\"甲\"\",乙\",12345.67,1.23\n"
        );
        let json: serde_json::Value = serde_json::from_str(json).unwrap();
        assert_eq!(json["facts"][0]["amount"], "12345.67");
        assert_eq!(json["text"][0]["paragraph"], "支出1.23");
        let descriptor: serde_json::Value = serde_json::from_str(descriptor).unwrap();
        let fields = descriptor["resources"][0]["schema"]["fields"].as_array().unwrap();
        let names: Vec<&str> = fields.iter().filter_map(|field| field["name"].as_str()).collect();
        assert_eq!(
            names.join(","),
            csv.lines().next().unwrap(),
            "the descriptor names the columns"
        );
    }

    #[test]
    fn no_field_is_run_as_a_formula() {
        assert_eq!(quoted("=1+1"), "'=1+1");
        assert_eq!(quoted("-HYPERLINK(\"a\")"), "\"'-HYPERLINK(\"\"a\"\")\"");
        assert_eq!(quoted("-12.30"), "-12.30");
    }
}
