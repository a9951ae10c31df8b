//! Workbooks as compound files (xls), weighed before they are read.
//!
//! The crate that reads them follows whatever a file says of where its parts lie and how far its
//! cells reach. So it is given a new file that holds the records of the workbook and nothing else.

use std::io::{Cursor, Read, Write};
use std::panic::catch_unwind;

use calamine::{Reader, Xls, XlsError};

use super::super::PackageError;

/// Kinds of records.
pub(crate) const FORMAT: u16 = 0x041E;
pub(crate) const XF: u16 = 0x00E0;
pub(crate) const BOUND_SHEET: u16 = 0x0085;
pub(crate) const ROW: u16 = 0x0208;
pub(crate) const COLUMNS: u16 = 0x007D;
const MANY_NUMBERS: u16 = 0x00BD;
const BEGIN: u16 = 0x0809;
const END: u16 = 0x000A;
const DIMENSIONS: u16 = 0x0200;
/// Cells that show something: formulas, numbers, texts.
const CELLS: [u16; 10] =
    [0x0006, 0x0206, 0x0406, 0x0203, 0x027E, 0x0204, 0x00FD, 0x00D6, 0x0205, MANY_NUMBERS];

/// An old workbook, opened.
pub(crate) struct OldBook {
    pub(crate) book: Xls<Cursor<Vec<u8>>>,
    /// Its records.
    pub(crate) stream: Vec<u8>,
}

/// Opens a workbook whose sheets, with the empty cells between others, have at most so many cells.
///
/// # Errors
/// When it has a password, is damaged, or has more cells.
pub(crate) fn open(bytes: &[u8], most_cells: usize) -> Result<OldBook, PackageError> {
    let stream = plain(&stream(bytes)?).ok_or_else(|| damaged(&"记录不完整"))?;
    let starts = starts(&stream);
    let area = starts.iter().map(|start| area(from(&stream, *start)));
    if area.fold(0, usize::saturating_add) > most_cells {
        return Err(PackageError::TooLarge { part: "单元格".to_owned() });
    }
    let file = packed(&stream).map_err(|error| damaged(&error))?;
    // The reader of these files gives up on some damaged ones by a panic.
    let book = catch_unwind(|| Xls::new(Cursor::new(file)));
    match book.map_err(|_| damaged(&"记录自相矛盾"))? {
        Ok(book) => Ok(OldBook { book, stream }),
        Err(error) => Err(fault(&error)),
    }
}

/// What the crate that reads these files complains of.
pub(crate) fn fault(error: &XlsError) -> PackageError {
    match error {
        XlsError::Password => PackageError::Password,
        error => damaged(error),
    }
}

fn damaged(why: &dyn std::fmt::Display) -> PackageError {
    PackageError::Damaged { why: why.to_string() }
}

/// Whether a compound file is an xlsx under a password.
pub(crate) fn is_locked(bytes: &[u8]) -> bool {
    let file = cfb::CompoundFile::open(Cursor::new(bytes));
    file.is_ok_and(|file| file.is_stream("/EncryptedPackage"))
}

/// The records of a workbook as they stand in its file.
fn stream(bytes: &[u8]) -> Result<Vec<u8>, PackageError> {
    let mut file = cfb::CompoundFile::open(Cursor::new(bytes)).map_err(|error| damaged(&error))?;
    let name = ["/Workbook", "/Book"].into_iter().find(|name| file.is_stream(name));
    let Some(name) = name else { return Err(PackageError::NotWorkbook("别种文件")) };
    let mut stream = file.open_stream(name).map_err(|error| damaged(&error))?;
    let most = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
    let mut records = Vec::new();
    stream.by_ref().take(most).read_to_end(&mut records).map_err(|error| damaged(&error))?;
    Ok(records)
}

/// The records without what says how far the cells reach, and without what sheets hold in sheets,
/// such as charts; each sheet once, behind the other.
fn plain(stream: &[u8]) -> Option<Vec<u8>> {
    let (mut plain, mut sheets) = (Vec::with_capacity(stream.len()), Vec::new());
    for (kind, data) in to_the_end(stream)? {
        if kind == BOUND_SHEET {
            sheets.push((plain.len().checked_add(HEAD)?, long(data, 0)?));
        }
        write(&mut plain, kind, data);
    }
    for (place, start) in sheets {
        let at = u32::try_from(plain.len()).ok()?;
        *plain.get_mut(place..)?.first_chunk_mut()? = at.to_le_bytes();
        for (kind, data) in to_the_end(from(stream, start))? {
            if kind != DIMENSIONS {
                write(&mut plain, kind, data);
            }
        }
        // Sheets that lie in one another would be written over and over.
        if plain.len() / 2 > stream.len() {
            return None;
        }
    }
    Some(plain)
}

