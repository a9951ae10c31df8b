//! How alike two texts are.

use rustc_hash::FxHashMap;

/// A text prepared for being compared with many others.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bigrams {
    text: String,
    pairs: Vec<u64>,
}

impl Bigrams {
    /// Prepares a text.
    #[must_use]
    pub fn new(text: impl Into<String>) -> Self {
        let text = text.into();
        let pairs = pairs(&text);
        Self { text, pairs }
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The pairs of neighbouring characters, sorted, each as often as it occurs: the same for
    /// texts whose [`Self::similarity`] is 1000. A text too short for a pair has one of its own.
    #[must_use]
    pub fn pairs(&self) -> &[u64] {
        &self.pairs
    }

    /// The likeness of two texts as [`similarity`] has it.
    #[must_use]
    pub fn similarity(&self, other: &Self) -> u32 {
        if self.text == other.text {
            return 1_000;
        }
        share(shared(&self.pairs, &other.pairs), self.pairs.len(), other.pairs.len())
    }
}

/// Many texts, to find those that are alike to one without holding it against each.
#[derive(Clone, Debug, Default)]
pub struct SimilarTexts {
    /// For each text how many pairs it has.
    lengths: Vec<usize>,
    /// The texts that have a pair, and how often.
    by_pair: FxHashMap<u64, Vec<(usize, usize)>>,
}

impl SimilarTexts {
    /// Prepares the texts.
    pub fn new<'t>(texts: impl IntoIterator<Item = &'t Bigrams>) -> Self {
        let mut all = Self::default();
        for (index, text) in texts.into_iter().enumerate() {
            all.lengths.push(text.pairs.len());
            for same in text.pairs.chunk_by(|a, b| a == b) {
                let Some(pair) = same.first() else { continue };
                all.by_pair.entry(*pair).or_default().push((index, same.len()));
            }
        }
        all
    }

    /// The [`similarity`] of every text to `other`, by index; what is not given has none.
    #[must_use]
    pub fn alike(&self, other: &Bigrams) -> Vec<(usize, u32)> {
        let mut counts: Vec<usize> = vec![0; self.lengths.len()];
        for same in other.pairs.chunk_by(|a, b| a == b) {
            let having = same.first().and_then(|pair| self.by_pair.get(pair));
            for (index, times) in having.into_iter().flatten() {
                if let Some(count) = counts.get_mut(*index) {
                    *count = count.saturating_add(same.len().min(*times));
                }
            }
        }
        let found = counts.into_iter().zip(&self.lengths).enumerate();
        found
            .filter(|(_, (shared, _))| *shared > 0)
            .map(|(index, (shared, length))| (index, share(shared, *length, other.pairs.len())))
            .collect()
    }
}

/// The likeness of two texts in thousandths: 1000 for the same, 0 for texts without a pair of
/// neighbouring characters in common (Dice's coefficient over bigrams).
#[must_use]
pub fn similarity(a: &str, b: &str) -> u32 {
    if a == b {
        return 1_000;
    }
    let (a, b) = (pairs(a), pairs(b));
    share(shared(&a, &b), a.len(), b.len())
}

/// The pairs of neighbouring characters, sorted. A text without any is one by itself.
fn pairs(text: &str) -> Vec<u64> {
    let mut characters = text.chars().map(|c| u64::from(u32::from(c)));
    let mut last = characters.next().unwrap_or(0);
    let mut pairs = Vec::with_capacity(text.len().div_ceil(3).max(1));
    for c in characters {
        pairs.push(last.wrapping_shl(32) | c);
        last = c;
    }
    if pairs.is_empty() {
        pairs.push(last);
    }
    pairs.sort_unstable();
    pairs
}

/// How many elements two sorted lists have in common.
fn shared(a: &[u64], b: &[u64]) -> usize {
    let mut shared = 0_usize;
    let mut others = b.iter().peekable();
    for pair in a {
        while others.next_if(|other| *other < pair).is_some() {}
        shared = shared.saturating_add(usize::from(others.next_if_eq(&pair).is_some()));
    }
    shared
}

