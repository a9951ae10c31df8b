//! Where on the pages of a document its findings stand.

use std::collections::BTreeMap;

use juesuan_model::{Finding, Severity};

/// A finding with its number.
pub(crate) type Numbered<'a> = (usize, &'a Finding);

/// How a place is coloured, gravest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Tone {
    /// The place of an open finding.
    Open(Severity),
    /// The place of findings that somebody answers for.
    Waived,
    /// What findings are held against.
    Beside,
}

impl Tone {
    /// Of one finding.
    pub(crate) const fn of(finding: &Finding) -> Self {
        if finding.waived.is_some() { Self::Waived } else { Self::Open(finding.severity) }
    }
}

/// The page on which a finding is to be looked at.
pub(crate) fn home(finding: &Finding) -> Option<u32> {
    let placed = finding.evidence.iter().find(|e| e.page.is_some() && e.bbox.is_some());
    placed.or(finding.evidence.first()).and_then(|evidence| evidence.page)
}

/// A place on a page with everything that is to be said about it.
#[derive(Debug)]
pub(crate) struct Spot<'a> {
    pub(crate) page: u32,
    /// Left, top, right and bottom in points.
    pub(crate) bbox: [i32; 4],
    /// The findings that are to be looked at here.
    pub(crate) own: Vec<Numbered<'a>>,
    /// Those that are held against it.
    pub(crate) beside: Vec<Numbered<'a>>,
}

impl Spot<'_> {
    pub(crate) fn tone(&self) -> Tone {
        self.own.iter().map(|(_, finding)| Tone::of(finding)).min().unwrap_or(Tone::Beside)
    }

    fn area(&self) -> i64 {
        let [left, top, right, bottom] = self.bbox.map(i64::from);
        right.saturating_sub(left).saturating_mul(bottom.saturating_sub(top))
    }
}

/// Findings on pages.
#[derive(Debug, Default)]
pub(crate) struct Spots<'a> {
    /// Page by page as people read; what lies within another one comes after it, and so above.
    pub(crate) placed: Vec<Spot<'a>>,
    /// Findings without a box.
    pub(crate) placeless: Vec<Numbered<'a>>,
    /// How many places are left out.
    pub(crate) left_out: usize,
}

/// The spots of findings, up to a number of them, the gravest.
pub(crate) fn spots<'a>(findings: impl Iterator<Item = Numbered<'a>>, most: usize) -> Spots<'a> {
    let mut all: BTreeMap<(u32, [i32; 4]), Spot<'_>> = BTreeMap::new();
    let mut placeless = Vec::new();
    for (number, finding) in findings {
        let mut is_first = true;
        for evidence in &finding.evidence {
            let (Some(page), Some(bbox)) = (evidence.page, evidence.bbox) else { continue };
            let spot = all.entry((page, bbox)).or_insert_with(|| Spot {
                page,
                bbox,
                own: Vec::new(),
                beside: Vec::new(),
            });
            let is_known =
                [&spot.own, &spot.beside].into_iter().flatten().any(|(n, _)| *n == number);
            let list = if is_first { &mut spot.own } else { &mut spot.beside };
            if !is_known {
                list.push((number, finding));
            }
            is_first = false;
        }
        if is_first {
            placeless.push((number, finding));
        }
    }
    let mut placed: Vec<Spot<'_>> = all.into_values().collect();
    placed.sort_by_key(Spot::tone);
    let left_out = placed.len().saturating_sub(most);
    placed.truncate(most);
    placed.sort_by_key(|spot| {
        let [left, top, ..] = spot.bbox;
        (spot.page, top, left, std::cmp::Reverse(spot.area()), spot.bbox)
    });
    Spots { placed, placeless, left_out }
}
