//! A published Word document, edited by people, held against its packages.

use std::fs;
use std::io::{Cursor, Read as _, Write as _};
use std::path::{Path, PathBuf};

use rust_xlsxwriter::Workbook;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use crate::desk::{CLEAN, COULD_NOT_RUN, FOUND, Folder, Run, call, root};
use crate::publishing::{EXAMPLE, TITLE, copy_folder};

/// A copy of the example's packages and what is published from it.
struct Department {
    folder: Folder,
    packages: String,
    docx: String,
}

impl Department {
    fn new() -> Self {
        let folder = Folder::new();
        let packages = folder.path("packages");
        copy_folder(&root().join(EXAMPLE), Path::new(&packages));
        let department = Self { docx: folder.path(&format!("out/{TITLE}.docx")), folder, packages };
        department.publish();
        department
    }

    fn publish(&self) {
        let out = self.folder.path("out");
        let run = call(&["publish", &self.packages, "-o", &out, "--format", "docx"]);
        assert_eq!(run.code, CLEAN, "{}{}", run.out, run.err);
    }

    /// Edits the main part of the document.
    fn edit(&self, edit: impl FnOnce(String) -> String) {
        let bytes = fs::read(&self.docx).unwrap();
        let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        let mut edit = Some(edit);
        for at in 0..archive.len() {
            let mut part = archive.by_index(at).unwrap();
            let name = part.name().unwrap().into_owned();
            let mut text = String::new();
            part.read_to_string(&mut text).unwrap();
            if name == "word/document.xml" {
                text = edit.take().unwrap()(text);
            }
            zip.start_file(name, SimpleFileOptions::default()).unwrap();
            zip.write_all(text.as_bytes()).unwrap();
        }
        fs::write(&self.docx, zip.finish().unwrap().into_inner()).unwrap();
    }

    fn reconcile(&self, more: &[&str]) -> Run {
        call(&[&["reconcile", &self.docx, &self.packages], more].concat())
    }

    fn file(&self, name: &str) -> PathBuf {
        Path::new(&self.packages).join(name)
    }
}

fn once(text: &str, from: &str, to: &str) -> String {
    assert!(text.contains(from), "{from} is not there");
    text.replacen(from, to, 1)
}

/// The paragraph that holds this text, markup aside, as a stretch of the part.
fn paragraph(part: &str, words: &str) -> (usize, usize) {
    let mut from = 0;
    while let Some(start) = part[from..].find("<w:p>").map(|at| from + at) {
        let end = start + part[start..].find("</w:p>").unwrap() + "</w:p>".len();
        let mut text = String::new();
        for piece in part[start..end].split('<') {
            text.push_str(piece.split_once('>').map_or("", |(_, text)| text));
        }
        if text.contains(words) {
            return (start, end);
        }
        from = end;
    }
    panic!("no paragraph {words}");
}

/// What people do: a figure, a direction, a reason and a duty changed, a paragraph deleted, one
/// moved and one added.
fn edited(part: String) -> String {
    let part = once(&part, ">3418.44<", ">3418.54<");
    let at = part.find("与上年相比，收入总计").unwrap();
    let part = part[..at].to_owned() + &once(&part[at..], ">增加<", ">减少<");
    let part =
        once(&part, "供水设施改造的财政投入加大", "供水设施改造的财政投入加大，水价也提高了");
    let mut part = once(&part, "核发排水许可，监督", "核发排水许可并监督");
    let (start, end) = paragraph(&part, "5.附属单位上缴收入");
    part.replace_range(start..end, "");
    let (start, end) = paragraph(&part, "4.经营收入");
    let moved = part[start..end].to_owned();
    part.replace_range(start..end, "");
    let (_, end) = paragraph(&part, "与上年相比，收入总计");
    part.insert_str(end, &format!("{moved}<w:p><w:r><w:t>另有说明见附件。</w:t></w:r></w:p>"));
    part
}

/// As Word saves: words in several runs, marks of its proofing between them.
fn saved_by_word(part: String) -> String {
    let part = part.replace(
        "万元",
        "万</w:t></w:r><w:proofErr w:type=\"spellEnd\"/><w:r w:rsidR=\"00A1\"><w:t>元",
    );
    part.replace("<w:p>", "<w:p w:rsidR=\"00B2\" w:rsidRDefault=\"00B2\">")
}

/// As LibreOffice saves: controls without tags and locks, its own names of styles.
fn saved_by_libreoffice(mut part: String) -> String {
    for (from, to) in [("<w:tag ", "/>"), ("<w:lock ", "/>")] {
        while let Some(start) = part.find(from) {
            let end = start + part[start..].find(to).unwrap() + to.len();
            part.replace_range(start..end, "");
        }
    }
    part.replace("\"BodyText\"", "\"TextBody\"")
        .replace("<w:keepNext/>", "<w:keepNext w:val=\"true\"/>")
}

/// What is said of the edits above.
fn assert_told(run: &Run) {
    assert_eq!((run.code, run.err.as_str()), (FOUND, ""));
    for said in [
        "数字被改 2：不认",
        "收入支出决算总表[总计].金额\n      印作 3418.44　文件里是 3418.54　现在应为 3418.44",
        "印作 增加　文件里是 减少　现在应为 增加",
        "数据包的文字被改 2：--take 写回数据包",
        "      - …涝积水治理，核发排水许可，监督污水",
        "      + …水设施改造的财政投入加大，水价也提高了\n",
        "说明.csv（说明）B2“内容”",
        "移动 1\n  ▍一、收入支出决算总体情况说明\n    4.经营收入0.00万元",
        "删去 1\n  ▍一、收入支出决算总体情况说明\n    5.附属单位上缴收入0.00万元",
        "添加 1\n  ▍一、收入支出决算总体情况说明\n    另有说明见附件。",
        "小结  数字 1472 个没有动，数字被改 2，数据包的文字被改 2，移动 1，删去 1，添加 1",
    ] {
        assert!(run.out.contains(said), "{said}\n{}", run.out);
    }
}

