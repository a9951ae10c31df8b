//! The narrative: sentences of the scheme are matched, their slots become facts.

use std::sync::Arc;

use juesuan_model::{FactId, Measure, Passage, Scale, Statement, Subject, Value};
use juesuan_scheme::Scheme;
use juesuan_scheme::sentence::{
    Capture, Match, Openings, Scopes, Sentence, SlotKind, Start, find_all,
};
use rustc_hash::FxHashSet;

use super::binder::{Binder, Printed, read_value};
use super::codes::Codes;
use super::outline::Outline;

/// The row of a statement whose code could not be found.
const NO_ROW: &str = "?";

/// A sentence with a place where it matches.
pub(super) type Found<'a> = (&'a Sentence, &'a Passage, Match);

/// Binds the sentences that were found, each with its places one after the other.
pub(super) fn bind(binder: &mut Binder<'_>, found: &[Found<'_>]) {
    let codes = Codes::new(binder);
    let taken = named_items(found, &codes);
    for here in found.chunk_by(|(a, ..), (b, ..)| std::ptr::eq(*a, *b)) {
        for (instance, (sentence, passage, found)) in (1..).zip(here) {
            let numbered = || i32::to_string(&instance).into();
            let row = match row(sentence, found, passage, (&codes, &taken)) {
                Some(row) => row,
                None if sentence.row.is_empty() => numbered(),
                None => continue,
            };
            if sentence.never_of(&row) {
                continue;
            }
            state(binder, sentence, passage, found, row);
        }
    }
}

/// Matches all sentences that are not of project summaries: in the order of the scheme, each in
/// the order of the document.
pub(super) fn find<'a>(scheme: &'a Scheme, outline: &'a Outline) -> Vec<Found<'a>> {
    let mut finder = Finder::new(scheme, |sentence| !sentence.in_summaries());
    let passages = outline.passages.iter().filter(|p| !is_glossary(scheme, p));
    let found = passages.flat_map(|passage| {
        let here = finder.find(passage);
        here.into_iter().map(move |(index, found)| (index, passage, found))
    });
    let mut found: Vec<(usize, &Passage, Match)> = found.collect();
    found.sort_by_key(|(index, ..)| *index);
    let named = found
        .into_iter()
        .filter_map(|(index, passage, found)| Some((scheme.sentences.get(index)?, passage, found)));
    named.collect()
}

/// Finds sentences in one passage after the other.
pub(super) struct Finder<'s> {
    scheme: &'s Scheme,
    openings: Openings,
    scopes: Scopes,
    /// The section of the last passage, and which sentences can stand in it.
    section: Arc<str>,
    in_scope: Vec<bool>,
    /// Where sentences can begin in the last passage.
    starts: Vec<Start>,
}

impl<'s> Finder<'s> {
    /// Of those sentences of the scheme that are `wanted`.
    pub(super) fn new(scheme: &'s Scheme, wanted: impl Fn(&Sentence) -> bool) -> Self {
        let sentences = scheme.sentences.iter().enumerate();
        let openings = Openings::new(sentences.filter(|(_, sentence)| wanted(sentence)));
        let scopes = Scopes::new(&scheme.sentences);
        let (section, in_scope, starts) = ("".into(), Vec::new(), Vec::new());
        Self { scheme, openings, scopes, section, in_scope, starts }
    }

    /// The sentences of a passage with their index, in the order of the scheme.
    pub(super) fn find(&mut self, passage: &Passage) -> Vec<(usize, Match)> {
        self.enter(&passage.section);
        let Self { starts, in_scope, .. } = self;
        starts.clear();
        self.openings.visit(passage.folded.as_str(), |start| {
            if in_scope.get(start.sentence) == Some(&true) {
                starts.push(start);
            }
        });
        starts.sort_unstable();
        let here = starts.chunk_by(|a, b| a.sentence == b.sentence);
        let found = here.filter_map(|starts| {
            let index = starts.first()?.sentence;
            let found = matches(self.scheme, self.scheme.sentences.get(index)?, passage, starts);
            Some(found.into_iter().map(move |found| (index, found)))
        });
        found.flatten().collect()
    }

    fn enter(&mut self, section: &Arc<str>) {
        if self.in_scope.is_empty() || self.section != *section {
            self.section = section.clone();
            self.in_scope = self.scopes.of_section(section);
        }
    }
}

fn is_glossary(scheme: &Scheme, passage: &Passage) -> bool {
    scheme.structure.glossary.iter().any(|word| passage.section.contains(&**word))
}

