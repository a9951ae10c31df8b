//! The relations of the scheme evaluated forwards: a cell is what was posted to it, or what the
//! first relation says that has it on its left side.

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;

use hashbrown::{Equivalent, HashMap};
use juesuan_scheme::formula::{
    Binding, CellRef, ColumnRef, Comparator, Expression, Formula, Gap, Lookup, RowRef, Source,
    evaluate, holds,
};
use juesuan_scheme::{EachRows, Form, Layout, Relation, Scheme, Written};
use rust_decimal::Decimal;
use rustc_hash::{FxBuildHasher, FxHashMap};

use crate::ledger::Ledger;

/// A cell: form, row, column.
#[derive(Clone, PartialEq, Eq, Hash)]
struct Key(Arc<str>, Arc<str>, Arc<str>);

/// A cell that is asked for, without copying its names.
#[derive(Hash)]
struct Asked<'k>(&'k str, &'k str, &'k str);

impl Equivalent<Key> for Asked<'_> {
    fn equivalent(&self, key: &Key) -> bool {
        *self.1 == *key.1 && *self.2 == *key.2 && *self.0 == *key.0
    }
}

/// The exact accounts of a department or of a unit.
pub struct Exact<'a> {
    /// The scheme whose relations hold.
    pub scheme: &'a Scheme,
    /// What was posted.
    pub ledger: &'a Ledger,
    /// The relations that give cells of a form.
    definitions: FxHashMap<Arc<str>, Vec<Definition<'a>>>,
    /// The rows of forms that are trees of codes, with the codes above those posted.
    trees: FxHashMap<Arc<str>, Vec<Arc<str>>>,
    /// What was not posted and has been worked out; `None` while it is, so that no cell is defined by
    /// itself.
    known: RefCell<HashMap<Key, Option<Decimal>, FxBuildHasher>>,
    /// For each form that was asked for them, the positions of its rows by their names.
    sorted: RefCell<FxHashMap<Arc<str>, Rc<[usize]>>>,
}

/// A relation with one cell on its left side.
#[derive(Clone, Copy, Debug)]
pub struct Definition<'a> {
    /// The relation.
    pub relation: &'a Relation,
    /// The formula of it.
    pub written: &'a Written,
    /// Its left side.
    left: &'a CellRef,
    /// Its right side.
    right: &'a Expression,
}

impl<'a> Definition<'a> {
    /// What the cell is worth.
    #[must_use]
    pub const fn right(&self) -> &'a Expression {
        self.right
    }
}

/// How a cell came to its value.
#[derive(Clone, Copy, Debug)]
pub enum Derivation<'a> {
    /// It was posted.
    Posted,
    /// A relation gives it.
    Defined(Definition<'a>),
    /// Nothing was posted and nothing defines it: zero.
    Nothing,
}

impl<'a> Exact<'a> {
    /// The accounts of what was posted.
    #[must_use]
    pub fn new(scheme: &'a Scheme, ledger: &'a Ledger) -> Self {
        let mut definitions: FxHashMap<Arc<str>, Vec<Definition<'a>>> = FxHashMap::default();
        for relation in &scheme.relations {
            for written in &relation.formulas {
                if let Formula::Compare(Expression::Cell(left), Comparator::Equal, right) =
                    &written.formula
                    && matches!(left.row, RowRef::Id(_) | RowRef::Each)
                {
                    let of_form = definitions.entry(left.form.clone()).or_default();
                    of_form.push(Definition { relation, written, left, right });
                }
            }
        }
        let trees = scheme.forms.iter().filter(|form| form.catalogue.is_some());
        let trees = trees.map(|form| (form.id.clone(), tree(form, ledger.rows(&form.id))));
        Self {
            scheme,
            ledger,
            definitions,
            trees: trees.collect(),
            known: RefCell::default(),
            sorted: RefCell::default(),
        }
    }

    /// The exact value of a cell; zero when nothing was posted.
    #[must_use]
    pub fn value(&self, form: &str, row: &str, column: &str) -> Decimal {
        match self.posted(form, row, column) {
            Some(number) => number,
            None => self.worked_out(form, row, column),
        }
    }

    fn posted(&self, form: &str, row: &str, column: &str) -> Option<Decimal> {
        let posted = self.ledger.get(form, row, column)?;
        posted.is_number.then_some(posted.number)
    }

