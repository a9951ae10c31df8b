//! Disclosures as other places print them: other numbers of forms, other layouts, other units,
//! other wordings. A clean one has nothing above a note, and a planted fault is found.

use juesuan_check::Checked;
use juesuan_model::{FormFound, Severity};
use juesuan_scheme::{BASE, Scheme, embedded, load};

use crate::run;

/// Pipe tables, 三公 across twelve columns as table 07, shares of the year's income.
const SEVENTH: &str = include_str!("disclosures/three_public_seventh.md");
/// HTML tables in 元, the narrative in 万元; self-evaluations with the weight before the target.
const YUAN: &str = include_str!("disclosures/tables_in_yuan.md");
/// Text with tabs and a contents page; self-evaluations with 指标性质 and adjusted budgets.
const TABS: &str = include_str!("disclosures/tabs_and_properties.md");

/// No numbers above the forms, budget and actual side by side for each item of 三公, a form that
/// is blank altogether, a name and a title over two lines, the use of an item before its budget.
const PAIRED: &str = include_str!("disclosures/paired_budgets.md");

const ALL: [&str; 4] = [SEVENTH, YUAN, TABS, PAIRED];

fn base() -> Scheme {
    load(&embedded(), BASE).unwrap()
}

fn above_note(checked: &Checked) -> Vec<String> {
    let findings = checked.findings.iter().filter(|f| f.severity != Severity::Note);
    findings.map(|f| format!("{} {} {}", f.code, f.subject, f.message)).collect()
}

#[test]
fn all_of_it_is_read() {
    let scheme = base();
    for text in ALL {
        let accounts = juesuan_read::bind(&juesuan_read::parse(text), &scheme);
        assert_eq!(accounts.forms.len(), 9);
        let has_number = |form: &FormFound| form.number.is_some() || text == PAIRED;
        assert!(accounts.forms.iter().all(|form| form.title.is_some() && has_number(form)));
        assert_eq!(accounts.evaluations.len(), 3);
        for form in &accounts.evaluations {
            let [budget, executed, rate] = [form.budget, form.executed, form.rate];
            assert!(budget.and(executed).and(rate).is_some(), "{}", form.name.text);
            assert!(form.execution_score.and(form.total).is_some(), "{}", form.name.text);
            assert!(form.goal.is_some() && form.result.is_some(), "{}", form.name.text);
            assert_eq!(form.indicators.len(), 5, "{}", form.name.text);
            for indicator in &form.indicators {
                let figures = [indicator.target, indicator.actual, indicator.weight];
                assert!(figures.iter().all(Option::is_some), "{}", indicator.name.text);
                assert!(indicator.score.and(indicator.operator.map(|_| ())).is_some());
            }
        }
        let reasons = accounts.evaluations[1].indicators.iter();
        assert!(reasons.filter_map(|i| i.reason.as_ref()).any(|r| r.text.contains("场馆检修")));
        assert_eq!(accounts.glossary.len(), 16);
    }
}

#[test]
fn a_clean_one_has_nothing_above_a_note() {
    let scheme = base();
    for text in ALL {
        assert_eq!(above_note(&run(text, &scheme)), Vec::<String>::new());
    }
}

