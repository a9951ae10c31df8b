//! What slots of sentences can name: words of lists, and labels of the rows of forms.

use std::cmp::Reverse;
use std::sync::{Arc, OnceLock};

use borsh::{BorshDeserialize, BorshSerialize};
use juesuan_model::{Lexicon, fold_char};
use serde::Deserialize;

use crate::form::{Form, Row};

/// A list of words with the direction they state.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WordList {
    /// The kind that slots name.
    pub kind: Arc<str>,
    /// Words for more than the other.
    #[serde(default)]
    pub more: Vec<Arc<str>>,
    /// Words for less than the other.
    #[serde(default)]
    pub less: Vec<Arc<str>>,
    /// Words for the same.
    #[serde(default)]
    pub level: Vec<Arc<str>>,
}

impl WordList {
    /// All words with 1, -1 or 0.
    pub fn words(&self) -> impl Iterator<Item = (&Arc<str>, i32)> {
        let with = |list, sign| std::iter::zip(list, std::iter::repeat(sign));
        with(&self.more, 1).chain(with(&self.less, -1)).chain(with(&self.level, 0))
    }
}

/// What the slots of a scheme's sentences can name. Templates call a list or form by its number.
#[derive(Clone, Debug, Default, BorshDeserialize, BorshSerialize)]
pub struct Vocabulary {
    lists: Vec<Named<i32>>,
    forms: Vec<Named<Arc<str>>>,
}

/// Words with what each means, under the names by which templates call them.
#[derive(Clone, Debug, BorshDeserialize, BorshSerialize)]
struct Named<T> {
    names: Vec<Arc<str>>,
    /// The longest word comes first.
    words: Vec<(Box<str>, T)>,
    /// Made when the words are first looked for.
    #[borsh(skip)]
    lexicon: OnceLock<Lexicon>,
}

impl<T> Named<T> {
    fn new(names: impl IntoIterator<Item = Arc<str>>, mut words: Vec<(Box<str>, T)>) -> Self {
        words.sort_by_key(|(word, _)| Reverse(word.len()));
        Self { names: names.into_iter().collect(), words, lexicon: OnceLock::new() }
    }

    /// The first of the words with which `text` begins: its length, and what it means.
    fn opening(&self, text: &str) -> Option<(usize, &T)> {
        let words = || self.words.iter().map(|(word, _)| word.clone());
        let lexicon = self.lexicon.get_or_init(|| Lexicon::new(words()));
        let (word, meaning) = self.words.get(lexicon.opening(text)?)?;
        Some((word.len(), meaning))
    }
}

fn position<T>(all: &[Named<T>], name: &str) -> Option<usize> {
    all.iter().position(|one| one.names.iter().any(|known| **known == *name))
}

impl Vocabulary {
    /// Lists of words, and the rows of forms.
    #[must_use]
    pub fn new(lists: &[WordList], forms: &[Form]) -> Self {
        let list = |list: &WordList| {
            let words = list.words().map(|(word, sign)| (Box::from(&**word), sign));
            Named::new([list.kind.clone()], words.collect())
        };
        let form = |form: &Form| {
            let names = [&form.id, &form.title].into_iter().chain(&form.aliases).cloned();
            Named::new(names, form.rows.iter().flat_map(labels).collect())
        };
        Self { lists: lists.iter().map(list).collect(), forms: forms.iter().map(form).collect() }
    }

    /// The list that slots call by this kind.
    pub(super) fn list(&self, kind: &str) -> Option<usize> {
        position(&self.lists, kind)
    }

    /// The form of this id or title.
    pub(super) fn form(&self, name: &str) -> Option<usize> {
        position(&self.forms, name)
    }

    /// Whether a form has a row of this id.
    pub(super) fn has_row(&self, form: usize, row: &str) -> bool {
        let mut rows = self.forms.get(form).into_iter().flat_map(|form| &form.words);
        rows.any(|(_, id)| **id == *row)
    }

    /// The word of a list with which `text` (folded) begins: its length and its direction.
    pub(super) fn word(&self, list: usize, text: &str) -> Option<(usize, i32)> {
        let (length, direction) = self.lists.get(list)?.opening(text)?;
        Some((length, *direction))
    }

    /// The label of a row of a form with which `text` (folded) begins: its length and the row.
    pub(super) fn label(&self, form: usize, text: &str) -> Option<(usize, &Arc<str>)> {
        self.forms.get(form)?.opening(text)
    }
}

/// How sentences name a row: by its label, and a class also as 社会保障和就业（类）支出 or 社会保障和就业.
fn labels(row: &Row) -> Vec<(Box<str>, Arc<str>)> {
    let mut labels: Vec<Box<str>> = Vec::new();
    let is_class = row.id.bytes().all(|b| b.is_ascii_digit());
    for label in std::iter::once(&row.label).chain(&row.aliases) {
        let label: String = label.chars().map(fold_char).collect();
        if let Some(bare) = label.strip_suffix("支出").filter(|_| is_class) {
            labels.push(format!("{bare}(类)支出").into());
            // Two characters are too common a word.
            if bare.chars().nth(2).is_some() {
                labels.push(bare.into());
            }
        }
        labels.push(label.into());
    }
    labels.into_iter().map(|label| (label, row.id.clone())).collect()
}