/// The places among `starts` where a sentence matches; what an earlier template took is not taken
/// again.
fn matches(
    scheme: &Scheme,
    sentence: &Sentence,
    passage: &Passage,
    starts: &[Start],
) -> Vec<Match> {
    let text = passage.folded.as_str();
    let mut all: Vec<Match> = Vec::new();
    for starts in starts.chunk_by(|a, b| a.template == b.template) {
        let template = starts.first().and_then(|start| sentence.templates.get(start.template));
        let Some(template) = template else { continue };
        let can_begin = |place: &usize| sentence.can_follow(text.get(..*place).unwrap_or(""));
        let places = starts.iter().map(|start| start.place).filter(can_begin);
        for found in find_all(template, &scheme.vocabulary, text, places) {
            if all.iter().all(|other| found.end <= other.start || other.end <= found.start) {
                all.push(found);
            }
        }
    }
    all.sort_by_key(|found| found.start);
    all
}

/// The row that a match speaks of: a labelled row of a form, or a code. None when the sentence is
/// of no row, or its row is not known for certain.
fn row(
    sentence: &Sentence,
    found: &Match,
    passage: &Passage,
    (codes, taken): (&Codes, &FxHashSet<Arc<str>>),
) -> Option<Arc<str>> {
    if sentence.row.is_empty() {
        return None;
    }
    if let [only] = sentence.row.as_slice()
        && let Some(capture) = found.captures.iter().find(|capture| capture.name == *only)
        && let Some(row) = &capture.row
    {
        return Some(row.clone());
    }
    let words = row_words(sentence, found, passage);
    // A path of all its names ought to be found; less may mean something else.
    codes.find(&words, taken).or_else(|| (words.len() != 2).then(|| NO_ROW.into()))
}

/// What the slots that give the row say, without quotation marks.
fn row_words<'p>(sentence: &Sentence, found: &Match, passage: &'p Passage) -> Vec<&'p str> {
    let text = passage.folded.as_str();
    let slot = |name: &Arc<str>| {
        let capture = found.captures.iter().find(|capture| capture.name == *name)?;
        let (start, end) = extent(sentence, capture, passage);
        text.get(start..end)
    };
    sentence.row.iter().map(|name| slot(name).unwrap_or("")).collect()
}

/// The items that paragraphs call by their exact names: no other paragraph means them by a name
/// that only resembles theirs.
fn named_items(found: &[Found<'_>], codes: &Codes) -> FxHashSet<Arc<str>> {
    let of_items = found.iter().filter(|(sentence, ..)| sentence.row.len() == 3);
    let words = of_items.map(|(sentence, passage, found)| row_words(sentence, found, passage));
    words.filter_map(|words| codes.named(words.try_into().ok()?)).collect()
}

/// Makes the slots of a match facts and records the statement.
pub(super) fn state(
    binder: &mut Binder<'_>,
    sentence: &Sentence,
    passage: &Passage,
    found: &Match,
    row: Arc<str>,
) {
    let mut slots: Vec<(Arc<str>, FactId)> = Vec::with_capacity(found.captures.len());
    for capture in &found.captures {
        let (start, end) = extent(sentence, capture, passage);
        let (start, end) = passage.folded.origin_range(passage.text.as_str(), start, end);
        let printed = Printed::range(&passage.text, start, end, passage.block, &sentence.title);
        let value = value(sentence, capture, printed.text);
        let subject =
            Subject { form: sentence.id.clone(), row: row.clone(), column: capture.name.clone() };
        let tidy = super::words::tidy(printed.text);
        let printed = Printed { text: &tidy, ..printed };
        slots.push((capture.name.clone(), binder.fact(subject, value, &printed)));
    }
    let (start, end) = passage.folded.origin_range(passage.text.as_str(), found.start, found.end);
    binder.mark(passage.block);
    binder.accounts.statements.push(Statement {
        sentence: sentence.id.clone(),
        row,
        slots,
        place: passage.text.place_of(start, end),
        block: passage.block,
        section: passage.section.clone(),
    });
}

/// Where the words of a slot stand; a name without the quotation marks around it.
fn extent(sentence: &Sentence, capture: &Capture, passage: &Passage) -> (usize, usize) {
    let Capture { start, end, .. } = *capture;
    let words = passage.folded.as_str().get(start..end).unwrap_or("");
    if !sentence.row.contains(&capture.name) {
        return (start, end);
    }
    let opened = words.trim_start_matches('"');
    let start = end - opened.len();
    (start, start + opened.trim_end_matches('"').len())
}

fn value(sentence: &Sentence, capture: &Capture, printed: &str) -> Value {
    if let Some(direction) = capture.direction {
        return Value::Direction(i8::try_from(direction).unwrap_or(0));
    }
    match sentence.kind_of(&capture.name) {
        Some(SlotKind::Amount) => {
            let scale = Scale::from_label(capture.unit).unwrap_or_default();
            read_value(printed, Measure::Money(scale), 0)
        }
        Some(SlotKind::Percent) => read_value(printed, Measure::Percent, 0),
        Some(SlotKind::Count) => match read_value(printed, Measure::Quantity, 0) {
            Value::Number(number) => Value::Number(number.whole_is_exact()),
            other => other,
        },
        _ => Value::Text,
    }
}
