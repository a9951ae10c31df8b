//! `juesuan explain` and `juesuan score`: how figures and points came to be.

use std::fmt::Write as _;

use juesuan_compile::accounts::Exact;
use juesuan_compile::{
    Address, Because, Elimination, Entry, Explanation, Origin, Package, Rows, explain, gather,
};
use juesuan_model::Lang;
use juesuan_scheme::Scheme;
use juesuan_scheme::formula::{ColumnRef, RowRef};
use juesuan_scheme::package::SheetForm;
use rust_decimal::{Decimal, RoundingStrategy};

use crate::cli::{ExplainArgs, ScoreArgs};
use crate::compiled::{Compiled, has_errors};
use crate::failure::Failure;
use crate::faults::listed;
use crate::schemes::Schemes;
use crate::{CLEAN, FOUND, terminal};

/// Explains a figure of a department.
pub(crate) fn run(args: &ExplainArgs) -> Result<u8, Failure> {
    let schemes = Schemes::open(args.schemes.as_deref())?;
    let compiled = Compiled::open(&args.folder, &schemes)?;
    let exact = Exact::new(&compiled.scheme, &compiled.consolidated.ledger);
    let cell = address(&compiled.scheme, &args.figure)?;
    let mut out = String::new();
    let teller = Teller { compiled: &compiled, lang: args.lang };
    teller.tell(&mut out, &explain(&exact, &cell), false, 0);
    teller.eliminations(&mut out);
    teller.changes(&mut out);
    terminal::print(&out)?;
    Ok(CLEAN)
}

fn address(scheme: &Scheme, asked: &str) -> Result<Address, Failure> {
    let fault = |why| Failure::NoFigure { asked: asked.to_owned(), why };
    let cell = scheme.cell(asked).map_err(fault)?;
    match (cell.row, cell.column) {
        (RowRef::Id(row), ColumnRef::Id(column)) => Ok((cell.form, row, column)),
        _ => Err(fault("要写明是哪一行哪一栏".to_owned())),
    }
}

/// Rows of packages that are shown for one figure.
const MOST_ROWS: usize = 40;

struct Teller<'a> {
    compiled: &'a Compiled,
    lang: Lang,
}

impl Teller<'_> {
    fn tell(&self, out: &mut String, explanation: &Explanation, is_minus: bool, depth: usize) {
        let indent = "  ".repeat(depth);
        let sign = if is_minus { self.lang.pick("减 ", "less ") } else { "" };
        let (value, name) =
            (shown(explanation.value), name_of(&self.compiled.scheme, &explanation.cell));
        let _ = writeln!(out, "{indent}{sign}{name} = {value}{}", self.printed(explanation));
        match &explanation.because {
            Because::Posted(origins) => self.origins(out, origins, &indent),
            Because::Relation { code, formula, parts } => {
                let _ = writeln!(out, "{indent}  {code}  {formula}");
                for (part, is_minus) in parts {
                    self.tell(out, part, *is_minus, depth + 1);
                }
            }
            Because::Nothing => {}
            Because::Elsewhere => {
                let rest = self.lang.pick("（不再往下展开）", "(goes no deeper)");
                let _ = writeln!(out, "{indent}  {rest}");
            }
        }
    }

    /// The amount as forms print it.
    fn printed(&self, explanation: &Explanation) -> String {
        let Some(form) = self.compiled.scheme.form(&explanation.cell.0) else {
            return String::new();
        };
        let scale = form.scale();
        let unit = scale.fen().checked_div(Decimal::ONE_HUNDRED).unwrap_or(Decimal::ONE);
        let exact = explanation.value.checked_div(unit).unwrap_or_default();
        let rounded = exact.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero);
        let tail = exact.checked_sub(rounded).unwrap_or_default().normalize();
        let (comma, rounding, printed) = match self.lang {
            Lang::Zh => ("，", "舍入", "印作"),
            Lang::En => (", ", "rounding", "printed as"),
        };
        let tail = if tail.is_zero() { String::new() } else { format!("{comma}{rounding} {tail}") };
        format!(" 元{comma}{printed} {rounded:.2} {}{tail}", scale.label())
    }

    /// The rows of packages, unit by unit.
    fn origins(&self, out: &mut String, origins: &[Origin], indent: &str) {
        for of_sheet in origins.chunk_by(|a, b| (a.package, a.sheet) == (b.package, b.sheet)) {
            let Some(first) = of_sheet.first() else { continue };
            let Some((package, form, rows)) = self.sheet(first) else { continue };
            let count = of_sheet.len();
            let (unit, file) = (&package.name, &rows.file);
            let lines = self.lang.pick("行", "rows");
            let _ = writeln!(out, "{indent}  · {unit}，{count} {lines}（{file}）");
            for origin in of_sheet.iter().take(MOST_ROWS) {
                let at = usize::try_from(origin.row).unwrap_or(usize::MAX);
                if let Some(entry) = rows.entries.get(at) {
                    let _ = writeln!(out, "{indent}    {}", row_shown(form, &entry));
                }
            }
            if count > MOST_ROWS {
                let (also, rows) =
                    (self.lang.pick("另有", "and"), self.lang.pick("行", "more rows"));
                let _ = writeln!(out, "{indent}    {also} {} {rows}", count - MOST_ROWS);
            }
        }
    }

    fn sheet(&self, origin: &Origin) -> Option<(&Package, &SheetForm, &Rows)> {
        let package = usize::try_from(origin.package).ok()?;
        let package = self.compiled.handed_in.packages.get(package)?;
        let sheet = usize::from(origin.sheet);
        Some((package, self.compiled.form.sheets.get(sheet)?, package.sheets.get(sheet)?))
    }

    /// Units that joined, left or merged, and whose figures of last year do not count.
    fn changes(&self, out: &mut String) {
        let all = &self.compiled.consolidated.changes;
        if !all.is_empty() {
            let head = self.lang.pick("单位变动：", "Units that joined, left or merged:");
            let _ = writeln!(out, "\n{head}");
        }
        for change in all {
            let (unit, date, kind, to) = (&change.unit, &change.date, &change.kind, &change.to);
            let prior = match change.counts_prior {
                true => self.lang.pick("，上年数计入", ", last year's figures count"),
                false => self.lang.pick("，上年数不计入", ", last year's figures do not count"),
            };
            let _ = writeln!(out, "  · {unit} {date} {kind}{to}{prior}");
        }
    }

    /// Payments within the department, which stand in no figure.
    fn eliminations(&self, out: &mut String) {
        let all = &self.compiled.consolidated.eliminations;
        if !all.is_empty() {
            let head = self
                .lang
                .pick("汇总时抵销的内部往来：", "Payments within the department, taken out:");
            let _ = writeln!(out, "\n{head}");
        }
        for Elimination { name, payer, receiver, paid, received } in all {
            let (paid, received) = (shown(*paid), shown(*received));
            let _ = match self.lang {
                Lang::Zh => {
                    writeln!(out, "  · {name}：{payer} 付 {paid} 元，{receiver} 收 {received} 元")
                }
                Lang::En => writeln!(
                    out,
                    "  · {name}: {payer} paid {paid} 元, {receiver} received {received} 元"
                ),
            };
        }
    }
}

