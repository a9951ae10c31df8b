//! RDG006: the document is a budget.

use juesuan_model::Severity;

use crate::{Context, Failure, Outcomes, Rule};

pub(crate) static RULE: Rule = Rule {
    code: "RDG006",
    title: "这是部门预算，不是部门决算",
    english: "This is a budget, not final accounts",
    severity: Severity::Warning,
    checks: "标题写的是部门决算或单位决算，不是预算。",
    why: "预算的表和说明另有一套要求，不能按决算核验；各表按科目编码的合计照样核对。",
    bad: "临溪市水务局2024年部门预算\n\n第一部分 概况\n\n一、主要职责\n\n负责全市水资源管理。",
    good: "临溪市水务局2024年度部门决算\n\n第一部分 概况\n\n一、主要职责\n\n负责全市水资源管理。",
    basis: "文件标题",
    false_alarms: "标题误写成预算的，应当更正标题。",
    covers: &[],
    check,
};

fn check(context: &Context<'_>, out: &mut Outcomes) {
    let identity = &context.accounts.identity;
    let Some(title) = identity.title.as_ref().filter(|_| identity.is_budget) else {
        return out.pass(&[]);
    };
    let message = "这是部门（单位）预算；只核对了各表按科目编码的合计，预算的其他内容尚不核验";
    out.fail(Failure::new("document.title", message).at(title));
}
