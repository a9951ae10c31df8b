//! Runs all rules, groups what broke by its cause and words it as findings.

use std::sync::Arc;

use juesuan_model::{
    Accounts, Bounds, Coverage, Document, Evidence, FactId, Finding, Location, NotChecked, Number,
    Place, Severity, Threads,
};
use juesuan_scheme::Scheme;
use rust_decimal::Decimal;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::causes::{Group, group};
use crate::held::{ByFact, Copies, Held};
use crate::hints::{TAIL, likely_cause};
use crate::outcomes::{Failure, Outcomes, Spot, show, stated};
use crate::tasks::{self, Task};
use crate::texts::texts;
use crate::{Context, doubts, registry};

/// How many places a finding shows at most.
const MOST_EVIDENCE: usize = 100;

/// What checking gave.
#[derive(Clone, Debug, Default)]
pub struct Checked {
    /// How much was checked.
    pub coverage: Coverage,
    /// What was found, gravest first, then in the order of the document.
    pub findings: Vec<Finding>,
    /// What was not checked, and why.
    pub not_checked: Vec<NotChecked>,
    /// Where the figures stand that no relation speaks of.
    pub unrelated: Vec<Place>,
}

/// Checks accounts by all rules whose code begins with one of `select` (all when empty).
#[must_use]
pub fn check(
    document: &Document,
    accounts: &Accounts,
    scheme: &Scheme,
    select: &[String],
) -> Checked {
    check_on(document, accounts, scheme, select, Threads::One)
}

/// As [`check`], on so many threads. The result does not depend on them.
#[must_use]
pub fn check_on(
    document: &Document,
    accounts: &Accounts,
    scheme: &Scheme,
    select: &[String],
    threads: Threads,
) -> Checked {
    let texts = texts(accounts);
    let context = Context::new(document, accounts, scheme, &texts);
    let mut outcomes = run(&context, select, threads);
    doubts::set_aside(&mut outcomes, document);
    outcomes.unify(accounts);
    let unrelated = unrelated(accounts, &outcomes);
    let mut failures = std::mem::take(&mut outcomes.failures);
    let tails: Vec<Failure> = failures.extract_if(.., |failure| failure.is_tail).collect();
    let coverage = Coverage {
        figures: accounts.figures.len(),
        figures_unrelated: unrelated.len(),
        passed: outcomes.passed,
        failed: failures.len(),
        rounding_tail: tails.len(),
        not_applicable: outcomes.not_applicable,
        not_checked: outcomes.not_checked.len(),
    };
    let findings = word(&context, &mut failures, tails, &outcomes.held);
    Checked { coverage, findings, not_checked: outcomes.not_checked, unrelated }
}

fn run(context: &Context<'_>, select: &[String], threads: Threads) -> Outcomes {
    let wanted = |code: &str| select.is_empty() || select.iter().any(|s| code.starts_with(&**s));
    if context.document.is_unread() {
        return run_only(context, &wanted, &[UNREAD], "文件没有读成");
    }
    if context.accounts.identity.is_budget {
        let why = "这是部门（单位）预算，除各表的合计外尚不核验";
        return run_only(context, &wanted, &["RDG", SUMS], why);
    }
    if !context.accounts.is_disclosure() {
        return run_only(context, &wanted, &["RDG"], "没有认出这是部门决算公开文本");
    }
    let scheme = context.scheme;
    let relations = scheme.relations.iter().map(Task::Relation);
    let sentences = scheme.sentences.iter().flat_map(|one| Task::of_sentence(scheme, one));
    let coded = registry::coded().map(Task::Coded);
    let tasks = relations.chain(sentences).chain(coded).filter(|task| wanted(task.code()));
    tasks::run(&tasks.collect::<Vec<_>>(), context, threads)
}

/// The rule that tells what was not read.
const UNREAD: &str = crate::rules::UNREAD;
/// The rule that adds up tables whatever they are.
const SUMS: &str = crate::rules::SUMS_OF_CODED_TABLES;

/// Of a text that is no final accounts only the rules of some codes can speak; everything else
/// would be noise.
fn run_only(
    context: &Context<'_>,
    wanted: &dyn Fn(&str) -> bool,
    able: &[&str],
    why: &str,
) -> Outcomes {
    let mut out = Outcomes::default();
    for rule in registry::coded().filter(|rule| wanted(rule.code)) {
        out.begin(rule.code);
        if able.iter().any(|code| rule.code.starts_with(code)) {
            (rule.check)(context, &mut out);
        } else {
            out.not_checked("document", why);
        }
    }
    let relations = context.scheme.relations.iter().map(|relation| &relation.code);
    let texts = context.scheme.text_rules.iter().map(|rule| &rule.code);
    for code in relations.chain(texts).filter(|code| wanted(code)) {
        out.begin(code);
        out.not_checked("document", why);
    }
    out
}

struct Known {
    title: Arc<str>,
    basis: Arc<str>,
    severity: Severity,
}