/// What a cell is called: 支出决算表[合计].基本支出
pub(crate) fn name_of(scheme: &Scheme, (form, row, column): &Address) -> String {
    let known = scheme.form(form);
    let row = known
        .and_then(|form| form.row(row))
        .map_or_else(|| if &**row == "total" { "合计" } else { &**row }, |row| &*row.label);
    let column = known
        .and_then(|form| form.column(column))
        .map(|column| &*column.head)
        .or_else(|| scheme.column_name(form, column))
        .unwrap_or(column);
    format!("{}[{row}].{column}", scheme.name_of(form))
}

/// A row of a package: its number, amounts first, then what it says.
fn row_shown(form: &SheetForm, entry: &Entry<'_>) -> String {
    let mut cells = Vec::new();
    let values = || form.columns.iter().enumerate().map(|(at, column)| (column, entry.value(at)));
    for (column, value) in values() {
        if let Some(number) = value.number() {
            cells.push(format!("{} {}", column.name, shown(number)));
        }
    }
    cells.extend(values().map(|(_, value)| value.words().to_owned()).filter(|w| !w.is_empty()));
    let number =
        if entry.number > 0 { format!("第 {} 行：", entry.number) } else { String::new() };
    format!("{number}{}", cells.join("，"))
}

/// A number with separators and the decimals it has, two at least for amounts.
fn shown(value: Decimal) -> String {
    use juesuan_model::{Measure, Number, Scale};
    Number::exact(value, Measure::Money(Scale::Yuan)).display()
}

/// Scores the self-evaluations of a department.
pub(crate) fn score(args: &ScoreArgs) -> Result<u8, Failure> {
    let schemes = Schemes::open(args.schemes.as_deref())?;
    let compiled = Compiled::open(&args.folder, &schemes)?;
    let mut out = String::new();
    for scored in &compiled.scored {
        let _ = writeln!(
            out,
            "{}  {:.2} {}  {}",
            scored.name,
            scored.total,
            args.lang.pick("分", "points"),
            scored.grade
        );
        for step in &scored.steps {
            let _ = writeln!(out, "  {:>6.2}  {}：{}", step.points, step.label, step.how);
        }
        out.push('\n');
    }
    out.push_str(&listed(&gather(compiled.findings.iter().cloned()), args.shows_all, args.lang));
    terminal::print(&out)?;
    Ok(if has_errors(&compiled.findings) { FOUND } else { CLEAN })
}
