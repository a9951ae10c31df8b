//! Rules become frames: the lines of a grid, and which of its walls are drawn.
#![expect(clippy::float_arithmetic, reason = "geometry of pages")]

use juesuan_pdf::{Bounds, Rule};

/// How far rules lie apart that are meant to be one.
const SAME: f64 = 2.5;

/// How far rules may miss each other where they meet.
const REACH: f64 = 3.5;

/// More rules than this on a page are a drawing.
const MOST: usize = 2_000;

/// A straight line: where it runs, from where to where.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Stroke {
    pub(super) at: f64,
    pub(super) from: f64,
    pub(super) to: f64,
}

/// The lines of a grid with the walls that are drawn.
#[derive(Clone, Debug)]
pub(super) struct Frame {
    /// The vertical lines from left to right.
    pub(super) xs: Vec<f64>,
    /// The horizontal lines from top to bottom.
    pub(super) ys: Vec<f64>,
    across: Vec<Stroke>,
    down: Vec<Stroke>,
}

/// The rules of a page: those that make grids, and the horizontal ones that stand alone.
#[derive(Debug, Default)]
pub(super) struct Ruled {
    pub(super) frames: Vec<Frame>,
    pub(super) alone: Vec<Stroke>,
}

/// Sorts the rules of a page.
pub(super) fn ruled(rules: &[Rule]) -> Ruled {
    let across = rules.iter().filter(|rule| rule.is_horizontal()).map(|rule| {
        let Bounds { x0, x1, .. } = rule.bounds;
        Stroke { at: rule.bounds.middle_y(), from: x0, to: x1 }
    });
    let down = rules.iter().filter(|rule| !rule.is_horizontal()).map(|rule| {
        let Bounds { y0, y1, .. } = rule.bounds;
        Stroke { at: rule.bounds.middle_x(), from: y0, to: y1 }
    });
    let (across, down) = (joined(across.collect()), joined(down.collect()));
    if across.len() > MOST || down.len() > MOST {
        return Ruled::default();
    }
    let mut ruled = Ruled::default();
    for (across, down) in components(&across, &down) {
        if let Some(frame) = Frame::new(&across, &down) {
            ruled.frames.push(frame);
        } else if down.is_empty() {
            ruled.alone.extend(across);
        }
    }
    ruled.frames.sort_by(|a, b| a.bounds().y0.total_cmp(&b.bounds().y0));
    ruled.alone.sort_by(|a, b| a.at.total_cmp(&b.at));
    ruled
}

/// Rules along the same line, joined where they meet or overlap.
fn joined(mut strokes: Vec<Stroke>) -> Vec<Stroke> {
    strokes.sort_by(|a, b| a.at.total_cmp(&b.at));
    let mut joined: Vec<Stroke> = Vec::new();
    let mut rest = strokes.as_slice();
    while let Some(first) = rest.first() {
        let end = rest.partition_point(|stroke| stroke.at - first.at <= SAME);
        let (same, after) = rest.split_at(end);
        rest = after;
        let mut same = same.to_vec();
        same.sort_by(|a, b| a.from.total_cmp(&b.from));
        let first_of_line = joined.len();
        for stroke in same {
            match joined.get_mut(first_of_line..).and_then(<[Stroke]>::last_mut) {
                Some(last) if stroke.from <= last.to + REACH => last.to = last.to.max(stroke.to),
                _ => joined.push(stroke),
            }
        }
    }
    joined
}

/// Rules that hang together.
fn components(across: &[Stroke], down: &[Stroke]) -> Vec<(Vec<Stroke>, Vec<Stroke>)> {
    let mut groups = Groups::new(across.len() + down.len());
    for (v, vertical) in down.iter().enumerate() {
        for (h, horizontal) in across.iter().enumerate() {
            let meets =
                |stroke: &Stroke, at: f64| stroke.from - REACH <= at && at <= stroke.to + REACH;
            if meets(horizontal, vertical.at) && meets(vertical, horizontal.at) {
                groups.join(h, across.len() + v);
            }
        }
    }
    let mut found: Vec<(usize, Vec<Stroke>, Vec<Stroke>)> = Vec::new();
    let mut place = vec![usize::MAX; across.len() + down.len()];
    for index in 0..across.len() + down.len() {
        let root = groups.root(index);
        let Some(slot) = place.get_mut(root) else { continue };
        if *slot == usize::MAX {
            *slot = found.len();
            found.push((root, Vec::new(), Vec::new()));
        }
        let Some((_, own_across, own_down)) = found.get_mut(*slot) else { continue };
        if let Some(stroke) = across.get(index) {
            own_across.push(*stroke);
        } else if let Some(stroke) = down.get(index - across.len()) {
            own_down.push(*stroke);
        }
    }
    found.into_iter().map(|(_, across, down)| (across, down)).collect()
}

