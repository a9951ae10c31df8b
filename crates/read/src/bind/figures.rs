//! The figures of the document, bound or not: only what is counted can be said to be unprotected.

use std::sync::Arc;

use juesuan_model::{Block, Fact, Measure, Place, Table, Value};
use juesuan_scheme::Scheme;

use super::binder::{Binder, read_value};
use super::outline::Outline;
use super::words::fold;

/// Collects the places of all figures, in order.
pub(super) fn collect(binder: &Binder<'_>) -> Vec<Place> {
    let facts = binder.accounts.facts.iter().map(|(_, fact)| fact);
    let is_year = |fact: &Fact| fact.subject.column.split('_').next_back() == Some("year");
    let figures = facts.filter(|fact| matches!(fact.value, Value::Number(_) | Value::Unread(_)));
    let figures = figures.filter(|fact| !is_year(fact));
    // Most facts are figures.
    let mut found = Vec::with_capacity(2 * binder.accounts.facts.len());
    found.extend(figures.map(|fact| fact.place));
    in_running_text(binder.scheme, binder.outline, &mut found);
    for (index, block) in binder.document.blocks.iter().enumerate().skip(binder.outline.body) {
        if let Block::Table(table) = block
            && binder.used.get(index) != Some(&true)
        {
            let words = &binder.scheme.structure;
            cells(table, [&words.serial_heads, &words.line_heads], &mut found);
        }
    }
    outermost(found)
}

/// The places by line and column, without those that stand inside of one found before them.
fn outermost(places: Vec<Place>) -> Vec<Place> {
    let mut found: Vec<(u32, Place)> = (0..).zip(places).collect();
    found.sort_unstable_by_key(|(order, place)| (place.line, place.column, *order));
    // Those among which the nearest before a place is looked for, ever later found ones: what
    // stands before another and was found after it is never the nearest again.
    let mut near: Vec<(u32, Place)> = Vec::new();
    found.retain(|(order, place)| {
        let earlier = near.partition_point(|(other, _)| other < order);
        let before = earlier.checked_sub(1).and_then(|last| near.get(last));
        let is_inside = before.is_some_and(|(_, before)| {
            before.line == place.line && place.column < before.column + before.width.max(1)
        });
        if !is_inside {
            near.truncate(earlier);
            near.push((*order, *place));
        }
        !is_inside
    });
    found.into_iter().map(|(_, place)| place).collect()
}

/// Numbers of the narrative that a unit follows.
fn in_running_text(scheme: &Scheme, outline: &Outline, found: &mut Vec<Place>) {
    let units = &scheme.performance.summary.units;
    for passage in &outline.passages {
        let folded = passage.folded.as_str();
        let mut from = passage.number_length;
        while let Some((start, end)) = next_number(folded, from) {
            from = end;
            let rest = folded.get(end..).unwrap_or("");
            let rest = rest.strip_prefix(['余', '多']).unwrap_or(rest);
            let unit = units.opening(rest);
            if unit.is_some_and(|unit| !is_date(unit, rest)) {
                found.push(passage.place(start, end));
            }
        }
    }
}

/// Whether what stands behind a number says that it is part of a date: 2024年, 5月7日.
pub(super) fn is_date(unit: &str, rest: &str) -> bool {
    let after = rest.strip_prefix(unit).unwrap_or("");
    (matches!(unit, "年" | "月") || after.starts_with('日')) && !after.starts_with('内')
}

/// Cells of tables that were not recognised, without those that only count the rows.
fn cells(table: &Table, serial: [&Vec<Arc<str>>; 2], found: &mut Vec<Place>) {
    let heads = table.rows.first().into_iter().flat_map(|row| &row.cells);
    let mut heads = heads.filter(|cell| {
        let head = fold(cell.text.as_str());
        serial.into_iter().flatten().any(|serial| *head == **serial)
    });
    let serial = heads.next().map(|cell| cell.column);
    let cells = table.rows.iter().flat_map(|row| &row.cells);
    for cell in cells.filter(|cell| Some(cell.column) != serial) {
        let text = cell.text.as_str();
        if matches!(read_value(text, Measure::Quantity, 0), Value::Number(_)) {
            found.push(cell.text.place_of(0, text.len()));
        }
    }
}

/// The next run of digits with separators and a point.
pub(super) fn next_number(text: &str, from: usize) -> Option<(usize, usize)> {
    let rest = text.get(from..)?;
    let start = from + rest.bytes().position(|byte| byte.is_ascii_digit())?;
    let run = text.get(start..)?;
    let length =
        run.find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | ','))).unwrap_or(run.len());
    let digits = run.get(..length)?.trim_end_matches(['.', ',']);
    Some((start, start + digits.len()))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use juesuan_scheme::{BASE, embedded, load};
    use proptest::prelude::*;

    use super::*;

    fn figures(text: &str) -> Vec<(u32, u32)> {
        let scheme = load(&embedded(), BASE).unwrap();
        let accounts = crate::bind(&crate::parse(text), &scheme);
        accounts.figures.iter().map(|place| (place.column, place.width)).collect()
    }

    #[test]
    fn numbers_with_units_are_figures_and_dates_are_none() {
        assert_eq!(
            figures("截至2024年12月31日，共有车辆12辆，价值1,200.50万元。"),
            [(19, 2), (25, 8)]
        );
        assert!(figures("1.按照第34号文件执行。").is_empty());
    }

    #[test]
    fn cells_of_unknown_tables_are_figures() {
        assert_eq!(figures("甲\t12\n乙\t无").len(), 1);
        let counted = "序号\t单位名称\t人数\n1\t甲中心\t12\n2\t乙中心\t30";
        assert_eq!(figures(counted).len(), 2, "the numbers of the rows are none");
    }

    /// One place added after the other.
    fn slowly(places: &[Place]) -> Vec<Place> {
        let mut found: BTreeMap<(u32, u32), Place> = BTreeMap::new();
        for place in places {
            let key = (place.line, place.column);
            let before = found.range(..=key).next_back().map(|(_, place)| *place);
            if !before.is_some_and(|b| b.line == key.0 && key.1 < b.column + b.width.max(1)) {
                found.insert(key, *place);
            }
        }
        found.into_values().collect()
    }

    proptest! {
        #[test]
        fn what_stands_inside_of_an_earlier_place_goes(
            places in proptest::collection::vec((1..3_u32, 1..12_u32, 0..6_u32), 0..30),
        ) {
            let place = |(line, column, width)| Place::new(line, column).wide(width);
            let places: Vec<Place> = places.into_iter().map(place).collect();
            prop_assert_eq!(outermost(places.clone()), slowly(&places));
        }
    }
}
