//! The summaries of project self-evaluations in the narrative, and the forms they belong to.

use std::sync::Arc;

use juesuan_model::{
    Claim, FactId, KeyEvaluation, Measure, Passage, ProjectSummary, Scale, TextField,
};
use juesuan_scheme::Scheme;
use juesuan_scheme::performance::SummaryWords;
use juesuan_scheme::sentence::{Match, Sentence};

use super::binder::{Binder, Printed, read_value};
use super::figures::{is_date, next_number};
use super::names::{Name, pair};
use super::narrative::{Finder, state};
use super::outline::Outline;
use super::words::{field, folded_field};

/// The summaries as they were found.
pub(super) struct Summaries<'a> {
    found: Vec<Found<'a>>,
    /// The name of each for comparing.
    names: Vec<Name>,
}

/// A summary with its passage and the sentences in it.
struct Found<'a> {
    passage: &'a Passage,
    summary: ProjectSummary,
    sentences: Vec<(usize, Match)>,
}

/// Finds all summaries and the sentences in them.
pub(super) fn find<'a>(scheme: &Scheme, outline: &'a Outline) -> Summaries<'a> {
    let words = &scheme.performance.summary;
    let mut finder = Finder::new(scheme, Sentence::in_summaries);
    let found = outline.passages.iter().enumerate().filter(|(_, p)| is_summary(words, p));
    let read = |(at, passage)| {
        let summary = ProjectSummary { passage: at, ..read(words, passage) };
        let name = Name::new(words, &summary.name.text);
        (Found { passage, summary, sentences: finder.find(passage) }, name)
    };
    let (found, names) = found.map(read).unzip();
    Summaries { found, names }
}

/// Binds the summaries that were found.
pub(super) fn bind(binder: &mut Binder<'_>, Summaries { found, names }: Summaries<'_>) {
    let words = &binder.scheme.performance.summary;
    let name = |field: &TextField| Name::new(words, &field.text);
    let forms: Vec<Name> = binder.accounts.evaluations.iter().map(|e| name(&e.name)).collect();
    let paired = pair(&names, &forms);
    for (index, (found, evaluation)) in found.into_iter().zip(paired).enumerate() {
        let mut summary = ProjectSummary { evaluation, ..found.summary };
        figures(binder, &found.sentences, index, &mut summary, found.passage);
        binder.accounts.summaries.push(summary);
    }
    binder.accounts.key_evaluation = key_evaluation(binder, &forms);
}

/// The projects that the sentence on key evaluations names, with their forms.
fn key_evaluation(binder: &Binder<'_>, forms: &[Name]) -> Option<KeyEvaluation> {
    let accounts = &binder.accounts;
    let words = &binder.scheme.performance.summary;
    let statement = accounts.statements.iter().position(|s| &*s.sentence == "key_evaluation")?;
    let names = accounts.facts.get(accounts.statements.get(statement)?.slot("names")?)?;
    let project = |name: &str| {
        let field = TextField { text: name.into(), place: names.place, block: names.block };
        (field, Name::new(words, name).best(forms))
    };
    let known: Vec<&str> = accounts.evaluations.iter().map(|form| &*form.name.text).collect();
    let listed = listed(&names.printed, &known);
    Some(KeyEvaluation { statement, projects: listed.into_iter().map(project).collect() })
}

/// The names of a list. A 、 within the name of a known project separates nothing.
fn listed<'a>(list: &'a str, known: &[&str]) -> Vec<&'a str> {
    let mut names = Vec::new();
    let mut rest = list;
    loop {
        let whole = known.iter().filter(|name| name.contains('、') && rest.starts_with(**name));
        let inside = whole.map(|name| name.len()).max().unwrap_or(0);
        let end = rest.get(inside..).and_then(|behind| behind.find('、')).map(|at| inside + at);
        let Some((name, behind)) = end.and_then(|end| rest.split_at_checked(end)) else {
            names.push(rest);
            return names;
        };
        names.push(name);
        rest = behind.trim_start_matches('、');
    }
}

