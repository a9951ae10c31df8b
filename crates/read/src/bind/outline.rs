//! The outline of a document: contents page, headings, and passages of text.

use std::sync::Arc;

use juesuan_model::{
    Bigrams, Block, ContentsEntry, Document, Folded, HeadingEntry, Level, Passage, Text,
};
use juesuan_scheme::structure::StructureWords;

use super::numbering::{Marker, marker, without_page_number};
use super::words::{field, fold, tidy};

/// A heading is no longer than this; longer numbered paragraphs are items of text.
const LONGEST_HEADING: usize = 60;

/// The structure of a document.
#[derive(Debug, Default)]
pub(super) struct Outline {
    /// The entries of the contents page.
    pub(super) contents: Vec<ContentsEntry>,
    /// The numbered headings of the body.
    pub(super) headings: Vec<HeadingEntry>,
    /// The section path of each block.
    pub(super) sections: Vec<Arc<str>>,
    /// The running text, cut at numbered items, headings and tables.
    pub(super) passages: Vec<Passage>,
    /// The first block behind the contents page.
    pub(super) body: usize,
}

/// Finds the outline.
pub(super) fn outline(document: &Document, words: &StructureWords) -> Outline {
    let mut outline = Outline::default();
    outline.body = contents(document, words, &mut outline.contents);
    let mut walker = Walker {
        words,
        outline: &mut outline,
        stack: Vec::new(),
        path: None,
        open: None,
        is_below_heading: false,
    };
    for (index, block) in document.blocks.iter().enumerate() {
        walker.block(index, block);
    }
    walker.close();
    outline
}

/// Reads the contents page and tells which block follows it. Without one, the body is all.
fn contents(
    document: &Document,
    words: &StructureWords,
    entries: &mut Vec<ContentsEntry>,
) -> usize {
    let is_title = |block: &Block| {
        block.text().is_some_and(|text| {
            let folded = fold(text.as_str());
            words.contents.iter().any(|word| *folded == **word)
        })
    };
    let Some(title) = document.blocks.iter().take(40).position(is_title) else { return 0 };
    let mut first: Option<(Level, u32)> = None;
    for (index, block) in document.blocks.iter().enumerate().skip(title + 1) {
        let lines: Vec<&Text> = match block {
            Block::Table(table) => table
                .rows
                .iter()
                .filter_map(|row| row.cells.first())
                .map(|cell| &cell.text)
                .collect(),
            _ => block.text().into_iter().collect(),
        };
        for text in lines {
            let Some(found) = marker(text.as_str()) else {
                continue_entry(entries, text.as_str());
                continue;
            };
            let key = (found.level, found.number);
            // The first entry comes again where the body begins.
            if first == Some(key) {
                return index;
            }
            first.get_or_insert(key);
            let block = u32::try_from(index).unwrap_or(u32::MAX);
            add_entries(entries, text, found, block);
        }
    }
    entries.clear();
    0
}

/// The entry that a line opens with, and those that follow it behind semicolons.
fn add_entries(entries: &mut Vec<ContentsEntry>, text: &Text, first: Marker, block: u32) {
    let line = text.as_str();
    let mut next = Some((first, 0));
    while let Some((found, from)) = next.take() {
        let start = from + found.length;
        let rest = line.get(start..).unwrap_or("");
        let follows = |(at, semicolon): (usize, &str)| {
            let behind = at + semicolon.len();
            let after = marker(rest.get(behind..)?)?;
            let is_next = (after.level, after.number) == (found.level, found.number + 1);
            is_next.then_some((at, (after, start + behind)))
        };
        let more = rest.match_indices(['；', ';']).find_map(follows);
        let own = more.and_then(|(at, _)| rest.get(..at)).unwrap_or(rest);
        let end = start + without_page_number(own).len();
        let title = field(text, start, end, block);
        entries.push(ContentsEntry { level: found.level, number: found.number, title });
        next = more.map(|(_, next)| next);
    }
}

