//! Every figure of a document is altered, one slip at a time, and the document checked again.

use std::sync::Arc;

use juesuan_model::{Finding, Place, Subject};
use juesuan_scheme::Scheme;
use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use super::alter::Slip;
use super::source::{Digits, Source};
use super::trial::{Altered, Baseline, Trial};
use super::zone::{Zone, Zones};
use super::{Progress, Wanted};
use crate::house::{Examined, examine};

/// Characters on either side of a figure that lists show.
const REACH: usize = 10;

/// What was measured on a document.
pub struct Measured {
    /// What it is called.
    pub title: String,
    /// The scheme it was checked with.
    pub scheme: Arc<str>,
    /// What was found before anything was altered.
    pub findings: Vec<Finding>,
    /// The figures on the wanted lines, altered or not.
    pub figures: Vec<Figure>,
    /// How many figures the document has.
    pub all: usize,
}

/// A figure and what came of its alterations.
pub struct Figure {
    /// Where it stands.
    pub place: Place,
    /// In which part of the document.
    pub zone: Zone,
    /// Whether a rule speaks of it.
    pub is_related: bool,
    /// The figure as printed.
    pub printed: String,
    /// The figure with what stands around it.
    pub context: String,
    /// What stands right behind it.
    pub unit: String,
    /// Form and column, or sentence and slot, that it is read as first.
    pub read_as: Option<(Arc<str>, Arc<str>)>,
    /// The slips that could be made; none when it was left out of the sample.
    pub slips: Vec<(Slip, String, Trial)>,
}

/// Something to alter: a place, its digits, the subjects read from it.
struct Target {
    place: Place,
    digits: Digits,
    subjects: Vec<Subject>,
    /// Whether it is altered.
    is_wanted: bool,
}

/// Alters the wanted figures of a text in all ways.
pub fn measure(text: &str, scheme: &Scheme, wanted: &Wanted, progress: &impl Progress) -> Measured {
    let source = Source::new(text);
    let examined = examine(source.text(), scheme);
    let forms: Vec<Arc<str>> = statutory(scheme);
    let zones = Zones::of(&examined, &forms);
    let unrelated: FxHashSet<Place> = examined.checked.unrelated.iter().copied().collect();
    let baseline = Baseline::new(&examined.checked.findings);
    let title = examined.accounts.identity.title.as_ref();
    let title = title.map_or(String::new(), |title| title.text.to_string());
    let targets = targets(&examined, &source, wanted);
    progress.begin(&title, targets.len());
    let figures = targets.par_iter().map(|target| {
        let slips = match target.is_wanted {
            true => slips(&source, target, scheme, &baseline),
            false => Vec::new(),
        };
        progress.step();
        Figure {
            place: target.place,
            zone: zones.at(target.place),
            is_related: !unrelated.contains(&target.place),
            printed: source.quote(target.digits).to_owned(),
            context: source.context(target.digits, REACH),
            unit: source.unit(target.digits),
            read_as: target.subjects.first().map(|s| (s.form.clone(), s.column.clone())),
            slips,
        }
    });
    let figures = figures.collect();
    Measured {
        title,
        scheme: scheme.id.clone(),
        findings: examined.checked.findings,
        figures,
        all: examined.accounts.figures.len(),
    }
}

/// The ids of the statutory forms in their order.
pub(super) fn statutory(scheme: &Scheme) -> Vec<Arc<str>> {
    let mut forms: Vec<_> = scheme.forms.iter().filter(|form| form.statutory).collect();
    forms.sort_by_key(|form| form.number);
    forms.into_iter().map(|form| form.id.clone()).collect()
}

/// Which digit is hit follows from the place.
fn seed(place: Place) -> usize {
    let (line, column) = (u64::from(place.line), u64::from(place.column));
    let mixed = (line * 1_009 + column).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    usize::try_from(mixed >> 40).unwrap_or(0)
}

fn targets(examined: &Examined, source: &Source, wanted: &Wanted) -> Vec<Target> {
    let mut subjects: FxHashMap<(u32, u32), Vec<Subject>> = FxHashMap::default();
    for (_, fact) in examined.accounts.facts.iter() {
        let at = (fact.place.line, fact.place.column);
        subjects.entry(at).or_default().push(fact.subject.clone());
    }
    let on_lines = |place: &&Place| wanted.lines.is_empty() || wanted.lines.contains(&place.line);
    let figures = examined.accounts.figures.iter().filter(on_lines);
    figures
        .enumerate()
        .filter_map(|(index, place)| {
            let digits = source.digits(*place)?;
            let subjects = subjects.get(&(place.line, place.column)).cloned().unwrap_or_default();
            let is_wanted = index.is_multiple_of(wanted.every.max(1));
            Some(Target { place: *place, digits, subjects, is_wanted })
        })
        .collect()
}

/// The slips that can be made with a figure, and what came of each.
fn slips(
    source: &Source,
    target: &Target,
    scheme: &Scheme,
    baseline: &Baseline,
) -> Vec<(Slip, String, Trial)> {
    let before = source.quote(target.digits);
    let subjects: Vec<String> = target.subjects.iter().map(ToString::to_string).collect();
    let made = |slip: &Slip| {
        let altered = slip.applied(before, seed(target.place))?;
        let checked = examine(&source.with(target.digits, &altered), scheme).checked;
        let figure = Altered { place: target.place, before, subjects: &subjects };
        let trial = baseline.judge(&checked.findings, &figure);
        Some((*slip, altered, trial))
    };
    Slip::ALL.iter().filter_map(made).collect()
}
