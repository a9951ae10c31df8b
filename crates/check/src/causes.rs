//! One cause, one finding: the smallest set of changed figures that explains all failures.
//!
//! Every failure of an equation knows, for each figure it ties, the value that would repair it.
//! A figure that repairs several failures with the same value, and whose change would break
//! little that holds, is their common cause. Causes are taken greedily, the strongest first.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use juesuan_model::{Bounds, FactId};
use rust_decimal::Decimal;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::Context;
use crate::held::Copies;
use crate::hints::slip;
use crate::outcomes::Failure;

/// A cause with the failures it explains, the one to report first.
#[derive(Debug)]
pub(crate) struct Group {
    /// The figure and the value that repairs all, when it is determined.
    pub(crate) cause: Option<(FactId, Bounds)>,
    /// Indices of failures.
    pub(crate) failures: Vec<usize>,
}

/// Groups failures by cause; `copies` tells what the equations that hold tie together, `near` are
/// figures that an equation gives within rounding.
pub(crate) fn group(
    context: &Context<'_>,
    failures: &[Failure],
    copies: &Copies,
    near: &FxHashSet<FactId>,
) -> Vec<Group> {
    let mut open: BTreeSet<usize> = (0..failures.len()).collect();
    let mut votes = Votes::new(failures, copies);
    let mut groups = spoiled(failures);
    for group in &groups {
        votes.withdraw(failures, &group.failures);
        open.retain(|index| !group.failures.contains(index));
    }
    while let Some(candidate) = votes.strongest() {
        let mut explained: Vec<usize> = votes.explained_by(candidate).collect();
        votes.withdraw(failures, &explained);
        open.retain(|index| !explained.contains(index));
        explained.sort_by_key(|index| rank(context, failures, *index, candidate.fact));
        groups.push(Group { cause: Some((candidate.fact, candidate.value)), failures: explained });
    }
    let alone = |index| {
        let group = alone(context, failures, index, copies);
        // Rounding may well have made it what it is: nothing proves it wrong.
        let is_near = group.cause.is_some_and(|(fact, _)| near.contains(&fact));
        Group { cause: group.cause.filter(|_| !is_near), ..group }
    };
    groups.extend(open.into_iter().map(alone));
    fold_derived(failures, groups)
}

/// What failures that spoil figures explain: whatever else is wrong with these.
fn spoiled(failures: &[Failure]) -> Vec<Group> {
    let mut taken: BTreeSet<usize> = BTreeSet::new();
    let mut groups = Vec::new();
    for (index, failure) in failures.iter().enumerate().filter(|(_, f)| !f.spoils.is_empty()) {
        let spoils: FxHashSet<FactId> = failure.spoils.iter().copied().collect();
        let follows = |other: &Failure| {
            other.spoils.is_empty() && other.facts.iter().any(|fact| spoils.contains(fact))
        };
        let others = failures.iter().enumerate().filter(|(_, other)| follows(other));
        let others = others.map(|(other, _)| other).filter(|other| !taken.contains(other));
        let group: Vec<usize> = std::iter::once(index).chain(others).collect();
        taken.extend(&group);
        groups.push(Group { cause: None, failures: group });
    }
    groups
}

/// A failure that only restates another is told with the one that is about the same figure.
fn fold_derived(failures: &[Failure], groups: Vec<Group>) -> Vec<Group> {
    let about = |group: &Group| {
        let first = group.failures.first().and_then(|index| failures.get(*index));
        group.cause.map(|(fact, _)| fact).or_else(|| first?.facts.first().copied())
    };
    let is_derived = |group: &Group| {
        group.failures.iter().all(|index| failures.get(*index).is_some_and(|f| f.derived))
    };
    let (mut derived, mut kept): (Vec<Group>, Vec<Group>) =
        groups.into_iter().partition(is_derived);
    // Those that know the right value lead.
    derived.sort_by_key(|group| !repairs_something(failures, group));
    for group in derived {
        let fact = about(&group);
        let same = |other: &Group| {
            fact.is_some_and(|fact| speaks_of(failures, other, fact))
                || other.cause.is_some_and(|(cause, _)| involves(failures, &group, cause))
                || same_family(failures, &group, other) && same_place(failures, &group, other)
        };
        match kept.iter_mut().find(|other| same(other)) {
            Some(other) => other.failures.extend(group.failures),
            None => kept.push(group),
        }
    }
    kept
}

