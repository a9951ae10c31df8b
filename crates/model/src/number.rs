//! A printed number: its value and the half of its last printed digit.

use rust_decimal::Decimal;

use crate::{Bounds, Money, Scale};

/// What a printed number measures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Measure {
    /// Money; the value is in 元.
    Money(Scale),
    /// A percentage; the value is in percent (13.93 means 13.93 %).
    Percent,
    /// Points of a score.
    Points,
    /// A count or a physical quantity.
    Quantity,
}

/// A number as printed: an exact decimal that stands for every value which rounds to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Number {
    value: Decimal,
    half: Decimal,
    measure: Measure,
}

/// Why a text is not a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NumberError {
    /// There are other characters than digits, separators and a sign.
    NotNumeric,
    /// More digits than an amount can have.
    TooLong,
    /// A thousands separator stands in the wrong place, as in `1,23`.
    Separator,
}

impl NumberError {
    /// The reason in the user's words.
    #[must_use]
    pub const fn message(self) -> &'static str {
        match self {
            Self::NotNumeric => "不是数字",
            Self::TooLong => "数字过长",
            Self::Separator => "千分位分隔符位置不对",
        }
    }
}

impl Number {
    /// Reads `text` (digits, an optional sign, thousands separators of either width, one decimal
    /// point) as a number of `measure`. A percent sign is accepted after a percentage.
    ///
    /// # Errors
    /// Says why the text is no number; the text is then kept as unread, never guessed.
    pub fn parse(text: &str, measure: Measure) -> Result<Self, NumberError> {
        let value = decimal(text, measure)?;
        // A bare 0 means none at all, whatever the precision of its neighbours.
        let is_none = value.is_zero() && value.scale() == 0;
        let half = if is_none { Decimal::ZERO } else { half_of_last_digit(value.scale()) };
        let Measure::Money(scale) = measure else {
            return Ok(Self { value, half, measure });
        };
        // Limits come from 分 in an i64; a finer amount than 分 is kept as the decimal it is.
        let to_yuan = |x: Decimal| x.checked_mul(scale.yuan());
        let value = to_yuan(value).ok_or(NumberError::TooLong)?;
        if value.abs() > Money::MOST_YUAN {
            return Err(NumberError::TooLong);
        }
        let half = to_yuan(half).ok_or(NumberError::TooLong)?;
        Ok(Self { value, half, measure })
    }

    /// Reads a rate that is printed as a ratio: `0.52` means 52 %, `1.00` 100 %.
    ///
    /// # Errors
    /// When the text is no number, or one above 1 so that it cannot be meant as a ratio.
    pub fn parse_ratio(text: &str) -> Result<Self, NumberError> {
        let number = Self::parse(text, Measure::Percent)?;
        if number.value > Decimal::ONE {
            return Err(NumberError::NotNumeric);
        }
        let hundredfold = |x: Decimal| x.checked_mul(Decimal::ONE_HUNDRED).unwrap_or(x);
        Ok(Self {
            value: hundredfold(number.value).normalize(),
            half: hundredfold(number.half),
            measure: Measure::Percent,
        })
    }

    /// A number that is known exactly, such as a count or a constant of law.
    #[must_use]
    pub const fn exact(value: Decimal, measure: Measure) -> Self {
        Self { value, half: Decimal::ZERO, measure }
    }

    /// The same number where trailing zeros are not printed: it is known to `decimals` places of
    /// its unit at least, as `110` is in a column of amounts in 万元 with two decimals.
    #[must_use]
    pub fn at_least(self, decimals: u32) -> Self {
        let half = half_of_last_digit(decimals);
        let half = match self.measure {
            Measure::Money(scale) => half.checked_mul(scale.yuan()).unwrap_or(half),
            _ => half,
        };
        Self { half: self.half.min(half), ..self }
    }

