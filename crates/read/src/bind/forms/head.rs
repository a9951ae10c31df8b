//! What stands above and below a form: title, number, department, year, unit; notes.

use std::borrow::Cow;

use juesuan_model::{Block, Folded, FormFound, Scale, Text, TextField};
use juesuan_scheme::Form;

use super::find::Part;
use crate::bind::binder::Binder;
use crate::bind::identity::{labelled, year_in};
use crate::bind::words::{fold, folded_field, whole};

/// How many blocks below a table can belong to its notes.
const NOTES: usize = 6;

/// Reads the head and the notes of a form.
pub(super) fn read(binder: &mut Binder<'_>, form: &Form, parts: &[Part]) -> FormFound {
    let mut found = FormFound {
        form: form.id.clone(),
        title: None,
        number: None,
        department: None,
        year: None,
        unit: None,
        scale: form.scale(),
        note: None,
        empty_note: false,
        is_blank: false,
        rows: Vec::new(),
        slips: Vec::new(),
        blocks: parts.iter().map(|part| part.block).collect(),
    };
    for part in parts {
        read_head(binder, form, part, &mut found);
    }
    if let Some(last) = parts.last() {
        read_notes(binder, last.block, &mut found);
    }
    found
}

fn read_head(binder: &mut Binder<'_>, form: &Form, part: &Part, found: &mut FormFound) {
    let document = binder.document;
    // What stands nearest to the form is its own; a title of the document may be in reach.
    for index in (part.head..part.block).rev() {
        let Some(text) = document.blocks.get(index as usize).and_then(Block::text) else {
            continue;
        };
        let title = binder.accounts.identity.title.as_ref();
        if is_note(binder, text) || title.is_some_and(|title| title.block == index) {
            continue;
        }
        binder.mark(index);
        read_line(binder, form, text, index, found);
    }
    if let Some(Block::Table(table)) = document.blocks.get(part.block as usize) {
        for cell in table.rows.iter().take(4).flat_map(|row| &row.cells) {
            if !cell.text.is_blank() && cell.text.as_str().len() < 200 {
                read_line(binder, form, &cell.text, part.block, found);
            }
        }
    }
}

fn read_line(binder: &Binder<'_>, form: &Form, text: &Text, block: u32, found: &mut FormFound) {
    let words = &binder.scheme.structure;
    let folded = Folded::new(text.as_str());
    if found.title.is_none() {
        found.title = title(form, text, &folded, block);
    }
    if found.number.is_none() {
        found.number = number(text, &folded, block);
    }
    if found.department.is_none() {
        found.department = labelled(text, &words.department_labels, block)
            .filter(|department| Scale::from_label(&department.text).is_none());
    }
    if found.unit.is_none()
        && let Some(unit) = labelled(text, &words.unit_labels, block)
    {
        let word = ["亿元", "万元", "元"].into_iter().find(|word| unit.text.contains(word));
        if let Some(scale) = word.and_then(Scale::from_label) {
            found.scale = scale;
            found.unit = Some(unit);
        }
    }
    if found.year.is_none()
        && let Some((at, _)) = year_in(folded.as_str())
    {
        let digits = at + 4;
        found.year = Some(folded_field(text, &folded, at, digits, block));
    }
}

/// The title as printed: the line without number and marker.
fn title(form: &Form, text: &Text, folded: &Folded, block: u32) -> Option<TextField> {
    let line = folded.as_str();
    if line.contains('。') {
        return None;
    }
    let mut names: Vec<Cow<'_, str>> =
        std::iter::once(&form.title).chain(&form.aliases).map(|name| fold(name)).collect();
    names.sort_by_key(|name| std::cmp::Reverse(name.len()));
    names.iter().find_map(|name| {
        let at = line.find(&**name)?;
        Some(folded_field(text, folded, at, at + name.len(), block))
    })
}

/// `公开04表`
fn number(text: &Text, folded: &Folded, block: u32) -> Option<TextField> {
    let line = folded.as_str();
    let at = line.find("公开")?;
    let digits = line.get(at + "公开".len()..)?;
    let length = digits.bytes().take_while(u8::is_ascii_digit).count();
    let end = at + "公开".len() + length;
    (length > 0 && line.get(end..)?.starts_with('表'))
        .then(|| folded_field(text, folded, at, end + "表".len(), block))
}

fn is_note(binder: &Binder<'_>, text: &Text) -> bool {
    let folded = fold(text.as_str());
    binder.scheme.structure.note_labels.iter().any(|label| {
        folded.strip_prefix(&**label).is_some_and(|rest| rest.starts_with([':', '1', '.']))
    }) || folded.ends_with('。')
}

fn read_notes(binder: &mut Binder<'_>, table: u32, found: &mut FormFound) {
    let document = binder.document;
    let first = table as usize + 1;
    for (index, block) in document.blocks.iter().enumerate().skip(first).take(NOTES) {
        let Some(text) = block.text() else { break };
        let words = &binder.scheme.structure;
        let folded = fold(text.as_str());
        found.empty_note |= words.empty_notes.iter().any(|word| folded.contains(&**word));
        let number = u32::try_from(index).unwrap_or(u32::MAX);
        if found.note.is_none() && folded.contains("反映") {
            found.note = Some(whole(text, number));
        }
        if is_note(binder, text) {
            binder.mark(number);
        }
    }
}
