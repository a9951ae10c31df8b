//! Ways through performance forms for the rules about them.

use std::borrow::Cow;
use std::sync::OnceLock;

use juesuan_model::{Evaluation, FactId, Indicator, Number, Operator, Severity, TextField, fold};
use juesuan_scheme::scoring::Scoring;
use rust_decimal::Decimal;

use crate::matching::name_pairs;
use crate::units;
use crate::{Context, Failure};

/// What many rules ask of an indicator, worked out once.
pub(crate) struct Known<'a> {
    unit: Cow<'a, str>,
    name_pairs: Box<[u64]>,
    /// Whether its operator points the wrong way, once somebody has asked.
    direction: OnceLock<Option<Misdirection>>,
}

/// How bad it is that an operator points the wrong way, and why it does.
pub(crate) type Misdirection = (Severity, &'static str);

impl<'a> Known<'a> {
    /// Of all indicators of a form.
    pub(crate) fn all(indicators: &'a [Indicator]) -> Vec<Self> {
        indicators.iter().map(Self::of).collect()
    }

    fn of(indicator: &'a Indicator) -> Self {
        Self {
            unit: words_of(indicator.unit.as_ref()),
            name_pairs: name_pairs(&indicator.name.text),
            direction: OnceLock::new(),
        }
    }
}

/// A target exceeded by more than this share is far exceeded.
pub(crate) const FAR: Decimal = Decimal::from_parts(2, 0, 0, false, 1);

/// An indicator with the form it stands in.
#[derive(Clone, Copy)]
pub(crate) struct Item<'a> {
    pub(crate) indicator: &'a Indicator,
    /// The form's project or unit.
    pub(crate) owner: &'a str,
    /// The row of its facts, as in `3.0`.
    form: &'static str,
    pub(crate) owner_index: usize,
    position: usize,
    known: &'a Known<'a>,
    context: &'a Context<'a>,
}

impl<'a> Item<'a> {
    /// Whether it is the execution of the budget, which other forms score apart and ask no reason for.
    pub(crate) fn is_execution(&self) -> bool {
        let name = &*self.indicator.name.text;
        ["预算执行率", "资金执行率"].iter().any(|end| name.ends_with(end))
    }

    /// `indicator[3.0].score`
    pub(crate) fn subject(&self, column: &str) -> String {
        format!("{}[{}.{}].{column}", self.form, self.owner_index, self.position)
    }

    /// The number of its form among those of its kind.
    pub(crate) const fn owner_index(&self) -> usize {
        self.owner_index
    }

    /// What a reader calls it.
    pub(crate) fn name(&self) -> String {
        format!("“{}”的指标“{}”", self.owner, self.indicator.name.text)
    }

    fn number(&self, id: Option<FactId>) -> Option<Number> {
        self.context.number(id)
    }

    pub(crate) fn target(&self) -> Option<Number> {
        self.number(self.indicator.target)
    }

    pub(crate) fn actual(&self) -> Option<Number> {
        self.number(self.indicator.actual)
    }

    pub(crate) fn completion(&self) -> Option<Number> {
        self.number(self.indicator.completion)
    }

    pub(crate) fn weight(&self) -> Option<Number> {
        self.number(self.indicator.weight)
    }

    pub(crate) fn score(&self) -> Option<Number> {
        self.number(self.indicator.score)
    }

    /// Operator, target and actual of a quantitative indicator, in the unit of the target; `None`
    /// when the two are printed in units that cannot be held against each other.
    pub(crate) fn quantities(&self) -> Option<(Operator, Decimal, Decimal)> {
        let actual = self.actual()?.value();
        let actual = match self.indicator.actual_unit.as_deref() {
            Some(unit) => actual.checked_mul(units::factor(unit, self.unit())?)?,
            None => actual,
        };
        Some((self.indicator.operator?, self.target()?.value(), actual))
    }

    /// How far beyond its target it came.
    pub(crate) fn deviation(&self) -> Option<Decimal> {
        let (operator, target, actual) = self.quantities()?;
        Scoring::deviation_of(operator, target, actual)
    }

    /// Whether it is a lower bound that was exceeded by more than such a share of it.
    pub(crate) fn is_exceeded_by(&self, share: Decimal) -> bool {
        let operator = self.indicator.operator;
        matches!(operator, Some(Operator::AtLeast | Operator::MoreThan))
            && self.deviation().is_some_and(|deviation| deviation > share)
    }

