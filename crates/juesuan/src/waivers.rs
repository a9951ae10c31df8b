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
use juesuan_model::{Lang, Waiver};
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
    let wrong = |fault| Failure::Waivers { path: path.to_owned(), fault };
    let list: List =
        toml::from_str(&text).map_err(|error| wrong(WaiverFault::of(&text, &error)))?;
    list.waive.into_iter().map(|entry| entry.check().map_err(wrong)).collect()
}

/// What is wrong with a list.
#[derive(Debug)]
pub(crate) enum WaiverFault {
    /// It is no such list: in which line, what the TOML reader says.
    Format { line: usize, message: String },
    /// An entry does not say why or who.
    NoReason(String),
    /// An entry's date is none.
    NoDate { entry: String, until: String },
}

impl WaiverFault {
    fn of(text: &str, error: &toml::de::Error) -> Self {
        let start = error.span().map_or(0, |span| span.start);
        let line = text.get(..start).unwrap_or("").matches('\n').count() + 1;
        Self::Format { line, message: error.message().to_owned() }
    }

    /// In the user's words.
    pub(crate) fn say(&self, lang: Lang) -> String {
        match (self, lang) {
            (Self::Format { line, message }, Lang::Zh) => format!(
                "第 {line} 行：{message}。每条写 [[waive]] 和 code、subject、note、who，可加 until"
            ),
            (Self::Format { line, message }, Lang::En) => format!(
                "line {line}: {message}; an entry is [[waive]] with code, subject, note, who and \
                 optionally until"
            ),
            (Self::NoReason(entry), Lang::Zh) => {
                format!("{entry} 没有写 note（为什么接受）或 who（谁接受）")
            }
            (Self::NoReason(entry), Lang::En) => {
                format!("{entry} does not say why (note) or who (who)")
            }
            (Self::NoDate { entry, until }, Lang::Zh) => {
                format!("{entry} 的 until“{until}”不是日期，应如 2026-12-31")
            }
            (Self::NoDate { entry, until }, Lang::En) => {
                format!("{entry}: until “{until}” is no date; write it as in 2026-12-31")
            }
        }
    }
}

impl Entry {
    fn check(self) -> Result<Waiver, WaiverFault> {
        let Self { code, subject, note, who, until } = self;
        let entry = format!("{code} {subject}");
        if note.trim().is_empty() || who.trim().is_empty() {
            return Err(WaiverFault::NoReason(entry));
        }
        // Dates are compared as text, so that all must be written alike.
        let until = match until.map(|until| until.parse::<Date>().map_err(|_| until)) {
            None => None,
            Some(Ok(date)) => Some(date.to_string()),
            Some(Err(until)) => return Err(WaiverFault::NoDate { entry, until }),
        };
        Ok(Waiver { code, subject, note, who, until })
    }
}

/// Today where the user is, `YYYY-MM-DD`.
pub(crate) fn today() -> String {
    jiff::Zoned::now().date().to_string()
}
