//! `juesuan publish`

use std::path::{Path, PathBuf};

use juesuan_check::check;
use juesuan_compile::accounts::Exact;
use juesuan_compile::{Scored, compose, gather};
use juesuan_model::{Document, DocumentInfo, Lang, Publication, Report, Severity};
#[cfg(feature = "pdf")]
use juesuan_print::BodyFont;
use juesuan_read::{ReadError, bind, convert, parse};
use juesuan_scheme::Scheme;
use juesuan_write::publication::{data, docx, html, markdown, workbook};
use juesuan_write::{SourceText, text};
use rayon::prelude::*;

use crate::cli::{Medium, PublishArgs};
use crate::compiled::{Compiled, has_errors};
use crate::failure::Failure;
use crate::faults::listed;
use crate::output::{Pending, write_pending};
use crate::schemes::Schemes;
use crate::{CLEAN, FOUND, terminal};

/// Compiles, composes, checks and writes a disclosure.
pub(crate) fn run(args: &PublishArgs) -> Result<u8, Failure> {
    #[cfg(feature = "pdf")]
    let font = args.font.as_deref().map(font).transpose()?;
    let schemes = Schemes::open(args.schemes.as_deref())?;
    let mut compiled = Compiled::open(&args.folder, &schemes)?;
    let mut findings = std::mem::take(&mut compiled.findings);
    let exact = Exact::new(&compiled.scheme, &compiled.consolidated.ledger);
    let department = &compiled.handed_in.department;
    let (mut publication, gaps) =
        compose(&compiled.manuscript, &exact, &department.name, department.year);
    if compiled.is_sound {
        findings.extend(gaps);
    }
    let findings = gather(findings);
    terminal::print(&listed(&findings, args.shows_all, args.lang))?;
    if has_errors(&findings) && !args.is_draft {
        terminal::print(args.lang.pick(
            "数据包有错误，没有写出；改正后再来，或用 --draft 写出草稿\n",
            "The packages have errors and nothing was written; correct them, or write a draft with --draft\n",
        ))?;
        return Ok(FOUND);
    }
    let written = markdown::publication(&publication);
    publication.is_draft = args.is_draft;
    publication.scores = compiled.scored.iter().map(Scored::told).collect();
    let desk = Desk {
        publication: &publication,
        #[cfg(feature = "pdf")]
        font: font.as_ref(),
    };
    let files = desk.rendered_all(args)?;
    let backs = read_back(written, &files, &compiled.scheme)?;
    let options = terminal::options(args.color, args.lang, true);
    for (report, source) in backs.iter().filter(|(report, _)| !report.findings.is_empty()) {
        terminal::print(&text::report(report, &SourceText::new(source), options))?;
    }
    let is_wrong =
        has_errors(&findings) || backs.iter().any(|back| back.0.count(Severity::Error) > 0);
    if is_wrong && !args.is_draft {
        terminal::print(args.lang.pick(
            "读回检查有错误，没有写出；改正后再来，或用 --draft 写出草稿\n",
            "What would be published has errors and nothing was written; correct them, or write a draft with --draft\n",
        ))?;
        return Ok(FOUND);
    }
    write_all(&args.output, files)?;
    if let Some((report, _)) = backs.first() {
        terminal::print(&summary(args, &publication, report))?;
    }
    Ok(if is_wrong { FOUND } else { CLEAN })
}

/// A report with the text from which it quotes.
type Back = (Report, String);

/// What was written, read and checked like anybody's: the text, and each other form that holds all
/// of it. Of these only one in which more is found than in the text is told.
fn read_back(written: String, files: &[Rendered], scheme: &Scheme) -> Result<Vec<Back>, Failure> {
    std::thread::scope(|scope| {
        let others = files.iter().filter(|file| file.medium == Medium::Docx);
        let others: Vec<_> =
            others.map(|file| scope.spawn(|| file_read_back(file, scheme))).collect();
        let report = checked(&parse(&written), scheme);
        let counts = |report: &Report| (report.count(Severity::Error), report.findings.len());
        let of_text = counts(&report);
        let mut backs = vec![(report, written)];
        for other in others {
            let place = String::new();
            let back =
                other.join().unwrap_or(Err(Failure::Crash { path: "docx".into(), place }))?;
            let (errors, all) = counts(&back.0);
            backs.extend((errors > of_text.0 || all > of_text.1).then_some(back));
        }
        Ok(backs)
    })
}

