//! All running text of a document: passages, and the texts in cells of performance forms.

use std::borrow::Cow;
use std::fmt;

use juesuan_model::{Accounts, Indicator, Passage, TextField, fold};

use crate::Spot;

/// A text with its folded form.
pub(crate) struct Words<'a> {
    pub(crate) folded: Cow<'a, str>,
    source: Source<'a>,
}

enum Source<'a> {
    Passage(&'a Passage),
    Cell(&'a TextField, CellName),
}

/// `evaluation[3].result` or `indicator[3.0].name`.
#[derive(Clone, Copy)]
struct CellName {
    form: &'static str,
    index: usize,
    position: Option<usize>,
    column: &'static str,
}

impl fmt::Display for CellName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}[{}", self.form, self.index)?;
        if let Some(position) = self.position {
            write!(f, ".{position}")?;
        }
        write!(f, "].{}", self.column)
    }
}

impl Words<'_> {
    /// The place of a part of the folded text. Cells are shown from their beginning.
    pub(crate) fn spot(&self, part: &str) -> Spot {
        match &self.source {
            Source::Passage(passage) => Spot::of_words(passage, part),
            Source::Cell(field, _) => Spot::from(*field),
        }
    }

    /// The place of bytes of the folded text.
    pub(crate) fn spot_at(&self, start: usize, end: usize) -> Spot {
        match &self.source {
            Source::Passage(passage) => Spot::in_passage(passage, start, end),
            Source::Cell(field, _) => Spot::from(*field),
        }
    }

    /// Whether the byte of the folded text is printed at the start of a line or behind a wide gap.
    pub(crate) fn is_set_apart(&self, at: usize) -> bool {
        let Source::Passage(passage) = &self.source else { return at == 0 };
        let (origin, gap) = gap_before(passage, at);
        // The number of an item is no part of its words.
        origin <= passage.number_length + gap.len()
            || gap.contains(['\n', '\t'])
            || gap.chars().count() > 1
    }

    /// Whether the byte of the folded text is printed behind a blank.
    pub(crate) fn is_behind_blank(&self, at: usize) -> bool {
        let Source::Passage(passage) = &self.source else { return false };
        !gap_before(passage, at).1.is_empty()
    }

    /// Whether the byte of the folded text is printed at the start of a line below one that is too
    /// short to have been broken for the page.
    pub(crate) fn is_below_title(&self, at: usize) -> bool {
        const SHORTEST_BROKEN: usize = 28;
        let Source::Passage(passage) = &self.source else { return false };
        let printed = passage.text.as_str();
        let (origin, _) = passage.folded.origin_range(printed, at, at);
        let before = printed.get(..origin).unwrap_or("");
        let above = before.trim_end();
        let line = above.rsplit('\n').next().unwrap_or("");
        before.get(above.len()..).is_some_and(|gap| gap.contains('\n'))
            && line.chars().count() < SHORTEST_BROKEN
    }

    /// `passage[12].x` or `evaluation[3].result.x`
    pub(crate) fn subject(&self, column: &str) -> String {
        match &self.source {
            Source::Passage(passage) => format!("passage[{}].{column}", passage.block),
            Source::Cell(_, name) => format!("{name}.{column}"),
        }
    }
}

/// Where a byte of the folded text is printed, and the blanks before it.
fn gap_before(passage: &Passage, at: usize) -> (usize, &str) {
    let printed = passage.text.as_str();
    let (origin, _) = passage.folded.origin_range(printed, at, at);
    let before = printed.get(..origin).unwrap_or("");
    (origin, before.get(before.trim_end().len()..).unwrap_or(""))
}

/// All texts in the order they stand.
pub(crate) fn texts(accounts: &Accounts) -> Vec<Words<'_>> {
    let passages = accounts.passages.iter().map(|passage| Words {
        folded: Cow::Borrowed(passage.folded.as_str()),
        source: Source::Passage(passage),
    });
    let mut all: Vec<Words<'_>> = passages.collect();
    for (index, form) in accounts.evaluations.iter().enumerate() {
        let own = CellName { form: "evaluation", index, position: None, column: "" };
        let (goal, result) = (form.goal.as_ref(), form.result.as_ref());
        push(&mut all, own, [("name", Some(&form.name)), ("goal", goal), ("result", result)]);
        indicators(&mut all, CellName { form: "indicator", ..own }, &form.indicators, |i| {
            [
                ("name", Some(&i.name)),
                ("reason", i.reason.as_ref()),
                ("measure", i.measure.as_ref()),
            ]
        });
    }
    for (index, form) in accounts.whole_evaluations.iter().enumerate() {
        let own = CellName { form: "whole", index, position: None, column: "" };
        push(&mut all, own, [("goal", form.goal.as_ref()), ("result", form.result.as_ref())]);
        indicators(&mut all, CellName { form: "whole_indicator", ..own }, &form.indicators, |i| {
            [("name", Some(&i.name)), ("reason", i.reason.as_ref())]
        });
    }
    all
}

/// Cells with the columns they stand in.
type Cells<'a, const N: usize> = [(&'static str, Option<&'a TextField>); N];

fn indicators<'a, const N: usize>(
    all: &mut Vec<Words<'a>>,
    form: CellName,
    indicators: &'a [Indicator],
    cells: impl Fn(&'a Indicator) -> Cells<'a, N>,
) {
    for (position, indicator) in indicators.iter().enumerate() {
        push(all, CellName { position: Some(position), ..form }, cells(indicator));
    }
}

fn push<'a, const N: usize>(all: &mut Vec<Words<'a>>, own: CellName, cells: Cells<'a, N>) {
    for (column, field) in cells {
        if let Some(field) = field.filter(|field| !field.text.is_empty()) {
            let source = Source::Cell(field, CellName { column, ..own });
            all.push(Words { folded: fold(&field.text), source });
        }
    }
}
