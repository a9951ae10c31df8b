//! A workbook to work a list of findings off: filter, tick, hand on.
//!
//! Everything is written as text or as a whole number, never as a formula, and the workbook
//! carries a fixed date, so that the same reports give the same bytes.

mod coverage;
mod findings;
mod rules;
mod sheet;
mod style;

use juesuan_model::{Lang, Report, RuleInfo};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook};

use crate::WriteError;
use crate::labels;
use style::Style;

/// What Excel can hold, smaller in tests.
#[derive(Clone, Copy, Debug)]
struct Limits {
    /// Rows of a sheet.
    rows: u32,
    /// UTF-16 units of a cell.
    characters: usize,
    /// Links of a sheet.
    links: usize,
}

const EXCEL: Limits = Limits { rows: 1_048_576, characters: 32_767, links: 65_530 };

/// The workbook of one or many documents: findings, rules, coverage.
///
/// # Errors
///
/// When the workbook cannot be put together; not for anything that documents contain.
pub fn reports(reports: &[Report], rules: &[RuleInfo], lang: Lang) -> Result<Vec<u8>, WriteError> {
    within(EXCEL, reports, rules, lang)
}

fn within(
    limits: Limits,
    reports: &[Report],
    rules: &[RuleInfo],
    lang: Lang,
) -> Result<Vec<u8>, WriteError> {
    let style = Style::new(lang);
    let rows = rules::rows(rules, limits);
    let mut workbook = Workbook::new();
    findings::write(workbook.add_worksheet(), reports, &rows, limits, &style)?;
    rules::write(workbook.add_worksheet(), rules, limits, &style)?;
    coverage::write(workbook.add_worksheet(), reports, limits, &style)?;
    // The default is the time of writing. This is no time at all, and says so.
    let created = ExcelDateTime::from_ymd(2000, 1, 1)?;
    let properties = DocProperties::new()
        .set_title(labels::REPORT.say(lang))
        .set_author("juesuan")
        .set_creation_datetime(&created);
    workbook.set_properties(&properties);
    Ok(workbook.save_to_buffer()?)
}

#[cfg(test)]
mod tests;
