//! `juesuan reconcile`: what people changed in a published Word document.

mod origin;
mod take;
mod tell;

use juesuan_compile::accounts::Exact;
use juesuan_compile::{ChangeKind, Reconciled, compose, reconcile};
use juesuan_model::{Document, Publication, Run};
use juesuan_read::{ReadError, identify, listed_figures};

use crate::apart::convert;
use crate::cli::ReconcileArgs;
use crate::compiled::{Compiled, has_errors};
use crate::examine::{caught, quiet_panics};
use crate::failure::Failure;
use crate::input::Input;
use crate::schemes::Schemes;
use crate::{CLEAN, FOUND, terminal};

/// How Word documents of today begin.
const ARCHIVE: &[u8] = b"PK\x03\x04";

/// Compares a document with what would be published today, and takes over what may be.
pub(crate) fn run(args: &ReconcileArgs) -> Result<u8, Failure> {
    let schemes = Schemes::open(args.schemes.as_deref())?;
    let (document, listed) = read(args)?;
    let compiled = Compiled::open(&args.folder, &schemes)?;
    let exact = Exact::new(&compiled.scheme, &compiled.consolidated.ledger);
    let department = &compiled.handed_in.department;
    let (publication, gaps) =
        compose(&compiled.manuscript, &exact, &department.name, department.year);
    is_its_own(args, &document, &publication, &schemes)?;
    let reconciled = reconcile(&publication, &document, &listed);
    if reconciled.is_other {
        return Err(foreign(args, "内容几乎都不同", "hardly anything is the same"));
    }
    let origins = origin::origins(&compiled, &reconciled);
    let taken = if args.takes { take::take(&reconciled, &origins)? } else { Vec::new() };
    let (scheme, lang, takes) = (&compiled.scheme, args.lang, args.takes);
    let teller = tell::Teller { scheme, lang, takes, origins: &origins };
    let mut out = teller.head(&document, listed.is_empty());
    if has_errors(&compiled.findings) || has_errors(&gaps) {
        out.push_str(args.lang.pick(
            "数据包有错误，核对可能不全；先用 juesuan publish 看错在哪里\n",
            "the packages have errors, so this may be incomplete; see juesuan publish\n",
        ));
    }
    out.push_str(&teller.changes(&reconciled, &taken));
    out.push_str(&teller.summary(&reconciled, &taken));
    terminal::print(&out)?;
    Ok(if is_settled(&reconciled, &taken) { CLEAN } else { FOUND })
}

/// Whether nothing is left to do.
fn is_settled(reconciled: &Reconciled, taken: &[usize]) -> bool {
    let is_done = |(at, _): (usize, &_)| taken.contains(&at);
    reconciled.changes.iter().enumerate().all(is_done)
}

fn read(args: &ReconcileArgs) -> Result<(Document, Vec<Run>), Failure> {
    let path = &args.file;
    let bytes = Input::new(path.clone()).read()?;
    if !bytes.starts_with(ARCHIVE) {
        let (zh, en) = ("它不是 Word 文件（docx）", "it is no Word document (docx)");
        return Err(foreign(args, zh, en));
    }
    let fault = |source| Failure::Document { path: path.clone(), source };
    quiet_panics();
    caught(path, || {
        let reading = convert(&bytes).unwrap_or(Err(ReadError::NotText)).map_err(fault)?;
        Ok((reading.document, listed_figures(&bytes).map_err(fault)?))
    })
}

/// Refuses a document of another year or department.
fn is_its_own(
    args: &ReconcileArgs,
    document: &Document,
    publication: &Publication,
    schemes: &Schemes,
) -> Result<(), Failure> {
    let identity = identify(document, &schemes.index.words);
    if let Some(year) = identity.year.filter(|year| *year != publication.year) {
        let zh = format!("它是 {year} 年度的，数据包是 {} 年度的", publication.year);
        let en = format!("it is of {year}, the packages are of {}", publication.year);
        return Err(foreign(args, &zh, &en));
    }
    // Names may be written with or without the place before them.
    let (own, is) = (&*publication.department, identity.department.map(|field| field.text));
    match is.filter(|is| !is.contains(own) && !own.contains(&**is)) {
        Some(is) => Err(foreign(
            args,
            &format!("它是“{is}”的，数据包是“{own}”的"),
            &format!("it is of {is}, the packages are of {own}"),
        )),
        None => Ok(()),
    }
}

fn foreign(args: &ReconcileArgs, zh: &str, en: &str) -> Failure {
    let folder = args.folder.display();
    let why = (
        format!("不是从 {folder} 写出的文件：{zh}；请核对文件和目录"),
        format!("was not published from {folder}: {en}"),
    );
    Failure::NotPublishedFrom { path: args.file.clone(), why }
}

/// The kinds of changes in the order in which they are told.
const KINDS: [ChangeKind; 9] = [
    ChangeKind::Figure,
    ChangeKind::Mixed,
    ChangeKind::Stated,
    ChangeKind::Conflict,
    ChangeKind::Words,
    ChangeKind::Moved,
    ChangeKind::Deleted,
    ChangeKind::Added,
    ChangeKind::Outdated,
];
