//! Which block of a document is which of a publication, though some were changed, moved or deleted.

use std::collections::VecDeque;

use juesuan_model::similarity;
use rustc_hash::{FxHashMap, FxHashSet};
use similar::{Algorithm, DiffOp, capture_diff_slices};

/// Blocks between the same neighbours are one another from this likeness on, and blocks anywhere.
const LIKE_BESIDE: u32 = 400;
const LIKE_ANYWHERE: u32 = 700;
/// Shorter blocks are not looked for elsewhere: many are the same by chance.
const SHORTEST_MOVED: usize = 4;
/// Larger gaps are searched only around the place where a block would stand.
const MOST_PAIRS: usize = 100_000;
const AROUND: usize = 40;

/// Two blocks that are one another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Pair {
    pub(super) expected: usize,
    pub(super) found: usize,
    /// Whether it stands between other neighbours.
    pub(super) is_moved: bool,
}

/// Finds the pairs, in the order of what was expected.
pub(super) fn align(expected: &[&str], found: &[&str]) -> Vec<Pair> {
    let mut aligner = Aligner {
        expected,
        found,
        pairs: Vec::new(),
        open_expected: Vec::new(),
        open_found: Vec::new(),
    };
    aligner.same();
    aligner.moved();
    aligner.alike_beside();
    aligner.alike_anywhere();
    aligner.pairs.sort_by_key(|pair| pair.expected);
    aligner.pairs
}

/// A block without its pair, and the gap between pairs that it stands in.
type Open = (usize, usize);

struct Aligner<'a> {
    expected: &'a [&'a str],
    found: &'a [&'a str],
    pairs: Vec<Pair>,
    open_expected: Vec<Open>,
    open_found: Vec<Open>,
}

