//! What units hand in: the sheets of a package, and where each of their columns is posted.
//!
//! One text serves four ends: it is what packages are read by, what empty ones are written from,
//! what `docs/package.md` prints, and what turns rows into cells of the statutory forms.

mod carry;

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Deserialize;

use crate::error::SchemeError;
use crate::formula::{Formula, parse};
use crate::names::Names;
use crate::scheme::{BASE, Files, Pair, Record, Scheme};

pub use carry::Carry;

/// The package that units hand in.
#[derive(Clone, Debug)]
pub struct PackageForm {
    /// Its sheets in the order of the workbook.
    pub sheets: Vec<SheetForm>,
    /// What every unit's package must satisfy.
    pub checks: Vec<UnitCheck>,
    /// Payments within the department.
    pub transfers: Vec<Transfer>,
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
    /// The sheet whose first column must show the same words.
    #[serde(default)]
    pub of: Option<Arc<str>>,
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
    /// The cells it is added to, or written into.
    pub cells: Vec<Target>,
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

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    record: Vec<Record>,
    sheet: Vec<RawSheet>,
    #[serde(default)]
    check: Vec<RawCheck>,
    #[serde(default)]
    transfer: Vec<RawTransfer>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawSheet {
    id: Arc<str>,
    name: Arc<str>,
    about: Arc<str>,
    #[serde(default)]
    kind: Arc<str>,
    level: SheetLevel,
    #[serde(default)]
    optional: bool,
    carried: Option<Arc<str>>,
    column: Vec<ColumnForm>,
    posting: Vec<RawPosting>,
    #[serde(default)]
    rule: Vec<RawRule>,
}

/// Words by column.
type RawFilters = BTreeMap<Arc<str>, Vec<Arc<str>>>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawRule {
    #[serde(default)]
    when: RawFilters,
    #[serde(default)]
    needs: Vec<Arc<str>>,
    #[serde(default)]
    empty: Vec<Arc<str>>,
    why: Arc<str>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawTransfer {
    name: Arc<str>,
    paid: RawSide,
    received: RawSide,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawSide {
    sheet: Arc<str>,
    when: RawFilters,
    counterpart: Arc<str>,
    amount: Arc<str>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawPosting {
    value: Arc<str>,
    #[serde(default)]
    when: RawFilters,
    #[serde(default)]
    unless: RawFilters,
    cells: Vec<Arc<str>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawCheck {
    sheet: Arc<str>,
    column: Arc<str>,
    title: Arc<str>,
    formula: Arc<str>,
}

/// What [`PackageForm`] calls the unit where a column could stand.
const UNIT: &str = "unit";

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
        let sheets = file.sheet.into_iter().map(|raw| {
            let name = raw.name.clone();
            raw.read(&names).map_err(|why| fault(&format!("“{name}”表"), why))
        });
        let sheets = sheets.collect::<Result<Vec<_>, _>>()?;
        let checks = file.check.into_iter().map(|raw| {
            let mut formula =
                parse(&raw.formula).map_err(|e| e.in_file(path, text, &raw.formula))?;
            names.resolve(&mut formula).map_err(|why| fault(&raw.title, why))?;
            let RawCheck { sheet, column, title, formula: source } = raw;
            Ok(UnitCheck { sheet, column, title, formula, source })
        });
        Ok(Self { checks: checks.collect::<Result<_, SchemeError>>()?, sheets, transfers })
    }

    /// The position of a sheet, by its id.
    #[must_use]
    pub fn position(&self, id: &str) -> Option<usize> {
        self.sheets.iter().position(|sheet| *sheet.id == *id)
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

impl RawSheet {
    fn read(self, names: &Names<'_>) -> Result<SheetForm, String> {
        if !matches!(&*self.kind, "" | "fields") {
            return Err(format!("kind 应为 fields 或不写，不是“{}”", self.kind));
        }
        let postings = self.posting.iter().map(|raw| raw.read(&self, names));
        let rules = self.rule.iter().map(|raw| {
            Ok(RowRule {
                when: self.filters(&raw.when)?,
                needs: self.positions(&raw.needs)?,
                empty: self.positions(&raw.empty)?,
                why: raw.why.clone(),
            })
        });
        let carried = self.carried.as_ref().map(|id| self.own_position(id));
        Ok(SheetForm {
            carries: carry::resolve(&self.column, names)?,
            carried: carried.transpose()?,
            rules: rules.collect::<Result<_, String>>()?,
            postings: postings.collect::<Result<_, _>>()?,
            id: self.id,
            name: self.name,
            about: self.about,
            is_fields: &*self.kind == "fields",
            level: self.level,
            is_optional: self.optional,
            columns: self.column,
        })
    }

    /// The position of a column; `None` for the unit.
    fn position(&self, id: &str) -> Result<Option<usize>, String> {
        let found = self.column.iter().position(|column| *column.id == *id);
        match found {
            None if id == UNIT => Ok(None),
            None => Err(format!("没有“{id}”这一栏")),
            found => Ok(found),
        }
    }

    fn positions(&self, ids: &[Arc<str>]) -> Result<Vec<usize>, String> {
        ids.iter().map(|id| self.own_position(id)).collect()
    }

    fn own_position(&self, id: &str) -> Result<usize, String> {
        self.position(id)?.ok_or_else(|| format!("没有“{id}”这一栏"))
    }

    fn filters(&self, raw: &RawFilters) -> Result<Vec<Filter>, String> {
        let filter = |(id, words): (&Arc<str>, &Vec<Arc<str>>)| {
            Ok(Filter { column: self.position(id)?, words: words.clone() })
        };
        raw.iter().map(filter).collect()
    }
}

impl RawTransfer {
    fn read(&self, sheets: &[RawSheet]) -> Result<Transfer, String> {
        let side = |raw: &RawSide| {
            let found = sheets.iter().enumerate().find(|(_, sheet)| sheet.id == raw.sheet);
            let (position, sheet) = found.ok_or_else(|| format!("没有“{}”这张表", raw.sheet))?;
            Ok::<_, String>(TransferSide {
                sheet: position,
                when: sheet.filters(&raw.when)?,
                counterpart: sheet.own_position(&raw.counterpart)?,
                amount: sheet.own_position(&raw.amount)?,
            })
        };
        let (paid, received) = (side(&self.paid)?, side(&self.received)?);
        Ok(Transfer { name: self.name.clone(), paid, received })
    }
}

impl RawPosting {
    fn read(&self, sheet: &RawSheet, names: &Names<'_>) -> Result<Posting, String> {
        let target = |text: &Arc<str>| {
            target(text, sheet, names).map_err(|why| format!("记到“{text}”：{why}"))
        };
        Ok(Posting {
            value: sheet.position(&self.value)?,
            when: sheet.filters(&self.when)?,
            unless: sheet.filters(&self.unless)?,
            cells: self.cells.iter().map(target).collect::<Result<_, _>>()?,
        })
    }
}

/// Reads `form[row].column`, where `@column` and `#` in the row are filled in by the sheet's rows.
fn target(text: &str, sheet: &RawSheet, names: &Names<'_>) -> Result<Target, String> {
    let shape = || "应写作 表[行].栏".to_owned();
    let (form, rest) = text.split_once('[').ok_or_else(shape)?;
    let (row, column) = rest.split_once("].").ok_or_else(shape)?;
    let form = names.form(form)?;
    let row = match row.strip_prefix('@') {
        None if !row.contains('#') => vec![RowPart::Words(names.row_of(&form, row)?)],
        _ => row
            .split_inclusive('.')
            .map(|part| row_part(part, sheet))
            .collect::<Result<Vec<_>, _>>()?
            .concat(),
    };
    Ok(Target { column: names.column_of(&form, column)?, form, row })
}

/// A part of a row's name, with the point behind it.
fn row_part(text: &str, sheet: &RawSheet) -> Result<Vec<RowPart>, String> {
    let (word, point) = match text.strip_suffix('.') {
        Some(word) => (word, Some(RowPart::Words(".".into()))),
        None => (text, None),
    };
    let part = match word.strip_prefix('@') {
        Some(UNIT) => RowPart::Unit,
        Some(id) => sheet.position(id)?.map_or(RowPart::Unit, RowPart::Column),
        None if word == "#" => RowPart::Count,
        None => RowPart::Words(word.into()),
    };
    Ok(std::iter::once(part).chain(point).collect())
}
