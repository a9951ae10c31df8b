//! Writes words that were changed in a document back into the files of the packages.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use juesuan_compile::{ChangeKind, Reconciled};
use juesuan_model::{Input, Sheet};
use juesuan_read::{SHEET_ENDINGS, read_sheet};
use juesuan_write::package::{with_cell, with_field};

use super::origin::Spot;
use crate::failure::Failure;
use crate::output::{Pending, write_pending};

/// Takes over all changes that can be, in all files or none; tells which.
pub(crate) fn take(reconciled: &Reconciled, origins: &[Vec<Spot>]) -> Result<Vec<usize>, Failure> {
    let mut texts: BTreeMap<Arc<str>, String> = BTreeMap::new();
    let mut taken = Vec::new();
    for (at, change) in reconciled.changes.iter().enumerate() {
        let spots = origins.get(at).map_or(&[][..], Vec::as_slice);
        let is_takeable = change.kind == ChangeKind::Stated
            && !spots.is_empty()
            && spots.iter().all(|spot| ending(&spot.file).is_some())
            && is_one(reconciled, at);
        if is_takeable && put_all(&mut texts, spots, change.found.trim())? {
            taken.push(at);
        }
    }
    let mut pending: Vec<Pending> = Vec::new();
    for (file, text) in &texts {
        pending.push(write_pending(Path::new(&**file), text.as_bytes())?);
    }
    pending.into_iter().try_for_each(Pending::finish)?;
    Ok(taken)
}

/// Whether the words were changed to the same wherever they are printed, and not deleted.
fn is_one(reconciled: &Reconciled, at: usize) -> bool {
    let Some(change) = reconciled.changes.get(at) else { return false };
    let same = reconciled
        .changes
        .iter()
        .filter(|other| other.subject == change.subject && other.kind == ChangeKind::Stated);
    !change.found.trim().is_empty() && same.into_iter().all(|other| other.found == change.found)
}

/// The ending of a file that can be written in place; workbooks cannot.
pub(crate) fn ending(file: &str) -> Option<&'static str> {
    let ending = Path::new(file).extension()?.to_str()?.to_ascii_lowercase();
    SHEET_ENDINGS.into_iter().find(|known| *known == ending)
}

/// Puts words into all cells; `false`, and nothing changed, when it cannot be done in one.
fn put_all(
    texts: &mut BTreeMap<Arc<str>, String>,
    spots: &[Spot],
    words: &str,
) -> Result<bool, Failure> {
    let mut new: BTreeMap<Arc<str>, String> = BTreeMap::new();
    for spot in spots {
        let known = new.get(&spot.file).or_else(|| texts.get(&spot.file)).cloned();
        let Some(text) = known.map_or_else(|| utf8(&spot.file), |text| Ok(Some(text)))? else {
            return Ok(false);
        };
        let Some(changed) = put(&text, spot, words) else { return Ok(false) };
        new.insert(spot.file.clone(), changed);
    }
    texts.extend(new);
    Ok(true)
}

/// The text of a file; nothing when it is not UTF-8, which is all that is written.
fn utf8(file: &str) -> Result<Option<String>, Failure> {
    let path = PathBuf::from(file);
    let bytes = fs::read(&path).map_err(|source| Failure::read(&path, source))?;
    Ok(String::from_utf8(bytes).ok())
}

/// Puts words into a cell, if the file then says the same as before but for them.
fn put(text: &str, spot: &Spot, words: &str) -> Option<String> {
    let ending = ending(&spot.file)?;
    let changed = match spot.row {
        0 => with_field(text, &spot.label, words)?,
        row => with_cell(text, row, spot.column, words)?,
    };
    let read = |text: &str| read_sheet(&spot.sheet, ending, &spot.file, text).ok();
    let (before, after) = (read(text)?, read(&changed)?);
    is_only_change(&before, &after, words).then_some(changed)
}

fn is_only_change(before: &Sheet, after: &Sheet, words: &str) -> bool {
    let cells = |sheet: &Sheet| -> Vec<(u32, Vec<Input>)> {
        sheet.rows.iter().map(|row| (row.number, row.cells.clone())).collect()
    };
    let (before, after) = (cells(before), cells(after));
    // Words of several lines make the rows below stand lower.
    let others: Vec<(&Input, &Input)> = before
        .iter()
        .zip(&after)
        .flat_map(|(old, new)| old.1.iter().zip(&new.1))
        .filter(|(old, new)| old != new)
        .collect();
    let is_whole = before.len() == after.len()
        && before.iter().zip(&after).all(|(old, new)| old.1.len() == new.1.len());
    is_whole && matches!(others[..], [(_, new)] if *new == Input::typed(words))
}
