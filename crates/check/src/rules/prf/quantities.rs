//! PRF038: a quantity in the text of goal or result differs from the indicator it speaks of.

use std::sync::Arc;

use juesuan_model::{Bounds, Number, Severity, TextField};
use rust_decimal::Decimal;

use crate::matching::{around, best, clause, names_goal, only_pair, told_by};
use crate::performance::{Item, items_of, scoring, whole_items_of, words_of};
use crate::words::{Spoken, numbers, short};
use crate::{Context, Outcomes, Rule};

pub(crate) static RULE: Rule = Rule {
    code: "PRF038",
    title: "目标或完成情况文字里的数量与指标不符",
    english: "A quantity of goal or result differs from its indicator",
    severity: Severity::Warning,
    checks: "项目和整体自评表目标文字里的数量应与同名指标的目标值相同，完成情况里的数量应与完成值相同；完成情况里写明是目标或界限（如“不低于”“以上”）的，也可以等于目标值。",
    why: "文字和指标由不同的人填写，数字常常对不上。",
    bad: "项目支出绩效自评表\n项目名称\t甲项目\n预算数\t10\t执行数\t10\t执行率\t100%\n年初设定目标\t实际完成情况\n支持公共服务示范平台6个\t全年评审认定示范平台4个，资金已全部拨付\n一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\n产出指标\t数量指标\t支持示范平台数量\t≥4个\t4个\t50\t50",
    good: "项目支出绩效自评表\n项目名称\t甲项目\n预算数\t10\t执行数\t10\t执行率\t100%\n年初设定目标\t实际完成情况\n支持公共服务示范平台4个\t全年评审认定示范平台4个，资金已全部拨付\n一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\n产出指标\t数量指标\t支持示范平台数量\t≥4个\t4个\t50\t50",
    basis: "《中央部门项目支出核心绩效目标和指标设置及取值指引（试行）》：指标是目标的细化和量化",
    false_alarms: "文字写的是总数、指标写的是其中一部分的，请核对口径。",
    covers: &["T25", "X07"],
    check,
};

fn check(context: &Context<'_>, out: &mut Outcomes) {
    let accounts = context.accounts;
    for (index, form) in accounts.evaluations.iter().enumerate() {
        texts(context, (&form.goal, &form.result), &items_of(context, index), out);
    }
    for (index, form) in accounts.whole_evaluations.iter().enumerate() {
        texts(context, (&form.goal, &form.result), &whole_items_of(context, index), out);
    }
}

fn texts(
    context: &Context<'_>,
    (goal, result): (&Option<TextField>, &Option<TextField>),
    items: &[Item<'_>],
    out: &mut Outcomes,
) {
    for (column, text) in [(Column::Goal, goal), (Column::Result, result)] {
        match text {
            Some(text) => one(context, (column, text), items, out),
            None => out.not_applicable(),
        }
    }
}

/// The text that a number stands in, and the value of an indicator it is held against.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Column {
    Goal,
    Result,
}

impl Column {
    fn own(self, item: &Item<'_>) -> Option<Number> {
        match self {
            Self::Goal => item.target(),
            Self::Result => item.actual(),
        }
    }
}

