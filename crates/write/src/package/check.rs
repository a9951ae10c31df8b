//! What cells to fill in accept, and what they say.

use juesuan_model::ASIDE_SHEETS;
use juesuan_scheme::package::{ColumnForm, ColumnKind, PackageForm};
use juesuan_scheme::{Catalogue, Scheme};
use rust_xlsxwriter::{
    DataValidation, DataValidationErrorStyle, DataValidationRule, ExcelDateTime, Formula,
};

use super::LAST_ROW;
use crate::WriteError;

/// The codes of a catalogue with so many digits, where they stand.
fn codes(column: &str, catalogue: &Catalogue, digits: usize) -> Formula {
    let count = catalogue.entries.iter().filter(|entry| entry.code.len() == digits).count();
    let last = count.saturating_add(1).max(2);
    Formula::new(format!("'{}'!${column}$2:${column}${last}", ASIDE_SHEETS[1]))
}

/// What a column accepts below its head, as far as it can be told beforehand. `cell` is the first
/// of its cells.
pub(super) fn validation(
    form: &PackageForm,
    scheme: &Scheme,
    column: &ColumnForm,
    cell: &str,
) -> Result<Option<DataValidation>, WriteError> {
    let new = DataValidation::new;
    let warning = DataValidationErrorStyle::Warning;
    let (rule, why) = match column.kind {
        ColumnKind::Choice => match new().allow_list_strings(&column.choices) {
            Ok(rule) => (rule, "请从列表里选一个".to_owned()),
            // More than a list can hold: reading checks it all the same.
            Err(_) => return Ok(None),
        },
        ColumnKind::Flag => {
            (new().allow_list_strings(&["是", "否"])?, "填“是”或“否”，或空着".to_owned())
        }
        ColumnKind::Item => (
            new().allow_list_formula(codes("A", &scheme.functional, 7)).set_error_style(warning),
            "目录里没有这个功能科目编码；确有这个科目的可以填".to_owned(),
        ),
        ColumnKind::Economic => (
            new().allow_list_formula(codes("D", &scheme.economic, 5)),
            "填部门预算支出经济分类款级科目的编码，5 位，见“目录”".to_owned(),
        ),
        ColumnKind::Money => {
            let rule = format!("=AND(ISNUMBER({cell}),ROUND({cell},2)={cell})");
            let rule = new().allow_custom(Formula::new(rule));
            (rule, "金额以元为单位，最多两位小数，只填数字".to_owned())
        }
        ColumnKind::Count => {
            let rule = DataValidationRule::GreaterThanOrEqualTo(0);
            (new().allow_whole_number(rule), "填不小于零的整数".to_owned())
        }
        ColumnKind::Number => {
            let rule = DataValidationRule::Between(-1e15, 1e15);
            (new().allow_decimal_number(rule), "填数字，不写单位".to_owned())
        }
        ColumnKind::Date => {
            let rule =
                DataValidationRule::GreaterThanOrEqualTo(ExcelDateTime::from_ymd(2000, 1, 1)?);
            (new().allow_date(rule), "填日期，如 2025-08-20".to_owned())
        }
        ColumnKind::Text => {
            let mut sources = form.sources(column);
            // A list takes the names of one sheet only.
            let (Some(other), None) = (sources.next(), sources.next()) else { return Ok(None) };
            let range = Formula::new(format!("'{}'!$A$3:$A$1002", other.name));
            let rule = new().allow_list_formula(range).set_error_style(warning);
            (rule, format!("“{}”表里没有这个名称", other.name))
        }
    };
    Ok(Some(rule.set_error_title("填得不对")?.set_error_message(why)?))
}

/// The cells of a column that are checked, from a row on.
pub(super) const fn cells(first: u32, column: u16) -> (u32, u16, u32, u16) {
    (first, column, LAST_ROW, column)
}
