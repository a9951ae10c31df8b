//! A cell read as what its column holds.

use std::borrow::Cow;

use juesuan_model::{Input, Measure, Number, Scale};
use juesuan_scheme::Scheme;
use juesuan_scheme::package::{ColumnForm, ColumnKind};
use rust_decimal::Decimal;

use crate::rows::Datum;

/// What is wrong, and what to do.
type Refusal = (String, String);

/// Reads a cell as what its column holds.
pub(super) fn read(column: &ColumnForm, input: &Input, scheme: &Scheme) -> Result<Datum, Refusal> {
    match input {
        Input::Empty => return Ok(Datum::Empty),
        Input::Unusable(why) => return Err((format!("读不出：{why}"), String::new())),
        _ => {}
    }
    let shown: Cow<'_, str> = match input {
        Input::Text(text) | Input::Date(text) => Cow::Borrowed(text),
        other => Cow::Owned(other.shown()),
    };
    match column.kind {
        ColumnKind::Text => Ok(Datum::Words(shown.into())),
        ColumnKind::Item => item(&shown, scheme),
        ColumnKind::Economic => economic(&shown, scheme),
        ColumnKind::Choice => choice(column, &shown),
        ColumnKind::Flag => flag(&shown),
        ColumnKind::Date => date(input, &shown),
        ColumnKind::Money => amount(input),
        ColumnKind::Count => count(input),
        ColumnKind::Number => number(input).map(Datum::Number),
    }
}

fn code(shown: &str, digits: usize, what: &str) -> Result<(), Refusal> {
    if shown.len() == digits && shown.bytes().all(|b| b.is_ascii_digit()) {
        return Ok(());
    }
    let hint = format!("填 {digits} 位数字的编码，不写名称");
    Err((format!("写的是“{shown}”，不是{what}的编码"), hint))
}

/// Items change from year to year and catalogues do not hold all of them; classes they do.
fn item(shown: &str, scheme: &Scheme) -> Result<Datum, Refusal> {
    code(shown, 7, "功能分类项级科目")?;
    let class = shown.get(..3).unwrap_or_default();
    match scheme.functional.get(class) {
        Some(_) => {
            let known = scheme.functional.get(shown).map(|entry| entry.code.clone());
            Ok(Datum::Words(known.unwrap_or_else(|| shown.into())))
        }
        None => Err((format!("写的是“{shown}”，没有 {class} 这一类"), "核对科目编码".to_owned())),
    }
}

fn economic(shown: &str, scheme: &Scheme) -> Result<Datum, Refusal> {
    code(shown, 5, "经济分类款级科目")?;
    match scheme.economic.get(shown) {
        Some(entry) => Ok(Datum::Words(entry.code.clone())),
        None => Err((format!("写的是“{shown}”，目录里没有"), "核对科目编码".to_owned())),
    }
}

fn choice(column: &ColumnForm, shown: &str) -> Result<Datum, Refusal> {
    if let Some(choice) = column.choices.iter().find(|choice| ***choice == *shown) {
        return Ok(Datum::Words(choice.clone()));
    }
    let hint = format!("从这些词中选一个：{}", column.choices.join("、"));
    Err((format!("不能写“{shown}”"), hint))
}

fn flag(shown: &str) -> Result<Datum, Refusal> {
    match shown {
        "是" | "否" => Ok(Datum::Words(shown.into())),
        _ => Err((format!("写的是“{shown}”"), "填“是”或“否”，或空着".to_owned())),
    }
}

fn date(input: &Input, shown: &str) -> Result<Datum, Refusal> {
    let digits: Vec<&str> = shown.split('-').collect();
    let lengths: Vec<usize> = digits.iter().map(|part| part.len()).collect();
    let is_day =
        lengths == [4, 2, 2] && digits.iter().all(|p| p.bytes().all(|b| b.is_ascii_digit()));
    if matches!(input, Input::Date(_)) || is_day {
        return Ok(Datum::Words(shown.into()));
    }
    Err((format!("写的是“{shown}”，不是日期"), "写作 2025-08-20 这样的日期".to_owned()))
}

fn number(input: &Input) -> Result<Decimal, Refusal> {
    let refused = |why: &str| {
        let hint = "只填数字，不写单位和文字；小数点用“.”".to_owned();
        (format!("写的是“{}”，{why}", input.shown()), hint)
    };
    match input {
        Input::Number(number) => Ok(*number),
        Input::Text(text) => {
            let parsed = Number::parse(text, Measure::Quantity);
            parsed.map(Number::value).map_err(|error| refused(error.message()))
        }
        _ => Err(refused("不是数")),
    }
}

/// An amount in 元: whole 分, within what an amount can be.
fn amount(input: &Input) -> Result<Datum, Refusal> {
    let value = number(input)?;
    if value.normalize().scale() > 2 {
        let why = format!("写的是“{}”，小数超过两位", input.shown());
        return Err((why, "金额以元为单位，精确到分".to_owned()));
    }
    match juesuan_model::Money::from_printed(value, Scale::Yuan) {
        Some(_) => Ok(Datum::Number(value)),
        None => Err((format!("“{}”超出金额的范围", input.shown()), "核对这个金额".to_owned())),
    }
}

fn count(input: &Input) -> Result<Datum, Refusal> {
    let value = number(input)?;
    if value.normalize().scale() == 0 && value >= Decimal::ZERO {
        return Ok(Datum::Number(value.normalize()));
    }
    Err((format!("写的是“{}”，应是不小于零的整数", input.shown()), String::new()))
}
