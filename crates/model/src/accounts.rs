//! The facts of a disclosure, with the structure they stand in.

use std::sync::Arc;

use borsh::{BorshDeserialize, BorshSerialize};

use crate::{
    Evaluation, FactId, Facts, Folded, KeyEvaluation, Place, ProjectSummary, Scale, Text,
    TextField, WholeEvaluation,
};

/// Everything that was bound from a document.
#[derive(Clone, Debug, Default)]
pub struct Accounts {
    /// Whose accounts of which year.
    pub identity: Identity,
    /// Every figure and word that rules can speak of.
    pub facts: Facts,
    /// The statutory forms that were found.
    pub forms: Vec<FormFound>,
    /// Tables that are no known form, but whose rows have codes.
    pub coded_tables: Vec<CodedTable>,
    /// The sentences of the narrative that were matched.
    pub statements: Vec<Statement>,
    /// The counts that the narrative breaks down.
    pub breakdowns: Vec<Breakdown>,
    /// Posts and people that the narrative tells.
    pub staffing: Vec<Staffing>,
    /// The summaries of project self-evaluations in the narrative.
    pub summaries: Vec<ProjectSummary>,
    /// The project self-evaluation forms.
    pub evaluations: Vec<Evaluation>,
    /// The whole-department (or unit) self-evaluation forms.
    pub whole_evaluations: Vec<WholeEvaluation>,
    /// What the narrative says of key evaluations.
    pub key_evaluation: Option<KeyEvaluation>,
    /// The entries of the glossary.
    pub glossary: Vec<GlossaryEntry>,
    /// The running text of the body.
    pub passages: Vec<Passage>,
    /// The entries of the contents page.
    pub contents: Vec<ContentsEntry>,
    /// The headings of the body, in order.
    pub headings: Vec<HeadingEntry>,
    /// The section path of each block of the document, by block number.
    pub sections: Vec<Arc<str>>,
    /// What could not be read or bound.
    pub unread: Vec<UnreadPart>,
    /// Where the figures of the document stand, in order, bound or not.
    pub figures: Vec<Place>,
}

impl Accounts {
    /// Whether anything was recognised that only final accounts (or a budget) have. A title alone
    /// is no disclosure.
    #[must_use]
    pub fn is_disclosure(&self) -> bool {
        !self.forms.is_empty()
            || !self.coded_tables.is_empty()
            || !self.statements.is_empty()
            || !self.summaries.is_empty()
            || !self.evaluations.is_empty()
            || !self.whole_evaluations.is_empty()
            || !self.contents.is_empty()
            || !self.glossary.is_empty()
            || self.headings.iter().any(|heading| heading.level == Level::Part)
    }
}

/// A count of the narrative with the parts that are told behind 其中.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Breakdown {
    /// The count.
    pub total: FactId,
    /// Its parts, in the unit of the count.
    pub parts: Vec<FactId>,
    /// Whether one of the parts holds the rest (其他), so that they make up the count.
    pub is_whole: bool,
}

/// How many posts there are and how many people fill them, as the narrative tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Staffing {
    /// The posts: 编制.
    pub posts: FactId,
    /// The people: 在职.
    pub people: FactId,
    /// The passage that tells both, among those of the accounts.
    pub passage: usize,
}

/// Whose accounts of which year.
#[derive(Clone, Debug, Default)]
pub struct Identity {
    /// The title of the document.
    pub title: Option<TextField>,
    /// The department or unit.
    pub department: Option<TextField>,
    /// The year of the accounts.
    pub year: Option<i32>,
    /// 部门预算 instead of 部门决算.
    pub is_budget: bool,
}

