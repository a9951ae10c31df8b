//! The manuscript of a disclosure: what is printed in which order, with slots for everything that
//! follows from facts. The page for those who write one is `docs/manuscript.md`.

mod inline;
mod lines;

use std::sync::Arc;

use crate::error::SchemeError;
use crate::formula::{CellRef, Expression, Formula, RowRef};
use crate::names::Names;
use crate::scheme::{BASE, Files, Scheme};

/// A manuscript.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Manuscript {
    /// What is printed, in order.
    pub nodes: Vec<Node>,
}

/// A part of a manuscript.
#[derive(Clone, Debug, PartialEq)]
pub enum Node {
    /// `@标题`: the title on the cover.
    Title(Line),
    /// `@副标题`: a line below it.
    Subtitle(Line),
    /// `#` to `####`: a heading; 1 for the highest.
    Heading {
        /// How deep.
        level: u8,
        /// Whether it gets the next number of its level.
        is_numbered: bool,
        /// Its words.
        line: Line,
    },
    /// A paragraph.
    Paragraph {
        /// How it is numbered.
        numbering: Numbering,
        /// Its words.
        line: Line,
    },
    /// `@目录`: the contents.
    Contents,
    /// `@表`: a statutory form, or all of them with a heading each (`None`).
    Form(Option<Arc<str>>),
    /// `@项目自评表`: the self-evaluation form of the current project.
    ProjectForm,
    /// `@整体自评表`: the self-evaluation form of the current unit as a whole.
    WholeForm,
    /// `@每 表 行`: its body once for each row.
    Each {
        /// The rows.
        rows: Loop,
        /// What is printed for each.
        body: Vec<Node>,
    },
    /// `@若 条件`: its body where the condition holds.
    When {
        /// The condition.
        condition: Formula,
        /// What is printed where it holds.
        body: Vec<Node>,
        /// What is printed where it does not (`@否则`).
        otherwise: Vec<Node>,
    },
}

/// Which rows a body is printed for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Rows {
    /// Those of a set of the formula language.
    Set(RowRef),
    /// 本类各项: the items of the current class.
    ItemsOfClass,
    /// `301、303下级`: what stands directly under these rows.
    Under(Vec<Arc<str>>),
}

/// The rows that something is printed for.
#[derive(Clone, Debug, PartialEq)]
pub struct Loop {
    /// The form or record.
    pub form: Arc<str>,
    /// Which rows.
    pub rows: Rows,
    /// Which of these.
    pub when: Option<Formula>,
}

/// How a paragraph is numbered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Numbering {
    /// Not at all.
    None,
    /// `+`: （一）
    Subsection,
    /// `-`: 1.
    Item,
    /// `--`: （1）
    Subitem,
}

/// Words with slots.
pub type Line = Vec<Piece>;

/// A stretch of a line.
#[derive(Clone, Debug, PartialEq)]
pub enum Piece {
    /// Words as they stand.
    Words(Arc<str>),
    /// `{公式}`, `{公式:率}`: a value, printed as its kind wants.
    Figure {
        /// What it is worth.
        expression: Expression,
        /// How it is printed.
        style: Style,
    },
    /// `{文:表[行].栏}`: words that were handed in.
    Text(CellRef),
    /// `{部门}` and its like.
    Name(Name),
    /// `【若 条件：甲｜乙】`
    When {
        /// The condition.
        condition: Formula,
        /// What is printed where it holds.
        then: Line,
        /// What is printed where it does not.
        otherwise: Line,
    },
    /// `【每 表 行 当 条件 隔；：文字】`: the words for each row.
    Each {
        /// The rows.
        rows: Loop,
        /// What stands between two; 、 unless said otherwise.
        between: Arc<str>,
        /// The words.
        body: Line,
    },
}

/// How a value is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// An amount in 万元 with two decimals.
    Amount,
    /// `率`: a percentage with two decimals.
    Rate,
    /// `个`: a whole number.
    Count,
    /// `分`: points with two decimals.
    Points,
    /// `增减`: 增加, 减少 or 持平.
    Change,
    /// `增降`: 增长, 降低 or 持平.
    Growth,
    /// `大小`: 大于, 小于 or 等于.
    Compared,
}

impl Style {
    const NAMES: [(Self, &'static str); 7] = [
        (Self::Amount, "万元"),
        (Self::Rate, "率"),
        (Self::Count, "个"),
        (Self::Points, "分"),
        (Self::Change, "增减"),
        (Self::Growth, "增降"),
        (Self::Compared, "大小"),
    ];
}

/// What a name in a slot stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Name {
    /// `{部门}`: the name of the department.
    Department,
    /// `{年度}`: the year of the accounts.
    Year,
    /// `{名称}`: what the current row is called.
    Row,
    /// `{科目}`: the current code by class, section and item.
    Code,
}

impl Name {
    const NAMES: [(Self, &'static str); 4] = [
        (Self::Department, "部门"),
        (Self::Year, "年度"),
        (Self::Row, "名称"),
        (Self::Code, "科目"),
    ];
}

impl Loop {
    /// Reads `表 行` or `表 行 当 条件`. On failure says at which byte.
    fn read(text: &str, names: &Names<'_>) -> Result<Self, (usize, String)> {
        let (what, when) = match text.split_once(" 当 ") {
            Some((what, when)) => (what, Some(when)),
            None => (text, None),
        };
        let shape = || {
            let sets = "每行、各类、各项、下级、本类各项 或 301下级";
            (0, format!("应写作 每 表名 行，行为{sets}"))
        };
        let (form, rows) = what.trim().rsplit_once(' ').ok_or_else(shape)?;
        let rows = match (rows, rows.strip_suffix("下级")) {
            ("每行", _) => Rows::Set(RowRef::All),
            ("各类", _) => Rows::Set(RowRef::Classes),
            ("各项", _) => Rows::Set(RowRef::Items),
            ("下级", _) => Rows::Set(RowRef::Children),
            ("本类各项", _) => Rows::ItemsOfClass,
            (_, Some(above)) => Rows::Under(above.split('、').map(Arc::from).collect()),
            _ => return Err(shape()),
        };
        let form = names.form(form.trim()).map_err(|why| (0, why))?;
        let when_at = what.len() + " 当 ".len();
        let condition =
            |when| inline::condition(when, names).map_err(|(byte, why)| (when_at + byte, why));
        Ok(Self { form, rows, when: when.map(condition).transpose()? })
    }
}

impl Manuscript {
    /// Loads the manuscript of a scheme. The records of its packages must have been added before.
    ///
    /// # Errors
    /// Names the file, the line and what is wrong.
    pub fn load(files: &Files, scheme: &Scheme) -> Result<Self, SchemeError> {
        let [own, base] = [&*scheme.id, BASE].map(|layer| format!("{layer}/manuscript.md"));
        let found = files.get(&*own).map(|text| (&own, text));
        let found = found.or_else(|| files.get(&*base).map(|text| (&base, text)));
        let (path, text) =
            found.ok_or_else(|| SchemeError::whole(&base, "缺少这个文件，不能编写文稿"))?;
        let names = Names { forms: &scheme.forms, records: &scheme.records, spoken: &[] };
        Ok(Self { nodes: lines::read(path, text, &names)? })
    }
}
