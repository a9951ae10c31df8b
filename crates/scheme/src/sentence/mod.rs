//! Sentences: one template for both ways, with slots bound to formulas.
//!
//! A template is written as the sentence is printed. `{name:kind}` is a slot, `[a|b]` a choice
//! (an empty part makes it optional), `…` any words up to what follows before a full stop or
//! semicolon, `……`
//! any words within the passage.

mod matcher;
mod openings;
mod scopes;
mod template;
mod vocabulary;

pub use matcher::{Capture, Match, find_all};
pub use openings::{Openings, Start};
pub use scopes::Scopes;
pub use template::{Piece, SlotKind, Template};
pub use vocabulary::{Vocabulary, WordList};

use std::sync::Arc;

use crate::error::SchemeError;
use crate::formula::{Expression, Formula, parse};
use borsh::{BorshDeserialize, BorshSerialize};

/// A sentence of a scheme.
#[derive(Clone, Debug, BorshDeserialize, BorshSerialize)]
pub struct Sentence {
    /// Its id; facts bound from it have the form `text` and rows that begin with it.
    pub id: Arc<str>,
    /// What it is called in reports.
    pub title: Arc<str>,
    /// Words of which one must occur in the section path; empty for anywhere.
    pub scope: Vec<Arc<str>>,
    /// Words of which none may occur in the section path.
    pub outside: Vec<Arc<str>>,
    /// Words behind which it does not begin: what it names is then part of a longer name.
    pub not_behind: Vec<Arc<str>>,
    /// The wordings in use, the preferred one first.
    pub templates: Vec<Template>,
    /// Slots that give the row: a label of a form, or class, section and item of a code.
    pub row: Vec<Arc<str>>,
    /// Rows it never speaks of, though they could be named there.
    pub not_rows: Vec<Arc<str>>,
    /// What its slots must equal.
    pub bindings: Vec<SlotRule>,
}

impl Sentence {
    /// Whether it belongs to summaries of project self-evaluations.
    #[must_use]
    pub fn in_summaries(&self) -> bool {
        self.scope.iter().any(|word| &**word == SUMMARIES)
    }

    /// Whether it can stand in a section.
    #[must_use]
    pub fn is_in_scope(&self, section: &str) -> bool {
        let named = |words: &[Arc<str>]| words.iter().any(|word| section.contains(&**word));
        (self.scope.is_empty() || named(&self.scope)) && !named(&self.outside)
    }

    /// Whether it can begin behind these words.
    #[must_use]
    pub fn can_follow(&self, before: &str) -> bool {
        !self.not_behind.iter().any(|word| before.ends_with(&**word))
    }

    /// Whether a row is named in it by chance only.
    #[must_use]
    pub fn never_of(&self, row: &str) -> bool {
        self.not_rows.iter().any(|other| **other == *row)
    }

    /// The names of its slots; one that several templates have comes several times.
    pub fn slots(&self) -> impl Iterator<Item = &Arc<str>> {
        self.templates.iter().flat_map(Template::slots)
    }

    /// What a slot of any of its templates holds.
    #[must_use]
    pub fn kind_of(&self, slot: &str) -> Option<&SlotKind> {
        self.templates.iter().find_map(|template| template.kind_of(slot))
    }
}

/// The scope of sentences that stand in project summaries.
const SUMMARIES: &str = "项目自评综述";

/// What a slot must equal.
#[derive(Clone, Debug, BorshDeserialize, BorshSerialize)]
pub struct SlotRule {
    /// The code of the rule it belongs to.
    pub code: Arc<str>,
    /// The slot.
    pub slot: Arc<str>,
    /// `slot = expression`, with the slot on the left.
    pub formula: Formula,
    /// When it applies.
    pub when: Option<Formula>,
    /// The line as written.
    pub source: Arc<str>,
}

