//! RDG004: a self-evaluation form begins in its middle.

use juesuan_model::Severity;

use crate::{Context, Failure, Outcomes, Rule, Spot};

pub(crate) static RULE: Rule = Rule {
    code: "RDG004",
    title: "自评表缺少首页",
    english: "A self-evaluation form lacks its first page",
    severity: Severity::Warning,
    checks: "每张自评表从项目名称、预算数和目标开始；只有指标的，说明首页没有读到。",
    why: "没有首页，不知道是哪个项目，预算、执行数和目标都无法核验。",
    bad: "项目支出绩效自评表\n\n一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\n产出指标\t数量指标\t租用车辆\t≥1辆\t1辆\t90\t90",
    good: "项目支出绩效自评表\n项目名称\t甲项目\n预算数\t6.87\t执行数\t6.87\t执行率\t100%\n一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\n产出指标\t数量指标\t租用车辆\t≥1辆\t1辆\t90\t90",
    basis: "自评表表样：首页为项目名称、资金和目标",
    false_alarms: "原文件完整、转换成文本时丢页的，请对照原文件。",
    covers: &["T30"],
    check,
};

fn check(context: &Context<'_>, out: &mut Outcomes) {
    for (index, form) in context.accounts.evaluations.iter().enumerate() {
        if !form.first_page_lost {
            out.pass(&[]);
            continue;
        }
        let count = form.indicators.len();
        let message = format!(
            "从这里起有 {count} 个指标，但前面没有项目名称、预算数和目标，首页可能缺失；这些内容没有核验"
        );
        let spot = Spot { place: form.place, block: form.block, quote: form.name.text.to_string() };
        let subject = format!("evaluation[{index}].name");
        out.fail(Failure::new(subject, message).at(spot));
    }
}
