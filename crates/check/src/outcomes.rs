//! What rules report: every rule has an outcome for every subject.

use juesuan_model::{
    Accounts, Bounds, Fact, FactId, Measure, NotChecked, Number, Passage, Place, Severity,
    TextField, Value,
};
use rust_decimal::Decimal;

use crate::Context;
use crate::held::{ByFact, Held};

/// A broken rule at a subject.
#[derive(Clone, Debug, Default)]
pub struct Failure {
    /// The rule's code.
    pub code: String,
    /// How grave; the rule's own severity when `None`.
    pub severity: Option<Severity>,
    /// `form[row].column`.
    pub subject: String,
    /// What is wrong.
    pub message: String,
    /// What the document states.
    pub stated: String,
    /// What ought to stand there.
    pub expected: String,
    /// The difference.
    pub difference: String,
    /// A likely cause, or what to do.
    pub hint: String,
    /// The places that prove it, the first to look at first.
    pub evidence: Vec<Spot>,
    /// The figures it involves.
    pub facts: Vec<FactId>,
    /// For a figure, the values that would repair this failure.
    pub repairs: Vec<(FactId, Bounds)>,
    /// Figures that prove nothing any more: what else is wrong with them follows from this.
    pub spoils: Vec<FactId>,
    /// A tail of rounding, not a fault.
    pub is_tail: bool,
    /// It restates what other rules demand and is never a cause of its own.
    pub derived: bool,
}

/// A place to show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spot {
    /// Where.
    pub place: Place,
    /// In which block.
    pub block: u32,
    /// The characters there.
    pub quote: String,
}

impl Spot {
    /// Bytes of the folded text of a passage.
    #[must_use]
    pub fn in_passage(passage: &Passage, start: usize, end: usize) -> Self {
        let (from, to) = passage.folded.origin_range(passage.text.as_str(), start, end);
        let quote = passage.text.as_str().get(from..to).unwrap_or("");
        Self {
            place: passage.text.place_of(from, to),
            block: passage.block,
            quote: quote.replace('\n', ""),
        }
    }

    /// The first occurrence of folded words in a passage; its start when they do not occur.
    #[must_use]
    pub fn of_words(passage: &Passage, words: &str) -> Self {
        let at = passage.folded.as_str().find(words);
        match at {
            Some(at) => Self::in_passage(passage, at, at + words.len()),
            None => Self::in_passage(passage, 0, 0),
        }
    }
}

impl From<&TextField> for Spot {
    fn from(field: &TextField) -> Self {
        Self { place: field.place, block: field.block, quote: field.text.to_string() }
    }
}

impl From<&Fact> for Spot {
    fn from(fact: &Fact) -> Self {
        Self { place: fact.place, block: fact.block, quote: fact.printed.to_string() }
    }
}

impl Failure {
    /// A failure about a subject.
    #[must_use]
    pub fn new(subject: impl Into<String>, message: impl Into<String>) -> Self {
        Self { subject: subject.into(), message: message.into(), ..Self::default() }
    }

    /// Sets what is stated and what is expected.
    #[must_use]
    pub fn values(mut self, stated: impl Into<String>, expected: impl Into<String>) -> Self {
        self.stated = stated.into();
        self.expected = expected.into();
        self
    }

    /// Adds a place.
    #[must_use]
    pub fn at(mut self, spot: impl Into<Spot>) -> Self {
        self.evidence.push(spot.into());
        self
    }

    /// Adds a figure as a place and as involved.
    #[must_use]
    pub fn figure(mut self, context: &Context<'_>, id: FactId) -> Self {
        if let Some(fact) = context.accounts.facts.get(id) {
            self.evidence.push(fact.into());
        }
        self.facts.push(id);
        self
    }

    /// Says which value of a figure would repair it.
    #[must_use]
    pub fn repair(mut self, id: FactId, value: Bounds) -> Self {
        self.repairs.push((id, value));
        self
    }

    /// Says which figures prove nothing any more.
    #[must_use]
    pub fn spoils(mut self, figures: Vec<FactId>) -> Self {
        self.spoils = figures;
        self
    }

    /// Sets a hint.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = hint.into();
        self
    }

    /// Says that it may only restate what another failure tells.
    #[must_use]
    pub const fn derived(mut self) -> Self {
        self.derived = true;
        self
    }

    /// Sets the severity.
    #[must_use]
    pub const fn severity(mut self, severity: Severity) -> Self {
        self.severity = Some(severity);
        self
    }
}

/// Collects outcomes while rules run.
#[derive(Debug, Default)]
pub struct Outcomes {
    code: String,
    /// How many passed.
    pub(crate) passed: usize,
    /// How many do not apply.
    pub(crate) not_applicable: usize,
    /// What could not be decided.
    pub(crate) not_checked: Vec<NotChecked>,
    /// What broke, tails included.
    pub(crate) failures: Vec<Failure>,
    /// The equalities that hold.
    pub(crate) held: Held,
}

impl Outcomes {
    /// From here on outcomes belong to the rule `code`.
    pub(crate) fn begin(&mut self, code: &str) {
        code.clone_into(&mut self.code);
    }

    /// It holds; `facts` are the figures that an equality ties, so that a change of one would
    /// break it.
    pub fn pass(&mut self, facts: &[FactId]) {
        self.passed += 1;
        self.held.push(facts);
    }

