//! What the records of an xls say beside the values of its cells: how numbers are shown, and what is
//! hidden.

use rustc_hash::FxHashMap;

use crate::package::workbook::old::{COLUMNS, FORMAT, ROW, XF, cells, from, records, starts, word};

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
    styles: FxHashMap<(u16, u16), u16>,
}

impl Looks {
    /// Reads the records of a workbook; what is damaged says nothing.
    pub(super) fn read(stream: &[u8]) -> Self {
        let (mut formats, mut styles) = (FxHashMap::default(), Vec::new());
        for (kind, data) in records(stream) {
            match kind {
                FORMAT => formats.extend(format(data)),
                XF => styles.push(word(data, 2).unwrap_or(0)),
                _ => {}
            }
        }
        let code = |format: &u16| {
            let builtin = || BUILTIN.iter().find(|(number, _)| number == format);
            let known = formats.get(format).cloned();
            known.unwrap_or_else(|| builtin().map_or("", |(_, code)| code).to_owned())
        };
        let sheets = starts(stream).into_iter().map(|start| SheetLook::read(from(stream, start)));
        Self { codes: styles.iter().map(code).collect(), sheets: sheets.collect() }
    }

    /// The code of the format of a cell.
    pub(super) fn code(&self, sheet: usize, place: (u32, u32)) -> &str {
        let place = (u16::try_from(place.0).ok(), u16::try_from(place.1).ok());
        let (Some(row), Some(column)) = place else { return "" };
        let style = self.sheets.get(sheet).and_then(|sheet| sheet.styles.get(&(row, column)));
        let code = style.and_then(|style| self.codes.get(usize::from(*style)));
        code.map_or("", String::as_str)
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
                kind => {
                    let cells =
                        cells(kind, data).map(|(row, column, style)| ((row, column), style));
                    sheet.styles.extend(cells);
                }
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
    use crate::package::workbook::old::tests::stream_of;

    #[test]
    fn records_tell_formats_and_what_is_hidden() {
        let wide: Vec<u8> = "0.0\"元\"".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let data = [&[164, 0, 6, 0, 1][..], &wide].concat();
        assert_eq!(format(&data), Some((164, "0.0\"元\"".to_owned())));
        let hidden = [4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x20, 0, 0, 0];
        let many = [2, 0, 1, 0, 7, 0, 0, 0, 0, 0, 8, 0, 0, 0, 0, 0, 2, 0];
        let stream = stream_of(&[
            (ROW, &hidden),
            (COLUMNS, &[3, 0, 4, 0, 0, 0, 0, 0, 1, 0]),
            (0x00BD, &many),
            (0x000A, &[]),
            (0x0203, &[99, 0, 5, 0, 3, 0, 0, 0]),
        ]);
        let sheet = SheetLook::read(&stream);
        assert_eq!((sheet.hidden_rows, sheet.hidden_columns), (vec![5], vec![4, 5]));
        let styles: Vec<_> = [1, 2, 5].map(|column| sheet.styles.get(&(2, column)).copied()).into();
        assert_eq!(styles, [Some(7), Some(8), None]);
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
