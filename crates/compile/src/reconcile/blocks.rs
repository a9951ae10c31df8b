//! A publication and a document as blocks that can be held against each other: a heading, a
//! paragraph or a row of a table each.

use std::sync::Arc;

use juesuan_model::{Block, Document, Element, PrintedTable, Publication, Run, runs_text};
use rustc_hash::{FxHashMap, FxHashSet};

use super::stretches::{Source, Stretch};

/// A block of a publication.
#[derive(Debug)]
pub(super) struct Expected {
    /// The heading that it stands below.
    pub(super) section: Arc<str>,
    /// Its cells; a paragraph has one.
    pub(super) cells: Vec<Vec<Stretch>>,
    pub(super) key: String,
    /// Whether a medium may do without it: cover, contents, titles and captions of tables.
    pub(super) is_optional: bool,
}

/// A block of a document.
#[derive(Debug)]
pub(super) struct Found {
    pub(super) cells: Vec<String>,
    pub(super) key: String,
}

/// What parts the cells of a row in its key.
const CELL: char = '\u{1f}';

/// What blocks are compared by: all but blanks.
fn key<'t>(cells: impl Iterator<Item = &'t str>) -> String {
    let mut key = String::new();
    for (at, cell) in cells.enumerate() {
        if at > 0 {
            key.push(CELL);
        }
        key.extend(cell.chars().filter(|c| !c.is_whitespace()));
    }
    key
}

/// The blocks of a document; lines of its contents are left out, since programs make them anew.
pub(super) fn found(document: &Document, expected: &[Expected]) -> Vec<Found> {
    let known: FxHashSet<&str> = expected.iter().map(|block| block.key.as_str()).collect();
    let is_of_contents = |key: &str| without_page(key).is_some_and(|title| known.contains(title));
    let mut out = Vec::new();
    let mut push = |cells: Vec<String>| {
        let key = key(cells.iter().map(String::as_str));
        if key.chars().any(|c| c != CELL) && !is_of_contents(&key) {
            out.push(Found { cells, key });
        }
    };
    for block in &document.blocks {
        match block {
            Block::Heading(heading) => push(vec![heading.text.as_str().to_owned()]),
            Block::Paragraph(text) => push(vec![text.as_str().to_owned()]),
            Block::Table(table) => {
                for row in &table.rows {
                    push(row.cells.iter().map(|cell| cell.text.as_str().to_owned()).collect());
                }
            }
        }
    }
    out
}

/// The blocks of a publication.
pub(super) fn expected(publication: &Publication) -> Vec<Expected> {
    let mut blocks = Blocks::default();
    blocks.optional(&publication.title);
    publication.subtitles.iter().for_each(|line| blocks.optional(line));
    blocks.optional(&publication.department);
    for element in &publication.elements {
        match element {
            Element::Heading { runs, .. } => {
                blocks.section = runs_text(runs).into();
                blocks.push(&[runs]);
            }
            Element::Paragraph(runs) => blocks.push(&[runs]),
            Element::Contents => blocks.optional("目录"),
            Element::Table(table) => blocks.table(table),
        }
    }
    blocks.out
}

#[derive(Default)]
struct Blocks {
    out: Vec<Expected>,
    section: Arc<str>,
    /// How many times each subject was printed.
    counts: FxHashMap<Arc<str>, usize>,
}

impl Blocks {
    fn optional(&mut self, text: &str) {
        self.words(text, true);
    }

    fn words(&mut self, text: &str, is_optional: bool) {
        let cells = vec![vec![Stretch { text: text.to_owned(), source: Source::Words }]];
        let key = key([text].into_iter());
        if !key.is_empty() {
            self.out.push(Expected { section: self.section.clone(), cells, key, is_optional });
        }
    }

    fn table(&mut self, table: &PrintedTable) {
        self.optional(&table.title);
        self.optional(&table.number);
        self.optional(&table.caption.concat());
        for row in &table.rows {
            let cells: Vec<&[Run]> = row.iter().map(|cell| &*cell.runs).collect();
            self.push(&cells);
        }
        for note in &table.notes {
            self.words(note, false);
        }
    }

    fn push(&mut self, cells: &[&[Run]]) {
        let cells: Vec<Vec<Stretch>> = cells.iter().map(|runs| self.stretches(runs)).collect();
        let texts: Vec<String> = cells
            .iter()
            .map(|cell| cell.iter().map(|stretch| stretch.text.as_str()).collect())
            .collect();
        let key = key(texts.iter().map(String::as_str));
        if key.chars().any(|c| c != CELL) {
            let section = self.section.clone();
            self.out.push(Expected { section, cells, key, is_optional: false });
        }
    }

    /// The stretches of a line, words beside each other as one.
    fn stretches(&mut self, runs: &[Run]) -> Vec<Stretch> {
        let mut out: Vec<Stretch> = Vec::new();
        for run in runs {
            let source = match run {
                Run::Words(_) => Source::Words,
                Run::Stated(stated) => Source::Stated(stated.subject.clone()),
                Run::Figure(figure) => {
                    let count = self.counts.entry(figure.subject.clone()).or_default();
                    let before = *count;
                    *count = before.saturating_add(1);
                    Source::Figure(figure.subject.clone(), before)
                }
            };
            match out.last_mut() {
                Some(last) if source == Source::Words && last.source == Source::Words => {
                    last.text.push_str(run.text());
                }
                _ => out.push(Stretch { text: run.text().to_owned(), source }),
            }
        }
        out
    }
}

/// The title that a line of contents names: what stands before dots and the number of its page.
fn without_page(key: &str) -> Option<&str> {
    let bare = key.trim_end_matches(|c: char| c.is_ascii_digit());
    let title = bare.trim_end_matches(['…', '.', '·']);
    (title.len() < bare.len() && bare.len() < key.len()).then_some(title)
}
