//! The columns of a table that has no vertical rules.
#![expect(clippy::float_arithmetic, reason = "geometry of pages")]

use juesuan_pdf::Glyph;

use super::aligned::{Cut, GAP, is_amount};
use super::heads;
use super::lines::Line;
use super::spacing::{band, gaps};

/// Columns as stretches of the page that text of rows covers, from left to right.
#[derive(Clone, Debug)]
pub(super) struct Columns(Vec<(f64, f64)>);

/// Names of totals and of numbers of columns, which stand in the middle of any column.
const TOTALS: [&str; 4] = ["合计", "总计", "栏次", "小计"];

/// A stretch of the page and what each row prints there.
struct Printed {
    stretch: (f64, f64),
    rows: Vec<InRow>,
}

/// What a row prints in a stretch.
#[derive(Default)]
struct InRow {
    /// Its segments, by their numbers.
    segments: Vec<usize>,
    /// Whether it is more than the name of a total.
    counts: bool,
}

impl Printed {
    fn new(stretch: (f64, f64), rows: &[Vec<Segment>]) -> Self {
        let rows = rows.iter().map(|segments| {
            let own = segments.iter().enumerate();
            let own = own.filter(|(_, one)| one.to > stretch.0 && one.from < stretch.1);
            let (segments, own): (Vec<usize>, Vec<&Segment>) = own.unzip();
            let is_total = own.iter().all(|one| TOTALS.contains(&one.text.as_str()));
            InRow { segments, counts: !is_total }
        });
        Self { stretch, rows: rows.collect() }
    }

    /// Whether no row prints one thing here and another in the next stretch, and one of them hardly
    /// prints anything by itself.
    fn is_part_of(&self, next: &Self) -> bool {
        let (mut own, mut others, mut is_bridged) = (0, 0, false);
        for (here, there) in self.rows.iter().zip(&next.rows) {
            let is_one = here.segments.iter().any(|one| there.segments.contains(one));
            if !is_one && !here.segments.is_empty() && !there.segments.is_empty() {
                return false;
            }
            is_bridged |= is_one;
            own += usize::from(here.counts && !is_one);
            others += usize::from(there.counts && !is_one);
        }
        let share = if is_bridged { 2 } else { 4 };
        own.min(others) <= (self.rows.len() / share).max(1)
    }

    fn take(&mut self, other: Self) {
        self.stretch.1 = other.stretch.1;
        for (own, other) in self.rows.iter_mut().zip(other.rows) {
            own.segments.extend(other.segments);
            own.counts |= other.counts;
        }
    }
}

/// Characters closer than this, in sizes of type, are one stretch of text.
const CLOSE: f64 = 0.2;

/// Characters of two runs closer than this, in sizes of type, are not drawn apart.
const TOUCHING: f64 = 0.05;

/// How far beginnings of lines of a column differ, in sizes of type.
pub(super) const SAME_START: f64 = 0.2;

/// Characters of one run closer than this, in sizes of type, are one stretch of text.
const WITHIN: f64 = 0.6;

/// How far ends of amounts of one column differ, in points.
const SAME_END: f64 = 1.0;

/// So many amounts that end at one place show the end of a column.
const ENDS: usize = 3;

