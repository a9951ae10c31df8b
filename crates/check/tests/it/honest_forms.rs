//! Self-evaluations as honest people write them in many places: nothing above a note may be told.

use juesuan_model::Severity;

use crate::{above_note, base, run};

/// A project form with its goal, its result and its indicators: level one, level two, name, target,
/// actual value, weight, score, reason.
fn form(goal: &str, result: &str, rows: &[&str]) -> String {
    let head = "项目支出绩效自评表\n\n项目名称\t惠民工程项目\n预算数\t10\t执行数\t10\t执行率\t100%\n\
                预算执行率得分\t10\n年初设定目标\t实际完成情况\n";
    let columns =
        "一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\t偏差原因及改进措施";
    let rows: Vec<String> = rows.iter().map(|row| row.replace(" | ", "\t")).collect();
    format!("{head}{goal}\t{result}\n{columns}\n{}\n", rows.join("\n"))
}

fn is_honest(goal: &str, result: &str, rows: &[&str]) {
    let text = form(goal, result, rows);
    let accounts = juesuan_read::bind(&juesuan_read::parse(&text), &base());
    let [evaluation] = accounts.evaluations.as_slice() else { panic!("one form in {text}") };
    assert_eq!(evaluation.indicators.len(), rows.len(), "{text}");
    assert!(evaluation.goal.is_some() && evaluation.result.is_some(), "{text}");
    let told = above_note(&text, &base());
    // A form alone is no whole disclosure.
    let told: Vec<String> = told.into_iter().filter(|told| !told.starts_with("DOC001")).collect();
    assert!(told.is_empty(), "{goal} / {result} / {rows:?}: {told:#?}");
}

#[test]
fn numbers_of_parts_averages_and_differences_are_no_other_quantities() {
    let rows = [
        "产出指标 | 数量指标 | 维修校舍数量 | ≥15所 | 15所 | 50 | 50 | ",
        "效益指标 | 社会效益指标 | 受益学生人数 | ≥4800人 | 4826人 | 40 | 40 | ",
    ];
    let goal = "全年维修校舍15所（其中小学10所、初中5所），受益学生达到4800人。";
    is_honest(goal, "全县维修校舍15所，受益学生4826人，比年初目标多26人。", &rows);
    is_honest(goal, "全县维修校舍15所，每所平均受益学生321人，受益学生近4830人。", &rows);
    is_honest("较上年450人增加50人，维修校舍15所。", "全县维修校舍15所，学生满意。", &rows);
}

#[test]
fn units_are_brought_together_or_left_open() {
    let rows = [
        "产出指标 | 数量指标 | 补贴性职业技能培训人次 | ≥0.2万人次 | 0.21万人次 | 30 | 30 | ",
        "产出指标 | 时效指标 | 接警出动时间 | ≤1分钟 | 45秒 | 30 | 30 | ",
        "产出指标 | 时效指标 | 审批时限 | ≤1个月 | 20天 | 30 | 30 | ",
    ];
    let goal = "开展补贴性职业技能培训2000人次，接警快速出动。";
    is_honest(goal, "全年开展培训2100人次，接警后均快速出动。", &rows);
}

#[test]
fn ranges_and_numbers_in_names_stand_in_the_goal_too() {
    let rows = [
        "产出指标 | 数量指标 | 组织演出场次 | 4-6次 | 5次 | 50 | 50 | ",
        "效益指标 | 社会效益指标 | 24小时火灾扑灭率 | ≥95% | 98% | 40 | 40 | ",
    ];
    let goal = "组织演出4-6次，24小时火灾扑灭率95%。";
    is_honest(goal, "组织演出5次，24小时火灾扑灭率98%，林区平安。", &rows);
}

#[test]
fn negative_rates_point_down() {
    let rows = [
        "产出指标 | 质量指标 | 食品抽检不合格率 | ≤3% | 1.51% | 50 | 50 | ",
        "效益指标 | 社会效益指标 | 越级上访批次 | ≤30批次 | 12批次 | 40 | 40 | ",
    ];
    let goal = "食品抽检不合格率控制在3%以内，越级上访控制在30批次以内。";
    is_honest(goal, "抽检不合格率1.51%，越级上访12批次，社会面平稳。", &rows);
}

#[test]
fn what_exceeds_its_target_may_be_explained() {
    let rows = [
        "产出指标 | 数量指标 | 外出招商批次 | ≥30批次 | 46批次 | 50 | 50 | 实际批次超过目标值，主要是年中增加专题招商",
        "效益指标 | 经济效益指标 | 签约项目数量 | ≥10个 | 11个 | 40 | 40 | ",
    ];
    is_honest("外出招商30批次，签约项目10个。", "外出招商46批次，签约项目11个。", &rows);
}

