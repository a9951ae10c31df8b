//! What units hand in: the sheets of a package, and where each of their columns is posted.
//!
//! One text serves four ends: it is what packages are read by, what empty ones are written from,
//! what `docs/package.md` prints, and what turns rows into cells of the statutory forms.

mod carry;
mod changes;
mod read;

use std::sync::Arc;

use serde::Deserialize;

use crate::error::SchemeError;
use crate::formula::{Formula, parse};
use crate::names::Names;
use crate::scheme::{BASE, Files, Pair, Record, Scheme};
use read::{File, RawCheck};

pub use carry::Carry;
pub use changes::Changes;

/// The package that units hand in.
#[derive(Clone, Debug)]
pub struct PackageForm {
    /// Its sheets in the order of the workbook.
    pub sheets: Vec<SheetForm>,
    /// What every unit's package must satisfy.
    pub checks: Vec<UnitCheck>,
    /// Payments within the department.
    pub transfers: Vec<Transfer>,
    /// Units that join, leave or merge.
    pub changes: Option<Changes>,
}

/// A sheet of a package.
#[derive(Clone, Debug)]
pub struct SheetForm {
    /// Its id.
    pub id: Arc<str>,
    /// Its Chinese name: of the sheet, or of the file.
    pub name: Arc<str>,
    /// What it holds.
    pub about: Arc<str>,
    /// One record whose fields stand below each other, instead of rows.
    pub is_fields: bool,
    /// Who hands it in.
    pub level: SheetLevel,
    /// Whether a package may be without it.
    pub is_optional: bool,
    /// Its columns.
    pub columns: Vec<ColumnForm>,
    /// Where its rows go.
    pub postings: Vec<Posting>,
    /// What each row must and must not fill in, by what it is.
    pub rules: Vec<RowRule>,
    /// What each column takes over from the year before.
    pub carries: Vec<Option<Carry>>,
    /// Only rows with a number other than zero in this column are taken over.
    pub carried: Option<usize>,
}

/// What a row must and must not fill in.
#[derive(Clone, Debug)]
pub struct RowRule {
    /// The rows it holds for.
    pub when: Vec<Filter>,
    /// Columns that must be filled in, by position.
    pub needs: Vec<usize>,
    /// Columns that must be empty, by position.
    pub empty: Vec<usize>,
    /// Why, in the user's words.
    pub why: Arc<str>,
}

/// A payment within the department, which consolidation takes out of both units.
#[derive(Clone, Debug)]
pub struct Transfer {
    /// What it is called.
    pub name: Arc<str>,
    /// Whether the other unit must be one of the department.
    pub is_within: bool,
    /// The rows of the unit that pays.
    pub paid: TransferSide,
    /// The rows of the unit that receives.
    pub received: TransferSide,
}

/// One side of a payment within the department.
#[derive(Clone, Debug)]
pub struct TransferSide {
    /// The sheet, by position.
    pub sheet: usize,
    /// Which of its rows.
    pub when: Vec<Filter>,
    /// The column with the code of the other unit, by position.
    pub counterpart: usize,
    /// The column with the amount, by position.
    pub amount: usize,
}

/// Who hands a sheet in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SheetLevel {
    /// Each unit.
    Unit,
    /// The department, once.
    Department,
}

/// A column of a sheet.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ColumnForm {
    /// Its id.
    pub id: Arc<str>,
    /// Its head.
    pub name: Arc<str>,
    /// What its cells hold.
    pub kind: ColumnKind,
    /// Whether no row may leave it empty.
    #[serde(default)]
    pub required: bool,
    /// The words of which one must be chosen.
    #[serde(default)]
    pub choices: Vec<Arc<str>>,
    /// What it means, for comments and documentation.
    #[serde(default)]
    pub about: Arc<str>,
    /// The sheets of which one must show the same words in its first column.
    #[serde(default)]
    pub of: Vec<Arc<str>>,
    /// What it takes over from the year before, as written.
    #[serde(default)]
    carry: Arc<str>,
}

/// What the cells of a column hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ColumnKind {
    /// Words.
    Text,
    /// A functional code of item level (7 digits).
    Item,
    /// An economic code of section level (5 digits).
    Economic,
    /// An amount in 元 with at most two decimals.
    Money,
    /// How many; a whole number that is not negative.
    Count,
    /// A number.
    Number,
    /// One of several words.
    Choice,
    /// A day.
    Date,
    /// 是 or 否.
    Flag,
}

impl ColumnKind {
    /// Whether its values are added up.
    #[must_use]
    pub const fn is_numeric(self) -> bool {
        matches!(self, Self::Money | Self::Count | Self::Number)
    }
}

/// Where a value of a row goes.
#[derive(Clone, Debug)]
pub struct Posting {
    /// The column whose value it is, by position; `None` for the name of the unit.
    pub value: Option<usize>,
    /// The rows it holds for: all of these.
    pub when: Vec<Filter>,
    /// The rows it does not hold for: any of these.
    pub unless: Vec<Filter>,
    /// The rows it holds for: what these columns show stands in the first column of these sheets.
    pub known: Vec<Known>,
    /// The cells it is added to, or written into.
    pub cells: Vec<Target>,
}

