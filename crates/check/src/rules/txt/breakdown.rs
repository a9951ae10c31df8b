//! TXT133: the parts of a count do not make up the count.

use juesuan_model::{Bounds, Breakdown, FactId, Severity};
use rust_decimal::Decimal;

use crate::{Context, Failure, Outcomes, Rule};

pub(crate) static RULE: Rule = Rule {
    code: "TXT133",
    title: "分项之和与总数不符",
    english: "The parts of a count do not make up the count",
    severity: Severity::Error,
    checks: "文字写明总数、又用“其中”列出分项，最后一项是“其他”的（人数、个数、辆数等），分项之和应等于总数。",
    why: "人员、机构、车辆的数字不在决算表里，只有文中几个数能互相核对。",
    bad: "第一部分 概况\n\n一、主要职责\n\n年末在职人员64人，其中行政人员22人、参照公务员法管理人员9人、其他事业人员35人；退休人员27人。",
    good: "第一部分 概况\n\n一、主要职责\n\n年末在职人员64人，其中行政人员22人、参照公务员法管理人员9人、其他事业人员33人；退休人员27人。",
    basis: "合计等于分项之和",
    false_alarms: "",
    covers: &["A05"],
    check,
};

fn check(context: &Context<'_>, out: &mut Outcomes) {
    for (index, breakdown) in context.accounts.breakdowns.iter().enumerate() {
        let Some((total, parts)) = values(context, breakdown) else {
            out.not_applicable();
            continue;
        };
        let sums = running_sums(&parts);
        // What is told behind the last part explains it and is no further part.
        if sums.iter().skip(1).any(|sum| *sum == total) {
            let facts = breakdown.parts.iter().chain([&breakdown.total]).copied();
            out.pass(&facts.collect::<Vec<FactId>>());
            continue;
        }
        // Without a part for the rest, parts may overlap, or be only some.
        let Some(sum) = sums.last().copied().filter(|_| breakdown.is_whole) else {
            out.not_applicable();
            continue;
        };
        let message = format!("总数是 {total}，“其中”各分项之和是 {sum}");
        let failure = Failure::new(format!("breakdown[{index}].total"), message)
            .values(total.to_string(), "")
            .figure(context, breakdown.total);
        let figures = breakdown.parts.iter();
        let failure = figures.fold(failure, |failure, id| failure.figure(context, *id));
        let repairs = repairs(breakdown, &parts, (total, sum));
        out.fail(
            repairs.fold(failure, |failure, (id, value)| failure.repair(id, Bounds::exact(value))),
        );
    }
}

/// The count and its parts; none when one of them could not be read.
fn values(context: &Context<'_>, breakdown: &Breakdown) -> Option<(Decimal, Vec<Decimal>)> {
    let parts = breakdown.parts.iter().map(|id| context.value(Some(*id)));
    Some((context.value(Some(breakdown.total))?, parts.collect::<Option<_>>()?))
}

fn running_sums(parts: &[Decimal]) -> Vec<Decimal> {
    let add = |sum: &mut Decimal, part: &Decimal| {
        *sum = sum.checked_add(*part)?;
        Some(*sum)
    };
    parts.iter().scan(Decimal::ZERO, add).collect()
}

/// What each figure would have to be for the others to be right.
fn repairs(
    breakdown: &Breakdown,
    parts: &[Decimal],
    (total, sum): (Decimal, Decimal),
) -> impl Iterator<Item = (FactId, Decimal)> {
    let gap = total.checked_sub(sum).unwrap_or_default();
    let own = breakdown.parts.iter().zip(parts).filter_map(move |(id, part)| {
        Some((*id, part.checked_add(gap).filter(|value| !value.is_sign_negative())?))
    });
    own.chain([(breakdown.total, sum)])
}
