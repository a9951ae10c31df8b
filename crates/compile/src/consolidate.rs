//! Packages of units become the accounts of a department: what they state is added up, and what
//! they paid each other is taken out of both.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use juesuan_model::{Finding, Severity};
use juesuan_scheme::Scheme;
use juesuan_scheme::formula::{Binding, Outcome, judge};
use juesuan_scheme::package::{
    Known, PackageForm, Posting, RowPart, SheetForm, Target, Transfer, TransferSide, UnitCheck,
};
use rust_decimal::Decimal;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::accounts::Exact;
use crate::changes::{UnitChange, changes};
use crate::fault::{Code, Spot, fault};
use crate::gather::Faults;
use crate::intake::{Package, is_meant};
use crate::ledger::{Ledger, Origin};
use crate::rows::Entry;
use crate::sieve::Sieve;

/// A department with its units.
#[derive(Clone, Debug, Default)]
pub struct Department {
    /// Its name.
    pub name: Arc<str>,
    /// The year of the accounts.
    pub year: i32,
    /// Its units, each with the code of the one above it.
    pub units: Vec<Node>,
}

/// A unit in the tree of a department.
#[derive(Clone, Debug, Default)]
pub struct Node {
    /// Its code.
    pub code: Arc<str>,
    /// What messages call it before its package tells its name.
    pub label: Arc<str>,
    /// The code of the unit above it.
    pub parent: Option<Arc<str>>,
}

/// A payment between two units of the department that was taken out of both.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Elimination {
    /// What it is called.
    pub name: Arc<str>,
    /// The code of the unit that paid.
    pub payer: Arc<str>,
    /// The code of the unit that received.
    pub receiver: Arc<str>,
    /// What the payer states.
    pub paid: Decimal,
    /// What the receiver states.
    pub received: Decimal,
}

/// What consolidation gives.
#[derive(Clone, Debug, Default)]
pub struct Consolidated {
    /// Everything that was posted.
    pub ledger: Ledger,
    /// What was taken out.
    pub eliminations: Vec<Elimination>,
    /// Units that joined, left or merged.
    pub changes: Vec<UnitChange>,
    /// What is wrong.
    pub findings: Vec<Finding>,
}

/// Adds up the packages of a department. The first package is the department's own, the others are
/// those of its units in the order of `department.units`.
#[must_use]
pub fn consolidate(
    department: &Department,
    form: &PackageForm,
    scheme: &Scheme,
    packages: &[Package],
) -> Consolidated {
    let mut desk = Desk::new(form, scheme);
    desk.findings.extend(tree_faults(department));
    desk.identities(department, packages);
    // A package that does not tell its code is not the other side of every row without one.
    let codes = packages.iter().skip(1).map(|package| &*package.code);
    let codes: FxHashSet<&str> = codes.filter(|code| !code.is_empty()).collect();
    let internal = desk.eliminate(packages, &codes);
    let (changes, faults) = changes(form, department, packages);
    desk.findings.extend(faults);
    let mut ledger = Ledger::default();
    for (at, package) in packages.iter().enumerate() {
        let position = u32::try_from(at).unwrap_or(u32::MAX);
        let passed_over = desk.passed_over(package, &changes);
        desk.post(package, position, &internal, &passed_over, &mut ledger);
    }
    let Desk { eliminations, findings, .. } = desk;
    Consolidated { ledger, eliminations, changes, findings: findings.finish() }
}

/// Whether the figures of a unit by itself fit each other.
#[must_use]
pub fn check_unit(form: &PackageForm, scheme: &Scheme, package: &Package) -> Vec<Finding> {
    if package.code.is_empty() {
        return Vec::new();
    }
    let mut desk = Desk::new(form, scheme);
    let mut ledger = Ledger::default();
    // What cannot be posted is found when the department is added up.
    desk.post(package, 0, &FxHashSet::default(), &[], &mut ledger);
    let exact = Exact::new(scheme, &ledger);
    let broken = |check: &UnitCheck| match judge(
        &check.formula,
        &exact,
        Binding::default(),
        &mut Vec::new(),
    ) {
        Outcome::Broken(left, right) => Some(desk.broken(check, package, left.value, right.value)),
        _ => None,
    };
    form.checks.iter().filter_map(broken).collect()
}

