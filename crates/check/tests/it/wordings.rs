//! Wordings in use are met by the sentences of the scheme, and only where they are meant.

use juesuan_model::Statement;
use juesuan_scheme::{BASE, embedded, load};

/// What is stated in a section by a sentence: `slot=value …` of every place that it matches.
fn stated(section: &str, text: &str, sentence: &str) -> Vec<String> {
    let scheme = load(&embedded(), BASE).unwrap();
    let document = juesuan_read::parse(&format!("一、{section}\n\n{text}"));
    let accounts = juesuan_read::bind(&document, &scheme);
    let shown = |statement: &Statement| {
        let slots = statement.slots.iter().map(|(name, id)| {
            let fact = accounts.facts.get(*id).unwrap();
            format!("{name}={}", fact.printed)
        });
        slots.collect::<Vec<_>>().join(" ")
    };
    accounts.statements.iter().filter(|s| *s.sentence == *sentence).map(shown).collect()
}

const OVERALL: &str = "收入支出决算总体情况说明";
const FISCAL: &str = "财政拨款收入支出决算总体情况说明";
const ITEMS: &str = "一般公共预算财政拨款支出决算情况说明";
const THREE: &str = "财政拨款“三公”经费支出决算情况说明";

#[test]
fn changes_are_met_in_the_wordings_in_use() {
    let change = "direction=增加 change=162.26 word=增长 rate=4.98";
    for text in [
        "与上年相比，收入总计增加162.26万元，增长4.98%。",
        "与上年相比，收、支总计各增加162.26万元，增长4.98%。",
        "较上年决算数，收入总计增加162.26万元，增长4.98%。",
        "与上年相比，今年收入总计增加162.26万元，增长4.98%。",
    ] {
        assert_eq!(stated(OVERALL, text, "income_change"), [change], "{text}");
    }
    let text = "1.公务接待费1.86万元，完成预算的62.00%。与2023年度相比，减少0.24万元，下降11.43%。";
    let change = "item=公务接待费 year=23 direction=减少 change=0.24 word=下降 rate=11.43";
    assert_eq!(stated(THREE, text, "three_item_change"), [change]);
}

#[test]
fn totals_of_fiscal_funds_are_not_those_of_the_department() {
    let text = "2024年度财政拨款收、支总计均为3392.94万元。";
    assert_eq!(stated(FISCAL, text, "fiscal_balance"), ["amount=3392.94"]);
    assert!(stated(FISCAL, text, "income_total").is_empty());
    let text = "2024年度收、支总计均为3418.44万元。";
    assert_eq!(stated(OVERALL, text, "income_total"), ["amount=3418.44"]);
    let funds = "政府性基金预算财政拨款收入支出决算情况说明";
    let text = "年初结转和结余60.00万元，本年收入480.00万元，本年支出505.00万元，年末结转和结余35.00万元。";
    assert_eq!(stated(funds, text, "funds_flow").len(), 1);
    assert!(stated(funds, text, "closing").is_empty());
}

#[test]
fn an_item_may_go_on_behind_its_name() {
    let text = "1.卫生健康支出（类）行政事业单位医疗（款）行政单位医疗（项）。年初预算为40.10万元，\
        支出决算为38.75万元，完成年初预算的96.63%。决算数小于年初预算数的主要原因是2名人员调出。";
    let [found] = &stated(ITEMS, text, "item_completion")[..] else { panic!("not one") };
    assert!(found.ends_with("budget=40.10 amount=38.75 completion=96.63"), "{found}");
    let [found] = &stated(ITEMS, text, "item_reason")[..] else { panic!("not one") };
    assert!(found.ends_with("reason=2名人员调出"), "{found}");
    let text =
        "1.社会保障和就业支出（类）抚恤（款）死亡抚恤（项）。无年初预算，支出决算为12.60万元。";
    assert_eq!(stated(ITEMS, text, "item_no_budget").len(), 1);
    let [found] = &stated(ITEMS, text, "item")[..] else { panic!("not one") };
    assert!(found.ends_with("amount=12.60"), "{found}");
}
