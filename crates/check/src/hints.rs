//! Likely causes, told by the digits: swapped, shifted, dropped, a unit or a ratio mistaken.

use juesuan_model::{Bounds, Measure, Number};
use rust_decimal::Decimal;

/// A hint in Chinese and English.
type Hint = (&'static str, &'static str);

const RATIO: Hint =
    ("可能把比率当成了百分数，没有乘以 100", "a ratio may not have been multiplied by 100");
const UNIT: Hint = (
    "可能把“元”和“万元”弄混了，相差一万倍",
    "元 and 万元 may be mistaken: the figures differ by 10,000",
);
const POINT: Hint = ("小数点的位置可能错了", "the decimal point may be misplaced");
const SWAPPED: Hint = ("可能有两位数字颠倒了", "two digits may be swapped");
const DIGIT: Hint = ("可能有一位数字录错了", "one digit may be mistyped");
const DROPPED: Hint = ("可能漏录或多录了一位数字", "a digit may be missing or superfluous");
/// Why a difference of the last printed digit is no fault.
pub(crate) const TAIL: Hint = (
    "相差在四舍五入的尾差范围内，不作为错误",
    "the difference lies within rounding and is no error",
);

/// All hints that both languages have.
pub(crate) const HINTS: [Hint; 7] = [RATIO, UNIT, POINT, SWAPPED, DIGIT, DROPPED, TAIL];

/// What probably happened between the value that ought to stand there and the one that does.
#[must_use]
pub(crate) fn likely_cause(stated: Number, expected: Decimal) -> Option<String> {
    let value = stated.value();
    if value == expected || expected.is_zero() || value.is_zero() {
        return None;
    }
    let quotient = |a: Decimal, b: Decimal| a.checked_div(b).map(|q| q.normalize());
    let ratio = quotient(expected, value)?;
    let inverse = quotient(value, expected)?;
    let hundred = Decimal::ONE_HUNDRED;
    let ten_thousand = Decimal::from(10_000);
    if stated.measure() == Measure::Percent && ratio.round_dp(0) == hundred {
        return Some(RATIO.0.to_owned());
    }
    if ratio == ten_thousand || inverse == ten_thousand {
        return Some(UNIT.0.to_owned());
    }
    if is_power_of_ten(ratio) || is_power_of_ten(inverse) {
        return Some(POINT.0.to_owned());
    }
    let (a, b) = (digits(value), digits(expected));
    if swapped(&a, &b) {
        return Some(SWAPPED.0.to_owned());
    }
    if a.len() == b.len() && differing(&a, &b) == 1 {
        return Some(DIGIT.0.to_owned());
    }
    if one_dropped(&a, &b) || one_dropped(&b, &a) {
        return Some(DROPPED.0.to_owned());
    }
    None
}

/// What a printed number was meant to be when two neighbouring digits were swapped or the point
/// was misplaced: the one such value within `repair`.
pub(crate) fn slip(stated: Number, repair: Bounds) -> Option<Decimal> {
    let is_within = |x: &Decimal| *x >= repair.low && *x <= repair.high && *x != stated.value();
    let scale = stated.half().normalize().scale().saturating_sub(1);
    let digits: Vec<u8> = digits_of(stated.value(), scale);
    let swaps = (1..digits.len()).filter_map(|at| {
        let mut swapped = digits.clone();
        swapped.swap(at - 1, at);
        number_of(&swapped, scale)
    });
    let shifts = [10, 100, 10_000].map(Decimal::from).into_iter().flat_map(|factor| {
        [stated.value().checked_mul(factor), stated.value().checked_div(factor)]
    });
    let mut meant: Vec<Decimal> = swaps.chain(shifts.flatten()).filter(is_within).collect();
    meant.sort_unstable();
    meant.dedup();
    match meant.as_slice() {
        [only] => Some(*only),
        _ => None,
    }
}

/// The digits of a number printed with so many decimals.
fn digits_of(value: Decimal, decimals: u32) -> Vec<u8> {
    let mut value = value.abs();
    value.rescale(decimals);
    value.mantissa().to_string().into_bytes()
}

fn number_of(digits: &[u8], decimals: u32) -> Option<Decimal> {
    let mantissa: i64 = std::str::from_utf8(digits).ok()?.parse().ok()?;
    Some(Decimal::new(mantissa, decimals))
}

fn is_power_of_ten(x: Decimal) -> bool {
    let mantissa = x.mantissa();
    x.scale() == 0 && mantissa >= 10 && mantissa.to_string().trim_end_matches('0') == "1"
}

fn digits(value: Decimal) -> Vec<u8> {
    format!("{:.2}", value.abs()).bytes().filter(u8::is_ascii_digit).collect()
}

fn differing(a: &[u8], b: &[u8]) -> usize {
    a.iter().zip(b).filter(|(x, y)| x != y).count()
}

fn swapped(a: &[u8], b: &[u8]) -> bool {
    if a.len() != b.len() || differing(a, b) != 2 {
        return false;
    }
    let mut places = a.iter().zip(b).enumerate().filter(|(_, (x, y))| x != y);
    match (places.next(), places.next()) {
        (Some((i, (x, y))), Some((j, (u, v)))) => j == i + 1 && x == v && y == u,
        _ => false,
    }
}

fn one_dropped(short: &[u8], long: &[u8]) -> bool {
    if short.len() + 1 != long.len() {
        return false;
    }
    let same = short.iter().zip(long).take_while(|(x, y)| x == y).count();
    short.get(same..) == long.get(same + 1..)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hint(stated: &str, expected: &str, measure: Measure) -> Option<String> {
        let number = Number::parse(stated, measure).unwrap();
        likely_cause(number, expected.parse().unwrap())
    }

    #[test]
    fn a_slip_of_the_digits_is_undone() {
        let number = |text| Number::parse(text, Measure::Percent).unwrap();
        let around =
            |value: &str, half| Bounds::around(value.parse().unwrap(), Decimal::new(half, 2));
        let found = slip(number("49.74%"), around("94.73", 2));
        assert_eq!(found.unwrap().to_string(), "94.74");
        assert_eq!(slip(number("49.74%"), around("94.80", 2)), None);
        assert_eq!(slip(number("1.2%"), around("12.0", 1)).unwrap().to_string(), "12.0");
    }

    #[test]
    fn digits_tell_what_happened() {
        let quantity = |a, b| hint(a, b, Measure::Quantity);
        assert_eq!(quantity("48647.49", "48674.49").unwrap(), "可能有两位数字颠倒了");
        assert_eq!(quantity("1230000", "123").unwrap(), "可能把“元”和“万元”弄混了，相差一万倍");
        assert_eq!(quantity("12.30", "123.0").unwrap(), "小数点的位置可能错了");
        assert_eq!(quantity("86.35", "85.35").unwrap(), "可能有一位数字录错了");
        assert_eq!(quantity("3157.54", "357.54").unwrap(), "可能漏录或多录了一位数字");
        assert_eq!(quantity("10.00", "99.37"), None);
        let ratio = hint("1%", "100.4", Measure::Percent).unwrap();
        assert_eq!(ratio, "可能把比率当成了百分数，没有乘以 100");
    }
}