/// Reads a file of sentences.
///
/// # Errors
/// Names the line of what is wrong: a template that does not parse, a rule without slot.
pub(crate) fn parse_file(
    file: &str,
    source: &str,
    words: &Vocabulary,
) -> Result<Vec<Sentence>, SchemeError> {
    let mut sentences: Vec<Sentence> = Vec::new();
    let mut outside_all: Vec<Arc<str>> = Vec::new();
    let mut at = 0;
    for line in source.split_inclusive('\n') {
        let here = at;
        at += line.len();
        let line = line.trim();
        let fault = |message: String| SchemeError::at(file, source, here, message);
        if let Some(head) = line.strip_prefix("## ") {
            let (id, title) = head.split_once(' ').unwrap_or((head, head));
            sentences.push(Sentence {
                id: id.into(),
                title: title.trim().into(),
                scope: Vec::new(),
                outside: outside_all.clone(),
                not_behind: Vec::new(),
                templates: Vec::new(),
                row: Vec::new(),
                not_rows: Vec::new(),
                bindings: Vec::new(),
            });
            continue;
        }
        let Some(sentence) = sentences.last_mut() else {
            // Before the first sentence it holds for all of the file.
            if let Some(outside) = line.strip_prefix("不在：") {
                outside_all = list(outside);
            }
            continue;
        };
        if let Some(text) = line.strip_prefix("> ") {
            sentence.templates.push(Template::parse(text, words).map_err(fault)?);
        } else if let Some(scope) = line.strip_prefix("范围：") {
            sentence.scope = list(scope);
        } else if let Some(outside) = line.strip_prefix("不在：") {
            sentence.outside.extend(list(outside));
        } else if let Some(before) = line.strip_prefix("不接：") {
            sentence.not_behind = list(before);
        } else if let Some(rows) = line.strip_prefix("非行：") {
            sentence.not_rows = list(rows);
        } else if let Some(row) = line.strip_prefix("科目：").or(line.strip_prefix("行：")) {
            sentence.row = list(row);
        } else if let Some(rule) = line.strip_prefix("- ") {
            sentence.bindings.push(slot_rule(rule, file, source, here)?);
        }
    }
    for sentence in &sentences {
        check_slots(sentence, words).map_err(|message| SchemeError::whole(file, message))?;
    }
    Ok(sentences)
}

fn list(words: &str) -> Vec<Arc<str>> {
    words.split('、').map(|word| Arc::from(word.trim())).collect()
}

/// `CODE slot = expression 当 guard`
fn slot_rule(rule: &str, file: &str, source: &str, here: usize) -> Result<SlotRule, SchemeError> {
    let fault =
        || SchemeError::at(file, source, here, "应写作“- 代码 槽名 = 公式”，可加“ 当 条件”");
    let (code, rest) = rule.split_once(' ').ok_or_else(fault)?;
    let (slot, comparator, expression) = split_comparison(rest).ok_or_else(fault)?;
    let (expression, when) = match expression.split_once(" 当 ") {
        Some((expression, when)) => (expression.trim(), Some(when.trim())),
        None => (expression.trim(), None),
    };
    let slot: Arc<str> = slot.trim().into();
    let read = |text: &str| parse(text).map_err(|e| SchemeError::at(file, source, here, e.message));
    let right = read(&format!("0 {comparator} {expression}"))?;
    let Formula::Compare(_, comparator, right) = right else {
        return Err(fault());
    };
    Ok(SlotRule {
        code: code.into(),
        formula: Formula::Compare(Expression::Slot(slot.clone()), comparator, right),
        slot,
        when: when.map(read).transpose()?,
        source: rest.into(),
    })
}

/// `slot <= expression` and its like.
fn split_comparison(rule: &str) -> Option<(&str, &str, &str)> {
    let at = rule.find(['<', '>', '='])?;
    let length = if rule.get(at + 1..)?.starts_with('=') { 2 } else { 1 };
    Some((rule.get(..at)?, rule.get(at..at + length)?, rule.get(at + length..)?))
}

fn check_slots(sentence: &Sentence, words: &Vocabulary) -> Result<(), String> {
    if sentence.templates.is_empty() {
        return Err(format!("句子 {} 没有模板（以“> ”开头的行）", sentence.id));
    }
    let known = |name: &str| sentence.templates.iter().any(|t| t.has_slot(name));
    for rule in &sentence.bindings {
        if !known(&rule.slot) {
            return Err(format!("句子 {} 的模板里没有槽“{}”", sentence.id, rule.slot));
        }
    }
    if let Some(slot) = sentence.row.iter().find(|slot| !known(slot)) {
        return Err(format!("句子 {} 的模板里没有槽“{slot}”", sentence.id));
    }
    let is_row = |row: &&Arc<str>| {
        let mut kinds = sentence.row.iter().filter_map(|slot| sentence.kind_of(slot));
        kinds.any(|kind| matches!(kind, SlotKind::Row(form) if words.has_row(*form, row)))
    };
    match sentence.not_rows.iter().find(|row| !is_row(row)) {
        Some(row) => Err(format!("句子 {} 的表里没有“非行”所说的“{row}”", sentence.id)),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_never_meant_are_rows_of_the_form() {
        let files = crate::embedded();
        let scheme = crate::load(&files, crate::BASE).unwrap();
        let words = Vocabulary::new(&[], &scheme.forms);
        let read = |row: &str| {
            let text =
                format!("不在：乙\n\n## a 甲\n行：i\n非行：{row}\n> 其{{i:行·three_public}}\n");
            parse_file("a.md", &text, &words)
        };
        let all = read("total").unwrap();
        assert!(all.iter().all(|s| s.never_of("total") && !s.is_in_scope("乙")));
        assert!(read("totl").unwrap_err().to_string().contains("“totl”"));
    }
}
