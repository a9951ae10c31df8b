//! PRF029: a rate is printed in another notation than everywhere else.

use juesuan_model::{FactId, Severity};

use crate::{Context, Failure, Outcomes, Rule};

pub(crate) static RULE: Rule = Rule {
    code: "PRF029",
    title: "执行率的写法不一致",
    english: "A rate of execution is printed in another notation",
    severity: Severity::Note,
    checks: "同一文件中各自评表的执行率应当都写百分数，不应有的写 1.00、0.52。",
    why: "写法不一，读者分不清 0.52 是 52% 还是 0.52%。",
    bad: "项目支出绩效自评表\n项目名称\t甲\n预算数\t10\t执行数\t10\t执行率\t100%\n一级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\n产出指标\t次数\t≥1次\t1次\t90\t90\n\n项目支出绩效自评表\n项目名称\t乙\n预算数\t10\t执行数\t5\t执行率\t50%\n一级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\n产出指标\t次数\t≥1次\t1次\t90\t90\n\n项目支出绩效自评表\n项目名称\t丙\n预算数\t10\t执行数\t10\t执行率\t1.00\n一级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\n产出指标\t次数\t≥1次\t1次\t90\t90",
    good: "项目支出绩效自评表\n项目名称\t甲\n预算数\t10\t执行数\t10\t执行率\t100%\n一级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\n产出指标\t次数\t≥1次\t1次\t90\t90\n\n项目支出绩效自评表\n项目名称\t乙\n预算数\t10\t执行数\t5\t执行率\t50%\n一级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\n产出指标\t次数\t≥1次\t1次\t90\t90",
    basis: "同一字段格式统一",
    false_alarms: "",
    covers: &["T02", "R126"],
    check,
};

fn check(context: &Context<'_>, out: &mut Outcomes) {
    let rates: Vec<(usize, FactId, bool)> = context
        .accounts
        .evaluations
        .iter()
        .enumerate()
        .filter_map(|(index, form)| {
            let id = form.rate.filter(|id| context.number(Some(*id)).is_some())?;
            Some((index, id, context.printed(Some(id)).ends_with(['%', '％'])))
        })
        .collect();
    let percent = rates.iter().filter(|(.., is_percent)| *is_percent).count();
    for (index, id, is_percent) in &rates {
        if *is_percent || percent * 2 <= rates.len() {
            out.pass(&[]);
            continue;
        }
        let printed = context.printed(Some(*id));
        let expected = context.number(Some(*id)).map(|n| n.display()).unwrap_or_default();
        let message = format!("执行率写作“{printed}”，别的表都写百分数，应为 {expected}");
        let failure = Failure::new(format!("evaluation[{index}].rate"), message);
        out.fail(failure.figure(context, *id).values(printed, expected));
    }
}