/// Whether the first failure of a group knows what one of its figures should be.
fn repairs_something(failures: &[Failure], group: &Group) -> bool {
    let first = group.failures.first().and_then(|index| failures.get(*index));
    first.is_some_and(|first| !first.repairs.is_empty())
}

/// Whether some failure of a group involves a figure.
fn involves(failures: &[Failure], group: &Group, fact: FactId) -> bool {
    let of_group = group.failures.iter().filter_map(|index| failures.get(*index));
    of_group.flat_map(|failure| &failure.facts).any(|other| *other == fact)
}

/// Whether the failure that stands for a group involves a figure.
fn speaks_of(failures: &[Failure], group: &Group, fact: FactId) -> bool {
    let first = group.failures.first().and_then(|index| failures.get(*index));
    group.cause.is_some_and(|(cause, _)| cause == fact)
        || first.is_some_and(|first| first.facts.contains(&fact))
}

/// A failure that shares its cause with no other: its cause is determined only when one of its
/// figures is tied by nothing that holds while all others are, or when just one of the untied
/// ones becomes right by a slip of the digits that people make.
fn alone(context: &Context<'_>, failures: &[Failure], index: usize, copies: &Copies) -> Group {
    let repairs = failures.get(index).map_or(&[][..], |failure| &failure.repairs);
    let free: Vec<&(FactId, Bounds)> =
        repairs.iter().filter(|(fact, _)| !copies.is_tied(*fact)).collect();
    let slips = || {
        let meant = |(fact, value): &&(FactId, Bounds)| {
            let number = context.number(Some(*fact))?;
            Some((*fact, Bounds::exact(slip(number, *value)?)))
        };
        free.iter().filter_map(meant).collect::<Vec<_>>()
    };
    let cause = match free.as_slice() {
        [] => None,
        [only] => Some(**only),
        _ => match slips().as_slice() {
            [only] => Some(*only),
            _ => None,
        },
    };
    Group { cause, failures: vec![index] }
}

/// Whether two groups are of one family of rules: a slip of the pen in a cell says nothing of what
/// else is wrong with the cell.
fn same_family(failures: &[Failure], a: &Group, b: &Group) -> bool {
    let family = |group: &Group| {
        let first = group.failures.first().and_then(|index| failures.get(*index))?;
        first.code.get(..3)
    };
    family(a) == family(b)
}

/// Whether two groups begin with evidence at overlapping places.
fn same_place(failures: &[Failure], a: &Group, b: &Group) -> bool {
    let first = |group: &Group| {
        let failure = group.failures.first().and_then(|index| failures.get(*index))?;
        failure.evidence.first().map(|spot| spot.place)
    };
    let (Some(x), Some(y)) = (first(a), first(b)) else { return false };
    let end = |place: juesuan_model::Place| place.column.saturating_add(place.width.max(1));
    x.line == y.line && x.column < end(y) && y.column < end(x)
}

#[derive(Clone, Copy)]
struct Candidate {
    fact: FactId,
    value: Bounds,
}

/// Whether two repairs mean the same printed figure.
fn same(a: Bounds, b: Bounds) -> bool {
    a.low <= b.high && b.low <= a.high
}

/// What a repair explains less what it would break, what it explains, how exactly it is known, and
/// the earlier figure.
type Strength = (i64, i64, Reverse<(bool, Decimal)>, Reverse<FactId>);

/// What the failures that are still open would have of each figure.
struct Votes<'c> {
    copies: &'c Copies,
    /// By the first copy of each figure.
    by_fact: FxHashMap<FactId, Vec<Vote>>,
    /// The figures whose repair explains more than it costs.
    candidates: FxHashMap<FactId, (Strength, Candidate)>,
}

