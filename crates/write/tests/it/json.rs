//! JSON and its schema.

use juesuan_write::json::{SCHEMA, report, reports};
use serde_json::Value;

use crate::fixture;

#[test]
fn the_shape_is_a_promise() {
    insta::assert_snapshot!(report(&fixture::report()));
}

#[test]
fn what_is_written_keeps_to_the_schema() {
    let schema: Value = serde_json::from_str(SCHEMA).unwrap();
    assert!(jsonschema::meta::is_valid(&schema));
    let validator = jsonschema::validator_for(&schema).unwrap();
    let all = [fixture::report(), fixture::clean_report()];
    for text in [report(&all[0]), report(&all[1]), reports(&all), reports(&[])] {
        let value: Value = serde_json::from_str(&text).unwrap();
        let errors: Vec<String> = validator.iter_errors(&value).map(|e| e.to_string()).collect();
        assert!(errors.is_empty(), "{errors:#?}");
        assert!(text.ends_with('\n'));
    }
}

#[test]
fn the_schema_refuses_what_breaks_the_promise() {
    let schema: Value = serde_json::from_str(SCHEMA).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let mut value: Value = serde_json::from_str(&report(&fixture::report())).unwrap();
    value["findings"][0]["severity"] = "fatal".into();
    assert!(!validator.is_valid(&value));
    value["findings"][0]["severity"] = "error".into();
    value["coverage"].as_object_mut().unwrap().remove("not_checked");
    assert!(!validator.is_valid(&value));
}

#[test]
fn one_document_is_an_object_and_several_are_an_array() {
    let all = [fixture::report(), fixture::clean_report()];
    assert!(report(&all[0]).starts_with('{'));
    assert!(reports(&all).starts_with('['));
}

#[test]
fn a_report_is_pretty_as_serde_json_makes_it() {
    for report in [fixture::report(), juesuan_model::Report::default()] {
        let mut written = Vec::new();
        juesuan_write::json::write(&report, &mut written).unwrap();
        let pretty = serde_json::to_string_pretty(&report).unwrap();
        assert_eq!(String::from_utf8(written).unwrap(), pretty);
    }
}
