//! The `juesuan` command: checks published 部门决算 and proves what is wrong.
//!
//! Only this crate touches the disk, the terminal and the clock, prints and exits.

mod annotate;
mod apart;
mod check;
mod cli;
mod compiled;
mod department;
mod examine;
mod explain;
mod failure;
mod faults;
mod init;
mod input;
mod output;
mod pictures;
mod publish;
mod read;
mod readings;
mod recognise;
mod reconcile;
mod rule;
mod scheme;
mod schemes;
mod specimen;
mod terminal;
mod tsv;
mod usage;
mod waivers;

use std::process::ExitCode;

use cli::Command;
use failure::Failure;
use mimalloc::MiMalloc;

/// A document becomes some hundred thousand small parts, made on one thread and used on another.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

/// No finding of severity error.
const CLEAN: u8 = 0;
/// Some finding of severity error.
const FOUND: u8 = 1;
/// The work could not be done, or not for all documents.
const COULD_NOT_RUN: u8 = 2;

fn main() -> ExitCode {
    let args: Vec<_> = std::env::args_os().collect();
    if let [_, word, question @ ..] = args.as_slice()
        && word == apart::WORD
    {
        return apart::serve(question);
    }
    let lang = cli::language(&args);
    let result = match cli::parse(args, lang) {
        Ok(command) => run(command),
        Err(error) => return usage::report(&error, lang),
    };
    match result {
        Ok(code) => ExitCode::from(code),
        Err(failure) => {
            // Who closes the pipe has seen enough; there is nobody left to tell.
            if !failure.is_closed_pipe() {
                terminal::complain(&failure.say(lang), lang);
            }
            ExitCode::from(COULD_NOT_RUN)
        }
    }
}

fn run(command: Command) -> Result<u8, Failure> {
    match command {
        Command::Check(args) => check::run(&args),
        Command::Explain(args) => explain::run(&args),
        Command::Score(args) => explain::score(&args),
        Command::Init(args) => init::run(&args),
        Command::Publish(args) => publish::run(&args),
        Command::Reconcile(args) => reconcile::run(&args),
        Command::Read(args) => read::run(&args),
        Command::Rule(args) => rule::run(&args),
        Command::Scheme(args) => scheme::run(&args),
    }
}
