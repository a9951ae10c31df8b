//! `juesuan check`

use std::io::Write;
use std::mem::ManuallyDrop;
use std::path::Path;

use juesuan_check::infos;
use juesuan_model::{RuleInfo, Tally, Threads};
use juesuan_scheme::{BASE, cases};
use juesuan_write::text;
use rayon::prelude::*;

use crate::annotate::{NotAnnotated, annotated};
use crate::cli::{CheckArgs, Format};
use crate::examine::{Desk, Examined, quiet_panics};
use crate::failure::Failure;
use crate::input::{Input, Inputs, find};
use crate::output::{Stream, Style, Target, write_file, write_report};
use crate::schemes::Schemes;
use crate::{CLEAN, COULD_NOT_RUN, FOUND, terminal, waivers};

/// How many documents are checked before their reports are written in order.
const BATCH: usize = 64;

/// Checks all files and reports on each.
pub(crate) fn run(args: &CheckArgs) -> Result<u8, Failure> {
    let mut inputs = find(&args.files);
    let target = Target::of(args.output.as_deref(), &inputs);
    fits(args, &inputs, &target)?;
    target.refuse_loss(&inputs.files, args.waive.as_deref(), args.format)?;
    if let Some(path) = &args.annotate {
        target.refuse_loss_by(path, &inputs.files, args.waive.as_deref())?;
    }
    // Kept to the end: the system takes back the memory faster than it can be given back.
    let schemes = &*ManuallyDrop::new(Schemes::open(args.schemes.as_deref())?);
    if let Some(id) = &args.scheme {
        schemes.load(id)?;
    }
    let waivers = args.waive.as_deref().map_or_else(|| Ok(Vec::new()), waivers::read)?;
    let rules = rules(args, schemes)?;
    let today = if waivers.is_empty() { String::new() } else { waivers::today() };
    let desk = Desk {
        schemes,
        scheme: args.scheme.as_deref(),
        select: &args.select,
        waivers: &waivers,
        today: &today,
        annotates: args.annotate.is_some(),
        draws: args.format == Format::Html,
        lang: args.lang,
        threads: if inputs.files.len() > 1 { Threads::One } else { Threads::Two },
    };
    let to_stdout = target == Target::Stdout;
    let style = Style {
        format: args.format,
        text: terminal::options(args.color, args.lang, to_stdout),
        rules: &rules,
        lang: args.lang,
    };
    quiet_panics();
    let mut failures = std::mem::take(&mut inputs.failures);
    let annotate = args.annotate.as_deref();
    let work = Work { desk: &desk, style: &style, target: &target, annotate, inputs: &inputs };
    let result = match &target {
        Target::Folder(_) => work.fill_folder(&mut failures),
        Target::File(_) | Target::Stdout => work.fill_stream(&mut failures),
    };
    for failure in &failures {
        terminal::complain(&failure.say(args.lang), args.lang);
    }
    if let Some(skipped) = inputs.say_skipped(args.lang) {
        terminal::complain(&skipped, args.lang);
    }
    let tallies = result?;
    if !to_stdout && inputs.is_many && !tallies.is_empty() {
        show_table(args, &tallies)?;
    }
    Ok(if !failures.is_empty() {
        COULD_NOT_RUN
    } else if tallies.iter().any(|tally| tally.errors > 0) {
        FOUND
    } else {
        CLEAN
    })
}

/// Refuses what cannot work before anything is read.
fn fits(args: &CheckArgs, inputs: &Inputs, target: &Target) -> Result<(), Failure> {
    if inputs.files.is_empty() && inputs.failures.is_empty() {
        return Err(Failure::NothingToCheck(inputs.say_skipped(args.lang)));
    }
    let is_folder = matches!(target, Target::Folder(_));
    if args.format == Format::Html && inputs.is_many && !is_folder {
        return Err(Failure::NeedsFolder);
    }
    if args.format == Format::Xlsx && *target == Target::Stdout && terminal::is_shown() {
        return Err(Failure::NeedsFile);
    }
    if args.annotate.is_some() && inputs.is_many {
        return Err(NotAnnotated::Many.into());
    }
    Ok(())
}

