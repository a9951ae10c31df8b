//! PRF048: what the total would be with all scores put right.

use juesuan_model::{Evaluation, FactId, Number, Operator, Severity};
use rust_decimal::Decimal;

use super::operator::is_reversed;
use crate::performance::{FAR, Item, items_of, rate, scoring, whole_items};
use crate::{Context, Failure, Outcomes, Rule};

pub(crate) static RULE: Rule = Rule {
    code: "PRF048",
    title: "有得分填错，纠正后的小计和总得分",
    english: "The subtotal and total with all wrong scores put right",
    severity: Severity::Note,
    checks: "有指标的得分按目标值、完成值和评分方案重算后不同的，把各指标都纠正，再算小计、减分和总得分，与表中的总得分比较。运算符号写反的按正确方向计分，没有开展却得分的计零分。",
    why: "逐项的错误已在各指标处指出；这里给出改完之后这张表应有的总分。",
    bad: "项目支出绩效自评表\n项目名称\t甲项目\n预算数\t10\t执行数\t10\t执行率\t100%\n一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t完成程度\t分值\t得分\n产出指标\t数量指标\t培训次数\t≥4次\t2次\t50%\t90\t90\n指标自评得分小计\t90\t预算执行率得分\t10\t减分项\t0\t绩效自评总得分\t100",
    good: "项目支出绩效自评表\n项目名称\t甲项目\n预算数\t10\t执行数\t10\t执行率\t100%\n一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t完成程度\t分值\t得分\n产出指标\t数量指标\t培训次数\t≥4次\t4次\t100%\t90\t90\n指标自评得分小计\t90\t预算执行率得分\t10\t减分项\t0\t绩效自评总得分\t100",
    basis: "评分方案",
    false_alarms: "",
    covers: &["T06", "T10", "T11", "W03", "R121"],
    check,
};

fn check(context: &Context<'_>, out: &mut Outcomes) {
    for (index, form) in context.accounts.evaluations.iter().enumerate() {
        project(context, index, form, out);
    }
    for (index, form) in context.accounts.whole_evaluations.iter().enumerate() {
        let items: Vec<Item<'_>> =
            whole_items(context).filter(|item| item.owner_index() == index).collect();
        let tasks = form.tasks.iter().map(|task| context.value(task.score));
        let tasks = tasks.into_iter().try_fold(Decimal::ZERO, |sum, score| sum.checked_add(score?));
        let total = corrected(context, &items).zip(tasks).and_then(|(a, b)| a.checked_add(b));
        let right = Right { subject: format!("whole[{index}].total"), subtotal: None, total };
        tell(context, &form.name.text, &right, form.total, out);
    }
}

/// What a form should print.
struct Right {
    subject: String,
    /// The figure and what it should be, where the form prints it.
    subtotal: Option<(FactId, Decimal)>,
    /// `None` when some score is open, or none is wrong.
    total: Option<Decimal>,
}

fn project(context: &Context<'_>, index: usize, form: &Evaluation, out: &mut Outcomes) {
    let subtotal = corrected(context, &items_of(context, index));
    let known = context.scheme.scoring("project").zip(rate(context, form));
    let total = subtotal.zip(known).and_then(|(subtotal, (scoring, rate))| {
        let earned = || scoring.execution_points.checked_mul(rate.min(Decimal::ONE));
        let execution = context.value(form.execution_score).or_else(earned)?;
        subtotal.checked_add(execution)?.checked_sub(scoring.deduction(subtotal, rate)?)
    });
    let subject = format!("evaluation[{index}].total");
    let right = Right { subject, subtotal: form.subtotal.zip(subtotal), total };
    tell(context, &form.name.text, &right, form.total, out);
}

fn tell(
    context: &Context<'_>,
    name: &str,
    right: &Right,
    printed: Option<FactId>,
    out: &mut Outcomes,
) {
    let (Some(total), Some(id)) = (right.total, printed) else { return out.not_applicable() };
    let differs = |id: FactId, right: Decimal| {
        let bounds = context.number(Some(id)).map(Number::bounds);
        bounds.is_some_and(|b| right < b.low || b.high < right)
    };
    let is_other = differs(id, total) || right.subtotal.is_some_and(|(id, sum)| differs(id, sum));
    if !is_other {
        return out.pass(&[]);
    }
    let shown = |value: Decimal| value.round_dp(2).normalize().to_string();
    let subtotal = right.subtotal.map(|(_, sum)| format!("小计应为 {}，", shown(sum)));
    let message = format!(
        "“{name}”各指标得分纠正后，{}总得分应为 {}（表中是 {}）",
        subtotal.unwrap_or_default(),
        shown(total),
        context.printed(printed)
    );
    let failure = Failure::new(&*right.subject, message);
    let failure = failure.values(context.printed(printed), shown(total));
    let places = [Some(id), right.subtotal.map(|(id, _)| id)];
    out.fail(places.into_iter().flatten().fold(failure, |f, id| at(context, f, id)));
}

/// A place to show; the figure itself need not be wrong by its own relation.
fn at(context: &Context<'_>, failure: Failure, id: FactId) -> Failure {
    context.accounts.facts.get(id).into_iter().fold(failure, |failure, fact| failure.at(fact))
}

/// The sum of the scores with the wrong ones put right; `None` when none is wrong, one is
/// unread, or the weights are.
fn corrected(context: &Context<'_>, items: &[Item<'_>]) -> Option<Decimal> {
    // Where a weight is wrong, no score of its own is known.
    let weights = items
        .iter()
        .try_fold(Decimal::ZERO, |sum, item| sum.checked_add(item.weight()?.value()))?;
    if scoring(context, items.first()?)?.indicator_points != weights {
        return None;
    }
    let mut is_wrong = false;
    let sum = items.iter().try_fold(Decimal::ZERO, |sum, item| {
        let stated = item.score()?.value();
        let right = right(context, item).filter(|right| !item.scores(*right));
        is_wrong |= right.is_some();
        sum.checked_add(right.unwrap_or(stated))
    });
    sum.filter(|_| is_wrong)
}

/// The points that target, actual value and scheme give; `None` when they leave it open.
fn right(context: &Context<'_>, item: &Item<'_>) -> Option<Decimal> {
    let scoring = scoring(context, item)?;
    let weight = item.weight()?.value();
    let Some((operator, target, actual)) = item.quantities() else {
        let completion = item.completion()?.value();
        return scoring.points(weight, completion, None);
    };
    let reversed = is_reversed(context, item);
    // Nothing done within a limit is nothing done, whichever way the operator should point.
    if reversed && actual.is_zero() {
        return Some(Decimal::ZERO);
    }
    let operator = match operator {
        Operator::AtMost | Operator::LessThan if reversed => Operator::AtLeast,
        Operator::AtLeast | Operator::MoreThan if reversed => Operator::AtMost,
        operator => operator,
    };
    let completion = scoring.rounded(scoring.completion(operator, target, actual)?);
    let deviation = item.deviation().filter(|_| !reversed);
    let is_far =
        completion >= Decimal::ONE_HUNDRED && deviation.is_some_and(|deviation| deviation > FAR);
    // Where the scheme knows no cut for a far exceeded target, a lower score is left open.
    (scoring.deviation.is_some() || !is_far)
        .then(|| scoring.points(weight, completion, deviation))
        .flatten()
}