fn one(
    context: &Context<'_>,
    (column, text): (Column, &TextField),
    items: &[Item<'_>],
    out: &mut Outcomes,
) {
    let folded = words_of(Some(text));
    let all: Vec<&Item<'_>> = items.iter().collect();
    let mut told: Vec<(&Item<'_>, Vec<Spoken>)> = Vec::new();
    for number in numbers(&folded) {
        let Some(item) = speaks_of(context, &folded, &number, &all, column) else { continue };
        match told.iter_mut().find(|(other, _)| std::ptr::eq(*other, item)) {
            Some((_, spoken)) => spoken.push(number),
            None => told.push((item, vec![number])),
        }
    }
    for (item, spoken) in told {
        judge(context, (column, text), &folded, item, &spoken, out);
    }
}

/// The indicator that a number of the text means.
fn speaks_of<'i, 'a>(
    context: &Context<'_>,
    folded: &str,
    number: &Spoken,
    items: &[&'i Item<'a>],
    column: Column,
) -> Option<&'i Item<'a>> {
    let unit = &unit_behind(context, folded, number, items)?;
    let is_date_or_money = matches!(&**unit, "年" | "月" | "万元" | "亿元" | "元");
    let is_other = is_date_or_money || is_ahead(context, folded, number);
    if is_other || is_relative(context, folded, number) {
        return None;
    }
    let only = || only_pair(items, folded, unit).filter(|_| column == Column::Goal);
    let words = around(folded, number, unit);
    let found = best(items, &words, unit).or_else(only);
    let has_it = |item: &Item<'_>| column.own(item).is_some_and(|own| own.value() == number.value);
    let found = found.map(|found| told_by(items, found, (&words, unit), has_it));
    // What a month has on average is told otherwise.
    let averages = context.scheme.settings.words("平均的词");
    found.filter(|item| !averages.occur_in(&item.indicator.name.text))
}

/// The unit behind a number: one of the form's own, or a usual one.
fn unit_behind(
    context: &Context<'_>,
    folded: &str,
    number: &Spoken,
    items: &[&Item<'_>],
) -> Option<Arc<str>> {
    let rest = folded.get(number.end..).unwrap_or("");
    let own = items.iter().map(|item| item.unit()).filter(|unit| !unit.is_empty());
    let usual = context.scheme.performance.summary.units.iter().map(|unit| &**unit);
    let all = own.chain(usual).filter(|unit| rest.starts_with(unit));
    all.max_by_key(|unit| unit.len()).map(Arc::from)
}

/// Several numbers may be parts of the indicator's value: one of them or their sum must be it.
fn judge(
    context: &Context<'_>,
    (column, text): (Column, &TextField),
    folded: &str,
    item: &Item<'_>,
    spoken: &[Spoken],
    out: &mut Outcomes,
) {
    let (Some(stated), Some(first)) = (column.own(item), spoken.first()) else { return };
    let sum = spoken.iter().fold(Decimal::ZERO, |sum, n| sum.checked_add(n.value).unwrap_or(sum));
    // A result may name the goal too, when its words say so.
    let target = item.target().filter(|_| column == Column::Result).map(Number::value);
    let is = |number: &Spoken| {
        let is_goal = || target == Some(number.value) && names_goal(context, folded, number);
        stated.value() == number.value || is_goal()
    };
    if spoken.len() > 1 || stated.value() == sum || spoken.iter().any(is) {
        return out.pass(&[]);
    }
    let (place, what, name) = match column {
        Column::Goal => ("目标", "目标值", "target"),
        Column::Result => ("完成情况", "完成值", "actual"),
    };
    let message = format!(
        "{}的{what}是 {}，{place}文字写的是“{}”",
        item.name(),
        stated.display(),
        short(&clause(folded, first), 40)
    );
    let failure = item.failure(name, message).values(first.value.to_string(), stated.display());
    let id = match column {
        Column::Goal => item.indicator.target,
        Column::Result => item.indicator.actual,
    };
    let failure = id.into_iter().fold(failure, |f, id| f.repair(id, Bounds::exact(first.value)));
    let failure = failure.at(text);
    // A wrong result is told by the score's own rule first.
    let is_told = column == Column::Result && !is_completed_so(context, item);
    out.fail(if is_told { failure.derived() } else { failure });
}

/// Whether the printed degree of completion is that of target and actual value.
fn is_completed_so(context: &Context<'_>, item: &Item<'_>) -> bool {
    let computed = || {
        let (operator, target, actual) = item.quantities()?;
        scoring(context, item)?.completion(operator, target, actual)
    };
    let printed = item.completion().map(Number::value);
    printed.is_some() && printed == computed()
}

/// Whether a number is told of each of several, as a difference, or about.
fn is_relative(context: &Context<'_>, folded: &str, number: &Spoken) -> bool {
    let settings = &context.scheme.settings;
    let clause = clause(folded, number);
    let before = folded.get(..number.start).unwrap_or("");
    let is_about = settings.words("约数的词").iter().any(|word| before.ends_with(&**word));
    let compares = settings.words("比较的词").occur_in(&clause);
    let differs = || settings.words("多少的词").occur_in(&clause);
    is_about || settings.words("平均的词").occur_in(&clause) || compares && differs()
}

/// Whether the sentence tells what is still to be done, not what was.
fn is_ahead(context: &Context<'_>, folded: &str, number: &Spoken) -> bool {
    let before = folded.get(..number.start).unwrap_or("");
    let sentence = before.rsplit(['。', ';', ',']).next().unwrap_or("");
    context.scheme.settings.words("尚待完成").occur_in(sentence)
}
