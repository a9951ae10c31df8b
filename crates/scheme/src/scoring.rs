//! Scoring of performance self-evaluations: how target and actual become points, as a place and
//! a year have it. The same text scores forwards and recomputes printed scores.

use std::sync::Arc;

use borsh::{BorshDeserialize, BorshSerialize};
use juesuan_model::Operator;
use rust_decimal::{Decimal, RoundingStrategy};
use serde::{Deserialize, Deserializer};

/// How a kind of form is scored.
#[derive(Clone, Debug, BorshDeserialize, BorshSerialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scoring {
    /// `project` or `whole`.
    pub id: Arc<str>,
    /// What it is called.
    pub name: Arc<str>,
    /// `confirmed` by a published text, or `inferred` from published figures.
    pub status: Arc<str>,
    /// The text it rests on.
    pub basis: Arc<str>,
    /// Points of the execution of the budget.
    #[serde(deserialize_with = "decimal")]
    pub execution_points: Decimal,
    /// Points of all indicators.
    #[serde(deserialize_with = "decimal")]
    pub indicator_points: Decimal,
    /// Points of groups of indicators.
    #[serde(default, rename = "group")]
    pub groups: Vec<Group>,
    /// Decimals of the degree of completion in percent that the forms carry on with; `None` when
    /// it is not rounded.
    #[serde(default)]
    pub completion_decimals: Option<u32>,
    /// Decimals of the points of an indicator; two unless said otherwise.
    #[serde(default)]
    pub score_decimals: Option<u32>,
    /// The rate of execution that a project without a budget counts as having; it escapes all limits
    /// of the total unless said otherwise.
    #[serde(default, deserialize_with = "optional_decimal")]
    pub without_budget: Option<Decimal>,
    /// Points are cut when a target is exceeded by far.
    #[serde(default)]
    pub deviation: Option<Deviation>,
    /// Limits of the total by the rate of execution, the lowest first.
    #[serde(default, rename = "cap")]
    pub caps: Vec<Cap>,
    /// Grades, the highest first.
    #[serde(default, rename = "grade")]
    pub grades: Vec<Grade>,
    /// Whether indicators of a group share its points evenly but for one that takes the rest.
    #[serde(default)]
    pub even_weights: bool,
}

/// Points of groups of indicators that share them.
#[derive(Clone, Debug, BorshDeserialize, BorshSerialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Group {
    /// Names of first-level indicators.
    pub names: Vec<Arc<str>>,
    /// Their points together.
    #[serde(deserialize_with = "decimal")]
    pub points: Decimal,
}

/// The cut for exceeding a target by far.
#[derive(Clone, Copy, Debug, BorshDeserialize, BorshSerialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Deviation {
    /// Beyond this share of the target.
    #[serde(deserialize_with = "decimal")]
    pub above: Decimal,
    /// So many points are cut.
    #[serde(deserialize_with = "decimal")]
    pub points: Decimal,
}

/// A limit of the total.
#[derive(Clone, Copy, Debug, BorshDeserialize, BorshSerialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cap {
    /// It holds for rates of execution below this share.
    #[serde(deserialize_with = "decimal")]
    pub below: Decimal,
    /// The most the total can be.
    #[serde(deserialize_with = "decimal")]
    pub total: Decimal,
}

/// A grade.
#[derive(Clone, Debug, BorshDeserialize, BorshSerialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Grade {
    /// 优, 良, 中, 差 or what the place says.
    pub word: Arc<str>,
    /// The least score that has it.
    #[serde(deserialize_with = "decimal")]
    pub from: Decimal,
}

/// A decimal in text, or a share in percent.
pub(crate) fn decimal<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Decimal, D::Error> {
    let text = <std::borrow::Cow<'de, str> as Deserialize>::deserialize(deserializer)?;
    let (digits, hundredth) = match text.strip_suffix('%') {
        Some(digits) => (digits, Decimal::ONE_HUNDRED),
        None => (&*text, Decimal::ONE),
    };
    let value: Decimal = digits.trim().parse().map_err(serde::de::Error::custom)?;
    value.checked_div(hundredth).ok_or_else(|| serde::de::Error::custom("数字过大"))
}

fn optional_decimal<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<Decimal>, D::Error> {
    decimal(deserializer).map(Some)
}

impl Scoring {
    /// The rate of execution, as a share, that limits of the total go by.
    #[must_use]
    pub fn rate(&self, executed: Decimal, budget: Decimal) -> Decimal {
        let without = || self.without_budget.unwrap_or(Decimal::ONE);
        executed.checked_div(budget).unwrap_or_else(without)
    }

