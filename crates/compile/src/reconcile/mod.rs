//! The way back: a document that people have edited, held against the publication that it was
//! made from.
//!
//! Three states meet: what was printed (listed in the file itself), what stands there now, and what
//! would be printed today. A figure that differs from today's was changed by hand only if it also
//! differs from what was printed; else the packages have changed since.

mod align;
mod blocks;
mod stretches;

use std::sync::Arc;

use juesuan_model::{Document, Publication, Run};
use rustc_hash::{FxHashMap, FxHashSet};

use align::{Pair, align};
use blocks::{Expected, Found};
use stretches::{Became, Source, Stretch, changed};

/// What was found out about an edited document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reconciled {
    /// The changes, in the order in which the publication prints what they concern; what was added
    /// comes last.
    pub changes: Vec<Change>,
    /// How many figures were found as they are printed today.
    pub figures: usize,
    /// Whether so little is the same that it must be another disclosure.
    pub is_other: bool,
}

/// A change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// What it is.
    pub kind: ChangeKind,
    /// The heading that it stands below.
    pub section: Arc<str>,
    /// What figures and words that were handed in state; empty for others.
    pub subject: Arc<str>,
    /// What was printed.
    pub printed: String,
    /// What stands there now.
    pub found: String,
    /// What would be printed today.
    pub today: String,
}

/// What kind of change it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ChangeKind {
    /// A figure, or a word that follows from figures, was changed.
    Figure,
    /// Words that were handed in were changed.
    Stated,
    /// Words that were handed in were changed here, and otherwise in the package.
    Conflict,
    /// Words of the manuscript were changed.
    Words,
    /// Figures and words were changed in one, so that it cannot be told which became what.
    Mixed,
    /// A block stands elsewhere.
    Moved,
    /// A block is gone.
    Deleted,
    /// A block was added.
    Added,
    /// Nobody changed it here, but the package has changed since.
    Outdated,
}

/// Less than so many thousandths of the blocks are the same in another disclosure.
const LEAST_SAME: usize = 200;

/// Compares. `listed` are the figures and words that the file lists as printed, in their order;
/// none when it lists nothing.
#[must_use]
pub fn reconcile(publication: &Publication, document: &Document, listed: &[Run]) -> Reconciled {
    let expected = blocks::expected(publication);
    let found = blocks::found(document, &expected);
    if is_other(&expected, &found) {
        return Reconciled { is_other: true, ..Reconciled::default() };
    }
    let of = |expected: &Expected| expected.key.clone();
    let (old, new): (Vec<String>, Vec<&str>) =
        (expected.iter().map(of).collect(), found.iter().map(|f| f.key.as_str()).collect());
    let old: Vec<&str> = old.iter().map(String::as_str).collect();
    let pairs = align(&old, &new);
    let mut desk = Desk {
        expected: &expected,
        found: &found,
        printed: Printed::new(listed),
        out: Reconciled::default(),
    };
    desk.tell(&pairs);
    desk.out
}

fn is_other(expected: &[Expected], found: &[Found]) -> bool {
    let there: FxHashSet<&str> = found.iter().map(|found| found.key.as_str()).collect();
    let needed = expected.iter().filter(|expected| !expected.is_optional);
    let (mut all, mut same) = (0_usize, 0_usize);
    for block in needed {
        all = all.saturating_add(1);
        same = same.saturating_add(usize::from(there.contains(block.key.as_str())));
    }
    same.saturating_mul(1_000) < all.saturating_mul(LEAST_SAME)
}

/// What the file lists as printed.
struct Printed<'a> {
    figures: FxHashMap<(&'a str, usize), &'a str>,
    stated: FxHashMap<&'a str, &'a str>,
}

impl<'a> Printed<'a> {
    fn new(listed: &'a [Run]) -> Self {
        let mut printed = Self { figures: FxHashMap::default(), stated: FxHashMap::default() };
        let mut counts: FxHashMap<&str, usize> = FxHashMap::default();
        for run in listed {
            match run {
                Run::Figure(figure) => {
                    let count = counts.entry(&figure.subject).or_default();
                    printed.figures.insert((&figure.subject, *count), &figure.text);
                    *count = count.saturating_add(1);
                }
                Run::Stated(stated) => {
                    printed.stated.insert(&stated.subject, &stated.text);
                }
                Run::Words(_) => {}
            }
        }
        printed
    }

    fn of(&self, source: &Source) -> Option<&'a str> {
        match source {
            Source::Words => None,
            Source::Stated(subject) => self.stated.get(&**subject).copied(),
            Source::Figure(subject, at) => self.figures.get(&(&**subject, *at)).copied(),
        }
    }
}

struct Desk<'a> {
    expected: &'a [Expected],
    found: &'a [Found],
    printed: Printed<'a>,
    out: Reconciled,
}

