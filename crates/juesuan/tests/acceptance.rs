//! Real disclosures: what is read of them, and what must stay found.
//!
//! They stand outside of the repository: `JUESUAN_SAMPLES` names the folder. Run with
//! `JUESUAN_SAMPLES=… cargo test -p juesuan --features samples --test acceptance`.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

use std::path::PathBuf;

use assert_cmd::cargo::cargo_bin_cmd;
use juesuan_model::{Accounts, Block, Document, Value};
use juesuan_read::{bind, convert, decode, identify, parse};
use juesuan_scheme::{Index, Scheme, embedded, load};

const SHENYANG: &str = "shenyang-gxj-2024.md";

fn sample(name: &str) -> PathBuf {
    let folder = std::env::var_os("JUESUAN_SAMPLES").expect("JUESUAN_SAMPLES is not set");
    let path = PathBuf::from(folder).join(name);
    assert!(path.is_file(), "{} is not there", path.display());
    path.canonicalize().unwrap()
}

/// A sample as the program reads it, with the scheme that it chooses.
fn read(name: &str) -> (Document, Accounts, Scheme) {
    let files = embedded();
    let decoded = decode(std::fs::read(sample(name)).unwrap()).unwrap();
    assert!(!decoded.damaged);
    let document = parse(&decoded.text);
    let index = Index::new(&files).unwrap();
    let choice = index.choose(&identify(&document, &index.words));
    let scheme = load(&files, &choice.id).unwrap();
    let accounts = bind(&document, &scheme);
    (document, accounts, scheme)
}

#[test]
fn everything_of_the_shenyang_disclosure_is_read() {
    let (_, accounts, scheme) = read(SHENYANG);
    assert_eq!(&*scheme.id, "cn-ln-shenyang/2024");
    assert_eq!(accounts.identity.year, Some(2024));
    assert_eq!(accounts.forms.len(), 9);
    let of_forms = accounts.facts.iter().map(|(_, fact)| fact);
    let of_forms = of_forms.filter(|fact| scheme.form(&fact.subject.form).is_some());
    assert_eq!(of_forms.filter(|fact| fact.value != Value::Blank).count(), 386);
    assert_eq!(accounts.summaries.len(), 76);
    assert_eq!(accounts.evaluations.len(), 76);
    let indicators = accounts.evaluations.iter().map(|form| form.indicators.len());
    assert_eq!(indicators.sum::<usize>(), 536);
    let whole = &accounts.whole_evaluations;
    assert_eq!(whole.len(), 2);
    assert_eq!(whole.iter().map(|form| form.indicators.len()).sum::<usize>(), 47);
    assert_eq!(whole.iter().map(|form| form.tasks.len()).sum::<usize>(), 8);
    assert_eq!(accounts.glossary.len(), 37);
    let unread = accounts.facts.iter().filter(|(_, fact)| matches!(fact.value, Value::Unread(_)));
    assert_eq!(unread.count(), 0);
}

/// Faults that people proved independently: line and code. They must stay found.
const PROVEN: [(u64, &str); 58] = [
    (13, "DOC003"),
    (15, "DOC003"),
    (29, "DOC003"),
    (45, "DOC003"),
    (160, "TXT114"),
    (170, "TXT114"),
    (180, "TXT104"),
    (180, "TXT107"),
    (192, "TXT109"),
    (206, "DOC011"),
    (216, "DOC011"),
    (238, "TXT109"),
    (246, "DOC016"),
    (262, "TXT004"),
    (270, "TXT110"),
    (280, "TXT106"),
    (284, "TXT118"),
    (294, "PRF130"),
    (294, "PRF131"),
    (302, "PRF113"),
    (310, "PRF101"),
    (310, "PRF113"),
    (318, "PRF101"),
    (318, "PRF102"),
    (320, "PRF111"),
    (324, "PRF103"),
    (333, "DOC011"),
    (349, "DOC018"),
    (357, "PRF104"),
    (392, "DOC018"),
    (414, "PRF101"),
    (414, "PRF102"),
    (414, "PRF104"),
    (428, "PRF120"),
    (444, "PRF103"),
    (450, "PRF120"),
    (492, "PRF102"),
    (532, "DOC011"),
    (577, "PRF015"),
    (580, "PRF140"),
    (796, "PRF017"),
    (836, "PRF020"),
    (874, "PRF019"),
    (1059, "PRF011"),
    (1532, "PRF002"),
    (1532, "PRF014"),
    (1650, "PRF017"),
    (1707, "PRF022"),
    (1708, "PRF022"),
    (1903, "PRF023"),
    (2105, "DOC017"),
    (2145, "DOC016"),
    (2243, "DOC014"),
    (2244, "DOC014"),
    (2307, "DOC014"),
    (2506, "DOC014"),
    (2514, "DOC006"),
    (2544, "TAB031"),
];