    /// The value of a cell that was not posted.
    fn worked_out(&self, form: &str, row: &str, column: &str) -> Decimal {
        let asked = Asked(form, row, column);
        if let Some(known) = self.known.borrow().get(&asked) {
            return known.unwrap_or_default();
        }
        let key = Key(form.into(), row.into(), column.into());
        self.known.borrow_mut().insert(key, None);
        let defined = self.defined(form, row, column);
        let value = defined
            .and_then(|definition| self.evaluate(definition.right, Binding { row, column }).ok());
        let value = value.unwrap_or_default();
        if let Some(known) = self.known.borrow_mut().get_mut(&asked) {
            *known = Some(value);
        }
        value
    }

    /// How a cell comes to its value.
    #[must_use]
    pub fn derivation(&self, form: &str, row: &str, column: &str) -> Derivation<'a> {
        if self.posted(form, row, column).is_some() {
            return Derivation::Posted;
        }
        self.defined(form, row, column).map_or(Derivation::Nothing, Derivation::Defined)
    }

    /// The first relation that gives a cell.
    fn defined(&self, form: &str, row: &str, column: &str) -> Option<Definition<'a>> {
        let of_form = self.definitions.get(form)?;
        of_form.iter().find(|definition| self.defines(definition, form, row, column)).copied()
    }

    fn defines(&self, definition: &Definition<'a>, form: &str, row: &str, column: &str) -> bool {
        let relation = definition.relation;
        let is_row = match &definition.left.row {
            RowRef::Id(id) => **id == *row,
            _ => relation
                .each
                .as_ref()
                .is_some_and(|each| *each.form == *form && self.is_each(form, each.rows, row)),
        };
        let is_column = match &definition.left.column {
            ColumnRef::Id(id) => **id == *column,
            ColumnRef::Each => relation.columns.iter().any(|id| **id == *column),
        };
        let binding = Binding { row, column };
        let applies = || {
            relation.when.as_ref().is_none_or(|when| holds(when, self, binding).unwrap_or(false))
        };
        is_row && is_column && self.leads_on(definition, binding) && applies()
    }

    /// Whether none of the cells it speaks of is being worked out already.
    fn leads_on(&self, definition: &Definition<'a>, binding: Binding<'_>) -> bool {
        let known = self.known.borrow();
        let mut leads_on = true;
        definition.right.cells(&mut |cell| {
            let row = match &cell.row {
                RowRef::Id(id) => &**id,
                RowRef::Each => binding.row,
                _ => return,
            };
            let column = match &cell.column {
                ColumnRef::Id(id) => &**id,
                ColumnRef::Each => binding.column,
            };
            leads_on &= known.get(&Asked(&cell.form, row, column)) != Some(&None);
        });
        leads_on
    }

    fn is_each(&self, form: &str, which: EachRows, row: &str) -> bool {
        let is_code = row.bytes().all(|b| b.is_ascii_digit());
        let has_children = || !self.rows(form, &RowRef::Children, row).is_empty();
        match which {
            EachRows::All => true,
            EachRows::Codes => is_code,
            EachRows::Parents => has_children(),
            EachRows::ParentCodes => is_code && has_children(),
            EachRows::Right => self
                .scheme
                .form(form)
                .and_then(|form| form.row(row))
                .is_some_and(|row| row.side.as_deref() == Some("right")),
            EachRows::Classes => is_code && row.len() == 3,
            EachRows::Items => is_code && row.len() == 7,
        }
    }

    /// The value of an expression.
    ///
    /// # Errors
    /// Says what is missing, or that a divisor is zero.
    pub fn evaluate(&self, expression: &Expression, binding: Binding<'_>) -> Result<Decimal, Gap> {
        evaluate(expression, self, binding, &mut Vec::new()).map(|found| found.bounds.value)
    }

    /// The rows that belong to another one: its name, a point, their own.
    fn under(&self, form: &str, current: &str) -> Vec<Arc<str>> {
        let rows = self.ledger.rows(form);
        let sorted = self.sorted(form, rows);
        let start = format!("{current}.");
        let name = |at: &usize| rows.get(*at).map_or("", |row| &**row);
        let (_, from_there) = sorted.split_at(sorted.partition_point(|at| name(at) < &*start));
        let below = from_there.iter().take_while(|at| name(at).starts_with(&start));
        let mut below: Vec<usize> = below.copied().collect();
        below.sort_unstable();
        below.iter().filter_map(|at| rows.get(*at).cloned()).collect()
    }

    /// The positions of rows in the order of their names.
    fn sorted(&self, form: &str, rows: &[Arc<str>]) -> Rc<[usize]> {
        if let Some(known) = self.sorted.borrow().get(form) {
            return known.clone();
        }
        let mut positions: Vec<usize> = (0..rows.len()).collect();
        positions.sort_by_key(|at| rows.get(*at));
        let positions: Rc<[usize]> = positions.into();
        self.sorted.borrow_mut().insert(form.into(), positions.clone());
        positions
    }

    /// The rows of a form: codes in order for trees, else as they came.
    #[must_use]
    pub fn rows_of(&self, form: &str) -> &[Arc<str>] {
        self.trees.get(form).map_or_else(|| self.ledger.rows(form), Vec::as_slice)
    }
}

