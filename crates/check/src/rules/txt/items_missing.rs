//! TXT101: a functional item with an amount has no paragraph, or a paragraph has no item.

use juesuan_model::Severity;
use rust_decimal::Decimal;
use rustc_hash::FxHashSet;

use super::items::{ItemText, items, spot};
use crate::context::MAY_BE_UNREAD;
use crate::{Context, Failure, Outcomes, Rule};

pub(crate) static RULE: Rule = Rule {
    code: "TXT101",
    title: "项级科目的说明缺失、多出或重复",
    english: "The paragraph on a functional item is missing, superfluous or doubled",
    severity: Severity::Error,
    checks: "一般公共预算、政府性基金、国有资本经营支出表中每个有金额的项级科目，文字说明都应有一段；说明中的科目应在表中；同一科目不应说明两次。",
    why: "漏了一段，读者就不知道那笔钱的用途和变动原因。",
    bad: "第二部分 说明\n\n二、一般公共预算财政拨款支出\n\n（1）教育支出（类）普通教育（款）小学教育（项）10.00万元，主要是学校运转等支出。\n\n一般公共预算财政拨款支出决算表\n\n功能分类科目编码\t科目名称\t小计\t基本支出\t项目支出\n合计\t\t15.00\t15.00\t0.00\n205\t教育支出\t15.00\t15.00\t0.00\n20502\t普通教育\t15.00\t15.00\t0.00\n2050202\t小学教育\t10.00\t10.00\t0.00\n2050203\t初中教育\t5.00\t5.00\t0.00",
    good: "第二部分 说明\n\n二、一般公共预算财政拨款支出\n\n（1）教育支出（类）普通教育（款）小学教育（项）10.00万元，主要是学校运转等支出。\n\n（2）教育支出（类）普通教育（款）初中教育（项）5.00万元，主要是教师工资等支出。\n\n一般公共预算财政拨款支出决算表\n\n功能分类科目编码\t科目名称\t小计\t基本支出\t项目支出\n合计\t\t15.00\t15.00\t0.00\n205\t教育支出\t15.00\t15.00\t0.00\n20502\t普通教育\t15.00\t15.00\t0.00\n2050202\t小学教育\t10.00\t10.00\t0.00\n2050203\t初中教育\t5.00\t5.00\t0.00",
    basis: "《预算法》第十四条：对一般公共预算支出按功能分类说明到项",
    false_alarms: "文字只说明到类的地方，没有项级段落，不检查；政府性基金、国有资本经营预算一项也没有逐项说明的，不检查。",
    covers: &["R088", "R090", "E58", "A04"],
    check,
};

const FORMS: [&str; 3] = ["general_expenditure", "funds", "state_capital"];

fn check(context: &Context<'_>, out: &mut Outcomes) {
    let texts = items(context);
    if texts.is_empty() {
        return out.not_applicable();
    }
    let told: FxHashSet<&str> = texts.iter().map(|text| &*text.code).collect();
    // Items named without their class stand under it, and not every class may be gone through.
    let by_class = texts.iter().all(ItemText::is_short);
    let classes: FxHashSet<&str> = told.iter().filter_map(|code| code.get(..3)).collect();
    // Some places go through the items of the general budget only.
    let is_told = |form: &str| {
        form == FORMS[0] || context.rows_of(form).iter().any(|row| told.contains(&**row))
    };
    for form in FORMS.into_iter().filter(|form| is_told(form)) {
        for row in context.rows_of(form).iter().filter(|row| row.len() == 7) {
            let cell = context.fact(form, row, "total");
            let Some((id, fact)) =
                cell.filter(|(_, f)| f.number().is_some_and(|n| !n.value().is_zero()))
            else {
                continue;
            };
            if told.contains(&**row) {
                out.pass(&[]);
                continue;
            }
            if by_class && !row.get(..3).is_some_and(|class| classes.contains(class)) {
                let name = context.row_name(form, row).unwrap_or("");
                let reason = format!("文字说明没有逐项写{name}所在的类");
                out.not_checked(format!("item[{row}].amount"), reason);
                continue;
            }
            let message = format!(
                "{row} {}有 {} 万元，文字说明里没有这一项",
                context.row_name(form, row).unwrap_or(""),
                fact.printed
            );
            let failure =
                Failure::new(format!("item[{row}].amount"), message).values("", &*fact.printed);
            out.fail(failure.figure(context, id));
        }
    }
    in_forms(context, &texts, out);
}

/// Whether the items that the text goes through stand in the forms, once each.
fn in_forms(context: &Context<'_>, texts: &[ItemText<'_>], out: &mut Outcomes) {
    if context.form(FORMS[0]).is_none() {
        let title = context.scheme.name_of(FORMS[0]);
        return out.not_checked("item[].item", format!("没有找到《{title}》"));
    }
    let lacks_forms = context.may_lack_one_of(&FORMS);
    let mut seen: FxHashSet<&str> = FxHashSet::default();
    for text in texts {
        let place = context.slot_of(text.statement, "item").map(|(_, fact)| spot(fact));
        let in_forms = FORMS.iter().any(|form| {
            context.amount(form, &text.code, "total").is_some_and(|amount| amount > Decimal::ZERO)
        });
        if &*text.code != "?" && !in_forms && lacks_forms {
            out.not_checked(format!("item[{}].item", text.code), MAY_BE_UNREAD);
            continue;
        }
        let fault = if &*text.code == "?" {
            "在科目目录和决算表中都找不到"
        } else if !seen.insert(&text.code) {
            "说明了两次"
        // Of a budget nothing may have been spent.
        } else if !in_forms && context.value(text.amount) != Some(Decimal::ZERO) {
            "在决算表中没有金额"
        } else {
            continue;
        };
        let message = format!("文字说明中的“{}”{fault}", text.name(context));
        let failure = Failure::new(format!("item[{}].item", text.code), message);
        out.fail(place.into_iter().fold(failure, Failure::at));
    }
}
