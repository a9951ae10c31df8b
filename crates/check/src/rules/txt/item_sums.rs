//! TXT103: the items of a class in the text do not add up to its amount.

use juesuan_model::{Bounds, FactId, Severity, Statement};
use rust_decimal::Decimal;

use super::items::{ItemText, items};
use crate::{Context, Outcomes, Rule};

pub(crate) static RULE: Rule = Rule {
    code: "TXT103",
    title: "文字中各项之和不等于类的金额",
    english: "The items in the text do not add up to the class",
    severity: Severity::Error,
    checks: "文字说明里一个类的金额等于它下面各项金额之和。",
    why: "引导句的总额与分项在同一处，必须加得起来。",
    bad: "第二部分 说明\n\n二、一般公共预算财政拨款支出\n\n1.教育支出16.00万元，具体包括：\n\n（1）教育支出（类）普通教育（款）小学教育（项）10.00万元，主要是学校运转等支出。\n\n（2）教育支出（类）普通教育（款）初中教育（项）5.00万元，主要是教师工资等支出。\n\n一般公共预算财政拨款支出决算表\n\n功能分类科目编码\t科目名称\t小计\t基本支出\t项目支出\n205\t教育支出\t15.00\t15.00\t0.00\n20502\t普通教育\t15.00\t15.00\t0.00\n2050202\t小学教育\t10.00\t10.00\t0.00\n2050203\t初中教育\t5.00\t5.00\t0.00",
    good: "第二部分 说明\n\n二、一般公共预算财政拨款支出\n\n1.教育支出15.00万元，具体包括：\n\n（1）教育支出（类）普通教育（款）小学教育（项）10.00万元，主要是学校运转等支出。\n\n（2）教育支出（类）普通教育（款）初中教育（项）5.00万元，主要是教师工资等支出。\n\n一般公共预算财政拨款支出决算表\n\n功能分类科目编码\t科目名称\t小计\t基本支出\t项目支出\n205\t教育支出\t15.00\t15.00\t0.00\n20502\t普通教育\t15.00\t15.00\t0.00\n2050202\t小学教育\t10.00\t10.00\t0.00\n2050203\t初中教育\t5.00\t5.00\t0.00",
    basis: "合计等于分项之和",
    false_alarms: "某类没有逐项说明时不检查。",
    covers: &["R087", "R089", "A05"],
    check,
};

fn check(context: &Context<'_>, out: &mut Outcomes) {
    let texts = items(context);
    let classes = [
        ("general_class", "general_expenditure"),
        ("funds_class", "funds"),
        ("capital_class", "state_capital"),
    ];
    let is_in_scope = |sentence: &str, section: &str| {
        let known = context.scheme.sentences.iter().find(|known| *known.id == *sentence);
        known.is_some_and(|known| known.is_in_scope(section))
    };
    for (sentence, form) in classes {
        // An item belongs to the budget of which its section speaks.
        let is_of_budget = |text: &&ItemText<'_>| {
            let section = &text.statement.section;
            is_in_scope(sentence, section)
                || classes.iter().all(|(other, _)| !is_in_scope(other, section))
        };
        for class in context.statements(sentence) {
            let Some(stated) = class.slot("amount") else { continue };
            let of_class = texts.iter().filter(is_of_budget).filter(|text| {
                text.code.starts_with(&*class.row)
                    && context.fact(form, &text.code, "total").is_some()
            });
            let parts: Vec<FactId> = of_class.filter_map(|text| text.amount).collect();
            let sum = parts
                .iter()
                .filter_map(|id| Some(context.number(Some(*id))?.bounds()))
                .try_fold(Bounds::exact(Decimal::ZERO), |sum, part| sum.plus(part));
            let Some(sum) = sum.filter(|_| !parts.is_empty()) else {
                out.not_applicable();
                continue;
            };
            if lacks_items(context, form, class, &texts, sum) {
                // That an item is not spoken of is another rule's.
                out.not_applicable();
                continue;
            }
            let gap = context.number(Some(stated)).and_then(|n| n.bounds().minus(sum));
            let repairs = parts.iter().filter_map(|id| {
                let own = context.number(Some(*id))?.value();
                Some((*id, Bounds::exact(own).plus(gap?)?))
            });
            out.compare_with(context, stated, sum, &parts, repairs, |shown| {
                format!("文字中这一类下各项之和为 {shown}")
            });
        }
    }
}

/// Whether items of the form that no paragraph speaks of make up what the sum lacks.
fn lacks_items(
    context: &Context<'_>,
    form: &str,
    class: &Statement,
    texts: &[ItemText<'_>],
    sum: Bounds,
) -> bool {
    let is_item = |row: &&std::sync::Arc<str>| row.len() == 7 && row.starts_with(&*class.row);
    let rows = context.rows_of(form).iter().filter(is_item);
    let silent = rows.filter(|row| texts.iter().all(|text| text.code != **row));
    let amounts = silent.filter_map(|row| context.amount(form, row, "total"));
    let missing = amounts.fold(Decimal::ZERO, |all, one| all.checked_add(one).unwrap_or(all));
    let stated = context.number(class.slot("amount"));
    let whole = sum.plus(Bounds::exact(missing));
    !missing.is_zero()
        && stated.zip(whole).is_some_and(|(stated, whole)| {
            stated.bounds().low <= whole.high && whole.low <= stated.bounds().high
        })
}
