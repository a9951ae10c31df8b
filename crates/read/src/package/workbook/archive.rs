//! The archive that a workbook is: looked through before anything of it is believed.

use std::io::{BufReader, Cursor, Read};

use juesuan_model::column_letters;
use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};
use rustc_hash::FxHashMap;
use zip::ZipArchive;
use zip::result::ZipError;

use super::super::PackageError;

/// How much the parts may be when they are unpacked, sheets included and without them. Sheets are
/// read as they come, the other parts stay in memory.
const MOST_BYTES: u64 = 1 << 30;
const MOST_BYTES_OF_OTHERS: u64 = 256 << 20;
/// How much of a sheet may stand between two tags.
const MOST_BYTES_OF_TEXT: usize = 16 << 20;
/// What is packed more than this many times is no work of a spreadsheet, if it is large.
const MOST_RATIO: u64 = 200;
const LARGE: u64 = 32 << 20;
/// The rows that a sheet of a spreadsheet can have, empty ones included.
const MOST_ROWS_OF_SHEETS: u32 = 1_048_576;
const MOST_COLUMNS_OF_SHEETS: usize = 16_384;

type Archive<'a> = ZipArchive<Cursor<&'a [u8]>>;

/// What was seen of a workbook.
#[derive(Debug, Default)]
pub(crate) struct Survey {
    /// Rows that are not shown, as words, by sheet.
    pub(crate) hidden: FxHashMap<String, String>,
    /// Columns that are not shown, as words, by sheet.
    pub(crate) hidden_columns: FxHashMap<String, String>,
    pub(crate) has_macros: bool,
}

/// Looks through all parts, and takes what reading the cells does not tell.
pub(crate) fn survey(bytes: &[u8]) -> Result<Survey, PackageError> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| damaged(&error))?;
    let has = |archive: &Archive<'_>, name: &str| archive.index_for_name(name).is_some();
    if !has(&archive, "xl/workbook.xml") {
        let kind = [
            ("xl/workbook.bin", "二进制工作簿（xlsb）"),
            ("word/document.xml", "Word 文件（docx）"),
            ("content.xml", "开放文档（ods 等）"),
        ];
        let kind = kind.into_iter().find(|(name, _)| has(&archive, name));
        return Err(PackageError::NotWorkbook(kind.map_or("压缩文件", |(_, kind)| kind)));
    }
    measure(&mut archive)?;
    let has_macros = has(&archive, "xl/vbaProject.bin");
    let mut survey = Survey { has_macros, ..Survey::default() };
    for (sheet, path) in sheet_paths(&mut archive)? {
        let (rows, columns) = hidden(&mut archive, &path, &sheet)?;
        if !columns.is_empty() {
            survey.hidden_columns.insert(sheet.clone(), columns_in_words(&columns));
        }
        if !rows.is_empty() {
            survey.hidden.insert(sheet, in_words(&rows));
        }
    }
    Ok(survey)
}

fn damaged(error: &ZipError) -> PackageError {
    match error {
        ZipError::UnsupportedArchive(why) if *why == ZipError::PASSWORD_REQUIRED => {
            PackageError::Password
        }
        error => PackageError::Damaged { why: error.to_string() },
    }
}

fn broken(error: impl ToString) -> PackageError {
    PackageError::Damaged { why: error.to_string() }
}

/// Unpacks every part without keeping it: what an archive says of its sizes is not believed.
fn measure(archive: &mut Archive<'_>) -> Result<(), PackageError> {
    let (mut room, mut room_of_others) = (MOST_BYTES, MOST_BYTES_OF_OTHERS);
    for at in 0..archive.len() {
        let mut part = archive.by_index(at).map_err(|error| damaged(&error))?;
        let name = part.name().map_err(|error| damaged(&error))?.into_owned();
        let packed = part.compressed_size().max(1);
        let is_sheet = name.starts_with("xl/worksheets/");
        let room = if is_sheet { &mut room } else { &mut room_of_others };
        let too_large = || PackageError::TooLarge { part: name.clone() };
        let (mut unpacked, mut run) = (0_u64, 0_usize);
        let mut chunk = vec![0; 64 << 10];
        loop {
            let read = part.read(&mut chunk).map_err(broken)?;
            let chunk = chunk.get(..read).unwrap_or_default();
            if chunk.is_empty() {
                break;
            }
            let length = u64::try_from(read).unwrap_or(u64::MAX);
            unpacked = unpacked.saturating_add(length);
            *room = room.checked_sub(length).ok_or_else(too_large)?;
            let ratio = unpacked.checked_div(packed).unwrap_or(0);
            run = match memchr::memrchr(b'<', chunk) {
                Some(last) => read.saturating_sub(last),
                None => run.saturating_add(read),
            };
            let is_odd =
                (unpacked > LARGE && ratio > MOST_RATIO) || (is_sheet && run > MOST_BYTES_OF_TEXT);
            if is_odd {
                return Err(too_large());
            }
        }
    }
    Ok(())
}

