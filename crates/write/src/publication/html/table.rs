//! Tables with heads that are heads, in a region of their own that can be scrolled.

use juesuan_model::{Align, PrintedCell, PrintedTable, Run, TableKind};

use super::sections::is_wide;
use super::{figure, runs};
use crate::html::markup::Markup;

/// Counts the tables, for the ids of their captions.
#[derive(Debug, Default)]
pub(super) struct Counter(usize);

impl Counter {
    fn next(&mut self) -> usize {
        self.0 = self.0.saturating_add(1);
        self.0
    }
}

/// Writes a table with its caption and notes.
pub(super) fn write(m: &mut Markup, table: &PrintedTable, counted: &mut Counter) {
    let id = format!("to-table-{}", counted.next());
    let region =
        [("class", "region"), ("role", "region"), ("tabindex", "0"), ("aria-labelledby", &*id)];
    let class = match table.kind {
        TableKind::Form if is_wide(table) => "form wide",
        TableKind::Form => "form",
        TableKind::Evaluation => "evaluation",
    };
    let style = format!("--columns:{}", table.widths.len());
    m.element("div", &region, |m| {
        m.element("table", &[("class", class), ("style", &style)], |m| {
            caption(m, table, &id);
            columns(m, table);
            rows(m, table);
        });
    });
    for note in &table.notes {
        m.leaf("p", &[("class", "note")], note);
    }
}

fn caption(m: &mut Markup, table: &PrintedTable, id: &str) {
    m.element("caption", &[], |m| {
        m.element("div", &[("class", "caption")], |m| {
            if !table.number.is_empty() {
                m.leaf("div", &[("class", "number")], &table.number);
            }
            m.leaf("div", &[("class", "title"), ("id", id)], &table.title);
            if !table.caption.is_empty() {
                m.element("div", &[("class", "lines")], |m| {
                    for line in &table.caption {
                        m.leaf("span", &[], line);
                        m.raw(" ");
                    }
                });
            }
        });
    });
}

fn columns(m: &mut Markup, table: &PrintedTable) {
    let whole: u32 = table.widths.iter().map(|width| u32::from(*width)).sum();
    m.element("colgroup", &[], |m| {
        for width in &table.widths {
            let thousandths = (u32::from(*width) * 1000).checked_div(whole).unwrap_or(0);
            let style = format!("width:{}.{}%", thousandths / 10, thousandths % 10);
            m.open("col", &[("style", &style)]);
        }
    });
}

fn rows(m: &mut Markup, table: &PrintedTable) {
    let (head, body) = table.rows.split_at(table.head_rows.min(table.rows.len()));
    if !head.is_empty() {
        m.element("thead", &[], |m| head.iter().for_each(|row| write_row(m, row, |_| Of::Column)));
    }
    m.element("tbody", &[], |m| {
        for row in body {
            let is_all_head = row.iter().all(|cell| cell.is_head);
            let of = |cell: &PrintedCell| match table.kind {
                _ if cell.is_head && is_all_head && cell.row_span == 1 => Of::Column,
                _ if cell.is_head => Of::Row,
                TableKind::Form if is_label(cell) => Of::Row,
                _ => Of::Nothing,
            };
            write_row(m, row, of);
        }
    });
}

/// What a cell is the head of.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Of {
    Nothing,
    Column,
    Row,
}

/// Whether a cell of a form says what the amounts beside it are: words, no code and no line number.
fn is_label(cell: &PrintedCell) -> bool {
    let is_words = matches!(cell.runs.as_slice(), [Run::Words(_) | Run::Stated(_), ..]);
    is_words && (cell.align == Align::Left || cell.column_span > 1) && !is_code(cell)
}

/// Whether a cell is a code or a line number, which is not broken.
fn is_code(cell: &PrintedCell) -> bool {
    let is_words = matches!(cell.runs.as_slice(), [Run::Words(_) | Run::Stated(_)]);
    is_words && cell.text().bytes().all(|b| b.is_ascii_digit())
}

fn write_row(m: &mut Markup, row: &[PrintedCell], of: impl Fn(&PrintedCell) -> Of) {
    m.element("tr", &[], |m| {
        for cell in row {
            let is_empty = cell.runs.is_empty();
            write_cell(m, cell, if is_empty { Of::Nothing } else { of(cell) });
        }
    });
}

fn write_cell(m: &mut Markup, cell: &PrintedCell, of: Of) {
    let (columns, rows) = (cell.column_span.to_string(), cell.row_span.to_string());
    let mut about: Vec<(&'static str, &str)> = Vec::new();
    let scope = match of {
        Of::Nothing => "",
        Of::Column if cell.column_span > 1 => "colgroup",
        Of::Column => "col",
        Of::Row if cell.row_span > 1 => "rowgroup",
        Of::Row => "row",
    };
    let class = class(cell);
    let all = [
        ("scope", scope, !scope.is_empty()),
        ("colspan", &columns, cell.column_span > 1),
        ("rowspan", &rows, cell.row_span > 1),
        ("class", &class, !class.is_empty()),
    ];
    about.extend(all.into_iter().filter(|(.., is)| *is).map(|(name, value, _)| (name, value)));
    let tag = if of == Of::Nothing { "td" } else { "th" };
    m.element(tag, &about, |m| runs(m, &cell.runs));
}

fn class(cell: &PrintedCell) -> String {
    let align = match cell.align {
        Align::Left => "",
        Align::Center => "center",
        Align::Right => "right",
    };
    // Deeper than the catalogues go is set in no deeper.
    let indent = match cell.indent {
        0 => String::new(),
        indent => format!("in-{}", indent.min(4)),
    };
    let code = if is_code(cell) { "code" } else { "" };
    [align, &indent, code].into_iter().filter(|c| !c.is_empty()).collect::<Vec<_>>().join(" ")
}

/// The figures of a picture as a table: a row for each label.
pub(super) fn of_picture(m: &mut Markup, picture: &juesuan_model::Picture) {
    m.element("table", &[("class", "plain")], |m| {
        m.leaf("caption", &[("class", "unseen")], &picture.title);
        m.element("thead", &[], |m| {
            m.element("tr", &[], |m| {
                m.leaf("th", &[("scope", "col")], "项目");
                for series in &picture.series {
                    let head = format!("{}（{}）", series.name, picture.unit);
                    m.leaf("th", &[("scope", "col"), ("class", "right")], &head);
                }
            });
        });
        m.element("tbody", &[], |m| {
            for (at, label) in picture.labels.iter().enumerate() {
                m.element("tr", &[], |m| {
                    m.leaf("th", &[("scope", "row")], label);
                    for series in &picture.series {
                        m.element("td", &[("class", "right")], |m| {
                            if let Some(of) = series.figures.get(at) {
                                figure(m, of);
                            }
                        });
                    }
                });
            }
        });
    });
}
