//! Lists of words that rules look for.

use std::ops::Deref;
use std::sync::{Arc, OnceLock};

use borsh::{BorshDeserialize, BorshSerialize};
use juesuan_model::Lexicon;
use serde::Deserialize;

/// A list of words.
#[derive(Clone, Debug, Default, BorshDeserialize, BorshSerialize, Deserialize)]
#[serde(from = "Vec<Arc<str>>")]
pub struct Words {
    list: Vec<Arc<str>>,
    /// Made when the words are first looked for.
    #[borsh(skip)]
    lexicon: OnceLock<Lexicon>,
}

impl Words {
    pub(crate) const fn none() -> Self {
        Self { list: Vec::new(), lexicon: OnceLock::new() }
    }

    /// Whether one of them occurs in `text`.
    #[must_use]
    pub fn occur_in(&self, text: &str) -> bool {
        self.lexicon().occurs_in(text)
    }

    /// The first of the words in the order of the list with which `text` begins.
    #[must_use]
    pub fn opening(&self, text: &str) -> Option<&Arc<str>> {
        self.list.get(self.lexicon().opening(text)?)
    }

    /// All places of the words in `text`, in order: the byte and the word.
    pub fn places<'w>(&'w self, text: &str) -> impl Iterator<Item = (usize, &'w str)> + use<'w> {
        let places = self.lexicon().find(text).into_iter();
        places.filter_map(|(at, word)| Some((at, &**self.list.get(word)?)))
    }

    /// All places of the words in `text`, word by word in the order of the list.
    pub fn places_by_word<'w>(
        &'w self,
        text: &str,
    ) -> impl Iterator<Item = (usize, &'w str)> + use<'w> {
        let mut found = self.lexicon().find(text);
        found.sort_unstable_by_key(|(at, word)| (*word, *at));
        found.into_iter().filter_map(|(at, word)| Some((at, &**self.list.get(word)?)))
    }

    /// Those of the words that occur in `text`, in the order of the list.
    pub fn found_in(&self, text: &str) -> impl Iterator<Item = &Arc<str>> {
        let mut found: Vec<usize> =
            self.lexicon().find(text).into_iter().map(|(_, word)| word).collect();
        found.sort_unstable();
        found.dedup();
        found.into_iter().filter_map(|word| self.list.get(word))
    }

    fn lexicon(&self) -> &Lexicon {
        self.lexicon.get_or_init(|| Lexicon::new(self.list.iter().map(|word| &**word)))
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
