//! Interval arithmetic over exact decimals: what printed digits can mean, and nothing more.

use rust_decimal::{Decimal, RoundingStrategy};

/// A value with the interval that printed digits leave open.
///
/// `derived` says that the value came out of a multiplication or division, so that it need not
/// have the decimals of a printed figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bounds {
    /// The nominal value, as if the printed digits were exact.
    pub value: Decimal,
    /// The least the digits allow.
    pub low: Decimal,
    /// The most the digits allow.
    pub high: Decimal,
    /// Whether a product or quotient is inside.
    pub derived: bool,
}

/// How two values that ought to be equal compare.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparison {
    /// The same.
    Equal,
    /// Different, but the rounding of the printed digits explains it.
    Tail,
    /// No rounding explains it.
    Contradiction,
}

impl Bounds {
    /// A value known exactly.
    #[must_use]
    pub const fn exact(value: Decimal) -> Self {
        Self { value, low: value, high: value, derived: false }
    }

    /// A value that was computed, so that it is met by every printed figure that it rounds to.
    #[must_use]
    pub const fn computed(value: Decimal) -> Self {
        Self { derived: true, ..Self::exact(value) }
    }

    /// A printed value and half of its last digit.
    #[must_use]
    pub fn around(value: Decimal, half: Decimal) -> Self {
        Self {
            value,
            low: value.checked_sub(half).unwrap_or(Decimal::MIN),
            high: value.checked_add(half).unwrap_or(Decimal::MAX),
            derived: false,
        }
    }

    /// Half of the width of the interval.
    #[must_use]
    pub fn half(self) -> Decimal {
        self.high
            .checked_sub(self.low)
            .and_then(|width| width.checked_div(Decimal::TWO))
            .unwrap_or(Decimal::MAX)
    }

    /// The sum; `None` on overflow, as for every operation here.
    #[must_use]
    pub fn plus(self, other: Self) -> Option<Self> {
        Some(Self {
            value: self.value.checked_add(other.value)?,
            low: self.low.checked_add(other.low)?,
            high: self.high.checked_add(other.high)?,
            derived: self.derived || other.derived,
        })
    }

    /// The negative.
    #[must_use]
    pub fn negate(self) -> Self {
        let negative = |x: Decimal| Decimal::ZERO.checked_sub(x).unwrap_or_default();
        Self {
            value: negative(self.value),
            low: negative(self.high),
            high: negative(self.low),
            derived: self.derived,
        }
    }

    /// The difference.
    #[must_use]
    pub fn minus(self, other: Self) -> Option<Self> {
        self.plus(other.negate())
    }

    /// The product.
    #[must_use]
    pub fn times(self, other: Self) -> Option<Self> {
        let corners = [
            self.low.checked_mul(other.low)?,
            self.low.checked_mul(other.high)?,
            self.high.checked_mul(other.low)?,
            self.high.checked_mul(other.high)?,
        ];
        Self::spanning(self.value.checked_mul(other.value)?, corners)
    }

    /// The quotient; `None` when the divisor may be zero.
    #[must_use]
    pub fn over(self, other: Self) -> Option<Self> {
        if other.low <= Decimal::ZERO && other.high >= Decimal::ZERO {
            return None;
        }
        let corners = [
            self.low.checked_div(other.low)?,
            self.low.checked_div(other.high)?,
            self.high.checked_div(other.low)?,
            self.high.checked_div(other.high)?,
        ];
        Self::spanning(self.value.checked_div(other.value)?, corners)
    }

    /// The smaller of both, as an interval.
    #[must_use]
    pub fn min(self, other: Self) -> Self {
        Self {
            value: self.value.min(other.value),
            low: self.low.min(other.low),
            high: self.high.min(other.high),
            derived: self.derived || other.derived,
        }
    }

    /// The larger of both, as an interval.
    #[must_use]
    pub fn max(self, other: Self) -> Self {
        Self {
            value: self.value.max(other.value),
            low: self.low.max(other.low),
            high: self.high.max(other.high),
            derived: self.derived || other.derived,
        }
    }

    /// The distance from zero.
    #[must_use]
    pub fn abs(self) -> Self {
        if self.low >= Decimal::ZERO {
            self
        } else if self.high <= Decimal::ZERO {
            self.negate()
        } else {
            Self {
                value: self.value.abs(),
                low: Decimal::ZERO,
                high: self.low.abs().max(self.high),
                derived: self.derived,
            }
        }
    }

    /// Rounded half up to so many decimals.
    #[must_use]
    pub fn round(self, decimals: u32) -> Self {
        let round =
            |x: Decimal| x.round_dp_with_strategy(decimals, RoundingStrategy::MidpointAwayFromZero);
        Self { value: round(self.value), low: round(self.low), high: round(self.high), ..self }
    }

    /// Compares a stated value (self) with what it ought to be.
    #[must_use]
    pub fn compare(self, expected: Self) -> Comparison {
        let Some(difference) = self.value.checked_sub(expected.value) else {
            return Comparison::Contradiction;
        };
        // A quotient has endless decimals: it is met when it rounds to the stated digits.
        let allowance = if expected.derived { self.half() } else { Decimal::ZERO };
        if difference.abs() <= allowance {
            Comparison::Equal
        } else if self.low <= expected.high && expected.low <= self.high {
            Comparison::Tail
        } else {
            Comparison::Contradiction
        }
    }

    fn spanning(value: Decimal, corners: [Decimal; 4]) -> Option<Self> {
        Some(Self {
            value,
            low: corners.into_iter().min()?,
            high: corners.into_iter().max()?,
            derived: true,
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn printed(text: &str) -> Bounds {
        let value: Decimal = text.parse().unwrap();
        Bounds::around(value, Decimal::new(5, value.scale() + 1))
    }

    #[test]
    fn a_sum_of_rounded_parts_may_miss_its_total_by_a_tail() {
        let sum = printed("48674.49");
        assert_eq!(printed("48674.50").compare(sum), Comparison::Tail);
        assert_eq!(printed("48647.49").compare(sum), Comparison::Contradiction);
        assert_eq!(printed("48674.49").compare(sum), Comparison::Equal);
    }

    #[test]
    fn a_rate_is_right_when_it_rounds_to_the_printed_digits() {
        let share = printed("9145.70")
            .times(Bounds::exact(Decimal::ONE_HUNDRED))
            .and_then(|x| x.over(printed("65669.54")))
            .unwrap();
        assert_eq!(printed("13.93").compare(share), Comparison::Equal);
        assert_eq!(printed("13.39").compare(share), Comparison::Contradiction);
    }

    #[test]
    fn division_by_what_may_be_zero_has_no_result() {
        assert_eq!(printed("1.00").over(printed("0.00")), None);
    }

    proptest! {
        #[test]
        fn the_nominal_value_never_leaves_its_interval(a in -100_000_i64..100_000, b in 1_i64..100_000) {
            let (a, b) = (Decimal::new(a, 2), Decimal::new(b, 2));
            let half = Decimal::new(5, 3);
            let (x, y) = (Bounds::around(a, half), Bounds::around(b, half));
            let results = [x.plus(y), x.minus(y), x.times(y), x.over(y), Some(x.abs()), Some(x.round(1))];
            for r in results.into_iter().flatten() {
                prop_assert!(r.low <= r.value && r.value <= r.high);
            }
        }
    }
}
