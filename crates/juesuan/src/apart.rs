//! Files of strangers are taken apart by a process of its own.
//!
//! PDF, Word, Excel and web pages come from anywhere, and the code that unpacks them is large. The
//! program starts itself once more, hands over the bytes, and gets back blocks of text and tables, or
//! pictures of pages, or a PDF with remarks on it. That process can do nothing else: the system lets
//! it open no file and no connection, write no file, and holds it to so much memory and time. When
//! it fails, one file was not read.
//!
//! Memory is limited on Linux only, and Windows knows none of these limits. There is still a border:
//! a crash or an endless file ends that process only.

use std::ffi::OsString;
use std::io::{self, BufWriter, Read, Write};
use std::process::{Command, ExitCode, Stdio};
use std::sync::mpsc;
use std::time::Duration;

use borsh::BorshDeserialize;
use juesuan_pdf::{PdfError, Remark};
use juesuan_read::{
    Cuttings, Dissected, MAX_BYTES, Picture, ReadError, Reading, Recognised, cut, dissect,
    is_foreign, pictures,
};

use crate::recognise::recognise;

/// The word by which the program knows that it is the one to take a file apart.
pub(crate) const WORD: &str = "take-apart";

/// Asks it for pictures instead, or for the lines of a page that is one.
const DRAW: &str = "draw";
const CUT: &str = "cut";
/// Asks it for the PDF with remarks.
const ANNOTATE: &str = "annotate";

/// In whose name remarks are written.
const AUTHOR: &str = "juesuan";

/// The memory that it may ask for, its own code included. Other systems refuse such a limit, because
/// they set much more aside than programs use.
#[cfg(target_os = "linux")]
const MEMORY: u64 = 1 << 30;
/// The seconds that it may work.
#[cfg(unix)]
const WORK_SECONDS: u64 = 30;
/// How long is waited for it, however little it works.
const WAIT: Duration = Duration::from_secs(60);
/// The largest answer that is taken.
const MOST_ANSWER: u64 = 256 << 20;
/// The largest file, with remarks before it, that is listened to.
const MOST_LISTENED: u64 = MAX_BYTES + (64 << 20);

/// `None` for files that are of no known format.
type Answer = Option<Result<Dissected, ReadError>>;

/// Reads a file that is no text; `None` when it may be text.
pub(crate) fn convert(bytes: &[u8]) -> Option<Result<Reading, ReadError>> {
    if !is_foreign(bytes) {
        return None;
    }
    let told = take_apart(bytes, &[]);
    let scans = match &told {
        Some(Ok(dissected)) => dissected.scans.as_slice(),
        _ => &[],
    };
    let recognised = recognise(scans, |page| cut_apart(bytes, page));
    let told = if recognised.is_empty() { told } else { take_apart(bytes, &recognised) };
    told.map(|dissected| dissected.map(Dissected::listed))
}

/// Takes a file apart, with what was recognised of it before.
fn take_apart(bytes: &[u8], recognised: &[Recognised]) -> Answer {
    let known = borsh::to_vec(recognised).unwrap_or_default();
    ask(&[], &[&known, bytes]).unwrap_or(Some(Err(ReadError::GaveUp)))
}

/// Cuts a page that is only a picture into lines.
fn cut_apart(bytes: &[u8], page: u32) -> Option<Cuttings> {
    let question = [CUT.to_owned(), page.to_string()];
    ask::<Result<Cuttings, ReadError>>(&question, &[bytes]).ok()?.ok()
}

/// Draws pages of a PDF at a resolution in dots to the inch. Each picture of a page of usual size
/// takes 26 MB at 300 dots, 3 MB at 100: who wants many asks for a few at a time.
pub(crate) fn draw(bytes: &[u8], pages: &[u32], dpi: u16) -> Result<Vec<Picture>, ReadError> {
    let pages = pages.iter().map(u32::to_string);
    let question: Vec<String> =
        [DRAW.to_owned(), dpi.to_string()].into_iter().chain(pages).collect();
    ask(&question, &[bytes]).unwrap_or(Err(ReadError::GaveUp))
}

/// Writes remarks on a PDF.
pub(crate) fn annotate(pdf: &[u8], remarks: &[Remark]) -> Result<Vec<u8>, PdfError> {
    let Ok(remarks) = borsh::to_vec(remarks) else { return Err(PdfError::TooMuch) };
    // Who gives up has used up its limits.
    ask(&[ANNOTATE.to_owned()], &[&remarks, pdf]).unwrap_or(Err(PdfError::TooMuch))
}

