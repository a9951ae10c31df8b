//! Schemes: what law and custom say of a place and a year, as text that is loaded, proved and
//! evaluated here.
//!
//! The texts live in `schemes/` and are embedded in the binary; a folder may replace them. This
//! crate touches neither disk nor clock: whoever has files hands them over as [`Files`].

mod case;
mod catalogue;
mod choose;
mod cite;
mod error;
mod form;
pub mod formula;
pub mod glossary;
pub mod manuscript;
mod names;
pub mod package;
pub mod performance;
pub mod prescribed;
mod prove;
mod relation;
mod scheme;
pub mod scoring;
pub mod sentence;
pub mod structure;
mod words;

pub use case::{Case, cases};
pub use catalogue::{Catalogue, Entry};
pub use choose::{Choice, Index, Why, embedded};
pub use error::{FormulaError, SchemeError};
pub use form::{CodeBlock, Column, Form, Layout, Row};
pub use prove::{Proof, prove};
pub use relation::{Each, EachRows, Relation, Written};
pub use scheme::{
    BASE, File, Files, Manifest, Pair, Record, Scheme, Settings, TextRule, ids, load, manifest,
};
pub use words::Words;

/// Reads a TOML file of a scheme.
pub(crate) fn toml_file<T: serde::de::DeserializeOwned>(
    file: &str,
    source: &str,
) -> Result<T, SchemeError> {
    toml::from_str(source).map_err(|error| {
        let at = error.span().map_or(0, |span| span.start);
        SchemeError::at(file, source, at, format!("TOML 格式有误：{}", error.message()))
    })
}