/// Sets that grow together.
pub(super) struct Groups(Vec<usize>);

impl Groups {
    pub(super) fn new(count: usize) -> Self {
        Self((0..count).collect())
    }

    pub(super) fn root(&mut self, index: usize) -> usize {
        let mut root = index;
        while let Some(parent) = self.0.get(root).copied().filter(|parent| *parent != root) {
            root = parent;
        }
        if let Some(slot) = self.0.get_mut(index) {
            *slot = root;
        }
        root
    }

    pub(super) fn join(&mut self, one: usize, other: usize) {
        let (one, other) = (self.root(one), self.root(other));
        if let Some(slot) = self.0.get_mut(one.max(other)) {
            *slot = one.min(other);
        }
    }
}

impl Frame {
    /// The grid of rules that hang together; none when they enclose no more than one cell.
    fn new(across: &[Stroke], down: &[Stroke]) -> Option<Self> {
        let mut xs = places(down.iter().map(|stroke| stroke.at));
        let mut ys = places(across.iter().map(|stroke| stroke.at));
        if xs.is_empty() || ys.is_empty() {
            return None;
        }
        // A grid that is open at its sides ends where its rules do.
        open_ends(&mut xs, across);
        open_ends(&mut ys, down);
        let is_grid = xs.len() >= 2 && ys.len() >= 2 && xs.len() + ys.len() >= 5;
        is_grid.then(|| Self { xs, ys, across: across.to_vec(), down: down.to_vec() })
    }

    pub(super) fn bounds(&self) -> Bounds {
        let end = |places: &[f64]| {
            (places.first().copied().unwrap_or(0.0), places.last().copied().unwrap_or(0.0))
        };
        let ((x0, x1), (y0, y1)) = (end(&self.xs), end(&self.ys));
        Bounds::new(x0, y0, x1, y1)
    }

    /// For each line of the grid that runs down, whether it is drawn beside each row.
    pub(super) fn walls_down(&self) -> Vec<Vec<bool>> {
        walls(&self.xs, &self.ys, &self.down)
    }

    /// For each line of the grid that runs across, whether it is drawn along each column.
    pub(super) fn walls_across(&self) -> Vec<Vec<bool>> {
        walls(&self.ys, &self.xs, &self.across)
    }
}

/// Places that are meant to be one become one.
fn places(all: impl Iterator<Item = f64>) -> Vec<f64> {
    let mut all: Vec<f64> = all.collect();
    all.sort_by(f64::total_cmp);
    let mut kept: Vec<f64> = Vec::new();
    for place in all {
        if kept.last().is_none_or(|last| place - last > SAME) {
            kept.push(place);
        }
    }
    kept
}

fn open_ends(places: &mut Vec<f64>, crossing: &[Stroke]) {
    const OPEN: f64 = 8.0;
    let start = crossing.iter().map(|stroke| stroke.from).min_by(f64::total_cmp);
    let end = crossing.iter().map(|stroke| stroke.to).max_by(f64::total_cmp);
    if let (Some(start), Some(first)) = (start, places.first().copied())
        && first - start > OPEN
    {
        places.insert(0, start);
    }
    if let (Some(end), Some(last)) = (end, places.last().copied())
        && end - last > OPEN
    {
        places.push(end);
    }
}

/// Which stretches between `stops` are drawn on each of `lines`.
fn walls(lines: &[f64], stops: &[f64], strokes: &[Stroke]) -> Vec<Vec<bool>> {
    let stretches: Vec<(f64, f64)> =
        stops.iter().copied().zip(stops.iter().copied().skip(1)).collect();
    let mut walls = vec![vec![false; stretches.len()]; lines.len()];
    for stroke in strokes {
        let nearest = lines
            .iter()
            .zip(&mut walls)
            .filter(|(line, _)| (*line - stroke.at).abs() <= 2.0 * SAME)
            .min_by(|(a, _), (b, _)| (*a - stroke.at).abs().total_cmp(&(*b - stroke.at).abs()));
        let Some((_, drawn)) = nearest else { continue };
        for (drawn, (from, to)) in drawn.iter_mut().zip(&stretches) {
            let covered = stroke.to.min(*to) - stroke.from.max(*from);
            *drawn |= covered > 0.6 * (to - from);
        }
    }
    walls
}