    /// The same number, exact when it is printed without decimals, as counts and points are.
    #[must_use]
    pub fn whole_is_exact(self) -> Self {
        let is_whole = self.value.normalize().scale() == 0 && self.half >= Decimal::new(5, 1);
        if is_whole { Self { half: Decimal::ZERO, ..self } } else { self }
    }

    /// The same digits with another value, as a repair would print it.
    #[must_use]
    pub const fn with_value(self, value: Decimal) -> Self {
        Self { value, ..self }
    }

    /// The value: 元 for money, percent for percentages.
    #[must_use]
    pub const fn value(self) -> Decimal {
        self.value
    }

    /// Half of the last printed digit, in the unit of the value.
    #[must_use]
    pub const fn half(self) -> Decimal {
        self.half
    }

    /// What it measures.
    #[must_use]
    pub const fn measure(self) -> Measure {
        self.measure
    }

    /// The amount in 分 when this is money and a whole number of 分.
    #[must_use]
    pub fn money(self) -> Option<Money> {
        matches!(self.measure, Measure::Money(_))
            .then(|| Money::from_printed(self.value, Scale::Yuan))
            .flatten()
    }

    /// All values that print like this.
    #[must_use]
    pub fn bounds(self) -> Bounds {
        Bounds::around(self.value, self.half)
    }

    /// An amount as [`Self::display`] shows it, with the word for its unit behind it.
    #[must_use]
    pub fn with_unit(self) -> String {
        match self.measure {
            Measure::Money(scale) => format!("{} {}", self.display(), scale.label()),
            _ => self.display(),
        }
    }

    /// The number as a document prints it: amounts in their unit with separators, the decimals
    /// that were printed (or more when the value needs them).
    #[must_use]
    pub fn display(self) -> String {
        let (value, half) = match self.measure {
            Measure::Money(scale) => {
                let down = |x: Decimal| x.checked_div(scale.yuan()).unwrap_or(x).normalize();
                (down(self.value), down(self.half))
            }
            _ => (self.value, self.half.normalize()),
        };
        // half = 5·10^-(d+1) when d decimals were printed
        let printed = if half.is_zero() { 0 } else { half.scale().saturating_sub(1) };
        let decimals = printed.max(value.normalize().scale());
        let digits = format!("{:.*}", decimals as usize, value);
        match self.measure {
            Measure::Money(_) => with_separators(&digits),
            Measure::Percent => digits + "%",
            Measure::Points | Measure::Quantity => digits,
        }
    }
}

fn half_of_last_digit(decimals: u32) -> Decimal {
    Decimal::try_new(5, decimals.saturating_add(1)).unwrap_or_default()
}

/// The decimal that `text` prints; checks where separators stand.
fn decimal(text: &str, measure: Measure) -> Result<Decimal, NumberError> {
    let text = text.trim();
    let text = match measure {
        Measure::Percent => text.trim_end_matches(['%', '％']).trim_end(),
        _ => text,
    };
    let mut digits = Digits::default();
    let mut negative = false;
    for (index, c) in text.chars().enumerate() {
        match crate::fold_char(c) {
            '-' if index == 0 => negative = true,
            c => digits.add(c)?,
        }
    }
    let mut value = digits.finish()?;
    value.set_sign_negative(negative && !value.is_zero());
    Ok(value)
}

/// The digits of a number while they are read.
#[derive(Default)]
struct Digits {
    value: i128,
    count: u32,
    /// Digits since the last separator.
    run: u32,
    separated: bool,
    /// Digits behind the point, once there is one.
    decimals: Option<u32>,
}

impl Digits {
    /// More digits than an amount can have; so many still fit a [`Decimal`].
    const MOST: u32 = 26;

    fn add(&mut self, c: char) -> Result<(), NumberError> {
        match (c, c.to_digit(10)) {
            (_, Some(digit)) => {
                self.digit(digit);
                Ok(())
            }
            (',', _) if self.decimals.is_none() => self.separator(),
            ('.', _) if self.decimals.is_none() && self.count > 0 => {
                self.decimals = Some(0);
                self.end_of_whole()
            }
            _ => Err(NumberError::NotNumeric),
        }
    }

