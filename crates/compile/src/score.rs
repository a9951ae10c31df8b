//! Self-evaluations scored by the scheme, step by step, so that everybody can follow each point.

use std::sync::Arc;

use juesuan_model::{Finding, Measure, Number, Operator, Score, ScoreStep};
use juesuan_scheme::Scheme;
use juesuan_scheme::formula::{ONLY_ROW, RowRef, Source};
use juesuan_scheme::scoring::Scoring;
use rust_decimal::{Decimal, RoundingStrategy};

use crate::accounts::Exact;
use crate::explain::Address;
use crate::fault::{Code, Spot, fault};
use crate::ledger::{Ledger, in_order};

/// A self-evaluation with its points.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scored {
    /// `evaluation` for projects, `whole` for units as a whole.
    pub record: &'static str,
    /// The project or unit.
    pub name: Arc<str>,
    /// How each point came to be, in the order of the form.
    pub steps: Vec<Step>,
    /// Degrees of completion in percent that follow from targets: the cell and the value.
    pub completions: Vec<(Address, Decimal)>,
    /// The total.
    pub total: Decimal,
    /// Its grade.
    pub grade: Arc<str>,
}

impl Scored {
    /// What a publication says of it.
    #[must_use]
    pub fn told(&self) -> Score {
        let step = |step: &Step| ScoreStep {
            label: step.label.clone(),
            how: step.how.as_str().into(),
            points: step.points,
        };
        Score {
            form: self.record.into(),
            name: self.name.clone(),
            steps: self.steps.iter().map(step).collect(),
        }
    }
}

/// How points came to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// The cell that holds them.
    pub cell: Address,
    /// What they are for.
    pub label: Arc<str>,
    /// The calculation in words.
    pub how: String,
    /// The points, or the points taken away.
    pub points: Decimal,
}

/// Scores all self-evaluations of a ledger. What cannot be scored, and what misses a reason, is
/// found fault with.
#[must_use]
pub fn score(scheme: &Scheme, ledger: &Ledger) -> (Vec<Scored>, Vec<Finding>) {
    let exact = Exact::new(scheme, ledger);
    let mut desk = Desk { scheme, exact: &exact, findings: Vec::new(), completions: Vec::new() };
    let mut all = Vec::new();
    if let Some(scoring) = scheme.scoring("project") {
        let projects = in_order("evaluation", ledger.rows("evaluation"), ledger);
        all.extend(projects.iter().map(|name| desk.project(scoring, name)));
    }
    if let Some(scoring) = scheme.scoring("whole") {
        all.extend(ledger.rows("whole").iter().map(|name| desk.whole(scoring, name)));
    }
    (all, desk.findings)
}

/// Writes what was scored beside what was posted, so that formulas and forms find it.
pub fn enter(ledger: &mut Ledger, scored: &[Scored]) {
    for step in scored.iter().flat_map(|one| &one.steps) {
        let (form, row, column) = &step.cell;
        ledger.add((form, row, column), step.points, None);
    }
    for one in scored {
        for ((form, row, column), completion) in &one.completions {
            if ledger.get(form, row, column).is_none_or(|posted| !posted.is_number) {
                ledger.add((form, row, column), *completion, None);
            }
        }
        ledger.write((one.record, &one.name, "grade"), &one.grade, None);
        let is_project = one.record == "evaluation";
        let column = if is_project { "projects" } else { "units" };
        ledger.add(("grade", &one.grade, column), Decimal::ONE, None);
        if is_project {
            enter_funds(ledger, &one.name);
            enter_key_evaluation(ledger, one);
        }
    }
}

/// Adds the budget of a project to those of its kind of funds; what does not come from the treasury
/// is counted by itself.
fn enter_funds(ledger: &mut Ledger, name: &str) {
    const RECORD: &str = "evaluated_funds";
    let Some(fund) = ledger.words("evaluation", name, "fund").cloned() else { return };
    let number = |form, row: &str| ledger.get(form, row, "budget").map(|posted| posted.number);
    let budget = number("evaluation", name).unwrap_or_default();
    let other = number("funding", &format!("{name}.其他资金")).unwrap_or_default();
    ledger.add((RECORD, &fund, "projects"), Decimal::ONE, None);
    ledger.add((RECORD, &fund, "budget"), budget.saturating_sub(other), None);
    ledger.add((RECORD, "非财政拨款", "budget"), other, None);
}

