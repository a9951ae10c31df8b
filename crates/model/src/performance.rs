//! Performance self-evaluations (绩效自评): forms, their indicators, and the summaries in text.

use std::sync::Arc;

use borsh::{BorshDeserialize, BorshSerialize};

use crate::{FactId, Place};

/// Words as printed, with their place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TextField {
    /// The words; white space that breaking lines left behind is removed.
    pub text: Arc<str>,
    /// Where they stand.
    pub place: Place,
    /// The block of the document.
    pub block: u32,
}

/// How an indicator's actual value is held against its target.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, BorshDeserialize, BorshSerialize)]
pub enum Operator {
    /// `>=`
    AtLeast,
    /// `>`
    MoreThan,
    /// `<=`
    AtMost,
    /// `<`
    LessThan,
    /// `=`
    Equal,
}

impl Operator {
    /// As it is printed.
    #[must_use]
    pub const fn sign(self) -> &'static str {
        match self {
            Self::AtLeast => "≥",
            Self::MoreThan => ">",
            Self::AtMost => "≤",
            Self::LessThan => "<",
            Self::Equal => "=",
        }
    }
}

/// A project self-evaluation form (项目支出绩效自评表).
///
/// Its figures are facts of the form `evaluation`, its row the position in
/// [`crate::Accounts::evaluations`]: `evaluation[3].executed`. Columns: `budget`, `executed`,
/// `rate`, `subtotal`, `execution_score`, `deduction`, `total`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Evaluation {
    /// 项目名称
    pub name: TextField,
    /// 主管部门
    pub department: Option<TextField>,
    /// 实施单位
    pub unit: Option<TextField>,
    /// 年初设定目标
    pub goal: Option<TextField>,
    /// 全年实际完成情况
    pub result: Option<TextField>,
    /// 项目预算金额
    pub budget: Option<FactId>,
    /// 全年执行数
    pub executed: Option<FactId>,
    /// 执行率
    pub rate: Option<FactId>,
    /// 年度资金总额 and its parts, where the form tells them.
    pub funds: Vec<FundsRow>,
    /// The indicators in order.
    pub indicators: Vec<Indicator>,
    /// 指标自评得分小计
    pub subtotal: Option<FactId>,
    /// 预算执行率得分
    pub execution_score: Option<FactId>,
    /// 减分项
    pub deduction: Option<FactId>,
    /// 绩效自评总得分
    pub total: Option<FactId>,
    /// Whether the first page (head of the form) is missing.
    pub first_page_lost: bool,
    /// Whether the last row (subtotal and total) is missing.
    pub last_row_lost: bool,
    /// Where the form begins.
    pub place: Place,
    /// The block it begins in.
    pub block: u32,
}

/// A row of a project's funds: the total (年度资金总额), or a part by source.
///
/// Its figures are facts of the form `funding`, the row `<evaluation>.<position>`: columns
/// `initial_budget`, `budget`, `executed`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FundsRow {
    /// Its label.
    pub label: TextField,
    /// Whether it is the total.
    pub is_total: bool,
    /// 年初预算数
    pub initial: Option<FactId>,
    /// 全年预算数
    pub budget: Option<FactId>,
    /// 全年执行数
    pub executed: Option<FactId>,
}

/// An indicator of a form.
///
/// Its figures are facts of the form `indicator` (`whole_indicator` in whole-department forms),
/// the row `<evaluation>.<position>`: `indicator[3.0].score`. Columns: `target`, `actual`,
/// `completion`, `weight`, `score`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Indicator {
    /// 一级指标, carried down over merged cells.
    pub group: Arc<str>,
    /// 二级指标, carried down over merged cells.
    pub subgroup: Arc<str>,
    /// 三级指标
    pub name: TextField,
    /// 运算符号; `None` for qualitative indicators.
    pub operator: Option<Operator>,
    /// 目标值, a number of a quantitative indicator.
    pub target: Option<FactId>,
    /// The target's words of a qualitative indicator.
    pub target_text: Option<TextField>,
    /// 度量单位
    pub unit: Option<TextField>,
    /// 全年完成值, a number of a quantitative indicator.
    pub actual: Option<FactId>,
    /// The unit behind 全年完成值, folded, where one is printed there.
    pub actual_unit: Option<Arc<str>>,
    /// The level reached by a qualitative indicator, as printed.
    pub level: Option<TextField>,
    /// 完成程度, in percent.
    pub completion: Option<FactId>,
    /// 分值
    pub weight: Option<FactId>,
    /// 得分
    pub score: Option<FactId>,
    /// Which kinds of reason are ticked, by the words of the column head.
    pub reason_flags: Vec<Arc<str>>,
    /// 原因说明
    pub reason: Option<TextField>,
    /// 改进措施
    pub measure: Option<TextField>,
    /// Where the row begins.
    pub place: Place,
    /// The block it stands in.
    pub block: u32,
}

