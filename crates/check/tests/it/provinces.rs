//! Made-up disclosures in the manner of places that publish other numbers of forms, other units and
//! other decimals, read by the national scheme; budgets; the accounts of a single unit.

use juesuan_model::Severity;
use juesuan_scheme::{embedded, load};

use crate::{Planted, above_note, base, finds_all, run};

/// Twelve HTML tables: basic expenditure of funds, procurement and purchased services beside the
/// nine; the narrative compares with the budget class by class, names in quotation marks.
const TWELVE: &str = include_str!("disclosures/twelve_forms.md");
/// Eight pipe tables, 三公 in words only.
const EIGHT: &str = include_str!("disclosures/eight_forms.md");
/// Everything in 万元 with one decimal, so that sums have tails.
const ONE_DECIMAL: &str = include_str!("disclosures/one_decimal.md");
/// Codes in three columns 类, 款, 项; the use of each item in a paragraph of its own.
const SPLIT: &str = include_str!("disclosures/split_codes.md");
/// Thirteen tables with tabs, amounts in 元 everywhere, no contents of their order.
const IN_YUAN: &str = include_str!("disclosures/thirteen_forms_in_yuan.md");
/// Thirteen tables behind the narrative, details by economic classes among them; a single unit.
const OF_A_UNIT: &str = include_str!("disclosures/thirteen_forms_of_a_unit.md");

/// As Shanghai prescribes: no numbers above the forms, 三公 across twelve columns as the seventh, the
/// part of the tables without its number.
const SHANGHAI: &str = include_str!("disclosures/order_of_shanghai.md");

const ALL: [&str; 6] = [TWELVE, EIGHT, ONE_DECIMAL, SPLIT, IN_YUAN, OF_A_UNIT];

#[test]
fn the_forms_are_recognised_whatever_their_number() {
    let scheme = base();
    let found = ALL.map(|text| {
        let accounts = juesuan_read::bind(&juesuan_read::parse(text), &scheme);
        let titled = accounts.forms.iter().filter(|form| form.title.is_some()).count();
        (accounts.forms.len(), titled, accounts.coded_tables.len())
    });
    assert_eq!(found, [(9, 9, 0), (8, 8, 0), (9, 9, 0), (9, 9, 0), (10, 10, 1), (9, 9, 3)]);
}

#[test]
fn a_clean_one_has_nothing_above_a_note() {
    for text in ALL {
        assert_eq!(above_note(text, &base()), Vec::<String>::new());
    }
}

#[test]
fn figures_are_bound_in_all_of_them() {
    for text in ALL {
        let coverage = run(text, &base()).coverage;
        let share = coverage.figures_unrelated * 100 / coverage.figures;
        assert!(share <= 8, "{share} % of the figures are unrelated");
    }
}

#[test]
fn a_planted_fault_is_found() {
    finds_all(&PLANTED, str::to_owned);
}

/// The scheme of a place knows how its contents call what the body calls otherwise.
#[test]
fn what_a_place_prescribes_is_no_fault_there() {
    let place = load(&embedded(), "cn-sh/2024").unwrap();
    assert_eq!(above_note(SHANGHAI, &place), Vec::<String>::new());
    let elsewhere = above_note(SHANGHAI, &base());
    assert!(elsewhere.iter().all(|told| told.starts_with("DOC003")) && elsewhere.len() == 1);
    for (right, wrong, code) in [
        ("财政拨款“三公”经费支出决算表\n\n单位", "“三公”经费支出决算表\n\n单位", "DOC0"),
        ("（二）政府采购支出情况", "（三）政府采购支出情况", "DOC027"),
        ("平均得分93.25分", "平均得分83.25分", "TXT009"),
        ("已经完成整改的2个", "已经完成整改的3个", "TXT006"),
        ("完成预算的0.00%；公务用车", "完成预算的50.00%；公务用车", "TXT106"),
        (
            "机关运行经费支出情况\n\n机关运行经费支出",
            "机关运行经费支出情况\n\n公用经费支出",
            "TXT125",
        ),
        ("来访，公务接待9批次", "来访，列明公务接待9批次", "DOC010"),
    ] {
        let at = SHANGHAI.rfind(right).unwrap();
        let text = format!("{}{wrong}{}", &SHANGHAI[..at], &SHANGHAI[at + right.len()..]);
        let told = above_note(&text, &place);
        assert!(told.iter().any(|told| told.starts_with(code)), "{right} → {wrong}: {told:?}");
    }
}

