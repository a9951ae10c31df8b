//! Lines become paragraphs, over pages too, and stand with the tables in the order of reading.
#![expect(clippy::float_arithmetic, reason = "geometry of pages")]

use rustc_hash::FxHashMap;

use super::super::listing::{Listed, Run};
use super::joined::{Open, Tables};
use super::lines::{Line, is_narrow, runs};
use super::upright::Upright;
use super::{Item, Sheet};

/// Parts of a line that are so far apart, in sizes of type, say different things.
const APART: f64 = 2.5;

/// Where the text of pages of one width begins and ends.
#[derive(Clone, Copy, Debug)]
struct Measure {
    left: f64,
    right: f64,
    /// The size of type of most lines.
    size: f64,
    /// The fonts of most lines, for Chinese and for the rest.
    fonts: [Option<u16>; 2],
}

/// The blocks of all pages.
pub(super) fn blocks(sheets: Vec<Sheet>) -> Vec<Listed> {
    let measures = measures(&sheets);
    let mut flow = Flow::default();
    for sheet in sheets {
        flow.caveats(&sheet);
        let usual = measures.get(&width(&sheet)).copied();
        let measure = own_measure(&sheet).or(usual);
        for item in sheet.items {
            match item {
                Item::Table(grid) => {
                    flow.end_paragraph();
                    flow.table(grid, sheet.upright);
                }
                Item::Line(line) => flow.line(line, sheet.upright, measure),
            }
        }
        flow.page_ends();
    }
    flow.finish()
}

/// The width of a page, told roughly.
fn width(sheet: &Sheet) -> i64 {
    rounded(sheet.area.width() / 10.0)
}

#[expect(clippy::cast_possible_truncation, reason = "points of a page; casts saturate")]
const fn rounded(points: f64) -> i64 {
    points.round() as i64
}

/// The measure of a page of its own: sheets of a workbook have different margins.
fn own_measure(sheet: &Sheet) -> Option<Measure> {
    const ENOUGH: usize = 4;
    let lines: Vec<&Line> = wide_lines(sheet).collect();
    if lines.len() < ENOUGH { None } else { measure(&lines) }
}

/// The lines of a page that may be full.
fn wide_lines(sheet: &Sheet) -> impl Iterator<Item = &Line> {
    let wide = 0.55 * sheet.area.width();
    sheet.items.iter().filter_map(move |item| match item {
        Item::Line(line) if line.bounds.width() > wide => Some(line),
        _ => None,
    })
}

fn measures(sheets: &[Sheet]) -> FxHashMap<i64, Measure> {
    let mut all: FxHashMap<i64, Vec<&Line>> = FxHashMap::default();
    for sheet in sheets {
        all.entry(width(sheet)).or_default().extend(wide_lines(sheet));
    }
    all.into_iter().filter_map(|(width, lines)| Some((width, measure(&lines)?))).collect()
}

/// Where a line ends, without a mark that may hang over the edge.
fn end(line: &Line) -> f64 {
    let marks = ['，', '。', '、', '；', '：'];
    let end = line.glyphs.iter().rev().find(|glyph| !marks.contains(&glyph.text));
    end.map_or(line.bounds.x1, |glyph| glyph.bounds.x1)
}

fn measure(lines: &[&Line]) -> Option<Measure> {
    // Where text is not set to the edge, few lines reach it: two that end close together tell it.
    let mut ends: Vec<f64> = lines.iter().map(|line| end(line)).collect();
    ends.sort_by(|a, b| b.total_cmp(a));
    let pairs = ends.iter().zip(ends.iter().skip(1));
    let right = pairs.filter(|(end, next)| *end - *next < 2.0 * NEAR).map(|(end, _)| *end).next();
    let right = right.or(ends.first().copied())?;
    let left = most(lines.iter().map(|line| line.bounds.x0))?;
    let size = most(lines.iter().map(|line| line.size))?;
    let fonts =
        [false, true].map(|narrow| commonest(lines.iter().filter_map(|line| font(line, narrow))));
    Some(Measure { left, right, size, fonts })
}

/// How far places lie apart that are meant to be one.
const NEAR: f64 = 4.0;

