//! Which table is which form: by the title above or in it, else by its rows and heads.

use std::borrow::Cow;

use juesuan_model::{Block, Columns, Document, Row, Table};
use juesuan_scheme::performance::PerformanceForms;
use juesuan_scheme::{Form, Layout, Scheme};
use rustc_hash::FxHashSet;

use crate::bind::words::fold;

/// How many blocks above a table can belong to its head.
const HEAD: usize = 8;

/// A form and the tables that make it up.
pub(in crate::bind) struct Found<'a> {
    pub(in crate::bind::forms) form: &'a Form,
    pub(in crate::bind::forms) parts: Vec<Part>,
    /// Whether it counts only where no other table is the form.
    is_spare: bool,
}

/// A table of a form; a form continued over pages has several.
#[derive(Clone, Copy, Debug)]
pub(super) struct Part {
    /// The table.
    pub(super) block: u32,
    /// The first block of the head above it; the table itself when it has none.
    pub(super) head: u32,
    /// Whether the title stands there.
    pub(super) is_titled: bool,
}

/// Finds the forms in the order they stand; the body begins with block `body`.
pub(in crate::bind) fn find<'a>(
    document: &'a Document,
    scheme: &'a Scheme,
    body: usize,
) -> Vec<Found<'a>> {
    let titles = Titles::new(scheme);
    let mut all: Vec<Found<'a>> = Vec::new();
    let mut open = false;
    for (index, block) in document.blocks.iter().enumerate().skip(body) {
        let Block::Table(table) = block else { continue };
        let is_guess = table.columns == Columns::Guessed;
        if is_guess || is_performance(table, &scheme.performance) {
            open = false;
            continue;
        }
        let head = head_start(document, index);
        let title = titles.in_head(document, head, index, table);
        let part = |is_titled| Part {
            block: u32::try_from(index).unwrap_or(u32::MAX),
            head: u32::try_from(if is_titled { head } else { index }).unwrap_or(u32::MAX),
            is_titled,
        };
        let last = all.last_mut().filter(|_| open);
        match (title, last) {
            (Some(Named::Other), _) => {
                open = false;
                continue;
            }
            (Some(Named::Form(form, is_spare)), Some(last))
                if last.form.id == form.id && last.is_spare == is_spare =>
            {
                last.parts.push(part(true));
            }
            (Some(Named::Form(form, is_spare)), _) => {
                all.push(Found { form, parts: vec![part(true)], is_spare });
            }
            (None, Some(last))
                if continues(table, last.form, scheme)
                    || repeats_head(document, last, index, table) =>
            {
                last.parts.push(part(false));
            }
            (None, _) => {
                let taken: FxHashSet<&str> = all.iter().map(|found| &*found.form.id).collect();
                let Some(form) = by_content(table, scheme, &taken) else {
                    open = false;
                    continue;
                };
                all.push(Found { form, parts: vec![part(false)], is_spare: false });
            }
        }
        open = true;
    }
    let whole: FxHashSet<&str> =
        all.iter().filter(|found| !found.is_spare).map(|found| &*found.form.id).collect();
    all.retain(|found| !found.is_spare || !whole.contains(&*found.form.id));
    stand_in(&mut all, scheme);
    all
}

/// A table that some places publish beside a form is that form where the document has no other.
fn stand_in<'a>(all: &mut [Found<'a>], scheme: &'a Scheme) {
    let have: FxHashSet<&str> = all.iter().map(|found| &*found.form.id).collect();
    for found in all {
        let instead = found.form.instead_of.as_deref().filter(|id| !have.contains(id));
        found.form = instead.and_then(|id| scheme.form(id)).unwrap_or(found.form);
    }
}

/// Whether a table is a performance form.
pub(super) fn is_performance(table: &Table, words: &PerformanceForms) -> bool {
    let cells = table.rows.iter().take(8).flat_map(|row| &row.cells);
    let mut labels = 0;
    for cell in cells.filter(|cell| !cell.text.is_blank() && cell.text.as_str().len() < 120) {
        let folded = fold(cell.text.as_str());
        if words.project_titles.occur_in(&folded) || words.whole_titles.occur_in(&folded) {
            return true;
        }
        labels += usize::from(words.column_role(&folded).is_some());
        labels += 3 * usize::from(words.groups.iter().any(|group| *folded == **group));
    }
    labels >= 3
}

/// The first block above a table that can belong to its head.
fn head_start(document: &Document, table: usize) -> usize {
    let mut start = table;
    for index in (table.saturating_sub(HEAD)..table).rev() {
        let Some(text) = document.blocks.get(index).and_then(Block::text) else { break };
        if text.as_str().chars().count() > 120 {
            break;
        }
        start = index;
    }
    start
}

/// What a title names.
#[derive(Clone, Copy)]
enum Named<'a> {
    /// A statutory form, and whether its title may also be that of a further table.
    Form(&'a Form, bool),
    /// A table that places publish beside them.
    Other,
}

/// The folded titles of all forms and of other tables, longest first: a short title is part of
/// longer ones.
struct Titles<'a>(Vec<(Cow<'a, str>, Named<'a>)>);

