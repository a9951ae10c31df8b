//! What rules accept: their own bad example with the explanation that their page asks for is told no more or less
//! gravely, and an explanation of something else changes nothing.

use juesuan_model::Severity;

use crate::{base, run};

/// How grave a rule tells its bad example with something put in the place of something else.
fn told(code: &str, changes: &[(&str, &str)]) -> Option<Severity> {
    let rule = juesuan_check::coded().find(|rule| rule.code == code).unwrap();
    let mut text = rule.bad.to_owned();
    for (from, to) in changes {
        assert!(text.contains(from), "{code}: {from}");
        text = text.replace(from, to);
    }
    let findings = run(&text, &base()).findings;
    findings.iter().find(|finding| finding.code == code).map(|finding| finding.severity)
}

#[test]
fn work_without_money_may_say_who_did_it() {
    let result = "因审计未完成，未对资金进行拨付";
    let with = |words: &str| told("PRF021", &[(result, words)]);
    assert_eq!(with("帮扶企业30户，由企业自筹资金建成平台"), Some(Severity::Note));
    assert_eq!(with("帮扶企业30户，建成平台"), Some(Severity::Warning), "nobody says how");
    assert_eq!(
        with("项目未实施，由企业自筹资金建成平台"),
        Some(Severity::Error),
        "it was not done"
    );
}

#[test]
fn carried_over_money_may_have_been_given_anew() {
    let beside = "主要是校舍维修（结转）等支出。";
    let with = |words: &str| told("TXT113", &[(beside, &format!("{beside}{words}"))]);
    assert_eq!(with("结转指标由财政收回后重新下达。"), None);
    let plain = told("TXT113", &[]);
    assert!(plain.is_some());
    assert_eq!(with("该项目由学校组织实施。"), plain);
}

#[test]
fn nothing_purchased_may_have_a_reason() {
    let total = "政府采购服务支出0.00万元。";
    let with = |words: &str| told("TXT119", &[(total, &format!("{total}{words}"))]);
    assert_eq!(with("本年项目支出全部为补助，没有需要采购的货物和服务。"), None);
    let plain = told("TXT119", &[]);
    assert!(plain.is_some());
    assert_eq!(with("采购工作按规定进行。"), plain);
}

#[test]
fn a_budget_of_nothing_has_no_percentage() {
    let second =
        "（2）乙项目自评综述：自评得分95分。全年预算数为10万元，执行数为10万元，完成预算的100%。";
    let scored = ("（1）甲项目自评综述：全", "（1）甲项目自评综述：自评得分98分。全");
    let with = |words: &str| told("PRF111", &[scored, (second, words)]);
    let nothing = "（2）乙项目自评综述：自评得分95分。全年预算数为0万元，执行数为0万元。";
    assert_eq!(with(nothing), None);
    let something = "（2）乙项目自评综述：自评得分95分。全年预算数为10万元，执行数为10万元。";
    assert!(with(something).is_some());
}

#[test]
fn projects_of_another_unit_are_not_held_against_this_one() {
    let name = "项目名称\t甲项目\n";
    let unit = |unit: &str| format!("{name}主管部门\t某市水务局\t实施单位\t{unit}\n");
    let other = "部门整体绩效自评表\n部门（单位）名称\t某市堤防站\n部门年初预算支出金额\t20\n年度主要任务\t对应项目\t项目下达金额\t项目执行金额\t项目执行率\t分值\t得分\n年度主要任务\t养护\t20\t20\t100%\t40\t40\n一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\n履职效能\t工作完成情况\t整体工作完成率\t=100%\t90%\t60\t54\n\n项目支出绩效自评表\n";
    let heading = "项目支出绩效自评表\n";
    let of = |who: &str| told("PRF143", &[(heading, other), (name, &unit(who))]);
    assert_eq!(of("某市堤防站"), None, "it has a form of its own");
    assert!(of("某市水务局").is_some());
    assert!(told("PRF143", &[(name, &unit("某市堤防站"))]).is_some(), "there is no other form");
}
