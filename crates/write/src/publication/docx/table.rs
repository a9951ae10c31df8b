//! Forms: title, number, caption, table, notes.

use juesuan_model::{Align, Element, PrintedCell, PrintedTable, runs_text};

use super::body::{Body, Paragraph};
use super::figures::Figures;
use super::grid::{Grid, MARGIN, Slot, text_lines};
use super::pages::{LINE, heading_height};
use super::plan::{Paper, names};
use super::xml::Xml;

/// Heights of the lines around a table, as the styles have them.
const NUMBER: u32 = 300;
const CAPTION: u32 = 360;
const NOTE: u32 = 280;
/// What is kept free, so that a font that is a little higher does not add a page.
const RESERVE: u32 = 200;

/// The heading that is the title of the table of a stretch.
pub(super) fn title_of(elements: &[Element]) -> Option<&Element> {
    let mut pairs = elements.iter().zip(elements.iter().skip(1));
    pairs.find_map(|pair| match pair {
        (heading, Element::Table(table)) if names(heading, table) => Some(heading),
        _ => None,
    })
}

/// How much stands above a table on its page.
pub(super) fn before(elements: &[Element], table: &PrintedTable) -> u32 {
    let mut height = 0_u32;
    for element in elements {
        match element {
            Element::Heading { level, runs } => {
                height = height.saturating_add(heading_height(*level, &runs_text(runs)));
            }
            _ => break,
        }
    }
    if title_of(elements).is_none() && !table.title.is_empty() {
        height = height.saturating_add(LINE);
    }
    if !table.number.is_empty() {
        height = height.saturating_add(NUMBER);
    }
    if !table.caption.is_empty() {
        height = height.saturating_add(CAPTION);
    }
    height
}

/// How much of the page is left for the rows.
pub(super) fn room(table: &PrintedTable, paper: Paper, before: u32) -> u32 {
    let around = before.saturating_add(notes_height(table, paper)).saturating_add(RESERVE);
    paper.height().saturating_sub(around)
}

/// How high the notes are.
pub(super) fn notes_height(table: &PrintedTable, paper: Paper) -> u32 {
    // Half squares of nine points.
    let cells = paper.width() / 90;
    let lines: u32 = table.notes.iter().map(|note| text_lines(note, cells, "")).sum();
    let count = u32::try_from(table.notes.len()).unwrap_or(u32::MAX);
    lines.saturating_mul(NOTE).saturating_add(count.saturating_mul(40))
}

/// Writes a form; its title only if no heading is it.
pub(super) fn write<'a>(
    body: &mut Body<'a>,
    table: &'a PrintedTable,
    paper: Paper,
    before: u32,
    has_title: bool,
) {
    if !has_title && !table.title.is_empty() {
        body.line(Paragraph::of("TableTitle"), &table.title);
    }
    if !table.number.is_empty() {
        body.line(Paragraph::of("FormNumber"), &table.number);
    }
    caption(body, table, paper.width());
    body.settle();
    let grid = Grid::new(table, paper, room(table, paper, before));
    let Body { xml, figures, .. } = body;
    if !grid.rows.is_empty() && !grid.widths.is_empty() {
        xml.element("w:tbl", &[], |xml| {
            properties(xml, paper.width());
            xml.element("w:tblGrid", &[], |xml| {
                for width in &grid.widths {
                    xml.empty("w:gridCol", &[("w:w", &width.to_string())]);
                }
            });
            // The last rows and the notes stay together.
            let last = grid.rows.len().saturating_sub(1);
            let kept = if table.notes.is_empty() { ..last } else { ..grid.rows.len() };
            for at in 0..grid.rows.len() {
                let keeps = at.saturating_add(2) >= last && kept.contains(&at);
                row(xml, figures, &grid, at, (at < table.head_rows, keeps));
            }
        });
    }
    for note in &table.notes {
        body.line(Paragraph::of("FormNote"), note);
    }
}

