//! Consolidation, and the relations evaluated forwards.

use juesuan_compile::accounts::Exact;
use juesuan_compile::{Because, consolidate, explain};
use juesuan_scheme::formula::{Binding, Outcome, holds, judge};
use proptest::prelude::*;
use rust_decimal::Decimal;

use crate::department::{Desk, Texts, shown, unit, with};

fn d(text: &str) -> Decimal {
    text.parse().unwrap()
}

#[test]
fn units_add_up_and_every_relation_holds() {
    let desk = Desk::new();
    let (all, findings) = desk.compiled(&[unit("甲站", "001"), unit("乙站", "002")]);
    assert_eq!(shown(&findings), Vec::<String>::new());
    let exact = Exact::new(&desk.scheme, &all.ledger);
    for (cell, value) in [
        (("expenditure", "2130306", "total"), "2800000"),
        (("expenditure", "total", "basic"), "2000000"),
        (("summary", "213", "expenditure"), "2800000"),
        (("summary", "closing", "expenditure"), "240000"),
        (("summary", "expenditure_total", "expenditure"), "3040000"),
        (("fiscal_summary", "closing", "general"), "240000"),
        (("basic_expenditure", "staff", "amount"), "1600000"),
        (("basic_expenditure", "public", "amount"), "400000"),
        (("three_public", "total", "actual"), "12000"),
        (("running_cost", "all", "amount"), "400000"),
        (("evaluation", "甲站管护项目", "executed"), "400000"),
    ] {
        assert_eq!(exact.value(cell.0, cell.1, cell.2), d(value), "{cell:?}");
    }
    assert_eq!(broken(&desk, &exact), Vec::<String>::new());
}

/// The relations that do not hold of exact accounts.
fn broken(desk: &Desk, exact: &Exact<'_>) -> Vec<String> {
    let mut faults = Vec::new();
    for relation in desk.scheme.relations.iter().filter(|r| !r.code.starts_with("PRF")) {
        let rows = match &relation.each {
            None => vec!["".into()],
            Some(each) => exact.rows_of(&each.form).to_vec(),
        };
        let none = ["".into()];
        let columns = if relation.columns.is_empty() { &none[..] } else { &relation.columns };
        for row in &rows {
            for column in columns {
                let binding = Binding { row, column };
                let is_meant =
                    relation.when.as_ref().is_none_or(|w| holds(w, exact, binding) == Ok(true));
                for written in relation.formulas.iter().filter(|_| is_meant) {
                    let outcome = judge(&written.formula, exact, binding, &mut Vec::new());
                    if matches!(outcome, Outcome::Broken(..)) {
                        faults.push(format!("{} [{row}].{column}: {outcome:?}", relation.code));
                    }
                }
            }
        }
    }
    faults
}

/// A unit that pays another one, and one that says what it got.
fn transfers(paid: &str, received: &str) -> [Texts; 2] {
    let payer = with(unit("甲站", "001"), "支出", |text| {
        format!("{text}非财政拨款,2130306,30299,对附属单位补助支出,,,{paid},002\n")
    });
    let payer = with(payer, "收入", |text| format!("{text}2130306,其他收入,{paid},\n"));
    let receiver = with(unit("乙站", "002"), "收入", |text| {
        format!("{text}2130306,上级补助收入,{received},001\n")
    });
    let receiver = with(receiver, "支出", |text| {
        format!("{text}非财政拨款,2130306,30299,经营支出,,,{received},\n")
    });
    [payer, receiver]
}

#[test]
fn payments_within_the_department_are_taken_out_of_both() {
    let desk = Desk::new();
    let (all, findings) = desk.compiled(&transfers("3000.00", "3000.00"));
    assert_eq!(shown(&findings), Vec::<String>::new());
    let exact = Exact::new(&desk.scheme, &all.ledger);
    assert_eq!(exact.value("expenditure", "total", "subordinate"), Decimal::ZERO);
    assert_eq!(exact.value("income", "total", "superior"), Decimal::ZERO);
    assert_eq!(exact.value("income", "total", "other"), d("3000"));
    assert_eq!(exact.value("expenditure", "total", "business"), d("3000"));
    let [taken_out] = &all.eliminations[..] else { panic!("{:?}", all.eliminations) };
    assert_eq!((&*taken_out.payer, &*taken_out.receiver), ("001", "002"));
}