impl Desk<'_> {
    fn tell(&mut self, pairs: &[Pair]) {
        let mut pairs_left = pairs.iter().peekable();
        for (at, block) in self.expected.iter().enumerate() {
            match pairs_left.next_if(|pair| pair.expected == at) {
                Some(pair) => self.pair(block, pair),
                None if block.is_optional => {}
                None => self.push(ChangeKind::Deleted, block, "", shown(&block.cells), ""),
            }
        }
        self.added(pairs);
    }

    fn push(
        &mut self,
        kind: ChangeKind,
        of: &Expected,
        subject: &str,
        printed: String,
        found: &str,
    ) {
        self.out.changes.push(Change {
            kind,
            section: of.section.clone(),
            subject: subject.into(),
            today: printed.clone(),
            printed,
            found: found.to_owned(),
        });
    }

    fn pair(&mut self, block: &Expected, pair: &Pair) {
        let Some(found) = self.found.get(pair.found) else { return };
        if pair.is_moved && !block.is_optional {
            self.push(ChangeKind::Moved, block, "", shown(&block.cells), "");
        }
        let figures = block.cells.iter().flatten();
        let figures =
            figures.filter(|stretch| matches!(stretch.source, Source::Figure(..))).count();
        self.out.figures = self.out.figures.saturating_add(figures);
        if block.key == found.key {
            return;
        }
        if block.cells.len() == found.cells.len() {
            for (cell, found) in block.cells.iter().zip(&found.cells) {
                self.line(block, cell, found);
            }
        } else {
            let cells: Vec<Stretch> = block.cells.iter().flatten().cloned().collect();
            self.line(block, &cells, &found.cells.concat());
        }
    }

    /// The changes of a line or cell.
    fn line(&mut self, block: &Expected, stretches: &[Stretch], found: &str) {
        if stretches.is_empty() {
            if !found.trim().is_empty() {
                self.push(ChangeKind::Words, block, "", String::new(), found.trim());
            }
            return;
        }
        for became in changed(stretches, found) {
            self.became(block, stretches, &became);
        }
    }

    fn became(&mut self, block: &Expected, stretches: &[Stretch], became: &Became) {
        let of = stretches.get(became.of.0..became.of.1).unwrap_or_default();
        let is_figure = |stretch: &Stretch| matches!(stretch.source, Source::Figure(..));
        let figures = of.iter().filter(|stretch| is_figure(stretch)).count();
        self.out.figures = self.out.figures.saturating_sub(figures);
        let today: String = of.iter().map(|stretch| stretch.text.as_str()).collect();
        let [stretch] = of else {
            let kind = if figures > 0 { ChangeKind::Mixed } else { ChangeKind::Words };
            return self.push(kind, block, "", today, &became.text);
        };
        let printed = self.printed.of(&stretch.source);
        let is = |one: &str, other: &str| bare(one) == bare(other);
        let is_untouched = printed.is_some_and(|printed| is(printed, &became.text));
        let is_news = printed.is_some_and(|printed| !is(printed, &stretch.text));
        let (kind, subject) = match &stretch.source {
            Source::Words => (ChangeKind::Words, ""),
            Source::Stated(subject) | Source::Figure(subject, _) if is_untouched => {
                (ChangeKind::Outdated, &**subject)
            }
            Source::Figure(subject, _) => (ChangeKind::Figure, &**subject),
            Source::Stated(subject) if is_news => (ChangeKind::Conflict, &**subject),
            Source::Stated(subject) => (ChangeKind::Stated, &**subject),
        };
        let printed = printed.unwrap_or(&stretch.text).to_owned();
        self.push(kind, block, subject, printed, &became.text);
        self.out.changes.last_mut().into_iter().for_each(|change| change.today.clone_from(&today));
    }

    /// What stands in the document and nowhere in the publication.
    fn added(&mut self, pairs: &[Pair]) {
        let of: FxHashMap<usize, usize> =
            pairs.iter().map(|pair| (pair.found, pair.expected)).collect();
        let known: FxHashSet<&str> = self.expected.iter().map(|block| block.key.as_str()).collect();
        let mut above = None;
        for (at, found) in self.found.iter().enumerate() {
            if let Some(expected) = of.get(&at) {
                above = self.expected.get(*expected);
            } else if !known.contains(&*found.key) {
                let change = Change {
                    kind: ChangeKind::Added,
                    section: above.map_or_else(|| "".into(), |block| block.section.clone()),
                    subject: "".into(),
                    printed: String::new(),
                    found: found.cells.join("　"),
                    today: String::new(),
                };
                self.out.changes.push(change);
            }
        }
    }
}

fn bare(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

fn shown(cells: &[Vec<Stretch>]) -> String {
    let cell = |stretches: &Vec<Stretch>| -> String {
        stretches.iter().map(|stretch| stretch.text.as_str()).collect()
    };
    cells.iter().map(cell).collect::<Vec<_>>().join("　")
}

#[cfg(test)]
mod tests;
