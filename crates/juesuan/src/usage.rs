//! Mistakes on the command line, in the user's language.

use std::process::ExitCode;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use juesuan_model::Lang;

use crate::{COULD_NOT_RUN, terminal};

/// Prints help, version or what is wrong.
pub(crate) fn report(error: &clap::Error, lang: Lang) -> ExitCode {
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            let text = error.render().to_string();
            let is_out = terminal::print(&text).is_ok();
            return if is_out { ExitCode::SUCCESS } else { ExitCode::from(COULD_NOT_RUN) };
        }
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            terminal::say(error.render().to_string().trim_end());
        }
        _ if lang == Lang::En => terminal::say(error.render().to_string().trim_end()),
        _ => terminal::complain(&chinese(error), lang),
    }
    ExitCode::from(COULD_NOT_RUN)
}

fn chinese(error: &clap::Error) -> String {
    let text = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(texts)) => texts.join("、"),
        _ => String::new(),
    };
    let arg = text(ContextKind::InvalidArg);
    let value = text(ContextKind::InvalidValue);
    let mut said = match error.kind() {
        ErrorKind::InvalidValue if value.is_empty() => format!("{arg} 后面缺少内容"),
        ErrorKind::InvalidValue => {
            format!("{arg} 不能是“{value}”，可以是：{}", text(ContextKind::ValidValue))
        }
        ErrorKind::UnknownArgument => format!("没有“{arg}”这个参数"),
        ErrorKind::InvalidSubcommand => {
            format!("没有“{}”这个命令", text(ContextKind::InvalidSubcommand))
        }
        ErrorKind::ArgumentConflict => match text(ContextKind::PriorArg) {
            prior if prior == arg => format!("{arg} 只能写一次"),
            prior => format!("{arg} 不能和 {prior} 一起用"),
        },
        ErrorKind::MissingRequiredArgument => format!("缺少 {arg}"),
        ErrorKind::MissingSubcommand => "没有说要做什么".to_owned(),
        ErrorKind::InvalidUtf8 => "参数里有不是 UTF-8 的字符".to_owned(),
        _ => format!("参数有误：{}", error.kind()),
    };
    let near = [ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand].map(text).concat();
    if let Some(near) = near.rsplit('、').next().filter(|near| !near.is_empty()) {
        said.push_str(&format!("，是不是 {near}"));
    }
    said + "。用 juesuan --help 查看用法。"
}
