//! Whose accounts of which year a document is.

use juesuan_model::{Document, Folded, Identity, Scale, Text, TextField};
use juesuan_scheme::structure::StructureWords;
use rustc_hash::FxHashMap;

use super::words::{field, fold, folded_field, whole};

/// How many blocks at the start may belong to the cover.
const COVER: usize = 40;

/// Finds title, department and year; from words that hold everywhere, so that a scheme can be
/// chosen by them.
#[must_use]
pub fn identify(document: &Document, words: &StructureWords) -> Identity {
    let mut identity = Identity::default();
    let cover = document.blocks.iter().take(COVER).enumerate();
    for (index, text) in cover.filter_map(|(i, block)| Some((i, block.text()?))) {
        let block = u32::try_from(index).unwrap_or(u32::MAX);
        let Some(title) = read_title(text, block, words) else { continue };
        identity.year = Some(title.year);
        identity.is_budget = title.is_budget;
        identity.department = title.department.or_else(|| lines_above(document, index));
        identity.title = Some(whole(text, block));
        break;
    }
    if let Some(department) = above_forms(document, words) {
        let is_weak = identity.department.as_ref().is_none_or(|d| d.text.chars().count() < 4);
        if is_weak {
            identity.department = Some(department);
        }
    }
    identity.year = identity.year.or_else(|| most_frequent_year(document));
    identity
}

struct Title {
    year: i32,
    is_budget: bool,
    department: Option<TextField>,
}

/// Reads `某局2024年度部门决算` or `2024年度某局部门决算`.
fn read_title(text: &Text, block: u32, words: &StructureWords) -> Option<Title> {
    let folded = Folded::new(text.as_str());
    let line = folded.as_str();
    if line.chars().count() > 80 {
        return None;
    }
    let (at, year) = year_in(line)?;
    let after = line.get(at..)?;
    let kind =
        |titles: &[std::sync::Arc<str>]| titles.iter().filter_map(|t| after.find(&**t)).min();
    let (accounts, budget) = (kind(&words.accounts_titles), kind(&words.budget_titles));
    let end = accounts.or(budget)?;
    let between = after.get(..end)?.trim_start_matches(|c: char| c.is_ascii_digit());
    let between = between.trim_start_matches(['年', '度']);
    let (start, end) = if between.chars().count() >= 4 {
        let end = at + end;
        (end - between.len(), end)
    } else {
        (0, at)
    };
    let department = (end > start).then(|| folded_field(text, &folded, start, end, block));
    Some(Title { year, is_budget: accounts.is_none(), department })
}

/// The first year from 2000 to 2099 that is followed by 年, and where it stands.
pub(super) fn year_in(folded: &str) -> Option<(usize, i32)> {
    let mut from = 0;
    while let Some(found) = folded.get(from..)?.find("20") {
        let at = from + found;
        let digits = folded.get(at..at + 4).filter(|d| d.bytes().all(|b| b.is_ascii_digit()));
        let alone = !folded.get(..at)?.ends_with(|c: char| c.is_ascii_digit());
        if let Some(year) = digits.filter(|_| alone)
            && folded.get(at + 4..)?.starts_with('年')
        {
            return Some((at, year.parse().ok()?));
        }
        from = at + 2;
    }
    None
}

/// How many lines of a cover a long name is broken into at most.
const NAME_LINES: usize = 3;

/// On covers the department often stands above the year, a long name in several lines. Lines
/// belong together when the document says them in one elsewhere.
fn lines_above(document: &Document, index: usize) -> Option<TextField> {
    let name_of = |count: usize| {
        let lines = document.blocks.get(index.checked_sub(count)?..index)?;
        let name = lines.iter().map(|line| Some(fold(line.text()?.as_str())));
        let name = name.collect::<Option<String>>()?;
        (4..40).contains(&name.chars().count()).then_some((count, name))
    };
    let is_said = |name: &str| {
        let behind = document.blocks.iter().skip(index).filter_map(|block| block.text());
        behind.take(COVER).any(|text| fold(text.as_str()).contains(name))
    };
    let broken = (2..=NAME_LINES).rev().find_map(|n| name_of(n).filter(|(_, name)| is_said(name)));
    let (count, name) = broken.or_else(|| name_of(1))?;
    let first = index - count;
    let line = whole(document.blocks.get(first)?.text()?, u32::try_from(first).ok()?);
    Some(if count == 1 { line } else { TextField { text: name.into(), ..line } })
}

