//! Which scheme a document needs, and why.

use std::collections::BTreeMap;
use std::sync::Arc;

use borsh::{BorshDeserialize, BorshSerialize};
use include_dir::{Dir, DirEntry, include_dir};
use juesuan_model::{Identity, Lang, TextField};

use crate::error::SchemeError;
use crate::scheme::{BASE, Files, Manifest, ids, manifest};
use crate::structure::StructureWords;

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
    /// Why it was chosen.
    pub why: Why,
}

/// Why a scheme was chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why {
    /// The user named it.
    Asked,
    /// The place occurs in the department's name or the title, and the year is one of its years.
    Place {
        /// The word that told the place.
        place: String,
        /// The year of the accounts.
        year: i32,
    },
    /// No place has a scheme of its own for the document.
    NoLocal {
        /// The department, empty when unknown.
        department: String,
        /// The year of the accounts.
        year: Option<i32>,
    },
}

impl Why {
    /// In the user's words.
    #[must_use]
    pub fn say(&self, lang: Lang) -> String {
        match (self, lang) {
            (Self::Asked, Lang::Zh) => "由使用者指定".to_owned(),
            (Self::Asked, Lang::En) => "asked for by the user".to_owned(),
            (Self::Place { place, year }, Lang::Zh) => {
                format!("文中部门名称或标题含“{place}”，年度为 {year}")
            }
            (Self::Place { place, year }, Lang::En) => {
                format!("the department's name or the title says “{place}”, the year is {year}")
            }
            (Self::NoLocal { department, year }, Lang::Zh) => {
                let year = year.map_or_else(|| "年度不明".to_owned(), |y| format!("{y} 年度"));
                let whose = if department.is_empty() { "部门名称不明" } else { department };
                format!("没有适用于“{whose}”{year}的地方方案，按全国通用方案核验")
            }
            (Self::NoLocal { department, year }, Lang::En) => {
                let year = year.map_or_else(|| "an unknown year".to_owned(), |y| y.to_string());
                let whose =
                    if department.is_empty() { "an unknown department" } else { department };
                format!("no local scheme for {whose}, {year}; the national scheme is used")
            }
        }
    }
}

/// What is known of all schemes before one is loaded: enough to choose one for a document.
#[derive(Clone, Debug, BorshDeserialize, BorshSerialize)]
pub struct Index {
    /// The words by which a document tells its department and year, those of the base.
    pub words: StructureWords,
    /// What each scheme says of itself, by its id.
    pub manifests: BTreeMap<Arc<str>, Manifest>,
}

impl Index {
    /// Reads the manifests of all schemes.
    ///
    /// # Errors
    /// When one cannot be read, or the base is missing.
    pub fn new(files: &Files) -> Result<Self, SchemeError> {
        let known = ids(files).into_iter().map(|id| Ok((id.clone(), manifest(files, &id)?)));
        Ok(Self {
            words: StructureWords::base(files)?,
            manifests: known.collect::<Result<_, _>>()?,
        })
    }

    /// Chooses by the place in the department's name and the year of the accounts.
    #[must_use]
    pub fn choose(&self, document: &Identity) -> Choice {
        let text = |field: &Option<TextField>| {
            field.as_ref().map_or_else(String::new, |field| field.text.to_string())
        };
        let (department, title) = (text(&document.department), text(&document.title));
        let fitting = self.manifests.iter().filter_map(|(id, manifest)| {
            let year = document.year.filter(|year| manifest.holds_in(*year))?;
            let named = |place: &&Arc<str>| {
                !place.is_empty() && (department.contains(&***place) || title.contains(&***place))
            };
            Some((manifest.place.iter().filter(named).max_by_key(|place| place.len())?, id, year))
        });
        // A city stands in a province: the more exact place is meant.
        if let Some((place, id, year)) = fitting.max_by_key(|(place, id, _)| (place.len(), *id)) {
            let why = Why::Place { place: place.to_string(), year };
            return Choice { id: id.to_string(), why };
        }
        Choice { id: BASE.to_owned(), why: Why::NoLocal { department, year: document.year } }
    }
}
