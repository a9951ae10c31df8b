//! The formula language of schemes: exact decimals, closed operators, Chinese and English names.
//!
//! A formula compares two expressions over cells, as in
//! `支出决算表[每行].本年支出合计 = 支出决算表[每行].基本支出 + 支出决算表[每行].项目支出`.
//! The page for accountants is `docs/formulas.md`.

mod eval;
mod lexer;
mod parser;
mod solve;

pub use eval::{Binding, Evaluated, Gap, Lookup, Outcome, Source, evaluate, holds, judge};
pub use parser::{parse, parse_expression};
pub use solve::repairs;

use std::sync::Arc;

use borsh::{BorshDeserialize, BorshSerialize};
use rust_decimal::Decimal;

/// A formula: a comparison, or comparisons joined by `且`, `或`, `非` in a guard.
#[derive(Clone, Debug, PartialEq, BorshDeserialize, BorshSerialize)]
pub enum Formula {
    /// `left op right`
    Compare(Expression, Comparator, Expression),
    /// `a 且 b`
    And(Box<Formula>, Box<Formula>),
    /// `a 或 b`
    Or(Box<Formula>, Box<Formula>),
    /// `非 a`
    Not(Box<Formula>),
}

/// How two sides are held against each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, BorshDeserialize, BorshSerialize)]
pub enum Comparator {
    /// `=`
    Equal,
    /// `≠`, `!=`
    NotEqual,
    /// `≤`, `<=`
    AtMost,
    /// `≥`, `>=`
    AtLeast,
    /// `<`
    Less,
    /// `>`
    More,
}

impl Comparator {
    /// As reports print it.
    #[must_use]
    pub const fn symbol(self) -> &'static str {
        match self {
            Self::Equal => "=",
            Self::NotEqual => "≠",
            Self::AtMost => "≤",
            Self::AtLeast => "≥",
            Self::Less => "<",
            Self::More => ">",
        }
    }
}

/// An arithmetic expression.
#[derive(Clone, Debug, PartialEq, BorshDeserialize, BorshSerialize)]
pub enum Expression {
    /// A constant.
    Number(Decimal),
    /// A cell, or several when its row is a set.
    Cell(CellRef),
    /// A slot of the sentence that carries the formula, as in `@change`.
    Slot(Arc<str>),
    /// `-x`
    Negate(Box<Expression>),
    /// `a + b` and its like.
    Binary(Operation, Box<Expression>, Box<Expression>),
    /// `sum(…)` and its like.
    Call(Function, Vec<Expression>),
}

/// The four operations.
#[derive(Clone, Copy, Debug, PartialEq, Eq, BorshDeserialize, BorshSerialize)]
pub enum Operation {
    /// `+`
    Add,
    /// `-`
    Subtract,
    /// `*`, `×`
    Multiply,
    /// `/`, `÷`
    Divide,
}

/// The closed list of functions. A new one is documented in `docs/formulas.md` and tested.
#[derive(Clone, Copy, Debug, PartialEq, Eq, BorshDeserialize, BorshSerialize)]
pub enum Function {
    /// `sum(cells)`, 求和: the sum of a set of cells; blank cells count nothing.
    Sum,
    /// `count(cells)`, 个数: how many cells hold a number other than zero.
    Count,
    /// `average(cells)`, 平均: the mean of the cells that hold a number.
    Average,
    /// `abs(x)`, 绝对值
    Abs,
    /// `sign(x)`, 方向: 1, 0 or -1; the comparison of printed values.
    Sign,
    /// `min(a, b)`, 较小
    Min,
    /// `max(a, b)`, 较大
    Max,
    /// `round(x, n)`, 四舍五入
    Round,
    /// `percent(a, b)`, 比率: a in percent of b.
    Percent,
    /// `exists(cell)`, 存在: whether the document has the cell, blank or not; of a slot, whether
    /// the sentence states it.
    Exists,
}

impl Function {
    const NAMES: [(Self, &'static str, &'static str); 10] = [
        (Self::Sum, "sum", "求和"),
        (Self::Count, "count", "个数"),
        (Self::Average, "average", "平均"),
        (Self::Abs, "abs", "绝对值"),
        (Self::Sign, "sign", "方向"),
        (Self::Min, "min", "较小"),
        (Self::Max, "max", "较大"),
        (Self::Round, "round", "四舍五入"),
        (Self::Percent, "percent", "比率"),
        (Self::Exists, "exists", "存在"),
    ];

    fn named(name: &str) -> Option<Self> {
        Self::NAMES
            .into_iter()
            .find(|(_, english, chinese)| *english == name || *chinese == name)
            .map(|(function, ..)| function)
    }
}

/// The row of a record that has one only, written `record.column`.
pub const ONLY_ROW: &str = "all";

/// A cell or a set of cells: `form[row].column`.
#[derive(Clone, Debug, PartialEq, Eq, BorshDeserialize, BorshSerialize)]
pub struct CellRef {
    /// Form or record id.
    pub form: Arc<str>,
    /// Which rows.
    pub row: RowRef,
    /// Which column.
    pub column: ColumnRef,
}

impl CellRef {
    /// Whether it means several rows.
    const fn is_set(&self) -> bool {
        !matches!(self.row, RowRef::Id(_) | RowRef::Each)
    }
}

/// Which rows of a form a reference means.
#[derive(Clone, Debug, PartialEq, Eq, BorshDeserialize, BorshSerialize)]
pub enum RowRef {
    /// A row by its id or code.
    Id(Arc<str>),
    /// `each`, 每行: the row the relation is evaluated for.
    Each,
    /// `children`, 下级: the rows directly under the current one.
    Children,
    /// `classes`, 各类: all rows of class level (3 digits).
    Classes,
    /// `items`, 各项: all rows of item level (7 digits).
    Items,
    /// `all`, 全部: every row.
    All,
}