/// The pages of the rules, as far as the report shows them. Codes that select nothing are an error.
fn rules(args: &CheckArgs, schemes: &Schemes) -> Result<Vec<RuleInfo>, Failure> {
    let shows_rules = matches!(args.format, Format::Sarif | Format::Html | Format::Xlsx);
    if !shows_rules && args.select.is_empty() {
        return Ok(Vec::new());
    }
    let scheme = schemes.load(args.scheme.as_deref().unwrap_or(BASE))?;
    let infos = infos(&scheme, &cases(&schemes.files()));
    for code in &args.select {
        if !infos.iter().any(|info| info.code.starts_with(&**code)) {
            return Err(Failure::SelectsNothing(code.clone()));
        }
    }
    Ok(infos)
}

struct Work<'a> {
    desk: &'a Desk<'a>,
    style: &'a Style<'a>,
    target: &'a Target,
    /// Where the PDF with its findings marked goes.
    annotate: Option<&'a Path>,
    inputs: &'a Inputs,
}

impl Work<'_> {
    /// One report for each document, each written as soon as it is there.
    fn fill_folder(&self, failures: &mut Vec<Failure>) -> Result<Vec<Tally>, Failure> {
        let bar = terminal::progress(self.inputs.files.len(), self.style.lang);
        let results: Vec<Result<Tally, Failure>> = self
            .inputs
            .files
            .par_iter()
            .map(|input| {
                let tally = self.one_file(input);
                bar.inc(1);
                tally
            })
            .collect();
        bar.finish_and_clear();
        Ok(sort(results, failures))
    }

    fn one_file(&self, input: &Input) -> Result<Tally, Failure> {
        let examined = self.desk.examine(input)?;
        if let Some(path) = self.target.file_of(input, self.style.format) {
            write_file(&path, |file| write_report(&examined, self.style, file))?;
        }
        self.annotate(input, &examined)?;
        Ok(examined.report.tally())
    }

    /// Writes the PDF with its findings marked, if that was asked for.
    fn annotate(&self, input: &Input, examined: &Examined) -> Result<(), Failure> {
        let (Some(path), Some(pdf)) = (self.annotate, &examined.pdf) else { return Ok(()) };
        let marked = annotated(&input.path, pdf, &examined.report, self.style.lang)?;
        write_file(path, |file| Ok(file.write_all(&marked)?))
    }

    /// All reports in one stream, in the order of the files.
    fn fill_stream(&self, failures: &mut Vec<Failure>) -> Result<Vec<Tally>, Failure> {
        let mut stream = Stream::open(self.target, self.style, self.inputs.is_many)?;
        let mut tallies = Vec::new();
        // The pool of threads costs more than the check of a single document.
        if let [only] = self.inputs.files.as_slice() {
            let tally = self.desk.examine(only).and_then(|examined| {
                let tally = examined.report.tally();
                // The report is worth having without the marked PDF.
                failures.extend(self.annotate(only, &examined).err());
                stream.add(examined).map(|()| tally)
            });
            if let Err(failure) = tally.as_ref()
                && !matches!(failure, Failure::Write { .. })
                && !self.inputs.is_many
            {
                // Without a report no file is written.
                failures.extend(tally.err());
                return Ok(tallies);
            }
            tallies.push(tally?);
            return stream.finish(&tallies).map(|()| tallies);
        }
        let bar = terminal::progress(self.inputs.files.len(), self.style.lang);
        for batch in self.inputs.files.chunks(BATCH) {
            let examined: Vec<_> = batch
                .par_iter()
                .map(|input| {
                    let examined = self.desk.examine(input);
                    bar.inc(1);
                    examined
                })
                .collect();
            for examined in sort(examined, failures) {
                tallies.push(examined.report.tally());
                bar.suspend(|| stream.add(examined))?;
            }
        }
        bar.finish_and_clear();
        stream.finish(&tallies)?;
        Ok(tallies)
    }
}

/// What worked; what did not is set aside.
fn sort<T>(results: Vec<Result<T, Failure>>, failures: &mut Vec<Failure>) -> Vec<T> {
    let mut done = Vec::with_capacity(results.len());
    for result in results {
        match result {
            Ok(value) => done.push(value),
            Err(failure) => failures.push(failure),
        }
    }
    done
}

/// The table over all documents, when the reports went to files.
fn show_table(args: &CheckArgs, tallies: &[Tally]) -> Result<(), Failure> {
    let table = text::summary(tallies, terminal::options(args.color, args.lang, true));
    Ok(terminal::print(&table)?)
}
