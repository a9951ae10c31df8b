//! DOC025: the accounts were published later than twenty days after approval.

use juesuan_model::Severity;

use crate::words::numbers;
use crate::{Context, Failure, Outcomes, Rule, Spot};

pub(crate) static RULE: Rule = Rule {
    code: "DOC025",
    title: "公开日期晚于批复后二十日",
    english: "Published later than twenty days after approval",
    severity: Severity::Error,
    checks: "文中写有批复日期和公开日期的，公开日期不得晚于批复后二十日。",
    why: "法律规定批复后二十日内公开。",
    bad: "第一部分 概况\n\n一、公开说明\n\n本决算于2025年8月1日经市财政局批复，公开日期为2025年9月10日，特此说明。",
    good: "第一部分 概况\n\n一、公开说明\n\n本决算于2025年8月1日经市财政局批复，公开日期为2025年8月15日，特此说明。",
    basis: "《预算法》第十四条：批复后二十日内由各部门向社会公开",
    false_alarms: "文中没有写日期的不检查。",
    covers: &["R129", "E02"],
    check,
};

fn check(context: &Context<'_>, out: &mut Outcomes) {
    let mut approved: Option<(i64, Spot)> = None;
    let mut published: Option<(i64, Spot)> = None;
    for passage in &context.accounts.passages {
        let text = passage.folded.as_str();
        if !text.contains("批复") && !text.contains("公开日期") && !text.contains("公开时间")
        {
            continue;
        }
        for (start, end, day) in dates(text) {
            let around = |reach: usize| {
                let from = text
                    .get(..start)
                    .map_or(0, |t| t.char_indices().rev().nth(reach).map_or(0, |(at, _)| at));
                text.get(from..).unwrap_or("").chars().take(reach * 2 + 14).collect::<String>()
            };
            let spot = || Spot::in_passage(passage, start, end);
            let before: String = text
                .get(..start)
                .unwrap_or("")
                .chars()
                .rev()
                .take(8)
                .collect::<Vec<_>>()
                .into_iter()
                .rev()
                .collect();
            if before.contains("公开日期") || before.contains("公开时间") {
                published.get_or_insert_with(|| (day, spot()));
            } else if around(12).contains("批复") {
                approved.get_or_insert_with(|| (day, spot()));
            }
        }
    }
    let (Some((approved, at)), Some((published, until))) = (approved, published) else {
        return out.not_applicable();
    };
    let late = published - approved;
    if (0..=20).contains(&late) {
        return out.pass(&[]);
    }
    let message = format!("批复后第 {late} 日才公开，超过二十日");
    out.fail(Failure::new("document[].date", message).at(until).at(at));
}

/// Dates written 2025年8月1日, as days since the year 0.
fn dates(text: &str) -> Vec<(usize, usize, i64)> {
    let all = numbers(text);
    let mut found = Vec::new();
    for window in all.windows(3) {
        let [year, month, day] = window else { continue };
        let between = |a: usize, b: usize| text.get(a..b).unwrap_or("");
        let is_date = between(year.end, month.start) == "年"
            && between(month.end, day.start) == "月"
            && text.get(day.end..).is_some_and(|rest| rest.starts_with('日'));
        let values = [year, month, day].map(|number| i64::try_from(number.value).unwrap_or(0));
        if let [y @ 2000..=2099, m @ 1..=12, d @ 1..=31] = values
            && is_date
        {
            found.push((year.start, day.end + "日".len(), days(y, m, d)));
        }
    }
    found
}

/// Days of the proleptic Gregorian calendar, counted from March so that leap days come last.
const fn days(year: i64, month: i64, day: i64) -> i64 {
    let (y, m) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    y * 365 + y / 4 - y / 100 + y / 400 + (m * 153 + 2) / 5 + day
}
