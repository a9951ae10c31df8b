//! Where the lines of a source that has none of its own stand: on its pages, in its sheets.

use std::sync::Arc;

use borsh::{BorshDeserialize, BorshSerialize};

use crate::Place;

/// Where something stands in a source without lines.
#[derive(Clone, Debug, PartialEq, Eq, BorshDeserialize, BorshSerialize)]
pub enum Location {
    /// On a page.
    Page {
        /// The page, from 1.
        page: u32,
        /// Left, top, right and bottom in points, from the upper left corner of the page as it is
        /// shown; rounded outwards.
        bbox: [i32; 4],
    },
    /// In a sheet of a workbook.
    Cell {
        /// The name of the sheet.
        sheet: Arc<str>,
        /// Its cell as people write it: `C5`.
        cell: String,
    },
}

/// A run of characters of one line and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Region {
    /// The run, with its width.
    pub place: Place,
    /// Where it stands.
    pub at: Location,
    /// How sure it is that the source says so, in hundredths: 100 unless it was recognised in a
    /// picture.
    pub confidence: u8,
}

/// The way from lines and columns of a listing back to the source. Sources with lines of their own
/// need none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Layout {
    regions: Vec<Region>,
    /// Whether some of it was recognised in pictures.
    is_recognised: bool,
}

/// What is less sure than this is doubtful, in hundredths.
pub const SURE: u8 = 80;

impl Layout {
    /// A layout of regions in the order of their places.
    #[must_use]
    pub fn new(mut regions: Vec<Region>) -> Self {
        regions.sort_by_key(|region| region.place);
        let is_recognised = regions.iter().any(|region| region.confidence < 100);
        Self { regions, is_recognised }
    }

    /// Whether the source has pages.
    #[must_use]
    pub fn is_paged(&self) -> bool {
        let first = self.regions.first().map(|region| &region.at);
        matches!(first, Some(Location::Page { .. }))
    }

    /// Where a place of the listing stands: the smallest box around its characters, on the page
    /// where they begin. A place without width is the run that it stands in.
    #[must_use]
    pub fn locate(&self, place: Place) -> Option<Location> {
        let at = self.runs(place).map(|region| part(region, place)).reduce(around);
        at.or_else(|| {
            // What is missing at the end of a line has the place of what stands before it.
            let before = self.regions.get(self.first(place).checked_sub(1)?)?;
            (place.width == 0 && before.place.line == place.line).then(|| before.at.clone())
        })
    }

    /// Whether some of the source was recognised in pictures.
    #[must_use]
    pub const fn is_recognised(&self) -> bool {
        self.is_recognised
    }

    /// How sure it is that the source says what stands at a place, in hundredths.
    #[must_use]
    pub fn confidence(&self, place: Place) -> u8 {
        if !self.is_recognised {
            return 100;
        }
        self.runs(place).map(|region| region.confidence).min().unwrap_or(100)
    }

    /// On which page it stands and how sure it is, where what stands at a place may have been
    /// recognised wrongly.
    #[must_use]
    pub fn doubt(&self, place: Place) -> Option<(u32, u8)> {
        let confidence = self.confidence(place);
        match self.locate(place) {
            Some(Location::Page { page, .. }) if confidence < SURE => Some((page, confidence)),
            _ => None,
        }
    }

    /// The first region that does not end before a place.
    fn first(&self, place: Place) -> usize {
        self.regions.partition_point(|region| {
            region.place.line < place.line
                || region.place.line == place.line && end(region.place) <= place.column
        })
    }

    /// The regions that a place covers.
    fn runs(&self, place: Place) -> impl Iterator<Item = &Region> {
        let runs = self.regions.get(self.first(place)..).unwrap_or_default().iter();
        runs.take_while(move |region| {
            region.place.line == place.line && region.place.column < end(place)
        })
    }
}

/// The column behind a place, one further where it has no width.
fn end(place: Place) -> u32 {
    place.column.saturating_add(place.width.max(1))
}

