//! The package of a year gives what that of the next year begins with.

use std::sync::Arc;

use juesuan_model::{FIELDS_HEAD, Input, Sheet, SheetRow, UNCONFIRMED_MARK};
use juesuan_scheme::Scheme;
use juesuan_scheme::package::{Carry, PackageForm, SheetForm, SheetLevel};
use rust_decimal::Decimal;

use crate::accounts::Exact;
use crate::consolidate::{Department, consolidate};
use crate::intake::{Package, Rows, is_meant};
use crate::rows::{Datum, Entry};

/// What the package of the next year takes over from this one, as sheets with their heads.
#[must_use]
pub fn carry_over(
    form: &PackageForm,
    scheme: &Scheme,
    level: SheetLevel,
    package: &Package,
) -> Vec<Sheet> {
    // Amounts of units are added up next year like those of this year: what units of the
    // department paid each other stays out.
    let packages = [Package::default(), external(form, package)];
    let consolidated = consolidate(&Department::default(), form, scheme, &packages);
    let exact = Exact::new(scheme, &consolidated.ledger);
    let sheets = form.sheets.iter().zip(&package.sheets);
    let taken = sheets
        .filter(|(sheet, _)| sheet.level == level && sheet.carries.iter().any(Option::is_some));
    taken.map(|(sheet, rows)| of_sheet(sheet, rows, &exact)).collect()
}

/// The package without payments between units of the department.
fn external(form: &PackageForm, package: &Package) -> Package {
    let mut external = package.clone();
    let sides = form.transfers.iter().flat_map(|transfer| [&transfer.paid, &transfer.received]);
    for side in sides {
        let Some(rows) = external.sheets.get_mut(side.sheet) else { continue };
        rows.entries.retain(|entry| {
            let other = entry.words(side.counterpart);
            other.is_empty() || !is_meant(&side.when, entry, &package.kind)
        });
    }
    external
}

fn of_sheet(form: &SheetForm, rows: &Rows, exact: &Exact<'_>) -> Sheet {
    let names: Vec<Arc<str>> = form.columns.iter().map(|column| column.name.clone()).collect();
    let is_taken = |entry: &Entry<'_>| {
        let number = form.carried.and_then(|at| entry.number_in(at));
        form.carried.is_none() || number.is_some_and(|number| !number.is_zero())
    };
    let taken = rows.entries.iter().filter(is_taken);
    let values = taken.map(|entry| -> Vec<Input> {
        let carried = form.carries.iter().enumerate();
        carried.map(|(at, carry)| value(carry.as_ref(), at, &entry, exact)).collect()
    });
    let rows: Vec<Vec<Input>> = if form.is_fields {
        let labelled = |row: Vec<Input>| {
            names.iter().cloned().map(Input::Text).zip(row).map(|(l, v)| vec![l, v]).collect()
        };
        let fields: Vec<Vec<Input>> = values.last().map(labelled).unwrap_or_default();
        std::iter::once(FIELDS_HEAD.map(Input::typed).to_vec()).chain(fields).collect()
    } else {
        let head = names.into_iter().map(Input::Text).collect();
        std::iter::once(head).chain(values).collect()
    };
    let rows = (1..).zip(rows).map(|(number, cells)| SheetRow { number, cells }).collect();
    Sheet { name: form.name.clone(), rows, ..Sheet::default() }
}

fn value(carry: Option<&Carry>, at: usize, entry: &Entry<'_>, exact: &Exact<'_>) -> Input {
    let of = |at: usize| input(entry.value(at));
    match carry {
        None => Input::Empty,
        Some(Carry::Keep) => of(at),
        Some(Carry::Confirm) => match of(at).shown() {
            shown if shown.is_empty() => Input::Empty,
            shown => Input::Text(format!("{UNCONFIRMED_MARK}{shown}").into()),
        },
        Some(Carry::Next) => match of(at) {
            Input::Number(number) => {
                Input::Number(number.checked_add(Decimal::ONE).unwrap_or(number))
            }
            other => other,
        },
        Some(Carry::Column(other)) => of(*other),
        Some(Carry::Cell { form, row, column }) => Input::Number(exact.value(form, row, column)),
    }
}

fn input(datum: Datum) -> Input {
    match datum {
        Datum::Empty => Input::Empty,
        Datum::Words(words) => Input::Text(words),
        Datum::Number(number) => Input::Number(number),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::intake::intake;

    fn sheet(name: &str, rows: &[&[&str]]) -> Sheet {
        let rows = (1..).zip(rows).map(|(number, cells)| SheetRow {
            number,
            cells: cells.iter().map(|cell| Input::typed(cell)).collect(),
        });
        Sheet { name: name.into(), rows: rows.collect(), ..Sheet::default() }
    }

    fn carried(sheets: &[Sheet], name: &str) -> Vec<Vec<String>> {
        let mut scheme = juesuan_builtin::scheme("cn").unwrap();
        let form = PackageForm::load(&juesuan_scheme::embedded(), &mut scheme).unwrap();
        let (package, _) = intake(&form, &scheme, SheetLevel::Unit, "甲", sheets);
        let carried = carry_over(&form, &scheme, SheetLevel::Unit, &package);
        let sheet = carried.into_iter().find(|sheet| *sheet.name == *name).unwrap();
        let shown = |row: &SheetRow| row.cells.iter().map(Input::shown).collect();
        sheet.rows.iter().skip(1).map(shown).collect()
    }

    #[test]
    fn what_was_left_is_what_the_year_begins_with() {
        let balances = sheet(
            "结转结余",
            &[
                &["资金性质", "功能科目", "年初结转和结余", "年末结转和结余"],
                &["一般公共预算财政拨款", "2130504", "0", "312500.00"],
                &["一般公共预算财政拨款", "2120399", "468000", "0"],
            ],
        );
        let row = ["一般公共预算财政拨款", "2130504", "312500.00", "", "", ""];
        assert_eq!(carried(&[balances], "结转结余"), [row]);
    }

    #[test]
    fn amounts_of_the_accounts_leave_out_payments_within_the_department() {
        let income = sheet(
            "收入",
            &[
                &["功能科目", "收入来源", "金额", "对方单位代码"],
                &["2130504", "一般公共预算财政拨款", "100.50"],
                &["2130504", "上级补助收入", "7", "325001"],
                &["2130504", "上级补助收入", "3"],
            ],
        );
        let prior = carried(&[income, sheet("上年数", &[])], "上年数");
        assert_eq!(prior[0], ["收入总计", "103.50"]);
    }

    #[test]
    fn words_are_marked_and_the_year_goes_on() {
        let unit =
            sheet("单位信息", &[&["单位名称", "水务局"], &["年度", "2024"], &["编制人数", "42"]]);
        let fields = carried(&[unit], "单位信息");
        assert!(fields.contains(&vec!["单位名称".to_owned(), "水务局".to_owned()]));
        assert!(fields.contains(&vec!["年度".to_owned(), "2025".to_owned()]));
        assert!(fields.contains(&vec!["编制人数".to_owned(), "待确认：42".to_owned()]));
        assert!(fields.contains(&vec!["决算批复日期".to_owned(), String::new()]));
    }
}
