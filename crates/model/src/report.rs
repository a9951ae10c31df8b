//! The report of one document: coverage first, then findings.

use serde::Serialize;

use crate::{Finding, Lang, Severity};

/// Which document was checked with what.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct DocumentInfo {
    /// The path as the user gave it.
    pub path: String,
    /// SHA-256 of the file's bytes.
    pub sha256: String,
    /// The title.
    pub title: String,
    /// The department or unit.
    pub department: String,
    /// The year of the accounts.
    pub year: Option<i32>,
    /// The scheme it was checked with.
    pub scheme: String,
    /// Why this scheme.
    pub scheme_reason: String,
}

/// How much of a document was checked. What was not checked has not passed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Coverage {
    /// Figures in the document.
    pub figures: usize,
    /// Figures that no relation speaks of, so that nothing protects them.
    pub figures_unrelated: usize,
    /// Rule and subject: held.
    pub passed: usize,
    /// Rule and subject: broken.
    pub failed: usize,
    /// Rule and subject: held within the rounding of the printed digits.
    pub rounding_tail: usize,
    /// Rule and subject: does not apply.
    pub not_applicable: usize,
    /// Rule and subject: could not be decided.
    pub not_checked: usize,
}

/// A rule that could not be decided for a subject, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NotChecked {
    /// The rule's code.
    pub code: String,
    /// The subject.
    pub subject: String,
    /// Why, in the user's words.
    pub why: String,
}

/// Everything that checking a document gave.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Report {
    /// Which document.
    pub document: DocumentInfo,
    /// How much was checked.
    pub coverage: Coverage,
    /// What was found, gravest first.
    pub findings: Vec<Finding>,
    /// What was not checked.
    pub not_checked: Vec<NotChecked>,
}

impl Report {
    /// The report in one line.
    #[must_use]
    pub fn tally(&self) -> Tally {
        Tally {
            path: self.document.path.clone(),
            scheme: self.document.scheme.clone(),
            year: self.document.year,
            errors: self.count(Severity::Error),
            warnings: self.count(Severity::Warning),
            notes: self.count(Severity::Note),
            coverage: self.coverage,
        }
    }

    /// How many findings of a severity are not waived.
    #[must_use]
    pub fn count(&self, severity: Severity) -> usize {
        self.findings.iter().filter(|f| f.severity == severity && f.waived.is_none()).count()
    }
}

/// A report in one line, for a table over many documents.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// The path as the user gave it.
    pub path: String,
    /// The scheme.
    pub scheme: String,
    /// The year of the accounts.
    pub year: Option<i32>,
    /// Findings of severity error that are not waived.
    pub errors: usize,
    /// Warnings that are not waived.
    pub warnings: usize,
    /// Notes that are not waived.
    pub notes: usize,
    /// How much was checked.
    pub coverage: Coverage,
}

/// What a rule is, for its page, the command line and machine formats.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RuleInfo {
    /// Its code: family and three digits.
    pub code: String,
    /// What it finds, named as the fault.
    pub title: String,
    /// The title in English.
    pub english: String,
    /// The gravest severity it gives; `None` never occurs outside of defaults.
    pub severity: Option<Severity>,
    /// 查什么
    pub checks: String,
    /// 为什么
    pub why: String,
    /// 例: a document part with the fault.
    pub bad: String,
    /// 应为: the same part without it.
    pub good: String,
    /// 依据
    pub basis: String,
    /// 可能的误报
    pub false_alarms: String,
    /// The formula of a relation, empty for coded rules.
    pub formula: String,
    /// preview, stable or retired.
    pub status: String,
    /// Which of the known relations, faults and audit rules it decides, as in `R005`, `E23`.
    pub covers: Vec<String>,
}

impl RuleInfo {
    /// The title in a language.
    #[must_use]
    pub fn title_in(&self, lang: Lang) -> &str {
        match lang {
            Lang::En if !self.english.is_empty() => &self.english,
            Lang::En | Lang::Zh => &self.title,
        }
    }
}
