//! Workbooks for units to fill in: a sheet each of the package, with what can be said beforehand,
//! checks while typing, and what was taken over from the year before.

mod check;
mod edit;
mod guide;
mod sheet;
mod style;

use juesuan_model::Sheet;
use juesuan_scheme::Scheme;
use juesuan_scheme::package::{PackageForm, SheetForm, SheetLevel};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, ProtectionOptions, Workbook, Worksheet};

use crate::WriteError;
pub use edit::{with_cell, with_field};
use style::Style;

/// The last row that Excel has, from 0.
const LAST_ROW: u32 = 1_048_575;

/// A package as a workbook. `filled` holds what is known already: sheets with their heads, as they
/// are read.
///
/// # Errors
/// When the workbook cannot be put together; not for anything that is filled in.
pub fn workbook(
    form: &PackageForm,
    scheme: &Scheme,
    level: SheetLevel,
    filled: &[Sheet],
) -> Result<Vec<u8>, WriteError> {
    let style = Style::new();
    let sheets: Vec<&SheetForm> = form.sheets.iter().filter(|sheet| sheet.level == level).collect();
    let mut workbook = Workbook::new();
    guide::explain(workbook.add_worksheet(), &sheets, level, &style)?;
    for sheet_form in &sheets {
        let known = filled.iter().find(|sheet| sheet.name == sheet_form.name);
        let worksheet = workbook.add_worksheet();
        worksheet.set_name(&*sheet_form.name)?;
        let desk = sheet::Desk { form, scheme, style: &style };
        desk.write(worksheet, sheet_form, known)?;
        protect(worksheet);
        // The head stands on every printed page, and all columns on one.
        worksheet.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0);
        worksheet.set_repeat_rows(0, 0)?;
    }
    guide::catalogues(workbook.add_worksheet(), scheme, &style)?;
    // The default is the time of writing. This is no time at all, and says so.
    let created = ExcelDateTime::from_ymd(2000, 1, 1)?;
    let properties = DocProperties::new()
        .set_title("单位数据包")
        .set_author("juesuan")
        .set_creation_datetime(&created);
    workbook.set_properties(&properties);
    Ok(workbook.save_to_buffer()?)
}

/// Only cells to fill in can be changed. There is no password: who must, may.
fn protect(worksheet: &mut Worksheet) {
    worksheet.protect_with_options(&ProtectionOptions {
        format_cells: true,
        format_columns: true,
        format_rows: true,
        insert_rows: true,
        delete_rows: true,
        sort: true,
        use_autofilter: true,
        ..ProtectionOptions::default()
    });
}

#[cfg(test)]
mod tests;
