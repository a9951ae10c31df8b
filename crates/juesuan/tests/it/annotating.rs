//! A PDF with its findings marked on it, and its pages shown in a report.

use crate::desk::{CLEAN, COULD_NOT_RUN, FAULTY, FOUND, Folder, call, report};
use crate::pages::pdf_with;

/// Two full stops on the second page, and no section that a disclosure must have.
const PAGES: [&[&str]; 2] = [
    &["临溪市水务局2024年度部门决算"],
    &["第一部分　概况", "一、主要职责", "负责城乡供水管理。。"],
];

/// What was appended to a file, as text: objects are written in plain.
fn appended(old: &[u8], new: &[u8]) -> String {
    assert!(new.starts_with(old), "the bytes of the original stay");
    String::from_utf8_lossy(&new[old.len()..]).into_owned()
}

/// Characters as the strings of a PDF hold them.
fn written(text: &str) -> String {
    text.encode_utf16().map(|unit| format!("{unit:04X}")).collect()
}

fn bytes(folder: &Folder, name: &str) -> Vec<u8> {
    std::fs::read(folder.path(name)).unwrap()
}

#[test]
fn findings_are_marked_where_they_stand() {
    let folder = Folder::new();
    let old = pdf_with(&PAGES, "", &[]);
    let (path, marked) = (folder.file("a.pdf", &old), folder.path("new/marked.pdf"));
    let run = call(&["check", &path, "--annotate", &marked]);
    assert_eq!((run.code, run.err.as_str()), (FOUND, ""));
    assert_eq!(run.out, call(&["check", &path]).out, "the report is the same");
    let new = bytes(&folder, "new/marked.pdf");
    let notes = appended(&old, &new);
    // Left, top, right and bottom as the report has them: 208, 147, 240, 164 of 842 points.
    assert!(
        notes.contains("/QuadPoints[208.0 695.0 240.0 695.0 208.0 678.0 240.0 678.0]"),
        "{notes}"
    );
    assert!(notes.contains(&written("DOC011")), "{notes}");
    assert!(notes.contains("/T(juesuan)") && notes.contains("/AP<<"), "{notes}");
    assert!(notes.contains(&written("（不等于通过）")), "what was not checked is said");
    assert!(!notes.contains("/CreationDate"), "same input, same bytes");
    let findings = |path: &str| report(&[path]).1["findings"].clone();
    assert_eq!(findings(&marked), findings(&path), "marks are not read");
    let again = folder.path("again.pdf");
    call(&["check", &path, "--annotate", &again]);
    assert_eq!(bytes(&folder, "again.pdf"), new);
}

#[test]
fn pages_that_are_turned_and_marks_that_are_there_are_respected() {
    let folder = Folder::new();
    let link = "<</Type/Annot/Subtype/Link/Rect[0 0 9 9]>>";
    let old = pdf_with(&PAGES, "/Rotate 90/Annots 5 0 R", &[&format!("[{link}]")]);
    let path = folder.file("a.pdf", &old);
    let run = call(&["check", &path, "--annotate", &folder.path("b.pdf"), "--format", "json"]);
    assert_eq!(run.code, FOUND, "{}", run.err);
    let notes = appended(&old, &bytes(&folder, "b.pdf"));
    // Its reader sees the line run down the page: its upper left corner is the lower left in the file.
    let place = "/QuadPoints[80.0 678.0 80.0 695.0 240.0 678.0 240.0 695.0]";
    assert!(notes.contains(place), "{notes}");
    assert_eq!(notes.matches("/Subtype/Link").count(), 2, "one on each page: {notes}");
}

#[test]
fn without_findings_the_first_page_says_what_was_checked() {
    let folder = Folder::new();
    let old = pdf_with(&PAGES, "", &[]);
    let path = folder.file("a.pdf", &old);
    let marked = folder.path("b.pdf");
    let run = call(&["check", &path, "--annotate", &marked, "--select", "XTB"]);
    assert_eq!(run.code, CLEAN, "{}", run.err);
    let notes = appended(&old, &bytes(&folder, "b.pdf"));
    assert_eq!(notes.matches("/Subtype/Text").count(), 1, "{notes}");
    assert_eq!(notes.matches("/Subtype/Highlight").count(), 0, "{notes}");
    assert!(notes.contains(&written("没有发现问题")), "{notes}");
}

