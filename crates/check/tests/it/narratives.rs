//! The narrative as different places word it, in a disclosure with the same tables: a clean one
//! has nothing above a note, and a planted fault is found.

use crate::{Planted, above_note, base, finds_all, run};

/// The disclosure whose narrative is replaced.
const TABLES: &str = include_str!("disclosures/three_public_seventh.md");

/// Every kind of income and expenditure with its share, items without initial budgets.
const LISTED: &str = include_str!("narratives/all_kinds_listed.md");
/// Every item of income and expenditure against last year, items named without their class.
const LAST_YEAR: &str = include_str!("narratives/each_against_last_year.md");
/// 财政拨款支出 for the general budget, 三公 items with budget and actual.
const BUDGETED: &str = include_str!("narratives/budget_then_actual.md");
/// Shares and changes of 三公 in one sentence, the budget's year before the budget.
const SHARES: &str = include_str!("narratives/shares_then_changes.md");
/// Names in quotation marks with the amount behind them, then the use, then budget and actual.
const QUOTED: &str = include_str!("narratives/names_in_quotation_marks.md");

fn with(narrative: &str) -> String {
    let (before, rest) = TABLES.split_once("## 第三部分 2024").unwrap();
    let (_, after) = rest.split_once("## 第四部分").unwrap();
    format!("{before}{narrative}## 第四部分{after}")
}

#[test]
fn a_clean_one_has_nothing_above_a_note() {
    let scheme = base();
    for narrative in [LISTED, LAST_YEAR, BUDGETED, SHARES, QUOTED] {
        assert_eq!(above_note(&with(narrative), &scheme), Vec::<String>::new());
    }
}

#[test]
fn a_planted_fault_is_found() {
    finds_all(&PLANTED, with);
}

