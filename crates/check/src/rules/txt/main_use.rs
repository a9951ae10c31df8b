//! TXT112: what is called the main use is a small part of the item.

use juesuan_model::{Bigrams, Evaluation, Severity, SimilarTexts};
use rust_decimal::Decimal;

use super::items::{ItemText, items, spot};
use crate::words::fold;
use crate::{Context, Failure, Outcomes, Rule};

pub(crate) static RULE: Rule = Rule {
    code: "TXT112",
    title: "所称主要用途只占很小部分，或用途没有写",
    english: "What is called the main use is a small part, or no use is stated",
    severity: Severity::Warning,
    checks: "“主要是某项目等支出”的，该项目在自评表中的执行数应不少于这一科目金额的 20%；各项都写了用途的，个别项不应缺少；用途不应只是数字或空白。",
    why: "称为主要的用途应当确实是主要的。",
    bad: "第二部分 说明\n\n二、一般公共预算财政拨款支出\n\n（1）农林水支出（类）水利（款）水利工程运行与维护（项）1000.00万元，主要是堤防绿化项目等支出。\n\n项目支出绩效自评表\n项目名称\t堤防绿化项目\n预算数\t20\t执行数\t20\t执行率\t100%\n一级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\n产出指标\t次数\t≥1次\t1次\t90\t90",
    good: "第二部分 说明\n\n二、一般公共预算财政拨款支出\n\n（1）农林水支出（类）水利（款）水利工程运行与维护（项）25.00万元，主要是堤防绿化项目等支出。\n\n项目支出绩效自评表\n项目名称\t堤防绿化项目\n预算数\t20\t执行数\t20\t执行率\t100%\n一级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\n产出指标\t次数\t≥1次\t1次\t90\t90",
    basis: "说明应与支出内容相符",
    false_alarms: "同名项目分几张自评表的，请合并计算。",
    covers: &["A11", "A27", "A29", "E45"],
    check,
};

fn check(context: &Context<'_>, out: &mut Outcomes) {
    // The use of items told without their class is not read.
    let items: Vec<ItemText<'_>> = items(context).into_iter().filter(|i| !i.is_short()).collect();
    let evaluations = context.accounts.evaluations.iter();
    let names: Vec<Bigrams> = evaluations.map(|form| Bigrams::new(fold(&form.name.text))).collect();
    let names = SimilarTexts::new(&names);
    let with_use = items.iter().filter(|item| item.use_of.is_some()).count();
    for item in &items {
        let place = context.slot_of(item.statement, "item").map(|(_, fact)| spot(fact));
        let Some(id) = item.use_of else {
            if with_use * 4 > items.len() * 3 {
                let message =
                    format!("{}没有写“主要是……等支出”，其他各项都写了", item.name(context));
                let failure = Failure::new(format!("item_use[{}].use", item.code), message);
                out.fail(place.into_iter().fold(failure, Failure::at));
            }
            continue;
        };
        let printed = context.printed(Some(id));
        let Some(fact) = context.accounts.facts.get(id) else { continue };
        if !printed.chars().any(|c| c.is_alphabetic()) {
            let message = format!("{}的用途写的是“{printed}”", item.name(context));
            let failure = Failure::new(format!("item_use[{}].use", item.code), message);
            out.fail(failure.severity(Severity::Error).at(spot(fact)));
            continue;
        }
        match share(context, &names, printed, context.value(item.amount)) {
            Some((form, share)) if share < Decimal::from(20) => {
                let project = &form.name.text;
                let message = format!(
                    "{}称主要是“{printed}”，而项目“{project}”的执行数只占 {}%",
                    item.name(context),
                    share.round_dp(1).normalize()
                );
                let failure = Failure::new(format!("item_use[{}].use", item.code), message);
                let amount = item.amount.into_iter();
                let failure = amount.fold(failure.at(spot(fact)), |f, id| f.figure(context, id));
                let executed = form.executed.and_then(|id| context.accounts.facts.get(id));
                out.fail(executed.into_iter().fold(failure, |f, fact| f.at(fact)));
            }
            Some(_) => out.pass(&[]),
            None => out.not_applicable(),
        }
    }
}

/// The project that the use names, and its share of the amount in percent.
fn share<'a>(
    context: &Context<'a>,
    names: &SimilarTexts,
    printed: &str,
    amount: Option<Decimal>,
) -> Option<(&'a Evaluation, Decimal)> {
    let bare = fold(printed);
    let bare = bare.trim_end_matches("支出").trim_end_matches('等');
    let alike = names.alike(&Bigrams::new(bare));
    let (index, alike) = alike.into_iter().max_by_key(|(_, alike)| *alike)?;
    let form = context.accounts.evaluations.get(index)?;
    let executed = context.value(form.executed).filter(|_| alike >= 700)?;
    let share = executed.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(amount?)?;
    Some((form, share))
}
