//! Glyphs become lines of text by where they stand, never by the order in which they were drawn.
#![expect(clippy::float_arithmetic, reason = "geometry of pages")]

use juesuan_pdf::{Bounds, Glyph};

use super::super::listing::Run;
use super::upright::Upright;

/// How far the middles of characters of one line lie apart, in sizes of type. Fonts set digits and
/// quotes higher or lower than the characters beside them.
const SAME_LINE: f64 = 0.45;

/// A line of text.
#[derive(Clone, Debug)]
pub(super) struct Line {
    /// From left to right without blanks; never empty.
    pub(super) glyphs: Vec<Glyph>,
    /// The middles of the blanks that the file has.
    blanks: Vec<f64>,
    pub(super) bounds: Bounds,
    /// The size of its largest character.
    pub(super) size: f64,
}

/// The lines that glyphs make, from top to bottom.
pub(super) fn lines(mut glyphs: Vec<Glyph>) -> Vec<Line> {
    glyphs.retain(|glyph| !glyph.text.is_control());
    glyphs.sort_by(|a, b| a.bounds.middle_y().total_cmp(&b.bounds.middle_y()));
    let mut lines: Vec<Vec<Glyph>> = Vec::new();
    let (mut sum, mut size) = (0.0, 0.0_f64);
    for glyph in glyphs {
        let middle = glyph.bounds.middle_y();
        let own = lines.last_mut().filter(|line| {
            let mean = sum / count(line.len());
            middle - mean <= SAME_LINE * size.max(glyph.size)
        });
        if let Some(line) = own {
            line.push(glyph);
            sum += middle;
            size = size.max(glyph.size);
        } else {
            lines.push(vec![glyph]);
            (sum, size) = (middle, glyph.size);
        }
    }
    lines.into_iter().filter_map(Line::new).collect()
}

fn count(number: usize) -> f64 {
    f64::from(u32::try_from(number).unwrap_or(u32::MAX))
}

impl Line {
    /// A line of glyphs in any order; none of none.
    pub(super) fn new(mut glyphs: Vec<Glyph>) -> Option<Self> {
        glyphs.sort_by(|a, b| a.bounds.x0.total_cmp(&b.bounds.x0));
        let blanks = glyphs.iter().filter(|glyph| glyph.text.is_whitespace());
        let blanks = blanks.map(|blank| blank.bounds.middle_x()).collect();
        glyphs.retain(|glyph| !glyph.text.is_whitespace());
        // Bold type is often the same character drawn twice.
        let mut kept: Vec<Glyph> = Vec::with_capacity(glyphs.len());
        for glyph in glyphs {
            let near = kept.iter().rev().take(3);
            if !near.into_iter().any(|other| is_double(other, &glyph)) {
                kept.push(glyph);
            }
        }
        let first = kept.first()?;
        let start = (first.bounds, first.size);
        let (bounds, size) = kept.iter().skip(1).fold(start, |(bounds, size), glyph| {
            (bounds.union(&glyph.bounds), glyph.size.max(size))
        });
        Some(Self { glyphs: kept, blanks, bounds, size })
    }

    /// The characters without blanks.
    pub(super) fn bare(&self) -> String {
        self.glyphs.iter().map(|glyph| glyph.text).collect()
    }

    /// Whether the file has a blank between two places.
    pub(super) fn has_blank(&self, from: f64, to: f64) -> bool {
        self.blanks.iter().any(|blank| (from..to).contains(blank))
    }

    /// The parts between gaps wider than so many sizes of type.
    pub(super) fn parts(&self, widest: f64) -> Vec<Self> {
        let mut end = f64::NEG_INFINITY;
        self.split(|_, glyph| {
            let starts = glyph.bounds.x0 - end > widest * self.size;
            end = end.max(glyph.bounds.x1);
            starts
        })
    }

    /// The parts that begin where it is told, from the part so far and the next character. The
    /// question is asked of the first character too, with nothing before it.
    pub(super) fn split(&self, mut starts: impl FnMut(&[Glyph], &Glyph) -> bool) -> Vec<Self> {
        let mut parts: Vec<Vec<Glyph>> = Vec::new();
        for glyph in &self.glyphs {
            let before = parts.last().map_or(&[][..], Vec::as_slice);
            let is_new = starts(before, glyph);
            match parts.last_mut().filter(|_| !is_new) {
                Some(part) => part.push(*glyph),
                None => parts.push(vec![*glyph]),
            }
        }
        let parts = parts.into_iter().filter_map(Self::new);
        parts.map(|part| Self { blanks: self.blanks.clone(), ..part }).collect()
    }

