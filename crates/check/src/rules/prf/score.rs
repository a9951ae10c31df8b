//! PRF012: the score of an indicator is not its weight times its completion.

use juesuan_model::{Bounds, FactId, Number, Operator, Severity};
use rust_decimal::Decimal;

use super::operator::is_reversed;
use crate::performance::{FAR, Item, all_items, scoring};
use crate::{Context, Outcomes, Rule};

pub(crate) static RULE: Rule = Rule {
    code: "PRF012",
    title: "指标得分与分值、完成程度不符",
    english: "An indicator's score does not follow from weight and completion",
    severity: Severity::Error,
    checks: "得分等于分值乘以完成程度；评分方案规定超过目标过多要扣分的，再减去扣分；得分不得为负，也不得超过分值。",
    why: "得分是自评的结论，必须能由分值和完成程度重算出来。",
    bad: "项目支出绩效自评表\n项目名称\t甲项目\n一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\n产出指标\t数量指标\t培训人数\t≥200人\t150人\t20\t18",
    good: "项目支出绩效自评表\n项目名称\t甲项目\n一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\n产出指标\t数量指标\t培训人数\t≥200人\t150人\t20\t15",
    basis: "《项目支出绩效评价管理办法》与各地评分方案",
    false_alarms: "评分方案没有规定超额扣分而自评表扣了分的，因目标可能定得过低，不作判断。",
    covers: &["T05", "R107", "R108", "R109", "E64", "E66"],
    check,
};

fn check(context: &Context<'_>, out: &mut Outcomes) {
    for item in all_items(context) {
        let Some(stated) = item.indicator.score else {
            out.not_applicable();
            continue;
        };
        let others = used(context, &item);
        match expected(context, &item) {
            Some(expected) if is_reversed(context, &item) && !item.scores(expected) => {
                out.not_checked(item.subject("score"), "运算符号疑似写反，得分没有复算");
            }
            Some(expected) => {
                // Most scores are right and need none.
                let repairs = std::iter::once_with(|| {
                    let weight = item.indicator.weight.zip(weight_for(&item, expected));
                    weight.into_iter().chain(values_for(&item))
                });
                let repairs = repairs.flatten();
                let expected = Bounds::computed(expected);
                out.compare_with(context, stated, expected, &others, repairs, |shown| {
                    format!("{}得分应为 {shown}", item.name())
                });
            }
            None => within_weight(&item, out),
        }
    }
}

/// The figures that decide the score: nothing of any weight is nothing, and target and actual
/// value only count where no completion is printed or a target that is far exceeded costs points.
fn used(context: &Context<'_>, item: &Item<'_>) -> Vec<FactId> {
    let indicator = item.indicator;
    let printed = item.completion().map(Number::value);
    let cuts = scoring(context, item).is_some_and(|scoring| scoring.deviation.is_some());
    let is_full = printed.is_some_and(|completion| completion >= Decimal::ONE_HUNDRED);
    let by_value = printed.is_none() || cuts && is_full;
    let weight = indicator.weight.filter(|_| printed != Some(Decimal::ZERO));
    let values = [indicator.target, indicator.actual].map(|id| id.filter(|_| by_value));
    [weight, indicator.completion].into_iter().chain(values).flatten().collect()
}

/// The score that weight, completion and deviation give; `None` when they leave it open.
fn expected(context: &Context<'_>, item: &Item<'_>) -> Option<Decimal> {
    let scoring = scoring(context, item)?;
    let weight = item.weight()?.value();
    let completion = match item.completion() {
        // What is exceeded gives no more than all points.
        Some(printed) => printed.value().min(Decimal::ONE_HUNDRED),
        None => {
            let (operator, target, actual) = item.quantities()?;
            scoring.rounded(scoring.completion(operator, target, actual)?)
        }
    };
    let deviation = item.deviation();
    let points = scoring.points(weight, completion, deviation)?;
    // Where the scheme knows no cut, a lower score for a far exceeded target is left open.
    let is_far = deviation.is_some_and(|deviation| deviation > FAR);
    let is_lower = item.score().is_some_and(|score| score.value() < points);
    (scoring.deviation.is_some() || !(is_far && is_lower)).then_some(points)
}

/// The weight under which the printed score would be right: points grow with the weight.
fn weight_for(item: &Item<'_>, expected: Decimal) -> Option<Bounds> {
    let (weight, score) = (item.weight()?.value(), item.score()?.bounds());
    let share = expected.checked_div(weight).filter(|share| !share.is_zero())?;
    score.over(Bounds::exact(share))
}

/// The target, and the actual value, of a lower bound under which the printed score would be
/// right, where no completion is printed.
fn values_for(item: &Item<'_>) -> Vec<(FactId, Bounds)> {
    let known = || {
        let (operator, target, actual) = item.quantities()?;
        let is_lower_bound = matches!(operator, Operator::AtLeast | Operator::MoreThan);
        let weight = item.weight().filter(|_| is_lower_bound && item.completion().is_none())?;
        let share = item.score()?.bounds().over(Bounds::exact(weight.value()))?;
        let is_part = share.low > Decimal::ZERO && share.high < Decimal::ONE;
        is_part.then_some((Bounds::exact(target), Bounds::exact(actual), share))
    };
    let Some((bound, actual, share)) = known() else { return Vec::new() };
    let indicator = item.indicator;
    let target = indicator.target.zip(actual.over(share)).into_iter();
    target.chain(indicator.actual.zip(bound.times(share))).collect()
}

/// Where the score is open, it still lies between nothing and the weight.
fn within_weight(item: &Item<'_>, out: &mut Outcomes) {
    let (Some(weight), Some(score)) = (item.weight(), item.score()) else {
        return out.not_applicable();
    };
    if score.value() >= Decimal::ZERO && score.value() <= weight.value() {
        return out.pass(&[]);
    }
    let message = format!("{}得分 {} 超出分值 {}", item.name(), score.display(), weight.display());
    out.fail(item.failure("score", message).values(score.display(), weight.display()));
}
