//! TAB110: a run of amounts stands beside the wrong codes.

use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::sync::Arc;

use juesuan_model::{FactId, Severity};
use juesuan_scheme::Layout;
use rust_decimal::Decimal;
use rustc_hash::FxHashMap;

use crate::{Context, Failure, Outcomes, Rule};

pub(crate) static RULE: Rule = Rule {
    code: "TAB110",
    title: "金额串行：整段金额错列在别的科目上",
    english: "A run of amounts stands beside the wrong codes",
    severity: Severity::Error,
    checks: "一张表里连续几行的金额，与另一张表逐行错开几行后才逐一相同，而本表的上下级又加不起来，就是金额与科目错开了。",
    why: "粘贴时少选或多选一行，后面所有的金额就都落在别的科目上；逐个去改只会越改越乱。",
    bad: "支出决算表\n\n功能分类科目编码\t科目名称\t本年支出合计\t基本支出\t项目支出\n合计\t\t60.00\t60.00\t0.00\n205\t教育支出\t60.00\t60.00\t0.00\n20502\t普通教育\t60.00\t60.00\t0.00\n2050201\t学前教育\t10.00\t10.00\t0.00\n2050202\t小学教育\t20.00\t20.00\t0.00\n2050203\t初中教育\t30.00\t30.00\t0.00\n\n一般公共预算财政拨款支出决算表\n\n功能分类科目编码\t科目名称\t小计\t基本支出\t项目支出\n205\t教育支出\t60.00\t60.00\t0.00\n20502\t普通教育\t10.00\t10.00\t0.00\n2050201\t学前教育\t20.00\t20.00\t0.00\n2050202\t小学教育\t30.00\t30.00\t0.00\n2050203\t初中教育\t60.00\t60.00\t0.00\n合计\t\t60.00\t60.00\t0.00",
    good: "支出决算表\n\n功能分类科目编码\t科目名称\t本年支出合计\t基本支出\t项目支出\n合计\t\t60.00\t60.00\t0.00\n205\t教育支出\t60.00\t60.00\t0.00\n20502\t普通教育\t60.00\t60.00\t0.00\n2050201\t学前教育\t10.00\t10.00\t0.00\n2050202\t小学教育\t20.00\t20.00\t0.00\n2050203\t初中教育\t30.00\t30.00\t0.00\n\n一般公共预算财政拨款支出决算表\n\n功能分类科目编码\t科目名称\t小计\t基本支出\t项目支出\n合计\t\t60.00\t60.00\t0.00\n205\t教育支出\t60.00\t60.00\t0.00\n20502\t普通教育\t60.00\t60.00\t0.00\n2050201\t学前教育\t10.00\t10.00\t0.00\n2050202\t小学教育\t20.00\t20.00\t0.00\n2050203\t初中教育\t30.00\t30.00\t0.00",
    basis: "各表同一科目的金额应当一致",
    false_alarms: "",
    covers: &["E25"],
    check,
};

/// The least rows in a run, and different amounts in it.
const ROWS: usize = 3;
const AMOUNTS: usize = 3;

/// 元 that no rounding of addends explains: a tenth of 万元.
const FAR: Decimal = Decimal::ONE_THOUSAND;

/// What forms by functional code have in common.
const COLUMNS: [&str; 3] = ["total", "basic", "project"];

fn check(context: &Context<'_>, out: &mut Outcomes) {
    let trees = context.accounts.forms.iter().filter(|found| {
        context.scheme.form(&found.form).is_some_and(|form| form.layout == Layout::Tree)
    });
    let trees: Vec<&Arc<str>> = trees.map(|found| &found.form).collect();
    for form in &trees {
        let runs = COLUMNS.into_iter().filter_map(|column| {
            let own = Amounts::of(context, form, column).filter(Amounts::is_broken)?;
            let others = trees.iter().filter(|other| *other != form);
            let others = others.filter_map(|other| Amounts::of(context, other, column));
            let runs = others.filter(|other| !other.is_broken()).filter_map(|o| own.run(&o));
            runs.max_by_key(|run| run.matching)
        });
        let runs: Vec<Run<'_>> = runs.collect();
        match runs.iter().max_by_key(|run| run.wrong.len()) {
            Some(longest) => longest.report(context, &runs, out),
            None => out.pass(&[]),
        }
    }
}

/// A column of a form in the order of its rows.
struct Amounts<'a> {
    form: &'a Arc<str>,
    column: &'static str,
    rows: Vec<(&'a Arc<str>, Decimal)>,
    by_code: FxHashMap<&'a str, Decimal>,
}

