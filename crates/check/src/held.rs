//! The equations that hold: what a repair elsewhere would break.

use juesuan_model::FactId;
use rustc_hash::FxHashMap;

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

/// Figures that are copies of each other: equalities tie them and they print the same. Who mistypes
/// the one mistypes all of them.
#[derive(Debug, Default)]
pub(crate) struct Copies {
    /// The first copy of each figure that has some, itself included.
    first: FxHashMap<FactId, FactId>,
    /// How many figures have the same first copy.
    counts: FxHashMap<FactId, u32>,
    /// For each figure, the first of its copies, how many equations with other figures hold.
    ties: FxHashMap<FactId, u32>,
}

impl Copies {
    pub(crate) fn new(context: &Context<'_>, held: &Held) -> Self {
        let mut copies = Self::default();
        let pairs: Vec<Option<(FactId, FactId)>> =
            held.equations().map(|facts| pair(context, facts)).collect();
        pairs.iter().flatten().for_each(|(a, b)| copies.join(*a, *b));
        let all: Vec<FactId> = copies.first.keys().copied().collect();
        for fact in all {
            let first = copies.first(fact);
            copies.first.insert(fact, first);
            *copies.counts.entry(first).or_default() += 1;
        }
        let mut tied: Vec<FactId> = Vec::new();
        let unlike = held.equations().zip(&pairs).filter(|(_, pair)| pair.is_none());
        for (facts, _) in unlike {
            tied.clear();
            tied.extend(facts.iter().map(|fact| copies.first(*fact)));
            tied.sort_unstable();
            tied.dedup();
            tied.iter().for_each(|fact| *copies.ties.entry(*fact).or_default() += 1);
        }
        copies
    }

    fn join(&mut self, a: FactId, b: FactId) {
        let (a, b) = (self.first(a), self.first(b));
        self.first.insert(a.max(b), a.min(b));
        self.first.entry(a.min(b)).or_insert_with(|| a.min(b));
    }

    /// The first copy of a figure; the figure when it has none.
    pub(crate) fn first(&self, fact: FactId) -> FactId {
        let mut at = fact;
        while let Some(before) = self.first.get(&at).filter(|before| **before != at) {
            at = *before;
        }
        at
    }

    /// What changing a figure and its copies costs: the equations that it breaks, and the further
    /// figures that change too.
    pub(crate) fn cost(&self, first: FactId) -> u32 {
        let copies = self.counts.get(&first).map_or(0, |count| count - 1);
        self.ties.get(&first).copied().unwrap_or_default() + copies
    }

    /// The further copies of a figure, in order.
    pub(crate) fn others(&self, first: FactId) -> Vec<FactId> {
        let same = |(fact, of): &(&FactId, &FactId)| **of == first && **fact != first;
        let mut others: Vec<FactId> = self.first.iter().filter(same).map(|(f, _)| *f).collect();
        others.sort_unstable();
        others
    }

    /// Whether an equality that holds ties a figure.
    pub(crate) fn is_tied(&self, fact: FactId) -> bool {
        self.first.contains_key(&fact) || self.ties.contains_key(&fact)
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
