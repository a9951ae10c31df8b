//! Points follow from targets, and each says how.

use juesuan_compile::score;

use crate::department::{Desk, shown, unit, with};

#[test]
fn each_point_says_how_it_came_to_be() {
    let desk = Desk::new();
    let (all, _) = desk.compiled(&[unit("甲站", "001")]);
    let (scored, _) = score(&desk.scheme, &all.ledger);
    let [project] = &scored[..] else { panic!("{scored:?}") };
    let steps: Vec<String> =
        project.steps.iter().map(|s| format!("{:.2} {}：{}", s.points, s.label, s.how)).collect();
    assert_eq!(
        steps,
        [
            "50.00 管护水库数量：目标 ≥4，完成 4，完成程度 100%；50 × 100% = 50",
            "22.50 受益人口：目标 ≥2，完成 1.5，完成程度 75%；30 × 75% = 22.5",
            "10.00 群众满意度：目标 ≥90，完成 92，完成程度 100%；10 × 100% = 10",
            "82.50 指标自评得分小计：各项指标得分之和",
            "8.00 预算执行率得分：10 × 执行率 80% = 8.00",
            "90.50 绩效自评总得分：82.50 + 8.00 - 0.00",
        ],
    );
    assert_eq!(&*project.grade, "优");
}

#[test]
fn a_missed_target_needs_a_reason_and_a_measure() {
    let texts = with(unit("甲站", "001"), "绩效指标", |text| {
        text.replace("一座水库停水检修,加快检修", ",")
    });
    let (_, findings) = Desk::new().compiled(&[texts]);
    assert_eq!(
        shown(&findings),
        [
            "PKG014 绩效指标 甲站管护项目的“受益人口”：没有达到目标，却没有写偏差原因",
            "PKG014 绩效指标 甲站管护项目的“受益人口”：没有达到目标，却没有写改进措施",
        ],
    );
}

#[test]
fn what_cannot_be_scored_is_said() {
    let texts = with(unit("甲站", "001"), "绩效指标", |text| {
        text.replace("≥,4,座,4,50", "≥,四,座,4,50")
    });
    let (_, findings) = Desk::new().compiled(&[texts]);
    assert_eq!(
        shown(&findings),
        ["PKG015 绩效指标 甲站管护项目的“管护水库数量”：目标值“四”不是数字"],
    );
}

#[test]
fn qualitative_indicators_are_scored_by_level() {
    let texts = with(unit("甲站", "001"), "绩效指标", |text| {
        text.replace("完成值,分值", "完成值,完成程度（%）,分值")
            .replace("≥,4,座,4,50", ",按期完成,,部分达成,70,50")
            .replace("1.5,30", "1.5,,30")
            .replace("92,10", "92,,10")
            .replace("部分达成,70,50,,", "部分达成,70,50,汛期停工,错开汛期")
    });
    let desk = Desk::new();
    let (all, findings) = desk.compiled(&[texts]);
    assert_eq!(shown(&findings), Vec::<String>::new());
    let (scored, _) = score(&desk.scheme, &all.ledger);
    assert_eq!(scored[0].steps[0].how, "部分达成，完成程度 70%；50 × 70% = 35");
}
