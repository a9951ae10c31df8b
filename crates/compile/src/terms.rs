//! The glossary of a disclosure: terms and items in use with what they mean, from the scheme and from the
//! department, whose own words come first.

use std::sync::Arc;

use juesuan_model::Finding;
use juesuan_scheme::formula::{Binding, holds};
use juesuan_scheme::glossary::Glossary;
use rust_decimal::Decimal;

use crate::accounts::Exact;
use crate::fault::{Code, Spot, fault};
use crate::ledger::Ledger;

/// The record that the sheet 名词解释 is posted to.
const RECORD: &str = "term";
const WORDS: &str = "words";
/// Only what has a place in the order is printed.
const ORDER: &str = "order";
/// The form whose items are explained: all money that was spent.
const FORM: &str = "expenditure";

/// Writes the glossary into the ledger: terms in the order of the scheme, further ones of the
/// department, then items with expenditure by code. Items that nobody explains are found fault with.
#[must_use]
pub fn enter_terms(
    ledger: &mut Ledger,
    glossary: &Glossary,
    scheme: &juesuan_scheme::Scheme,
) -> Vec<Finding> {
    let exact = Exact::new(scheme, ledger);
    let own = ledger.rows(RECORD);
    let is_meant = |when: &_| holds(when, &exact, Binding::default()).unwrap_or(false);
    let terms = glossary
        .terms
        .iter()
        .filter(|term| own.contains(&term.name) || term.when.as_ref().is_none_or(is_meant));
    let mut wanted: Vec<(Arc<str>, Option<Arc<str>>)> =
        terms.map(|term| (term.name.clone(), Some(term.words.clone()))).collect();
    let is_new =
        |row: &&Arc<str>| !is_item(row) && !glossary.terms.iter().any(|term| term.name == **row);
    wanted.extend(own.iter().filter(is_new).map(|row| (row.clone(), None)));
    for code in exact.rows_of(FORM).iter().filter(|row| is_item(row)) {
        if !exact.value(FORM, code, "total").is_zero() {
            let name = scheme.functional.name(code);
            let name = name.or_else(|| ledger.words("use", code, "name").map(|name| &**name));
            wanted.push((code.clone(), glossary.item(code, name).cloned()));
        }
    }
    let mut findings = Vec::new();
    for (at, (row, words)) in wanted.into_iter().enumerate() {
        if ledger.words(RECORD, &row, WORDS).is_none() {
            match words {
                Some(words) => {
                    ledger.write((RECORD, &row, WORDS), &words, None);
                }
                None => {
                    findings.push(unexplained(&row, scheme));
                    continue;
                }
            }
        }
        ledger.add((RECORD, &row, ORDER), Decimal::from(at.saturating_add(1)), None);
    }
    findings
}

fn is_item(row: &str) -> bool {
    row.len() == 7 && row.bytes().all(|b| b.is_ascii_digit())
}

fn unexplained(code: &str, scheme: &juesuan_scheme::Scheme) -> Finding {
    let name = scheme.functional.name(code).unwrap_or_default();
    let spot = Spot { file: "部门", sheet: "名词解释", shown: code, ..Spot::default() };
    let message = format!("科目 {code} {name}有支出，方案和“名词解释”表里都没有它的解释");
    let hint = "在部门的“名词解释”表里加一行：科目编码和解释";
    fault(Code::Words, spot, message, hint)
}
