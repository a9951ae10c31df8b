//! The nouns of juesuan: amounts, documents, accounts, findings.
//!
//! This crate knows no file format, no scheme and no rule, and touches neither disk nor clock.
//! Two nouns carry everything: a [`Document`] is what was read (blocks of text and tables, each
//! with its place), [`Accounts`] are the facts bound from it (what, whose, how much, where it
//! stands). Findings are what checking makes of them.
#![cfg_attr(not(test), deny(clippy::arithmetic_side_effects))]

mod accounts;
mod bounds;
mod document;
mod fact;
mod finding;
mod lang;
mod layout;
mod lexicon;
mod money;
mod number;
mod package;
mod performance;
mod publication;
mod report;
mod similar;
mod text;
mod threads;

pub use accounts::{
    Accounts, Breakdown, CodedTable, ContentsEntry, FormFound, GlossaryEntry, HeadingEntry,
    Identity, Level, Passage, Staffing, Statement, UnreadPart,
};
pub use bounds::{Bounds, Comparison};
pub use document::{Block, Caveat, Cell, Columns, Document, Heading, Row, Table};
pub use fact::{Fact, FactId, Facts, Subject, Value};
pub use finding::{Evidence, Finding, Severity, Waiver};
pub use lang::Lang;
pub use layout::{Layout, Location, Region, SURE};
pub use lexicon::Lexicon;
pub use money::{Money, Scale};
pub use number::{Measure, Number, NumberError};
pub use package::{
    ASIDE_SHEETS, EXAMPLE_MARK, FIELDS_HEAD, Input, Remark, RemarkKind, Sheet, SheetRow,
    UNCONFIRMED_MARK, column_letters,
};
pub use performance::{
    Claim, Evaluation, FundsRow, Indicator, KeyEvaluation, Operator, ProjectSummary, Task,
    TextField, WholeEvaluation,
};
pub use publication::{
    Align, Element, Figure, Picture, PrintedCell, PrintedTable, Publication, Run, Score, ScoreStep,
    Series, Stated, TableKind, runs_text,
};
pub use report::{Coverage, DocumentInfo, NotChecked, Report, RuleInfo, Tally};
pub use similar::{Bigrams, SimilarTexts, changes, differ_by_one, similarity};
pub use text::{Folded, Place, Text, first_blank, fold, fold_char};
pub use threads::Threads;
