//! Counts of what was measured, by part of the document and by kind of slip.

use std::collections::BTreeMap;
use std::fmt;

use super::alter::Slip;
use super::measure::{Figure, Measured};
use super::trial::{Answer, Trial};
use super::zone::Zone;

/// A share, printed in percent with one decimal. Whole numbers only, so that every machine prints
/// the same.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Share {
    /// How many.
    pub part: usize,
    /// Of how many.
    pub whole: usize,
}

impl fmt::Display for Share {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.whole == 0 {
            return f.write_str("—");
        }
        // All is only said of all, and nothing only of nothing.
        let rounded = (self.part * 2_000 + self.whole) / (self.whole * 2);
        let permille = match rounded {
            1_000 if self.part < self.whole => 999,
            0 if self.part > 0 => 1,
            rounded => rounded,
        };
        write!(f, "{}.{}%", permille / 10, permille % 10)
    }
}

/// What became of some alterations.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Figures altered.
    pub figures: usize,
    /// Alterations.
    pub slips: usize,
    /// Those that were caught.
    pub caught: usize,
    /// Those of which only a note speaks.
    pub noted: usize,
    /// Those that were caught with the altered figure as the place to look at.
    pub shown: usize,
    /// Those that were caught with the value that stood there.
    pub restored: usize,
}

impl Tally {
    /// Counts the slips of some figures that `wanted` lets pass.
    pub fn of<'a>(
        figures: impl Iterator<Item = &'a Figure>,
        wanted: impl Fn(Slip) -> bool,
    ) -> Self {
        let mut tally = Self::default();
        for figure in figures {
            tally.figures += 1;
            for (slip, _, trial) in &figure.slips {
                if wanted(*slip) {
                    tally.add(trial);
                }
            }
        }
        tally
    }

    fn add(&mut self, trial: &Trial) {
        self.slips += 1;
        self.caught += usize::from(trial.answer.is_caught());
        self.noted += usize::from(trial.answer == Answer::Noted);
        self.shown += usize::from(trial.answer >= Answer::Shown);
        self.restored += usize::from(trial.answer >= Answer::Restored);
    }

    /// A share of the alterations.
    #[must_use]
    pub const fn share(&self, part: usize) -> Share {
        Share { part, whole: self.slips }
    }
}

/// The parts of a document that have figures, in order.
#[must_use]
pub fn zones(measured: &Measured) -> Vec<Zone> {
    let mut zones: Vec<Zone> = measured.figures.iter().map(|figure| figure.zone.clone()).collect();
    zones.sort();
    zones.dedup();
    zones
}

/// Errors and doubts that alterations brought about elsewhere, by code: in how many alterations,
/// and the first of them.
#[must_use]
pub fn strangers(measured: &Measured) -> BTreeMap<&str, (usize, Example<'_>)> {
    let mut found: BTreeMap<&str, (usize, Example<'_>)> = BTreeMap::new();
    for figure in &measured.figures {
        for (slip, altered, trial) in &figure.slips {
            let mut codes: Vec<&str> = trial.strangers.iter().map(|s| s.code.as_str()).collect();
            codes.sort_unstable();
            codes.dedup();
            for code in codes {
                let message = trial.strangers.iter().find(|s| s.code == code);
                let message = message.map_or("", |stranger| stranger.message.as_str());
                let example = Example { figure, slip: *slip, altered, message };
                found.entry(code).or_insert((0, example)).0 += 1;
            }
        }
    }
    found
}

/// An alteration and what was said elsewhere.
pub struct Example<'a> {
    /// The figure.
    pub figure: &'a Figure,
    /// What was done to it.
    pub slip: Slip,
    /// What it became.
    pub altered: &'a str,
    /// What was said.
    pub message: &'a str,
}

/// How many alterations brought about such findings, and of how many that was the only answer.
#[must_use]
pub fn with_strangers(measured: &Measured) -> (usize, usize) {
    let trials = measured.figures.iter().flat_map(|figure| &figure.slips).map(|(_, _, t)| t);
    let with = trials.filter(|trial| !trial.strangers.is_empty());
    with.fold((0, 0), |(all, only), trial| {
        (all + 1, only + usize::from(trial.answer == Answer::Elsewhere))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_never_round_to_all_or_nothing() {
        let shown = |part, whole| Share { part, whole }.to_string();
        assert_eq!(shown(1, 3), "33.3%");
        assert_eq!(shown(2, 3), "66.7%");
        assert_eq!(shown(9_999, 10_000), "99.9%");
        assert_eq!(shown(1, 10_000), "0.1%");
        assert_eq!(shown(5, 5), "100.0%");
        assert_eq!(shown(0, 0), "—");
    }
}
