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
    /// A workbook holds what its values do not show: formulas, merged cells, hidden rows.
    Workbook,
    /// Something was carried over and nobody has confirmed it yet.
    Unconfirmed,
    /// A unit that joined, left or merged does not fit the list or its package.
    Change,
}

impl Code {
    /// All of them.
    pub const ALL: [Self; 18] = [
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
        Self::Workbook,
        Self::Unconfirmed,
        Self::Change,
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
            Self::Workbook => ("PKG016", "工作簿里有要核对的地方"),
            Self::Unconfirmed => ("PKG017", "带出的内容还没有确认"),
            Self::Change => ("PKG018", "单位变动与名单或数据包不符"),
        }
    }

    /// The code as reports print it.
    #[must_use]
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|code| code.named().0 == id)
    }

    /// The title in English.
    #[must_use]
    pub const fn english(self) -> &'static str {
        match self {
            Self::SheetMissing => "A package lacks a sheet",
            Self::SheetUnknown => "A package has an unknown sheet",
            Self::ColumnMissing => "A sheet lacks a column",
            Self::ColumnUnknown => "A sheet has an unknown or repeated column",
            Self::Value => "A cell holds what does not belong there",
            Self::Required => "A cell that must be filled in is empty",
            Self::Row => "Cells of a row do not go together",
            Self::Reference => "A name stands in no other sheet",
            Self::Identity => "The package is of another unit or year",
            Self::Tree => "The tree of units is none",
            Self::Figures => "Figures of a unit do not fit each other",
            Self::Transfer => "Both sides of a payment do not agree",
            Self::Twice => "The same is said twice and differently",
            Self::Words => "A text that must be published is missing",
            Self::Score => "A self-evaluation cannot be scored",
            Self::Workbook => "A workbook holds what its values do not show",
            Self::Unconfirmed => "Something carried over is not confirmed",
            Self::Change => "A change of units does not fit list or package",
        }
    }

    /// What to do, in English.
    #[must_use]
    pub const fn english_advice(self) -> &'static str {
        match self {
            Self::SheetMissing => {
                "Add the sheet; where there is nothing to report, its head suffices"
            }
            Self::SheetUnknown => {
                "Give it the prescribed name, or delete it; its data were not taken"
            }
            Self::ColumnMissing => "Write the name of the column into the first row and fill it in",
            Self::ColumnUnknown => {
                "Give it the prescribed name, or delete it; its data were not taken"
            }
            Self::Value => {
                "Correct the cell: amounts in 元 with two decimals at most, codes without names"
            }
            Self::Required => "Fill it in; write 0 where there is nothing",
            Self::Row => "Fill in or clear the cell that is named",
            Self::Reference => "Add the name to the other sheet, or make both the same",
            Self::Identity => "Compare the package with the list of units",
            Self::Tree => {
                "Correct 部门.toml: codes once each, units above in the list, none above itself"
            }
            Self::Figures => "Compare the sheet with 收入 and 支出 until the relation holds",
            Self::Transfer => "Both units should agree on the amount",
            Self::Twice => "Keep one of them, or make them the same",
            Self::Words => "Add it to 说明, 科目用途 or 名词解释 of the department",
            Self::Score => "Check target, actual value, operator and points",
            Self::Workbook => {
                "Formulas: compare their results; merged cells: split them; hidden rows: check them"
            }
            Self::Unconfirmed => "Make it this year's, then delete 待确认： at its beginning",
            Self::Change => "Correct 单位变动 of the department, or the package of the unit",
        }
    }

    /// What to do when it is found.
    #[must_use]
    pub const fn advice(self) -> &'static str {
        match self {
            Self::SheetMissing => "补上这张表；没有数据的只留表头。表名有出入的，改成规定的名称",
            Self::SheetUnknown => "改成规定的表名，或从数据包里删去；其中的数据没有采用",
            Self::ColumnMissing => "第一行写上这一栏的名称，并逐行填写",
            Self::ColumnUnknown => "改成规定的栏名，或删去这一栏；其中的数据没有采用",
            Self::Value => "按提示改正这个单元格；金额以元为单位、最多两位小数，科目只写编码",
            Self::Required => "补填这个单元格；金额确实没有的填 0",
            Self::Row => "按提示补填或清空这一行里的单元格",
            Self::Reference => "在另一张表里加上这个名称，或把两处改成一致",
            Self::Identity => "核对交来的是不是这个单位、这个年度的数据包，以及名单里的代码",
            Self::Tree => "改正 部门.toml：代码不重复，上级都在名单里，不互为上级",
            Self::Figures => "核对这张表与“收入”“支出”两张表，直到关系成立",
            Self::Transfer => "请付款和收款的单位核对内部往来，金额一致后再汇总",
            Self::Twice => "同一内容只留一处，或改成一致",
            Self::Words => "在部门的“说明”“科目用途”等表里补上要公开的文字",
            Self::Score => "核对指标的目标值、完成值、运算符号和分值",
            Self::Workbook => {
                "公式：核对算出的数，最好只粘贴数值；合并的单元格：取消合并，逐格填写；隐藏的行和表：核对是否要交；宏：不会运行"
            }
            Self::Unconfirmed => "核对从上年带出的内容，改成本年的，再删去开头的“待确认：”",
            Self::Change => "按提示改正部门的“单位变动”表，或变动单位的数据包",
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
