//! How often each rule fires: on its own bad and good example, and on a faulty document.

use std::collections::BTreeMap;

use juesuan_check::Checked;
use juesuan_scheme::{BASE, Scheme};

use crate::failure::Failure;
use crate::house::{House, examine};

/// How often a rule fired.
pub struct Firing {
    /// Its code.
    pub code: String,
    /// What it finds.
    pub title: String,
    /// On the example with its fault.
    pub on_bad: usize,
    /// On the repaired example.
    pub on_good: usize,
    /// On the faulty document.
    pub on_faulty: usize,
}

/// Fires every rule.
///
/// # Errors
/// When a scheme is faulty.
pub fn fire(house: &House, faulty: &str) -> Result<Vec<Firing>, Failure> {
    let faulty = examine(faulty, &house.scheme_for(faulty)?).checked;
    let mut schemes: BTreeMap<String, Scheme> = BTreeMap::new();
    let mut firings = Vec::with_capacity(house.rules.len());
    for rule in &house.rules {
        // A case belongs to the scheme it stands in, the example of a coded rule to the base.
        let case = house.cases.iter().find(|case| *case.code == rule.code);
        let id = case.map_or(BASE, |case| &case.scheme).to_owned();
        if !schemes.contains_key(&id) {
            schemes.insert(id.clone(), house.scheme(&id)?);
        }
        let Some(scheme) = schemes.get(&id) else { continue };
        let on = |text: &str| count(&examine(text, scheme).checked, &rule.code);
        firings.push(Firing {
            code: rule.code.clone(),
            title: rule.title.clone(),
            on_bad: on(&rule.bad),
            on_good: if rule.good.is_empty() { 0 } else { on(&rule.good) },
            on_faulty: count(&faulty, &rule.code),
        });
    }
    Ok(firings)
}

/// Findings of a rule, and what of it follows from other findings.
fn count(checked: &Checked, code: &str) -> usize {
    let told = checked.findings.iter().filter(|finding| finding.code == code).count();
    let consequences = checked.findings.iter().flat_map(|finding| &finding.consequences);
    let follows =
        |consequence: &&String| consequence.split_once(' ').is_some_and(|(other, _)| other == code);
    told + consequences.filter(follows).count()
}
