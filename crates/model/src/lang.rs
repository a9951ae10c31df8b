//! The language in which the program speaks.

/// The language of everything the program says itself; quotes stay as they are printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Lang {
    /// Chinese, the language of the users.
    #[default]
    Zh,
    /// English.
    En,
}

impl Lang {
    /// The one of two wordings that belongs to this language.
    #[must_use]
    pub const fn pick<T: Copy>(self, zh: T, en: T) -> T {
        match self {
            Self::Zh => zh,
            Self::En => en,
        }
    }
}
