//! What all parts of binding share: the document, its outline, and the accounts that grow.

use std::borrow::Cow;
use std::sync::{Arc, mpsc};

use juesuan_model::{
    Accounts, Block, Cell, Document, Fact, FactId, Facts, Measure, Number, Place, Scale, Subject,
    Text, Threads, UnreadPart, Value,
};
use juesuan_scheme::Scheme;
use rustc_hash::FxHashSet;

use super::evaluations::{Column, Tables};
use super::outline::{Outline, outline};
use super::{
    breakdowns, contents, evaluations, figures, forms, identity, narrative, staffing, summaries,
};

/// Binds a document by the words and forms of a scheme.
#[must_use]
pub fn bind(document: &Document, scheme: &Scheme) -> Accounts {
    bind_on(document, scheme, Threads::One)
}

/// As [`bind`], on so many threads.
#[must_use]
pub fn bind_on(document: &Document, scheme: &Scheme, threads: Threads) -> Accounts {
    let outline = outline(document, &scheme.structure);
    let identity = identity::identify(document, &scheme.structure);
    // The tables of a budget resemble the forms of final accounts, but are others.
    let statutory =
        if identity.is_budget { Vec::new() } else { forms::find(document, scheme, outline.body) };
    let taken = forms::blocks(&statutory);
    let mut binder = Binder::new(document, scheme, &outline);
    binder.accounts.identity = identity;
    let tables = Tables { document, words: &scheme.performance, body: outline.body, taken: &taken };
    let running = match threads {
        Threads::One => {
            forms::bind(&mut binder, &statutory);
            evaluations::forms(tables).for_each(|form| evaluations::bind(&mut binder, &form));
            Running::find(scheme, &outline)
        }
        Threads::Two => bind_tables_beside(&mut binder, &statutory, tables),
    };
    forms::unknown_tables(&mut binder);
    narrative::bind(&mut binder, &running.sentences);
    summaries::bind(&mut binder, running.summaries);
    breakdowns::bind(&mut binder);
    staffing::bind(&mut binder);
    contents::bind(&mut binder);
    let accounts = binder.finish();
    let Outline { sections, headings, contents, passages, .. } = outline;
    Accounts { sections, headings, contents, passages, ..accounts }
}

/// Binds the tables while a second thread does what needs no accounts: it looks at the cells of
/// the performance forms, handing over one form after the other, and then at the running text.
fn bind_tables_beside<'a>(
    binder: &mut Binder<'a>,
    statutory: &[forms::Found<'a>],
    tables: Tables<'a>,
) -> Running<'a> {
    let (scheme, outline) = (binder.scheme, binder.outline);
    std::thread::scope(|scope| {
        let (sender, forms) = mpsc::channel();
        let beside = scope.spawn(move || {
            // Who takes no more forms has panicked.
            let _ = evaluations::forms(tables).try_for_each(|form| sender.send(form));
            drop(sender);
            Running::find(scheme, outline)
        });
        forms::bind(binder, statutory);
        forms.iter().for_each(|form| evaluations::bind(binder, &form));
        beside.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
    })
}

/// What is found in the running text, which no table is needed for.
struct Running<'a> {
    sentences: Vec<narrative::Found<'a>>,
    summaries: summaries::Summaries<'a>,
}

impl<'a> Running<'a> {
    fn find(scheme: &'a Scheme, outline: &'a Outline) -> Self {
        Self {
            sentences: narrative::find(scheme, outline),
            summaries: summaries::find(scheme, outline),
        }
    }
}

/// About how many facts a row of a table holds.
const FACTS_A_ROW: usize = 3;

/// The state of binding.
pub(super) struct Binder<'a> {
    pub(super) document: &'a Document,
    pub(super) scheme: &'a Scheme,
    pub(super) outline: &'a Outline,
    pub(super) accounts: Accounts,
    /// For each block: whether something was bound from it.
    pub(super) used: Vec<bool>,
    /// The columns of the last indicator table, for forms whose first page is lost.
    pub(super) usual_columns: Vec<Column>,
    /// The names of forms and columns in subjects: they are few and come again and again.
    names: FxHashSet<Arc<str>>,
}

impl<'a> Binder<'a> {
    fn new(document: &'a Document, scheme: &'a Scheme, outline: &'a Outline) -> Self {
        let rows = document.blocks.iter().map(|block| match block {
            Block::Table(table) => table.rows.len(),
            _ => 1,
        });
        Self {
            document,
            scheme,
            outline,
            accounts: Accounts {
                facts: Facts::with_capacity(FACTS_A_ROW * rows.sum::<usize>()),
                ..Accounts::default()
            },
            used: vec![false; document.blocks.len()],
            usual_columns: Vec::new(),
            names: FxHashSet::default(),
        }
    }

