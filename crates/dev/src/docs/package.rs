//! The page on what units hand in, printed from what packages are read by.

use std::fmt::Write as _;

use juesuan_compile::Code;
use juesuan_scheme::Scheme;
use juesuan_scheme::package::{
    ColumnForm, ColumnKind, Filter, PackageForm, Posting, SheetForm, SheetLevel, Transfer,
};

use crate::table::Table;

/// What accountants need to know before the sheets.
const INTRODUCTION: &str = include_str!("package.md");

/// The page.
pub(super) fn page(form: &PackageForm, scheme: &Scheme) -> String {
    let mut page = INTRODUCTION.to_owned();
    for (level, title) in
        [(SheetLevel::Unit, "每个单位交的表"), (SheetLevel::Department, "部门交的表")]
    {
        let _ = write!(page, "\n## {title}\n");
        for sheet in form.sheets.iter().filter(|sheet| sheet.level == level) {
            of_sheet(&mut page, form, sheet, scheme);
        }
    }
    let _ = write!(page, "\n## 内部往来\n\n");
    page.push_str("部门内单位之间的往来在汇总时从双方一并抵销，双方写的金额必须相等。\n\n");
    for transfer in &form.transfers {
        let _ = writeln!(page, "- {}", of_transfer(form, transfer));
    }
    let _ = write!(page, "\n## 问题编码\n\n");
    let mut table = Table::new(&["编码", "问题", "怎么办"]);
    for code in Code::ALL {
        let (id, title) = code.named();
        table.row(&[id, title, code.advice()]);
    }
    page.push_str(&table.print());
    page
}

fn of_sheet(page: &mut String, form: &PackageForm, sheet: &SheetForm, scheme: &Scheme) {
    let kind = match (sheet.is_fields, sheet.is_optional) {
        (true, false) => "一项一行，两栏：项目、内容。",
        (true, true) => "一项一行，两栏：项目、内容。没有的可以不交这张表。",
        (false, false) => "",
        (false, true) => "没有的可以不交这张表。",
    };
    let _ = write!(page, "\n### {}\n\n{}。{kind}\n\n", sheet.name, sheet.about);
    let mut table = Table::new(&["栏", "填什么", "必填", "说明"]);
    for column in &sheet.columns {
        let required = if column.required { "是" } else { "" };
        table.row(&[&*column.name, kind_of(column.kind), required, &about(form, column)]);
    }
    page.push_str(&table.print());
    let rules: Vec<String> = sheet.rules.iter().map(|rule| of_rule(sheet, rule)).collect();
    let checks = form.checks.iter().filter(|check| check.sheet == sheet.id);
    let checks: Vec<String> =
        checks.map(|check| format!("不能出现：{}（`{}`）", check.title, check.source)).collect();
    let lines: Vec<String> = rules.into_iter().chain(checks).collect();
    if !lines.is_empty() {
        let _ = write!(page, "\n- {}\n", lines.join("\n- "));
    }
    let mut table = Table::new(&["这一栏", "这些行", "记到"]);
    for posting in &sheet.postings {
        let value = posting.value.map_or("单位名称", |at| column_of(sheet, at));
        table.row(&[value, &condition(sheet, posting), &targets(posting, scheme)]);
    }
    let _ = write!(page, "\n记到哪里：\n\n{}", table.print());
}

/// What the cells of a column hold, as accountants say it.
const fn kind_of(kind: ColumnKind) -> &'static str {
    match kind {
        ColumnKind::Text => "文字",
        ColumnKind::Item => "功能分类项级科目编码，7 位",
        ColumnKind::Economic => "部门预算支出经济分类款级科目编码，5 位",
        ColumnKind::Money => "金额，元，最多两位小数",
        ColumnKind::Count => "不小于零的整数",
        ColumnKind::Number => "数",
        ColumnKind::Choice => "从右边的词里选一个",
        ColumnKind::Date => "日期，如 2025-08-20",
        ColumnKind::Flag => "“是”或“否”，可空",
    }
}

