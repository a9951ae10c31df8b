//! The columns of a table that has no vertical rules.
#![expect(clippy::float_arithmetic, reason = "geometry of pages")]

use juesuan_pdf::Glyph;

use super::aligned::{Cut, is_amount};
use super::lines::Line;
use super::spacing::{band, gaps};

/// Columns as stretches of the page that text of rows covers, from left to right.
#[derive(Clone, Debug)]
pub(super) struct Columns(Vec<(f64, f64)>);

/// Names of totals and of numbers of columns, which stand in the middle of any column.
const TOTALS: [&str; 4] = ["合计", "总计", "栏次", "小计"];

/// A stretch of the page, the rows that print something there, and how many of them print more than
/// the name of a total.
struct Printed {
    stretch: (f64, f64),
    rows: Vec<bool>,
    count: usize,
}

impl Printed {
    fn take(&mut self, other: &Self) {
        self.stretch.1 = other.stretch.1;
        self.rows.iter_mut().zip(&other.rows).for_each(|(own, other)| *own |= other);
        self.count += other.count;
    }
}

/// Characters closer than this, in sizes of type, are one stretch of text.
const CLOSE: f64 = 0.2;

/// How far beginnings of lines of a column differ, in sizes of type.
pub(super) const SAME_START: f64 = 0.2;

/// The narrowest gap between columns, in sizes of type.
const RIVER: f64 = 0.22;

impl Columns {
    /// The columns of the rows with amounts, and of the heads above them that have nothing below.
    pub(super) fn of(cuts: &[Cut]) -> Option<Self> {
        let lines: Vec<&Line> =
            cuts.iter().filter(|cut| cut.has_amount()).map(|cut| &cut.line).collect();
        let lines =
            if lines.is_empty() { cuts.iter().map(|cut| &cut.line).collect() } else { lines };
        let mut columns = Self::covering(&lines);
        let bands = columns.bands(cuts);
        if bands.is_empty() {
            columns.unite(&lines.iter().map(|line| vec![*line]).collect::<Vec<_>>());
        } else {
            columns = Self::covering(&bands.concat());
            columns.unite(&bands);
        }
        columns.add_heads(cuts);
        (columns.0.len() > 1).then_some(columns)
    }

    /// The stretches that lines cover.
    fn covering(lines: &[&Line]) -> Self {
        // A few lines may run over the gap between columns.
        let few = if lines.len() < 6 { 0 } else { (lines.len() / 12).max(1) };
        let size = lines.iter().map(|line| line.size).fold(0.0, f64::max);
        Self(covered(lines, i32::try_from(few).unwrap_or(0), RIVER * size))
    }