/// The value that most are near to.
fn most(values: impl Iterator<Item = f64> + Clone) -> Option<f64> {
    let bucket = |value: f64| rounded(value / NEAR);
    let common = commonest(values.clone().map(bucket))?;
    let (sum, count) = values
        .filter(|value| bucket(*value) == common)
        .fold((0.0, 0_u32), |(sum, count), value| (sum + value, count + 1));
    Some(sum / f64::from(count.max(1)))
}

/// The value that comes most often, the smallest of several.
fn commonest<T: Copy + Ord + std::hash::Hash>(values: impl Iterator<Item = T>) -> Option<T> {
    let mut counts: FxHashMap<T, usize> = FxHashMap::default();
    for value in values {
        *counts.entry(value).or_default() += 1;
    }
    let most = counts.into_iter().max_by_key(|(value, count)| (*count, std::cmp::Reverse(*value)));
    most.map(|(value, _)| value)
}

/// The font of the first narrow or wide character of a line.
fn font(line: &Line, narrow: bool) -> Option<u16> {
    line.glyphs.iter().find(|glyph| is_narrow(glyph.text) == narrow).map(|glyph| glyph.font)
}

/// Whether a line is set larger than the text, or in another font.
fn stands_out(line: &Line, measure: &Measure) -> bool {
    let is_other = |(narrow, usual): (bool, Option<u16>)| {
        font(line, narrow).is_some_and(|own| usual.is_some_and(|usual| own != usual))
    };
    line.size > 1.08 * measure.size || [false, true].into_iter().zip(measure.fonts).any(is_other)
}

/// A paragraph that may go on.
struct Paragraph {
    runs: Vec<Run>,
    /// Its first line and its last.
    first: Line,
    last: Line,
    /// Whether the last line ends the page before.
    is_before: bool,
    has_leader: bool,
    /// Whether it is set larger than the text, or in another font.
    stands_out: bool,
    lines: usize,
}

#[derive(Default)]
struct Flow {
    tables: Tables,
    open: Option<Paragraph>,
}

impl Flow {
    fn caveats(&mut self, sheet: &Sheet) {
        for caveat in &sheet.caveats {
            self.tables.push(Listed::Unread(caveat.clone()));
        }
    }

    fn table(&mut self, grid: super::Grid, page: Upright) {
        self.tables.table(Open::new(grid, page));
    }

    fn line(&mut self, line: Line, page: Upright, measure: Option<Measure>) {
        let has_leader = has_leader(&line);
        let parts = if has_leader { vec![line] } else { apart(line) };
        let count = parts.len();
        for part in parts {
            self.part(part, page, measure, has_leader || count > 1);
        }
    }

    fn part(&mut self, line: Line, page: Upright, measure: Option<Measure>, is_alone: bool) {
        let goes_on =
            !is_alone && self.open.as_ref().is_some_and(|open| continues(open, &line, measure));
        match self.open.as_mut().filter(|_| goes_on) {
            Some(open) => {
                open.runs.extend(runs([&open.last, &line].into_iter().skip(1), &page));
                open.last = line;
                open.is_before = false;
                open.lines += 1;
            }
            None => {
                self.end_paragraph();
                let stands_out = measure.is_some_and(|measure| stands_out(&line, &measure));
                self.open = Some(Paragraph {
                    stands_out,
                    lines: 1,
                    runs: runs([&line], &page),
                    first: line.clone(),
                    last: line,
                    is_before: false,
                    has_leader: is_alone,
                });
            }
        }
    }

    fn page_ends(&mut self) {
        if let Some(open) = &mut self.open {
            open.is_before = true;
        }
        self.tables.page_ends();
    }

    fn end_paragraph(&mut self) {
        let Some(open) = self.open.take() else { return };
        match heading(&open) {
            Some(level) => self.tables.push(Listed::Heading(level, open.runs)),
            None => self.tables.paragraph(open.runs),
        }
    }

    fn finish(mut self) -> Vec<Listed> {
        self.end_paragraph();
        self.tables.finish()
    }
}

/// The parts of a line that say different things; a number alone at its end stays with it.
fn apart(line: Line) -> Vec<Line> {
    let parts = line.parts(APART);
    let is_number = |part: &Line| part.glyphs.iter().all(|glyph| glyph.text.is_ascii_digit());
    if parts.len() == 2 && parts.last().is_some_and(is_number) { vec![line] } else { parts }
}

