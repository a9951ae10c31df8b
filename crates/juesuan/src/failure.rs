//! Why something could not be done, in the user's words, with what to do.

use std::io;
use std::path::{Path, PathBuf};

use juesuan_model::Lang;
#[cfg(feature = "pdf")]
use juesuan_print::PrintError;
use juesuan_read::{PackageError, ReadError};
use juesuan_scheme::SchemeError;
use juesuan_write::WriteError;

use crate::annotate::NotAnnotated;
use crate::waivers::WaiverFault;

/// Why something could not be done.
#[derive(Debug)]
pub(crate) enum Failure {
    /// A file or folder could not be read.
    Read { path: PathBuf, source: io::Error },
    /// A file is no text, or too large.
    Document { path: PathBuf, source: ReadError },
    /// There is nothing to check; what was left out.
    NothingToCheck(Option<String>),
    /// The program failed on a document.
    Crash { path: PathBuf, place: String },
    /// A scheme is faulty.
    Scheme(SchemeError),
    /// No scheme has this id.
    UnknownScheme { id: String, known: Vec<String> },
    /// No rule has this code.
    UnknownRule { code: String, near: Vec<String> },
    /// `--select` names nothing.
    SelectsNothing(String),
    /// A list of accepted findings is faulty.
    Waivers { path: PathBuf, fault: WaiverFault },
    /// The report would overwrite its source.
    OutputIsInput(PathBuf),
    /// The reports of two documents would have the same name.
    SameReport { first: PathBuf, second: PathBuf },
    /// One file cannot hold the reports of several documents.
    NeedsFolder,
    /// A workbook must not go to a terminal.
    NeedsFile,
    /// A report could not be written.
    Write { path: Option<PathBuf>, source: io::Error },
    /// The findings could not be marked on a PDF.
    Annotate(NotAnnotated),
    /// A report could not be made.
    Report(WriteError),
    /// The list of a department's units is faulty.
    List { path: PathBuf, line: usize, why: String },
    /// A file of a package is not written as it should be.
    Package { path: PathBuf, source: PackageError },
    /// An empty package cannot stand there; why, in Chinese and English.
    NotWritten { path: PathBuf, why: (String, String) },
    /// A document is not the one that is published from a folder; why, in Chinese and English.
    NotPublishedFrom { path: PathBuf, why: (String, String) },
    /// There is no such figure to explain.
    NoFigure { asked: String, why: String },
    /// What was given as font is of no use.
    #[cfg(feature = "pdf")]
    Font { path: PathBuf, source: PrintError },
    /// A PDF could not be made.
    #[cfg(feature = "pdf")]
    Print(PrintError),
    /// The proof of schemes failed; the faults are printed already.
    NotProved(usize),
}

impl Failure {
    pub(crate) fn read(path: &Path, source: io::Error) -> Self {
        Self::Read { path: path.to_owned(), source }
    }

    pub(crate) fn write(path: &Path, source: io::Error) -> Self {
        Self::Write { path: Some(path.to_owned()), source }
    }

    /// The same of a file, when it is a failure to write.
    pub(crate) fn in_file(self, path: &Path) -> Self {
        match self {
            Self::Write { source, .. } => Self::write(path, source),
            other => other,
        }
    }

    /// Whether the reader of our output has gone, which is no fault.
    pub(crate) fn is_closed_pipe(&self) -> bool {
        matches!(self, Self::Write { path: None, source }
            if source.kind() == io::ErrorKind::BrokenPipe)
    }

    /// What happened and what to do.
    pub(crate) fn say(&self, lang: Lang) -> String {
        match lang {
            Lang::Zh => self.chinese(),
            Lang::En => self.english(),
        }
    }