    /// The unit of target and actual, folded.
    pub(crate) fn unit(&self) -> &'a str {
        &self.known.unit
    }

    /// The pairs of characters by which words name it.
    pub(crate) fn name_pairs(&self) -> &'a [u64] {
        &self.known.name_pairs
    }

    /// How its operator points the wrong way: what `judge` says when asked for the first time.
    pub(crate) fn misdirection(
        &self,
        judge: impl FnOnce() -> Option<Misdirection>,
    ) -> Option<Misdirection> {
        *self.known.direction.get_or_init(judge)
    }

    /// Whether its printed score is `points`, to the printed digits.
    pub(crate) fn scores(&self, points: Decimal) -> bool {
        let bounds = self.score().map(Number::bounds);
        bounds.is_some_and(|score| score.low <= points && points <= score.high)
    }

    /// Whether it gives all its points.
    pub(crate) fn is_full(&self) -> bool {
        matches!((self.weight(), self.score()), (Some(w), Some(s)) if s.value() >= w.value())
    }

    /// Whether it lost points.
    pub(crate) fn lost_points(&self) -> bool {
        matches!((self.weight(), self.score()), (Some(w), Some(s)) if s.value() < w.value())
    }

    /// Whether no reason is written, or only that there is none.
    pub(crate) fn lacks_reason(&self) -> bool {
        self.gives_none(self.indicator.reason.as_ref())
    }

    /// Whether no measure is written, or only that there is none.
    pub(crate) fn lacks_measure(&self) -> bool {
        self.gives_none(self.indicator.measure.as_ref())
    }

    fn gives_none(&self, field: Option<&TextField>) -> bool {
        let words = &self.context.scheme.performance.summary;
        field.is_none_or(|field| field.text.is_empty() || words.says_none(&field.text))
    }

    /// The form of a project indicator.
    pub(crate) fn evaluation(&self) -> Option<&'a Evaluation> {
        (self.form == "indicator")
            .then(|| self.context.accounts.evaluations.get(self.owner_index))
            .flatten()
    }

    /// A failure about one of its columns, with its figures as evidence.
    pub(crate) fn failure(&self, column: &str, message: String) -> Failure {
        let indicator = self.indicator;
        let first = match column {
            "score" => indicator.score,
            "completion" => indicator.completion,
            "actual" => indicator.actual,
            "target" => indicator.target,
            _ => None,
        };
        let failure = Failure::new(self.subject(column), message);
        let failure = match first {
            Some(id) => failure.figure(self.context, id),
            None => failure.at(&indicator.name),
        };
        let others = [indicator.target, indicator.actual, indicator.completion, indicator.score];
        others
            .into_iter()
            .flatten()
            .filter(|id| Some(*id) != first)
            .fold(failure, |failure, id| failure.figure(self.context, id))
    }
}

/// The indicators of all project forms.
pub(crate) fn project_items<'a>(context: &'a Context<'a>) -> impl Iterator<Item = Item<'a>> {
    (0..context.accounts.evaluations.len()).flat_map(|index| items_of_project(context, index))
}

/// The indicators of one project form.
pub(crate) fn items_of<'a>(context: &'a Context<'a>, index: usize) -> Vec<Item<'a>> {
    items_of_project(context, index).collect()
}

fn items_of_project<'a>(context: &'a Context<'a>, index: usize) -> impl Iterator<Item = Item<'a>> {
    let form = context.accounts.evaluations.get(index).zip(context.known_of_projects().get(index));
    form.into_iter().flat_map(move |(form, known)| {
        items(context, (&form.indicators, known), "indicator", index, &form.name.text)
    })
}

/// The indicators of all whole-department forms.
pub(crate) fn whole_items<'a>(context: &'a Context<'a>) -> impl Iterator<Item = Item<'a>> {
    let forms = 0..context.accounts.whole_evaluations.len();
    forms.flat_map(move |index| whole_items_of(context, index))
}

/// The indicators of one whole-department form.
pub(crate) fn whole_items_of<'a>(context: &'a Context<'a>, index: usize) -> Vec<Item<'a>> {
    let form = context.accounts.whole_evaluations.get(index);
    let form = form.zip(context.known_of_wholes().get(index));
    form.into_iter()
        .flat_map(|(form, known)| {
            items(context, (&form.indicators, known), "whole_indicator", index, &form.name.text)
        })
        .collect()
}

/// The indicators of projects, then of whole-department forms.
pub(crate) fn all_items<'a>(context: &'a Context<'a>) -> impl Iterator<Item = Item<'a>> {
    project_items(context).chain(whole_items(context))
}

fn items<'a>(
    context: &'a Context<'a>,
    (indicators, known): (&'a [Indicator], &'a [Known<'a>]),
    form: &'static str,
    owner_index: usize,
    owner: &'a str,
) -> impl Iterator<Item = Item<'a>> {
    indicators.iter().zip(known).enumerate().map(move |(position, (indicator, known))| Item {
        indicator,
        known,
        owner,
        form,
        owner_index,
        position,
        context,
    })
}

/// The rate of execution of a form as a share, from its amounts; zero without a budget.
pub(crate) fn rate(context: &Context<'_>, evaluation: &Evaluation) -> Option<Decimal> {
    let budget = context.value(evaluation.budget)?;
    let executed = context.value(evaluation.executed)?;
    if budget.is_zero() {
        return Some(Decimal::ZERO);
    }
    executed.checked_div(budget)
}

/// The words of a field, folded; none when it is not there.
pub(crate) fn words_of(field: Option<&TextField>) -> Cow<'_, str> {
    field.map_or(Cow::Borrowed(""), |field| fold(&field.text))
}

/// How projects are scored here.
pub(crate) fn scoring<'a>(context: &Context<'a>, item: &Item<'_>) -> Option<&'a Scoring> {
    context.scheme.scoring(if item.form == "indicator" { "project" } else { "whole" })
}
