//! Counts that the narrative breaks down: 在职人员64人，其中行政人员22人、其他人员42人.

use std::sync::Arc;

use juesuan_model::{Breakdown, Measure, Passage};
use juesuan_scheme::Settings;
use rustc_hash::FxHashSet;

use super::binder::{Binder, Printed};
use super::figures::next_number;

/// Binds all breakdowns of counts in the running text; summaries of projects have claims.
pub(super) fn bind(binder: &mut Binder<'_>) {
    let outline = binder.outline;
    let scheme = binder.scheme;
    let words = Words::of(&scheme.settings, &scheme.performance.summary.counts);
    let summaries: FxHashSet<usize> =
        binder.accounts.summaries.iter().map(|summary| summary.passage).collect();
    let passages = outline.passages.iter().enumerate();
    for (_, passage) in passages.filter(|(at, _)| !summaries.contains(at)) {
        for found in words.read(passage.folded.as_str()) {
            add(binder, passage, &found);
        }
    }
}

/// The words by which breakdowns are told.
struct Words<'s> {
    /// What opens the parts: 其中.
    openings: &'s [Arc<str>],
    /// How the part is called that holds whatever is left: 其他.
    rest: &'s [Arc<str>],
    /// Words before a number that is no part: it tells a change, or another year's count.
    no_part: &'s [Arc<str>],
    units: &'s [Arc<str>],
}

/// Where a breakdown stands in a folded text: bytes of its numbers.
#[derive(Debug, PartialEq)]
struct Found {
    total: (usize, usize),
    parts: Vec<Part>,
    /// Whether the parts are all there are.
    is_whole: bool,
}

/// A part: the bytes of its name and of its number.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Part {
    name: (usize, usize),
    number: (usize, usize),
}

impl<'s> Words<'s> {
    fn of(settings: &'s Settings, units: &'s [Arc<str>]) -> Self {
        Self {
            openings: settings.words("分项的开头"),
            rest: settings.words("其余的分项"),
            no_part: settings.words("不是分项"),
            units,
        }
    }

    fn read(&self, text: &str) -> Vec<Found> {
        let mut starts: Vec<(usize, usize)> = Vec::new();
        for opening in self.openings {
            starts.extend(text.match_indices(&**opening).map(|(at, word)| (at, at + word.len())));
        }
        starts.sort_unstable();
        starts.into_iter().filter_map(|(at, start)| self.one(text, at, start)).collect()
    }

    /// The breakdown that is opened between two bytes.
    fn one(&self, text: &str, at: usize, start: usize) -> Option<Found> {
        let before = text.get(..at)?.trim_end_matches([',', ':', '(', ';', '。']);
        let unit = self.units.iter().find(|unit| before.ends_with(&***unit))?;
        let counted = before.strip_suffix(&**unit)?;
        let digits = counted.trim_end_matches(|c: char| c.is_ascii_digit() || c == ',');
        let total = (
            counted.len() - counted.get(digits.len()..)?.trim_start_matches(',').len(),
            counted.len(),
        );
        if total.0 == total.1 || digits.ends_with('.') {
            return None;
        }
        let end = start + scope(text.get(start..)?, self.openings);
        let (parts, is_whole) = self.parts(text, (start, end), unit);
        (parts.len() > 1).then_some(Found { total, parts, is_whole })
    }

    /// The parts in the unit of the count, and whether a part holds the rest.
    fn parts(&self, text: &str, (start, end): (usize, usize), unit: &str) -> (Vec<Part>, bool) {
        let mut parts: Vec<Part> = Vec::new();
        let (mut name_from, mut from) = (start, start);
        let mut is_listed = false;
        let mut names_rest = false;
        while let Some(number) = next_number(text, from).filter(|(_, stop)| *stop < end) {
            let name = text.get(name_from..number.0).unwrap_or("");
            from = number.1;
            let after = text.get(number.1..end).unwrap_or("");
            if !after.strip_prefix(unit).is_some_and(ends_here) {
                continue;
            }
            from += unit.len();
            if in_brackets(text.get(start..number.0).unwrap_or("")) {
                name_from = from;
                continue;
            }
            // A list set with 、 ends at the comma; what was told last may end it too.
            let is_over = is_listed && name.contains([',', ';', '。'])
                || self.no_part.iter().any(|word| name.contains(&**word));
            if is_over {
                break;
            }
            is_listed |= name.trim_start_matches(')').starts_with('、');
            let trimmed = name.trim_start_matches([',', '、', ';', ':', '。', ')']);
            let name = (number.0 - trimmed.len(), number.0);
            parts.push(Part { name, number });
            let is_rest = self.rest.iter().any(|word| trimmed.starts_with(&**word));
            name_from = from;
            if is_rest {
                names_rest = true;
                // Told last, it closes the list; told first, the others follow.
                if parts.len() > 1 {
                    break;
                }
            }
        }
        (parts, names_rest)
    }
}