/// Which column a reference means.
#[derive(Clone, Debug, PartialEq, Eq, BorshDeserialize, BorshSerialize)]
pub enum ColumnRef {
    /// A column by its id.
    Id(Arc<str>),
    /// `each`, 每列: the column the relation is evaluated for.
    Each,
}

impl Formula {
    /// Calls `visit` for every side of a comparison.
    fn sides<'a>(&'a self, visit: &mut impl FnMut(&'a Expression)) {
        match self {
            Self::Compare(left, _, right) => {
                visit(left);
                visit(right);
            }
            Self::And(a, b) | Self::Or(a, b) => {
                a.sides(visit);
                b.sides(visit);
            }
            Self::Not(a) => a.sides(visit),
        }
    }

    /// Calls `visit` for every cell reference.
    pub fn cells<'a>(&'a self, visit: &mut impl FnMut(&'a CellRef)) {
        self.sides(&mut |side| side.cells(visit));
    }

    /// Calls `visit` for every slot.
    pub fn slots<'a>(&'a self, visit: &mut impl FnMut(&'a str)) {
        self.sides(&mut |side| side.slots(visit));
    }

    /// Whether a set of rows stands where one figure belongs.
    pub(crate) fn has_loose_rows(&self) -> bool {
        let mut any = false;
        self.sides(&mut |side| any |= side.has_loose_rows());
        any
    }

    /// Calls `change` for every cell reference, to replace names by ids.
    pub(crate) fn cells_mut(&mut self, change: &mut impl FnMut(&mut CellRef)) {
        match self {
            Self::Compare(left, _, right) => {
                left.cells_mut(change);
                right.cells_mut(change);
            }
            Self::And(a, b) | Self::Or(a, b) => {
                a.cells_mut(change);
                b.cells_mut(change);
            }
            Self::Not(a) => a.cells_mut(change),
        }
    }
}

impl Expression {
    /// Whether a set of rows occurs in it.
    fn gathers_rows(&self) -> bool {
        let mut any = false;
        self.cells(&mut |cell| any |= cell.is_set());
        any
    }

    /// Whether a set of rows stands where one figure belongs.
    fn has_loose_rows(&self) -> bool {
        match self {
            Self::Number(_) | Self::Slot(_) => false,
            Self::Cell(cell) => cell.is_set(),
            Self::Negate(inner) => inner.has_loose_rows(),
            Self::Binary(_, left, right) => left.has_loose_rows() || right.has_loose_rows(),
            Self::Call(Function::Sum | Function::Count | Function::Average, arguments) => {
                let is_loose = |argument: &Self| match argument {
                    Self::Cell(_) => false,
                    other => other.has_loose_rows(),
                };
                arguments.iter().any(is_loose)
            }
            Self::Call(_, arguments) => arguments.iter().any(Self::has_loose_rows),
        }
    }

    /// Calls `visit` for every cell reference.
    pub fn cells<'a>(&'a self, visit: &mut impl FnMut(&'a CellRef)) {
        match self {
            Self::Number(_) | Self::Slot(_) => {}
            Self::Cell(cell) => visit(cell),
            Self::Negate(inner) => inner.cells(visit),
            Self::Binary(_, left, right) => {
                left.cells(visit);
                right.cells(visit);
            }
            Self::Call(_, arguments) => arguments.iter().for_each(|a| a.cells(visit)),
        }
    }

    /// Calls `change` for every cell reference, to replace names by ids.
    pub(crate) fn cells_mut(&mut self, change: &mut impl FnMut(&mut CellRef)) {
        match self {
            Self::Number(_) | Self::Slot(_) => {}
            Self::Cell(cell) => change(cell),
            Self::Negate(inner) => inner.cells_mut(change),
            Self::Binary(_, left, right) => {
                left.cells_mut(change);
                right.cells_mut(change);
            }
            Self::Call(_, arguments) => arguments.iter_mut().for_each(|a| a.cells_mut(change)),
        }
    }

    /// Calls `visit` for every slot.
    pub fn slots<'a>(&'a self, visit: &mut impl FnMut(&'a str)) {
        match self {
            Self::Number(_) | Self::Cell(_) => {}
            Self::Slot(name) => visit(name),
            Self::Negate(inner) => inner.slots(visit),
            Self::Binary(_, left, right) => {
                left.slots(visit);
                right.slots(visit);
            }
            // Whether a slot is stated can be asked of any statement.
            Self::Call(Function::Exists, _) => {}
            Self::Call(_, arguments) => arguments.iter().for_each(|a| a.slots(visit)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Function, parse};

    #[test]
    fn sets_of_rows_belong_into_functions_that_gather_them() {
        for (text, is_loose) in [
            ("表[合计].数 = 求和(表[各类].数)", false),
            ("表[合计].数 = -表[各类].数 + 1", true),
            ("绝对值(表[下级].数) = 平均(表[下级].数)", true),
            ("求和(1 - 表[全部].数) = 0", true),
        ] {
            assert_eq!(parse(text).unwrap().has_loose_rows(), is_loose, "{text}");
        }
    }

    #[test]
    fn the_page_for_accountants_names_every_function() {
        let page = include_str!("../../../../docs/formulas.md");
        for (_, english, chinese) in Function::NAMES {
            assert!(page.contains(&format!("`{chinese}(")), "{chinese}");
            assert!(page.contains(&format!("`{english}`")), "{english}");
        }
    }
}
