//! `juesuan publish`

use juesuan_check::check;
use juesuan_compile::accounts::Exact;
use juesuan_compile::{Scored, compose, gather};
use juesuan_model::{Lang, Publication, Report, Severity};
use juesuan_read::{bind, parse};
use juesuan_scheme::Scheme;
use juesuan_write::publication::{data, docx, html, markdown, workbook};
use juesuan_write::{SourceText, text};

use crate::cli::{Medium, PublishArgs};
use crate::compiled::{Compiled, has_errors};
use crate::failure::Failure;
use crate::faults::listed;
use crate::output::{Pending, write_pending};
use crate::schemes::Schemes;
use crate::{CLEAN, FOUND, terminal};

/// Compiles, composes, checks and writes a disclosure.
pub(crate) fn run(args: &PublishArgs) -> Result<u8, Failure> {
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
    let report = read_back(&written, &compiled.scheme);
    let options = terminal::options(args.color, args.lang, true);
    if !report.findings.is_empty() {
        terminal::print(&text::report(&report, &SourceText::new(&written), options))?;
    }
    let is_wrong = has_errors(&findings) || report.count(Severity::Error) > 0;
    if is_wrong && !args.is_draft {
        terminal::print(args.lang.pick(
            "读回检查有错误，没有写出；改正后再来，或用 --draft 写出草稿\n",
            "What would be published has errors and nothing was written; correct them, or write a draft with --draft\n",
        ))?;
        return Ok(FOUND);
    }
    publication.is_draft = args.is_draft;
    publication.scores = compiled.scored.iter().map(Scored::told).collect();
    write_all(args, &publication)?;
    terminal::print(&summary(args, &publication, &report))?;
    Ok(if is_wrong { FOUND } else { CLEAN })
}

/// What was written, read and checked like anybody's.
fn read_back(written: &str, scheme: &Scheme) -> Report {
    let document = parse(written);
    let accounts = bind(&document, scheme);
    let checked = check(&document, &accounts, scheme, &[]);
    Report {
        coverage: checked.coverage,
        findings: checked.findings,
        not_checked: checked.not_checked,
        ..Report::default()
    }
}

/// Writes all forms, or none.
fn write_all(args: &PublishArgs, publication: &Publication) -> Result<(), Failure> {
    let mut files: Vec<Pending> = Vec::new();
    for medium in &args.media {
        for (name, bytes) in rendered(*medium, publication)? {
            files.push(write_pending(&args.output.join(name), &bytes)?);
        }
    }
    files.into_iter().try_for_each(Pending::finish)
}

/// The files of a form: path below the output folder, and bytes.
fn rendered(medium: Medium, publication: &Publication) -> Result<Vec<(String, Vec<u8>)>, Failure> {
    let named = |bytes| vec![(format!("{}.{}", publication.title, medium.ending()), bytes)];
    Ok(match medium {
        Medium::Markdown => named(markdown::publication(publication).into_bytes()),
        Medium::Html => named(html::publication(publication).into_bytes()),
        Medium::Docx => named(docx::publication(publication)?),
        Medium::Xlsx => named(workbook::publication(publication)?),
        Medium::Data => {
            let files = data::files(publication).into_iter();
            files.map(|(name, text)| (format!("data/{name}"), text.into_bytes())).collect()
        }
    })
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