/// The records of one part, without those of parts within it; `None` when the last is cut off.
fn to_the_end(stream: &[u8]) -> Option<Vec<(u16, &[u8])>> {
    let (mut rest, mut depth, mut found) = (stream, 0_usize, Vec::new());
    while !rest.is_empty() {
        let (kind, data, behind) = split(rest)?;
        rest = behind;
        depth = depth.saturating_add(usize::from(kind == BEGIN));
        if depth <= 1 {
            found.push((kind, data));
        }
        if kind == END {
            depth = depth.saturating_sub(1);
            if depth == 0 {
                return Some(found);
            }
        }
    }
    found.push((END, &[]));
    Some(found)
}

/// A file with these records alone.
fn packed(stream: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new()))?;
    file.create_stream("/Workbook")?.write_all(stream)?;
    file.flush()?;
    Ok(file.into_inner().into_inner())
}

/// The cells of a sheet, those counted too that are empty between others.
fn area(sheet: &[u8]) -> usize {
    let cells = records(sheet).flat_map(|(kind, data)| cells(kind, data));
    let reach = cells.fold(None, |reach: Option<[u16; 4]>, (row, column, _)| {
        let [top, bottom, left, right] = reach.unwrap_or([row, row, column, column]);
        Some([top.min(row), bottom.max(row), left.min(column), right.max(column)])
    });
    let side = |from: u16, to: u16| usize::from(to.saturating_sub(from)).saturating_add(1);
    reach
        .map_or(0, |[top, bottom, left, right]| side(top, bottom).saturating_mul(side(left, right)))
}

/// Row, column and style of each cell that a record gives.
pub(crate) fn cells(kind: u16, data: &[u8]) -> impl Iterator<Item = (u16, u16, u16)> {
    let row = word(data, 0).filter(|_| CELLS.contains(&kind));
    let cells = data.get(4..).unwrap_or_default();
    // Behind the last of many stands the number of its column.
    let size = if kind == MANY_NUMBERS { 6 } else { cells.len().max(1) };
    let columns = word(data, 2).into_iter().flat_map(|first| first..=u16::MAX);
    let cells = columns.zip(cells.chunks_exact(size));
    cells.filter_map(move |(column, cell)| Some((row?, column, word(cell, 0)?)))
}

/// Where the sheets begin.
pub(crate) fn starts(stream: &[u8]) -> Vec<u32> {
    let sheets = records(stream).filter(|(kind, _)| *kind == BOUND_SHEET);
    sheets.filter_map(|(_, data)| long(data, 0)).collect()
}

/// What stands from a place on.
pub(crate) fn from(stream: &[u8], start: u32) -> &[u8] {
    usize::try_from(start).ok().and_then(|start| stream.get(start..)).unwrap_or_default()
}

/// Kind and data of each record of a part that has no parts within.
pub(crate) fn records(part: &[u8]) -> impl Iterator<Item = (u16, &[u8])> {
    let mut rest = part;
    std::iter::from_fn(move || {
        let (kind, data, behind) = split(rest)?;
        rest = behind;
        (kind != END).then_some((kind, data))
    })
}

/// The bytes before the data of a record: its kind and its length.
const HEAD: usize = 4;

/// Kind and data of the first record, and what stands behind it.
fn split(stream: &[u8]) -> Option<(u16, &[u8], &[u8])> {
    let (kind, length) = (word(stream, 0)?, usize::from(word(stream, 2)?));
    let (data, behind) = stream.get(HEAD..)?.split_at_checked(length)?;
    Some((kind, data, behind))
}

fn write(stream: &mut Vec<u8>, kind: u16, data: &[u8]) {
    let length = u16::try_from(data.len()).unwrap_or(u16::MAX);
    stream.extend(kind.to_le_bytes());
    stream.extend(length.to_le_bytes());
    stream.extend(data);
}

pub(crate) fn word(data: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(*data.get(at..)?.first_chunk()?))
}

fn long(data: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(*data.get(at..)?.first_chunk()?))
}

