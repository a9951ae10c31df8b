//! Many words looked for at once.

use std::ops::ControlFlow;

/// Words to look for in many texts at once.
#[derive(Clone, Debug, Default)]
pub struct Lexicon {
    words: Vec<Box<str>>,
    /// Words of one character are looked for apart: they would shorten the steps of the others.
    searches: Vec<Search>,
}

impl Lexicon {
    /// Bytes of two Chinese characters.
    const TWO: usize = 6;

    /// The words, called by their position; empty ones are never found.
    pub fn new<W: Into<Box<str>>>(words: impl IntoIterator<Item = W>) -> Self {
        let words: Vec<Box<str>> = words.into_iter().map(Into::into).collect();
        let (short, long): (Vec<usize>, Vec<usize>) = (0..words.len())
            .filter(|index| words.get(*index).is_some_and(|word| !word.is_empty()))
            .partition(|index| words.get(*index).is_some_and(|word| word.len() < Self::TWO));
        let searches = [short, long].into_iter().filter_map(|own| Search::new(&words, &own));
        let searches = searches.collect();
        Self { words, searches }
    }

    /// All places of words in `text`: the byte and the position of the word.
    #[must_use]
    pub fn find(&self, text: &str) -> Vec<(usize, usize)> {
        let mut found = Vec::new();
        self.visit(text, |at, word| found.push((at, word)));
        if self.searches.len() > 1 {
            found.sort_unstable();
        }
        found
    }

    /// Calls `visit` for all places of words in `text`, in any order, with the byte and the position
    /// of the word.
    pub fn visit(&self, text: &str, mut visit: impl FnMut(usize, usize)) {
        for search in &self.searches {
            let _ = search.scan(&self.words, text, |at, word| {
                visit(at, word);
                ControlFlow::Continue(())
            });
        }
    }

    /// The first of the words with which `text` begins, by its position.
    #[must_use]
    pub fn opening(&self, text: &str) -> Option<usize> {
        let mut first: Option<usize> = None;
        for search in &self.searches {
            let Some(block) = search.block(text, search.tail).filter(|b| search.skip(*b) == 0)
            else {
                continue;
            };
            let _ = search.at(&self.words, text, 0, block, &mut |_, word| {
                first = Some(first.map_or(word, |known| known.min(word)));
                ControlFlow::Continue(())
            });
        }
        first
    }

    /// Whether any of the words occurs in `text`.
    #[must_use]
    pub fn occurs_in(&self, text: &str) -> bool {
        let found = |_, _| ControlFlow::Break(());
        self.searches.iter().any(|search| search.scan(&self.words, text, found).is_break())
    }
}

/// A window as long as the shortest of some words moves over a text: by its last bytes it is
/// known how far the next word can be, so that most bytes are never looked at.
#[derive(Clone, Debug)]
struct Search {
    /// At which byte of a window its last ones begin.
    tail: usize,
    /// How many these are, and what covers them when four have been read.
    last: usize,
    mask: u32,
    /// For each word the last bytes of the window on its beginning, with its position; sorted.
    ends: Vec<(u32, usize)>,
    /// How many bytes to go on behind a window, by its last bytes; none where a word may stand.
    /// Bytes share places, so that some go on by less than they could.
    skips: Box<[u8; Self::PLACES]>,
}

impl Search {
    /// Longer windows would go on faster only where there is hardly a word.
    const LONGEST: u8 = 12;
    /// A power of two, as many as the longest lists need.
    const PLACES: usize = 1024;

    /// For those of the words; `None` when there are none.
    fn new(words: &[Box<str>], own: &[usize]) -> Option<Self> {
        let own: Vec<(usize, &str)> =
            own.iter().filter_map(|index| Some((*index, &**words.get(*index)?))).collect();
        let shortest = own.iter().map(|(_, word)| word.len()).min()?;
        let window = u8::try_from(shortest).unwrap_or(u8::MAX).min(Self::LONGEST);
        let last = window.min(4);
        let tail = window.saturating_sub(last);
        let mut search = Self {
            tail: usize::from(tail),
            last: usize::from(last),
            mask: match last {
                1 => 0xFF,
                2 => 0xFFFF,
                3 => 0xFF_FFFF,
                _ => u32::MAX,
            },
            ends: Vec::with_capacity(own.len()),
            skips: Box::new([tail.saturating_add(1); Self::PLACES]),
        };
        for (index, word) in own {
            (0..=tail).for_each(|at| search.limit(word, at.into(), tail.saturating_sub(at)));
            search.ends.extend(search.block(word, search.tail).map(|end| (end, index)));
        }
        search.ends.sort_unstable();
        Some(search)
    }