/// No table has more columns.
const MOST: usize = 200;

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
        if columns.0.len() > MOST {
            return None;
        }
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
        let parts = line.split(|part, glyph| {
            part.last().is_none_or(|before| {
                let gap = glyph.bounds.x0 - before.bounds.x1;
                let is_new = glyph.run != before.run;
                let is_apart = is_new && gap > TOUCHING * line.size;
                gap > GAP * line.size
                    || is_apart && self.begins_at(glyph.bounds.x0, glyph.size)
                    || side(before) != side(glyph) && (is_apart || gap > CLOSE * line.size)
                    || is_new && self.opens_amount(&line.glyphs, glyph, part)
            })
        });
        Cut { line, parts }
    }

    /// Whether a column begins at a place, for type of a size.
    pub(super) fn begins_at(&self, x: f64, size: f64) -> bool {
        self.0.iter().any(|(start, _)| (start - x).abs() < SAME_START * size)
    }

    /// Whether a glyph opens an amount in a column behind that of the words before, though these fill
    /// their cell up to it.
    fn opens_amount(&self, line: &[Glyph], glyph: &Glyph, words: &[Glyph]) -> bool {
        let own = line.iter().filter(|other| other.run == glyph.run);
        let (text, end) = own.fold((String::new(), glyph.bounds.x1), |(mut text, end), other| {
            text.push(other.text);
            (text, end.max(other.bounds.x1))
        });
        let from = words.first().map_or(0.0, |first| first.bounds.x0);
        is_money(&text) && self.span(glyph.bounds.x0, end).0 > self.span(from, glyph.bounds.x0).1
    }

    /// Whether a column, with the room before it, holds a stretch, for type of a size: what is shown of
    /// it may be set in.
    pub(super) fn holds(&self, from: f64, to: f64, size: f64) -> bool {
        let ends = self.0.iter().map(|(_, end)| *end);
        let starts = std::iter::once(f64::MIN).chain(ends.clone());
        let first = self.0.first().map_or(0.0, |(start, _)| start - size);
        starts.zip(ends).any(|(start, end)| from > start.max(first) && to < end + SAME_START * size)
    }

    /// From where to where each column reaches.
    pub(super) fn stretches(&self) -> &[(f64, f64)] {
        &self.0
    }

    pub(super) const fn len(&self) -> usize {
        self.0.len()
    }

    /// Makes one of neighbours that never print beside each other when one of them hardly prints:
    /// numbers of columns stand in the middle of cells whose amounts stand at the right, and so does
    /// the name of a total among codes.
    fn unite(&mut self, rows: &[Vec<&Line>]) {
        let rows: Vec<Vec<Segment>> = rows
            .iter()
            .map(|lines| lines.iter().flat_map(|line| segments(line)).collect())
            .collect();
        let mut united: Vec<Printed> = Vec::new();
        for column in &self.0 {
            let own = Printed::new(*column, &rows);
            match united.last_mut().filter(|before| before.is_part_of(&own)) {
                Some(before) => before.take(own),
                None => united.push(own),
            }
        }
        self.0 = united.into_iter().map(|printed| printed.stretch).collect();
    }

    /// Gives the columns their heads, which stand in the middle of cells whose amounts stand at one
    /// side; heads of no column are columns of their own, which print nothing.
    fn add_heads(&mut self, cuts: &[Cut]) {
        let heads = heads::stacks(cuts);
        let owners = heads::matched(&heads, &self.0);
        let mut columns = self.0.clone();
        for ((from, to), owner) in heads.iter().zip(owners) {
            match owner.and_then(|owner| columns.get_mut(owner)) {
                Some(column) => *column = (column.0.min(*from), column.1.max(*to)),
                None => columns.push((*from, *to)),
            }
        }
        columns.sort_by(|(a, _), (b, _)| a.total_cmp(b));
        for at in 1..columns.len() {
            if let Some([(_, end), (start, _)]) = columns.get_mut(at - 1..=at)
                && *end > *start
            {
                let middle = f64::midpoint(*start, *end);
                (*end, *start) = (middle, middle);
            }
        }
        self.0 = columns;
    }

    /// The columns that a stretch overlaps.
    pub(super) fn under(&self, from: f64, to: f64) -> impl Iterator<Item = &(f64, f64)> {
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
        let away = |(start, end): &(f64, f64)| (start - to).max(from - end);
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

/// Text in one line that is drawn together.
struct Segment {
    from: f64,
    to: f64,
    text: String,
}

/// The segments of a line: thin commas leave gaps in numbers, which are drawn in one run.
fn segments(line: &Line) -> Vec<Segment> {
    let is_apart = |left: &Glyph, right: &Glyph| {
        let gap = right.bounds.x0 - left.bounds.x1;
        let least = if left.run == right.run { WITHIN } else { CLOSE };
        gap > least * line.size
    };
    let pieces = line.glyphs.chunk_by(|left, right| !is_apart(left, right));
    let segments = pieces.filter_map(|glyphs| {
        let bounds = glyphs.iter().map(|glyph| glyph.bounds).reduce(|all, one| all.union(&one))?;
        let text: String = glyphs.iter().map(|glyph| glyph.text).collect();
        Some(Segment { from: bounds.x0, to: bounds.x1, text })
    });
    segments.collect()
}

/// `1,234.50`: a number to the 分.
fn is_money(text: &str) -> bool {
    is_amount(text) && text.rsplit_once('.').is_some_and(|(_, cents)| cents.len() == 2)
}

/// The stretches that more than a few lines cover, with gaps between them.
fn covered(lines: &[&Line], few: i32, river: f64) -> Vec<(f64, f64)> {
    let segments: Vec<Segment> = lines.iter().flat_map(|line| segments(line)).collect();
    let edges = segments.iter().flat_map(|segment| [(segment.from, 1), (segment.to, -1)]);
    let mut edges: Vec<(f64, i32)> = edges.collect();
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
    let few = usize::try_from(few).unwrap_or(0);
    covered.into_iter().flat_map(|stretch| at_ends(stretch, &segments, few)).collect()
}

/// A stretch parted where amounts end below each other, which others behind them may touch.
fn at_ends(stretch: (f64, f64), segments: &[Segment], few: usize) -> Vec<(f64, f64)> {
    let within = segments.iter().filter(|one| one.to > stretch.0 && one.from < stretch.1);
    let within: Vec<&Segment> = within.collect();
    let mut ends: Vec<f64> =
        within.iter().filter(|one| is_money(&one.text)).map(|one| one.to).collect();
    ends.sort_by(f64::total_cmp);
    let mut parts = Vec::new();
    let mut from = stretch.0;
    for same in ends.chunk_by(|a, b| b - a < SAME_END) {
        let Some(end) = same.last().copied().filter(|_| same.len() >= ENDS) else { continue };
        let crosses = |one: &&&Segment| one.from < end - SAME_END && one.to > end + SAME_END;
        let behind = within.iter().filter(|one| one.from >= end - SAME_END);
        let next = behind.map(|one| one.from).fold(f64::INFINITY, f64::min);
        if next < stretch.1 && within.iter().filter(crosses).count() <= few {
            parts.push((from, end));
            from = next;
        }
    }
    parts.push((from, stretch.1));
    parts
}
