//! Every rule shows a part of a document with its fault, and the same part without it. The first
//! must be found, the second must not.

use std::collections::BTreeMap;

use juesuan_check::{Checked, infos};
use juesuan_model::Severity;
use juesuan_scheme::{BASE, Scheme, cases, embedded, load};

use crate::run;

/// An example of a rule.
struct Example {
    code: String,
    scheme: String,
    bad: String,
    good: String,
    /// It stands in a case file, and is as clean as a document.
    is_case: bool,
}

fn examples() -> Vec<Example> {
    let files = embedded();
    let base = load(&files, BASE).unwrap();
    let cases = cases(&files);
    let coded = juesuan_check::coded().filter(|rule| !rule.bad.is_empty()).map(|rule| Example {
        code: rule.code.to_owned(),
        scheme: BASE.to_owned(),
        bad: rule.bad.to_owned(),
        good: rule.good.to_owned(),
        is_case: false,
    });
    let written = cases.iter().map(|case| Example {
        code: case.code.to_string(),
        scheme: case.scheme.to_string(),
        bad: case.bad.to_string(),
        good: case.good.to_string(),
        is_case: true,
    });
    let all: Vec<Example> = coded.chain(written).collect();
    let infos = infos(&base, &cases);
    let without = infos.iter().filter(|info| all.iter().all(|example| *example.code != info.code));
    let without: Vec<&str> = without.map(|info| &*info.code).collect();
    assert!(without.is_empty(), "rules without example: {without:?}");
    all
}

/// Rules whose example is told with another finding, and why.
const FOLDED: [(&str, &str); 1] =
    [("XTB016", "follows from TAB001, XTB001 and TAB011, of which one is broken with it")];

/// An example is part of a document; that the rest is missing is no fault of it.
const OF_WHOLE_DOCUMENTS: [&str; 1] = ["DOC001"];

/// Whether a code is among the findings.
fn is_told(checked: &Checked, code: &str) -> bool {
    checked.findings.iter().any(|finding| finding.code == code)
}

/// Whether a code is among the consequences of findings.
fn follows(checked: &Checked, code: &str) -> bool {
    let mut consequences = checked.findings.iter().flat_map(|finding| &finding.consequences);
    consequences.any(|consequence| consequence.starts_with(code))
}

/// The findings of severity error that a repaired example still has.
fn errors(checked: &Checked) -> Vec<String> {
    let errors = checked.findings.iter().filter(|finding| finding.severity == Severity::Error);
    let own = errors.filter(|finding| !OF_WHOLE_DOCUMENTS.contains(&&*finding.code));
    own.map(|finding| format!("{} {}", finding.code, finding.message)).collect()
}

#[test]
fn a_code_has_one_rule() {
    let files = embedded();
    for id in juesuan_scheme::ids(&files) {
        let infos = infos(&load(&files, &id).unwrap(), &[]);
        let twice = infos.windows(2).filter(|pair| pair[0].code == pair[1].code);
        let twice: Vec<&str> = twice.map(|pair| &*pair[0].code).collect();
        assert!(twice.is_empty(), "{id}: {twice:?}");
    }
}

#[test]
fn every_rule_finds_its_example_and_spares_the_repaired_one() {
    let files = embedded();
    let mut schemes: BTreeMap<String, Scheme> = BTreeMap::new();
    let mut faults = Vec::new();
    for example in examples() {
        let Example { code, bad, good, .. } = &example;
        let id = &example.scheme;
        let scheme = schemes.entry(id.clone()).or_insert_with(|| load(&files, id).unwrap());
        let found = run(bad, scheme);
        let may_follow = !example.is_case || FOLDED.iter().any(|(folded, _)| folded == code);
        let is_found = is_told(&found, code) || may_follow && follows(&found, code);
        if !is_found {
            faults.push(format!("{code}: the example is not found\n{bad}"));
        }
        let spared = run(good, scheme);
        if is_told(&spared, code) || follows(&spared, code) {
            faults.push(format!("{code}: the repaired example is found\n{good}"));
        }
        for error in errors(&spared).iter().filter(|_| example.is_case) {
            faults.push(format!("{code}: the repaired example has another fault: {error}\n{good}"));
        }
    }
    assert!(faults.is_empty(), "{} faults\n\n{}", faults.len(), faults.join("\n\n"));
}
