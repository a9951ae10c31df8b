//! Quick ways to the facts of a form or record: its rows, its columns, what stands under a row.

use std::sync::{Arc, OnceLock};

use juesuan_model::{Accounts, FactId, Subject};
use rustc_hash::{FxHashMap, FxHashSet};

/// The facts of one form or record.
#[derive(Default)]
pub(crate) struct FormFacts<'a> {
    /// The facts in the order they were bound.
    pub(crate) facts: Vec<FactId>,
    /// The rows in the order they stand.
    pub(crate) rows: Vec<Arc<str>>,
    /// The columns.
    pub(crate) columns: FxHashSet<&'a str>,
    /// Worked out when first asked for; few rules do.
    below: OnceLock<Below>,
}

/// The facts of all forms and records, by id.
pub(crate) fn by_form(accounts: &Accounts) -> FxHashMap<&str, FormFacts<'_>> {
    let mut forms: FxHashMap<&str, FormFacts<'_>> = FxHashMap::default();
    let mut seen: FxHashSet<(&str, &str)> = FxHashSet::default();
    let mut facts = accounts.facts.iter().peekable();
    while let Some(first) = facts.next() {
        let form = &first.1.subject.form;
        let known = forms.entry(form).or_default();
        // The facts of a form, and of a row, follow each other.
        let mut last: Option<&Subject> = None;
        let mut next = Some(first);
        while let Some((id, fact)) = next {
            let subject = &fact.subject;
            known.facts.push(id);
            known.columns.insert(&subject.column);
            let is_same = last.is_some_and(|last| Arc::ptr_eq(&last.row, &subject.row));
            if !is_same && seen.insert((form, &subject.row)) {
                known.rows.push(subject.row.clone());
            }
            last = Some(subject);
            next = facts.next_if(|(_, fact)| Arc::ptr_eq(&fact.subject.form, form));
        }
    }
    forms
}

impl FormFacts<'_> {
    /// The codes directly under a code, or under none when it is empty; where a level is missing,
    /// those beneath it.
    pub(crate) fn codes_under(&self, code: &str) -> Vec<Arc<str>> {
        let below = self.below();
        if code.is_empty() || below.codes.contains(code) {
            return below.under_code.get(code).cloned().unwrap_or_default();
        }
        // A code that the form does not print: those it would stand above.
        let topmost = |row: &&Arc<str>| {
            let above = (code.len() + 1..row.len()).filter_map(|length| row.get(..length));
            row.len() > code.len() && row.starts_with(code) && below.has_none(above)
        };
        self.rows.iter().filter(|row| is_code(row)).filter(topmost).cloned().collect()
    }

    /// The rows of a record under another, as `3.0` and `3.1` are under `3`.
    pub(crate) fn rows_under(&self, row: &str) -> Vec<Arc<str>> {
        self.below().under_row.get(row).cloned().unwrap_or_default()
    }

    fn below(&self) -> &Below {
        self.below.get_or_init(|| Below::new(&self.rows))
    }
}

pub(crate) fn is_code(row: &str) -> bool {
    row.bytes().all(|b| b.is_ascii_digit())
}

/// Which rows stand under which.
#[derive(Default)]
struct Below {
    codes: FxHashSet<Arc<str>>,
    under_code: FxHashMap<Arc<str>, Vec<Arc<str>>>,
    under_row: FxHashMap<Box<str>, Vec<Arc<str>>>,
}

impl Below {
    fn new(rows: &[Arc<str>]) -> Self {
        let codes = rows.iter().filter(|row| is_code(row)).cloned().collect();
        let mut below = Self { codes, ..Self::default() };
        for row in rows {
            if is_code(row) {
                let mut above = (1..row.len()).rev().filter_map(|length| row.get(..length));
                let parent = above.find_map(|code| below.codes.get(code));
                let parent = parent.cloned().unwrap_or_default();
                below.under_code.entry(parent).or_default().push(row.clone());
            }
            for (at, _) in row.match_indices('.') {
                let parent = row.get(..at).unwrap_or("");
                below.under_row.entry(parent.into()).or_default().push(row.clone());
            }
        }
        below
    }

    fn has_none<'r>(&self, mut codes: impl Iterator<Item = &'r str>) -> bool {
        codes.all(|code| !self.codes.contains(code))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(rows: &[&str]) -> FormFacts<'static> {
        FormFacts { rows: rows.iter().map(|row| Arc::from(*row)).collect(), ..FormFacts::default() }
    }

    #[test]
    fn codes_skip_a_missing_level() {
        let form = form(&["208", "20805", "2080501", "2089999", "210"]);
        let under = |code: &str| form.codes_under(code).join(" ");
        assert_eq!(under(""), "208 210");
        assert_eq!(under("208"), "20805 2089999");
        assert_eq!(under("20805"), "2080501");
        assert_eq!(under("20"), "208");
        assert_eq!(under("20899"), "2089999");
    }

    #[test]
    fn rows_of_records_stand_under_their_owner() {
        let form = form(&["3.0", "3.1", "31.0"]);
        assert_eq!(form.rows_under("3").join(" "), "3.0 3.1");
        assert!(form.rows_under("1").is_empty());
    }
}
