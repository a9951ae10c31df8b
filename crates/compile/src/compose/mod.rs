//! Accounts become a publication: the manuscript of the scheme, filled with facts.

mod evaluations;
mod forms;
mod line;
mod number;
mod pictures;

use std::sync::Arc;

use juesuan_model::{Element, Finding, Publication, Run};
use juesuan_scheme::formula::{Binding, RowRef, Source, holds};
use juesuan_scheme::manuscript::{Loop, Manuscript, Node, Numbering, Rows, TableForm};

use crate::accounts::Exact;
use crate::fault::{Code, Spot, fault};
use crate::ledger::in_order;

/// Composes the disclosure of a department. What is missing to write it is found fault with; the
/// publication then shows the gap.
#[must_use]
pub fn compose(
    manuscript: &Manuscript,
    exact: &Exact<'_>,
    department: &Arc<str>,
    year: i32,
) -> (Publication, Vec<Finding>) {
    let publication =
        Publication { department: department.clone(), year, ..Publication::default() };
    let mut composer = Composer::new(exact, &manuscript.layouts, publication);
    composer.nodes(&manuscript.nodes, "");
    (composer.publication, composer.findings)
}

struct Composer<'a> {
    exact: &'a Exact<'a>,
    /// How self-evaluation forms are laid out.
    layouts: &'a [TableForm],
    publication: Publication,
    /// Numbers of headings of four levels, then of paragraphs of three.
    counters: [u32; 7],
    /// The row that rows of a loop belong to.
    above: Arc<str>,
    findings: Vec<Finding>,
}

/// Where the counters of paragraphs begin.
const PARAGRAPHS: usize = 4;

impl<'a> Composer<'a> {
    fn new(exact: &'a Exact<'a>, layouts: &'a [TableForm], publication: Publication) -> Self {
        Self {
            exact,
            layouts,
            publication,
            counters: [0; 7],
            above: "".into(),
            findings: Vec::new(),
        }
    }
}

impl Composer<'_> {
    fn nodes(&mut self, nodes: &[Node], row: &str) {
        for node in nodes {
            self.node(node, row);
        }
    }

    fn node(&mut self, node: &Node, row: &str) {
        match node {
            Node::Title(line) => self.publication.title = self.words(line, row),
            Node::Subtitle(line) => {
                let line = self.words(line, row);
                self.publication.subtitles.push(line);
            }
            Node::Heading { level, is_numbered, line } => {
                let runs = self.runs(line, row);
                self.heading(*level, *is_numbered, runs);
            }
            Node::Paragraph { numbering, line } => {
                let runs = self.runs(line, row);
                if !runs.is_empty() {
                    let number = self.paragraph_number(*numbering);
                    self.push(Element::Paragraph(numbered(&number, runs)));
                }
            }
            Node::Contents => self.push(Element::Contents),
            Node::Form(Some(form)) => self.form(form),
            Node::Form(None) => self.all_forms(),
            Node::ProjectForm => self.evaluation_form("evaluation", row),
            Node::WholeForm => self.evaluation_form("whole", row),
            // Rows are printed by the form that they belong to.
            Node::Table(_) | Node::Row(_) => {}
            Node::Each { rows, body } => {
                for row in self.rows(rows, row) {
                    self.nodes(body, &row);
                }
            }
            Node::Picture { frame, body } => self.picture(frame, body, row),
            // Stands in pictures only, which draw it.
            Node::Bar { .. } => {}
            Node::When { condition, body, otherwise } => {
                let holds = self.holds(condition, row);
                self.nodes(if holds { body } else { otherwise }, row);
            }
        }
    }

    fn push(&mut self, element: Element) {
        self.publication.elements.push(element);
    }

    fn heading(&mut self, level: u8, is_numbered: bool, runs: Vec<Run>) {
        let at = usize::from(level).saturating_sub(1);
        let number = if is_numbered { self.next_number(at) } else { String::new() };
        self.restart(at);
        self.push(Element::Heading { level, runs: numbered(&number, runs) });
    }

    fn all_forms(&mut self) {
        let forms: Vec<(Arc<str>, Arc<str>)> = self
            .exact
            .scheme
            .forms
            .iter()
            .filter(|form| form.statutory)
            .map(|form| (form.id.clone(), form.title.clone()))
            .collect();
        for (id, title) in forms {
            self.heading(2, true, vec![Run::Words(title)]);
            self.form(&id);
        }
    }

    /// The next number of a counter, as it is printed.
    fn next_number(&mut self, at: usize) -> String {
        let count = self.counters.get_mut(at).map_or(0, |counter| {
            *counter = counter.saturating_add(1);
            *counter
        });
        match at {
            0 => format!("第{}部分 ", number::chinese(count)),
            1 => format!("{}、", number::chinese(count)),
            2 | PARAGRAPHS => format!("（{}）", number::chinese(count)),
            3 | 5 => format!("{count}."),
            _ => format!("（{count}）"),
        }
    }

    /// What stands below a heading or paragraph counts anew.
    fn restart(&mut self, at: usize) {
        self.counters.iter_mut().skip(at.saturating_add(1)).for_each(|counter| *counter = 0);
    }

    fn paragraph_number(&mut self, numbering: Numbering) -> String {
        let at = match numbering {
            Numbering::None => return String::new(),
            Numbering::Subsection => PARAGRAPHS,
            Numbering::Item => 5,
            Numbering::Subitem => 6,
        };
        self.restart(at);
        self.next_number(at)
    }

    fn holds(&mut self, condition: &juesuan_scheme::formula::Formula, row: &str) -> bool {
        let binding = Binding { row, column: "" };
        holds(condition, self.exact, binding).unwrap_or_else(|gap| {
            self.gap(row, &gap.0);
            false
        })
    }

    /// The rows that something is printed for.
    fn rows(&mut self, of: &Loop, current: &str) -> Vec<Arc<str>> {
        let exact = self.exact;
        let children = |row: &str| exact.rows(&of.form, &RowRef::Children, row);
        let mut rows: Vec<Arc<str>> = match &of.rows {
            Rows::Set(RowRef::All) => exact.rows_of(&of.form).to_vec(),
            Rows::Set(set) => exact.rows(&of.form, set, current),
            Rows::ItemsOfClass => children(current).iter().flat_map(|row| children(row)).collect(),
            Rows::Parts(parts) => {
                parts.iter().map(|part| format!("{current}.{part}").into()).collect()
            }
            Rows::Under(above) => above.iter().flat_map(|row| children(row)).collect(),
        };
        rows = in_order(&of.form, &rows, exact.ledger);
        if let Some(when) = &of.when {
            rows.retain(|row| self.holds(when, row));
        }
        rows
    }

    /// Says what is missing to write a sentence.
    fn gap(&mut self, about: &str, why: &str) {
        let spot = Spot { file: "文稿", sheet: "文稿", shown: about, ..Spot::default() };
        let finding = fault(Code::Words, spot, why.to_owned(), "在数据包里补上");
        if !self.findings.contains(&finding) {
            self.findings.push(finding);
        }
    }
}

fn numbered(number: &str, mut runs: Vec<Run>) -> Vec<Run> {
    if !number.is_empty() {
        // 16. and 2023年 must not run together into a decimal.
        let text = runs.first().map_or("", Run::text);
        let is_digit = text.starts_with(|c: char| c.is_ascii_digit());
        let number = match number.strip_suffix('.').filter(|_| is_digit) {
            Some(digits) => format!("{digits}、"),
            None => number.to_owned(),
        };
        runs.insert(0, Run::Words(number.into()));
    }
    runs
}
