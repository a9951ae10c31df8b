//! The sheet of coverage: what was checked of each document, and what was not.

use juesuan_model::{Report, Severity};
use rust_xlsxwriter::Worksheet;

use super::Limits;
use super::sheet::{Cell, Column, Sheet, number, text};
use super::style::Style;
use crate::WriteError;
use crate::labels;

const COVERAGE: [Column; 15] = [
    text(labels::DOCUMENT, 34),
    text(labels::DOC_TITLE, 40),
    text(labels::DEPARTMENT, 28),
    text(labels::YEAR, 10),
    text(labels::SCHEME, 22),
    number(labels::ERROR, 9),
    number(labels::WARNING, 9),
    number(labels::NOTE, 9),
    number(labels::FIGURES, 10),
    number(labels::UNRELATED, 10),
    number(labels::PASSED, 10),
    number(labels::FAILED, 10),
    number(labels::TAIL, 10),
    number(labels::NOT_APPLICABLE, 12),
    number(labels::NOT_CHECKED, 12),
];

/// Below the same columns, so that reasons and subjects stand in wide ones.
const NOT_CHECKED: [Column; 4] = [
    text(labels::DOCUMENT, 34),
    text(labels::WHY_NOT, 40),
    text(labels::SUBJECT, 28),
    text(labels::CODE, 10),
];

/// Writes the sheet.
pub(super) fn write(
    sheet: &mut Worksheet,
    reports: &[Report],
    limits: Limits,
    style: &Style,
) -> Result<(), WriteError> {
    let mut sheet = Sheet::new(sheet, labels::COVERAGE_LIST, limits, style)?;
    sheet.widths(&COVERAGE)?;
    sheet.head(&COVERAGE)?;
    sheet.rows(reports.iter().map(cells))?;
    sheet.skip();
    sheet.say(labels::NOT_PASSED.say(style.lang))?;
    let first = sheet.row();
    sheet.head(&NOT_CHECKED)?;
    let items = reports.iter().flat_map(|report| {
        report.not_checked.iter().map(|item| (report.document.path.as_str(), item))
    });
    sheet.rows(items.map(|(path, item)| {
        [Cell::text(path), Cell::text(&item.why), Cell::text(&item.subject), Cell::text(&item.code)]
    }))?;
    sheet.filter(first, &NOT_CHECKED)
}

fn cells(report: &Report) -> [Cell<'_>; COVERAGE.len()] {
    let (document, coverage) = (&report.document, &report.coverage);
    [
        Cell::text(&document.path),
        Cell::text(&document.title),
        Cell::text(&document.department),
        document.year.map_or(Cell::Nothing, |year| Cell::text(year.to_string())),
        Cell::text(&document.scheme),
        Cell::Number(report.count(Severity::Error)),
        Cell::Number(report.count(Severity::Warning)),
        Cell::Number(report.count(Severity::Note)),
        Cell::Number(coverage.figures),
        Cell::Number(coverage.figures_unrelated),
        Cell::Number(coverage.passed),
        Cell::Number(coverage.failed),
        Cell::Number(coverage.rounding_tail),
        Cell::Number(coverage.not_applicable),
        Cell::Number(coverage.not_checked),
    ]
}
