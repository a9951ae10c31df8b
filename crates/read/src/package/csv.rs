//! Sheets as comma-separated values (RFC 4180), as spreadsheets save them.

use juesuan_model::{Input, SheetRow};

use super::{MOST_ROWS, PackageError};

/// The rows that hold anything, with the numbers that a spreadsheet gives them: blank lines count,
/// lines within quotes do not.
pub(super) fn rows(name: &str, text: &str) -> Result<Vec<SheetRow>, PackageError> {
    let text = text.trim_start_matches('\u{feff}');
    if is_plain(text) {
        return plain_rows(name, text);
    }
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
    let mut rows = Vec::new();
    let mut record = csv::StringRecord::new();
    let mut number = 0_u32;
    while reader.read_record(&mut record).map_err(|error| malformed(&error))? {
        number = number.saturating_add(1).saturating_add(blank_lines(text, &record));
        let cells: Vec<Input> = record.iter().map(Input::typed).collect();
        add(&mut rows, name, SheetRow { number, cells })?;
    }
    Ok(rows)
}

/// Whether each line is a row and each comma ends a cell: nothing is quoted, and no line ends the way it did
/// on old machines.
fn is_plain(text: &str) -> bool {
    !text.contains('"') && text.matches('\r').count() == text.matches("\r\n").count()
}

/// The same without what quotes need. A department of thousands of units has tens of thousands of small files,
/// and setting up a reader for each takes longer than reading them.
fn plain_rows(name: &str, text: &str) -> Result<Vec<SheetRow>, PackageError> {
    let mut rows = Vec::new();
    for (number, line) in (1_u32..).zip(text.lines()) {
        let cells: Vec<Input> = line.split(',').map(Input::typed).collect();
        add(&mut rows, name, SheetRow { number, cells })?;
    }
    Ok(rows)
}

/// Adds a row that holds anything.
fn add(rows: &mut Vec<SheetRow>, name: &str, row: SheetRow) -> Result<(), PackageError> {
    if row.cells.iter().all(|cell| *cell == Input::Empty) {
        return Ok(());
    }
    if rows.len() >= MOST_ROWS {
        return Err(PackageError::TooManyRows { sheet: name.to_owned() });
    }
    rows.push(row);
    Ok(())
}

/// The blank lines before a record, which the reader passes over.
fn blank_lines(text: &str, record: &csv::StringRecord) -> u32 {
    let start = record.position().map_or(0, csv::Position::byte);
    let start = usize::try_from(start).unwrap_or(usize::MAX);
    let (before, from_there) = text.as_bytes().split_at_checked(start).unwrap_or_default();
    // The reader stops between the two characters that end a line.
    let halved = usize::from(before.ends_with(b"\r") && from_there.starts_with(b"\n"));
    let ends = from_there.iter().take_while(|b| matches!(**b, b'\r' | b'\n'));
    let lines = ends.filter(|b| **b == b'\n').count().saturating_sub(halved);
    u32::try_from(lines).unwrap_or(0)
}

fn malformed(error: &csv::Error) -> PackageError {
    let line = error.position().map_or(0, csv::Position::line);
    PackageError::Malformed {
        line: u32::try_from(line).unwrap_or(u32::MAX),
        why: format!("不是规范的 CSV（{error}）；请用表格软件另存为“CSV UTF-8（逗号分隔）”"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_keep_their_numbers_and_quotes() {
        let rows = rows("甲", "\u{feff}科目,金额\r\n\r\n\"甲,\n乙\",\"1,200.00\"\r\n,\r\n丙,3\r\n")
            .unwrap();
        let shown: Vec<(u32, Vec<String>)> =
            rows.iter().map(|r| (r.number, r.cells.iter().map(Input::shown).collect())).collect();
        let row = |number, a: &str, b: &str| (number, vec![a.to_owned(), b.to_owned()]);
        assert_eq!(
            shown,
            [row(1, "科目", "金额"), row(3, "甲,\n乙", "1,200.00"), row(5, "丙", "3")]
        );
    }

    proptest::proptest! {
        #[test]
        fn what_is_not_quoted_is_read_as_the_reader_reads_it(text in "[,\n甲1 a]{0,60}") {
            let quoted = format!("{text}\n\"\"");
            let both = (rows("甲", &text), rows("甲", &quoted));
            proptest::prop_assert_eq!(both.0, both.1);
        }

        #[test]
        fn no_text_stops_it(text in "[\",\r\n甲1a \\t]{0,60}") {
            let _ = rows("甲", &text);
        }
    }
}
