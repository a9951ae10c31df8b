//! Project self-evaluation forms.

use std::sync::Arc;

use juesuan_model::{Evaluation, FactId, FundsRow, Measure, Number, Scale, TextField, Value};
use juesuan_scheme::performance::PerformanceForms;
use rust_decimal::Decimal;

use super::columns::{Column, columns, is_head, is_second_head};
use super::cut::{Form, FormCell, FormRow};
use super::indicator::{self, Carried};
use super::labels::{Labelled, goal_and_result, is_head_over_values, is_sum, labelled};
use super::nameless;
use super::values::rate;
use crate::bind::binder::{Binder, Printed};
use crate::bind::words::whole;

/// Binds a form.
pub(super) fn bind(binder: &mut Binder<'_>, form: &Form<'_>) {
    let index = binder.accounts.evaluations.len();
    let mut reader = Reader {
        id: index.to_string().into(),
        evaluation: Evaluation { first_page_lost: form.first_page_lost, ..Evaluation::default() },
        columns: Vec::new(),
        carried: Carried::default(),
        over: Vec::new(),
        has_funds: false,
        goals: None,
        scale: form.scale.unwrap_or_default(),
    };
    let rows = &form.rows;
    if let Some(first) = rows.first().and_then(|row| row.cells.first()) {
        reader.evaluation.place = first.cell.text.start();
        reader.evaluation.block = rows.first().map_or(0, |row| row.block);
        reader.evaluation.name = nameless(reader.evaluation.place, reader.evaluation.block);
    }
    let mut rows = rows.iter().peekable();
    while let Some(row) = rows.next() {
        if is_head(row) {
            let second = rows.next_if(|next| is_second_head(next));
            reader.columns = columns(row, second);
            reader.evaluation.indicators.reserve_exact(rows.len());
        } else {
            reader.row(binder, row);
        }
    }
    let lost_end = reader.evaluation.total.is_none() && reader.evaluation.subtotal.is_none();
    reader.evaluation.last_row_lost = lost_end;
    binder.accounts.evaluations.push(reader.evaluation);
}

struct Reader {
    id: Arc<str>,
    evaluation: Evaluation,
    columns: Vec<Column>,
    carried: Carried,
    /// A head over values: role and column of the grid.
    over: Vec<(String, u32)>,
    /// Whether the total under that head is read.
    has_funds: bool,
    /// The columns of goal and result, until their values are read.
    goals: Option<(u32, u32)>,
    /// The unit of its amounts.
    scale: Scale,
}

impl Reader {
    fn row(&mut self, binder: &mut Binder<'_>, row: &FormRow<'_>) {
        if let Some(goals) = self.goals.take() {
            return self.goal_values(row, goals);
        }
        if !self.columns.is_empty() && is_sum(binder, row) {
            return self.sum(binder, row);
        }
        let labels = labelled(row);
        if is_head_over_values(&labels) {
            self.over = over(binder, row);
            self.has_funds = false;
            return;
        }
        if !self.over.is_empty() && self.values_under(binder, row, &labels) {
            return;
        }
        if !labels.is_empty() && self.labels(binder, row, &labels) {
            return;
        }
        if self.columns.is_empty() && self.evaluation.first_page_lost {
            self.columns = binder.usual_columns.clone();
        }
        let id = format!("{}.{}", self.id, self.evaluation.indicators.len());
        let id = indicator::Id { form: "indicator", row: id.into() };
        let columns = std::mem::take(&mut self.columns);
        if let Some(found) = indicator::bind(binder, row, &columns, &mut self.carried, &id) {
            self.evaluation.indicators.push(found);
            binder.usual_columns.clone_from(&columns);
        }
        self.columns = columns;
    }