/// Units with the same code, without the unit above, or above themselves.
fn tree_faults(department: &Department) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut tell = |node: &Node, message: String, hint: &str| {
        let spot =
            Spot { file: "部门.toml", sheet: "单位", shown: &node.code, ..Spot::default() };
        findings.push(fault(Code::Tree, spot, message, hint));
    };
    let mut parents: FxHashMap<&str, Option<&str>> = FxHashMap::default();
    for node in &department.units {
        if parents.insert(&node.code, node.parent.as_deref()).is_some() {
            let message = format!("单位代码 {} 出现两次", node.code);
            tell(node, message, "每个单位的代码只能有一个；合并的单位只留一个");
        }
    }
    for node in &department.units {
        let mut seen = FxHashSet::default();
        let mut at = Some(&*node.code);
        while let Some(code) = at {
            if !seen.insert(code) {
                let message = format!("单位 {} 的上级又归它自己管", node.label);
                tell(node, message, "改正“上级”，使每个单位最终归到部门");
                break;
            }
            match parents.get(code) {
                Some(parent) => at = *parent,
                None => {
                    let message = format!("单位 {} 的上级 {code} 不在名单里", node.label);
                    tell(node, message, "把上级单位加进名单，或改正代码");
                    break;
                }
            }
        }
    }
    findings
}

struct Desk<'a> {
    form: &'a PackageForm,
    scheme: &'a Scheme,
    eliminations: Vec<Elimination>,
    findings: Faults,
}

/// A row, by package, sheet and position.
type RowKey = (usize, usize, usize);

impl<'a> Desk<'a> {
    fn new(form: &'a PackageForm, scheme: &'a Scheme) -> Self {
        Self { form, scheme, eliminations: Vec::new(), findings: Faults::default() }
    }

    fn identities(&mut self, department: &Department, packages: &[Package]) {
        for (node, package) in department.units.iter().zip(packages.iter().skip(1)) {
            let spot = Spot { file: &node.label, sheet: "单位信息", ..Spot::default() };
            if package.code != node.code {
                let (stated, known) = (&package.code, &node.code);
                let message = format!("数据包写的单位代码是“{stated}”，部门名单里是“{known}”");
                self.findings.push(fault(Code::Identity, spot, message, "核对是哪个单位的数据包"));
            }
            if package.year != Some(department.year) {
                let stated = package.year.map_or_else(|| "空".to_owned(), |year| year.to_string());
                let message =
                    format!("数据包的年度是{stated}，部门决算的年度是{}", department.year);
                self.findings.push(fault(Code::Identity, spot, message, "核对是否误交了别的年度"));
            }
        }
    }

    /// The rows that state payments within the department.
    fn eliminate(&mut self, packages: &[Package], codes: &FxHashSet<&str>) -> FxHashSet<RowKey> {
        let mut rows = FxHashSet::default();
        let form = self.form;
        for transfer in &form.transfers {
            let mut sums: BTreeMap<(Arc<str>, Arc<str>), (Decimal, Decimal)> = BTreeMap::new();
            for (at, package) in packages.iter().enumerate() {
                self.strangers(transfer, package, codes);
                for (row, other, amount) in internal_rows(&transfer.paid, package, codes) {
                    rows.insert((at, transfer.paid.sheet, row));
                    let sum = sums.entry((package.code.clone(), other)).or_default();
                    sum.0 = sum.0.checked_add(amount).unwrap_or(sum.0);
                }
                for (row, other, amount) in internal_rows(&transfer.received, package, codes) {
                    rows.insert((at, transfer.received.sheet, row));
                    let sum = sums.entry((other, package.code.clone())).or_default();
                    sum.1 = sum.1.checked_add(amount).unwrap_or(sum.1);
                }
            }
            for ((payer, receiver), (paid, received)) in sums {
                self.transfer(
                    transfer,
                    Elimination { name: transfer.name.clone(), payer, receiver, paid, received },
                );
            }
        }
        rows
    }

    /// Rows of what can only happen within the department that name a unit outside of it.
    fn strangers(&mut self, transfer: &Transfer, package: &Package, codes: &FxHashSet<&str>) {
        for side in [&transfer.paid, &transfer.received].into_iter().filter(|_| transfer.is_within)
        {
            let Some(rows) = package.sheets.get(side.sheet) else { continue };
            let sheet = self.form.sheets.get(side.sheet).map_or("", |sheet| &*sheet.name);
            let meant = |entry: &Entry<'_>| is_meant(&side.when, *entry, &package.kind);
            for entry in rows.entries.iter().filter(meant) {
                let shown = entry.words(side.counterpart);
                if shown.is_empty() || codes.contains(shown) && *shown != *package.code {
                    continue;
                }
                let column = rows.columns.get(side.counterpart).copied().flatten();
                let (file, row) = (&*rows.file, entry.number);
                let spot = Spot { file, sheet, row, column, shown };
                let message = format!("对方单位“{shown}”不是部门内的另一个单位");
                let hint = "改正代码；转到或来自部门以外的，按划出、划入编报，不在这里填";
                self.findings.push(fault(Code::Transfer, spot, message, hint));
            }
        }
    }

