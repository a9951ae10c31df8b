//! Workbooks as spreadsheets and programs write them, and such as nobody should.

use juesuan_model::Input;
use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook, Worksheet};

use super::*;

fn book(fill: impl FnOnce(&mut Worksheet)) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.set_name("支出").unwrap();
    fill(sheet);
    book.save_to_buffer().unwrap()
}

fn read(bytes: &[u8]) -> Result<Sheet, PackageError> {
    Ok(read_workbook("甲.xlsx", bytes)?.remove(0))
}

fn number(text: &str) -> Input {
    Input::Number(text.parse().unwrap())
}

#[test]
fn cells_are_read_as_what_they_are() {
    let date = Format::new().set_num_format("yyyy-mm-dd");
    let percent = Format::new().set_num_format("0.00%");
    let bytes = book(|sheet| {
        sheet.write(0, 0, "资金性质 ").unwrap();
        sheet.write(0, 1, "金额").unwrap();
        sheet.write(2, 0, "甲").unwrap();
        sheet.write(2, 1, 4.35).unwrap();
        sheet.write_with_format(2, 3, ExcelDateTime::from_ymd(2025, 8, 8).unwrap(), &date).unwrap();
        sheet.write_with_format(3, 0, 0.9167, &percent).unwrap();
        sheet.write(3, 1, true).unwrap();
        sheet.write(4, 0, "  ").unwrap();
    });
    let sheet = read(&bytes).unwrap();
    let text = |text: &str| Input::Text(text.into());
    let rows: Vec<(u32, &[Input])> = sheet.rows.iter().map(|r| (r.number, &*r.cells)).collect();
    let third = [text("甲"), number("4.35"), Input::Empty, Input::Date("2025-08-08".into())];
    assert_eq!(
        rows,
        [
            (1, &[text("资金性质"), text("金额")][..]),
            (3, &third[..]),
            (4, &[text("91.67%"), text("是")][..]),
        ]
    );
    assert_eq!(sheet.remarks, []);
}

#[test]
fn formulas_merged_cells_and_hidden_rows_are_told() {
    let bytes = book(|sheet| {
        sheet.write(0, 0, "金额").unwrap();
        sheet.write(1, 0, Formula::new("=0.1+0.2").set_result("0.30000000000000004")).unwrap();
        sheet.write(3, 0, Formula::new("=A9").set_result("#REF!")).unwrap();
        sheet.write(4, 0, Formula::new("=1").set_result("1")).unwrap();
        sheet.merge_range(5, 0, 6, 1, "合", &Format::new()).unwrap();
        sheet.set_row_hidden(4).unwrap();
    });
    let sheet = read(&bytes).unwrap();
    assert_eq!(sheet.rows[1].cells, [number("0.3")]);
    assert!(matches!(&sheet.rows[2].cells[0], Input::Unusable(why) if why.contains("#REF!")));
    let at = |row, kind| Remark { row, column: Some(0), kind };
    assert_eq!(
        sheet.remarks,
        [
            remark(RemarkKind::HiddenRows("5".into())),
            at(2, RemarkKind::Formulas(2)),
            at(6, RemarkKind::Merged("A6:B7".into())),
        ]
    );
}

#[test]
fn sheets_that_are_not_shown_are_read() {
    let mut book = Workbook::new();
    book.add_worksheet().set_name("收入").unwrap();
    let second = book.add_worksheet();
    second.set_name("支出").unwrap().set_hidden(true).write(0, 0, "金额").unwrap();
    let sheets = read_workbook("甲.xlsx", &book.save_to_buffer().unwrap()).unwrap();
    assert_eq!(sheets[1].remarks, [remark(RemarkKind::HiddenSheet)]);
    assert_eq!(sheets[1].rows.len(), 1);
}

#[test]
fn old_workbooks_are_read_too() {
    let bytes = include_bytes!("../../../tests/data/old.xls");
    let sheets = read_workbook("甲.xls", bytes).unwrap();
    let [first, second] = &*sheets else { panic!("{sheets:?}") };
    let date = Input::Date("2025-08-08".into());
    assert_eq!(first.rows[1].cells, [Input::Text("甲".into()), number("4.35"), date]);
    assert_eq!(first.rows[2].cells[1], number("5.35"));
    assert!(matches!(&first.rows[3].cells[1], Input::Unusable(why) if why.contains("#DIV/0!")));
    let at = |row, column, kind| Remark { row, column: Some(column), kind };
    let formulas = at(3, 1, RemarkKind::Formulas(1));
    assert_eq!(first.remarks, [formulas, at(5, 0, RemarkKind::Merged("A5:A6".into()))]);
    assert_eq!(second.remarks, [remark(RemarkKind::HiddenSheet)]);
}

