//! RDG008: something of the file is not seen by everybody, or was not read.

use juesuan_model::Severity;

use crate::{Context, Failure, Outcomes, Rule, Spot};

/// Named where nothing else can be said of a file.
pub(crate) const CODE: &str = "RDG008";

pub(crate) static RULE: Rule = Rule {
    code: CODE,
    title: "文件里有看不见的或没有读的内容",
    english: "Something in the file is hidden or was not read",
    severity: Severity::Warning,
    checks: "文件里没有隐藏的行、列、工作表和段落，没有待定的修订，没有读不了的图片和页面，也没有另附文件。",
    why: "没有读的内容没有核验，不当作通过，整份文件都没有读成的是错误；隐藏的、待定的内容看的人和读的程序各有各的版本，公开前应当定下来。",
    bad: "<!doctype html><title>临溪市水务局2024年度部门决算</title><body><h1>临溪市水务局2024年度部门决算</h1>\n<p>国有资本经营预算财政拨款支出决算表</p>\n<table><tr><td>功能分类科目编码</td><td>科目名称</td><td>合计</td><td>基本支出</td><td>项目支出</td></tr>\n<tr><td colspan=\"2\">合计</td><td>10.00</td><td>0.00</td><td>10.00</td></tr>\n<tr style=\"display: none\"><td>223</td><td>国有资本经营预算支出</td><td>9.00</td><td>0.00</td><td>9.00</td></tr></table></body>",
    good: "<!doctype html><title>临溪市水务局2024年度部门决算</title><body><h1>临溪市水务局2024年度部门决算</h1>\n<p>国有资本经营预算财政拨款支出决算表</p>\n<table><tr><td>功能分类科目编码</td><td>科目名称</td><td>合计</td><td>基本支出</td><td>项目支出</td></tr>\n<tr><td colspan=\"2\">合计</td><td>10.00</td><td>0.00</td><td>10.00</td></tr>\n<tr><td>223</td><td>国有资本经营预算支出</td><td>10.00</td><td>0.00</td><td>10.00</td></tr></table></body>",
    basis: "读取结果",
    false_alarms: "隐藏的内容已经读入、检查的，只作提示；装饰用的图片、与决算无关的附件不影响结论。",
    covers: &[],
    check,
};

fn check(context: &Context<'_>, out: &mut Outcomes) {
    if context.document.caveats.is_empty() {
        return out.pass(&[]);
    }
    for (index, caveat) in context.document.caveats.iter().enumerate() {
        let severity = match caveat.is_unread {
            true if context.document.is_unread() => Severity::Error,
            true => Severity::Warning,
            false => Severity::Note,
        };
        let spot = Spot { place: caveat.place, block: caveat.block, quote: caveat.quote.clone() };
        let failure = Failure::new(format!("document.source[{index}]"), &*caveat.message);
        out.fail(failure.at(spot).severity(severity));
    }
}
