//! TXT114: the reason for a change of expenditure speaks of income.

use juesuan_model::Severity;

use super::items::spot;
use crate::{Context, Failure, Outcomes, Rule};

pub(crate) static RULE: Rule = Rule {
    code: "TXT114",
    title: "支出增减的原因说的是收入",
    english: "The reason for a change of expenditure speaks of income",
    severity: Severity::Error,
    checks: "支出增减的原因应当说支出，收入增减的原因应当说收入。",
    why: "支出段的原因往往是从收入段抄来的。",
    bad: "第二部分 说明\n\n一、收入支出决算总体情况\n\n（二）支出总计100.00万元。与上年相比，今年支出减少20.00万元，降低16.67%，主要原因：专项项目收入减少。",
    good: "第二部分 说明\n\n一、收入支出决算总体情况\n\n（二）支出总计100.00万元。与上年相比，今年支出减少20.00万元，降低16.67%，主要原因：专项项目支出减少。",
    basis: "原因应能解释差异",
    false_alarms: "因收入减少而相应减少支出的，应写明支出减少的内容。",
    covers: &["A25"],
    check,
};

fn check(context: &Context<'_>, out: &mut Outcomes) {
    let pairs = [
        ("expenditure_change", "收入", "支出"),
        ("fiscal_change", "收入", "支出"),
        ("income_change", "支出", "收入"),
    ];
    for (sentence, foreign, own) in pairs {
        for statement in context.statements(sentence) {
            let Some((_, fact)) = context.slot_of(statement, "change_reason") else {
                out.not_applicable();
                continue;
            };
            if !fact.printed.contains(foreign) || fact.printed.contains(own) {
                out.pass(&[]);
                continue;
            }
            let message = format!("{own}增减的原因写的是“{}”，说的是{foreign}", fact.printed);
            let subject = format!("{sentence}[{}].change_reason", statement.row);
            out.fail(Failure::new(subject, message).values(&*fact.printed, "").at(spot(fact)));
        }
    }
}