#[test]
fn proven_faults_of_the_shenyang_disclosure_stay_found() {
    let mut command = cargo_bin_cmd!("juesuan");
    let output =
        command.args(["check", "--format", "json"]).arg(sample(SHENYANG)).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let findings = report["findings"].as_array().unwrap();
    let mut lost = Vec::new();
    for (line, code) in PROVEN {
        let is_told = findings.iter().any(|finding| {
            let places = finding["evidence"].as_array().unwrap();
            let consequences = finding["consequences"].as_array().unwrap();
            let follows =
                |of: &serde_json::Value| of.as_str().is_some_and(|of| of.starts_with(code));
            places.iter().any(|place| place["line"] == line)
                && (finding["code"] == code || consequences.iter().any(follows))
        });
        if !is_told {
            lost.push((line, code));
        }
    }
    assert!(lost.is_empty(), "no longer found: {lost:?}");
}

/// The report on a sample.
fn report(name: &str) -> serde_json::Value {
    let mut command = cargo_bin_cmd!("juesuan");
    let output = command.arg("check").arg(sample(name)).args(["--format", "json"]).output();
    serde_json::from_slice(&output.unwrap().stdout).unwrap()
}

/// The amounts of the forms of a PDF, and how many of them are not zero.
fn amounts(name: &str) -> (usize, usize) {
    let reading = convert(&std::fs::read(sample(name)).unwrap()).unwrap().unwrap();
    let tables = reading.document.blocks.iter().filter_map(|block| match block {
        Block::Table(table) => Some(table),
        _ => None,
    });
    let cells = tables.flat_map(|table| &table.rows).flat_map(|row| &row.cells);
    let amounts: Vec<&str> = cells
        .map(|cell| cell.text.as_str())
        .filter(|text| text.rsplit_once('.').is_some_and(|(_, decimals)| decimals.len() == 2))
        .filter(|text| text.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b',' | b'-')))
        .collect();
    let zero = amounts.iter().filter(|text| **text == "0.00").count();
    (amounts.len(), amounts.len() - zero)
}

#[test]
fn every_amount_of_the_putuo_disclosure_is_read_from_its_pages() {
    const NAME: &str = "shanghai-putuo-ghzyj-2024.pdf";
    assert_eq!(amounts(NAME), (308, 234));
    let report = report(NAME);
    assert_eq!(report["document"]["scheme"], "cn-sh/2024");
    assert_eq!(report["coverage"]["figures"], 449);
    // Figures in reasons, counts that are only bounded, and one whose rate has lost its sign.
    assert_eq!(report["coverage"]["figures_unrelated"], 11);
    assert_eq!(report["coverage"]["not_checked"], 0);
    let findings = report["findings"].as_array().unwrap();
    let of_tables =
        |code: &str| ["TAB", "XTB", "RDG"].iter().any(|family| code.starts_with(family));
    for finding in findings {
        let code = finding["code"].as_str().unwrap();
        // Its tables hold; what contradicts them stands in the narrative.
        assert!(!(of_tables(code) && finding["severity"] == "error"), "{finding}");
        let first = &finding["evidence"][0];
        assert!(first["page"].is_u64() && first["bbox"].is_array(), "{finding}");
    }
}

/// What a person who read it beside the report holds true: severity, code and page.
const PUTUO: [(&str, &str, u64); 21] = [
    ("error", "DOC003", 2),
    ("error", "DOC018", 5),
    ("error", "DOC018", 20),
    ("error", "TXT002", 21),
    ("error", "TXT131", 21),
    ("error", "TXT005", 21),
    ("error", "DOC016", 22),
    ("error", "DOC016", 24),
    ("error", "DOC016", 24),
    ("error", "TXT001", 24),
    ("error", "TXT001", 24),
    ("error", "TXT110", 24),
    ("error", "TXT110", 24),
    ("error", "TXT110", 24),
    ("error", "TXT110", 24),
    ("error", "DOC010", 25),
    ("error", "DOC030", 26),
    ("error", "DOC010", 26),
    ("warning", "TAB104", 11),
    ("warning", "TAB104", 11),
    ("warning", "TXT131", 26),
];

#[test]
fn of_the_putuo_disclosure_no_more_and_no_less_is_told() {
    let report = report("shanghai-putuo-ghzyj-2024.pdf");
    let findings = report["findings"].as_array().unwrap().iter();
    let told: Vec<(&str, &str, u64)> = findings
        .filter(|finding| finding["severity"] != "note")
        .map(|finding| {
            let page = finding["evidence"][0]["page"].as_u64().unwrap();
            (finding["severity"].as_str().unwrap(), finding["code"].as_str().unwrap(), page)
        })
        .collect();
    assert_eq!(told, PUTUO);
}

#[test]
fn pages_that_are_no_accounts_of_a_department_are_read_too() {
    assert_eq!(amounts("shanghai-template-2024.pdf"), (0, 0));
    let budget = report("shanghai-czj-budget-2025.pdf");
    assert!(budget["coverage"]["figures"].as_u64().unwrap() > 0);
    let findings = budget["findings"].as_array().unwrap().iter();
    let told: Vec<&serde_json::Value> =
        findings.filter(|f| f["severity"] != "note").map(|f| &f["code"]).collect();
    assert_eq!(told, ["RDG006"], "its sums hold, and nothing else is asked of a budget");
}
