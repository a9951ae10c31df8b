//! JSON that others rely on: it keeps to the published schema, whatever was checked.

use juesuan_write::json::SCHEMA;
use serde_json::Value;

use crate::desk::{COULD_NOT_RUN, FAULTY, FOUND, Folder, REPAIRED, call, juesuan, report, text_of};

fn assert_valid(report: &Value) {
    let schema: Value = serde_json::from_str(SCHEMA).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let errors: Vec<String> = validator.iter_errors(report).map(|e| e.to_string()).collect();
    assert!(errors.is_empty(), "{errors:#?}");
}

#[test]
fn one_document_is_one_object() {
    for lang in ["zh", "en"] {
        let (code, report) = report(&[FAULTY, "--lang", lang]);
        assert_eq!(code, FOUND);
        assert_valid(&report);
        assert_eq!(report["document"]["path"], FAULTY);
        assert_eq!(report["document"]["scheme"], "cn");
        assert_eq!(report["document"]["year"], 2024);
    }
}

#[test]
fn several_documents_are_an_array_in_the_order_given() {
    let (code, reports) = report(&[REPAIRED, FAULTY]);
    assert_eq!(code, FOUND);
    assert_valid(&reports);
    let paths: Vec<&Value> =
        reports.as_array().unwrap().iter().map(|report| &report["document"]["path"]).collect();
    assert_eq!(paths, [REPAIRED, FAULTY]);
}

#[test]
fn a_folder_is_an_array_even_of_one() {
    let folder = Folder::new();
    folder.file("部门/决算.MD", text_of(REPAIRED));
    folder.file("旧报告.md.report.txt", "部门决算检查报告");
    let (_, reports) = report(&[&folder.path("")]);
    assert_valid(&reports);
    assert_eq!(reports.as_array().unwrap().len(), 1);
}

#[test]
fn a_document_that_fails_is_left_out_of_the_array_and_the_run_fails() {
    let folder = Folder::new();
    let empty = folder.file("empty.md", "");
    let (code, reports) = report(&[&empty, FAULTY]);
    assert_eq!(code, COULD_NOT_RUN);
    assert_valid(&reports);
    assert_eq!(reports.as_array().unwrap().len(), 1);
    let (code, reports) = report(&[&empty, "nowhere.md"]);
    assert_eq!((code, reports), (COULD_NOT_RUN, Value::Array(Vec::new())));
}

#[test]
fn standard_input_is_a_document() {
    let mut command = juesuan(&["check", "-", "--format", "json"]);
    let output = command.write_stdin(text_of(FAULTY)).output().unwrap();
    let from_stdin: Value = serde_json::from_slice(&output.stdout).unwrap();
    let (_, from_file) = report(&[FAULTY]);
    assert_eq!(from_stdin["findings"], from_file["findings"]);
    assert_eq!(from_stdin["document"]["path"], "-");
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    for format in ["text", "json", "sarif", "html"] {
        let once = call(&["check", FAULTY, "--format", format]);
        assert_eq!(once.out, call(&["check", FAULTY, "--format", format]).out, "{format}");
    }
}
