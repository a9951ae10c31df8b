//! The source line of a finding with the place marked under it.

use super::page::Page;
use super::style::Ink;
use crate::excerpt::{Excerpt, Window};
use crate::width::spaces;

/// Columns for line numbers: enough for any document but the longest.
const GUTTER: usize = 6;
const BORDER: &str = "┃";

/// How much of a line an excerpt may show.
pub(crate) fn window(page: &Page) -> Window {
    let around = page.metric.cells(BORDER).saturating_add(GUTTER).saturating_add(3);
    Window { room: page.width.saturating_sub(around), metric: page.metric }
}

/// Writes the excerpt in the ink of its severity.
pub(crate) fn write(page: &mut Page, excerpt: &Excerpt, ink: Ink) {
    let border = page.ink(Ink::Faint, BORDER);
    let number = if excerpt.line > 0 { excerpt.line.to_string() } else { String::new() };
    let number = page.metric.right(&number, GUTTER);
    let number = page.ink(Ink::Faint, &number);
    let mark = page.ink(ink, &excerpt.mark);
    page.line_of(&[&number, " ", &border, " ", &excerpt.before, &mark, &excerpt.after]);
    if excerpt.is_placed {
        let shift = spaces(page.metric.cells(&excerpt.before));
        // An empty cell is a place as well: one mark shows where something should be.
        let under = "^".repeat(page.metric.cells(&excerpt.mark).max(1));
        let under = page.ink(ink, &under);
        page.line_of(&[&spaces(GUTTER), " ", &border, " ", &shift, &under]);
    }
}
