//! Catalogues of codes: functional and economic classification of a year.

use std::sync::Arc;

use borsh::{BorshDeserialize, BorshSerialize};
use rustc_hash::FxHashMap;

use crate::error::SchemeError;

/// A list of codes with their names.
#[derive(Clone, Debug, Default, BorshDeserialize, BorshSerialize)]
#[borsh(init = index)]
pub struct Catalogue {
    /// The entries in the order of the file.
    pub entries: Vec<Entry>,
    #[borsh(skip)]
    by_code: FxHashMap<Arc<str>, usize>,
}

/// A code of a catalogue.
#[derive(Clone, Debug, PartialEq, Eq, BorshDeserialize, BorshSerialize)]
pub struct Entry {
    /// Its digits: 3 a class, 5 a section, 7 an item.
    pub code: Arc<str>,
    /// Its name in that year.
    pub name: Arc<str>,
    /// The names it had before; printing one today is a fault.
    pub former: Vec<Arc<str>>,
}

/// The first line of every catalogue file.
const HEAD: &str = "code,name,former,source";

impl Catalogue {
    /// Reads lines of `code,name,former,source`; former names are separated by `;`. No field
    /// contains a comma, except the last.
    ///
    /// # Errors
    /// Names the line that is wrong: no digits, no name, a code said twice.
    pub fn parse(file: &str, source: &str) -> Result<Self, SchemeError> {
        let mut catalogue = Self::default();
        let mut at = 0;
        for (index, line) in source.lines().enumerate() {
            let here = at;
            at += line.len() + 1;
            if index == 0 {
                if line.trim_start_matches('\u{feff}').trim_end() == HEAD {
                    continue;
                }
                return Err(SchemeError::at(file, source, 0, format!("第一行应为 {HEAD}")));
            }
            if line.trim().is_empty() {
                continue;
            }
            catalogue.add(line).map_err(|why| SchemeError::at(file, source, here, why))?;
        }
        Ok(catalogue)
    }

    fn add(&mut self, line: &str) -> Result<(), String> {
        let mut fields = line.splitn(4, ',').map(str::trim);
        let (code, name) = (fields.next().unwrap_or(""), fields.next().unwrap_or(""));
        let former = fields.next().unwrap_or("");
        if code.len() < 3 || !code.bytes().all(|b| b.is_ascii_digit()) {
            return Err(format!("“{code}”不是科目编码，应为 3、5 或 7 位数字"));
        }
        if name.is_empty() {
            return Err(format!("编码 {code} 没有名称"));
        }
        let code: Arc<str> = code.into();
        if self.by_code.insert(code.clone(), self.entries.len()).is_some() {
            return Err(format!("编码 {code} 出现两次"));
        }
        let former = former.split(';').filter(|f| !f.is_empty()).map(Arc::from).collect();
        self.entries.push(Entry { code, name: name.into(), former });
        Ok(())
    }

    /// Finds the entries again that were stored without their index.
    fn index(&mut self) {
        let codes = self.entries.iter().enumerate().map(|(at, entry)| (entry.code.clone(), at));
        self.by_code = codes.collect();
    }

    /// The entry of a code.
    #[must_use]
    pub fn get(&self, code: &str) -> Option<&Entry> {
        self.entries.get(*self.by_code.get(code)?)
    }

    /// The name of a code.
    #[must_use]
    pub fn name(&self, code: &str) -> Option<&str> {
        self.get(code).map(|entry| &*entry.name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_catalogue_gives_names_and_former_names() {
        let text = "code,name,former,source\n208,社会保障和就业支出,,甲\n20805,行政事业单位养老支出,行政事业单位离退休,乙,丙\n";
        let catalogue = Catalogue::parse("c.csv", text).unwrap();
        assert_eq!(catalogue.name("208"), Some("社会保障和就业支出"));
        let former = &catalogue.get("20805").unwrap().former;
        assert_eq!(former.as_slice(), [Arc::from("行政事业单位离退休")]);
        assert_eq!(catalogue.name("299"), None);
    }

    #[test]
    fn a_wrong_line_is_named() {
        let text = "code,name,former,source\n208,甲,,\n208,乙,,\n";
        let error = Catalogue::parse("c.csv", text).unwrap_err();
        assert_eq!(error.to_string(), "c.csv:3:1：编码 208 出现两次\n  | 208,乙,,");
    }
}
