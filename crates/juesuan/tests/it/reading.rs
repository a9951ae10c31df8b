//! Files that are no text: web pages and workbooks, checked and read.

use std::collections::BTreeMap;
use std::fs;

use juesuan_model::{Document, Value as Stated};
use juesuan_read::{bind, convert, parse};
use rust_xlsxwriter::Workbook;
use serde_json::Value;

use crate::desk::{CLEAN, COULD_NOT_RUN, FAULTY, FOUND, Folder, call, report, text_of};

const EXAMPLE: &str = "examples/linxi-water-2024";
const TITLE: &str = "青禾省临溪市水务局2024年度部门决算";

fn published(folder: &Folder) -> String {
    let run = call(&["publish", EXAMPLE, "-o", &folder.path("out")]);
    assert_eq!(run.code, CLEAN, "{}{}", run.out, run.err);
    folder.path(&format!("out/{TITLE}"))
}

/// What a document states, by subject: the characters as they are printed, without the signs that
/// part thousands.
fn stated(document: &Document) -> BTreeMap<String, String> {
    let scheme = juesuan_builtin::scheme("cn").unwrap();
    let accounts = bind(document, &scheme);
    let numbers = accounts.facts.iter().filter(|(_, fact)| matches!(fact.value, Stated::Number(_)));
    numbers
        .map(|(_, fact)| (fact.subject.to_string(), fact.printed.replace(",", "").into()))
        .collect()
}

#[test]
fn what_is_published_as_a_page_states_the_same_as_text() {
    let folder = Folder::new();
    let path = published(&folder);
    let text = parse(&fs::read_to_string(format!("{path}.md")).unwrap());
    let page = convert(&fs::read(format!("{path}.html")).unwrap()).unwrap().unwrap();
    let (text, page) = (stated(&text), stated(&page.document));
    assert!(text.len() > 1_400, "{}", text.len());
    assert_eq!(text, page);
    let (_, of_text) = report(&[&format!("{path}.md")]);
    let (code, of_page) = report(&[&format!("{path}.html")]);
    // The page has the steps to the points of each form beside what the text says.
    let count = |report: &Value, what: &str| report["coverage"][what].as_u64().unwrap();
    assert_eq!(code, CLEAN);
    assert_eq!(count(&of_page, "not_checked"), count(&of_text, "not_checked"));
    assert!(count(&of_page, "passed") >= count(&of_text, "passed"));
}

#[test]
fn what_is_published_as_a_workbook_states_the_same_forms() {
    let folder = Folder::new();
    let path = published(&folder);
    let text = stated(&parse(&fs::read_to_string(format!("{path}.md")).unwrap()));
    let book = convert(&fs::read(format!("{path}.xlsx")).unwrap()).unwrap().unwrap();
    let book = stated(&book.document);
    assert!(book.len() > 1_100, "{}", book.len());
    for (subject, amount) in &book {
        assert_eq!(text.get(subject), Some(amount), "{subject}");
    }
    let (code, report) = report(&[&format!("{path}.xlsx")]);
    let above_note = |finding: &&Value| finding["severity"] != "note";
    let told = report["findings"].as_array().unwrap().iter().filter(above_note);
    assert_eq!((code, told.collect::<Vec<_>>()), (CLEAN, Vec::new()));
}

/// The faulty form of a workbook: the total of 三公 is not what its parts add up to.
fn faulty_book(folder: &Folder) -> String {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("三公").unwrap();
    sheet.write(0, 0, "临溪市水务局2024年度部门决算").unwrap();
    sheet.write(1, 0, "财政拨款“三公”经费支出决算表").unwrap();
    sheet.write(2, 0, "部门：临溪市水务局").unwrap().write(2, 2, "金额单位：万元").unwrap();
    let rows = [
        ("项目", "预算数", "决算数"),
        ("合计", "19.00", "12.00"),
        ("因公出国（境）费", "0.00", "0.00"),
        ("公务用车购置及运行维护费", "9.00", "8.00"),
        ("公务用车购置费", "0.00", "0.00"),
        ("公务用车运行维护费", "9.00", "8.00"),
        ("公务接待费", "1.00", "4.00"),
    ];
    for (row, (label, budget, actual)) in (3..).zip(rows) {
        sheet.write(row, 0, label).unwrap();
        sheet.write(row, 1, budget).unwrap().write(row, 2, actual).unwrap();
    }
    sheet.set_row_hidden(6).unwrap();
    let path = folder.path("三公.xlsx");
    book.save(&path).unwrap();
    path
}

