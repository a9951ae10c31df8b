//! All running text of a document: passages, and the texts in cells of performance forms.

use std::borrow::Cow;

use juesuan_model::{Passage, TextField};

use crate::words::fold;
use crate::{Context, Spot};

/// A text with its folded form.
pub(super) struct Words<'a> {
    pub(super) folded: Cow<'a, str>,
    source: Source<'a>,
}

enum Source<'a> {
    Passage(&'a Passage),
    Cell(&'a TextField, String),
}

impl Words<'_> {
    /// The place of a part of the folded text. Cells are shown from their beginning.
    pub(super) fn spot(&self, part: &str) -> Spot {
        match &self.source {
            Source::Passage(passage) => Spot::of_words(passage, part),
            Source::Cell(field, _) => Spot::from(*field),
        }
    }

    /// The place of bytes of the folded text.
    pub(super) fn spot_at(&self, start: usize, end: usize) -> Spot {
        match &self.source {
            Source::Passage(passage) => Spot::in_passage(passage, start, end),
            Source::Cell(field, _) => Spot::from(*field),
        }
    }

    /// `passage[12].x` or `evaluation[3].result`
    pub(super) fn subject(&self, column: &str) -> String {
        match &self.source {
            Source::Passage(passage) => format!("passage[{}].{column}", passage.block),
            Source::Cell(_, subject) => format!("{subject}.{column}"),
        }
    }
}

/// All texts in the order they stand.
pub(super) fn texts<'a>(context: &Context<'a>) -> Vec<Words<'a>> {
    let accounts = context.accounts;
    let mut all: Vec<Words<'a>> = accounts
        .passages
        .iter()
        .map(|passage| Words {
            folded: Cow::Borrowed(passage.folded.as_str()),
            source: Source::Passage(passage),
        })
        .collect();
    for (index, form) in accounts.evaluations.iter().enumerate() {
        let own = |column: &str| format!("evaluation[{index}].{column}");
        let heads = [
            (own("name"), Some(&form.name)),
            (own("goal"), form.goal.as_ref()),
            (own("result"), form.result.as_ref()),
        ];
        push(&mut all, heads);
        for (position, indicator) in form.indicators.iter().enumerate() {
            let own = |column: &str| format!("indicator[{index}.{position}].{column}");
            let cells = [
                (own("name"), Some(&indicator.name)),
                (own("reason"), indicator.reason.as_ref()),
                (own("measure"), indicator.measure.as_ref()),
            ];
            push(&mut all, cells);
        }
    }
    for (index, form) in accounts.whole_evaluations.iter().enumerate() {
        let own = |column: &str| format!("whole[{index}].{column}");
        push(&mut all, [(own("goal"), form.goal.as_ref()), (own("result"), form.result.as_ref())]);
        for (position, indicator) in form.indicators.iter().enumerate() {
            let own = |column: &str| format!("whole_indicator[{index}.{position}].{column}");
            push(
                &mut all,
                [(own("name"), Some(&indicator.name)), (own("reason"), indicator.reason.as_ref())],
            );
        }
    }
    all
}

fn push<'a, const N: usize>(all: &mut Vec<Words<'a>>, cells: [(String, Option<&'a TextField>); N]) {
    for (subject, field) in cells {
        if let Some(field) = field.filter(|field| !field.text.is_empty()) {
            all.push(Words {
                folded: Cow::Owned(fold(&field.text)),
                source: Source::Cell(field, subject),
            });
        }
    }
}