fn file_read_back(file: &Rendered, scheme: &Scheme) -> Result<Back, Failure> {
    let reading = convert(&file.bytes).unwrap_or(Err(ReadError::NotText));
    let reading =
        reading.map_err(|source| Failure::Document { path: PathBuf::from(&file.path), source })?;
    let report = checked(&reading.document, scheme);
    let document = DocumentInfo { path: file.path.clone(), ..DocumentInfo::default() };
    Ok((Report { document, ..report }, reading.text))
}

fn checked(document: &Document, scheme: &Scheme) -> Report {
    let accounts = bind(document, scheme);
    let checked = check(document, &accounts, scheme, &[]);
    Report {
        coverage: checked.coverage,
        findings: checked.findings,
        not_checked: checked.not_checked,
        ..Report::default()
    }
}

/// A file of a publication that is not written yet.
struct Rendered {
    medium: Medium,
    /// Its path below the output folder.
    path: String,
    bytes: Vec<u8>,
}

/// Writes all files, or none.
fn write_all(output: &Path, files: Vec<Rendered>) -> Result<(), Failure> {
    let mut pending: Vec<Pending> = Vec::new();
    for file in files {
        pending.push(write_pending(&output.join(file.path), &file.bytes)?);
    }
    pending.into_iter().try_for_each(Pending::finish)
}

/// The user's own font.
#[cfg(feature = "pdf")]
fn font(path: &Path) -> Result<BodyFont, Failure> {
    let bytes = std::fs::read(path).map_err(|source| Failure::read(path, source))?;
    BodyFont::read(bytes).map_err(|source| Failure::Font { path: path.to_owned(), source })
}

/// What is to be written, and with what.
struct Desk<'a> {
    publication: &'a Publication,
    #[cfg(feature = "pdf")]
    font: Option<&'a BodyFont>,
}

impl Desk<'_> {
    /// All files of all forms.
    fn rendered_all(&self, args: &PublishArgs) -> Result<Vec<Rendered>, Failure> {
        let forms = args.media.par_iter().map(|medium| self.rendered(*medium));
        let forms: Vec<Vec<Rendered>> = forms.collect::<Result<_, _>>()?;
        Ok(forms.into_iter().flatten().collect())
    }

    /// The files of a form.
    fn rendered(&self, medium: Medium) -> Result<Vec<Rendered>, Failure> {
        let publication = self.publication;
        let file = |path: String, bytes| Rendered { medium, path, bytes };
        let named = |bytes| vec![file(format!("{}.{}", publication.title, medium.ending()), bytes)];
        Ok(match medium {
            Medium::Markdown => named(markdown::publication(publication).into_bytes()),
            Medium::Html => named(html::publication(publication).into_bytes()),
            Medium::Docx => named(docx::publication(publication)?),
            Medium::Xlsx => named(workbook::publication(publication)?),
            #[cfg(feature = "pdf")]
            Medium::Pdf => {
                named(juesuan_print::pdf(publication, self.font).map_err(Failure::Print)?)
            }
            Medium::Data => data::files(publication)
                .into_iter()
                .map(|(name, text)| file(format!("data/{name}"), text.into_bytes()))
                .collect(),
        })
    }
}

fn summary(args: &PublishArgs, publication: &Publication, report: &Report) -> String {
    let coverage = report.coverage;
    let forms: Vec<&str> = args.media.iter().map(|medium| medium.ending()).collect();
    let (title, output) = (&publication.title, args.output.display());
    let (figures, passed, failed) = (coverage.figures, coverage.passed, coverage.failed);
    let (tails, open) = (coverage.rounding_tail, coverage.not_checked);
    let [errors, warnings, notes] =
        [Severity::Error, Severity::Warning, Severity::Note].map(|severity| report.count(severity));
    match args.lang {
        Lang::Zh => format!(
            "{title}：写出到 {output}（{}）。读回检查：数字 {figures} 个，成立 {passed}，不成立 {failed}，尾差 {tails}，未检查 {open}；错误 {errors}，疑点 {warnings}，提示 {notes}\n",
            forms.join("、"),
        ),
        Lang::En => format!(
            "{title}: written to {output} ({}). Read back: {figures} figures, {passed} held, {failed} did not, {tails} tails of rounding, {open} not checked; {errors} errors, {warnings} warnings, {notes} notes\n",
            forms.join(", "),
        ),
    }
}
