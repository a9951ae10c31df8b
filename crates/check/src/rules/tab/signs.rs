//! TAB109: an amount is negative where that is impossible.

use juesuan_model::Severity;
use rust_decimal::Decimal;

use crate::{Context, Failure, Outcomes, Rule};

pub(crate) static RULE: Rule = Rule {
    code: "TAB109",
    title: "金额为负数",
    english: "An amount is negative",
    severity: Severity::Warning,
    checks: "决算表中的金额、“三公”经费和比率一般不为负数。",
    why: "负数多为冲账没有抵消干净或录入错误。",
    bad: "财政拨款“三公”经费支出决算表\n\n项目\t预算数\t决算数\n合计\t10.00\t-10.00\n公务接待费\t10.00\t-10.00",
    good: "财政拨款“三公”经费支出决算表\n\n项目\t预算数\t决算数\n合计\t10.00\t10.00\n公务接待费\t10.00\t10.00",
    basis: "决算数反映实际收支",
    false_alarms: "事业单位的结余可以为负，应在说明中写明。",
    covers: &["E29"],
    check,
};

fn check(context: &Context<'_>, out: &mut Outcomes) {
    let facts = context.accounts.facts.iter();
    for (id, fact) in facts.filter(|(_, fact)| context.scheme.form(&fact.subject.form).is_some()) {
        let Some(number) = fact.number() else { continue };
        if number.value() >= Decimal::ZERO {
            out.pass(&[]);
            continue;
        }
        let message = format!("{}为 {}", context.name(id), fact.printed);
        out.fail(
            Failure::new(fact.subject.to_string(), message)
                .values(&*fact.printed, "")
                .figure(context, id),
        );
    }
}
