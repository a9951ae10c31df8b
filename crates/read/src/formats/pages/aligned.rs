//! Tables without vertical rules: told by columns that stand under each other, and by horizontal
//! rules where there are some.
#![expect(clippy::float_arithmetic, reason = "geometry of pages")]

use super::columns::{Columns, Row, SAME_START, rows};
use super::grid::{Grid, GridCell};
use super::lines::Line;
use super::rules::Stroke;

/// A gap as wide as this, in sizes of type, parts columns.
const GAP: f64 = 0.9;

/// Rows with amounts in columns that a table without any rule has at least.
const ROWS: usize = 3;

/// So many amounts make two rows enough.
const AMOUNTS: usize = 5;

/// The share of rows, in percent, that may fit no column before the columns are doubted.
const MOST_ODD: usize = 15;

/// Lines further apart than this, in sizes of type, belong to different tables.
const FAR: f64 = 4.5;

/// Lines of one cell are at most so many sizes of type apart, from middle to middle.
const LEADING: f64 = 1.8;

/// A line that leaves less than this, in sizes of type, is full.
const FULL: f64 = 1.2;

/// The lines at the top of a page that may be the rest of a row.
const MOST_RESTS: usize = 3;

/// How far ends of rules of one table differ.
const SAME_END: f64 = 6.0;

/// A line cut at its gaps.
#[derive(Clone, Debug)]
pub(super) struct Cut {
    pub(super) line: Line,
    pub(super) parts: Vec<Line>,
}

impl Cut {
    fn new(line: Line) -> Self {
        let parts = line.clone().parts(GAP);
        Self { line, parts }
    }

    /// Whether it prints amounts in a column of its own.
    pub(super) fn has_amount(&self) -> bool {
        self.parts.len() > 1 && self.amounts() > 0
    }

    fn amounts(&self) -> usize {
        self.parts.iter().filter(|part| is_amount(&part.bare())).count()
    }
}

/// `1,234.50`, `0`, `-3.2`, `12.5%`, `—`.
pub(super) fn is_amount(text: &str) -> bool {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let is_dash = matches!(text, "-" | "—" | "——" | "－" | "–");
    let fits = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | '-' | '%' | '，' | '－');
    // “3.” counts an item.
    is_dash || digits > 0 && text.chars().all(fits) && !text.ends_with('.')
}

/// Takes the tables out of lines that stand in no frame.
pub(super) fn take(lines: Vec<Line>, alone: &[Stroke]) -> (Vec<Line>, Vec<Grid>) {
    let cuts: Vec<Cut> = lines.into_iter().map(Cut::new).collect();
    let mut owners: Vec<Option<usize>> = vec![None; cuts.len()];
    let mut bands: Vec<Vec<f64>> = Vec::new();
    for group in groups(alone) {
        let inside = within(&cuts, &group, &owners);
        if is_table(&cuts, &inside) {
            own(&mut owners, &inside, bands.len());
            bands.push(group.iter().map(|stroke| stroke.at).collect());
        }
    }
    for run in runs(&cuts, &owners) {
        let run = with_heads(with_rests(run, &cuts, &owners), &cuts, &owners);
        own(&mut owners, &run, bands.len());
        bands.push(Vec::new());
    }
    let mut tables: Vec<Vec<Cut>> = vec![Vec::new(); bands.len()];
    let mut rest = Vec::new();
    for (cut, owner) in cuts.into_iter().zip(owners) {
        match owner.and_then(|owner| tables.get_mut(owner)) {
            Some(table) => table.push(cut),
            None => rest.push(cut.line),
        }
    }
    let mut grids: Vec<Grid> = Vec::new();
    for (cuts, bands) in tables.into_iter().zip(&bands) {
        match grid(&cuts, bands) {
            Some(grid) => grids.push(grid),
            None => rest.extend(cuts.into_iter().map(|cut| cut.line)),
        }
    }
    // Where one of them is doubtful, the others may be parts of the same form.
    let is_guess = grids.iter().any(|grid| grid.is_guess);
    for grid in &mut grids {
        grid.is_guess = is_guess;
    }
    (rest, grids)
}

fn own(owners: &mut [Option<usize>], lines: &[usize], owner: usize) {
    for line in lines {
        if let Some(slot) = owners.get_mut(*line) {
            *slot = Some(owner);
        }
    }
}

/// Horizontal rules one below the other, of the same width.
fn groups(alone: &[Stroke]) -> Vec<Vec<Stroke>> {
    let mut groups: Vec<Vec<Stroke>> = Vec::new();
    for stroke in alone {
        let fits = |group: &&mut Vec<Stroke>| {
            group.last().is_some_and(|last| {
                (last.from - stroke.from).abs() < SAME_END && (last.to - stroke.to).abs() < SAME_END
            })
        };
        match groups.iter_mut().find(fits) {
            Some(group) => group.push(*stroke),
            None => groups.push(vec![*stroke]),
        }
    }
    groups.retain(|group| group.len() > 1);
    groups
}

