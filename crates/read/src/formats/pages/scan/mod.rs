//! Pages that are only pictures.
//!
//! Whole pages with rules are not recognised well; single lines are. So the rules are found in the
//! picture (`strokes`), the cells that they make and the text outside of them are cut into lines
//! (`pieces`), and whoever can recognise text gets these. What comes back goes onto the page as if it
//! had been there, and is read as any page.
#![expect(clippy::float_arithmetic, reason = "geometry of pages")]

mod gray;
mod pieces;
mod strokes;

#[cfg(test)]
mod tests;

use borsh::{BorshDeserialize, BorshSerialize};
use juesuan_pdf::{Bounds, Glyph, Page, Picture, Rule};

use super::grid::Grid;
use super::{lines, rules};
use crate::formats::listing::Listed;
use gray::{Gray, Part};

/// The resolution at which scans are looked at, in dots to the inch.
pub(in super::super) const DPI: u16 = 300;

/// The points of a pixel.
const POINT: f64 = 72.0 / 300.0;

/// The most lines of a page.
const MOST_PIECES: usize = 5_000;

/// The paper around a line.
const MARGIN: usize = 10;

/// How high a line of Chinese characters is, and one of digits, in sizes of type.
const CHINESE: f64 = 0.92;
const DIGITS: f64 = 0.72;

/// A line of text as it is seen.
#[derive(Clone, Debug, PartialEq, Eq, BorshDeserialize, BorshSerialize)]
pub struct Piece {
    /// Where its picture begins on the page, from the left and from the top, in pixels.
    pub left: u32,
    /// See there.
    pub top: u32,
    /// How many pixels its picture is wide.
    pub width: u32,
    /// How many pixels its picture is high.
    pub height: u32,
    /// Whether it may be several lines.
    pub is_block: bool,
    /// How light each pixel is, from left to right, then from top to bottom.
    pub pixels: Vec<u8>,
}

/// A page cut into lines.
#[derive(Clone, Debug, Default, PartialEq, BorshDeserialize, BorshSerialize)]
pub struct Cuttings {
    /// The number of the page.
    pub page: u32,
    /// Its lines.
    pub pieces: Vec<Piece>,
    /// Its rules as their corners, in points.
    rules: Vec<[f64; 4]>,
    /// How many pixels lines fall by, for each across.
    tilt: f64,
}

/// A word that was recognised, and where: left, top, right and bottom in pixels.
#[derive(Clone, Debug, PartialEq, Eq, BorshDeserialize, BorshSerialize)]
pub struct Word {
    /// What it says.
    pub text: String,
    /// Its box.
    pub bounds: [u32; 4],
    /// The top and bottom of its line.
    pub line: [u32; 2],
    /// How sure it is, in hundredths.
    pub confidence: u8,
}

/// What was recognised of a page.
#[derive(Clone, Debug, Default, BorshDeserialize, BorshSerialize)]
pub struct Recognised {
    /// The page; its lines may be gone.
    pub cuttings: Cuttings,
    /// Its words.
    pub words: Vec<Word>,
}

/// Cuts the picture of a page.
pub(in super::super) fn cut(picture: &Picture) -> Cuttings {
    let (mut gray, tilt) = Gray::of(picture).level();
    let (across, down) = strokes::strokes(&gray);
    let strokes: Vec<Part> = across.into_iter().chain(down).collect();
    let rules: Vec<Rule> = strokes.iter().map(|part| Rule { bounds: points(*part) }).collect();
    let ruled = rules::ruled(&rules);
    let grids: Vec<Grid> = ruled.frames.iter().filter_map(Grid::new).collect();
    for stroke in strokes {
        gray.fill(around(stroke, 2), u8::MAX);
    }
    let boxes = grids.iter().flat_map(|grid| grid.cells.iter().filter_map(|c| grid.box_of(c)));
    let cells: Vec<Part> = boxes.map(|bounds| within(pixels(bounds), 3)).collect();
    let mut pieces = pieces_of(&gray, &cells);
    for grid in &grids {
        gray.fill(pixels(grid.bounds), u8::MAX);
    }
    let page = Part { left: 0, top: 0, right: gray.width, bottom: gray.height };
    pieces.extend(pieces_of(&gray, &[page]));
    pieces.truncate(MOST_PIECES);
    let rules = rules.iter().map(|rule| corners(rule.bounds)).collect();
    Cuttings { page: picture.page, pieces, rules, tilt }
}

/// Puts what was recognised onto its page.
pub(super) fn fill(page: &mut Page, recognised: &Recognised) {
    let rule = |[x0, y0, x1, y1]: &[f64; 4]| Rule { bounds: Bounds::new(*x0, *y0, *x1, *y1) };
    page.rules.extend(recognised.cuttings.rules.iter().map(rule));
    page.tilt = recognised.cuttings.tilt;
    let lines: Vec<&[Word]> = recognised.words.chunk_by(|a, b| a.line == b.line).collect();
    let usual = usual_size(&lines);
    for (run, line) in (0_u32..).zip(lines) {
        let size = size(line);
        let is_usual = (0.75..1.25).contains(&(size / usual));
        for word in line {
            glyphs(page, word, run, if is_usual { usual } else { size });
        }
    }
}

/// The size of the type of a line, in pixels, as far as its height tells.
fn size(line: &[Word]) -> f64 {
    let [top, bottom] = line.first().map_or([0, 0], |word| word.line).map(f64::from);
    let is_narrow = line.iter().flat_map(|word| word.text.chars()).all(lines::is_narrow);
    (bottom - top).max(1.0) / if is_narrow { DIGITS } else { CHINESE }
}

