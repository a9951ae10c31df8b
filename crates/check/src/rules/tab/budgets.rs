//! TAB105: a code of one budget stands in the form of another.

use juesuan_model::Severity;
use rust_decimal::Decimal;

use crate::{Context, Failure, Outcomes, Rule};

pub(crate) static RULE: Rule = Rule {
    code: "TAB105",
    title: "科目列错了预算类别",
    english: "A code stands in the form of another budget",
    severity: Severity::Error,
    checks: "一般公共预算支出表中不得有政府性基金科目和国有资本经营预算科目（223），政府性基金表中只能是基金科目，国有资本经营预算表中只能是 223；基本支出表中不得有基本建设类科目（309、311）的金额。",
    why: "三本预算分别编列，不得混列。",
    bad: "一般公共预算财政拨款支出决算表\n\n功能分类科目编码\t科目名称\t小计\t基本支出\t项目支出\n合计\t\t10.00\t0.00\t10.00\n212\t城乡社区支出\t10.00\t0.00\t10.00\n21208\t国有土地使用权出让收入安排的支出\t10.00\t0.00\t10.00\n2120803\t城市建设支出\t10.00\t0.00\t10.00",
    good: "政府性基金预算财政拨款收入支出决算表\n\n功能分类科目编码\t科目名称\t年初结转和结余\t本年收入\t小计\t基本支出\t项目支出\t年末结转和结余\n合计\t\t0.00\t10.00\t10.00\t0.00\t10.00\t0.00\n212\t城乡社区支出\t0.00\t10.00\t10.00\t0.00\t10.00\t0.00\n21208\t国有土地使用权出让收入安排的支出\t0.00\t10.00\t10.00\t0.00\t10.00\t0.00\n2120803\t城市建设支出\t0.00\t10.00\t10.00\t0.00\t10.00\t0.00",
    basis: "《政府收支分类科目》：三本预算的功能分类科目",
    false_alarms: "基金科目按款级编码识别，新设的款可在方案里补充。",
    covers: &["R033", "R038", "R042", "R044", "E43"],
    check,
};

fn check(context: &Context<'_>, out: &mut Outcomes) {
    let funds = context.scheme.settings.words("政府性基金科目");
    let is_fund = |code: &str| {
        code.get(3..5) == Some("98") || funds.iter().any(|prefix| code.starts_with(&**prefix))
    };
    type Wrong<'a> = &'a dyn Fn(&str) -> Option<&'static str>;
    let general = |code: &str| match code {
        _ if is_fund(code) => Some("是政府性基金科目"),
        _ if code.starts_with("223") => Some("是国有资本经营预算科目"),
        _ => None,
    };
    let fund = |code: &str| (!is_fund(code)).then_some("不是政府性基金科目");
    let capital = |code: &str| (!code.starts_with("223")).then_some("不是国有资本经营预算科目");
    let forms: [(&str, Wrong<'_>); 3] =
        [("general_expenditure", &general), ("funds", &fund), ("state_capital", &capital)];
    for (form, wrong) in forms {
        for row in context.rows_of(form).iter().filter(|row| row.len() == 7) {
            let Some((id, fact)) =
                context.fact(form, row, "total").filter(|(_, f)| f.number().is_some())
            else {
                continue;
            };
            match wrong(row) {
                Some(why) => {
                    let name = context.row_name(form, row).unwrap_or("");
                    let message =
                        format!("{row} {name}{why}，却列在《{}》", context.scheme.name_of(form));
                    out.fail(Failure::new(fact.subject.to_string(), message).figure(context, id));
                }
                None => out.pass(&[]),
            }
        }
    }
    construction(context, out);
}

/// 309 and 311 are construction paid by development authorities and never basic expenditure.
fn construction(context: &Context<'_>, out: &mut Outcomes) {
    let form = "basic_expenditure";
    for row in
        context.rows_of(form).iter().filter(|row| row.starts_with("309") || row.starts_with("311"))
    {
        let cell = context.fact(form, row, "amount");
        match cell.filter(|(_, f)| f.number().is_some_and(|n| n.value() > Decimal::ZERO)) {
            Some((id, fact)) => {
                let message = format!("基本支出表列有基本建设类科目 {row}，金额 {}", fact.printed);
                out.fail(Failure::new(fact.subject.to_string(), message).figure(context, id));
            }
            None => out.pass(&[]),
        }
    }
}