/// What is told of the rules that are among `broken`.
fn titles(scheme: &Scheme, broken: &FxHashSet<&str>) -> FxHashMap<Arc<str>, Known> {
    let mut known = FxHashMap::default();
    for r in scheme.relations.iter().filter(|r| broken.contains(&*r.code)) {
        let entry = Known { title: r.title.clone(), basis: r.basis.clone(), severity: r.severity };
        known.insert(r.code.clone(), entry);
    }
    for r in scheme.text_rules.iter().filter(|r| broken.contains(&*r.code)) {
        let severity = Severity::from_id(&r.severity).unwrap_or(Severity::Error);
        let entry = Known { title: r.title.clone(), basis: r.basis.clone(), severity };
        known.insert(r.code.clone(), entry);
    }
    for r in registry::coded().filter(|r| broken.contains(r.code)) {
        let entry = Known {
            title: r.title.into(),
            basis: scheme.cite(r.basis).into(),
            severity: r.severity,
        };
        known.insert(r.code.into(), entry);
    }
    known
}

/// Figures that no outcome speaks of, so that nothing protects them.
fn unrelated(accounts: &Accounts, outcomes: &Outcomes) -> Vec<Place> {
    let broken = outcomes.failures.iter().flat_map(|failure| failure.facts.iter());
    // Many outcomes speak of the same figures.
    let mut is_named: ByFact<bool> = ByFact::new(accounts);
    outcomes.held.facts().iter().chain(broken).for_each(|id| is_named.set(*id, true));
    let named = accounts.facts.iter().filter(|(id, _)| is_named.get(*id));
    let places = named.map(|(_, fact)| (fact.place.line, fact.place.column));
    let related: FxHashSet<(u32, u32)> = places.collect();
    let figures = accounts.figures.iter().copied();
    figures.filter(|place| !related.contains(&(place.line, place.column))).collect()
}

fn word(
    context: &Context<'_>,
    failures: &mut [Failure],
    tails: Vec<Failure>,
    held: &Held,
) -> Vec<Finding> {
    let broken = failures.iter().chain(&tails).map(|failure| &*failure.code);
    let known = titles(context.scheme, &broken.collect());
    let copies = Copies::new(context, held);
    let near = tails.iter().filter_map(|tail| tail.facts.first().copied()).collect();
    let groups = group(context, failures, &copies, &near);
    let mut findings = Vec::with_capacity(groups.len() + tails.len());
    let worded = groups.iter().filter_map(|g| finding(context, (failures, &copies), g, &known));
    findings.extend(worded);
    findings.extend(tails.into_iter().map(|tail| {
        let mut finding = single(context, tail, &known);
        finding.severity = Severity::Note;
        finding.hint = TAIL.0.to_owned();
        finding
    }));
    sort(&mut findings);
    findings
}

/// Gravest first, then in the order of the document. Findings are large: each is moved once.
fn sort(findings: &mut [Finding]) {
    let place = |f: &Finding| f.evidence.first().map_or((0, 0), |e| (e.line, e.column));
    let names = |index: usize| findings.get(index).map(|f| (&f.code, &f.subject));
    let keys = findings.iter().enumerate().map(|(at, f)| ((f.severity, place(f)), at));
    let mut order: Vec<_> = keys.collect();
    order.sort_by(|(a, i), (b, j)| a.cmp(b).then_with(|| names(*i).cmp(&names(*j))));
    for at in 0..order.len() {
        let stood = |index: usize| order.get(index).map_or(index, |(_, index)| *index);
        // What stood before this place has been swapped on.
        let mut from = stood(at);
        while from < at {
            from = stood(from);
        }
        findings.swap(at, from);
    }
}

fn severity(failure: &Failure, known: &FxHashMap<Arc<str>, Known>) -> Severity {
    let usual = || known.get(&*failure.code).map(|rule| rule.severity);
    failure.severity.or_else(usual).unwrap_or(Severity::Error)
}

fn single(context: &Context<'_>, failure: Failure, known: &FxHashMap<Arc<str>, Known>) -> Finding {
    let rule = known.get(&*failure.code);
    let severity = severity(&failure, known);
    let spots = failure.evidence.into_iter().take(MOST_EVIDENCE);
    Finding {
        severity,
        title: rule.map_or_else(String::new, |rule| rule.title.to_string()),
        basis: rule.map_or_else(String::new, |rule| rule.basis.to_string()),
        evidence: spots.map(|spot| evidence(context, spot)).collect(),
        code: failure.code,
        message: failure.message,
        subject: failure.subject,
        stated: failure.stated,
        expected: failure.expected,
        difference: failure.difference,
        hint: failure.hint,
        cause: None,
        consequences: Vec::new(),
        waived: None,
    }
}

