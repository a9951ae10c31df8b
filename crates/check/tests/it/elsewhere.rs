//! Disclosures as other places print them: other numbers of forms, other layouts, other units,
//! other wordings. A clean one has nothing above a note, and a planted fault is found.

use juesuan_model::{FactId, FormFound, TextField, Value};

use crate::{Planted, above_note, base, finds_all, run};

/// Pipe tables, 三公 across twelve columns as table 07, shares of the year's income.
const SEVENTH: &str = include_str!("disclosures/three_public_seventh.md");
/// HTML tables in 元, the narrative in 万元; self-evaluations with the weight before the target.
const YUAN: &str = include_str!("disclosures/tables_in_yuan.md");
/// Text with tabs and a contents page; self-evaluations with 指标性质 and adjusted budgets.
const TABS: &str = include_str!("disclosures/tabs_and_properties.md");

/// No numbers above the forms, budget and actual side by side for each item of 三公, a form that
/// is blank altogether, a name and a title over two lines, the use of an item before its budget.
const PAIRED: &str = include_str!("disclosures/paired_budgets.md");

/// Rates of completion of every item without any budget, counts that are broken down, tables 07 to
/// 09 in another order, no self-evaluation forms.
const RATES: &str = include_str!("disclosures/completion_without_budgets.md");

/// A list of the tables in the part of the tables, meetings and training beside 三公, points of
/// procurement in another order.
const LIST: &str = include_str!("disclosures/list_of_tables.md");

/// Summaries of projects that are not numbered, 缴费 and 缴存 in otherwise equal reasons.
const UNNUMBERED: &str = include_str!("disclosures/unnumbered_summaries.md");

/// The weights of indicators in brackets behind their names, 项目绩效自评得分 without a name.
const POINTS: &str = include_str!("disclosures/points_behind_names.md");

const ALL: [&str; 4] = [SEVENTH, YUAN, TABS, PAIRED];

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
    for text in ALL.into_iter().chain([RATES, LIST, UNNUMBERED, POINTS]) {
        assert_eq!(above_note(text, &scheme), Vec::<String>::new());
    }
}

#[test]
fn a_planted_fault_is_found() {
    finds_all(&PLANTED, str::to_owned);
}

/// A PDF's text has the tables set with blanks: that is told, and no rule takes them for prose.
#[test]
fn tables_set_with_blanks_are_told_and_nothing_is_made_of_them() {
    let text = "第二部分 决算表\n\n收入支出决算总表\n\n    项目        决算数          项目        决算数\n\
        一、财政拨款收入   10.00   一、教育支出    8.00\n三、事业收入    2.00   四、科技支出   4.00\n\
        本年收入合计     12.00   本年支出合计    12.00\n";
    let checked = run(text, &base());
    let told = |code: &str| checked.findings.iter().filter(|f| *f.code == *code).count();
    assert_eq!((told("RDG002"), told("DOC009"), told("DOC011")), (1, 0, 0), "{text}");
    let tabs = text.replace("    ", "\t").replace("   ", "\t");
    assert!(run(&tabs, &base()).findings.iter().all(|f| &*f.code != "RDG002"));
}

/// How often a rule speaks of a text.
fn told(code: &str, text: &str) -> usize {
    run(text, &base()).findings.iter().filter(|finding| *finding.code == *code).count()
}

#[test]
fn words_in_lines_of_their_own_are_not_doubled() {
    let lines = "第一部分 概况\n\n一、表头\n\n预算数\n决算数\n预算数\n决算数\n";
    assert_eq!(told("DOC011", lines), 0);
    let heading = "第一部分 概况\n\n一、绩效自评情况\n\n绩效自评情况见附表。\n";
    assert_eq!(told("DOC011", heading), 0, "a paragraph may begin with the words of its heading");
    assert_eq!(
        told("DOC011", "第一部分 概况\n\n一、职责\n\n按照年初预算数\n年初预算数制订规划。"),
        1
    );
}

