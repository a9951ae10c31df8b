//! How alike two texts are.

/// A text prepared for [`Bigrams::similarity`] with many others.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Bigrams {
    text: String,
    /// The pairs of neighbouring characters in order, each as often as it occurs.
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

    /// The pairs of neighbouring characters in order, each as often as it occurs.
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

    /// The most that [`Self::similarity`] can be, told by the lengths alone.
    #[must_use]
    pub fn most(&self, other: &Self) -> u32 {
        let (a, b) = (self.pairs.len(), other.pairs.len());
        if a == b { 1_000 } else { share(a.min(b), a, b) }
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

/// The pairs of neighbouring characters in order.
fn pairs(text: &str) -> Vec<u64> {
    let both = |(a, b)| u64::from(u32::from(a)).wrapping_shl(32) | u64::from(u32::from(b));
    let mut pairs: Vec<u64> = text.chars().zip(text.chars().skip(1)).map(both).collect();
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
            prop_assert!(similarity(&a, &b) <= 1_000);
        }
    }
}
