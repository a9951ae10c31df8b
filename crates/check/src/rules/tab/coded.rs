//! TAB111: in a table that is no known form, a code is not the sum of the codes beneath it.

use juesuan_model::{Bounds, CodedTable, Comparison, Fact, FactId, Number, Severity};
use rust_decimal::Decimal;
use rustc_hash::FxHashSet;

use crate::outcomes::{show, stated as stated_as};
use crate::{Context, Failure, Outcomes, Rule, tails};

/// The code of this rule: of a budget only this one can add up the tables.
pub(crate) const CODE: &str = "TAB111";

pub(crate) static RULE: Rule = Rule {
    code: CODE,
    title: "其他各表：上级科目、合计不等于下级之和",
    english: "Another table: a code is not the sum of the codes beneath it",
    severity: Severity::Warning,
    checks: "九张决算表以外的表（项目支出表、经济分类明细表、各种附表，以及部门预算的各表），凡逐行列有科目编码的：合计等于各类之和，类等于款之和，款等于项之和；第一栏是合计而绝大多数行等于后面各栏之和的，其余的行也应相等。",
    why: "这些表没有统一的表式，但科目编码说明了谁是谁的合计。",
    bad: "第一部分 附表\n\n项目支出决算表\n\n科目编码\t科目名称\t金额\n205\t教育支出\t30.00\n20502\t普通教育\t32.00\n2050201\t学前教育\t12.00\n2050202\t小学教育\t20.00",
    good: "第一部分 附表\n\n项目支出决算表\n\n科目编码\t科目名称\t金额\n205\t教育支出\t32.00\n20502\t普通教育\t32.00\n2050201\t学前教育\t12.00\n2050202\t小学教育\t20.00",
    basis: "科目编码的层次：类、款、项",
    false_alarms: "只列一部分下级科目的表会误报；同一科目在表中出现几次的不核对。",
    covers: &["E20", "E22"],
    check,
};

fn check(context: &Context<'_>, out: &mut Outcomes) {
    if context.accounts.coded_tables.is_empty() {
        return out.not_applicable();
    }
    for table in &context.accounts.coded_tables {
        let mut seen = FxHashSet::default();
        if table.rows.iter().all(|(code, _)| seen.insert(code)) {
            down(context, table, out);
            across(context, table, out);
        } else {
            out.not_checked(format!("{}[].total", table.id), "同一科目在表中出现了几次");
        }
    }
}

/// A figure of such a table.
type Figure<'a> = (FactId, &'a Fact, Number);

fn figure<'a>(
    context: &Context<'a>,
    table: &CodedTable,
    row: &str,
    column: &str,
) -> Option<Figure<'a>> {
    let (id, fact) = context.fact(&table.id, row, column)?;
    Some((id, fact, fact.number()?))
}

/// Each code against the codes next below it.
fn down(context: &Context<'_>, table: &CodedTable, out: &mut Outcomes) {
    let codes = Codes::of(table);
    for (row, _) in &table.rows {
        let below = codes.below(row);
        if below.is_empty() {
            continue;
        }
        for (column, head) in &table.columns {
            let Some(whole) = figure(context, table, row, column) else {
                out.not_applicable();
                continue;
            };
            let parts = below.iter().filter_map(|code| figure(context, table, code, column));
            sum(context, whole, parts.collect(), (head, "下级科目"), out);
        }
    }
}

/// The first column against the others, when its head says that it is their sum and nearly all rows
/// agree: what the columns mean is not known otherwise.
fn across(context: &Context<'_>, table: &CodedTable, out: &mut Outcomes) {
    const ROWS: usize = 4;
    let Some(((first, head), others)) = table.columns.split_first() else { return };
    let is_total = head.ends_with('计');
    let rows: Vec<(Figure<'_>, Vec<Figure<'_>>)> = table
        .rows
        .iter()
        .filter_map(|(row, _)| {
            let parts = others.iter().filter_map(|(id, _)| figure(context, table, row, id));
            Some((figure(context, table, row, first)?, parts.collect()))
        })
        .collect();
    let agree = rows.iter().filter(|(whole, parts)| is_sum(*whole, parts)).count();
    if !is_total || others.len() < 2 || agree < ROWS || agree * ROWS < rows.len() * (ROWS - 1) {
        return out.not_applicable();
    }
    for (whole, parts) in rows {
        sum(context, whole, parts, (head, "后面各栏"), out);
    }
}

fn is_sum(whole: Figure<'_>, parts: &[Figure<'_>]) -> bool {
    let added = added(parts).map(|sum| whole.2.bounds().compare(sum));
    added.is_some_and(|comparison| comparison != Comparison::Contradiction)
}

fn added(parts: &[Figure<'_>]) -> Option<Bounds> {
    let nothing = Bounds::exact(Decimal::ZERO);
    parts.iter().try_fold(nothing, |sum, part| sum.plus(part.2.bounds()))
}

/// The codes of a table in order, so that those below one stand right behind it.
struct Codes<'t>(Vec<&'t str>);

impl<'t> Codes<'t> {
    fn of(table: &'t CodedTable) -> Self {
        let codes = table.rows.iter().map(|(code, _)| &**code);
        let mut codes: Vec<&str> = codes.filter(|code| is_code(code)).collect();
        codes.sort_unstable();
        Self(codes)
    }

    /// The codes next below a code; the highest below the total.
    fn below(&self, row: &str) -> Vec<&'t str> {
        let above = if is_code(row) { row } else { "" };
        let start = self.0.partition_point(|code| *code <= above);
        let inside = self.0.get(start..).unwrap_or_default();
        let mut found: Vec<&str> = Vec::new();
        for code in inside.iter().take_while(|code| code.starts_with(above)) {
            if found.last().is_none_or(|last| !code.starts_with(last)) {
                found.push(code);
            }
        }
        found
    }
}

fn is_code(row: &str) -> bool {
    row.bytes().all(|b| b.is_ascii_digit())
}

/// One sum, of what stands in the column `head`.
fn sum(
    context: &Context<'_>,
    (whole, fact, number): Figure<'_>,
    parts: Vec<Figure<'_>>,
    (head, of): (&str, &str),
    out: &mut Outcomes,
) {
    let Some(expected) = added(&parts) else { return out.not_applicable() };
    let stated = number.bounds();
    let facts: Vec<FactId> =
        std::iter::once(whole).chain(parts.iter().map(|part| part.0)).collect();
    let is_tail = match stated.compare(expected) {
        Comparison::Equal => return out.pass(&facts),
        Comparison::Tail => tails::explains(context, &facts, stated, expected),
        Comparison::Contradiction => false,
    };
    let sum = show(number, expected.value);
    let message = format!("“{}”的“{head}”为 {}，{of}之和为 {sum}", fact.label.trim(), fact.printed);
    let failure = Failure::new(fact.subject.to_string(), message).values(stated_as(fact), sum);
    let mut failure = facts.iter().fold(failure, |failure, id| failure.figure(context, *id));
    failure.is_tail = is_tail;
    // Each part could be wrong as well as the whole.
    if !is_tail {
        for (id, _, part) in &parts {
            let repaired = stated.minus(expected).and_then(|gap| part.bounds().plus(gap));
            failure.repairs.extend(repaired.map(|value| (*id, value)));
        }
    }
    out.fail(failure.repair(whole, expected));
}
