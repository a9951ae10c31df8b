//! What rules look at: the document, its accounts, the scheme, and quick ways through them.

use std::sync::{Arc, OnceLock};

use juesuan_model::{
    Accounts, Document, Evaluation, Fact, FactId, FormFound, Number, Passage, ProjectSummary,
    Statement, Subject, UnreadPart, Value,
};
use juesuan_scheme::Scheme;
use juesuan_scheme::formula::{Lookup, RowRef, Source};
use rust_decimal::Decimal;
use rustc_hash::FxHashMap;

/// Why nothing is said to be missing.
pub(crate) const MAY_BE_UNREAD: &str = "文件有没读成的页或表，不能断定缺少";

use crate::clauses::Clauses;
use crate::hits::Hits;
use crate::performance::Known;
use crate::texts::Words;
use crate::ways::{FormFacts, by_form, is_code};

/// Everything a rule may look at.
pub struct Context<'a> {
    /// The document as read.
    pub document: &'a Document,
    /// The facts bound from it.
    pub accounts: &'a Accounts,
    /// What holds for its place and year.
    pub scheme: &'a Scheme,
    facts: FxHashMap<&'a str, FormFacts<'a>>,
    forms: FxHashMap<&'a str, &'a FormFound>,
    statements: FxHashMap<&'a str, Vec<&'a Statement>>,
    texts: &'a [Words<'a>],
    /// Worked out when first asked for.
    clauses: OnceLock<Clauses>,
    hits: OnceLock<Hits>,
    /// For each project form what is known of its indicators.
    projects: Vec<Vec<Known<'a>>>,
    /// The same for whole-department forms.
    wholes: Vec<Vec<Known<'a>>>,
}

