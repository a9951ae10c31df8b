//! The example printed and saved by LibreOffice, where it is installed.

use std::process::Command;

use serde_json::Value;

use crate::desk::{FAULTY, Folder, REPAIRED, call, report};

/// Whether there is LibreOffice, and a font for it to print Chinese with.
fn is_installed() -> bool {
    let fonts = Command::new("fc-list").args([":lang=zh", "family"]).output();
    Command::new("soffice").arg("--version").output().is_ok_and(|told| told.status.success())
        && fonts.is_ok_and(|told| !told.stdout.is_empty())
}

/// A document as a page, its tables with or without rules, converted to a file of an ending.
fn converted(source: &str, is_ruled: bool, ending: &str, folder: &Folder) -> String {
    let page = call(&["read", source, "--format", "html"]).out;
    // LibreOffice takes borders from the attribute only.
    let border = format!("<table border=\"{}\" cellspacing=\"0\"", u8::from(is_ruled));
    let page = page.replace("<table", &border).replace("border:1px solid #999;", "");
    let path = folder.file("page.html", page);
    let profile = format!("-env:UserInstallation=file://{}", folder.path("profile"));
    let done = Command::new("soffice")
        .args(["--headless", &profile, "--infilter=HTML (StarWriter)", "--convert-to", ending])
        .args(["--outdir", &folder.path("."), &path])
        .output()
        .unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    folder.path(&format!("page.{ending}"))
}

/// Codes and messages of all findings, in order, and how many figures were bound.
fn told(path: &str) -> (Vec<String>, u64) {
    let (_, report) = report(&[path]);
    let told = |finding: &Value| format!("{} {}", finding["code"], finding["message"]);
    // What the file holds besides, such as comments, is not the document's.
    let own = report["findings"].as_array().unwrap().iter().filter(|one| one["code"] != "RDG008");
    let mut findings: Vec<String> = own.map(told).collect();
    findings.sort();
    (findings, report["coverage"]["figures"].as_u64().unwrap())
}

#[test]
fn printed_and_saved_it_says_what_the_text_says() {
    if !is_installed() {
        return;
    }
    let text = told(FAULTY);
    for ending in ["pdf", "docx"] {
        let folder = Folder::new();
        let path = converted(FAULTY, true, ending, &folder);
        assert_eq!(told(&path), text, "{ending}");
    }
}

#[test]
fn printed_without_rules_a_clean_document_is_not_accused() {
    if !is_installed() {
        return;
    }
    let folder = Folder::new();
    let path = converted(REPAIRED, false, "pdf", &folder);
    let (_, report) = report(&[&path]);
    let findings = report["findings"].as_array().unwrap();
    let faults: Vec<&Value> = findings.iter().filter(|one| one["severity"] != "note").collect();
    assert!(faults.is_empty(), "{faults:#?}");
    // The forms are read all the same.
    assert!(report["coverage"]["passed"].as_u64().unwrap() > 3_000);
}