/// Adds a project that the department evaluated itself to those.
fn enter_key_evaluation(ledger: &mut Ledger, one: &Scored) {
    const RECORD: &str = "key_evaluation";
    let is_key = ledger.words("evaluation", &one.name, "key").is_some_and(|word| **word == *"是");
    ledger.add(("evaluation", &one.name, "is_key"), Decimal::from(u8::from(is_key)), None);
    if !is_key {
        return;
    }
    let number = |column| ledger.get("evaluation", &one.name, column).map(|posted| posted.number);
    let (budget, executed) = (number("budget"), number("executed"));
    ledger.add(("grade", &one.grade, "key_projects"), Decimal::ONE, None);
    ledger.add((RECORD, ONLY_ROW, "projects"), Decimal::ONE, None);
    ledger.add((RECORD, ONLY_ROW, "amount"), budget.unwrap_or_default(), None);
    ledger.add((RECORD, ONLY_ROW, "executed"), executed.unwrap_or_default(), None);
    ledger.add((RECORD, ONLY_ROW, "score"), one.total, None);
}

struct Desk<'a> {
    scheme: &'a Scheme,
    exact: &'a Exact<'a>,
    findings: Vec<Finding>,
    /// Those of the form that is being scored.
    completions: Vec<(Address, Decimal)>,
}

/// Points are printed with two decimals.
fn printed(points: Decimal) -> Decimal {
    points.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero)
}

fn sum(steps: &[Step]) -> Decimal {
    steps.iter().fold(Decimal::ZERO, |sum, step| sum.saturating_add(step.points))
}