/// A budget: what it is is said, the sums of its tables are checked, and nothing else is claimed.
#[test]
fn of_a_budget_the_sums_are_checked() {
    let tables = "支出预算总表\n\n单位：元\n\n类\t款\t项\t功能分类科目名称\t合计\t基本支出\t项目支出\n\
        205\t\t\t教育支出\t9,000\t6,000\t3,000\n205\t02\t\t普通教育\t9,000\t6,000\t3,000\n\
        205\t02\t01\t学前教育\t4,000\t3,000\t1,000\n205\t02\t02\t小学教育\t5,000\t3,000\t2,000\n\
        合计\t\t\t\t9,000\t6,000\t3,000\n";
    let budget = format!("云屏县教育局2025年单位预算\n\n一、单位预算表\n\n{tables}");
    let told = |text: &str| {
        let findings = run(text, &base()).findings;
        let told = findings.into_iter().filter(|f| f.severity != Severity::Note);
        told.map(|f| (f.code, f.stated, f.expected)).collect::<Vec<_>>()
    };
    let is_budget = ("RDG006".to_owned(), String::new(), String::new());
    assert_eq!(told(&budget), std::slice::from_ref(&is_budget));
    let checked = run(&budget, &base());
    assert!(checked.not_checked.iter().any(|n| n.code == "DOC001" && n.why.contains("预算")));
    assert_eq!(checked.coverage.figures_unrelated, 0);
    let wrong = budget.replace("学前教育\t4,000", "学前教育\t4,500");
    let sum = ("TAB111".to_owned(), "4,500".to_owned(), "4,000".to_owned());
    assert_eq!(told(&wrong), [is_budget, sum]);
}

/// What is known of the accounts of one unit is checked like a department's.
#[test]
fn a_single_unit_is_no_budget_and_no_stranger() {
    let accounts = juesuan_read::bind(&juesuan_read::parse(OF_A_UNIT), &base());
    assert!(!accounts.identity.is_budget);
    let department = accounts.identity.department.map(|field| field.text.to_string());
    assert_eq!(department.as_deref(), Some("青禾省云屏县档案服务中心"));
}

