//! `juesuan read`

use std::io::Write as _;

use juesuan_read::parse;
use juesuan_write::reading::{Source, csv, html, json, markdown};

use crate::cli::{Format, ReadArgs, Shown};
use crate::examine::{caught, hash, quiet_panics, read};
use crate::failure::Failure;
use crate::input::Input;
use crate::output::{Target, write_file};
use crate::{CLEAN, terminal};

/// Prints what is read of a file, and beside it what is not seen in it.
pub(crate) fn run(args: &ReadArgs) -> Result<u8, Failure> {
    let input = Input::new(args.file.clone());
    let target = args.output.clone().map_or(Target::Stdout, Target::File);
    target.refuse_loss(std::slice::from_ref(&input), None, Format::Text)?;
    quiet_panics();
    let bytes = input.read()?;
    let shown = caught(&input.path, || {
        let sha256 = hash(&bytes);
        let (reading, has_lines) = read(bytes, parse)
            .map_err(|source| Failure::Document { path: input.path.clone(), source })?;
        for caveat in &reading.document.caveats {
            terminal::complain(&caveat.message, args.lang);
        }
        let path = input.path.display().to_string();
        let source =
            Source { document: &reading.document, path: &path, sha256: &sha256, has_lines };
        Ok(match args.shown {
            Shown::Json => json(source),
            Shown::Markdown => markdown(source),
            Shown::Csv => csv(source),
            Shown::Html => html(source, args.lang),
        })
    })?;
    match &args.output {
        Some(path) => write_file(path, |out| Ok(out.write_all(shown.as_bytes())?))?,
        None => terminal::print(&shown)?,
    }
    Ok(CLEAN)
}