impl<'a> Context<'a> {
    /// Prepares the ways through the accounts; `texts` are all texts of these.
    pub(crate) fn new(
        document: &'a Document,
        accounts: &'a Accounts,
        scheme: &'a Scheme,
        texts: &'a [Words<'a>],
    ) -> Self {
        let mut statements: FxHashMap<&str, Vec<&Statement>> = FxHashMap::default();
        for statement in &accounts.statements {
            statements.entry(&statement.sentence).or_default().push(statement);
        }
        Self {
            document,
            accounts,
            scheme,
            facts: by_form(accounts),
            forms: accounts.forms.iter().rev().map(|found| (&*found.form, found)).collect(),
            statements,
            texts,
            clauses: OnceLock::new(),
            hits: OnceLock::new(),
            projects: accounts
                .evaluations
                .iter()
                .map(|form| Known::all(&form.indicators))
                .collect(),
            wholes: accounts
                .whole_evaluations
                .iter()
                .map(|form| Known::all(&form.indicators))
                .collect(),
        }
    }

    /// All running text: passages, and the texts in cells of performance forms.
    pub(crate) fn texts(&self) -> &'a [Words<'a>] {
        self.texts
    }

    /// The clauses of all texts.
    pub(crate) fn clauses(&self) -> &Clauses {
        self.clauses.get_or_init(|| Clauses::new(self.texts))
    }

    /// Where the words of some lists stand in the texts.
    pub(crate) fn hits(&self) -> &Hits {
        self.hits.get_or_init(|| Hits::new(&self.scheme.settings, self.texts))
    }

    /// What is known of the indicators of the project forms.
    pub(crate) fn known_of_projects(&self) -> &[Vec<Known<'a>>] {
        &self.projects
    }

    /// What is known of the indicators of the whole-department forms.
    pub(crate) fn known_of_wholes(&self) -> &[Vec<Known<'a>>] {
        &self.wholes
    }

    /// How long the narrative is, in bytes. Titles and notes of forms are none.
    pub(crate) fn narrative(&self) -> usize {
        let texts = self.accounts.passages.iter().map(|passage| passage.folded.as_str());
        texts.filter(|text| text.contains('。') && !text.starts_with('注')).map(str::len).sum()
    }

    /// Whether pages were not read. Pictures in other sources are seldom more than ornaments.
    pub(crate) fn has_unread_pages(&self) -> bool {
        let mut caveats = self.document.caveats.iter();
        self.document.layout.is_paged() && caveats.any(|caveat| caveat.is_unread)
    }

    /// Whether pages or tables were not read, so that a table that is not found may stand there.
    pub(crate) fn has_unread_tables(&self) -> bool {
        let mut unread = self.accounts.unread.iter();
        self.has_unread_pages() || unread.any(|part| part.subject == UnreadPart::NO_COLUMNS)
    }

    /// Whether one of these forms is not found and may stand in what was not read, so that sums over
    /// them would be too small.
    pub(crate) fn may_lack_one_of(&self, forms: &[&str]) -> bool {
        self.has_unread_tables() && forms.iter().any(|form| self.form(form).is_none())
    }

    /// The statutory form of an id, when the document has it.
    #[must_use]
    pub fn form(&self, id: &str) -> Option<&'a FormFound> {
        self.forms.get(id).copied()
    }

    /// The rows of a form or record in the order they stand.
    #[must_use]
    pub fn rows_of(&self, form: &str) -> &[Arc<str>] {
        self.facts.get(form).map_or(&[], |form| &form.rows)
    }

    /// The facts of a form or record in the order they were bound.
    pub(crate) fn facts_of(&self, form: &str) -> impl Iterator<Item = (FactId, &'a Fact)> {
        let ids = self.facts.get(form).into_iter().flat_map(|form| &form.facts);
        ids.filter_map(|id| Some((*id, self.accounts.facts.get(*id)?)))
    }

    /// The fact `form[row].column`.
    #[must_use]
    pub fn fact(&self, form: &str, row: &str, column: &str) -> Option<(FactId, &'a Fact)> {
        self.accounts.facts.find_cell(form, row, column)
    }

    /// The number of a figure.
    #[must_use]
    pub fn number(&self, id: Option<FactId>) -> Option<Number> {
        self.accounts.facts.get(id?)?.number()
    }

    /// The value of a figure: 元 for money, percent for rates.
    #[must_use]
    pub fn value(&self, id: Option<FactId>) -> Option<Decimal> {
        self.number(id).map(Number::value)
    }

    /// A figure as printed.
    #[must_use]
    pub fn printed(&self, id: Option<FactId>) -> &'a str {
        id.and_then(|id| self.accounts.facts.get(id)).map_or("", |fact| &fact.printed)
    }

    /// The value of a cell: zero where a row or amount is not printed, `None` where the document
    /// lacks the form or column.
    #[must_use]
    pub fn amount(&self, form: &str, row: &str, column: &str) -> Option<Decimal> {
        match self.cell(form, row, column) {
            Lookup::Found(_, bounds) => Some(bounds.value),
            Lookup::Given(value) => Some(value),
            Lookup::Zero(_) => Some(Decimal::ZERO),
            Lookup::Missing(_) => None,
        }
    }

    /// The statements of a sentence in the order they stand.
    pub fn statements(&self, sentence: &str) -> impl Iterator<Item = &'a Statement> + use<'_, 'a> {
        self.statements.get(sentence).into_iter().flatten().copied()
    }

    /// The fact of a statement's slot.
    #[must_use]
    pub fn slot_of(&self, statement: &Statement, slot: &str) -> Option<(FactId, &'a Fact)> {
        let id = statement.slot(slot)?;
        Some((id, self.accounts.facts.get(id)?))
    }

    /// The section a block stands in.
    #[must_use]
    pub fn section(&self, block: u32) -> Arc<str> {
        self.accounts.sections.get(block as usize).cloned().unwrap_or_default()
    }

    /// The passage that begins with a block.
    #[must_use]
    pub fn passage(&self, block: u32) -> Option<&'a Passage> {
        self.accounts.passages.iter().find(|passage| passage.block == block)
    }

    /// The self-evaluation form that a summary belongs to.
    #[must_use]
    pub fn form_of(&self, summary: &ProjectSummary) -> Option<&'a Evaluation> {
        self.accounts.evaluations.get(summary.evaluation?)
    }

    /// What a reader calls a figure: form, row, column.
    #[must_use]
    pub fn name(&self, id: FactId) -> String {
        let Some(fact) = self.accounts.facts.get(id) else { return String::new() };
        let Subject { form, column, .. } = &fact.subject;
        if let Some(sentence) = self.scheme.sentences.iter().find(|s| s.id == *form) {
            return format!("“{}”中的数字", sentence.title);
        }
        let head = match self.scheme.form(form) {
            Some(known) => known.column(column).map(|column| &*column.head),
            None => self.scheme.column_name(form, column),
        };
        let label = if fact.label.is_empty() { &fact.subject.row } else { &fact.label };
        format!("《{}》“{label}”的“{}”", self.scheme.name_of(form), head.unwrap_or(column))
    }

    /// The name a row carries in the document.
    #[must_use]
    pub fn row_name(&self, form: &str, row: &str) -> Option<&'a str> {
        let found = self.form(form)?;
        found.rows.iter().find(|(id, _)| **id == *row).map(|(_, name)| &*name.text)
    }

    fn absent(&self, form: &str, row: &str, column: &str) -> Lookup {
        let Some(known) = self.scheme.form(form) else {
            return Lookup::Missing(format!("没有读到 {form}[{row}].{column}"));
        };
        let Some(found) = self.form(form) else {
            return Lookup::Missing(format!("没有找到《{}》", known.title));
        };
        // A form published blank without even a row of totals.
        if found.is_blank && !self.facts.contains_key(form) {
            return Lookup::Zero(None);
        }
        if !self.facts.get(form).is_some_and(|facts| facts.columns.contains(column)) {
            let head = known.column(column).map_or(column, |c| &*c.head);
            return Lookup::Missing(format!("《{}》没有“{head}”栏", known.title));
        }
        match known.row(row) {
            Some(fixed) if fixed.required => {
                Lookup::Missing(format!("《{}》没有“{}”行", known.title, fixed.label))
            }
            None if row == "total" => Lookup::Missing(format!("《{}》没有“合计”行", known.title)),
            _ => Lookup::Zero(None),
        }
    }
}