#[test]
fn what_nobody_edited_has_no_changes() {
    let department = Department::new();
    let untouched = |run: Run| {
        assert_eq!(run.code, CLEAN, "{}", run.out);
        assert_eq!(run.out, "小结  数字 1476 个没有动，没有改动\n");
    };
    untouched(department.reconcile(&[]));
    department.edit(saved_by_word);
    untouched(department.reconcile(&[]));
    department.edit(saved_by_libreoffice);
    untouched(department.reconcile(&[]));
}

#[test]
fn edits_are_told_whichever_program_saved_them() {
    for saved in [saved_by_word, saved_by_libreoffice] {
        let department = Department::new();
        department.edit(|part| saved(edited(part)));
        assert_told(&department.reconcile(&[]));
        let english = department.reconcile(&["--lang", "en"]);
        assert!(english.out.contains("figures changed 2: refused"), "{}", english.out);
    }
}

#[test]
fn words_are_taken_over_and_nothing_else_of_the_file_changes() {
    let department = Department::new();
    let (duties, reasons) =
        (department.file("部门/主要职责.csv"), department.file("部门/说明.csv"));
    let before = [&duties, &reasons].map(|path| fs::read_to_string(path).unwrap());
    department.edit(edited);
    let run = department.reconcile(&["--take"]);
    assert_eq!(run.code, FOUND, "a changed figure is left");
    assert!(run.out.contains("已写回 2\n"), "{}", run.out);
    let after = [&duties, &reasons].map(|path| fs::read_to_string(path).unwrap());
    assert_eq!(after[0], once(&before[0], "核发排水许可，监督", "核发排水许可并监督"));
    assert_eq!(after[1], once(&before[1], "的财政投入加大", "的财政投入加大，水价也提高了"));
    let run = department.reconcile(&[]);
    assert!(!run.out.contains("数据包的文字被改"), "{}", run.out);
    department.publish();
    assert_eq!(department.reconcile(&[]).code, CLEAN);
}

#[test]
fn what_changed_in_the_packages_since_is_not_taken_back() {
    let department = Department::new();
    let reasons = department.file("部门/说明.csv");
    let text = fs::read_to_string(&reasons).unwrap();
    let newer = once(&text, "供水设施改造的财政投入加大", "供水设施改造投入加大");
    fs::write(&reasons, &newer).unwrap();
    let run = department.reconcile(&["--take"]);
    assert_eq!(run.code, FOUND);
    assert!(run.out.contains("写出以后数据包改了 1：文件没有动过，请重新写出"), "{}", run.out);
    department.edit(edited);
    let run = department.reconcile(&["--take"]);
    assert!(run.out.contains("文字在文件和数据包里都改了 1"), "{}", run.out);
    assert_eq!(fs::read_to_string(&reasons).unwrap(), newer);
}

#[test]
fn a_workbook_is_not_written_but_told_what_to_enter() {
    let department = Department::new();
    let own = department.file("部门");
    let mut book = Workbook::new();
    let mut names: Vec<_> = fs::read_dir(&own).unwrap().map(|e| e.unwrap().path()).collect();
    names.sort();
    for path in names {
        let name = path.file_stem().unwrap().to_str().unwrap();
        let text = fs::read_to_string(&path).unwrap();
        let sheet = book.add_worksheet();
        sheet.set_name(name).unwrap();
        for row in juesuan_read::read_sheet(name, "csv", "", &text).unwrap().rows {
            for (cell, column) in row.cells.iter().zip(0..) {
                sheet.write_string(row.number - 1, column, cell.shown()).unwrap();
            }
        }
    }
    fs::remove_dir_all(&own).unwrap();
    book.save(department.file("部门.xlsx")).unwrap();
    department.edit(edited);
    let run = department.reconcile(&["--take"]);
    assert_eq!(run.code, FOUND);
    assert!(run.out.contains("工作簿不能就地改，请自己填到 "), "{}", run.out);
    assert!(run.out.contains("部门.xlsx（主要职责）A4“职责”"), "{}", run.out);
    assert!(!run.out.contains("已写回"), "{}", run.out);
}

#[test]
fn another_document_is_refused() {
    let department = Department::new();
    let list = department.file("部门.toml");
    let text = fs::read_to_string(&list).unwrap();
    let refused = |said: &str| {
        let run = department.reconcile(&["--take"]);
        assert_eq!((run.code, run.out.as_str()), (COULD_NOT_RUN, ""));
        assert!(run.err.contains(said), "{}", run.err);
    };
    fs::write(&list, once(&text, "2024", "2023")).unwrap();
    refused("它是 2024 年度的，数据包是 2023 年度的");
    fs::write(&list, once(&text, "青禾省临溪市水务局", "青禾省临溪市林业局")).unwrap();
    refused("它是“青禾省临溪市水务局”的，数据包是“青禾省临溪市林业局”的");
    fs::write(&list, text).unwrap();
    department.edit(|_| {
        "<w:document><w:body><w:p><w:r><w:t>通知</w:t></w:r></w:p></w:body></w:document>".to_owned()
    });
    refused("内容几乎都不同");
    fs::write(&department.docx, "# 决算").unwrap();
    refused("它不是 Word 文件（docx）");
}
