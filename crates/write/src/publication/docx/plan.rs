//! What begins on a page of its own, and which way round its paper is.

use juesuan_model::{Element, PrintedTable, Publication, TableKind, runs_text};

/// Forms from so many columns on are printed across the paper.
const WIDE: usize = 7;

/// A4, upright or turned. The printed area is that of 《党政机关公文格式》: 156 mm by 225 mm.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Paper {
    Upright,
    Turned,
}

impl Paper {
    /// How wide the printed area is, in twentieths of a point like all lengths here.
    pub(super) const fn width(self) -> u32 {
        match self {
            Self::Upright => 8844,
            Self::Turned => 12756,
        }
    }

    /// How high the printed area is.
    pub(super) const fn height(self) -> u32 {
        match self {
            Self::Upright => 12756,
            Self::Turned => 8844,
        }
    }
}

/// What a stretch is numbered as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Contents,
    Body,
}

/// Elements of which the first stands at the top of a page.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stretch<'a> {
    pub(super) kind: Kind,
    pub(super) paper: Paper,
    pub(super) elements: &'a [Element],
}

/// The stretches of a publication in their order: a part, a form with its headings, the contents.
pub(super) fn stretches(publication: &Publication) -> Vec<Stretch<'_>> {
    let elements = &publication.elements;
    let mut starts: Vec<usize> = (0..elements.len()).filter(|at| begins(elements, *at)).collect();
    starts.push(elements.len());
    let mut from = 0;
    let mut stretches = Vec::new();
    for to in starts {
        if let Some(elements @ [first, ..]) = elements.get(from..to) {
            let is_contents = matches!(first, Element::Contents);
            let kind = if is_contents { Kind::Contents } else { Kind::Body };
            let paper = if elements.iter().any(is_wide) { Paper::Turned } else { Paper::Upright };
            stretches.push(Stretch { kind, paper, elements });
        }
        from = to;
    }
    stretches
}

fn begins(elements: &[Element], at: usize) -> bool {
    let before = at.checked_sub(1).and_then(|at| elements.get(at));
    let is_after_heading = before.is_some_and(is_heading);
    let is_after_page = before.is_some_and(|b| is_wide(b) || matches!(b, Element::Contents));
    let Some(rest) = elements.get(at..) else { return false };
    is_after_page
        || match rest.first() {
            Some(Element::Contents | Element::Heading { level: 0 | 1, .. }) => true,
            Some(Element::Heading { .. }) => {
                let behind = rest.iter().find(|element| !is_heading(element));
                !is_after_heading && matches!(behind, Some(Element::Table(_)))
            }
            Some(Element::Table(_)) => !is_after_heading,
            _ => false,
        }
}

const fn is_heading(element: &Element) -> bool {
    matches!(element, Element::Heading { .. })
}

fn is_wide(element: &Element) -> bool {
    // Forms of self-evaluation are long rather than wide: most of their columns hold one word.
    matches!(element, Element::Table(table)
        if table.kind == TableKind::Form && table.widths.len() >= WIDE)
}

/// Whether a heading is the title of the table behind it, so that it need not be printed twice.
pub(super) fn names(heading: &Element, table: &PrintedTable) -> bool {
    match heading {
        Element::Heading { level, runs } => {
            *level == 2 && !table.title.is_empty() && runs_text(runs).ends_with(&*table.title)
        }
        _ => false,
    }
}
