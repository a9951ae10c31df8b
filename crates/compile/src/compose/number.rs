//! Values as they are printed.

use juesuan_model::{Money, Scale};
use juesuan_scheme::manuscript::Style;
use rust_decimal::{Decimal, RoundingStrategy};

/// The characters of a value.
pub(super) fn printed(value: Decimal, style: Style) -> String {
    match style {
        Style::Amount => amount(value, Scale::TenThousand),
        Style::Rate => format!("{}%", two_decimals(value)),
        Style::Count => format!("{}", value.normalize()),
        Style::Points => two_decimals(value),
        Style::Change => by_sign(value, ["减少", "持平", "增加"]),
        Style::Growth => by_sign(value, ["降低", "持平", "增长"]),
        Style::Compared => by_sign(value, ["小于", "等于", "大于"]),
    }
}

/// An amount of 元 in a unit: rounded from its own exact value, with two decimals.
pub(super) fn amount(yuan: Decimal, scale: Scale) -> String {
    let fen = scale.fen().checked_div(Money::from_fen(100).fen().into()).unwrap_or(Decimal::ONE);
    two_decimals(yuan.checked_div(fen).unwrap_or(yuan))
}

pub(super) fn two_decimals(value: Decimal) -> String {
    let rounded = value.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero);
    // No sign before zero.
    let rounded = if rounded.is_zero() { Decimal::ZERO } else { rounded };
    format!("{rounded:.2}")
}

fn by_sign(value: Decimal, [less, equal, more]: [&str; 3]) -> String {
    match value.cmp(&Decimal::ZERO) {
        std::cmp::Ordering::Less => less,
        std::cmp::Ordering::Equal => equal,
        std::cmp::Ordering::Greater => more,
    }
    .to_owned()
}

/// A count in Chinese, up to 99; beyond that in digits.
pub(super) fn chinese(count: u32) -> String {
    const DIGITS: [&str; 10] = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let digit = |n: u32| usize::try_from(n).ok().and_then(|n| DIGITS.get(n)).unwrap_or(&"");
    match (count / 10, count % 10) {
        (0, ones) => (*digit(ones)).to_owned(),
        (1, ones) => format!("十{}", digit(ones)),
        (tens @ 2..=9, ones) => format!("{}十{}", digit(tens), digit(ones)),
        _ => count.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_round_away_from_zero_at_the_half() {
        let of = |text: &str| amount(text.parse().unwrap(), Scale::TenThousand);
        assert_eq!(of("34184400"), "3418.44");
        assert_eq!(of("50"), "0.01");
        assert_eq!(of("-49.99"), "0.00");
        assert_eq!(of("-150"), "-0.02");
    }

    #[test]
    fn counts_are_written_in_chinese() {
        assert_eq!([9, 10, 11, 20, 26, 99].map(chinese).join(" "), "九 十 十一 二十 二十六 九十九");
    }
}
