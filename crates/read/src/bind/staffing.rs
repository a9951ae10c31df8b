//! How many posts a unit has, and how many people fill them: 编制42名，年末在职40人.

use std::sync::Arc;

use juesuan_model::{FactId, Measure, Passage, Staffing};
use juesuan_scheme::Settings;
use rustc_hash::FxHashSet;

use super::binder::{Binder, Printed};
use super::breakdowns::in_brackets;
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
    /// Words before these that make them a part of something.
    parts: &'s [Arc<str>],
    /// What may stand between such a word and its number.
    between: &'s [Arc<str>],
    units: &'s [Arc<str>],
    /// Words that tell of people without a post, or of posts that are called otherwise.
    others: &'s juesuan_scheme::Words,
}

/// Where both numbers stand in a folded text, in bytes.
#[derive(Debug, PartialEq)]
struct Found {
    posts: (usize, usize),
    people: (usize, usize),
}

/// A number of posts or people.
#[derive(Clone, Copy)]
struct Count {
    number: (usize, usize),
    value: u32,
    is_part: bool,
}

impl<'s> Words<'s> {
    fn of(settings: &'s Settings) -> Self {
        Self {
            posts: settings.words("编制人数"),
            people: settings.words("在职人数"),
            parts: settings.words("编制的分类"),
            between: settings.words("人数之前"),
            units: settings.words("人数的单位"),
            others: settings.words("编制以外的人"),
        }
    }

    /// The posts and the people of a text that tells of one unit only.
    fn read(&self, text: &str) -> Option<Found> {
        if self.others.occur_in(text) {
            return None;
        }
        let posts = one(&self.counts(text, self.posts))?;
        let people = one(&self.counts(text, self.people))?;
        let is_behind = posts.1 < people.0;
        is_behind.then_some(Found { posts, people })
    }

    /// The numbers of people that directly follow one of the words.
    fn counts(&self, text: &str, words: &[Arc<str>]) -> Vec<Count> {
        let places = words
            .iter()
            .flat_map(|word| text.match_indices(&**word).map(|(at, word)| (at, at + word.len())));
        // Of 人员编制 and 编制 that end together the longer one is meant.
        let mut places: Vec<(usize, usize)> = places.collect();
        places.sort_unstable_by_key(|(at, end)| (*end, *at));
        places.dedup_by_key(|(_, end)| *end);
        let counts = places.into_iter().filter_map(|(at, end)| self.count(text, at, end));
        let mut counts: Vec<Count> = counts.collect();
        counts.dedup_by_key(|count| count.number);
        counts
    }

    fn count(&self, text: &str, at: usize, end: usize) -> Option<Count> {
        let before = text.get(..at)?;
        let number = next_number(text, end)?;
        let between = text.get(end..number.0)?;
        let behind = text.get(number.1..)?;
        let is_near = between.is_empty() || self.between.iter().any(|word| **word == *between);
        let is_people = self.units.iter().any(|unit| behind.starts_with(&**unit));
        let is_part = self.parts.iter().any(|word| before.ends_with(&**word));
        let value = text.get(number.0..number.1)?.replace(',', "").parse().ok()?;
        // What a bracket adds is counted already.
        (is_near && is_people && !in_brackets(before)).then_some(Count { number, value, is_part })
    }
}

/// The only number of a kind, or the total of which the others are the parts.
fn one(counts: &[Count]) -> Option<(usize, usize)> {
    let (first, rest) = counts.split_first().filter(|(first, _)| !first.is_part)?;
    let sum = rest.iter().fold(0_u32, |sum, count| sum.saturating_add(count.value));
    let are_parts = rest.iter().all(|count| count.is_part) && sum == first.value;
    (rest.is_empty() || are_parts).then_some(first.number)
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
        is(
            "实有人员编制59人。其中：行政编制18人（含工勤编制2人），事业编制41人；在职在编实有人员55人。",
            "59/55",
        );
    }

    #[test]
    fn parts_and_other_things_are_no_total() {
        assert_eq!(shown("行政编制18人、事业编制34人，在职50人。"), None);
        assert_eq!(shown("行政人员编制18人，事业人员编制34人，在职50人。"), None);
        assert_eq!(shown("行政编制20名，政法专项编制15名，年末在职33人。"), None);
        assert_eq!(shown("车辆编制5辆，在编实有车辆5辆。"), None);
        assert_eq!(shown("编制标识应用指南6项，在职40人。"), None);
        assert_eq!(shown("编制42名。"), None);
    }

    #[test]
    fn several_units_years_and_kinds_of_people_leave_it_open() {
        assert_eq!(shown("局机关编制24名，下属单位编制42名，在职共60人。"), None);
        assert_eq!(shown("编制42名，在职40人；下属中心编制20名，在职19人。"), None);
        assert_eq!(shown("编制36名，2023年末在职38人，退休4人，年末在职34人。"), None);
        assert_eq!(shown("编制24名，在职30人，其中聘用7人。"), None);
        assert_eq!(shown("编制32人，工勤控制数4名，在职35人。"), None);
        assert_eq!(shown("机关编制20名。所属单位3个，全系统在职60人。"), None);
    }
}
