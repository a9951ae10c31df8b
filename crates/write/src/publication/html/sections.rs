//! Headings with their anchors, and what stands below them.

use std::collections::BTreeMap;

use juesuan_model::{Element, PrintedTable, TableKind, runs_text};

/// From how many columns on a form is printed on its side.
const WIDE: usize = 7;
/// The longest anchor, in characters.
const LONGEST: usize = 40;

/// Headings that stand directly below each other, with what stands below the last of them.
#[derive(Debug)]
pub(super) struct Section<'a> {
    pub(super) headings: Vec<Heading>,
    pub(super) body: &'a [Element],
}

/// A heading.
#[derive(Debug)]
pub(super) struct Heading {
    /// Its level in the publication.
    pub(super) level: u8,
    /// Its element. Levels that the publication passes over are not passed over here.
    pub(super) tag: &'static str,
    /// Its anchor: its words without their number, so that a link outlives what is put in before.
    pub(super) id: String,
    /// Its words.
    pub(super) text: String,
}

impl Section<'_> {
    /// Sections of one table begin a page of their own; that of a wide form lies on its side.
    pub(super) fn class(&self) -> &'static str {
        let Some(Element::Table(table)) = self.body.first() else { return "" };
        match table.kind {
            TableKind::Form if is_wide(table) => "sheet wide",
            TableKind::Form | TableKind::Evaluation => "sheet",
        }
    }
}

/// Whether a table needs the long side of the paper.
pub(super) fn is_wide(table: &PrintedTable) -> bool {
    table.kind == TableKind::Form && table.widths.len() >= WIDE
}

/// The parts of a body, each with the headings above it.
pub(super) fn sections(elements: &[Element]) -> Vec<Section<'_>> {
    let mut anchors = Anchors::default();
    let mut found = Vec::new();
    let mut rest = elements;
    while !rest.is_empty() {
        let is_heading = |element: &Element| matches!(element, Element::Heading { .. });
        let until = rest.iter().position(|e| !is_heading(e)).unwrap_or(rest.len());
        let (headings, behind) = rest.split_at(until);
        let until = behind.iter().position(is_heading).unwrap_or(behind.len());
        let (body, behind) = behind.split_at(until);
        let headings = headings.iter().filter_map(|element| match element {
            Element::Heading { level, runs } => Some(anchors.heading(*level, runs_text(runs))),
            _ => None,
        });
        found.push(Section { headings: headings.collect(), body });
        rest = behind;
    }
    found
}

#[derive(Default)]
struct Anchors {
    /// How often each anchor was given.
    given: BTreeMap<String, usize>,
    /// The levels of the headings that are open.
    open: Vec<u8>,
}

impl Anchors {
    fn heading(&mut self, level: u8, text: String) -> Heading {
        self.open.retain(|open| *open < level);
        self.open.push(level);
        let tag = match self.open.len() {
            1 => "h2",
            2 => "h3",
            3 => "h4",
            4 => "h5",
            _ => "h6",
        };
        let word: String =
            unnumbered(&text).chars().filter(|c| c.is_alphanumeric()).take(LONGEST).collect();
        let word = if word.is_empty() { "节".to_owned() } else { word };
        let count = self.given.entry(word.clone()).or_default();
        *count = count.saturating_add(1);
        let id = if *count > 1 { format!("{word}-{count}") } else { word };
        Heading { level, tag, id, text }
    }
}

/// A heading without `第一部分`, `一、`, `（一）` or `1.` before it.
fn unnumbered(text: &str) -> &str {
    const DIGITS: &str = "一二三四五六七八九十0123456789";
    let is_digit = |c: char| DIGITS.contains(c);
    let text = text.trim();
    let (opening, closings): (&str, &[&str]) = match text.chars().next() {
        Some('第') => ("第", &["部分"]),
        Some('（') => ("（", &["）"]),
        _ => ("", &["、", ".", "．"]),
    };
    let inner = text.strip_prefix(opening).unwrap_or(text);
    let behind = inner.trim_start_matches(is_digit);
    if behind.len() == inner.len() {
        return text;
    }
    let found = closings.iter().find_map(|closing| behind.strip_prefix(closing));
    found.map_or(text, str::trim_start)
}

#[cfg(test)]
mod tests {
    use juesuan_model::Run;

    use super::*;

    fn heading(level: u8, text: &str) -> Element {
        Element::Heading { level, runs: vec![Run::Words(text.into())] }
    }

    fn told(elements: &[Element]) -> Vec<String> {
        let of = |heading: &Heading| format!("{} {}", heading.tag, heading.id);
        sections(elements).iter().flat_map(|section| &section.headings).map(of).collect()
    }

    #[test]
    fn anchors_are_the_words_without_their_number() {
        let of =
            ["第一部分 概况", "二、概况", "（十一）职责", "3.收入", "2024年度", "（草案）", "※"];
        let told = told(&of.map(|text| heading(1, text)));
        let ids = ["概况", "概况-2", "职责", "收入", "2024年度", "草案", "节"];
        assert_eq!(told, ids.map(|id| format!("h2 {id}")));
    }

    #[test]
    fn no_level_is_passed_over() {
        let levels = [1, 4, 4, 2, 3, 1].map(|level| heading(level, "甲"));
        let tags: Vec<String> = told(&levels).iter().map(|t| t[..2].to_owned()).collect();
        assert_eq!(tags, ["h2", "h3", "h3", "h3", "h4", "h2"]);
    }

    #[test]
    fn markup_in_a_heading_is_no_markup_in_its_anchor() {
        assert_eq!(told(&[heading(1, "\"><script>甲</script>")]), ["h2 script甲script"]);
    }
}
