//! Faults that repeat: one finding with all its places, so that a sheet with thousands of rows filled in
//! the same wrong way is told once.

use std::sync::Arc;

use juesuan_model::{Finding, Severity};
use rustc_hash::FxHashMap;

/// How many places a finding keeps. A whole column of wrong cells fits; memory stays bounded.
pub const MOST_PLACES: usize = 100_000;

/// Findings as they come, the same fault of the same column counted up.
#[derive(Debug, Default)]
pub(crate) struct Faults {
    findings: Vec<(Finding, usize)>,
    known: FxHashMap<Kind, usize>,
}

/// What makes faults the same: code, place without the row, and the words without what they quote.
type Kind = (String, Severity, String, u32, String, String);

impl Faults {
    /// Takes a finding in.
    pub(crate) fn push(&mut self, finding: Finding) {
        let count = places(&finding);
        let next = self.findings.len();
        let at = *self.known.entry(kind(&finding)).or_insert(next);
        match self.findings.get_mut(at) {
            None => self.findings.push((finding, count)),
            Some((first, places)) => {
                *places = places.saturating_add(count);
                add_places(first, finding);
            }
        }
    }

    /// The findings in the order of their first places.
    pub(crate) fn finish(self) -> Vec<Finding> {
        self.findings.into_iter().map(|(finding, places)| counted(finding, places)).collect()
    }
}

impl Extend<Finding> for Faults {
    fn extend<T: IntoIterator<Item = Finding>>(&mut self, findings: T) {
        findings.into_iter().for_each(|finding| self.push(finding));
    }
}

/// Findings with those that are the same fault put together.
#[must_use]
pub fn gather(findings: impl IntoIterator<Item = Finding>) -> Vec<Finding> {
    let mut faults = Faults::default();
    faults.extend(findings);
    faults.finish()
}

/// How many places a finding is about, those that it does not keep included.
#[must_use]
pub fn places(finding: &Finding) -> usize {
    let counted = finding.subject.rsplit_once(ALSO).and_then(|(_, rest)| rest.strip_suffix(PLACES));
    counted.and_then(|count| count.parse().ok()).unwrap_or(1)
}

/// What stands around the number of places behind the first.
const ALSO: &str = " 等 ";
const PLACES: &str = " 处";

fn kind(finding: &Finding) -> Kind {
    let sheet = finding.subject.split(['!', ' ']).next().unwrap_or_default();
    // What stands below each other in fields are different fields.
    let column = finding.evidence.first().map_or(0, |place| place.column);
    let words = |text: &str| unquoted(text, &finding.stated);
    let (message, hint) = (words(&finding.message), words(&finding.hint));
    (finding.code.clone(), finding.severity, sheet.into(), column, message, hint)
}

/// Words without what stands in the cell and without what it was taken for.
fn unquoted(text: &str, stated: &str) -> String {
    let text = if stated.is_empty() { text.to_owned() } else { text.replace(stated, "") };
    match text.split_once("是否应为“") {
        Some((before, _)) => before.to_owned(),
        None => text,
    }
}

fn add_places(first: &mut Finding, other: Finding) {
    let free = MOST_PLACES.saturating_sub(first.evidence.len());
    let file: Option<Arc<str>> = first.evidence.last().map(|place| place.section.clone());
    first.evidence.extend(other.evidence.into_iter().take(free).map(|mut place| {
        // Places mostly stand in the same file; its name is kept once.
        if let Some(file) = file.as_ref().filter(|file| **file == place.section) {
            place.section = file.clone();
        }
        place
    }));
}

fn counted(mut finding: Finding, places: usize) -> Finding {
    if places > 1 {
        let first = finding.subject.split(ALSO).next().unwrap_or_default();
        finding.subject = format!("{first}{ALSO}{places}{PLACES}");
    }
    finding
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fault::{Code, Spot, fault};

    fn wrong(row: u32, column: usize, shown: &str, hint: &str) -> Finding {
        let spot = Spot { file: "甲", sheet: "收入", row, column: Some(column), shown };
        fault(Code::Value, spot, format!("“金额”栏写的是“{shown}”，不是数字"), hint)
    }

    #[test]
    fn the_same_fault_of_a_column_is_one() {
        let found = gather([
            wrong(2, 2, "一百", ""),
            wrong(3, 2, "二百", ""),
            wrong(4, 3, "二百", ""),
            wrong(5, 2, "三百", ""),
        ]);
        let told: Vec<&str> = found.iter().map(|finding| &*finding.subject).collect();
        assert_eq!(told, ["收入!C2 等 3 处", "收入!D4"]);
        let rows: Vec<u32> = found[0].evidence.iter().map(|place| place.line).collect();
        assert_eq!(rows, [2, 3, 5], "every place is kept");
        assert_eq!(found[0].evidence[1].quote, "二百");
        assert!(found[0].message.contains("一百"), "the first is told");
    }

    #[test]
    fn another_reason_or_remedy_is_another_fault() {
        let other = Finding {
            message: "“金额”栏写的是“1.005”，小数超过两位".into(),
            ..wrong(3, 2, "1.005", "")
        };
        assert_eq!(gather([wrong(2, 2, "一百", ""), other]).len(), 2);
        assert_eq!(gather([wrong(2, 2, "一", "甲"), wrong(3, 2, "一", "乙")]).len(), 2);
        let near = |row, name: &str| wrong(row, 2, name, &format!("是否应为“{name}项目”"));
        assert_eq!(gather([near(2, "一"), near(3, "二")]).len(), 1, "each has its own likely name");
    }

    #[test]
    fn what_is_gathered_can_be_gathered_again() {
        let of_unit = || gather([wrong(2, 2, "一", ""), wrong(3, 2, "二", "")]);
        let all = gather(of_unit().into_iter().chain(of_unit()));
        assert_eq!(all.len(), 1);
        assert_eq!(all[0].subject, "收入!C2 等 4 处");
    }

    #[test]
    fn places_are_bounded_and_still_counted() {
        let many = (1..100_004).map(|row| wrong(row, 2, "", ""));
        let found = gather(many);
        assert_eq!(found[0].subject, "收入!C1 等 100003 处");
        assert_eq!(found[0].evidence.len(), MOST_PLACES);
    }
}
