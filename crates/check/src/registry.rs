//! All rules in one place: relations and sentences of the scheme, and coded rules.

use juesuan_model::{RuleInfo, Severity};
use juesuan_scheme::{Case, Scheme};

use crate::rule::Rule;
use crate::rules;

/// The coded rules, by family and code.
pub fn coded() -> impl Iterator<Item = &'static Rule> {
    rules::all()
}

/// The pages of all rules of a scheme, ordered by code.
#[must_use]
pub fn infos(scheme: &Scheme, cases: &[Case]) -> Vec<RuleInfo> {
    let relations = scheme.relations.iter().map(|relation| RuleInfo {
        code: relation.code.to_string(),
        title: relation.title.to_string(),
        english: relation.english.to_string(),
        severity: Some(relation.severity),
        checks: relation.words.to_string(),
        basis: relation.basis.to_string(),
        formula: relation.formulas.iter().map(|w| &*w.source).collect::<Vec<_>>().join("\n"),
        status: "stable".to_owned(),
        covers: relation.covers.iter().map(ToString::to_string).collect(),
        ..RuleInfo::default()
    });
    let texts = scheme.text_rules.iter().map(|rule| RuleInfo {
        code: rule.code.to_string(),
        title: rule.title.to_string(),
        english: rule.english.to_string(),
        severity: Severity::from_id(&rule.severity),
        checks: rule.words.to_string(),
        basis: rule.basis.to_string(),
        status: "stable".to_owned(),
        covers: rule.covers.iter().map(ToString::to_string).collect(),
        ..RuleInfo::default()
    });
    let coded = coded().map(|rule| RuleInfo { basis: scheme.cite(rule.basis), ..rule.info() });
    let mut all: Vec<RuleInfo> = relations.chain(texts).chain(coded).collect();
    for info in &mut all {
        if let Some(case) = cases.iter().find(|case| *case.code == info.code) {
            info.why = case.why.to_string();
            info.bad = case.bad.to_string();
            info.good = case.good.to_string();
            info.false_alarms = case.false_alarms.to_string();
        }
    }
    all.sort_by(|a, b| a.code.cmp(&b.code));
    all
}