impl Desk<'_> {
    fn project(&mut self, scoring: &Scoring, name: &Arc<str>) -> Scored {
        let mut steps = self.indicators(scoring, "indicator", name);
        let subtotal = printed(sum(&steps));
        let value = |column| self.exact.value("evaluation", name, column);
        let (budget, executed) = (value("budget"), value("executed"));
        let cell = |column: &str| ("evaluation".into(), name.clone(), column.into());
        steps.push(Step {
            cell: cell("subtotal"),
            label: "指标自评得分小计".into(),
            how: "各项指标得分之和".to_owned(),
            points: subtotal,
        });
        let (execution, how) = execution(scoring.execution_points, executed, budget);
        let label = "预算执行率得分".into();
        steps.push(Step { cell: cell("execution_score"), label, how, points: execution });
        let rate = scoring.rate(executed, budget);
        let deduction = printed(scoring.deduction(subtotal, rate).unwrap_or_default());
        if let Some(cap) = scoring.cap(rate) {
            steps.push(Step {
                cell: cell("deduction"),
                label: "减分项".into(),
                how: format!("执行率 {}，总分最高 {cap} 分，超出部分减去", percent(rate)),
                points: deduction,
            });
        }
        let total = subtotal.saturating_add(execution).saturating_sub(deduction);
        steps.push(Step {
            cell: cell("total"),
            label: "绩效自评总得分".into(),
            how: format!("{subtotal:.2} + {execution:.2} - {deduction:.2}"),
            points: total,
        });
        self.scored("evaluation", scoring, name, steps, total)
    }

    fn whole(&mut self, scoring: &Scoring, name: &Arc<str>) -> Scored {
        let mut steps = Vec::new();
        for row in self.exact.rows("task", &RowRef::Children, name) {
            let value = |column| self.exact.value("task", &row, column);
            let (points, how) = execution(value("weight"), value("executed"), value("granted"));
            let label = self.words("task", &row, "name");
            let cell = ("task".into(), row.clone(), "score".into());
            steps.push(Step { cell, label, how, points });
        }
        steps.extend(self.indicators(scoring, "whole_indicator", name));
        let total = printed(sum(&steps));
        steps.push(Step {
            cell: ("whole".into(), name.clone(), "total".into()),
            label: "总评价得分".into(),
            how: "各项任务和指标得分之和".to_owned(),
            points: total,
        });
        self.scored("whole", scoring, name, steps, total)
    }

    fn scored(
        &mut self,
        record: &'static str,
        scoring: &Scoring,
        name: &Arc<str>,
        steps: Vec<Step>,
        total: Decimal,
    ) -> Scored {
        let grade = scoring.grade(total).unwrap_or_default().into();
        let completions = std::mem::take(&mut self.completions);
        Scored { record, name: name.clone(), steps, completions, total, grade }
    }

    fn words(&self, form: &str, row: &str, column: &str) -> Arc<str> {
        self.exact.ledger.words(form, row, column).cloned().unwrap_or_default()
    }

    fn indicators(&mut self, scoring: &Scoring, record: &str, name: &Arc<str>) -> Vec<Step> {
        let mut steps = Vec::new();
        for row in self.exact.rows(record, &RowRef::Children, name) {
            let label = self.words(record, &row, "name");
            let weight = self.exact.value(record, &row, "weight");
            let reached = self.completion(scoring, record, &row);
            let (completion, deviation, how) = match reached {
                Ok(reached) => reached,
                Err(why) => {
                    self.tell(Code::Score, name, &label, why, "改正目标值、完成值或运算符号");
                    continue;
                }
            };
            let cell = (record.into(), row.clone(), "completion".into());
            self.completions.push((cell, completion));
            let points = scoring.points(weight, completion, deviation).unwrap_or_default();
            let points = scoring.rounded_points(points);
            let cut = scoring.cut(completion, deviation);
            let minus = if cut.is_zero() {
                String::new()
            } else {
                format!(" - {cut}（超过目标过多）")
            };
            let how =
                format!("{how}；{weight} × {}{minus} = {}", shown(completion), points.normalize());
            if completion < Decimal::ONE_HUNDRED {
                self.needs_reason(record, &row, name, &label);
            }
            let cell = (record.into(), row.clone(), "score".into());
            steps.push(Step { cell, label, how, points });
        }
        steps
    }

    /// The degree of completion in percent, the deviation, and how they come about.
    fn completion(
        &self,
        scoring: &Scoring,
        record: &str,
        row: &str,
    ) -> Result<(Decimal, Option<Decimal>, String), String> {
        let words = |column| self.words(record, row, column);
        let (target, actual) = (words("target_text"), words("actual_text"));
        let sign = words("operator");
        let Some(operator) = operator(&sign) else {
            return self.level(record, row, &actual);
        };
        let number = |text: &str, what: &str| {
            let number = Number::parse(text, Measure::Quantity).map(Number::value);
            number.map_err(|error| format!("{what}“{text}”{}", error.message()))
        };
        let (wanted, reached) = (number(&target, "目标值")?, number(&actual, "完成值")?);
        let completion = scoring
            .completion(operator, wanted, reached)
            .ok_or_else(|| format!("目标值 {target} 和完成值 {actual} 算不出完成程度"))?;
        let completion = scoring.rounded(completion);
        let how = format!("目标 {sign}{target}，完成 {actual}，完成程度 {}", shown(completion));
        Ok((completion, Scoring::deviation_of(operator, wanted, reached), how))
    }

    /// The degree of completion of a qualitative indicator: what the unit states within its level.
    fn level(
        &self,
        record: &str,
        row: &str,
        actual: &str,
    ) -> Result<(Decimal, Option<Decimal>, String), String> {
        let level = self.scheme.performance.level(actual);
        let level = level.ok_or_else(|| format!("完成值“{actual}”不是达成档次，又没有运算符号"))?;
        let (from, to) = (Decimal::from(level.from), Decimal::from(level.to));
        let stated = self.exact.ledger.get(record, row, "completion").map(|posted| posted.number);
        let completion = stated.unwrap_or(to);
        if completion < from || completion > to {
            return Err(format!("完成程度 {completion}% 不在“{actual}”的 {from}%—{to}% 之内"));
        }
        Ok((completion, None, format!("{actual}，完成程度 {}", shown(completion))))
    }

    /// A target that was missed needs a reason and a measure.
    fn needs_reason(&mut self, record: &str, row: &str, name: &str, label: &str) {
        for (column, what) in [("reason", "偏差原因"), ("measure", "改进措施")] {
            if self.exact.ledger.words(record, row, column).is_none() {
                let why = format!("没有达到目标，却没有写{what}");
                self.tell(Code::Words, name, label, why, "写明具体的原因和措施");
            }
        }
    }

    fn tell(&mut self, code: Code, name: &str, label: &str, why: String, hint: &str) {
        let spot = Spot { file: name, sheet: "绩效指标", shown: label, ..Spot::default() };
        self.findings.push(fault(code, spot, format!("{name}的“{label}”：{why}"), hint));
    }
}

/// The points for spending what was granted, and how they come about.
fn execution(weight: Decimal, executed: Decimal, budget: Decimal) -> (Decimal, String) {
    match executed.checked_div(budget) {
        Some(rate) => {
            let points = printed(weight.saturating_mul(rate.min(Decimal::ONE)));
            (points, format!("{weight} × 执行率 {} = {points:.2}", percent(rate)))
        }
        None => (Decimal::ZERO, "没有预算数，算不出执行率，不得分".to_owned()),
    }
}

fn operator(sign: &str) -> Option<Operator> {
    use Operator::{AtLeast, AtMost, Equal, LessThan, MoreThan};
    [AtLeast, MoreThan, AtMost, LessThan, Equal].into_iter().find(|one| one.sign() == sign)
}

/// A share as a percentage.
fn percent(share: Decimal) -> String {
    shown(share.saturating_mul(Decimal::ONE_HUNDRED))
}

/// A percentage with the decimals it needs, two at most.
fn shown(percentage: Decimal) -> String {
    format!("{}%", printed(percentage).normalize())
}
