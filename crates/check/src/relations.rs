//! Relations and sentences of the scheme, evaluated backwards: does what is printed agree?

use std::sync::Arc;

use juesuan_model::{Bounds, Fact, FactId, Severity, Statement, Subject, Value};
use juesuan_scheme::formula::{
    Binding, CellRef, Expression, Formula, Lookup, Outcome, RowRef, Source, holds, judge, repairs,
};
use juesuan_scheme::sentence::{Sentence, SlotRule};
use juesuan_scheme::{EachRows, Relation};

use crate::hints::likely_cause;
use crate::outcomes::{Failure, difference, show};
use crate::{Context, Outcomes, tails};

/// Evaluates a relation for all rows and columns it speaks of.
pub(crate) fn relation(relation: &Relation, context: &Context<'_>, out: &mut Outcomes) {
    let rows = match &relation.each {
        None => vec![Arc::from("")],
        Some(each) => rows(context, &each.form, each.rows),
    };
    if rows.is_empty() {
        return out.not_applicable();
    }
    let no_column = [Arc::from("")];
    let mut facts = Vec::new();
    let columns =
        if relation.columns.is_empty() { &no_column } else { relation.columns.as_slice() };
    for row in &rows {
        for column in columns {
            let binding = Binding { row, column };
            for written in &relation.formulas {
                facts.clear();
                one(relation, &written.formula, (context, binding), &mut facts, out);
            }
        }
    }
}

fn rows(context: &Context<'_>, form: &str, which: EachRows) -> Vec<Arc<str>> {
    let code = |row: &str| row.bytes().all(|b| b.is_ascii_digit());
    let has_children = |row: &str| !context.rows(form, &RowRef::Children, row).is_empty();
    let known = context.scheme.form(form);
    let on_right = |row: &str| {
        known.and_then(|form| form.row(row)).is_some_and(|row| row.side.as_deref() == Some("right"))
    };
    let wanted = |row: &Arc<str>| match which {
        EachRows::All => true,
        EachRows::Codes => code(row),
        EachRows::Parents => has_children(row),
        EachRows::ParentCodes => code(row) && has_children(row),
        EachRows::Right => on_right(row),
        EachRows::Classes => code(row) && row.len() == 3,
        EachRows::Items => code(row) && row.len() == 7,
    };
    context.rows_of(form).iter().filter(|row| wanted(row)).cloned().collect()
}

fn one(
    relation: &Relation,
    formula: &Formula,
    (context, binding): (&Context<'_>, Binding<'_>),
    facts: &mut Vec<FactId>,
    out: &mut Outcomes,
) {
    let subject = || subject_of(formula, binding);
    if let Some(when) = &relation.when {
        match holds(when, context, binding) {
            Ok(true) => {}
            Ok(false) => return out.not_applicable(),
            Err(gap) => return out.not_checked(subject(), gap.0),
        }
    }
    match judge(formula, context, binding, facts) {
        Outcome::Held if facts.is_empty() => out.not_applicable(),
        Outcome::Held => out.pass(if is_equality(formula) { facts } else { &[] }),
        Outcome::Unknown(gap) => out.not_checked(subject(), gap.0),
        Outcome::Tail(left, right) => {
            let mut failure = describe(relation, formula, context, subject(), facts, left, right);
            if tails::explains(context, facts, left, right) {
                failure.is_tail = true;
            } else {
                failure = failure.severity(Severity::Warning).hint(tails::NO_TAIL);
                failure.repairs = repairs(formula, context, binding);
            }
            out.fail(failure);
        }
        Outcome::Broken(left, right) => {
            let mut failure = describe(relation, formula, context, subject(), facts, left, right);
            failure.repairs = repairs(formula, context, binding);
            out.fail(failure);
        }
    }
}

const fn is_equality(formula: &Formula) -> bool {
    use juesuan_scheme::formula::Comparator;
    matches!(formula, Formula::Compare(_, Comparator::Equal, _))
}

/// The first cell of the formula is what the relation is about.
fn subject_of(formula: &Formula, binding: Binding<'_>) -> String {
    let mut first = None;
    formula.cells(&mut |cell| {
        first.get_or_insert_with(|| named(cell, binding));
    });
    first.map_or_else(String::new, |subject: Subject| subject.to_string())
}

fn named(cell: &CellRef, binding: Binding<'_>) -> Subject {
    use juesuan_scheme::formula::ColumnRef;
    let row = match &cell.row {
        RowRef::Id(id) => id,
        _ => binding.row,
    };
    let column = match &cell.column {
        ColumnRef::Id(id) => id,
        ColumnRef::Each => binding.column,
    };
    Subject::new(&cell.form, row, column)
}

fn describe(
    relation: &Relation,
    formula: &Formula,
    context: &Context<'_>,
    subject: String,
    facts: &[FactId],
    left: Bounds,
    right: Bounds,
) -> Failure {
    let known = |id: &FactId| context.accounts.facts.get(*id);
    let like = facts.iter().filter_map(known).find_map(|fact| fact.number());
    let shown = |value| like.map_or_else(|| value_text(value), |number| show(number, value));
    let is_one = !matches!(formula, Formula::Compare(left, ..) if !is_figure(left));
    let (stated, expected) = (shown(left.value), shown(right.value));
    let message = match facts.first().filter(|_| is_one) {
        Some(id) => {
            format!("{}为 {stated}，按“{}”应为 {expected}", context.name(*id), relation.words)
        }
        None => format!("{}：这里是 {stated}，应为 {expected}", relation.words),
    };
    let mut failure = Failure::new(subject, message)
        .values(shown(left.value), shown(right.value))
        .hint(&*relation.hint);
    for fact in facts {
        failure = failure.figure(context, *fact);
    }
    if let Some(number) = like {
        let stated = number.with_value(left.value);
        // Digits tell only of a figure that somebody wrote, not of a sum.
        if let Some(hint) = likely_cause(stated, right.value).filter(|_| is_one) {
            failure.hint =
                if failure.hint.is_empty() { hint } else { format!("{hint}；{}", failure.hint) };
        }
        failure.difference = difference(number.with_value(left.value), right.value);
    }
    failure.derived = relation.derived;
    failure
}

