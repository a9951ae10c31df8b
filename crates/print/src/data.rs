//! A publication as values of the typesetter, with what can be told beforehand: which headings stand
//! on a form's page, which sizes of type its figures allow, which rows may be broken.

use std::collections::BTreeSet;

use juesuan_model::{
    Align, Element, PrintedCell, PrintedTable, Publication, Run, TableKind, runs_text,
};
use typst::foundations::{Array, Dict, IntoValue, Value};

use crate::press::BodyFont;

/// From so many columns on a form lies across the page. Self-evaluation forms are mostly words, and
/// made for a page that stands; only the widest do not fit there.
const WIDE: usize = 7;
const WIDE_EVALUATION: usize = 10;
/// Sizes of type in tenths of a point, from the largest: 五号, 小五, 六号 and what lies between.
const FORM_SIZES: &[usize] = &[105, 100, 95, 90, 85, 80, 75];
const EVALUATION_SIZES: &[usize] = &[105, 100, 95, 90, 85, 80, 75];
/// The size of a table that no size puts on one page, and that of one with figures too long for any.
const USUAL_SIZE: usize = 90;
const SMALLEST_SIZE: usize = 40;
/// What a table is wide, in tenths of a point: 170 and 257 millimetres.
const STANDING: usize = 4818;
const LYING: usize = 7285;
/// What a cell keeps free at its sides, in tenths of a point.
const PADDING: usize = 52;
/// A row stays on one page unless a cell has more lines than this.
const MOST_LINES: usize = 18;
/// Characters without a place to break a line after which one is put in.
const UNBROKEN: usize = 16;

/// The publication as values.
pub(crate) fn values(publication: &Publication, body: Option<&BodyFont>) -> Dict {
    let fonts: Array = body.iter().map(|font| font.family().into_value()).collect();
    let subtitles: Array = publication.subtitles.iter().map(|line| text(line)).collect();
    dict([
        ("name", cleaned(&publication.title).into_value()),
        ("title", text(&publication.title)),
        ("subtitles", subtitles.into_value()),
        ("department", text(&publication.department)),
        ("draft", publication.is_draft.into_value()),
        ("fonts", fonts.into_value()),
        ("elements", elements(publication).into_value()),
    ])
}

/// All characters that are printed.
pub(crate) fn characters(publication: &Publication) -> BTreeSet<char> {
    let mut found = BTreeSet::new();
    let mut see = |words: &str| found.extend(cleaned(words).chars());
    see(&publication.title);
    see(&publication.department);
    publication.subtitles.iter().for_each(|line| see(line));
    for element in &publication.elements {
        match element {
            Element::Heading { runs, .. } | Element::Paragraph(runs) => see(&runs_text(runs)),
            Element::Contents => {}
            Element::Table(table) => {
                see(&table.title);
                see(&table.number);
                table.caption.iter().chain(&table.notes).for_each(|line| see(line));
                table.rows.iter().flatten().for_each(|cell| see(&cell.text()));
            }
        }
    }
    found
}

/// The body. Headings right before a table stand on its page, except those of parts.
fn elements(publication: &Publication) -> Array {
    let mut made = Array::new();
    let mut waiting: Vec<Heading> = Vec::new();
    let mut depth = 0_usize;
    for element in &publication.elements {
        match element {
            Element::Heading { level, runs } => {
                let words = runs_text(runs);
                // What says nothing has no place in contents and tags.
                if words.trim().is_empty() {
                    continue;
                }
                let level = usize::from(*level).max(1);
                // Readers of tags go down one level at a time.
                depth = level.min(depth.saturating_add(1));
                waiting.push(Heading { level, depth, words });
            }
            Element::Paragraph(runs) => {
                made.extend(waiting.drain(..).map(|heading| heading.value(false)));
                made.push(item("paragraph", [("text", text(&runs_text(runs)))]));
            }
            Element::Contents => {
                made.extend(waiting.drain(..).map(|heading| heading.value(false)));
                made.push(item("contents", []));
            }
            Element::Table(table) => {
                let own = waiting.iter().rposition(|heading| heading.level == 1);
                let own = waiting.split_off(own.map_or(0, |at| at.saturating_add(1)));
                let last = waiting.len().saturating_sub(1);
                let parts = waiting.drain(..).enumerate();
                made.extend(parts.map(|(at, heading)| heading.value(at == last)));
                made.push(self::table(table, own));
            }
        }
    }
    made.extend(waiting.drain(..).map(|heading| heading.value(false)));
    made
}