/// What the other process answers to a question about a file; an error when it ends before.
fn ask<A: BorshDeserialize>(question: &[String], parts: &[&[u8]]) -> io::Result<A> {
    let mut command = Command::new(std::env::current_exe()?);
    command
        .arg(WORD)
        .args(question)
        .env_clear()
        // Else the allocator sets aside more at once than the process may ask for.
        .env("MIMALLOC_ARENA_RESERVE", "65536");
    borsh::from_slice(&converse(command, parts, WAIT)?)
}

/// Starts a process, hands it something and takes what it says; an error when it fails, says too
/// much or takes too long.
pub(crate) fn converse(
    mut command: Command,
    parts: &[&[u8]],
    patience: Duration,
) -> io::Result<Vec<u8>> {
    let mut child =
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn()?;
    let (file, answer) = (child.stdin.take(), child.stdout.take());
    let (done, wait) = mpsc::channel();
    let read = std::thread::scope(|scope| {
        scope.spawn(move || {
            // Who does not listen to the end has seen enough.
            file.map(|mut file| parts.iter().try_for_each(|part| file.write_all(part)))
        });
        scope.spawn(move || {
            let mut read = Vec::new();
            let result = answer.map(|answer| answer.take(MOST_ANSWER + 1).read_to_end(&mut read));
            let _ = done.send(result.transpose().map(|_| read));
        });
        let read = wait.recv_timeout(patience);
        if read.is_err() {
            child.kill()?;
        }
        read.unwrap_or_else(|_| Err(io::ErrorKind::TimedOut.into()))
    });
    let status = child.wait()?;
    match read {
        Ok(read) if status.success() && read.len() as u64 <= MOST_ANSWER => Ok(read),
        Ok(_) => Err(io::ErrorKind::UnexpectedEof.into()),
        Err(error) => Err(error),
    }
}

/// What the other process does; `question` is what follows the word.
pub(crate) fn serve(question: &[OsString]) -> ExitCode {
    match answer(question) {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::FAILURE,
    }
}

fn answer(question: &[OsString]) -> io::Result<()> {
    #[cfg(unix)]
    limit()?;
    std::panic::set_hook(Box::new(|_| {}));
    let mut input = io::stdin().lock();
    let known = match question {
        [] => Vec::<Recognised>::deserialize_reader(&mut input)?,
        _ => Vec::new(),
    };
    let mut bytes = Vec::new();
    input.take(MOST_LISTENED).read_to_end(&mut bytes)?;
    let mut out = BufWriter::new(io::stdout().lock());
    match question {
        [] => borsh::to_writer(&mut out, &dissect(&bytes, &known))?,
        [word, page] if word == CUT => {
            let page = page.to_str().and_then(|page| page.parse().ok());
            let page = page.ok_or(io::ErrorKind::InvalidInput)?;
            borsh::to_writer(&mut out, &cut(&bytes, page))?;
        }
        [word, numbers @ ..] if word == DRAW => {
            let numbers: Option<Vec<u32>> =
                numbers.iter().map(|number| number.to_str()?.parse().ok()).collect();
            let numbers = numbers.ok_or(io::ErrorKind::InvalidInput)?;
            let (dpi, pages) = numbers.split_first().ok_or(io::ErrorKind::InvalidInput)?;
            let dpi = u16::try_from(*dpi).unwrap_or(u16::MAX);
            borsh::to_writer(&mut out, &pictures(&bytes, pages, dpi))?;
        }
        [word] if word == ANNOTATE => {
            let mut pdf = &*bytes;
            let remarks = Vec::<Remark>::deserialize(&mut pdf)?;
            borsh::to_writer(&mut out, &juesuan_pdf::annotate(pdf, &remarks, AUTHOR))?;
        }
        _ => return Err(io::ErrorKind::InvalidInput.into()),
    }
    out.flush()
}

/// Gives up what is not needed to take a file apart; no way leads back.
#[cfg(unix)]
fn limit() -> io::Result<()> {
    use rustix::process::{Resource, Rlimit, setrlimit};

    let limits = [
        #[cfg(target_os = "linux")]
        (Resource::As, MEMORY),
        (Resource::Cpu, WORK_SECONDS),
        (Resource::Fsize, 0),
        (Resource::Core, 0),
        // Those for asking and answering are open already.
        (Resource::Nofile, 3),
    ];
    for (resource, most) in limits {
        setrlimit(resource, Rlimit { current: Some(most), maximum: Some(most) })?;
    }
    Ok(())
}
