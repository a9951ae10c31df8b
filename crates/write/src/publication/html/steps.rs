//! How the points of a self-evaluation form came to be: folded away below the form, for whoever wants to work
//! them out again. Paper goes without.

use std::collections::BTreeMap;

use juesuan_model::{Element, PrintedTable, Publication, Run, Score};

use crate::html::markup::Markup;

/// The scores of a publication, by the beginning of the subjects of their forms.
#[derive(Debug, Default)]
pub(super) struct Scores<'a>(BTreeMap<String, &'a Score>);

impl<'a> Scores<'a> {
    pub(super) fn of(publication: &'a Publication) -> Self {
        let keyed = |score: &'a Score| (format!("{}[{}", score.form, score.name), score);
        Self(publication.scores.iter().map(keyed).collect())
    }

    /// The score of a self-evaluation form, by the first of its figures that has one.
    fn of_table(&self, table: &PrintedTable) -> Option<&'a Score> {
        let runs = table.rows.iter().flatten().flat_map(|cell| &cell.runs);
        let subjects = runs.filter_map(|run| match run {
            Run::Figure(figure) => Some(&*figure.subject),
            Run::Words(_) | Run::Stated(_) => None,
        });
        let mut keys = subjects.filter_map(|subject| subject.rsplit_once("].").map(|(key, _)| key));
        keys.find_map(|key| self.0.get(key)).copied()
    }
}

/// Writes the steps to the points of a form, where there are any.
pub(super) fn write(m: &mut Markup, scores: &Scores<'_>, element: &Element) {
    let Element::Table(table) = element else { return };
    let Some(score) = scores.of_table(table) else { return };
    m.element("details", &[("class", "steps")], |m| {
        // Its name is in the head below it, and read out twice as text it would be a doubled word.
        let label = format!("{}的得分是怎么算出来的", score.name);
        m.leaf("summary", &[("aria-label", &label)], "得分是怎么算出来的");
        m.element("table", &[("class", "plain")], |m| {
            m.leaf("caption", &[("class", "unseen")], &format!("{}的得分计算步骤", score.name));
            m.element("thead", &[], |m| {
                m.element("tr", &[], |m| {
                    for head in ["得分项", "怎么算"] {
                        m.leaf("th", &[("scope", "col")], head);
                    }
                    m.leaf("th", &[("scope", "col"), ("class", "right")], "分");
                });
            });
            m.element("tbody", &[], |m| rows(m, score));
        });
    });
}

fn rows(m: &mut Markup, score: &Score) {
    for step in &score.steps {
        m.element("tr", &[], |m| {
            m.leaf("th", &[("scope", "row")], &step.label);
            m.leaf("td", &[], &step.how);
            m.leaf("td", &[("class", "right")], &format!("{:.2}", step.points));
        });
    }
}
