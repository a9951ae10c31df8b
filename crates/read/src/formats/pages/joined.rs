//! Tables that go on over pages become one.
#![expect(clippy::float_arithmetic, reason = "geometry of pages")]

use juesuan_pdf::Bounds;

use super::super::listing::{Listed, ListedCell, Run};
use super::columns::Columns;
use super::grid::Grid;
use super::lines::{Line, lines, runs};
use super::spacing::goes_on;
use super::upright::Upright;

/// How far the lines of two parts of a table may differ.
const SAME: f64 = 4.0;

/// How many rows of a head are looked for again on the next page.
const MOST_HEADS: usize = 8;

/// A cell of a table that may go on.
#[derive(Clone, Debug)]
struct OpenCell {
    row: usize,
    row_span: usize,
    /// Its left and right side, from the left side of the table.
    from: f64,
    to: f64,
    /// Where its text begins and ends.
    ink: (f64, f64),
    /// How wide its last line is, and what of its first line is not broken.
    last_line: f64,
    first_word: f64,
    runs: Vec<Run>,
}

impl OpenCell {
    fn text(&self) -> String {
        self.runs.iter().flat_map(|run| run.text.chars()).filter(|c| !c.is_whitespace()).collect()
    }

    fn is_blank(&self) -> bool {
        self.runs.iter().all(|run| run.text.trim().is_empty())
    }
}

/// A table that may go on on the next page.
#[derive(Clone, Debug)]
pub(super) struct Open {
    /// Where columns begin and end, from the left side of the table.
    xs: Vec<f64>,
    rows: usize,
    cells: Vec<OpenCell>,
    /// The columns where no rules tell them.
    columns: Option<Columns>,
    is_guess: bool,
}

impl Open {
    pub(super) fn new(grid: Grid, page: Upright) -> Self {
        // Columns that no rules tell begin elsewhere on each page.
        let is_ruled = grid.columns.is_none();
        let left = grid.xs.first().copied().filter(|_| is_ruled).unwrap_or(0.0);
        let xs: Vec<f64> = grid.xs.iter().map(|x| x - left).collect();
        let at = |index: usize| xs.get(index).copied().unwrap_or(0.0);
        let boxes: Vec<_> = grid.cells.iter().map(|cell| grid.box_of(cell)).collect();
        let cells = grid.cells.into_iter().zip(boxes).map(|(cell, place)| {
            let lines: Vec<Line> = lines(cell.glyphs);
            let start = lines.iter().map(|line| line.bounds.x0).fold(f64::INFINITY, f64::min);
            let end = lines.iter().map(|line| line.bounds.x1).fold(f64::NEG_INFINITY, f64::max);
            OpenCell {
                ink: (start - left, end - left),
                last_line: lines.last().map_or(0.0, |line| line.bounds.width()),
                first_word: lines.first().map_or(0.0, unbroken),
                row: cell.row,
                row_span: cell.row_span,
                from: at(cell.column),
                to: at(cell.column + cell.column_span),
                runs: if lines.is_empty() { blank(place, &page) } else { runs(&lines, &page) },
            }
        });
        let cells = cells.collect();
        Self { xs, rows: grid.rows, cells, columns: grid.columns, is_guess: grid.is_guess }
    }

    /// Puts the cells of a part without rules into the columns of this table.
    fn aligned(&self, next: &mut Self) {
        let Some(columns) = &self.columns else { return };
        next.xs.clear();
        next.cells.retain(|cell| !cell.is_blank());
        for cell in &mut next.cells {
            (cell.from, cell.to) = columns.sides(cell.ink.0, cell.ink.1);
        }
    }

    /// Whether a table may be its continuation: the lines of one are lines of the other.
    fn fits(&self, next: &Self) -> bool {
        match (&self.columns, &next.columns) {
            (Some(own), Some(other)) => return own.fits(other),
            (None, None) => {}
            _ => return false,
        }
        let is_in = |x: &f64, xs: &[f64]| xs.iter().any(|other| (x - other).abs() <= SAME);
        let width = |xs: &[f64]| xs.last().copied().unwrap_or(0.0);
        let is_within = |one: &[f64], other: &[f64]| one.iter().all(|x| is_in(x, other));
        (width(&self.xs) - width(&next.xs)).abs() <= SAME
            && (is_within(&next.xs, &self.xs) || is_within(&self.xs, &next.xs))
    }

