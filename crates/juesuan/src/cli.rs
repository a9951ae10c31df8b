//! The command line, in Chinese and English.

mod compile;
mod init;
mod read;
mod reconcile;

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{Arg, ArgAction, ArgMatches, value_parser};
use juesuan_model::Lang;

pub(crate) use compile::{ExplainArgs, Medium, PublishArgs, ScoreArgs};
pub(crate) use init::InitArgs;
pub(crate) use read::{ReadArgs, Shown};
pub(crate) use reconcile::ReconcileArgs;

/// What the user wants done.
pub(crate) enum Command {
    Check(CheckArgs),
    Explain(ExplainArgs),
    Init(InitArgs),
    Publish(PublishArgs),
    Reconcile(ReconcileArgs),
    Read(ReadArgs),
    Score(ScoreArgs),
    Rule(RuleArgs),
    Scheme(SchemeArgs),
}

/// The form of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    Text,
    Json,
    Sarif,
    Html,
    Xlsx,
}

impl Format {
    const IDS: [&'static str; 5] = ["text", "json", "sarif", "html", "xlsx"];

    fn from_id(id: &str) -> Self {
        match id {
            "json" => Self::Json,
            "sarif" => Self::Sarif,
            "html" => Self::Html,
            "xlsx" => Self::Xlsx,
            _ => Self::Text,
        }
    }

    /// The ending of files of this form.
    pub(crate) const fn ending(self) -> &'static str {
        match self {
            Self::Text => "txt",
            Self::Json => "json",
            Self::Sarif => "sarif",
            Self::Html => "html",
            Self::Xlsx => "xlsx",
        }
    }
}

/// When to colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Color {
    Auto,
    Always,
    Never,
}

/// `juesuan check`
pub(crate) struct CheckArgs {
    pub(crate) files: Vec<PathBuf>,
    /// `None` recognises place and year from the document.
    pub(crate) scheme: Option<String>,
    pub(crate) schemes: Option<PathBuf>,
    pub(crate) format: Format,
    pub(crate) output: Option<PathBuf>,
    pub(crate) select: Vec<String>,
    pub(crate) waive: Option<PathBuf>,
    /// Where the PDF with its findings marked goes.
    pub(crate) annotate: Option<PathBuf>,
    pub(crate) color: Color,
    pub(crate) lang: Lang,
}

/// `juesuan rule`
pub(crate) struct RuleArgs {
    /// `None` lists all rules.
    pub(crate) code: Option<String>,
    pub(crate) schemes: Option<PathBuf>,
    pub(crate) color: Color,
    pub(crate) lang: Lang,
}

/// `juesuan scheme`
pub(crate) struct SchemeArgs {
    pub(crate) task: SchemeTask,
    pub(crate) schemes: Option<PathBuf>,
    pub(crate) lang: Lang,
}

/// What to do with schemes.
pub(crate) enum SchemeTask {
    List,
    Show(String),
    /// `None` proves all.
    Prove(Option<String>),
}

/// The language asked for, told before anything else so that errors are worded in it.
pub(crate) fn language(args: &[OsString]) -> Lang {
    let mut words = args.iter().filter_map(|arg| arg.to_str()).peekable();
    while let Some(word) = words.next() {
        let is_english = match word {
            "--lang" => words.peek() == Some(&"en"),
            _ => word == "--lang=en",
        };
        if is_english {
            return Lang::En;
        }
    }
    Lang::Zh
}

/// Reads the command line.
pub(crate) fn parse(args: Vec<OsString>, lang: Lang) -> Result<Command, clap::Error> {
    let matches = command(lang).try_get_matches_from(args)?;
    let (color, schemes) = (color(&matches), matches.get_one("schemes").cloned());
    Ok(match matches.subcommand() {
        Some(("rule", of)) => {
            let code = of.get_one("code").cloned();
            Command::Rule(RuleArgs { code, schemes, color, lang })
        }
        Some(("scheme", of)) => {
            let task = match of.subcommand() {
                Some(("show", of)) => SchemeTask::Show(text(of, "id").unwrap_or_default()),
                Some(("prove", of)) => SchemeTask::Prove(text(of, "id")),
                _ => SchemeTask::List,
            };
            Command::Scheme(SchemeArgs { task, schemes, lang })
        }
        Some(("explain", of)) => {
            let figure = text(of, "figure").unwrap_or_default();
            Command::Explain(ExplainArgs { folder: path(of, "folder"), figure, schemes, lang })
        }
        Some(("score", of)) => Command::Score(ScoreArgs {
            folder: path(of, "folder"),
            shows_all: of.get_flag("all"),
            schemes,
            lang,
        }),
        Some(("init", of)) => Command::Init(init::args(of, schemes, lang)),
        Some(("read", of)) => Command::Read(read::args(of, lang)),
        Some(("publish", of)) => Command::Publish(compile::publish_args(of, schemes, color, lang)),
        Some(("reconcile", of)) => Command::Reconcile(reconcile::args(of, schemes, lang)),
        Some((_, of)) => Command::Check(check_args(of, schemes, color, lang)),
        None => return Err(command(lang).error(clap::error::ErrorKind::MissingSubcommand, "")),
    })
}

