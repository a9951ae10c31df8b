//! TXT119: no government procurement although goods and services were bought.

use juesuan_model::Severity;
use rust_decimal::Decimal;

use crate::{Context, Failure, Outcomes, Rule};

pub(crate) static RULE: Rule = Rule {
    code: "TXT119",
    title: "政府采购为零而有大额货物、服务支出",
    english: "No government procurement although goods and services were bought",
    severity: Severity::Warning,
    checks: "商品和服务支出、资本性支出或项目支出金额较大，而政府采购支出总额为零的，请核对。",
    why: "达到采购限额的货物、工程、服务都应纳入政府采购。",
    bad: "第二部分 说明\n\n（二）政府采购支出情况\n\n2024年政府采购支出总额0.00万元，其中：政府采购货物支出0.00万元，政府采购工程支出0.00万元，政府采购服务支出0.00万元。\n\n支出决算表\n\n功能分类科目编码\t科目名称\t本年支出合计\t基本支出\t项目支出\n合计\t\t900.00\t100.00\t800.00\n205\t教育支出\t900.00\t100.00\t800.00",
    good: "第二部分 说明\n\n（二）政府采购支出情况\n\n2024年政府采购支出总额300.00万元，其中：政府采购货物支出100.00万元，政府采购工程支出0.00万元，政府采购服务支出200.00万元。\n\n支出决算表\n\n功能分类科目编码\t科目名称\t本年支出合计\t基本支出\t项目支出\n合计\t\t900.00\t100.00\t800.00\n205\t教育支出\t900.00\t100.00\t800.00",
    basis: "《政府采购法》：使用财政性资金采购限额标准以上的货物、工程和服务",
    false_alarms: "资金全部为补助企业、个人的部门可以没有政府采购，应在说明中写明。",
    covers: &["A27", "R102"],
    check,
};

fn check(context: &Context<'_>, out: &mut Outcomes) {
    let limit =
        context.scheme.settings.limit("应有采购的支出").unwrap_or_else(|| Decimal::from(5_000_000));
    let spent = context.amount("expenditure", "total", "project");
    for statement in context.statements("procurement") {
        let Some(total) = statement.slot("total") else { continue };
        let is_zero = context.value(Some(total)) == Some(Decimal::ZERO);
        let words = context.scheme.settings.words("没有采购的原因");
        let says = |text: &str| text.contains("采购") && words.occur_in(text);
        match spent.filter(|_| is_zero) {
            Some(_) if context.texts().iter().any(|text| says(&text.folded)) => out.pass(&[total]),
            Some(spent) if spent > limit => {
                let wan = spent.checked_div(Decimal::from(10_000)).unwrap_or_default().normalize();
                let message = format!(
                    "政府采购支出总额为 0，而项目支出有 {wan} 万元，请核对其中有无应当采购的货物和服务"
                );
                let failure = Failure::new("procurement[1].total", message).figure(context, total);
                let project = context.fact("expenditure", "total", "project").map(|(id, _)| id);
                out.fail(project.into_iter().fold(failure, |f, id| f.figure(context, id)));
            }
            _ => out.not_applicable(),
        }
    }
}