#[test]
fn a_part_whose_title_is_missing_is_told_once() {
    let text = "目录\n\n第一部分 概况\n\n第二部分 决算表\n\n第三部分 说明\n\n第一部分 概况\n\n\
        制订规划。\n\n第三部分 说明\n\n收支平衡。";
    assert_eq!((told("DOC003", text), told("DOC009", text)), (1, 0));
    let unlisted = text.replace("第二部分 决算表\n\n", "");
    assert_eq!(told("DOC009", &unlisted), 2, "in the contents and in the body");
}

#[test]
fn figures_without_unit_are_money_or_rates() {
    let of = |words: &str| told("TXT131", &format!("第二部分 说明\n\n一、情况\n\n{words}"));
    assert_eq!(of("公务接待支出0.39万（含外宾接待），增长13.95。"), 2);
    assert_eq!(of("累计浏览12.35万，分别增长5.12、6.33个百分点，增长2.5倍。"), 0);
}

#[test]
fn another_places_or_another_number_is_another_department() {
    let of = |other: &str| {
        told(
            "DOC030",
            &format!(
                "青禾省临溪市第一人民医院2024年度部门决算\n\n第一部分 概况\n\n一、职责\n\n{other}。"
            ),
        )
    };
    assert_eq!(of("青禾省临溪市第一人们医院负责诊疗"), 1);
    let twice = "青禾省临溪市第一人们医院负责诊疗。\n\n青禾省临溪市第一人们医院没有下属单位";
    assert_eq!(of(twice), 1, "one slip, however often it was copied");
    assert_eq!(of("青禾省临溪市第二人民医院、青禾省临江市第一人民医院参加"), 0);
}

/// A form of expenditure with two items, as all of it and as the general budget shows it.
const TWO_ITEMS: &str = "支出决算表\n\n科目编码\t科目名称\t本年支出合计\t基本支出\t项目支出\n\
    合计\t\t9.00\t4.00\t5.00\n208\t社会保障和就业支出\t4.00\t4.00\t\n\
    20805\t行政事业单位养老支出\t4.00\t4.00\t\n2080506\t机关事业单位职业年金缴费支出\t3.00\t3.00\t\n\
    2080599\t其他行政事业单位养老支出\t1.00\t1.00\t\n212\t城乡社区支出\t5.00\t\t5.00\n\
    21201\t城乡社区管理事务\t5.00\t\t5.00\n2120101\t行政运行\t5.00\t\t5.00\n\n";

#[test]
fn what_two_forms_show_is_told_of_the_first() {
    let general = TWO_ITEMS.replace("支出决算表", "一般公共预算财政拨款支出决算表");
    let general = general.replace("本年支出合计", "小计");
    assert_eq!(told("TAB104", &format!("第二部分 决算表\n\n{TWO_ITEMS}{general}")), 1);
    assert_eq!(told("TAB104", &format!("第二部分 决算表\n\n{general}")), 1);
}

/// The forms of two items, each under its title.
fn three_forms() -> String {
    let general = TWO_ITEMS.replace("支出决算表", "一般公共预算财政拨款支出决算表");
    let income =
        TWO_ITEMS.replace("支出决算表", "收入决算表").replace("本年支出合计", "本年收入合计");
    let income = income.replace("基本支出", "财政拨款收入").replace("项目支出", "其他收入");
    format!("第二部分 决算表\n\n{income}{TWO_ITEMS}{}", general.replace("本年支出合计", "小计"))
}

/// A code mistyped in one form is one fault, not one for each rule that misses the right code.
#[test]
fn a_mistyped_code_is_told_once() {
    let tables = |text: &str| {
        let told = above_note(text, &base()).into_iter();
        told.filter(|told| told.starts_with("TAB103") || told.starts_with("XTB"))
            .collect::<Vec<_>>()
    };
    let right = three_forms();
    let before = tables(&right);
    let at = right.rfind("2080506").unwrap();
    let wrong = format!("{}2080560{}", &right[..at], &right[at + 7..]);
    let told = tables(&wrong);
    let new: Vec<_> = told.iter().filter(|told| !before.contains(told)).collect();
    assert_eq!(new.len(), 1, "{told:?}");
    assert!(new[0].contains("写作 2080560，同名的科目在其他各表都是 2080506"), "{new:?}");
    assert!(before.iter().all(|told_before| told.contains(told_before)));
}

