//! `juesuan publish`, `score` and `explain`

use std::path::PathBuf;

use clap::builder::PossibleValuesParser;
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
    #[cfg(feature = "pdf")]
    Pdf,
    Data,
}

impl Medium {
    /// Every form that can be published.
    pub(crate) const ALL: &[Self] = &[
        Self::Markdown,
        Self::Html,
        Self::Docx,
        Self::Xlsx,
        #[cfg(feature = "pdf")]
        Self::Pdf,
        Self::Data,
    ];

    /// The ending of its files, which is what it is called.
    pub(crate) const fn ending(self) -> &'static str {
        match self {
            Self::Markdown => "md",
            Self::Html => "html",
            Self::Docx => "docx",
            Self::Xlsx => "xlsx",
            #[cfg(feature = "pdf")]
            Self::Pdf => "pdf",
            Self::Data => "data",
        }
    }

    /// Whether it holds the disclosure as people read it, so that it can be checked like anybody's.
    pub(crate) const fn is_read_back(self) -> bool {
        match self {
            Self::Html | Self::Docx | Self::Xlsx => true,
            #[cfg(feature = "pdf")]
            Self::Pdf => true,
            Self::Markdown | Self::Data => false,
        }
    }

    fn from_id(id: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|medium| medium.ending() == id)
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
    /// The font of running text in the PDF, in place of the program's own.
    #[cfg(feature = "pdf")]
    pub(crate) font: Option<PathBuf>,
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
        #[cfg(feature = "pdf")]
        font: of.get_one("font").cloned(),
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
                .value_parser(PossibleValuesParser::new(
                    Medium::ALL.iter().map(|medium| medium.ending()),
                ))
                .hide_possible_values(true)
                .help(format!(
                    "{}{}",
                    say("只写这些格式（默认全部）：", "Only these forms (default all): "),
                    listed(Medium::ALL, say("、", ", "))
                )),
            #[cfg(feature = "pdf")]
            Arg::new("font")
                .long("font")
                .value_name(say("文件", "FILE"))
                .value_parser(value_parser!(PathBuf))
                .help(say(
                    "PDF 正文用这个字体文件（如仿宋 simfang.ttf），不用自带的",
                    "Set the running text of the PDF in this font (as simfang.ttf)",
                )),
            Arg::new("draft").long("draft").action(ArgAction::SetTrue).help(say(
                "有错误也写出来，每页注明是草稿",
                "Write in spite of errors, every page marked as a draft",
            )),
            all(lang),
        ])
}

fn listed(media: &[Medium], comma: &str) -> String {
    media.iter().map(|medium| medium.ending()).collect::<Vec<_>>().join(comma)
}

fn all(lang: Lang) -> Arg {
    Arg::new("all")
        .long("all")
        .action(ArgAction::SetTrue)
        .help(lang.pick("同样的问题有多处的，逐处列出", "List every place of a fault that repeats"))
}

pub(super) fn folder(lang: Lang) -> Arg {
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
