//! RDG003: a statutory form without its title.

use juesuan_model::Severity;

use super::unread;
use crate::Rule;

pub(crate) static RULE: Rule = Rule {
    code: "RDG003",
    title: "决算表上方没有表名",
    english: "A form stands without its title",
    severity: Severity::Warning,
    checks: "每张决算表的上方或首行印有表名。",
    why: "没有表名，读者不知道是哪张表；也可能是漏了一页。",
    bad: "第三部分 决算表\n\n功能分类科目编码\t科目名称\t本年支出合计\t基本支出\t项目支出\t上缴上级支出\t经营支出\t对附属单位补助支出\n合计\t合计\t10.00\t4.00\t6.00\t0.00\t0.00\t0.00\n208\t社会保障和就业支出\t10.00\t4.00\t6.00\t0.00\t0.00\t0.00",
    good: "第三部分 决算表\n\n支出决算表\n\n功能分类科目编码\t科目名称\t本年支出合计\t基本支出\t项目支出\t上缴上级支出\t经营支出\t对附属单位补助支出\n合计\t合计\t10.00\t4.00\t6.00\t0.00\t0.00\t0.00\n208\t社会保障和就业支出\t10.00\t4.00\t6.00\t0.00\t0.00\t0.00",
    basis: "《部门决算公开报表》表样：每表有表名、编号、部门、年度和金额单位",
    false_alarms: "原文件有表名、转换成文本时丢失的，请对照原文件。",
    covers: &[],
    check: |context, out| unread("RDG003", context, out),
};
