//! In which part of a document a figure stands.

use std::sync::Arc;

use juesuan_model::{Block, Place};

use crate::house::Examined;

/// A part of a document.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Zone {
    /// A statutory form, by its position in the scheme and its id.
    Form(usize, Arc<str>),
    /// Running text but for the paragraphs on projects.
    Narrative,
    /// A paragraph that summarises the self-evaluation of a project.
    Project,
    /// A project's self-evaluation form.
    Evaluation,
    /// A self-evaluation form of the whole department or of a unit.
    Whole,
    /// Anything else, as tables that were not recognised.
    Other,
}

/// The parts of a document, found by place.
pub struct Zones {
    /// Where blocks begin, and what they are when that is one thing.
    blocks: Vec<(Place, Option<Zone>)>,
    /// Where passages begin, and whether they are about a project.
    passages: Vec<(Place, bool)>,
}

impl Zones {
    /// Finds the parts; `forms` are the ids of the statutory forms in their order.
    #[must_use]
    pub fn of(examined: &Examined, forms: &[Arc<str>]) -> Self {
        let accounts = &examined.accounts;
        let mut kinds: Vec<Option<Zone>> = vec![None; examined.document.blocks.len()];
        for (_, fact) in accounts.facts.iter() {
            let form = &fact.subject.form;
            let zone = match &**form {
                "evaluation" | "indicator" | "funding" => Zone::Evaluation,
                "whole" | "task" | "whole_indicator" => Zone::Whole,
                _ => match forms.iter().position(|id| id == form) {
                    Some(position) => Zone::Form(position, form.clone()),
                    None => continue,
                },
            };
            if let Some(kind) = usize::try_from(fact.block).ok().and_then(|at| kinds.get_mut(at)) {
                kind.get_or_insert(zone);
            }
        }
        let blocks = examined.document.blocks.iter().zip(kinds).map(|(block, kind)| {
            let is_table = matches!(block, Block::Table(_));
            (block.start(), kind.or(is_table.then_some(Zone::Other)))
        });
        let about_projects: Vec<usize> =
            accounts.summaries.iter().map(|summary| summary.passage).collect();
        let passages = accounts.passages.iter().enumerate();
        let passages = passages
            .map(|(index, passage)| (passage.text.start(), about_projects.contains(&index)));
        Self { blocks: blocks.collect(), passages: passages.collect() }
    }

    /// The part in which a place lies.
    #[must_use]
    pub fn at(&self, place: Place) -> Zone {
        let key = |place: Place| (place.line, place.column);
        let is_before = |start: Place| key(start) <= key(place);
        let block = self.blocks.iter().rev().find(|(start, _)| is_before(*start));
        match block {
            None => Zone::Other,
            Some((_, Some(zone))) => zone.clone(),
            Some((_, None)) => {
                let passage = self.passages.iter().rev().find(|(start, _)| is_before(*start));
                if passage.is_some_and(|(_, about_project)| *about_project) {
                    Zone::Project
                } else {
                    Zone::Narrative
                }
            }
        }
    }
}
