//! What checking says, in English.
//!
//! The wording of each rule is Chinese, the language of those who can repair a disclosure. English
//! readers get the rule's English title, the values, the difference and the places, which say the
//! same; quotes stay as they are printed.

use juesuan_model::{Finding, NotChecked};
use juesuan_scheme::Scheme;

use crate::hints::HINTS;
use crate::registry;
use crate::words::is_han;

/// Turns findings and what was not checked into English.
pub fn into_english(findings: &mut [Finding], not_checked: &mut [NotChecked], scheme: &Scheme) {
    for finding in findings {
        if let Some(title) = title(&finding.code, scheme) {
            title.clone_into(&mut finding.title);
        }
        for value in [&mut finding.stated, &mut finding.expected, &mut finding.difference] {
            if let Some(english) = value_in_english(value) {
                *value = english;
            }
        }
        for evidence in &mut finding.evidence {
            evidence.section = section(&evidence.section).into();
        }
        finding.message = message(finding);
        finding.hint = hints(&finding.hint);
    }
    for part in not_checked {
        "a figure or a part of the document that this rule needs was not found or could not be read"
            .clone_into(&mut part.why);
    }
}

/// The English title of a rule.
fn title<'a>(code: &str, scheme: &'a Scheme) -> Option<&'a str> {
    let relation = || scheme.relations.iter().find(|r| *r.code == *code).map(|r| &*r.english);
    let text = || scheme.text_rules.iter().find(|r| *r.code == *code).map(|r| &*r.english);
    let coded = || registry::coded().find(|rule| rule.code == code).map(|rule| rule.english);
    let own = || (code == crate::waive::CODE).then_some("A waiver does not match the report");
    relation().or_else(text).or_else(coded).or_else(own)
}

fn message(finding: &Finding) -> String {
    let Finding { stated, expected, difference, evidence, .. } = finding;
    let quote = evidence.first().map_or("", |evidence| evidence.quote.as_str());
    let stated = if stated.is_empty() { quote } else { stated };
    let mut said = format!("At {}", finding.subject);
    if !stated.is_empty() {
        said.push_str(&format!(": the document states “{stated}”"));
    }
    if !expected.is_empty() {
        said.push_str(&format!(", expected “{expected}”"));
    }
    if !difference.is_empty() {
        said.push_str(&format!(", a difference of {difference}"));
    }
    said.push('.');
    said
}

/// A path of headings; an item without heading is told by its number (第3项), which is ours to say.
fn section(path: &str) -> String {
    let name = |name: &str| {
        let digits = name.strip_prefix('第').and_then(|rest| rest.strip_suffix('项'));
        let digits = digits.filter(|d| !d.is_empty() && d.bytes().all(|b| b.is_ascii_digit()));
        digits.map_or_else(|| name.to_owned(), |digits| format!("item {digits}"))
    };
    path.split(" / ").map(name).collect::<Vec<_>>().join(" / ")
}

/// Words of which values are made that the program says itself.
const VALUES: [(&str, &str); 16] = [
    ("减少（小于）", "less (减少 or 小于)"),
    ("持平（等于）", "the same (持平 or 等于)"),
    ("增加（大于）", "more (增加 or 大于)"),
    ("满分", "full marks"),
    ("用途", "what they are used for"),
    ("年初预算支出合计", "initial budgets"),
    ("下达金额合计", "grants"),
    ("执行金额合计", "executed"),
    ("、", ", "),
    ("约 ", "about "),
    (" 或 ", " or "),
    (" 个百分点", " percentage points"),
    (" 亿元", " hundred million yuan"),
    (" 万元", " ten thousand yuan"),
    (" 元", " yuan"),
    (" 分", " points"),
];

/// A value that the program says itself, in English; `None` for quotes, which stay as printed.
fn value_in_english(value: &str) -> Option<String> {
    if value.chars().all(|c| !is_han(c)) {
        return None;
    }
    let whole = VALUES.iter().find(|(chinese, _)| *chinese == value);
    if let Some((_, english)) = whole {
        return Some((*english).to_owned());
    }
    let said = VALUES
        .iter()
        .fold(value.to_owned(), |said, (chinese, english)| said.replace(chinese, english));
    said.chars().all(|c| !is_han(c)).then_some(said)
}

/// The likely causes among the hints; advice that only Chinese words carry is left out.
fn hints(chinese: &str) -> String {
    let known = |part: &str| HINTS.iter().find(|(zh, _)| *zh == part).map(|(_, en)| *en);
    chinese.split('；').filter_map(known).collect::<Vec<_>>().join("; ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_of_the_program_are_english_and_quotes_stay() {
        let english = |value| value_in_english(value);
        assert_eq!(english("-0.12 万元").as_deref(), Some("-0.12 ten thousand yuan"));
        assert_eq!(english("4.90 个百分点").as_deref(), Some("4.90 percentage points"));
        assert_eq!(english("37,137.16 或 58,298.75").as_deref(), Some("37,137.16 or 58,298.75"));
        assert_eq!(english("约 7,896.08").as_deref(), Some("about 7,896.08"));
        assert_eq!(english("减少（小于）").as_deref(), Some("less (减少 or 小于)"));
        let both = "年初预算支出合计 8.59、下达金额合计 9.71";
        assert_eq!(english(both).as_deref(), Some("initial budgets 8.59, grants 9.71"));
        assert_eq!(section("一、职责 / 第3项"), "一、职责 / item 3");
        for quote in ["债权纠纷", "下降", "完成年初预算的 5 元", "12.00"] {
            assert_eq!(english(quote), None, "{quote}");
        }
    }
}
