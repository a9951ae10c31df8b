//! The schemes at hand: built in, or from a folder.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use juesuan_model::Identity;
use juesuan_scheme::{Choice, Files, Index, Scheme, Why, embedded, load};
use walkdir::WalkDir;

use crate::failure::Failure;

/// A file of a scheme larger than this is none.
const MAX_BYTES: u64 = 4 * 1024 * 1024;

/// The schemes, each loaded once.
pub(crate) struct Schemes {
    /// The texts of a folder that replaces the built-in schemes.
    folder: Option<Files>,
    pub(crate) index: Index,
    loaded: Mutex<BTreeMap<String, Arc<Scheme>>>,
}

impl Schemes {
    /// The built-in schemes, or those of a folder.
    pub(crate) fn open(folder: Option<&Path>) -> Result<Self, Failure> {
        let folder = folder.map(read_folder).transpose()?;
        let index = folder.as_ref().map_or_else(juesuan_builtin::index, Index::new)?;
        Ok(Self { folder, index, loaded: Mutex::default() })
    }

    /// The texts of all schemes.
    pub(crate) fn files(&self) -> Cow<'_, Files> {
        self.folder.as_ref().map_or_else(|| Cow::Owned(embedded()), Cow::Borrowed)
    }

    /// The scheme of an id.
    pub(crate) fn load(&self, id: &str) -> Result<Arc<Scheme>, Failure> {
        let mut loaded = self.loaded.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(scheme) = loaded.get(id) {
            return Ok(scheme.clone());
        }
        if !self.index.manifests.contains_key(id) {
            let known = self.index.manifests.keys().map(ToString::to_string).collect();
            return Err(Failure::UnknownScheme { id: id.to_owned(), known });
        }
        let scheme = match &self.folder {
            Some(files) => load(files, id)?,
            None => juesuan_builtin::scheme(id)?,
        };
        let scheme = Arc::new(scheme);
        loaded.insert(id.to_owned(), scheme.clone());
        Ok(scheme)
    }

    /// The scheme that was asked for, or the one that fits the document.
    pub(crate) fn choose(&self, asked: Option<&str>, identity: &Identity) -> Choice {
        match asked {
            Some(id) => Choice { id: id.to_owned(), why: Why::Asked },
            None => self.index.choose(identity),
        }
    }
}

fn read_folder(folder: &Path) -> Result<Files, Failure> {
    if folder.is_file() {
        return Err(Failure::read(folder, std::io::ErrorKind::NotADirectory.into()));
    }
    let mut files = Files::new();
    for entry in WalkDir::new(folder).max_depth(8).sort_by_file_name() {
        let entry = entry.map_err(|error| {
            let path = error.path().unwrap_or(folder).to_owned();
            let source = error.into_io_error().unwrap_or_else(|| std::io::Error::other("loop"));
            Failure::Read { path, source }
        })?;
        let is_small = entry.metadata().is_ok_and(|about| about.len() <= MAX_BYTES);
        let path = entry.path();
        let ending = path.extension().and_then(|ending| ending.to_str());
        if entry.file_type().is_file() && is_small && matches!(ending, Some("toml" | "md" | "csv"))
        {
            let text =
                std::fs::read_to_string(path).map_err(|source| Failure::read(path, source))?;
            let below: Vec<_> = path
                .strip_prefix(folder)
                .unwrap_or(path)
                .components()
                .map(|part| part.as_os_str().to_string_lossy())
                .collect();
            files.insert(below.join("/").into(), text.into());
        }
    }
    Ok(files)
}
