//! Which indicator a number in running text speaks of.

use std::ops::Range;
use std::sync::Arc;

use crate::Context;
use crate::performance::Item;
use crate::units::same_unit;
use crate::words::{Spoken, fold, is_han, numbers};

/// How much of an indicator's name must occur for the words to mean it, in thousandths.
pub(crate) const NAMED: u32 = 500;
/// How much must occur for no other indicator to be meant.
const SURE: u32 = 700;
/// How much must occur when no other indicator has the unit.
pub(crate) const SHARED: u32 = 200;

/// The words around a number up to punctuation, with it.
pub(crate) fn clause(folded: &str, number: &Spoken) -> String {
    let marks = [',', '。', ';', ':', '、'];
    let before = folded.get(..number.start).unwrap_or("");
    let start = before.rfind(marks).map_or(0, |at| {
        at + before.get(at..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8)
    });
    let after = folded.get(number.end..).unwrap_or("");
    let end = number.end + after.find(marks).unwrap_or(after.len());
    folded.get(start..end).unwrap_or("").to_owned()
}

/// The words before a number back to punctuation, and those behind its unit up to punctuation.
pub(crate) fn around(folded: &str, number: &Spoken, unit: &str) -> String {
    let marks = [',', '。', ';', ':', '、', '(', ')'];
    let before = folded.get(..number.start).unwrap_or("").rsplit(marks).next().unwrap_or("");
    let after = folded.get(number.end + unit.len()..).unwrap_or("");
    let after = after.split(marks).next().unwrap_or("");
    let before: String =
        before.chars().rev().take(20).collect::<Vec<_>>().into_iter().rev().collect();
    let after: String = after.chars().take(12).collect();
    before + &after
}

/// Whether the words around a number tell a goal or a limit, not what came out.
pub(crate) fn names_goal(context: &Context<'_>, folded: &str, number: &Spoken) -> bool {
    let clause = clause(folded, number);
    let settings = &context.scheme.settings;
    ["写明目标的词", "说界限的词"].iter().any(|topic| settings.words(topic).occur_in(&clause))
}

/// The indicator of the unit whose name is found in the words, when just one fits best.
pub(crate) fn best<'i, 'a>(
    items: &[&'i Item<'a>],
    words: &str,
    unit: &Arc<str>,
) -> Option<&'i Item<'a>> {
    best_of(items, &Phrase::new(words), unit)
}