/// Web pages and converters cut a form where the page ends and print its heads again.
#[test]
fn a_form_goes_on_below_its_repeated_head() {
    let whole = TWO_ITEMS.trim_end();
    let (head, _) = whole.split_once("合计\t\t").unwrap();
    let head = head.split_once("\n\n").unwrap().1;
    let cut = whole.replace("212\t城乡", &format!("\n{head}212\t城乡"));
    let of = |text: &str| {
        let text = format!("第二部分 决算表\n\n{text}");
        let accounts = juesuan_read::bind(&juesuan_read::parse(&text), &base());
        let forms = accounts.forms.iter().map(|form| (form.form.to_string(), form.rows.len()));
        forms.collect::<Vec<_>>()
    };
    assert_ne!(cut, whole);
    assert_eq!(of(&cut), of(whole));
}

/// The third paragraph's name resembles the first one's item most, which is told already.
#[test]
fn an_item_that_is_named_is_not_guessed_again() {
    let general = TWO_ITEMS.replace("支出决算表", "一般公共预算财政拨款支出决算表");
    let text = "社会保障和就业支出（类）行政事业单位养老支出（款）";
    let text = format!(
        "第二部分 决算表\n\n{}第三部分 说明\n\n一、一般公共预算财政拨款支出\n\n\
        1.{text}机关事业单位职业年金缴费支出（项）3.00万元。\n\n2.{text}机关事业单位退休人员活动费支出（项）1.00万元。\n\n\
        3.城乡社区支出（类）城乡社区管理事务（款）行政运行（项）5.00万元。",
        general.replace("本年支出合计", "小计"),
    );
    assert_eq!((told("TXT101", &text), told("TXT001", &text), told("DOC016", &text)), (0, 0, 1));
}

/// Two forms of one table under one title, each label with its value in one cell, goal and result
/// in one row, amounts in 元.
const TWO_PROJECTS: &str = "项目支出绩效自评表\n\n\
    项目名称：市政设施维护项目\t金额单位：元\n\
    主管部门\t甲局\t实施单位\t甲站\n\
    项目资金\t年初预算数\t全年预算数\t全年执行数\t分值\t执行率\t得分\n\
    年度资金总额\t326,000.00\t300,000.00\t279,000.00\t10\t93.00%\t9.30\n\
    年度总体目标\t预期目标\t维修路灯320盏\t实际完成情况\t全年维修路灯326盏\n\
    一级指标\t二级指标\t三级指标\t指标性质\t指标值\t度量单位\t实际完成值\t分值\t得分\n\
    产出指标\t数量指标\t维修路灯数量\t≥\t320\t盏\t326\t90\t90\n\
    总分\t100\t总得分\t99.30\t自评等级\t优\n\
    项目名称：道路保洁项目\t金额单位：元\n\
    主管部门\t甲局\t实施单位\t甲站\n\
    项目资金\t年初预算数\t全年预算数\t全年执行数\t分值\t执行率\t得分\n\
    年度资金总额\t415,000.00\t420,000.00\t420,000.00\t10\t100.00%\t10\n\
    年度总体目标\t预期目标\t清扫道路86条\t实际完成情况\t清扫道路86条，垃圾日产日清\n\
    一级指标\t二级指标\t三级指标\t指标性质\t指标值\t度量单位\t实际完成值\t分值\t得分\n\
    产出指标\t数量指标\t清扫道路数量\t≥\t86\t条\t86\t90\t90\n\
    总分\t100\t总得分\t100\t自评等级\t优\n";