/// A statutory form that was found in the document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormFound {
    /// The form's id, as in `fiscal_summary`.
    pub form: Arc<str>,
    /// Its title as printed; `None` when the page with the title is lost.
    pub title: Option<TextField>,
    /// Its number as printed, as in `公开04表`.
    pub number: Option<TextField>,
    /// The department as printed above it.
    pub department: Option<TextField>,
    /// The year as printed above it.
    pub year: Option<TextField>,
    /// The unit as printed above it.
    pub unit: Option<TextField>,
    /// The unit of its amounts.
    pub scale: Scale,
    /// What the note below says the table shows.
    pub note: Option<TextField>,
    /// Whether a sentence says that an empty table means no such funds.
    pub empty_note: bool,
    /// Whether no row prints a figure: the form is published blank.
    pub is_blank: bool,
    /// The rows in order: id (or code), name as printed, place of the name.
    pub rows: Vec<(Arc<str>, TextField)>,
    /// Codes that were mistyped: the one that is meant, and what is printed instead.
    pub slips: Vec<(Arc<str>, TextField)>,
    /// The tables it stands in, one a page.
    pub blocks: Vec<u32>,
}

/// A table that is no known form. The codes of its rows say which amounts add up to which.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CodedTable {
    /// What its facts call it, as in `table7`.
    pub id: Arc<str>,
    /// The columns that hold amounts in all rows: their ids and heads, from left to right.
    pub columns: Vec<(Arc<str>, Arc<str>)>,
    /// The rows in order: the code or `total`, and the name as printed.
    pub rows: Vec<(Arc<str>, TextField)>,
}

/// A sentence of the scheme that was matched in the narrative.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    /// The sentence's id.
    pub sentence: Arc<str>,
    /// The row its facts carry: the number of the instance, or a code.
    pub row: Arc<str>,
    /// Its slots in the order they stand.
    pub slots: Vec<(Arc<str>, FactId)>,
    /// Where it stands.
    pub place: Place,
    /// The block of the document.
    pub block: u32,
    /// The section it stands in.
    pub section: Arc<str>,
}

impl Statement {
    /// The fact of a slot.
    #[must_use]
    pub fn slot(&self, name: &str) -> Option<FactId> {
        self.slots.iter().find(|(slot, _)| **slot == *name).map(|(_, id)| *id)
    }
}

/// An item or paragraph of running text with everything that continues it over pages.
#[derive(Clone, Debug, Default)]
pub struct Passage {
    /// The section it stands in, with its own heading.
    pub section: Arc<str>,
    /// How deep its number stands, when it has one.
    pub level: Option<Level>,
    /// Its number, 0 when it has none.
    pub number: u32,
    /// Bytes of its text that the number takes.
    pub number_length: usize,
    /// Its first block.
    pub block: u32,
    /// Its text.
    pub text: Text,
    /// The same, folded for matching.
    pub folded: Folded,
}

impl Passage {
    /// The place of bytes of the folded text.
    #[must_use]
    pub fn place(&self, start: usize, end: usize) -> Place {
        let (start, end) = self.folded.origin_range(self.text.as_str(), start, end);
        self.text.place_of(start, end)
    }
}

/// An entry of the glossary.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GlossaryEntry {
    /// Its number as printed.
    pub number: Option<u32>,
    /// The term.
    pub term: TextField,
    /// Its explanation.
    pub explanation: TextField,
}

/// How deep a heading stands, told by its numbering.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, BorshDeserialize, BorshSerialize,
)]
pub enum Level {
    /// 第一部分
    Part,
    /// 一、
    Section,
    /// （一）
    Subsection,
    /// 1.
    Item,
    /// （1）
    Subitem,
}

/// A line of the contents page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContentsEntry {
    /// How deep.
    pub level: Level,
    /// Its number, 1 for 一.
    pub number: u32,
    /// Its title without number and page.
    pub title: TextField,
}

/// A heading of the body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeadingEntry {
    /// How deep.
    pub level: Level,
    /// Its number, 1 for 一.
    pub number: u32,
    /// Its title without the number.
    pub title: TextField,
    /// The block it is.
    pub block: u32,
}

/// Something that could not be read or bound, and what it makes impossible to check.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnreadPart {
    /// A code of the family `RDG`.
    pub code: &'static str,
    /// What it is about, as in `summary[].amount`.
    pub subject: String,
    /// The characters.
    pub quote: String,
    /// Where they stand.
    pub place: Place,
    /// The block of the document.
    pub block: u32,
    /// Why, in the user's words.
    pub why: String,
}

impl UnreadPart {
    /// The subject of tables of which it is not known what their columns are.
    pub const NO_COLUMNS: &'static str = "table[].columns";
}
