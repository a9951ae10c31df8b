//! The sheet of rules, to which the findings are linked.

use std::collections::HashMap;

use juesuan_model::RuleInfo;
use rust_xlsxwriter::Worksheet;

use super::Limits;
use super::sheet::{Cell, Column, Sheet, text};
use super::style::Style;
use crate::WriteError;
use crate::labels;

const COLUMNS: [Column; 12] = [
    text(labels::CODE, 10),
    text(labels::TITLE, 30),
    text(labels::SEVERITY, 8),
    text(labels::STATUS, 8),
    text(labels::LOOKS_AT, 42),
    text(labels::FORMULA, 36),
    text(labels::WHY, 36),
    text(labels::BAD, 30),
    text(labels::GOOD, 30),
    text(labels::BASIS, 32),
    text(labels::FALSE_ALARMS, 32),
    text(labels::COVERS, 14),
];

/// In which row each rule stands, from 0, as far as they fit.
pub(super) fn rows(rules: &[RuleInfo], limits: Limits) -> HashMap<&str, u32> {
    let last = limits.rows.saturating_sub(1);
    let mut rows = HashMap::new();
    for (row, rule) in (1..last).zip(rules) {
        rows.entry(&*rule.code).or_insert(row);
    }
    rows
}

/// Writes the sheet.
pub(super) fn write(
    sheet: &mut Worksheet,
    rules: &[RuleInfo],
    limits: Limits,
    style: &Style,
) -> Result<(), WriteError> {
    let mut sheet = Sheet::new(sheet, labels::RULES, limits, style)?;
    sheet.widths(&COLUMNS)?;
    sheet.head(&COLUMNS)?;
    sheet.freeze()?;
    sheet.rows(rules.iter().map(|rule| {
        [
            Cell::text(&rule.code),
            Cell::text(&rule.title),
            rule.severity.map_or(Cell::Nothing, Cell::Severity),
            Cell::text(labels::status(&rule.status, style.lang)),
            Cell::text(&rule.checks),
            Cell::text(&rule.formula),
            Cell::text(&rule.why),
            Cell::text(&rule.bad),
            Cell::text(&rule.good),
            Cell::text(&rule.basis),
            Cell::text(&rule.false_alarms),
            Cell::text(rule.covers.join(style.lang.pick("、", ", "))),
        ]
    }))?;
    sheet.filter(0, &COLUMNS)
}
