//! The clauses of a document, each once, and which of them begin or end alike: texts copied by
//! hand, in which one character may have changed.

use std::hash::{Hash, Hasher};

use rustc_hash::{FxBuildHasher, FxHashMap, FxHasher};

use crate::Spot;
use crate::texts::Words;

/// Shorter clauses are alike by chance.
const SHORTEST: usize = 8;
/// How many clauses that begin (or end) alike are held against each other.
const MOST_ALIKE: usize = 40;

/// The words between two marks of punctuation, where they stand first.
pub(crate) struct Clause {
    /// In which of the texts, from which byte to which.
    words: usize,
    start: usize,
    end: usize,
    /// How many characters it has.
    pub(crate) length: usize,
    /// How often it stands in the document.
    pub(crate) times: usize,
}

impl Clause {
    pub(crate) fn text<'w>(&self, texts: &'w [Words<'_>]) -> &'w str {
        let words = texts.get(self.words).map_or("", |words| &*words.folded);
        words.get(self.start..self.end).unwrap_or("")
    }

    pub(crate) fn spot(&self, texts: &[Words<'_>]) -> Option<Spot> {
        Some(texts.get(self.words)?.spot_at(self.start, self.end))
    }

    /// What [`Words::subject`] says of the text it stands in.
    pub(crate) fn subject(&self, texts: &[Words<'_>], column: &str) -> String {
        texts.get(self.words).map_or_else(String::new, |words| words.subject(column))
    }

    /// Its first half and what follows; `skipped` characters between them belong to neither.
    fn halves<'w>(&self, texts: &'w [Words<'_>], skipped: usize) -> Option<[Part<'w>; 2]> {
        let length = self.length.checked_sub(skipped)?;
        let text = self.text(texts);
        let at = |count: usize| text.char_indices().nth(count).map(|(at, _)| at);
        let head = text.get(..at(length / 2)?)?;
        let tail = text.get(at(length / 2 + skipped)?..)?;
        Some([(length, false, head), (length, true, tail)])
    }
}

/// How many characters a clause has, whether it ends with the words, and the words.
type Part<'w> = (usize, bool, &'w str);

/// The clauses of all texts.
pub(crate) struct Clauses {
    all: Vec<Clause>,
    /// The halves of each, by their hash: clauses that share one are neighbours.
    halves: Vec<(u64, usize)>,
}

impl Clauses {
    pub(crate) fn new(texts: &[Words<'_>]) -> Self {
        let all = distinct(texts);
        let halves = all.iter().enumerate().filter_map(|(index, clause)| {
            Some(clause.halves(texts, 0)?.map(|part| (hash(part), index)))
        });
        let mut halves: Vec<(u64, usize)> = halves.flatten().collect();
        halves.sort_unstable();
        Self { all, halves }
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &Clause> {
        self.all.iter()
    }

    /// Pairs of clauses of the same length of which one half is the same, in the order they stand.
    pub(crate) fn alike(&self) -> Vec<(&Clause, &Clause)> {
        let mut pairs = Vec::new();
        for same in self.halves.chunk_by(|(a, _), (b, _)| a == b) {
            let same = same.get(..MOST_ALIKE).unwrap_or(same);
            for (index, (_, a)) in same.iter().enumerate() {
                let later = same.get(index + 1..).unwrap_or_default();
                pairs.extend(later.iter().map(|(_, b)| (*a, *b)));
            }
        }
        pairs.sort_unstable();
        pairs.iter().filter_map(|(a, b)| Some((self.all.get(*a)?, self.all.get(*b)?))).collect()
    }

    /// Clauses that may be `long` without one of its characters.
    pub(crate) fn shorter(
        &self,
        texts: &[Words<'_>],
        long: &Clause,
    ) -> impl Iterator<Item = &Clause> {
        let halves = long.halves(texts, 1).into_iter().flatten().map(hash);
        let found = halves.flat_map(|half| {
            let from = self.halves.partition_point(|(known, _)| *known < half);
            let same = self.halves.get(from..).unwrap_or_default().iter();
            same.take_while(move |(known, _)| *known == half).take(MOST_ALIKE)
        });
        found.filter_map(|(_, index)| self.all.get(*index))
    }
}

fn hash(part: Part<'_>) -> u64 {
    let mut hasher = FxHasher::default();
    part.hash(&mut hasher);
    hasher.finish()
}

/// Each clause once, in the order they stand.
fn distinct(texts: &[Words<'_>]) -> Vec<Clause> {
    // About as many clauses are new as there are texts.
    let mut known = FxHashMap::<&str, usize>::with_capacity_and_hasher(texts.len(), FxBuildHasher);
    let mut found: Vec<Clause> = Vec::new();
    for (words, text) in texts.iter().map(|words| &*words.folded).enumerate() {
        let (mut start, mut length) = (0, 0);
        for (at, c) in text.char_indices().chain([(text.len(), '。')]) {
            if !matches!(c, '。' | ';' | ',' | ':' | '、') {
                length += 1;
                continue;
            }
            if let Some(clause) = text.get(start..at).filter(|_| length >= SHORTEST) {
                let index = *known.entry(clause).or_insert(found.len());
                match found.get_mut(index) {
                    Some(before) => before.times += 1,
                    None => found.push(Clause { words, start, end: at, length, times: 1 }),
                }
            }
            (start, length) = (at + c.len_utf8(), 0);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use juesuan_model::{Accounts, Folded, Passage};

    use super::*;
    use crate::texts::texts;

    /// A passage a line.
    fn accounts(lines: &[&str]) -> Accounts {
        let passage = |line: &&str| Passage { folded: Folded::new(line), ..Passage::default() };
        Accounts { passages: lines.iter().map(passage).collect(), ..Accounts::default() }
    }

    #[test]
    fn a_clause_is_told_once_with_how_often_it_stands() {
        let accounts =
            accounts(&["全市工业经济运行平稳，短句。全市工业经济运行平稳", "全市工业经济运行平稳"]);
        let texts = texts(&accounts);
        let clauses = Clauses::new(&texts);
        let [only] = &clauses.all[..] else { panic!("{}", clauses.all.len()) };
        assert_eq!((only.text(&texts), only.length, only.times), ("全市工业经济运行平稳", 10, 3));
    }

    #[test]
    fn clauses_that_share_a_half_are_alike() {
        let accounts = accounts(&[
            "全市工业经济运行平稳。全市工业经济运作平稳。",
            "全省工业经济运行平稳。本区商业秩序持续好转。",
        ]);
        let texts = texts(&accounts);
        let alike = Clauses::new(&texts);
        let alike: Vec<_> =
            alike.alike().iter().map(|(a, b)| (a.text(&texts), b.text(&texts))).collect();
        let one = "全市工业经济运行平稳";
        assert_eq!(alike, [(one, "全市工业经济运作平稳"), (one, "全省工业经济运行平稳")]);
    }

    #[test]
    fn a_shorter_clause_lacks_one_character() {
        let accounts =
            accounts(&["全市工业经济运行平平稳。全市工业经济运行平稳。全市工业经济运行"]);
        let texts = texts(&accounts);
        let clauses = Clauses::new(&texts);
        let shorter = clauses.shorter(&texts, &clauses.all[0]);
        let shorter: Vec<&str> = shorter.map(|clause| clause.text(&texts)).collect();
        assert_eq!(shorter, ["全市工业经济运行平稳"]);
    }
}
