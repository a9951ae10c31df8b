//! Where in a text sentences can begin: one look at each of its characters instead of a search
//! for each template.

use juesuan_model::Lexicon;
use rustc_hash::FxHashMap;

use super::Sentence;
use super::template::Piece;

/// The words with which the templates of sentences can begin.
#[derive(Clone, Debug, Default)]
pub struct Openings {
    words: Lexicon,
    /// For each of the words the templates: the sentence and which of its templates.
    templates: Vec<Vec<(usize, usize)>>,
}

/// A place of a text where a template can begin.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
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
        // Many templates begin with the same words.
        let mut by_words: FxHashMap<String, Vec<(usize, usize)>> = FxHashMap::default();
        for (sentence, known) in sentences {
            for (position, template) in known.templates.iter().enumerate() {
                opening_words(&[&template.pieces], "", &mut |opening| {
                    let here = (sentence, position);
                    match by_words.get_mut(opening) {
                        Some(templates) => templates.push(here),
                        None => drop(by_words.insert(opening.to_owned(), vec![here])),
                    }
                });
            }
        }
        let (words, templates): (Vec<String>, _) = by_words.into_iter().unzip();
        Self { words: Lexicon::new(words), templates }
    }

    /// Calls `visit` for the places in `text` (folded) where a template can begin, in any order.
    pub fn visit(&self, text: &str, mut visit: impl FnMut(Start)) {
        self.words.visit(text, |place, word| {
            for (sentence, template) in self.templates.get(word).into_iter().flatten().copied() {
                visit(Start { sentence, template, place });
            }
        });
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
