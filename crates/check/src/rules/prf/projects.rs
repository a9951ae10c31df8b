//! PRF130: the number of projects in the text differs from summaries and forms.

use juesuan_model::Severity;
use rust_decimal::Decimal;

use crate::context::MAY_BE_UNREAD;
use crate::{Context, Failure, Outcomes, Rule};

pub(crate) static RULE: Rule = Rule {
    code: "PRF130",
    title: "自评项目个数或资金类别与综述、自评表、决算表不符",
    english: "The number of evaluated projects differs from summaries, forms or accounts",
    severity: Severity::Error,
    checks: "正文写的自评项目个数等于自评综述的段数和自评表的张数；有政府性基金（国有资本经营）项目支出的，相应的项目数和资金不得为零。",
    why: "个数对不上，说明有项目没有公开自评结果。",
    bad: "第二部分 绩效自评情况\n\n共涉及预算支出项目3个，涉及资金20万元。\n\n（1）甲项目自评综述：自评得分100分。全年预算数为10万元，执行数为10万元，完成预算的100%。\n\n（2）乙项目自评综述：自评得分100分。全年预算数为10万元，执行数为10万元，完成预算的100%。",
    good: "第二部分 绩效自评情况\n\n共涉及预算支出项目2个，涉及资金20万元。\n\n（1）甲项目自评综述：自评得分100分。全年预算数为10万元，执行数为10万元，完成预算的100%。\n\n（2）乙项目自评综述：自评得分100分。全年预算数为10万元，执行数为10万元，完成预算的100%。",
    basis: "《中共中央 国务院关于全面实施预算绩效管理的意见》：项目支出绩效自评全覆盖并公开",
    false_alarms: "涉密项目不公开的，应在正文中说明个数。",
    covers: &["R116", "E76"],
    check,
};

fn check(context: &Context<'_>, out: &mut Outcomes) {
    for statement in context.statements("project_scope") {
        let counted = [
            ("综述", context.accounts.summaries.len()),
            ("自评表", context.accounts.evaluations.len()),
        ];
        let Some(stated) = statement.slot("projects") else { continue };
        for (what, count) in counted.into_iter().filter(|(_, count)| *count > 0) {
            let value = context.value(Some(stated));
            if value == Some(Decimal::from(count)) {
                out.pass(&[stated]);
                continue;
            }
            if value > Some(Decimal::from(count)) && context.has_unread_tables() {
                out.not_checked("project_scope[1].projects", MAY_BE_UNREAD);
                continue;
            }
            let printed = context.printed(Some(stated));
            let message = format!("正文写自评项目 {printed} 个，{what}有 {count} 份");
            let failure = Failure::new("project_scope[1].projects", message)
                .values(printed, count.to_string())
                .figure(context, stated)
                .repair(stated, juesuan_model::Bounds::exact(Decimal::from(count)));
            out.fail(failure);
        }
        let budgets = [
            ("政府性基金预算", "funds", "funds", "funds_amount"),
            ("国有资本经营预算", "state_capital", "capital", "capital_amount"),
        ];
        for (name, form, slot, amount) in budgets {
            let spent = context
                .fact(form, "total", "project")
                .and_then(|(id, fact)| Some((id, fact.number()?)));
            let Some((id, spent)) = spent.filter(|(_, spent)| spent.value() > Decimal::ZERO) else {
                out.not_applicable();
                continue;
            };
            for slot in [slot, amount] {
                let Some(stated) = statement.slot(slot) else { continue };
                if context.value(Some(stated)) != Some(Decimal::ZERO) {
                    out.pass(&[]);
                    continue;
                }
                let what = if slot == amount { "资金" } else { "项目数" };
                let message =
                    format!("{name}项目支出 {} 万元，自评的{what}却写 0", spent.display());
                let failure =
                    Failure::new(format!("project_scope[1].{slot}"), message).values("0", ">0");
                out.fail(failure.figure(context, stated).figure(context, id));
            }
        }
    }
}
