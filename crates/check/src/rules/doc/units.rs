//! DOC021: an amount in the text has another unit than all others.

use juesuan_model::{Bounds, FactId, Measure, Scale, Severity};
use rust_decimal::Decimal;
use rustc_hash::FxHashMap;

use crate::{Context, Failure, Outcomes, Rule};

pub(crate) static RULE: Rule = Rule {
    code: "DOC021",
    title: "文字中的金额单位疑有误",
    english: "An amount in the text has another unit than all others",
    severity: Severity::Error,
    checks: "文字说明的金额几乎都用“万元”而个别写“元”（或“亿元”）的，按数值看应是漏写或错写了“万”。",
    why: "漏一个“万”字，差一万倍。",
    bad: "第二部分 说明\n\n一、收入支出决算总体情况\n\n（一）收入总计100.00万元，包括：\n\n1.财政拨款收入80.00万元，占收入总计的80.00%。\n\n2.事业收入10.00万元，占收入总计的10.00%。\n\n3.其他收入10.00元，占收入总计的10.00%。\n\n4.上级补助收入0.00万元，占收入总计的0.00%。\n\n5.经营收入0.00万元，占收入总计的0.00%。\n\n6.附属单位上缴收入0.00万元，占收入总计的0.00%。\n\n（二）支出总计100.00万元，包括：\n\n1.基本支出60.00万元，占支出总计的60.00%。\n\n2.项目支出40.00万元，占支出总计的40.00%。",
    good: "第二部分 说明\n\n一、收入支出决算总体情况\n\n（一）收入总计100.00万元，包括：\n\n1.财政拨款收入80.00万元，占收入总计的80.00%。\n\n2.事业收入10.00万元，占收入总计的10.00%。\n\n3.其他收入10.00万元，占收入总计的10.00%。\n\n4.上级补助收入0.00万元，占收入总计的0.00%。\n\n5.经营收入0.00万元，占收入总计的0.00%。\n\n6.附属单位上缴收入0.00万元，占收入总计的0.00%。\n\n（二）支出总计100.00万元，包括：\n\n1.基本支出60.00万元，占支出总计的60.00%。\n\n2.项目支出40.00万元，占支出总计的40.00%。",
    basis: "文字与报表的金额单位一致",
    false_alarms: "",
    covers: &["R125", "E60"],
    check,
};

fn check(context: &Context<'_>, out: &mut Outcomes) {
    let amounts: Vec<(FactId, Scale)> = context
        .accounts
        .statements
        .iter()
        .flat_map(|statement| statement.slots.iter().map(|(_, id)| *id))
        .filter_map(|id| match context.number(Some(id))?.measure() {
            Measure::Money(scale) => Some((id, scale)),
            _ => None,
        })
        .collect();
    let mut counts: FxHashMap<&str, usize> = FxHashMap::default();
    for (_, scale) in &amounts {
        *counts.entry(scale.label()).or_default() += 1;
    }
    for (id, scale) in &amounts {
        let same = counts.get(scale.label()).copied().unwrap_or(0);
        let is_zero = context.value(Some(*id)).is_some_and(|value| value.is_zero());
        if same * 10 > amounts.len() || amounts.len() < 5 || is_zero {
            out.pass(&[]);
            continue;
        }
        let Some(fact) = context.accounts.facts.get(*id) else { continue };
        let usual = if *scale == Scale::TenThousand { "元" } else { "万元" };
        let message = format!(
            "“{}”写作 {}{}，别处的金额都以{usual}为单位",
            context.scheme.name_of(&fact.subject.form),
            fact.printed,
            scale.label()
        );
        let failure = Failure::new(fact.subject.to_string(), message)
            .values(
                format!("{}{}", fact.printed, scale.label()),
                format!("{}{usual}", fact.printed),
            )
            .hint("可能漏写或多写了“万”字");
        let factor =
            if *scale == Scale::TenThousand { Decimal::new(1, 4) } else { Decimal::from(10_000) };
        let meant = context.number(Some(*id)).and_then(|n| n.bounds().times(Bounds::exact(factor)));
        let failure = meant.into_iter().fold(failure, |failure, meant| failure.repair(*id, meant));
        out.fail(failure.figure(context, *id));
    }
}
