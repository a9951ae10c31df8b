//! An indicator row becomes an [`Indicator`] with its facts.

use std::sync::Arc;

use juesuan_model::{Indicator, Measure, Subject, TextField, Value};

use super::align::align;
use super::columns::{Column, Role};
use super::cut::{FormCell, FormRow};
use super::values::{rate, split};
use crate::bind::binder::{Binder, Printed};
use crate::bind::words::whole;

/// What is carried down over merged cells.
#[derive(Default)]
pub(super) struct Carried {
    group: Arc<str>,
    subgroup: Arc<str>,
}

/// Where an indicator's facts belong: `indicator[3.0]` or `whole_indicator[0.5]`.
pub(super) struct Id {
    pub(super) form: &'static str,
    pub(super) row: Arc<str>,
}

impl Id {
    fn subject(&self, binder: &mut Binder<'_>, column: &str) -> Subject {
        binder.subject(self.form, &self.row, column)
    }
}

/// Binds a row as an indicator; `None` when it is none.
pub(super) fn bind(
    binder: &mut Binder<'_>,
    row: &FormRow<'_>,
    columns: &[Column],
    carried: &mut Carried,
    id: &Id,
) -> Option<Indicator> {
    let words = &binder.scheme.performance;
    // The name of the block (绩效指标) stands left of the first column and says nothing.
    let skip = row.cells.first().is_some_and(|cell| is_block_name(words, &cell.folded));
    let cells = row.cells.get(usize::from(skip)..)?;
    let (chosen, fit) = align(cells, columns);
    if fit <= 0 {
        return None;
    }
    let mut found = Cells::default();
    let pairs = cells.iter().zip(chosen);
    let of = |cell: &FormCell<'_>| whole(&cell.cell.text, row.block);
    let mut numbers: Vec<(&'static str, &FormCell<'_>)> = Vec::new();
    for (cell, column) in pairs {
        let Some(column) = column.and_then(|index| columns.get(index)) else { continue };
        let indicator = &mut found.indicator;
        match column.role {
            Role::Level1 => carried.enter_group(&cell.folded),
            Role::Level2 => carried.subgroup = (&*cell.folded).into(),
            Role::Level3 => {
                indicator.name = of(cell);
                found.name = Some(cell);
            }
            Role::Operator => indicator.operator = words.operator(&cell.folded),
            Role::Target => found.target = Some(cell),
            Role::Unit => indicator.unit = Some(of(cell)),
            Role::Actual => found.actual = Some(cell),
            Role::Completion => numbers.push(("completion", cell)),
            Role::Weight => numbers.push(("weight", cell)),
            Role::Score => numbers.push(("score", cell)),
            Role::Flag => indicator.reason_flags.push(column.head.clone()),
            Role::Reason => indicator.reason = Some(of(cell)),
            Role::Measure => indicator.measure = Some(of(cell)),
        }
    }
    let has_score = numbers.iter().any(|(role, _)| *role != "completion");
    if found.indicator.name.text.is_empty() || !has_score {
        return None;
    }
    found.finish(binder, row, carried, id, &numbers)
}

fn is_block_name(words: &juesuan_scheme::performance::PerformanceForms, folded: &str) -> bool {
    words.label_role(folded) == Some("block")
}

impl Carried {
    /// A new group begins: its subgroup is not that of the group above.
    fn enter_group(&mut self, name: &str) {
        if *self.group != *name {
            self.subgroup = "".into();
        }
        self.group = name.into();
    }
}

/// The cells of an indicator whose kind decides what they are.
#[derive(Default)]
struct Cells<'r, 'a> {
    indicator: Indicator,
    name: Option<&'r FormCell<'a>>,
    target: Option<&'r FormCell<'a>>,
    actual: Option<&'r FormCell<'a>>,
}

