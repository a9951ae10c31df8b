//! Pages generated from schemes and rules: what is written there cannot differ from what the
//! program does.

pub mod coverage;
mod example;
mod package;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use juesuan_model::Lang;
use juesuan_write::markdown;

use crate::failure::Failure;
use crate::house::{House, read, write};
use crate::quality;
use coverage::Coverage;

/// Said at the top of every generated file but the pages of rules, which have a title there.
const GENERATED: &str = "<!-- 由 cargo dev docs 生成，请勿手改 -->\n\n";

/// Generated files by their path below the root.
pub type Pages = BTreeMap<PathBuf, String>;

/// All pages as they ought to be.
///
/// # Errors
/// When the list of what ought to be covered is faulty, or the example cannot be read.
pub fn pages(root: &Path, house: &House) -> Result<Pages, Failure> {
    let rules = Path::new("docs/rules");
    let mut pages = Pages::new();
    let table = markdown::rule_table(&house.rules, Lang::Zh);
    pages.insert(rules.join("README.md"), format!("{GENERATED}{table}"));
    for rule in &house.rules {
        let page = markdown::rule_page(rule, Lang::Zh);
        pages.insert(rules.join(format!("{}.md", rule.code)), page);
    }
    let coverage = Coverage::load(root)?.page(&house.rules);
    pages.insert(PathBuf::from("docs/coverage.md"), format!("{GENERATED}{coverage}"));
    let (form, scheme) = house.package_form()?;
    let package = package::page(&form, &scheme);
    pages.insert(PathBuf::from("docs/package.md"), format!("{GENERATED}{package}"));
    example::add(&mut pages, root, house)?;
    if let Some(page) = quality::refreshed(root, house)? {
        pages.insert(PathBuf::from(quality::PAGE), page);
    }
    Ok(pages)
}

/// The files that differ from `pages`, and those in the folder of rules that no rule has.
///
/// # Errors
/// When a folder cannot be read.
pub fn stale(root: &Path, pages: &Pages) -> Result<Vec<PathBuf>, Failure> {
    let differs = |path: &&PathBuf| {
        let there = read(&root.join(path));
        there.ok().as_ref() != pages.get(*path)
    };
    let mut stale: Vec<PathBuf> = pages.keys().filter(differs).cloned().collect();
    stale.extend(superfluous(root, pages)?);
    stale.sort_unstable();
    Ok(stale)
}

/// Pages of rules that are no more.
fn superfluous(root: &Path, pages: &Pages) -> Result<Vec<PathBuf>, Failure> {
    let below = Path::new("docs/rules");
    let folder = root.join(below);
    if !folder.exists() {
        return Ok(Vec::new());
    }
    let entries = std::fs::read_dir(&folder).map_err(|source| Failure::read(&folder, source))?;
    let names = entries.filter_map(|entry| Some(below.join(entry.ok()?.file_name())));
    Ok(names.filter(|path| !pages.contains_key(path)).collect())
}

/// Writes the pages and removes what is superfluous; the files that changed.
///
/// # Errors
/// When a file cannot be read or written.
pub fn update(root: &Path, pages: &Pages) -> Result<Vec<PathBuf>, Failure> {
    let stale = stale(root, pages)?;
    for path in &stale {
        let full = root.join(path);
        match pages.get(path) {
            Some(text) => write(&full, text)?,
            None => {
                std::fs::remove_file(&full).map_err(|source| Failure::write(&full, source))?;
            }
        }
    }
    Ok(stale)
}