    fn transfer(&mut self, transfer: &Transfer, elimination: Elimination) {
        let Elimination { name, payer, receiver, paid, received } = &elimination;
        if paid != received {
            let sheet = self.form.sheets.get(transfer.received.sheet).map_or("", |s| &*s.name);
            let message = format!(
                "{name}：单位 {payer} 付给单位 {receiver} {paid:.2} 元，对方收到 {received:.2} 元"
            );
            let spot = Spot { file: receiver, sheet, ..Spot::default() };
            let finding = fault(Code::Transfer, spot, message, "请双方核对，一致后再汇总");
            self.findings.push(finding);
        }
        self.eliminations.push(elimination);
    }

    /// The records that a unit that changed is not posted to.
    fn passed_over(&self, package: &Package, changes: &[UnitChange]) -> Vec<&'a str> {
        let change = changes.iter().find(|change| change.unit == package.code);
        let Some((how, change)) = self.form.changes.as_ref().zip(change) else {
            return Vec::new();
        };
        let prior = (!change.counts_prior).then_some(&*how.prior_record);
        let units = how.ended.contains(&change.kind).then_some(&*how.units_record);
        prior.into_iter().chain(units).collect()
    }

    fn broken(
        &self,
        check: &UnitCheck,
        package: &Package,
        left: Decimal,
        right: Decimal,
    ) -> Finding {
        let at = self.form.position(&check.sheet);
        let sheet = at.and_then(|at| self.form.sheets.get(at));
        let rows = at.and_then(|at| package.sheets.get(at));
        let spot = Spot {
            file: rows.map_or("", |rows| &rows.file),
            sheet: sheet.map_or("", |sheet| &sheet.name),
            row: 0,
            column: None,
            shown: "",
        };
        let message =
            format!("{}：{}。一边是 {left:.2}，另一边是 {right:.2}", package.name, check.title);
        let finding = fault(Code::Figures, spot, message, "核对这张表和收入、支出两张表");
        let difference = left.checked_sub(right).map(|d| format!("{d:.2}")).unwrap_or_default();
        Finding {
            stated: format!("{left:.2}"),
            expected: format!("{right:.2}"),
            difference,
            basis: check.source.to_string(),
            ..finding
        }
    }

    fn post(
        &mut self,
        package: &Package,
        position: u32,
        internal: &FxHashSet<RowKey>,
        passed_over: &[&str],
        ledger: &mut Ledger,
    ) {
        let at = usize::try_from(position).unwrap_or(usize::MAX);
        for (number, (sheet, rows)) in self.form.sheets.iter().zip(&package.sheets).enumerate() {
            let mut counts: FxHashMap<String, u32> = FxHashMap::default();
            let mut sieve = Sieve::new(sheet, &package.kind);
            let known = KnownNames::of(sheet, package);
            for (row, entry) in rows.entries.iter().enumerate() {
                if internal.contains(&(at, number, row)) {
                    continue;
                }
                let origin = Origin {
                    package: position,
                    sheet: u16::try_from(number).unwrap_or(u16::MAX),
                    row: u32::try_from(row).unwrap_or(u32::MAX),
                };
                let mut poster = Poster { scheme: self.scheme, package, entry, origin, ledger };
                let mut counted = FxHashSet::default();
                for posting in sieve.wanted(entry).filter(|posting| known.hold(posting, entry)) {
                    let targets = posting.cells.iter();
                    for target in targets.filter(|target| !passed_over.contains(&&*target.form)) {
                        // What has no name was refused or left empty, which is told already.
                        let row = poster.row(target, &mut counts, &mut counted);
                        let Some(row) = row else { continue };
                        if !poster.put(posting, target, &row) {
                            self.findings.push(poster.refused(sheet, &rows.file, target, &row));
                        }
                    }
                }
            }
        }
    }
}

