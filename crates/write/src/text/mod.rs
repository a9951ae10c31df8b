//! Reports for a terminal.

mod excerpt;
mod finding;
mod page;
mod report;
mod rule;
mod style;
mod summary;

use juesuan_model::Lang;

pub use report::report;
pub use rule::{rule_list, rule_page};
pub use summary::summary;

/// How text is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TextOptions {
    /// Whether to colour it, with ANSI escape sequences.
    pub color: bool,
    /// The width of the terminal in cells. At least 40 are used; prose is never set wider than
    /// 100, since longer lines are hard to read, but excerpts and tables take all.
    pub width: usize,
    /// Whether the terminal gives two cells to characters whose width Unicode leaves open, as `…`
    /// and `“`: the old console of Chinese Windows does, hardly any other.
    pub wide_ambiguous: bool,
    /// The language.
    pub lang: Lang,
    /// How many findings of a section to list within each severity; `None` lists all.
    pub per_section: Option<usize>,
}

impl Default for TextOptions {
    /// Without colours, 100 cells wide, in Chinese, everything listed.
    fn default() -> Self {
        Self { color: false, width: 100, wide_ambiguous: false, lang: Lang::Zh, per_section: None }
    }
}
