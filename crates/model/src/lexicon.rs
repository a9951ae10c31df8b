//! Many words looked for at once.

use std::ops::ControlFlow;

/// Words to look for in many texts: one look at each pair of characters tells whether a word can
/// begin there, instead of a search for every word.
#[derive(Clone, Debug, Default)]
pub struct Lexicon {
    words: Vec<Box<str>>,
    /// The first two characters of each word with its position, sorted; `\0` stands for a second
    /// that a word does not have.
    starts: Vec<(Start, usize)>,
    /// A bit for every start. Nearly all pairs of characters are sorted out by it.
    filter: Filter,
    has_single: bool,
    /// Bytes of the shortest word: many texts, as those of cells, have fewer.
    shortest: usize,
}

/// Two characters with which a word begins.
type Start = (char, char);

impl Lexicon {
    /// The words, called by their position; empty ones are never found.
    pub fn new<W: Into<Box<str>>>(words: impl IntoIterator<Item = W>) -> Self {
        let mut lexicon = Self { shortest: usize::MAX, ..Self::default() };
        for word in words {
            lexicon.add(word.into());
        }
        lexicon.starts.sort_unstable();
        lexicon
    }

    fn add(&mut self, word: Box<str>) {
        let mut characters = word.chars();
        if let Some(first) = characters.next() {
            let start = (first, characters.next().unwrap_or('\0'));
            self.has_single |= start.1 == '\0';
            self.filter.add(start);
            self.shortest = self.shortest.min(word.len());
            self.starts.push((start, self.words.len()));
        }
        self.words.push(word);
    }

    /// All places of words in `text`: the byte and the position of the word.
    #[must_use]
    pub fn find(&self, text: &str) -> Vec<(usize, usize)> {
        let mut found = Vec::new();
        self.visit(text, |at, word| found.push((at, word)));
        found
    }

    /// Calls `visit` for all places of words in `text`, in order, with the byte and the position
    /// of the word.
    pub fn visit(&self, text: &str, mut visit: impl FnMut(usize, usize)) {
        let _ = self.scan(text, |at, word| {
            visit(at, word);
            ControlFlow::Continue(())
        });
    }

    /// Whether any of the words occurs in `text`.
    #[must_use]
    pub fn occurs_in(&self, text: &str) -> bool {
        self.scan(text, |_, _| ControlFlow::Break(())).is_break()
    }

    fn scan(
        &self,
        text: &str,
        mut visit: impl FnMut(usize, usize) -> ControlFlow<()>,
    ) -> ControlFlow<()> {
        if text.len() < self.shortest {
            return ControlFlow::Continue(());
        }
        // What precedes the text begins no word; if the filter lets it through, no word is found.
        let (mut at, mut first) = (0, '\0');
        for (next, second) in text.char_indices() {
            if self.filter.may_have((first, second)) {
                self.at(text, at, (first, second), &mut visit)?;
            }
            if self.has_single && self.filter.may_have((first, '\0')) {
                self.at(text, at, (first, '\0'), &mut visit)?;
            }
            (at, first) = (next, second);
        }
        self.at(text, at, (first, '\0'), &mut visit)
    }

    #[inline(never)]
    fn at(
        &self,
        text: &str,
        at: usize,
        start: Start,
        visit: &mut impl FnMut(usize, usize) -> ControlFlow<()>,
    ) -> ControlFlow<()> {
        let rest = text.get(at..).unwrap_or("");
        let from = self.starts.partition_point(|(known, _)| *known < start);
        let words = self.starts.get(from..).unwrap_or_default().iter();
        for (_, index) in words.take_while(|(known, _)| *known == start) {
            if self.words.get(*index).is_some_and(|word| rest.starts_with(&**word)) {
                visit(at, *index)?;
            }
        }
        ControlFlow::Continue(())
    }
}

/// A set of pairs of characters that may have too many.
#[derive(Clone, Debug)]
struct Filter(Box<[u64; Self::WORDS]>);

impl Default for Filter {
    fn default() -> Self {
        Self(Box::new([0; Self::WORDS]))
    }
}

impl Filter {
    const WORDS: usize = 256;

    fn add(&mut self, start: (char, char)) {
        let (word, bit) = Self::place(start);
        if let Some(word) = self.0.get_mut(word) {
            *word |= bit;
        }
    }

    fn may_have(&self, start: (char, char)) -> bool {
        let (word, bit) = Self::place(start);
        self.0.get(word).is_some_and(|word| word & bit != 0)
    }

    /// The word of the set and the bit in it.
    fn place((first, second): (char, char)) -> (usize, u64) {
        let both = u32::from(first).wrapping_mul(0x9E37_79B1) ^ u32::from(second);
        let hash = both.wrapping_mul(0x85EB_CA6B).wrapping_shr(16);
        ((hash >> 6) as usize & (Self::WORDS - 1), 1_u64.wrapping_shl(hash))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn words_are_found_where_they_stand() {
        let lexicon = Lexicon::new(["按排", "淸", "探勘", "", "按排好"]);
        assert_eq!(lexicon.find("已按排好淸"), [(3, 0), (3, 4), (12, 1)]);
        assert!(lexicon.occurs_in("淸"));
        assert!(!lexicon.occurs_in("安排勘探清"));
    }

    proptest! {
        #[test]
        fn what_a_search_finds_is_found(
            words in proptest::collection::vec("[甲乙丙a]{0,3}", 0..6),
            text in "[甲乙丙a]{0,12}",
        ) {
            let mut wanted: Vec<(usize, usize)> = words
                .iter()
                .enumerate()
                .filter(|(_, word)| !word.is_empty())
                .flat_map(|(index, word)| {
                    let places = text.char_indices().map(|(at, _)| at);
                    let here = places.filter(|at| text[*at..].starts_with(word.as_str()));
                    here.map(|at| (at, index)).collect::<Vec<_>>()
                })
                .collect();
            wanted.sort_unstable();
            let lexicon = Lexicon::new(words.iter().map(String::as_str));
            let mut found = lexicon.find(&text);
            found.sort_unstable();
            prop_assert_eq!(lexicon.occurs_in(&text), !found.is_empty());
            prop_assert_eq!(found, wanted);
        }
    }
}
