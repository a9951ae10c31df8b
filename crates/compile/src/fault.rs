//! What is wrong with packages, as findings: sheet, cell, value and what to do.

use juesuan_model::{Evidence, Finding, Severity, column_letters};

/// A kind of fault of packages. Codes keep their meaning for ever.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Code {
    /// A sheet is missing.
    SheetMissing,
    /// A sheet is not known.
    SheetUnknown,
    /// A column is missing.
    ColumnMissing,
    /// A column is not known, or there twice.
    ColumnUnknown,
    /// A cell holds what does not belong there.
    Value,
    /// A cell must be filled in.
    Required,
    /// Cells of a row do not go together.
    Row,
    /// Something is named that is not there.
    Reference,
    /// The unit is not the one, or not of the year, that the department expects.
    Identity,
    /// The tree of units is none.
    Tree,
    /// The figures of a unit do not fit each other.
    Figures,
    /// Both sides of a payment within the department do not agree.
    Transfer,
    /// One thing is said twice and differently.
    Twice,
    /// A reason or another text is missing that the disclosure must print.
    Words,
    /// A self-evaluation cannot be scored.
    Score,
}

impl Code {
    /// All of them.
    pub const ALL: [Self; 15] = [
        Self::SheetMissing,
        Self::SheetUnknown,
        Self::ColumnMissing,
        Self::ColumnUnknown,
        Self::Value,
        Self::Required,
        Self::Row,
        Self::Reference,
        Self::Identity,
        Self::Tree,
        Self::Figures,
        Self::Transfer,
        Self::Twice,
        Self::Words,
        Self::Score,
    ];

    /// The code and the title, named as the fault.
    #[must_use]
    pub const fn named(self) -> (&'static str, &'static str) {
        match self {
            Self::SheetMissing => ("PKG001", "数据包缺少表"),
            Self::SheetUnknown => ("PKG002", "数据包里有不认识的表"),
            Self::ColumnMissing => ("PKG003", "表里缺少栏"),
            Self::ColumnUnknown => ("PKG004", "表里有不认识或重复的栏"),
            Self::Value => ("PKG005", "单元格的内容不对"),
            Self::Required => ("PKG006", "必填的单元格空着"),
            Self::Row => ("PKG007", "一行里的内容互相不符"),
            Self::Reference => ("PKG008", "写到的名称不存在"),
            Self::Identity => ("PKG009", "单位或年度对不上"),
            Self::Tree => ("PKG010", "单位的上下级关系不对"),
            Self::Figures => ("PKG011", "单位的数据互相不符"),
            Self::Transfer => ("PKG012", "内部往来双方不一致"),
            Self::Twice => ("PKG013", "同一内容写了两次而不相同"),
            Self::Words => ("PKG014", "缺少要公开的说明"),
            Self::Score => ("PKG015", "自评无法算分"),
        }
    }
}

/// Where a fault stands in a package.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Spot<'a> {
    /// The file as the user gave it.
    pub(crate) file: &'a str,
    /// The sheet.
    pub(crate) sheet: &'a str,
    /// The row, from 1; 0 for the sheet as a whole.
    pub(crate) row: u32,
    /// The column, from 0.
    pub(crate) column: Option<usize>,
    /// What stands there.
    pub(crate) shown: &'a str,
}

/// A finding of severity error about a place in a package.
pub(crate) fn fault(code: Code, spot: Spot<'_>, message: String, hint: &str) -> Finding {
    let (id, title) = code.named();
    let cell = spot.column.map(|column| format!("{}{}", column_letters(column), spot.row));
    let subject = match (&cell, spot.row) {
        (Some(cell), 1..) => format!("{}!{cell}", spot.sheet),
        (None, 1..) => format!("{}!{}", spot.sheet, spot.row),
        _ => spot.sheet.to_owned(),
    };
    let evidence = Evidence {
        line: spot.row,
        column: spot.column.and_then(|c| u32::try_from(c).ok()).map_or(0, |c| c.saturating_add(1)),
        section: spot.file.into(),
        quote: spot.shown.to_owned(),
        ..Evidence::default()
    };
    Finding {
        code: id.to_owned(),
        severity: Severity::Error,
        title: title.to_owned(),
        message,
        subject,
        stated: spot.shown.to_owned(),
        expected: String::new(),
        difference: String::new(),
        evidence: vec![evidence],
        basis: String::new(),
        hint: hint.to_owned(),
        cause: None,
        consequences: Vec::new(),
        waived: None,
    }
}
