//! One cell of a file of a package, with everything else left as it is.

use toml::de::DeTable;

/// A CSV with other words in a cell. Rows are counted from 1 as spreadsheets do, columns from 0.
/// `None` when it has no such cell.
#[must_use]
pub fn with_cell(text: &str, row: u32, column: usize, words: &str) -> Option<String> {
    let mut scanner = Scanner { text, at: 0 };
    for _ in 1..row {
        scanner.row(None)?;
    }
    let (start, end) = scanner.row(Some(column))?;
    let is_plain = !words.contains(['"', ',', '\n', '\r']) && words.trim() == words;
    let quoted =
        if is_plain { words.to_owned() } else { format!("\"{}\"", words.replace('"', "\"\"")) };
    Some(format!("{}{quoted}{}", text.get(..start)?, text.get(end..)?))
}

/// Goes through the fields of a CSV.
struct Scanner<'a> {
    text: &'a str,
    at: usize,
}

impl Scanner<'_> {
    /// Passes over a row; gives where the wanted field of it begins and ends. `None` at the end of
    /// the text, or when the row has no such field.
    fn row(&mut self, wanted: Option<usize>) -> Option<(usize, usize)> {
        if self.at >= self.text.len() {
            return None;
        }
        let mut found = wanted.is_none().then_some((0, 0));
        let mut column = 0_usize;
        loop {
            let start = self.at;
            let end = self.field();
            if wanted == Some(column) {
                found = Some((start, end));
            }
            column = column.saturating_add(1);
            let rest = self.text.get(end..).unwrap_or("");
            let step = if rest.starts_with("\r\n") { 2 } else { usize::from(!rest.is_empty()) };
            self.at = end.saturating_add(step);
            if !rest.starts_with(',') {
                return found;
            }
        }
    }

    /// The end of the field that begins here.
    fn field(&self) -> usize {
        let rest = self.text.get(self.at..).unwrap_or("");
        // A mark of the encoding before the first quote is none of the field's.
        let lead = rest.len().saturating_sub(rest.trim_start_matches('\u{feff}').len());
        let mut is_quoted = rest.get(lead..).is_some_and(|field| field.starts_with('"'));
        let mut was_quoted = false;
        let first = lead.saturating_add(usize::from(is_quoted));
        for (at, c) in rest.char_indices().filter(|(at, _)| *at >= first) {
            match c {
                '"' if is_quoted || was_quoted => {
                    was_quoted = is_quoted;
                    is_quoted = !is_quoted;
                }
                ',' | '\n' | '\r' if !is_quoted => return self.at.saturating_add(at),
                _ => was_quoted = false,
            }
        }
        self.text.len()
    }
}

/// A TOML with another value of a field. `None` when it has no such field, or is no TOML.
#[must_use]
pub fn with_field(text: &str, label: &str, words: &str) -> Option<String> {
    let lead = text.len().saturating_sub(text.trim_start_matches('\u{feff}').len());
    let table = DeTable::parse(text.get(lead..)?).ok()?;
    let (_, value) = table.get_ref().iter().find(|(known, _)| known.get_ref().trim() == label)?;
    let span = value.span();
    let (start, end) = (span.start.saturating_add(lead), span.end.saturating_add(lead));
    Some(format!("{}{}{}", text.get(..start)?, toml_string(words), text.get(end..)?))
}

/// Words as a string of TOML on one line.
fn toml_string(words: &str) -> String {
    let mut out = String::from("\"");
    for c in words.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            c if c.is_control() => out.push_str(&format!("\\u{:04X}", u32::from(c))),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn one_cell_changes_and_nothing_else() {
        let csv = "\u{feff}对象,内容\r\n\r\n\"甲,\n\"\"乙\"\"\",原因\r\n丙,\"旧,的\"\r\n";
        let put = |row, column, words| with_cell(csv, row, column, words);
        assert_eq!(put(3, 1, "新").unwrap(), csv.replace("原因", "新"));
        assert_eq!(put(4, 1, "新").unwrap(), csv.replace("\"旧,的\"", "新"));
        assert_eq!(
            put(4, 1, "说“好”,\"是\"").unwrap(),
            csv.replace("\"旧,的\"", "\"说“好”,\"\"是\"\"\"")
        );
        assert_eq!(put(3, 0, "新").unwrap(), csv.replace("\"甲,\n\"\"乙\"\"\"", "新"));
        assert_eq!((put(4, 2, "新"), put(9, 0, "新")), (None, None));
    }

    #[test]
    fn one_field_changes_and_nothing_else() {
        let toml = "# 说明\n\"目标\" = '''旧\n的''' # 注\n\"年度\" = 2024\n";
        let put = |label, words| with_field(toml, label, words);
        assert_eq!(
            put("目标", "新\"的\"\n二").unwrap(),
            toml.replace("'''旧\n的'''", "\"新\\\"的\\\"\\n二\"")
        );
        assert_eq!(put("没有", "新"), None);
        assert_eq!(with_field("坏", "坏", "新"), None);
    }

    proptest! {
        #[test]
        fn any_words_read_back(words in "[\"',\\\\甲乙 \n\t#=]{0,20}") {
            let toml = with_field("\"甲\" = 1\nb = 2\n", "甲", &words).unwrap();
            let table = DeTable::parse(&toml).unwrap();
            let (_, value) = table.get_ref().iter().find(|(label, _)| &**label.get_ref() == "甲").unwrap();
            prop_assert_eq!(value.get_ref().as_str(), Some(&*words));
            let csv = with_cell("a,b\nc,d\n", 2, 0, &words).unwrap();
            prop_assert!(csv.starts_with("a,b\n") && csv.ends_with(",d\n"));
        }

        #[test]
        fn no_text_stops_it(text in "[\",\r\n甲1a]{0,40}", row in 0_u32..5, column in 0_usize..4) {
            let _ = with_cell(&text, row, column, "新");
            let _ = with_field(&text, "甲", "新");
        }
    }
}
