//! Lists of words that rules look for.

use std::ops::Deref;
use std::sync::{Arc, OnceLock};

use juesuan_model::Lexicon;
use serde::Deserialize;

/// A list of words.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(from = "Vec<Arc<str>>")]
pub struct Words {
    list: Vec<Arc<str>>,
    /// Made when the words are first looked for.
    lexicon: OnceLock<Lexicon>,
}

impl Words {
    pub(crate) const fn none() -> Self {
        Self { list: Vec::new(), lexicon: OnceLock::new() }
    }

    /// Whether one of them occurs in `text`.
    #[must_use]
    pub fn occur_in(&self, text: &str) -> bool {
        let lexicon = || Lexicon::new(self.list.iter().map(|word| &**word));
        self.lexicon.get_or_init(lexicon).occurs_in(text)
    }
}

impl From<Vec<Arc<str>>> for Words {
    fn from(list: Vec<Arc<str>>) -> Self {
        Self { list, lexicon: OnceLock::new() }
    }
}

impl Deref for Words {
    type Target = [Arc<str>];

    fn deref(&self) -> &Self::Target {
        &self.list
    }
}

impl<'w> IntoIterator for &'w Words {
    type Item = &'w Arc<str>;
    type IntoIter = std::slice::Iter<'w, Arc<str>>;

    fn into_iter(self) -> Self::IntoIter {
        self.list.iter()
    }
}