impl Source for Context<'_> {
    fn cell(&self, form: &str, row: &str, column: &str) -> Lookup {
        let Some((id, fact)) = self.fact(form, row, column) else {
            return self.absent(form, row, column);
        };
        match &fact.value {
            Value::Number(number) => Lookup::Found(id, number.bounds()),
            Value::Blank | Value::Dash => Lookup::Zero(Some(id)),
            Value::Unread(why) => {
                Lookup::Missing(format!("{}读到“{}”，{why}", fact.label, fact.printed))
            }
            Value::Text | Value::Direction(_) => Lookup::Missing(format!("{}不是数字", fact.label)),
        }
    }

    fn rows(&self, form: &str, set: &RowRef, current: &str) -> Vec<Arc<str>> {
        let Some(facts) = self.facts.get(form) else { return Vec::new() };
        let of_length = |length: usize| {
            let codes = facts.rows.iter().filter(|row| row.len() == length && is_code(row));
            codes.cloned().collect()
        };
        match set {
            RowRef::Classes => of_length(3),
            RowRef::Items => of_length(7),
            RowRef::Children if current == "total" => facts.codes_under(""),
            RowRef::Children if self.scheme.form(form).is_none() => facts.rows_under(current),
            RowRef::Children if is_code(current) => facts.codes_under(current),
            RowRef::All => facts.rows.clone(),
            RowRef::Children | RowRef::Id(_) | RowRef::Each => Vec::new(),
        }
    }

    fn slot(&self, name: &str) -> Lookup {
        match self.scheme.parameter(name) {
            Some(value) => Lookup::Given(value),
            None => Lookup::Missing(format!("没有“{name}”这个量")),
        }
    }
}
