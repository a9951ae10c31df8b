//! One document, from its bytes to its report.

use std::cell::RefCell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use juesuan_check::{apply_waivers, check_on, into_english};
use juesuan_model::{Document, DocumentInfo, Lang, Report, Threads, Waiver};
use juesuan_pdf::is_pdf;
use juesuan_read::{ReadError, Reading, bind_on, decode, identify, parse};
use juesuan_write::html::{PagePicture, pages_to_draw};
use sha2::{Digest, Sha256};

use crate::annotate::NotAnnotated;
use crate::apart::convert;
use crate::failure::Failure;
use crate::input::Input;
use crate::pictures::pictures;
use crate::schemes::Schemes;

/// What holds for all documents of a run.
pub(crate) struct Desk<'a> {
    pub(crate) schemes: &'a Schemes,
    /// The scheme that the user named.
    pub(crate) scheme: Option<&'a str>,
    pub(crate) select: &'a [String],
    pub(crate) waivers: &'a [Waiver],
    /// Today, when there are waivers.
    pub(crate) today: &'a str,
    /// Whether the findings are to be marked on the document, which must be a PDF then.
    pub(crate) annotates: bool,
    /// Whether the pages of a PDF are to be shown.
    pub(crate) draws: bool,
    pub(crate) lang: Lang,
    pub(crate) threads: Threads,
}

/// A checked document with its text, from which reports quote.
pub(crate) struct Examined {
    pub(crate) report: Report,
    pub(crate) text: String,
    /// The file itself, if it is a PDF of which more is wanted than its report.
    pub(crate) pdf: Option<Vec<u8>>,
    /// Pages of it, if they are to be shown.
    pub(crate) pictures: Vec<PagePicture>,
}

thread_local! {
    /// Where the last panic of this thread happened.
    static PANIC: RefCell<String> = const { RefCell::new(String::new()) };
}

/// Keeps panics off the terminal: a document on which the program fails is said like any other
/// failure, and the others are still checked.
pub(crate) fn quiet_panics() {
    std::panic::set_hook(Box::new(|info| {
        let place = info.location().map_or(String::new(), ToString::to_string);
        PANIC.with(|last| last.replace(place));
    }));
}

/// Does what may not end the program when it fails on a file.
pub(crate) fn caught<T>(
    path: &Path,
    work: impl FnOnce() -> Result<T, Failure>,
) -> Result<T, Failure> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| {
        let place = PANIC.with(RefCell::take);
        Err(Failure::Crash { path: path.to_owned(), place })
    })
}

impl Desk<'_> {
    /// Reads and checks a document.
    pub(crate) fn examine(&self, input: &Input) -> Result<Examined, Failure> {
        let bytes = input.read()?;
        if self.annotates && !is_pdf(&bytes) {
            return Err(NotAnnotated::NotPdf(input.path.clone()).into());
        }
        caught(&input.path, || self.check(input, bytes))
    }

    /// Parses a document. A second thread meanwhile loads the scheme that its beginning asks for,
    /// nearly always the one that the whole asks for too.
    fn parse(&self, text: &str) -> Document {
        if self.threads == Threads::One {
            return parse(text);
        }
        std::thread::scope(|scope| {
            scope.spawn(|| {
                let identity = identify(&parse(beginning(text)), &self.schemes.index.words);
                // What fails here fails again, and is said, where the scheme is needed.
                let _ = self.schemes.load(&self.schemes.choose(self.scheme, &identity).id);
            });
            parse(text)
        })
    }

    fn check(&self, input: &Input, bytes: Vec<u8>) -> Result<Examined, Failure> {
        let path = &input.path;
        let sha256 = hash(&bytes);
        let pdf = (self.annotates || self.draws) && is_pdf(&bytes);
        let pdf = pdf.then(|| bytes.clone());
        let Reading { text: source, document } = match read(bytes, |text| self.parse(text)) {
            Ok((reading, _)) => reading,
            Err(error) if error.is_exhausted() => {
                let document = Document::unread(error.say(self.lang));
                Reading { text: String::new(), document }
            }
            Err(source) => return Err(Failure::Document { path: path.clone(), source }),
        };
        let identity = identify(&document, &self.schemes.index.words);
        let choice = self.schemes.choose(self.scheme, &identity);
        let scheme = self.schemes.load(&choice.id)?;
        let accounts = bind_on(&document, &scheme, self.threads);
        let mut checked = check_on(&document, &accounts, &scheme, self.select, self.threads);
        if !self.waivers.is_empty() {
            apply_waivers(&mut checked.findings, self.waivers, self.today);
        }
        if self.lang == Lang::En {
            into_english(&mut checked.findings, &mut checked.not_checked, &scheme);
        }
        let text = |field: &Option<juesuan_model::TextField>| {
            field.as_ref().map_or(String::new(), |f| f.text.to_string())
        };
        let about = DocumentInfo {
            path: path.display().to_string(),
            sha256,
            title: text(&accounts.identity.title),
            department: text(&accounts.identity.department),
            year: accounts.identity.year,
            scheme: choice.id,
            scheme_reason: choice.why.say(self.lang),
        };
        if self.threads == Threads::Two {
            // The only document: the system takes back the memory of the process faster than
            // thousands of small parts can be given back.
            std::mem::forget((document, accounts));
        }
        let report = Report {
            document: about,
            coverage: checked.coverage,
            findings: checked.findings,
            not_checked: checked.not_checked,
        };
        let drawn = pdf.as_ref().filter(|_| self.draws);
        let pictures = drawn.map(|pdf| pictures(pdf, &pages_to_draw(&report))).unwrap_or_default();
        Ok(Examined { report, text: source, pdf, pictures })
    }
}

/// Reads a file of any kind, text by `parse`; and whether its places are lines of the file.
pub(crate) fn read(
    bytes: Vec<u8>,
    parse: impl FnOnce(&str) -> Document,
) -> Result<(Reading, bool), ReadError> {
    if let Some(reading) = convert(&bytes) {
        return reading.map(|reading| (reading, false));
    }
    let text = decode(bytes)?.text;
    let document = parse(&text);
    Ok((Reading { text, document }, true))
}

/// Bytes at the start of a document that usually tell whose accounts of which year it is.
const BEGINNING: usize = 4096;

/// The lines of a text within its first bytes.
fn beginning(text: &str) -> &str {
    let first = text.as_bytes().get(..BEGINNING);
    let end = first.map(|first| first.iter().rposition(|byte| *byte == b'\n').unwrap_or(0));
    end.and_then(|end| text.get(..end)).unwrap_or(text)
}

/// The hash of a file, in hexadecimal digits.
pub(crate) fn hash(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}
