//! `juesuan init`

use std::path::PathBuf;

use clap::{Arg, ArgAction, ArgMatches, value_parser};
use juesuan_model::Lang;

use super::{base, text};

/// `juesuan init`
pub(crate) struct InitArgs {
    pub(crate) output: PathBuf,
    pub(crate) scheme: String,
    pub(crate) unit: Option<String>,
    /// The package of the year before.
    pub(crate) from: Option<PathBuf>,
    pub(crate) is_department: bool,
    pub(crate) schemes: Option<PathBuf>,
    pub(crate) lang: Lang,
}

pub(super) fn args(of: &ArgMatches, schemes: Option<PathBuf>, lang: Lang) -> InitArgs {
    InitArgs {
        output: of.get_one("output").cloned().unwrap_or_default(),
        scheme: text(of, "scheme").unwrap_or_default(),
        unit: text(of, "unit"),
        from: of.get_one("from").cloned(),
        is_department: of.get_flag("department"),
        schemes,
        lang,
    }
}

pub(super) fn command(lang: Lang) -> clap::Command {
    let say = |zh: &'static str, en: &'static str| lang.pick(zh, en);
    base("init", "juesuan init [选项] -o <文件.xlsx>", lang)
        .about(say(
            "写出空的单位数据包（工作簿），可由上年的数据包带出",
            "Write an empty package (a workbook) for a unit to fill in",
        ))
        .arg_required_else_help(true)
        .args([
            Arg::new("output")
                .short('o')
                .long("output")
                .value_name(say("文件", "FILE"))
                .required(true)
                .value_parser(value_parser!(PathBuf))
                .help(say("写成这个工作簿（.xlsx）；已有的不覆盖", "The new workbook (.xlsx)")),
            Arg::new("scheme")
                .long("scheme")
                .value_name(say("方案", "ID"))
                .default_value("cn")
                .hide_default_value(true)
                .help(say("方案（默认 cn）", "Scheme (default cn)")),
            Arg::new("unit")
                .long("unit")
                .value_name(say("名称", "NAME"))
                .conflicts_with("department")
                .help(say("单位名称", "Name of the unit")),
            Arg::new("from")
                .long("from")
                .value_name(say("上年", "PATH"))
                .value_parser(value_parser!(PathBuf))
                .help(say(
                    "上年的数据包（目录或工作簿）：带出年初数、上年数、项目和指标",
                    "Last year's package (folder or workbook) to carry over from",
                )),
            Arg::new("department").long("department").action(ArgAction::SetTrue).help(say(
                "部门自己的表，不是单位的",
                "The sheets of the department instead of a unit's",
            )),
        ])
}
