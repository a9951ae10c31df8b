//! Values of performance forms: rates in three notations, targets with operator and unit.

use juesuan_model::{Measure, Number, Operator, Value};
use juesuan_scheme::performance::PerformanceForms;

/// Whether folded text is a number, with or without a percent sign.
pub(super) fn is_number(text: &str) -> bool {
    let digits = text.trim_end_matches('%');
    Number::parse(digits, Measure::Quantity).is_ok()
}

/// A rate: `98.67%`, or as a ratio `0.52`, `1.00`.
pub(super) fn rate(text: &str) -> Value {
    let folded = super::super::words::fold(text);
    if folded.is_empty() {
        return Value::Blank;
    }
    if folded.ends_with('%') {
        return super::super::binder::read_value(&folded, Measure::Percent, 0);
    }
    match Number::parse_ratio(&folded) {
        // Columns of ratios drop trailing zeros: a bare 1 is 100 %, not something above a half.
        Ok(number) if !folded.contains('.') => Value::Number(number.at_least(0)),
        Ok(number) => Value::Number(number),
        Err(_) => super::super::binder::read_value(&folded, Measure::Percent, 0),
    }
}

/// A target or actual value split into operator, number and unit: `≥95%`, `=12次`, `不少于 3 家`.
pub(super) struct Split {
    pub(super) operator: Option<Operator>,
    /// Bytes of the number in the folded text.
    pub(super) number: Option<(usize, usize)>,
    pub(super) unit: String,
}

/// Whether a second number follows behind a dash: 4-6次, 80%-90%.
fn opens_range(behind: &str) -> bool {
    let rest = behind.trim_start_matches('%');
    rest.strip_prefix(['-', '~', '—', '至', '到'])
        .is_some_and(|upper| upper.starts_with(|c: char| c.is_ascii_digit()))
}

/// Splits the folded text of a value.
pub(super) fn split(words: &PerformanceForms, folded: &str) -> Split {
    let is_digit = folded.starts_with(|c: char| c.is_ascii_digit());
    let signs = words.operators.keys().filter(|sign| folded.starts_with(&***sign));
    let sign = if is_digit { None } else { signs.max_by_key(|sign| sign.len()) };
    let start = sign.map_or(0, |sign| sign.len());
    let rest = folded.get(start..).unwrap_or("");
    let length =
        rest.find(|c: char| !(c.is_ascii_digit() || c == '.' || c == ',')).unwrap_or(rest.len());
    let digits = rest.get(..length).unwrap_or("");
    let is_number = Number::parse(digits, Measure::Quantity).is_ok();
    let unit = rest.get(length..).unwrap_or("");
    // “3年内完成改造” is a text that begins with a number, not a number with a unit; 80%-90% is a
    // range.
    let is_value = is_number && unit.chars().count() <= 6 && !opens_range(unit);
    Split {
        operator: sign.and_then(|sign| words.operator(sign)).filter(|_| is_value),
        number: is_value.then_some((start, start + length)),
        unit: if is_value { unit.to_owned() } else { String::new() },
    }
}
