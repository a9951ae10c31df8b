//! What serves the pages and not the text: their numbers, and what stands above and below all of
//! them.
#![expect(clippy::float_arithmetic, reason = "geometry of pages")]

use rustc_hash::FxHashMap;

use super::lines::Line;
use super::{Item, Sheet};

/// The share of a page at its top and foot in which furniture stands.
const MARGIN: f64 = 0.12;

/// On how many pages it stands at least.
const PAGES: usize = 3;

/// How much its height may differ from page to page.
const HEIGHT: f64 = 4.0;

/// Takes furniture out of the pages.
pub(super) fn remove(sheets: &mut [Sheet]) {
    let mut seen: FxHashMap<(bool, String), Vec<(f64, usize)>> = FxHashMap::default();
    for (index, sheet) in sheets.iter().enumerate() {
        for (line, is_top) in candidates(sheet) {
            let places = seen.entry((is_top, pattern(line))).or_default();
            places.push((distance(sheet, line, is_top), index));
        }
    }
    let many = PAGES.max(sheets.len() / 4);
    for sheet in sheets {
        let is_furniture = |line: &Line, is_top: bool| {
            let at = distance(sheet, line, is_top);
            let places = seen.get(&(is_top, pattern(line)));
            let same = places.map_or(0, |places| {
                places.iter().filter(|(place, _)| (place - at).abs() <= HEIGHT).count()
            });
            same >= many || is_page_number(&line.bare())
        };
        let own: Vec<usize> = sheet
            .items
            .iter()
            .enumerate()
            .filter_map(|(index, item)| {
                let Item::Line(line) = item else { return None };
                is_furniture(line, margin(sheet, line)?).then_some(index)
            })
            .collect();
        let mut index = 0;
        sheet.items.retain(|_| {
            index += 1;
            own.binary_search(&(index - 1)).is_err()
        });
    }
}

/// The lines in the margins of a page, and whether at its top.
fn candidates(sheet: &Sheet) -> impl Iterator<Item = (&Line, bool)> {
    sheet.items.iter().filter_map(|item| match item {
        Item::Line(line) => Some((line, margin(sheet, line)?)),
        Item::Table(_) => None,
    })
}

/// Whether a line stands in the margin at the top or at the foot; none when in neither.
fn margin(sheet: &Sheet, line: &Line) -> Option<bool> {
    let height = sheet.area.height();
    if line.bounds.y1 < MARGIN * height {
        Some(true)
    } else if line.bounds.y0 > (1.0 - MARGIN) * height {
        Some(false)
    } else {
        None
    }
}

fn distance(sheet: &Sheet, line: &Line, is_top: bool) -> f64 {
    if is_top { line.bounds.y0 } else { sheet.area.height() - line.bounds.y1 }
}

/// A line with its numbers left open.
fn pattern(line: &Line) -> String {
    let bare = line.bare();
    let mut pattern = String::with_capacity(bare.len());
    for c in bare.chars() {
        if !c.is_ascii_digit() {
            pattern.push(c);
        } else if !pattern.ends_with('#') {
            pattern.push('#');
        }
    }
    pattern
}

/// `3`, `- 3 -`, `—3—`, `第3页`, `第3页共30页`, `3/30`, `Ⅲ`.
fn is_page_number(bare: &str) -> bool {
    const AROUND: [char; 12] = ['-', '—', '－', '–', '─', '~', '·', '•', '第', '页', '共', '/'];
    let rest: String = bare.chars().filter(|c| !AROUND.contains(c)).collect();
    let is_number = rest.chars().all(|c| c.is_ascii_digit())
        || rest.chars().all(|c| matches!(c, 'i' | 'v' | 'x' | 'I' | 'V' | 'X' | 'Ⅰ'..='Ⅻ'));
    (1..=8).contains(&rest.chars().count()) && is_number && bare.chars().count() <= 14
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_pages_are_told_from_amounts() {
        for number in ["3", "-3-", "—12—", "第3页共30页", "3/30", "Ⅲ", "iv"] {
            assert!(is_page_number(number), "{number}");
        }
        for text in ["3.5", "0.00", "合计3", "", "-", "（3）"] {
            assert!(!is_page_number(text), "{text}");
        }
    }
}