/// A whole-department or unit form (部门（单位）整体绩效自评表).
///
/// Its figures are facts of the form `whole`, its row the position: columns `income_budget`,
/// `expenditure_budget`, `total`; its tasks facts of the form `task`, row `<whole>.<position>`,
/// columns `granted`, `executed`, `rate`, `weight`, `score`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WholeEvaluation {
    /// 部门（单位）名称
    pub name: TextField,
    /// 年初预算收入金额
    pub income_budget: Option<FactId>,
    /// 年初预算支出金额
    pub expenditure_budget: Option<FactId>,
    /// 年度主要任务
    pub tasks: Vec<Task>,
    /// 年初总体目标
    pub goal: Option<TextField>,
    /// 全年完成情况
    pub result: Option<TextField>,
    /// The indicators in order.
    pub indicators: Vec<Indicator>,
    /// 总评价得分
    pub total: Option<FactId>,
    /// Where the form begins.
    pub place: Place,
    /// The block it begins in.
    pub block: u32,
}

/// A task of a whole-department form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Task {
    /// 对应项目
    pub name: TextField,
    /// 项目下达金额
    pub granted: Option<FactId>,
    /// 项目执行金额
    pub executed: Option<FactId>,
    /// 项目执行率
    pub rate: Option<FactId>,
    /// 分值
    pub weight: Option<FactId>,
    /// 得分
    pub score: Option<FactId>,
}

/// A paragraph that summarises the self-evaluation of a project (项目自评综述).
///
/// Its figures are facts of the form `project`, its row the position: columns `score`, `budget`,
/// `executed`, `rate`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ProjectSummary {
    /// The number printed before it.
    pub number: u32,
    /// The project's name in the heading of the paragraph.
    pub name: TextField,
    /// The names the paragraph quotes elsewhere, as in “…项目自评得分”.
    pub quoted_names: Vec<TextField>,
    /// The score or scores it states.
    pub scores: Vec<FactId>,
    /// The budget it states.
    pub budget: Option<FactId>,
    /// The execution it states.
    pub executed: Option<FactId>,
    /// Whether it speaks of an intended execution (拟执行数), which is none.
    pub executed_is_intended: bool,
    /// The rate it states, in percent.
    pub rate: Option<FactId>,
    /// What it counts or measures: 户, 个, 次, 人, 亿元 …
    pub claims: Vec<Claim>,
    /// 发现的主要问题及原因
    pub problems: Option<TextField>,
    /// 下一步改进措施
    pub measures: Option<TextField>,
    /// The paragraph, by its position in [`crate::Accounts::passages`].
    pub passage: usize,
    /// The whole paragraph.
    pub text: TextField,
    /// The form it belongs to, by its position in [`crate::Accounts::evaluations`].
    pub evaluation: Option<usize>,
}

/// A counted or measured claim of a summary: what precedes the number, the number, its unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    /// The words before the number, back to the last punctuation.
    pub context: Arc<str>,
    /// The words before these, back to the end of the last sentence or item.
    pub lead: Arc<str>,
    /// The number: a fact of the form `claim`, row `<summary>.<position>`, column `value`.
    pub value: FactId,
    /// The unit or percent sign.
    pub unit: Arc<str>,
    /// The words after the unit, up to the next punctuation.
    pub after: Arc<str>,
    /// The clause behind these, when a comma goes before it.
    pub next: Arc<str>,
}

/// What the narrative says of the department's key evaluations (部门重点评价): its figures are
/// those of a statement, its projects are found among the forms.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KeyEvaluation {
    /// The statement, by its position in [`crate::Accounts::statements`].
    pub statement: usize,
    /// The projects it names, each with the form it belongs to, by position in
    /// [`crate::Accounts::evaluations`].
    pub projects: Vec<(TextField, Option<usize>)>,
}