fn evidence(context: &Context<'_>, spot: Spot) -> Evidence {
    let (page, bbox, cell) = match context.document.layout.locate(spot.place) {
        Some(Location::Page { page, bbox }) => (Some(page), Some(bbox), None),
        Some(Location::Cell { sheet, cell }) => (None, None, Some(format!("{sheet}!{cell}"))),
        None => (None, None, None),
    };
    Evidence {
        line: spot.place.line,
        column: spot.place.column,
        page,
        bbox,
        cell,
        section: context.section(spot.block),
        quote: spot.quote,
        width: spot.place.width,
    }
}

/// Words a group; each failure is in one group only and gives its texts away.
fn finding(
    context: &Context<'_>,
    (failures, copies): (&mut [Failure], &Copies),
    group: &Group,
    known: &FxHashMap<Arc<str>, Known>,
) -> Option<Finding> {
    let (first, others) = group.failures.split_first()?;
    let first = std::mem::take(failures.get_mut(*first)?);
    let mut finding = single(context, first, known);
    let others = others.iter().filter_map(|index| failures.get(*index));
    for other in others {
        finding.severity = finding.severity.min(severity(other, known));
        let consequence = format!("{} {}", other.code, other.subject);
        if !finding.consequences.contains(&consequence) {
            finding.consequences.push(consequence);
        }
    }
    if let Some((fact, value)) = group.cause {
        name_cause(context, &mut finding, fact, value);
        if finding.consequences.len() > 1 {
            name_copies(context, &mut finding, &copies.others(fact));
        }
    }
    Some(finding)
}

/// A repair as it would be printed, and its value: marked as about right when the interval is wide,
/// `None` when it is too wide to say anything.
fn determined(number: Number, repair: Bounds) -> Option<(String, Decimal)> {
    let (half, value) = (repair.half(), repair.value);
    let times = |factor: i64| number.half().checked_mul(Decimal::from(factor));
    if !repair.derived && times(100).is_some_and(|most| half <= most) || times(1) >= Some(half) {
        return Some((show(number, value), value));
    }
    let is_wide = value.abs().checked_div(Decimal::TEN).is_none_or(|tenth| half > tenth);
    let step = times(2).filter(|step| !step.is_zero()).unwrap_or(Decimal::ONE);
    let steps = value.checked_div(step).map(|steps| steps.round());
    let value = steps.and_then(|steps| steps.checked_mul(step)).unwrap_or(value);
    (!is_wide).then(|| (format!("约 {}", show(number, value)), value))
}

/// Says where the same figure stands again: it has to be put right there too.
fn name_copies(context: &Context<'_>, finding: &mut Finding, copies: &[FactId]) {
    let facts = copies.iter().filter_map(|id| context.accounts.facts.get(*id));
    let mut places: Vec<Evidence> = facts.map(|fact| evidence(context, fact.into())).collect();
    if places.is_empty() {
        return;
    }
    let is_copy = |place: &Evidence| {
        places.iter().any(|copy| (copy.line, copy.column) == (place.line, place.column))
    };
    finding.evidence.retain(|place| !is_copy(place));
    let also = format!("同一个数在另外 {} 处照样写着，一并改正", places.len());
    let hints = [also, std::mem::take(&mut finding.hint)];
    finding.hint = hints.into_iter().filter(|hint| !hint.is_empty()).collect::<Vec<_>>().join("；");
    let behind = finding.evidence.split_off(finding.evidence.len().min(1));
    finding.evidence.append(&mut places);
    finding.evidence.extend(behind);
    finding.evidence.truncate(MOST_EVIDENCE);
}

/// Puts the figure that causes all to the front, with the value that repairs it.
fn name_cause(context: &Context<'_>, finding: &mut Finding, id: FactId, value: Bounds) {
    let Some(fact) = context.accounts.facts.get(id) else { return };
    let subject = fact.subject.to_string();
    let spot = Spot { place: fact.place, block: fact.block, quote: fact.printed.to_string() };
    let place = evidence(context, spot);
    finding.evidence.retain(|other| (other.line, other.column) != (place.line, place.column));
    finding.evidence.insert(0, place);
    if let Some(number) = fact.number() {
        let Some((expected, meant)) = determined(number, value) else { return };
        if subject != finding.subject {
            finding.message = format!(
                "{}为 {}，应为 {expected}。{}",
                context.name(id),
                stated(fact),
                finding.message
            );
        }
        // What a rule itself says of its figure is worded best by the rule.
        if subject != finding.subject || finding.expected.is_empty() {
            finding.stated = stated(fact);
            finding.difference = crate::outcomes::difference(number, meant);
            finding.expected = expected;
        }
        let hint = likely_cause(number, value.value);
        if let Some(hint) = hint.filter(|hint| !finding.hint.contains(hint)) {
            finding.hint =
                if finding.hint.is_empty() { hint } else { format!("{hint}；{}", finding.hint) };
        }
    } else if subject != finding.subject && !finding.consequences.is_empty() {
        finding.message = format!("{}空着，与多处不符。{}", context.name(id), finding.message);
    }
    if subject != finding.subject {
        finding.cause = Some(subject);
    }
}