/// What a column shows must stand in the first column of a sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Known {
    /// The column, by position.
    pub column: usize,
    /// The sheet, by position.
    pub sheet: usize,
}

/// Which words a column must show.
#[derive(Clone, Debug)]
pub struct Filter {
    /// The column by position; `None` for the kind of the unit.
    pub column: Option<usize>,
    /// The words; a star at the end stands for any continuation.
    pub words: Vec<Arc<str>>,
}

impl Filter {
    /// Whether a value is one of the words.
    #[must_use]
    pub fn admits(&self, value: &str) -> bool {
        self.words.iter().any(|word| match word.strip_suffix('*') {
            Some(start) => value.starts_with(start),
            None => **word == *value,
        })
    }
}

/// A cell that a row is posted to.
#[derive(Clone, Debug)]
pub struct Target {
    /// The form or record.
    pub form: Arc<str>,
    /// Its row, put together from these.
    pub row: Vec<RowPart>,
    /// Its column.
    pub column: Arc<str>,
}

/// A part of the name of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RowPart {
    /// As it stands.
    Words(Arc<str>),
    /// What the column of the sheet shows, by position.
    Column(usize),
    /// The name of the unit.
    Unit,
    /// How many rows with the same beginning came before it, and one.
    Count,
}

/// A relation that the package of each unit must satisfy.
#[derive(Clone, Debug)]
pub struct UnitCheck {
    /// The sheet that is looked at when it is broken.
    pub sheet: Arc<str>,
    /// Its column.
    pub column: Arc<str>,
    /// What is wrong then.
    pub title: Arc<str>,
    /// The comparison over the cells of the unit alone.
    pub formula: Formula,
    /// The same as written.
    pub source: Arc<str>,
}

impl PackageForm {
    /// Loads the package of a scheme, and adds its records to those that formulas can speak of.
    ///
    /// # Errors
    /// Names the file and what is wrong: an unknown column, form, row or kind.
    pub fn load(files: &Files, scheme: &mut Scheme) -> Result<Self, SchemeError> {
        let layers = [format!("{}/package.toml", scheme.id), format!("{BASE}/package.toml")];
        let found = layers.iter().find_map(|path| files.get(&**path).map(|text| (path, text)));
        let (path, text) =
            found.ok_or_else(|| SchemeError::whole(&layers[1], "缺少这个文件，不能编制"))?;
        let file: File = crate::toml_file(path, text)?;
        for record in file.record {
            add_record(&mut scheme.records, record);
        }
        let fault = |about: &str, why: String| SchemeError::whole(path, format!("{about}：{why}"));
        let names = Names { forms: &scheme.forms, records: &scheme.records, spoken: &[] };
        let transfers = file.transfer.iter().map(|raw| {
            raw.read(&file.sheet).map_err(|why| fault(&format!("内部往来“{}”", raw.name), why))
        });
        let transfers = transfers.collect::<Result<_, _>>()?;
        let changes = file.change.map(|raw| raw.read(&file.sheet)).transpose();
        let changes = changes.map_err(|why| fault("[change]", why))?;
        let ids: Vec<Arc<str>> = file.sheet.iter().map(|raw| raw.id.clone()).collect();
        let sheets = file.sheet.into_iter().map(|raw| {
            let name = raw.name.clone();
            raw.read(&names, &ids).map_err(|why| fault(&format!("“{name}”表"), why))
        });
        let sheets = sheets.collect::<Result<Vec<_>, _>>()?;
        let checks = file.check.into_iter().map(|raw| {
            let mut formula =
                parse(&raw.formula).map_err(|e| e.in_file(path, text, &raw.formula))?;
            names.resolve(&mut formula).map_err(|why| fault(&raw.title, why))?;
            let RawCheck { sheet, column, title, formula: source } = raw;
            Ok(UnitCheck { sheet, column, title, formula, source })
        });
        Ok(Self { checks: checks.collect::<Result<_, SchemeError>>()?, sheets, transfers, changes })
    }

    /// The position of a sheet, by its id.
    #[must_use]
    pub fn position(&self, id: &str) -> Option<usize> {
        self.sheets.iter().position(|sheet| *sheet.id == *id)
    }

    /// The sheets of which one must show the words of a column in its own first one.
    pub fn sources(&self, column: &ColumnForm) -> impl Iterator<Item = &SheetForm> {
        self.sheets.iter().filter(|sheet| column.of.contains(&sheet.id))
    }
}

/// A record of the same id gets the further columns.
fn add_record(records: &mut Vec<Record>, new: Record) {
    let Some(known) = records.iter_mut().find(|known| known.id == new.id) else {
        return records.push(new);
    };
    let known_ids: Vec<Arc<str>> = known.columns.iter().map(|(id, _)| id.clone()).collect();
    let is_new = |(id, _): &Pair| !known_ids.contains(id);
    known.columns.extend(new.columns.into_iter().filter(is_new));
}

impl SheetForm {
    /// The position of a column, by its id.
    #[must_use]
    pub fn column(&self, id: &str) -> Option<usize> {
        self.columns.iter().position(|column| *column.id == *id)
    }
}
