//! Whether rounding explains a small difference: possible is not yet likely.

use juesuan_model::{Bounds, Fact, FactId, Measure, Number};
use rust_decimal::Decimal;

use crate::Context;
use crate::ways::is_code;

/// Said of a difference that rounding does not explain.
pub(crate) const NO_TAIL: &str = "差额虽小，却不是四舍五入所能造成的";

/// Whether the rounding of the printed figures explains that two sides differ. That their
/// intervals meet is known; here it is asked whether anything was added up at all, and whether
/// the tails of so many figures come to so much.
pub(crate) fn explains(
    context: &Context<'_>,
    facts: &[FactId],
    left: Bounds,
    right: Bounds,
) -> bool {
    let facts = facts.iter().filter_map(|id| context.accounts.facts.get(*id));
    let printed: Vec<(&Fact, Number)> = facts
        .filter_map(|fact| Some((fact, fact.number()?)))
        .filter(|(_, number)| !number.value().is_zero())
        .collect();
    let Some((_, first)) = printed.first() else { return true };
    let same = |number: &Number| {
        matches!(number.measure(), Measure::Money(_)) && number.half() == first.half()
    };
    if left.derived || right.derived || !printed.iter().all(|(_, number)| same(number)) {
        return true;
    }
    match printed.as_slice() {
        [(a, _), (b, _)] => !is_copy(context, a, b),
        _ => is_likely(printed.len(), first.half(), left, right),
    }
}

/// Whether one figure is printed twice: in one row, whose other cells are nothing, or at the
/// lowest level, where nothing was added up.
fn is_copy(context: &Context<'_>, a: &Fact, b: &Fact) -> bool {
    let in_one_row = a.subject.form == b.subject.form && a.subject.row == b.subject.row;
    // What several tables print was added up in each of them; other tables have it alone.
    let is_sum = |fact: &Fact| {
        let is_item = fact.subject.row.len() == ITEM_LENGTH && is_code(&fact.subject.row);
        let mut rows = context.rows_of(&fact.subject.form).iter();
        let is_known = context.scheme.form(&fact.subject.form).is_some();
        is_known && !is_item && rows.any(|row| is_code(row))
    };
    in_one_row || !is_sum(a) && !is_sum(b)
}

/// Digits of a code of the lowest level (项).
const ITEM_LENGTH: usize = 7;

/// Each rounding is off by a twelfth of the squared unit on average, so that of many it is
/// the root of their number that counts; three times that is hardly ever exceeded.
fn is_likely(count: usize, half: Decimal, left: Bounds, right: Bounds) -> bool {
    let squared = || {
        let difference = left.value.checked_sub(right.value)?;
        let unit = half.checked_mul(Decimal::TWO)?;
        let limit = unit.checked_mul(unit)?.checked_mul(Decimal::from(count))?;
        // 9 / 12 of the squared unit for each figure
        Some((difference.checked_mul(difference)?, limit.checked_mul(Decimal::new(75, 2))?))
    };
    squared().is_none_or(|(difference, limit)| difference <= limit)
}