#[test]
fn both_sides_of_a_payment_must_agree() {
    let (_, findings) = Desk::new().compiled(&transfers("3000.00", "2000.00"));
    assert_eq!(
        shown(&findings),
        ["PKG012 收入 上级补助：单位 001 付给单位 002 3000.00 元，对方收到 2000.00 元"],
    );
}

#[test]
fn the_tree_of_units_must_be_one() {
    let desk = Desk::new();
    let units = [unit("甲站", "001"), unit("乙站", "002")];
    let (mut department, packages, _) = desk.department(&units);
    department.units[0].parent = Some("002".into());
    department.units[1].parent = Some("001".into());
    let codes = |department: &juesuan_compile::Department| {
        let found = consolidate(department, &desk.form, &desk.scheme, &packages).findings;
        found.into_iter().map(|f| (f.code, f.message)).collect::<Vec<_>>()
    };
    let found = codes(&department);
    assert!(found.contains(&("PKG010".into(), "单位 甲站 的上级又归它自己管".into())), "{found:?}");
    department.units[1].parent = Some("009".into());
    let found = codes(&department);
    assert!(
        found.contains(&("PKG010".into(), "单位 乙站 的上级 009 不在名单里".into())),
        "{found:?}"
    );
    department.units[1].parent = None;
    department.units[1].code = "001".into();
    let found = codes(&department);
    assert!(found.contains(&("PKG010".into(), "单位代码 001 出现两次".into())), "{found:?}");
    assert!(found.iter().any(|(code, _)| code == "PKG009"), "{found:?}");
}

#[test]
fn balances_must_follow() {
    let texts =
        with(unit("甲站", "001"), "结转结余", |text| text.replace("120000.00", "110000.00"));
    let (_, findings) = Desk::new().compiled(&[texts]);
    assert_eq!(findings[0].code, "PKG011");
    assert_eq!((&*findings[0].stated, &*findings[0].expected), ("110000.00", "120000.00"));
    assert_eq!(findings[0].difference, "-10000.00");
}

#[test]
fn a_figure_is_explained_down_to_rows() {
    let desk = Desk::new();
    let (all, _) = desk.compiled(&[unit("甲站", "001"), unit("乙站", "002")]);
    let exact = Exact::new(&desk.scheme, &all.ledger);
    let explained = explain(&exact, &("summary".into(), "213".into(), "expenditure".into()));
    let Because::Relation { code, parts, .. } = &explained.because else { panic!() };
    assert_eq!((&**code, parts.len(), parts[0].0.value), ("XTB006", 1, d("2800000")));
    assert_eq!(origins(&explained), 8, "four rows of expenditure of each unit");
}

fn origins(explained: &juesuan_compile::Explanation) -> usize {
    match &explained.because {
        Because::Posted(origins) => origins.len(),
        Because::Relation { parts, .. } => parts.iter().map(|(part, _)| origins(part)).sum(),
        Because::Nothing | Because::Elsewhere => 0,
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Whatever units spend on whatever codes, totals are the sums of what was posted, to the 分.
    #[test]
    fn nothing_is_lost_on_the_way_up(rows in proptest::collection::vec((0_usize..4, 1_i64..9_000_000_000), 1..20)) {
        const ITEMS: [&str; 4] = ["2130306", "2080505", "2120101", "2210201"];
        let desk = Desk::new();
        let line = |(item, fen): &(usize, i64)| {
            format!("一般公共预算财政拨款,{},30101,基本支出,,,{},\n", ITEMS[*item], Decimal::new(*fen, 2))
        };
        let more: String = rows.iter().map(line).collect();
        let texts = with(unit("甲站", "001"), "支出", |text| format!("{text}{more}"));
        let (all, _) = desk.compiled(&[texts]);
        let exact = Exact::new(&desk.scheme, &all.ledger);
        let sum: Decimal = rows.iter().map(|(_, fen)| Decimal::new(*fen, 2)).sum();
        prop_assert_eq!(exact.value("expenditure", "total", "total"), sum + d("1400000"));
        prop_assert_eq!(exact.value("summary", "year_expenditure", "expenditure"), sum + d("1400000"));
        prop_assert_eq!(exact.value("basic_expenditure", "staff", "amount"), sum + d("800000"));
    }
}
