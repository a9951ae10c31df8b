//! How well the rules catch what people get wrong, measured on documents.

pub mod alter;
pub mod firing;
pub mod list;
pub mod measure;
pub mod page;
pub mod source;
pub mod tally;
pub mod trial;
pub mod zone;

use std::path::{Path, PathBuf};

use juesuan_read::decode;
use juesuan_scheme::Scheme;
use sha2::{Digest, Sha256};

use crate::failure::Failure;
use crate::house::{House, read};
use list::list;
use measure::{Measured, measure};
use page::{Section, Source, page};

/// The example without faults.
const CLEAN: &str = "examples/linxi-water-2024/clean.md";
/// The same with planted faults.
const FAULTY: &str = "examples/linxi-water-2024/faulty.md";
/// Where the page is written.
pub const PAGE: &str = "docs/quality.md";

/// Told before a document is measured (with how many figures it has) and after each figure.
pub trait Progress: Sync {
    /// A document begins.
    fn begin(&self, title: &str, figures: usize);
    /// A figure is done.
    fn step(&self);
}

/// A document to measure.
struct Subject {
    text: String,
    scheme: Scheme,
    /// Its digest.
    sha256: String,
    /// Whether it is the example.
    is_example: bool,
}

/// Measures the example and the files given, and makes the page of it.
///
/// # Errors
/// When a file cannot be read or is no text.
pub fn report(
    root: &Path,
    house: &House,
    files: &[PathBuf],
    every: usize,
    progress: &impl Progress,
) -> Result<String, Failure> {
    let wanted = Wanted { every, lines: Vec::new() };
    let text = read(&root.join(CLEAN))?;
    let mut subjects = vec![Subject {
        scheme: house.scheme_for(&text)?,
        sha256: digest(text.as_bytes()),
        is_example: true,
        text,
    }];
    for path in files {
        subjects.push(outside(house, path)?);
    }
    let measured: Vec<Measured> = subjects
        .iter()
        .map(|subject| measure(&subject.text, &subject.scheme, &wanted, progress))
        .collect();
    let sections: Vec<Section<'_>> = subjects
        .iter()
        .zip(&measured)
        .map(|(subject, measured)| {
            let source = match subject.is_example {
                true => Source::Example(CLEAN),
                false => Source::Outside,
            };
            let (scheme, sha256) = (&subject.scheme, &*subject.sha256);
            Section { measured, scheme, source, sha256, every }
        })
        .collect();
    let firings = firing::fire(house, &read(&root.join(FAULTY))?)?;
    Ok(page(&sections, &firings, FAULTY))
}

/// The page with its part on rules made anew. What was measured by altering figures takes minutes
/// and stays as it was; `None` when nothing was measured yet.
///
/// # Errors
/// When a scheme is faulty or the example cannot be read.
pub fn refreshed(root: &Path, house: &House) -> Result<Option<String>, Failure> {
    let path = root.join(PAGE);
    if !path.exists() {
        return Ok(None);
    }
    let there = read(&path)?;
    let measured = there.split(page::RULES).next().unwrap_or("");
    let firings = firing::fire(house, &read(&root.join(FAULTY))?)?;
    Ok(Some(format!("{measured}{}", page::rules(&firings, FAULTY))))
}

/// Which figures of a document to alter.
#[derive(Clone, Debug)]
pub struct Wanted {
    /// Every how manyth.
    pub every: usize,
    /// Those on these lines; all when empty.
    pub lines: Vec<u32>,
}

/// Measures the files given, the clean example when there are none, and lists what came of every
/// alteration, one a line.
///
/// # Errors
/// When a file cannot be read or is no text.
pub fn every_alteration(
    root: &Path,
    house: &House,
    files: &[PathBuf],
    wanted: &Wanted,
    progress: &impl Progress,
) -> Result<String, Failure> {
    let clean = [root.join(CLEAN)];
    let files = if files.is_empty() { &clean[..] } else { files };
    let mut out = String::new();
    for path in files {
        let subject = outside(house, path)?;
        out.push_str(&list(&measure(&subject.text, &subject.scheme, wanted, progress)));
    }
    Ok(out)
}

fn outside(house: &House, path: &Path) -> Result<Subject, Failure> {
    let bytes = std::fs::read(path).map_err(|source| Failure::read(path, source))?;
    let decoded =
        decode(&bytes).map_err(|source| Failure::Document { path: path.to_owned(), source })?;
    let scheme = house.scheme_for(&decoded.text)?;
    Ok(Subject { text: decoded.text, scheme, sha256: digest(&bytes), is_example: false })
}

fn digest(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}