    fn chinese(&self) -> String {
        match self {
            Self::Read { path, source } => {
                format!("读不了 {}：{}", path.display(), cause(source, Lang::Zh))
            }
            Self::Document { path, source } => {
                format!("{}：{}", path.display(), source.say(Lang::Zh))
            }
            Self::NothingToCheck(skipped) => {
                let skipped = skipped.as_ref().map_or(String::new(), |said| format!("。{said}"));
                format!(
                    "没有找到可以检查的文件（.pdf、.docx、.xlsx、.html、.md、.txt 等）；请给出文件，或装有这些文件的目录{skipped}"
                )
            }
            Self::Crash { path, place } => format!(
                "检查 {} 时程序内部出错（{place}），这份文件没有检查完；请把文件和这行信息反馈给我们",
                path.display()
            ),
            Self::Scheme(error) => format!("方案有误：{error}"),
            Self::UnknownScheme { id, known } => {
                format!("没有方案 {id}；可用的有 {}", known.join("、"))
            }
            Self::UnknownRule { code, near } => unknown_rule(code, near),
            Self::SelectsNothing(code) => {
                format!("--select 的 {code} 没有对应的规则；用 juesuan rule --all 查看全部规则")
            }
            Self::Waivers { path, fault } => {
                format!("接受清单 {} 有误：{}", path.display(), fault.say(Lang::Zh))
            }
            Self::OutputIsInput(path) => format!(
                "{} 就是要检查的文件，报告会把它覆盖掉；请用 -o 另给一个路径",
                path.display()
            ),
            Self::SameReport { first, second } => format!(
                "{} 和 {} 的报告会同名，一份会覆盖另一份；请给出它们共同的上级目录，或分开检查",
                first.display(),
                second.display()
            ),
            Self::NeedsFolder => {
                "多份文本的 html 报告每份一个文件；请用 -o 给出一个目录".to_owned()
            }
            Self::NeedsFile => "xlsx 不能显示在终端上；请用 -o 给出文件名".to_owned(),
            Self::Write { path, source } => {
                let path = shown(path.as_deref(), "标准输出");
                format!("没有写出到 {path}：{}", cause(source, Lang::Zh))
            }
            Self::Annotate(why) => why.say(Lang::Zh),
            Self::Report(error) => error.to_string(),
            Self::List { path, line, why } => {
                format!(
                    "单位名单 {} 第 {line} 行有误（{why}）；每行写作 \"名称\" = \"内容\"",
                    path.display()
                )
            }
            Self::Package { path, source } => format!("数据包 {}：{source}", path.display()),
            Self::NotWritten { path, why } | Self::NotPublishedFrom { path, why } => {
                format!("{} {}", path.display(), why.0)
            }
            Self::NoFigure { asked, why } => {
                format!("没有 {asked} 这个数：{why}；写作 表[行].栏，如 支出决算表[合计].基本支出")
            }
            #[cfg(feature = "pdf")]
            Self::Font { path, source } => {
                format!("{}：{}", path.display(), source.say(Lang::Zh))
            }
            #[cfg(feature = "pdf")]
            Self::Print(error) => error.say(Lang::Zh),
            Self::NotProved(count) => format!("方案没有通过验证：{count} 处有误"),
        }
    }