/// The part of a run that a place means, as far as it can be told from the width of characters.
fn part(region: &Region, place: Place) -> Location {
    let (run, Location::Page { page, bbox: [left, top, right, bottom] }) =
        (region.place, &region.at)
    else {
        return region.at.clone();
    };
    let width = i64::from(run.width);
    // A run that is higher than wide was set sideways, in which of both ways is not known here.
    let is_sideways = width > 1 && bottom.saturating_sub(*top) > right.saturating_sub(*left);
    if width == 0 || place.width == 0 || is_sideways {
        return region.at.clone();
    }
    let from = i64::from(place.column.saturating_sub(run.column));
    let end = place.column.saturating_add(place.width).saturating_sub(run.column);
    let end = i64::from(end).min(width);
    let whole = i64::from(right.saturating_sub(*left));
    let at = |characters: i64, rest: i64| {
        let shift = whole.saturating_mul(characters).saturating_add(rest).checked_div(width);
        left.saturating_add(i32::try_from(shift.unwrap_or(0)).unwrap_or(0))
    };
    let round_up = width.saturating_sub(1);
    Location::Page { page: *page, bbox: [at(from, 0), *top, at(end, round_up), *bottom] }
}

/// The box around two parts; what stands on another page is left out.
fn around(one: Location, other: Location) -> Location {
    match (one, other) {
        (
            Location::Page { page, bbox: [left, top, right, bottom] },
            Location::Page { page: same, bbox },
        ) if page == same => {
            let bbox =
                [left.min(bbox[0]), top.min(bbox[1]), right.max(bbox[2]), bottom.max(bbox[3])];
            Location::Page { page, bbox }
        }
        (one, _) => one,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(line: u32, column: u32, width: u32, page: u32, bbox: [i32; 4]) -> Region {
        let place = Place::new(line, column).wide(width);
        Region { place, at: Location::Page { page, bbox }, confidence: 100 }
    }

    #[test]
    fn a_place_is_as_sure_as_the_least_sure_of_its_runs() {
        let bbox = [0, 0, 10, 10];
        let doubtful = Region { confidence: 40, ..run(2, 3, 2, 1, bbox) };
        let layout = Layout::new(vec![run(2, 1, 2, 1, bbox), doubtful, run(2, 5, 2, 1, bbox)]);
        let at = |column, width| Place::new(2, column).wide(width);
        assert_eq!([at(1, 2), at(1, 4), at(5, 1)].map(|at| layout.confidence(at)), [100, 40, 100]);
        assert_eq!([at(4, 1), at(5, 2)].map(|at| layout.doubt(at)), [Some((1, 40)), None]);
        assert_eq!(layout.doubt(Place::new(9, 1)), None, "nothing stands there");
    }

    #[test]
    fn a_place_is_found_within_its_run_and_over_several() {
        let layout = Layout::new(vec![
            run(3, 1, 4, 1, [100, 50, 140, 60]),
            run(3, 5, 2, 1, [60, 62, 80, 72]),
            run(3, 7, 2, 2, [60, 10, 80, 20]),
        ]);
        let at = |column, width| match layout.locate(Place::new(3, column).wide(width)) {
            Some(Location::Page { page, bbox }) => (page, bbox),
            other => panic!("{other:?}"),
        };
        assert_eq!(at(2, 2), (1, [110, 50, 130, 60]));
        assert_eq!(at(3, 3), (1, [60, 50, 140, 72]));
        assert_eq!(at(5, 4), (1, [60, 62, 80, 72]), "the other page is left out");
        assert_eq!(at(2, 0), (1, [100, 50, 140, 60]), "no width means the whole run");
        assert_eq!(at(9, 0), (2, [60, 10, 80, 20]), "nothing at the end stands with the last run");
        assert_eq!(layout.locate(Place::new(4, 1).wide(1)), None);
        let sideways = Layout::new(vec![run(1, 1, 4, 1, [100, 50, 112, 90])]);
        let part = sideways.locate(Place::new(1, 2).wide(1));
        assert_eq!(part, Some(run(1, 1, 4, 1, [100, 50, 112, 90]).at), "sideways, all of it");
        assert_eq!(layout.locate(Place::new(3, 9).wide(1)), None);
    }
}
