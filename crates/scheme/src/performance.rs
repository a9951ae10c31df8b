//! Words of performance self-evaluation: what forms, heads, columns and levels are called.

use std::collections::BTreeMap;
use std::sync::Arc;

use borsh::{BorshDeserialize, BorshSerialize};
use juesuan_model::{Operator, fold};
use rustc_hash::FxHashMap;
use serde::Deserialize;

use crate::Words;

/// The labels by which performance forms and summaries are recognised.
#[derive(Clone, Debug, Default, BorshDeserialize, BorshSerialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PerformanceForms {
    /// Words in titles of project forms.
    pub project_titles: Words,
    /// Words in titles of whole-department forms.
    pub whole_titles: Words,
    /// Labels that print the unit of the form's amounts behind them: 项目资金（元）.
    pub funds_labels: Words,
    /// Labels of head and foot by role: `name`, `budget`, `total` and so on.
    pub labels: Roles,
    /// Heads of the indicator columns by role.
    pub columns: Roles,
    /// Heads of the task columns of whole-department forms by role.
    pub task_columns: Roles,
    /// Names of first-level indicators.
    pub groups: Vec<Arc<str>>,
    /// Endings of names of second-level indicators.
    pub subgroups: Vec<Arc<str>>,
    /// Signs and words of operators.
    pub operators: BTreeMap<Arc<str>, Arc<str>>,
    /// Levels of qualitative indicators.
    #[serde(rename = "level")]
    pub levels: Vec<LevelWords>,
    /// Words of the summaries in the narrative.
    pub summary: SummaryWords,
}

/// A level of qualitative indicators.
#[derive(Clone, Debug, BorshDeserialize, BorshSerialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LevelWords {
    /// Words that open its name.
    pub words: Vec<Arc<str>>,
    /// The least it gives, in percent.
    pub from: u32,
    /// The most it gives, in percent.
    pub to: u32,
}

/// Words of the summaries in the narrative.
#[derive(Clone, Debug, Default, BorshDeserialize, BorshSerialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SummaryWords {
    /// Words in headings under which the summaries stand.
    pub scope: Vec<Arc<str>>,
    /// Words of which two mark a paragraph as a summary although its name has no usual end.
    pub signs: Vec<Arc<str>>,
    /// The word after which the score stands.
    pub score_word: Arc<str>,
    /// Words before it that name no project: 项目绩效, 本项目.
    pub generic: Vec<Arc<str>>,
    /// Words that mark an execution as intended only.
    pub intended: Vec<Arc<str>>,
    /// What ends the project's name at the start of a summary.
    pub name_ends: Vec<Arc<str>>,
    /// Words that open the problems found.
    pub problems: Vec<Arc<str>>,
    /// Words that open the measures to take.
    pub measures: Vec<Arc<str>>,
    /// Words that mean none.
    pub none: Vec<Arc<str>>,
    /// Units of what is counted in running text and broken down behind 其中.
    pub counts: Vec<Arc<str>>,
    /// Units that can follow a counted claim, longest first.
    pub units: Words,
    /// What is dropped from names before they are compared.
    pub name_noise: Vec<Arc<str>>,
}

impl SummaryWords {
    /// Whether a text only says that there is nothing to say.
    #[must_use]
    pub fn says_none(&self, text: &str) -> bool {
        let folded = fold(text);
        let bare = folded.trim_end_matches('。');
        // Folding makes no word longer.
        let mut likely = self.none.iter().filter(|word| word.len() >= bare.len());
        likely.any(|word| fold(word).trim_end_matches('。') == bare)
    }
}

impl PerformanceForms {
    /// The role of a label of head or foot.
    #[must_use]
    pub fn label_role(&self, folded: &str) -> Option<&str> {
        self.labels.of(folded)
    }

    /// The role of a head of an indicator column.
    #[must_use]
    pub fn column_role(&self, folded: &str) -> Option<&str> {
        self.columns.of(folded)
    }

    /// The role of a head of a task column.
    #[must_use]
    pub fn task_role(&self, folded: &str) -> Option<&str> {
        self.task_columns.of(folded)
    }

    /// The operator of a sign or word.
    #[must_use]
    pub fn operator(&self, folded: &str) -> Option<Operator> {
        let id = self.operators.get(folded)?;
        Some(match &**id {
            ">=" => Operator::AtLeast,
            ">" => Operator::MoreThan,
            "<=" => Operator::AtMost,
            "<" => Operator::LessThan,
            _ => Operator::Equal,
        })
    }

    /// The level whose words open `folded`.
    #[must_use]
    pub fn level(&self, folded: &str) -> Option<&LevelWords> {
        self.levels.iter().find(|level| level.words.iter().any(|word| folded.starts_with(&**word)))
    }
}

/// Labels and their roles. Every cell of every form is looked up here.
#[derive(Clone, Debug, Default, BorshDeserialize, BorshSerialize, Deserialize)]
#[serde(from = "BTreeMap<Arc<str>, Vec<Arc<str>>>")]
pub struct Roles {
    by_label: FxHashMap<Arc<str>, Arc<str>>,
    /// Bytes of the longest label.
    longest: usize,
    /// A bit for every length that a label has, the last for all longer ones.
    lengths: u64,
}

impl From<BTreeMap<Arc<str>, Vec<Arc<str>>>> for Roles {
    fn from(roles: BTreeMap<Arc<str>, Vec<Arc<str>>>) -> Self {
        let mut all = Self::default();
        for (role, labels) in roles {
            for label in labels {
                all.longest = all.longest.max(label.len());
                all.lengths |= length_bit(&label);
                all.by_label.entry(label).or_insert_with(|| role.clone());
            }
        }
        all
    }
}

fn length_bit(label: &str) -> u64 {
    1 << label.len().min(63)
}

impl Roles {
    /// The role one of whose labels, unit and notes in brackets aside, is `folded`; the first by
    /// name when the words with and without brackets have different roles.
    #[must_use]
    pub fn of(&self, folded: &str) -> Option<&str> {
        let near = folded.as_bytes().get(..folded.len().min(self.longest.saturating_add(1)))?;
        let bare = memchr::memchr(b'(', near).and_then(|at| folded.get(..at));
        let bare = bare.filter(|bare| !bare.is_empty());
        let roles = [self.exactly(folded), bare.and_then(|bare| self.exactly(bare))];
        roles.into_iter().flatten().min()
    }

    fn exactly(&self, label: &str) -> Option<&str> {
        let known = (self.lengths & length_bit(label) != 0).then(|| self.by_label.get(label))?;
        known.map(|role| &**role)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dashes_and_full_stops_say_nothing() {
        let words =
            SummaryWords { none: vec!["无".into(), "——".into()], ..Default::default() };
        assert!(["无", "无。", " 无", "——"].iter().all(|text| words.says_none(text)));
        assert!(!words.says_none("无法按期完工"));
    }
}
