//! RDG005: the text is no disclosure of final accounts.

use juesuan_model::Severity;

use crate::{Context, Failure, Outcomes, Rule};

pub(crate) static RULE: Rule = Rule {
    code: "RDG005",
    title: "不是部门决算公开文本",
    english: "The text is no disclosure of final accounts",
    severity: Severity::Error,
    checks: "文中至少有决算的标题、一张决算表、一张自评表或一段决算情况说明。",
    why: "什么都没有认出的文件，没有发现问题不等于没有问题。",
    bad: "会议通知\n\n定于星期三上午召开全体职工大会，请准时参加。",
    good: "临溪市水务局2024年度部门决算\n\n第一部分 概况\n\n一、主要职责\n\n负责全市水资源管理。",
    basis: "读取结果",
    false_alarms: "只截取了一小段文字的，请提供完整的公开文本。",
    covers: &[],
    check,
};

/// The subject under which a whole document is spoken of.
const DOCUMENT: &str = "document";

fn check(context: &Context<'_>, out: &mut Outcomes) {
    if context.accounts.is_disclosure() {
        return out.pass(&[]);
    }
    let message = "没有认出决算的标题、决算表、自评表或决算情况说明；其他规则都没有核验";
    let hint = "请确认提供的是部门决算公开的完整文本";
    out.fail(Failure::new(DOCUMENT, message).hint(hint));
}
