//! The content of a page in its order: headings, paragraphs, tables, and what was left out.

use rustc_hash::FxHashSet;

use super::content::{headings, way};
use super::dom::{Id, ROOT};
use super::look::Look;
use super::table::{self, Shape};
use super::{Kind, Page, ReadError};
use crate::formats::listing::{Listed, ListedCell, Run};
use crate::formats::words::Words;

/// The cells that the tables of a page may have, those counted too that are empty between others.
const MOST_CELLS: usize = 4_000_000;
/// The characters of what is hidden that are quoted.
const LONGEST_QUOTE: usize = 20;
/// Pictures below this width are ornaments.
const LEAST_WIDTH: u32 = 100;
/// The kinds of files in which disclosures are attached to pages.
const ATTACHMENTS: [&str; 11] =
    ["pdf", "doc", "docx", "wps", "xls", "xlsx", "et", "ofd", "rar", "zip", "7z"];

/// The blocks of a page.
pub(super) fn blocks(page: &Page) -> Result<Vec<Listed>, ReadError> {
    let mut flow = Flow::new(page);
    flow.children(ROOT);
    flow.end_line();
    flow.tell();
    if flow.room.is_none() { Err(ReadError::TooMuch(Kind::Page)) } else { Ok(flow.blocks) }
}

/// What the nodes in a node say, as one line.
pub(super) fn gather(page: &Page, id: Id, line: &mut Words) {
    for child in page.dom.children(id) {
        match (page.look(child), page.dom.text(child)) {
            (Look::Hidden | Look::Aside | Look::Picture, _) => {}
            (_, Some(text)) => line.push(text),
            (Look::Inline, None) => gather(page, child, line),
            (_, None) => {
                line.part();
                gather(page, child, line);
                line.part();
            }
        }
    }
}

struct Flow<'a> {
    page: &'a Page,
    /// The way down to the content.
    way: FxHashSet<Id>,
    blocks: Vec<Listed>,
    line: Words,
    /// The cells that tables may still have; `None` when there were more.
    room: Option<usize>,
}

fn run(text: String) -> Vec<Run> {
    vec![Run { text, ..Run::default() }]
}

impl<'a> Flow<'a> {
    fn new(page: &'a Page) -> Self {
        let (way, room) = (way(page).into_iter().collect(), Some(MOST_CELLS));
        Self { page, way, blocks: Vec::new(), line: Words::default(), room }
    }

    fn end_line(&mut self) {
        if let Some(text) = self.line.take() {
            self.blocks.push(Listed::Paragraph(run(text)));
        }
    }

    fn children(&mut self, id: Id) {
        let (page, is_on_way) = (self.page, self.way.contains(&id));
        let is_whole = is_on_way && matches!(page.dom.name(id), "" | "html" | "body");
        // In the content itself lists of links are content too.
        let is_beside = is_on_way && page.dom.children(id).any(|child| self.way.contains(&child));
        for child in page.dom.children(id) {
            let weight = page.weight(child);
            let is_around = is_beside && weight.is_around() || is_whole && weight.is_menu();
            if is_around && !self.way.contains(&child) {
                self.around(child);
            } else {
                self.node(child);
            }
        }
    }

    /// What stands beside the content: of it only titles are kept.
    fn around(&mut self, id: Id) {
        for heading in headings(self.page, id) {
            match self.page.look(heading) {
                Look::Heading(level) => self.heading(heading, level),
                _ => self.heading(heading, 1),
            }
        }
    }

    fn node(&mut self, id: Id) {
        if let Some(text) = self.page.dom.text(id) {
            return self.text(id, text);
        }
        match self.page.look(id) {
            Look::Hidden | Look::Aside | Look::Picture => {}
            Look::Inline => self.children(id),
            Look::Break => self.end_line(),
            Look::Heading(level) => self.heading(id, level),
            Look::Table => self.table(id, &Shape::of_table(self.page, id)),
            Look::Block => match Shape::of_equal_rows(self.page, id) {
                Some(shape) => self.table(id, &shape),
                None => self.block(id),
            },
            Look::RowGroup | Look::Row | Look::Cell | Look::Caption => self.block(id),
        }
    }

    fn text(&mut self, id: Id, text: &str) {
        let parent = self.page.dom.parent(id).map_or("", |parent| self.page.dom.name(parent));
        if parent != "pre" {
            return self.line.push(text);
        }
        for line in text.lines() {
            self.end_line();
            self.line.push(line);
        }
    }

    fn block(&mut self, id: Id) {
        self.end_line();
        self.children(id);
        self.end_line();
    }

    fn heading(&mut self, id: Id, level: u8) {
        self.end_line();
        // Pages hold whole tables in headings, by mistake.
        if self.page.dom.below(id).any(|below| self.page.look(below) == Look::Table) {
            return self.block(id);
        }
        let words = self.page.words(id);
        if !words.is_empty() {
            self.blocks.push(Listed::Heading(level, run(words)));
        }
    }

