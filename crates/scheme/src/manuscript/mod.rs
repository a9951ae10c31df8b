//! The manuscript of a disclosure: what is printed in which order, with slots for everything that
//! follows from facts. The page for those who write one is `docs/manuscript.md`.

mod inline;
mod lines;
mod pictures;
mod tables;

use std::sync::Arc;

use crate::error::SchemeError;
use crate::formula::{CellRef, Expression, Formula, RowRef};
use crate::names::Names;
use crate::scheme::{BASE, Files, Scheme};
pub use tables::{TableCell, TableForm};

/// A manuscript.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Manuscript {
    /// What is printed, in order.
    pub nodes: Vec<Node>,
    /// How the self-evaluation forms are laid out.
    pub layouts: Vec<TableForm>,
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
    /// `@自评表`: how a self-evaluation form is laid out.
    Table(TableForm),
    /// `| 甲 | 乙`: a row of such a form.
    Row(Vec<TableCell>),
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
    /// `@图 标题｜单位｜系列；系列`: a picture of the figures that stand in it.
    Picture {
        /// What it says of all of them.
        frame: Frame,
        /// Its bars, with `@每` and `@若` around them.
        body: Vec<Node>,
    },
    /// `- 标签：公式；公式` in a picture: a label with a figure for each series.
    Bar {
        /// What the figures are of.
        label: Line,
        /// What each is worth.
        figures: Vec<Expression>,
    },
}

/// What is said of a picture as a whole.
#[derive(Clone, Debug, PartialEq)]
pub struct Frame {
    /// What it shows.
    pub title: Line,
    /// The unit of its figures, as it is printed.
    pub unit: Arc<str>,
    /// How its figures are printed.
    pub style: Style,
    /// The names of its series.
    pub series: Vec<Arc<str>>,
    /// `最大 5`: how many labels are shown, those with the biggest first figures.
    pub most: Option<usize>,
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
    /// `其中甲、乙`: these parts of the current row, whether there is anything in them or not.
    Parts(Vec<Arc<str>>),
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
    /// `{有:表[行].栏}`: words that may be missing.
    Optional(CellRef),
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
            let sets = "每行、各类、各项、下级、本类各项、301下级 或 其中甲、乙";
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
            (parts, None) if parts.starts_with("其中") => {
                let parts = parts.trim_start_matches("其中");
                Rows::Parts(parts.split('、').map(Arc::from).collect())
            }
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
        let nodes = nodes(files, scheme, "manuscript.md")?;
        let forms = nodes_of_forms(files, scheme)?;
        Ok(Self { nodes, layouts: forms })
    }
}

/// What a file of the manuscript says: that of the scheme, or else the common one.
fn nodes(files: &Files, scheme: &Scheme, name: &str) -> Result<Vec<Node>, SchemeError> {
    let [own, base] = [&*scheme.id, BASE].map(|layer| format!("{layer}/{name}"));
    let found = files.get(&*own).map(|text| (&own, text));
    let found = found.or_else(|| files.get(&*base).map(|text| (&base, text)));
    let (path, text) =
        found.ok_or_else(|| SchemeError::whole(&base, "缺少这个文件，不能编写文稿"))?;
    let names = Names { forms: &scheme.forms, records: &scheme.records, spoken: &[] };
    lines::read(path, text, &names)
}

