//! Why something could not be done, in the user's words.

use std::path::{Path, PathBuf};

use juesuan_model::Lang;
use juesuan_read::ReadError;
use juesuan_scheme::SchemeError;

/// Why something could not be done.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// A file could not be read.
    #[error("读不了 {}：{source}", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// A file could not be written.
    #[error("写不了 {}：{source}", path.display())]
    Write {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// A file is no document.
    #[error("{}：{}", path.display(), source.say(Lang::Zh))]
    Document {
        /// The file.
        path: PathBuf,
        /// Why.
        source: ReadError,
    },
    /// A scheme is faulty.
    #[error(transparent)]
    Scheme(#[from] SchemeError),
    /// The list of what ought to be covered is faulty.
    #[error("{}：{message}", path.display())]
    Coverage {
        /// The list.
        path: PathBuf,
        /// What is wrong.
        message: String,
    },
    /// Pages are not as they would be generated.
    #[error("以下文件已过时，请运行 cargo dev docs：\n{}", list(.0))]
    Stale(Vec<PathBuf>),
}

fn list(paths: &[PathBuf]) -> String {
    paths.iter().map(|path| format!("  {}", path.display())).collect::<Vec<_>>().join("\n")
}

impl Failure {
    pub(crate) fn read(path: &Path, source: std::io::Error) -> Self {
        Self::Read { path: path.to_owned(), source }
    }

    pub(crate) fn write(path: &Path, source: std::io::Error) -> Self {
        Self::Write { path: path.to_owned(), source }
    }
}
