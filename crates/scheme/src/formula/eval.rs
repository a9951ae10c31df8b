//! Formulas meet facts: intervals in, an outcome out. Nothing is guessed; what is missing is said.

use std::sync::Arc;

use juesuan_model::{Bounds, Comparison, FactId};
use rust_decimal::Decimal;

use super::{CellRef, ColumnRef, Comparator, Expression, Formula, Function, Operation, RowRef};

/// What a cell is worth.
#[derive(Clone, Debug, PartialEq)]
pub enum Lookup {
    /// A figure stands there.
    Found(FactId, Bounds),
    /// A value that the scheme gives; no figure of the document.
    Given(Decimal),
    /// Nothing stands there, which means zero: a blank cell, or a code without a row.
    Zero(Option<FactId>),
    /// It cannot be known; why, in the user's words.
    Missing(String),
}

/// Where formulas get their cells from.
pub trait Source {
    /// The cell `form[row].column`.
    fn cell(&self, form: &str, row: &str, column: &str) -> Lookup;
    /// Whether there is the cell `form[row].column`, blank or not.
    fn has(&self, form: &str, row: &str, column: &str) -> bool {
        matches!(self.cell(form, row, column), Lookup::Found(..) | Lookup::Zero(Some(_)))
    }
    /// The rows of a set, relative to the row `current`.
    fn rows(&self, form: &str, set: &RowRef, current: &str) -> Vec<Arc<str>>;
    /// A slot of the sentence that carries the formula.
    fn slot(&self, name: &str) -> Lookup;
}

/// What `每行` and `每列` stand for.
#[derive(Clone, Copy, Debug, Default)]
pub struct Binding<'a> {
    /// The current row.
    pub row: &'a str,
    /// The current column.
    pub column: &'a str,
}

/// Why a formula has no value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gap(pub String);

/// A value and the figures it came from.
#[derive(Clone, Debug, PartialEq)]
pub struct Evaluated {
    /// The value.
    pub bounds: Bounds,
}

/// How a formula turned out.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// It holds.
    Held,
    /// It holds within the rounding of the printed digits.
    Tail(Bounds, Bounds),
    /// It is broken: left and right side.
    Broken(Bounds, Bounds),
    /// It cannot be decided.
    Unknown(Gap),
}

/// Evaluates a comparison; the figures it touched are added to `facts`.
pub fn judge(
    formula: &Formula,
    source: &impl Source,
    binding: Binding<'_>,
    facts: &mut Vec<FactId>,
) -> Outcome {
    let Formula::Compare(left, comparator, right) = formula else {
        return match holds(formula, source, binding) {
            Ok(true) => Outcome::Held,
            Ok(false) => Outcome::Broken(Bounds::exact(Decimal::ZERO), Bounds::exact(Decimal::ONE)),
            Err(gap) => Outcome::Unknown(gap),
        };
    };
    let mut side = |expression: &Expression| {
        let before = facts.len();
        let side = evaluate(expression, source, binding, facts)?;
        // A sum over rows of which none was read is not zero.
        if facts.len() == before && expression.gathers_rows() {
            return Err(Gap("没有读到要加总的任何一行".to_owned()));
        }
        Ok(side)
    };
    match (side(left), side(right)) {
        (Ok(left), Ok(right)) => compare(left.bounds, *comparator, right.bounds),
        (Err(gap), _) | (_, Err(gap)) => Outcome::Unknown(gap),
    }
}

fn compare(left: Bounds, comparator: Comparator, right: Bounds) -> Outcome {
    let (holds, possible) = match comparator {
        Comparator::Equal => {
            let (stated, expected) = if left.derived { (right, left) } else { (left, right) };
            match stated.compare(expected) {
                Comparison::Equal => (true, true),
                Comparison::Tail => (false, true),
                Comparison::Contradiction => (false, false),
            }
        }
        Comparator::NotEqual => (left.value != right.value, left.value != right.value),
        Comparator::AtMost => (left.value <= right.value, left.low <= right.high),
        Comparator::AtLeast => (left.value >= right.value, left.high >= right.low),
        Comparator::Less => (left.value < right.value, left.low < right.high),
        Comparator::More => (left.value > right.value, left.high > right.low),
    };
    match (holds, possible) {
        (true, _) => Outcome::Held,
        (false, true) => Outcome::Tail(left, right),
        (false, false) => Outcome::Broken(left, right),
    }
}