/// A paragraph of the performance part that opens with a name and speaks of results; without a
/// number only where the name ends with 自评综述.
fn is_summary(words: &SummaryWords, passage: &Passage) -> bool {
    let text = passage.folded.as_str();
    let in_scope = words.scope.iter().any(|word| passage.section.contains(&**word));
    let opens = |word: &Arc<str>| text.find(&**word).is_some_and(|at| at < 300);
    let is_named = |word: &Arc<str>| {
        let (name, rest) = text.split_once(&**word).unwrap_or((text, ""));
        let bare = name.trim_start_matches(|c: char| c.is_ascii_digit());
        let names = name.len() < 300 && !name.contains('。') && !is_generic(words, bare);
        names && rest.starts_with(':')
    };
    let speaks = || {
        words.name_ends.iter().any(opens)
            || words.signs.iter().filter(|s| text.contains(&***s)).count() >= 2
    };
    in_scope && (passage.level.is_some() && speaks() || words.name_ends.iter().any(is_named))
}

fn read(words: &SummaryWords, passage: &Passage) -> ProjectSummary {
    let (text, folded) = (&passage.text, &passage.folded);
    let start = passage.number_length;
    let name = name(words, passage, start);
    let part = |labels: &[Arc<str>], ends: &[Arc<str>]| section(labels, ends, passage);
    ProjectSummary {
        number: passage.number,
        name,
        quoted_names: quoted_names(words, passage),
        problems: part(&words.problems, &words.measures),
        measures: part(&words.measures, &[]),
        executed_is_intended: words.intended.iter().any(|word| folded.as_str().contains(&**word)),
        text: field(text, start, text.as_str().len(), passage.block),
        ..ProjectSummary::default()
    }
}

/// The name: up to 自评综述 or the first colon, whichever comes first.
fn name(words: &SummaryWords, passage: &Passage, start: usize) -> TextField {
    let folded = passage.folded.as_str();
    let body = passage.folded.at_origin(start);
    let body = if body < folded.len() { body } else { 0 };
    let rest = folded.get(body..).unwrap_or("");
    let ends = words.name_ends.iter().filter_map(|word| rest.find(&**word));
    let colon = rest.find(':');
    let end =
        ends.chain(colon).min().unwrap_or_else(|| rest.find([',', '。']).unwrap_or(rest.len()));
    let mut name = folded_field(&passage.text, &passage.folded, body, body + end, passage.block);
    if name.text.chars().count() > 90 {
        name.text = name.text.chars().take(90).collect::<String>().into();
    }
    name
}

/// The part that one of `labels` opens, up to one of `ends`.
fn section(labels: &[Arc<str>], ends: &[Arc<str>], passage: &Passage) -> Option<TextField> {
    let folded = passage.folded.as_str();
    let (at, label) = labels.iter().find_map(|l| folded.rfind(&**l).map(|at| (at, l)))?;
    let start = at + label.len();
    let rest = folded.get(start..)?;
    let skipped = rest.len() - rest.trim_start_matches([':', '是', ',']).len();
    let end = ends.iter().filter_map(|end| rest.find(&**end)).min().unwrap_or(rest.len());
    let end = start + end.max(skipped);
    Some(folded_field(&passage.text, &passage.folded, start + skipped, end, passage.block))
}

/// Names before “自评得分”: “…项目自评得分 99 分” names the project once more.
fn quoted_names(words: &SummaryWords, passage: &Passage) -> Vec<TextField> {
    let folded = passage.folded.as_str();
    let mut names = Vec::new();
    for (at, _) in folded.match_indices(&*words.score_word) {
        let before = folded.get(..at).unwrap_or("");
        let start = before.rfind([',', '。', ':', ';']).map_or(0, |p| {
            p + before.get(p..).and_then(|b| b.chars().next()).map_or(1, char::len_utf8)
        });
        let quoted = before.get(start..).unwrap_or("");
        if !is_generic(words, quoted) && quoted.chars().count() < 80 {
            names.push(folded_field(&passage.text, &passage.folded, start, at, passage.block));
        }
    }
    names
}

/// Whether words name no project: 项目绩效, 本项目, 年度部门整体.
fn is_generic(words: &SummaryWords, quoted: &str) -> bool {
    let mut rest = quoted.trim_matches('"');
    while let Some(less) = words.generic.iter().find_map(|word| rest.strip_prefix(&**word)) {
        rest = less;
    }
    rest.is_empty()
}

