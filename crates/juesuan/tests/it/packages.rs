//! Packages of units: empty ones that are written, full ones that are read, and such as are wrong.

use std::fs;
use std::path::Path;

use juesuan_compile::{Package, intake};
use juesuan_model::{Finding, Sheet};
use juesuan_read::{read_sheet, read_workbook};
use juesuan_scheme::Scheme;
use juesuan_scheme::package::{PackageForm, SheetLevel};
use juesuan_write::package::workbook;
use rust_xlsxwriter::{Format, Formula, Workbook, Worksheet};

use crate::desk::{CLEAN, COULD_NOT_RUN, FOUND, Folder, Run, call, root};

const EXAMPLE: &str = "examples/linxi-water-2024";
const UNITS: [&str; 2] = ["临溪市水务局本级", "临溪市水务设施管护中心"];

fn form() -> (PackageForm, Scheme) {
    let mut scheme = juesuan_builtin::scheme("cn").unwrap();
    let form = PackageForm::load(&juesuan_scheme::embedded(), &mut scheme).unwrap();
    (form, scheme)
}

fn read(path: &str, level: SheetLevel) -> (Package, Vec<Finding>) {
    let (form, scheme) = form();
    let sheets = read_workbook(path, &fs::read(path).unwrap()).unwrap();
    intake(&form, &scheme, level, "甲", &sheets)
}

/// The sheets of a folder of the example.
fn sheets(folder: &str) -> Vec<Sheet> {
    let mut sheets = Vec::new();
    for entry in fs::read_dir(root().join(EXAMPLE).join(folder)).unwrap() {
        let path = entry.unwrap().path();
        let part = |part: Option<&std::ffi::OsStr>| part.unwrap().to_str().unwrap().to_owned();
        let text = fs::read_to_string(&path).unwrap();
        let (name, ending) = (part(path.file_stem()), part(path.extension()));
        sheets.push(read_sheet(&name, &ending, &name, &text).unwrap());
    }
    sheets
}

fn codes(findings: &[Finding]) -> Vec<&str> {
    let mut codes: Vec<&str> = findings.iter().map(|finding| &*finding.code).collect();
    codes.sort_unstable();
    codes.dedup();
    codes
}

#[test]
fn an_empty_package_lacks_only_what_must_be_filled_in() {
    let folder = Folder::new();
    let unit = folder.path("甲.xlsx");
    let run = call(&["init", "-o", &unit, "--unit", "水务站"]);
    assert_eq!(run.code, CLEAN, "{}", run.err);
    let (package, findings) = read(&unit, SheetLevel::Unit);
    assert_eq!(codes(&findings), ["PKG006"]);
    assert_eq!(&*package.name, "水务站");
    let department = folder.path("部门.xlsx");
    assert_eq!(call(&["init", "-o", &department, "--department"]).code, CLEAN);
    assert_eq!(codes(&read(&department, SheetLevel::Department).1), [""; 0]);
}

#[test]
fn what_is_filled_in_is_not_overwritten() {
    let folder = Folder::new();
    let path = folder.file("甲.xlsx", "数据");
    let run = call(&["init", "-o", &path]);
    assert_eq!((run.code, folder.read("甲.xlsx").as_str()), (COULD_NOT_RUN, "数据"));
    assert!(run.err.contains("没有覆盖"), "{}", run.err);
    let run = call(&["init", "-o", &folder.path("甲.csv")]);
    assert!(run.err.contains("以 .xlsx 结尾"), "{}", run.err);
}

#[test]
fn the_year_before_is_carried_over_and_must_be_confirmed() {
    let folder = Folder::new();
    let path = folder.path("甲.xlsx");
    let from = format!("{EXAMPLE}/{}", UNITS[0]);
    let run = call(&["init", "-o", &path, "--from", &from]);
    assert_eq!(run.code, CLEAN, "{}{}", run.out, run.err);
    assert!(run.out.contains("待确认"), "{}", run.out);
    let (package, findings) = read(&path, SheetLevel::Unit);
    assert_eq!(codes(&findings), ["PKG006", "PKG017"]);
    assert_eq!((package.year, &*package.code), (Some(2025), "325001"));
    let (form, _) = form();
    let number = |sheet: &str, row: usize, column: &str| {
        let at = form.position(sheet).unwrap();
        let column = form.sheets[at].column(column).unwrap();
        package.sheets[at].entries.get(row).unwrap().number_in(column).unwrap().to_string()
    };
    assert_eq!(number("balances", 0, "opening"), "312500");
    assert_eq!(number("three_public", 1, "prior"), "15600");
    assert_eq!(number("prior", 0, "closing"), "662500");
}

fn publish(folder: &Folder, packages: &str) -> Run {
    call(&["publish", &folder.path(packages), "-o", &folder.path("out")])
}

fn published(folder: &Folder) -> String {
    let files = folder.files();
    let file = files.iter().find(|file| file.starts_with("out") && file.ends_with(".md")).unwrap();
    folder.read(file)
}

#[test]
fn workbooks_give_what_folders_give() {
    let (folders, books) = (Folder::new(), Folder::new());
    folders.copy(EXAMPLE, "in");
    let (form, scheme) = form();
    books.file("in/部门.toml", fs::read(root().join(EXAMPLE).join("部门.toml")).unwrap());
    for (name, level) in [
        ("部门", SheetLevel::Department),
        (UNITS[0], SheetLevel::Unit),
        (UNITS[1], SheetLevel::Unit),
    ] {
        let bytes = workbook(&form, &scheme, level, &sheets(name)).unwrap();
        books.file(&format!("in/{name}.xlsx"), bytes);
    }
    let (from_folders, from_books) = (publish(&folders, "in"), publish(&books, "in"));
    assert_eq!(from_folders.code, CLEAN, "{}", from_folders.out);
    assert_eq!(from_books.code, CLEAN, "{}{}", from_books.out, from_books.err);
    assert_eq!(published(&folders), published(&books));
}

