//! Of a scan, what rests on words or figures that may have been recognised wrongly is not decided.

use juesuan_model::{Block, Document, NotChecked, Severity};
use rustc_hash::FxHashMap;

use crate::outcomes::{Failure, Outcomes};
use crate::registry;

/// The family of rules that say what reading itself found.
const READING: &str = "RDG";

/// Takes failures back that rest on what is doubtful: a place that they show, or the first cell of a
/// row in a table that they show, which says what the row is. What is left and no figure would
/// repair may be due to a character that was misread all the same: it is for a person to look at.
pub(crate) fn set_aside(outcomes: &mut Outcomes, document: &Document) {
    if !document.layout.is_recognised() {
        return;
    }
    let rows = doubtful_rows(document);
    let why = |page: u32, quote: &str| {
        format!("扫描图（第 {page} 页）上的“{quote}”识别没有把握；请对照原件")
    };
    let doubted = |failure: &Failure| {
        failure.evidence.iter().find_map(|spot| match document.layout.doubt(spot.place) {
            Some((page, _)) => Some(why(page, &spot.quote)),
            None => rows.get(&spot.block).map(|(page, quote)| why(*page, quote)),
        })
    };
    for mut failure in std::mem::take(&mut outcomes.failures) {
        let is_reading = failure.code.starts_with(READING);
        match doubted(&failure).filter(|_| !is_reading) {
            Some(why) => {
                let (code, subject) = (failure.code, failure.subject);
                outcomes.not_checked.push(NotChecked { code, subject, why });
            }
            None => {
                if failure.repairs.is_empty() && is_error(&failure) {
                    failure.severity = Some(Severity::Warning);
                }
                outcomes.failures.push(failure);
            }
        }
    }
}

/// For each table with a row whose first cell is doubtful: the page, and what was read there.
fn doubtful_rows(document: &Document) -> FxHashMap<u32, (u32, &str)> {
    let tables = (0..).zip(&document.blocks).filter_map(|(number, block)| match block {
        Block::Table(table) => Some((number, table)),
        _ => None,
    });
    let doubtful = tables.filter_map(|(number, table)| {
        let heads = table.rows.iter().filter_map(|row| row.cells.first());
        heads.into_iter().find_map(|head| {
            let text = head.text.as_str();
            let (page, _) = document.layout.doubt(head.text.place_of(0, text.len()))?;
            Some((number, (page, text)))
        })
    });
    doubtful.collect()
}

fn is_error(failure: &Failure) -> bool {
    let own = || registry::coded().find(|rule| rule.code == failure.code).map(|rule| rule.severity);
    failure.severity.or_else(own) == Some(Severity::Error)
}