fn check_args(of: &ArgMatches, schemes: Option<PathBuf>, color: Color, lang: Lang) -> CheckArgs {
    CheckArgs {
        files: of.get_many("files").map(|files| files.cloned().collect()).unwrap_or_default(),
        scheme: text(of, "scheme").filter(|id| id != "auto"),
        schemes,
        format: Format::from_id(&text(of, "format").unwrap_or_default()),
        output: of.get_one("output").cloned(),
        select: of
            .get_many::<String>("select")
            .map(|codes| codes.map(|code| code.to_uppercase()).collect())
            .unwrap_or_default(),
        waive: of.get_one("waive").cloned(),
        annotate: of.get_one("annotate").cloned(),
        color,
        lang,
    }
}

fn path(of: &ArgMatches, name: &str) -> PathBuf {
    of.get_one::<PathBuf>(name).cloned().unwrap_or_default()
}

fn text(of: &ArgMatches, name: &str) -> Option<String> {
    of.get_one::<String>(name).cloned()
}

fn color(of: &ArgMatches) -> Color {
    match text(of, "color").as_deref() {
        Some("always") => Color::Always,
        Some("never") => Color::Never,
        _ => Color::Auto,
    }
}

/// The whole command line. It is built for one language at a time.
pub(crate) fn command(lang: Lang) -> clap::Command {
    let say = |zh: &'static str, en: &'static str| lang.pick(zh, en);
    let globals = [
        Arg::new("schemes")
            .long("schemes")
            .value_name(say("目录", "DIR"))
            .value_parser(value_parser!(PathBuf))
            .help(say("用这个目录里的方案代替内置方案", "Use the schemes of this folder")),
        Arg::new("lang")
            .long("lang")
            .value_name(say("语言", "LANG"))
            .value_parser(["zh", "en"])
            .default_value("zh")
            .hide_possible_values(true)
            .hide_default_value(true)
            .help(say("程序说的语言：zh 中文（默认）、en 英文", "Language: zh (default) or en")),
        Arg::new("color")
            .long("color")
            .value_name(say("何时", "WHEN"))
            .value_parser(["auto", "always", "never"])
            .default_value("auto")
            .hide_possible_values(true)
            .hide_default_value(true)
            .help(say(
                "颜色：auto 终端上用（默认）、always 总用、never 不用",
                "Colours: auto (on a terminal, default), always or never",
            )),
    ];
    base("juesuan", "juesuan [选项] <命令>", lang)
        .version(env!("CARGO_PKG_VERSION"))
        .about(say(
            "决算：检查公开的部门决算和绩效自评，逐条指出错在哪里、凭什么",
            "Checks published departmental final accounts and proves what is wrong",
        ))
        .subcommand_required(true)
        .arg_required_else_help(true)
        .disable_version_flag(true)
        .arg(
            Arg::new("version")
                .short('V')
                .long("version")
                .action(ArgAction::Version)
                .help(say("显示版本", "Print the version")),
        )
        .args(globals.map(|arg| arg.global(true)))
        .subcommands([
            check(lang),
            read::command(lang),
            init::command(lang),
            compile::score(lang),
            compile::publish(lang),
            reconcile::command(lang),
            compile::explain(lang),
            rule(lang),
            scheme(lang),
        ])
        .after_help(say(
            "退出码：0 没有错误；1 有错误；2 没能运行，或有文件没能检查。",
            "Exit codes: 0 no error found; 1 errors found; 2 could not run, or not for all files.",
        ))
}

