//! Coded rules: what a relation in text cannot say, one file each.

use juesuan_model::{RuleInfo, Severity};

use crate::{Context, Outcomes};

/// A coded rule: its page and its logic.
pub struct Rule {
    /// Its code: family and three digits. Kept for ever.
    pub code: &'static str,
    /// What it finds, named as the fault.
    pub title: &'static str,
    /// The title in English.
    pub english: &'static str,
    /// The severity of its findings unless one says otherwise.
    pub severity: Severity,
    /// 查什么
    pub checks: &'static str,
    /// 为什么
    pub why: &'static str,
    /// 例: part of a document with the fault, as text. It is checked by a test.
    pub bad: &'static str,
    /// 应为: the same part without it.
    pub good: &'static str,
    /// 依据: texts by their titles; the scheme adds their numbers.
    pub basis: &'static str,
    /// 可能的误报
    pub false_alarms: &'static str,
    /// Which of the known relations, faults and audit rules it decides.
    pub covers: &'static [&'static str],
    /// Looks at the accounts and reports an outcome for every subject.
    pub check: fn(&Context<'_>, &mut Outcomes),
}

impl Rule {
    /// The rule's page.
    #[must_use]
    pub fn info(&self) -> RuleInfo {
        RuleInfo {
            code: self.code.to_owned(),
            title: self.title.to_owned(),
            english: self.english.to_owned(),
            severity: Some(self.severity),
            checks: self.checks.to_owned(),
            why: self.why.to_owned(),
            bad: self.bad.to_owned(),
            good: self.good.to_owned(),
            basis: self.basis.to_owned(),
            false_alarms: self.false_alarms.to_owned(),
            formula: String::new(),
            status: "stable".to_owned(),
            covers: self.covers.iter().map(|id| (*id).to_owned()).collect(),
        }
    }
}
