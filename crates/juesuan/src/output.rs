//! Where reports go. A file appears whole or not at all: it is written beside its place and moved
//! there when it is complete. Devices and pipes are written to as they are.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use juesuan_model::{Lang, Report, RuleInfo, Tally};
use juesuan_write::text::TextOptions;
use juesuan_write::{SourceText, html, json, sarif, text, xlsx};
use tempfile::NamedTempFile;

use crate::annotate::NotAnnotated;
use crate::cli::Format;
use crate::examine::Examined;
use crate::failure::Failure;
use crate::input::{Input, Inputs};

/// How many bytes are gathered before they are written: reports have a megabyte and more.
const BUFFER: usize = 64 * 1024;

/// What all reports of a run share.
pub(crate) struct Style<'a> {
    pub(crate) format: Format,
    pub(crate) text: TextOptions,
    pub(crate) rules: &'a [RuleInfo],
    pub(crate) lang: Lang,
}

/// Where the reports of a run go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Target {
    Stdout,
    File(PathBuf),
    /// One file for each document.
    Folder(PathBuf),
}

impl Target {
    /// What `-o` means.
    pub(crate) fn of(path: Option<&Path>, inputs: &Inputs) -> Self {
        let Some(path) = path else { return Self::Stdout };
        let says_folder = path.as_os_str().to_string_lossy().ends_with(['/', '\\']);
        let is_new = inputs.is_many && path.extension().is_none() && !path.exists();
        if path.is_dir() || says_folder || is_new {
            Self::Folder(path.to_owned())
        } else {
            Self::File(path.to_owned())
        }
    }

    /// The file that holds the report of an input.
    pub(crate) fn file_of(&self, input: &Input, format: Format) -> Option<PathBuf> {
        match self {
            Self::Stdout => None,
            Self::File(path) => Some(path.clone()),
            Self::Folder(folder) => {
                let name = if input.path.as_os_str() == "-" {
                    PathBuf::from("stdin")
                } else {
                    input.below.clone()
                };
                let mut name = name.into_os_string();
                name.push(".report.");
                name.push(format.ending());
                Some(folder.join(name))
            }
        }
    }

    /// Refuses to overwrite what is to be checked (or `other`, which is read too), and one report
    /// by another, before anything is done.
    pub(crate) fn refuse_loss(
        &self,
        inputs: &[Input],
        other: Option<&Path>,
        format: Format,
    ) -> Result<(), Failure> {
        let real = |path: &Path| fs::canonicalize(path).ok();
        let read = inputs.iter().map(|input| &*input.path).chain(other);
        let sources: BTreeSet<PathBuf> = read.filter_map(real).collect();
        let mut taken: BTreeMap<PathBuf, &Input> = BTreeMap::new();
        for input in inputs {
            let Some(target) = self.file_of(input, format) else { continue };
            if real(&target).is_some_and(|target| sources.contains(&target)) {
                return Err(Failure::OutputIsInput(target));
            }
            let before = taken.insert(target, input);
            if let Some(first) = before.filter(|_| matches!(self, Self::Folder(_))) {
                let (first, second) = (first.path.clone(), input.path.clone());
                return Err(Failure::SameReport { first, second });
            }
        }
        Ok(())
    }

    /// Refuses another file that is written (`path`) where it would take the place of what is read
    /// or of the report.
    pub(crate) fn refuse_loss_by(
        &self,
        path: &Path,
        inputs: &[Input],
        other: Option<&Path>,
    ) -> Result<(), Failure> {
        let real = real_path(path);
        let mut read = inputs.iter().map(|input| &*input.path).chain(other);
        if read.any(|source| real_path(source) == real) {
            return Err(NotAnnotated::IsInput(path.to_owned()).into());
        }
        match self {
            Self::File(report) if real_path(report) == real => {
                Err(NotAnnotated::IsReport(path.to_owned()).into())
            }
            _ => Ok(()),
        }
    }
}

/// The one path of a file, which need not be there yet.
fn real_path(path: &Path) -> PathBuf {
    let by_folder = || {
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
        let folder = fs::canonicalize(folder.unwrap_or(Path::new("."))).ok()?;
        Some(folder.join(path.file_name()?))
    };
    fs::canonicalize(path).ok().or_else(by_folder).unwrap_or_else(|| path.to_owned())
}

/// Writes the report of one document as one file.
pub(crate) fn write_report(
    examined: &Examined,
    style: &Style<'_>,
    out: &mut impl Write,
) -> Result<(), Failure> {
    let Examined { report, text: source, pictures, .. } = examined;
    // Programs that read the report have the text themselves.
    let source = || SourceText::new(source);
    let reports = std::slice::from_ref(report);
    let written = match style.format {
        Format::Text => out.write_all(text::report(report, &source(), style.text).as_bytes()),
        Format::Json => json::write(report, &mut *out).and_then(|()| out.write_all(b"\n")),
        Format::Sarif => out.write_all(sarif::reports(reports, style.rules, style.lang).as_bytes()),
        Format::Html => {
            let page = html::report(report, &source(), style.rules, pictures, style.lang);
            out.write_all(page.as_bytes())
        }
        Format::Xlsx => out.write_all(&xlsx::reports(reports, style.rules, style.lang)?),
    };
    written.map_err(Failure::from)
}

/// Writes a whole file: all of it, or nothing.
pub(crate) fn write_file(
    path: &Path,
    write: impl FnOnce(&mut Pending) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let mut file = Pending::create(path)?;
    write(&mut file).map_err(|failure| failure.in_file(path))?;
    file.finish()
}

