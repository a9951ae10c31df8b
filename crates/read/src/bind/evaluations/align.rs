//! Which cell of a row belongs to which column, although rows are ragged: merged cells are
//! missing, columns shifted, blanks dropped. Order is kept, kinds of content decide, places help.

use juesuan_scheme::performance::PerformanceForms;

use super::columns::{Column, Role};
use super::cut::FormCell;
use super::values::{is_number, is_percent};

/// What it costs to leave a cell without a column.
const LEFT_OVER: i32 = -12;
const NEVER: i32 = -1_000;

/// For each cell the column it belongs to, by index, and how well all fits.
pub(super) fn align(
    words: &PerformanceForms,
    cells: &[FormCell<'_>],
    columns: &[Column],
) -> (Vec<Option<usize>>, i32) {
    let (rows, width) = (cells.len(), columns.len());
    let shift = shift(words, cells, columns);
    let fit = |cell: &FormCell<'_>, column: &Column| fit(words, cell, column, shift);
    // best[i][j]: the best fit of the cells from i on with the columns from j on.
    let mut best = vec![vec![0_i32; width + 1]; rows + 1];
    let get = |best: &Vec<Vec<i32>>, i: usize, j: usize| {
        best.get(i).and_then(|row| row.get(j)).copied().unwrap_or(NEVER)
    };
    for (i, cell) in cells.iter().enumerate().rev() {
        for j in (0..=width).rev() {
            let leave = get(&best, i + 1, j) + LEFT_OVER;
            let mut value = leave;
            if let Some(column) = columns.get(j) {
                let take = get(&best, i + 1, j + 1) + fit(cell, column);
                value = value.max(take).max(get(&best, i, j + 1));
            }
            if let Some(slot) = best.get_mut(i).and_then(|row| row.get_mut(j)) {
                *slot = value;
            }
        }
    }
    let mut chosen = Vec::with_capacity(rows);
    let mut j = 0;
    for (i, cell) in cells.iter().enumerate() {
        let mut taken = None;
        while let Some(column) = columns.get(j) {
            let here = get(&best, i, j);
            if here == get(&best, i + 1, j + 1) + fit(cell, column) {
                taken = Some(j);
                j += 1;
                break;
            }
            if here == get(&best, i + 1, j) + LEFT_OVER {
                break;
            }
            j += 1;
        }
        chosen.push(taken);
    }
    (chosen, get(&best, 0, 0))
}

/// How far the row is shifted against the head, told by what is unmistakable: its operator or
/// level.
fn shift(words: &PerformanceForms, cells: &[FormCell<'_>], columns: &[Column]) -> i64 {
    let anchor = |role, is: &dyn Fn(&str) -> bool| {
        let column = columns.iter().find(|column| column.role == role)?;
        let cell = cells.iter().find(|cell| is(&cell.folded))?;
        Some(i64::from(column.at) - i64::from(cell.cell.column))
    };
    anchor(Role::Operator, &|text| words.operator(text).is_some())
        .or_else(|| anchor(Role::Actual, &|text| words.level(text).is_some()))
        .filter(|shift| shift.abs() <= 2)
        .unwrap_or(0)
}

/// How well a cell fits a column: its content, and a little its place.
fn fit(words: &PerformanceForms, cell: &FormCell<'_>, column: &Column, shift: i64) -> i32 {
    let near = match (i64::from(cell.cell.column) + shift - i64::from(column.at)).abs() {
        0 => 2,
        1 => 1,
        _ => 0,
    };
    content(words, &cell.folded, column.role) + near
}

fn content(words: &PerformanceForms, text: &str, role: Role) -> i32 {
    let number = is_number(text);
    let is_operator = words.operator(text).is_some();
    let is_level = words.level(text).is_some();
    let is_flag = matches!(text, "√" | "✓" | "是" | "☑");
    let words_only = !number && !is_operator && !is_flag;
    let when = |fits: bool, value: i32| if fits { value } else { NEVER };
    match role {
        Role::Level1 if words.groups.iter().any(|group| *text == **group) => 8,
        Role::Level2 if words.subgroups.iter().any(|name| *text == **name) => 8,
        Role::Level1 => when(words_only && text.chars().count() < 12 && !is_level, 0),
        Role::Level2 => when(words_only && text.chars().count() < 24 && !is_level, 1),
        Role::Level3 => when(words_only && !is_level, 6),
        Role::Operator => when(is_operator, 10),
        Role::Target if number => 4,
        Role::Target => when(!is_flag, 3),
        Role::Unit => {
            let known = words.summary.units.iter().any(|unit| *text == **unit);
            let value = match text.chars().count() {
                _ if known => 5,
                0..=3 => 1,
                _ => -6,
            };
            when(words_only && !is_level && text.chars().count() < 8, value)
        }
        Role::Actual if is_level => 10,
        Role::Actual if number => 4,
        Role::Actual => when(words_only, 1),
        Role::Completion if is_percent(text) => 6,
        Role::Completion => when(number, 3),
        Role::Weight | Role::Score => when(number && !is_percent(text), 4),
        Role::Flag => when(is_flag, 10),
        Role::Reason | Role::Measure => when(words_only, 2),
    }
}
