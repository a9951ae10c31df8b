//! Amounts of money as whole 分, and the units in which documents print them.

use std::fmt;

use rust_decimal::Decimal;

/// An amount in 分 (1/100 元). Exact; arithmetic is checked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Money(i64);

impl Money {
    /// Nothing at all.
    pub const ZERO: Self = Self(0);

    /// The largest amount in 元.
    pub(crate) const MOST_YUAN: Decimal = Decimal::from_parts(u32::MAX, u32::MAX >> 1, 0, false, 2);

    /// An amount of so many 分.
    #[must_use]
    pub const fn from_fen(fen: i64) -> Self {
        Self(fen)
    }

    /// The amount in 分.
    #[must_use]
    pub const fn fen(self) -> i64 {
        self.0
    }

    /// The sum, or `None` beyond ±92 quadrillion 元.
    #[must_use]
    pub fn checked_add(self, other: Self) -> Option<Self> {
        self.0.checked_add(other.0).map(Self)
    }

    /// `amount` printed in the unit `scale`; `None` if it is no whole number of 分 or too large.
    #[must_use]
    pub fn from_printed(amount: Decimal, scale: Scale) -> Option<Self> {
        let fen = amount.checked_mul(scale.fen())?.normalize();
        if fen.scale() != 0 {
            return None;
        }
        i64::try_from(fen.mantissa()).ok().map(Self)
    }

    /// The amount expressed in `scale`, exactly.
    #[must_use]
    pub fn in_scale(self, scale: Scale) -> Decimal {
        Decimal::from(self.0).checked_div(scale.fen()).unwrap_or_default()
    }
}

impl fmt::Display for Money {
    /// In 元 with two decimals, as the exact amount.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:.2}", self.in_scale(Scale::Yuan))
    }
}

/// The unit in which a table or a sentence prints amounts. A property of a table, not of a
/// document: the same disclosure may print one table in 元 and the next in 万元.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Scale {
    /// 元
    Yuan,
    /// 万元
    #[default]
    TenThousand,
    /// 亿元
    HundredMillion,
}

impl Scale {
    /// How many 分 one unit is.
    #[must_use]
    pub fn fen(self) -> Decimal {
        Decimal::from(match self {
            Self::Yuan => 100_i64,
            Self::TenThousand => 1_000_000,
            Self::HundredMillion => 10_000_000_000,
        })
    }

    /// How many 元 one unit is.
    #[must_use]
    pub const fn yuan(self) -> Decimal {
        let yuan = match self {
            Self::Yuan => 1,
            Self::TenThousand => 10_000,
            Self::HundredMillion => 100_000_000,
        };
        Decimal::from_parts(yuan, 0, 0, false, 0)
    }

    /// The word that documents print.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Yuan => "元",
            Self::TenThousand => "万元",
            Self::HundredMillion => "亿元",
        }
    }

    /// The scale named by `word`, if it is one.
    #[must_use]
    pub fn from_label(word: &str) -> Option<Self> {
        [Self::Yuan, Self::TenThousand, Self::HundredMillion]
            .into_iter()
            .find(|scale| scale.label() == word)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn printed_amounts_become_whole_fen() {
        let money = |text: &str, scale| Money::from_printed(text.parse().unwrap(), scale);
        assert_eq!(money("48674.50", Scale::TenThousand).unwrap().fen(), 48_674_500_000);
        assert_eq!(money("80.660179", Scale::TenThousand).unwrap().fen(), 80_660_179);
        assert_eq!(money("0.005", Scale::Yuan), None, "half a 分 does not exist");
    }

    #[test]
    fn the_largest_amount_is_known() {
        assert_eq!(Money::from_fen(i64::MAX).in_scale(Scale::Yuan), Money::MOST_YUAN);
    }

    #[test]
    fn scales_round_trip_through_their_labels() {
        for scale in [Scale::Yuan, Scale::TenThousand, Scale::HundredMillion] {
            assert_eq!(Scale::from_label(scale.label()), Some(scale));
            assert_eq!(scale.yuan().checked_mul(Decimal::ONE_HUNDRED), Some(scale.fen()));
        }
    }
}