/// The value that would repair a failure.
struct Vote {
    failure: usize,
    value: Bounds,
    /// Whether the failure only restates others.
    derived: bool,
}

impl<'c> Votes<'c> {
    fn new(failures: &[Failure], copies: &'c Copies) -> Self {
        let mut by_fact: FxHashMap<FactId, Vec<Vote>> = FxHashMap::default();
        for (index, failure) in failures.iter().enumerate() {
            for (fact, value) in &failure.repairs {
                let vote = Vote { failure: index, value: *value, derived: failure.derived };
                by_fact.entry(copies.first(*fact)).or_default().push(vote);
            }
        }
        let mut votes = Self { copies, by_fact, candidates: FxHashMap::default() };
        let facts: Vec<FactId> = votes.by_fact.keys().copied().collect();
        facts.into_iter().for_each(|fact| votes.weigh(fact));
        votes
    }

    /// Finds the value of a figure that explains the most: at least two failures, and more than
    /// it costs.
    fn weigh(&mut self, fact: FactId) {
        let mut best: Option<(Strength, Candidate)> = None;
        let votes = self.by_fact.get(&fact).map_or(&[][..], Vec::as_slice);
        let cost = i64::from(self.copies.cost(fact));
        for Vote { value, .. } in votes.iter().filter(|_| votes.len() > 1) {
            let agreeing = votes.iter().filter(|other| !other.derived && same(other.value, *value));
            let agreeing: BTreeSet<usize> = agreeing.map(|vote| vote.failure).collect();
            let explained = i64::try_from(agreeing.len()).unwrap_or(i64::MAX);
            if explained < 2 || cost >= explained {
                continue;
            }
            let strength = (
                explained - cost,
                explained,
                Reverse((value.derived, value.half())),
                Reverse(fact),
            );
            if best.as_ref().is_none_or(|(other, _)| strength > *other) {
                best = Some((strength, Candidate { fact, value: *value }));
            }
        }
        match best {
            Some(best) => self.candidates.insert(fact, best),
            None => self.candidates.remove(&fact),
        };
    }

    /// The figure whose repair explains the most.
    fn strongest(&self) -> Option<Candidate> {
        let best = self.candidates.values().max_by_key(|(strength, _)| *strength);
        best.map(|(_, candidate)| *candidate)
    }

    /// The failures that a repair explains, in order.
    fn explained_by(&self, candidate: Candidate) -> impl Iterator<Item = usize> {
        let votes = self.by_fact.get(&candidate.fact).into_iter().flatten();
        let agreeing = votes.filter(move |vote| same(vote.value, candidate.value));
        agreeing.map(|vote| vote.failure).collect::<BTreeSet<_>>().into_iter()
    }

    /// Takes back what explained failures would have.
    fn withdraw(&mut self, failures: &[Failure], explained: &[usize]) {
        let failures = explained.iter().filter_map(|index| failures.get(*index));
        let facts: BTreeSet<FactId> =
            failures.flat_map(|f| &f.repairs).map(|(fact, _)| self.copies.first(*fact)).collect();
        for fact in facts {
            if let Some(votes) = self.by_fact.get_mut(&fact) {
                votes.retain(|vote| !explained.contains(&vote.failure));
            }
            self.weigh(fact);
        }
    }
}

/// Which failure of a group to report: one about the figure itself, within a table first.
fn rank(
    context: &Context<'_>,
    failures: &[Failure],
    index: usize,
    cause: FactId,
) -> (bool, bool, usize, usize) {
    let Some(failure) = failures.get(index) else {
        return (true, true, usize::MAX, index);
    };
    let subject = context.accounts.facts.get(cause).map(|fact| fact.subject.to_string());
    let about_it = subject.is_some_and(|subject| subject == failure.subject);
    let family = ["TAB", "XTB", "PRF", "TXT"].iter().position(|f| failure.code.starts_with(f));
    (failure.derived, !about_it, family.unwrap_or(usize::MAX), index)
}
