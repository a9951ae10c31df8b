//! PRF052: what a text calls missed was reached, as its form says.

use juesuan_model::{Severity, TextField};

use crate::matching::Phrase;
use crate::performance::{Item, items_of, scoring, whole_items_of};
use crate::words::{fold, short};
use crate::{Context, Outcomes, Rule, Spot};

pub(crate) static RULE: Rule = Rule {
    code: "PRF052",
    title: "文字称未达目标的指标，自评表中已达到",
    english: "What a text calls missed was reached, as its form says",
    severity: Severity::Warning,
    checks: "综述、完成情况中点名说“未达目标”“低于年初目标”的指标，自评表中的完成值应当没有达到目标值。",
    why: "文字说没达到，表里却达到了，不是文字错，就是目标值或完成值错。",
    bad: "项目支出绩效自评表\n项目名称\t甲项目\n预算数\t10\t执行数\t10\t执行率\t100%\n年初设定目标\t实际完成情况\n岸坡绿化保存率不低于92%\t岸坡绿化保存率88%，未达到年初目标\n一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\n效益指标\t生态效益指标\t岸坡绿化保存率\t≥29%\t88%\t50\t50",
    good: "项目支出绩效自评表\n项目名称\t甲项目\n预算数\t10\t执行数\t10\t执行率\t100%\n年初设定目标\t实际完成情况\n岸坡绿化保存率不低于92%\t岸坡绿化保存率88%，未达到年初目标\n一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\n效益指标\t生态效益指标\t岸坡绿化保存率\t≥92%\t88%\t50\t47.83",
    basis: "综述、完成情况与自评表反映同一次自评",
    false_alarms: "说的是全年之中某个时候、某个地方没有达到的，可不理会。",
    covers: &["X07", "T25"],
    check,
};

/// How much of an indicator's name must occur for it to be named, in thousandths.
const NAMED: u32 = 600;

fn check(context: &Context<'_>, out: &mut Outcomes) {
    let accounts = context.accounts;
    for summary in &accounts.summaries {
        let passage = accounts.passages.get(summary.passage);
        let (Some(index), Some(passage)) = (summary.evaluation, passage) else {
            out.not_applicable();
            continue;
        };
        let told = Told { name: &summary.name.text, kind: "综述", text: passage.folded.as_str() };
        let spot = |at, length| Spot::in_passage(passage, at, at + length);
        one(context, &told, &items_of(context, index), spot, out);
    }
    for (index, form) in accounts.evaluations.iter().enumerate() {
        result(context, &form.name, form.result.as_ref(), &items_of(context, index), out);
    }
    for (index, form) in accounts.whole_evaluations.iter().enumerate() {
        result(context, &form.name, form.result.as_ref(), &whole_items_of(context, index), out);
    }
}

fn result(
    context: &Context<'_>,
    name: &TextField,
    result: Option<&TextField>,
    items: &[Item<'_>],
    out: &mut Outcomes,
) {
    let Some(field) = result else { return out.not_applicable() };
    let folded = fold(&field.text);
    let told = Told { name: &name.text, kind: "完成情况", text: &folded };
    one(context, &told, items, |_, _| field.into(), out);
}

/// A text about a form.
struct Told<'a> {
    /// The project or unit.
    name: &'a str,
    kind: &'static str,
    /// Folded.
    text: &'a str,
}

fn one(
    context: &Context<'_>,
    told: &Told<'_>,
    items: &[Item<'_>],
    spot: impl Fn(usize, usize) -> Spot,
    out: &mut Outcomes,
) {
    let missed = context.scheme.settings.words("称未达目标");
    let mut is_said = false;
    for (at, word) in missed.places(told.text) {
        let (clause, named) = named(context, told.text.get(..at).unwrap_or(""), items);
        is_said |= !named.is_empty();
        for item in named.into_iter().filter(|item| is_reached(context, item)) {
            let message = format!(
                "“{}”的{}写“{}{word}”，自评表的指标“{}”却已达到目标值",
                told.name,
                told.kind,
                short(clause, 40),
                item.indicator.name.text
            );
            let failure = item.failure("actual", message).derived();
            out.fail(failure.at(spot(at, word.len())));
        }
    }
    if is_said { out.pass(&[]) } else { out.not_applicable() }
}

/// The indicators named in the clause that ends a text; where that only points back (“两项指标均”),
/// those of the clause before it.
fn named<'t, 'i, 'a>(
    context: &Context<'_>,
    text: &'t str,
    items: &'i [Item<'a>],
) -> (&'t str, Vec<&'i Item<'a>>) {
    let mut start = text.len();
    for clause in text.rsplit([',', '。', ';', ':']) {
        start = start.saturating_sub(clause.len());
        if !points_back(context, clause) {
            let parts = clause.split(['、', '和', '及', '与']);
            let named = parts.filter_map(|part| meant(part, items)).collect();
            return (text.get(start..).unwrap_or(""), named);
        }
        // The mark between two clauses is one byte, or the three of “。”.
        let mark = text.get(..start).and_then(|rest| rest.chars().next_back());
        if mark.is_none_or(|mark| mark == '。') {
            break;
        }
        start = start.saturating_sub(1);
    }
    ("", Vec::new())
}

/// The indicator that fits some words best.
fn meant<'i, 'a>(words: &str, items: &'i [Item<'a>]) -> Option<&'i Item<'a>> {
    let words = Phrase::new(words);
    let fits = items.iter().map(|item| (words.covers(&item.indicator.name.text), item));
    let (best, item) = fits.max_by_key(|(fit, _)| *fit).filter(|(best, _)| *best >= NAMED)?;
    let alike = items.iter().filter(|item| words.covers(&item.indicator.name.text) == best);
    (alike.count() == 1).then_some(item)
}

/// Whether a clause names nothing of its own.
fn points_back(context: &Context<'_>, clause: &str) -> bool {
    let pointing = context.scheme.settings.words("统称指标的词");
    let mut rest = clause;
    while let Some(word) = pointing.iter().find(|word| rest.starts_with(&***word)) {
        rest = rest.get(word.len()..).unwrap_or("");
    }
    rest.is_empty()
}

/// Whether target and actual value say that it came up to its target.
fn is_reached(context: &Context<'_>, item: &Item<'_>) -> bool {
    let completion = item.quantities().and_then(|(operator, target, actual)| {
        scoring(context, item)?.completion(operator, target, actual)
    });
    completion.is_some_and(|completion| completion >= rust_decimal::Decimal::ONE_HUNDRED)
}
