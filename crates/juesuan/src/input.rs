//! Finds the files to check and reads them, within limits.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use juesuan_model::Lang;
use juesuan_read::{MAX_BYTES, ReadError};
use walkdir::WalkDir;

use crate::failure::Failure;

/// What of a folder is checked.
const ENDINGS: [&str; 10] =
    ["md", "markdown", "txt", "pdf", "docx", "xlsx", "xlsm", "xls", "html", "htm"];

/// What of a folder may be a disclosure too, which cannot be read yet.
const UNREADABLE: [&str; 6] = ["doc", "wps", "ofd", "et", "mht", "rtf"];

/// How deep folders are searched.
const DEPTH: usize = 32;

/// A file to check.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Input {
    /// The path as the user knows it; `-` is standard input.
    pub(crate) path: PathBuf,
    /// The path below the folder that was given, or the name of the file.
    pub(crate) below: PathBuf,
}

/// What was found to check.
#[derive(Default)]
pub(crate) struct Inputs {
    pub(crate) files: Vec<Input>,
    /// What could not be looked at.
    pub(crate) failures: Vec<Failure>,
    /// Whether several documents were meant: several arguments, or a folder.
    pub(crate) is_many: bool,
    /// How many files of folders may be disclosures but cannot be read, by their ending.
    skipped: BTreeMap<String, usize>,
}

/// Finds the files that arguments mean, in the order given, folders sorted by name.
pub(crate) fn find(arguments: &[PathBuf]) -> Inputs {
    let mut inputs = Inputs { is_many: arguments.len() > 1, ..Inputs::default() };
    for path in arguments {
        if path.as_os_str() != "-" && path.is_dir() {
            inputs.is_many = true;
            inputs.folder(path);
        } else {
            inputs.files.push(Input::new(path.clone()));
        }
    }
    inputs
}

impl Inputs {
    /// What of the folders was left out, in the user's words.
    pub(crate) fn say_skipped(&self, lang: Lang) -> Option<String> {
        let count: usize = self.skipped.values().sum();
        let kinds = self.skipped.iter().map(|(ending, count)| format!("{ending} {count}"));
        let kinds = kinds.collect::<Vec<_>>().join(lang.pick("、", ", "));
        let said = match lang {
            Lang::Zh => format!(
                "目录中另有 {count} 个文件没有检查（{kinds}）：能读的有 PDF、Word（docx）、Excel（xlsx、xls）、网页、Markdown 和纯文本，请先另存为其中一种"
            ),
            Lang::En => format!(
                "{count} more files of the folder were not checked ({kinds}): PDF, docx, \
                 workbooks, web pages, Markdown and plain text can be read"
            ),
        };
        (count > 0).then_some(said)
    }

    /// A file of a folder: it is checked, counted as left out, or none of our business.
    fn file(&mut self, path: PathBuf, folder: &Path) {
        let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or("");
        let ending = ending.to_ascii_lowercase();
        if is_report(&path) {
            return;
        }
        if ENDINGS.contains(&&*ending) {
            let below = path.strip_prefix(folder).unwrap_or(&path).to_owned();
            self.files.push(Input { path, below });
        } else if UNREADABLE.contains(&&*ending) {
            *self.skipped.entry(ending).or_default() += 1;
        }
    }

    fn folder(&mut self, folder: &Path) {
        let walk = WalkDir::new(folder).max_depth(DEPTH).sort_by_file_name();
        for entry in walk {
            match entry {
                // A link to a file is one; links to folders may lead in circles.
                Ok(entry) if entry.path().is_file() => self.file(entry.into_path(), folder),
                Ok(_) => {}
                Err(error) => {
                    let path = error.path().unwrap_or(folder).to_owned();
                    let source = error.into_io_error().unwrap_or_else(|| io::Error::other("loop"));
                    self.failures.push(Failure::Read { path, source });
                }
            }
        }
    }
}

/// Whether a file is a report that was written into the folder before.
fn is_report(path: &Path) -> bool {
    let name = path.file_stem().map(Path::new);
    name.and_then(Path::extension).is_some_and(|ending| ending == "report")
}

impl Input {
    /// A file by itself.
    pub(crate) fn new(path: PathBuf) -> Self {
        let below = path.file_name().map_or_else(|| path.clone(), PathBuf::from);
        Self { path, below }
    }

    /// Reads the file. One that is too large is refused before it is read.
    pub(crate) fn read(&self) -> Result<Vec<u8>, Failure> {
        if self.path.as_os_str() == "-" {
            return self.take(io::stdin().lock(), 0);
        }
        let failure = |source| Failure::read(&self.path, source);
        let file = File::open(&self.path).map_err(failure)?;
        let about = file.metadata().map_err(failure)?;
        if about.is_dir() {
            return Err(failure(io::ErrorKind::IsADirectory.into()));
        }
        self.take(file, about.len())
    }

    /// Reads up to the limit, whatever the size was said to be.
    fn take(&self, source: impl Read, size: u64) -> Result<Vec<u8>, Failure> {
        if size > MAX_BYTES {
            return Err(self.too_large(size));
        }
        let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or(0));
        let read = source.take(MAX_BYTES + 1).read_to_end(&mut bytes);
        read.map_err(|source| Failure::read(&self.path, source))?;
        let length = bytes.len() as u64;
        if length > MAX_BYTES { Err(self.too_large(length)) } else { Ok(bytes) }
    }

    fn too_large(&self, size: u64) -> Failure {
        let source = ReadError::TooLarge(size / (1024 * 1024));
        Failure::Document { path: self.path.clone(), source }
    }
}
