//! Rows told by space: lines of one cell stand closer to each other than cells do.
#![expect(clippy::float_arithmetic, reason = "geometry of pages")]

use super::aligned::{Cut, is_amount};
use super::columns::Columns;
use super::lines::is_narrow;

/// Lines of one cell are at most so many sizes of type apart, from middle to middle.
const FAR: f64 = 2.0;

/// How many times further apart than lines of a cell lines of different cells are at least.
const FURTHER: f64 = 1.06;

/// Half the height that a line covers for certain, in sizes of type.
const CORE: f64 = 0.3;

/// Text in one column.
struct Piece {
    column: usize,
    middle: f64,
    size: f64,
    width: f64,
    /// Where it ends.
    end: f64,
    /// The width of what of its beginning cannot stand at the end of a line.
    first: f64,
    text: String,
}

/// Neighbours in one column, the upper one first.
struct Pair<'a> {
    upper: &'a Piece,
    lower: &'a Piece,
    /// The width of the widest text of the column, and where the last one ends.
    widest: f64,
    last_end: f64,
}

impl Pair<'_> {
    fn distance(&self) -> f64 {
        self.lower.middle - self.upper.middle
    }

    fn is_number(&self) -> bool {
        is_amount(&self.upper.text) && is_amount(&self.lower.text)
    }

    /// Whether both are numbers of their own.
    fn is_two(&self) -> bool {
        self.is_number() && !self.is_one_number()
    }

    /// Whether one is a number and the other is none.
    fn is_mixed(&self) -> bool {
        is_amount(&self.upper.text) != is_amount(&self.lower.text)
    }

    /// Whether both are Chinese words, whose lines one font sets at one distance, and the upper line
    /// had no room for more.
    fn may_go_on(&self) -> bool {
        let has_words = |piece: &Piece| !piece.text.chars().all(is_narrow);
        // Text that is set in has less room than its column.
        let is_full = self.upper.width + self.lower.first > self.widest
            || self.upper.end + self.lower.first > self.last_end;
        is_full && has_words(self.upper) && has_words(self.lower)
    }

    /// Whether both are parts of one number.
    fn is_one_number(&self) -> bool {
        goes_on(&self.upper.text, &self.lower.text)
    }
}

/// Whether the end of a number stands below its beginning, which had no more room.
pub(super) fn goes_on(upper: &str, lower: &str) -> bool {
    let is_whole = upper.rsplit_once('.').is_some_and(|(_, cents)| cents.len() > 1);
    let is_end = lower.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | '%'));
    let starts = upper.ends_with(|c: char| c.is_ascii_digit() || matches!(c, '.' | ','));
    starts && is_end && (lower == "%" || !is_whole) && lower.chars().count() < upper.chars().count()
}

/// Where rows part, from top to bottom, when the lines of their cells stand closer together than
/// their cells; `None` when nothing tells lines of one cell from those of two.
pub(super) fn gaps(cuts: &[Cut], columns: &Columns) -> Option<Vec<f64>> {
    let pieces = pieces(cuts, columns);
    let pairs = pairs(&pieces, columns.len());
    let within = within(&pairs);
    let mut stretches: Vec<(f64, f64)> =
        within.iter().map(|pair| (pair.upper.middle, pair.lower.middle)).collect();
    let lines = cuts.iter().flat_map(|cut| &cut.parts);
    stretches.extend(lines.map(|part| {
        let (middle, core) = (part.bounds.middle_y(), CORE * part.size);
        (middle - core, middle + core)
    }));
    stretches.sort_by(|(a, _), (b, _)| a.total_cmp(b));
    let (mut gaps, mut end) = (Vec::new(), f64::INFINITY);
    for (top, bottom) in stretches {
        if top > end {
            gaps.push(f64::midpoint(end, top));
            end = bottom;
        }
        end = if end.is_finite() { end.max(bottom) } else { bottom };
    }
    // Two numbers in a cell of many rows show that lines of different cells were taken for one.
    let band = |piece: &Piece| gaps.partition_point(|gap| *gap <= piece.middle);
    let is_merged = |pair: &&Pair<'_>| pair.is_two() && band(pair.upper) == band(pair.lower);
    let merged = pairs.iter().filter(is_merged).count();
    (!within.is_empty() && merged * 10 <= gaps.len()).then_some(gaps)
}

/// Between which bounds a line stands.
pub(super) fn band(cut: &Cut, bounds: &[f64]) -> usize {
    bounds.partition_point(|at| *at <= cut.line.bounds.middle_y())
}

fn pieces(cuts: &[Cut], columns: &Columns) -> Vec<Piece> {
    let parts = cuts.iter().flat_map(|cut| &cut.parts);
    let pieces = parts.filter_map(|part| {
        let (column, last) = columns.covered(part);
        let (middle, width) = (part.bounds.middle_y(), part.bounds.width());
        let first = part.first_word();
        let (size, text) = (part.size, part.bare());
        let end = part.bounds.x1;
        (column == last).then_some(Piece { column, middle, size, width, end, first, text })
    });
    let mut pieces: Vec<Piece> = pieces.collect();
    pieces.sort_by(|a, b| a.middle.total_cmp(&b.middle));
    pieces
}

fn pairs(pieces: &[Piece], columns: usize) -> Vec<Pair<'_>> {
    let mut last: Vec<Option<&Piece>> = vec![None; columns];
    let mut room = vec![(0.0_f64, 0.0_f64); columns];
    for piece in pieces {
        if let Some((widest, last_end)) = room.get_mut(piece.column) {
            (*widest, *last_end) = (widest.max(piece.width), last_end.max(piece.end));
        }
    }
    let mut pairs = Vec::new();
    for lower in pieces {
        let (widest, last_end) = room.get(lower.column).copied().unwrap_or_default();
        let upper = last.get_mut(lower.column).and_then(|slot| slot.replace(lower));
        pairs.extend(upper.map(|upper| Pair { upper, lower, widest, last_end }));
    }
    pairs
}

/// The pairs that are lines of one cell: parts of a number, and words that stand closer to each other
/// than others do, while no two numbers stand closer.
fn within<'a>(pairs: &'a [Pair<'a>]) -> Vec<&'a Pair<'a>> {
    let two = pairs.iter().filter(|pair| pair.is_two() || pair.is_mixed());
    let least = two.map(Pair::distance).fold(f64::INFINITY, f64::min) / FURTHER.sqrt();
    let words = pairs.iter().filter(|pair| pair.may_go_on());
    let widest = widest_within(words.map(|pair| (pair.distance(), pair.upper.size)), least);
    let is_within = |pair: &&Pair<'_>| {
        let most = if pair.is_one_number() { least.min(FAR * pair.upper.size) } else { widest };
        pair.distance() < most && (pair.is_one_number() || pair.may_go_on())
    };
    pairs.iter().filter(is_within).collect()
}

/// The distance below which words are of one cell: the first distances that are about the same, and
/// closer than what all lines of a cell are closer than. Given are distances with sizes of type.
fn widest_within(words: impl Iterator<Item = (f64, f64)>, least: f64) -> f64 {
    // What stands beside each other in a column is another matter.
    let close = words.filter(|(away, size)| (0.5 * size..FAR * size).contains(away));
    let mut distances: Vec<f64> =
        close.map(|(away, _)| away).filter(|away| *away < least).collect();
    distances.sort_by(f64::total_cmp);
    let mut widest = distances.first().copied().unwrap_or(0.0);
    for away in distances {
        if away <= FURTHER * widest {
            widest = away;
        }
    }
    widest * FURTHER.sqrt()
}
