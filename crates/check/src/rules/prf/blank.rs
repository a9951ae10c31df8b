//! PRF028: a field that must be filled is blank.

use juesuan_model::{FactId, Severity, Value};
use rustc_hash::FxHashSet;

use crate::performance::project_items;
use crate::{Context, Failure, Outcomes, Rule};

pub(crate) static RULE: Rule = Rule {
    code: "PRF028",
    title: "自评表必填项空白",
    english: "A mandatory field of a self-evaluation form is blank",
    severity: Severity::Warning,
    checks: "预算金额、执行数、执行率、目标、完成情况、小计、执行率得分、减分项、总得分，以及每个指标的分值、得分、完成值都应填写；没有的填 0 或“无”。",
    why: "空白分不清是零、是漏填，还是没有评。",
    bad: "项目支出绩效自评表\n项目名称\t甲项目\n预算数\t6.87\t执行数\t6.87\t执行率\n一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\n产出指标\t数量指标\t租用车辆\t≥1辆\t1辆\t90\t90",
    good: "项目支出绩效自评表\n项目名称\t甲项目\n预算数\t6.87\t执行数\t6.87\t执行率\t100%\n一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\n产出指标\t数量指标\t租用车辆\t≥1辆\t1辆\t90\t90",
    basis: "自评表填报要求",
    false_alarms: "",
    covers: &["T29"],
    check,
};

fn check(context: &Context<'_>, out: &mut Outcomes) {
    for (index, form) in context.accounts.evaluations.iter().enumerate() {
        if form.first_page_lost {
            out.not_checked(format!("evaluation[{index}].budget"), "自评表的首页没有读到");
            continue;
        }
        let figures = [("执行率", "rate", form.rate), ("减分项", "deduction", form.deduction)];
        for (label, column, id) in figures {
            figure(context, index, &form.name.text, (label, column), id, out);
        }
        for (label, column, field) in
            [("年初目标", "goal", &form.goal), ("完成情况", "result", &form.result)]
        {
            let has_any = context.accounts.evaluations.iter().any(|e| e.goal.is_some());
            if field.is_none() && has_any {
                let message = format!("“{}”没有填写{label}", form.name.text);
                out.fail(
                    Failure::new(format!("evaluation[{index}].{column}"), message).at(&form.name),
                );
            }
        }
    }
    // Some places print the points with the name of the indicator.
    let have_weights: FxHashSet<usize> = project_items(context)
        .filter(|item| item.indicator.weight.is_some())
        .map(|item| item.owner_index)
        .collect();
    for item in project_items(context) {
        let indicator = item.indicator;
        let has_weight = indicator.weight.is_some() || !have_weights.contains(&item.owner_index);
        let has_actual = indicator.actual.is_some() || indicator.level.is_some();
        if has_actual && indicator.score.is_some() && has_weight {
            out.pass(&[]);
            continue;
        }
        let lacking = if !has_actual {
            "完成值"
        } else if indicator.score.is_none() {
            "得分"
        } else {
            "分值"
        };
        out.fail(item.failure("actual", format!("{}没有填写{lacking}", item.name())));
    }
}

fn figure(
    context: &Context<'_>,
    index: usize,
    name: &str,
    (label, column): (&str, &str),
    id: Option<FactId>,
    out: &mut Outcomes,
) {
    let fact = id.and_then(|id| Some((id, context.accounts.facts.get(id)?)));
    match fact {
        Some((id, fact)) if fact.value == Value::Blank => {
            let message = format!("“{name}”的{label}空着，没有的应填 0");
            let failure = Failure::new(format!("evaluation[{index}].{column}"), message);
            out.fail(failure.figure(context, id));
        }
        Some(_) => out.pass(&[]),
        None => out.not_applicable(),
    }
}
