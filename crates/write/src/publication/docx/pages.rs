//! On which page each heading will stand. The grid of 《党政机关公文格式》 makes that nearly certain, so that the
//! contents are right before Word updates them.

use juesuan_model::{Element, Run, runs_text};

use super::contents::is_listed;
use super::grid::{Grid, text_lines};
use super::plan::{Kind, Paper, Stretch};
use super::table;

/// The height of a line of the body.
pub(super) const LINE: u32 = 578;
/// Half squares on a line of the body, and what stands for those by which a paragraph is set in.
const CELLS: u32 = 56;
const INDENT: &str = "□□";
/// How many lines of the contents fit on a page below their title, and on one without.
const CONTENTS_LINES: usize = 24;

/// The numbers of pages.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    /// Of each listed heading.
    pub(super) headings: Vec<u32>,
    /// Of the first page of the contents.
    pub(super) contents: u32,
    /// Of the cover.
    pub(super) cover: u32,
}

/// Numbers the pages. The body begins with 1. Cover and contents show no number, but theirs alternate
/// between odd and even up to that: two odd pages in a row would get a blank one between them.
pub(super) fn number(stretches: &[Stretch<'_>]) -> Numbering {
    let mut numbering = Numbering::default();
    let mut counter = Counter::default();
    for stretch in stretches.iter().filter(|stretch| stretch.kind == Kind::Body) {
        counter.stretch(stretch, &mut numbering.headings);
    }
    let has_contents = stretches.iter().any(|stretch| stretch.kind == Kind::Contents);
    let pages = numbering.headings.len().div_ceil(CONTENTS_LINES).max(1);
    let is_even_count = has_contents && pages.is_multiple_of(2);
    (numbering.contents, numbering.cover) = match (has_contents, is_even_count) {
        (true, false) => (0, 1),
        (true, true) => (1, 0),
        (false, _) => (0, 0),
    };
    numbering
}

/// Whether a paragraph announces the next, and stays with it.
pub(super) fn leads_on(runs: &[Run]) -> bool {
    let text = runs_text(runs);
    text.ends_with(['：', ':']) && text_lines(&text, CELLS, INDENT) <= 3
}

/// How high a heading is.
pub(super) fn heading_height(level: u8, text: &str) -> u32 {
    match level {
        // The styles keep a line free below.
        0 | 1 => text_lines(text, CELLS, "").saturating_add(1).saturating_mul(LINE),
        _ => text_lines(text, CELLS, INDENT).saturating_mul(LINE),
    }
}

#[derive(Debug, Default)]
struct Counter {
    page: u32,
    used: u32,
}

impl Counter {
    fn turn(&mut self) {
        self.page = self.page.saturating_add(1);
        self.used = 0;
    }

    fn stretch(&mut self, stretch: &Stretch<'_>, headings: &mut Vec<u32>) {
        self.turn();
        let room = stretch.paper.height();
        for (at, element) in stretch.elements.iter().enumerate() {
            match element {
                Element::Heading { level, runs } => {
                    let height = heading_height(*level, &runs_text(runs));
                    let rest = stretch.elements.get(at.saturating_add(1)..).unwrap_or_default();
                    self.together(height, kept(rest), room);
                    if is_listed(*level) {
                        headings.push(self.page);
                    }
                }
                Element::Paragraph(runs) => {
                    let lines = text_lines(&runs_text(runs), CELLS, INDENT);
                    if leads_on(runs) {
                        self.together(lines.saturating_mul(LINE), LINE, room);
                        continue;
                    }
                    for _ in 0..lines {
                        self.add(LINE, room);
                    }
                }
                Element::Contents => {}
                Element::Table(printed) => self.table(stretch, printed),
            }
        }
    }

    fn table(&mut self, stretch: &Stretch<'_>, printed: &juesuan_model::PrintedTable) {
        let paper: Paper = stretch.paper;
        let before = table::before(stretch.elements, printed);
        let room = paper.height();
        self.used = before;
        let heights = Grid::new(printed, paper, table::room(printed, paper, before)).heights();
        let head: u32 = heights.iter().take(printed.head_rows).sum();
        for height in heights {
            if self.used.saturating_add(height) > room {
                self.turn();
                self.used = head;
            }
            self.add(height, room);
        }
        self.add(table::notes_height(printed, paper), room);
    }

    fn add(&mut self, height: u32, room: u32) {
        if self.used > 0 && self.used.saturating_add(height) > room {
            self.turn();
        }
        self.used = self.used.saturating_add(height);
    }

    /// Adds what must stand on the page of what follows.
    fn together(&mut self, height: u32, following: u32, room: u32) {
        if self.used.saturating_add(height).saturating_add(following) > room && self.used > 0 {
            self.turn();
        }
        self.used = self.used.saturating_add(height);
    }
}

/// How much of what follows a heading must stand on its page.
fn kept(rest: &[Element]) -> u32 {
    let mut height = 0_u32;
    for element in rest {
        match element {
            Element::Heading { level, runs } => {
                height = height.saturating_add(heading_height(*level, &runs_text(runs)));
            }
            Element::Paragraph(runs) if leads_on(runs) => {
                let lines = text_lines(&runs_text(runs), CELLS, INDENT);
                height = height.saturating_add(lines.saturating_mul(LINE));
            }
            // Above tables are only headings, and they begin the page.
            Element::Table(_) => return 0,
            _ => break,
        }
    }
    height.saturating_add(LINE)
}