    fn row(&self, row: usize) -> impl Iterator<Item = &OpenCell> {
        self.cells.iter().filter(move |cell| cell.row == row)
    }

    /// What a row says, cell by cell; none of a row without cells of its own.
    fn said(&self, row: usize) -> Option<Vec<String>> {
        let said: Vec<String> =
            self.row(row).map(OpenCell::text).filter(|text| !text.is_empty()).collect();
        (!said.is_empty()).then_some(said)
    }

    /// How many rows at the start of the next part are those of this table's head.
    fn repeated(&self, next: &Self) -> usize {
        let is_same = |row: &usize| {
            // Heads that touch are cut in one part and not in another.
            let said = self.said(*row).map(|said| said.concat());
            said == next.said(*row).map(|said| said.concat()) && (said.is_some() || *row > 0)
        };
        let count = (0..MOST_HEADS.min(self.rows).min(next.rows)).take_while(is_same).count();
        // Blank rows at the end are no head.
        let is_said = |row: &usize| self.said(*row).is_some();
        (0..count).rev().find(is_said).map_or(0, |row| row + 1)
    }

    /// Goes on with the next part.
    fn join(&mut self, mut next: Self) {
        self.aligned(&mut next);
        self.is_guess |= next.is_guess;
        let heads = self.repeated(&next);
        next.drop_rows(heads);
        if next.rows == 0 {
            return;
        }
        for x in &next.xs {
            if !self.xs.iter().any(|own| (own - x).abs() <= SAME) {
                self.xs.push(*x);
            }
        }
        self.xs.sort_by(f64::total_cmp);
        let is_rest = self.is_rest(&next);
        self.span_on(&mut next);
        let mut shift = self.rows;
        if is_rest {
            self.rejoin(&mut next);
            shift -= 1;
        }
        for mut cell in next.cells {
            cell.row += shift;
            self.cells.push(cell);
        }
        self.rows = shift + next.rows;
    }

    fn drop_rows(&mut self, count: usize) {
        self.rows = self.rows.saturating_sub(count);
        self.cells.retain_mut(|cell| {
            let end = cell.row + cell.row_span;
            if end <= count {
                return false;
            }
            cell.row_span = end - cell.row.max(count);
            cell.row = cell.row.max(count) - count;
            true
        });
    }

    /// The cell of the last row over the same columns.
    fn last_over(&self, from: f64, to: f64) -> Option<usize> {
        self.cells.iter().position(|cell| {
            cell.row + cell.row_span == self.rows
                && (cell.from - from).abs() <= SAME
                && (cell.to - to).abs() <= SAME
        })
    }

    /// Whether the first row of the next part is the rest of the last row, which the page parted.
    fn is_rest(&self, next: &Self) -> bool {
        self.has_words_on(next) || self.flows_on(next) || self.has_ends_on(next)
    }

    /// How far text stays away from the sides of its cell: as near as any comes to the left one.
    fn padding(&self) -> f64 {
        const MOST: f64 = 6.0;
        let inked = self.cells.iter().filter(|cell| !cell.is_blank());
        inked.map(|cell| (cell.ink.0 - cell.from).max(0.0)).fold(MOST, f64::min)
    }

    /// Whether all that the next row says stands behind lines that were full, while other cells of
    /// the last row had come to their end.
    fn flows_on(&self, next: &Self) -> bool {
        let padding = self.padding();
        let mut has_ended = false;
        let mut goes_on = false;
        for cell in next.row(0) {
            let above = self.last_over(cell.from, cell.to).and_then(|at| self.cells.get(at));
            let Some(above) = above else { return false };
            if cell.is_blank() {
                has_ended |= !above.is_blank();
                continue;
            }
            let room = above.to - above.from - 2.0 * padding - above.last_line;
            if above.is_blank() || room >= cell.first_word {
                return false;
            }
            goes_on = true;
        }
        has_ended && goes_on
    }