/// The size of type that is most usual on a page. Brackets and letters with tails make lines seem
/// higher, and lines of small characters lower, than they are.
fn usual_size(lines: &[&[Word]]) -> f64 {
    let mut sizes: Vec<f64> = lines.iter().map(|line| size(line)).collect();
    sizes.sort_by(f64::total_cmp);
    sizes.get(sizes.len() / 2).copied().unwrap_or(1.0)
}

/// The characters of a word share its box: a Chinese one takes twice as much as a digit.
fn glyphs(page: &mut Page, word: &Word, run: u32, size: f64) {
    let [left, top, right, bottom] = word.bounds.map(f64::from);
    let wide = |c: char| if lines::is_narrow(c) { 1.0 } else { 2.0 };
    let shares: f64 = word.text.chars().map(wide).sum();
    if shares <= 0.0 || right <= left || bottom <= top {
        return;
    }
    let [line_top, line_bottom] = word.line.map(f64::from);
    let middle = f64::midpoint(line_top, line_bottom);
    let mut start = left;
    for text in word.text.chars() {
        let end = start + (right - left) * wide(text) / shares;
        let bounds = Bounds::new(
            start * POINT,
            (middle - size / 2.0) * POINT,
            end * POINT,
            (middle + size / 2.0) * POINT,
        );
        let home = (bounds.middle_x(), bounds.middle_y());
        page.glyphs.push(Glyph {
            text,
            bounds,
            home,
            size: size * POINT,
            run,
            confidence: word.confidence,
            ..Glyph::default()
        });
        start = end;
    }
}

/// What is printed in parts of a page.
fn pieces_of(gray: &Gray, parts: &[Part]) -> Vec<Piece> {
    let (lines, usual) = pieces::lines(gray, parts);
    let piece =
        |line: &Part| Piece { is_block: pieces::is_block(*line, usual), ..piece(gray, *line) };
    lines.iter().map(piece).collect()
}

/// The picture of a line, with paper around it.
fn piece(gray: &Gray, line: Part) -> Piece {
    let outer = around(line, MARGIN);
    let mut pixels = Vec::with_capacity(outer.width() * outer.height());
    for y in outer.top..outer.bottom {
        let is_inner = (line.top..line.bottom).contains(&y);
        let own = if is_inner { gray.row(y, line.left, line.right) } else { &[] };
        pixels.extend(std::iter::repeat_n(u8::MAX, line.left - outer.left));
        pixels.extend_from_slice(own);
        let rest = outer.right - line.left - own.len();
        pixels.extend(std::iter::repeat_n(u8::MAX, rest));
    }
    let size = |size: usize| u32::try_from(size).unwrap_or(u32::MAX);
    Piece {
        left: size(outer.left),
        top: size(outer.top),
        width: size(outer.width()),
        height: size(outer.height()),
        is_block: false,
        pixels,
    }
}

const fn around(part: Part, margin: usize) -> Part {
    Part {
        left: part.left.saturating_sub(margin),
        top: part.top.saturating_sub(margin),
        right: part.right + margin,
        bottom: part.bottom + margin,
    }
}

const fn within(part: Part, margin: usize) -> Part {
    Part {
        left: part.left + margin,
        top: part.top + margin,
        right: part.right.saturating_sub(margin),
        bottom: part.bottom.saturating_sub(margin),
    }
}

fn points(part: Part) -> Bounds {
    let point = |pixel: usize| u32::try_from(pixel).map_or(0.0, f64::from) * POINT;
    Bounds::new(point(part.left), point(part.top), point(part.right), point(part.bottom))
}

const fn corners(bounds: Bounds) -> [f64; 4] {
    [bounds.x0, bounds.y0, bounds.x1, bounds.y1]
}

fn pixels(bounds: Bounds) -> Part {
    let Bounds { x0, y0, x1, y1 } = bounds;
    let [left, top, right, bottom] = [x0, y0, x1, y1].map(|point| whole(point / POINT));
    Part { left, top, right, bottom }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "pixels of a page; casts saturate"
)]
const fn whole(pixels: f64) -> usize {
    pixels.round() as usize
}

/// What is told of pages that were recognised.
pub(super) fn told(recognised: &[Recognised]) -> Option<Listed> {
    let pages: Vec<u32> = recognised.iter().map(|one| one.cuttings.page).collect();
    let stretches = pages.chunk_by(|one, next| one + 1 == *next);
    let stretches = stretches.filter_map(|pages| match pages {
        [] => None,
        [only] => Some(only.to_string()),
        [first, .., last] => Some(format!("{first}—{last}")),
    });
    let stretches: Vec<String> = stretches.collect();
    let words = || recognised.iter().flat_map(|one| &one.words);
    let figures = words().filter(|word| word.is_figure());
    let (count, doubtful) = figures
        .fold((0, 0), |(all, doubtful), word| (all + 1, doubtful + u32::from(word.is_doubtful())));
    (!pages.is_empty()).then(|| {
        Listed::Caveat(format!(
            "第 {} 页是扫描图，其文字是识别出来的（tesseract）：数字 {count} 个，其中 {doubtful} 个没有把握，凡涉及这些数字的都未检查；其余也可能识别有误，请对照原件",
            stretches.join("、")
        ))
    })
}

impl Word {
    /// Whether it is a figure.
    fn is_figure(&self) -> bool {
        self.text.contains(|c: char| c.is_ascii_digit())
    }

    fn is_doubtful(&self) -> bool {
        self.confidence < juesuan_model::SURE
    }
}
