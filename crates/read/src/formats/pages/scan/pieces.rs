//! Cuts what is printed in cells, and outside of them, into lines.

use super::gray::{Gray, Part, is_ink};

/// What stands further apart within a line, in heights of a line, is cut there.
const WIDE: usize = 3;

/// A row or column counts as printed from so many pixels of ink on; single ones are dust.
const DUST: usize = 2;

/// Lines as high as these, in pixels, tell how high lines of the page are.
const USUAL: std::ops::RangeInclusive<usize> = 16..=110;

/// How high a line is when the page does not tell.
const DEFAULT: usize = 40;

/// The lines that are printed in parts of a page, and how high they usually are.
pub(super) fn lines(gray: &Gray, parts: &[Part]) -> (Vec<Part>, usize) {
    let bands: Vec<Vec<Part>> = parts.iter().map(|part| bands(gray, *part)).collect();
    let mut heights: Vec<usize> = bands.iter().flatten().map(Part::height).collect();
    heights.retain(|height| USUAL.contains(height));
    heights.sort_unstable();
    let usual = heights.get(heights.len() / 2).copied().unwrap_or(DEFAULT);
    let lines = bands.into_iter().flat_map(|bands| whole(bands, usual));
    (lines.flat_map(|line| words(gray, line, WIDE * usual)).collect(), usual)
}

/// Whether a line is so high that it may be several, whose characters touch.
pub(super) const fn is_block(line: Part, usual: usize) -> bool {
    line.height() > usual * 8 / 5
}

/// Rows of a part that have ink, with those beside them.
fn bands(gray: &Gray, part: Part) -> Vec<Part> {
    let printed = (part.top..part.bottom).map(|y| {
        let row = gray.row(y, part.left, part.right);
        row.iter().filter(|pixel| is_ink(**pixel)).count() >= DUST
    });
    stretches(printed, 1)
        .into_iter()
        .map(|(from, to)| Part { top: part.top + from, bottom: part.top + to, ..part })
        .collect()
}

/// Joins the strokes of characters as 二 into lines: what is much lower than a line belongs to what
/// is next to it.
fn whole(bands: Vec<Part>, usual: usize) -> Vec<Part> {
    let mut lines: Vec<Part> = Vec::with_capacity(bands.len());
    for band in bands {
        let joined = lines.last_mut().filter(|line| {
            let is_low = line.height().min(band.height()) < usual / 2;
            let height = band.bottom - line.top;
            is_low && band.top - line.bottom <= usual * 2 / 3 && height <= usual * 5 / 4
        });
        match joined {
            Some(line) => line.bottom = band.bottom,
            None => lines.push(band),
        }
    }
    lines
}

/// The printed parts of a line, parted by wide gaps and trimmed.
fn words(gray: &Gray, band: Part, widest: usize) -> Vec<Part> {
    let mut columns = vec![0_usize; band.width()];
    for y in band.top..band.bottom {
        for (count, pixel) in columns.iter_mut().zip(gray.row(y, band.left, band.right)) {
            *count += usize::from(is_ink(*pixel));
        }
    }
    let printed = columns.iter().map(|count| *count >= DUST);
    stretches(printed, widest)
        .into_iter()
        .map(|(from, to)| Part { left: band.left + from, right: band.left + to, ..band })
        .filter_map(|part| {
            let rows = bands(gray, part);
            let (top, bottom) = (rows.first()?.top, rows.last()?.bottom);
            Some(Part { top, bottom, ..part })
        })
        // A speck is no character.
        .filter(|part| part.width() > 4 || part.height() > 4)
        .collect()
}

/// Stretches of `true`, with gaps shorter than so many.
fn stretches(marks: impl Iterator<Item = bool>, gap: usize) -> Vec<(usize, usize)> {
    let mut found: Vec<(usize, usize)> = Vec::new();
    for (at, _) in marks.enumerate().filter(|(_, is_marked)| *is_marked) {
        match found.last_mut().filter(|(_, end)| at - *end < gap) {
            Some((_, end)) => *end = at + 1,
            None => found.push((at, at + 1)),
        }
    }
    found
}
