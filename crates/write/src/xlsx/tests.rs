//! Limits that a test could not reach in their real size.

use std::io::Cursor;

use calamine::{Data, Reader as _, Xlsx};
use juesuan_model::{Finding, Lang, Report, RuleInfo, Severity};

use super::{Limits, within};

fn report(count: usize, message: &str) -> Report {
    let finding = Finding {
        code: "TAB001".into(),
        severity: Severity::Error,
        title: String::new(),
        message: message.into(),
        subject: String::new(),
        stated: String::new(),
        expected: String::new(),
        difference: String::new(),
        evidence: Vec::new(),
        basis: String::new(),
        hint: String::new(),
        cause: None,
        consequences: Vec::new(),
        waived: None,
    };
    Report { findings: vec![finding; count], ..Report::default() }
}

fn rows(limits: Limits, report: Report) -> Vec<Vec<String>> {
    let rule = RuleInfo { code: "TAB001".into(), ..RuleInfo::default() };
    let bytes = within(limits, &[report], &[rule], Lang::Zh).unwrap();
    let mut book: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(bytes)).unwrap();
    let range = book.worksheet_range("问题清单").unwrap();
    range.rows().map(|row| row.iter().map(Data::to_string).collect()).collect()
}

#[test]
fn a_full_sheet_says_what_is_missing() {
    let limits = Limits { rows: 8, characters: 100, links: 100 };
    let rows = rows(limits, report(10, "x"));
    assert_eq!(rows.len(), 8);
    assert_eq!(rows[7][0], "另有 4 行超出工作表的容量，未列出");
}

#[test]
fn a_full_cell_says_that_it_was_cut() {
    let limits = Limits { rows: 100, characters: 20, links: 100 };
    // Outside the basic plane a character takes two of the units that Excel counts.
    let cell = &rows(limits, report(1, &"𠮷".repeat(30)))[1][8];
    assert!(cell.ends_with("…（内容过长，已截断）"), "{cell}");
    assert!(cell.encode_utf16().count() <= 20);
}

#[test]
fn links_end_where_excel_ends_them() {
    let limits = Limits { rows: 100, characters: 100, links: 2 };
    let rows = rows(limits, report(5, "x"));
    assert_eq!(rows.iter().filter(|row| row[1] == "TAB001").count(), 5);
}
