//! Units that join, leave or merge in the year: which sheet tells them, and how their packages are looked at.

use std::sync::Arc;

use serde::Deserialize;

use super::read::RawSheet;

/// Where changes of units stand, and what follows from them.
#[derive(Clone, Debug)]
pub struct Changes {
    /// The sheet that lists them, by position.
    pub sheet: usize,
    /// Its column with the code of the unit.
    pub unit: usize,
    /// Its column with the kind of the change.
    pub kind: usize,
    /// Its column with the day.
    pub date: usize,
    /// Its column with the code of the unit that another merged into.
    pub to: usize,
    /// Its column that says whether last year's figures belong to the comparison.
    pub prior: usize,
    /// What stands there when they do not.
    pub left_out: Arc<str>,
    /// The record of last year's figures.
    pub prior_record: Arc<str>,
    /// The record of the units that a department has.
    pub units_record: Arc<str>,
    /// The kinds after which a unit is none of the department any more and has no balances.
    pub ended: Vec<Arc<str>>,
    /// The kinds after which another department accounts for the whole year.
    pub left: Vec<Arc<str>>,
    /// The sheets that a unit of these kinds hands in nevertheless, by position.
    pub own: Vec<usize>,
    /// The sheet of balances, by position.
    pub balances: usize,
    /// Its column with what is there at the end of the year.
    pub closing: usize,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawChange {
    sheet: Arc<str>,
    unit: Arc<str>,
    kind: Arc<str>,
    date: Arc<str>,
    to: Arc<str>,
    prior: Arc<str>,
    left_out: Arc<str>,
    prior_record: Arc<str>,
    units_record: Arc<str>,
    ended: Vec<Arc<str>>,
    left: Vec<Arc<str>>,
    own: Vec<Arc<str>>,
    balances: Arc<str>,
    closing: Arc<str>,
}

impl RawChange {
    pub(super) fn read(self, sheets: &[RawSheet]) -> Result<Changes, String> {
        let position = |id: &str| {
            let at = sheets.iter().position(|sheet| *sheet.id == *id);
            at.ok_or_else(|| format!("没有“{id}”这张表"))
        };
        let column = |sheet: usize, id: &str| {
            let columns = sheets.get(sheet).map_or(&[][..], |sheet| &sheet.column);
            let at = columns.iter().position(|column| *column.id == *id);
            at.ok_or_else(|| format!("没有“{id}”这一栏"))
        };
        let (sheet, balances) = (position(&self.sheet)?, position(&self.balances)?);
        Ok(Changes {
            unit: column(sheet, &self.unit)?,
            kind: column(sheet, &self.kind)?,
            date: column(sheet, &self.date)?,
            to: column(sheet, &self.to)?,
            prior: column(sheet, &self.prior)?,
            closing: column(balances, &self.closing)?,
            own: self.own.iter().map(|id| position(id)).collect::<Result<_, _>>()?,
            sheet,
            balances,
            left_out: self.left_out,
            prior_record: self.prior_record,
            units_record: self.units_record,
            ended: self.ended,
            left: self.left,
        })
    }
}
