//! Every rule shows a part of a document with its fault, and the same part without it. The first
//! must be found, the second must not.

use std::collections::BTreeMap;

use juesuan_check::{Checked, infos};
use juesuan_scheme::{BASE, Scheme, cases, embedded, load};

use crate::run;

/// Rule, scheme, the part with the fault, the part without.
type Example = (String, String, String, String);

fn examples() -> Vec<Example> {
    let files = embedded();
    let base = load(&files, BASE).unwrap();
    let cases = cases(&files);
    let coded = juesuan_check::coded().filter(|rule| !rule.bad.is_empty()).map(|rule| {
        (rule.code.to_owned(), BASE.to_owned(), rule.bad.to_owned(), rule.good.to_owned())
    });
    let written = cases.iter().map(|case| {
        (
            case.code.to_string(),
            case.scheme.to_string(),
            case.bad.to_string(),
            case.good.to_string(),
        )
    });
    let all: Vec<Example> = coded.chain(written).collect();
    let infos = infos(&base, &cases);
    let without = infos.iter().filter(|info| all.iter().all(|(code, ..)| *code != info.code));
    let without: Vec<&str> = without.map(|info| &*info.code).collect();
    assert!(without.is_empty(), "rules without example: {without:?}");
    all
}

/// Whether a code is among the findings or their consequences.
fn fires(checked: &Checked, code: &str) -> bool {
    checked.findings.iter().any(|finding| {
        finding.code == code || finding.consequences.iter().any(|other| other.starts_with(code))
    })
}

#[test]
fn every_rule_finds_its_example_and_spares_the_repaired_one() {
    let files = embedded();
    let mut schemes: BTreeMap<String, Scheme> = BTreeMap::new();
    let mut faults = Vec::new();
    for (code, id, bad, good) in examples() {
        let scheme = schemes.entry(id.clone()).or_insert_with(|| load(&files, &id).unwrap());
        if !fires(&run(&bad, scheme), &code) {
            faults.push(format!("{code}: the example is not found\n{bad}"));
        }
        if fires(&run(&good, scheme), &code) {
            faults.push(format!("{code}: the repaired example is found\n{good}"));
        }
    }
    assert!(faults.is_empty(), "{} faults\n\n{}", faults.len(), faults.join("\n\n"));
}