    /// Whether a table goes on within a row: all that the next row says are ends of numbers, and words
    /// under words that had no more room.
    fn has_ends_on(&self, next: &Self) -> bool {
        let mut has_end = false;
        let mut is_full = true;
        let mut count = 0;
        let is_rest = next.row(0).filter(|cell| !cell.is_blank()).all(|cell| {
            let above = self.last_over(cell.from, cell.to).and_then(|at| self.cells.get(at));
            let Some(above) = above.filter(|above| !above.is_blank()) else { return false };
            let (said, text) = (above.text(), cell.text());
            count += 1;
            let is_end = goes_on(&said, &text);
            has_end |= is_end;
            is_full &= is_end || self.room(above) < cell.first_word;
            is_end || !is_amount(&said) && !is_amount(&text)
        });
        let said = self.said(self.rows - 1).map_or(0, |said| said.len());
        // Rules tell cells well enough that words under words alone are no proof.
        let is_unruled = self.columns.is_some();
        let is_proven = has_end && (is_unruled || is_full);
        is_rest && (is_proven || is_unruled && is_full && (1..said).contains(&count))
    }

    /// How much more would have stood in the last line of a cell: up to its rules, or to where the
    /// widest line of its column ends.
    fn room(&self, cell: &OpenCell) -> f64 {
        let widest = match self.columns {
            Some(_) => self.widest(cell),
            None => cell.to - cell.from - 2.0 * self.padding(),
        };
        widest - cell.last_line
    }

    /// The widest last line of the cells over the same columns.
    fn widest(&self, cell: &OpenCell) -> f64 {
        let same = |other: &&OpenCell| {
            (other.from - cell.from).abs() <= SAME && (other.to - cell.to).abs() <= SAME
        };
        self.cells.iter().filter(same).map(|other| other.last_line).fold(0.0, f64::max)
    }

    /// Whether the next row begins blank, and every word of it goes on with a cell that prints words.
    fn has_words_on(&self, next: &Self) -> bool {
        let mut is_first = true;
        let mut goes_on = 0;
        for cell in next.row(0) {
            let above = self.last_over(cell.from, cell.to).and_then(|at| self.cells.get(at));
            let Some(above) = above else { return false };
            if is_first && (!cell.is_blank() || above.is_blank()) {
                return false;
            }
            is_first = false;
            if cell.is_blank() {
                continue;
            }
            let text = cell.text();
            let is_number = is_amount(&text);
            // An amount may stand on either side of the break, words on both.
            if !above.is_blank() && (is_number || is_amount(&above.text())) {
                return false;
            }
            if above.is_blank() && !is_number {
                return false;
            }
            goes_on += 1;
        }
        goes_on > 0
    }

    /// Puts the first row of the next part into the last row.
    fn rejoin(&mut self, next: &mut Self) {
        let rows = self.rows;
        let mut rest = Vec::new();
        next.cells.retain(|cell| {
            let is_first = cell.row == 0;
            if is_first {
                rest.push(cell.clone());
            }
            !is_first
        });
        for cell in rest {
            let above = self.last_over(cell.from, cell.to);
            if let Some(above) = above.and_then(|at| self.cells.get_mut(at)) {
                above.runs.extend(cell.runs);
                let end = rows - 1 + cell.row_span;
                above.row_span = end - above.row;
            }
        }
    }

    /// A cell that covers rows up to the break goes on as a blank one behind it.
    fn span_on(&mut self, next: &mut Self) {
        let rows = self.rows;
        next.cells.retain(|cell| {
            let is_blank = cell.row == 0 && cell.row_span > 1 && cell.is_blank();
            let above = self.last_over(cell.from, cell.to).filter(|_| is_blank);
            let above = above.and_then(|at| self.cells.get_mut(at));
            let above = above.filter(|above| !above.is_blank());
            match above {
                Some(above) => {
                    above.row_span = rows - above.row + cell.row_span;
                    false
                }
                None => true,
            }
        });
    }