/// The value of an attribute.
fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = element.try_get_attribute(name).ok()??;
    found.normalized_value(XmlVersion::Implicit1_0).ok().map(|value| value.into_owned())
}

/// Calls `take` with each element of a part that has one of these names. A part that is not there
/// has none.
fn elements(
    archive: &mut Archive<'_>,
    path: &str,
    names: &[&str],
    mut take: impl FnMut(&BytesStart<'_>) -> Result<(), PackageError>,
) -> Result<(), PackageError> {
    let Ok(part) = archive.by_name(path) else { return Ok(()) };
    let mut reader = Reader::from_reader(BufReader::new(part));
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        match reader.read_event_into(&mut buffer).map_err(broken)? {
            Event::Start(element) | Event::Empty(element)
                if names.contains(&element.local_name().as_ref()) =>
            {
                take(&element)?;
            }
            Event::Eof => return Ok(()),
            _ => {}
        }
    }
}

/// The sheets and the parts that hold them.
fn sheet_paths(archive: &mut Archive<'_>) -> Result<Vec<(String, String)>, PackageError> {
    let mut ids = Vec::new();
    elements(archive, "xl/workbook.xml", &["sheet"], |sheet| {
        ids.extend(attribute(sheet, "name").zip(attribute(sheet, "r:id")));
        Ok(())
    })?;
    let mut targets: FxHashMap<String, String> = FxHashMap::default();
    elements(archive, "xl/_rels/workbook.xml.rels", &["Relationship"], |relation| {
        targets.extend(attribute(relation, "Id").zip(attribute(relation, "Target")));
        Ok(())
    })?;
    let path = |target: &String| match target.strip_prefix('/') {
        Some(path) => path.to_owned(),
        None => format!("xl/{target}"),
    };
    Ok(ids.into_iter().filter_map(|(name, id)| Some((name, path(targets.get(&id)?)))).collect())
}

/// The rows and columns of a sheet that are not shown, from 1. More rows than a spreadsheet can
/// have end it.
fn hidden(
    archive: &mut Archive<'_>,
    path: &str,
    sheet: &str,
) -> Result<(Vec<u32>, Vec<u32>), PackageError> {
    let (mut rows, mut columns, mut number, mut count) = (Vec::new(), Vec::new(), 0_u32, 0_u32);
    elements(archive, path, &["row", "col"], |element| {
        let told = |name| attribute(element, name).and_then(|number| number.parse::<u32>().ok());
        let is_hidden = matches!(attribute(element, "hidden").as_deref(), Some("1" | "true"));
        if element.local_name().as_ref() == "col" {
            let (first, last) = (told("min").unwrap_or(1), told("max").unwrap_or(1));
            // Columns behind all that a sheet can have, or over and over, are no work of one.
            if is_hidden && columns.len() < MOST_COLUMNS_OF_SHEETS {
                columns.extend((first..=last).take(MOST_COLUMNS_OF_SHEETS));
            }
            return Ok(());
        }
        count = count.saturating_add(1);
        if count > MOST_ROWS_OF_SHEETS {
            return Err(PackageError::TooManyRows { sheet: sheet.to_owned() });
        }
        number = told("r").unwrap_or(number.saturating_add(1));
        if is_hidden {
            rows.push(number);
        }
        Ok(())
    })?;
    Ok((rows, columns))
}

/// Numbers as they are read out: 5、7—9.
pub(crate) fn in_words(rows: &[u32]) -> String {
    ranges_in_words(rows, |row| row.to_string())
}

/// Columns, from 1, as they are read out: B、D—F.
pub(crate) fn columns_in_words(columns: &[u32]) -> String {
    ranges_in_words(columns, |column| {
        column_letters(usize::try_from(column.saturating_sub(1)).unwrap_or(0))
    })
}

fn ranges_in_words(rows: &[u32], shown: impl Fn(u32) -> String) -> String {
    let mut ranges: Vec<(u32, u32)> = Vec::new();
    for row in rows {
        match ranges.last_mut() {
            Some((_, last)) if last.saturating_add(1) == *row => *last = *row,
            _ => ranges.push((*row, *row)),
        }
    }
    let shown = ranges.iter().take(20).map(|(first, last)| match first == last {
        true => shown(*first),
        false => format!("{}—{}", shown(*first), shown(*last)),
    });
    let more = if ranges.len() > 20 { "等" } else { "" };
    format!("{}{more}", shown.collect::<Vec<_>>().join("、"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_read_out_as_ranges() {
        assert_eq!(in_words(&[5, 7, 8, 9, 12]), "5、7—9、12");
        assert_eq!(columns_in_words(&[2, 4, 5, 27]), "B、D—E、AA");
    }
}
