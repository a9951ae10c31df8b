//! The equations that hold: what a repair elsewhere would break.

use juesuan_model::{Accounts, FactId};

use crate::Context;

/// For each equality that holds the figures it ties, one after the other.
#[derive(Debug, Default)]
pub(crate) struct Held {
    facts: Vec<FactId>,
    /// Behind the last figure of each.
    ends: Vec<usize>,
}

impl Held {
    pub(crate) fn push(&mut self, facts: &[FactId]) {
        if !facts.is_empty() {
            self.facts.extend_from_slice(facts);
            self.ends.push(self.facts.len());
        }
    }

    pub(crate) fn append(&mut self, other: &Self) {
        other.equations().for_each(|facts| self.push(facts));
    }

    /// The figures that some equality ties.
    pub(crate) fn facts(&self) -> &[FactId] {
        &self.facts
    }

    pub(crate) fn equations(&self) -> impl Iterator<Item = &[FactId]> {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        starts.zip(&self.ends).filter_map(|(start, end)| self.facts.get(start..*end))
    }

    /// Puts other figures in the place of figures.
    pub(crate) fn rename(&mut self, name: impl Fn(FactId) -> FactId) {
        self.facts.iter_mut().for_each(|fact| *fact = name(*fact));
    }
}

/// A value for each figure of the accounts.
#[derive(Debug, Default)]
pub(crate) struct ByFact<T>(Vec<T>);

impl<T: Copy + Default> ByFact<T> {
    pub(crate) fn new(accounts: &Accounts) -> Self {
        Self(vec![T::default(); accounts.facts.len()])
    }

    pub(crate) fn get(&self, fact: FactId) -> T {
        self.0.get(fact.index()).copied().unwrap_or_default()
    }

    pub(crate) fn set(&mut self, fact: FactId, value: T) {
        if let Some(known) = self.0.get_mut(fact.index()) {
            *known = value;
        }
    }
}

/// Figures that are copies of each other: equalities tie them and they print the same. Who mistypes
/// the one mistypes all of them.
#[derive(Debug, Default)]
pub(crate) struct Copies {
    /// The figures that have copies, in order.
    all: Vec<FactId>,
    /// The first copy of each of them, itself included.
    first: ByFact<Option<FactId>>,
    /// How many figures have the same first copy.
    counts: ByFact<u32>,
    /// For each figure, the first of its copies, how many equations with other figures hold.
    ties: ByFact<u32>,
}

impl Copies {
    pub(crate) fn new(context: &Context<'_>, held: &Held) -> Self {
        let accounts = context.accounts;
        let mut copies = Self {
            all: Vec::new(),
            first: ByFact::new(accounts),
            counts: ByFact::new(accounts),
            ties: ByFact::new(accounts),
        };
        let mut unlike: Vec<&[FactId]> = Vec::new();
        for facts in held.equations() {
            match pair(context, facts) {
                Some((a, b)) => copies.join(a, b),
                None => unlike.push(facts),
            }
        }
        copies.all.sort_unstable();
        for fact in &copies.all {
            let first = copies.first(*fact);
            copies.first.set(*fact, Some(first));
            copies.counts.set(first, copies.counts.get(first) + 1);
        }
        let mut tied: Vec<FactId> = Vec::new();
        for facts in unlike {
            tied.clear();
            tied.extend(facts.iter().map(|fact| copies.first(*fact)));
            tied.sort_unstable();
            tied.dedup();
            tied.iter().for_each(|fact| copies.ties.set(*fact, copies.ties.get(*fact) + 1));
        }
        copies
    }

    fn join(&mut self, a: FactId, b: FactId) {
        for fact in [a, b] {
            if self.first.get(fact).is_none() {
                self.first.set(fact, Some(fact));
                self.all.push(fact);
            }
        }
        let (a, b) = (self.first(a), self.first(b));
        self.first.set(a.max(b), Some(a.min(b)));
    }

    /// The first copy of a figure; the figure when it has none.
    pub(crate) fn first(&self, fact: FactId) -> FactId {
        let mut at = fact;
        while let Some(before) = self.first.get(at).filter(|before| *before != at) {
            at = before;
        }
        at
    }

    /// What changing a figure and its copies costs: the equations that it breaks, and the further
    /// figures that change too.
    pub(crate) fn cost(&self, first: FactId) -> u32 {
        self.ties.get(first) + self.counts.get(first).saturating_sub(1)
    }

    /// The further copies of a figure, in order.
    pub(crate) fn others(&self, first: FactId) -> Vec<FactId> {
        let same = |fact: &FactId| *fact != first && self.first.get(*fact) == Some(first);
        self.all.iter().copied().filter(same).collect()
    }

    /// Whether an equality that holds ties a figure.
    pub(crate) fn is_tied(&self, fact: FactId) -> bool {
        self.first.get(fact).is_some() || self.ties.get(fact) > 0
    }
}

/// The two figures of an equality when all others are zero and the two print the same amount.
fn pair(context: &Context<'_>, facts: &[FactId]) -> Option<(FactId, FactId)> {
    let value = |fact: &FactId| context.value(Some(*fact)).filter(|value| !value.is_zero());
    let mut amounts = facts.iter().filter_map(|fact| Some((*fact, value(fact)?)));
    let (Some((a, one)), Some((b, two)), None) = (amounts.next(), amounts.next(), amounts.next())
    else {
        return None;
    };
    (a != b && one == two).then_some((a, b))
}