const PLANTED: [Planted; 38] = [
    (LISTED, "公共预算财政拨款收入320.00万元", "公共预算财政拨款收入302.00万元", "TXT001"),
    (LISTED, "占84.88%", "占84.08%", "TXT002"),
    (LISTED, "（项）：支出决算为255.00万元", "（项）：支出决算为252.00万元", "TXT001"),
    (LISTED, "决算为3.00万元，完成预算66.67%", "决算为3.00万元，完成预算67.66%", "TXT005"),
    (LISTED, "减少0.40万元，下降28.57%", "减少0.40万元，下降82.57%", "TXT003"),
    (LISTED, "96人次，共计支出1.00万元", "96人次，共计支出1.10万元", "TXT001"),
    (LAST_YEAR, "总收入387.00万元", "总收入378.00万元", "TXT001"),
    (LAST_YEAR, "增加21.00万元，增长5.90%", "增加21.00万元，增长9.50%", "TXT003"),
    (LAST_YEAR, "增加12.00万元，增长42.86%", "增加12.00万元，增长48.26%", "TXT003"),
    (LAST_YEAR, "3.事业收入12.00万元", "3.事业收入21.00万元", "TXT001"),
    (LAST_YEAR, "减少2.00万元，下降4.00%", "减少2.00万元，增长4.00%", "TXT004"),
    (LAST_YEAR, "完成年初预算的101.09%", "完成年初预算的110.09%", "TXT005"),
    (LAST_YEAR, "减少1.50万元，下降33.33%", "减少1.20万元，下降33.33%", "TXT001"),
    (
        LAST_YEAR,
        "（项）年初预算250.00万元，支出决算255.00",
        "（项）年初预算250.00万元，支出决算225.00",
        "TXT001",
    ),
    (BUDGETED, "相比，增加22.00万元，增长6.03%", "相比，增加22.00万元，增长6.30%", "TXT003"),
    (BUDGETED, "收入合计377.00万元", "收入合计337.00万元", "TXT001"),
    (
        BUDGETED,
        "财政拨款支出增加5.50万元，增长1.72%",
        "财政拨款支出增加5.50万元，增长1.27%",
        "TXT003",
    ),
    (BUDGETED, "占基本支出的86.82%", "占基本支出的68.82%", "TXT002"),
    (BUDGETED, "减少0.20万元，下降9.09%", "减少0.20万元，下降9.90%", "TXT003"),
    (BUDGETED, "财政拨款收入40.00万元；年初", "财政拨款收入44.00万元；年初", "TXT001"),
    (SHARES, "各增加18.00万元，增长5.14%", "各增加18.00万元，增长5.41%", "TXT003"),
    (SHARES, "占收入合计3.18%", "占收入合计3.81%", "TXT002"),
    (SHARES, "完成年初预算的95.00%，主要用于", "完成年初预算的59.00%，主要用于", "TXT005"),
    (
        SHARES,
        "占66.67%，与2023年度相比，减少0.20万元，下降9.09%",
        "占66.67%，与2023年度相比，减少0.20万元，下降9.90%",
        "TXT003",
    ),
    (QUOTED, "“社会保障和就业支出”48.00", "“社会保障和就业支出”84.00", "TXT001"),
    (QUOTED, "占6.91%", "占6.19%", "TXT002"),
    (QUOTED, "“社会保障和就业支出”", "“社会保障与就业支出”", "DOC016"),
    (QUOTED, "（项）”255.00万元", "（项）”225.00万元", "TXT001"),
    (QUOTED, "支出决算为255.00万元", "支出决算为225.00万元", "TXT001"),
    (QUOTED, "完成年初预算的102.00%", "完成年初预算的120.00%", "TXT005"),
    (QUOTED, "职业年金缴费支出（项）”", "职业年金缴费（项）”", "DOC016"),
    (QUOTED, "的主要原因：人员调离后缴费停止。", "。", "TXT108"),
    (
        QUOTED,
        "96.00%。决算数小于年初预算数的主要原因：1",
        "96.00%。决算数大小于年初预算数的主要原因：1",
        "DOC010",
    ),
    (QUOTED, "相比，增加22.00万元", "相比，减增加22.00万元", "DOC010"),
    (QUOTED, "2024年度收入合计", "2023年度收入合计", "DOC031"),
    (SHARES, "支出总计387.00万元，与2023年度", "支出总计387.00万元，与2022年度", "DOC031"),
    (
        QUOTED,
        "年初预算为25.00万元，支出决算为24.00万元，完成年初预算的96.00%",
        "年初预算为30.00万元，支出决算为24.00万元，完成年初预算的80.00%",
        "TXT132",
    ),
    (
        QUOTED,
        "公务接待费支出预算为1.50万元，支出决算为1.00万元，完成预算的66.67%，决算数小于预算数的主要原因是来馆交流减少，与上年相比减少0.40万元，下降28.57%，下降",
        "公务接待费支出预算为1.50万元，支出决算为1.00万元，完成预算的66.67%，决算数小于预算数的主要原因是来馆交流减少，与上年相比增加1.00万元，增长100.00%，增长",
        "TXT123",
    ),
];

/// What a text states in one wrong way throughout is told once, with every place.
#[test]
fn a_habit_is_one_finding() {
    let text = with(QUOTED);
    let class = "“社会保障和就业支出（类）";
    let habits = [
        (text.replace(class, "“社会保障与就业支出（类）"), "DOC016", text.matches(class).count()),
        // A rate of one decimal, in more places than slips.
        (
            text.replace("完成预算的66.67%", "完成预算的66.7%").replace("96.00%", "96.0%"),
            "DOC022",
            4,
        ),
    ];
    for (wrong, code, at_least) in habits {
        let told = run(&wrong, &base()).findings;
        let told: Vec<_> = told.iter().filter(|finding| finding.code == code).collect();
        let [only] = told[..] else { panic!("{code}: {told:?}") };
        assert!(only.evidence.len() >= at_least, "{code}: {:?}", only.evidence);
    }
}