/// Whether an expression is one figure of the document.
const fn is_figure(expression: &Expression) -> bool {
    matches!(expression, Expression::Cell(cell) if matches!(cell.row, RowRef::Id(_) | RowRef::Each))
}

fn value_text(value: rust_decimal::Decimal) -> String {
    value.normalize().to_string()
}

/// Evaluates what a matched sentence must say.
pub(crate) fn sentence(
    sentence: &Sentence,
    rule: &SlotRule,
    title: &str,
    context: &Context<'_>,
    out: &mut Outcomes,
) {
    for statement in context.statements(&sentence.id) {
        let Some((_, stated)) = statement.slots.iter().find(|(name, _)| *name == rule.slot) else {
            continue;
        };
        slot(sentence, rule, title, *stated, &Slots { context, statement }, out);
    }
}

fn slot(
    sentence: &Sentence,
    rule: &SlotRule,
    title: &str,
    stated: FactId,
    slots: &Slots<'_>,
    out: &mut Outcomes,
) {
    let context = slots.context;
    let Some(fact) = context.accounts.facts.get(stated) else { return };
    let binding = Binding { row: &slots.statement.row, column: "" };
    // What the sentence does not state cannot be asked of it.
    if !slots.state_all(&rule.formula) || rule.when.as_ref().is_some_and(|w| !slots.state_all(w)) {
        return out.not_applicable();
    }
    if let Some(when) = &rule.when {
        match holds(when, slots, binding) {
            Ok(true) => {}
            Ok(false) => return out.not_applicable(),
            Err(gap) => return out.not_checked(fact.subject.to_string(), gap.0),
        }
    }
    let mut facts = Vec::new();
    let outcome = judge(&rule.formula, slots, binding, &mut facts);
    let (right, is_tail, severity) = match outcome {
        Outcome::Held => return out.pass(&facts),
        Outcome::Unknown(gap) => return out.not_checked(fact.subject.to_string(), gap.0),
        Outcome::Tail(left, right) if tails::explains(context, &facts, left, right) => {
            (right, true, None)
        }
        Outcome::Tail(_, right) => (right, false, Some(Severity::Warning)),
        Outcome::Broken(_, right) => (right, false, None),
    };
    let mut failure = differing(sentence, title, fact, right.value);
    for fact in &facts {
        failure = failure.figure(context, *fact);
    }
    failure.is_tail = is_tail;
    failure.severity = severity;
    failure.repairs = repairs(&rule.formula, slots, binding);
    if failure.repairs.is_empty() {
        failure.repairs.push((stated, right));
    }
    out.fail(failure);
}

/// What is said of a slot that states something else than it ought to.
fn differing(
    sentence: &Sentence,
    title: &str,
    fact: &Fact,
    right: rust_decimal::Decimal,
) -> Failure {
    match fact.number() {
        Some(number) => {
            let (said, expected) = (crate::outcomes::stated(fact), show(number, right));
            let mut failure = Failure::new(
                fact.subject.to_string(),
                format!("“{}”写的是 {said}，{title}：应为 {expected}", sentence.title),
            )
            .values(&*said, &*expected);
            failure.difference = difference(number, right);
            failure.hint = likely_cause(number, right).unwrap_or_default();
            failure
        }
        None => {
            let word = direction_word(right);
            Failure::new(
                fact.subject.to_string(),
                format!("“{}”写的是“{}”，按表中数字应为“{word}”", sentence.title, fact.printed),
            )
            .values(&*fact.printed, word)
        }
    }
}

fn direction_word(value: rust_decimal::Decimal) -> &'static str {
    match value.cmp(&rust_decimal::Decimal::ZERO) {
        std::cmp::Ordering::Less => "减少（小于）",
        std::cmp::Ordering::Equal => "持平（等于）",
        std::cmp::Ordering::Greater => "增加（大于）",
    }
}

/// The accounts as a sentence's formulas see them: its own slots come first.
struct Slots<'a> {
    context: &'a Context<'a>,
    statement: &'a Statement,
}

impl Slots<'_> {
    /// Whether the sentence states all slots of a formula, or the scheme knows them.
    fn state_all(&self, formula: &Formula) -> bool {
        let mut all = true;
        formula.slots(&mut |slot| {
            let is_stated = self.statement.slot(slot).is_some();
            all &= is_stated || self.context.scheme.parameter(slot).is_some();
        });
        all
    }
}

impl Source for Slots<'_> {
    fn cell(&self, form: &str, row: &str, column: &str) -> Lookup {
        self.context.cell(form, row, column)
    }

    fn rows(&self, form: &str, set: &RowRef, current: &str) -> Vec<Arc<str>> {
        self.context.rows(form, set, current)
    }

    fn slot(&self, name: &str) -> Lookup {
        let Some((_, id)) = self.statement.slots.iter().find(|(slot, _)| **slot == *name) else {
            return self.context.slot(name);
        };
        let value = self.context.accounts.facts.get(*id).map(|fact| &fact.value);
        match value {
            Some(Value::Number(number)) => Lookup::Found(*id, number.bounds()),
            Some(Value::Direction(direction)) => {
                Lookup::Found(*id, Bounds::exact(rust_decimal::Decimal::from(*direction)))
            }
            _ => Lookup::Missing("这里写的不是数字".to_owned()),
        }
    }
}
