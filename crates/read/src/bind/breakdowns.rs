//! Counts that the narrative breaks down: 在职人员64人，其中行政人员22人、事业人员42人.

use std::sync::Arc;

use juesuan_model::{Breakdown, Measure, Passage};

use super::binder::{Binder, Printed};
use super::figures::next_number;
use super::summaries::is_summary;

/// The words that open the parts.
const OPENING: &str = "其中";
/// The words of the part that holds whatever is left.
const REST: [&str; 3] = ["其他", "其它", "其余"];
/// Words after which a number is no part: it tells a change, or another year's count.
const NO_PART: [&str; 5] = ["增", "减", "上年", "比", "较"];

/// Binds all breakdowns of counts in the running text; summaries of projects have claims.
pub(super) fn bind(binder: &mut Binder<'_>) {
    let outline = binder.outline;
    let words = &binder.scheme.performance.summary;
    for passage in outline.passages.iter().filter(|passage| !is_summary(words, passage)) {
        let text = passage.folded.as_str();
        for (at, _) in text.match_indices(OPENING) {
            if let Some(found) = read(&words.counts, text, at) {
                add(binder, passage, &found);
            }
        }
    }
}

/// Where a breakdown stands in a folded text: bytes of its numbers.
struct Found {
    total: (usize, usize),
    parts: Vec<(usize, usize)>,
    /// After how many parts the rest is told.
    rest: Option<usize>,
}

/// The breakdown whose parts open at a byte.
fn read(units: &[Arc<str>], text: &str, at: usize) -> Option<Found> {
    let before = text.get(..at)?;
    let whole = before.trim_end_matches([',', ':', '(', ';']);
    let unit = units.iter().find(|unit| whole.ends_with(&***unit))?;
    let counted = whole.strip_suffix(&**unit)?;
    let digits = counted.trim_end_matches(|c: char| c.is_ascii_digit());
    let total = (digits.len(), counted.len());
    if total.0 == total.1 || digits.ends_with(['.', ',']) {
        return None;
    }
    let start = at + OPENING.len();
    let scope = text.get(start..)?;
    let closing: &[char] = if before.ends_with('(') { &[')'] } else { &['。', ';'] };
    let end = [scope.find(closing), scope.find(OPENING)].into_iter().flatten().min();
    let end = start + end.unwrap_or(scope.len());
    let mut found = Found { total, parts: Vec::new(), rest: None };
    let mut from = start;
    while let Some(number) = next_number(text, from).filter(|(_, stop)| *stop < end) {
        let name = text.get(from..number.0)?;
        from = number.1;
        let after = text.get(number.1..end)?;
        if !after.starts_with(&**unit) || units.iter().any(|other| is_longer(other, unit, after)) {
            continue;
        }
        if NO_PART.iter().any(|word| name.contains(word)) {
            break;
        }
        found.parts.push(number);
        from += unit.len();
        if found.rest.is_none() && REST.iter().any(|word| name.contains(word)) {
            found.rest = Some(found.parts.len());
        }
    }
    (found.parts.len() > 1).then_some(found)
}

/// Whether a longer unit is meant: 人次 is no 人.
fn is_longer(other: &str, unit: &str, after: &str) -> bool {
    other.len() > unit.len() && after.starts_with(other)
}

fn add(binder: &mut Binder<'_>, passage: &Passage, found: &Found) {
    let index = binder.accounts.breakdowns.len();
    let row: Arc<str> = index.to_string().into();
    let label: Arc<str> = "文中分项".into();
    let mut number = |column: &str, (start, end): (usize, usize)| {
        let (from, to) = passage.folded.origin_range(passage.text.as_str(), start, end);
        let printed = Printed::range(&passage.text, from, to, passage.block, &label);
        let subject = binder.subject("breakdown", &row, column);
        binder.number(subject, &printed, Measure::Quantity, 0)
    };
    let total = number("total", found.total);
    let parts = found.parts.iter().map(|part| number("part", *part)).collect();
    binder.accounts.breakdowns.push(Breakdown { total, parts, rest: found.rest });
}