/// [`best`] for words that are looked at more than once.
pub(crate) fn best_of<'i, 'a>(
    items: &[&'i Item<'a>],
    words: &Phrase,
    unit: &str,
) -> Option<&'i Item<'a>> {
    let mut scored: Vec<(u32, &Item<'a>)> = items
        .iter()
        .filter(|item| item.indicator.target.is_some() && same_unit(item.unit(), unit))
        .filter(|item| item.target().is_some())
        .map(|item| (words.covers_item(item), *item))
        .filter(|(score, _)| *score >= NAMED)
        .collect();
    scored.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
    match scored.as_slice() {
        [(_, only)] => Some(only),
        [(first, item), (second, _), ..] if first > second => Some(item),
        _ => None,
    }
}

/// The only indicator of a unit, when the text has just one number of it and a word in common.
pub(crate) fn only_pair<'i, 'a>(
    items: &[&'i Item<'a>],
    folded: &str,
    unit: &Arc<str>,
) -> Option<&'i Item<'a>> {
    let follows = |n: &Spoken| folded.get(n.end..).is_some_and(|rest| rest.starts_with(&**unit));
    let mut same = items.iter().filter(|item| *item.unit() == **unit && item.target().is_some());
    let only = same.next()?;
    let all = numbers(folded);
    let mut told = all.iter().filter(|number| follows(number));
    let number = told.next().filter(|_| told.next().is_none())?;
    let shares = coverage(&only.indicator.name.text, &clause(folded, number)) >= SHARED;
    (same.next().is_none() && shares && &**unit != "%").then_some(*only)
}

/// The indicator that was found by its name, or another of the unit that has the very number when
/// neither is named for sure.
pub(crate) fn told_by<'i, 'a>(
    items: &[&'i Item<'a>],
    found: &'i Item<'a>,
    (words, unit): (&str, &str),
    has_it: impl Fn(&Item<'_>) -> bool,
) -> &'i Item<'a> {
    let words = Phrase::new(words);
    if has_it(found) || words.covers_item(found) >= SURE {
        return found;
    }
    let is_it = |item: &&&Item<'_>| {
        has_it(item) && same_unit(item.unit(), unit) && words.covers_item(item) >= SHARED
    };
    items.iter().find(is_it).copied().unwrap_or(found)
}

/// How much of an indicator's name occurs in words, in thousandths, by pairs of characters;
/// general words of counting do not count.
pub(crate) fn coverage(name: &str, words: &str) -> u32 {
    Phrase::new(words).covers(name)
}

/// Words that names of indicators are looked for in.
pub(crate) struct Phrase {
    pairs: Vec<u64>,
}

impl Phrase {
    pub(crate) fn new(words: &str) -> Self {
        Self { pairs: pairs(words).collect() }
    }

    /// [`coverage`] of a name by these words.
    pub(crate) fn covers(&self, name: &str) -> u32 {
        self.share(pairs(bare(&fold(name))))
    }

    /// [`Self::covers`] for the name of an indicator.
    pub(crate) fn covers_item(&self, item: &Item<'_>) -> u32 {
        self.share(item.name_pairs().iter().copied())
    }

    fn share(&self, name: impl Iterator<Item = u64>) -> u32 {
        let (mut found, mut all) = (0_usize, 0_usize);
        for pair in name {
            all += 1;
            found += usize::from(self.pairs.contains(&pair));
        }
        let share = found.saturating_mul(1_000).checked_div(all).unwrap_or(0);
        u32::try_from(share).unwrap_or(0)
    }
}

/// Any two Chinese characters side by side in the folded name of an indicator that belong to no
/// word that is said of all kinds of indicators.
pub(crate) fn own_words<'n>(context: &Context<'_>, name: &'n str) -> Vec<&'n str> {
    let mut general: Vec<Range<usize>> = Vec::new();
    let is_apart = |general: &[Range<usize>], place: &Range<usize>| {
        general.iter().all(|other| other.end <= place.start || place.end <= other.start)
    };
    // Of words that overlap the first of the list counts.
    for (at, word) in context.scheme.settings.words("指标通用词").places_by_word(name) {
        let place = at..at + word.len();
        if is_apart(&general, &place) {
            general.push(place);
        }
    }
    let characters = name.char_indices();
    let pairs = characters.clone().zip(characters.skip(1));
    pairs
        .filter(|((_, a), (_, b))| is_han(*a) && is_han(*b))
        .map(|((start, _), (at, last))| start..at + last.len_utf8())
        .filter(|place| is_apart(&general, place))
        .filter_map(|place| name.get(place))
        .collect()
}

/// The pairs of characters by which words name an indicator.
pub(crate) fn name_pairs(name: &str) -> Box<[u64]> {
    pairs(bare(&fold(name))).collect()
}

/// A name without general words of counting.
fn bare(folded: &str) -> &str {
    let endings = ["数量", "人数", "次数", "户数", "家数", "人次", "数", "率"];
    endings.iter().fold(folded, |bare, end| bare.strip_suffix(end).unwrap_or(bare))
}

/// Pairs of neighbouring characters.
pub(crate) fn pairs(text: &str) -> impl Iterator<Item = u64> {
    let mut characters = text.chars().map(|c| u64::from(u32::from(c)));
    let first = characters.next();
    let pair = |last: &mut Option<u64>, c: u64| Some(last.replace(c)? << 32 | c);
    characters.scan(first, pair)
}