#[cfg(test)]
pub(crate) mod tests {
    use calamine::Data;
    use proptest::prelude::*;

    use super::*;

    const OLD: &[u8] = include_bytes!("../../../tests/data/old.xls");
    const NUMBER: u16 = 0x0203;

    /// Records, one behind the other.
    pub(crate) fn stream_of(records: &[(u16, &[u8])]) -> Vec<u8> {
        let mut stream = Vec::new();
        records.iter().for_each(|(kind, data)| write(&mut stream, *kind, data));
        stream
    }

    /// Row, column and style of a cell with the number 1.
    fn number(row: u16, column: u16, style: u16) -> Vec<u8> {
        let words = [row, column, style].map(u16::to_le_bytes).concat();
        [words, 1_f64.to_le_bytes().to_vec()].concat()
    }

    /// A workbook with one sheet of these records.
    fn book(records: &[(u16, &[u8])]) -> Vec<u8> {
        let begin = (BEGIN, &[0, 6, 5, 0, 0, 0, 0, 0][..]);
        let start = [34, 0, 0, 0, 0, 0, 1, 0, b'A'];
        let head = stream_of(&[begin, (BOUND_SHEET, &start), (END, &[])]);
        assert_eq!(head.len(), 29);
        let sheet = [&[begin][..], records, &[(END, &[])]].concat();
        packed(&[head, vec![0; 5], stream_of(&sheet)].concat()).unwrap()
    }

    fn values(bytes: &[u8]) -> Result<Vec<(usize, usize, Data)>, PackageError> {
        let mut book = open(bytes, 1_000)?.book;
        let range = book.worksheet_range("A").unwrap();
        Ok(range.used_cells().map(|(row, column, value)| (row, column, value.clone())).collect())
    }

    #[test]
    fn what_a_sheet_says_of_its_size_asks_for_no_memory() {
        let vast = [0, 0, 0, 0, 255, 255, 255, 255, 0, 0, 255, 255, 0, 0];
        let bytes = book(&[(DIMENSIONS, &vast), (NUMBER, &number(0, 0, 0))]);
        assert_eq!(values(&bytes).unwrap(), [(0, 0, Data::Float(1.0))]);
        let far = book(&[(NUMBER, &number(0, 0, 0)), (NUMBER, &number(60_000, 60_000, 0))]);
        assert!(matches!(values(&far), Err(PackageError::TooLarge { .. })));
    }

    #[test]
    fn what_stands_behind_a_chart_is_read_and_the_chart_is_not() {
        let (one, other, chart) = (number(0, 0, 0), number(0, 1, 0), number(9, 9, 0));
        let sheet =
            [(NUMBER, &one[..]), (BEGIN, &[]), (NUMBER, &chart), (END, &[]), (NUMBER, &other)];
        let values = values(&book(&sheet)).unwrap();
        assert_eq!(values, [(0, 0, Data::Float(1.0)), (0, 1, Data::Float(1.0))]);
    }

    #[test]
    fn what_leads_in_circles_or_ends_too_early_is_damaged() {
        let refused = |bytes: &[u8]| matches!(values(bytes), Err(PackageError::Damaged { .. }));
        // The sector behind the directory is the directory.
        let mut circle = OLD.to_vec();
        let field = |at: usize| u32::from_le_bytes(*OLD[at..].first_chunk().unwrap());
        let (table, directory) = (field(76), field(48));
        let entry = usize::try_from(512 + table * 512 + directory * 4).unwrap();
        circle[entry..entry + 4].copy_from_slice(&directory.to_le_bytes());
        assert!(refused(&circle));
        assert!(refused(&OLD[..OLD.len() / 2]));
    }

    #[test]
    fn sheets_that_lie_in_one_another_are_not_written_over_and_over() {
        let cell = number(0, 0, 0);
        let start = [9 * 13 + 4, 0, 0, 0, 0, 0, 1, 0, b'A'];
        let head = [&[(BOUND_SHEET, &start[..])].repeat(9)[..], &[(END, &[])]].concat();
        let stream = stream_of(&[&head[..], &[(NUMBER, &cell[..])].repeat(50)].concat());
        assert_eq!(plain(&stream), None);
    }

    proptest! {
        #[test]
        fn any_records_are_weighed(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            let _ = plain(&bytes);
            let _ = area(&bytes);
            let _ = starts(&bytes);
        }
    }
}
