//! What a place prescribes of the disclosures it publishes: the order and titles of the forms, the
//! parts and sections, the sentences, the whole-department form. The national base leaves all of
//! it open.

use std::sync::Arc;

use borsh::{BorshDeserialize, BorshSerialize};
use juesuan_model::{Level, Operator};
use rust_decimal::Decimal;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer};

use crate::form::Form;
use crate::scoring::decimal;

/// What a place prescribes; empty in the national base.
#[derive(Clone, Debug, Default, BorshDeserialize, BorshSerialize)]
pub struct Prescribed {
    /// The disclosure as a whole.
    pub disclosure: Option<Disclosure>,
    /// The whole-department form.
    pub whole: Option<WholeForm>,
}

/// The disclosure as the place prints it.
#[derive(Clone, Debug, BorshDeserialize, BorshSerialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Disclosure {
    /// What it rests on.
    pub basis: Arc<str>,
    /// The forms in their order: the first is 公开01表.
    #[serde(rename = "form")]
    pub forms: Vec<FormTitle>,
    /// The headings in their order.
    #[serde(rename = "heading")]
    pub headings: Vec<Heading>,
    /// The sentences that stand in it.
    pub sentences: Vec<AnyOf>,
}

/// A form and the title it is printed with.
#[derive(Clone, Debug, BorshDeserialize, BorshSerialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FormTitle {
    /// The form's id.
    pub id: Arc<str>,
    /// Its title.
    pub title: Arc<str>,
}

/// A heading of the disclosure, told by its level and by what its title contains whatever the
/// department and the year. Its number is its place among those of its level below the one above.
#[derive(Clone, Debug, PartialEq, Eq, BorshDeserialize, BorshSerialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Heading {
    /// How deep it stands.
    #[serde(deserialize_with = "level")]
    pub level: Level,
    /// What its title contains; other words for the same behind strokes, as in `甲|乙`.
    pub title: Arc<str>,
    /// What the contents page calls it where it has other words.
    #[serde(default)]
    pub contents: Option<Arc<str>>,
}

/// Ids of sentences of which one must be stated.
#[derive(Clone, Debug, PartialEq, Eq, BorshDeserialize, BorshSerialize, Deserialize)]
#[serde(from = "Arc<str>")]
pub struct AnyOf {
    /// The ids, written `one|other`.
    pub ids: Vec<Arc<str>>,
}

impl From<Arc<str>> for AnyOf {
    fn from(text: Arc<str>) -> Self {
        Self { ids: text.split('|').map(|id| id.trim().into()).collect() }
    }
}

/// The whole-department form (部门（单位）整体绩效自评表) as the place prints it.
#[derive(Clone, Debug, BorshDeserialize, BorshSerialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WholeForm {
    /// Its title.
    pub title: Arc<str>,
    /// What it rests on.
    pub basis: Arc<str>,
    /// Its parts besides the indicators, in their order.
    #[serde(rename = "part")]
    pub parts: Vec<Part>,
    /// The indicators that every department has, in their order.
    #[serde(rename = "indicator")]
    pub indicators: Vec<CommonIndicator>,
}

/// A part of the whole-department form.
#[derive(Clone, Debug, BorshDeserialize, BorshSerialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Part {
    /// Which part.
    pub id: PartId,
    /// What it is called.
    pub label: Arc<str>,
}

/// Parts that whole-department forms have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, BorshDeserialize, BorshSerialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PartId {
    /// 部门（单位）名称
    Name,
    /// 部门年初预算收入金额
    IncomeBudget,
    /// 部门年初预算支出金额
    ExpenditureBudget,
    /// 年度主要任务
    Tasks,
    /// 年初总体目标
    Goal,
    /// 全年完成情况
    Result,
    /// 总评价得分
    Total,
}

/// An indicator that every department has, with the same weight and target.
#[derive(Clone, Debug, BorshDeserialize, BorshSerialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CommonIndicator {
    /// 一级指标
    pub group: Arc<str>,
    /// 二级指标
    pub subgroup: Arc<str>,
    /// 三级指标
    pub name: Arc<str>,
    /// Its operator; `None` for a qualitative one.
    #[serde(default, deserialize_with = "operator")]
    pub operator: Option<Operator>,
    /// Its target: a number, or words of a qualitative one.
    pub target: Arc<str>,
    /// The unit of the target.
    #[serde(default)]
    pub unit: Arc<str>,
    /// 分值
    #[serde(deserialize_with = "decimal")]
    pub weight: Decimal,
}

impl CommonIndicator {
    /// The target of a quantitative indicator.
    #[must_use]
    pub fn number(&self) -> Option<Decimal> {
        self.operator.and(self.target.parse().ok())
    }
}