fn nodes_of_forms(files: &Files, scheme: &Scheme) -> Result<Vec<TableForm>, SchemeError> {
    const NAME: &str = "evaluation_forms.md";
    let layout = |node| match node {
        Node::Table(layout) => Ok(layout),
        _ => Err(SchemeError::whole(NAME, "这个文件里只能写“@自评表”")),
    };
    nodes(files, scheme, NAME)?.into_iter().map(layout).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::package::PackageForm;
    use crate::{embedded, load};

    fn read(text: &'static str) -> Result<Manuscript, SchemeError> {
        let mut files = embedded();
        let mut scheme = load(&files, BASE).unwrap();
        PackageForm::load(&files, &mut scheme).unwrap();
        files.insert("cn/manuscript.md".into(), text.into());
        Manuscript::load(&files, &scheme)
    }

    #[test]
    fn lines_become_nodes() {
        let manuscript = read(
            "// 不印\n@标题 {部门}\n## 收入\n##! 附件\n-- 其中{上年.收入总计:率}\n\n@表 支出决算表\n",
        )
        .unwrap();
        let [title, heading, bare, item, form] = &manuscript.nodes[..] else { panic!() };
        assert_eq!(*title, Node::Title(vec![Piece::Name(Name::Department)]));
        assert!(matches!(heading, Node::Heading { level: 2, is_numbered: true, .. }));
        assert!(matches!(bare, Node::Heading { level: 2, is_numbered: false, .. }));
        let Node::Paragraph { numbering: Numbering::Subitem, line } = item else { panic!() };
        assert!(matches!(line[1], Piece::Figure { style: Style::Rate, .. }));
        assert_eq!(*form, Node::Form(Some("expenditure".into())));
    }

    #[test]
    fn blocks_and_conditions_nest() {
        let manuscript = read(
            "@每 支出决算表 各类 当 支出决算表[每行].基本支出 > 0\n@若 上年.收入总计 > 0\n甲【若 上年.收入总计 = 1：乙【若 \
             上年.收入总计 = 2：丙】｜丁】\n@否则\n戊\n@完\n@完\n",
        )
        .unwrap();
        let [Node::Each { rows, body }] = &manuscript.nodes[..] else { panic!() };
        assert_eq!((&*rows.form, &rows.rows), ("expenditure", &Rows::Set(RowRef::Classes)));
        assert!(rows.when.is_some());
        let [Node::When { body, otherwise, .. }] = &body[..] else { panic!() };
        assert_eq!((body.len(), otherwise.len()), (1, 1));
        let Node::Paragraph { line, .. } = &body[0] else { panic!() };
        let Piece::When { then, otherwise, .. } = &line[1] else { panic!("{line:?}") };
        assert!(matches!(then[1], Piece::When { .. }));
        assert_eq!(otherwise[..], [Piece::Words("丁".into())]);
    }

    #[test]
    fn phrases_are_put_in() {
        let manuscript = read("@短语 占 占$1的{$2:率}\n甲{{占；总额；上年.收入总计}}。\n").unwrap();
        let [Node::Paragraph { line, .. }] = &manuscript.nodes[..] else { panic!() };
        assert_eq!(line[0], Piece::Words("甲占总额的".into()));
        assert!(matches!(line[1], Piece::Figure { style: Style::Rate, .. }));
        assert_eq!(line[2], Piece::Words("。".into()));
    }

    #[test]
    fn faults_say_where_they_are() {
        for (text, place, why) in [
            ("\n收入{收入支出决算总表[没有].收入金额}\n", "2:4", "没有“没有”这一行"),
            ("甲{上年.收入总计:元}\n", "1:", "“元”应为万元、率、个、分、增减、增降、大小之一"),
            ("甲【若 上年.收入总计 > 0：乙\n", "1:", "“【”没有用“】”关上"),
            ("甲】\n", "1:2", "多出一个“】”"),
            ("@每 支出决算表 每行\n甲\n", "1:1", "没有用“@完”结束"),
            ("@完\n", "1:1", "“@完”前面没有“@每”“@若”"),
            ("@每 支出决算表 某行\n@完\n", "1:4", "应写作 每 表名 行"),
            ("@印\n", "1:1", "不认识“@印”"),
            ("{{没有；甲}}\n", "1:3", "没有短语“没有”"),
            ("@短语 占 占$1$2\n{{占；甲}}\n", "2:3", "短语“占”还缺“；”后面的内容"),
            ("##### 甲\n", "1:1", "标题写作 # 到 ####"),
        ] {
            let error = read(text).unwrap_err().to_string();
            assert!(error.contains(&format!("cn/manuscript.md:{place}")), "{text}: {error}");
            assert!(error.contains(why), "{text}: {error}");
        }
    }
}