/// The department printed most often above forms.
fn above_forms(document: &Document, words: &StructureWords) -> Option<TextField> {
    let mut counts: FxHashMap<String, (usize, TextField)> = FxHashMap::default();
    for (index, block) in document.blocks.iter().enumerate() {
        let Some(text) = block.text().filter(|text| text.as_str().len() < 400) else { continue };
        let block = u32::try_from(index).unwrap_or(u32::MAX);
        let found = labelled(text, &words.department_labels, block);
        if let Some(found) = found.filter(|found| Scale::from_label(&found.text).is_none()) {
            counts.entry(fold(&found.text).into_owned()).or_insert((0, found)).0 += 1;
        }
    }
    let mut all: Vec<_> = counts.into_values().filter(|(count, _)| *count > 1).collect();
    all.sort_by_key(|(count, found)| (std::cmp::Reverse(*count), found.place));
    all.into_iter().next().map(|(_, found)| found)
}

/// The value behind one of `labels` and a colon: up to the line's end, a wide gap or a year.
pub(super) fn labelled(
    text: &Text,
    labels: &[std::sync::Arc<str>],
    block: u32,
) -> Option<TextField> {
    let raw = text.as_str();
    let mut start = None;
    for (at, colon) in raw.match_indices(['：', ':']) {
        let before = raw.get(..at)?.trim_end();
        let matches = |label: &&std::sync::Arc<str>| {
            before.strip_suffix(&***label).is_some_and(|rest| {
                rest.is_empty()
                    || rest.ends_with(char::is_whitespace)
                    || rest.ends_with(['|', '）', '表'])
            })
        };
        if labels.iter().any(|label| matches(&label)) {
            start = Some(at + colon.len());
            break;
        }
    }
    let start = start?;
    let value = raw.get(start..)?;
    let skipped = value.len() - value.trim_start().len();
    let value = value.trim_start();
    let mut end = value.find(['\n', '\t', '|']).unwrap_or(value.len());
    for gap in ["  ", "\u{3000}\u{3000}", "金额单位", "单位：", "单位:"] {
        end = value.find(gap).map_or(end, |at| at.min(end));
    }
    if let Some((at, _)) = value.get(..end).and_then(year_in) {
        end = at;
    }
    let found = field(text, start + skipped, start + skipped + end, block);
    (!found.text.is_empty()).then_some(found)
}

fn most_frequent_year(document: &Document) -> Option<i32> {
    let mut counts: FxHashMap<i32, usize> = FxHashMap::default();
    for text in document.blocks.iter().filter_map(|block| block.text()) {
        if let Some((_, year)) = year_in(&fold(text.as_str())) {
            *counts.entry(year).or_default() += 1;
        }
    }
    counts.into_iter().max_by_key(|(year, count)| (*count, *year)).map(|(year, _)| year)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(source: &str) -> (String, Option<i32>, bool) {
        let words = StructureWords::base(&juesuan_scheme::embedded()).unwrap();
        let identity = identify(&crate::parse(source), &words);
        let department = identity.department.map_or_else(String::new, |d| d.text.to_string());
        (department, identity.year, identity.is_budget)
    }

    #[test]
    fn titles_tell_department_year_and_kind() {
        let of = |name: &str, budget| (name.to_owned(), Some(2024), budget);
        assert_eq!(
            read("青禾省临溪市水务局  \n2024 年度部门决算  \n（含“三公”经费决算）"),
            of("青禾省临溪市水务局", false)
        );
        assert_eq!(read("# 2024年度临溪市水务局部门决算"), of("临溪市水务局", false));
        assert_eq!(read("临溪市水务局\n\n2024年度部门决算公开"), of("临溪市水务局", false));
        assert_eq!(read("临溪市水务局2024年部门预算"), of("临溪市水务局", true));
    }

    #[test]
    fn a_name_broken_on_the_cover_is_joined() {
        let source = "青禾省临溪市规划和自然\n\n资源局\n\n2024年度部门决算\n\n目录\n\n\
            第一部分青禾省临溪市规划和自然资源局概况\n\n单位：万元\n\n单位：万元";
        assert_eq!(read(source), ("青禾省临溪市规划和自然资源局".to_owned(), Some(2024), false));
    }

    #[test]
    fn a_lost_cover_is_made_up_by_the_heads_of_forms() {
        let head = "部门：临溪市水务局  2024年度  金额单位：万元\n\n甲\t1\n\n";
        assert_eq!(read(&head.repeat(3)), ("临溪市水务局".to_owned(), Some(2024), false));
    }
}
