//! Targets and results of the example's self-evaluations: one changed figure is held against
//! goals, results, reasons, summaries, the other form and the profile.

use crate::{Planted, above_note, base, finds_all};

const CLEAN: &str = include_str!("../../../../examples/linxi-water-2024/clean.md");

#[test]
fn a_changed_target_or_result_is_found() {
    finds_all(&PLANTED, str::to_owned);
}

/// The other texts about a figure are what it leads to, not findings of their own.
#[test]
fn one_changed_figure_is_one_finding() {
    let one = [
        ("养护人员持证上岗率 | ≥90% | 84% | 10", "养护人员持证上岗率 | ≥80% | 84% | 10"),
        ("养护人员持证上岗率 | ≥90% | 84% | 10", "养护人员持证上岗率 | ≥40% | 84% | 10"),
        ("监测数据到报率 | ≥98% | 95% | 5", "监测数据到报率 | ≥94% | 95% | 5"),
        ("闸泵设备检修保养数量 | ≥48台次", "闸泵设备检修保养数量 | ≥8台次"),
        ("编制42名，年末在职40人", "编制24名，年末在职40人"),
    ];
    for (right, wrong) in one {
        let told = above_note(&CLEAN.replacen(right, wrong, 1), &base());
        assert_eq!(told.len(), 1, "{wrong}: {told:?}");
    }
}

/// A result may name the goal or a limit, when its words say so.
#[test]
fn a_result_may_name_its_goal() {
    let right = "闸泵设备检修保养50台次，";
    for fine in ["闸泵设备检修保养超过48台次，", "闸泵设备检修保养目标48台次全部完成，"]
    {
        let told = above_note(&CLEAN.replacen(right, fine, 1), &base());
        assert!(told.is_empty(), "{fine}: {told:?}");
    }
    let told = above_note(&CLEAN.replacen(right, "闸泵设备检修保养48台次，", 1), &base());
    assert!(told.iter().any(|finding| finding.contains("PRF038")), "{told:?}");
}

const PLANTED: [Planted; 14] = [
    (CLEAN, "市级河湖巡查次数 | ≥240次 | 252次", "市级河湖巡查次数 | ≥240次 | 251次", "PRF038"),
    (CLEAN, "水利设施完好率 | ≥95% | 96% | 5", "水利设施完好率 | ≥59% | 96% | 5", "PRF038"),
    (
        CLEAN,
        "平台全年稳定运行天数 | ≥350天 | 358天",
        "平台全年稳定运行天数 | ≥350天 | 558天",
        "PRF038",
    ),
    (
        CLEAN,
        "更换净水消毒设备数量 | ≥15台（套） | 15台",
        "更换净水消毒设备数量 | ≥15台（套） | 51台",
        "PRF038",
    ),
    (CLEAN, "故障24小时修复率 | ≥95%", "故障24小时修复率 | ≥59%", "PRF033"),
    (CLEAN, "改造点位周边居民满意度 | ≥90%", "改造点位周边居民满意度 | ≥10%", "PRF033"),
    (CLEAN, "固定资产利用率 | ≥95% | 92%", "固定资产利用率 | ≥9% | 92%", "PRF033"),
    (
        CLEAN,
        "受益保护人口 | ≥12.50万人 | 12.60万人 | 10 | 10.00 |  |\n| 社会效应",
        "受益保护人口 | ≥1.25万人 | 12.60万人 | 10 | 10.00 |  |\n| 社会效应",
        "PRF051",
    ),
    (CLEAN, "业务骨干培训覆盖率 | ≥90%", "业务骨干培训覆盖率 | ≥9%", "PRF051"),
    (CLEAN, "执法案件办结率90%，节水", "执法案件办结率90%，服务对象满意度", "PRF052"),
    (CLEAN, "养护堤防长度 | ≥86公里 | 86公里 | 5", "养护堤防长度 | ≥84公里 | 86公里 | 5", "PRF053"),
    (CLEAN, "预算调整率 | ≤1% | 0.89%", "预算调整率 | ≤1% | 0.84%", "PRF140"),
    (CLEAN, "在职人员控制率 | ≤100% | 95.24%", "在职人员控制率 | ≤100% | 95.21%", "PRF140"),
    (CLEAN, "编制30名，年末在职28人", "编制30名，年末在职82人", "TXT135"),
];
