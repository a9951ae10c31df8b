//! Whole-department and unit self-evaluation forms.

use std::sync::Arc;

use juesuan_model::{Measure, Scale, Task, WholeEvaluation};

use super::columns::{Column, columns, is_head, is_second_head};
use super::cut::{Form, FormCell, FormRow};
use super::indicator::{self, Carried};
use super::labels::{goal_and_result, is_sum, labelled};
use super::nameless;
use super::values::rate;
use crate::bind::binder::{Binder, Printed};
use crate::bind::words::whole;

/// Binds a form.
pub(super) fn bind(binder: &mut Binder<'_>, form: &Form<'_>) {
    let index = binder.accounts.whole_evaluations.len();
    let mut reader = Reader {
        id: index.to_string().into(),
        form: WholeEvaluation::default(),
        columns: Vec::new(),
        carried: Carried::default(),
        in_tasks: false,
        goals: None,
        scale: form.scale.unwrap_or_default(),
    };
    let rows = &form.rows;
    if let Some(first) = rows.first() {
        reader.form.place =
            first.cells.first().map_or_else(Default::default, |c| c.cell.text.start());
        reader.form.block = first.block;
        reader.form.name = nameless(reader.form.place, reader.form.block);
    }
    let mut rows = rows.iter().peekable();
    while let Some(row) = rows.next() {
        if is_head(row) {
            let second = rows.next_if(|next| is_second_head(next));
            reader.columns = columns(row, second);
            reader.form.indicators.reserve_exact(rows.len());
            reader.in_tasks = false;
        } else {
            reader.row(binder, row);
        }
    }
    binder.accounts.whole_evaluations.push(reader.form);
}

struct Reader {
    id: Arc<str>,
    form: WholeEvaluation,
    columns: Vec<Column>,
    carried: Carried,
    in_tasks: bool,
    goals: Option<(u32, u32)>,
    /// The unit of its amounts.
    scale: Scale,
}

impl Reader {
    fn row(&mut self, binder: &mut Binder<'_>, row: &FormRow<'_>) {
        let words = &binder.scheme.performance;
        if let Some((goal, result)) = self.goals.take() {
            for cell in row.cells.iter().filter(|cell| cell.cell.column >= goal) {
                let field = whole(&cell.cell.text, row.block);
                let column = cell.cell.column;
                if column.abs_diff(goal) <= column.abs_diff(result) {
                    self.form.goal.get_or_insert(field);
                } else {
                    self.form.result.get_or_insert(field);
                }
            }
            return;
        }
        let heads = row.cells.iter().filter(|cell| words.task_role(&cell.folded).is_some()).count();
        if heads >= 4 {
            self.in_tasks = true;
            return;
        }
        if !self.columns.is_empty() && is_sum(binder, row) {
            return self.total(binder, row, row.cells.last());
        }
        if self.labels(binder, row) {
            return;
        }
        if self.in_tasks && self.task(binder, row) {
            return;
        }
        let id = format!("{}.{}", self.id, self.form.indicators.len());
        let id = indicator::Id { form: "whole_indicator", row: id.into() };
        let columns = std::mem::take(&mut self.columns);
        if let Some(found) = indicator::bind(binder, row, &columns, &mut self.carried, &id) {
            self.form.indicators.push(found);
        }
        self.columns = columns;
    }

    fn labels(&mut self, binder: &mut Binder<'_>, row: &FormRow<'_>) -> bool {
        let labels = labelled(row);
        if let Some((goal, result)) = goal_and_result(&labels, row.block) {
            self.form.goal.get_or_insert(goal);
            self.form.result.get_or_insert(result);
            self.in_tasks = false;
            return true;
        }
        let column = |role| labels.iter().rfind(|l| l.role == role).map(|l| l.label.cell.column);
        if let (Some(goal), Some(result)) = (column("goal"), column("result")) {
            self.goals = Some((goal, result));
            self.in_tasks = false;
            return true;
        }
        let mut any = false;
        for label in &labels {
            let first = label.values.first();
            let number = label.values.iter().rev().find(|cell| cell.traits.number);
            match label.role {
                "whole_name" if self.form.name.text.is_empty() => {
                    let behind = || first.map(|cell| whole(&cell.cell.text, row.block));
                    let Some(name) =
                        label.text_inside(&binder.scheme.performance, row.block).or_else(behind)
                    else {
                        continue;
                    };
                    self.form.name = name;
                }
                "income_budget" => {
                    self.form.income_budget = self.money(binder, row, label.role, number)
                }
                "expenditure_budget" => {
                    self.form.expenditure_budget = self.money(binder, row, label.role, number);
                }
                "total" => {
                    if number.is_none() {
                        continue;
                    }
                    self.total(binder, row, number);
                }
                _ => continue,
            }
            any = true;
        }
        any
    }

    fn total(&mut self, binder: &mut Binder<'_>, row: &FormRow<'_>, cell: Option<&FormCell<'_>>) {
        let Some(cell) = cell else { return };
        let printed = Printed::cell(cell.cell, row.block, &self.form.name.text);
        let subject = binder.subject("whole", &self.id, "total");
        self.form.total = Some(binder.number(subject, &printed, Measure::Points, 2));
    }

    fn money(
        &self,
        binder: &mut Binder<'_>,
        row: &FormRow<'_>,
        column: &str,
        cell: Option<&FormCell<'_>>,
    ) -> Option<juesuan_model::FactId> {
        let cell = cell?;
        let printed = Printed::cell(cell.cell, row.block, &self.form.name.text);
        let subject = binder.subject("whole", &self.id, column);
        Some(binder.number(subject, &printed, Measure::Money(self.scale), 2))
    }

    /// A task: its name, then granted, executed, rate, weight, score in this order.
    fn task(&mut self, binder: &mut Binder<'_>, row: &FormRow<'_>) -> bool {
        let words = &binder.scheme.performance;
        let is_name =
            |cell: &&FormCell<'_>| !cell.traits.number && words.label_role(&cell.folded).is_none();
        let Some(name) = row.cells.iter().find(is_name) else { return false };
        let numbers: Vec<&FormCell<'_>> =
            row.cells.iter().filter(|cell| cell.traits.number).collect();
        let [granted, executed, rate_cell, rest @ ..] = numbers.as_slice() else { return false };
        if !rate_cell.traits.percent && rest.len() < 2 {
            return false;
        }
        let id: Arc<str> = format!("{}.{}", self.id, self.form.tasks.len()).into();
        let name = whole(&name.cell.text, row.block);
        let money = Measure::Money(self.scale);
        let mut add = |column: &str, cell: Option<&&FormCell<'_>>, measure| {
            let cell = cell?;
            let printed = Printed::cell(cell.cell, row.block, &name.text);
            let subject = binder.subject("task", &id, column);
            Some(match measure {
                Some(measure) => binder.number(subject, &printed, measure, 2),
                None => {
                    let value = rate(cell.cell.text.as_str());
                    binder.fact(subject, value, &printed)
                }
            })
        };
        let task = Task {
            granted: add("granted", Some(granted), Some(money)),
            executed: add("executed", Some(executed), Some(money)),
            rate: add("rate", Some(rate_cell), None),
            weight: add("weight", rest.first(), Some(Measure::Points)),
            score: add("score", rest.get(1), Some(Measure::Points)),
            name,
        };
        self.form.tasks.push(task);
        true
    }
}
