//! Likely causes, told by the digits: swapped, shifted, dropped, a unit or a ratio mistaken.

use juesuan_model::{Measure, Number};
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
