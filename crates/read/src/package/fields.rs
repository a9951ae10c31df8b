//! Sheets of one record as TOML: a label and a value a line.

use juesuan_model::{Input, SheetRow};
use toml::de::{DeTable, DeValue};

use super::PackageError;

/// A row for each label: label, value.
pub(super) fn rows(text: &str) -> Result<Vec<SheetRow>, PackageError> {
    let text = text.trim_start_matches('\u{feff}');
    let line = |at: usize| {
        let before = text.as_bytes().get(..at).unwrap_or_default();
        u32::try_from(memchr::memchr_iter(b'\n', before).count()).map_or(u32::MAX, |n| n + 1)
    };
    let table = DeTable::parse(text).map_err(|error| PackageError::Malformed {
        line: error.span().map_or(0, |span| line(span.start)),
        why: format!("不是规范的 TOML（{}）；每行应写作 名称 = \"内容\"", error.message()),
    })?;
    let mut rows: Vec<SheetRow> = table
        .get_ref()
        .iter()
        .map(|(label, value)| SheetRow {
            number: line(label.span().start),
            cells: vec![Input::typed(label.get_ref()), input(value.get_ref())],
        })
        .collect();
    rows.sort_by_key(|row| row.number);
    Ok(rows)
}

fn input(value: &DeValue<'_>) -> Input {
    match value {
        DeValue::String(text) => Input::typed(text),
        // As written, so that no digit is lost to a binary fraction.
        DeValue::Integer(number) => number_of(number.as_str()),
        DeValue::Float(number) => number_of(number.as_str()),
        DeValue::Boolean(yes) => Input::Text(if *yes { "是" } else { "否" }.into()),
        DeValue::Datetime(day) => Input::Date(day.to_string().into()),
        DeValue::Array(_) | DeValue::Table(_) => Input::Unusable("应是一个值，不是一组值".into()),
    }
}

fn number_of(digits: &str) -> Input {
    match digits.replace('_', "").parse() {
        Ok(number) => Input::Number(number),
        Err(_) => Input::Unusable(digits.into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_rows_in_the_order_they_stand() {
        let text = "# 单位\n\"单位名称\" = \"水务局\"\n\"年度\" = 2024\n\n\"金额\" = 1200.50\n\"组\" = [1]\n";
        let rows = rows(text).unwrap();
        let cells: Vec<(u32, &Input)> = rows.iter().map(|r| (r.number, &r.cells[1])).collect();
        assert_eq!(cells[0], (2, &Input::Text("水务局".into())));
        assert_eq!(cells[1], (3, &Input::Number(2024.into())));
        assert_eq!(cells[2], (5, &Input::Number("1200.50".parse().unwrap())));
        assert!(matches!(cells[3].1, Input::Unusable(_)));
    }

    #[test]
    fn what_is_no_toml_is_named_by_its_line() {
        let error = rows("\"甲\" = 1\n乙乙\n").unwrap_err();
        assert!(matches!(error, PackageError::Malformed { line: 2, .. }), "{error}");
    }
}