#[test]
fn a_planted_fault_is_found() {
    let scheme = base();
    let mut faults = Vec::new();
    for (text, right, wrong, code) in PLANTED {
        assert_eq!(text.matches(right).count(), 1, "{right} is not unique");
        let checked = run(&text.replacen(right, wrong, 1), &scheme);
        let is_told = checked.findings.iter().any(|finding| {
            finding.severity != Severity::Note
                && (finding.code.starts_with(code)
                    || finding.consequences.iter().any(|c| c.starts_with(code)))
        });
        if !is_told {
            faults.push(format!("{right} → {wrong}: {code}, told {:?}", above_note(&checked)));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// A fixture, what it states, what is put there, and the rule that must find it.
type Planted = (&'static str, &'static str, &'static str, &'static str);

const PLANTED: [Planted; 33] = [
    (PAIRED, "| 4.50 | 3.00 | 0.00 |", "| 4.50 | 3.50 | 0.00 |", "TAB031"),
    (PAIRED, "| 3.00 | 2.00 | 1.50 | 1.00 |", "| 3.00 | 2.00 | 1.50 | 1.10 |", "TAB031"),
    (
        PAIRED,
        "年初预算为250.00万元，支出决算为255.00",
        "年初预算为250.00万元，支出决算为252.00",
        "TXT001",
    ),
    (PAIRED, "完成年初预算的102.00%", "完成年初预算的98.00%", "TXT005"),
    (
        PAIRED,
        "决算数大于年初预算数的主要原因是年中追加",
        "决算数小于年初预算数的主要原因是年中追加",
        "TXT004",
    ),
    (PAIRED, "基本支出265.50万元。其中", "基本支出256.50万元。其中", "TXT001"),
    (
        PAIRED,
        "公务接待费支出决算减少0.60万元，下降37.50%",
        "公务接待费支出决算减少0.60万元，下降35.70%",
        "TXT003",
    ),
    (PAIRED, "货物采购金额20.00万元", "货物采购金额22.00万元", "TXT006"),
    (
        PAIRED,
        "小微企业预留政府采购项目预算金额12.00",
        "小微企业预留政府采购项目预算金额52.00",
        "TXT008",
    ),
    (PAIRED, "“良”的项目0个", "“良”的项目1个", "TXT006"),
    (PAIRED, "接待支出1.00万元（含", "接待支出1.00万（含", "TXT131"),
    (PAIRED, "下降16.67%，其中", "下降（增长）16.67%，其中", "DOC010"),
    (PAIRED, "即云屏县图书馆和文化馆本级", "即云屏县图书馆与文化馆本级", "DOC030"),
    (SEVENTH, "增加18.00万元，增长5.14%", "增加18.00万元，增长5.41%", "TXT003"),
    // A share of the total income instead of the year's.
    (SEVENTH, "事业收入12.00万元，占3.18%", "事业收入12.00万元，占3.81%", "TXT002"),
    (YUAN, "占本年收入合计的3.18%", "占本年收入合计的3.10%", "TXT002"),
    (TABS, "占收入总计的3.10%", "占收入总计的3.18%", "TXT002"),
    (SEVENTH, "住房保障（类）支出22.50万元", "住房保障（类）支出25.20万元", "TXT001"),
    (SEVENTH, "增加22.00万元，增长6.03%", "增加22.00万元，增长6.30%", "TXT003"),
    (SEVENTH, "占授予中小企业合同金额的50.00%", "占授予中小企业合同金额的40.00%", "TXT002"),
    (YUAN, "占政府采购支出总额的40.00%", "占政府采购支出总额的50.00%", "TXT002"),
    (SEVENTH, "占货物支出金额的75.00%", "占货物支出金额的57.00%", "TXT002"),
    (SEVENTH, "社会保险基金预算项目0个", "社会保险基金预算项目1个", "TXT006"),
    (TABS, "一般公共预算资金60.00万元", "一般公共预算资金50.00万元", "TXT006"),
    (
        SEVENTH,
        "| 4.50 | 0.00 | 3.00 | 0.00 | 3.00 | 1.50 |",
        "| 4.50 | 0.00 | 2.00 | 0.00 | 3.00 | 1.50 |",
        "TAB032",
    ),
    (
        YUAN,
        "<td>2070104</td><td>图书馆</td><td>2,550,000.00</td>",
        "<td>2070104</td><td>图书馆</td><td>2,505,000.00</td>",
        "TAB",
    ),
    (
        TABS,
        "城市建设支出\t\t40.00\t38.00\t\t38.00\t2.00",
        "城市建设支出\t\t40.00\t38.00\t\t38.00\t3.00",
        "TAB",
    ),
    (SEVENTH, "| 16场 | 20 | 16 |", "| 16场 | 20 | 18 |", "PRF012"),
    (YUAN, "<td>16场</td><td>16</td>", "<td>16场</td><td>18</td>", "PRF012"),
    (TABS, "场\t16\t20\t16\t", "场\t16\t20\t18\t", "PRF012"),
    (
        YUAN,
        "<td>80.00%</td><td>分值</td><td>10</td><td>得分</td><td>8</td>",
        "<td>80.00%</td><td>分值</td><td>10</td><td>得分</td><td>10</td>",
        "PRF002",
    ),
    (SEVENTH, "涉及资金98.00万元", "涉及资金89.00万元", "PRF131"),
    (
        TABS,
        "较上年决算数，收入总计增加22.00万元，增长6.03%",
        "较上年决算数，收入总计减少22.00万元，增长6.03%",
        "TXT004",
    ),
];