    fn digit(&mut self, digit: u32) {
        self.count = self.count.saturating_add(1);
        self.value = self.value.saturating_mul(10).saturating_add(i128::from(digit));
        match &mut self.decimals {
            Some(decimals) => *decimals = decimals.saturating_add(1),
            None => self.run = self.run.saturating_add(1),
        }
    }

    fn separator(&mut self) -> Result<(), NumberError> {
        let is_wrong = self.run == 0 || self.run > 3 || (self.separated && self.run != 3);
        self.separated = true;
        self.run = 0;
        if is_wrong { Err(NumberError::Separator) } else { Ok(()) }
    }

    const fn end_of_whole(&self) -> Result<(), NumberError> {
        if self.separated && self.run != 3 { Err(NumberError::Separator) } else { Ok(()) }
    }

    fn finish(self) -> Result<Decimal, NumberError> {
        if self.decimals.is_none() {
            self.end_of_whole()?;
        }
        if self.count == 0 || self.decimals == Some(0) && self.count <= Self::MOST {
            return Err(NumberError::NotNumeric);
        }
        if self.count > Self::MOST {
            return Err(NumberError::TooLong);
        }
        let scale = self.decimals.unwrap_or(0);
        Decimal::try_from_i128_with_scale(self.value, scale).map_err(|_| NumberError::TooLong)
    }
}

fn with_separators(digits: &str) -> String {
    let (sign, rest) = digits.strip_prefix('-').map_or(("", digits), |rest| ("-", rest));
    let (whole, fraction) = rest.split_once('.').map_or((rest, None), |(w, f)| (w, Some(f)));
    let mut out = String::from(sign);
    let mut left = whole.len();
    for c in whole.chars() {
        out.push(c);
        left = left.saturating_sub(1);
        if left > 0 && left.checked_rem(3) == Some(0) {
            out.push(',');
        }
    }
    if let Some(fraction) = fraction {
        out.push('.');
        out.push_str(fraction);
    }
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const WAN: Measure = Measure::Money(Scale::TenThousand);

    #[test]
    fn digits_tell_how_exact_a_number_is() {
        let number = Number::parse("65,669.54", WAN).unwrap();
        assert_eq!(number.value(), "656695400".parse().unwrap());
        assert_eq!(number.half(), "50".parse().unwrap());
        assert_eq!(number.display(), "65,669.54");
        let rate = Number::parse("１．２％", Measure::Percent).unwrap();
        assert_eq!((rate.value(), rate.half()), ("1.2".parse().unwrap(), "0.05".parse().unwrap()));
        assert_eq!(rate.display(), "1.2%");
    }

    #[test]
    fn what_is_no_number_is_refused_with_its_reason() {
        for (text, why) in [
            ("", NumberError::NotNumeric),
            ("——", NumberError::NotNumeric),
            ("12.", NumberError::NotNumeric),
            ("1,23.00", NumberError::Separator),
            ("1234,567", NumberError::Separator),
            ("1,2345", NumberError::Separator),
            ("123456789012345678901234567", NumberError::TooLong),
        ] {
            assert_eq!(Number::parse(text, WAN), Err(why), "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_parsed_or_refused(text in "\\PC{0,40}") {
            let _ = Number::parse(&text, WAN);
            let _ = Number::parse(&text, Measure::Percent);
        }

        #[test]
        fn printing_then_parsing_gives_the_same(fen in -10_i64.pow(13)..10_i64.pow(13)) {
            let text = with_separators(&format!("{:.2}", Decimal::new(fen, 2)));
            let number = Number::parse(&text, WAN).unwrap();
            prop_assert_eq!(number.display(), text);
        }
    }
}