/// The rest of an entry too long for its line: a few words under a line that is full.
fn continue_entry(entries: &mut [ContentsEntry], line: &str) {
    const FULL: usize = 20;
    let Some(entry) = entries.last_mut() else { return };
    let rest = tidy(without_page_number(line.trim()));
    let is_rest = (1..FULL / 2).contains(&rest.chars().count())
        && rest.chars().all(|c| !c.is_ascii() && c.is_alphanumeric())
        && !rest.starts_with("附");
    if is_rest && entry.title.text.chars().count() >= FULL {
        entry.title.text = format!("{}{rest}", entry.title.text).into();
    }
}

struct Walker<'a> {
    words: &'a StructureWords,
    outline: &'a mut Outline,
    /// The headings above: level and title.
    stack: Vec<(Level, Arc<str>)>,
    /// The path that they make, until one changes: many blocks share it.
    path: Option<Arc<str>>,
    open: Option<Passage>,
    /// Whether nothing stood yet below the last heading.
    is_below_heading: bool,
}

impl Walker<'_> {
    fn block(&mut self, index: usize, block: &Block) {
        let number = u32::try_from(index).unwrap_or(u32::MAX);
        match block {
            _ if index < self.outline.body => {}
            Block::Table(_) => self.close(),
            Block::Heading(heading) => self.text(&heading.text, number, true),
            Block::Paragraph(text) => self.text(text, number, false),
        }
        let path = self.path();
        self.outline.sections.push(path);
    }

    fn text(&mut self, text: &Text, block: u32, is_heading: bool) {
        if self.is_below_heading && self.title_goes_on(text, block) {
            return;
        }
        self.is_below_heading = false;
        let found = marker(text.as_str()).or_else(|| self.unnumbered_part(text));
        if let Some(found) = found {
            self.close();
            self.enter(text, found, block, is_heading);
        } else if is_heading {
            self.close();
            self.stack.retain(|(level, _)| *level == Level::Part);
            self.stack.push((Level::Section, tidy(text.as_str()).into()));
            self.path = None;
        } else if let Some(passage) = &mut self.open
            && !stands_alone(passage.text.as_str(), text.as_str())
            && !opens_anew(text.as_str(), self.words)
        {
            passage.text.push("\n", text.start());
            passage.text.append(text);
            return;
        }
        self.close();
        self.open = Some(Passage {
            section: self.path(),
            level: found.map(|found| found.level),
            number: found.map_or(0, |found| found.number),
            number_length: found.map_or(0, |found| found.length),
            block,
            text: text.clone(),
            folded: Folded::default(),
        });
    }

    /// Takes a line as the rest of the heading above it: the title of a part whose number stands
    /// alone, or what the contents still have of a title that is set in several lines.
    fn title_goes_on(&mut self, text: &Text, block: u32) -> bool {
        let (line, words) = (text.as_str(), tidy(text.as_str()));
        let (Some(heading), Some((_, name)), Some(passage)) =
            (self.outline.headings.last_mut(), self.stack.last_mut(), self.open.as_mut())
        else {
            return false;
        };
        let is_empty = heading.title.text.is_empty();
        let is_rest = |entry: &ContentsEntry| {
            let rest = entry.title.text.strip_prefix(&*heading.title.text);
            (entry.level, entry.number) == (heading.level, heading.number)
                && rest.is_some_and(|rest| !words.is_empty() && rest.starts_with(&*words))
        };
        let is_title = heading.level == Level::Part
            && is_empty
            && marker(line).is_none()
            && line.chars().count() <= LONGEST_HEADING
            && !line.contains(['。', ';', '；']);
        if !is_title && !self.outline.contents.iter().any(is_rest) {
            return false;
        }
        if is_empty {
            heading.title = field(text, 0, line.len(), block);
        } else {
            heading.title.text = format!("{}{words}", heading.title.text).into();
        }
        *name = format!("{name}{words}").into();
        passage.text.push(" ", text.start());
        passage.text.append(text);
        self.path = None;
        let path = self.path();
        if let Some(passage) = &mut self.open {
            passage.section = path;
        }
        true
    }

    /// The part that a line opens which has the title of the next part in the contents, or nearly,
    /// but no number: so templates print it above the tables.
    fn unnumbered_part(&self, text: &Text) -> Option<Marker> {
        const ALIKE: u32 = 800;
        let line = fold(text.as_str());
        if line.chars().count() > LONGEST_HEADING || line.contains(['。', ';', '；']) {
            return None;
        }
        let is_part = |level: Level| level == Level::Part;
        let entered = self.outline.headings.iter().rev().find(|h| is_part(h.level))?.number;
        let mut parts = self.outline.contents.iter().filter(|entry| is_part(entry.level));
        let next = parts.find(|entry| Some(entry.number) == entered.checked_add(1))?;
        let title = Bigrams::new(fold(&next.title.text).into_owned());
        let is_title = title.similarity(&Bigrams::new(line.into_owned())) >= ALIKE;
        is_title.then_some(Marker { level: Level::Part, number: next.number, length: 0 })
    }

    /// Enters the heading or item that `found` opens.
    fn enter(&mut self, text: &Text, found: Marker, block: u32, is_heading: bool) {
        self.stack.retain(|(level, _)| *level < found.level);
        self.path = None;
        let title = text.as_str().get(found.length..).unwrap_or("");
        let is_short = text.as_str().chars().count() <= LONGEST_HEADING
            && !title.trim_end_matches(['。', '：', ':']).contains('。');
        if is_heading || is_short {
            self.is_below_heading = true;
            let title = field(text, found.length, text.as_str().len(), block);
            self.outline.headings.push(HeadingEntry {
                level: found.level,
                number: found.number,
                title,
                block,
            });
        }
        let name = tidy(text.as_str().split(['。', '：']).next().unwrap_or(""));
        let name = name
            .char_indices()
            .nth(LONGEST_HEADING)
            .map_or(&*name, |(end, _)| name.get(..end).unwrap_or(&name));
        // An item is named by its number only, unless it is a heading.
        if is_short || found.level < Level::Item {
            self.stack.push((found.level, name.into()));
        } else {
            self.stack.push((found.level, format!("第{}项", found.number).into()));
        }
    }

    fn close(&mut self) {
        if let Some(mut passage) = self.open.take() {
            passage.folded = Folded::new(passage.text.as_str());
            self.outline.passages.push(passage);
        }
    }

    fn path(&mut self) -> Arc<str> {
        let stack = &self.stack;
        let joined = || stack.iter().map(|(_, name)| &**name).collect::<Vec<_>>().join(" / ");
        self.path.get_or_insert_with(|| joined().into()).clone()
    }
}

