//! PRF144: a whole-department form lacks parts or indicators that the place prescribes, or gives
//! them other weights or targets.

use juesuan_model::{Bounds, Severity, WholeEvaluation, changes};
use juesuan_scheme::prescribed::{CommonIndicator, PartId, WholeForm};

use crate::performance::{Item, whole_items};
use crate::words::fold;
use crate::{Context, Failure, Outcomes, Rule};

pub(crate) static RULE: Rule = Rule {
    code: "PRF144",
    title: "整体自评表与本地表式不同",
    english: "A whole-department form differs from the one the place prescribes",
    severity: Severity::Warning,
    checks: "地方方案规定了整体自评表表式的，表头各项、年度主要任务、年度目标、总评价得分都应有；各单位相同的指标都应列出，所属一级指标、目标值、分值与规定相同。",
    why: "各单位相同的指标就是为了可以比较；少列一项、放宽目标、挪动分值，得分就不可比。",
    bad: "",
    good: "",
    basis: "部门（单位）整体绩效自评表的本地表式",
    false_alarms: "本地表式由已公开的自评表推定、没有公布文本的，只作提示。",
    covers: &["R121", "T29", "W11"],
    check,
};

fn check(context: &Context<'_>, out: &mut Outcomes) {
    let Some(prescribed) = &context.scheme.prescribed.whole else {
        return out.not_applicable();
    };
    let items: Vec<Item<'_>> = whole_items(context).collect();
    for (index, form) in context.accounts.whole_evaluations.iter().enumerate() {
        let own: Vec<&Item<'_>> = items.iter().filter(|i| i.owner_index() == index).collect();
        one(context, prescribed, index, form, &own, out);
    }
}

fn one(
    context: &Context<'_>,
    prescribed: &WholeForm,
    index: usize,
    form: &WholeEvaluation,
    own: &[&Item<'_>],
    out: &mut Outcomes,
) {
    let parts = prescribed.parts.iter().filter(|part| !has(form, part.id));
    let mut lacking: Vec<&str> = parts.map(|part| &*part.label).collect();
    for known in &prescribed.indicators {
        match own.iter().find(|item| is_named(item, known)) {
            Some(item) => same(context, item, known, out),
            None => lacking.push(&known.name),
        }
    }
    if lacking.is_empty() {
        return out.pass(&[]);
    }
    let message = format!(
        "“{}”的整体自评表缺少本地表式的 {} 项：{}",
        form.name.text,
        lacking.len(),
        lacking.join("、")
    );
    let failure = Failure::new(format!("whole[{index}].form"), message).at(&form.name);
    out.fail(severity(context, failure));
}

fn has(form: &WholeEvaluation, part: PartId) -> bool {
    match part {
        PartId::Name => !form.name.text.is_empty(),
        PartId::IncomeBudget => form.income_budget.is_some(),
        PartId::ExpenditureBudget => form.expenditure_budget.is_some(),
        PartId::Tasks => !form.tasks.is_empty(),
        PartId::Goal => form.goal.is_some(),
        PartId::Result => form.result.is_some(),
        PartId::Total => form.total.is_some(),
    }
}

/// The same name, a slip of one character aside: slips are told by other rules.
fn is_named(item: &Item<'_>, known: &CommonIndicator) -> bool {
    let name = fold(&item.indicator.name.text);
    changes(&name, &fold(&known.name), 1).is_some()
}

/// Whether group, target and weight are as prescribed.
fn same(context: &Context<'_>, item: &Item<'_>, known: &CommonIndicator, out: &mut Outcomes) {
    let indicator = item.indicator;
    if !indicator.group.is_empty() && fold(&indicator.group) != fold(&known.group) {
        let message = format!("{}列在“{}”下", item.name(), indicator.group);
        let failure = Failure::new(item.subject("group"), message).at(&indicator.name);
        out.fail(severity(context, failure.values(&*indicator.group, &*known.group)));
    }
    if let (Some(id), Some(weight)) = (indicator.weight, item.weight())
        && weight.value() != known.weight
    {
        let expected = known.weight.normalize().to_string();
        let message =
            format!("{}的分值是 {}，本地表式是 {expected}", item.name(), weight.display());
        let failure = Failure::new(item.subject("weight"), message).figure(context, id);
        let failure = failure.values(weight.display(), expected);
        out.fail(severity(context, failure.repair(id, Bounds::exact(known.weight))));
    }
    let printed = printed_target(context, item);
    if is_target(item, known) {
        return out.pass(&[]);
    }
    let operator = known.operator.map_or("", |operator| operator.sign());
    let expected = format!("{operator}{}{}", known.target, known.unit);
    let message = format!("{}的目标值是“{printed}”，本地表式是“{expected}”", item.name());
    out.fail(severity(context, item.failure("target", message).values(printed, expected)));
}

fn is_target(item: &Item<'_>, known: &CommonIndicator) -> bool {
    match (known.number(), item.target()) {
        (Some(number), Some(target)) => {
            target.value() == number && item.indicator.operator == known.operator
        }
        (None, None) => {
            let words = item.indicator.target_text.as_ref();
            // A cell that damage took away proves nothing.
            words.is_none_or(|words| fold(&words.text) == fold(&known.target))
        }
        (Some(_), None) => item.indicator.target_text.is_none(),
        (None, Some(_)) => false,
    }
}

fn printed_target(context: &Context<'_>, item: &Item<'_>) -> String {
    let operator = item.indicator.operator.map_or("", |operator| operator.sign());
    let words = item.indicator.target_text.as_ref().map_or("", |words| &*words.text);
    let number = context.printed(item.indicator.target);
    let unit = item.indicator.unit.as_ref().map_or("", |unit| &*unit.text);
    format!("{operator}{}{unit}", if number.is_empty() { words } else { number })
}

/// What is only inferred from published forms proves no more than a note.
fn severity(context: &Context<'_>, failure: Failure) -> Failure {
    if context.scheme.is_confirmed() { failure } else { failure.severity(Severity::Note) }
}
