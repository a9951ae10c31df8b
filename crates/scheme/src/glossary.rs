//! The glossary of a scheme: what terms and items mean, printed where they are used.

use std::sync::Arc;

use rustc_hash::FxHashMap;
use serde::Deserialize;

use crate::error::SchemeError;
use crate::formula::{Formula, parse};
use crate::names::Names;
use crate::scheme::{BASE, Files, Scheme};

/// What terms and items mean.
#[derive(Clone, Debug, Default)]
pub struct Glossary {
    /// Terms in the order they are printed.
    pub terms: Vec<Term>,
    /// Items by their codes.
    codes: FxHashMap<Arc<str>, Arc<str>>,
    /// Items by their names, which mean the same in every class.
    names: FxHashMap<Arc<str>, Arc<str>>,
}

/// A term.
#[derive(Clone, Debug)]
pub struct Term {
    /// The term.
    pub name: Arc<str>,
    /// What it means.
    pub words: Arc<str>,
    /// When it is printed; `None` for always.
    pub when: Option<Formula>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    term: Vec<RawTerm>,
    #[serde(default)]
    item: Vec<RawItem>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawTerm {
    name: Arc<str>,
    words: Arc<str>,
    #[serde(default)]
    when: Option<Arc<str>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawItem {
    #[serde(default)]
    code: Option<Arc<str>>,
    #[serde(default)]
    name: Option<Arc<str>>,
    words: Arc<str>,
}

impl Glossary {
    /// Loads the glossary of the base, and over it that of the scheme. A scheme may be without one.
    ///
    /// # Errors
    /// Names the file and what is wrong: a condition that cannot be read, an item with code and
    /// name or with neither, one that no catalogue knows.
    pub fn load(files: &Files, scheme: &Scheme) -> Result<Self, SchemeError> {
        let mut glossary = Self::default();
        let own = (scheme.id.as_ref() != BASE).then(|| format!("{}/glossary.toml", scheme.id));
        for path in std::iter::once(format!("{BASE}/glossary.toml")).chain(own) {
            if let Some(text) = files.get(&*path) {
                glossary.add(&path, text, scheme)?;
            }
        }
        Ok(glossary)
    }

    fn add(&mut self, path: &str, text: &str, scheme: &Scheme) -> Result<(), SchemeError> {
        let file: File = crate::toml_file(path, text)?;
        let names = Names { forms: &scheme.forms, records: &scheme.records, spoken: &[] };
        for raw in file.term {
            let when = raw.when.as_ref().map(|source| {
                let mut formula = parse(source).map_err(|e| e.in_file(path, text, source))?;
                let fault = |why| SchemeError::whole(path, format!("“{}”：{why}", raw.name));
                names.resolve(&mut formula).map_err(fault)?;
                Ok(formula)
            });
            let term = Term { when: when.transpose()?, name: raw.name, words: raw.words };
            match self.terms.iter_mut().find(|known| known.name == term.name) {
                Some(known) => *known = term,
                None => self.terms.push(term),
            }
        }
        for RawItem { code, name, words } in file.item {
            let fault = |why: String| Err(SchemeError::whole(path, why));
            match (code, name) {
                (Some(code), None) if scheme.functional.get(&code).is_some() => {
                    self.codes.insert(code, words);
                }
                (Some(code), None) => return fault(format!("目录里没有科目 {code}")),
                (None, Some(name)) => {
                    self.names.insert(name, words);
                }
                _ => return fault(format!("“{words}”应写 code 或 name 之一")),
            }
        }
        Ok(())
    }

    /// What an item means: by its code, or by its name.
    #[must_use]
    pub fn item(&self, code: &str, name: Option<&str>) -> Option<&Arc<str>> {
        self.codes.get(code).or_else(|| self.names.get(name?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn load(text: &'static str) -> Result<Glossary, SchemeError> {
        let scheme = crate::load(&crate::embedded(), BASE).unwrap();
        let files: Files = [("cn/glossary.toml".into(), text.into())].into_iter().collect();
        Glossary::load(&files, &scheme)
    }

    #[test]
    fn items_are_explained_by_code_before_name() {
        let text = "[[item]]\nname = \"行政运行\"\nwords = \"甲\"\n[[item]]\ncode = \"2010301\"\nwords = \"乙\"\n";
        let glossary = load(text).unwrap();
        let words = |code, name| glossary.item(code, name).map(|words| &**words);
        assert_eq!(words("2010101", Some("行政运行")), Some("甲"));
        assert_eq!(words("2010301", Some("行政运行")), Some("乙"));
        assert_eq!(words("2010302", Some("一般行政管理事务")), None);
        assert_eq!(words("2010101", None), None);
    }

    #[test]
    fn faults_are_named() {
        let why = |text: &'static str| load(text).unwrap_err().to_string();
        assert!(why("[[item]]\nwords = \"甲\"\n").contains("code 或 name"));
        assert!(why("[[item]]\ncode = \"9999999\"\nwords = \"甲\"\n").contains("9999999"));
        let when = "[[term]]\nname = \"甲\"\nwords = \"乙\"\nwhen = \"没有的表[合计].甲 > 0\"\n";
        assert!(why(when).contains("甲"));
    }
}