/// Whether a paragraph continues nothing: “《…》见附件。”, and heads of forms behind finished text.
fn stands_alone(before: &str, text: &str) -> bool {
    let length = text.chars().count();
    let is_finished = before.trim_end().ends_with(['。', '！', '？', '”']);
    length < 60 && text.contains("见附件") || is_finished && length < 40 && !text.contains('。')
}

/// Whether a paragraph without a number says by its first words that another begins.
fn opens_anew(text: &str, words: &StructureWords) -> bool {
    let head = text.split(['：', ':']).next().filter(|head| head.len() < text.len());
    head.is_some_and(|head| words.paragraph_heads.iter().any(|word| head.ends_with(&**word)))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOURCE: &str = "某局2024年度部门决算\n\n目 录\n\n第一部分 概况……1\n\n一、主要职责……1\n\n第二部分 说明……2\n\n\
        第一部分 概况\n\n一、主要职责\n\n制订规划。\n\n第二部分 说明\n\n（一）收入总计 65\n\n669.54 万元，包括：\n\n1.财政拨款。";

    fn read() -> Outline {
        let files = juesuan_scheme::embedded();
        let words = StructureWords::base(&files).unwrap();
        outline(&crate::parse(SOURCE), &words)
    }

    #[test]
    fn contents_and_body_are_told_apart() {
        let outline = read();
        let titles: Vec<&str> = outline.contents.iter().map(|e| &*e.title.text).collect();
        assert_eq!(titles, ["概况", "主要职责", "说明"]);
        let headings: Vec<&str> = outline.headings.iter().map(|e| &*e.title.text).collect();
        assert_eq!(headings, ["概况", "主要职责", "说明", "收入总计65", "财政拨款。"]);
    }

    #[test]
    fn the_title_of_a_part_may_stand_below_its_number() {
        let source = "目 录\n\n第一部分 部门概况\n\n第二部分 某局部门决算表\n\n第三部分 名词解释\n\n第一部分\n\n部门概况\n\n一、主要职责\n\n制订规划。\n\n第二部分\n\n某局\n\n部门决算表\n\n见附表。\n\n\
            第三部分\n\n本部门没有下属单位。";
        let words = StructureWords::base(&juesuan_scheme::embedded()).unwrap();
        let outline = outline(&crate::parse(source), &words);
        let headings: Vec<&str> = outline.headings.iter().map(|e| &*e.title.text).collect();
        let titles = ["部门概况", "主要职责", "某局部门决算表", ""];
        assert_eq!(headings, titles, "a sentence is no title");
        assert!(outline.sections.iter().any(|path| &**path == "第一部分部门概况 / 一、主要职责"));
    }

    #[test]
    fn an_entry_of_the_contents_goes_on_in_the_next_line() {
        let source = "目录\n\n第一部分 临溪市规划和自然资源局公开的2024年度部门\n\n决算表\n\n附件\n\n\
            第二部分 说明\n\n注\n\n第一部分 决算表";
        let words = StructureWords::base(&juesuan_scheme::embedded()).unwrap();
        let outline = outline(&crate::parse(source), &words);
        let titles: Vec<&str> = outline.contents.iter().map(|e| &*e.title.text).collect();
        assert_eq!(titles, ["临溪市规划和自然资源局公开的2024年度部门决算表", "说明"]);
    }

    #[test]
    fn a_passage_goes_on_over_pages() {
        let outline = read();
        let texts: Vec<&str> = outline.passages.iter().map(|p| p.folded.as_str()).collect();
        assert!(texts.contains(&"(一)收入总计65669.54万元,包括:"), "{texts:?}");
        assert_eq!(
            &*outline.passages.last().unwrap().section,
            "第二部分说明 / （一）收入总计65 / 1.财政拨款"
        );
    }

    #[test]
    fn a_part_is_known_by_its_title_when_its_number_is_missing() {
        let listed = "目录\n\n第一部分 临溪市水务局概况\n\n第二部分 临溪市水务局2024年度部门决算表\n\n\
            第三部分 说明\n\n第一部分 临溪市水务局概况\n\n一、主要职责\n\n";
        let words = StructureWords::base(&juesuan_scheme::embedded()).unwrap();
        let parts = |body: &str| {
            let outline = outline(&crate::parse(&format!("{listed}{body}")), &words);
            let parts = outline.headings.into_iter().filter(|h| h.level == Level::Part);
            parts.map(|h| (h.number, h.title.text.to_string())).collect::<Vec<_>>()
        };
        let first = (1, "临溪市水务局概况".to_owned());
        let nearly = "临溪水务局2024年度部门决算表";
        assert_eq!(parts(&format!("{nearly}\n\n甲\t1")), [first.clone(), (2, nearly.to_owned())]);
        assert_eq!(parts("收入支出决算总表\n\n甲\t1"), [first]);
    }
}
