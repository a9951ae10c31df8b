//! DOC024: personal information is published.

use juesuan_model::Severity;

use crate::words::next_digit;
use crate::{Context, Failure, Outcomes, Rule};

pub(crate) static RULE: Rule = Rule {
    code: "DOC024",
    title: "公开了身份证号、手机号等个人信息",
    english: "Personal information is published",
    severity: Severity::Error,
    checks: "查找 18 位身份证号码和 11 位手机号码。",
    why: "公开决算不得泄露个人信息。",
    bad: "第一部分 概况\n\n一、主要职责\n\n联系人张某，电话13800000000，负责日常工作。",
    good: "第一部分 概况\n\n一、主要职责\n\n联系电话：0000-12345678，负责日常工作。",
    basis: "《政府信息公开条例》第十五条；《个人信息保护法》",
    false_alarms: "公开的办公手机号请确认。",
    covers: &["E84"],
    check,
};

fn check(context: &Context<'_>, out: &mut Outcomes) {
    for text in context.texts() {
        let mut clean = true;
        for (start, end, kind) in personal(&text.folded) {
            clean = false;
            let message = format!("文中出现{kind}");
            out.fail(Failure::new(text.subject("private"), message).at(text.spot_at(start, end)));
        }
        if clean {
            out.pass(&[]);
        }
    }
}

/// Runs of digits that are identity or mobile numbers.
fn personal(text: &str) -> Vec<(usize, usize, &'static str)> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(start) = next_digit(text.as_bytes(), from) {
        let run = text.get(start..).unwrap_or("");
        let length = run.bytes().take_while(u8::is_ascii_digit).count();
        let digits = run.get(..length).unwrap_or("");
        let check_letter = run.get(length..).is_some_and(|rest| rest.starts_with(['X', 'x']));
        let kind = match length {
            18 if is_birth(digits) => Some("身份证号码"),
            17 if check_letter && is_birth(digits) => Some("身份证号码"),
            11 if digits.starts_with('1')
                && !digits.starts_with("10")
                && !digits.starts_with("12") =>
            {
                Some("手机号码")
            }
            _ => None,
        };
        if let Some(kind) = kind {
            found.push((start, start + length, kind));
        }
        from = start + length.max(1);
    }
    found
}

/// The digits 7 to 14 of an identity number are a date of birth.
fn is_birth(digits: &str) -> bool {
    let part =
        |range: std::ops::Range<usize>| digits.get(range).and_then(|d| d.parse::<u32>().ok());
    matches!(
        (part(6..10), part(10..12), part(12..14)),
        (Some(1900..=2099), Some(1..=12), Some(1..=31))
    )
}
