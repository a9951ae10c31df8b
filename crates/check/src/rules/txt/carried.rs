//! TXT113: projects are said to be carried over although nothing was carried over.

use juesuan_model::{FactId, Severity};
use memchr::memmem::Finder;
use rust_decimal::Decimal;

use super::items::{items, spot};
use crate::{Context, Failure, Outcomes, Rule, Spot};

pub(crate) static RULE: Rule = Rule {
    code: "TXT113",
    title: "写有结转项目而年初结转为零",
    english: "Projects are said to be carried over although the opening balance is nothing",
    severity: Severity::Warning,
    checks: "项目名称或用途含“结转”并有执行数的，收入支出决算总表的年初结转和结余不应为零；文字称资金结转到下年而年末结转和结余为零的，列为提示；为零的应说明指标的来源和去向。",
    why: "结转的钱应当在年初结转里看得见。",
    bad: "第二部分 说明\n\n二、一般公共预算财政拨款支出\n\n（1）教育支出（类）普通教育（款）小学教育（项）10.00万元，主要是校舍维修（结转）等支出。\n\n收入支出决算总表\n\n项目\t行次\t金额\t项目\t行次\t金额\n一、一般公共预算财政拨款收入\t1\t10.00\t五、教育支出\t36\t10.00\n本年收入合计\t27\t10.00\t本年支出合计\t58\t10.00\n年初结转和结余\t29\t0.00\t年末结转和结余\t60\t0.00\n总计\t31\t10.00\t总计\t62\t10.00",
    good: "第二部分 说明\n\n二、一般公共预算财政拨款支出\n\n（1）教育支出（类）普通教育（款）小学教育（项）10.00万元，主要是校舍维修（结转）等支出。\n\n收入支出决算总表\n\n项目\t行次\t金额\t项目\t行次\t金额\n一、一般公共预算财政拨款收入\t1\t4.00\t五、教育支出\t36\t10.00\n本年收入合计\t27\t4.00\t本年支出合计\t58\t10.00\n年初结转和结余\t29\t6.00\t年末结转和结余\t60\t0.00\n总计\t31\t10.00\t总计\t62\t10.00",
    basis: "结转资金按规定结转到下年继续使用",
    false_alarms: "指标由财政收回后重新下达的，应在说明中写明。",
    covers: &["A28"],
    check,
};

fn check(context: &Context<'_>, out: &mut Outcomes) {
    carried_on(context, out);
    let opening = context.amount("summary", "opening", "income");
    if opening != Some(Decimal::ZERO) {
        return out.not_applicable();
    }
    let mut names: Vec<String> = Vec::new();
    let mut failure = Failure::new("summary[opening].income", String::new());
    let uses = items(context);
    let used: Vec<FactId> = uses
        .iter()
        .filter_map(|item| item.use_of)
        .filter(|id| context.printed(Some(*id)).contains("结转"))
        .collect();
    for id in &used {
        names.push(context.printed(Some(*id)).to_owned());
        failure = context.accounts.facts.get(*id).map(spot).into_iter().fold(failure, Failure::at);
    }
    for form in &context.accounts.evaluations {
        let spent = context.value(form.executed).is_some_and(|executed| executed > Decimal::ZERO);
        if spent && form.name.text.contains("结转") {
            names.push(form.name.text.to_string());
            failure = failure.at(&form.name);
            failure = form.executed.into_iter().fold(failure, |f, id| f.figure(context, id));
        }
    }
    if names.is_empty() {
        return out.not_applicable();
    }
    let words = context.scheme.settings.words("结转指标的来源");
    let says = |text: &str| text.contains("结转") && words.occur_in(text);
    if context.texts().iter().any(|text| says(&text.folded)) {
        return out.pass(&[]);
    }
    if context.narrative() == 0 {
        return out.not_checked("summary[opening].income", "没有读到文字说明");
    }
    failure.message = format!(
        "年初结转和结余为 0，却有 {} 处写着结转的项目在执行：{}",
        names.len(),
        names.join("、")
    );
    let opening = context.fact("summary", "opening", "income").map(|(id, _)| id);
    let mut spoken = context.statements("income_item").filter(|s| &*s.row == "opening");
    let spoken = spoken.find_map(|statement| statement.slot("amount"));
    let opening = opening.into_iter().chain(spoken);
    out.fail(opening.fold(failure, |f, id| f.figure(context, id)));
}

/// Money that is said to be carried over into the next year although nothing is left.
fn carried_on(context: &Context<'_>, out: &mut Outcomes) {
    let Some(year) = context.accounts.identity.year else { return out.not_applicable() };
    if context.amount("summary", "closing", "expenditure") != Some(Decimal::ZERO) {
        return out.not_applicable();
    }
    // 结转到下年 stands in the glossary too.
    let next = [format!("结转至{}", year + 1), format!("结转到{}", year + 1)];
    let next = next.each_ref().map(Finder::new);
    let mut told: Vec<Spot> = Vec::new();
    for text in context.texts() {
        for words in &next {
            let found = words.find_iter(text.folded.as_bytes());
            let found = found.filter(|at| speaks_of_money(text.folded.get(..*at).unwrap_or("")));
            told.extend(found.map(|at| text.spot_at(at, at + words.needle().len())));
        }
    }
    if told.is_empty() {
        return out.pass(&[]);
    }
    let message = format!("年末结转和结余为 0，文字却有 {} 处说资金结转到下年", told.len());
    let failure = Failure::new("summary[closing].expenditure", message).severity(Severity::Note);
    let failure = told.into_iter().fold(failure, Failure::at);
    let closing = context.fact("summary", "closing", "expenditure").map(|(id, _)| id);
    out.fail(closing.into_iter().fold(failure, |failure, id| failure.figure(context, id)));
}

/// Whether the clause before says that there is money to carry on.
fn speaks_of_money(before: &str) -> bool {
    let clause = before.rsplit(['。', ';', ',']).next().unwrap_or("");
    let is_money =
        ["资金", "经费", "指标", "余额", "预算"].iter().any(|word| clause.contains(word));
    is_money && !clause.contains(['无', '没', '未', '不'])
}
