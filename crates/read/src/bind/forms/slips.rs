//! Codes that were mistyped in one form: the other forms print the same name under another code.
//! Such a row is bound under the code that is meant, so that the slip is told once and not by
//! everything that misses the right code.

use std::sync::Arc;

use juesuan_model::Block;
use juesuan_scheme::Layout;

use super::find::Found;
use super::sheet::SheetRow;
use super::tree::row_head;
use crate::bind::binder::Binder;
use crate::bind::words::fold;

/// A code as printed, and the one that is meant.
pub(super) type Slip = (Arc<str>, Arc<str>);

/// In how many other forms a name has the other code.
const WITNESSES: usize = 2;
/// In how many digits a mistyped code differs at most: one, or two that are swapped.
const DIGITS: usize = 2;

/// The slips of each form, in the order of `found`.
pub(super) fn find(binder: &Binder<'_>, found: &[Found<'_>]) -> Vec<Vec<Slip>> {
    let all: Vec<Vec<(Arc<str>, String)>> =
        found.iter().map(|found| codes(binder, found)).collect();
    let slips = |own: usize, rows: &Vec<(Arc<str>, String)>| {
        let others = all.iter().enumerate().filter(|(at, _)| *at != own).map(|(_, rows)| rows);
        let others: Vec<_> = others.filter(|rows| !rows.is_empty()).collect();
        rows.iter().filter_map(|row| slip(row, rows, &others)).collect()
    };
    all.iter().enumerate().map(|(own, rows)| slips(own, rows)).collect()
}

/// The codes and folded names of a form of codes.
fn codes(binder: &Binder<'_>, found: &Found<'_>) -> Vec<(Arc<str>, String)> {
    let mut codes = Vec::new();
    for part in found.parts.iter().filter(|_| found.form.layout == Layout::Tree) {
        let block = binder.document.blocks.get(part.block as usize);
        let Some(Block::Table(table)) = block else { continue };
        let rows = table.rows.iter().map(|row| SheetRow { block: part.block, cells: &row.cells });
        let heads = rows.filter_map(|row| row_head(binder, &row));
        let named = heads.map(|head| (head.id, fold(&head.name.text).into_owned()));
        codes.extend(named.filter(|(code, name)| &**code != "total" && !name.is_empty()));
    }
    codes
}

fn slip(
    (code, name): &(Arc<str>, String),
    own: &[(Arc<str>, String)],
    others: &[&Vec<(Arc<str>, String)>],
) -> Option<Slip> {
    let has = |rows: &[(Arc<str>, String)], code: &str| rows.iter().any(|(own, _)| **own == *code);
    if others.iter().any(|rows| has(rows, code)) {
        return None;
    }
    let is_meant = |other: &&(Arc<str>, String)| other.1 == *name && differs_little(code, &other.0);
    let mut meant = others.iter().flat_map(|rows| rows.iter().filter(is_meant));
    let (first, _) = meant.next()?;
    let is_sure = meant.all(|(other, _)| other == first) && !has(own, first);
    let witnesses = others.iter().filter(|rows| has(rows, first)).count();
    (is_sure && witnesses >= WITNESSES).then(|| (code.clone(), first.clone()))
}

fn differs_little(code: &str, other: &str) -> bool {
    let differing = code.bytes().zip(other.bytes()).filter(|(a, b)| a != b).count();
    code.len() == other.len() && (1..=DIGITS).contains(&differing)
}
