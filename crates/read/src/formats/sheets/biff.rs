//! What the records of an xls say beside the values of its cells: how numbers are shown, what is
//! hidden, and how far the cells reach.

use std::io::{Cursor, Read};

use rustc_hash::FxHashMap;

/// Kinds of records.
const FORMAT: u16 = 0x041E;
const XF: u16 = 0x00E0;
const BOUND_SHEET: u16 = 0x0085;
const END: u16 = 0x000A;
const ROW: u16 = 0x0208;
const COLUMNS: u16 = 0x007D;
const MANY_NUMBERS: u16 = 0x00BD;
/// Cells that show something: formulas, numbers, texts.
const CELLS: [u16; 10] =
    [0x0006, 0x0206, 0x0406, 0x0203, 0x027E, 0x0204, 0x00FD, 0x00D6, 0x0205, MANY_NUMBERS];

/// The formats that need no record, by their numbers.
const BUILTIN: [(u16, &str); 18] = [
    (1, "0"),
    (2, "0.00"),
    (3, "#,##0"),
    (4, "#,##0.00"),
    (9, "0%"),
    (10, "0.00%"),
    (14, "mm-dd-yy"),
    (22, "yyyy-m-d h:mm"),
    (31, "yyyy\"年\"m\"月\"d\"日\""),
    (37, "#,##0;-#,##0"),
    (38, "#,##0;-#,##0"),
    (39, "#,##0.00;-#,##0.00"),
    (40, "#,##0.00;-#,##0.00"),
    (41, "#,##0;-#,##0;\"-\""),
    (42, "#,##0;-#,##0;\"-\""),
    (43, "#,##0.00;-#,##0.00;\"-\""),
    (44, "#,##0.00;-#,##0.00;\"-\""),
    (57, "yyyy\"年\"m\"月\""),
];

/// What a workbook says beside its values.
#[derive(Debug, Default)]
pub(super) struct Looks {
    /// The codes of the number formats by the number of a cell's style.
    codes: Vec<String>,
    /// The sheets in their order.
    pub(super) sheets: Vec<SheetLook>,
}

/// What a sheet says beside its values.
#[derive(Debug, Default)]
pub(super) struct SheetLook {
    /// Rows and columns that are not shown, from 1.
    pub(super) hidden_rows: Vec<u32>,
    pub(super) hidden_columns: Vec<u32>,
    styles: FxHashMap<(u32, u32), u16>,
    /// The first and last row and column with cells.
    reach: Option<[u32; 4]>,
}

impl Looks {
    /// Reads the records of a workbook; what is damaged says nothing.
    pub(super) fn read(bytes: &[u8]) -> Self {
        let Some(stream) = stream(bytes) else { return Self::default() };
        let (mut formats, mut styles, mut starts) = (FxHashMap::default(), Vec::new(), Vec::new());
        for (kind, data) in records(&stream) {
            match kind {
                FORMAT => formats.extend(format(data)),
                XF => styles.push(word(data, 2).unwrap_or(0)),
                BOUND_SHEET => starts.push(long(data, 0).unwrap_or(u32::MAX)),
                END => break,
                _ => {}
            }
        }
        let code = |format: &u16| {
            let builtin = || BUILTIN.iter().find(|(number, _)| number == format);
            let known = formats.get(format).cloned();
            known.unwrap_or_else(|| builtin().map_or("", |(_, code)| code).to_owned())
        };
        let sheets = starts.iter().map(|start| SheetLook::read(from(&stream, *start)));
        Self { codes: styles.iter().map(code).collect(), sheets: sheets.collect() }
    }

    /// The code of the format of a cell.
    pub(super) fn code(&self, sheet: usize, place: (u32, u32)) -> &str {
        let style = self.sheets.get(sheet).and_then(|sheet| sheet.styles.get(&place));
        let code = style.and_then(|style| self.codes.get(usize::from(*style)));
        code.map_or("", String::as_str)
    }

    /// The cells of all sheets, those counted too that are empty between others.
    pub(super) fn area(&self) -> usize {
        let area = |sheet: &SheetLook| {
            sheet.reach.map_or(0, |[top, bottom, left, right]| {
                let side = |from: u32, to: u32| {
                    usize::try_from(to.saturating_sub(from)).unwrap_or(usize::MAX).saturating_add(1)
                };
                side(top, bottom).saturating_mul(side(left, right))
            })
        };
        self.sheets.iter().map(area).fold(0, usize::saturating_add)
    }
}

impl SheetLook {
    fn read(stream: &[u8]) -> Self {
        let mut sheet = Self::default();
        for (kind, data) in records(stream) {
            match kind {
                ROW => {
                    let is_hidden = data.get(12).is_some_and(|flags| flags & 0x20 != 0);
                    let row = word(data, 0).filter(|_| is_hidden);
                    sheet.hidden_rows.extend(row.map(|row| u32::from(row).saturating_add(1)));
                }
                COLUMNS => sheet.columns(data),
                kind if CELLS.contains(&kind) => sheet.cells(kind, data),
                END => break,
                _ => {}
            }
        }
        sheet.hidden_rows.sort_unstable();
        sheet
    }

