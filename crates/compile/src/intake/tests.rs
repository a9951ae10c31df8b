//! Sheets as units hand them in, with what they get wrong.

use juesuan_model::{Remark, RemarkKind};

use super::*;

fn form() -> (PackageForm, Scheme) {
    let mut scheme = juesuan_builtin::scheme("cn").unwrap();
    let form = PackageForm::load(&juesuan_scheme::embedded(), &mut scheme).unwrap();
    (form, scheme)
}

fn sheet(name: &str, rows: &[&[&str]]) -> Sheet {
    let rows = (1..).zip(rows).map(|(number, cells)| SheetRow {
        number,
        cells: cells.iter().map(|cell| Input::typed(cell)).collect(),
    });
    Sheet { name: name.into(), file: "甲.xlsx".into(), rows: rows.collect(), ..Sheet::default() }
}

/// Package and findings of these sheets, without those that are missing.
fn taken(sheets: &[Sheet]) -> (Package, Vec<Finding>) {
    let (form, scheme) = form();
    let (package, mut findings) = intake(&form, &scheme, SheetLevel::Unit, "甲", sheets);
    findings.retain(|finding| finding.code != "PKG001");
    (package, findings)
}

fn told(findings: &[Finding]) -> Vec<(&str, &str)> {
    findings.iter().map(|finding| (&*finding.code, &*finding.subject)).collect()
}

const PUBLIC: &[&str] = &["项目", "全年预算", "决算", "上年决算"];

#[test]
fn examples_and_sheets_that_explain_are_passed_over() {
    let sheets = [
        sheet("填表说明", &[&["随便写"]]),
        sheet("Sheet1", &[]),
        sheet("三公经费", &[PUBLIC, &["例：公务接待费", "壹万"], &["公务接待费", "1", "2", "3"]]),
    ];
    let (package, findings) = taken(&sheets);
    assert_eq!(told(&findings), []);
    let rows: usize = package.sheets.iter().map(|rows| rows.entries.len()).sum();
    assert_eq!(rows, 1);
}

#[test]
fn what_was_carried_over_must_be_confirmed() {
    let sheets = [sheet("三公经费", &[PUBLIC, &["公务接待费", "待确认：1", "2", "3"]])];
    let (package, findings) = taken(&sheets);
    assert_eq!(told(&findings), [("PKG017", "三公经费!B2")]);
    // It is read all the same, so that nothing follows from it.
    let entry = package.sheets.iter().find_map(|rows| rows.entries.get(0)).unwrap();
    assert_eq!(entry.value(1), Datum::Number(1.into()));
}

#[test]
fn fields_may_have_a_head_and_nothing_beside_them_is_lost() {
    let rows: &[&[&str]] = &[
        &["项目", "内容"],
        &["购置公务用车数", "1"],
        &["购置公务用车数", "2"],
        &["公务用车保有量", "3", "另有一辆"],
        &["", "7"],
    ];
    let (_, findings) = taken(&[sheet("三公数量", rows)]);
    assert_eq!(
        told(&findings),
        [("PKG004", "三公数量!A3"), ("PKG004", "三公数量!C4"), ("PKG004", "三公数量!B5")]
    );
}

#[test]
fn what_stands_below_no_head_is_told() {
    let rows: &[&[&str]] = &[PUBLIC, &["公务接待费", "1", "2", "3", "", "附注"]];
    let (_, findings) = taken(&[sheet("三公经费", rows)]);
    assert_eq!(told(&findings), [("PKG004", "三公经费!F2")]);
    assert_eq!(findings[0].severity, Severity::Warning);
}

#[test]
fn one_sheet_is_handed_in_once() {
    let twice = sheet("三公经费", &[PUBLIC]);
    let (_, findings) = taken(&[twice.clone(), twice]);
    assert_eq!(told(&findings), [("PKG013", "三公经费")]);
}

#[test]
fn what_workbooks_hold_besides_values_has_its_place() {
    let remark = |row, column, kind| Remark { row, column, kind };
    let remarks = vec![
        remark(0, None, RemarkKind::HiddenSheet),
        remark(4, Some(2), RemarkKind::Formulas(3)),
        remark(5, Some(0), RemarkKind::Merged("A5:A7".into())),
    ];
    let (_, findings) = taken(&[Sheet { remarks, ..sheet("三公经费", &[PUBLIC]) }]);
    assert_eq!(
        told(&findings),
        [("PKG016", "三公经费"), ("PKG016", "三公经费!C4"), ("PKG016", "三公经费!A5")]
    );
    let severities: Vec<Severity> = findings.iter().map(|finding| finding.severity).collect();
    assert_eq!(severities, [Severity::Note, Severity::Warning, Severity::Error]);
}
