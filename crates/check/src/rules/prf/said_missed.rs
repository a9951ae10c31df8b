//! PRF052: what a text calls missed was reached, as its form says.

use std::cmp::Reverse;

use juesuan_model::{Operator, Severity, TextField};

use crate::matching::Phrase;
use crate::performance::{Item, items_of, scoring, whole_items_of};
use crate::words::fold;
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

/// What clauses end with.
const MARKS: [char; 4] = [',', '。', ';', ':'];

/// A clause of more characters names no indicators one by one.
const LONGEST_CLAUSE: usize = 120;

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
    let clauses: Vec<Clause<'_>> = clauses(told.text);
    for position in 0..clauses.len() {
        let Some(said) = said_in(context, &clauses, position, items) else { continue };
        let wrong: Vec<_> =
            said.named.iter().filter(|item| said.is_denied_by(context, item)).collect();
        if wrong.is_empty() && !said.named.is_empty() {
            out.pass(&[]);
        }
        for item in wrong {
            let message = format!(
                "“{}”的{}写“{}{}”，自评表的指标“{}”却已达到目标值",
                told.name, told.kind, said.subject, said.word, item.indicator.name.text
            );
            let failure = item.failure("actual", message).derived();
            out.fail(failure.at(spot(said.at, said.word.len())));
        }
    }
}

/// A part of a sentence up to a mark.
struct Clause<'t> {
    /// Where it begins in the text, in bytes.
    start: usize,
    text: &'t str,
    /// Whether a sentence begins with it.
    opens: bool,
}

fn clauses(text: &str) -> Vec<Clause<'_>> {
    let mut opens = true;
    let mut start = 0;
    let part = |piece| {
        let text = str::trim_end_matches(piece, MARKS);
        let clause = Clause { start, text, opens };
        start += piece.len();
        opens = piece.ends_with('。');
        clause
    };
    text.split_inclusive(MARKS).map(part).collect()
}

/// What a clause says of indicators.
struct Said<'t, 'i, 'a> {
    word: &'t str,
    /// Where the word stands in the text.
    at: usize,
    /// The words that name them.
    subject: &'t str,
    named: Vec<&'i Item<'a>>,
}

impl Said<'_, '_, '_> {
    /// Whether an indicator came up to its target; to be below an upper bound is to meet it.
    fn is_denied_by(&self, context: &Context<'_>, item: &Item<'_>) -> bool {
        let is_upper =
            matches!(item.indicator.operator, Some(Operator::AtMost | Operator::LessThan));
        !(is_upper && self.word.starts_with("低于")) && is_reached(context, item)
    }
}

/// What a clause calls missed: the indicators named before the word, or, where that only points
/// back (“两项指标均”), in the clause before.
fn said_in<'t, 'i, 'a>(
    context: &Context<'_>,
    clauses: &[Clause<'t>],
    position: usize,
    items: &'i [Item<'a>],
) -> Option<Said<'t, 'i, 'a>> {
    let settings = &context.scheme.settings;
    let clause = clauses.get(position)?;
    let places = settings.words("称未达目标").places(clause.text);
    let (at, word) = places.min_by_key(|(at, word)| (*at, Reverse(word.len())))?;
    let before = clause.text.get(..at)?;
    if settings.words("否定的词").iter().any(|not| before.ends_with(&**not)) {
        return None;
    }
    let mut subject = before;
    let mut opens = clause.opens;
    let mut earlier = clauses.get(..position)?.iter().rev();
    while points_back(context, subject) && !opens {
        let last = earlier.next()?;
        (subject, opens) = (last.text, last.opens);
    }
    let word = clause.text.get(at..at + word.len())?;
    Some(Said { word, at: clause.start + at, subject, named: named(subject, items) })
}

/// The indicators that a list of names means.
fn named<'i, 'a>(subject: &str, items: &'i [Item<'a>]) -> Vec<&'i Item<'a>> {
    if subject.chars().count() > LONGEST_CLAUSE {
        return Vec::new();
    }
    let mut named = Vec::new();
    for part in subject.split('、') {
        // 及 may belong to a name: 支付及时率.
        let halves = part.char_indices().filter(|(_, c)| matches!(c, '和' | '及' | '与'));
        let mut halves = halves.filter_map(|(at, c)| {
            let first = meant(part.get(..at)?, items)?;
            Some([first, meant(part.get(at + c.len_utf8()..)?, items)?])
        });
        match halves.next() {
            Some(both) => named.extend(both),
            None => named.extend(meant(part, items)),
        }
    }
    named
}

/// The indicator that fits some words best, the longer name where two fit alike.
fn meant<'i, 'a>(words: &str, items: &'i [Item<'a>]) -> Option<&'i Item<'a>> {
    let words = Phrase::new(words);
    let fit = |item: &Item<'_>| (words.covers_item(item), item.name_pairs().len());
    let best = items.iter().max_by_key(|item| fit(item)).filter(|item| fit(item).0 >= NAMED)?;
    (items.iter().filter(|item| fit(item) == fit(best)).count() == 1).then_some(best)
}

/// Whether a clause names nothing of its own.
fn points_back(context: &Context<'_>, clause: &str) -> bool {
    let pointing = context.scheme.settings.words("统称指标的词");
    let mut rest = clause;
    let next = |rest: &str| {
        pointing.iter().find(|word| !word.is_empty() && rest.starts_with(&***word)).map(|w| w.len())
    };
    while let Some(length) = next(rest) {
        rest = rest.get(length..).unwrap_or("");
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
