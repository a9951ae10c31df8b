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

const INCOME: &str = "收入决算情况说明";
const PROCUREMENT: &str = "政府采购支出情况";
const PERFORMANCE: &str = "预算绩效管理情况";

#[test]
fn a_share_is_of_the_total_it_names() {
    for (text, share) in [
        ("事业收入12.00万元，占收入总计的3.10%。", "share"),
        ("事业收入12.00万元，占本年收入合计的3.18%。", "year_share"),
        ("事业收入12.00万元，占收入合计的3.18%。", "year_share"),
        ("事业收入12.00万元，占3.18%。", "any_share"),
    ] {
        let [found] = &stated(INCOME, &format!("1.{text}"), "income_item")[..] else {
            panic!("{text}")
        };
        assert!(found.contains(&format!(" {share}=3.1")), "{text}: {found}");
    }
}

#[test]
fn a_class_may_be_marked_inside_its_name() {
    for name in ["社会保障和就业支出", "社会保障和就业（类）支出", "社会保障和就业支出（类）"]
    {
        let text = format!("按功能分类：{name}48.00万元，占14.75%。");
        let [found] = &stated(ITEMS, &text, "general_class")[..] else { panic!("{text}") };
        assert!(found.ends_with("amount=48.00 share=14.75"), "{found}");
    }
}

#[test]
fn small_enterprises_have_a_share_of_either_total() {
    let sme = "授予中小企业合同金额24.00万元，占政府采购支出总额的80.00%，其中：授予小微企业合同金额12.00万元，占";
    for (text, slot) in [
        ("政府采购支出总额的40.00%。", "micro_share=40.00"),
        ("授予中小企业合同金额的50.00%。", "micro_sme_share=50.00"),
        ("中小企业采购支出总额的50.00%。", "micro_sme_share=50.00"),
    ] {
        let found = stated(PROCUREMENT, &format!("{sme}{text}"), "procurement_small");
        assert!(found.len() == 1 && found[0].ends_with(slot), "{found:?}");
    }
}

#[test]
fn projects_are_of_two_to_four_kinds_of_funds() {
    let kinds = [
        ("", "general=2 funds=1"),
        ("，国有资本经营预算项目0个", "general=2 funds=1 capital=0"),
        ("，社会保险基金预算项目0个", "general=2 funds=1 other=0"),
        (
            "，国有资本经营预算项目0个，财政专户管理资金项目4个",
            "general=2 funds=1 capital=0 other=4",
        ),
    ];
    for (more, slots) in kinds {
        let text = format!(
            "共涉及项目3个（其中：一般公共预算项目2个，政府性基金预算项目1个{more}），涉及资金98.00万元。"
        );
        let found = stated(PERFORMANCE, &text, "project_scope");
        assert_eq!(found, [format!("projects=3 {slots} amount=98.00")], "{text}");
    }
}

/// The codes that a text in a section breaks.
fn broken(section: &str, text: &str) -> Vec<String> {
    let scheme = load(&embedded(), BASE).unwrap();
    let checked = crate::run(&format!("一、{section}\n\n{text}"), &scheme);
    checked.findings.into_iter().map(|finding| finding.code).collect()
}

#[test]
fn kinds_of_funds_add_up_whichever_are_named() {
    for (more, projects, is_broken) in [
        ("", 3, false),
        ("", 4, true),
        ("，国有资本经营预算项目1个", 4, false),
        ("，国有资本经营预算项目1个", 3, true),
        ("，社会保险基金预算项目1个", 4, false),
        ("，国有资本经营预算项目1个，财政专户管理资金项目1个", 5, false),
        ("，国有资本经营预算项目1个，财政专户管理资金项目1个", 4, true),
    ] {
        let text = format!(
            "共涉及项目{projects}个（其中：一般公共预算项目2个，政府性基金预算项目1个{more}），涉及资金98.00万元。"
        );
        assert_eq!(broken(PERFORMANCE, &text).contains(&"TXT006".to_owned()), is_broken, "{text}");
    }
}

