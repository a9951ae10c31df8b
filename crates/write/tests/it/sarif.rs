//! SARIF and its official schema.

use juesuan_model::Lang;
use juesuan_write::sarif;
use serde_json::Value;

use crate::fixture;

const SCHEMA: &str = include_str!("../schemas/sarif-schema-2.1.0.json");

/// The official schema with its one misprint mended: a pattern with an unmatched bracket, which
/// strict engines refuse.
fn schema() -> Value {
    let misprint = r#""^[a-zA-Z]{2}|^[a-zA-Z]{2}-[a-zA-Z]{2}]?$""#;
    assert!(SCHEMA.contains(misprint));
    serde_json::from_str(&SCHEMA.replace(misprint, r#""^[a-zA-Z]{2}(-[a-zA-Z]{2})?$""#)).unwrap()
}

/// What of a log breaks the official schema.
pub(crate) fn faults(log: &str) -> Vec<String> {
    let schema = schema();
    let validator = jsonschema::options().should_validate_formats(true).build(&schema).unwrap();
    let log: Value = serde_json::from_str(log).unwrap();
    validator.iter_errors(&log).map(|e| format!("{}: {e}", e.instance_path())).collect()
}

fn log(lang: Lang) -> Value {
    let all = [fixture::report(), fixture::clean_report()];
    serde_json::from_str(&sarif::reports(&all, &fixture::rules(), lang)).unwrap()
}

#[test]
fn logs_keep_to_the_official_schema() {
    let all = [fixture::report(), fixture::clean_report()];
    for lang in [Lang::Zh, Lang::En] {
        let log = sarif::reports(&all, &fixture::rules(), lang);
        assert_eq!(faults(&log), Vec::<String>::new());
    }
    assert_eq!(faults(&sarif::reports(&[], &[], Lang::Zh)), Vec::<String>::new());
}

#[test]
fn a_result_points_to_its_rule_and_its_characters() {
    let log = log(Lang::Zh);
    let run = &log["runs"][0];
    assert_eq!(run["columnKind"], "unicodeCodePoints");
    let results = run["results"].as_array().unwrap();
    for result in results {
        let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
        assert_eq!(run["tool"]["driver"]["rules"][index]["id"], result["ruleId"]);
    }
    let swapped = results.iter().find(|r| r["ruleId"] == "TXT001").unwrap();
    let region = &swapped["locations"][0]["physicalLocation"]["region"];
    assert_eq!(region["snippet"]["text"], "1,860.42");
    let columns = region["endColumn"].as_u64().unwrap() - region["startColumn"].as_u64().unwrap();
    assert_eq!(columns, 8);
    assert_eq!(swapped["relatedLocations"].as_array().unwrap().len(), 2);
    assert_eq!(swapped["properties"]["expected"], "1,806.42");
}

#[test]
fn an_accepted_finding_is_suppressed_not_left_out() {
    let log = log(Lang::Zh);
    let results = log["runs"][0]["results"].as_array().unwrap();
    let suppressed: Vec<&Value> =
        results.iter().filter(|r| r["suppressions"] != Value::Array(Vec::new())).collect();
    assert_eq!(suppressed.len(), 1);
    let words = "王会计：科目调整，已向财政部门说明（至 2025-12-31）";
    assert_eq!(suppressed[0]["suppressions"][0]["justification"], words);
}

#[test]
fn what_was_not_checked_is_said() {
    let log = log(Lang::En);
    let notifications = &log["runs"][0]["invocations"][0]["toolExecutionNotifications"];
    assert_eq!(notifications.as_array().unwrap().len(), 7);
    let coverage = &log["runs"][0]["artifacts"][0]["properties"]["coverage"];
    assert_eq!(coverage["not_checked"], 7);
}

#[test]
fn findings_alike_keep_different_fingerprints() {
    let mut report = fixture::clean_report();
    fixture::repeated(&mut report, 3);
    let log: Value = serde_json::from_str(&sarif::reports(&[report], &[], Lang::Zh)).unwrap();
    let results = log["runs"][0]["results"].as_array().unwrap();
    let prints: std::collections::BTreeSet<String> =
        results.iter().map(|r| r["partialFingerprints"].to_string()).collect();
    assert_eq!(prints.len(), 3);
}