    fn table(&mut self, id: Id, shape: &Shape) {
        self.end_line();
        for caption in &shape.captions {
            self.block(*caption);
        }
        if shape.is_layout(self.page) {
            let is_on_way = |id: &Id| self.way.contains(id);
            let is_beside = shape.rows.iter().flatten().any(is_on_way);
            for cell in shape.rows.iter().flatten() {
                let is_around = is_beside && self.page.weight(*cell).is_around();
                if is_around && !self.way.contains(cell) {
                    self.around(*cell);
                } else {
                    self.block(*cell);
                }
            }
        } else {
            let rows = table::rows(self.page, shape, &mut self.room);
            self.push_table(rows);
        }
        self.hidden_rows(id);
    }

    fn push_table(&mut self, rows: Vec<Vec<ListedCell>>) {
        if self.room.is_some() && !rows.is_empty() {
            self.blocks.push(Listed::Table(rows));
        }
    }

    /// Says what rows and cells of a table are not shown.
    fn hidden_rows(&mut self, id: Id) {
        let page = self.page;
        let is_hidden = |id: &Id| page.look(*id) == Look::Hidden && page.has_words(*id);
        let hidden: Vec<Id> = page.dom.below(id).filter(is_hidden).collect();
        if let Some(first) = hidden.first() {
            self.blocks.push(Listed::Unread(format!(
                "表里有 {} 处隐藏的行或单元格，没有读（第一处：“{}”）；请在网页里取消隐藏或删除，再检查",
                hidden.len(),
                quoted(page, *first)
            )));
        }
    }

    /// Says what else of the content was not read.
    fn tell(&mut self) {
        let page = self.page;
        let root = way(page).last().copied().unwrap_or(ROOT);
        let all = || page.dom.below(root);
        let is_hidden = |id: &Id| page.look(*id) == Look::Hidden && page.has_words(*id);
        let outside = |id: &Id| !page.is_in_table(*id);
        let hidden: Vec<Id> = all().filter(is_hidden).filter(outside).collect();
        if let Some(first) = hidden.first() {
            self.unread(format!(
                "网页里有 {} 处隐藏的内容，没有读（第一处：“{}”）；如果属于公开内容，请取消隐藏再检查",
                hidden.len(),
                quoted(page, *first)
            ));
        }
        let pictures = all().filter(|id| is_large_picture(page, *id)).count();
        if pictures > 0 {
            self.unread(format!(
                "正文里有 {pictures} 幅图片，图片里的文字和表没有读；请改用文字和表格公开，或另行核对"
            ));
        }
        let mut files = all().filter_map(|id| attachment(page, id)).collect::<Vec<_>>();
        files.dedup();
        if let Some(first) = files.first() {
            self.unread(format!(
                "网页带有 {} 个附件（如“{first}”），没有检查；请下载后一并检查",
                files.len()
            ));
        }
        if page.dom.is_cut {
            self.unread("网页的标签嵌套过深，里层的表可能没有读全；请核对原网页".to_owned());
        }
    }

    fn unread(&mut self, message: String) {
        self.blocks.push(Listed::Unread(message));
    }
}

/// The beginning of what a hidden part says.
fn quoted(page: &Page, id: Id) -> String {
    let words = page.words(id);
    match words.char_indices().nth(LONGEST_QUOTE) {
        Some((end, _)) => format!("{}…", words.get(..end).unwrap_or("").trim_end()),
        None => words,
    }
}

fn is_large_picture(page: &Page, id: Id) -> bool {
    let width = page.dom.attribute(id, "width").map(|width| width.trim_end_matches("px"));
    let width: Option<u32> = width.and_then(|width| width.parse().ok());
    page.look(id) == Look::Picture && width.is_none_or(|width| width >= LEAST_WIDTH)
}

/// What a link to a file is called.
fn attachment(page: &Page, id: Id) -> Option<String> {
    let target = page.dom.attribute(id, "href")?.trim();
    let path = target.split(['?', '#']).next()?;
    let (_, ending) = path.rsplit_once('.')?;
    ATTACHMENTS.contains(&&*ending.to_ascii_lowercase()).then(|| quoted(page, id))
}

impl Page {
    /// Whether a node holds words, shown or not.
    fn has_words(&self, id: Id) -> bool {
        let is_word = |text: &str| text.chars().any(char::is_alphanumeric);
        let mut texts = self.dom.below(id).filter(|id| self.dom.text(*id).is_some_and(is_word));
        texts.any(|text| {
            let parent = self.dom.parent(text).map_or("", |parent| self.dom.name(parent));
            !matches!(parent, "script" | "style" | "option" | "template")
        })
    }

    fn is_in_table(&self, id: Id) -> bool {
        let mut above = std::iter::successors(self.dom.parent(id), |id| self.dom.parent(*id));
        above.any(|above| self.look(above) == Look::Table)
    }
}