/// The rows of a package that state a payment to or from a unit of the department: position, code
/// of the other unit, amount.
fn internal_rows(
    side: &TransferSide,
    package: &Package,
    codes: &FxHashSet<&str>,
) -> Vec<(usize, Arc<str>, Decimal)> {
    let rows = package.sheets.get(side.sheet);
    let meant = |(row, entry): (usize, Entry<'_>)| {
        let other = entry.words(side.counterpart);
        let amount = entry.number_in(side.amount)?;
        let is_internal = codes.contains(other) && is_meant(&side.when, entry, &package.kind);
        is_internal.then(|| (row, Arc::from(other), amount))
    };
    let entries = rows.into_iter().flat_map(|rows| rows.entries.iter());
    entries.enumerate().filter_map(meant).collect()
}

/// Puts a row of a package where it belongs.
struct Poster<'a> {
    scheme: &'a Scheme,
    package: &'a Package,
    entry: Entry<'a>,
    origin: Origin,
    ledger: &'a mut Ledger,
}

/// What stands in the first columns of the sheets that postings of another one ask.
struct KnownNames<'a>(FxHashMap<usize, FxHashSet<&'a str>>);

impl<'a> KnownNames<'a> {
    fn of(sheet: &SheetForm, package: &'a Package) -> Self {
        let asked = sheet.postings.iter().flat_map(|posting| &posting.known);
        let names = asked.map(|known| (known.sheet, package.firsts(known.sheet).collect()));
        Self(names.collect())
    }

    /// Whether what the row shows stands in all sheets that the posting asks.
    fn hold(&self, posting: &Posting, entry: Entry<'_>) -> bool {
        let stands = |known: &Known| {
            self.0.get(&known.sheet).is_some_and(|names| names.contains(entry.words(known.column)))
        };
        posting.known.iter().all(stands)
    }
}

impl<'a> Poster<'a> {
    /// The name of the row, `None` when a part of it is empty; a count goes up once a row of the sheet for each beginning.
    fn row(
        &self,
        target: &Target,
        counts: &mut FxHashMap<String, u32>,
        counted: &mut FxHashSet<String>,
    ) -> Option<Cow<'a, str>> {
        let name = self.name(target, counts, counted)?;
        // Rows that a form fixes are chosen by their labels; codes are none.
        let is_label = target.row.len() == 1 && !name.starts_with(|c: char| c.is_ascii_digit());
        let fixed = || self.scheme.form(&target.form).and_then(|form| form.row(&name));
        match is_label.then(fixed).flatten() {
            Some(row) => Some(Cow::Borrowed(&*row.id)),
            None => Some(name),
        }
    }

    /// The name as the parts make it.
    fn name(
        &self,
        target: &Target,
        counts: &mut FxHashMap<String, u32>,
        counted: &mut FxHashSet<String>,
    ) -> Option<Cow<'a, str>> {
        if let [RowPart::Column(at)] = &*target.row {
            return Some(self.entry.words(*at))
                .filter(|words| !words.is_empty())
                .map(Cow::Borrowed);
        }
        let mut name = String::new();
        for part in &target.row {
            match part {
                RowPart::Words(words) => name.push_str(words),
                RowPart::Unit => name.push_str(&self.package.name),
                RowPart::Column(at) => {
                    name.push_str(Some(self.entry.words(*at)).filter(|words| !words.is_empty())?);
                }
                RowPart::Count => {
                    let count = counts.entry(name.clone()).or_default();
                    if counted.insert(name.clone()) {
                        *count = count.saturating_add(1);
                    }
                    name.push_str(&count.to_string());
                }
            }
        }
        Some(Cow::Owned(name))
    }

    /// `false` when it cannot stand beside what is there.
    fn put(&mut self, posting: &Posting, target: &Target, row: &str) -> bool {
        let cell = (&*target.form, row, &*target.column);
        let number = posting.value.and_then(|at| self.entry.number_in(at));
        if let Some(number) = number {
            return self.ledger.add(cell, number, Some(self.origin));
        }
        let words = posting.value.map_or(Some(&self.package.name), |at| self.entry.text(at));
        words.is_none_or(|words| self.ledger.write(cell, words, Some(self.origin)))
    }

    fn refused(&self, sheet: &SheetForm, file: &str, target: &Target, row: &str) -> Finding {
        let spot =
            Spot { file, sheet: &sheet.name, row: self.entry.number, column: None, shown: row };
        let form = self.scheme.name_of(&target.form);
        let message = format!("“{row}”的{form}已经写过，与这一行不同，或合计超出了范围");
        let finding = fault(Code::Twice, spot, message, "只留一行，或改成一致");
        Finding { severity: Severity::Error, ..finding }
    }
}
