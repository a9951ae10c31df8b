//! `juesuan read`

use std::path::PathBuf;

use clap::{Arg, ArgMatches, value_parser};
use juesuan_model::Lang;

use super::{base, path, text};

/// The form in which is shown what was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shown {
    Json,
    Markdown,
    Csv,
    Html,
}

impl Shown {
    const IDS: [&'static str; 4] = ["json", "markdown", "csv", "html"];

    fn from_id(id: &str) -> Self {
        match id {
            "markdown" => Self::Markdown,
            "csv" => Self::Csv,
            "html" => Self::Html,
            _ => Self::Json,
        }
    }
}

/// `juesuan read`
pub(crate) struct ReadArgs {
    pub(crate) file: PathBuf,
    pub(crate) shown: Shown,
    pub(crate) output: Option<PathBuf>,
    pub(crate) lang: Lang,
}

pub(super) fn args(of: &ArgMatches, lang: Lang) -> ReadArgs {
    ReadArgs {
        file: path(of, "file"),
        shown: Shown::from_id(&text(of, "format").unwrap_or_default()),
        output: of.get_one("output").cloned(),
        lang,
    }
}

pub(super) fn command(lang: Lang) -> clap::Command {
    let say = |zh: &'static str, en: &'static str| lang.pick(zh, en);
    base("read", "juesuan read [选项] <文件>", lang)
        .about(say("读出一份文件里的文字和表，不检查", "Show what is read of a file, unchecked"))
        .arg_required_else_help(true)
        .args([
            Arg::new("file")
                .value_name(say("文件", "FILE"))
                .required(true)
                .value_parser(value_parser!(PathBuf))
                .help(say(
                    "能检查的任何文件；- 表示标准输入",
                    "Any file that can be checked; - means standard input",
                )),
            Arg::new("format")
                .long("format")
                .value_name(say("格式", "FORMAT"))
                .value_parser(Shown::IDS)
                .default_value("json")
                .hide_possible_values(true)
                .hide_default_value(true)
                .help(say(
                    "写成 json（默认，带位置）、markdown、csv、html",
                    "As json (default, with places), markdown, csv or html",
                )),
            Arg::new("output")
                .short('o')
                .long("output")
                .value_name(say("路径", "PATH"))
                .value_parser(value_parser!(PathBuf))
                .help(say("写到这个文件", "Write to this file")),
        ])
}