struct Heading {
    level: usize,
    depth: usize,
    words: String,
}

impl Heading {
    /// `is_alone` on a page of its own.
    fn value(self, is_alone: bool) -> Value {
        item(
            "heading",
            [
                ("level", int(self.level)),
                ("depth", int(self.depth)),
                ("text", text(&self.words)),
                ("alone", is_alone.into_value()),
            ],
        )
    }
}

fn table(table: &PrintedTable, headings: Vec<Heading>) -> Value {
    let is_form = table.kind == TableKind::Form;
    let is_wide = table.widths.len() >= if is_form { WIDE } else { WIDE_EVALUATION };
    let grid = Grid::new(&table.widths, if is_wide { LYING } else { STANDING });
    let sizes = grid.sizes(table, if is_form { FORM_SIZES } else { EVALUATION_SIZES });
    let usual = sizes.iter().find(|size| **size <= USUAL_SIZE).or(sizes.last());
    let usual = usual.copied().unwrap_or(USUAL_SIZE);
    let largest = sizes.first().copied().unwrap_or(usual);
    let rows: Array = placed(table)
        .into_iter()
        .map(|row| {
            let cells = row.into_iter().map(|(column, of)| {
                let room = grid.room(column, of);
                cell(of, lines(of, room, usual), letters(room, largest))
            });
            cells.collect::<Array>().into_value()
        })
        .collect();
    let headings: Array = headings.into_iter().map(|heading| heading.value(false)).collect();
    let texts = |lines: &[std::sync::Arc<str>]| -> Value {
        lines.iter().map(|line| text(line)).collect::<Array>().into_value()
    };
    item(
        "table",
        [
            ("wide", is_wide.into_value()),
            ("headings", headings.into_value()),
            ("title", text(&table.title)),
            ("number", text(&table.number)),
            ("caption", texts(&table.caption)),
            ("widths", grid.widths.iter().map(|width| int(*width)).collect::<Array>().into_value()),
            ("heads", int(table.head_rows.min(table.rows.len()))),
            ("sizes", sizes.iter().map(|size| int(*size)).collect::<Array>().into_value()),
            ("usual", int(usual)),
            // Hundredths of the size above and below the characters of a cell: forms have many rows.
            ("inset", int(if is_form { 24 } else { 28 })),
            ("rows", rows.into_value()),
            ("notes", texts(&table.notes)),
        ],
    )
}

/// A cell of about so many lines, with room for so many letters in one.
fn cell(cell: &PrintedCell, lines: usize, letters: usize) -> Value {
    let align = match cell.align {
        Align::Left => "left",
        Align::Center => "center",
        Align::Right => "right",
    };
    let words = cell.text();
    // The size of type is chosen so that figures need no break.
    let is_figure = matches!(&cell.runs[..], [Run::Figure(_)]) && cell.align == Align::Right;
    dict([
        ("text", if is_figure { cleaned(&words).into_value() } else { spaced(&words, letters) }),
        ("columns", int(usize::from(cell.column_span.max(1)))),
        ("rows", int(usize::from(cell.row_span.max(1)))),
        ("align", align.into_value()),
        ("head", cell.is_head.into_value()),
        ("indent", int(usize::from(cell.indent))),
        ("breakable", (cell.row_span > 1 || lines > MOST_LINES).into_value()),
    ])
    .into_value()
}

/// The columns of a table, in tenths of a point.
struct Grid {
    widths: Vec<usize>,
}

impl Grid {
    fn new(parts: &[u16], whole: usize) -> Self {
        let parts = || parts.iter().map(|part| usize::from(*part).max(1));
        let sum = parts().sum::<usize>().max(1);
        let width = |part: usize| part.saturating_mul(whole).checked_div(sum).unwrap_or(whole);
        Self { widths: parts().map(width).collect() }
    }

    /// The room for the characters of a cell.
    fn room(&self, column: usize, cell: &PrintedCell) -> usize {
        let span = self.widths.iter().skip(column).take(usize::from(cell.column_span));
        span.sum::<usize>().saturating_sub(PADDING).max(1)
    }

