//! Formulas backwards: which value of each figure would make a broken equation hold.

use juesuan_model::{Bounds, FactId};
use rust_decimal::Decimal;

use super::eval::{Binding, Lookup, Source, evaluate};
use super::{CellRef, ColumnRef, Expression, Formula, Function, Operation, RowRef};

/// For every figure that enters an equation once: the value that closes it, all others given.
#[must_use]
pub fn repairs(
    formula: &Formula,
    source: &impl Source,
    binding: Binding<'_>,
) -> Vec<(FactId, Bounds)> {
    let Formula::Compare(left, _, right) = formula else { return Vec::new() };
    let mut solver = Solver { source, binding, found: Vec::new() };
    if let (Some(left_value), Some(right_value)) = (solver.value(left), solver.value(right)) {
        solver.solve(left, right_value);
        solver.solve(right, left_value);
    }
    let Solver { found, .. } = solver;
    let once = |id: FactId| found.iter().filter(|(other, _)| *other == id).count() == 1;
    found.iter().filter(|(id, _)| once(*id)).copied().collect()
}

struct Solver<'a, S> {
    source: &'a S,
    binding: Binding<'a>,
    found: Vec<(FactId, Bounds)>,
}

impl<S: Source> Solver<'_, S> {
    fn value(&self, expression: &Expression) -> Option<Bounds> {
        let mut facts = Vec::new();
        Some(evaluate(expression, self.source, self.binding, &mut facts).ok()?.bounds)
    }

    /// Notes what each figure of `expression` had to be for it to be `target`.
    fn solve(&mut self, expression: &Expression, target: Bounds) {
        match expression {
            Expression::Number(_) => {}
            Expression::Slot(name) => self.note(self.source.slot(name), target),
            Expression::Cell(cell) => {
                let row = match &cell.row {
                    RowRef::Id(id) => id,
                    _ => self.binding.row,
                };
                self.note(self.lookup(cell, row), target);
            }
            Expression::Negate(inner) => self.solve(inner, target.negate()),
            Expression::Binary(operation, a, b) => self.solve_binary(*operation, a, b, target),
            Expression::Call(function, arguments) => self.solve_call(*function, arguments, target),
        }
    }

    fn solve_binary(
        &mut self,
        operation: Operation,
        a: &Expression,
        b: &Expression,
        target: Bounds,
    ) {
        let (Some(x), Some(y)) = (self.value(a), self.value(b)) else { return };
        let (for_a, for_b) = match operation {
            Operation::Add => (target.minus(y), target.minus(x)),
            Operation::Subtract => (target.plus(y), x.minus(target)),
            Operation::Multiply => (target.over(y), target.over(x)),
            Operation::Divide => (target.times(y), x.over(target)),
        };
        if let Some(for_a) = for_a {
            self.solve(a, for_a);
        }
        if let Some(for_b) = for_b {
            self.solve(b, for_b);
        }
    }

    fn solve_call(&mut self, function: Function, arguments: &[Expression], target: Bounds) {
        match (function, arguments) {
            (Function::Sum, [Expression::Cell(cell)]) => self.solve_sum(cell, target),
            (Function::Round, [x, Expression::Number(decimals)]) => {
                let decimals = u32::try_from(*decimals).unwrap_or(0);
                let half = Decimal::new(5, decimals.saturating_add(1));
                let low = target.low.checked_sub(half);
                if let (Some(low), Some(high)) = (low, target.high.checked_add(half)) {
                    self.solve(x, Bounds { low, high, ..target });
                }
            }
            (Function::Percent, [a, b]) => {
                let hundred = Bounds::exact(Decimal::ONE_HUNDRED);
                let (x, y) = (self.value(a), self.value(b));
                let share = target.over(hundred);
                if let Some(for_a) = share.zip(y).and_then(|(share, y)| share.times(y)) {
                    self.solve(a, for_a);
                }
                if let Some(for_b) = share.zip(x).and_then(|(share, x)| x.over(share)) {
                    self.solve(b, for_b);
                }
            }
            // The bound is a number; what it bounds decides where the target lies within it.
            (Function::Min, [Expression::Number(most), x] | [x, Expression::Number(most)])
                if target.value < *most =>
            {
                self.solve(x, target);
            }
            _ => {}
        }
    }

    fn solve_sum(&mut self, cell: &CellRef, target: Bounds) {
        let rows = match &cell.row {
            RowRef::Id(id) => vec![id.clone()],
            RowRef::Each => vec![self.binding.row.into()],
            set => self.source.rows(&cell.form, set, self.binding.row),
        };
        let terms: Vec<Lookup> = rows.iter().map(|row| self.lookup(cell, row)).collect();
        let worth = |term: &Lookup| match term {
            Lookup::Found(_, bounds) => *bounds,
            _ => Bounds::exact(Decimal::ZERO),
        };
        let start = Some(Bounds::exact(Decimal::ZERO));
        let sum = terms.iter().fold(start, |sum, term| sum?.plus(worth(term)));
        let Some(sum) = sum else { return };
        for term in terms {
            // The others are the sum less the term, whose own width leaves with it.
            let own = worth(&term);
            let others = Bounds {
                value: sum.value.checked_sub(own.value).unwrap_or_default(),
                low: sum.low.checked_sub(own.low).unwrap_or_default(),
                high: sum.high.checked_sub(own.high).unwrap_or_default(),
                ..sum
            };
            if let Some(target) = target.minus(others) {
                self.note(term, target);
            }
        }
    }

    fn lookup(&self, cell: &CellRef, row: &str) -> Lookup {
        let column = match &cell.column {
            ColumnRef::Id(id) => id,
            ColumnRef::Each => self.binding.column,
        };
        self.source.cell(&cell.form, row, column)
    }

    fn note(&mut self, lookup: Lookup, target: Bounds) {
        match lookup {
            Lookup::Found(fact, _) | Lookup::Zero(Some(fact)) => self.found.push((fact, target)),
            Lookup::Given(_) | Lookup::Zero(None) | Lookup::Missing(_) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use juesuan_model::{Fact, Facts, Measure, Number, Place, Subject, Value};

    use super::*;
    use crate::formula::parse;

    /// Slots with a number each, printed to two decimals.
    struct Slots(Facts);

    impl Source for Slots {
        fn cell(&self, _: &str, row: &str, _: &str) -> Lookup {
            self.slot(row)
        }
        fn rows(&self, _: &str, _: &RowRef, _: &str) -> Vec<Arc<str>> {
            self.0.iter().map(|(_, fact)| fact.subject.row.clone()).collect()
        }
        fn slot(&self, name: &str) -> Lookup {
            let found = self.0.find(&Subject::new("", name, ""));
            found.map_or(Lookup::Missing("没有".into()), |(id, fact)| {
                Lookup::Found(id, fact.number().unwrap().bounds())
            })
        }
    }

    fn solved(slots: &[(&str, &str)], formula: &str) -> Vec<String> {
        let mut source = Slots(Facts::default());
        for (name, printed) in slots {
            let number = Number::parse(printed, Measure::Quantity).unwrap();
            source.0.add(Fact {
                subject: Subject::new("", name, ""),
                value: Value::Number(number),
                printed: (*printed).into(),
                place: Place::default(),
                block: 0,
                label: "".into(),
            });
        }
        repairs(&parse(formula).unwrap(), &source, Binding::default())
            .iter()
            .map(|(_, bounds)| bounds.value.round_dp(2).normalize().to_string())
            .collect()
    }

    #[test]
    fn every_figure_of_a_sum_knows_its_repair() {
        let slots = [("a", "10.00"), ("b", "3.00"), ("c", "6.00")];
        assert_eq!(solved(&slots, "@a = @b + @c"), ["9", "4", "7"]);
        assert_eq!(solved(&slots, "@a = @b - -@c"), ["9", "4", "7"]);
    }

    #[test]
    fn shares_products_and_roundings_are_undone() {
        let slots = [("share", "50.00"), ("part", "3.00"), ("all", "4.00")];
        assert_eq!(solved(&slots, "@share = 比率(@part, @all)"), ["75", "2", "6"]);
        assert_eq!(solved(&slots, "@share = 四舍五入(@part * 2, 2)"), ["6", "25"]);
        assert_eq!(solved(&slots, "@share = 10 * 较小(1, @part / @all)"), ["7.5"]);
        assert_eq!(solved(&slots, "@part = 10 * 较小(1, @all / @share)"), ["0.8", "15", "13.33"]);
    }

    #[test]
    fn a_figure_that_enters_twice_is_left_open() {
        let slots = [("a", "10.00"), ("b", "3.00")];
        assert_eq!(solved(&slots, "@a = @b + @b"), ["6"]);
    }
}