    /// The subject `form[row].column`.
    pub(super) fn subject(&mut self, form: &str, row: &Arc<str>, column: &str) -> Subject {
        Subject { form: self.name(form), row: row.clone(), column: self.name(column) }
    }

    fn name(&mut self, name: &str) -> Arc<str> {
        if let Some(known) = self.names.get(name) {
            return known.clone();
        }
        let new: Arc<str> = name.into();
        self.names.insert(new.clone());
        new
    }

    /// Marks a block as bound.
    pub(super) fn mark(&mut self, block: u32) {
        if let Some(used) = self.used.get_mut(block as usize) {
            *used = true;
        }
    }

    /// Adds a fact. A number that may have been recognised wrongly is not taken for one.
    pub(super) fn fact(&mut self, subject: Subject, value: Value, source: &Printed<'_>) -> FactId {
        let doubt = self.document.layout.doubt(source.place);
        let value = match (value, doubt) {
            (Value::Number(_), Some((page, confidence))) => {
                let why = format!(
                    "扫描图（第 {page} 页）上的数字识别没有把握（{confidence}%），相关内容未核验；请对照原件"
                );
                self.unread("RDG001", subject.to_string(), source, &why);
                Value::Unread(why.into())
            }
            (value, _) => value,
        };
        let (id, _) = self.accounts.facts.add(Fact {
            subject,
            value,
            printed: source.text.into(),
            place: source.place,
            block: source.block,
            label: source.label.clone(),
        });
        id
    }

    /// Adds the amount that `source` prints in the unit `scale`; one that cannot be read is said.
    pub(super) fn amount(
        &mut self,
        subject: Subject,
        source: &Printed<'_>,
        scale: Scale,
        decimals: u32,
    ) -> FactId {
        self.number(subject, source, Measure::Money(scale), decimals)
    }

    /// Adds the number that `source` prints; one that cannot be read is said.
    pub(super) fn number(
        &mut self,
        subject: Subject,
        source: &Printed<'_>,
        measure: Measure,
        decimals: u32,
    ) -> FactId {
        let value = read_value(source.text, measure, decimals);
        if let Value::Unread(why) = &value {
            self.unread("RDG001", subject.to_string(), source, &why.clone());
        }
        self.fact(subject, value, source)
    }

    /// The unit of the form that is being bound.
    pub(super) fn scale_of(&self, form: usize) -> Scale {
        self.accounts.forms.get(form).map_or(Scale::default(), |found| found.scale)
    }

    /// Says that something could not be read.
    pub(super) fn unread(
        &mut self,
        code: &'static str,
        subject: String,
        at: &Printed<'_>,
        why: &str,
    ) {
        self.accounts.unread.push(UnreadPart {
            code,
            subject,
            quote: at.text.to_owned(),
            place: at.place,
            block: at.block,
            why: why.to_owned(),
        });
    }

    fn finish(mut self) -> Accounts {
        self.accounts.figures = figures::collect(&self);
        self.accounts
    }
}

/// Characters with their place and the name of what they belong to.
#[derive(Clone, Debug)]
pub(super) struct Printed<'a> {
    pub(super) text: &'a str,
    pub(super) place: Place,
    pub(super) block: u32,
    pub(super) label: Arc<str>,
}

impl<'a> Printed<'a> {
    /// What a cell prints.
    pub(super) fn cell(cell: &'a Cell, block: u32, label: &Arc<str>) -> Self {
        let text = cell.text.as_str();
        Self { text, place: cell.text.place_of(0, text.len()), block, label: label.clone() }
    }

    /// A range of a text.
    pub(super) fn range(
        text: &'a Text,
        start: usize,
        end: usize,
        block: u32,
        label: &Arc<str>,
    ) -> Self {
        let quoted = text.as_str().get(start..end).unwrap_or("");
        Self { text: quoted, place: text.place_of(start, end), block, label: label.clone() }
    }
}

/// The value of `text` where a number of `measure`, known to `decimals` places, belongs.
pub(super) fn read_value(text: &str, measure: Measure, decimals: u32) -> Value {
    let joined = if text.contains(char::is_whitespace) {
        Cow::Owned(text.chars().filter(|c| !c.is_whitespace()).collect())
    } else {
        Cow::Borrowed(text)
    };
    if joined.is_empty() {
        return Value::Blank;
    }
    if joined.chars().all(|c| matches!(c, '-' | '—' | '–' | '－' | '―' | '/' | '／' | '─'))
    {
        return Value::Dash;
    }
    match Number::parse(&joined, measure) {
        Ok(number) => Value::Number(number.at_least(decimals)),
        Err(error) => Value::Unread(error.message().into()),
    }
}

/// Digits behind the point of a printed number.
pub(super) fn decimals_of(text: &str) -> u32 {
    let fraction = text.trim().rsplit_once(['.', '．']).map_or("", |(_, fraction)| fraction);
    u32::try_from(fraction.chars().take_while(char::is_ascii_digit).count()).unwrap_or(0)
}
