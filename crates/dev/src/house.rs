//! A document's way through the house, as the command line takes it: text in, findings out.

use std::path::{Path, PathBuf};

use juesuan_check::{Checked, check, infos};
use juesuan_model::{Accounts, Document, RuleInfo};
use juesuan_read::{bind, identify, parse};
use juesuan_scheme::package::PackageForm;
use juesuan_scheme::{BASE, Case, Choice, Files, Index, Scheme, cases, embedded, load};

use crate::failure::Failure;

/// The root of the repository that this program was built from.
#[must_use]
pub fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.ancestors().nth(2).unwrap_or(here).to_owned()
}

/// Reads a text file.
///
/// # Errors
/// When it cannot be read.
pub fn read(path: &Path) -> Result<String, Failure> {
    std::fs::read_to_string(path).map_err(|source| Failure::read(path, source))
}

/// Writes a text file and the folders above it.
///
/// # Errors
/// When it cannot be written.
pub fn write(path: &Path, text: &str) -> Result<(), Failure> {
    let folder = path.parent().unwrap_or(path);
    let written = std::fs::create_dir_all(folder).and_then(|()| std::fs::write(path, text));
    written.map_err(|source| Failure::write(path, source))
}

/// The built-in schemes, their cases and the rules of the base.
pub struct House {
    files: Files,
    index: Index,
    /// The cases of all schemes.
    pub cases: Vec<Case>,
    /// The pages of all rules, by code.
    pub rules: Vec<RuleInfo>,
}

/// A document with all that was made of it.
pub struct Examined {
    /// What was read.
    pub document: Document,
    /// What was bound from it.
    pub accounts: Accounts,
    /// What checking gave.
    pub checked: Checked,
}

impl House {
    /// Opens the built-in schemes.
    ///
    /// # Errors
    /// When one is faulty.
    pub fn open() -> Result<Self, Failure> {
        let files = embedded();
        let index = Index::new(&files)?;
        let cases = cases(&files);
        let rules = infos(&load(&files, BASE)?, &cases);
        Ok(Self { files, index, cases, rules })
    }

    /// The scheme of an id.
    ///
    /// # Errors
    /// When there is none, or it is faulty.
    pub fn scheme(&self, id: &str) -> Result<Scheme, Failure> {
        Ok(load(&self.files, id)?)
    }

    /// What units hand in by the base, and the base with the records that it brings.
    ///
    /// # Errors
    /// When one is faulty.
    pub fn package_form(&self) -> Result<(PackageForm, Scheme), Failure> {
        let mut scheme = self.scheme(BASE)?;
        let form = PackageForm::load(&self.files, &mut scheme)?;
        Ok((form, scheme))
    }

    /// The scheme that fits a document.
    ///
    /// # Errors
    /// When it is faulty.
    pub fn scheme_for(&self, text: &str) -> Result<Scheme, Failure> {
        self.scheme(&self.choice_for(&parse(text)).id)
    }

    /// Which scheme fits a document, and why.
    #[must_use]
    pub fn choice_for(&self, document: &Document) -> Choice {
        self.index.choose(&identify(document, &self.index.words))
    }
}

/// Reads and checks a text.
#[must_use]
pub fn examine(text: &str, scheme: &Scheme) -> Examined {
    examine_document(parse(text), scheme)
}

/// Checks what was read of a file of any kind.
#[must_use]
pub fn examine_document(document: Document, scheme: &Scheme) -> Examined {
    let accounts = bind(&document, scheme);
    let checked = check(&document, &accounts, scheme, &[]);
    Examined { document, accounts, checked }
}