#[test]
fn forms_that_follow_in_one_table_are_told_apart() {
    let accounts = juesuan_read::bind(&juesuan_read::parse(TWO_PROJECTS), &base());
    let text = |field: &Option<TextField>| field.as_ref().map_or("", |f| &*f.text).to_owned();
    let printed = |id: Option<FactId>| match accounts.facts.get(id?)?.value {
        Value::Number(number) => Some(number),
        _ => None,
    };
    let shown: Vec<String> = accounts
        .evaluations
        .iter()
        .map(|form| {
            let [budget, total] = [form.budget, form.total].map(printed);
            let [budget, total] = [budget, total].map(|number| number.unwrap().value());
            let (unit, goal) = (text(&form.unit), text(&form.goal));
            format!("{} {unit} {goal} {budget} {total}", form.name.text)
        })
        .collect();
    assert_eq!(
        shown,
        [
            "市政设施维护项目 甲站 维修路灯320盏 300000.00 99.30",
            "道路保洁项目 甲站 清扫道路86条 420000.00 100"
        ]
    );
    assert_eq!(above_note(TWO_PROJECTS, &base()), Vec::<String>::new());
}

const PLANTED: [Planted; 58] = [
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
    (
        RATES,
        "收、支总计各增加128.99万元，增长7.31%",
        "收、支总计各增加128.99万元，增长7.13%",
        "TXT003",
    ),
    (RATES, "1754.84万元，占95.49%", "1754.84万元，占94.59%", "TXT002"),
    (RATES, "126.35万元，完成预算98.71%", "126.35万元，完成预算89.71%", "TXT104"),
    (RATES, "443.86万元，完成预算99.03%", "443.86万元，完成预算90.33%", "TXT104"),
    (RATES, "较上年度减少0.49万元，下降5.69%", "较上年度减少0.49万元，下降6.59%", "TXT003"),
    (RATES, "在职人员64人", "在职人员46人", "TXT133"),
    (RATES, "其他事业单位3个", "其他事业单位4个", "TXT133"),
    (RATES, "减少0.18万元，下降12.33%", "减少0.18万元，下降21.33%", "TXT003"),
    (RATES, "6.84万元，占84.24%", "6.84万元，占82.44%", "TXT002"),
    (RATES, "2024年度本年支出合计", "2023年度本年支出合计", "DOC031"),
    (RATES, "执法执勤用车2辆", "执法执勤用车3辆", "TXT118"),
    (RATES, "预算单位共5个", "预算单位共6个", "TXT134"),
    (LIST, "政府采购服务支出60.00万元", "政府采购服务支出66.00万元", "TXT006"),
    (LIST, "决算数较预算数减少0.67万元", "决算数较预算数减少0.76万元", "TXT001"),
    (LIST, "决算数较预算数减少0.40万元", "决算数较预算数增加0.40万元", "TXT004"),
    (LIST, "完成预算的60.00%", "完成预算的66.00%", "TXT005"),
    (LIST, "缴存基数上调", "缴存基数下调", "TXT107"),
    (LIST, "完成年初预算的118.74%", "完成年初预算的108.74%", "TXT005"),
    (UNNUMBERED, "自评得分为99.44分", "自评得分为94.94分", "PRF101"),
    (UNNUMBERED, "执行数为15.00万元", "执行数为16.00万元", "PRF103"),
    (UNNUMBERED, "科普活动项目绩效自评得分", "科技特派员服务项目绩效自评得分", "PRF113"),
    (POINTS, "保护沿河人口（30分）", "保护沿河人口（20分）", "PRF006"),
    (POINTS, "项目绩效自评得分99.59分", "项目绩效自评得分95.99分", "PRF101"),
    (POINTS, "完成全年预算的81.50%", "完成全年预算的85.10%", "TXT005"),
    (POINTS, "较上年减少1.06万元，下降9.78%", "较上年减少1.06万元，下降7.98%", "TXT003"),
];
