//! Tables without vertical rules: told by columns that stand under each other, and by horizontal
//! rules where there are some.
#![expect(clippy::float_arithmetic, reason = "geometry of pages")]

use super::columns::{Columns, SAME_START};
use super::grid::{Grid, GridCell};
use super::lines::Line;
use super::reach;
use super::rows::{Row, head_rows, mark_lone, rows};
use super::rules::Stroke;

/// A gap as wide as this, in sizes of type, parts columns.
pub(super) const GAP: f64 = 0.9;

/// Rows with amounts in columns that a table without any rule has at least.
const ROWS: usize = 3;

/// So many amounts make two rows enough.
const AMOUNTS: usize = 5;

/// Lines further apart than this, in sizes of type, belong to different tables.
const FAR: f64 = 4.5;

/// So many lines above tell whether one goes on with a table.
const LOOKED_AT: usize = 60;

/// How far ends of rules of one table differ.
const SAME_END: f64 = 6.0;

/// A line cut at its gaps.
#[derive(Clone, Debug)]
pub(super) struct Cut {
    pub(super) line: Line,
    pub(super) parts: Vec<Line>,
}

impl Cut {
    pub(super) fn new(line: Line) -> Self {
        let parts = line.parts(GAP);
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

/// Whether words belong to no cell: what stands beside a table, such as its unit, or a sentence.
pub(super) fn is_label(text: &str) -> bool {
    text.contains('。') || text.contains(['：', ':']) && !text.starts_with("其中")
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
        let run = reach::of(run, &cuts, &owners);
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
        let columns = Columns::of(&cuts);
        let lines: Vec<Line> = cuts.into_iter().map(|cut| cut.line).collect();
        match columns {
            Some(columns) => grids.extend(grid_in(lines, columns, bands)),
            None => rest.extend(lines),
        }
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

/// Whether a line in one piece can be part of a row: under a row, and narrow or within one of its
/// columns.
fn is_rest(cut: &Cut, open: &[usize], cuts: &[Cut]) -> bool {
    let open = open.get(open.len().saturating_sub(LOOKED_AT)..).unwrap_or_default();
    let rows = open.iter().filter_map(|index| cuts.get(*index));
    let around = rows.map(|cut| cut.line.bounds).reduce(|all, next| all.union(&next));
    around.is_some_and(|around| {
        let (bounds, size) = (cut.line.bounds, cut.line.size);
        // Heads stand in the middle, so that names begin before all that is above.
        let is_narrow = bounds.width() < 0.45 * around.width() && bounds.x1 > around.x0;
        let parts = open.iter().filter_map(|index| cuts.get(*index)).flat_map(|cut| &cut.parts);
        let starts = parts.map(|part| part.bounds.x0).filter(|start| *start > bounds.x0 + size);
        let end = starts.reduce(f64::min).unwrap_or(around.x1 + size);
        let is_in_line = bounds.x1 < end && !column_of(&cut.line, open, cuts).is_empty();
        (is_narrow || is_in_line) && !is_label(&cut.line.bare())
    })
}

/// A run without what only stands above and below it; none when too little is left.
fn trimmed(run: Vec<usize>, cuts: &[Cut]) -> Option<Vec<usize>> {
    let cut = |index: &usize| cuts.get(*index);
    let is_label = |index: &usize| {
        cut(index).is_some_and(|cut| is_label(&cut.line.bare()) || cut.parts.len() < 2)
    };
    let start = run.iter().position(|index| !is_label(index))?;
    let end = run.iter().rposition(|index| cut(index).is_some_and(|cut| cut.parts.len() > 1))? + 1;
    let run = run.get(start..end)?.to_vec();
    let rows = run.iter().filter_map(cut).filter(|cut| cut.has_amount());
    let (rows, amounts) =
        rows.fold((0, 0), |(rows, amounts), cut| (rows + 1, amounts + cut.amounts()));
    (rows >= ROWS || rows > 1 && amounts >= AMOUNTS).then_some(run)
}

/// The parts of a run over which a line stands, when it begins where they do or is set in.
fn column_of<'a>(line: &Line, run: &'a [usize], cuts: &'a [Cut]) -> Vec<&'a Line> {
    let bounds = line.bounds;
    let parts = run.iter().filter_map(|index| cuts.get(*index)).flat_map(|cut| &cut.parts);
    let own = parts.filter(|part| part.bounds.x0 < bounds.x1 && part.bounds.x1 > bounds.x0);
    let own: Vec<&Line> = own.collect();
    let start = own.iter().map(|part| part.bounds.x0).fold(f64::INFINITY, f64::min);
    if bounds.x0 > start - SAME_START * line.size { own } else { Vec::new() }
}

/// The head of a table by itself, in the columns that are known from what is below.
pub(super) fn head_in(heads: &[Cut], columns: Columns) -> Option<Grid> {
    let rows = head_rows(heads, &columns);
    table(heads, rows, columns)
}

/// The table of lines in known columns, in rows by rules where they part each, else by lines.
pub(super) fn grid_in(lines: Vec<Line>, columns: Columns, bands: &[f64]) -> Option<Grid> {
    let cuts: Vec<Cut> = lines.into_iter().map(|line| columns.cut(line)).collect();
    let rows = rows(&cuts, &columns, bands);
    table(&cuts, rows, columns)
}

fn table(cuts: &[Cut], mut rows: Vec<Row>, columns: Columns) -> Option<Grid> {
    mark_lone(&mut rows);
    let bounds = cuts.iter().map(|cut| cut.line.bounds).reduce(|all, next| all.union(&next))?;
    let mut cells: Vec<GridCell> = Vec::new();
    let count = rows.len();
    let odd = rows.iter().filter(|row| row.is_odd).count();
    for (number, row) in rows.into_iter().enumerate() {
        cells.extend(row_cells(number, row, &columns));
    }
    let (xs, columns) = (columns.walls(), Some(columns));
    Some(Grid { xs, ys: Vec::new(), bounds, rows: count, cells, columns, odd, is_guess: false })
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