    /// Those sizes in which every figure stands on one line.
    fn sizes(&self, table: &PrintedTable, sizes: &[usize]) -> Vec<usize> {
        let rows = placed(table);
        let most = rows
            .iter()
            .flatten()
            .filter(|(_, cell)| matches!(&cell.runs[..], [Run::Figure(_)]))
            .filter(|(_, cell)| cell.align == Align::Right)
            .map(|(column, cell)| {
                let width = width(&cell.text()).max(1);
                self.room(*column, cell).saturating_mul(100).checked_div(width).unwrap_or(0)
            })
            .min()
            .unwrap_or(usize::MAX);
        let fitting: Vec<usize> = sizes.iter().copied().filter(|size| *size <= most).collect();
        if fitting.is_empty() { vec![most.max(SMALLEST_SIZE)] } else { fitting }
    }
}

/// About how many lines a cell takes.
fn lines(cell: &PrintedCell, room: usize, size: usize) -> usize {
    let length = cell.text().chars().count().saturating_add(usize::from(cell.indent));
    length.saturating_mul(size).div_ceil(room)
}

/// How many letters surely stand on one line.
fn letters(room: usize, size: usize) -> usize {
    room.saturating_mul(10).checked_div(size.saturating_mul(6)).unwrap_or(0).clamp(2, UNBROKEN)
}

/// How wide a figure is, in hundredths of its size; not less than in any usual font.
fn width(figure: &str) -> usize {
    let of = |c: char| match c {
        '.' | ',' => 30,
        '0'..='9' => 57,
        '-' | ' ' => 40,
        c if c.is_ascii() => 92,
        _ => 100,
    };
    figure.chars().map(of).sum()
}

/// The cells of each row with the columns they begin in.
fn placed(table: &PrintedTable) -> Vec<Vec<(usize, &PrintedCell)>> {
    let width = table.widths.len();
    // How many rows further down each column is covered.
    let mut covered = vec![0_u16; width];
    let mut rows = Vec::new();
    for row in &table.rows {
        let mut cells = Vec::new();
        let mut next = vec![0_u16; width];
        let mut column = 0;
        for cell in row {
            while covered.get(column).is_some_and(|rows| *rows > 0) {
                column = column.saturating_add(1);
            }
            cells.push((column, cell));
            let span = usize::from(cell.column_span.max(1));
            for place in next.iter_mut().skip(column).take(span) {
                *place = cell.row_span.saturating_sub(1);
            }
            column = column.saturating_add(span);
        }
        for (place, above) in next.iter_mut().zip(&covered) {
            *place = (*place).max(above.saturating_sub(1));
        }
        covered = next;
        rows.push(cells);
    }
    rows
}

/// What is printed of a text: no control characters, and none that only change how others are read.
fn cleaned(words: &str) -> String {
    let is_invisible = |c: char| {
        matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'
            | '\u{e0000}'..='\u{e01ef}')
    };
    let seen = words.chars().filter(|c| !is_invisible(*c));
    seen.map(|c| if c.is_control() || c.is_whitespace() && c != '\u{3000}' { ' ' } else { c })
        .collect()
}

fn text(words: &str) -> Value {
    spaced(words, UNBROKEN)
}

/// With places to break lines in what has none: addresses and the like must not leave the page.
fn spaced(words: &str, most: usize) -> Value {
    let mut out = String::with_capacity(words.len());
    let mut unbroken = 0_usize;
    for c in cleaned(words).chars() {
        // The rules of line breaking keep an opening bracket with a number or a percent sign.
        let opens = matches!(c, '（' | '《' | '【' | '〔' | '“');
        if opens && unbroken > 0 {
            out.push('\u{200b}');
        }
        let has_break = u32::from(c) >= 0x2e80 || c.is_whitespace();
        unbroken = if has_break { 0 } else { unbroken.saturating_add(1) };
        if unbroken > most {
            out.push('\u{200b}');
            unbroken = 1;
        }
        out.push(c);
    }
    out.into_value()
}

fn int(number: usize) -> Value {
    Value::Int(i64::try_from(number).unwrap_or(i64::MAX))
}

fn dict<const N: usize>(entries: [(&str, Value); N]) -> Dict {
    entries.into_iter().map(|(name, value)| (name.into(), value)).collect()
}

fn item<const N: usize>(kind: &str, entries: [(&str, Value); N]) -> Value {
    let mut item = dict(entries);
    item.insert("kind".into(), kind.into_value());
    item.into_value()
}
