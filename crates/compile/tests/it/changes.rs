//! Units that join, leave or merge in the year.

use juesuan_compile::accounts::Exact;
use juesuan_compile::{Consolidated, compose, consolidate, enter, score};
use juesuan_model::runs_text;
use rust_decimal::Decimal;

use crate::department::{Desk, Texts, department_texts, shown, unit, with};

const GENERAL: &str = "一般公共预算财政拨款";

/// The sheets of a department with these changes.
fn told(changes: &str) -> Texts {
    let mut own = department_texts();
    own.push((
        "单位变动",
        "csv",
        format!("单位代码,变动,日期,并入单位代码,上年数,说明\n{changes}\n"),
    ));
    own
}

/// 甲站 merges into 乙站 and hands over what it has left.
fn merged(handed_over: &str, received: &str) -> [Texts; 2] {
    let handover = |direction: &str, amount: &str, other: &str| {
        let head = "方向,资金性质,功能科目,金额,对方单位代码";
        let text = format!("{head}\n{direction},{GENERAL},2130306,{amount},{other}\n");
        ("结转划转", "csv", text)
    };
    let mut old =
        with(unit("甲站", "001"), "结转结余", |text| text.replace("120000.00", "0.00"));
    old.push(handover("转出", handed_over, "002"));
    let mut new =
        with(unit("乙站", "002"), "结转结余", |text| text.replace("120000.00", "240000.00"));
    new.push(handover("转入", received, "001"));
    [old, new]
}

fn consolidated(desk: &Desk, changes: &str, units: &[Texts]) -> (Consolidated, Vec<String>) {
    let (department, packages, mut findings) = desk.department_with(&told(changes), units);
    let mut all = consolidate(&department, &desk.form, &desk.scheme, &packages);
    findings.append(&mut all.findings);
    (all, shown(&findings))
}

#[test]
fn what_a_merged_unit_leaves_is_what_the_other_goes_on_with() {
    let desk = Desk::new();
    let changes = "001,并入,2024-06-30,002,计入,甲站于6月并入乙站";
    let (all, findings) = consolidated(&desk, changes, &merged("120000.00", "120000.00"));
    assert_eq!(findings, Vec::<String>::new());
    let [handover] = &*all.eliminations else { panic!("{:?}", all.eliminations) };
    assert_eq!((&*handover.payer, &*handover.receiver), ("001", "002"));
    assert_eq!(handover.paid, Decimal::from(120_000));
    let exact = Exact::new(&desk.scheme, &all.ledger);
    assert_eq!(exact.value("declared", "all", "all"), Decimal::from(240_000));
    assert_eq!(exact.value("summary", "closing", "expenditure"), Decimal::from(240_000));
    assert_eq!(exact.value("prior", "all", "income_total"), Decimal::from(2_800_000));
    let units: Vec<&str> = all.ledger.rows("units").iter().map(|row| &**row).collect();
    assert_eq!(units, ["乙站"], "at the end of the year there is one");
    assert_eq!((&*all.changes[0].kind, &*all.changes[0].to), ("并入", "002"));
}

#[test]
fn both_units_tell_what_was_handed_over() {
    let desk = Desk::new();
    let changes = "001,并入,2024-06-30,002,计入,甲站于6月并入乙站";
    let (_, findings) = consolidated(&desk, changes, &merged("120000.00", "110000.00"));
    assert!(
        findings.iter().any(|f| f.starts_with("PKG012 结转划转 结转划转：单位 001")),
        "{findings:?}"
    );
    // What was not received is missing at the end, too.
    assert!(findings.iter().any(|f| f.starts_with("PKG011 结转结余 乙站")), "{findings:?}");
}

#[test]
fn last_years_figures_are_left_out_on_request() {
    let desk = Desk::new();
    let changes = "001,并入,2024-06-30,002,不计入,甲站于6月并入乙站";
    let (all, findings) = consolidated(&desk, changes, &merged("120000.00", "120000.00"));
    assert_eq!(findings, Vec::<String>::new());
    let exact = Exact::new(&desk.scheme, &all.ledger);
    assert_eq!(exact.value("prior", "all", "income_total"), Decimal::from(1_400_000));
    assert!(!all.changes[0].counts_prior);
}

#[test]
fn changes_fit_the_list_and_the_packages() {
    let desk = Desk::new();
    let units = || [unit("甲站", "001"), unit("乙站", "002")];
    let found = |changes: &str| consolidated(&desk, changes, &units()).1;
    let cases = [
        ("009,新设,2024-03-01,,计入,新设丙站", "PKG018 单位变动!A2 单位 009 不在名单里"),
        (
            "001,并入,2024-06-30,009,计入,并入丙站",
            "PKG018 单位变动!D2 001 并入的单位 009 不是名单里的另一个单位",
        ),
        (
            "001,并入,2024-06-30,001,计入,并入自己",
            "PKG018 单位变动!D2 001 并入的单位 001 不是名单里的另一个单位",
        ),
        (
            "001,划入,2023-06-30,,计入,划入甲站",
            "PKG018 单位变动!C2 001 划入的日期 2023-06-30 不在 2024 年",
        ),
        (
            "001,撤销,2024-06-30,,计入,撤销甲站",
            "PKG018 单位变动!A2 001 已撤销，它的数据包里还有年末结转和结余",
        ),
    ];
    for (changes, fault) in cases {
        assert!(found(changes).iter().any(|f| f == fault), "{:?}", found(changes));
    }
    let twice = "001,新设,2024-03-01,,计入,新设\n001,划入,2024-04-01,,计入,划入";
    assert_eq!(found(twice), ["PKG018 单位变动!A3 单位 001 写了两行"]);
    let left = found("001,划出,2024-04-01,,不计入,甲站划出");
    assert!(
        left.iter().any(|f| f.contains("全年决算由接收部门编报") && f.contains("收入、支出")),
        "{left:?}"
    );
    assert_eq!(found("001,新设,2024-03-01,,不计入,新设甲站"), Vec::<String>::new());
}

#[test]
fn what_is_handed_over_stays_in_the_department() {
    let desk = Desk::new();
    let [old, new] = merged("120000.00", "120000.00");
    let old = with(old, "结转划转", |text| text.replace(",002", ",777"));
    let (_, findings) = consolidated(&desk, "001,并入,2024-06-30,002,计入,并入", &[old, new]);
    let fault = "PKG012 结转划转!E2 对方单位“777”不是部门内的另一个单位";
    assert!(findings.iter().any(|f| f == fault), "{findings:?}");
}

#[test]
fn the_disclosure_tells_the_change_and_counts_the_units_that_are_left() {
    let desk = Desk::new();
    let changes = "001,并入,2024-06-30,002,计入,甲站于6月并入乙站";
    let (mut all, _) = consolidated(&desk, changes, &merged("120000.00", "120000.00"));
    let (scored, _) = score(&desk.scheme, &all.ledger);
    enter(&mut all.ledger, &scored);
    let exact = Exact::new(&desk.scheme, &all.ledger);
    let (publication, _) = compose(&desk.manuscript, &exact, &"某局".into(), 2024);
    let paragraphs = publication.elements.iter().filter_map(|element| match element {
        juesuan_model::Element::Paragraph(runs) => Some(runs_text(runs)),
        _ => None,
    });
    let text: Vec<String> = paragraphs.collect();
    assert!(text.iter().any(|line| line.contains("预算单位共1个")), "{text:?}");
    assert!(text.iter().any(|line| line == "甲站于6月并入乙站。"), "{text:?}");
}