fn share(shared: usize, a: usize, b: usize) -> u32 {
    let share = shared.saturating_mul(2_000).checked_div(a.saturating_add(b)).unwrap_or(0);
    u32::try_from(share).unwrap_or(1_000)
}

/// The least number of inserted, dropped or replaced characters between two texts, when it is at
/// most `most` (Levenshtein's distance in a band).
#[must_use]
pub fn changes(a: &str, b: &str, most: usize) -> Option<usize> {
    let a: Vec<char> = a.chars().collect();
    let b: Vec<char> = b.chars().collect();
    if a.len().abs_diff(b.len()) > most {
        return None;
    }
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut diagonal = i;
        let mut left = i.saturating_add(1);
        let mut least = left;
        if let Some(first) = row.first_mut() {
            *first = left;
        }
        for (y, slot) in b.iter().zip(row.iter_mut().skip(1)) {
            let up = *slot;
            let replaced = diagonal.saturating_add(usize::from(x != y));
            let value = replaced.min(up.saturating_add(1)).min(left.saturating_add(1));
            *slot = value;
            diagonal = up;
            left = value;
            least = least.min(value);
        }
        if least > most {
            return None;
        }
    }
    row.last().copied().filter(|distance| *distance <= most)
}

/// Whether two texts become the same by one character inserted, dropped or replaced.
#[must_use]
pub fn differ_by_one(a: &str, b: &str) -> bool {
    let (mut a, mut b) = (a.chars(), b.chars());
    while let (Some(x), Some(y)) = (a.clone().next(), b.clone().next())
        && x == y
    {
        a.next();
        b.next();
    }
    while let (Some(x), Some(y)) = (a.clone().next_back(), b.clone().next_back())
        && x == y
    {
        a.next_back();
        b.next_back();
    }
    let (a, b) = (a.as_str(), b.as_str());
    let is_one = |rest: &str| rest.chars().nth(1).is_none();
    is_one(a) && is_one(b) && a != b
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn names_of_one_thing_are_alike() {
        assert!(similarity("资源勘探工业信息等支出", "资源探勘工业信息等支出") > 650);
        assert!(similarity("法律顾问", "法律顾问费") > 800);
        assert!(similarity("法律顾问", "房屋维修费") < 100);
    }

    #[test]
    fn texts_alike_are_found_among_many() {
        let texts = ["法律顾问费", "房屋维修费", "", "费"].map(Bigrams::new);
        let index = SimilarTexts::new(&texts);
        assert_eq!(index.alike(&Bigrams::new("法律顾问")), [(0, 857)]);
        assert_eq!(index.alike(&Bigrams::new("费")), [(3, 1_000)]);
        assert_eq!(index.alike(&Bigrams::new("")), [(2, 1_000)]);
    }

    #[test]
    fn changes_are_counted_up_to_a_limit() {
        assert_eq!(changes("后期服务中心", "后勤服务中心", 2), Some(1));
        assert_eq!(changes("中国制造业2025", "中国制造2025", 2), Some(1));
        assert_eq!(changes("一", "一二三四", 2), None);
    }

    proptest! {
        #[test]
        fn the_order_does_not_matter(a in "[甲乙丙丁]{0,8}", b in "[甲乙丙丁]{0,8}") {
            prop_assert_eq!(similarity(&a, &b), similarity(&b, &a));
            prop_assert_eq!(changes(&a, &b, 4), changes(&b, &a, 4));
            prop_assert_eq!(differ_by_one(&a, &b), changes(&a, &b, 1) == Some(1));
            prop_assert!(similarity(&a, &b) <= 1_000);
            let (a, b) = (Bigrams::new(a), Bigrams::new(b));
            let found = SimilarTexts::new([&a]).alike(&b);
            let found = found.first().map_or(0, |(_, alike)| *alike);
            prop_assert_eq!(a.similarity(&b), found);
        }
    }
}