/// Writes the bytes of a file that [`Pending::finish`] lets appear.
pub(crate) fn write_pending(path: &Path, bytes: &[u8]) -> Result<Pending, Failure> {
    let mut file = Pending::create(path)?;
    file.write_all(bytes).map_err(|source| Failure::write(path, source))?;
    Ok(file)
}

/// A file that is not there yet.
pub(crate) struct Pending {
    path: PathBuf,
    file: BufWriter<Draft>,
}

/// Where the bytes of a file gather.
enum Draft {
    /// Beside the place where the file will be.
    Beside(NamedTempFile, PathBuf),
    /// In a device or pipe, which must not be replaced by a file.
    Device(fs::File),
}

impl Draft {
    fn open(path: &Path) -> io::Result<Self> {
        // A link stays a link: what it points to is written.
        let real = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        if fs::metadata(&real).is_ok_and(|about| !about.is_file() && !about.is_dir()) {
            return fs::OpenOptions::new().write(true).open(real).map(Self::Device);
        }
        let folder = real.parent().filter(|folder| !folder.as_os_str().is_empty());
        let folder = folder.unwrap_or(Path::new("."));
        fs::create_dir_all(folder)?;
        Ok(Self::Beside(NamedTempFile::new_in(folder)?, real))
    }

    fn finish(self) -> io::Result<()> {
        match self {
            Self::Beside(file, path) => {
                file.as_file().sync_all()?;
                readable_by_others(file.as_file())?;
                file.persist(path).map(|_| ()).map_err(|error| error.error)
            }
            Self::Device(mut file) => file.flush(),
        }
    }
}

impl Write for Draft {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::Beside(file, _) => file.write(bytes),
            Self::Device(file) => file.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Beside(file, _) => file.flush(),
            Self::Device(file) => file.flush(),
        }
    }
}

impl Pending {
    fn create(path: &Path) -> Result<Self, Failure> {
        let draft = Draft::open(path).map_err(|source| Failure::write(path, source))?;
        Ok(Self { path: path.to_owned(), file: BufWriter::with_capacity(BUFFER, draft) })
    }

    pub(crate) fn finish(self) -> Result<(), Failure> {
        let draft = self.file.into_inner().map_err(io::IntoInnerError::into_error);
        let done = draft.and_then(Draft::finish);
        done.map_err(|source| Failure::write(&self.path, source))
    }
}

impl Write for Pending {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

/// Temporary files are private; a report is an ordinary file.
#[cfg(unix)]
fn readable_by_others(file: &fs::File) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    file.set_permissions(fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
fn readable_by_others(_: &fs::File) -> io::Result<()> {
    Ok(())
}

/// The reports of all documents in one stream, in their order.
pub(crate) struct Stream<'a> {
    sink: Sink,
    style: &'a Style<'a>,
    is_many: bool,
    count: usize,
    /// Reports of forms that must be made at once.
    kept: Vec<Report>,
}

enum Sink {
    Stdout(BufWriter<io::Stdout>),
    File(Pending),
}

impl<'a> Stream<'a> {
    /// Opens the stream to a file or standard output.
    pub(crate) fn open(
        target: &Target,
        style: &'a Style<'a>,
        is_many: bool,
    ) -> Result<Self, Failure> {
        let sink = match target {
            Target::File(path) => Sink::File(Pending::create(path)?),
            Target::Stdout | Target::Folder(_) => {
                Sink::Stdout(BufWriter::with_capacity(BUFFER, io::stdout()))
            }
        };
        Ok(Self { sink, style, is_many, count: 0, kept: Vec::new() })
    }

    /// Adds the report of the next document.
    pub(crate) fn add(&mut self, examined: Examined) -> Result<(), Failure> {
        let is_first = self.count == 0;
        self.count += 1;
        let style = self.style;
        match style.format {
            Format::Sarif | Format::Xlsx => {
                self.kept.push(examined.report);
                Ok(())
            }
            Format::Json if self.is_many => self.put(|out| {
                out.write_all(if is_first { b"[\n" } else { b",\n" })?;
                Ok(json::write(&examined.report, out)?)
            }),
            Format::Text | Format::Json | Format::Html => self.put(|out| {
                if !is_first {
                    out.write_all(b"\n")?;
                }
                write_report(&examined, style, out)
            }),
        }
    }

    /// Ends the stream: what is still to be written, and the table over all documents.
    pub(crate) fn finish(mut self, tallies: &[Tally]) -> Result<(), Failure> {
        let Style { format, text: options, rules, lang } = *self.style;
        let rest = match format {
            Format::Json if self.is_many && self.count == 0 => b"[]\n".to_vec(),
            Format::Json if self.is_many => b"\n]\n".to_vec(),
            Format::Sarif => sarif::reports(&self.kept, rules, lang).into_bytes(),
            Format::Xlsx => xlsx::reports(&self.kept, rules, lang)?,
            Format::Text if self.is_many && !tallies.is_empty() => {
                format!("\n{}", text::summary(tallies, options)).into_bytes()
            }
            Format::Text | Format::Json | Format::Html => Vec::new(),
        };
        self.put(|out| Ok(out.write_all(&rest)?))?;
        match self.sink {
            Sink::File(file) => file.finish(),
            Sink::Stdout(mut out) => Ok(out.flush()?),
        }
    }

    fn put(&mut self, write: impl FnOnce(&mut Sink) -> Result<(), Failure>) -> Result<(), Failure> {
        let written = write(&mut self.sink);
        written.map_err(|failure| match &self.sink {
            Sink::Stdout(_) => failure,
            Sink::File(file) => failure.in_file(&file.path),
        })
    }
}

impl Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::Stdout(out) => out.write(bytes),
            Self::File(file) => file.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Stdout(out) => out.flush(),
            Self::File(file) => file.flush(),
        }
    }
}