/// The stated score, budget, execution and rate, then every other number with its unit.
fn figures(
    binder: &mut Binder<'_>,
    found: &[(usize, Match)],
    index: usize,
    summary: &mut ProjectSummary,
    passage: &Passage,
) {
    let row: Arc<str> = summary.evaluation.map_or_else(|| "?".into(), |e| e.to_string().into());
    let scheme = binder.scheme;
    let mut taken: Vec<(usize, usize)> = Vec::new();
    let mut budgets: Vec<FactId> = Vec::new();
    for (sentence, found) in found {
        let Some(sentence) = scheme.sentences.get(*sentence) else { continue };
        state(binder, sentence, passage, found, row.clone());
        taken.extend(found.captures.iter().map(|capture| (capture.start, capture.end)));
        let slots = binder.accounts.statements.last().map_or(&[][..], |s| &s.slots);
        for (slot, fact) in slots {
            match &**slot {
                "score" => summary.scores.push(*fact),
                "budget" => budgets.push(*fact),
                "executed" => summary.executed = summary.executed.or(Some(*fact)),
                "rate" => summary.rate = summary.rate.or(Some(*fact)),
                _ => {}
            }
        }
    }
    summary.budget = budget_of(binder, &budgets, summary.executed);
    summary.claims = claims(binder, index, passage, &taken);
}

/// Of several budgets that a summary tells, the one told last before the execution is what the
/// execution is a share of; what stands before it is what was planned once.
fn budget_of(binder: &Binder<'_>, budgets: &[FactId], executed: Option<FactId>) -> Option<FactId> {
    let place = |id: FactId| {
        let fact = binder.accounts.facts.get(id)?;
        Some((fact.place.line, fact.place.column))
    };
    let limit = executed.and_then(place);
    let before = |id: &FactId| limit.is_some_and(|limit| place(*id).is_some_and(|at| at < limit));
    let last = budgets.iter().copied().filter(before).max_by_key(|id| place(*id));
    last.or_else(|| budgets.first().copied())
}

/// Every number followed by a unit that no sentence took.
fn claims(
    binder: &mut Binder<'_>,
    index: usize,
    passage: &Passage,
    taken: &[(usize, usize)],
) -> Vec<Claim> {
    let scheme = binder.scheme;
    let folded = passage.folded.as_str();
    let mut claims = Vec::new();
    let label: Arc<str> = format!("第{}项综述", index + 1).into();
    let numbered = passage.level.is_some();
    let mut from = if numbered { folded.find([')', '.', '、']).map_or(0, |at| at + 1) } else { 0 };
    while let Some((start, end)) = next_number(folded, from) {
        from = end;
        if taken.iter().any(|(s, e)| start < *e && *s < end) {
            continue;
        }
        let rest = folded.get(end..).unwrap_or("");
        let rest = rest.strip_prefix(['余', '多']).unwrap_or(rest);
        let Some(unit) = scheme.performance.summary.units.opening(rest) else { continue };
        let after = rest.get(unit.len()..).unwrap_or("");
        if is_date(unit, rest) {
            continue;
        }
        let (s, e) = passage.folded.origin_range(passage.text.as_str(), start, end);
        let printed = Printed::range(&passage.text, s, e, passage.block, &label);
        let measure = match (&**unit, Scale::from_label(unit)) {
            ("%", _) => Measure::Percent,
            (_, Some(scale)) => Measure::Money(scale),
            _ => Measure::Quantity,
        };
        let row = format!("{index}.{}", claims.len());
        let value = read_value(printed.text, measure, 0);
        let subject = binder.subject("claim", &row.into(), "value");
        let fact = binder.fact(subject, value, &printed);
        let marks = [',', '。', ';', ':', '、'];
        let before = folded.get(..start).unwrap_or("");
        let context = before.rsplit(marks).next().unwrap_or("");
        let words = after.split(marks).next().unwrap_or("");
        let next = after.strip_prefix(words).and_then(|rest| rest.strip_prefix(',')).unwrap_or("");
        let item = before.rsplit(['。', ';', ':']).next().unwrap_or("");
        claims.push(Claim {
            context: context.into(),
            lead: item.strip_suffix(context).unwrap_or("").into(),
            value: fact,
            unit: unit.clone(),
            after: words.into(),
            next: next.split(marks).next().unwrap_or("").into(),
        });
    }
    claims
}

#[cfg(test)]
mod tests {
    use super::listed;

    #[test]
    fn a_mark_within_a_known_name_separates_nothing() {
        let known = ["供水、排水设施养护", "水务宣传"];
        let of = |list| listed(list, &known).join("|");
        assert_eq!(
            of("水务宣传、供水、排水设施养护、堤防养护"),
            "水务宣传|供水、排水设施养护|堤防养护"
        );
        assert_eq!(of("供水、排水设施养护"), "供水、排水设施养护");
        assert_eq!(of("供水、排水"), "供水|排水");
        assert_eq!(of(""), "");
    }
}