#[test]
fn findings_of_a_workbook_lead_to_its_cells() {
    let folder = Folder::new();
    let path = faulty_book(&folder);
    let (code, report) = report(&["--select", "TAB,RDG", &path]);
    assert_eq!(code, FOUND);
    let findings = report["findings"].as_array().unwrap();
    let total = findings.iter().find(|f| f["subject"] == "three_public[total].budget");
    let cells = total.unwrap()["evidence"].as_array().unwrap().iter().map(|e| &e["cell"]);
    assert!(cells.clone().any(|cell| cell == "三公!B5"), "{findings:#?}");
    let hidden = findings.iter().find(|f| f["code"] == "RDG008").unwrap();
    assert_eq!(hidden["severity"], "note");
    assert!(hidden["message"].as_str().unwrap().contains("隐藏了第 7 行"), "{hidden}");
    let shown = call(&["check", "--select", "TAB", &path]).out;
    assert!(shown.contains("三公!B5") && shown.contains("公务接待费 │ 1.00 │ 4.00"), "{shown}");
    assert!(!shown.contains("第 5 行"), "a sheet has no lines: {shown}");
    let sarif = call(&["check", "--select", "TAB", "--format", "sarif", &path]).out;
    assert!(sarif.contains("\"cell\": \"三公!B5\"") && !sarif.contains("startLine"), "{sarif}");
    let page = call(&["check", "--select", "TAB", "--format", "html", &path]).out;
    assert!(page.contains("三公!B5"));
}

#[test]
fn what_is_read_is_shown_in_four_forms() {
    let folder = Folder::new();
    let path = faulty_book(&folder);
    let run = call(&["read", &path]);
    assert_eq!(run.code, CLEAN, "{}", run.err);
    assert!(run.err.contains("隐藏了第 7 行"), "{}", run.err);
    let read: Value = serde_json::from_str(&run.out).unwrap();
    let cell = &read["blocks"][2]["cells"][2];
    assert_eq!((&cell["cell"], &cell["text"]), (&"C3".into(), &"金额单位：万元".into()));
    let of = |format: &str| call(&["read", &path, "--format", format]).out;
    assert!(of("markdown").contains("| 合计 | 19.00 | 12.00 |"));
    assert!(of("csv").contains("合计,19.00,12.00\r\n"));
    assert!(of("html").contains("<td title=\"三公!B5\">19.00</td>"));
    let written = folder.path("三公.md");
    assert_eq!(call(&["read", &path, "--format", "markdown", "-o", &written]).out, "");
    assert_eq!(folder.read("三公.md"), of("markdown"));
}

#[test]
fn what_is_read_of_text_has_lines_and_reads_the_same_again() {
    let folder = Folder::new();
    let run = call(&["read", FAULTY]);
    let read: Value = serde_json::from_str(&run.out).unwrap();
    assert_eq!((&read["blocks"][0]["line"], &read["blocks"][0]["page"]), (&1.into(), &Value::Null));
    let again = folder.path("again.md");
    call(&["read", FAULTY, "--format", "markdown", "-o", &again]);
    let (before, after) = (parse(&text_of(FAULTY)), parse(&folder.read("again.md")));
    assert_eq!(stated(&before), stated(&after));
}

#[test]
fn reading_overwrites_nothing_and_says_what_it_cannot_read() {
    let folder = Folder::new();
    let path = folder.file("a.md", "# 决算");
    assert_eq!(call(&["read", &path, "-o", &path]).code, COULD_NOT_RUN);
    assert_eq!(folder.read("a.md"), "# 决算");
    let picture = folder.file("a.png", b"\x89PNG\r\n\x1a\n");
    let run = call(&["read", &picture]);
    assert_eq!(run.code, COULD_NOT_RUN);
    assert!(run.err.contains("这是图片"), "{}", run.err);
}

#[test]
fn folders_are_checked_with_their_pages_and_workbooks() {
    let folder = Folder::new();
    folder.file("in/a.html", "<!doctype html><p>临溪市水务局2024年度部门决算</p>");
    fs::rename(faulty_book(&folder), folder.path("in/b.xlsx")).unwrap();
    folder.file("in/c.wps", "甲");
    let run = call(&["check", &folder.path("in")]);
    assert!(run.out.contains("合计 2 份"), "{}", run.out);
    assert!(run.err.contains("另有 1 个文件没有检查（wps 1）"), "{}", run.err);
}

#[test]
fn a_file_that_exhausts_its_limits_has_a_finding_and_nothing_passes() {
    let folder = Folder::new();
    let heads = "<td rowspan=200 colspan=200>".repeat(80);
    let table = format!("<table><tr>{heads}</tr>{}", "<tr><td>1</tr>".repeat(190));
    let page = format!("<!doctype html>{}", table.repeat(10));
    let (code, report) = report(&[&folder.file("a.html", &page)]);
    assert_eq!(code, FOUND);
    let findings = report["findings"].as_array().unwrap();
    assert_eq!(findings.len(), 1, "{findings:#?}");
    assert_eq!(
        (&findings[0]["code"], &findings[0]["severity"]),
        (&"RDG008".into(), &"error".into())
    );
    assert!(findings[0]["message"].as_str().unwrap().contains("太大或嵌套太深"), "{findings:#?}");
    assert_eq!(report["coverage"]["passed"], 0);
    assert!(call(&["check", &folder.path("a.html")]).out.contains("太大或嵌套太深"));
}
