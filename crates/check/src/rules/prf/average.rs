//! PRF135: the stated average of all projects differs from the forms.

use juesuan_model::{Bounds, Severity};
use rust_decimal::Decimal;

use crate::{Context, Outcomes, Rule};

pub(crate) static RULE: Rule = Rule {
    code: "PRF135",
    title: "项目自评平均分与自评表不符",
    english: "The stated average of all projects differs from the forms",
    severity: Severity::Error,
    checks: "正文写的全部项目自评平均分，等于各自评表总得分的平均。",
    why: "平均分是自评结果的概括，必须能重算。",
    bad: "第二部分 绩效情况\n\n自评平均分为99分。\n\n项目支出绩效自评表\n项目名称\t甲\n预算数\t10\t执行数\t10\t执行率\t100%\n一级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\n产出指标\t次数\t≥1次\t1次\t90\t90\n总分\t95",
    good: "第二部分 绩效情况\n\n自评平均分为95分。\n\n项目支出绩效自评表\n项目名称\t甲\n预算数\t10\t执行数\t10\t执行率\t100%\n一级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\n产出指标\t次数\t≥1次\t1次\t90\t90\n总分\t95",
    basis: "平均由各项目重算",
    false_alarms: "平均分含未公开的项目时会不同，应说明。",
    covers: &["R119", "E77"],
    check,
};

fn check(context: &Context<'_>, out: &mut Outcomes) {
    let forms = &context.accounts.evaluations;
    let totals: Option<Vec<Decimal>> = forms.iter().map(|form| context.value(form.total)).collect();
    for statement in context.statements("average_score") {
        let Some(stated) = statement.slot("average") else { continue };
        let Some(totals) = totals.as_ref().filter(|totals| !totals.is_empty()) else {
            out.not_checked("average_score[1].average", "没有读到全部自评表的总得分");
            continue;
        };
        let sum = totals.iter().try_fold(Decimal::ZERO, |sum, total| sum.checked_add(*total));
        let mean = sum.and_then(|sum| sum.checked_div(Decimal::from(totals.len())));
        if let Some(mean) = mean {
            out.compare(context, stated, Bounds::computed(mean), &[], |shown| {
                format!("{} 张自评表的平均分应为 {shown}", totals.len())
            });
        }
    }
}
