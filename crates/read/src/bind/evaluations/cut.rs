//! Cuts the tables of the document into performance forms: a form may go on over pages, repeat
//! its title and name there, or have lost its first page.

use std::borrow::Cow;

use juesuan_model::{Block, Cell, Columns, Document, Row, Scale, Table, fold};
use juesuan_scheme::performance::PerformanceForms;
use rustc_hash::FxHashMap;

use super::align::Traits;
use super::columns::{Head, head};
use super::labels::{name_inside, role};

/// What performance forms are looked for in.
#[derive(Clone, Copy)]
pub(in crate::bind) struct Tables<'a> {
    pub(in crate::bind) document: &'a Document,
    pub(in crate::bind) words: &'a PerformanceForms,
    /// The first block behind the contents page.
    pub(in crate::bind) body: usize,
    /// The blocks that are statutory forms, in order.
    pub(in crate::bind) taken: &'a [u32],
}

/// A performance form: the rows of all its pages.
struct CutForm<'a> {
    is_whole: bool,
    first_page_lost: bool,
    scale: Option<Scale>,
    parts: Vec<FormPart<'a>>,
}

/// The rows of a form in one table.
struct FormPart<'a> {
    block: u32,
    rows: &'a [Row],
}

/// A performance form, its cells looked at one by one.
pub(in crate::bind) struct Form<'a> {
    pub(super) is_whole: bool,
    /// Whether the head stands on a page that is missing.
    pub(super) first_page_lost: bool,
    /// The unit that its amounts are printed in, where it says one.
    pub(super) scale: Option<Scale>,
    /// The tables it stands in.
    pub(super) blocks: Vec<u32>,
    /// The rows of all pages that print something.
    pub(super) rows: Vec<FormRow<'a>>,
}

impl<'a> CutForm<'a> {
    fn read(self, words: &'a PerformanceForms, known: &mut KnownCells<'a>) -> Form<'a> {
        let rows = self.parts.iter().flat_map(|part| part.rows.iter().map(|row| (part.block, row)));
        let rows = rows.map(|(block, row)| FormRow::new(words, known, block, row));
        Form {
            is_whole: self.is_whole,
            first_page_lost: self.first_page_lost,
            scale: self.scale,
            blocks: self.parts.iter().map(|part| part.block).collect(),
            rows: rows.filter(|row| !row.cells.is_empty()).collect(),
        }
    }
}

/// A row of a form without its blank cells.
pub(super) struct FormRow<'a> {
    pub(super) block: u32,
    pub(super) cells: Vec<FormCell<'a>>,
}

impl<'a> FormRow<'a> {
    fn new(
        words: &'a PerformanceForms,
        known: &mut KnownCells<'a>,
        block: u32,
        row: &'a Row,
    ) -> Self {
        let is_printed = |cell: &&Cell| !cell.text.is_blank();
        let mut cells = Vec::with_capacity(row.cells.iter().filter(is_printed).count());
        let printed = row.cells.iter().filter(is_printed);
        cells.extend(printed.map(|cell| FormCell::known(words, known, cell)));
        Self { block, cells }
    }
}

/// Cells by their text: most hold labels and numbers that stand in every form.
type KnownCells<'a> = FxHashMap<&'a str, FormCell<'a>>;

/// A cell that prints something, and what its folded text says.
#[derive(Clone)]
pub(super) struct FormCell<'a> {
    pub(super) cell: &'a Cell,
    pub(super) folded: Cow<'a, str>,
    /// The role it has as a label of head or foot.
    pub(super) label: Option<&'a str>,
    /// What it says as the head of a column.
    pub(super) head: Option<Head>,
    pub(super) traits: Traits,
}

impl<'a> FormCell<'a> {
    fn known(words: &'a PerformanceForms, known: &mut KnownCells<'a>, cell: &'a Cell) -> Self {
        let text = cell.text.as_str();
        if text.len() > LONGEST_LABEL {
            return Self::new(words, cell);
        }
        let same = known.entry(text).or_insert_with(|| Self::new(words, cell));
        Self { cell, ..same.clone() }
    }

    fn new(words: &'a PerformanceForms, cell: &'a Cell) -> Self {
        let folded = fold(cell.text.as_str());
        let traits = Traits::of(words, &folded);
        // Most cells are numbers, which are neither label nor head.
        let (label, head) = match traits.number {
            true => (None, None),
            false => (role(words, &folded), head(words, &folded)),
        };
        Self { cell, folded, label, head, traits }
    }
}

/// A form is made of so many tables at most: name, funds, goals, indicators, and one more.
const MOST_TABLES: usize = 5;

/// So many heads of columns make the head of the indicators.
const INDICATOR_COLUMNS: usize = 3;

/// A cell of more bytes is no label.
const LONGEST_LABEL: usize = 150;

/// What a table tells about itself.
struct Signs<'a> {
    is_whole: bool,
    is_project: bool,
    name: Option<Cow<'a, str>>,
    /// Whether amounts or goals stand in it: only first pages have them.
    has_head: bool,
    has_indicators: bool,
    scale: Option<Scale>,
}