impl<'a> Titles<'a> {
    fn new(scheme: &'a Scheme) -> Self {
        let others = &scheme.structure.other_tables;
        let mut titles: Vec<(Cow<'_, str>, Named<'_>)> = Vec::new();
        for form in &scheme.forms {
            for title in std::iter::once(&form.title).chain(&form.aliases) {
                titles.push((fold(title), Named::Form(form, others.contains(title))));
            }
        }
        titles.extend(others.iter().map(|title| (fold(title), Named::Other)));
        titles.sort_by_key(|(title, _)| std::cmp::Reverse(title.len()));
        Self(titles)
    }

    /// What the title names that stands nearest above the table, or in its first rows.
    fn in_head(
        &self,
        document: &Document,
        start: usize,
        end: usize,
        table: &Table,
    ) -> Option<Named<'a>> {
        let mut rows = table.rows.iter().take(HEAD).map(|row| self.in_row(row));
        let inside = rows.by_ref().take(3).flatten().next();
        // A list of the tables names one in each row.
        if inside.is_some() && rows.flatten().count() > 1 {
            return Some(Named::Other);
        }
        inside.or_else(|| {
            let above = document.blocks.get(start..end)?.iter().rev();
            above
                .filter_map(Block::text)
                .find_map(|text| text.as_str().lines().rev().find_map(|line| self.named(line)))
        })
    }

    fn in_row(&self, row: &Row) -> Option<Named<'a>> {
        row.cells.iter().find_map(|cell| self.named(cell.text.as_str()))
    }

    /// What a line names: the title may stand with number, year or department.
    fn named(&self, line: &str) -> Option<Named<'a>> {
        if line.len() > 240 || line.len() < 9 {
            return None;
        }
        let folded = fold(line);
        // A note below the form before speaks of a table too.
        if folded.contains("反映") || folded.contains('。') {
            return None;
        }
        self.0.iter().find(|(title, _)| folded.contains(&**title)).map(|(_, named)| *named)
    }
}

/// Whether a table without title goes on with the rows of `form`.
fn continues(table: &Table, form: &Form, scheme: &Scheme) -> bool {
    let Some(row) = table.rows.first() else { return false };
    let first = row.cells.iter().find(|cell| !cell.text.is_blank());
    let Some(first) = first.map(|cell| fold(cell.text.as_str())) else { return false };
    match form.layout {
        Layout::Tree | Layout::Blocks => {
            (3..=7).contains(&first.len()) && first.bytes().all(|b| b.is_ascii_digit())
                || scheme.structure.total_labels.iter().any(|label| *first == **label)
        }
        Layout::Sides | Layout::Rows => {
            matches(&labels_of(table), form) > 0 && !has_head(table, form)
        }
    }
}

/// Whether a table without title begins like the form above it: a page later its heads are printed
/// again.
fn repeats_head(document: &Document, last: &Found<'_>, index: usize, table: &Table) -> bool {
    let (Some(first), Some(end)) = (last.parts.first(), last.parts.last()) else { return false };
    let Some(Block::Table(form)) = document.blocks.get(first.block as usize) else { return false };
    let texts = |table: &Table| -> Option<Vec<String>> {
        let cells = table.rows.first()?.cells.iter();
        let texts = cells.filter(|cell| !cell.text.is_blank());
        Some(texts.map(|cell| fold(cell.text.as_str()).into_owned()).collect())
    };
    let between = document.blocks.get(end.block as usize + 1..index).unwrap_or_default();
    // Another title that is not known begins another table.
    let is_title = |block: &Block| block.text().is_some_and(|t| fold(t.as_str()).ends_with('表'));
    let heads = texts(form).filter(|heads| heads.len() > 1);
    heads.is_some() && heads == texts(table) && !between.iter().any(is_title)
}

fn has_head(table: &Table, form: &Form) -> bool {
    table.rows.iter().take(4).flat_map(|row| &row.cells).any(|cell| {
        let folded = fold(cell.text.as_str());
        form.columns.iter().any(|column| *folded == *fold(&column.head))
    })
}

/// What the cells of a table print as labels.
fn labels_of(table: &Table) -> FxHashSet<Cow<'_, str>> {
    let cells = table.rows.iter().take(80).flat_map(|row| &row.cells);
    let texts = cells.map(|cell| cell.text.as_str()).filter(|text| text.len() < 120);
    texts.map(super::sheet::bare_label).collect()
}

/// How many rows and heads of a form are among the labels of a table.
fn matches(printed: &FxHashSet<Cow<'_, str>>, form: &Form) -> usize {
    let mut labels: FxHashSet<Cow<'_, str>> = FxHashSet::default();
    for row in &form.rows {
        labels.extend(std::iter::once(&row.label).chain(&row.aliases).map(|label| fold(label)));
    }
    labels.extend(form.columns.iter().map(|column| fold(&column.head)));
    labels.intersection(printed).count()
}

/// The form that a table without title resembles most, when it does so clearly.
fn by_content<'a>(table: &Table, scheme: &'a Scheme, taken: &FxHashSet<&str>) -> Option<&'a Form> {
    let printed = labels_of(table);
    let free = scheme.forms.iter().filter(|form| !taken.contains(&*form.id));
    let mut scored: Vec<(usize, &Form)> = free
        .map(|form| {
            let all = form.rows.len() + form.columns.len();
            (matches(&printed, form) * 100 / all.max(1), form)
        })
        .collect();
    scored.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
    match scored.as_slice() {
        [(best, form), (second, _), ..] if *best >= 60 && best > second => Some(form),
        _ => None,
    }
}
