//! PRF022: the operator points the wrong way, so that a bad value scores full marks.

use juesuan_model::{Operator, Severity};
use rust_decimal::Decimal;

use crate::performance::{Item, Misdirection, all_items};
use crate::words::ends_with_any;
use crate::{Context, Outcomes, Rule};

pub(crate) static RULE: Rule = Rule {
    code: "PRF022",
    title: "运算符号方向错误",
    english: "The operator points the wrong way",
    severity: Severity::Error,
    checks: "满意度、及时率、完成率等越大越好的指标不得用“≤”；成本、事故、时长等越小越好的指标不得用“≥”；产出数量用“≤”的列为疑点；“≤”而完成值为零、项目又没有执行的，视为未开展，不得得分。",
    why: "方向写反，完成得越差得分越高：满意度 ≤100% 时零分也算完成。",
    bad: "项目支出绩效自评表\n项目名称\t甲项目\n一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\n满意度指标\t服务对象满意度\t群众满意度\t≤100%\t60%\t10\t10",
    good: "项目支出绩效自评表\n项目名称\t甲项目\n一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\n满意度指标\t服务对象满意度\t群众满意度\t≥90%\t95%\t10\t10",
    basis: "《项目支出绩效评价管理办法》：指标值应能反映目标的完成方向",
    false_alarms: "控制性指标（如高级职称通过率不超过 50%）不在此列，由词表排除。",
    covers: &["T20", "E74", "T23"],
    check,
};

fn check(context: &Context<'_>, out: &mut Outcomes) {
    for item in all_items(context) {
        let Some((operator, _, actual)) = item.quantities() else {
            out.not_applicable();
            continue;
        };
        match item.misdirection(|| fault(context, &item, operator, actual)) {
            Some((severity, why)) => {
                let message = format!("{}用“{}”，{why}", item.name(), operator.sign());
                let stated =
                    format!("{} {}", operator.sign(), context.printed(item.indicator.target));
                let failure = item.failure("target", message).severity(severity).values(stated, "");
                out.fail(failure);
            }
            None => out.pass(&[]),
        }
    }
}

/// Whether the operator points the wrong way, so that nothing can be computed from it.
pub(super) fn is_reversed(context: &Context<'_>, item: &Item<'_>) -> bool {
    let Some((operator, _, actual)) = item.quantities() else { return false };
    let fault = item.misdirection(|| fault(context, item, operator, actual));
    fault.is_some_and(|(severity, _)| severity == Severity::Error)
}

fn fault(
    context: &Context<'_>,
    item: &Item<'_>,
    operator: Operator,
    actual: Decimal,
) -> Option<Misdirection> {
    let settings = &context.scheme.settings;
    let name = &*item.indicator.name.text;
    // 不合格率 is no 合格率.
    let is_denied = settings.words("反面的指标").occur_in(name);
    let larger_is_better = !is_denied && ends_with_any(name, settings.words("越大越好"));
    let smaller_is_better = !larger_is_better && settings.words("越小越好").occur_in(name);
    let is_limit = is_denied || settings.words("控制性指标").occur_in(name);
    match operator {
        Operator::AtMost | Operator::LessThan if smaller_is_better => undone(context, item, actual),
        Operator::AtMost | Operator::LessThan => {
            if larger_is_better && !is_limit {
                return Some((Severity::Error, "越大越好的指标，完成得越差反而得分"));
            }
            let is_satisfaction = item.indicator.group.contains("满意度");
            if is_satisfaction {
                return Some((Severity::Error, "满意度越低反而得分"));
            }
            if let Some(found) = undone(context, item, actual) {
                return Some(found);
            }
            let is_wanted = ["数量", "效益", "可持续"]
                .iter()
                .any(|kind| item.indicator.subgroup.contains(kind));
            (is_wanted && item.unit() != "%" && !is_limit)
                .then_some((Severity::Warning, "数量和效益一般不以上限为目标，请核对方向"))
        }
        Operator::Equal => exact(item, larger_is_better),
        Operator::AtLeast | Operator::MoreThan if smaller_is_better => {
            let is_fewer = settings.words("反向词").occur_in(name);
            (!is_fewer).then_some((Severity::Error, "越小越好的指标，数值越大反而得分"))
        }
        _ => None,
    }
}

/// A target that is to be met exactly, where more, or earlier, is better. Whether it was exceeded
/// is another rule's.
fn exact(item: &Item<'_>, larger_is_better: bool) -> Option<Misdirection> {
    let name = &*item.indicator.name.text;
    let grows = ["增长率", "同比增长", "增速"].iter().any(|word| name.ends_with(word));
    let is_exceeded = item.quantities().is_some_and(|(_, target, actual)| actual > target);
    if grows && (larger_is_better || !name.ends_with("率")) && !is_exceeded {
        return Some((Severity::Warning, "增长越多越好，应为“≥”"));
    }
    let is_deadline = name.ends_with("时限") || name.ends_with("完成时间");
    is_deadline.then_some((Severity::Note, "提前完成也算完成，应为“≤”"))
}

/// Nothing done, and yet within the limit: `≤ 12 月`, 0 where nothing was executed.
fn undone(context: &Context<'_>, item: &Item<'_>, actual: Decimal) -> Option<Misdirection> {
    let executed = context.value(item.evaluation()?.executed)?;
    let scored = item.score().is_some_and(|score| score.value() > Decimal::ZERO);
    let asked = item.target().is_some_and(|target| target.value() > Decimal::ZERO);
    let nothing = actual.is_zero() && executed.is_zero();
    (nothing && scored && asked)
        .then_some((Severity::Error, "完成值为 0 且项目没有执行，应视为未开展，不得得分"))
}