#[test]
fn shares_of_goods_works_and_services_make_up_the_contracts() {
    let head = "政府采购支出总额30.00万元，其中：政府采购货物支出20.00万元、政府采购工程支出0.00万元、政府采购服务支出10.00万元。\
        授予中小企业合同金额24.00万元，占政府采购支出总额的80.00%。";
    for (goods, services, is_broken) in
        [("75.00", "90.00", false), ("57.00", "90.00", true), ("75.00", "9.00", true)]
    {
        let text = format!(
            "{head}货物采购授予中小企业合同金额占货物支出金额的{goods}%；工程采购授予中小企业合同金额占工程支出金额的0.00%；\
            服务采购授予中小企业合同金额占服务支出金额的{services}%。"
        );
        assert_eq!(broken(PROCUREMENT, &text).contains(&"TXT002".to_owned()), is_broken, "{text}");
    }
}

/// Text as a list without full stops has it: what stands behind a semicolon is another's.
#[test]
fn words_up_to_what_follows_stay_before_a_semicolon() {
    let text = "1.公务接待费支出决算为1.00万元，完成预算的50.00%，决算数小于预算数的主要原因是来客减少；\
        公务用车运行维护费支出决算为2.00万元，与上年相比，减少0.20万元，下降9.09%。";
    let found = stated(THREE, text, "three_item_change");
    assert!(found.iter().all(|change| !change.contains("公务接待费")), "{found:?}");
    let text = "1.公务接待费支出决算为1.00万元，完成预算的50.00%，决算数小于预算数的主要原因是来客减少，\
        与上年相比，减少0.40万元，下降28.57%。";
    assert_eq!(stated(THREE, text, "three_item_change").len(), 1);
}

#[test]
fn a_longer_name_is_another_name() {
    let text = "本年收入合计10.00万元，其中：一般公共预算财政拨款收入8.00万元，占80.00%。";
    assert!(stated(OVERALL, text, "income_fiscal").is_empty());
    let text = "本年收入合计10.00万元，其中：财政拨款收入8.00万元，占80.00%。";
    assert_eq!(stated(OVERALL, text, "income_fiscal"), ["amount=8.00 any_share=80.00"]);
}

#[test]
fn a_change_is_of_what_stands_before_it() {
    let text = "2024年度收、支总计50.00万元。与上年相比，增加10.00万元，增长25.00%。";
    assert_eq!(stated(OVERALL, text, "income_change").len(), 1);
    let text = "年末结转和结余5.00万元，与上年相比，增加1.00万元，增长25.00%。";
    assert!(stated(OVERALL, text, "income_change").is_empty());
}

/// In a passage on the whole a change of a part is not the whole's.
#[test]
fn a_passage_on_all_of_it_tells_no_change_of_an_item() {
    let text = "（一）“三公”经费支出决算为3.00万元，低于预算。其中接待一项比上年减少0.40万元，下降28.57%。";
    assert!(stated(THREE, text, "three_item_change").is_empty());
}

#[test]
fn projects_are_followed_from_goal_to_evaluation() {
    let text = "编报绩效目标的2024年度项目3个，涉及预算金额98.00万元；绩效跟踪的2024年度项目3个，涉及\
        预算金额98.00万元；绩效自评的2024年度项目2个，涉及预算金额60.00万元。发现问题4个，已完成整改的\
        3个，正在整改的1个。";
    assert_eq!(stated(PERFORMANCE, text, "managed_projects").len(), 1);
    let problems = stated(PERFORMANCE, text, "found_problems");
    assert_eq!(problems, ["found=4 done=3 doing=1"]);
    let breaks = |right: &str, wrong: &str| {
        let codes = broken(PERFORMANCE, &text.replacen(right, wrong, 1));
        codes.into_iter().filter(|code| code.starts_with("TXT00")).collect::<Vec<_>>()
    };
    assert_eq!(breaks("4个", "4个"), Vec::<String>::new());
    assert_eq!(breaks("发现问题4个", "发现问题5个"), ["TXT006"]);
    assert_eq!(breaks("自评的2024年度项目2个", "自评的2024年度项目4个"), ["TXT008"]);
    assert_eq!(breaks("60.00", "600.00"), ["TXT008"]);
}
