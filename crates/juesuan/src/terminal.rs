//! The terminal: colours, width, progress, and the two streams.

use std::io::{self, IsTerminal, Write};

use console::Term;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use juesuan_model::Lang;
use juesuan_write::text::TextOptions;

use crate::cli::Color;

/// Prints to standard output.
pub(crate) fn print(text: &str) -> io::Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(text.as_bytes())?;
    out.flush()
}

/// Says something beside the result. That nobody listens is no fault.
pub(crate) fn say(text: &str) {
    let _ = writeln!(io::stderr().lock(), "{text}");
}

/// Says what went wrong.
pub(crate) fn complain(text: &str, lang: Lang) {
    say(&format!("{}{text}", lang.pick("juesuan：", "juesuan: ")));
}

/// How text is set: for the terminal it goes to, else plainly.
pub(crate) fn options(color: Color, lang: Lang, to_stdout: bool) -> TextOptions {
    let term = Term::stdout();
    let is_terminal = to_stdout && term.is_term();
    let is_wanted = std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
    let color = match color {
        Color::Always => true,
        Color::Never => false,
        Color::Auto => is_terminal && is_wanted,
    };
    let width = if is_terminal { usize::from(term.size().1) } else { 100 };
    TextOptions { color, width, lang, ..TextOptions::default() }
}

/// Whether somebody watches what is said beside the result.
pub(crate) fn is_watched() -> bool {
    io::stderr().is_terminal()
}

/// Whether the result goes to a terminal.
pub(crate) fn is_shown() -> bool {
    io::stdout().is_terminal()
}

/// A bar for long work, invisible where nobody watches.
pub(crate) fn progress(count: usize, lang: Lang) -> ProgressBar {
    if count < 2 || !is_watched() {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::with_draw_target(Some(count as u64), ProgressDrawTarget::stderr());
    let template = match lang {
        Lang::Zh => "检查 {pos}/{len} {wide_bar} 还需 {eta}",
        Lang::En => "checked {pos}/{len} {wide_bar} {eta} left",
    };
    if let Ok(style) = ProgressStyle::with_template(template) {
        bar.set_style(style);
    }
    bar
}