/// The lines between the first and the last rule of a group.
fn within(cuts: &[Cut], group: &[Stroke], owners: &[Option<usize>]) -> Vec<usize> {
    let (Some(first), Some(last)) = (group.first(), group.last()) else { return Vec::new() };
    let is_inside = |cut: &Cut| {
        let bounds = cut.line.bounds;
        (first.at..last.at).contains(&bounds.middle_y())
            && bounds.x0 > first.from - SAME_END
            && bounds.x1 < first.to + SAME_END
    };
    let lines = cuts.iter().zip(owners).enumerate();
    lines
        .filter(|(_, (cut, owner))| owner.is_none() && is_inside(cut))
        .map(|(index, _)| index)
        .collect()
}

/// Whether lines between rules are rows of a table and not the text of a page.
fn is_table(cuts: &[Cut], inside: &[usize]) -> bool {
    let parted = |index: &&usize| cuts.get(**index).is_some_and(|cut| cut.parts.len() > 1);
    let parted = inside.iter().filter(parted).count();
    parted >= 2 && parted * 2 >= inside.len()
}

/// Runs of lines that make a table without any rule.
fn runs(cuts: &[Cut], owners: &[Option<usize>]) -> Vec<Vec<usize>> {
    let mut runs: Vec<Vec<usize>> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    let mut bottom = f64::NEG_INFINITY;
    for (index, (cut, owner)) in cuts.iter().zip(owners).enumerate() {
        let is_near = cut.line.bounds.y0 - bottom < FAR * cut.line.size;
        let is_row = owner.is_none() && (cut.parts.len() > 1 || is_rest(cut, &open, cuts));
        if !(is_near && is_row) {
            runs.extend(trimmed(std::mem::take(&mut open), cuts));
        }
        if is_row {
            open.push(index);
            bottom = cut.line.bounds.y1;
        }
    }
    runs.extend(trimmed(open, cuts));
    runs
}

/// Whether a line in one piece can be part of a row: under a row, and narrow or in line with one of
/// its later columns.
fn is_rest(cut: &Cut, open: &[usize], cuts: &[Cut]) -> bool {
    let rows = open.iter().filter_map(|index| cuts.get(*index));
    let around = rows.map(|cut| cut.line.bounds).reduce(|all, next| all.union(&next));
    around.is_some_and(|around| {
        let (bounds, size) = (cut.line.bounds, cut.line.size);
        let is_inside = bounds.x0 > around.x0 + size && bounds.x1 < around.x1 + size;
        let is_narrow = bounds.width() < 0.45 * around.width() && bounds.x0 > around.x0 - size;
        let is_in_line = || is_inside && column_of(&cut.line, open, cuts).next().is_some();
        (is_narrow || is_in_line()) && !cut.line.bare().contains(['：', ':', '。'])
    })
}

/// A run without what only stands above and below it; none when too little is left.
fn trimmed(run: Vec<usize>, cuts: &[Cut]) -> Option<Vec<usize>> {
    let cut = |index: &usize| cuts.get(*index);
    let is_label = |index: &usize| {
        cut(index).is_some_and(|cut| {
            let bare = cut.line.bare();
            bare.contains(['：', ':']) || cut.parts.len() < 2
        })
    };
    let start = run.iter().position(|index| !is_label(index))?;
    let end = run.iter().rposition(|index| cut(index).is_some_and(|cut| cut.parts.len() > 1))? + 1;
    let run = run.get(start..end)?.to_vec();
    let rows = run.iter().filter_map(cut).filter(|cut| cut.has_amount());
    let (rows, amounts) =
        rows.fold((0, 0), |(rows, amounts), cut| (rows + 1, amounts + cut.amounts()));
    (rows >= ROWS || rows > 1 && amounts >= AMOUNTS).then_some(run)
}

/// A run with the lines above and below that are rests of its cells: the last lines of a row that
/// the page before began, and those behind the amounts of the last row.
fn with_rests(mut run: Vec<usize>, cuts: &[Cut], owners: &[Option<usize>]) -> Vec<usize> {
    let (Some(first), Some(last)) = (run.first().copied(), run.last().copied()) else { return run };
    let is_free = |index: usize| owners.get(index).is_some_and(Option::is_none);
    let line = |index: usize| cuts.get(index).filter(|_| is_free(index)).map(|cut| &cut.line);
    for index in last + 1..cuts.len() {
        let (Some(line), Some(above)) = (line(index), cuts.get(index - 1)) else { break };
        let away = line.bounds.middle_y() - above.line.bounds.middle_y();
        if away > LEADING * line.size || !goes_on_below(line, &run, cuts) {
            break;
        }
        run.push(index);
    }
    // Only what stands at the top of a page can be the rest of a row.
    let above = |index: usize| {
        line(index).is_some_and(|line| {
            let near = cuts.get(first).map_or(f64::INFINITY, |row| row.line.bounds.y0);
            near - line.bounds.y1 < FAR * line.size && stands_in_later_column(line, &run, cuts)
        })
    };
    if first <= MOST_RESTS && (0..first).all(above) {
        run.splice(0..0, 0..first);
    }
    run
}