/// Whether a guard holds, by the nominal values.
///
/// # Errors
/// Says which cell it lacks.
pub fn holds(formula: &Formula, source: &impl Source, binding: Binding<'_>) -> Result<bool, Gap> {
    match formula {
        Formula::And(a, b) => Ok(holds(a, source, binding)? && holds(b, source, binding)?),
        Formula::Or(a, b) => Ok(holds(a, source, binding)? || holds(b, source, binding)?),
        Formula::Not(a) => Ok(!holds(a, source, binding)?),
        Formula::Compare(left, comparator, right) => {
            let mut facts = Vec::new();
            let left = evaluate(left, source, binding, &mut facts)?.bounds;
            let right = evaluate(right, source, binding, &mut facts)?.bounds;
            Ok(matches!(compare(left, *comparator, right), Outcome::Held))
        }
    }
}

/// Evaluates an expression; the figures it touched are added to `facts`.
///
/// # Errors
/// Says which cell is missing, or that a divisor is zero.
pub fn evaluate(
    expression: &Expression,
    source: &impl Source,
    binding: Binding<'_>,
    facts: &mut Vec<FactId>,
) -> Result<Evaluated, Gap> {
    let bounds = match expression {
        Expression::Number(value) => Bounds::exact(*value),
        Expression::Cell(cell) => one_cell(cell, source, binding, facts)?,
        Expression::Slot(name) => found(source.slot(name), facts)?,
        Expression::Negate(inner) => evaluate(inner, source, binding, facts)?.bounds.negate(),
        Expression::Binary(operation, left, right) => {
            let left = evaluate(left, source, binding, facts)?.bounds;
            let right = evaluate(right, source, binding, facts)?.bounds;
            let result = match operation {
                Operation::Add => left.plus(right),
                Operation::Subtract => left.minus(right),
                Operation::Multiply => left.times(right),
                Operation::Divide => left.over(right),
            };
            result.ok_or_else(|| no_result(*operation == Operation::Divide))?
        }
        Expression::Call(function, arguments) => {
            call(*function, arguments, source, binding, facts)?
        }
    };
    Ok(Evaluated { bounds })
}

fn no_result(division: bool) -> Gap {
    Gap(if division { "除数为零，比率没有意义" } else { "数字过大" }.to_owned())
}

fn found(lookup: Lookup, facts: &mut Vec<FactId>) -> Result<Bounds, Gap> {
    match lookup {
        Lookup::Found(fact, bounds) => {
            facts.push(fact);
            Ok(bounds)
        }
        Lookup::Given(value) => Ok(Bounds::exact(value)),
        Lookup::Zero(fact) => {
            facts.extend(fact);
            Ok(Bounds::exact(Decimal::ZERO))
        }
        Lookup::Missing(why) => Err(Gap(why)),
    }
}

fn column<'a>(cell: &'a CellRef, binding: Binding<'a>) -> &'a str {
    match &cell.column {
        ColumnRef::Id(id) => id,
        ColumnRef::Each => binding.column,
    }
}

fn one_cell(
    cell: &CellRef,
    source: &impl Source,
    binding: Binding<'_>,
    facts: &mut Vec<FactId>,
) -> Result<Bounds, Gap> {
    let row = match &cell.row {
        RowRef::Id(id) => id,
        RowRef::Each => binding.row,
        _ => return Err(Gap("一组行只能用在求和、个数、平均中".to_owned())),
    };
    found(source.cell(&cell.form, row, column(cell, binding)), facts)
}

