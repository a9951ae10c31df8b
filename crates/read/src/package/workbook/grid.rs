//! Cells become rows, within limits, with what is remarkable of them.

use std::sync::Arc;

use calamine::{CellErrorType, DataRef, Dimensions};
use juesuan_model::{Input, Remark, RemarkKind, SheetRow, column_letters};
use rust_decimal::Decimal;
use rustc_hash::{FxHashMap, FxHashSet};

use super::super::{MOST_ROWS, PackageError};

/// The most cells of a workbook, those counted too that are empty between others.
pub(super) const MOST_CELLS: usize = 20_000_000;
/// The most merged ranges that are told one by one.
const MOST_MERGED: usize = 50;

/// Words that many cells share, kept once.
#[derive(Default)]
pub(super) struct Words {
    kept: FxHashSet<Arc<str>>,
}

impl Words {
    fn keep(&mut self, text: &str) -> Arc<str> {
        if let Some(known) = self.kept.get(text) {
            return known.clone();
        }
        let new: Arc<str> = text.into();
        self.kept.insert(new.clone());
        new
    }

    fn typed(&mut self, text: &str) -> Input {
        match text.trim() {
            "" => Input::Empty,
            text => Input::Text(self.keep(text)),
        }
    }
}

/// A sheet in the making.
pub(super) struct Grid<'a> {
    name: &'a str,
    rows: Vec<SheetRow>,
    /// The cells that the workbook may still have.
    room: &'a mut usize,
    words: &'a mut Words,
    /// The first formula of each column, and how many there are.
    formulas: FxHashMap<usize, (u32, u32)>,
}

impl<'a> Grid<'a> {
    pub(super) fn new(name: &'a str, room: &'a mut usize, words: &'a mut Words) -> Self {
        Self { name, rows: Vec::new(), room, words, formulas: FxHashMap::default() }
    }

    /// Adds a cell; its place counts from 0.
    pub(super) fn add(
        &mut self,
        (row, column): (u32, u32),
        value: &DataRef<'_>,
        is_formula: bool,
        is_percent: bool,
    ) -> Result<(), PackageError> {
        let input = match (self.input(value, is_formula), is_percent) {
            (Input::Number(number), true) => percent(number),
            (Input::Empty, _) if is_formula => Input::Unusable(
                "公式没有保存算出的数；请在表格软件里打开、重算并保存，或改填数".into(),
            ),
            (input, _) => input,
        };
        if input == Input::Empty {
            return Ok(());
        }
        let (number, column) = (row.saturating_add(1), usize::try_from(column).unwrap_or(0));
        if is_formula && !matches!(input, Input::Unusable(_)) {
            let (first, count) = self.formulas.entry(column).or_insert((number, 0));
            *first = number.min(*first);
            *count = count.saturating_add(1);
        }
        self.place(number, column, input)
    }

    fn place(&mut self, number: u32, column: usize, input: Input) -> Result<(), PackageError> {
        let too_many = || PackageError::TooManyRows { sheet: self.name.to_owned() };
        if self.rows.last().is_none_or(|row| row.number < number) {
            if self.rows.len() >= MOST_ROWS {
                return Err(too_many());
            }
            self.rows.push(SheetRow { number, cells: Vec::new() });
        }
        // Files in which rows do not go up are no work of a spreadsheet.
        let backwards =
            || PackageError::Damaged { why: format!("“{}”的行次序颠倒", self.name) };
        let row = self.rows.last_mut().filter(|row| row.number == number);
        let cells = &mut row.ok_or_else(backwards)?.cells;
        let new = column.saturating_add(1).saturating_sub(cells.len());
        *self.room = self.room.checked_sub(new).ok_or_else(too_many)?;
        if new > 0 {
            cells.resize(column.saturating_add(1), Input::Empty);
        }
        if let Some(cell) = cells.get_mut(column) {
            *cell = input;
        }
        Ok(())
    }

    fn input(&mut self, value: &DataRef<'_>, is_formula: bool) -> Input {
        match value {
            DataRef::Empty => Input::Empty,
            DataRef::Int(number) => Input::Number((*number).into()),
            DataRef::Float(number) => float(*number, is_formula),
            DataRef::String(text) => self.words.typed(text),
            DataRef::SharedString(text) => self.words.typed(text),
            DataRef::Bool(yes) => self.words.typed(if *yes { "是" } else { "否" }),
            DataRef::DateTime(at) if at.is_datetime() => {
                let (year, month, day, ..) = at.to_ymd_hms_milli();
                Input::Date(self.words.keep(&format!("{year:04}-{month:02}-{day:02}")))
            }
            DataRef::DateTimeIso(text) => {
                Input::Date(self.words.keep(text.split('T').next().unwrap_or_default()))
            }
            DataRef::DateTime(_) | DataRef::DurationIso(_) => {
                Input::Unusable("单元格是时长的格式；请改成数值或日期".into())
            }
            DataRef::Error(error) => Input::Unusable(self.words.keep(&fault(error))),
        }
    }

