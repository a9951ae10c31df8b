//! `juesuan publish`, `score` and `explain`

use std::path::PathBuf;

use clap::{Arg, ArgAction, ArgMatches, value_parser};
use juesuan_model::Lang;

use super::{Color, base, path};

/// The form of a publication.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Medium {
    Markdown,
    Html,
    Docx,
    Xlsx,
    Data,
}

impl Medium {
    /// Every form that can be published.
    pub(crate) const ALL: [Self; 5] =
        [Self::Markdown, Self::Html, Self::Docx, Self::Xlsx, Self::Data];
    const IDS: [&'static str; 5] = ["md", "html", "docx", "xlsx", "data"];

    /// The ending of its files, which is what it is called.
    pub(crate) const fn ending(self) -> &'static str {
        match self {
            Self::Markdown => "md",
            Self::Html => "html",
            Self::Docx => "docx",
            Self::Xlsx => "xlsx",
            Self::Data => "data",
        }
    }

    fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|medium| medium.ending() == id)
    }
}

/// `juesuan explain`
pub(crate) struct ExplainArgs {
    pub(crate) folder: PathBuf,
    pub(crate) figure: String,
    pub(crate) schemes: Option<PathBuf>,
    pub(crate) lang: Lang,
}

/// `juesuan score`
pub(crate) struct ScoreArgs {
    pub(crate) folder: PathBuf,
    /// Whether every place of a fault is listed.
    pub(crate) shows_all: bool,
    pub(crate) schemes: Option<PathBuf>,
    pub(crate) lang: Lang,
}

/// `juesuan publish`
pub(crate) struct PublishArgs {
    pub(crate) folder: PathBuf,
    pub(crate) output: PathBuf,
    pub(crate) media: Vec<Medium>,
    pub(crate) is_draft: bool,
    /// Whether every place of a fault is listed.
    pub(crate) shows_all: bool,
    pub(crate) schemes: Option<PathBuf>,
    pub(crate) color: Color,
    pub(crate) lang: Lang,
}

pub(super) fn publish_args(
    of: &ArgMatches,
    schemes: Option<PathBuf>,
    color: Color,
    lang: Lang,
) -> PublishArgs {
    let asked = of.get_many::<String>("format");
    let asked: Vec<Medium> =
        asked.map(|ids| ids.filter_map(|id| Medium::from_id(id)).collect()).unwrap_or_default();
    PublishArgs {
        folder: path(of, "folder"),
        output: path(of, "output"),
        media: if asked.is_empty() { Medium::ALL.to_vec() } else { asked },
        is_draft: of.get_flag("draft"),
        shows_all: of.get_flag("all"),
        schemes,
        color,
        lang,
    }
}

pub(super) fn publish(lang: Lang) -> clap::Command {
    let say = |zh: &'static str, en: &'static str| lang.pick(zh, en);
    base("publish", "juesuan publish [选项] <目录> -o <目录>", lang)
        .about(say(
            "汇总各单位的数据包，算分，写出公开文本，并读回检查",
            "Consolidate the packages of units, score, write the disclosure and check it",
        ))
        .arg_required_else_help(true)
        .args([
            folder(lang),
            Arg::new("output")
                .short('o')
                .long("output")
                .value_name(say("目录", "DIR"))
                .required(true)
                .value_parser(value_parser!(PathBuf))
                .help(say("写到这个目录", "Write into this folder")),
            Arg::new("format")
                .long("format")
                .value_name(say("格式", "FORMATS"))
                .value_delimiter(',')
                .value_parser(Medium::IDS)
                .hide_possible_values(true)
                .help(say(
                    "只写这些格式（默认全部）：md、html、docx、xlsx、data",
                    "Only these forms (default all): md, html, docx, xlsx, data",
                )),
            Arg::new("draft").long("draft").action(ArgAction::SetTrue).help(say(
                "有错误也写出来，每页注明是草稿",
                "Write in spite of errors, every page marked as a draft",
            )),
            all(lang),
        ])
}

fn all(lang: Lang) -> Arg {
    Arg::new("all")
        .long("all")
        .action(ArgAction::SetTrue)
        .help(lang.pick("同样的问题有多处的，逐处列出", "List every place of a fault that repeats"))
}

fn folder(lang: Lang) -> Arg {
    Arg::new("folder")
        .value_name(lang.pick("目录", "DIR"))
        .required(true)
        .value_parser(value_parser!(PathBuf))
        .help(lang.pick("部门的目录，其中有 部门.toml", "The department's folder"))
}

pub(super) fn score(lang: Lang) -> clap::Command {
    let say = |zh: &'static str, en: &'static str| lang.pick(zh, en);
    base("score", "juesuan score [选项] <目录>", lang)
        .about(say(
            "按方案给各项目和单位整体的自评算分，逐步说明",
            "Score the self-evaluations, step by step",
        ))
        .arg_required_else_help(true)
        .args([folder(lang), all(lang)])
}

pub(super) fn explain(lang: Lang) -> clap::Command {
    let say = |zh: &'static str, en: &'static str| lang.pick(zh, en);
    base("explain", "juesuan explain [选项] <目录> <数>", lang)
        .about(say(
            "说明一个数是怎么来的，直到各单位数据包的每一行",
            "Explain how a figure came to be, down to the rows of packages",
        ))
        .arg_required_else_help(true)
        .args([
            folder(lang),
            Arg::new("figure").value_name(say("数", "FIGURE")).required(true).help(say(
                "如 支出决算表[合计].基本支出，或 expenditure[2130306].total",
                "As in expenditure[2130306].total",
            )),
        ])
}
