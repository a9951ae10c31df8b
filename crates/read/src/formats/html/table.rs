//! Tables of a page: made by the tags for them, by styles, or by rows of equal children.

use super::Page;
use super::dom::Id;
use super::look::Look;
use crate::formats::columns::{Columns, MOST_SPAN};
use crate::formats::listing::{ListedCell, Run};

/// The least rows of elements that make a table without saying so.
const LEAST_ROWS: usize = 3;
/// The characters of a cell of such a table, at most.
const LONGEST_CELL: u32 = 60;

/// The rows of a table and the cells in them.
#[derive(Debug, Default)]
pub(super) struct Shape {
    pub(super) captions: Vec<Id>,
    pub(super) rows: Vec<Vec<Id>>,
}

impl Shape {
    /// The rows of what is shown as a table.
    pub(super) fn of_table(page: &Page, id: Id) -> Self {
        let mut shape = Self::default();
        shape.group(page, id);
        shape.rows.retain(|row| !row.is_empty());
        shape
    }

    fn group(&mut self, page: &Page, id: Id) {
        for child in page.dom.children(id) {
            match page.look(child) {
                Look::Caption => self.captions.push(child),
                Look::Row => {
                    let cells = page.dom.children(child).filter(|cell| is_cell(page, *cell));
                    self.rows.push(cells.collect());
                }
                Look::Cell => match self.rows.last_mut() {
                    Some(row) => row.push(child),
                    None => self.rows.push(vec![child]),
                },
                Look::RowGroup | Look::Inline => self.group(page, child),
                // What stands between rows of a table made by styles belongs to them.
                Look::Block if page.weight(child).characters > 0 => self.group(page, child),
                _ => {}
            }
        }
    }

    /// The rows of elements that hold equally many others, mostly numbers: a table made without
    /// any of the means for one.
    pub(super) fn of_equal_rows(page: &Page, id: Id) -> Option<Self> {
        let weight = page.weight(id);
        if weight.characters == 0 || page.dom.children(id).any(|child| has_text(page, child)) {
            return None;
        }
        let parts = |id| page.dom.children(id).filter(|child| is_part(page, *child));
        let rows: Vec<Vec<Id>> = parts(id).map(|row| parts(row).collect()).collect();
        let width = rows.first().map_or(0, Vec::len);
        let is_styled = parts(id).all(|row| page.look(row) == Look::Row);
        if is_styled && !rows.is_empty() {
            return Some(Self { captions: Vec::new(), rows });
        }
        let is_even = rows.len() >= LEAST_ROWS
            && width > 1
            && rows.iter().all(|row| row.len() == width)
            && !parts(id).any(|row| page.dom.children(row).any(|child| has_text(page, child)))
            && rows.iter().flatten().all(|cell| is_leaf(page, *cell));
        let numbers = rows.iter().flatten().filter(|cell| is_number(&page.words(**cell))).count();
        (is_even && numbers > rows.len() / 2).then(|| Self { captions: Vec::new(), rows })
    }

    /// Whether it only arranges the page: one cell, one column, or cells that hold the tables.
    pub(super) fn is_layout(&self, page: &Page) -> bool {
        let filled = self.rows.iter().flatten().filter(|cell| page.weight(**cell).characters > 0);
        if self.rows.iter().all(|row| row.len() <= 1) || filled.clone().nth(1).is_none() {
            return true;
        }
        let (mut all, mut arranged) = (0_u32, 0_u32);
        for cell in filled {
            let characters = page.weight(*cell).characters;
            all = all.saturating_add(characters);
            let is_arranged = |below| {
                matches!(page.look(below), Look::Table | Look::Heading(_))
                    && page.weight(below).characters > 0
            };
            if page.dom.below(*cell).any(is_arranged) {
                arranged = arranged.saturating_add(characters);
            }
        }
        arranged.saturating_mul(2) > all
    }
}

/// The rows of a table with the columns of its cells. `room` is for how many there may be.
pub(super) fn rows(page: &Page, shape: &Shape, room: &mut Option<usize>) -> Vec<Vec<ListedCell>> {
    let mut columns = Columns::default();
    let mut rows = Vec::with_capacity(shape.rows.len());
    for (at, cells) in shape.rows.iter().enumerate() {
        columns.begin_row();
        let below = u16::try_from(shape.rows.len().saturating_sub(at)).unwrap_or(u16::MAX);
        let mut row = Vec::with_capacity(cells.len());
        for cell in cells {
            let column_span = span(page, *cell, "colspan").max(1);
            let row_span = match span(page, *cell, "rowspan") {
                0 => below.min(MOST_SPAN),
                rows => rows.min(below),
            };
            let column = columns.place(column_span, row_span);
            let words = page.words(*cell);
            let runs = vec![Run { text: words, ..Run::default() }];
            row.push(ListedCell { runs, column, column_span, row_span });
        }
        let width = row.last().map_or(0, |last| last.column.saturating_add(1));
        *room = room.and_then(|room| room.checked_sub(usize::try_from(width).ok()?));
        if room.is_none() {
            return Vec::new();
        }
        rows.push(row);
    }
    rows
}

/// How much a cell covers; 0 stands for all that is left.
fn span(page: &Page, id: Id, name: &str) -> u16 {
    let Some(value) = page.dom.attribute(id, name) else { return 1 };
    let value = value.trim();
    let end = value.find(|c: char| !c.is_ascii_digit()).unwrap_or(value.len());
    let digits = value.get(..end).unwrap_or("");
    match digits.parse::<u32>() {
        Ok(span) => u16::try_from(span).unwrap_or(MOST_SPAN).min(MOST_SPAN),
        Err(_) if digits.is_empty() => 1,
        Err(_) => MOST_SPAN,
    }
}

/// Whether a node in a row is a cell: those are by name, and whatever has words in rows by style.
fn is_cell(page: &Page, id: Id) -> bool {
    match page.look(id) {
        Look::Cell => true,
        Look::Hidden | Look::Aside => false,
        _ => page.weight(id).characters > 0,
    }
}

fn is_part(page: &Page, id: Id) -> bool {
    let look = page.look(id);
    let is_element = !page.dom.name(id).is_empty();
    is_element && !matches!(look, Look::Hidden | Look::Aside | Look::Break | Look::Picture)
}

/// Whether a node is a text that says something by itself.
fn has_text(page: &Page, id: Id) -> bool {
    page.dom.text(id).is_some_and(|text| !text.trim().is_empty())
}

/// Whether an element holds a few words and nothing that is arranged.
fn is_leaf(page: &Page, id: Id) -> bool {
    page.weight(id).characters <= LONGEST_CELL
        && page.dom.below(id).all(|below| matches!(page.look(below), Look::Inline | Look::Break))
}

fn is_number(words: &str) -> bool {
    let digits = words.bytes().filter(u8::is_ascii_digit).count();
    digits > 0 && words.chars().all(|c| c.is_ascii_digit() || "-—,.%， ".contains(c))
}
