//! Labels and values of a form's head and foot: a value follows its label in the row, or stands
//! under it when several labels form a head.

use juesuan_model::TextField;
use juesuan_scheme::performance::PerformanceForms;

use super::cut::{FormCell, FormRow};
use crate::bind::binder::Binder;
use crate::bind::words::{field, whole};

/// A cell of so many bytes is no label.
const LONGEST: usize = 90;

/// A label of a row and the cells up to the next one.
pub(super) struct Labelled<'r, 'a> {
    pub(super) role: &'r str,
    pub(super) label: &'r FormCell<'a>,
    pub(super) values: &'r [FormCell<'a>],
}

impl Labelled<'_, '_> {
    /// The number that converters put into the cell of the label: bytes of the cell's text.
    pub(super) fn number_inside(&self) -> Option<(usize, usize)> {
        let text = self.label.cell.text.as_str();
        let end = text.trim_end().len();
        let before = text.get(..end)?.trim_end_matches(is_of_number);
        (before.len() < end).then_some((before.len(), end))
    }

    /// The text behind the label in its own cell: 项目名称：道路养护.
    pub(super) fn text_inside(&self, words: &PerformanceForms, block: u32) -> Option<TextField> {
        name_inside(words, &self.label.folded)?;
        let text = &self.label.cell.text;
        let (at, colon) = text.as_str().match_indices([':', '：']).next()?;
        let inside = field(text, at + colon.len(), text.as_str().len(), block);
        Some(inside).filter(|inside| !inside.text.is_empty())
    }
}

/// The labels of a row with what follows each.
pub(super) fn labelled<'r, 'a>(row: &'r FormRow<'a>) -> Vec<Labelled<'r, 'a>> {
    let cells = row.cells.iter().enumerate();
    let roles: Vec<(usize, &str)> =
        cells.filter_map(|(index, cell)| Some((index, cell.label?))).collect();
    let ends = roles.iter().skip(1).map(|(index, _)| *index).chain([row.cells.len()]);
    roles
        .iter()
        .zip(ends)
        .filter_map(|((index, role), end)| {
            Some(Labelled {
                role,
                label: row.cells.get(*index)?,
                values: row.cells.get(index + 1..end)?,
            })
        })
        .collect()
}

/// Characters of amounts, rates and points.
const fn is_of_number(c: char) -> bool {
    matches!(c, '0'..='9' | '.' | ',' | '%')
}

/// The role of a label; converters put the value into the cell of its label now and then.
pub(super) fn role<'w>(words: &'w PerformanceForms, folded: &str) -> Option<&'w str> {
    if folded.len() >= LONGEST {
        return None;
    }
    let inside = || {
        let bare = folded.trim_end_matches(is_of_number);
        if bare.len() < folded.len() { words.label_role(bare.trim_end_matches(':')) } else { None }
    };
    let named = || words.label_role(name_inside(words, folded).and(folded.split(':').next())?);
    words.label_role(folded).or_else(inside).or_else(named)
}

/// The name that stands behind its label in one cell.
pub(super) fn name_inside<'t>(words: &PerformanceForms, folded: &'t str) -> Option<&'t str> {
    let (label, name) = folded.split_once(':')?;
    let is_name = |role: &str| matches!(role, "name" | "whole_name" | "department" | "unit");
    // 项目名称（全称：含年度） is a label altogether.
    let is_label = words.label_role(folded).is_some() || label.contains('(');
    (!is_label && !name.is_empty() && words.label_role(label).is_some_and(is_name)).then_some(name)
}

/// Goal and result that stand in one row, each behind its label.
pub(super) fn goal_and_result(
    labels: &[Labelled<'_, '_>],
    block: u32,
) -> Option<(TextField, TextField)> {
    let told = |role: &str| {
        // 年度总体目标 | 预期目标 | …: the first is the head of the row.
        let mut values = labels.iter().filter(|label| label.role == role).map(|l| l.values);
        values.find_map(<[_]>::first).map(|cell| whole(&cell.cell.text, block))
    };
    Some((told("goal")?, told("result")?))
}

/// Whether a row is a head over values: labels of amounts side by side and nothing else.
pub(super) fn is_head_over_values(labels: &[Labelled<'_, '_>]) -> bool {
    let amounts = labels.iter().filter(|label| {
        matches!(label.role, "budget" | "initial_budget" | "executed" | "rate") && is_bare(label)
    });
    amounts.count() >= 2
}

/// No number follows the label.
fn is_bare(label: &Labelled<'_, '_>) -> bool {
    label.values.iter().all(|cell| !cell.traits.number)
}

/// Whether a row has the sums of the indicators: 合计 and numbers.
pub(super) fn is_sum(binder: &Binder<'_>, row: &FormRow<'_>) -> bool {
    let labels = &binder.scheme.structure.total_labels;
    let Some((first, rest)) = row.cells.split_first() else { return false };
    labels.iter().any(|label| *first.folded == **label)
        && rest.iter().all(|cell| cell.traits.number)
}
