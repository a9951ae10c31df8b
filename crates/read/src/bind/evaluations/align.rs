//! Which cell of a row belongs to which column, although rows are ragged: merged cells are
//! missing, columns shifted, blanks dropped. Order is kept, kinds of content decide, places help.

use std::sync::Arc;

use juesuan_scheme::performance::PerformanceForms;

use super::columns::{Column, Role};
use super::cut::FormCell;
use super::values::is_number;

/// What it costs to leave a cell without a column.
const LEFT_OVER: i32 = -12;
const NEVER: i32 = -1_000;
/// Words of so many characters are no unit.
const LONGEST_UNIT: u8 = 8;

/// For each cell the column it belongs to, by index, and how well all fits.
pub(super) fn align(cells: &[FormCell<'_>], columns: &[Column]) -> (Vec<Option<usize>>, i32) {
    let shift = shift(cells, columns);
    let mut fits = Vec::with_capacity(cells.len() * columns.len());
    for cell in cells {
        let at = i64::from(cell.cell.column) + shift;
        for column in columns {
            fits.push(content(&cell.traits, column.role) + near(at, column));
        }
    }
    let grid = Grid::new(columns.len(), fits);
    (grid.chosen(), grid.best.first().copied().unwrap_or(0))
}

/// How well cells fit columns, and the best that can be made of what is left from a cell and a
/// column on.
struct Grid {
    /// For each cell how well it fits each column.
    fits: Vec<i32>,
    columns: usize,
    /// For each cell and column the best fit of those from there on; one more of each for none.
    best: Vec<i32>,
}

impl Grid {
    fn new(columns: usize, fits: Vec<i32>) -> Self {
        let cells = fits.len().checked_div(columns).unwrap_or(0);
        let mut best = vec![0; (cells + 1) * (columns + 1)];
        // From the last cell and column to the first.
        let mut rows = best.chunks_mut(columns + 1).rev();
        let mut below = rows.next().unwrap_or_default();
        for (fits, row) in fits.chunks(columns.max(1)).rev().zip(rows) {
            let mut left = below.last().map_or(NEVER, |none| *none + LEFT_OVER);
            if let Some(none) = row.last_mut() {
                *none = left;
            }
            let columns = row.iter_mut().zip(fits).zip(below.windows(2)).rev();
            for ((best, fit), pair) in columns {
                let [here, next] = pair else { continue };
                left = left.max(here + LEFT_OVER).max(next + fit);
                *best = left;
            }
            below = row;
        }
        Self { fits, columns, best }
    }

    /// For each cell the column that the best fit gives it.
    fn chosen(&self) -> Vec<Option<usize>> {
        let mut free = 0..self.columns;
        let rows = self.best.chunks(self.columns + 1);
        let cells = self.fits.chunks(self.columns.max(1)).zip(rows.clone().zip(rows.skip(1)));
        let chosen = cells.map(|(fits, (row, below))| {
            loop {
                let j = free.start;
                let (fit, here) = (fits.get(j).filter(|_| !free.is_empty())?, row.get(j)?);
                if below.get(j + 1).is_some_and(|next| *here == next + fit) {
                    return free.next();
                }
                if below.get(j).is_some_and(|left| *here == left + LEFT_OVER) {
                    return None;
                }
                free.next();
            }
        });
        chosen.collect()
    }
}

/// What the text of a cell tells about itself: asked once, not for each column.
#[derive(Clone)]
pub(super) struct Traits {
    /// How many characters, as far as it matters.
    length: u8,
    /// A number, with or without a percent sign.
    pub(super) number: bool,
    /// A number with a percent sign.
    pub(super) percent: bool,
    operator: bool,
    level: bool,
    flag: bool,
    /// Nothing of these but words, and whether they are a known name.
    words_only: bool,
    group: bool,
    subgroup: bool,
    unit: bool,
}

impl Traits {
    /// What the folded `text` of a cell tells.
    pub(super) fn of(words: &PerformanceForms, text: &str) -> Self {
        let length = u8::try_from(text.chars().count()).unwrap_or(u8::MAX);
        let number = is_number(text);
        let operator = !number && words.operator(text).is_some();
        let flag = matches!(text, "√" | "✓" | "是" | "☑");
        let words_only = !number && !operator && !flag;
        let is_of = |names: &[Arc<str>]| words_only && names.iter().any(|name| *text == **name);
        Self {
            length,
            number,
            percent: number && text.ends_with('%'),
            operator,
            level: !number && words.level(text).is_some(),
            flag,
            words_only,
            group: is_of(&words.groups),
            subgroup: is_of(&words.subgroups),
            unit: length < LONGEST_UNIT && is_of(&words.summary.units),
        }
    }
}

/// How far the row is shifted against the head, told by what is unmistakable: its operator or
/// level.
fn shift(cells: &[FormCell<'_>], columns: &[Column]) -> i64 {
    let anchor = |role, is: fn(&Traits) -> bool| {
        let column = columns.iter().find(|column| column.role == role)?;
        let cell = cells.iter().find(|cell| is(&cell.traits))?.cell;
        Some(i64::from(column.at) - i64::from(cell.column))
    };
    anchor(Role::Operator, |cell| cell.operator)
        .or_else(|| anchor(Role::Actual, |cell| cell.level))
        .filter(|shift| shift.abs() <= 2)
        .unwrap_or(0)
}

/// A little for a cell that stands near its column.
fn near(at: i64, column: &Column) -> i32 {
    match at - i64::from(column.at) {
        0 => 2,
        -1 | 1 => 1,
        _ => 0,
    }
}

/// How well the content of a cell fits a column.
fn content(cell: &Traits, role: Role) -> i32 {
    let Traits { length, number, percent, operator, level, flag, words_only, .. } = *cell;
    let when = |fits: bool, value: i32| if fits { value } else { NEVER };
    match role {
        Role::Level1 if cell.group => 8,
        Role::Level2 if cell.subgroup => 8,
        Role::Level1 => when(words_only && length < 12 && !level, 0),
        Role::Level2 => when(words_only && length < 24 && !level, 1),
        Role::Level3 => when(words_only && !level, 6),
        Role::Operator => when(operator, 10),
        Role::Target if number => 4,
        Role::Target => when(!flag, 3),
        Role::Unit => match length {
            _ if !words_only || level || length >= LONGEST_UNIT => NEVER,
            _ if cell.unit => 5,
            0..=3 => 1,
            _ => -6,
        },
        Role::Actual if level => 10,
        Role::Actual if number => 4,
        Role::Actual => when(words_only, 1),
        Role::Completion if percent => 6,
        Role::Completion => when(number, 3),
        Role::Weight | Role::Score => when(number && !percent, 4),
        Role::Flag => when(flag, 10),
        Role::Reason | Role::Measure => when(words_only, 2),
    }
}
