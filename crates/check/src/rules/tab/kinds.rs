//! TAB104: an item of running cost holds project expenditure, or the other way round.

use juesuan_model::Severity;
use rust_decimal::Decimal;
use rustc_hash::FxHashSet;

use crate::{Context, Failure, Outcomes, Rule};

pub(crate) static RULE: Rule = Rule {
    code: "TAB104",
    title: "行政运行、事业运行列项目支出，或一般行政管理事务列基本支出",
    english: "Running cost holds project expenditure, or general administration basic expenditure",
    severity: Severity::Warning,
    checks: "行政运行、事业运行反映基本支出，一般行政管理事务反映项目支出；反过来列支的请核对。",
    why: "科目的含义决定了列支的性质。",
    bad: "支出决算表\n\n功能分类科目编码\t科目名称\t本年支出合计\t基本支出\t项目支出\n合计\t\t10.00\t0.00\t10.00\n201\t一般公共服务支出\t10.00\t0.00\t10.00\n20103\t政府办公厅（室）及相关机构事务\t10.00\t0.00\t10.00\n2010301\t行政运行\t10.00\t0.00\t10.00",
    good: "支出决算表\n\n功能分类科目编码\t科目名称\t本年支出合计\t基本支出\t项目支出\n合计\t\t10.00\t10.00\t0.00\n201\t一般公共服务支出\t10.00\t10.00\t0.00\n20103\t政府办公厅（室）及相关机构事务\t10.00\t10.00\t0.00\n2010301\t行政运行\t10.00\t10.00\t0.00",
    basis: "《政府收支分类科目》：行政运行反映行政单位的基本支出",
    false_alarms: "",
    covers: &["R019"],
    check,
};

fn check(context: &Context<'_>, out: &mut Outcomes) {
    let mut told: FxHashSet<(&str, &str)> = FxHashSet::default();
    for form in ["expenditure", "general_expenditure"] {
        for row in context.rows_of(form).iter().filter(|row| row.len() == 7) {
            let column = match context.row_name(form, row) {
                Some("行政运行" | "事业运行") => "project",
                Some("一般行政管理事务") => "basic",
                _ => continue,
            };
            let cell = context.fact(form, row, column);
            let wrong = cell.filter(|(_, f)| f.number().is_some_and(|n| n.value() > Decimal::ZERO));
            let Some((id, fact)) = wrong else {
                out.pass(&[]);
                continue;
            };
            // The general budget's form repeats what the form of all expenditure shows.
            if !told.insert((row, column)) {
                out.not_applicable();
                continue;
            }
            let kind = if column == "basic" { "基本支出" } else { "项目支出" };
            let message = format!(
                "{row} {}列有{kind} {} 万元",
                context.row_name(form, row).unwrap_or(""),
                fact.printed
            );
            out.fail(Failure::new(fact.subject.to_string(), message).figure(context, id));
        }
    }
}