const PLANTED: [Planted; 36] = [
    (TWELVE, "比上年增加34.33万元，增长4.17%", "比上年增加34.33万元，增长4.71%", "TXT003"),
    (TWELVE, "841.29万元，占收入合计的99.23%", "841.29万元，占收入合计的92.93%", "TXT002"),
    (TWELVE, "占本年财政拨款支出10.71%", "占本年财政拨款支出11.07%", "TXT002"),
    (TWELVE, "（类）2024年度决算30.95万元", "（类）2024年度决算39.05万元", "TXT001"),
    (TWELVE, "1.23万元，下降3.82%。其中", "1.23万元，下降8.32%。其中", "TXT003"),
    (TWELVE, "增加1.46万元，增长2.05%。主要", "减少1.46万元，增长2.05%。主要", "TXT004"),
    (TWELVE, "年初预算数4.20万元减少0.94", "年初预算数4.20万元减少0.49", "TXT006"),
    (TWELVE, "2024年度决算数0.86万元", "2024年度决算数0.68万元", "TXT001"),
    (TWELVE, "安排基本支出709.39万元", "安排基本支出790.39万元", "TXT001"),
    (EIGHT, "支出总计704.39万元。与", "支出总计740.39万元。与", "TXT001"),
    (EIGHT, "其中：基本支出588.77万元，占88.92%", "其中：基本支出588.77万元，占89.92%", "TXT002"),
    (EIGHT, "年初预算为69.70万元", "年初预算为67.90万元", "TXT"),
    (EIGHT, "完成预算的77.59%", "完成预算的75.79%", "TXT005"),
    (EIGHT, "完成年初预算的102.05%", "完成年初预算的105.02%", "TXT005"),
    (ONE_DECIMAL, "增加35.6万元，增长4.17%", "增加35.6万元，增长4.71%", "TXT003"),
    (ONE_DECIMAL, "872.7万元，占99.23%", "872.7万元，占99.32%", "TXT002"),
    (
        ONE_DECIMAL,
        "支出预算为4.4万元，支出决算为3.4万元",
        "支出预算为4.4万元，支出决算为4.3万元",
        "TXT001",
    ),
    (ONE_DECIMAL, "下降2.91%", "下降9.21%", "TXT003"),
    (ONE_DECIMAL, "支出决算66.7万元", "支出决算67.6万元", "TXT001"),
    (SPLIT, "支出103.38万元，占10.71%", "支出103.38万元，占11.07%", "TXT002"),
    (SPLIT, "年初预算为78.54万元", "年初预算为75.84万元", "TXT"),
    (SPLIT, "人员经费771.65万元", "人员经费717.65万元", "TXT001"),
    (SPLIT, "其中基本支出0.00万元", "其中基本支出5.00万元", "TXT001"),
    (
        SPLIT,
        "| 201 | 03 | 02 | 一般行政管理事务 | 113.25 |  | 113.25 |  |",
        "| 201 | 03 | 02 | 一般行政管理事务 | 131.25 |  | 113.25 |  |",
        "TAB",
    ),
    (IN_YUAN, "60926.51元，占总收入的0.77%", "60926.51元，占总收入的0.71%", "TXT002"),
    (IN_YUAN, "收入合计增加317863.93元，增长4.17%", "收入合计增加317863.93元，增长4.71%", "TXT003"),
    (IN_YUAN, "支出290103.94元，占一般", "支出290130.94元，占一般", "TXT001"),
    (IN_YUAN, "项目支出1308514.07元", "项目支出1305814.07元", "TXT001"),
    (IN_YUAN, "减少20150.74元，下降2.91%", "减少20150.74元，下降2.19%", "TXT003"),
    (IN_YUAN, "30227\t委托业务费\t552,400.40", "30227\t委托业务费\t525,400.40", "TAB111"),
    (OF_A_UNIT, "总计均为1253.05万元", "总计均为1235.05万元", "TXT001"),
    (OF_A_UNIT, "9.49万元，占0.77%", "9.49万元，占0.71%", "TXT002"),
    (OF_A_UNIT, "支出决算为106.03万元", "支出决算为103.06万元", "TXT001"),
    (OF_A_UNIT, "3.50万元，完成预算79.91%", "3.50万元，完成预算71.99%", "TXT005"),
    (
        OF_A_UNIT,
        "| 210 | 卫生健康支出 | 45.18 | 45.18 |  |  |  |\n| 21011 | 行政事业单位医疗 | 45.18 | 45.18 |  |  |  |\n| 2101101 | 行政单位医疗 | 45.18 | 45.18 |  |  |  |\n| 212",
        "| 210 | 卫生健康支出 | 48.15 | 45.18 |  |  |  |\n| 21011 | 行政事业单位医疗 | 45.18 | 45.18 |  |  |  |\n| 2101101 | 行政单位医疗 | 45.18 | 45.18 |  |  |  |\n| 212",
        "TAB111",
    ),
    (OF_A_UNIT, "共计支出1.25万元", "共计支出1.52万元", "TXT001"),
];
