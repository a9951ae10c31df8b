//! `juesuan reconcile`

use std::path::PathBuf;

use clap::{Arg, ArgAction, ArgMatches, value_parser};
use juesuan_model::Lang;

use super::{base, path};

/// `juesuan reconcile`
pub(crate) struct ReconcileArgs {
    /// The edited document.
    pub(crate) file: PathBuf,
    pub(crate) folder: PathBuf,
    /// Whether changed words of packages are taken over into them.
    pub(crate) takes: bool,
    pub(crate) schemes: Option<PathBuf>,
    pub(crate) lang: Lang,
}

pub(super) fn args(of: &ArgMatches, schemes: Option<PathBuf>, lang: Lang) -> ReconcileArgs {
    ReconcileArgs {
        file: path(of, "file"),
        folder: path(of, "folder"),
        takes: of.get_flag("take"),
        schemes,
        lang,
    }
}

pub(super) fn command(lang: Lang) -> clap::Command {
    let say = |zh: &'static str, en: &'static str| lang.pick(zh, en);
    base("reconcile", "juesuan reconcile [选项] <文件> <目录>", lang)
        .about(say(
            "把改过的 Word 文件与数据包核对：改了的数字不认，改了的说明可以收回数据包",
            "Hold an edited Word document against the packages it was published from",
        ))
        .arg_required_else_help(true)
        .args([
            Arg::new("file")
                .value_name(say("文件", "FILE"))
                .required(true)
                .value_parser(value_parser!(PathBuf))
                .help(say(
                    "publish 写出、后来改过的 docx",
                    "The docx that publish wrote and people edited",
                )),
            super::compile::folder(lang),
            Arg::new("take").long("take").action(ArgAction::SetTrue).help(say(
                "把改了的原因、职责等文字写回数据包",
                "Write changed words of reasons, duties and the like back into the packages",
            )),
        ])
        .after_help(say(
            "退出码：0 没有改动，或改动都已写回；1 还有改动；2 没能核对。",
            "Exit codes: 0 no changes, or all taken over; 1 changes left; 2 could not compare.",
        ))
}