    /// The points of an indicator as forms of this place print them.
    #[must_use]
    pub fn rounded_points(&self, points: Decimal) -> Decimal {
        let decimals = self.score_decimals.unwrap_or(2);
        points.round_dp_with_strategy(decimals, RoundingStrategy::MidpointAwayFromZero)
    }

    /// What a form scores at most.
    #[must_use]
    pub fn full(&self) -> Option<Decimal> {
        self.indicator_points.checked_add(self.execution_points)
    }

    /// The degree of completion in percent, before rounding: in proportion to the target, at most
    /// 100. `None` when target and actual do not determine it.
    #[must_use]
    pub fn completion(
        &self,
        operator: Operator,
        target: Decimal,
        actual: Decimal,
    ) -> Option<Decimal> {
        let hundred = Decimal::ONE_HUNDRED;
        let reached = match operator {
            Operator::AtLeast | Operator::MoreThan => actual >= target,
            Operator::AtMost | Operator::LessThan => actual <= target,
            // More than asked for is no failure, unless nothing was asked for.
            Operator::Equal => actual == target || actual > target && !target.is_zero(),
        };
        if reached {
            return Some(hundred);
        }
        let (part, whole) = match operator {
            Operator::AtMost | Operator::LessThan => (target, actual),
            Operator::Equal if target.is_zero() => return Some(Decimal::ZERO),
            _ => (actual, target),
        };
        let share = part.checked_mul(hundred)?.checked_div(whole)?;
        Some(share.clamp(Decimal::ZERO, hundred))
    }

    /// By how much a lower bound was reached, in percent, where that is more than all of it.
    #[must_use]
    pub fn exceeded(operator: Operator, target: Decimal, actual: Decimal) -> Option<Decimal> {
        let is_lower_bound = !matches!(operator, Operator::AtMost | Operator::LessThan);
        let rate = actual.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(target)?;
        (is_lower_bound && actual > target).then_some(rate)
    }

    /// The degree of completion as forms of this place print it.
    #[must_use]
    pub fn rounded(&self, completion: Decimal) -> Decimal {
        match self.completion_decimals {
            Some(decimals) => {
                completion.round_dp_with_strategy(decimals, RoundingStrategy::MidpointAwayFromZero)
            }
            None => completion,
        }
    }

    /// By which share of the target the actual value goes beyond it to the good side, or misses
    /// it where it should be equal.
    #[must_use]
    pub fn deviation_of(operator: Operator, target: Decimal, actual: Decimal) -> Option<Decimal> {
        let difference = match operator {
            Operator::AtLeast | Operator::MoreThan => actual.checked_sub(target)?,
            Operator::AtMost | Operator::LessThan => target.checked_sub(actual)?,
            Operator::Equal => actual.checked_sub(target)?.abs(),
        };
        difference.checked_div(target)
    }

    /// The points of an indicator of full weight `weight` at a degree of completion in percent.
    #[must_use]
    pub fn points(
        &self,
        weight: Decimal,
        completion: Decimal,
        deviation: Option<Decimal>,
    ) -> Option<Decimal> {
        let points = weight.checked_mul(completion)?.checked_div(Decimal::ONE_HUNDRED)?;
        points.checked_sub(self.cut(completion, deviation)).map(|points| points.max(Decimal::ZERO))
    }

    /// The points cut for exceeding the target by far: only where it is reached in full.
    #[must_use]
    pub fn cut(&self, completion: Decimal, deviation: Option<Decimal>) -> Decimal {
        let is_full = completion >= Decimal::ONE_HUNDRED;
        match (self.deviation, deviation) {
            (Some(rule), Some(deviation)) if is_full && deviation > rule.above => rule.points,
            _ => Decimal::ZERO,
        }
    }

    /// The most the total can be at a rate of execution (a share, 1 for all).
    #[must_use]
    pub fn cap(&self, rate: Decimal) -> Option<Decimal> {
        self.caps.iter().find(|cap| rate < cap.below).map(|cap| cap.total)
    }

    /// The deduction that brings subtotal and execution down to the cap.
    #[must_use]
    pub fn deduction(&self, subtotal: Decimal, rate: Decimal) -> Option<Decimal> {
        let Some(cap) = self.cap(rate) else { return Some(Decimal::ZERO) };
        let execution = self.execution_points.checked_mul(rate.min(Decimal::ONE))?;
        let over = subtotal.checked_add(execution)?.checked_sub(cap)?;
        Some(over.max(Decimal::ZERO))
    }

    /// The most a project can score at a rate of execution: all indicators in full.
    #[must_use]
    pub fn most(&self, rate: Decimal) -> Option<Decimal> {
        let execution = self.execution_points.checked_mul(rate.min(Decimal::ONE))?;
        let full = self.indicator_points.checked_add(execution)?;
        Some(self.cap(rate).map_or(full, |cap| cap.min(full)))
    }