    /// How wide its beginning is that no program breaks: opening brackets, a Chinese character or a
    /// word or number, and the marks behind it.
    pub(super) fn first_word(&self) -> f64 {
        let opens = |c: char| matches!(c, '（' | '(' | '“' | '《');
        let is_letter = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | ',' | '%' | '-');
        let closes = |c: char| {
            matches!(c, '，' | '。' | '、' | '；' | '：' | '）' | ')' | '”' | '》' | '！' | '？')
        };
        let text: Vec<char> = self.glyphs.iter().map(|glyph| glyph.text).collect();
        let start = text.iter().take_while(|c| opens(**c)).count();
        let word = text.iter().skip(start).take_while(|c| is_letter(**c)).count().max(1);
        let marks = text.iter().skip(start + word).take_while(|c| closes(**c)).count();
        let last = self.glyphs.get((start + word + marks).min(text.len()).saturating_sub(1));
        last.map_or(0.0, |glyph| glyph.bounds.x1 - self.bounds.x0)
    }
}

fn is_double(one: &Glyph, other: &Glyph) -> bool {
    let near = |a: f64, b: f64| (a - b).abs() < 0.2 * one.size;
    one.text == other.text
        && near(one.bounds.x0, other.bounds.x0)
        && near(one.bounds.y0, other.bounds.y0)
}

/// Whether a character is half as wide as a Chinese one.
pub(super) const fn is_narrow(c: char) -> bool {
    (c as u32) < 0x2000
}

/// Whether two characters beside each other, a gap of so many sizes of type apart, are parted by a
/// blank. Between Chinese characters and others programs leave a little air by themselves.
fn is_parted(left: char, right: char, gap: f64) -> bool {
    gap > match (is_narrow(left), is_narrow(right)) {
        (true, true) if left.is_ascii_digit() && right.is_ascii_digit() => 0.3,
        (true, true) => 0.16,
        _ => 0.55,
    }
}

/// Whether the first character of a line is parted from the last of the line before: words of
/// letters are, nothing else is.
fn is_parted_by_line(left: char, right: char) -> bool {
    let is_word = |c: char| c.is_ascii_alphabetic();
    is_word(left) && is_word(right)
}

/// A run that goes on: its text, its box, whether it is narrow, and how sure it is.
type Open = (String, Bounds, bool, u8);

/// The text of lines that belong together, in runs that stand close to each other.
pub(super) fn runs<'l>(lines: impl IntoIterator<Item = &'l Line>, page: &Upright) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    let mut before: Option<Glyph> = None;
    for line in lines {
        let mut open: Option<Open> = None;
        for (index, glyph) in line.glyphs.iter().enumerate() {
            let is_parted = before.is_some_and(|before| {
                if index == 0 {
                    is_parted_by_line(before.text, glyph.text)
                } else {
                    let size = before.size.max(glyph.size).max(1.0);
                    let gap = (glyph.bounds.x0 - before.bounds.x1) / size;
                    is_parted(before.text, glyph.text, gap)
                        || gap > 0.1 && line.has_blank(before.bounds.x1, glyph.bounds.x0)
                }
            });
            before = Some(*glyph);
            let narrow = is_narrow(glyph.text);
            match &mut open {
                Some((text, bounds, kind, confidence)) if *kind == narrow && !is_parted => {
                    text.push(glyph.text);
                    *bounds = bounds.union(&glyph.bounds);
                    *confidence = glyph.confidence.min(*confidence);
                }
                _ => {
                    runs.extend(open.take().map(|open| run(open, page)));
                    if is_parted {
                        runs.push(Run { text: " ".to_owned(), ..Run::default() });
                    }
                    open = Some((glyph.text.to_string(), glyph.bounds, narrow, glyph.confidence));
                }
            }
        }
        runs.extend(open.map(|open| run(open, page)));
    }
    runs
}

fn run((text, bounds, _, confidence): Open, page: &Upright) -> Run {
    let confidence = (confidence < 100).then_some(confidence);
    Run { text, at: Some(page.shown(bounds)), confidence }
}