#[test]
fn accepted_findings_are_marked_as_such() {
    let folder = Folder::new();
    let old = pdf_with(&PAGES, "", &[]);
    let path = folder.file("a.pdf", &old);
    let waivers = "[[waive]]\ncode = \"DOC011\"\nsubject = \"*\"\nnote = \"引文\"\nwho = \"王\"\n";
    let waivers = folder.file("w.toml", waivers);
    let marked = folder.path("b.pdf");
    let args = ["check", &path, "--annotate", &marked, "--waive", &waivers, "--select", "DOC011"];
    assert_eq!(call(&args).code, CLEAN);
    let notes = appended(&old, &bytes(&folder, "b.pdf"));
    assert!(notes.contains(&written("已接受：王：引文")), "{notes}");
}

#[test]
fn what_cannot_be_annotated_is_refused_before_anything_is_written() {
    let folder = Folder::new();
    let pdf = folder.file("in/a.pdf", pdf_with(&PAGES, "", &[]));
    let other = folder.file("in/b.pdf", pdf_with(&PAGES, "", &[]));
    let out = folder.path("out.pdf");
    let inside = folder.path("in");
    let refused: [(&[&str], &str); 5] = [
        (&[FAULTY, "--annotate", &out], "只能批注 PDF"),
        (&[&pdf, "--annotate", &pdf], "批注会把它覆盖掉"),
        (&[&pdf, "--annotate", &out, "-o", &out], "一份会覆盖另一份"),
        (&[&pdf, &other, "--annotate", &out], "一次只批注一份"),
        (&[&inside, "--annotate", &out], "一次只批注一份"),
    ];
    for (args, said) in refused {
        let run = call(&[&["check"], args].concat());
        assert_eq!((run.code, run.out.as_str()), (COULD_NOT_RUN, ""), "{args:?}");
        assert!(run.err.contains(said), "{args:?}: {}", run.err);
        assert_eq!(folder.files(), ["in/a.pdf", "in/b.pdf"], "{args:?}");
    }
}

#[test]
fn a_pdf_that_cannot_be_written_costs_no_report() {
    let folder = Folder::new();
    let path = folder.file("a.pdf", pdf_with(&PAGES, "", &[]));
    let run = call(&["check", &path, "--annotate", &format!("{path}/b.pdf")]);
    assert_eq!(run.code, COULD_NOT_RUN);
    assert!(run.err.contains("路径中有一段"), "{}", run.err);
    assert!(run.out.contains("DOC011"), "{}", run.out);
    assert_eq!(folder.files(), ["a.pdf"]);
}

#[test]
fn the_page_for_browsers_shows_the_pages_with_findings() {
    let folder = Folder::new();
    let path = folder.file("a.pdf", pdf_with(&PAGES, "", &[]));
    let run = call(&["check", &path, "--format", "html", "--select", "DOC011"]);
    assert_eq!((run.code, run.err.as_str()), (FOUND, ""));
    assert_eq!(
        run.out.matches("<img src=\"data:image/png;base64,").count(),
        1,
        "one page has findings"
    );
    assert!(run.out.contains("id=\"page-2\"") && !run.out.contains("id=\"page-1\""));
    // 208, 147, 240 and 164 points of 595 and 842.
    let place = "style=\"left:34.9";
    assert!(run.out.contains(place), "{}", run.out.len());
    for link in ["href=\"#f-1\"", "id=\"f-1\"", "href=\"#s-0\"", "id=\"s-0\""] {
        assert!(run.out.contains(link), "{link}");
    }
    assert!(
        !call(&["check", FAULTY, "--format", "html"]).out.contains("<img"),
        "a text has no pages"
    );
}
