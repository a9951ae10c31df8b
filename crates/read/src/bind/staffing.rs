//! How many posts a unit has, and how many people fill them: 编制42名，年末在职40人.

use std::sync::Arc;

use juesuan_model::{FactId, Measure, Passage, Staffing};
use juesuan_scheme::Settings;
use rustc_hash::FxHashSet;

use super::binder::{Binder, Printed};
use super::figures::next_number;

/// Binds the posts and the people that the running text tells side by side; summaries of
/// projects speak of other people.
pub(super) fn bind(binder: &mut Binder<'_>) {
    let outline = binder.outline;
    let words = Words::of(&binder.scheme.settings);
    let summaries: FxHashSet<usize> =
        binder.accounts.summaries.iter().map(|summary| summary.passage).collect();
    for (index, passage) in outline.passages.iter().enumerate() {
        if summaries.contains(&index) {
            continue;
        }
        if let Some(found) = words.read(passage.folded.as_str()) {
            add(binder, index, passage, &found);
        }
    }
}

/// The words by which staff is told.
struct Words<'s> {
    posts: &'s [Arc<str>],
    people: &'s [Arc<str>],
    /// Words before these that make them a part, or speak of something else.
    no_total: &'s [Arc<str>],
    units: &'s [Arc<str>],
}

/// Where both numbers stand in a folded text, in bytes.
#[derive(Debug, PartialEq)]
struct Found {
    posts: (usize, usize),
    people: (usize, usize),
}

impl<'s> Words<'s> {
    fn of(settings: &'s Settings) -> Self {
        Self {
            posts: settings.words("编制人数"),
            people: settings.words("在职人数"),
            no_total: settings.words("不是编制人数"),
            units: settings.words("人数的单位"),
        }
    }

    fn read(&self, text: &str) -> Option<Found> {
        let posts = self.count(text, 0, self.posts)?;
        let people = self.count(text, posts.1, self.people)?;
        Some(Found { posts, people })
    }

    /// The number of people that directly follows one of the words, at or behind `from`.
    fn count(&self, text: &str, from: usize, words: &[Arc<str>]) -> Option<(usize, usize)> {
        let rest = text.get(from..)?;
        let places = words.iter().flat_map(|word| {
            rest.match_indices(&**word).map(|(at, word)| (from + at, from + at + word.len()))
        });
        let mut places: Vec<(usize, usize)> = places.collect();
        places.sort_unstable();
        places.into_iter().find_map(|(at, end)| self.counted(text, at, end))
    }

    fn counted(&self, text: &str, at: usize, end: usize) -> Option<(usize, usize)> {
        let before = text.get(..at)?;
        let number = next_number(text, end)?;
        let between = text.get(end..number.0)?;
        let is_total = !self.no_total.iter().any(|word| before.ends_with(&**word));
        let follows = ["", "数", "数为", "为", "共", "共有", "人员", "人数", "人数为"];
        let is_near = follows.contains(&between);
        let is_people = self
            .units
            .iter()
            .any(|unit| text.get(number.1..).is_some_and(|behind| behind.starts_with(&**unit)));
        (is_total && is_near && is_people).then_some(number)
    }
}

fn add(binder: &mut Binder<'_>, index: usize, passage: &Passage, found: &Found) {
    let row: Arc<str> = binder.accounts.staffing.len().to_string().into();
    let mut number = |column: &str, (start, end): (usize, usize), label: &str| -> FactId {
        let (from, to) = passage.folded.origin_range(passage.text.as_str(), start, end);
        let printed = Printed::range(&passage.text, from, to, passage.block, &label.into());
        let subject = binder.subject("staffing", &row, column);
        binder.number(subject, &printed, Measure::Quantity, 0)
    };
    let posts = number("posts", found.posts, "编制和在职人数");
    let people = number("people", found.people, "编制和在职人数");
    binder.accounts.staffing.push(Staffing { posts, people, passage: index });
}

#[cfg(test)]
mod tests {
    use juesuan_model::fold;
    use juesuan_scheme::{BASE, embedded, load};

    use super::*;

    /// `42/40`: posts and people that a text tells.
    fn shown(text: &str) -> Option<String> {
        let scheme = load(&embedded(), BASE).unwrap();
        let folded = fold(text);
        let found = Words::of(&scheme.settings).read(&folded)?;
        let digits = |(start, end): (usize, usize)| &folded[start..end];
        Some(format!("{}/{}", digits(found.posts), digits(found.people)))
    }

    #[test]
    fn posts_and_people_are_told_in_several_ways() {
        let is = |text: &str, expected: &str| assert_eq!(shown(text).as_deref(), Some(expected));
        is("为行政单位，编制42名，年末在职40人。", "42/40");
        is("年末本部门编制168名，在职人员152人，其中：行政人员38人。", "168/152");
        is("人员编制52人，其中行政编制18人、事业编制34人；实有人员49人。", "52/49");
        is("实有人员编制59人。其中：行政编制18人；在职在编实有人员55人。", "59/55");
    }

    #[test]
    fn parts_and_other_things_are_no_total() {
        assert_eq!(shown("行政编制18人、事业编制34人，在职50人。"), None);
        assert_eq!(shown("车辆编制5辆，在编实有车辆5辆。"), None);
        assert_eq!(shown("编制标识应用指南6项，在职40人。"), None);
        assert_eq!(shown("编制42名。"), None);
    }
}