/// An archive of these parts, deflated.
fn archive(parts: &[(&str, &[u8])]) -> Vec<u8> {
    use std::io::Write as _;
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        archive.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        archive.write_all(content).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

const TYPES: &[u8] = b"<Types/>";
const ROOT: &[u8] =
    br#"<Relationships><Relationship Id="r1" Type="t/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
const BOOK: &[u8] =
    br#"<workbook xmlns:r="r"><sheets><sheet name="A" sheetId="1" r:id="r1"/></sheets></workbook>"#;
const RELATIONS: &[u8] =
    br#"<Relationships><Relationship Id="r1" Type="t/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#;

fn with_sheet(sheet: &[u8]) -> Vec<u8> {
    archive(&[
        ("[Content_Types].xml", TYPES),
        ("_rels/.rels", ROOT),
        ("xl/workbook.xml", BOOK),
        ("xl/_rels/workbook.xml.rels", RELATIONS),
        ("xl/worksheets/sheet1.xml", sheet),
    ])
}

#[test]
fn too_many_rows_are_not_kept() {
    use std::fmt::Write as _;
    let mut xml = String::from("<worksheet><sheetData>");
    for row in 1..=1_000_001_u32 {
        let _ = write!(xml, r#"<row r="{row}"><c r="A{row}"><v>1</v></c></row>"#);
    }
    let full = format!("{xml}</sheetData></worksheet>");
    let too_many = PackageError::TooManyRows { sheet: "A".to_owned() };
    assert_eq!(read(&with_sheet(full.as_bytes())), Err(too_many));
    // No spreadsheet has more, not even empty ones.
    let rows = "<row/>".repeat(1_048_577);
    let beyond = format!("<worksheet><sheetData>{rows}</sheetData></worksheet>");
    let too_many = PackageError::TooManyRows { sheet: "A".to_owned() };
    assert_eq!(read(&with_sheet(beyond.as_bytes())), Err(too_many));
}

#[test]
fn bombs_are_not_unpacked() {
    let zeros = vec![b' '; 40 << 20];
    let bytes = with_sheet(&zeros);
    assert!(bytes.len() < 1 << 20);
    assert!(matches!(read(&bytes), Err(PackageError::TooLarge { .. })));
    let beside = archive(&[("xl/workbook.xml", BOOK), ("xl/media/1.png", &zeros)]);
    assert!(matches!(read(&beside), Err(PackageError::TooLarge { .. })));
}

#[test]
fn formulas_without_a_value_cannot_be_used() {
    let xml = b"<worksheet><sheetData><row r=\"1\"><c r=\"A1\"><f>1+1</f></c></row></sheetData></worksheet>";
    let sheet = read(&with_sheet(xml)).unwrap();
    assert!(matches!(&sheet.rows[0].cells[0], Input::Unusable(why) if why.contains("重算")));
    assert_eq!(sheet.remarks, []);
}

#[test]
fn macros_are_told_and_left_alone() {
    let sheet = b"<worksheet><sheetData><row r=\"1\"><c r=\"A1\"><v>1</v></c></row></sheetData></worksheet>";
    let bytes = archive(&[
        ("[Content_Types].xml", TYPES),
        ("_rels/.rels", ROOT),
        ("xl/workbook.xml", BOOK),
        ("xl/_rels/workbook.xml.rels", RELATIONS),
        ("xl/worksheets/sheet1.xml", sheet),
        ("xl/vbaProject.bin", b"Sub"),
    ]);
    let sheet = read(&bytes).unwrap();
    assert_eq!(sheet.remarks, [remark(RemarkKind::Macros)]);
    assert_eq!(sheet.rows[0].cells, [number("1")]);
}

#[test]
fn what_is_no_workbook_is_named() {
    let kind = |bytes: &[u8]| match read(bytes) {
        Err(PackageError::NotWorkbook(kind)) => kind,
        other => panic!("{other:?}"),
    };
    assert_eq!(kind(b""), "空文件");
    assert_eq!(kind(b"%PDF-1.7"), "PDF 文件");
    assert_eq!(kind(&archive(&[("word/document.xml", b"<a/>")])), "Word 文件（docx）");
    assert_eq!(kind(&archive(&[("甲.csv", b"1")])), "压缩文件");
    let damaged = with_sheet(b"<worksheet><sheetData><row");
    assert!(matches!(read(&damaged), Err(PackageError::Damaged { .. })));
    let cut = book(|_| {});
    assert!(matches!(read(&cut[..cut.len() / 2]), Err(PackageError::Damaged { .. })));
}

proptest::proptest! {
    #![proptest_config(proptest::test_runner::Config::with_cases(64))]
    #[test]
    fn no_bytes_stop_it(noise in proptest::collection::vec(proptest::num::u8::ANY, 1..40), at in 0_usize..6000) {
        let mut bytes = book(|sheet| { sheet.write(0, 0, "金额").unwrap(); });
        let length = bytes.len();
        for (offset, byte) in noise.iter().enumerate() {
            bytes[(at + offset * 7) % length] ^= byte;
        }
        let _ = read_workbook("甲.xlsx", &bytes);
    }
}
