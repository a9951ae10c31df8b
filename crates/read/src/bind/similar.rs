//! How alike two names are: by the pairs of neighbouring characters they share.

/// 1 for the same, 0 for names without a pair in common (Dice's coefficient over bigrams).
#[expect(clippy::float_arithmetic, reason = "likeness of names is no amount")]
pub(super) fn similarity(a: &str, b: &str) -> f32 {
    if a == b {
        return 1.0;
    }
    let (a, b) = (pairs(a), pairs(b));
    if a.is_empty() || b.is_empty() {
        return 0.0;
    }
    let mut left = b.clone();
    let mut shared = 0_u16;
    for pair in &a {
        if let Some(at) = left.iter().position(|other| other == pair) {
            left.swap_remove(at);
            shared = shared.saturating_add(1);
        }
    }
    let total = u16::try_from(a.len() + b.len()).unwrap_or(u16::MAX);
    2.0 * f32::from(shared) / f32::from(total)
}

/// The pairs of neighbouring characters.
fn pairs(text: &str) -> Vec<(char, char)> {
    text.chars().zip(text.chars().skip(1)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_one_thing_are_alike() {
        assert!(similarity("资源勘探工业信息等支出", "资源探勘工业信息等支出") > 0.7);
        assert!(similarity("法律顾问", "法律顾问费") > 0.8);
        assert!(similarity("法律顾问", "房屋维修费") < 0.1);
    }
}
