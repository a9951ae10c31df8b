//! The rules of a run as tasks, done one after the other or shared between two threads.

use std::sync::atomic::{AtomicUsize, Ordering};

use juesuan_model::{NotChecked, Threads};
use juesuan_scheme::sentence::{Sentence, SlotRule};
use juesuan_scheme::{Relation, Scheme};

use crate::outcomes::{Failure, Outcomes};
use crate::{Context, Rule, relations};

/// A rule to apply.
pub(crate) enum Task<'s> {
    /// A relation of the scheme.
    Relation(&'s Relation),
    /// What a slot of a sentence must equal, with the title of its rule.
    Slot(&'s Sentence, &'s SlotRule, &'s str),
    /// A coded rule.
    Coded(&'static Rule),
}

impl<'s> Task<'s> {
    /// What the slots of a sentence must equal.
    pub(crate) fn of_sentence(scheme: &'s Scheme, sentence: &'s Sentence) -> Vec<Self> {
        let slot = |rule: &'s SlotRule| {
            let known = scheme.text_rules.iter().find(|known| known.code == rule.code);
            Self::Slot(sentence, rule, known.map_or("", |known| &known.title))
        };
        sentence.bindings.iter().map(slot).collect()
    }

    /// The code of the rule.
    pub(crate) fn code(&self) -> &str {
        match self {
            Self::Relation(relation) => &relation.code,
            Self::Slot(_, rule, _) => &rule.code,
            Self::Coded(rule) => rule.code,
        }
    }

    fn run(&self, context: &Context<'_>, out: &mut Outcomes) {
        out.begin(self.code());
        match self {
            Self::Relation(relation) => relations::relation(relation, context, out),
            Self::Slot(sentence, rule, title) => {
                relations::sentence(sentence, rule, title, context, out);
            }
            Self::Coded(rule) => (rule.check)(context, out),
        }
    }
}

/// The outcomes of all tasks, in their order.
pub(crate) fn run(tasks: &[Task<'_>], context: &Context<'_>, threads: Threads) -> Outcomes {
    if threads == Threads::One {
        let mut out = Outcomes::default();
        tasks.iter().for_each(|task| task.run(context, &mut out));
        return out;
    }
    let next = AtomicUsize::new(0);
    let work = || Share::take(tasks, context, &next);
    // What several rules of wording share is worked out before one of them has to wait for it.
    let is_asked_for = tasks.iter().any(|task| task.code().starts_with("DOC"));
    let (own, other) = std::thread::scope(|scope| {
        let other = scope.spawn(|| {
            is_asked_for.then(|| context.clauses());
            work()
        });
        is_asked_for.then(|| context.hits());
        let own = work();
        (own, other.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
    });
    own.merge(other)
}

/// What one thread has done.
struct Share {
    /// What does not depend on the order of tasks.
    sums: Outcomes,
    /// What failed or was not checked, with the position of the task.
    told: Vec<(usize, Vec<Failure>, Vec<NotChecked>)>,
}

impl Share {
    /// Does tasks that nobody has taken yet until none is left.
    fn take(tasks: &[Task<'_>], context: &Context<'_>, next: &AtomicUsize) -> Self {
        let mut share = Self { sums: Outcomes::default(), told: Vec::new() };
        loop {
            let position = next.fetch_add(1, Ordering::Relaxed);
            let Some(task) = tasks.get(position) else { return share };
            task.run(context, &mut share.sums);
            let failures = std::mem::take(&mut share.sums.failures);
            let not_checked = std::mem::take(&mut share.sums.not_checked);
            share.told.push((position, failures, not_checked));
        }
    }

    fn merge(self, other: Self) -> Outcomes {
        let (mut sums, mut told) = (self.sums, self.told);
        sums.passed += other.sums.passed;
        sums.not_applicable += other.sums.not_applicable;
        sums.held.append(&other.sums.held);
        told.extend(other.told);
        told.sort_by_key(|(position, ..)| *position);
        sums.failures.reserve_exact(told.iter().map(|(_, failures, _)| failures.len()).sum());
        for (_, failures, not_checked) in told {
            sums.failures.extend(failures);
            sums.not_checked.extend(not_checked);
        }
        sums
    }
}
