//! TAB101: a row without a name carries an amount.

use juesuan_model::Severity;
use rust_decimal::Decimal;

use crate::{Context, Failure, Outcomes, Rule};

pub(crate) static RULE: Rule = Rule {
    code: "TAB101",
    title: "没有名称的行填了金额，或总计为零",
    english: "A row without a name carries an amount, or the total is nothing",
    severity: Severity::Error,
    checks: "收入支出决算总表、财政拨款收入支出决算总表中没有项目名称的行不得有金额；有明细金额的总表，总计不得为零。",
    why: "空行里的数没有意义，多半是串行。",
    bad: "收入支出决算总表\n\n项目\t行次\t金额\t项目\t行次\t金额\n一、一般公共预算财政拨款收入\t1\t10.00\t五、教育支出\t36\t10.00\n\t9\t3.00\t\t40\t\n本年收入合计\t27\t10.00\t本年支出合计\t58\t10.00\n总计\t31\t10.00\t总计\t62\t10.00",
    good: "收入支出决算总表\n\n项目\t行次\t金额\t项目\t行次\t金额\n一、一般公共预算财政拨款收入\t1\t10.00\t五、教育支出\t36\t10.00\n\t9\t\t\t40\t\n本年收入合计\t27\t10.00\t本年支出合计\t58\t10.00\n总计\t31\t10.00\t总计\t62\t10.00",
    basis: "公开01表、公开04表的格式",
    false_alarms: "",
    covers: &["R007", "R008"],
    check,
};

fn check(context: &Context<'_>, out: &mut Outcomes) {
    let facts = context.facts_of("summary").chain(context.facts_of("fiscal_summary"));
    for (id, fact) in facts.filter(|(_, fact)| fact.subject.row.starts_with("line")) {
        if fact.number().is_none_or(|number| number.value().is_zero()) {
            out.pass(&[]);
            continue;
        }
        let line = fact.subject.row.trim_start_matches("line");
        let message = format!(
            "《{}》行次 {line} 没有项目名称，却填了 {}",
            context.scheme.name_of(&fact.subject.form),
            fact.printed
        );
        out.fail(
            Failure::new(fact.subject.to_string(), message)
                .values(&*fact.printed, "")
                .figure(context, id),
        );
    }
    for (form, column) in
        [("summary", "income"), ("summary", "expenditure"), ("fiscal_summary", "income")]
    {
        total(context, form, column, out);
    }
}

fn total(context: &Context<'_>, form: &str, column: &str, out: &mut Outcomes) {
    let row = if column == "income" { "income_total" } else { "expenditure_total" };
    let Some((id, fact)) = context.fact(form, row, column) else { return out.not_applicable() };
    let is_zero = fact.number().is_none_or(|number| number.value().is_zero());
    let has_details = context.facts_of(form).any(|(_, fact)| {
        *fact.subject.column == *column
            && fact.number().is_some_and(|number| number.value() > Decimal::ZERO)
    });
    if !is_zero {
        return out.pass(&[]);
    }
    let (severity, tail) = if has_details {
        (Severity::Error, "各行却有金额")
    } else {
        (Severity::Warning, "一个运转的部门全年不会没有收支")
    };
    let message = format!("《{}》的总计为零，{tail}", context.scheme.name_of(form));
    out.fail(
        Failure::new(fact.subject.to_string(), message).severity(severity).figure(context, id),
    );
}
