//! Automatic numbering: what is printed before a paragraph although nobody typed it.

use rustc_hash::{FxHashMap, FxHashSet};

use super::Fault;
use super::numerals::numeral;
use super::xml::{Element, Node, Xml};

/// Lists have nine levels.
const LEVELS: usize = 9;
/// Text around numbers is no longer than this.
const LONGEST: usize = 64;

/// The list and the level that a paragraph or style is numbered by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Numbered {
    /// 0 where there is none although the style has one.
    pub(super) list: Option<u32>,
    pub(super) level: Option<usize>,
}

/// How a level of a list prints its numbers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct LevelFormat {
    start: Option<u32>,
    format: String,
    /// 第%1部分
    text: String,
    /// What comes behind: a tab unless told.
    suffix: String,
    /// Whether the numbers of higher levels are printed in digits.
    is_legal: bool,
    /// The level, from 1, whose paragraphs let it begin again; 0 for none. All higher ones unless
    /// told.
    restart: Option<usize>,
    /// The style that it numbers.
    style: String,
}

type Levels = [LevelFormat; LEVELS];

/// A list: which form of lists it counts with, and its levels.
#[derive(Debug, Default)]
struct List {
    form: u32,
    /// Where it begins itself, by level.
    starts: FxHashMap<usize, u32>,
    /// The levels that differ from the form.
    own: FxHashMap<usize, LevelFormat>,
    levels: Levels,
}

/// The lists of a document, and how far each has counted.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    lists: FxHashMap<u32, List>,
    /// By form: lists of one form count on.
    counts: FxHashMap<u32, [Option<u32>; LEVELS]>,
    /// Levels of lists that have begun where they say.
    begun: FxHashSet<(u32, usize)>,
}

impl Numbering {
    pub(super) fn read(text: &str) -> Result<Self, Fault> {
        let mut numbering = Self::default();
        let mut forms = Forms::default();
        let mut xml = Xml::new(text);
        while let Some(node) = xml.next()? {
            let Node::Open(element) = node else { continue };
            match element.name() {
                "abstractNum" => forms.add(&mut xml, number_of(&element, "abstractNumId"))?,
                "num" => {
                    let id = number_of(&element, "numId");
                    numbering.lists.insert(id, list(&mut xml)?);
                }
                _ => {}
            }
        }
        for list in numbering.lists.values_mut() {
            list.levels = forms.levels(list.form);
            for (at, own) in &list.own {
                list.levels.get_mut(*at).into_iter().for_each(|level| level.clone_from(own));
            }
        }
        Ok(numbering)
    }

    /// Counts a paragraph, and tells what is printed before it.
    pub(super) fn count(&mut self, numbered: Numbered, style: Option<&str>) -> String {
        let list = numbered.list.and_then(|id| Some((id, self.lists.get(&id)?)));
        let Some((id, list)) = list else { return String::new() };
        let of_style =
            || style.and_then(|style| list.levels.iter().position(|level| level.style == style));
        let level = numbered.level.or_else(of_style).unwrap_or(0).min(LEVELS.saturating_sub(1));
        let counts = self.counts.entry(list.form).or_default();
        if let Some(start) = list.starts.get(&level)
            && self.begun.insert((id, level))
        {
            counts.get_mut(level).into_iter().for_each(|count| *count = start.checked_sub(1));
        }
        advance(counts, &list.levels, level);
        printed(counts, &list.levels, level)
    }
}

/// Forms of lists, some of which take their levels from another by the name of a style.
#[derive(Default)]
struct Forms {
    levels: FxHashMap<u32, Levels>,
    names: FxHashMap<String, u32>,
    links: FxHashMap<u32, String>,
}

impl Forms {
    fn add(&mut self, xml: &mut Xml<'_>, id: u32) -> Result<(), Fault> {
        let mut levels = Levels::default();
        xml.children(|xml, element| {
            match element.name() {
                "lvl" => {
                    let read = level_format(xml)?;
                    levels.get_mut(index(element)).into_iter().for_each(|l| l.clone_from(&read));
                }
                "styleLink" => self.names.extend(element.value().map(|name| (name, id))),
                "numStyleLink" => self.links.extend(element.value().map(|name| (id, name))),
                _ => {}
            }
            Ok(())
        })?;
        self.levels.insert(id, levels);
        Ok(())
    }

    fn levels(&self, form: u32) -> Levels {
        let linked = self.links.get(&form).and_then(|name| self.names.get(name));
        self.levels.get(linked.unwrap_or(&form)).cloned().unwrap_or_default()
    }
}

fn number_of(element: &Element<'_>, name: &str) -> u32 {
    element.attribute(name).and_then(|number| number.parse().ok()).unwrap_or(0)
}

fn index(element: &Element<'_>) -> usize {
    element.attribute("ilvl").and_then(|level| level.parse().ok()).unwrap_or(0)
}

