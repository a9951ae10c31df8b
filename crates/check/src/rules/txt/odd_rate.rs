//! TXT105: a rate stands out: a bare 1 %, or far beyond what is plausible.

use juesuan_model::{Bounds, Measure, Severity};
use rust_decimal::Decimal;

use crate::{Context, Failure, Outcomes, Rule};

pub(crate) static RULE: Rule = Rule {
    code: "TXT105",
    title: "百分数离群",
    english: "A rate stands out",
    severity: Severity::Warning,
    checks: "同一文件的百分数都写两位小数而个别写成整数“1%”的，疑为比率没有乘以 100；完成率超过 1000% 的也列为疑点。",
    why: "表格软件里的 1 就是 100%，抄进文字时常忘了乘以 100。",
    bad: "第二部分 说明\n\n一、收入支出决算总体情况\n\n（一）收入总计100.00万元，包括：\n\n1.财政拨款收入80.00万元，占收入总计的80.00%。\n\n2.事业收入10.00万元，占收入总计的10.00%。\n\n3.其他收入10.00万元，占收入总计的1%。",
    good: "第二部分 说明\n\n一、收入支出决算总体情况\n\n（一）收入总计100.00万元，包括：\n\n1.财政拨款收入80.00万元，占收入总计的80.00%。\n\n2.事业收入10.00万元，占收入总计的10.00%。\n\n3.其他收入10.00万元，占收入总计的10.00%。",
    basis: "同类百分数的写法一致",
    false_alarms: "确为 1% 的应写 1.00%。",
    covers: &["A09", "E52", "R126"],
    check,
};

fn check(context: &Context<'_>, out: &mut Outcomes) {
    let in_summaries = |form: &str| form.starts_with("summary_");
    let rates: Vec<_> = context
        .accounts
        .statements
        .iter()
        .filter(|statement| !in_summaries(&statement.sentence))
        .flat_map(|statement| statement.slots.iter().map(|(_, id)| *id))
        .filter_map(|id| Some((id, context.number(Some(id))?)))
        .filter(|(_, number)| number.measure() == Measure::Percent)
        .collect();
    let two_decimals = Decimal::new(5, 3);
    let exact = rates.iter().filter(|(_, number)| number.half() == two_decimals).count();
    for (id, number) in &rates {
        let bare = number.half() == Decimal::new(5, 1) && number.value() == Decimal::ONE;
        let is_bare = bare && exact * 2 > rates.len();
        let is_huge = number.value() > Decimal::from(1_000);
        if !is_bare && !is_huge {
            out.pass(&[]);
            continue;
        }
        let fact = context.accounts.facts.get(*id);
        let subject = fact.map(|fact| fact.subject.to_string()).unwrap_or_default();
        let (message, hint) = if is_bare {
            (
                "写作“1%”，别处的百分数都有两位小数".to_owned(),
                "可能把比率当成了百分数，没有乘以 100",
            )
        } else {
            (format!("写作 {}，超过 1000%，请核对", number.display()), "")
        };
        let failure = Failure::new(subject, message).values(number.display(), "").hint(hint);
        let meant = number.bounds().times(Bounds::exact(Decimal::ONE_HUNDRED));
        out.fail(match meant.filter(|_| is_bare) {
            Some(meant) => failure.figure(context, *id).repair(*id, meant),
            // What follows from a huge rate is told with it.
            None => failure.figure(context, *id).derived(),
        });
    }
}