/// Finds the performance forms in order. Nothing of it depends on what is bound meanwhile.
pub(in crate::bind) fn forms<'a>(tables: Tables<'a>) -> impl Iterator<Item = Form<'a>> {
    let mut known = KnownCells::default();
    cut(tables).into_iter().map(move |form| form.read(tables.words, &mut known))
}

fn cut(tables: Tables<'_>) -> Vec<CutForm<'_>> {
    let known = KnownSigns { words: tables.words, signs: FxHashMap::default() };
    let mut cutter = Cutter { tables, known, forms: Vec::new(), open: None };
    for (index, block) in tables.document.blocks.iter().enumerate().skip(tables.body) {
        let Block::Table(table) = block else {
            // Text between two tables ends a form unless it is the title of its next page.
            continue;
        };
        let number = u32::try_from(index).unwrap_or(u32::MAX);
        // A form that has lost its rules has lost which cells belong together.
        let is_known = table.columns == Columns::Known;
        if !is_known || tables.taken.binary_search(&number).is_ok() {
            cutter.open = None;
            continue;
        }
        for rows in segments(&mut cutter.known, table) {
            cutter.add(index, rows);
        }
    }
    cutter.forms
}

struct Cutter<'a> {
    tables: Tables<'a>,
    known: KnownSigns<'a>,
    forms: Vec<CutForm<'a>>,
    /// The name of the form that the next table may go on with, when there is one.
    open: Option<Option<Cow<'a, str>>>,
}

impl<'a> Cutter<'a> {
    /// Takes rows as a form, as the next page of the last one, or as neither.
    fn add(&mut self, index: usize, rows: &'a [Row]) {
        let signs = signs(self.tables, &mut self.known, index, rows);
        let part = FormPart { block: u32::try_from(index).unwrap_or(u32::MAX), rows };
        let is_next_page = self.open.as_ref().is_some_and(|open| match &signs.name {
            Some(_) => signs.name == *open && !signs.has_head,
            None => !signs.has_head || !(signs.is_whole || signs.is_project),
        });
        let is_form = signs.is_whole || signs.is_project || signs.has_indicators;
        if is_next_page && (is_form || signs.has_head || continues(rows)) {
            if let Some(form) = self.forms.last_mut() {
                form.first_page_lost &= !signs.has_head;
                form.scale = form.scale.or(signs.scale);
                form.parts.push(part);
            }
        } else if is_form || self.leads(index, rows) {
            self.forms.push(CutForm {
                is_whole: signs.is_whole && !signs.is_project,
                first_page_lost: !signs.has_head,
                scale: signs.scale,
                parts: vec![part],
            });
            self.open = Some(signs.name);
        } else {
            self.open = None;
        }
    }

    /// Whether rows that only name a project are the head of a form in several tables: one of the
    /// tables that directly follow has indicators.
    fn leads(&mut self, index: usize, rows: &'a [Row]) -> bool {
        let words = self.tables.words;
        let next = self.tables.document.blocks.get(index + 1..).unwrap_or_default();
        let tables = next.iter().map_while(|block| match block {
            Block::Table(table) => Some(table),
            _ => None,
        });
        let is_head = |row: &Row| {
            let cells = row.cells.iter().map(|cell| fold(cell.text.as_str()));
            cells.filter(|cell| words.column_role(cell).is_some()).count() >= INDICATOR_COLUMNS
        };
        rows.iter().any(|row| named(&mut self.known, row).is_some())
            && tables.take(MOST_TABLES).any(|table| table.rows.iter().take(2).any(is_head))
    }
}

/// The rows of a table, cut where another form begins below the end of one: a row that names
/// another project, with the title above it.
fn segments<'a>(known: &mut KnownSigns<'a>, table: &'a Table) -> Vec<&'a [Row]> {
    let mut segments = Vec::new();
    let (mut start, mut open): (usize, Option<Cow<'a, str>>) = (0, None);
    for (at, row) in table.rows.iter().enumerate() {
        let Some(name) = named(known, row) else { continue };
        if open.as_ref().is_some_and(|open| *open != name) {
            let above = table.rows.get(start..at).unwrap_or_default();
            let titles = above.iter().rev().take_while(|row| is_title(known.words, row)).count();
            segments.extend(table.rows.get(start..at - titles));
            start = at - titles;
        }
        open = Some(name);
    }
    segments.extend(table.rows.get(start..));
    segments
}

/// What the text of a cell tells of the form that it stands in.
struct Sign<'a> {
    folded: Cow<'a, str>,
    is_whole: bool,
    is_project: bool,
    scale: Option<Scale>,
    /// Whether it is the head of an indicator column, or the name of a group of indicators.
    is_column: bool,
    is_group: bool,
    /// The role it has as a label; `role` is known although a value stands behind it, too.
    label: Option<&'a str>,
    role: Option<&'a str>,
}

impl<'a> Sign<'a> {
    fn of(words: &'a PerformanceForms, text: &'a str) -> Self {
        let folded = fold(text);
        Self {
            is_whole: words.whole_titles.occur_in(&folded),
            is_project: words.project_titles.occur_in(&folded),
            scale: scale_in(words, &folded),
            is_column: words.column_role(&folded).is_some(),
            is_group: words.groups.iter().any(|group| *folded == **group),
            label: words.label_role(&folded),
            role: role(words, &folded),
            folded,
        }
    }
}