/// Up to where the parts can stand: the end of the sentence or bracket, or the next opening.
fn scope(text: &str, openings: &[Arc<str>]) -> usize {
    let next = openings.iter().filter_map(|opening| text.find(&**opening)).min();
    let stop = text.find('。');
    next.into_iter().chain(stop).min().unwrap_or(text.len())
}

/// Whether a unit ends where these words begin: 3个 goes on in 3个月, 20辆 in 20辆次.
fn ends_here(behind: &str) -> bool {
    behind
        .chars()
        .next()
        .is_none_or(|c| matches!(c, ',' | '、' | ';' | '。' | ':' | '(' | ')' | '和' | '及' | '与'))
}

/// Whether a bracket is open behind these words.
pub(super) fn in_brackets(before: &str) -> bool {
    before.matches('(').count() > before.matches(')').count()
}

fn add(binder: &mut Binder<'_>, passage: &Passage, found: &Found) {
    let index = binder.accounts.breakdowns.len();
    let row: Arc<str> = index.to_string().into();
    let mut number = |column: &str, (start, end): (usize, usize), label: &str| {
        let (from, to) = passage.folded.origin_range(passage.text.as_str(), start, end);
        let printed = Printed::range(&passage.text, from, to, passage.block, &label.into());
        let subject = binder.subject("breakdown", &row, column);
        binder.number(subject, &printed, Measure::Quantity, 0)
    };
    let total = number("total", found.total, "文中总数");
    let parts = (1..).zip(&found.parts).map(|(position, part)| {
        let name = passage.folded.as_str().get(part.name.0..part.name.1).unwrap_or("");
        number(&format!("part{position}"), part.number, name)
    });
    let parts = parts.collect();
    binder.accounts.breakdowns.push(Breakdown { total, parts, is_whole: found.is_whole });
}

#[cfg(test)]
mod tests {
    use juesuan_model::fold;
    use juesuan_scheme::{BASE, embedded, load};

    use super::*;

    /// `64: 22+42 whole`, for each breakdown of a text.
    fn shown(text: &str) -> Vec<String> {
        let scheme = load(&embedded(), BASE).unwrap();
        let words = Words::of(&scheme.settings, &scheme.performance.summary.counts);
        let folded = fold(text);
        let digits = |(start, end): (usize, usize)| folded[start..end].to_owned();
        let one = |found: Found| {
            let parts: Vec<String> = found.parts.iter().map(|part| digits(part.number)).collect();
            let whole = if found.is_whole { " whole" } else { "" };
            format!("{}: {}{whole}", digits(found.total), parts.join("+"))
        };
        words.read(&folded).into_iter().map(one).collect()
    }

    #[test]
    fn a_rest_makes_the_parts_whole() {
        let text = "在职人员64人，其中行政人员22人、工勤人员9人、其他人员33人；退休人员27人。";
        assert_eq!(shown(text), ["64: 22+9+33 whole"]);
        assert_eq!(shown("单位4个，其中参公单位1个，其他单位3个。"), ["4: 1+3 whole"]);
        assert_eq!(shown("单位6个，其中：其他单位3个、行政单位2个。"), ["6: 3+2 whole"]);
        assert_eq!(
            shown("职工1,246人。其中：在编1,200人；其他人员46人。"),
            ["1,246: 1,200+46 whole"]
        );
    }

    #[test]
    fn without_a_rest_the_parts_may_overlap_or_be_some() {
        assert_eq!(shown("投诉120件，其中办结118件，立案30件。"), ["120: 118+30"]);
        let text = "在职64人，其中行政22人、工勤3人，离退休人员50人。";
        assert_eq!(shown(text), ["64: 22+3"], "the list ends at the comma");
    }

    #[test]
    fn what_is_no_part_is_not_taken_for_one() {
        let text = "在职64人，其中行政22人（女性5人）、其他人员42人。";
        assert_eq!(shown(text), ["64: 22+42 whole"]);
        assert_eq!(shown("项目5个，其中4个提前3个月完成，1个按期完成。"), Vec::<String>::new());
        assert_eq!(shown("车辆5辆，其中新能源2辆，累计出动20辆次。"), Vec::<String>::new());
        assert_eq!(shown("职工64人，其中行政22人，比上年增加3人。"), Vec::<String>::new());
        assert_eq!(shown("支出64.5万元，其中基本支出4万元。"), Vec::<String>::new());
    }
}
