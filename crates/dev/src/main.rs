//! `cargo dev`: generates the project's pages and measures how well the rules do.

use std::io::{IsTerminal, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use juesuan_dev::failure::Failure;
use juesuan_dev::house::{House, root, write};
use juesuan_dev::quality::{Wanted, every_alteration};
use juesuan_dev::{docs, quality};

fn main() -> ExitCode {
    let matches = command().get_matches();
    let done = match matches.subcommand() {
        Some(("docs", args)) => write_docs(args.get_flag("check")),
        Some(("quality", args)) => measure(args),
        _ => Ok(()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            say(&failure.to_string());
            ExitCode::FAILURE
        }
    }
}

fn command() -> Command {
    let flag = |name: &'static str, help: &'static str| {
        Arg::new(name).long(name).action(ArgAction::SetTrue).help(help)
    };
    let docs = Command::new("docs")
        .about("生成规则说明（docs/rules）、核验内容对照（docs/coverage.md）和数据包说明（docs/package.md）")
        .arg(flag("check", "只比较，不写文件；有过时的就列出并以 1 退出"));
    let quality = Command::new("quality")
        .about("逐个改错文中的数字，量出能查出多少")
        .arg(flag("write", "写入 docs/quality.md，不输出到屏幕"))
        .arg(
            Arg::new("every")
                .long("every")
                .value_name("N")
                .value_parser(value_parser!(usize))
                .default_value("1")
                .help("每 N 个数字取一个"),
        )
        .arg(flag("list", "列出给定文件的每次改动及其结果，每行一次，不做汇总"))
        .arg(
            Arg::new("lines")
                .long("lines")
                .value_name("N,…")
                .value_delimiter(',')
                .value_parser(value_parser!(u32))
                .requires("list")
                .help("只改这些行上的数字"),
        )
        .arg(
            Arg::new("files")
                .value_name("FILE")
                .num_args(0..)
                .value_parser(value_parser!(PathBuf))
                .help("除自带的例子之外还要测的文件"),
        );
    Command::new("cargo dev").subcommand_required(true).subcommands([docs, quality])
}

fn write_docs(only_check: bool) -> Result<(), Failure> {
    let root = root();
    let pages = docs::pages(&root, &House::open()?)?;
    if only_check {
        let stale = docs::stale(&root, &pages)?;
        return if stale.is_empty() { Ok(()) } else { Err(Failure::Stale(stale)) };
    }
    for path in docs::update(&root, &pages)? {
        say(&path.display().to_string());
    }
    Ok(())
}

fn measure(args: &ArgMatches) -> Result<(), Failure> {
    let root = root();
    let files: Vec<PathBuf> = args.get_many("files").into_iter().flatten().cloned().collect();
    let every = args.get_one("every").copied().unwrap_or(1);
    if args.get_flag("list") {
        let lines = args.get_many("lines").into_iter().flatten().copied().collect();
        let wanted = Wanted { every, lines };
        let list = every_alteration(&root, &House::open()?, &files, &wanted, &Bar::new())?;
        // Who closes the pipe has seen enough.
        let _ = std::io::stdout().lock().write_all(list.as_bytes());
        return Ok(());
    }
    let page = quality::report(&root, &House::open()?, &files, every, &Bar::new())?;
    if args.get_flag("write") {
        return write(&root.join(quality::PAGE), &page);
    }
    // Who closes the pipe has seen enough.
    let _ = std::io::stdout().lock().write_all(page.as_bytes());
    Ok(())
}

/// Says something beside the result. That nobody listens is no fault.
fn say(text: &str) {
    let _ = writeln!(std::io::stderr().lock(), "{text}");
}

/// A bar on the terminal, invisible where nobody watches.
struct Bar(ProgressBar);

impl Bar {
    fn new() -> Self {
        if !std::io::stderr().is_terminal() {
            return Self(ProgressBar::hidden());
        }
        let bar = ProgressBar::with_draw_target(Some(0), ProgressDrawTarget::stderr());
        if let Ok(style) = ProgressStyle::with_template("{msg} {pos}/{len} {wide_bar} 还需 {eta}")
        {
            bar.set_style(style);
        }
        Self(bar)
    }
}

impl quality::Progress for Bar {
    fn begin(&self, title: &str, figures: usize) {
        self.0.reset();
        self.0.set_length(figures as u64);
        self.0.set_message(title.to_owned());
    }

    fn step(&self) {
        self.0.inc(1);
    }
}
