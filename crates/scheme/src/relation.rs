//! Relations: words first, then a formula over cells.

use std::sync::Arc;

use borsh::{BorshDeserialize, BorshSerialize};
use juesuan_model::Severity;
use serde::Deserialize;

use crate::error::SchemeError;
use crate::formula::{Formula, parse};

/// A relation of a scheme.
#[derive(Clone, Debug, BorshDeserialize, BorshSerialize)]
pub struct Relation {
    /// Its code, as in `TAB001`.
    pub code: Arc<str>,
    /// What it finds, named as the fault.
    pub title: Arc<str>,
    /// The title in English.
    pub english: Arc<str>,
    /// What it demands, in words.
    pub words: Arc<str>,
    /// For which rows it is evaluated.
    pub each: Option<Each>,
    /// For which columns it is evaluated; empty when it names none with `每列`.
    pub columns: Vec<Arc<str>>,
    /// When it applies.
    pub when: Option<Formula>,
    /// The comparisons; each is an outcome of its own.
    pub formulas: Vec<Written>,
    /// How grave a break is.
    pub severity: Severity,
    /// The law or form it rests on.
    pub basis: Arc<str>,
    /// What to do, or what it often comes from.
    pub hint: Arc<str>,
    /// Which known relations and faults it decides.
    pub covers: Vec<Arc<str>>,
    /// Whether it restates what others demand, so that it never counts as a cause of its own.
    pub derived: bool,
}

/// A formula and how it is written.
#[derive(Clone, Debug, BorshDeserialize, BorshSerialize)]
pub struct Written {
    /// The comparison.
    pub formula: Formula,
    /// The formula as written.
    pub source: Arc<str>,
}

/// The rows a relation is evaluated for.
#[derive(Clone, Debug, PartialEq, Eq, BorshDeserialize, BorshSerialize)]
pub struct Each {
    /// The form or record whose rows they are.
    pub form: Arc<str>,
    /// Which of them.
    pub rows: EachRows,
}

/// Which rows of a form a relation is evaluated for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, BorshDeserialize, BorshSerialize)]
pub enum EachRows {
    /// 每行: every row, the total too.
    All,
    /// 上级行: the total and every code with codes beneath it.
    Parents,
    /// 上级科目: every code with codes beneath it.
    ParentCodes,
    /// 支出行: the rows of the right side of a form of two sides.
    Right,
    /// 各科目: every row with a code.
    Codes,
    /// 各类: every row of class level.
    Classes,
    /// 各项: every row of item level.
    Items,
}

impl EachRows {
    fn named(name: &str) -> Option<Self> {
        Some(match name {
            "每行" | "rows" => Self::All,
            "上级行" | "parents" => Self::Parents,
            "上级科目" | "parent codes" => Self::ParentCodes,
            "支出行" | "right" => Self::Right,
            "各科目" | "codes" => Self::Codes,
            "各类" | "classes" => Self::Classes,
            "各项" | "items" => Self::Items,
            _ => return None,
        })
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    relation: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    code: Arc<str>,
    title: Arc<str>,
    english: Arc<str>,
    words: Arc<str>,
    #[serde(default)]
    each: String,
    #[serde(default)]
    columns: Vec<Arc<str>>,
    #[serde(default)]
    when: String,
    formula: Vec<Arc<str>>,
    #[serde(default)]
    severity: String,
    basis: Arc<str>,
    #[serde(default)]
    hint: Arc<str>,
    #[serde(default)]
    covers: Vec<Arc<str>>,
    #[serde(default)]
    derived: bool,
}

impl Relation {
    /// Reads a file of relations. Names in formulas are not yet replaced by ids.
    ///
    /// # Errors
    /// Names the file, the line and what is wrong.
    pub(crate) fn parse_file(file: &str, source: &str) -> Result<Vec<Self>, SchemeError> {
        let written: File = crate::toml_file(file, source)?;
        written.relation.into_iter().map(|w| w.read(file, source)).collect()
    }
}

impl Entry {
    fn read(self, file: &str, source: &str) -> Result<Relation, SchemeError> {
        let at = |needle: &str, message: String| {
            SchemeError::at(file, source, source.find(needle).unwrap_or(0), message)
        };
        let read = |text: &str| parse(text).map_err(|e| e.in_file(file, source, text));
        let each = match self.each.split_once(' ') {
            _ if self.each.is_empty() => None,
            Some((form, rows)) => {
                let rows = EachRows::named(rows.trim()).ok_or_else(|| {
                    at(
                        &self.each,
                        format!(
                            "“{rows}”应为 每行、上级行、上级科目、支出行、各科目、各类 或 各项"
                        ),
                    )
                })?;
                Some(Each { form: form.into(), rows })
            }
            None => return Err(at(&self.each, "each 应写作“表名 每行”".to_owned())),
        };
        let severity = match self.severity.as_str() {
            "" => Severity::Error,
            id => Severity::from_id(id)
                .ok_or_else(|| at(id, format!("严重程度“{id}”应为 error、warning 或 note")))?,
        };
        let when = (!self.when.is_empty()).then(|| read(&self.when)).transpose()?;
        let formulas =
            self.formula.into_iter().map(|source| Ok(Written { formula: read(&source)?, source }));
        Ok(Relation {
            formulas: formulas.collect::<Result<_, SchemeError>>()?,
            code: self.code,
            title: self.title,
            english: self.english,
            words: self.words,
            each,
            columns: self.columns,
            when,
            severity,
            basis: self.basis,
            hint: self.hint,
            covers: self.covers,
            derived: self.derived,
        })
    }
}
