//! PRF049: every actual value is just its target.

use juesuan_model::{Operator, Severity};
use rust_decimal::Decimal;

use crate::performance::{Item, items_of};
use crate::{Context, Outcomes, Rule};

pub(crate) static RULE: Rule = Rule {
    code: "PRF049",
    title: "完成值全都恰好等于目标值",
    english: "Every actual value is just its target",
    severity: Severity::Note,
    checks: "目标写“不低于”“不超过”而不是 100% 的指标，有两项以上并且完成值全都恰好等于目标值的，请核对是否照抄目标。",
    why: "实际结果很少项项正好压线；全都相等，往往是把目标值抄到了完成值一栏。",
    bad: "项目支出绩效自评表\n项目名称\t甲项目\n一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\n产出指标\t数量指标\t培训人次\t≥300人次\t300人次\t30\t30\n产出指标\t质量指标\t考试合格率\t≥95%\t95%\t30\t30\n效益指标\t社会效益指标\t带动就业人数\t≥20人\t20人\t30\t30",
    good: "项目支出绩效自评表\n项目名称\t甲项目\n一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\n产出指标\t数量指标\t培训人次\t≥300人次\t312人次\t30\t30\n产出指标\t质量指标\t考试合格率\t≥95%\t95%\t30\t30\n效益指标\t社会效益指标\t带动就业人数\t≥20人\t23人\t30\t30",
    basis: "《项目支出绩效评价管理办法》：绩效自评应当如实填写完成情况",
    false_alarms: "按合同约定的数量逐项验收的，完成值可以正好等于目标值。",
    covers: &["T28"],
    check,
};

/// One value may meet its target by chance.
const LEAST: usize = 2;

fn check(context: &Context<'_>, out: &mut Outcomes) {
    // The first of each form, then the others: of many places each form is shown.
    let mut copied: Vec<Item<'_>> = Vec::new();
    let mut others: Vec<Item<'_>> = Vec::new();
    for index in 0..context.accounts.evaluations.len() {
        let items = items_of(context, index);
        let open: Vec<Item<'_>> = items.iter().filter(|item| is_open(item)).copied().collect();
        if open.len() < LEAST {
            out.not_applicable();
        } else if items.iter().any(misses) {
            out.pass(&[]);
        } else {
            let (first, rest) = open.split_at(1);
            copied.extend_from_slice(first);
            others.extend_from_slice(rest);
        }
    }
    let forms = copied.len();
    copied.extend(others);
    let Some(first) = copied.first() else { return };
    let (owner, count) = (first.owner, copied.len());
    let whose = match forms {
        1 => format!("“{owner}”有"),
        _ => format!("{forms} 张自评表（如“{owner}”）有"),
    };
    let message =
        format!("{whose} {count} 项上限或下限的目标，完成值全都恰好等于目标值，请核对是否照抄目标");
    // Whoever does it once does it throughout: one finding with all places.
    let failure = first.failure("actual", message);
    let actuals = copied.iter().skip(1).filter_map(|item| item.indicator.actual);
    let actuals = actuals.filter_map(|id| context.accounts.facts.get(id));
    out.fail(actuals.fold(failure, |failure, fact| failure.at(fact)));
}

/// Whether the actual value could well be another one than the target. All of all is often reached.
fn is_open(item: &Item<'_>) -> bool {
    let is_all = |target: Decimal| target == Decimal::ONE_HUNDRED && item.unit() == "%";
    item.quantities().is_some_and(|(operator, target, _)| {
        operator != Operator::Equal && !is_all(target) && !target.is_zero()
    })
}

/// Whether the actual value is another than the target.
fn misses(item: &Item<'_>) -> bool {
    item.quantities().is_some_and(|(_, target, actual)| target != actual)
}