    /// Whether values below the indicators tell the execution of the budget once more: rate, weight
    /// and the same points, but no target. These points are not counted twice.
    fn repeats_execution(&self, binder: &Binder<'_>, values: &[FormCell<'_>]) -> bool {
        let facts = &binder.accounts.facts;
        let points = self.evaluation.execution_score.and_then(|id| facts.get(id));
        let same = |cell: &FormCell<'_>| points.is_some_and(|fact| *fact.printed == *cell.folded);
        let is_dash = |cell: &FormCell<'_>| cell.folded.chars().all(|c| matches!(c, '-' | '—'));
        values.iter().rfind(|cell| cell.traits.number).is_some_and(same)
            && values.iter().all(|cell| cell.traits.number || is_dash(cell))
    }

    /// Reads the row of sums below the indicators: of all points, or of the indicators' only.
    fn sum(&mut self, binder: &mut Binder<'_>, row: &FormRow<'_>) {
        let numbers: Vec<&FormCell<'_>> =
            row.cells.iter().filter(|cell| cell.traits.number).collect();
        let is_hundred = |cell: &FormCell<'_>| {
            Number::parse(&cell.folded, Measure::Points)
                .is_ok_and(|number| number.value() == Decimal::ONE_HUNDRED)
        };
        match numbers.as_slice() {
            [weight, .., score] if !is_hundred(weight) => {
                self.evaluation.subtotal = self.figure(binder, row, "subtotal", Some(score));
            }
            [.., score] => self.evaluation.total = self.figure(binder, row, "total", Some(score)),
            [] => {}
        }
    }

    /// Reads labels with their values; false when nothing in the row was one.
    fn labels(
        &mut self,
        binder: &mut Binder<'_>,
        row: &FormRow<'_>,
        labels: &[Labelled<'_, '_>],
    ) -> bool {
        let mut any = false;
        let last_total = labels.iter().rposition(|label| label.role == "total");
        for (position, label) in labels.iter().enumerate() {
            // 总分 | 100 | 总得分 | 98: the first is the weight of all.
            let is_weight = label.role == "total" && Some(position) != last_total;
            any |= is_weight || self.label(binder, row, label);
        }
        if let Some((goal, result)) = goal_and_result(labels, row.block) {
            self.evaluation.goal.get_or_insert(goal);
            self.evaluation.result.get_or_insert(result);
            return true;
        }
        let column = |role| labels.iter().rfind(|l| l.role == role).map(|l| l.label.cell.column);
        if let (Some(goal), Some(result)) = (column("goal"), column("result")) {
            self.goals = Some((goal, result));
            return true;
        }
        any
    }

    fn label(
        &mut self,
        binder: &mut Binder<'_>,
        row: &FormRow<'_>,
        label: &Labelled<'_, '_>,
    ) -> bool {
        let first = label.values.first();
        let text = || {
            let behind = || first.map(|cell| whole(&cell.cell.text, row.block));
            label.text_inside(&binder.scheme.performance, row.block).or_else(behind)
        };
        match label.role {
            "name" => {
                if let Some(name) = text().filter(|_| self.evaluation.name.text.is_empty()) {
                    self.evaluation.name = name;
                }
            }
            "department" => self.evaluation.department = text(),
            "unit" => self.evaluation.unit = text(),
            "goal" | "result" => return true,
            "total" => {
                let number = label.values.iter().rev().find(|cell| cell.traits.number);
                self.evaluation.total = match number {
                    Some(_) => self.figure(binder, row, "total", number),
                    None => self.inside(binder, row, label),
                };
            }
            "subtotal" => self.evaluation.subtotal = self.told(binder, row, label),
            "execution_score" => {
                self.evaluation.execution_score = self.told(binder, row, label);
            }
            "deduction" => self.evaluation.deduction = self.told(binder, row, label),
            "budget" => self.evaluation.budget = self.told(binder, row, label),
            "executed" => self.evaluation.executed = self.told(binder, row, label),
            "rate" => {
                // An indicator may be called 预算执行率 too; its row has many more cells.
                let (own, score) = before_points(&binder.scheme.performance, label.values);
                if own > 2 {
                    return self.repeats_execution(binder, label.values);
                }
                if score.is_some() {
                    self.evaluation.execution_score =
                        self.figure(binder, row, "execution_score", score);
                }
                self.evaluation.rate = self.told(binder, row, label);
                if self.evaluation.rate.is_none() {
                    self.blank(binder, row, "rate", label);
                }
            }
            _ => return false,
        }
        if first.is_none() && label.role == "deduction" {
            self.blank(binder, row, "deduction", label);
        }
        true
    }

    /// The figure behind a label, or in its cell.
    fn told(
        &self,
        binder: &mut Binder<'_>,
        row: &FormRow<'_>,
        label: &Labelled<'_, '_>,
    ) -> Option<FactId> {
        match label.values.first() {
            Some(_) => self.figure(binder, row, label.role, label.values.first()),
            None => self.inside(binder, row, label),
        }
    }

    /// The figure of a cell as a fact.
    fn figure(
        &self,
        binder: &mut Binder<'_>,
        row: &FormRow<'_>,
        column: &str,
        cell: Option<&FormCell<'_>>,
    ) -> Option<FactId> {
        let cell = cell?;
        let printed = Printed::cell(cell.cell, row.block, &self.evaluation.name.text);
        Some(self.add(binder, column, &printed))
    }

    /// The figure that stands in the cell of its label: 年初预算数：10.
    fn inside(
        &self,
        binder: &mut Binder<'_>,
        row: &FormRow<'_>,
        label: &Labelled<'_, '_>,
    ) -> Option<FactId> {
        let (start, end) = label.number_inside()?;
        let text = &label.label.cell.text;
        let printed = Printed::range(text, start, end, row.block, &self.evaluation.name.text);
        Some(self.add(binder, label.role, &printed))
    }

    fn add(&self, binder: &mut Binder<'_>, column: &str, printed: &Printed<'_>) -> FactId {
        let subject = binder.subject("evaluation", &self.id, column);
        match column {
            "rate" => binder.fact(subject, rate(printed.text), printed),
            "budget" | "executed" | "initial_budget" => {
                binder.number(subject, printed, Measure::Money(self.scale), 2)
            }
            _ => binder.number(subject, printed, Measure::Points, 2),
        }
    }

    /// A label without value: a blank fact where the label stands.
    fn blank(
        &mut self,
        binder: &mut Binder<'_>,
        row: &FormRow<'_>,
        column: &str,
        label: &Labelled<'_, '_>,
    ) {
        let mut printed = Printed::cell(label.label.cell, row.block, &self.evaluation.name.text);
        printed.text = "";
        let subject = binder.subject("evaluation", &self.id, column);
        let fact = binder.fact(subject, Value::Blank, &printed);
        match column {
            "rate" => self.evaluation.rate = Some(fact),
            _ => self.evaluation.deduction = Some(fact),
        }
    }

    /// Reads the row of values under a head, by the columns of the grid.
    fn values_under(
        &mut self,
        binder: &mut Binder<'_>,
        row: &FormRow<'_>,
        labels: &[Labelled<'_, '_>],
    ) -> bool {
        let role = labels.first().map(|label| label.role);
        if role == Some("funds_part") {
            self.funds_row(binder, row, labels, false);
            return true;
        }
        let is_total = role == Some("funds_total") || role.is_none();
        let has_numbers = row.cells.iter().any(|cell| cell.traits.number);
        if !is_total || !has_numbers || self.has_funds || self.evaluation.budget.is_some() {
            self.over.clear();
            return false;
        }
        self.has_funds = true;
        for (role, at) in self.over.clone() {
            let fact = self.figure(binder, row, &role, number_at(row, at));
            match role.as_str() {
                "budget" => self.evaluation.budget = fact,
                "executed" => self.evaluation.executed = fact,
                "rate" => self.evaluation.rate = fact,
                "execution_score" => self.evaluation.execution_score = fact,
                _ => {}
            }
        }
        self.funds_row(binder, row, labels, true);
        true
    }

    /// Reads the total of the funds or one of its parts.
    fn funds_row(
        &mut self,
        binder: &mut Binder<'_>,
        row: &FormRow<'_>,
        labels: &[Labelled<'_, '_>],
        is_total: bool,
    ) {
        let label = labels.first().map(|label| whole(&label.label.cell.text, row.block));
        let mut funds =
            FundsRow { label: label.unwrap_or_default(), is_total, ..FundsRow::default() };
        let id: Arc<str> = format!("{}.{}", self.id, self.evaluation.funds.len()).into();
        for (role, at) in &self.over {
            let Some(cell) = number_at(row, *at) else { continue };
            let slot = match role.as_str() {
                "initial_budget" => &mut funds.initial,
                "budget" => &mut funds.budget,
                "executed" => &mut funds.executed,
                _ => continue,
            };
            let printed = Printed::cell(cell.cell, row.block, &self.evaluation.name.text);
            let subject = binder.subject("funding", &id, role);
            *slot = Some(binder.number(subject, &printed, Measure::Money(self.scale), 2));
        }
        self.evaluation.funds.push(funds);
    }

    /// The texts of goal and result, each under its head.
    fn goal_values(&mut self, row: &FormRow<'_>, (goal, result): (u32, u32)) {
        let texts = row.cells.iter().filter(|cell| cell.cell.column >= goal.min(result));
        for cell in texts {
            let column = cell.cell.column;
            let field: TextField = whole(&cell.cell.text, row.block);
            if column.abs_diff(goal) <= column.abs_diff(result) {
                self.evaluation.goal.get_or_insert(field);
            } else {
                self.evaluation.result.get_or_insert(field);
            }
        }
    }
}

