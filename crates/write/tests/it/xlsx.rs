//! The workbook, read back by another library.

use std::io::Cursor;

use calamine::{Data, Reader as _, Xlsx};
use juesuan_model::Lang;
use juesuan_write::xlsx;

use crate::fixture;

type Book = Xlsx<Cursor<Vec<u8>>>;

pub(crate) fn open(bytes: Vec<u8>) -> Book {
    calamine::open_workbook_from_rs(Cursor::new(bytes)).unwrap()
}

pub(crate) fn rows(book: &mut Book, sheet: &str) -> Vec<Vec<Data>> {
    let range = book.worksheet_range(sheet).unwrap();
    range.rows().map(<[Data]>::to_vec).collect()
}

fn text(cell: &Data) -> &str {
    match cell {
        Data::String(text) => text,
        Data::Empty => "",
        other => panic!("{other:?} is no text"),
    }
}

#[test]
fn every_finding_is_a_row() {
    let reports = [fixture::report(), fixture::clean_report()];
    let mut book = open(xlsx::reports(&reports, &fixture::rules(), Lang::Zh).unwrap());
    assert_eq!(book.sheet_names(), ["问题清单", "规则说明", "覆盖情况"]);
    let rows = rows(&mut book, "问题清单");
    let head: Vec<&str> = rows[0].iter().map(text).collect();
    assert_eq!(head[..4], ["级别", "编码", "问题", "文件"]);
    let findings = &reports[0].findings;
    assert_eq!(rows.len(), 1 + findings.len());
    for (row, finding) in rows[1..].iter().zip(findings) {
        assert_eq!(text(&row[0]), finding.severity.label());
        assert_eq!(text(&row[1]), finding.code);
        assert_eq!(text(&row[8]), finding.message);
        assert_eq!(text(&row[9]), finding.stated);
        assert_eq!(text(&row[10]), finding.expected);
        let line = finding.evidence.first().filter(|e| e.page.is_none());
        if let Some(evidence) = line {
            assert_eq!(row[5], Data::Float(f64::from(evidence.line)));
        }
    }
    assert_eq!(text(&rows[6][5]), "第 3 页");
    assert_eq!(text(&rows[3][15]), "王会计：科目调整，已向财政部门说明（至 2025-12-31）");
}

#[test]
fn rules_and_coverage_have_their_sheets() {
    let reports = [fixture::report()];
    let mut book = open(xlsx::reports(&reports, &fixture::rules(), Lang::Zh).unwrap());
    let rules = rows(&mut book, "规则说明");
    assert_eq!(text(&rules[2][0]), "TXT001");
    assert_eq!(text(&rules[2][11]), "R005、E23");
    let coverage = rows(&mut book, "覆盖情况");
    assert_eq!(text(&coverage[1][1]), "某某市青松局 2024 年度部门决算");
    assert_eq!(coverage[1][14], Data::Float(7.0));
    assert_eq!(text(&coverage[3][0]), "未检查不等于通过");
    assert_eq!(coverage.len(), 5 + reports[0].not_checked.len());
}

#[test]
fn nothing_is_a_formula() {
    let mut report = fixture::report();
    for (finding, text) in report.findings.iter_mut().zip(["=1+1", "+1", "-1.00", "@SUM(A1)"]) {
        finding.stated = text.into();
    }
    let mut book = open(xlsx::reports(&[report], &[], Lang::Zh).unwrap());
    let formulas = book.worksheet_formula("问题清单").unwrap();
    assert!(formulas.rows().flatten().all(String::is_empty));
    let rows = rows(&mut book, "问题清单");
    let stated: Vec<&str> = rows[1..5].iter().map(|row| text(&row[9])).collect();
    assert_eq!(stated, ["=1+1", "+1", "-1.00", "@SUM(A1)"]);
}

#[test]
fn a_quote_longer_than_a_cell_is_cut_with_a_note() {
    let mut report = fixture::report();
    report.findings[0].message = "长".repeat(40_000);
    let mut book = open(xlsx::reports(&[report], &[], Lang::En).unwrap());
    let rows = rows(&mut book, "Findings");
    let cell = text(&rows[1][8]);
    assert_eq!(cell.chars().count(), 32_767);
    assert!(cell.ends_with("… (too long, cut)"));
}

#[test]
fn the_same_reports_give_the_same_bytes() {
    let write = || xlsx::reports(&[fixture::report()], &fixture::rules(), Lang::Zh).unwrap();
    let first = write();
    std::thread::sleep(std::time::Duration::from_millis(1_100));
    assert!(first == write(), "a second later the bytes differ");
}
