//! PRF119: a summary gives a rate of an indicator that its form lacks.

use std::sync::Arc;

use juesuan_model::{Claim, Severity};

use crate::matching::{Phrase, coverage};
use crate::performance::{Item, items_of};
use crate::words::fold;
use crate::{Context, Failure, Outcomes, Rule};

pub(crate) static RULE: Rule = Rule {
    code: "PRF119",
    title: "综述所称的指标自评表中没有",
    english: "A summary names an indicator that its form lacks",
    severity: Severity::Warning,
    checks: "综述写某某率为百分之几的，自评表中应有这一指标。",
    why: "综述常从别的项目复制；表里没有的指标，数字也就无从核对。",
    bad: "第二部分 绩效自评情况\n\n（1）甲项目自评综述：自评得分90分。全年预算数为10万元，执行数为10万元，完成预算的100%。发放到位率为100%，企业满意度为95%。\n\n项目支出绩效自评表\n项目名称\t甲项目\n预算数\t10\t执行数\t10\t执行率\t100%\n一级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\n产出指标\t巡检次数\t≥4次\t4次\t80\t80\n满意度指标\t企业满意度\t≥90%\t95%\t10\t10",
    good: "第二部分 绩效自评情况\n\n（1）甲项目自评综述：自评得分90分。全年预算数为10万元，执行数为10万元，完成预算的100%。开展巡检4次，企业满意度为95%。\n\n项目支出绩效自评表\n项目名称\t甲项目\n预算数\t10\t执行数\t10\t执行率\t100%\n一级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\n产出指标\t巡检次数\t≥4次\t4次\t80\t80\n满意度指标\t企业满意度\t≥90%\t95%\t10\t10",
    basis: "综述与自评表反映同一次自评",
    false_alarms: "同一指标在综述里换了说法的，请核对。",
    covers: &["X05"],
    check,
};

/// How much of a name must be found in an indicator's, in thousandths, to be that indicator.
const SAME: u32 = 700;

fn check(context: &Context<'_>, out: &mut Outcomes) {
    for (index, summary) in context.accounts.summaries.iter().enumerate() {
        let known = summary.evaluation.filter(|form| {
            let form = context.accounts.evaluations.get(*form);
            form.is_some_and(|form| !form.first_page_lost && !form.indicators.is_empty())
        });
        let Some(form) = known else {
            out.not_applicable();
            continue;
        };
        let items = items_of(context, form);
        let unknown: Vec<(&Claim, Arc<str>)> = summary
            .claims
            .iter()
            .filter_map(|claim| Some((claim, rate_named(context, claim)?)))
            .filter(|(_, name)| !has(context, &items, name) && !is_written(context, form, name))
            .collect();
        if unknown.is_empty() {
            out.pass(&[]);
            continue;
        }
        let mut names: Vec<&str> = unknown.iter().map(|(_, name)| &**name).collect();
        names.dedup();
        let message = format!(
            "“{}”的综述写了{}，自评表没有这样的指标",
            summary.name.text,
            names.iter().map(|name| format!("“{name}”")).collect::<Vec<_>>().join("、")
        );
        let failure = Failure::new(format!("project[{index}].claims"), message);
        // It is their names that are at fault, whatever the figures.
        let facts = unknown.iter().filter_map(|(claim, _)| context.accounts.facts.get(claim.value));
        out.fail(facts.fold(failure, |failure, fact| failure.at(fact)));
    }
}

/// Whether the form itself tells of it, though without an indicator.
fn is_written(context: &Context<'_>, form: usize, name: &str) -> bool {
    let form = context.accounts.evaluations.get(form);
    let texts = form.into_iter().flat_map(|form| [&form.goal, &form.result]).flatten();
    // 隐患整改率, where the form tells of the 整改率.
    let kind = name.char_indices().rev().nth(2).and_then(|(at, _)| name.get(at..)).unwrap_or(name);
    texts.into_iter().any(|field| fold(&field.text).contains(kind))
}

/// The rate that a percentage belongs to: the words before it that end in 率 or 度.
fn rate_named(context: &Context<'_>, claim: &Claim) -> Option<Arc<str>> {
    if &*claim.unit != "%" {
        return None;
    }
    let words = claim.context.trim_end_matches(['为', '达', '到', '是', '约', '均']);
    let start = words.rfind(['和', '与', '的', '"']).map_or(0, |at| {
        at + words.get(at..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8)
    });
    let name = words.get(start..)?;
    let is_rate = name.ends_with(['率', '度']) && name.chars().count() >= 3;
    // Execution has a place of its own in the form.
    let general = context.scheme.settings.words("综述里的总体比率");
    let is_general = general.iter().any(|word| name.contains(&**word));
    (is_rate && !is_general).then(|| name.into())
}

/// Whether an indicator has the name, or is a rate of the same kind: 到位率, 合格率, 满意度.
fn has(context: &Context<'_>, items: &[Item<'_>], name: &str) -> bool {
    let characters: Vec<char> = name.chars().collect();
    let kind: String = characters.iter().rev().skip(1).take(2).rev().collect();
    let paying = context.scheme.settings.words("付款的动词");
    let is_paying = |text: &str| paying.occur_in(text) || text.contains("到位");
    let phrase = Phrase::new(name);
    items.iter().any(|item| {
        let own = &*item.indicator.name.text;
        own.contains(&kind)
            || item.indicator.group.contains(&kind)
            || (is_paying(&kind) && is_paying(own))
            || phrase.covers_item(item) >= SAME
            || coverage(name, own) >= SAME
    })
}