/// How many values stand before the points of a row, and the score among these:
/// `执行率 | 98% | 分值 | 10 | 得分 | 9.8`.
fn before_points<'r, 'a>(
    words: &PerformanceForms,
    values: &'r [FormCell<'a>],
) -> (usize, Option<&'r FormCell<'a>>) {
    let role = |cell: &FormCell<'_>| words.column_role(&cell.folded);
    let own = values.iter().position(|cell| matches!(role(cell), Some("weight" | "score")));
    let head = values.iter().position(|cell| role(cell) == Some("score"));
    let score = head.and_then(|at| values.get(at.saturating_add(1)));
    (own.unwrap_or(values.len()), score.filter(|cell| cell.traits.number))
}

/// The number in a column of the grid.
fn number_at<'r, 'a>(row: &'r FormRow<'a>, column: u32) -> Option<&'r FormCell<'a>> {
    row.cells.iter().find(|cell| cell.cell.column == column && cell.traits.number)
}

/// The roles of a head over values with their columns; weight and score belong to execution.
fn over(binder: &Binder<'_>, row: &FormRow<'_>) -> Vec<(String, u32)> {
    let words = &binder.scheme.performance;
    let mut roles = Vec::new();
    for cell in &row.cells {
        let role = match (words.label_role(&cell.folded), words.column_role(&cell.folded)) {
            (Some(role @ ("budget" | "initial_budget" | "executed" | "rate")), _) => role,
            (_, Some("weight")) => "execution_weight",
            (_, Some("score")) => "execution_score",
            _ => continue,
        };
        roles.push((role.to_owned(), cell.cell.column));
    }
    roles
}
