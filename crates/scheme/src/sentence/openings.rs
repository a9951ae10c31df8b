//! Where in a text sentences can begin: one look at each of its characters instead of a search
//! for each template.

use rustc_hash::FxHashMap;

use super::Sentence;
use super::template::Piece;

/// The words with which the templates of sentences can begin, by their first two characters; by
/// the first alone when a slot follows it.
#[derive(Clone, Debug, Default)]
pub struct Openings(FxHashMap<(char, Option<char>), Vec<Opening>>);

#[derive(Clone, Debug)]
struct Opening {
    words: Box<str>,
    sentence: usize,
    template: usize,
}

/// A place of a text where a template can begin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Start {
    /// The sentence, by its index.
    pub sentence: usize,
    /// Which of its templates.
    pub template: usize,
    /// The byte of the text.
    pub place: usize,
}

impl Openings {
    /// The openings of sentences, given with their index.
    #[must_use]
    pub fn new<'s>(sentences: impl Iterator<Item = (usize, &'s Sentence)>) -> Self {
        let mut openings = Self::default();
        for (sentence, known) in sentences {
            for (template, pieces) in known.templates.iter().map(|t| &t.pieces).enumerate() {
                opening_words(&[pieces], "", &mut |words| {
                    let mut characters = words.chars();
                    if let Some(first) = characters.next() {
                        let all = openings.0.entry((first, characters.next())).or_default();
                        all.push(Opening { words: words.into(), sentence, template });
                    }
                });
            }
        }
        openings
    }

    /// The places in `text` (folded) where a template can begin, in order.
    #[must_use]
    pub fn starts(&self, text: &str) -> Vec<Start> {
        let mut all = Vec::new();
        let mut characters = text.char_indices().peekable();
        while let Some((place, first)) = characters.next() {
            let second = characters.peek().map(|(_, second)| *second);
            for key in [Some((first, second)), second.map(|_| (first, None))] {
                let Some(openings) = key.and_then(|key| self.0.get(&key)) else { continue };
                let rest = text.get(place..).unwrap_or("");
                let here = openings.iter().filter(|opening| rest.starts_with(&*opening.words));
                all.extend(here.map(|o| Start {
                    sentence: o.sentence,
                    template: o.template,
                    place,
                }));
            }
        }
        all
    }
}

/// Calls `visit` for all words with which the pieces, one list after the other, can begin: two
/// characters at least, unless a slot or a gap comes before.
pub(super) fn opening_words(pieces: &[&[Piece]], before: &str, visit: &mut impl FnMut(&str)) {
    let Some((here, then)) = pieces.split_first() else { return visit(before) };
    let after = |rest| std::iter::once(rest).chain(then.iter().copied()).collect::<Vec<_>>();
    match here {
        [] => opening_words(then, before, visit),
        [Piece::Literal(words), rest @ ..] => {
            let words = format!("{before}{words}");
            if words.chars().nth(1).is_some() {
                visit(&words);
            } else {
                opening_words(&after(rest), &words, visit);
            }
        }
        [Piece::Choice(branches), rest @ ..] => {
            for branch in branches {
                let mut all = after(rest);
                all.insert(0, branch);
                opening_words(&all, before, visit);
            }
        }
        _ => visit(before),
    }
}
