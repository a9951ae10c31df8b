//! Words of a document's structure: what covers, contents, sections and heads of forms are called.

use std::sync::Arc;

use borsh::{BorshDeserialize, BorshSerialize};
use serde::Deserialize;

use crate::error::SchemeError;
use crate::scheme::{BASE, Files};
use crate::words::Words;

/// The labels by which the parts of a document are recognised.
#[derive(Clone, Debug, Default, BorshDeserialize, BorshSerialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StructureWords {
    /// What a title of final accounts ends with.
    pub accounts_titles: Vec<Arc<str>>,
    /// What a title of a budget ends with.
    pub budget_titles: Vec<Arc<str>>,
    /// The heading of the contents page.
    pub contents: Vec<Arc<str>>,
    /// The heading of the glossary.
    pub glossary: Vec<Arc<str>>,
    /// Words in headings under which the statutory forms stand.
    pub tables: Vec<Arc<str>>,
    /// Titles of tables that some places publish beside the statutory forms; they end like those.
    #[serde(default)]
    pub other_tables: Vec<Arc<str>>,
    /// Labels before the department above a form.
    pub department_labels: Vec<Arc<str>>,
    /// Labels before the unit of amounts above a form.
    pub unit_labels: Vec<Arc<str>>,
    /// What a note below a form begins with.
    pub note_labels: Vec<Arc<str>>,
    /// What the opening words of a paragraph without a number end with that continues nothing.
    #[serde(default)]
    pub paragraph_heads: Vec<Arc<str>>,
    /// Words that say what an empty table means.
    pub empty_notes: Vec<Arc<str>>,
    /// Words of the row of totals.
    pub total_labels: Vec<Arc<str>>,
    /// Heads of the column of line numbers (行次).
    pub line_heads: Vec<Arc<str>>,
    /// The label of the row of column numbers (栏次).
    pub column_row_labels: Vec<Arc<str>>,
    /// Heads of a group of columns of expenditure.
    #[serde(default)]
    pub spending_groups: Vec<Arc<str>>,
    /// Heads of groups of columns beside it, of which the first column is the total.
    #[serde(default)]
    pub balance_groups: Vec<Arc<str>>,
    /// Heads of the column of classes in a form of two sides.
    #[serde(default)]
    pub class_heads: Vec<Arc<str>>,
    /// Heads of the column that counts the rows.
    #[serde(default)]
    pub serial_heads: Vec<Arc<str>>,
    /// Heads of columns of codes.
    pub code_heads: Vec<Arc<str>>,
    /// Sections that a disclosure has.
    #[serde(default, rename = "section")]
    pub sections: Vec<SectionWords>,
}

/// A section of a disclosure.
#[derive(Clone, Debug, BorshDeserialize, BorshSerialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SectionWords {
    /// Its id.
    pub id: Arc<str>,
    /// What it is called.
    pub name: Arc<str>,
    /// Words of which one occurs in its heading, or in its text where it has none.
    pub words: Words,
    /// The law that demands it; empty when it is custom only.
    #[serde(default)]
    pub basis: Arc<str>,
}

impl StructureWords {
    /// The structure words of the national base, by which a document is identified before its
    /// scheme is chosen.
    ///
    /// # Errors
    /// When the file is missing or faulty.
    pub fn base(files: &Files) -> Result<Self, SchemeError> {
        let path = format!("{BASE}/structure.toml");
        let text = files.get(&*path).ok_or_else(|| SchemeError::whole(&path, "缺少这个文件"))?;
        crate::toml_file(&path, text)
    }
}