fn call(
    function: Function,
    arguments: &[Expression],
    source: &impl Source,
    binding: Binding<'_>,
    facts: &mut Vec<FactId>,
) -> Result<Bounds, Gap> {
    if let (Function::Sum | Function::Count | Function::Average, [Expression::Cell(cell)]) =
        (function, arguments)
    {
        return over_set(function, cell, source, binding, facts);
    }
    if let (Function::Exists, [Expression::Cell(cell)]) = (function, arguments) {
        return Ok(Bounds::exact(Decimal::from(i32::from(exists(cell, source, binding)))));
    }
    if let (Function::Exists, [Expression::Slot(name)]) = (function, arguments) {
        let is_there = !matches!(source.slot(name), Lookup::Missing(_));
        return Ok(Bounds::exact(Decimal::from(i32::from(is_there))));
    }
    let mut values = Vec::with_capacity(2);
    for argument in arguments {
        values.push(evaluate(argument, source, binding, facts)?.bounds);
    }
    let hundred = Bounds::exact(Decimal::ONE_HUNDRED);
    let result = match (function, values.as_slice()) {
        (Function::Abs, [x]) => Some(x.abs()),
        (Function::Sign, [x]) => Some(sign(*x)),
        (Function::Min, [a, b]) => Some(a.min(*b)),
        (Function::Max, [a, b]) => Some(a.max(*b)),
        (Function::Round, [x, n]) => u32::try_from(n.value).ok().map(|n| x.round(n)),
        (Function::Percent, [a, b]) => a.times(hundred).and_then(|a| a.over(*b)),
        (Function::Sum | Function::Average, [x]) => Some(*x),
        _ => None,
    };
    result.ok_or_else(|| no_result(function == Function::Percent))
}

fn exists(cell: &CellRef, source: &impl Source, binding: Binding<'_>) -> bool {
    let row = match &cell.row {
        RowRef::Id(id) => id,
        _ => binding.row,
    };
    source.has(&cell.form, row, column(cell, binding))
}

fn sign(x: Bounds) -> Bounds {
    let value = match x.value.cmp(&Decimal::ZERO) {
        std::cmp::Ordering::Less => Decimal::NEGATIVE_ONE,
        std::cmp::Ordering::Equal => Decimal::ZERO,
        std::cmp::Ordering::Greater => Decimal::ONE,
    };
    Bounds::exact(value)
}

fn over_set(
    function: Function,
    cell: &CellRef,
    source: &impl Source,
    binding: Binding<'_>,
    facts: &mut Vec<FactId>,
) -> Result<Bounds, Gap> {
    let rows = match &cell.row {
        RowRef::Id(_) | RowRef::Each => return one_cell(cell, source, binding, facts),
        set => source.rows(&cell.form, set, binding.row),
    };
    let mut total = Bounds::exact(Decimal::ZERO);
    let mut numbers = 0_i64;
    for row in &rows {
        let bounds = match source.cell(&cell.form, row, column(cell, binding)) {
            Lookup::Found(fact, bounds) => {
                facts.push(fact);
                bounds
            }
            Lookup::Given(value) => Bounds::exact(value),
            Lookup::Zero(fact) => {
                facts.extend(fact);
                continue;
            }
            Lookup::Missing(why) => return Err(Gap(why)),
        };
        numbers += i64::from(function != Function::Count || !bounds.value.is_zero());
        total = total.plus(bounds).ok_or_else(|| no_result(false))?;
    }
    let numbers = Bounds::exact(Decimal::from(numbers));
    match function {
        Function::Count => Ok(numbers),
        Function::Average => total.over(numbers).ok_or_else(|| no_result(true)),
        _ => Ok(total),
    }
}

#[cfg(test)]
mod tests {
    use juesuan_model::{Fact, Facts, Measure, Number, Place, Scale, Subject, Value};

    use super::*;
    use crate::formula::parse;

    /// A table written as lines of `row amount`.
    struct Little(Facts);

    impl Little {
        fn new(lines: &str) -> Self {
            let mut facts = Facts::default();
            for (row, amount) in lines.lines().filter_map(|line| line.trim().split_once(' ')) {
                let number = Number::parse(amount, Measure::Money(Scale::Yuan)).unwrap();
                facts.add(Fact {
                    subject: Subject::new("表", row, "数"),
                    value: Value::Number(number),
                    printed: amount.into(),
                    place: Place::default(),
                    block: 0,
                    label: row.into(),
                });
            }
            Self(facts)
        }
    }

