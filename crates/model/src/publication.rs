//! What is printed: the parts of a publication in their order, every figure bound to its fact.
//!
//! A [`Document`](crate::Document) is what was read, with places in a source; a [`Publication`] is
//! what is about to be printed, with the subject of each figure. Writers print one and the same
//! publication as Word, PDF, web page and workbook, so that none of them can differ in a figure.

use std::sync::Arc;

use rust_decimal::Decimal;

/// A disclosure ready to be printed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Publication {
    /// Its title, as on the cover.
    pub title: Arc<str>,
    /// Lines of the cover below the title.
    pub subtitles: Vec<Arc<str>>,
    /// Whose accounts they are.
    pub department: Arc<str>,
    /// The year of the accounts.
    pub year: i32,
    /// Whether every page says that it is a draft.
    pub is_draft: bool,
    /// The parts of the body in their order.
    pub elements: Vec<Element>,
    /// Pictures of its figures, for media in which people would rather look than read.
    pub pictures: Vec<Picture>,
    /// How the points of its self-evaluation forms came to be, for media that can fold it away.
    pub scores: Vec<Score>,
}

/// How the points of a self-evaluation form came to be.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Score {
    /// The form: `evaluation` for projects, `whole` for units as a whole.
    pub form: Arc<str>,
    /// The project or unit, which is the row that the subjects of its figures name.
    pub name: Arc<str>,
    /// The steps in the order of the form.
    pub steps: Vec<ScoreStep>,
}

/// A step to the points of a self-evaluation form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ScoreStep {
    /// What the points are for.
    pub label: Arc<str>,
    /// The calculation in words.
    pub how: Arc<str>,
    /// The points, or the points taken away.
    pub points: Decimal,
}

/// A picture of figures: bars beside each other, grouped by label. The table that says the same is
/// made of the same figures.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Picture {
    /// What it shows.
    pub title: Arc<str>,
    /// The unit of its figures.
    pub unit: Arc<str>,
    /// What the bars stand for.
    pub labels: Vec<Arc<str>>,
    /// The bars: one or several for each label.
    pub series: Vec<Series>,
}

/// Figures of a picture that belong together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Series {
    /// What they are: 决算数, 上年.
    pub name: Arc<str>,
    /// A figure for each label.
    pub figures: Vec<Figure>,
}

/// A part of the body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Element {
    /// A heading; 1 for the highest (第一部分).
    Heading {
        /// How deep.
        level: u8,
        /// Its words, with their number.
        runs: Vec<Run>,
    },
    /// A paragraph.
    Paragraph(Vec<Run>),
    /// Where the contents stand, made from the headings.
    Contents,
    /// A table.
    Table(PrintedTable),
}

/// A stretch of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Run {
    /// Words.
    Words(Arc<str>),
    /// A figure, or a word that follows from figures (增加, 减少, 持平).
    Figure(Figure),
    /// Words that were handed in: a reason, a duty.
    Stated(Stated),
}

impl Run {
    /// The characters that are printed.
    #[must_use]
    pub fn text(&self) -> &str {
        match self {
            Self::Words(words) => words,
            Self::Figure(figure) => &figure.text,
            Self::Stated(stated) => &stated.text,
        }
    }
}

/// The characters of several runs.
#[must_use]
pub fn runs_text(runs: &[Run]) -> String {
    runs.iter().map(Run::text).collect()
}

/// A figure as it is printed.
#[derive(Default, Clone, Debug, PartialEq, Eq)]
pub struct Figure {
    /// What it states: `form[row].column`, or the formula that gives it.
    pub subject: Arc<str>,
    /// The characters that are printed, without the unit.
    pub text: Arc<str>,
    /// The exact value, 元 for money and percent for rates; `None` for words.
    pub exact: Option<Decimal>,
    /// Of what it is the sum: subjects, each with whether it is taken away. Empty when it was
    /// handed in, or is no sum.
    pub terms: Vec<(Arc<str>, bool)>,
}

/// Words as they were handed in.
#[derive(Default, Clone, Debug, PartialEq, Eq)]
pub struct Stated {
    /// The cell that they were posted to: `form[row].column`.
    pub subject: Arc<str>,
    /// The words.
    pub text: Arc<str>,
}

/// What a table is, for writers that treat kinds differently.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TableKind {
    /// A statutory form.
    Form,
    /// A self-evaluation form.
    Evaluation,
}

/// A table as it is printed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PrintedTable {
    /// What it is.
    pub kind: TableKind,
    /// The form's id, or `evaluation`, `whole`.
    pub form: Arc<str>,
    /// Its title.
    pub title: Arc<str>,
    /// Its number, as in 公开01表; empty when it has none.
    pub number: Arc<str>,
    /// The lines between title and table (部门, 年度, 金额单位), from left to right.
    pub caption: Vec<Arc<str>>,
    /// Widths of its columns in parts of their sum.
    pub widths: Vec<u16>,
    /// How many rows at the top are head and repeat on every page.
    pub head_rows: usize,
    /// Its rows.
    pub rows: Vec<Vec<PrintedCell>>,
    /// The notes below.
    pub notes: Vec<Arc<str>>,
}

/// Where the characters of a cell stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Align {
    /// At the left, as labels do.
    #[default]
    Left,
    /// In the middle, as heads and codes do.
    Center,
    /// At the right, as amounts do.
    Right,
}

/// A cell as it is printed. Cells that a span of another covers are not there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PrintedCell {
    /// What it prints.
    pub runs: Vec<Run>,
    /// How many columns it covers, at least 1.
    pub column_span: u16,
    /// How many rows it covers, at least 1.
    pub row_span: u16,
    /// Where its characters stand.
    pub align: Align,
    /// Whether it is the head of rows or columns.
    pub is_head: bool,
    /// How deep a label is set in, in characters.
    pub indent: u8,
}

impl PrintedCell {
    /// A cell of words.
    #[must_use]
    pub fn words(words: impl Into<Arc<str>>, align: Align) -> Self {
        let words = words.into();
        let runs = if words.is_empty() { Vec::new() } else { vec![Run::Words(words)] };
        Self { runs, column_span: 1, row_span: 1, align, is_head: false, indent: 0 }
    }

    /// A head.
    #[must_use]
    pub fn head(words: impl Into<Arc<str>>) -> Self {
        Self { is_head: true, ..Self::words(words, Align::Center) }
    }

    /// A cell of a figure.
    #[must_use]
    pub fn figure(figure: Figure) -> Self {
        Self { runs: vec![Run::Figure(figure)], ..Self::words("", Align::Right) }
    }

    /// The same cell over several columns and rows.
    #[must_use]
    pub fn spanning(self, columns: u16, rows: u16) -> Self {
        Self { column_span: columns, row_span: rows, ..self }
    }

    /// The characters that are printed.
    #[must_use]
    pub fn text(&self) -> String {
        runs_text(&self.runs)
    }
}
