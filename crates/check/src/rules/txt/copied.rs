//! TXT109: reason or use of an item is empty talk, or copied from its neighbour.

use std::borrow::Cow;

use juesuan_model::{FactId, Severity};
use rust_decimal::Decimal;

use super::items::{ItemText, items, spot};
use crate::words::fold;
use crate::{Context, Failure, Outcomes, Rule};

pub(crate) static RULE: Rule = Rule {
    code: "TXT109",
    title: "原因或用途照抄相邻科目，或是空话",
    english: "Reason or use is copied from the neighbour, or empty talk",
    severity: Severity::Warning,
    checks: "项级科目的用途、原因不应与相邻科目逐字相同而又与本科目无关；用途、原因不应说的是别的科目；偏离很大的差异不应只写“根据实际情况进行了调整”；全部是基本支出的科目不应以“追加项目”为原因。",
    why: "抄来的原因说明不了本项目。",
    bad: "第二部分 说明\n\n二、一般公共预算财政拨款支出\n\n（1）住房保障支出（类）住房改革支出（款）住房公积金（项）533.24万元，主要是缴纳住房公积金等支出，完成年初预算的101.88%，决算数与年初预算数存在差异的主要原因是公积金缴存基数增加。\n\n（2）住房保障支出（类）住房改革支出（款）购房补贴（项）128.74万元，主要是职工购房补贴等支出，完成年初预算的105.27%，决算数与年初预算数存在差异的主要原因是公积金缴存基数增加。",
    good: "第二部分 说明\n\n二、一般公共预算财政拨款支出\n\n（1）住房保障支出（类）住房改革支出（款）住房公积金（项）533.24万元，主要是缴纳住房公积金等支出，完成年初预算的101.88%，决算数与年初预算数存在差异的主要原因是公积金缴存基数增加。\n\n（2）住房保障支出（类）住房改革支出（款）购房补贴（项）128.74万元，主要是职工购房补贴等支出，完成年初预算的105.27%，决算数与年初预算数存在差异的主要原因是年中新增2名符合条件的职工。",
    basis: "《地方预决算公开操作规程》：逐项说明增减变化的原因",
    false_alarms: "人员减少等原因对几个科目可以同样成立，只列为提示。",
    covers: &["A15", "A27", "E18", "E45"],
    check,
};

fn check(context: &Context<'_>, out: &mut Outcomes) {
    let items = items(context);
    for (index, item) in items.iter().enumerate() {
        let neighbours = [index.checked_sub(1).and_then(|i| items.get(i)), items.get(index + 1)];
        let neighbours: Vec<&ItemText<'_>> = neighbours.into_iter().flatten().collect();
        foreign_use(context, item, &neighbours, out);
        let earlier = items.get(..index).unwrap_or_default();
        copied_reason(context, item, earlier.last(), out);
        empty_reason(context, item, out);
        project_reason(context, item, out);
    }
}

fn text<'a>(context: &Context<'a>, id: Option<FactId>) -> Option<(Cow<'a, str>, FactId)> {
    let id = id?;
    Some((fold(context.printed(Some(id))), id))
}

fn fail(
    context: &Context<'_>,
    item: &ItemText<'_>,
    (slot, id): (&str, FactId),
    severity: Severity,
    message: String,
    out: &mut Outcomes,
) {
    let failure =
        Failure::new(format!("item_{slot}[{}].{slot}", item.code), message).severity(severity);
    let spots = context.accounts.facts.get(id).map(spot);
    let stated = context.printed(Some(id)).to_owned();
    out.fail(spots.into_iter().fold(failure, Failure::at).values(stated, ""));
}

