//! Colours of a terminal, all in one place.

use std::borrow::Cow;

use juesuan_model::Severity;

/// What a piece of text is; the terminal decides how that looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ink {
    /// Titles.
    Strong,
    /// What may be passed over: labels, line numbers.
    Faint,
    /// A contradiction.
    Error,
    /// A likely fault.
    Warning,
    /// A note.
    Note,
    /// What held.
    Good,
}

impl Ink {
    /// The parameters of the escape sequence. Only the eight basic colours: they follow the
    /// user's own palette, so that they stay legible on dark and light grounds.
    const fn parameters(self) -> &'static str {
        match self {
            Self::Strong => "1",
            Self::Faint => "2",
            Self::Error => "1;31",
            Self::Warning => "1;33",
            Self::Note => "1;36",
            Self::Good => "32",
        }
    }
}

impl From<Severity> for Ink {
    fn from(severity: Severity) -> Self {
        match severity {
            Severity::Error => Self::Error,
            Severity::Warning => Self::Warning,
            Severity::Note => Self::Note,
        }
    }
}

/// Colours text, or leaves it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Paint {
    /// Whether the terminal understands colours.
    pub(crate) color: bool,
}

impl Paint {
    /// The text in an ink.
    pub(crate) fn with(self, ink: Ink, text: &str) -> Cow<'_, str> {
        if self.color && !text.is_empty() {
            Cow::Owned(format!("\u{1b}[{}m{text}\u{1b}[0m", ink.parameters()))
        } else {
            Cow::Borrowed(text)
        }
    }
}
