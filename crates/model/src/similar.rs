//! How alike two texts are.

use std::cmp::Reverse;

/// The likeness of two texts in thousandths: 1000 for the same, 0 for texts without a pair of
/// neighbouring characters in common (Dice's coefficient over bigrams).
#[must_use]
pub fn similarity(a: &str, b: &str) -> u32 {
    if a == b {
        return 1_000;
    }
    let (a, mut b) = (pairs(a), pairs(b));
    let total = a.len().saturating_add(b.len());
    let mut shared = 0_usize;
    b.sort_unstable_by_key(|pair| Reverse(*pair));
    for pair in &a {
        if let Ok(at) = b.binary_search_by_key(&Reverse(*pair), |other| Reverse(*other)) {
            b.remove(at);
            shared = shared.saturating_add(1);
        }
    }
    let share = shared.saturating_mul(2_000).checked_div(total).unwrap_or(0);
    u32::try_from(share).unwrap_or(1_000)
}

/// The pairs of neighbouring characters.
fn pairs(text: &str) -> Vec<(char, char)> {
    text.chars().zip(text.chars().skip(1)).collect()
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