fn about(form: &PackageForm, column: &ColumnForm) -> String {
    let choices = column.choices.join("、");
    let sources: Vec<String> =
        form.sources(column).map(|sheet| format!("“{}”", sheet.name)).collect();
    let of = match sources.len() {
        0 => String::new(),
        _ => format!("{}表里有的名称", sources.join("或")),
    };
    let parts = [choices, of, column.about.to_string()];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("。")
}

/// Where a value goes: forms with their columns.
fn targets(posting: &Posting, scheme: &Scheme) -> String {
    let cells = posting.cells.iter().map(|target| {
        let column = column_name(scheme, &target.form, &target.column);
        format!("{}·{column}", scheme.name_of(&target.form))
    });
    cells.collect::<Vec<_>>().join("；")
}

fn column_name<'a>(scheme: &'a Scheme, form: &str, column: &'a str) -> &'a str {
    let of_form = scheme.form(form).and_then(|form| {
        form.columns.iter().find(|known| *known.id == *column).map(|known| &*known.head)
    });
    let record = scheme.records.iter().find(|record| *record.id == *form);
    let of_record = record.and_then(|record| {
        record.columns.iter().find(|(id, _)| **id == *column).map(|(_, name)| &**name)
    });
    of_form.or(of_record).unwrap_or(column)
}

fn condition(sheet: &SheetForm, posting: &Posting) -> String {
    let mut said: Vec<String> =
        posting.when.iter().map(|filter| of_filter(sheet, filter)).collect();
    said.extend(posting.unless.iter().map(|f| format!("不含{}", of_filter(sheet, f))));
    if said.is_empty() { "每一行".to_owned() } else { said.join("，") }
}

fn of_filter(sheet: &SheetForm, filter: &Filter) -> String {
    let name = filter.column.map_or("单位性质", |at| column_of(sheet, at));
    format!("{name}：{}", filter.words.join("、"))
}

fn column_of(sheet: &SheetForm, at: usize) -> &str {
    sheet.columns.get(at).map_or("", |column| &*column.name)
}

fn of_rule(sheet: &SheetForm, rule: &juesuan_scheme::package::RowRule) -> String {
    let when: Vec<String> = rule.when.iter().map(|filter| of_filter(sheet, filter)).collect();
    let names = |columns: &[usize]| {
        let names: Vec<String> =
            columns.iter().map(|at| format!("“{}”", column_of(sheet, *at))).collect();
        names.join("")
    };
    let needs = match &*rule.needs {
        [] => String::new(),
        columns => format!("必填{}", names(columns)),
    };
    let empty = match &*rule.empty {
        [] => String::new(),
        columns => format!("不填{}", names(columns)),
    };
    format!("{}的行{needs}{empty}：{}", when.join("，"), rule.why)
}

fn of_transfer(form: &PackageForm, transfer: &Transfer) -> String {
    let side = |side: &juesuan_scheme::package::TransferSide| {
        let Some(sheet) = form.sheets.get(side.sheet) else { return String::new() };
        let when: Vec<String> = side.when.iter().map(|filter| of_filter(sheet, filter)).collect();
        let (other, amount) = (column_of(sheet, side.counterpart), column_of(sheet, side.amount));
        format!("“{}”表（{}）的“{other}”“{amount}”", sheet.name, when.join("，"))
    };
    format!(
        "{}：付款方填{}，收款方填{}",
        transfer.name,
        side(&transfer.paid),
        side(&transfer.received)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_sheet_column_and_code_is_on_the_page() {
        let mut scheme = juesuan_builtin::scheme("cn").unwrap();
        let form = PackageForm::load(&juesuan_scheme::embedded(), &mut scheme).unwrap();
        let page = page(&form, &scheme);
        for sheet in &form.sheets {
            assert!(page.contains(&format!("\n### {}\n", sheet.name)), "{}", sheet.name);
            for column in &sheet.columns {
                assert!(page.contains(&format!("| {} |", column.name)), "{}", column.name);
            }
        }
        for code in Code::ALL {
            assert!(page.contains(code.named().0));
        }
        let posted = "| 金额 | 收入来源：事业收入 | 收入决算表·事业收入 |";
        assert!(page.contains(posted));
    }
}
