//! Writes reports into the build folder, for the eye: `cargo test -- --ignored look`.

use std::path::PathBuf;

use juesuan_model::Lang;
use juesuan_write::{SourceText, html, sarif, text, xlsx};

use crate::fixture;

#[test]
#[ignore = "for the eye"]
fn look() {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR"));
    let write = |name: &str, bytes: &[u8]| std::fs::write(folder.join(name), bytes).unwrap();
    write("report-zh.html", crate::html::page(Lang::Zh).as_bytes());
    write("report-en.html", crate::html::page(Lang::En).as_bytes());
    let nothing = fixture::clean_report();
    let page = html::report(&nothing, &SourceText::default(), &[], Lang::Zh);
    write("report-nothing.html", page.as_bytes());
    let (reports, rules) = ([fixture::report(), nothing], fixture::rules());
    write("report-zh.xlsx", &xlsx::reports(&reports, &rules, Lang::Zh).unwrap());
    write("report-en.xlsx", &xlsx::reports(&reports[..1], &rules, Lang::En).unwrap());
    write("report.sarif", sarif::reports(&reports, &rules, Lang::Zh).as_bytes());
    let source = fixture::source();
    let options = text::TextOptions { color: true, ..text::TextOptions::default() };
    let colored = text::report(&reports[0], &SourceText::new(&source), options);
    write("report.ansi", colored.as_bytes());
}
