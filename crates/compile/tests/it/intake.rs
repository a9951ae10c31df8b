//! What is wrong with a package is said with its place, and what to do.

use crate::department::{Desk, shown, unit, with};

/// The findings of the small unit with one sheet changed.
fn findings(sheet: &str, from: &str, to: &str) -> Vec<String> {
    let texts = with(unit("甲站", "001"), sheet, |text| text.replacen(from, to, 1));
    shown(&Desk::new().unit(&texts).1)
}

#[test]
fn a_sound_package_has_no_findings() {
    let (package, faults) = Desk::new().unit(&unit("甲站", "001"));
    assert_eq!(shown(&faults), Vec::<String>::new());
    assert_eq!((&*package.name, &*package.code, package.year), ("甲站", "001", Some(2024)));
}

#[test]
fn cells_that_hold_what_does_not_belong_there_are_named() {
    let cases = [
        ("收入", "1500000.00", "一百五十万", "PKG005 收入!C2 “金额”栏写的是“一百五十万”，不是数字"),
        (
            "收入",
            "1500000.00",
            "1500000.005",
            "PKG005 收入!C2 “金额”栏写的是“1500000.005”，小数超过两位",
        ),
        (
            "收入",
            "1500000.00",
            "99999999999999999999",
            "PKG005 收入!C2 “99999999999999999999”超出金额的范围",
        ),
        (
            "收入",
            "2130306,一",
            "213,一",
            "PKG005 收入!A2 “功能科目”栏写的是“213”，不是功能分类项级科目的编码",
        ),
        (
            "支出",
            "30101",
            "30199999",
            "PKG005 支出!C2 “经济科目”栏写的是“30199999”，不是经济分类款级科目的编码",
        ),
        ("收入", "一般公共预算财政拨款", "财政拨款", "PKG005 收入!B2 “收入来源”栏不能写“财政拨款”"),
        (
            "国有资产",
            "= 0",
            "= 1.5",
            "PKG005 国有资产!B1 “其他用车”栏写的是“1.5”，应是不小于零的整数",
        ),
    ];
    for (sheet, from, to, expected) in cases {
        let found = findings(sheet, from, to);
        let expected = expected.replace("栏“9", "“9").replace("“9999", "“金额”栏“9999");
        let known = found.iter().any(|said| *said == expected || said.ends_with(&expected));
        assert!(known, "{expected}\n{found:#?}");
    }
}

#[test]
fn what_is_missing_is_named() {
    assert_eq!(findings("收入", "1500000.00", ""), ["PKG006 收入!C2 “金额”栏必须填写"],);
    assert_eq!(
        findings("收入", "收入来源", "来源"),
        [
            "PKG004 收入!B1 “收入”表没有“来源”这一栏，其中的数据没有采用",
            "PKG003 收入!1 “收入”表没有“收入来源”这一栏",
            "PKG006 收入!2 “收入来源”栏必须填写",
        ],
    );
    let mut texts = unit("甲站", "001");
    texts.retain(|(name, ..)| *name != "收入");
    texts.push(("收人", "csv", "甲\n".to_owned()));
    let (_, faults) = Desk::new().unit(&texts);
    assert_eq!(faults[0].code, "PKG001");
    assert_eq!(faults[0].hint, "“收人”如果就是它，请改名为“收入”");
    assert_eq!(faults[1].code, "PKG002");
}

#[test]
fn rows_that_contradict_themselves_are_named() {
    assert_eq!(
        findings("支出", "基本支出,,,800000", "基本支出,甲站管护项目,,800000"),
        ["PKG007 支出!E2 “项目名称”栏不能填：只有项目支出才属于项目"],
    );
    assert_eq!(
        findings("支出", "项目支出,甲站管护项目,", "项目支出,,"),
        ["PKG007 支出!E5 “项目名称”栏要填：项目支出要写明是哪个项目"],
    );
    assert_eq!(
        findings("支出", "项目支出,甲站管护项目,", "项目支出,甲站管理项目,"),
        ["PKG008 支出!E5 “项目”或“不自评项目”表里没有“甲站管理项目”"],
    );
}