impl<'a> Amounts<'a> {
    fn of(context: &'a Context<'_>, form: &'a Arc<str>, column: &'static str) -> Option<Self> {
        let amount = |row: &'a Arc<str>| {
            let (id, _) = context.fact(form, row, column)?;
            Some((row, context.value(Some(id)).unwrap_or_default()))
        };
        let rows: Vec<_> = context.rows_of(form).iter().filter_map(amount).collect();
        let by_code = rows.iter().map(|(row, amount)| (&***row, *amount)).collect();
        (rows.len() > ROWS).then_some(Self { form, column, rows, by_code })
    }

    /// Whether some code is not about the sum of those below it.
    fn is_broken(&self) -> bool {
        self.rows.iter().any(|(code, amount)| {
            let below = self
                .rows
                .iter()
                .filter(|(other, _)| other.len() == code.len() + 2 && other.starts_with(&***code));
            let below: Vec<Decimal> = below.map(|(_, amount)| *amount).collect();
            let sum: Decimal = below.iter().sum();
            !below.is_empty() && (sum - amount).abs() > FAR
        })
    }

    /// The first run of rows that match another form when shifted.
    fn run(&self, other: &Self) -> Option<Run<'a>> {
        let mut places: FxHashMap<Decimal, Vec<usize>> = FxHashMap::default();
        for (at, (_, amount)) in other.rows.iter().enumerate() {
            places.entry(*amount).or_default().push(at);
        }
        let is_wrong = |(code, amount): &(&Arc<str>, Decimal)| {
            other.by_code.get(&***code).copied().unwrap_or_default() != *amount
        };
        let run_at = |at: usize| {
            let (_, amount) = self.rows.get(at).filter(|row| is_wrong(row))?;
            let starts = places.get(amount).filter(|_| !amount.is_zero())?;
            let runs = starts.iter().map(|start| (self.matching(at, other, *start), *start));
            let (rows, start) = runs.max_by_key(|(rows, start)| (*rows, Reverse(*start)))?;
            let run = self.rows.get(at..at + rows)?;
            let amounts: BTreeSet<Decimal> = run.iter().map(|(_, amount)| *amount).collect();
            let is_run = run.iter().filter(|row| is_wrong(row)).count() >= ROWS
                && amounts.iter().filter(|amount| !amount.is_zero()).count() >= AMOUNTS;
            is_run.then_some((at, start, rows))
        };
        let (first, start, matching) = (0..self.rows.len()).find_map(run_at)?;
        let (meant, _) = other.rows.get(start)?;
        let wrong = self.rows.iter().skip(first).filter(|row| is_wrong(row));
        Some(Run {
            form: self.form,
            column: self.column,
            other: other.form,
            wrong: wrong.map(|(code, _)| *code).collect(),
            meant,
            matching,
        })
    }

    /// How many rows from `at` on print what another form prints from `start` on.
    fn matching(&self, at: usize, other: &Self, start: usize) -> usize {
        let own = self.rows.iter().skip(at).map(|(_, amount)| amount);
        let other = other.rows.iter().skip(start).map(|(_, amount)| amount);
        own.zip(other).take_while(|(a, b)| a == b).count()
    }
}

/// Rows whose amounts are those that another form prints some rows further up or down.
struct Run<'a> {
    form: &'a Arc<str>,
    column: &'static str,
    other: &'a Arc<str>,
    /// The rows from the first shifted one on that differ from the other form.
    wrong: Vec<&'a Arc<str>>,
    /// The row of the other form whose amount the first one prints.
    meant: &'a Arc<str>,
    /// How many rows match when shifted.
    matching: usize,
}

impl Run<'_> {
    fn report(&self, context: &Context<'_>, runs: &[Self], out: &mut Outcomes) {
        let (Some(first), Some(last)) = (self.wrong.first(), self.wrong.last()) else { return };
        let cell = |form: &str, code: &str| context.fact(form, code, self.column);
        let (Some((id, fact)), Some((meant, _))) =
            (cell(self.form, first), cell(self.other, self.meant))
        else {
            return;
        };
        let name = |form: &str, code: &str| match context.row_name(form, code) {
            Some(name) if code != "total" => format!("“{code} {name}”"),
            _ => "“合计”".to_owned(),
        };
        let form = context.scheme.form(self.form);
        let column = form.and_then(|form| form.column(self.column));
        let column = column.filter(|_| !is_whole(runs));
        let message = format!(
            "《{}》从{}到{}有 {} 行，{}金额与科目错开：第一行的 {} 是《{}》里{}的金额，以下也依次错开",
            context.scheme.name_of(self.form),
            name(self.form, first),
            name(self.form, last),
            self.wrong.len(),
            column.map_or_else(String::new, |column| format!("“{}”一栏的", column.head)),
            fact.printed,
            context.scheme.name_of(self.other),
            name(self.other, self.meant),
        );
        let failure = Failure::new(fact.subject.to_string(), message)
            .values(&*fact.printed, "")
            .figure(context, id)
            .figure(context, meant)
            .hint("先把金额与科目重新对齐，再核对合计；由此引起的其他不符列为连带")
            .spoils(self.spoiled(context, runs));
        out.fail(match cell(self.form, last) {
            Some((id, _)) => failure.figure(context, id),
            None => failure,
        });
    }

    /// The cells that prove nothing any more.
    fn spoiled(&self, context: &Context<'_>, runs: &[Self]) -> Vec<FactId> {
        let is_shifted =
            |column: &&'static str| is_whole(runs) || runs.iter().any(|run| run.column == *column);
        let cells = COLUMNS.into_iter().filter(is_shifted).flat_map(|column| {
            let codes = self.wrong.iter();
            codes.filter_map(move |code| context.fact(self.form, code, column))
        });
        cells.map(|(id, _)| id).collect()
    }
}

/// Whether whole rows are shifted: where the totals are, the rest is too.
fn is_whole(runs: &[Run<'_>]) -> bool {
    runs.iter().any(|run| Some(&run.column) == COLUMNS.first())
}
