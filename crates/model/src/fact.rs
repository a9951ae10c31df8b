//! Facts: what a document states, addressed the way formulas address it.

use std::fmt;
use std::hash::BuildHasher;
use std::sync::Arc;

use ecow::EcoString;
use hashbrown::HashTable;
use hashbrown::hash_table::Entry;
use rustc_hash::FxBuildHasher;

use crate::{Number, Place};

/// What a fact is about: `form[row].column`, as in `three_public[total].budget`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Subject {
    /// The statutory form, or the sentence, or the kind of performance form.
    pub form: Arc<str>,
    /// A row id of the form, a code of a catalogue, or the number of an instance.
    pub row: Arc<str>,
    /// A column id of the form, or a slot of the sentence.
    pub column: Arc<str>,
}

impl Subject {
    /// The subject `form[row].column`.
    #[must_use]
    pub fn new(form: &str, row: &str, column: &str) -> Self {
        Self { form: form.into(), row: row.into(), column: column.into() }
    }
}

impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}[{}].{}", self.form, self.row, self.column)
    }
}

/// What a cell or slot holds. Blank, dash and unread are three different things.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// A number.
    Number(Number),
    /// Words.
    Text,
    /// A word of direction: 1 for 增加, -1 for 减少, 0 for 持平 and their like.
    Direction(i8),
    /// Nothing is printed.
    Blank,
    /// A dash or a stroke is printed where a number could stand.
    Dash,
    /// Something is printed that could not be read as what belongs here.
    Unread(Arc<str>),
}

/// A fact and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    /// What it is about.
    pub subject: Subject,
    /// What is stated.
    pub value: Value,
    /// The characters as printed.
    pub printed: EcoString,
    /// Where they stand.
    pub place: Place,
    /// The block of the document.
    pub block: u32,
    /// What a reader calls it, as in `《收入决算表》合计行“本年收入合计”`.
    pub label: Arc<str>,
}

impl Fact {
    /// The number, when one was read.
    #[must_use]
    pub const fn number(&self) -> Option<Number> {
        match self.value {
            Value::Number(number) => Some(number),
            _ => None,
        }
    }
}

/// Names a fact within its [`Facts`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FactId(u32);

impl FactId {
    /// Its position among all facts.
    #[must_use]
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

/// All facts of a document.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    all: Vec<Fact>,
    /// The first fact of each subject. The subjects themselves stand in `all`.
    by_subject: HashTable<FactId>,
}

impl Facts {
    /// No facts yet, and room for about so many.
    #[must_use]
    pub fn with_capacity(count: usize) -> Self {
        Self { all: Vec::with_capacity(count), by_subject: HashTable::with_capacity(count) }
    }

    /// Adds a fact. The first of a subject is the one that [`Self::find`] gives; a second one is
    /// kept too, as `false` of the result tells.
    pub fn add(&mut self, fact: Fact) -> (FactId, bool) {
        let id = FactId(u32::try_from(self.all.len()).unwrap_or(u32::MAX));
        let all = &self.all;
        let subject_of = |id: FactId| all.get(id.0 as usize).map(|fact| &fact.subject);
        let entry = self.by_subject.entry(
            hash(&fact.subject.form, &fact.subject.row, &fact.subject.column),
            |known| subject_of(*known) == Some(&fact.subject),
            |known| subject_of(*known).map_or(0, |s| hash(&s.form, &s.row, &s.column)),
        );
        let new = match entry {
            Entry::Occupied(_) => false,
            Entry::Vacant(place) => {
                place.insert(id);
                true
            }
        };
        self.all.push(fact);
        (id, new)
    }

    /// The fact of an id.
    #[must_use]
    pub fn get(&self, id: FactId) -> Option<&Fact> {
        self.all.get(id.0 as usize)
    }

    /// The first fact about a subject.
    #[must_use]
    pub fn find(&self, subject: &Subject) -> Option<(FactId, &Fact)> {
        self.find_cell(&subject.form, &subject.row, &subject.column)
    }

    /// The first fact about `form[row].column`.
    #[must_use]
    pub fn find_cell(&self, form: &str, row: &str, column: &str) -> Option<(FactId, &Fact)> {
        let is_meant = |id: &FactId| {
            self.get(*id).is_some_and(|fact| {
                let subject = &fact.subject;
                *subject.row == *row && *subject.column == *column && *subject.form == *form
            })
        };
        let id = *self.by_subject.find(hash(form, row, column), is_meant)?;
        Some((id, self.get(id)?))
    }

    /// All facts in the order they were bound.
    pub fn iter(&self) -> impl Iterator<Item = (FactId, &Fact)> {
        self.all
            .iter()
            .enumerate()
            .map(|(index, fact)| (FactId(u32::try_from(index).unwrap_or(u32::MAX)), fact))
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.all.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }
}

fn hash(form: &str, row: &str, column: &str) -> u64 {
    FxBuildHasher.hash_one((form, row, column))
}
