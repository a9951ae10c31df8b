//! What checking says, in English.
//!
//! The wording of each rule is Chinese, the language of those who can repair a disclosure. English
//! readers get the rule's English title, the values, the difference and the places, which say the
//! same; quotes stay as they are printed.

use juesuan_model::{Finding, NotChecked};
use juesuan_scheme::Scheme;

use crate::hints::HINTS;
use crate::registry;

/// Turns findings and what was not checked into English.
pub fn into_english(findings: &mut [Finding], not_checked: &mut [NotChecked], scheme: &Scheme) {
    for finding in findings {
        if let Some(title) = title(&finding.code, scheme) {
            title.clone_into(&mut finding.title);
        }
        finding.message = message(finding);
        finding.hint = hints(&finding.hint);
    }
    for part in not_checked {
        "a figure or a part of the document that this rule needs was not found or could not be read"
            .clone_into(&mut part.why);
    }
}

/// The English title of a rule.
fn title<'a>(code: &str, scheme: &'a Scheme) -> Option<&'a str> {
    let relation = || scheme.relations.iter().find(|r| *r.code == *code).map(|r| &*r.english);
    let text = || scheme.text_rules.iter().find(|r| *r.code == *code).map(|r| &*r.english);
    let coded = || registry::coded().find(|rule| rule.code == code).map(|rule| rule.english);
    let own = || (code == crate::waive::CODE).then_some("A waiver does not match the report");
    relation().or_else(text).or_else(coded).or_else(own)
}

fn message(finding: &Finding) -> String {
    let Finding { stated, expected, difference, evidence, .. } = finding;
    let quote = evidence.first().map_or("", |evidence| evidence.quote.as_str());
    let stated = if stated.is_empty() { quote } else { stated };
    let mut said = format!("At {}", finding.subject);
    if !stated.is_empty() {
        said.push_str(&format!(": the document states “{stated}”"));
    }
    if !expected.is_empty() {
        said.push_str(&format!(", expected “{expected}”"));
    }
    if !difference.is_empty() {
        said.push_str(&format!(", a difference of {difference}"));
    }
    said.push('.');
    said
}

/// The likely causes among the hints; advice that only Chinese words carry is left out.
fn hints(chinese: &str) -> String {
    let known = |part: &str| HINTS.iter().find(|(zh, _)| *zh == part).map(|(_, en)| *en);
    chinese.split('；').filter_map(known).collect::<Vec<_>>().join("; ")
}
