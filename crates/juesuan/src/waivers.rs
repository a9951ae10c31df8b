//! The list of accepted findings.
//!
//! ```toml
//! [[waive]]
//! code = "TXT108"
//! subject = "fiscal_completion[1].completion"
//! note = "已向财政局说明"
//! who = "王会计"
//! until = "2026-12-31"
//! ```

use std::path::Path;

use jiff::civil::Date;
use juesuan_model::Waiver;
use serde::Deserialize;

use crate::failure::Failure;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct List {
    #[serde(default)]
    waive: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    code: String,
    subject: String,
    note: String,
    who: String,
    until: Option<String>,
}

/// Reads a list. Every entry must say why and who, and a date must be one.
pub(crate) fn read(path: &Path) -> Result<Vec<Waiver>, Failure> {
    let text = std::fs::read_to_string(path).map_err(|source| Failure::read(path, source))?;
    let wrong = |message: String| Failure::Waivers { path: path.to_owned(), message };
    let list: List = toml::from_str(&text).map_err(|error| wrong(explain(&text, &error)))?;
    list.waive.into_iter().map(|entry| entry.check().map_err(wrong)).collect()
}

impl Entry {
    fn check(self) -> Result<Waiver, String> {
        let Self { code, subject, note, who, until } = self;
        if note.trim().is_empty() || who.trim().is_empty() {
            return Err(format!("{code} {subject} 没有写 note（为什么接受）或 who（谁接受）"));
        }
        if let Some(date) = until.as_deref().filter(|date| date.parse::<Date>().is_err()) {
            return Err(format!("{code} {subject} 的 until“{date}”不是日期，应如 2026-12-31"));
        }
        Ok(Waiver { code, subject, note, who, until })
    }
}

/// Where a fault of TOML stands.
fn explain(text: &str, error: &toml::de::Error) -> String {
    let start = error.span().map_or(0, |span| span.start);
    let line = text.get(..start).unwrap_or("").matches('\n').count() + 1;
    format!(
        "第 {line} 行：{}。每条写 [[waive]] 和 code、subject、note、who，可加 until",
        error.message()
    )
}

/// Today where the user is, `YYYY-MM-DD`.
pub(crate) fn today() -> String {
    jiff::Zoned::now().date().to_string()
}