    /// It does not apply.
    pub fn not_applicable(&mut self) {
        self.not_applicable += 1;
    }

    /// It could not be decided.
    pub fn not_checked(&mut self, subject: impl Into<String>, why: impl Into<String>) {
        self.not_checked.push(NotChecked {
            code: self.code.clone(),
            subject: subject.into(),
            why: why.into(),
        });
    }

    /// It is broken.
    pub fn fail(&mut self, failure: Failure) {
        self.failures.push(Failure { code: self.code.clone(), ..failure });
    }

    /// It is broken. When the same rule has said the same already, this is one more place of that
    /// fault: a name that was copied wrong is copied from form to form.
    pub fn fail_once(&mut self, failure: Failure) {
        let told = self.failures.iter_mut().rev().take_while(|told| told.code == self.code);
        match told.into_iter().find(|told| told.message == failure.message) {
            Some(told) => {
                told.evidence.extend(failure.evidence);
                told.facts.extend(failure.facts);
            }
            None => self.fail(failure),
        }
    }

    /// Figures that stand at the same place are one figure, however many sentences read it: from
    /// here on they count as the first of them.
    pub(crate) fn unify(&mut self, accounts: &Accounts) {
        let facts = accounts.facts.iter();
        let mut places: Vec<((u32, u32), FactId)> =
            facts.map(|(id, fact)| ((fact.place.line, fact.place.column), id)).collect();
        // They stand nearly in order.
        places.sort();
        let mut first: ByFact<Option<FactId>> = ByFact::new(accounts);
        for same in places.chunk_by(|(a, _), (b, _)| a == b) {
            if let Some(((_, one), others)) = same.split_first() {
                others.iter().for_each(|(_, other)| first.set(*other, Some(*one)));
            }
        }
        let canonical = |id: FactId| first.get(id).unwrap_or(id);
        for (id, _) in self.failures.iter_mut().flat_map(|failure| &mut failure.repairs) {
            *id = canonical(*id);
        }
        self.held.rename(canonical);
    }

    /// Holds a stated figure against what it ought to be and reports the outcome.
    ///
    /// `others` are the further figures involved; `message` is asked for only when it is broken.
    pub fn compare(
        &mut self,
        context: &Context<'_>,
        stated: FactId,
        expected: Bounds,
        others: &[FactId],
        message: impl FnOnce(&str) -> String,
    ) {
        self.compare_with(context, stated, expected, others, std::iter::empty(), message);
    }

    /// As [`Self::compare`], with the values of other figures that would repair it too.
    pub fn compare_with(
        &mut self,
        context: &Context<'_>,
        stated: FactId,
        expected: Bounds,
        others: &[FactId],
        repairs: impl Iterator<Item = (FactId, Bounds)>,
        message: impl FnOnce(&str) -> String,
    ) {
        let Some((fact, number)) =
            context.accounts.facts.get(stated).and_then(|f| Some((f, f.number()?)))
        else {
            let unread = context.accounts.facts.get(stated).and_then(|fact| match &fact.value {
                Value::Unread(why) => Some((fact.subject.to_string(), why)),
                _ => None,
            });
            return match unread {
                Some((subject, why)) => self.not_checked(subject, &**why),
                None => self.not_applicable(),
            };
        };
        use juesuan_model::Comparison;
        let comparison = number.bounds().compare(expected);
        if comparison == Comparison::Equal {
            let facts: Vec<FactId> = others.iter().copied().chain([stated]).collect();
            return self.pass(&facts);
        }
        let shown = show(number, expected.value);
        let mut failure = Failure::new(fact.subject.to_string(), message(&shown))
            .values(self::stated(fact), &*shown)
            .figure(context, stated)
            .repair(stated, expected);
        failure.difference = difference(number, expected.value);
        for other in others {
            failure = failure.figure(context, *other);
        }
        failure.is_tail = comparison == Comparison::Tail;
        failure.repairs.extend(repairs);
        self.fail(failure);
    }
}

/// What a figure states. A sentence prints the percent sign behind the figure, where the figure alone
/// would be taken for something else.
#[must_use]
pub(crate) fn stated(fact: &Fact) -> String {
    let is_bare = |number: Number| {
        let printed = fact.printed.parse::<Decimal>();
        number.measure() == Measure::Percent && printed == Ok(number.value())
    };
    let sign = if fact.number().is_some_and(is_bare) { "%" } else { "" };
    format!("{}{sign}", fact.printed)
}

/// A value as it would be printed in the place of `like`; quotients are cut to its digits.
#[must_use]
pub(crate) fn show(like: Number, value: Decimal) -> String {
    let digits = like.half().normalize().scale().saturating_sub(1);
    let finer = value.normalize().scale() > digits + 4;
    let value = if finer { value.round_dp(digits.max(2)) } else { value };
    like.with_value(value.normalize()).display()
}

/// `stated - expected` with its unit.
#[must_use]
pub(crate) fn difference(stated: Number, expected: Decimal) -> String {
    let shown = show(stated, stated.value().checked_sub(expected).unwrap_or_default());
    match stated.measure() {
        Measure::Money(scale) => format!("{shown} {}", scale.label()),
        Measure::Percent => shown.replace('%', " 个百分点"),
        Measure::Points => format!("{shown} 分"),
        Measure::Quantity => shown,
    }
}