/// A use that is also the neighbour's, and whose words are the neighbour's and not this item's.
fn foreign_use(
    context: &Context<'_>,
    item: &ItemText<'_>,
    neighbours: &[&ItemText<'_>],
    out: &mut Outcomes,
) {
    let Some((own, id)) = text(context, item.use_of) else { return out.not_applicable() };
    let name = fold(item.word(context, "item"));
    for other in neighbours {
        let same = text(context, other.use_of).is_some_and(|(words, _)| words == own);
        let other_name = fold(other.word(context, "item"));
        let (to_own, to_other) = (shared(&own, &name), shared(&own, &other_name));
        if same && to_other > to_own {
            let message = format!(
                "{}的用途“{}”与相邻的{}逐字相同，说的是后者",
                item.name(context),
                context.printed(Some(id)),
                other.name(context)
            );
            return fail(context, item, ("use", id), Severity::Error, message, out);
        }
    }
    out.pass(&[]);
}

/// How many pairs of characters two texts share, those of every item left out.
fn shared(a: &str, b: &str) -> usize {
    let mut bare = b.to_owned();
    for common in ["支出", "机关", "事业", "单位", "缴费", "行政", "经费", "管理", "其他"]
    {
        bare = bare.replace(common, "·");
    }
    let pairs = |text: &str| text.chars().zip(text.chars().skip(1)).collect::<Vec<_>>();
    let own = pairs(a);
    pairs(&bare).iter().filter(|pair| own.contains(pair)).count()
}

/// A reason that repeats the one above word by word: a fault when it names the other's matter.
fn copied_reason(
    context: &Context<'_>,
    item: &ItemText<'_>,
    above: Option<&ItemText<'_>>,
    out: &mut Outcomes,
) {
    let Some((own, id)) = text(context, item.reason) else { return out.not_applicable() };
    let Some(above) =
        above.filter(|above| text(context, above.reason).is_some_and(|(words, _)| words == own))
    else {
        return out.pass(&[]);
    };
    let settings = &context.scheme.settings;
    if settings.words("空话原因").occur_in(&own) || settings.words("通用原因").occur_in(&own)
    {
        return out.not_applicable();
    }
    let names_other = shared(&own, &fold(above.word(context, "item")))
        > shared(&own, &fold(item.word(context, "item")));
    let severity = if names_other { Severity::Error } else { Severity::Note };
    let message = format!(
        "{}的原因“{}”与上一项{}逐字相同{}",
        item.name(context),
        context.printed(Some(id)),
        above.name(context),
        if names_other { "，说的是上一项" } else { "" }
    );
    fail(context, item, ("reason", id), severity, message, out);
}

/// Empty talk: a note, and a doubt where the deviation is large.
fn empty_reason(context: &Context<'_>, item: &ItemText<'_>, out: &mut Outcomes) {
    let (Some((own, id)), Some(rate)) =
        (text(context, item.reason), context.value(item.completion))
    else {
        return out.not_applicable();
    };
    let settings = &context.scheme.settings;
    let is_large = rate < Decimal::from(5) || rate > Decimal::from(500);
    let vague = settings.words("空话原因").occur_in(&own)
        || is_large && settings.words("通用原因").occur_in(&own);
    if !vague {
        return out.pass(&[]);
    }
    let severity = if is_large { Severity::Warning } else { Severity::Note };
    let message = format!(
        "{}完成年初预算的 {}%，原因“{}”太笼统，没有说明是什么项目、多少金额",
        item.name(context),
        context.printed(item.completion),
        context.printed(Some(id))
    );
    fail(context, item, ("reason", id), severity, message, out);
}

/// Projects cannot explain an item that is basic expenditure only.
fn project_reason(context: &Context<'_>, item: &ItemText<'_>, out: &mut Outcomes) {
    let Some((own, id)) = text(context, item.reason) else { return out.not_applicable() };
    let basic = context.amount("general_expenditure", &item.code, "basic");
    let project = context.amount("general_expenditure", &item.code, "project");
    let only_basic = basic.is_some_and(|b| b > Decimal::ZERO) && project == Some(Decimal::ZERO);
    if !only_basic || !own.contains("追加") || !own.contains("项目") {
        return out.not_applicable();
    }
    let message =
        format!("{}全部是基本支出，原因却是“{}”", item.name(context), context.printed(Some(id)));
    fail(context, item, ("reason", id), Severity::Warning, message, out);
}
