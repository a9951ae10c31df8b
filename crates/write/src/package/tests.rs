//! What programs read of the workbooks.

use std::io::Cursor;

use calamine::{Data, Reader as _, Xlsx};
use juesuan_model::{Input, SheetRow};

use super::*;

fn form() -> (PackageForm, Scheme) {
    let mut scheme = juesuan_builtin::scheme("cn").unwrap();
    let form = PackageForm::load(&juesuan_scheme::embedded(), &mut scheme).unwrap();
    (form, scheme)
}

fn opened(bytes: &[u8]) -> Xlsx<Cursor<&[u8]>> {
    calamine::open_workbook_from_rs(Cursor::new(bytes)).unwrap()
}

#[test]
fn every_sheet_has_its_head_and_an_example() {
    let (form, scheme) = form();
    for level in [SheetLevel::Unit, SheetLevel::Department] {
        let bytes = workbook(&form, &scheme, level, &[]).unwrap();
        let mut book = opened(&bytes);
        let names = book.sheet_names();
        let of_level = form.sheets.iter().filter(|sheet| sheet.level == level);
        let of_level: Vec<&SheetForm> = of_level.collect();
        let expected = of_level.iter().map(|sheet| sheet.name.to_string());
        let expected: Vec<String> = std::iter::once("填表说明".to_owned())
            .chain(expected)
            .chain(["目录".to_owned()])
            .collect();
        assert_eq!(names, expected);
        for sheet in of_level.iter().filter(|sheet| !sheet.is_fields) {
            let range = book.worksheet_range(&sheet.name).unwrap();
            let head: Vec<String> =
                range.rows().next().unwrap().iter().map(ToString::to_string).collect();
            let names: Vec<String> = sheet.columns.iter().map(|c| c.name.to_string()).collect();
            assert_eq!(head, names);
            assert!(range.get((1, 0)).unwrap().to_string().starts_with("例："));
        }
    }
}

#[test]
fn what_is_known_is_filled_in_by_its_head() {
    let (form, scheme) = form();
    let row = |number, cells: &[&str]| SheetRow {
        number,
        cells: cells.iter().map(|cell| Input::typed(cell)).collect(),
    };
    let rows = vec![
        row(1, &["决算", "项目", "全年预算"]),
        row(2, &["1,200.50", "公务接待费", "待确认：1"]),
    ];
    let known = Sheet { name: "三公经费".into(), rows, ..Sheet::default() };
    let bytes = workbook(&form, &scheme, SheetLevel::Unit, &[known]).unwrap();
    let range = opened(&bytes).worksheet_range("三公经费").unwrap();
    let text = |text: &str| Data::String(text.to_owned());
    let third: Vec<Data> = range.rows().nth(2).unwrap().to_vec();
    assert_eq!(third[..3], [text("公务接待费"), text("待确认：1"), Data::Float(1200.5)]);
}

#[test]
fn the_same_package_is_the_same_bytes() {
    let (form, scheme) = form();
    let write = || workbook(&form, &scheme, SheetLevel::Unit, &[]).unwrap();
    assert_eq!(write(), write());
}