impl Heading {
    /// What its title contains, the usual words first.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.title.split('|').map(str::trim)
    }

    /// The usual words of its title.
    #[must_use]
    pub fn name(&self) -> &str {
        self.names().next().unwrap_or_default()
    }

    /// `第一部分`, `一、`, `（一）`, `1.` before the title, for a number among its siblings.
    #[must_use]
    pub fn numbered(&self, number: usize) -> String {
        let chinese = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十"];
        let arabic = number.to_string();
        let word = number.checked_sub(1).and_then(|at| chinese.get(at)).copied().unwrap_or(&arabic);
        let title = self.name();
        match self.level {
            Level::Part => format!("第{word}部分 {title}"),
            Level::Section => format!("{word}、{title}"),
            Level::Subsection => format!("（{word}）{title}"),
            Level::Item => format!("{arabic}.{title}"),
            Level::Subitem => format!("（{arabic}）{title}"),
        }
    }
}

impl Disclosure {
    /// The headings, each with its number among its siblings.
    pub fn numbered(&self) -> impl Iterator<Item = (&Heading, usize)> {
        self.headings.iter().enumerate().map(|(at, heading)| {
            let before = self.headings.get(..at).unwrap_or_default().iter().rev();
            let siblings = before.take_while(|other| other.level >= heading.level);
            let number = siblings.filter(|other| other.level == heading.level).count();
            (heading, number.saturating_add(1))
        })
    }

    /// Gives forms the titles and numbers they have here; the title they had is understood still.
    pub(crate) fn name(&self, forms: &mut [Form]) {
        for (at, named) in self.forms.iter().enumerate() {
            let Some(form) = forms.iter_mut().find(|form| form.id == named.id) else { continue };
            form.number = u32::try_from(at).map_or(0, |at| at.saturating_add(1));
            if form.title != named.title {
                let former = std::mem::replace(&mut form.title, named.title.clone());
                form.aliases.push(former);
            }
        }
    }
}

fn level<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Level, D::Error> {
    let text = <String as Deserialize>::deserialize(deserializer)?;
    Ok(match text.as_str() {
        "部分" => Level::Part,
        "一、" => Level::Section,
        "（一）" => Level::Subsection,
        "1." => Level::Item,
        _ => return Err(D::Error::custom("层次应写作 部分、一、、（一）或 1.")),
    })
}

fn operator<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Operator>, D::Error> {
    let text = <String as Deserialize>::deserialize(deserializer)?;
    Ok(Some(match text.as_str() {
        ">=" => Operator::AtLeast,
        ">" => Operator::MoreThan,
        "<=" => Operator::AtMost,
        "<" => Operator::LessThan,
        "=" => Operator::Equal,
        _ => return Err(D::Error::custom("运算符号应为 >=、>、<=、< 或 =")),
    }))
}

#[cfg(test)]
mod tests {
    use crate::{BASE, Files, embedded, load};

    /// The schemes of the program and a place that prints 三公 as table 07.
    fn with_place() -> Files {
        let mut files = embedded();
        let manifest = "name = \"某地\"\nstatus = \"inferred\"\nfrom = 2024\nplace = [\"临溪市\"]";
        let disclosure = "basis = \"某地的范本\"\nsentences = [\"income_total\"]\n\
            form = [{ id = \"summary\", title = \"收支决算总表\" }, { id = \"three_public\", title = \"“三公”经费支出决算表\" }]\n\
            heading = [{ level = \"部分\", title = \"概况\" }, { level = \"一、\", title = \"职责\" }, { level = \"一、\", title = \"机构\" }, { level = \"部分\", title = \"说明\" }]";
        files.insert("x/2024/manifest.toml".into(), manifest.into());
        files.insert("x/2024/disclosure.toml".into(), disclosure.into());
        files
    }

    #[test]
    fn a_place_gives_forms_its_own_titles_and_order() {
        let scheme = load(&with_place(), "x/2024").unwrap();
        assert_eq!((&*scheme.forms[0].title, scheme.forms[0].number), ("收支决算总表", 1));
        let three = scheme.form("three_public").unwrap();
        assert_eq!((&*three.title, three.number), ("“三公”经费支出决算表", 2));
        assert!(three.is_titled("财政拨款“三公”经费支出决算表"), "the former title is understood");
    }

    #[test]
    fn headings_are_numbered_among_their_siblings() {
        let scheme = load(&with_place(), "x/2024").unwrap();
        let disclosure = scheme.prescribed.disclosure.unwrap();
        let shown: Vec<String> = disclosure.numbered().map(|(h, n)| h.numbered(n)).collect();
        assert_eq!(shown, ["第一部分 概况", "一、职责", "二、机构", "第二部分 说明"]);
    }

    #[test]
    fn the_base_prescribes_nothing_and_has_the_national_order() {
        let scheme = load(&embedded(), BASE).unwrap();
        assert!(scheme.prescribed.disclosure.is_none() && scheme.prescribed.whole.is_none());
        let statutory = scheme.forms.iter().filter(|form| form.statutory);
        let numbers: Vec<u32> = statutory.map(|form| form.number).collect();
        assert_eq!(numbers, [1, 2, 3, 4, 5, 6, 7, 8, 9]);
    }
}