    /// The rows, and what is remarkable of them.
    pub(super) fn finish(self, merged: &[Dimensions]) -> (Vec<SheetRow>, Vec<Remark>) {
        let last = self.rows.last().map_or(0, |row| row.number);
        let mut remarks: Vec<Remark> = self
            .formulas
            .into_iter()
            .map(|(column, (row, count))| Remark {
                row,
                column: Some(column),
                kind: RemarkKind::Formulas(count),
            })
            .collect();
        let merged = merged.iter().filter(|range| range.start.0 < last);
        remarks.extend(merged.take(MOST_MERGED).map(|range| Remark {
            row: range.start.0.saturating_add(1),
            column: usize::try_from(range.start.1).ok(),
            kind: RemarkKind::Merged(shown(range).into()),
        }));
        remarks.sort_by_key(|remark| (remark.row, remark.column));
        (self.rows, remarks)
    }
}

fn shown(range: &Dimensions) -> String {
    let cell = |(row, column): (u32, u32)| {
        let letters = column_letters(usize::try_from(column).unwrap_or(0));
        format!("{letters}{}", row.saturating_add(1))
    };
    format!("{}:{}", cell(range.start), cell(range.end))
}

/// A number as its shortest decimal text: what was typed, not the binary fraction beside it. Of a
/// formula the fifteen digits that a spreadsheet computes with and shows.
fn float(number: f64, is_formula: bool) -> Input {
    match decimal(number, is_formula) {
        Some(number) => Input::Number(number.normalize()),
        None => Input::Unusable(format!("{number:e} 超出了数的范围").into()),
    }
}

/// The same, unless it is out of all range.
pub(crate) fn decimal(number: f64, is_formula: bool) -> Option<Decimal> {
    if is_formula {
        return Decimal::from_scientific(&format!("{number:.14e}")).ok();
    }
    Decimal::from_str_exact(&format!("{number}")).ok()
}

/// What the screen shows of a number in percent.
fn percent(number: Decimal) -> Input {
    match number.checked_mul(Decimal::ONE_HUNDRED) {
        Some(shown) => Input::Text(format!("{}%", shown.normalize()).into()),
        None => Input::Unusable("百分数超出了数的范围".into()),
    }
}

fn fault(error: &CellErrorType) -> String {
    let why = match error {
        CellErrorType::Div0 => "#DIV/0! 除数是零",
        CellErrorType::NA => "#N/A 没有查到",
        CellErrorType::Name => "#NAME? 公式里有不认识的名称",
        CellErrorType::Null => "#NULL! 公式里的区域不相交",
        CellErrorType::Num => "#NUM! 公式算不出数",
        CellErrorType::Ref => "#REF! 公式引用的单元格已经删除",
        CellErrorType::Value => "#VALUE! 公式里的数是文字",
        _ => "公式出错",
    };
    format!("{why}；请改正公式，或改填数")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_what_was_typed() {
        let number = |text: &str| Input::Number(text.parse().unwrap());
        assert_eq!(float(4.35, false), number("4.35"));
        assert_eq!(float(0.1 + 0.2, false), number("0.30000000000000004"));
        assert_eq!(float(0.1 + 0.2, true), number("0.3"));
        assert_eq!(float(182_400.0, false), number("182400"));
        assert_eq!(float(-1.5e-7, false), number("-0.00000015"));
        assert!(matches!(float(1e300, false), Input::Unusable(_)));
        assert!(matches!(float(f64::NAN, true), Input::Unusable(_)));
        assert_eq!(percent("0.9167".parse().unwrap()), Input::Text("91.67%".into()));
    }

    #[test]
    fn far_cells_do_not_take_memory() {
        let (mut room, mut words) = (MOST_CELLS, Words::default());
        let mut grid = Grid::new("支出", &mut room, &mut words);
        let far =
            (0..10_000).try_for_each(|row| grid.add((row, 16_383), &DataRef::Int(1), false, false));
        assert_eq!(far, Err(PackageError::TooManyRows { sheet: "支出".to_owned() }));
    }

    #[test]
    fn rows_that_go_back_are_no_workbook() {
        let (mut room, mut words) = (MOST_CELLS, Words::default());
        let mut grid = Grid::new("支出", &mut room, &mut words);
        grid.add((5, 0), &DataRef::Int(1), false, false).unwrap();
        assert!(grid.add((4, 0), &DataRef::Int(1), false, false).is_err());
    }
}
