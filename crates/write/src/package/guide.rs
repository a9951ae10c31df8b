//! The sheets that explain: how to fill in, and the codes. Reading passes over them.

use juesuan_model::{ASIDE_SHEETS, EXAMPLE_MARK, UNCONFIRMED_MARK};
use juesuan_scheme::package::{ColumnKind, SheetForm, SheetLevel};
use juesuan_scheme::{Catalogue, Scheme};
use rust_xlsxwriter::{Url, Worksheet};

use super::style::Style;
use crate::WriteError;

/// What the cells of a column hold.
pub(super) const fn kind(kind: ColumnKind) -> &'static str {
    match kind {
        ColumnKind::Text => "文字",
        ColumnKind::Item => "功能分类项级科目编码，7 位，见“目录”",
        ColumnKind::Economic => "部门预算支出经济分类款级科目编码，5 位，见“目录”",
        ColumnKind::Money => "金额，以元为单位，最多两位小数",
        ColumnKind::Count => "不小于零的整数",
        ColumnKind::Number => "数字",
        ColumnKind::Choice => "从列表里选一个",
        ColumnKind::Date => "日期，如 2025-08-20",
        ColumnKind::Flag => "“是”或“否”",
    }
}

/// The sheet that a workbook opens with.
pub(super) fn explain(
    to: &mut Worksheet,
    sheets: &[&SheetForm],
    level: SheetLevel,
    style: &Style,
) -> Result<(), WriteError> {
    to.set_name(ASIDE_SHEETS[0])?;
    to.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0);
    to.set_column_width(0, 22)?;
    to.set_column_width(1, 72)?;
    to.set_column_width(2, 14)?;
    let title = match level {
        SheetLevel::Unit => "部门决算 单位数据包",
        SheetLevel::Department => "部门决算 部门数据包",
    };
    to.write_string_with_format(0, 0, title, &style.title)?;
    let unconfirmed = format!(
        "由上年带出、要重新写的内容以“{UNCONFIRMED_MARK}”开头；改成本年的，并删去这几个字，才能公开。"
    );
    let example = format!("灰色的“{EXAMPLE_MARK}”一行只是示例，不读；从它下面一行填起。");
    let lines = [
        "每页一张表。表名和栏名不要改；可以插入、删除行，不要插入栏。",
        "深色的栏名是必填的，浅色的可以空着。把鼠标停在栏名上，可以看到怎样填。",
        &example,
        "金额一律以元为单位，最多两位小数；没有的填 0。科目只填编码，编码见“目录”页。",
        "只填数，不用公式；不要合并单元格；不要设打开密码。",
        &unconfirmed,
        "工作表有保护，只能填要填的格子；没有密码，确有需要可以取消保护。",
        "填好后存成 xlsx 交给部门。",
    ];
    let mut row = 2;
    for line in lines {
        to.merge_range(row, 0, row, 2, line, &style.words)?;
        to.set_row_height(row, 20)?;
        row = row.saturating_add(1);
    }
    row = row.saturating_add(1);
    for (column, head) in (0..).zip(["表", "内容", "没有数据时"]) {
        to.write_string_with_format(row, column, head, &style.head)?;
    }
    for sheet in sheets {
        row = row.saturating_add(1);
        let url = Url::new(format!("internal:'{}'!A1", sheet.name)).set_text(&*sheet.name);
        to.write_url(row, 0, url)?;
        to.write_string_with_format(row, 1, &*sheet.about, &style.words)?;
        let absent = match (sheet.is_optional, sheet.is_fields) {
            (true, _) => "可以删去",
            (false, true) => "必须交",
            (false, false) => "只留表头",
        };
        to.write_string_with_format(row, 2, absent, &style.words)?;
    }
    Ok(())
}

/// The sheet of codes with their names, from which the lists of cells are taken.
pub(super) fn catalogues(
    to: &mut Worksheet,
    scheme: &Scheme,
    style: &Style,
) -> Result<(), WriteError> {
    to.set_name(ASIDE_SHEETS[1])?;
    to.set_freeze_panes(1, 0)?;
    to.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0);
    let parts = [(0, "功能科目", &scheme.functional, 7), (3, "经济科目", &scheme.economic, 5)];
    for (column, title, catalogue, digits) in parts {
        list(to, column, title, catalogue, digits, style)?;
    }
    Ok(())
}

fn list(
    to: &mut Worksheet,
    column: u16,
    title: &str,
    catalogue: &Catalogue,
    digits: usize,
    style: &Style,
) -> Result<(), WriteError> {
    let beside = column.saturating_add(1);
    to.set_column_width(column, 12)?;
    to.set_column_width(beside, 44)?;
    to.write_string_with_format(0, column, title, &style.head)?;
    to.write_string_with_format(0, beside, "名称", &style.head)?;
    let entries = catalogue.entries.iter().filter(|entry| entry.code.len() == digits);
    for (row, entry) in (1..).zip(entries) {
        to.write_string_with_format(row, column, &*entry.code, &style.words)?;
        to.write_string_with_format(row, beside, &*entry.name, &style.words)?;
    }
    Ok(())
}