    fn english(&self) -> String {
        match self {
            Self::Read { path, source } => {
                format!("cannot read {}: {}", path.display(), cause(source, Lang::En))
            }
            Self::Document { path, source } => {
                format!("{}: {}", path.display(), source.say(Lang::En))
            }
            Self::NothingToCheck(skipped) => {
                let skipped = skipped.as_ref().map_or(String::new(), |said| format!("; {said}"));
                format!(
                    "no files to check (.pdf, .docx, .xlsx, .html, .md, .txt and others); name a file or a folder with such \
                     files{skipped}"
                )
            }
            Self::Crash { path, place } => format!(
                "internal error on {} ({place}); it was not checked to the end; please report it",
                path.display()
            ),
            Self::Scheme(error) => format!("faulty scheme: {error}"),
            Self::UnknownScheme { id, known } => {
                format!("no scheme {id}; there are {}", known.join(", "))
            }
            Self::UnknownRule { code, near } => {
                format!("no rule {code}{}; see juesuan rule --all", beside(near))
            }
            Self::SelectsNothing(code) => {
                format!("--select {code} names no rule; see juesuan rule --all")
            }
            Self::Waivers { path, fault } => {
                format!("faulty waiver file {}: {}", path.display(), fault.say(Lang::En))
            }
            Self::OutputIsInput(path) => {
                format!("{} is the file to be checked; choose another path with -o", path.display())
            }
            Self::SameReport { first, second } => format!(
                "the reports of {} and {} would have the same name and one overwrite the other; \
                 name the folder above both, or check them one by one",
                first.display(),
                second.display()
            ),
            Self::NeedsFolder => {
                "html reports of several documents need a folder; name one with -o".to_owned()
            }
            Self::NeedsFile => "xlsx cannot go to a terminal; name a file with -o".to_owned(),
            Self::Write { path, source } => {
                let path = shown(path.as_deref(), "standard output");
                format!("the report could not be written to {path}: {}", cause(source, Lang::En))
            }
            Self::Annotate(why) => why.say(Lang::En),
            Self::Report(error) => error.to_string(),
            Self::List { path, line, why } => {
                format!("faulty list of units {}, line {line}: {why}", path.display())
            }
            Self::Package { path, source } => format!("package {}: {source}", path.display()),
            Self::NotWritten { path, why } | Self::NotPublishedFrom { path, why } => {
                format!("{} {}", path.display(), why.1)
            }
            Self::NoFigure { asked, why } => {
                format!("no figure {asked}: {why}; written form[row].column")
            }
            #[cfg(feature = "pdf")]
            Self::Font { path, source } => {
                format!("{}: {}", path.display(), source.say(Lang::En))
            }
            #[cfg(feature = "pdf")]
            Self::Print(error) => error.say(Lang::En),
            Self::NotProved(count) => format!("schemes not proved: {count} faults"),
        }
    }
}

/// Of standard output, unless a file is named later.
impl From<io::Error> for Failure {
    fn from(source: io::Error) -> Self {
        Self::Write { path: None, source }
    }
}

impl From<SchemeError> for Failure {
    fn from(error: SchemeError) -> Self {
        Self::Scheme(error)
    }
}

impl From<NotAnnotated> for Failure {
    fn from(why: NotAnnotated) -> Self {
        Self::Annotate(why)
    }
}

impl From<WriteError> for Failure {
    fn from(error: WriteError) -> Self {
        Self::Report(error)
    }
}

/// Where something is written, by its path if it has one.
fn shown(path: Option<&Path>, other: &str) -> String {
    path.map_or_else(|| other.to_owned(), |path| path.display().to_string())
}

/// Names that are like the one that was asked for.
fn beside(near: &[String]) -> String {
    if near.is_empty() { String::new() } else { format!("; near: {}", near.join(", ")) }
}

/// That no rule has a code, and which are like it.
fn unknown_rule(code: &str, near: &[String]) -> String {
    if near.is_empty() {
        return format!("没有规则 {code}；用 juesuan rule --all 查看全部规则");
    }
    format!("没有规则 {code}；相近的有 {}；用 juesuan rule --all 查看全部", near.join("、"))
}

/// What the system says, in the user's words.
fn cause(error: &io::Error, lang: Lang) -> String {
    let (zh, en) = match error.kind() {
        io::ErrorKind::NotFound => ("没有这个文件或目录", "no such file or folder"),
        io::ErrorKind::PermissionDenied => {
            ("没有权限；请检查文件或目录的权限", "permission denied")
        }
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
            ("磁盘已满；请腾出空间后再试", "the disk is full")
        }
        io::ErrorKind::IsADirectory => ("这是目录，不是文件", "it is a folder, not a file"),
        io::ErrorKind::AlreadyExists => {
            ("路径中有一段已是文件，不是目录", "a part of the path is a file, not a folder")
        }
        io::ErrorKind::NotADirectory => {
            ("不是目录，或路径中有一段不是目录", "it, or a part of the path, is no folder")
        }
        io::ErrorKind::ReadOnlyFilesystem => ("磁盘是只读的", "the disk is read-only"),
        io::ErrorKind::InvalidData => {
            ("文字不是 UTF-8 编码；请另存为 UTF-8 后再试", "the text is not in UTF-8")
        }
        io::ErrorKind::BrokenPipe => ("接收的程序已经关闭", "the receiving program has gone"),
        _ => return format!("{}{error}", lang.pick("系统报告 ", "the system says ")),
    };
    lang.pick(zh, en).to_owned()
}