/// Up to three lines at the left, in the middle and at the right.
fn caption(body: &mut Body<'_>, table: &PrintedTable, width: u32) {
    let paragraph = Paragraph { tabs: Some((width / 2, width)), ..Paragraph::of("FormCaption") };
    match &*table.caption {
        [] => {}
        [only] => {
            let align = Some("center");
            body.line(Paragraph { align, ..Paragraph::of("FormCaption") }, only);
        }
        [left, right] => body.tabbed(paragraph, &[left, "", right]),
        [left, middle @ .., right] => {
            body.tabbed(paragraph, &[left, &middle.join("　"), right]);
        }
    }
}

fn properties(xml: &mut Xml, width: u32) {
    let width = width.to_string();
    xml.element("w:tblPr", &[], |xml| {
        xml.empty("w:tblW", &[("w:w", &width), ("w:type", "dxa")]);
        xml.value("w:jc", "center");
        xml.element("w:tblBorders", &[], |xml| {
            let outer = ["w:top", "w:left", "w:bottom", "w:right"].map(|side| (side, "8"));
            let inner = ["w:insideH", "w:insideV"].map(|side| (side, "4"));
            for (side, size) in outer.into_iter().chain(inner) {
                let line =
                    [("w:val", "single"), ("w:sz", size), ("w:space", "0"), ("w:color", "auto")];
                xml.empty(side, &line);
            }
        });
        xml.empty("w:tblLayout", &[("w:type", "fixed")]);
        xml.element("w:tblCellMar", &[], |xml| {
            let margin = MARGIN.to_string();
            for (side, width) in
                [("w:top", "15"), ("w:left", &margin), ("w:bottom", "15"), ("w:right", &margin)]
            {
                xml.empty(side, &[("w:w", width), ("w:type", "dxa")]);
            }
        });
    });
}

fn row<'a>(
    xml: &mut Xml,
    figures: &mut Figures<'a>,
    grid: &Grid<'a>,
    at: usize,
    (is_head, keeps): (bool, bool),
) {
    let Some(slots) = grid.rows.get(at) else { return };
    xml.element("w:tr", &[], |xml| {
        xml.element("w:trPr", &[], |xml| {
            xml.empty("w:cantSplit", &[]);
            let height = grid.row_height.to_string();
            xml.empty("w:trHeight", &[("w:val", &height), ("w:hRule", "atLeast")]);
            if is_head {
                xml.empty("w:tblHeader", &[]);
            }
        });
        let mut column = 0_usize;
        for slot in slots {
            let width = grid.span(column, slot.columns());
            cell(xml, figures, slot, width, (grid.size, keeps));
            column = column.saturating_add(slot.columns());
        }
    });
}

fn cell<'a>(
    xml: &mut Xml,
    figures: &mut Figures<'a>,
    slot: &Slot<'a>,
    width: u32,
    (size, keeps): (u32, bool),
) {
    xml.element("w:tc", &[], |xml| {
        xml.element("w:tcPr", &[], |xml| {
            xml.empty("w:tcW", &[("w:w", &width.to_string()), ("w:type", "dxa")]);
            if slot.columns() > 1 {
                xml.value("w:gridSpan", &slot.columns().to_string());
            }
            match slot {
                Slot::Cell { is_tall: true, .. } => xml.value("w:vMerge", "restart"),
                Slot::Covered { .. } => xml.empty("w:vMerge", &[]),
                _ => {}
            }
            xml.value("w:vAlign", "center");
        });
        let cell = match slot {
            Slot::Cell { cell, .. } => Some(*cell),
            _ => None,
        };
        let paragraph = Paragraph { keeps, ..paragraph(cell, size) };
        xml.element("w:p", &[], |xml| {
            paragraph.properties(xml);
            if let Some(cell) = cell {
                paragraph.runs(xml, figures, &cell.runs);
            }
        });
    });
}

fn paragraph(cell: Option<&PrintedCell>, size: u32) -> Paragraph {
    let Some(cell) = cell else {
        return Paragraph { size: Some((size, 0)), ..Paragraph::of("Cell") };
    };
    let align = match cell.align {
        Align::Left => "left",
        Align::Center => "center",
        Align::Right => "right",
    };
    let style = if cell.is_head { "CellHead" } else { "Cell" };
    Paragraph { align: Some(align), size: Some((size, cell.indent)), ..Paragraph::of(style) }
}