/// A run with the lines above that are heads of its columns, close to it or to each other: heads
/// that touch look like one piece until the columns are known.
fn with_heads(mut run: Vec<usize>, cuts: &[Cut], owners: &[Option<usize>]) -> Vec<usize> {
    let rows: Vec<Cut> = run.iter().filter_map(|index| cuts.get(*index)).cloned().collect();
    let Some(columns) = Columns::of(&rows) else { return run };
    let first = run.first().copied().unwrap_or(0);
    let (mut top, mut below) = (first, first);
    for index in (0..first).rev() {
        let is_free = owners.get(index).is_some_and(Option::is_none);
        let lines = cuts.get(index).filter(|_| is_free).zip(cuts.get(below));
        let Some((Cut { line, .. }, Cut { line: under, .. })) = lines else { break };
        let away = under.bounds.middle_y() - line.bounds.middle_y();
        let heads = columns.cut(line.clone()).parts;
        let stands = heads.iter().all(|head| columns.begins_at(head.bounds.x0, head.size));
        let is_near = away < LEADING * line.size;
        if !is_near || !stands || line.bare().contains(['：', ':', '。']) {
            break;
        }
        // One head above all others stands beside the first of them, or it is a title.
        if heads.len() > 1 || away < line.size {
            top = index;
        }
        below = index;
    }
    run.splice(0..0, top..first);
    run
}

/// The parts of a run that begin where a line does.
fn column_of<'a>(line: &Line, run: &'a [usize], cuts: &'a [Cut]) -> impl Iterator<Item = &'a Line> {
    let (start, size) = (line.bounds.x0, line.size);
    let parts = run.iter().filter_map(|index| cuts.get(*index)).flat_map(|cut| &cut.parts);
    parts.filter(move |part| (part.bounds.x0 - start).abs() < SAME_START * size)
}

/// Whether a line goes on with the last cell of a column, whose last line had no room for more.
fn goes_on_below(line: &Line, run: &[usize], cuts: &[Cut]) -> bool {
    let widest = column_of(line, run, cuts).map(|part| part.bounds.x1).fold(0.0, f64::max);
    let last = column_of(line, run, cuts).last();
    last.is_some_and(|last| widest - last.bounds.x1 < FULL * line.size && line.bounds.x1 <= widest)
        && !line.bare().contains(['：', ':', '。'])
}

/// Whether a line stands in a column of words behind the first one.
fn stands_in_later_column(line: &Line, run: &[usize], cuts: &[Cut]) -> bool {
    let left = run.iter().filter_map(|index| cuts.get(*index));
    let left = left.map(|cut| cut.line.bounds.x0).fold(f64::INFINITY, f64::min);
    let widest = column_of(line, run, cuts).map(|part| part.bounds.x1).fold(0.0, f64::max);
    line.bounds.x0 - left > line.size && line.bounds.x1 <= widest && !is_amount(&line.bare())
}

/// The table of lines, in rows by rules where they part each, else by lines.
fn grid(cuts: &[Cut], bands: &[f64]) -> Option<Grid> {
    let columns = Columns::of(cuts)?;
    let cuts: Vec<Cut> = cuts.iter().map(|cut| columns.cut(cut.line.clone())).collect();
    let rows = rows(&cuts, &columns, bands);
    let around = cuts.iter().map(|cut| cut.line.bounds).reduce(|all, next| all.union(&next))?;
    let mut cells: Vec<GridCell> = Vec::new();
    let count = rows.len();
    let odd = rows.iter().filter(|row| row.is_odd).count();
    let is_guess = odd > count * MOST_ODD / 100;
    for (number, row) in rows.into_iter().enumerate() {
        cells.extend(row_cells(number, row, &columns));
    }
    cells.retain(|cell| cell.row < count);
    let xs = columns.walls();
    Some(Grid {
        xs,
        ys: Vec::new(),
        bounds: around,
        rows: count,
        cells,
        columns: Some(columns),
        is_guess,
    })
}

/// The cells of a row; columns in which it prints nothing are blank cells.
fn row_cells(number: usize, row: Row, columns: &Columns) -> Vec<GridCell> {
    let cell = |column, column_span, glyphs| GridCell {
        row: number,
        column,
        row_span: 1,
        column_span,
        glyphs,
    };
    let mut cells = Vec::new();
    let mut next = 0;
    let mut parts = row.cells;
    parts.sort_by_key(|(from, ..)| *from);
    for (from, to, glyphs) in parts {
        for blank in next..from {
            cells.push(cell(blank, 1, Vec::new()));
        }
        cells.push(cell(from, to + 1 - from, glyphs));
        next = to + 1;
    }
    for blank in next..columns.len() {
        cells.push(cell(blank, 1, Vec::new()));
    }
    cells
}
