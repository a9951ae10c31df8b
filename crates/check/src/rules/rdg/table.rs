//! RDG002: a table that is no known form.

use juesuan_model::Severity;

use super::unread;
use crate::Rule;

pub(crate) static RULE: Rule = Rule {
    code: "RDG002",
    title: "没有认出的表",
    english: "A table that was not recognised",
    severity: Severity::Note,
    checks: "文中每张有数字的表都认得出是哪张决算表或自评表。",
    why: "认不出的表不核验，其中的数字计入“没有关系约束的数字”。",
    bad: "第三部分 决算表\n\n编外人员情况表\n\n岗位\t人数\n保洁\t12\n驾驶\t3",
    good: "第三部分 决算表\n\n国有资本经营预算财政拨款支出决算表\n\n部门：临溪市水务局\t金额单位：万元\n\n功能分类科目编码\t科目名称\t合计\t基本支出\t项目支出\n合计\t合计\t10.00\t0.00\t10.00",
    basis: "读取结果",
    false_alarms: "部门自行附加的表不是错误，只是未核验。",
    covers: &[],
    check: |context, out| unread("RDG002", context, out),
};
