//! TXT126: what must be told of government procurement is not told.

use juesuan_model::{Severity, Statement};
use rust_decimal::Decimal;

use crate::{Context, Failure, Outcomes, Rule, Spot};

pub(crate) static RULE: Rule = Rule {
    code: "TXT126",
    title: "政府采购没有分货物、工程、服务，或没有写授予中小企业的金额",
    english: "Procurement is not split into goods, works and services, or lacks the small-business share",
    severity: Severity::Warning,
    checks: "政府采购支出总额应分货物、工程、服务三项写明金额，并写明授予中小企业、小微企业的合同金额和比例；没有政府采购支出的不要求。",
    why: "这三项和中小企业的份额是规定必须公开的内容。",
    bad: "第二部分 说明\n\n（二）政府采购支出情况\n\n2024年政府采购支出总额300.00万元。",
    good: "第二部分 说明\n\n（二）政府采购支出情况\n\n2024年政府采购支出总额300.00万元，其中：政府采购货物支出100.00万元，政府采购工程支出0.00万元，政府采购服务支出200.00万元。授予中小企业合同金额150.00万元，占政府采购支出总额的50.00%，其中：授予小微企业合同金额60.00万元，占授予中小企业合同金额的40.00%。",
    basis: "《地方预决算公开操作规程》：公开政府采购支出总额、货物、工程、服务支出金额和授予中小企业合同金额",
    false_alarms: "",
    covers: &["E19", "R100"],
    check,
};

fn check(context: &Context<'_>, out: &mut Outcomes) {
    let of_procurement = |section: &str| section.contains("政府采购");
    let mut passages =
        context.accounts.passages.iter().filter(|p| of_procurement(&p.section)).peekable();
    if passages.peek().is_none() {
        return out.not_applicable();
    }
    for passage in passages {
        let text = passage.folded.as_str();
        let Some(start) = text.find("政府采购支出") else { continue };
        if is_nil(context, text) {
            return out.not_applicable();
        }
        let all: String = context
            .accounts
            .passages
            .iter()
            .filter(|p| of_procurement(&p.section))
            .map(|p| p.folded.as_str())
            .collect();
        let lacking: Vec<&str> =
            ["货物", "工程", "服务", "中小企业"].into_iter().filter(|w| !all.contains(w)).collect();
        if lacking.is_empty() {
            return out.pass(&[]);
        }
        let message = format!("政府采购支出没有写{}的金额", lacking.join("、"));
        let failure = Failure::new(format!("passage[{}].procurement", passage.block), message);
        let end = start + "政府采购支出".len();
        return out.fail(failure.at(Spot::in_passage(passage, start, end)));
    }
    out.not_applicable();
}

/// Whether there was no procurement, in words or as a zero.
fn is_nil(context: &Context<'_>, text: &str) -> bool {
    let total = |statement: &Statement| context.value(statement.slot("total"));
    let is_zero = context.statements("procurement").any(|s| total(s) == Some(Decimal::ZERO));
    let denies = ["无政府采购", "没有政府采购", "未发生政府采购", "未安排政府采购"];
    let zero = text.split_once("政府采购支出").is_some_and(|(_, rest)| {
        let digits =
            rest.trim_start_matches(|c: char| !c.is_ascii_digit() && c != ',' && c != '。');
        digits.starts_with("0万元")
            || digits.starts_with("0.00万元")
            || digits.starts_with("0.0万元")
    });
    is_zero || zero || denies.iter().any(|word| text.contains(word))
}
