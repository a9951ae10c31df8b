//! Findings: what is wrong, where, against what, and why it is wrong.

use std::sync::Arc;

use borsh::{BorshDeserialize, BorshSerialize};
use serde::Serialize;

/// How grave a finding is.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    BorshDeserialize,
    BorshSerialize,
    Serialize,
)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// A contradiction or an omission that the document itself or the law proves.
    Error,
    /// A likely fault that a person must decide.
    Warning,
    /// Style, and tails of rounding.
    Note,
}

impl Severity {
    /// The Chinese label of reports.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Error => "错误",
            Self::Warning => "疑点",
            Self::Note => "提示",
        }
    }

    /// The id that schemes and reports use.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Note => "note",
        }
    }

    /// The severity of an id.
    #[must_use]
    pub fn from_id(id: &str) -> Option<Self> {
        [Self::Error, Self::Warning, Self::Note].into_iter().find(|severity| severity.id() == id)
    }
}

/// A place that proves a finding.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Evidence {
    /// Line, from 1.
    pub line: u32,
    /// Column in characters, from 1.
    pub column: u32,
    /// Page, for paged sources.
    pub page: Option<u32>,
    /// Box on the page in points, for paged sources: left, top, right and bottom from the upper left
    /// corner.
    pub bbox: Option<[i32; 4]>,
    /// Sheet and cell, for workbooks: `收入决算表!C5`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cell: Option<String>,
    /// The headings it stands under.
    pub section: Arc<str>,
    /// The characters at the place.
    pub quote: String,
    /// How many characters are meant; for marking, not part of the report's contract.
    #[serde(skip)]
    pub width: u32,
}

impl Evidence {
    /// Whether it stands on a page or in a sheet, so that its line is none of the source.
    #[must_use]
    pub const fn has_no_line(&self) -> bool {
        self.page.is_some() || self.cell.is_some()
    }
}

/// Something wrong, likely wrong or worth a note.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// The rule's code.
    pub code: String,
    /// How grave.
    pub severity: Severity,
    /// The rule's title.
    pub title: String,
    /// What is wrong, in one or two sentences.
    pub message: String,
    /// `form[row].column`.
    pub subject: String,
    /// What the document states.
    pub stated: String,
    /// What ought to stand there, when it is determined.
    pub expected: String,
    /// The difference, with its unit.
    pub difference: String,
    /// Where it stands; the first place is the one to look at.
    pub evidence: Vec<Evidence>,
    /// The law, form or sentence that it rests on.
    pub basis: String,
    /// A likely cause, or what to do.
    pub hint: String,
    /// The subject of the figure that causes it, when it is another one.
    pub cause: Option<String>,
    /// What follows from the same cause: code and subject each.
    pub consequences: Vec<String>,
    /// The acceptance that covers it.
    pub waived: Option<Waiver>,
}

/// An accepted finding: who accepted it, why, until when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Waiver {
    /// The rule's code.
    pub code: String,
    /// The subject.
    pub subject: String,
    /// Why it is accepted.
    pub note: String,
    /// Who accepted it.
    pub who: String,
    /// The last day it holds, `YYYY-MM-DD`.
    pub until: Option<String>,
}