fn check(lang: Lang) -> clap::Command {
    let say = |zh: &'static str, en: &'static str| lang.pick(zh, en);
    base("check", "juesuan check [选项] <文件>…", lang)
        .about(say("检查一份或多份公开文本", "Check disclosures"))
        .arg_required_else_help(true)
        .args([
            Arg::new("files")
                .value_name(say("文件", "FILE"))
                .required(true)
                .num_args(1..)
                .value_parser(value_parser!(PathBuf))
                .help(say(
                    "PDF、Word、Excel、网页、Markdown 或纯文本；给目录则检查其中全部；- 表示标准输入",
                    "PDF, docx, workbook, web page, Markdown or text; a folder means all in it; - means \
                     standard input",
                )),
            Arg::new("scheme")
                .long("scheme")
                .value_name(say("方案", "ID"))
                .default_value("auto")
                .hide_default_value(true)
                .help(say(
                    "方案，如 cn-ln-shenyang/2024；auto 按文中的地方和年度选（默认）",
                    "Scheme, as in cn-ln-shenyang/2024; auto tells it from the text (default)",
                )),
            Arg::new("format")
                .long("format")
                .value_name(say("格式", "FORMAT"))
                .value_parser(Format::IDS)
                .default_value("text")
                .hide_possible_values(true)
                .hide_default_value(true)
                .help(say(
                    "报告格式：text（默认）、json、sarif、html、xlsx",
                    "Form of the report: text (default), json, sarif, html, xlsx",
                )),
            Arg::new("output")
                .short('o')
                .long("output")
                .value_name(say("路径", "PATH"))
                .value_parser(value_parser!(PathBuf))
                .help(say(
                    "写到这个文件；多份文本时可给目录，每份一个报告",
                    "Write to this file; for several texts a folder, one report each",
                )),
            annotate(lang),
            Arg::new("select")
                .long("select")
                .value_name(say("编码", "CODES"))
                .value_delimiter(',')
                .help(say(
                    "只用这些规则，如 TAB,XTB,TXT001",
                    "Only these rules, as in TAB,XTB,TXT001",
                )),
            Arg::new("waive")
                .long("waive")
                .value_name(say("清单", "FILE"))
                .value_parser(value_parser!(PathBuf))
                .help(say(
                    "已接受问题的清单（TOML）；报告里仍列出，注明谁接受、为什么",
                    "Accepted findings (TOML); they stay in the report, with who and why",
                )),
        ])
}

fn annotate(lang: Lang) -> Arg {
    Arg::new("annotate")
        .long("annotate")
        .value_name("PDF")
        .value_parser(value_parser!(PathBuf))
        .help(lang.pick(
        "另把问题标在 PDF 的页面上，写成这个文件；一次一份",
        "Also mark the findings on the pages of the PDF and write it to this file; one at a time",
    ))
}

fn rule(lang: Lang) -> clap::Command {
    let say = |zh: &'static str, en: &'static str| lang.pick(zh, en);
    base("rule", "juesuan rule [选项] <编码>|--all", lang)
        .about(say("说明一条规则，或列出全部规则", "Explain a rule, or list all"))
        .arg_required_else_help(true)
        .args([
            Arg::new("code")
                .value_name(say("编码", "CODE"))
                .required_unless_present("all")
                .help(say("规则编码，如 TAB001", "Code of the rule, as in TAB001")),
            Arg::new("all")
                .long("all")
                .action(ArgAction::SetTrue)
                .conflicts_with("code")
                .help(say("列出全部规则", "List all rules")),
        ])
}

fn scheme(lang: Lang) -> clap::Command {
    let say = |zh: &'static str, en: &'static str| lang.pick(zh, en);
    let id = || Arg::new("id").value_name(say("方案", "ID"));
    base("scheme", "juesuan scheme [选项] <命令>", lang)
        .about(say("列出、查看、验证方案", "List, show and prove schemes"))
        .subcommand_required(true)
        .arg_required_else_help(true)
        .subcommands([
            base("list", "juesuan scheme list [选项]", lang)
                .about(say("列出全部方案", "List all schemes")),
            base("show", "juesuan scheme show [选项] <方案>", lang)
                .about(say("查看一个方案的表、关系、句子和评分", "Show a scheme"))
                .arg(id().required(true).help(say("如 cn", "As in cn"))),
            base("prove", "juesuan scheme prove [选项] [方案]", lang)
                .about(say(
                    "验证方案：代号、公式、目录、句子、案例，以及每张表写出再读入",
                    "Prove schemes: ids, formulas, catalogues, sentences, cases, forms read back",
                ))
                .arg(id().help(say("只验证这一个", "Only this one"))),
        ])
}

/// A command whose help has its headings in the language.
fn base(name: &'static str, usage: &'static str, lang: Lang) -> clap::Command {
    let command =
        clap::Command::new(name).disable_help_subcommand(true).disable_help_flag(true).arg(
            Arg::new("help")
                .short('h')
                .long("help")
                .action(ArgAction::Help)
                .help_heading(lang.pick("选项", "Options"))
                .help(lang.pick("显示用法", "Print help")),
        );
    match lang {
        Lang::En => command,
        Lang::Zh => command
            .help_template("{about}\n\n用法：{usage}\n\n{all-args}{after-help}\n")
            .subcommand_help_heading("命令")
            .override_usage(usage)
            .subcommand_value_name("命令")
            .next_help_heading("选项"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_languages_build() {
        command(Lang::Zh).debug_assert();
        command(Lang::En).debug_assert();
    }

    #[test]
    fn the_language_is_told_from_raw_arguments() {
        let of = |words: &[&str]| language(&words.iter().map(OsString::from).collect::<Vec<_>>());
        assert_eq!(of(&["juesuan", "check", "--lang", "en"]), Lang::En);
        assert_eq!(of(&["juesuan", "--lang=en", "check"]), Lang::En);
        assert_eq!(of(&["juesuan", "check", "en"]), Lang::Zh);
    }
}