impl Cells<'_, '_> {
    fn finish(
        mut self,
        binder: &mut Binder<'_>,
        row: &FormRow<'_>,
        carried: &Carried,
        id: &Id,
        numbers: &[(&'static str, &FormCell<'_>)],
    ) -> Option<Indicator> {
        if numbers.iter().all(|(column, _)| *column != "weight") {
            self.weight_in_name(binder, row.block, id);
        }
        let label = self.indicator.name.text.clone();
        self.indicator.group = carried.group.clone();
        self.indicator.subgroup = carried.subgroup.clone();
        self.indicator.block = row.block;
        self.indicator.place = row.cells.first()?.cell.text.start();
        self.target(binder, row.block, id, &label);
        self.actual(binder, row.block, id, &label);
        for (column, cell) in numbers {
            let subject = id.subject(binder, column);
            let printed = Printed::cell(cell.cell, row.block, &label);
            let fact = if *column == "completion" {
                let value = rate(cell.cell.text.as_str());
                binder.fact(subject, value, &printed)
            } else {
                binder.number(subject, &printed, Measure::Points, 2)
            };
            match *column {
                "completion" => self.indicator.completion = Some(fact),
                "weight" => self.indicator.weight = Some(fact),
                _ => self.indicator.score = Some(fact),
            }
        }
        Some(self.indicator)
    }

    /// Without a column for it, the weight may stand behind the name: 治理河道长度（20分）.
    fn weight_in_name(&mut self, binder: &mut Binder<'_>, block: u32, id: &Id) {
        let Some(text) = self.name.map(|cell| &cell.cell.text) else { return };
        let Some((name, points)) = points_behind(text.as_str()) else { return };
        let bracket = text.as_str().get(name.len()..).and_then(|rest| rest.chars().next());
        let start = name.len() + bracket.map_or(0, char::len_utf8);
        self.indicator.name.text = name.into();
        let printed = Printed::range(text, start, start + points.len(), block, &name.into());
        let subject = id.subject(binder, "weight");
        self.indicator.weight = Some(binder.number(subject, &printed, Measure::Points, 2));
    }

    fn target(&mut self, binder: &mut Binder<'_>, block: u32, id: &Id, label: &Arc<str>) {
        let Some(cell) = self.target else { return };
        let found = split(&binder.scheme.performance, &cell.folded);
        let Some(range) = found.number else {
            self.indicator.target_text = Some(whole(&cell.cell.text, block));
            return;
        };
        self.indicator.operator = self.indicator.operator.or(found.operator);
        let unit = unit_field(cell, &found.unit, block);
        self.indicator.unit = self.indicator.unit.take().or(unit);
        self.indicator.target = Some(quantity(binder, cell, range, block, (id, "target", label)));
    }

    fn actual(&mut self, binder: &mut Binder<'_>, block: u32, id: &Id, label: &Arc<str>) {
        let Some(cell) = self.actual else { return };
        let found = split(&binder.scheme.performance, &cell.folded);
        match found.number {
            Some(range) if found.operator.is_none() => {
                self.indicator.actual_unit =
                    Some(found.unit.into()).filter(|u: &Arc<str>| !u.is_empty());
                self.indicator.actual =
                    Some(quantity(binder, cell, range, block, (id, "actual", label)));
            }
            _ => self.indicator.level = Some(whole(&cell.cell.text, block)),
        }
    }
}

/// A name and the points that close it in brackets.
fn points_behind(text: &str) -> Option<(&str, &str)> {
    let inside = text.trim_end().strip_suffix(['）', ')'])?.strip_suffix('分')?;
    let (name, points) = inside.rsplit_once(['（', '('])?;
    let is_number = points.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    (is_number && !points.is_empty() && !name.is_empty()).then_some((name, points))
}

fn unit_field(cell: &FormCell<'_>, unit: &str, block: u32) -> Option<TextField> {
    (!unit.is_empty()).then(|| TextField {
        text: unit.into(),
        place: cell.cell.text.start(),
        block,
    })
}

/// The fact of a number inside a cell.
fn quantity(
    binder: &mut Binder<'_>,
    cell: &FormCell<'_>,
    (start, end): (usize, usize),
    block: u32,
    (id, column, label): (&Id, &str, &Arc<str>),
) -> juesuan_model::FactId {
    let text = &cell.cell.text;
    let folded = juesuan_model::Folded::new(text.as_str());
    let (start, end) = folded.origin_range(text.as_str(), start, end);
    let printed = Printed::range(text, start, end, block, label);
    let subject = id.subject(binder, column);
    let value = crate::bind::binder::read_value(printed.text, Measure::Quantity, 0);
    debug_assert!(matches!(value, Value::Number(_)));
    binder.fact(subject, value, &printed)
}