#[test]
fn what_is_not_below_its_goal_is_not_missed() {
    let rows = [
        "产出指标 | 数量指标 | 设施巡检次数 | ≥12次 | 14次 | 30 | 30 | ",
        "产出指标 | 时效指标 | 资金拨付率 | ≥95% | 100% | 30 | 30 | ",
        "产出指标 | 时效指标 | 资金拨付及时率 | ≥95% | 90% | 30 | 28.42 | 原因：年末集中支付。改进措施：按进度支付。",
    ];
    let goal = "设施巡检12次，资金及时拨付。";
    is_honest(goal, "设施巡检次数不低于年初目标，资金拨付及时率未达到年初目标。", &rows);
    is_honest(goal, "设施巡检次数14次，不存在未达目标的情况，资金已全部拨付。", &rows);
}

#[test]
fn costs_of_each_piece_are_not_the_cost_of_all() {
    let rows = [
        "产出指标 | 成本指标 | 亩均投资标准 | ≤30元 | 29元 | 50 | 50 | ",
        "产出指标 | 数量指标 | 建设农田面积 | ≥800亩 | 810亩 | 40 | 40 | ",
    ];
    is_honest("建设农田800亩。", "全年建设农田810亩，群众受益。", &rows);
}

#[test]
fn execution_may_be_one_of_the_indicators() {
    let text = form(
        "保洁道路120公里，环境整洁。",
        "保洁道路120公里，城区整洁有序。",
        &[
            "预算执行 | 预算执行 | 预算执行率 | =100% | 100% | 10 | 10 | ",
            "产出指标 | 数量指标 | 保洁道路里程 | ≥120公里 | 120公里 | 90 | 90 | ",
        ],
    );
    let told = above_note(&text.replace("预算执行率得分\t10\n", ""), &base());
    assert!(!told.iter().any(|told| told.contains("PRF006")), "{told:?}");
}

#[test]
fn completion_may_be_printed_above_a_hundred() {
    let text = form(
        "服务残疾人380人。",
        "全年服务残疾人412人，反映良好。",
        &["产出指标 | 数量指标 | 服务残疾人人数 | ≥380人 | 412人 | 108.42% | 90 | 90 | "],
    );
    let told = above_note(&text.replace("实际完成值\t分值", "实际完成值\t完成率\t分值"), &base());
    assert!(!told.iter().any(|told| told.contains("PRF01")), "{told:?}");
    let wrong =
        text.replace("实际完成值\t分值", "实际完成值\t完成率\t分值").replace("108.42", "180.42");
    assert!(above_note(&wrong, &base()).iter().any(|told| told.contains("PRF011")));
}

#[test]
fn what_was_planned_before_is_not_the_budget() {
    let summary = "第二部分 绩效自评情况\n\n（1）惠民工程项目自评综述：项目预算为18万元，年中调减后，\
                   自评得分98.53分，全年预算数为15万元，执行数为12.8万元，完成预算的85.33%。";
    let told = above_note(summary, &base());
    assert!(!told.iter().any(|told| told.contains("PRF110")), "{told:?}");
    let told = above_note(&summary.replace("85.33", "71.11"), &base());
    assert!(told.iter().any(|told| told.contains("PRF110")), "{told:?}");
}

#[test]
fn what_is_secured_by_a_rate_need_not_be_money() {
    let text = form(
        "供水保障率达到95%。",
        "供水保障率为97%。",
        &["产出指标 | 质量指标 | 供水保障率 | ≥95% | 97% | 90 | 90 | "],
    );
    let unpaid = text.replace("执行数\t10\t执行率\t100%", "执行数\t0\t执行率\t0%");
    let unpaid = unpaid.replace("执行率得分\t10", "执行率得分\t0");
    let is_sure = |text: &str| {
        let findings = run(text, &base()).findings;
        findings.iter().any(|f| f.code == "PRF020" && f.severity == Severity::Error)
    };
    assert!(!is_sure(&unpaid));
    assert!(is_sure(&unpaid.replace("供水保障率\t", "供水补贴资金保障率\t")));
}

#[test]
fn a_number_that_another_indicator_has_is_that_ones() {
    let rows = [
        "产出指标 | 数量指标 | 支持项目数量 | ≥20个 | 22个 | 50 | 50 | ",
        "效益指标 | 社会效益指标 | 服务平台用户数量 | ≥1000个 | 1200个 | 40 | 40 | ",
    ];
    let goal = "支持20个乡村电商服务平台项目，服务平台用户达到1000个。";
    is_honest(goal, "支持22个乡村电商服务平台项目，服务平台用户1200个。", &rows);
}

#[test]
fn what_follows_a_list_is_told_of_all_of_it() {
    let summary = "第二部分 绩效自评情况\n\n（1）惠民工程项目自评综述：自评得分100分。全年预算数为10万元，\
                   执行数为10万元，完成预算的100%。向一、二、三等奖的1户、2户、17户奖励企业发放奖金。\n\n";
    let rows = ["产出指标 | 数量指标 | 奖励企业数量 | ≥20户 | 20户 | 90 | 90 | "];
    let text = format!("{summary}{}", form("奖励企业20户。", "奖励企业20户。", &rows));
    let told = above_note(&text, &base());
    assert!(!told.iter().any(|told| told.contains("PRF118")), "{told:?}");
    let wrong = text.replace("1户、2户、17户", "17户");
    assert!(above_note(&wrong, &base()).iter().any(|told| told.contains("PRF118")));
}