impl Aligner<'_> {
    /// What is the same in the same order.
    fn same(&mut self) {
        let mut gap = 0_usize;
        for op in capture_diff_slices(Algorithm::Patience, self.expected, self.found) {
            if let DiffOp::Equal { old_index, new_index, len } = op {
                gap = gap.saturating_add(1);
                let pairs = (old_index..).zip(new_index..).take(len);
                let pair = |(expected, found)| Pair { expected, found, is_moved: false };
                self.pairs.extend(pairs.map(pair));
            } else {
                self.open_expected.extend(op.old_range().map(|at| (at, gap)));
                self.open_found.extend(op.new_range().map(|at| (at, gap)));
            }
        }
    }

    /// What is the same elsewhere.
    fn moved(&mut self) {
        let mut places: FxHashMap<&str, VecDeque<usize>> = FxHashMap::default();
        for (at, _) in &self.open_found {
            let text = self.found.get(*at).copied().unwrap_or("");
            if text.chars().nth(SHORTEST_MOVED).is_some() {
                places.entry(text).or_default().push_back(*at);
            }
        }
        let mut pairs = Vec::new();
        for (expected, _) in &self.open_expected {
            let text = self.expected.get(*expected).copied().unwrap_or("");
            let place = places.get_mut(text).and_then(VecDeque::pop_front);
            pairs.extend(place.map(|found| Pair { expected: *expected, found, is_moved: true }));
        }
        self.settle(pairs);
    }

    /// What is alike between the same neighbours.
    fn alike_beside(&mut self) {
        let mut pairs = Vec::new();
        let mut rest = self.open_found.as_slice();
        for of_gap in self.open_expected.chunk_by(|a, b| a.1 == b.1) {
            let gap = of_gap.first().map_or(0, |(_, gap)| *gap);
            let from = rest.partition_point(|(_, of)| *of < gap);
            rest = rest.get(from..).unwrap_or_default();
            let to = rest.partition_point(|(_, of)| *of <= gap);
            let there = rest.get(..to).unwrap_or_default();
            self.best(of_gap, there, LIKE_BESIDE, false, &mut pairs);
        }
        self.settle(pairs);
    }

    /// What is very much alike anywhere.
    fn alike_anywhere(&mut self) {
        let count = self.open_expected.len().saturating_mul(self.open_found.len());
        if count <= MOST_PAIRS {
            let mut pairs = Vec::new();
            self.best(&self.open_expected, &self.open_found, LIKE_ANYWHERE, true, &mut pairs);
            self.settle(pairs);
        }
    }

    /// Pairs each block with the one most like it that is free.
    fn best(
        &self,
        expected: &[Open],
        found: &[Open],
        least: u32,
        is_moved: bool,
        pairs: &mut Vec<Pair>,
    ) {
        let is_large = expected.len().saturating_mul(found.len()) > MOST_PAIRS;
        let mut is_taken = vec![false; found.len()];
        for (position, (at, _)) in expected.iter().enumerate() {
            let text = self.expected.get(*at).copied().unwrap_or("");
            if is_moved && text.chars().nth(SHORTEST_MOVED).is_none() {
                continue;
            }
            let likeness =
                |of: &usize| similarity(text, self.found.get(*of).copied().unwrap_or(""));
            let mut best: Option<(u32, usize)> = None;
            for (number, (other, _)) in found.iter().enumerate() {
                let is_far = is_large && number.abs_diff(position) > AROUND;
                if is_far || is_taken.get(number).copied().unwrap_or(true) {
                    continue;
                }
                let like = likeness(other);
                if like >= least && best.is_none_or(|(most, _)| like > most) {
                    best = Some((like, number));
                }
            }
            let Some((_, number)) = best else { continue };
            is_taken.get_mut(number).into_iter().for_each(|is_taken| *is_taken = true);
            let place = found.get(number).map(|(place, _)| *place);
            pairs.extend(place.map(|found| Pair { expected: *at, found, is_moved }));
        }
    }

    fn settle(&mut self, pairs: Vec<Pair>) {
        let of: FxHashSet<usize> = pairs.iter().map(|pair| pair.expected).collect();
        let to: FxHashSet<usize> = pairs.iter().map(|pair| pair.found).collect();
        self.open_expected.retain(|(at, _)| !of.contains(at));
        self.open_found.retain(|(at, _)| !to.contains(at));
        self.pairs.extend(pairs);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn shown(expected: &[&str], found: &[&str]) -> Vec<String> {
        let show = |pair: &Pair| {
            let mark = if pair.is_moved { "~" } else { "" };
            format!("{}-{}{mark}", pair.expected, pair.found)
        };
        align(expected, found).iter().map(show).collect()
    }

    #[test]
    fn blocks_are_found_again_changed_moved_and_not_when_deleted() {
        let expected = [
            "第一部分概况",
            "收入总计100万元",
            "支出总计100万元包括基本支出",
            "第二部分说明",
            "其他",
        ];
        assert_eq!(shown(&expected, &expected), ["0-0", "1-1", "2-2", "3-3", "4-4"]);
        let changed = ["第一部分概况", "收入总计200万元", "第二部分说明", "其他"];
        assert_eq!(shown(&expected, &changed), ["0-0", "1-1", "3-2", "4-3"]);
        let moved = [
            "第一部分概况",
            "收入总计100万元",
            "第二部分说明",
            "支出总计100万元包括基本支出",
            "其他",
        ];
        assert_eq!(shown(&expected, &moved), ["0-0", "1-1", "2-3", "3-2~", "4-4"]);
        assert_eq!(shown(&expected, &[]), [""; 0]);
    }

    proptest! {
        #[test]
        fn no_block_is_used_twice(a in prop::collection::vec("[甲乙丙]{0,10}", 0..20), b in prop::collection::vec("[甲乙丙]{0,10}", 0..20)) {
            let texts = |of: &[String]| -> Vec<String> { of.to_vec() };
            let (a, b) = (texts(&a), texts(&b));
            let a: Vec<&str> = a.iter().map(String::as_str).collect();
            let b: Vec<&str> = b.iter().map(String::as_str).collect();
            let pairs = align(&a, &b);
            let mut found: Vec<usize> = pairs.iter().map(|pair| pair.found).collect();
            found.sort_unstable();
            found.dedup();
            prop_assert_eq!(found.len(), pairs.len());
            prop_assert!(pairs.windows(2).all(|two| two[0].expected < two[1].expected));
        }
    }
}
