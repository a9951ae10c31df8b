//! Which scheme a document needs, and why.

use include_dir::{Dir, DirEntry, include_dir};

use crate::error::SchemeError;
use crate::scheme::{BASE, Files, ids, manifest};

static EMBEDDED: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../schemes");

/// The schemes that are built into the binary.
#[must_use]
pub fn embedded() -> Files {
    let mut files = Files::new();
    collect(&EMBEDDED, &mut files);
    files
}

fn collect(folder: &'static Dir<'static>, files: &mut Files) {
    for entry in folder.entries() {
        match entry {
            DirEntry::Dir(inner) => collect(inner, files),
            DirEntry::File(file) => {
                if let (Some(path), Some(text)) = (file.path().to_str(), file.contents_utf8()) {
                    files.insert(path.into(), text.into());
                }
            }
        }
    }
}

/// The scheme chosen for a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// The scheme's id.
    pub id: String,
    /// Why it was chosen, in the user's words.
    pub reason: String,
}

/// Chooses by the place in the department's name and the year of the accounts.
///
/// # Errors
/// When a manifest cannot be read.
pub fn choose(
    files: &Files,
    department: &str,
    title: &str,
    year: Option<i32>,
) -> Result<Choice, SchemeError> {
    for id in ids(files).into_iter().filter(|id| **id != *BASE) {
        let manifest = manifest(files, &id)?;
        let place =
            manifest.place.iter().find(|p| department.contains(&***p) || title.contains(&***p));
        let Some(place) = place else { continue };
        let Some(year) =
            year.filter(|y| manifest.from <= *y && manifest.to.is_none_or(|to| *y <= to))
        else {
            continue;
        };
        return Ok(Choice {
            id: id.to_string(),
            reason: format!("文中部门名称含“{place}”，年度为 {year}"),
        });
    }
    let year = year.map_or_else(|| "年度不明".to_owned(), |year| format!("{year} 年度"));
    let whose = if department.is_empty() { "部门名称不明" } else { department };
    Ok(Choice {
        id: BASE.to_owned(),
        reason: format!("没有适用于“{whose}”{year}的地方方案，按全国通用方案核验"),
    })
}