/// The codes that were posted with those above them, in order.
fn tree(form: &Form, posted: &[Arc<str>]) -> Vec<Arc<str>> {
    let is_code = |row: &&Arc<str>| row.bytes().all(|b| b.is_ascii_digit());
    let with_parents = posted.iter().filter(is_code).flat_map(|code| {
        [3, 5]
            .into_iter()
            .filter(|length| *length < code.len())
            .filter_map(|length| code.get(..length).map(Arc::from))
            .chain([code.clone()])
    });
    let mut rows: Vec<Arc<str>> = with_parents.collect();
    rows.sort();
    rows.dedup();
    if form.layout == Layout::Tree {
        rows.insert(0, "total".into());
    }
    rows
}

/// The codes of a tree, which stand in their order, without the row of the total.
fn codes(rows: &[Arc<str>]) -> &[Arc<str>] {
    match rows.split_first() {
        Some((first, codes)) if &**first == "total" => codes,
        _ => rows,
    }
}

impl Source for Exact<'_> {
    fn cell(&self, form: &str, row: &str, column: &str) -> Lookup {
        let posted = self.ledger.get(form, row, column);
        if let Some(words) = posted.and_then(|posted| posted.words.as_ref()) {
            return Lookup::Missing(format!("{form}[{row}].{column} 是文字“{words}”"));
        }
        let number = posted.filter(|posted| posted.is_number).map(|posted| posted.number);
        Lookup::Given(number.unwrap_or_else(|| self.worked_out(form, row, column)))
    }

    fn has(&self, form: &str, row: &str, column: &str) -> bool {
        let posted = || self.ledger.get(form, row, column).is_some();
        let fixed = || self.scheme.form(form).is_some_and(|form| form.row(row).is_some());
        fixed()
            || posted()
            || self.trees.get(form).is_some_and(|rows| {
                let is_code = || codes(rows).binary_search_by(|known| (**known).cmp(row)).is_ok();
                rows.first().is_some_and(|first| **first == *row) || is_code()
            })
    }

    fn rows(&self, form: &str, set: &RowRef, current: &str) -> Vec<Arc<str>> {
        let of_codes = |length: usize, start: &str| {
            let of_length = |row: &&Arc<str>| {
                row.len() == length
                    && row.starts_with(start)
                    && row.bytes().all(|b| b.is_ascii_digit())
            };
            let fixed = self.scheme.form(form).map_or(&[][..], |form| &form.rows);
            match self.trees.get(form) {
                Some(rows) => {
                    let codes = codes(rows);
                    let (_, from_there) =
                        codes.split_at(codes.partition_point(|row| **row < *start));
                    let below = from_there.iter().take_while(|row| row.starts_with(start));
                    below.filter(of_length).cloned().collect()
                }
                None if fixed.is_empty() => {
                    self.ledger.rows(form).iter().filter(of_length).cloned().collect()
                }
                None => fixed.iter().map(|row| &row.id).filter(of_length).cloned().collect(),
            }
        };
        match set {
            RowRef::Classes => of_codes(3, ""),
            RowRef::Items => of_codes(7, ""),
            RowRef::All => self.rows_of(form).to_vec(),
            RowRef::Children if current == "total" => of_codes(3, ""),
            RowRef::Children if current.len() == 3 => of_codes(5, current),
            RowRef::Children if current.len() == 5 => of_codes(7, current),
            RowRef::Children => self.under(form, current),
            RowRef::Id(_) | RowRef::Each => Vec::new(),
        }
    }

    fn slot(&self, name: &str) -> Lookup {
        match self.scheme.parameter(name) {
            Some(value) => Lookup::Given(value),
            None => Lookup::Missing(format!("没有“{name}”这个量")),
        }
    }
}
