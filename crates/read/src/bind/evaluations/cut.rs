//! Cuts the tables of the document into performance forms: a form may go on over pages, repeat
//! its title and name there, or have lost its first page.

use std::borrow::Cow;

use juesuan_model::{Block, Cell, Table, fold};

use crate::bind::binder::Binder;

/// A performance form: the rows of all its pages.
pub(super) struct CutForm<'a> {
    pub(super) is_whole: bool,
    /// Whether the head stands on a page that is missing.
    pub(super) first_page_lost: bool,
    pub(super) parts: Vec<FormPart<'a>>,
}

/// A table of a form.
pub(super) struct FormPart<'a> {
    pub(super) block: u32,
    pub(super) table: &'a Table,
}

impl<'a> CutForm<'a> {
    /// The rows of all pages with the cells that print something.
    pub(super) fn rows(&self) -> impl Iterator<Item = FormRow<'a>> {
        self.parts.iter().flat_map(|part| {
            part.table.rows.iter().map(|row| FormRow {
                block: part.block,
                cells: row
                    .cells
                    .iter()
                    .filter(|cell| !cell.text.is_blank())
                    .map(|cell| FormCell { cell, folded: fold(cell.text.as_str()) })
                    .collect(),
            })
        })
    }
}

/// A row of a form without its blank cells.
pub(super) struct FormRow<'a> {
    pub(super) block: u32,
    pub(super) cells: Vec<FormCell<'a>>,
}

/// A cell that prints something, with its folded text.
pub(super) struct FormCell<'a> {
    pub(super) cell: &'a Cell,
    pub(super) folded: Cow<'a, str>,
}

/// What a table tells about itself.
struct Signs<'a> {
    is_whole: bool,
    is_project: bool,
    name: Option<Cow<'a, str>>,
    /// Whether amounts or goals stand in it: only first pages have them.
    has_head: bool,
    has_indicators: bool,
}

/// Finds the performance forms in order.
pub(super) fn cut<'a>(binder: &Binder<'a>) -> Vec<CutForm<'a>> {
    let mut forms: Vec<CutForm<'a>> = Vec::new();
    let mut open_name: Option<Cow<'a, str>> = None;
    let mut is_open = false;
    for (index, block) in binder.document.blocks.iter().enumerate().skip(binder.outline.body) {
        let Block::Table(table) = block else {
            // Text between two tables ends a form unless it is the title of its next page.
            continue;
        };
        let number = u32::try_from(index).unwrap_or(u32::MAX);
        if binder.used.get(index) == Some(&true) {
            is_open = false;
            continue;
        }
        let signs = signs(binder, index, table);
        let part = FormPart { block: number, table };
        let is_next_page = is_open
            && match &signs.name {
                Some(name) => Some(name) == open_name.as_ref() && !signs.has_head,
                None => !signs.has_head || !(signs.is_whole || signs.is_project),
            };
        let is_form = signs.is_whole || signs.is_project || signs.has_indicators;
        if is_next_page && (is_form || continues(table)) {
            if let Some(form) = forms.last_mut() {
                form.parts.push(part);
            }
        } else if is_form {
            let is_whole = signs.is_whole && !signs.is_project;
            let first_page_lost = !signs.has_head;
            forms.push(CutForm { is_whole, first_page_lost, parts: vec![part] });
            open_name = signs.name;
            is_open = true;
        } else {
            is_open = false;
        }
    }
    forms
}

fn signs<'a>(binder: &Binder<'a>, index: usize, table: &'a Table) -> Signs<'a> {
    let words = &binder.scheme.performance;
    let mut signs = Signs {
        is_whole: false,
        is_project: false,
        name: None,
        has_head: false,
        has_indicators: false,
    };
    let mut columns = 0;
    for row in table.rows.iter().take(14) {
        let mut cells = row.cells.iter().filter(|cell| !cell.text.is_blank()).peekable();
        while let Some(cell) = cells.next() {
            if cell.text.as_str().len() > 150 {
                continue;
            }
            let folded = fold(cell.text.as_str());
            signs.is_whole |= words.whole_titles.occur_in(&folded);
            signs.is_project |= words.project_titles.occur_in(&folded);
            columns += usize::from(words.column_role(&folded).is_some());
            signs.has_indicators |= words.groups.iter().any(|group| *folded == **group);
            match words.label_role(&folded) {
                Some("name" | "whole_name") if signs.name.is_none() => {
                    signs.name = cells.peek().map(|next| fold(next.text.as_str()));
                }
                Some("budget" | "executed" | "goal" | "income_budget" | "expenditure_budget") => {
                    signs.has_head = true;
                }
                _ => {}
            }
        }
    }
    signs.has_indicators |= columns >= 3;
    if !signs.is_whole && !signs.is_project && (signs.has_head || signs.has_indicators) {
        title_above(binder, index, &mut signs);
    }
    signs
}

/// The title may stand in the text above the table.
fn title_above(binder: &Binder<'_>, index: usize, signs: &mut Signs<'_>) {
    let words = &binder.scheme.performance;
    let above = binder.document.blocks.get(index.saturating_sub(3)..index).unwrap_or_default();
    for text in above.iter().rev().map_while(Block::text) {
        let folded = fold(text.as_str());
        if folded.chars().count() > 60 {
            break;
        }
        signs.is_whole |= words.whole_titles.occur_in(&folded);
        signs.is_project |= words.project_titles.occur_in(&folded);
    }
}

/// Whether the rows of a table without title look like indicators: scores at the end.
fn continues(table: &Table) -> bool {
    let has_numbers = |row: &juesuan_model::Row| {
        let is_number = |cell: &&Cell| {
            let text = cell.text.as_str().trim();
            !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b'%'))
        };
        row.cells.iter().filter(is_number).count() >= 2
    };
    table.rows.iter().any(has_numbers)
}