    /// The table by rows and columns.
    fn listed(self) -> Listed {
        let mut rows: Vec<Vec<ListedCell>> = vec![Vec::new(); self.rows];
        let column = |x: f64| {
            let nearest = self
                .xs
                .iter()
                .zip(0_u32..)
                .min_by(|(a, _), (b, _)| (*a - x).abs().total_cmp(&(*b - x).abs()));
            nearest.map_or(0, |(_, column)| column)
        };
        for cell in self.cells {
            let (from, to) = (column(cell.from), column(cell.to));
            let Some(row) = rows.get_mut(cell.row) else { continue };
            row.push(ListedCell {
                runs: cell.runs,
                column: from,
                column_span: u16::try_from(to.saturating_sub(from)).unwrap_or(u16::MAX).max(1),
                row_span: u16::try_from(cell.row_span).unwrap_or(u16::MAX).max(1),
            });
        }
        for row in &mut rows {
            row.sort_by_key(|cell| cell.column);
        }
        match (self.is_guess, self.columns) {
            (true, _) => Listed::Guessed(rows),
            (false, Some(_)) => Listed::Aligned(rows),
            (false, None) => Listed::Table(rows),
        }
    }
}

/// How wide the beginning of a line is that stays together. Numbers in cells are broken anywhere.
fn unbroken(line: &Line) -> f64 {
    let first = line.glyphs.first().filter(|_| is_amount(&line.bare()));
    first.map_or_else(|| line.first_word(), |glyph| glyph.bounds.width())
}

/// What says where a blank cell stands.
fn blank(place: Option<Bounds>, page: &Upright) -> Vec<Run> {
    let at = place.map(|place| page.shown(place));
    vec![Run { text: String::new(), at, ..Run::default() }]
}

fn is_amount(text: &str) -> bool {
    text.contains(|c: char| c.is_ascii_digit())
        && text.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | '-' | '%' | '，'))
}

/// The blocks so far; the last table stays open, for it may go on on the next page.
#[derive(Default)]
pub(super) struct Tables {
    blocks: Vec<Listed>,
    open: Option<Open>,
    /// Whether a page ended behind the open table.
    is_before: bool,
    /// What stands above the open table, and above the next one, with nothing else between.
    head: Vec<String>,
    between: Vec<Vec<Run>>,
}

impl Tables {
    pub(super) fn push(&mut self, block: Listed) {
        self.close();
        self.blocks.push(block);
    }

    /// A paragraph. One that only repeats what stands above the open table waits for the next one.
    pub(super) fn paragraph(&mut self, runs: Vec<Run>) {
        let said = bare(&runs);
        let repeats = self.is_before && self.open.is_some() && self.repeats(&said);
        if repeats {
            self.between.push(runs);
            return;
        }
        self.close();
        self.head.push(said);
        self.blocks.push(Listed::Paragraph(runs));
    }

    /// Whether words stand above the open table too, or say that it goes on.
    fn repeats(&self, said: &str) -> bool {
        const NEAR: usize = 6;
        let bare =
            said.trim_end_matches("（续）").trim_end_matches("(续)").trim_end_matches("续表");
        bare.is_empty() || self.head.iter().rev().take(NEAR).any(|above| above == bare)
    }

    pub(super) fn table(&mut self, table: Open) {
        match &mut self.open {
            Some(open) if self.is_before && open.fits(&table) => {
                open.join(table);
                self.between.clear();
            }
            _ => {
                self.close();
                self.open = Some(table);
            }
        }
        self.is_before = false;
    }

    pub(super) fn page_ends(&mut self) {
        self.is_before = true;
    }

    fn close(&mut self) {
        if let Some(open) = self.open.take() {
            self.blocks.push(open.listed());
            self.head.clear();
        }
        for runs in self.between.drain(..) {
            self.head.push(bare(&runs));
            self.blocks.push(Listed::Paragraph(runs));
        }
    }

    pub(super) fn finish(mut self) -> Vec<Listed> {
        self.close();
        self.blocks
    }
}

fn bare(runs: &[Run]) -> String {
    runs.iter().flat_map(|run| run.text.chars()).filter(|c| !c.is_whitespace()).collect()
}