    impl Source for Little {
        fn cell(&self, form: &str, row: &str, column: &str) -> Lookup {
            match self.0.find(&Subject::new(form, row, column)) {
                Some((id, fact)) => Lookup::Found(id, fact.number().unwrap().bounds()),
                None if row == "无" => Lookup::Missing("没有这一行".into()),
                None => Lookup::Zero(None),
            }
        }
        fn rows(&self, _: &str, set: &RowRef, current: &str) -> Vec<Arc<str>> {
            let child = |row: &str| match set {
                RowRef::Children => row.len() == current.len() + 2 && row.starts_with(current),
                _ => row.len() == 3,
            };
            self.0.iter().map(|(_, f)| f.subject.row.clone()).filter(|r| child(r)).collect()
        }
        fn slot(&self, _: &str) -> Lookup {
            Lookup::Missing("没有槽".into())
        }
    }

    fn outcome(lines: &str, formula: &str, row: &str) -> Outcome {
        let binding = Binding { row, column: "数" };
        judge(&parse(formula).unwrap(), &Little::new(lines), binding, &mut Vec::new())
    }

    const TABLE: &str = "201 3.00
        20101 1.00
        20102 2.00
        206 1.01";

    #[test]
    fn a_class_is_the_sum_of_its_sections() {
        let formula = "表[每行].数 = 求和(表[下级].数)";
        assert_eq!(outcome(TABLE, formula, "201"), Outcome::Held);
        let wrong = TABLE.replace("2.00", "2.10");
        assert!(matches!(outcome(&wrong, formula, "201"), Outcome::Broken(..)));
        let tail = TABLE.replace("2.00", "2.01");
        assert!(matches!(outcome(&tail, formula, "201"), Outcome::Tail(..)));
    }

    #[test]
    fn shares_round_to_the_printed_digits() {
        assert_eq!(outcome(TABLE, "比率(表[206].数, 表[201].数) > 33.6", ""), Outcome::Held);
        let zero = outcome(TABLE, "比率(表[206].数, 表[999].数) = 1", "");
        assert_eq!(zero, Outcome::Unknown(Gap("除数为零，比率没有意义".into())));
    }

    #[test]
    fn what_is_missing_is_not_zero() {
        let gap = Outcome::Unknown(Gap("没有这一行".into()));
        assert_eq!(outcome(TABLE, "表[无].数 = 0", ""), gap);
        assert_eq!(outcome(TABLE, "表[207].数 = 0", ""), Outcome::Held);
    }

    #[test]
    fn a_sum_over_no_rows_is_not_zero() {
        let gap = Outcome::Unknown(Gap("没有读到要加总的任何一行".into()));
        assert_eq!(outcome(TABLE, "表[206].数 = 求和(表[下级].数)", "206"), gap);
    }

    #[test]
    fn an_inequality_is_broken_only_beyond_rounding() {
        assert!(matches!(
            outcome("201 3.00\n206 3.01", "表[206].数 <= 表[201].数", ""),
            Outcome::Tail(..)
        ));
        assert!(matches!(
            outcome("201 3.00\n206 3.02", "表[206].数 <= 表[201].数", ""),
            Outcome::Broken(..)
        ));
    }

    #[test]
    fn what_the_document_lacks_does_not_exist() {
        assert_eq!(outcome(TABLE, "存在(表[206].数)", ""), Outcome::Held);
        assert!(matches!(outcome(TABLE, "存在(表[207].数)", ""), Outcome::Broken(..)));
    }

    #[test]
    fn sets_count_and_average() {
        assert_eq!(outcome(TABLE, "个数(表[各类].数) = 2", ""), Outcome::Held);
        assert_eq!(outcome(TABLE, "平均(表[下级].数) = 1.5", "201"), Outcome::Held);
    }
}