    /// The lines of each row with amounts, when space tells the rows.
    fn bands<'a>(&self, cuts: &'a [Cut]) -> Vec<Vec<&'a Line>> {
        let parted: Vec<Cut> = cuts.iter().map(|cut| self.cut(cut.line.clone())).collect();
        let Some(gaps) = gaps(&parted, self) else { return Vec::new() };
        let rows = cuts.chunk_by(|a, b| band(a, &gaps) == band(b, &gaps));
        let rows = rows.filter(|cuts| cuts.iter().any(Cut::has_amount));
        rows.map(|cuts| cuts.iter().map(|cut| &cut.line).collect()).collect()
    }

    /// A line cut where columns part, between characters that leave a gap there.
    pub(super) fn cut(&self, line: Line) -> Cut {
        let walls = self.walls();
        let side = |glyph: &Glyph| walls.partition_point(|wall| *wall < glyph.bounds.middle_x());
        let mut parts: Vec<Vec<Glyph>> = Vec::new();
        let mut before: Option<Glyph> = None;
        for glyph in &line.glyphs {
            let starts = before.is_none_or(|before| {
                let gap = glyph.bounds.x0 - before.bounds.x1;
                let is_new = glyph.run != before.run;
                let least = if is_new { 0.05 } else { CLOSE };
                gap > 0.9 * line.size
                    || is_new
                        && gap > 0.05 * line.size
                        && self.begins_at(glyph.bounds.x0, glyph.size)
                    || side(&before) != side(glyph) && gap > least * line.size
                    || is_new
                        && parts
                            .last()
                            .is_some_and(|part| self.opens_amount(&line.glyphs, glyph, part))
            });
            before = Some(*glyph);
            match parts.last_mut().filter(|_| !starts) {
                Some(part) => part.push(*glyph),
                None => parts.push(vec![*glyph]),
            }
        }
        let parts = parts.into_iter().filter_map(Line::new).collect();
        Cut { line, parts }
    }

    /// Whether a column begins at a place, for type of a size.
    pub(super) fn begins_at(&self, x: f64, size: f64) -> bool {
        self.0.iter().any(|(start, _)| (start - x).abs() < SAME_START * size)
    }

    /// Whether a stretch overlaps no column.
    pub(super) fn are_none_under(&self, from: f64, to: f64) -> bool {
        self.under(from, to).next().is_none()
    }

    /// Whether a glyph opens a number in a column behind that of the words before, though these fill
    /// their cell up to it.
    fn opens_amount(&self, line: &[Glyph], glyph: &Glyph, words: &[Glyph]) -> bool {
        let own = line.iter().filter(|other| other.run == glyph.run);
        let (text, end) = own.fold((String::new(), glyph.bounds.x1), |(mut text, end), other| {
            text.push(other.text);
            (text, end.max(other.bounds.x1))
        });
        let from = words.first().map_or(0.0, |first| first.bounds.x0);
        is_amount(&text) && self.span(glyph.bounds.x0, end).0 > self.span(from, glyph.bounds.x0).1
    }

    /// From where to where a column reaches.
    pub(super) fn stretch(&self, column: usize) -> Option<(f64, f64)> {
        self.0.get(column).copied()
    }

    pub(super) const fn len(&self) -> usize {
        self.0.len()
    }

    /// Makes one of neighbours that never print beside each other when one of them hardly prints:
    /// numbers of columns stand in the middle of cells whose amounts stand at the right, and so does
    /// the name of a total among codes.
    fn unite(&mut self, rows: &[Vec<&Line>]) {
        let said = |(from, to): &(f64, f64), lines: &[&Line]| -> String {
            let glyphs = lines.iter().flat_map(|line| &line.glyphs);
            let own = glyphs.filter(|glyph| (*from..*to).contains(&glyph.bounds.middle_x()));
            own.map(|glyph| glyph.text).collect()
        };
        let mut united: Vec<Printed> = Vec::new();
        for column in &self.0 {
            let said: Vec<String> = rows.iter().map(|lines| said(column, lines)).collect();
            let counts = |said: &&String| !said.is_empty() && !TOTALS.contains(&said.as_str());
            let count = said.iter().filter(counts).count();
            let rows_used = said.iter().map(|said| !said.is_empty()).collect();
            let own = Printed { stretch: *column, rows: rows_used, count };
            let before = united.last_mut().filter(|before| {
                let apart = before.rows.iter().zip(&own.rows).all(|(a, b)| !(*a && *b));
                apart && before.count.min(own.count) <= (rows.len() / 4).max(1)
            });
            match before {
                Some(before) => before.take(&own),
                None => united.push(own),
            }
        }
        self.0 = united.into_iter().map(|printed| printed.stretch).collect();
    }

    /// Heads that stand over no column: one beside a column without head belongs to it, since
    /// amounts stand at one side of their cells and heads in the middle; others are columns of
    /// their own, which print nothing.
    fn add_heads(&mut self, cuts: &[Cut]) {
        let is_head = |cut: &&Cut| !cut.has_amount();
        let parts = cuts.iter().take_while(is_head).flat_map(|cut| &cut.parts);
        let mut heads: Vec<(f64, f64)> = Vec::new();
        for part in parts.flat_map(|part| self.head_parts(part)) {
            let (from, to) = (part.bounds.x0, part.bounds.x1);
            // What stands over several columns is the head of a group.
            if self.under(from, to).count() < 2 {
                heads.push((from, to));
            }
        }
        heads.sort_by(|(a, _), (b, _)| a.total_cmp(b));
        let mut stacks: Vec<(f64, f64)> = Vec::new();
        for (from, to) in heads {
            match stacks.last_mut().filter(|(_, end)| from < *end) {
                Some((_, end)) => *end = end.max(to),
                None => stacks.push((from, to)),
            }
        }
        let (over, free): (Vec<_>, Vec<_>) =
            stacks.into_iter().partition(|(from, to)| self.under(*from, *to).next().is_some());
        let free = self.give_in_order(&over, free);
        for (from, to) in free {
            let at = self.0.partition_point(|(start, _)| *start < from);
            if self.is_bare(at, &over) {
                if let Some(column) = self.0.get_mut(at) {
                    column.0 = from;
                }
            } else if let Some(before) = at.checked_sub(1).filter(|at| self.is_bare(*at, &over)) {
                if let Some(column) = self.0.get_mut(before) {
                    column.1 = to;
                }
            } else {
                self.0.insert(at, (from, to));
            }
        }
    }

    /// Heads that touch: where one stands over a column and the other over none.
    fn head_parts(&self, part: &Line) -> Vec<Line> {
        let pairs = part.glyphs.iter().zip(part.glyphs.iter().skip(1));
        let wall = pairs.enumerate().find_map(|(at, (left, right))| {
            let gap = right.bounds.x0 - left.bounds.x1;
            let is_parted = left.run != right.run && gap > CLOSE * part.size;
            let sides = self.are_none_under(part.bounds.x0, left.bounds.x1)
                != self.are_none_under(right.bounds.x0, part.bounds.x1);
            (is_parted && sides).then_some(at + 1)
        });
        let Some((left, right)) = wall.and_then(|at| part.glyphs.split_at_checked(at)) else {
            return vec![part.clone()];
        };
        [left, right].into_iter().filter_map(|glyphs| Line::new(glyphs.to_vec())).collect()
    }

    /// Whether a column has no head over it.
    fn is_bare(&self, column: usize, heads: &[(f64, f64)]) -> bool {
        self.0
            .get(column)
            .is_some_and(|(start, end)| !heads.iter().any(|(from, to)| to > start && from < end))
    }

    /// Gives heads to the columns without any between the same neighbours, when there are as many of
    /// both; returns the others.
    fn give_in_order(&mut self, over: &[(f64, f64)], free: Vec<(f64, f64)>) -> Vec<(f64, f64)> {
        let mut left = free;
        let mut at = 0;
        while at < self.0.len() {
            let count = (at..self.0.len()).take_while(|at| self.is_bare(*at, over)).count();
            let before = at.checked_sub(1).and_then(|at| self.0.get(at)).map_or(f64::MIN, |c| c.1);
            let behind = self.0.get(at + count).map_or(f64::MAX, |c| c.0);
            let is_between = |(from, to): &(f64, f64)| *from >= before && *to <= behind;
            if count > 0 && left.iter().filter(|head| is_between(head)).count() == count {
                let (own, others) = left.into_iter().partition(is_between);
                left = others;
                for (column, (from, to)) in self.0.iter_mut().skip(at).zip::<Vec<_>>(own) {
                    *column = (column.0.min(from), column.1.max(to));
                }
            }
            at += count + 1;
        }
        left
    }

    /// The columns that a stretch overlaps.
    fn under(&self, from: f64, to: f64) -> impl Iterator<Item = &(f64, f64)> {
        self.0.iter().filter(move |(start, end)| to > *start && from < *end)
    }

    /// Where one column ends and the next begins.
    pub(super) fn walls(&self) -> Vec<f64> {
        let mut walls: Vec<f64> = self.0.first().map(|(from, _)| *from).into_iter().collect();
        let pairs = self.0.iter().zip(self.0.iter().skip(1));
        walls.extend(pairs.map(|((_, end), (start, _))| f64::midpoint(*end, *start)));
        walls.extend(self.0.last().map(|(_, end)| *end));
        walls
    }

    /// The columns that a part covers: those it overlaps by a good share, else the nearest.
    pub(super) fn covered(&self, part: &Line) -> (usize, usize) {
        self.span(part.bounds.x0, part.bounds.x1)
    }

    fn span(&self, from: f64, to: f64) -> (usize, usize) {
        let shares = self.0.iter().map(|(start, end)| {
            let both = to.min(*end) - from.max(*start);
            both / (to - from).min(end - start).max(1.0)
        });
        let shares: Vec<f64> = shares.collect();
        let first = shares.iter().position(|share| *share > 0.45);
        let last = shares.iter().rposition(|share| *share > 0.45);
        if let (Some(first), Some(last)) = (first, last) {
            return (first, last);
        }
        let middle = f64::midpoint(from, to);
        let away = |(start, end): &(f64, f64)| (f64::midpoint(*start, *end) - middle).abs();
        let nearest =
            self.0.iter().enumerate().min_by(|(_, a), (_, b)| away(a).total_cmp(&away(b)));
        let nearest = nearest.map_or(0, |(index, _)| index);
        (nearest, nearest)
    }

    /// The sides of the columns that a cell stands in.
    pub(super) fn sides(&self, from: f64, to: f64) -> (f64, f64) {
        let (first, last) = self.span(from, to);
        let walls = self.walls();
        let at = |index: usize| walls.get(index).copied().unwrap_or(0.0);
        (at(first), at(last + 1))
    }

    /// Whether most columns of another table stand under columns of this one.
    pub(super) fn fits(&self, other: &Self) -> bool {
        let is_under = |(from, to): &&(f64, f64)| {
            self.0.iter().filter(|(start, end)| to > start && from < end).count() == 1
        };
        let under = other.0.iter().filter(is_under).count();
        under * 10 >= other.0.len() * 7 && other.0.len() <= self.0.len() + 1
    }

    /// Whether text fills a column to its right side.
    pub(super) fn is_full(&self, column: usize, part: &Line) -> bool {
        self.0.get(column).is_some_and(|(_, end)| end - part.bounds.x1 < 1.2 * part.size)
    }
}

/// The stretches that more than a few lines cover, with gaps between them.
fn covered(lines: &[&Line], few: i32, river: f64) -> Vec<(f64, f64)> {
    let mut edges: Vec<(f64, i32)> = Vec::new();
    for line in lines {
        let mut end = f64::NEG_INFINITY;
        for glyph in &line.glyphs {
            if glyph.bounds.x0 - end > CLOSE * line.size {
                if end.is_finite() {
                    edges.push((end, -1));
                }
                edges.push((glyph.bounds.x0, 1));
            }
            end = end.max(glyph.bounds.x1);
        }
        edges.push((end, -1));
    }
    edges.sort_by(|(a, _), (b, _)| a.total_cmp(b));
    let mut covered: Vec<(f64, f64)> = Vec::new();
    let (mut depth, mut start) = (0, None);
    for (x, step) in edges {
        depth += step;
        match start {
            None if depth > few => start = Some(x),
            Some(from) if depth <= few => {
                match covered.last_mut().filter(|(_, end)| from - *end < river) {
                    Some((_, end)) => *end = x,
                    None => covered.push((from, x)),
                }
                start = None;
            }
            _ => {}
        }
    }
    covered
}
