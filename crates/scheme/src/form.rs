//! The statutory forms: what they are called, which columns and rows they have.

use std::sync::Arc;

use borsh::{BorshDeserialize, BorshSerialize};
use juesuan_model::Scale;
use serde::Deserialize;

use crate::catalogue::Catalogue;
use crate::error::SchemeError;

/// How a form is laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, BorshDeserialize, BorshSerialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Layout {
    /// Two halves side by side, income left and expenditure right, rows by 行次.
    Sides,
    /// A tree of functional codes down to 项, one row a code.
    Tree,
    /// Blocks of code, name and amount side by side.
    Blocks,
    /// One label a row.
    Rows,
}

/// A statutory form.
#[derive(Clone, Debug, BorshDeserialize, BorshSerialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Form {
    /// Its id, a meaning and not a number: `three_public`.
    pub id: Arc<str>,
    /// Its title.
    pub title: Arc<str>,
    /// Other titles in use.
    #[serde(default)]
    pub aliases: Vec<Arc<str>>,
    /// How it is laid out.
    pub layout: Layout,
    /// The unit amounts are printed in unless the document says otherwise.
    #[serde(default = "ten_thousand")]
    pub unit: Arc<str>,
    /// Whether a department must print it even when it is empty.
    #[serde(default)]
    pub statutory: bool,
    /// The sentence that publishes its total where a place has no such form.
    #[serde(default)]
    pub told_by: Option<Arc<str>>,
    /// The form that this one is where a document has no such form.
    #[serde(default)]
    pub instead_of: Option<Arc<str>>,
    /// The number it carries in the national order (公开01表).
    #[serde(default)]
    pub number: u32,
    /// What the note below the table says it shows.
    #[serde(default)]
    pub note: Arc<str>,
    /// The amount columns in order.
    #[serde(rename = "column")]
    pub columns: Vec<Column>,
    /// Fixed rows; trees get theirs from the document.
    #[serde(default, rename = "row")]
    pub rows: Vec<Row>,
    /// Functional classes that have a row each, named by the catalogue.
    #[serde(default)]
    pub classes: Vec<Arc<str>>,
    /// The side those rows stand on.
    #[serde(default)]
    pub classes_side: Option<Arc<str>>,
    /// The catalogue of its codes, for trees and blocks.
    #[serde(default)]
    pub catalogue: Option<Arc<str>>,
    /// The blocks beside each other.
    #[serde(default, rename = "block")]
    pub blocks: Vec<CodeBlock>,
}

/// A block of codes in a form of blocks.
#[derive(Clone, Debug, BorshDeserialize, BorshSerialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CodeBlock {
    /// The classes whose codes stand in it, in order.
    pub classes: Vec<Arc<str>>,
    /// The row of the form that stands at its foot.
    #[serde(default)]
    pub foot: Option<Arc<str>>,
}

/// A column of amounts.
#[derive(Clone, Debug, BorshDeserialize, BorshSerialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Column {
    /// Its id.
    pub id: Arc<str>,
    /// Its head.
    pub head: Arc<str>,
    /// Other heads in use.
    #[serde(default)]
    pub aliases: Vec<Arc<str>>,
    /// `left` or `right` in a form of two sides.
    #[serde(default)]
    pub side: Option<Arc<str>>,
    /// Whether only some places print it.
    #[serde(default)]
    pub optional: bool,
    /// The head above it and its neighbours of the same group, as in 本年支出.
    #[serde(default)]
    pub group: Option<Arc<str>>,
}

/// A fixed row.
#[derive(Clone, Debug, BorshDeserialize, BorshSerialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Row {
    /// Its id, or the code of a class.
    pub id: Arc<str>,
    /// Its label, without numbering.
    pub label: Arc<str>,
    /// The label with its numbering, where forms print one.
    #[serde(default)]
    pub printed: Option<Arc<str>>,
    /// Other labels in use.
    #[serde(default)]
    pub aliases: Vec<Arc<str>>,
    /// `left` or `right` in a form of two sides.
    #[serde(default)]
    pub side: Option<Arc<str>>,
    /// Whether the form cannot be without it.
    #[serde(default)]
    pub required: bool,
}

impl Row {
    /// The label as forms print it.
    #[must_use]
    pub fn shown(&self) -> &Arc<str> {
        self.printed.as_ref().unwrap_or(&self.label)
    }
}

impl Form {
    /// Reads a form.
    ///
    /// # Errors
    /// Names the file and the place of what is wrong.
    pub fn parse(file: &str, source: &str) -> Result<Self, SchemeError> {
        crate::toml_file(file, source)
    }

    /// Adds the rows of the classes, with the names of the catalogue.
    pub(crate) fn add_classes(&mut self, functional: &Catalogue) {
        for code in &self.classes {
            let Some(entry) = functional.get(code) else { continue };
            self.rows.push(Row {
                id: code.clone(),
                label: entry.name.clone(),
                printed: None,
                aliases: entry.former.clone(),
                side: self.classes_side.clone(),
                required: false,
            });
        }
    }

    /// The unit of its amounts.
    #[must_use]
    pub fn scale(&self) -> Scale {
        Scale::from_label(&self.unit).unwrap_or_default()
    }

    /// The column of an id or of one of its heads.
    #[must_use]
    pub fn column(&self, name: &str) -> Option<&Column> {
        self.columns.iter().find(|column| {
            *column.id == *name
                || *column.head == *name
                || column.aliases.iter().any(|alias| **alias == *name)
        })
    }

    /// The fixed row of an id or of one of its labels.
    #[must_use]
    pub fn row(&self, name: &str) -> Option<&Row> {
        self.rows.iter().find(|row| {
            *row.id == *name
                || *row.label == *name
                || row.aliases.iter().any(|alias| **alias == *name)
        })
    }

    /// Whether a title names this form.
    #[must_use]
    pub fn is_titled(&self, title: &str) -> bool {
        *self.title == *title || self.aliases.iter().any(|alias| **alias == *title)
    }
}

fn ten_thousand() -> Arc<str> {
    Scale::TenThousand.label().into()
}
