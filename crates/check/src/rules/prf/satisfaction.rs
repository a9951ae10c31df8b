//! PRF117: a summary claims satisfaction that no indicator measures.

use juesuan_model::Severity;

use crate::{Context, Failure, Outcomes, Rule, Spot};

pub(crate) static RULE: Rule = Rule {
    code: "PRF117",
    title: "综述声称满意度而自评表没有满意度指标",
    english: "A summary claims satisfaction that no indicator measures",
    severity: Severity::Warning,
    checks: "综述写有满意度的，对应的自评表应有满意度指标。",
    why: "没有设指标、没有调查，就没有满意度可言。",
    bad: "第二部分 绩效自评情况\n\n（1）甲项目自评综述：自评得分100分。全年预算数为10万元，执行数为10万元，完成预算的100%。企业满意度100%。\n\n项目支出绩效自评表\n项目名称\t甲项目\n预算数\t10\t执行数\t10\t执行率\t100%\n一级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\n产出指标\t次数\t≥1次\t1次\t90\t90",
    good: "第二部分 绩效自评情况\n\n（1）甲项目自评综述：自评得分100分。全年预算数为10万元，执行数为10万元，完成预算的100%。企业满意度100%。\n\n项目支出绩效自评表\n项目名称\t甲项目\n预算数\t10\t执行数\t10\t执行率\t100%\n一级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\n满意度指标\t企业满意度\t≥90%\t100%\t90\t90",
    basis: "综述的结论应有指标支持",
    false_alarms: "",
    covers: &["P10"],
    check,
};

fn check(context: &Context<'_>, out: &mut Outcomes) {
    for (index, summary) in context.accounts.summaries.iter().enumerate() {
        let passage = context.accounts.passages.get(summary.passage);
        let form = context.form_of(summary);
        let (Some(passage), Some(form)) = (passage, form) else {
            out.not_applicable();
            continue;
        };
        let Some(at) = passage.folded.as_str().find("满意") else {
            out.not_applicable();
            continue;
        };
        let measured = form.indicators.iter().any(|indicator| {
            indicator.group.contains("满意")
                || indicator.subgroup.contains("满意")
                || indicator.name.text.contains("满意")
        });
        if measured || form.first_page_lost {
            out.pass(&[]);
            continue;
        }
        let message = format!("“{}”的综述写有满意度，自评表没有满意度指标", summary.name.text);
        let failure = Failure::new(format!("project[{index}].satisfaction"), message);
        let end = at + "满意".len();
        out.fail(failure.at(Spot::in_passage(passage, at, end)).at(&form.name));
    }
}