    fn columns(&mut self, data: &[u8]) {
        let is_hidden = word(data, 8).is_some_and(|flags| flags & 1 != 0);
        if let (true, Some(first), Some(last)) = (is_hidden, word(data, 0), word(data, 2)) {
            let columns = (first..=last.min(255)).map(|column| u32::from(column).saturating_add(1));
            self.hidden_columns.extend(columns);
        }
    }

    fn cells(&mut self, kind: u16, data: &[u8]) {
        let (Some(row), Some(column)) = (word(data, 0), word(data, 2)) else { return };
        let one = word(data, 4).map(|style| (column, style));
        let many = data.get(4..).unwrap_or_default().chunks_exact(6);
        let many = (column..).zip(many).filter_map(|(c, cell)| Some((c, word(cell, 0)?)));
        if kind == MANY_NUMBERS {
            many.for_each(|(column, style)| self.cell(row, column, style));
        } else if let Some((column, style)) = one {
            self.cell(row, column, style);
        }
    }

    fn cell(&mut self, row: u16, column: u16, style: u16) {
        let (row, column) = (u32::from(row), u32::from(column));
        self.styles.insert((row, column), style);
        let [top, bottom, left, right] = self.reach.unwrap_or([row, row, column, column]);
        self.reach = Some([top.min(row), bottom.max(row), left.min(column), right.max(column)]);
    }
}

/// The records of a workbook.
fn stream(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut file = cfb::CompoundFile::open(Cursor::new(bytes)).ok()?;
    let mut stream = file.open_stream("/Workbook").ok()?;
    let mut records = Vec::new();
    let most = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
    stream.by_ref().take(most).read_to_end(&mut records).ok()?;
    Some(records)
}

fn from(stream: &[u8], start: u32) -> &[u8] {
    usize::try_from(start).ok().and_then(|start| stream.get(start..)).unwrap_or_default()
}

/// Kind and data of each record.
fn records(stream: &[u8]) -> impl Iterator<Item = (u16, &[u8])> {
    let mut rest = stream;
    std::iter::from_fn(move || {
        let (kind, length) = (word(rest, 0)?, usize::from(word(rest, 2)?));
        let (data, behind) = rest.get(4..)?.split_at_checked(length)?;
        rest = behind;
        Some((kind, data))
    })
}

fn word(data: &[u8], at: usize) -> Option<u16> {
    let bytes = data.get(at..at.checked_add(2)?)?;
    Some(u16::from_le_bytes(bytes.try_into().ok()?))
}

fn long(data: &[u8], at: usize) -> Option<u32> {
    let bytes = data.get(at..at.checked_add(4)?)?;
    Some(u32::from_le_bytes(bytes.try_into().ok()?))
}

/// A number format: its number and its code.
fn format(data: &[u8]) -> Option<(u16, String)> {
    let (number, length) = (word(data, 0)?, usize::from(word(data, 2)?));
    let is_wide = data.get(4)? & 1 != 0;
    let characters = data.get(5..)?;
    let code = if is_wide {
        let words = characters.chunks_exact(2).take(length).filter_map(|pair| word(pair, 0));
        char::decode_utf16(words).map(|c| c.unwrap_or('\u{fffd}')).collect()
    } else {
        characters.iter().take(length).map(|byte| char::from(*byte)).collect()
    };
    Some((number, code))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn record(kind: u16, data: &[u8]) -> Vec<u8> {
        let length = u16::try_from(data.len()).unwrap();
        [&kind.to_le_bytes()[..], &length.to_le_bytes(), data].concat()
    }

    #[test]
    fn records_tell_formats_and_what_is_hidden() {
        let wide: Vec<u8> = "0.0\"元\"".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let data = [&[164, 0, 6, 0, 1][..], &wide].concat();
        assert_eq!(format(&data), Some((164, "0.0\"元\"".to_owned())));
        let hidden = [4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x20, 0, 0, 0];
        let many = [2, 0, 1, 0, 7, 0, 0, 0, 0, 0, 8, 0, 0, 0, 0, 0, 2, 0];
        let stream = [
            record(ROW, &hidden),
            record(COLUMNS, &[3, 0, 4, 0, 0, 0, 0, 0, 1, 0]),
            record(MANY_NUMBERS, &many),
            record(0x0203, &[9, 0, 5, 0, 3, 0, 0, 0]),
            record(END, &[]),
            record(0x0203, &[99, 0, 5, 0, 3, 0, 0, 0]),
        ];
        let sheet = SheetLook::read(&stream.concat());
        assert_eq!((sheet.hidden_rows, sheet.hidden_columns), (vec![5], vec![4, 5]));
        assert_eq!(sheet.styles.get(&(2, 2)), Some(&8));
        assert_eq!(sheet.reach, Some([2, 9, 1, 5]));
    }

    proptest! {
        #[test]
        fn any_records_are_read(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            let _ = SheetLook::read(&bytes);
            let _ = format(&bytes);
            let _ = Looks::read(&bytes);
        }
    }
}