    /// The grade of a score.
    #[must_use]
    pub fn grade(&self, score: Decimal) -> Option<&str> {
        self.grades.iter().find(|grade| score >= grade.from).map(|grade| &*grade.word)
    }

    /// The points that a group shares with others, and the names of all of them.
    #[must_use]
    pub fn group(&self, name: &str) -> Option<&Group> {
        self.groups.iter().find(|group| group.names.iter().any(|known| **known == *name))
    }

    /// The even share of one of `count` indicators: cut to one decimal; one takes the rest.
    #[must_use]
    pub fn even_share(points: Decimal, count: usize) -> Option<Decimal> {
        let share = points.checked_div(Decimal::from(count))?;
        Some(share.round_dp_with_strategy(1, RoundingStrategy::ToZero))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn scoring() -> Scoring {
        let text = r#"
            id = "project"
            name = "试"
            status = "inferred"
            basis = "无"
            execution_points = "10"
            indicator_points = "90"
            completion_decimals = 0
            deviation = { above = "30%", points = "5" }
            even_weights = true
            [[cap]]
            below = "50%"
            total = "59"
            [[cap]]
            below = "80%"
            total = "89"
            [[grade]]
            word = "优"
            from = "90"
            [[grade]]
            word = "差"
            from = "0"
        "#;
        toml::from_str(text).unwrap()
    }

    fn d(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    #[test]
    fn completion_follows_the_operator() {
        let s = scoring();
        let of = |op, t: &str, a: &str| s.rounded(s.completion(op, d(t), d(a)).unwrap());
        assert_eq!(of(Operator::AtLeast, "60", "38"), d("63"));
        assert_eq!(of(Operator::AtMost, "9.3", "9.622"), d("97"));
        assert_eq!(of(Operator::AtMost, "5", "0"), d("100"));
        assert_eq!(of(Operator::Equal, "46", "12"), d("26"));
        assert_eq!(of(Operator::Equal, "100", "0"), d("0"));
    }

    #[test]
    fn far_beyond_the_target_points_are_cut() {
        let s = scoring();
        let deviation = Scoring::deviation_of(Operator::AtLeast, d("100"), d("141"));
        assert_eq!(s.points(d("8.3"), d("100"), deviation), Some(d("3.3")));
        let little = Scoring::deviation_of(Operator::AtLeast, d("100"), d("125"));
        assert_eq!(s.points(d("12.5"), d("100"), little), Some(d("12.5")));
        assert_eq!(s.points(d("8.3"), d("63"), deviation), Some(d("5.229")));
    }

    #[test]
    fn the_total_is_capped_by_execution() {
        let s = scoring();
        assert_eq!(s.deduction(d("90"), d("0")), Some(d("31")));
        assert_eq!(s.deduction(d("77.5"), d("0.9")), Some(d("0")));
        assert_eq!(s.deduction(d("90"), d("0.75")), Some(d("8.5")));
        assert_eq!(s.most(d("0.1")), Some(d("59")));
        assert_eq!(s.grade(d("95.7")), Some("优"));
    }

    #[test]
    fn without_a_budget_limits_hold_only_where_the_scheme_says_so() {
        let zero = Decimal::ZERO;
        let s = scoring();
        assert_eq!(s.rate(d("3"), d("4")), d("0.75"));
        assert_eq!(s.cap(s.rate(zero, zero)), None);
        let strict = Scoring { without_budget: Some(zero), ..scoring() };
        assert_eq!(strict.cap(strict.rate(zero, zero)), Some(d("59")));
    }

    #[test]
    fn points_have_two_decimals_unless_the_scheme_says_otherwise() {
        assert_eq!(scoring().rounded_points(d("3.735")), d("3.74"));
        let fine = Scoring { score_decimals: Some(3), ..scoring() };
        assert_eq!(fine.rounded_points(d("3.735")), d("3.735"));
    }

    #[test]
    fn weights_are_shared_evenly() {
        assert_eq!(Scoring::even_share(d("50"), 6), Some(d("8.3")));
        assert_eq!(Scoring::even_share(d("40"), 3), Some(d("13.3")));
    }

    proptest! {
        #[test]
        fn completion_is_between_nothing_and_all(t in 0_i64..10_000, a in 0_i64..10_000) {
            let s = scoring();
            for op in [Operator::AtLeast, Operator::AtMost, Operator::Equal] {
                if let Some(c) = s.completion(op, Decimal::new(t, 1), Decimal::new(a, 1)) {
                    prop_assert!(c >= Decimal::ZERO && c <= Decimal::ONE_HUNDRED);
                }
            }
        }
    }
}