/// The signs of texts that were met: most stand in every form.
struct KnownSigns<'a> {
    words: &'a PerformanceForms,
    signs: FxHashMap<&'a str, Sign<'a>>,
}

impl<'a> KnownSigns<'a> {
    /// Of a cell that is not too long for a label.
    fn of(&mut self, cell: &'a Cell) -> Option<&Sign<'a>> {
        let text = cell.text.as_str();
        if text.len() > LONGEST_LABEL {
            return None;
        }
        Some(self.signs.entry(text).or_insert_with(|| Sign::of(self.words, text)))
    }
}

/// The project that a row names at its start.
fn named<'a>(known: &mut KnownSigns<'a>, row: &'a Row) -> Option<Cow<'a, str>> {
    let words = known.words;
    let mut cells = row.cells.iter().filter(|cell| !cell.text.is_blank());
    let first = known.of(cells.next()?)?;
    if first.label == Some("name") {
        let next = fold(cells.next()?.text.as_str());
        let is_head = words.label_role(&next).or_else(|| words.task_role(&next)).is_some();
        return (!is_head).then_some(next);
    }
    let inside = (first.role == Some("name")).then(|| name_inside(words, &first.folded))?;
    inside.map(|name| Cow::Owned(name.to_owned()))
}

/// Whether a row holds nothing but the title of a form.
fn is_title(words: &PerformanceForms, row: &Row) -> bool {
    let mut cells = row.cells.iter().filter(|cell| !cell.text.is_blank());
    let is_one = |cell: &Cell| words.project_titles.occur_in(&fold(cell.text.as_str()));
    cells.next().is_some_and(is_one) && cells.next().is_none()
}

fn signs<'a>(
    tables: Tables<'a>,
    known: &mut KnownSigns<'a>,
    index: usize,
    rows: &'a [Row],
) -> Signs<'a> {
    let words = tables.words;
    let mut signs = Signs {
        is_whole: false,
        is_project: false,
        name: None,
        has_head: false,
        has_indicators: false,
        scale: None,
    };
    let mut columns = 0;
    for row in rows.iter().take(14) {
        let mut cells = row.cells.iter().filter(|cell| !cell.text.is_blank()).peekable();
        while let Some(cell) = cells.next() {
            let Some(sign) = known.of(cell) else { continue };
            signs.is_whole |= sign.is_whole;
            signs.is_project |= sign.is_project;
            if columns < INDICATOR_COLUMNS {
                signs.scale = signs.scale.or(sign.scale);
            }
            columns += usize::from(sign.is_column);
            signs.has_indicators |= sign.is_group;
            match sign.role {
                Some("name" | "whole_name") if signs.name.is_none() => {
                    let inside = name_inside(words, &sign.folded).map(str::to_owned);
                    let next = || cells.peek().map(|next| fold(next.text.as_str()));
                    signs.name = inside.map(Cow::Owned).or_else(next);
                }
                Some("budget" | "executed" | "goal" | "income_budget" | "expenditure_budget") => {
                    signs.has_head = true;
                }
                _ => {}
            }
        }
    }
    signs.has_indicators |= columns >= INDICATOR_COLUMNS;
    if signs.has_head || signs.has_indicators {
        lines_above(tables, index, &mut signs);
    }
    signs
}

/// Title and unit may stand in the text above the table.
fn lines_above(tables: Tables<'_>, index: usize, signs: &mut Signs<'_>) {
    let words = tables.words;
    let above = tables.document.blocks.get(index.saturating_sub(3)..index).unwrap_or_default();
    let lacks_title = !signs.is_whole && !signs.is_project;
    for text in above.iter().rev().map_while(Block::text) {
        let folded = fold(text.as_str());
        if folded.chars().count() > 60 {
            break;
        }
        signs.is_whole |= lacks_title && words.whole_titles.occur_in(&folded);
        signs.is_project |= lacks_title && words.project_titles.occur_in(&folded);
        signs.scale = signs.scale.or_else(|| scale_in(words, &folded));
    }
}

/// The unit of money that a line or the label of an amount names: 金额单位：元, 全年预算数（元）.
fn scale_in(words: &PerformanceForms, folded: &str) -> Option<Scale> {
    let named = |open: &str, close: &[char]| {
        let (_, rest) = folded.split_once(open)?;
        Scale::from_label(rest.split(close).next().unwrap_or(rest))
    };
    let is_amount = || words.funds_labels.occur_in(folded);
    named("单位:", &[')', ',', ';']).or_else(|| named("(", &[')']).filter(|_| is_amount()))
}

/// Whether the rows of a table without title look like indicators: scores at the end.
fn continues(rows: &[Row]) -> bool {
    let has_numbers = |row: &Row| {
        let is_number = |cell: &&Cell| {
            let text = cell.text.as_str().trim();
            !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b'%'))
        };
        row.cells.iter().filter(is_number).count() >= 2
    };
    rows.iter().any(has_numbers)
}
