//! The sheet of findings: one row each.

use std::collections::HashMap;

use juesuan_model::{Evidence, Finding, Lang, Report};
use rust_xlsxwriter::Worksheet;

use super::Limits;
use super::sheet::{Cell, Column, Sheet, number, text};
use super::style::Style;
use crate::WriteError;
use crate::{labels, order};

const COLUMNS: [Column; 17] = [
    text(labels::SEVERITY, 9),
    text(labels::CODE, 10),
    text(labels::TITLE, 24),
    text(labels::DOCUMENT, 24),
    text(labels::SECTION, 24),
    number(labels::LINE, 8),
    number(labels::COLUMN, 9),
    text(labels::QUOTE, 20),
    text(labels::MESSAGE, 42),
    text(labels::STATED, 13),
    text(labels::EXPECTED, 13),
    text(labels::DIFFERENCE, 13),
    text(labels::HINT, 22),
    text(labels::BASIS, 26),
    text(labels::CONSEQUENCES, 30),
    text(labels::WAIVED, 22),
    text(labels::SUBJECT, 28),
];
/// Where the name of the document stands: the same columns for one as for many.
const DOCUMENT: u16 = 3;
/// The last column that is printed; those behind it are for work on the screen.
const PRINTED: u16 = 13;

/// Writes the sheet; `rules` tells the row of each rule in its sheet.
pub(super) fn write(
    sheet: &mut Worksheet,
    reports: &[Report],
    rules: &HashMap<&str, u32>,
    limits: Limits,
    style: &Style,
) -> Result<(), WriteError> {
    let mut sheet = Sheet::new(sheet, labels::FINDING_LIST, limits, style)?;
    sheet.widths(&COLUMNS)?;
    if reports.len() < 2 {
        sheet.hide(DOCUMENT)?;
    }
    sheet.head(&COLUMNS)?;
    sheet.freeze()?;
    sheet.rows(reports.iter().flat_map(|report| {
        let path = &report.document.path;
        report.findings.iter().map(|finding| cells(finding, path, rules, style.lang))
    }))?;
    sheet.print_up_to(PRINTED)?;
    sheet.filter(0, &COLUMNS)
}

fn cells<'a>(
    finding: &'a Finding,
    path: &'a str,
    rules: &HashMap<&str, u32>,
    lang: Lang,
) -> [Cell<'a>; COLUMNS.len()] {
    let first = finding.evidence.first();
    let waiver = finding.waived.as_ref();
    let [line, column] = position(first, lang);
    [
        Cell::Severity(finding.severity),
        Cell::Rule(&finding.code, rules.get(&*finding.code).copied()),
        Cell::text(&finding.title),
        Cell::text(path),
        Cell::text(order::section(finding)),
        line,
        column,
        Cell::text(first.map_or("", |evidence| &evidence.quote)),
        Cell::text(&finding.message),
        Cell::text(&finding.stated),
        Cell::text(&finding.expected),
        Cell::text(&finding.difference),
        Cell::text(&finding.hint),
        Cell::text(&finding.basis),
        Cell::text(finding.consequences.join("\n")),
        waiver.map_or(Cell::Nothing, |waiver| Cell::text(labels::waiver(waiver, lang))),
        Cell::text(&finding.subject),
    ]
}

/// Line and column, or page or cell as words.
fn position<'a>(evidence: Option<&Evidence>, lang: Lang) -> [Cell<'a>; 2] {
    match evidence {
        None => [Cell::Nothing, Cell::Nothing],
        Some(elsewhere) if elsewhere.has_no_line() => {
            [Cell::text(labels::place(elsewhere, lang)), Cell::Nothing]
        }
        Some(in_text) => [Cell::Position(in_text.line), Cell::Position(in_text.column)],
    }
}
