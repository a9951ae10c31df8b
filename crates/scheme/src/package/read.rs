//! The text of a package's form as it is written, and how it is read.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Deserialize;

use super::changes::RawChange;
use super::{
    ColumnForm, Filter, Known, Posting, RowPart, RowRule, SheetForm, SheetLevel, Target, Transfer,
    TransferSide, carry,
};
use crate::names::Names;
use crate::scheme::Record;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    pub(super) record: Vec<Record>,
    pub(super) sheet: Vec<RawSheet>,
    #[serde(default)]
    pub(super) check: Vec<RawCheck>,
    #[serde(default)]
    pub(super) transfer: Vec<RawTransfer>,
    pub(super) change: Option<RawChange>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawSheet {
    pub(super) id: Arc<str>,
    pub(super) name: Arc<str>,
    pub(super) about: Arc<str>,
    #[serde(default)]
    pub(super) kind: Arc<str>,
    pub(super) level: SheetLevel,
    #[serde(default)]
    pub(super) optional: bool,
    pub(super) carried: Option<Arc<str>>,
    pub(super) column: Vec<ColumnForm>,
    pub(super) posting: Vec<RawPosting>,
    #[serde(default)]
    pub(super) rule: Vec<RawRule>,
}

/// Words by column.
pub(super) type RawFilters = BTreeMap<Arc<str>, Vec<Arc<str>>>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawRule {
    #[serde(default)]
    pub(super) when: RawFilters,
    #[serde(default)]
    pub(super) needs: Vec<Arc<str>>,
    #[serde(default)]
    pub(super) empty: Vec<Arc<str>>,
    pub(super) why: Arc<str>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawTransfer {
    pub(super) name: Arc<str>,
    /// Whether the other unit must be one of the department.
    #[serde(default)]
    pub(super) within: bool,
    pub(super) paid: RawSide,
    pub(super) received: RawSide,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawSide {
    pub(super) sheet: Arc<str>,
    pub(super) when: RawFilters,
    pub(super) counterpart: Arc<str>,
    pub(super) amount: Arc<str>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawPosting {
    pub(super) value: Arc<str>,
    #[serde(default)]
    pub(super) when: RawFilters,
    #[serde(default)]
    pub(super) unless: RawFilters,
    #[serde(default)]
    pub(super) known: BTreeMap<Arc<str>, Arc<str>>,
    pub(super) cells: Vec<Arc<str>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawCheck {
    pub(super) sheet: Arc<str>,
    pub(super) column: Arc<str>,
    pub(super) title: Arc<str>,
    pub(super) formula: Arc<str>,
}

/// The most postings of a sheet: which of them mean a row is kept as so many bits.
const MOST_POSTINGS: usize = 128;

/// What [`PackageForm`] calls the unit where a column could stand.
const UNIT: &str = "unit";

impl RawSheet {
    pub(super) fn read(self, names: &Names<'_>, ids: &[Arc<str>]) -> Result<SheetForm, String> {
        if !matches!(&*self.kind, "" | "fields") {
            return Err(format!("kind 应为 fields 或不写，不是“{}”", self.kind));
        }
        if self.posting.len() > MOST_POSTINGS {
            return Err(format!("[[sheet.posting]] 最多 {MOST_POSTINGS} 个"));
        }
        let postings = self.posting.iter().map(|raw| raw.read(&self, names, ids));
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
    pub(super) fn read(&self, sheets: &[RawSheet]) -> Result<Transfer, String> {
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
        Ok(Transfer { name: self.name.clone(), is_within: self.within, paid, received })
    }
}

impl RawPosting {
    pub(super) fn read(
        &self,
        sheet: &RawSheet,
        names: &Names<'_>,
        ids: &[Arc<str>],
    ) -> Result<Posting, String> {
        let target = |text: &Arc<str>| {
            target(text, sheet, names).map_err(|why| format!("记到“{text}”：{why}"))
        };
        let known = |(column, id): (&Arc<str>, &Arc<str>)| {
            let at = ids.iter().position(|known| known == id);
            let at = at.ok_or_else(|| format!("没有“{id}”这张表"))?;
            Ok(Known { column: sheet.own_position(column)?, sheet: at })
        };
        Ok(Posting {
            value: sheet.position(&self.value)?,
            when: sheet.filters(&self.when)?,
            unless: sheet.filters(&self.unless)?,
            known: self.known.iter().map(known).collect::<Result<_, String>>()?,
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