/// Whether a line is an entry of the contents: dots lead to its page.
fn has_leader(line: &Line) -> bool {
    let mut dots = 0;
    for glyph in &line.glyphs {
        dots = match glyph.text {
            '…' | '⋯' => dots + 3,
            '.' | '·' | '．' | '。' | '•' | '_' | '-' | '┄' => dots + 1,
            _ => 0,
        };
        if dots >= 6 {
            return true;
        }
    }
    false
}

/// Whether a line goes on with a paragraph.
fn continues(open: &Paragraph, line: &Line, measure: Option<Measure>) -> bool {
    let (last, size) = (&open.last, line.size);
    if open.has_leader || (last.size - size).abs() > 0.15 * size {
        return false;
    }
    let pitch = line.bounds.middle_y() - last.bounds.middle_y();
    if !open.is_before && !(0.0..2.6 * size).contains(&pitch) {
        return false;
    }
    let Some(measure) = measure else { return false };
    let is_item = opens_item(&line.bare());
    if is_item && (ends_sentence(last) || line.bounds.x0 > last.bounds.x0 - 0.3 * size) {
        return false;
    }
    if is_centred_pair(last, line, &measure) {
        return !open.is_before && pitch < 2.2 * size;
    }
    let needed = line.first_word() + 0.6 * size;
    let is_full = last.bounds.x1 + needed > measure.right;
    let ends = ends_sentence(last);
    let starts_left = line.bounds.x0 < measure.left + 1.2 * size;
    let is_hanging = line.bounds.x0 > measure.left + 0.5 * size
        && line.bounds.x0 > open.first.bounds.x0 + 0.3 * size
        && !ends;
    let is_below = (line.bounds.x0 - last.bounds.x0).abs() < 0.3 * size && !ends;
    // A block that is indented as a whole goes on where its lines begin.
    let is_block = is_below && open.first.bounds.x0 > measure.left + 3.0 * size;
    is_full && (starts_left || is_hanging || is_block)
}

/// Titles of two lines, one under the middle of the other.
fn is_centred_pair(one: &Line, other: &Line, measure: &Measure) -> bool {
    let size = other.size;
    let is_short = |line: &Line| line.bounds.x0 > measure.left + 0.9 * size;
    let is_large = size > 1.15 * measure.size;
    is_large
        && (is_short(one) || is_short(other))
        && (one.bounds.middle_x() - other.bounds.middle_x()).abs() < 1.2 * size
}

/// The level of a heading: numbered, short, and set apart from the text.
fn heading(open: &Paragraph) -> Option<u8> {
    const MOST_LINES: usize = 2;
    let bare = open.first.bare();
    let is_heading = open.stands_out
        && !open.has_leader
        && open.lines <= MOST_LINES
        && opens_item(&bare)
        && !ends_sentence(&open.last);
    let is_digit = |c: char| c.is_ascii_digit();
    is_heading.then(|| match bare.chars().next() {
        Some('第') => 2,
        Some('（' | '(') => {
            if bare.chars().nth(1).is_some_and(is_digit) {
                6
            } else {
                4
            }
        }
        Some(c) if is_digit(c) => 5,
        _ => 3,
    })
}

/// Whether words open an item or a section: 第一部分, 一、, （一）, 1., (1).
fn opens_item(text: &str) -> bool {
    let is_count = |c: char| c.is_ascii_digit() || "一二三四五六七八九十百".contains(c);
    let rest = text.trim_start_matches(['第', '（', '(']);
    let behind = rest.trim_start_matches(is_count);
    let length = rest.chars().count() - behind.chars().count();
    let mut next = behind.chars();
    let is_closed = match (text.chars().next(), next.next()) {
        (Some('第'), Some(c)) => matches!(c, '部' | '章' | '节' | '条'),
        (Some('（' | '('), Some(c)) => matches!(c, '）' | ')'),
        (Some(_), Some('、')) => true,
        (Some(_), Some('．')) => true,
        // “6.5” is a number, “6.2025年…” an item that begins with a year.
        (Some(_), Some('.')) => {
            let behind = next.as_str().trim_start_matches(|c: char| c.is_ascii_digit());
            behind.len() == next.as_str().len() || behind.starts_with('年')
        }
        _ => false,
    };
    (1..=4).contains(&length) && is_closed
}

fn ends_sentence(line: &Line) -> bool {
    let last = line.glyphs.last().map(|glyph| glyph.text);
    last.is_some_and(|c| matches!(c, '。' | '；' | '：' | '！' | '？' | ';'))
}