/// A copy of the example in which something is changed.
fn changed(change: impl FnOnce(&Path)) -> Run {
    let folder = Folder::new();
    folder.copy(EXAMPLE, "in");
    change(Path::new(&folder.path("in")));
    publish(&folder, "in")
}

/// A copy of the example in which a file has other words.
fn reworded(file: &str, from: &str, to: &str) -> Run {
    changed(|path| {
        let path = path.join(file);
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.contains(from), "{from}");
        fs::write(path, text.replacen(from, to, 1)).unwrap();
    })
}

/// A copy of the example in which a sheet stands in a workbook.
fn in_workbook(fill: impl FnOnce(&mut Worksheet)) -> Run {
    changed(|path| {
        let folder = path.join(UNITS[0]);
        fs::remove_file(folder.join("政府采购.csv")).unwrap();
        let mut book = Workbook::new();
        let sheet = book.add_worksheet();
        sheet.set_name("政府采购").unwrap();
        for (at, head) in (0..).zip(["类别", "采购金额", "授予中小企业金额"]) {
            sheet.write(0, at, head).unwrap();
        }
        fill(sheet);
        fs::write(folder.join("采购.xlsx"), book.save_to_buffer().unwrap()).unwrap();
    })
}

#[test]
fn faults_of_content_are_told_with_their_place() {
    let unit = |file: &str| format!("{}/{file}", UNITS[0]);
    let (income, public) = (unit("收入.csv"), unit("三公经费.csv"));
    let cases = [
        (reworded(&income, "金额", "数额"), "PKG003", "收入!1"),
        (reworded(&income, "金额", "数额"), "PKG004", "收入!C1"),
        (reworded(&income, "1684200.00", "壹万元"), "PKG005", "收入!C2"),
        (reworded(&income, "1684200.00", "99999999999999999999999"), "PKG005", "收入!C2"),
        (reworded(&income, "1684200.00", "0.001"), "PKG005", "收入!C2"),
        (reworded(&public, "15600.00", "待确认：15600"), "PKG017", "三公经费!C3"),
        (reworded("部门.toml", "325002", "325001"), "PKG010", "单位代码 325001 出现两次"),
        (
            reworded("部门.toml", "\"325002\"", "\"325002\"\n\"上级\" = \"325002\""),
            "PKG010",
            "又归它自己管",
        ),
        (changed(|path| fs::remove_file(path.join(&income)).unwrap()), "PKG001", "收入"),
    ];
    for (run, code, place) in cases {
        assert_eq!(run.code, FOUND, "{code}");
        assert!(run.out.contains(code) && run.out.contains(place), "{code} {place}\n{}", run.out);
    }
}

#[test]
fn faults_of_workbooks_are_told_with_their_place() {
    let plain = Format::new();
    let cases = [
        (
            in_workbook(|sheet| {
                sheet.write(1, 0, "货物").unwrap();
                sheet.write(1, 1, Formula::new("=1+1").set_result("2")).unwrap();
            }),
            "PKG016",
            "政府采购!B2",
        ),
        (
            in_workbook(|sheet| {
                sheet.write(1, 0, "货物").unwrap();
                sheet.write(1, 1, Formula::new("=A9").set_result("#REF!")).unwrap();
            }),
            "PKG005",
            "#REF!",
        ),
        (
            in_workbook(|sheet| {
                sheet.merge_range(1, 0, 2, 0, "货物", &plain).unwrap();
                sheet.write(1, 1, 1).unwrap();
            }),
            "PKG016",
            "A2:A3",
        ),
        (
            in_workbook(|sheet| {
                let date = Format::new().set_num_format("yyyy-mm-dd");
                sheet.write(1, 0, "货物").unwrap();
                sheet.write_with_format(1, 1, 45_000, &date).unwrap();
            }),
            "PKG005",
            "政府采购!B2",
        ),
    ];
    for (run, code, place) in cases {
        assert!(run.out.contains(code) && run.out.contains(place), "{code} {place}\n{}", run.out);
    }
    let date = reworded(&format!("{}/单位信息.toml", UNITS[0]), "\"2025-08-08\"", "45877");
    assert!(date.out.contains("不是日期"), "{}", date.out);
}

#[test]
fn a_workbook_that_cannot_be_read_says_what_to_do() {
    let with = |bytes: &[u8]| {
        let bytes = bytes.to_vec();
        changed(move |path| {
            let folder = path.join(UNITS[0]);
            fs::remove_dir_all(&folder).unwrap();
            fs::write(format!("{}.xlsx", folder.display()), bytes).unwrap();
        })
    };
    let password = fs::read(root().join("crates/juesuan/tests/data/password.xlsx")).unwrap();
    for (bytes, words) in
        [(&*password, "取消密码后另存"), (b"%PDF-1.7", "PDF 文件"), (b"PK\x03\x04", "损坏")]
    {
        let run = with(bytes);
        assert_eq!(run.code, COULD_NOT_RUN);
        assert!(run.err.contains(words), "{}", run.err);
    }
}