fn level_format(xml: &mut Xml<'_>) -> Result<LevelFormat, Fault> {
    let mut read = LevelFormat::default();
    xml.children(|_, element| {
        let value = || element.value().unwrap_or_default();
        match element.name() {
            "start" => read.start = element.number(),
            "numFmt" => read.format = value(),
            "lvlText" => read.text = value().chars().take(LONGEST).collect(),
            "suff" => read.suffix = value(),
            "isLgl" => read.is_legal = element.is_on(),
            "lvlRestart" => read.restart = element.number(),
            "pStyle" => read.style = value(),
            _ => {}
        }
        Ok(())
    })?;
    Ok(read)
}

fn list(xml: &mut Xml<'_>) -> Result<List, Fault> {
    let (mut list, mut at) = (List::default(), 0);
    xml.children(|xml, element| {
        match element.name() {
            "abstractNumId" => list.form = element.number().unwrap_or(0),
            "lvlOverride" => at = index(element),
            "startOverride" => {
                list.starts.extend(element.number().map(|start| (at, start)));
            }
            "lvl" => {
                list.own.insert(index(element), level_format(xml)?);
            }
            _ => {}
        }
        Ok(())
    })?;
    Ok(list)
}

/// Counts a paragraph of a level; lower levels begin again.
fn advance(counts: &mut [Option<u32>; LEVELS], levels: &Levels, level: usize) {
    for (at, (count, format)) in counts.iter_mut().zip(levels).enumerate() {
        let start = format.start.unwrap_or(0);
        if at < level && count.is_none() {
            *count = Some(start);
        } else if at == level {
            *count = Some(count.map_or(start, |count| count.saturating_add(1)));
        } else if at > level && format.restart.is_none_or(|restart| level < restart) {
            *count = None;
        }
    }
}

/// The text of a level with the numbers put in.
fn printed(counts: &[Option<u32>; LEVELS], levels: &Levels, level: usize) -> String {
    let Some(format) = levels.get(level).filter(|format| format.format != "bullet") else {
        return String::new();
    };
    let mut out = String::new();
    let mut rest = format.text.chars().peekable();
    while let Some(c) = rest.next() {
        let at = rest.peek().and_then(|next| next.to_digit(10)).filter(|at| c == '%' && *at > 0);
        let Some(at) = at.and_then(|at| usize::try_from(at).ok()) else {
            out.push(c);
            continue;
        };
        rest.next();
        let at = at.saturating_sub(1);
        let count = counts.get(at).copied().flatten().unwrap_or(0);
        let own = levels.get(at).map_or("", |level| &level.format);
        out.push_str(&numeral(if format.is_legal { "decimal" } else { own }, count));
    }
    let is_closed = out.ends_with(['、', '）', '．', '。', ')', '：']);
    if format.suffix != "nothing" && !is_closed && !out.trim().is_empty() {
        out.push(' ');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    const LISTS: &str = "<w:numbering><w:abstractNum w:abstractNumId='0'>\
        <w:lvl w:ilvl='0'><w:start w:val='1'/><w:numFmt w:val='chineseCountingThousand'/>\
        <w:lvlText w:val='第%1部分'/><w:pStyle w:val='part'/></w:lvl>\
        <w:lvl w:ilvl='1'><w:start w:val='1'/><w:numFmt w:val='japaneseCounting'/>\
        <w:suff w:val='nothing'/><w:lvlText w:val='（%2）'/></w:lvl>\
        <w:lvl w:ilvl='2'><w:start w:val='1'/><w:isLgl/><w:numFmt w:val='decimal'/>\
        <w:lvlText w:val='%1.%3'/></w:lvl></w:abstractNum>\
        <w:abstractNum w:abstractNumId='1'><w:lvl w:ilvl='0'><w:start w:val='1'/>\
        <w:numFmt w:val='bullet'/><w:lvlText w:val='\u{f06c}'/></w:lvl></w:abstractNum>\
        <w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num>\
        <w:num w:numId='2'><w:abstractNumId w:val='1'/></w:num>\
        <w:num w:numId='3'><w:abstractNumId w:val='0'/><w:lvlOverride w:ilvl='0'>\
        <w:startOverride w:val='1'/></w:lvlOverride></w:num></w:numbering>";

    #[test]
    fn levels_count_and_begin_again() {
        let mut numbering = Numbering::read(LISTS).unwrap();
        let mut next =
            |list, level| numbering.count(Numbered { list: Some(list), level }, Some("part"));
        let all: Vec<String> = [
            (1, None),
            (1, Some(1)),
            (1, Some(1)),
            (1, Some(2)),
            (1, Some(0)),
            (1, Some(1)),
            (3, Some(0)),
            (3, Some(0)),
            (2, Some(0)),
            (0, Some(0)),
            (9, Some(0)),
            (1, Some(99)),
        ]
        .map(|(list, level)| next(list, level))
        .into();
        assert_eq!(
            all,
            [
                "第一部分 ",
                "（一）",
                "（二）",
                "1.1 ",
                "第二部分 ",
                "（一）",
                "第一部分 ",
                "第二部分 ",
                "",
                "",
                "",
                ""
            ]
        );
    }
}
