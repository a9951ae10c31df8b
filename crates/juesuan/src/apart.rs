//! Files of strangers are taken apart by a process of its own.
//!
//! PDF, Word, Excel and web pages come from anywhere, and the code that unpacks them is large. The
//! program starts itself once more, hands over the bytes, and gets back blocks of text and tables, or
//! a PDF with remarks on its pages.
//! That process can do nothing else: the system lets it open no file and no connection, write no
//! file, and holds it to so much memory and time. When it fails, one file was not read.
//!
//! Memory is limited on Linux only, and Windows knows none of these limits. There is still a border:
//! a crash or an endless file ends that process only.

use std::ffi::OsStr;
use std::io::{self, Read, Write};
use std::process::{Command, ExitCode, Stdio};
use std::sync::mpsc;
use std::time::Duration;

use borsh::BorshDeserialize;
use juesuan_pdf::{PdfError, Remark};
use juesuan_read::{Dissected, MAX_BYTES, ReadError, Reading, dissect, is_foreign};

/// The word by which the program knows that it is the one to take a file apart.
pub(crate) const WORD: &str = "take-apart";

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
/// The largest question that is listened to: a file, and what is asked of it.
const MOST_QUESTION: u64 = MAX_BYTES + (32 << 20);

/// In whose name remarks are written.
const AUTHOR: &str = "juesuan";

/// What the process is asked for, by its second argument.
const DISSECT: &str = "blocks";
const ANNOTATE: &str = "remarks";

/// `None` for files that are of no known format.
type Blocks = Option<Result<Dissected, ReadError>>;
type Annotated = Result<Vec<u8>, PdfError>;

/// Reads a file that is no text; `None` when it may be text.
pub(crate) fn convert(bytes: &[u8]) -> Option<Result<Reading, ReadError>> {
    if !is_foreign(bytes) {
        return None;
    }
    match ask::<Blocks>(DISSECT, &[bytes]) {
        Some(answer) => answer.map(|dissected| dissected.map(Dissected::listed)),
        None => Some(Err(ReadError::GaveUp)),
    }
}

/// Writes remarks on a PDF.
pub(crate) fn annotate(pdf: &[u8], remarks: &[Remark]) -> Result<Vec<u8>, PdfError> {
    let remarks = borsh::to_vec(remarks).map_err(|_| PdfError::TooMuch)?;
    // Who gives up has used up its limits.
    ask::<Annotated>(ANNOTATE, &[&remarks, pdf]).unwrap_or(Err(PdfError::TooMuch))
}

/// What the other process says; nothing when it ends before its answer.
fn ask<T: BorshDeserialize>(task: &str, question: &[&[u8]]) -> Option<T> {
    borsh::from_slice(&exchange(task, question).ok()?).ok()
}

fn exchange(task: &str, parts: &[&[u8]]) -> io::Result<Vec<u8>> {
    let mut child = Command::new(std::env::current_exe()?)
        .args([WORD, task])
        .env_clear()
        // Else the allocator sets aside more at once than the process may ask for.
        .env("MIMALLOC_ARENA_RESERVE", "65536")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()?;
    let (question, answer) = (child.stdin.take(), child.stdout.take());
    let (done, wait) = mpsc::channel();
    let read = std::thread::scope(|scope| {
        scope.spawn(move || {
            // Who does not listen to the end has seen enough.
            question.map(|mut question| parts.iter().try_for_each(|part| question.write_all(part)))
        });
        scope.spawn(move || {
            let mut read = Vec::new();
            let result = answer.map(|answer| answer.take(MOST_ANSWER + 1).read_to_end(&mut read));
            let _ = done.send(result.transpose().map(|_| read));
        });
        let read = wait.recv_timeout(WAIT);
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

/// What the other process does.
pub(crate) fn serve(task: Option<&OsStr>) -> ExitCode {
    match answer(task.and_then(OsStr::to_str)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::FAILURE,
    }
}

fn answer(task: Option<&str>) -> io::Result<()> {
    #[cfg(unix)]
    limit()?;
    std::panic::set_hook(Box::new(|_| {}));
    let mut question = Vec::new();
    io::stdin().lock().take(MOST_QUESTION + 1).read_to_end(&mut question)?;
    let answer = match task {
        Some(DISSECT) => borsh::to_vec::<Blocks>(&dissect(&question))?,
        Some(ANNOTATE) => {
            let mut rest = &*question;
            let remarks = Vec::<Remark>::deserialize(&mut rest)?;
            borsh::to_vec::<Annotated>(&juesuan_pdf::annotate(rest, &remarks, AUTHOR))?
        }
        _ => return Err(io::ErrorKind::InvalidInput.into()),
    };
    let mut out = io::stdout().lock();
    out.write_all(&answer)?;
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
