//! PRF030: the total of a project's funds is not the sum of its sources.

use juesuan_model::{Bounds, Evaluation, FactId, FundsRow, Severity};

use crate::words::fold;
use crate::{Context, Outcomes, Rule};

pub(crate) static RULE: Rule = Rule {
    code: "PRF030",
    title: "项目资金总额不等于各项来源之和",
    english: "The total of a project's funds is not the sum of its sources",
    severity: Severity::Error,
    checks: "自评表列明资金来源（当年财政拨款、上年结转资金、其他资金）的，年度资金总额的年初预算数、全年预算数、全年执行数分别等于各来源之和。",
    why: "总额为零而财政拨款有数，说明表头填错了栏，执行率也就没有依据。",
    bad: "项目支出绩效自评表\n项目名称\t堤防养护项目\n项目资金（万元）\t\t年初预算数\t全年预算数\t全年执行数\t分值\t执行率\t得分\n\t年度资金总额\t0.00\t79.80\t79.80\t10\t100%\t10\n\t其中：当年财政拨款\t84.00\t79.80\t79.80\t\t\t\n\t上年结转资金\t0.00\t0.00\t0.00\t\t\t\n\t其他资金\t0.00\t0.00\t0.00\t\t\t\n一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\n产出指标\t数量指标\t养护堤防长度\t≥80公里\t80公里\t90\t90",
    good: "项目支出绩效自评表\n项目名称\t堤防养护项目\n项目资金（万元）\t\t年初预算数\t全年预算数\t全年执行数\t分值\t执行率\t得分\n\t年度资金总额\t84.00\t79.80\t79.80\t10\t100%\t10\n\t其中：当年财政拨款\t84.00\t79.80\t79.80\t\t\t\n\t上年结转资金\t0.00\t0.00\t0.00\t\t\t\n\t其他资金\t0.00\t0.00\t0.00\t\t\t\n一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\n产出指标\t数量指标\t养护堤防长度\t≥80公里\t80公里\t90\t90",
    basis: "自评表表样：年度资金总额由各项来源合计",
    false_alarms: "来源没有列全（没有“其他资金”一行）的，不作判断。",
    covers: &["E71"],
    check,
};

/// A column of the funds.
type Column = fn(&FundsRow) -> Option<FactId>;

const COLUMNS: [(&str, &str, Column); 3] = [
    ("initial_budget", "年初预算数", |row| row.initial),
    ("budget", "全年预算数", |row| row.budget),
    ("executed", "全年执行数", |row| row.executed),
];

fn check(context: &Context<'_>, out: &mut Outcomes) {
    for form in &context.accounts.evaluations {
        let total = form.funds.iter().find(|row| row.is_total).filter(|_| is_complete(form));
        let Some(total) = total else {
            out.not_applicable();
            continue;
        };
        for (_, name, column) in COLUMNS {
            one(context, form, (name, column), column(total), out);
        }
    }
}

/// Whether all sources stand there, each once: the last is the rest, and none is part of another.
fn is_complete(form: &Evaluation) -> bool {
    let parts: Vec<_> =
        form.funds.iter().filter(|row| !row.is_total).map(|row| fold(&row.label.text)).collect();
    let grants = parts.iter().filter(|part| part.contains("拨款")).count();
    parts.last().is_some_and(|last| last.contains("其他")) && grants == 1
}

fn one(
    context: &Context<'_>,
    form: &Evaluation,
    (name, column): (&str, Column),
    stated: Option<FactId>,
    out: &mut Outcomes,
) {
    let parts: Vec<FactId> =
        form.funds.iter().filter(|row| !row.is_total).filter_map(column).collect();
    let zero = Some(Bounds::exact(rust_decimal::Decimal::ZERO));
    let sum = parts.iter().fold(zero, |sum, id| sum?.plus(context.number(Some(*id))?.bounds()));
    match (stated, sum.filter(|_| !parts.is_empty())) {
        (Some(stated), Some(sum)) => out.compare(context, stated, sum, &parts, |shown| {
            format!("“{}”年度资金总额的{name}，按各项来源合计应为 {shown}", form.name.text)
        }),
        _ => out.not_applicable(),
    }
}
