//! RDG001: something stands where a number belongs, but it is none.

use juesuan_model::Severity;

use super::unread;
use crate::Rule;

pub(crate) static RULE: Rule = Rule {
    code: "RDG001",
    title: "应填数字的地方读不出数字",
    english: "A number is expected here but cannot be read",
    severity: Severity::Warning,
    checks: "金额、比率、分值等栏中的内容能读成一个数字；空白和横线不算读不出。",
    why: "读不出的数字无法核验，用到它的关系一律记为“未核验”，不当作通过。",
    bad: "国有资本经营预算财政拨款支出决算表\n\n部门：临溪市水务局\t金额单位：万元\n\n功能分类科目编码\t科目名称\t合计\t基本支出\t项目支出\n合计\t合计\t1O.00\t0.00\t10.00",
    good: "国有资本经营预算财政拨款支出决算表\n\n部门：临溪市水务局\t金额单位：万元\n\n功能分类科目编码\t科目名称\t合计\t基本支出\t项目支出\n合计\t合计\t10.00\t0.00\t10.00",
    basis: "读取结果",
    false_alarms: "原文件没有错、只是转换成文本时损坏的，请对照原文件。",
    covers: &[],
    check: |context, out| unread("RDG001", context, out),
};
