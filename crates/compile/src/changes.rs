//! Units that join, leave or merge in the year, as the department tells them.

use std::sync::Arc;

use juesuan_model::Finding;
use juesuan_scheme::package::{Changes, PackageForm};

use crate::consolidate::Department;
use crate::fault::{Code, Spot, fault};
use crate::intake::Package;
use crate::rows::Entry;

/// A unit that joined, left or merged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnitChange {
    /// The code of the unit.
    pub unit: Arc<str>,
    /// What happened: 新设, 划入, 划出, 并入, 撤销.
    pub kind: Arc<str>,
    /// The day.
    pub date: Arc<str>,
    /// The code of the unit that it merged into; empty for other changes.
    pub to: Arc<str>,
    /// Whether last year's figures of the unit belong to the comparison.
    pub counts_prior: bool,
}

/// The changes of a department, with what is wrong with them. The first package is its own.
pub(crate) fn changes(
    form: &PackageForm,
    department: &Department,
    packages: &[Package],
) -> (Vec<UnitChange>, Vec<Finding>) {
    let (Some(how), Some(own)) = (&form.changes, packages.first()) else {
        return (Vec::new(), Vec::new());
    };
    let Some(rows) = own.sheets.get(how.sheet) else { return (Vec::new(), Vec::new()) };
    let mut desk = Desk { form, how, department, packages, file: &rows.file, findings: Vec::new() };
    let mut known: Vec<UnitChange> = Vec::new();
    for entry in rows.entries.iter() {
        let text = |column| entry.text(column).cloned().unwrap_or_default();
        let change = UnitChange {
            unit: text(how.unit),
            kind: text(how.kind),
            date: text(how.date),
            to: text(how.to),
            counts_prior: entry.words(how.prior) != &*how.left_out,
        };
        // What is missing or unknown is told already.
        if change.unit.is_empty() || change.kind.is_empty() {
            continue;
        }
        if known.iter().any(|other| other.unit == change.unit) {
            let hint = "一个单位只写一行；先后有几次的，写年末为止的那一次";
            desk.tell(entry, how.unit, format!("单位 {} 写了两行", change.unit), hint);
            continue;
        }
        desk.check(entry, &change);
        known.push(change);
    }
    (known, desk.findings)
}

struct Desk<'a> {
    form: &'a PackageForm,
    how: &'a Changes,
    department: &'a Department,
    packages: &'a [Package],
    file: &'a str,
    findings: Vec<Finding>,
}

impl Desk<'_> {
    fn check(&mut self, entry: Entry<'_>, change: &UnitChange) {
        let (unit, kind) = (&change.unit, &change.kind);
        let is_listed = |code: &str| self.department.units.iter().any(|node| *node.code == *code);
        if !is_listed(unit) {
            let hint = "把这个单位列入 部门.toml，并交它的数据包；已撤并、划出的也要列";
            return self.tell(entry, self.how.unit, format!("单位 {unit} 不在名单里"), hint);
        }
        if !change.to.is_empty() && (change.to == *unit || !is_listed(&change.to)) {
            let message = format!("{unit} 并入的单位 {} 不是名单里的另一个单位", change.to);
            self.tell(entry, self.how.to, message, "改正并入单位的代码；转到部门以外的写“划出”");
        }
        let year = self.department.year.to_string();
        if !change.date.is_empty() && !change.date.starts_with(&year) {
            let message = format!("{unit} {kind}的日期 {} 不在 {year} 年", change.date);
            self.tell(entry, self.how.date, message, "只写本年度的变动");
        }
        let Some(package) = self.packages.iter().skip(1).find(|p| p.code == *unit) else { return };
        let balances = package.sheets.get(self.how.balances);
        let mut rows = balances.into_iter().flat_map(|rows| rows.entries.iter());
        let closing = |row: Entry<'_>| row.number_in(self.how.closing);
        if self.how.ended.contains(kind)
            && rows.any(|row| closing(row).is_some_and(|c| !c.is_zero()))
        {
            let message = format!("{unit} 已{kind}，它的数据包里还有年末结转和结余");
            let hint = "并入、撤销前的结转和结余在“结转划转”表里转给接收的单位，年末数填 0";
            self.tell(entry, self.how.unit, message, hint);
        }
        self.left(entry, change, package);
    }

    /// A unit that went to another department is accounted for there.
    fn left(&mut self, entry: Entry<'_>, change: &UnitChange, package: &Package) {
        if !self.how.left.contains(&change.kind) {
            return;
        }
        let sheets = self.form.sheets.iter().zip(&package.sheets).enumerate();
        // Sheets of fields always have their one record, which may hold nothing but zeros.
        let is_filled = |at: usize| {
            let rows = package.sheets.get(at);
            rows.into_iter().flat_map(|rows| rows.entries.iter()).any(|row| {
                let columns = self.form.sheets.get(at).map_or(0, |sheet| sheet.columns.len());
                (0..columns).any(|column| row.number_in(column).is_some_and(|n| !n.is_zero()))
            })
        };
        let filled = sheets.filter(|(at, _)| !self.how.own.contains(at) && is_filled(*at));
        let names: Vec<&str> = filled.map(|(_, (sheet, _))| &*sheet.name).collect();
        if !names.is_empty() {
            let (unit, names) = (&change.unit, names.join("、"));
            let message =
                format!("{unit} 已划出，全年决算由接收部门编报，它的数据包里还有本年的数：{names}");
            self.tell(entry, self.how.unit, message, "清空这些表，只留表头；上年数照填");
        }
    }

    fn tell(&mut self, entry: Entry<'_>, column: usize, message: String, hint: &str) {
        let sheet = self.form.sheets.get(self.how.sheet).map_or("", |sheet| &sheet.name);
        let rows = self.packages.first().and_then(|own| own.sheets.get(self.how.sheet));
        let at = rows.and_then(|rows| rows.columns.get(column).copied().flatten());
        let (row, shown) = (entry.number, entry.words(column));
        let spot = Spot { file: self.file, sheet, row, column: at, shown };
        self.findings.push(fault(Code::Change, spot, message, hint));
    }
}
