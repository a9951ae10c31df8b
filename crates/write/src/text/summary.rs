//! One table over many documents.

use std::borrow::Cow;

use juesuan_model::Tally;

use super::TextOptions;
use super::page::Page;
use super::style::Ink;
use crate::clean::one_line;
use crate::labels;
use crate::width::Metric;

/// Path, scheme, year; then numbers.
const WORDS: usize = 2;
const COLUMNS: usize = 9;
const LONGEST_PATH: usize = 48;
const GAP: &str = "  ";

type Row = [String; COLUMNS];

/// One aligned table for many documents, with their totals.
#[must_use]
pub fn summary(reports: &[Tally], options: TextOptions) -> String {
    let lang = options.lang;
    let metric = Metric { wide_ambiguous: options.wide_ambiguous };
    let head = [
        labels::DOCUMENT,
        labels::SCHEME,
        labels::YEAR,
        labels::ERROR,
        labels::WARNING,
        labels::NOTE,
        labels::FIGURES,
        labels::UNRELATED,
        labels::NOT_CHECKED,
    ]
    .map(|words| words.say(lang).to_owned());
    let body: Vec<Row> = reports.iter().map(|report| row(report, metric)).collect();
    let total = totals(reports, labels::documents(reports.len(), lang));
    let widths = widths(std::iter::once(&head).chain(&body).chain([&total]), metric);

    let mut page = Page::new(options);
    let rule = metric.filled("─", widths.iter().sum::<usize>() + GAP.len() * (COLUMNS - 1));
    let rule = page.ink(Ink::Faint, &rule);
    let set = |row: &Row| line(row, &widths, metric);
    let head = set(&head);
    page.line(&page.ink(Ink::Strong, &head));
    page.line(&rule);
    for (row, report) in body.iter().zip(reports) {
        let line = set(row);
        let ink = (report.errors > 0).then_some(Ink::Error);
        page.line(&ink.map_or(Cow::Borrowed(&*line), |ink| page.ink(ink, &line)));
    }
    page.line(&rule);
    let total = set(&total);
    page.line(&page.ink(Ink::Strong, &total));
    page.prose_at(0, Some(Ink::Faint), labels::NOT_PASSED.say(lang));
    page.finish()
}

fn row(report: &Tally, metric: Metric) -> Row {
    let numbers = numbers(report).map(labels::count);
    let year = report.year.map_or_else(|| "–".to_owned(), |year| year.to_string());
    let scheme = one_line(&report.scheme);
    let path = metric.keep_end(&one_line(&report.path), LONGEST_PATH);
    compose(
        [path, if scheme.is_empty() { "–".to_owned() } else { scheme.into_owned() }, year],
        numbers,
    )
}

/// Errors, warnings, notes, figures, unrelated figures, items not checked.
fn numbers(report: &Tally) -> [usize; COLUMNS - 3] {
    [
        report.errors,
        report.warnings,
        report.notes,
        report.coverage.figures,
        report.coverage.figures_unrelated,
        report.coverage.not_checked,
    ]
}

fn totals(reports: &[Tally], label: String) -> Row {
    let mut sums = [0_usize; COLUMNS - 3];
    for report in reports {
        for (sum, n) in sums.iter_mut().zip(numbers(report)) {
            *sum = sum.saturating_add(n);
        }
    }
    compose([label, String::new(), String::new()], sums.map(labels::count))
}

fn compose([path, scheme, year]: [String; 3], numbers: [String; COLUMNS - 3]) -> Row {
    let [errors, warnings, notes, figures, unrelated, unchecked] = numbers;
    [path, scheme, year, errors, warnings, notes, figures, unrelated, unchecked]
}

fn widths<'a>(rows: impl Iterator<Item = &'a Row>, metric: Metric) -> [usize; COLUMNS] {
    let mut widths = [0; COLUMNS];
    for row in rows {
        for (width, text) in widths.iter_mut().zip(row) {
            *width = metric.cells(text).max(*width);
        }
    }
    widths
}

fn line(row: &Row, widths: &[usize; COLUMNS], metric: Metric) -> String {
    let cells = row.iter().zip(widths).enumerate().map(|(at, (text, width))| {
        if at < WORDS { metric.left(text, *width) } else { metric.right(text, *width) }
    });
    cells.collect::<Vec<_>>().join(GAP)
}