    /// Goes on by no more than `most` behind a window that ends with the bytes of a word.
    fn limit(&mut self, word: &str, at: usize, most: u8) {
        let place = self.block(word, at).map_or(0, Self::place);
        if let Some(skip) = self.skips.get_mut(place) {
            *skip = most.min(*skip);
        }
    }

    fn scan(
        &self,
        words: &[Box<str>],
        text: &str,
        mut visit: impl FnMut(usize, usize) -> ControlFlow<()>,
    ) -> ControlFlow<()> {
        let mut at = 0_usize;
        while let Some(block) = self.block(text, at.wrapping_add(self.tail)) {
            let skip = self.skip(block);
            if skip == 0 {
                self.at(words, text, at, block, &mut visit)?;
            }
            // No word begins within a character.
            let step = if skip < 3 { skip.max(width(text, at)) } else { skip };
            at = at.wrapping_add(step);
        }
        ControlFlow::Continue(())
    }

    /// How far to go on behind a window with these last bytes.
    fn skip(&self, block: u32) -> usize {
        self.skips.get(Self::place(block)).copied().map_or(1, usize::from)
    }

    /// So many bytes from `from` on as the end of a window has.
    fn block(&self, text: &str, from: usize) -> Option<u32> {
        let rest = text.as_bytes().get(from..)?;
        if let Some(four) = rest.first_chunk() {
            return Some(u32::from_le_bytes(*four) & self.mask);
        }
        let bytes = rest.iter().rev().fold(0, |bytes, byte| bytes << 8 | u32::from(*byte));
        (rest.len() >= self.last).then_some(bytes & self.mask)
    }

    /// Where the skip behind the last bytes of a window is found.
    const fn place(block: u32) -> usize {
        (block.wrapping_mul(0x9E37_79B1) >> 16) as usize % Self::PLACES
    }

    #[inline(never)]
    fn at(
        &self,
        words: &[Box<str>],
        text: &str,
        at: usize,
        end: u32,
        visit: &mut impl FnMut(usize, usize) -> ControlFlow<()>,
    ) -> ControlFlow<()> {
        let rest = text.as_bytes().get(at..).unwrap_or_default();
        let from = self.ends.partition_point(|(known, _)| *known < end);
        let likely = self.ends.get(from..).unwrap_or_default().iter();
        for (_, index) in likely.take_while(|(known, _)| *known == end) {
            if words.get(*index).is_some_and(|word| rest.starts_with(word.as_bytes())) {
                visit(at, *index)?;
            }
        }
        ControlFlow::Continue(())
    }
}

/// How many bytes the character has that begins at a byte; one within a character.
fn width(text: &str, at: usize) -> usize {
    match text.as_bytes().get(at) {
        Some(0xF0..) => 4,
        Some(0xE0..) => 3,
        Some(0xC0..) => 2,
        _ => 1,
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

    #[test]
    fn windows_of_every_length_find_what_ends_a_text() {
        let words = ["%", "é", "ab", "甲", "甲a", "甲乙丙丁戊"];
        for (word, before) in
            words.into_iter().flat_map(|word| ["", "a", "丙丁"].map(|b| (word, b)))
        {
            let lexicon = Lexicon::new([word]);
            assert_eq!(lexicon.find(&format!("{before}{word}")), [(before.len(), 0)]);
            let cut: String = word.chars().skip(1).collect();
            assert!(!lexicon.occurs_in(&format!("乙{cut}")));
        }
        assert!(!Lexicon::new(Vec::<&str>::new()).occurs_in("甲"));
        assert!(!Lexicon::default().occurs_in("甲"));
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
            let opening = wanted.iter().filter(|(at, _)| *at == 0).map(|(_, word)| *word).min();
            prop_assert_eq!(lexicon.opening(&text), opening);
            prop_assert_eq!(found, wanted);
        }
    }
}
