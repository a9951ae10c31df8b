//! What is wrong with packages, as text: a fault each, with its first places or all of them.

use std::fmt::Write as _;

use juesuan_compile::{Code, places};
use juesuan_model::{Evidence, Finding, Lang, column_letters};

/// How many places of a fault are shown when not all are asked for.
const FIRST_PLACES: usize = 5;

/// What is wrong with packages. A fault that repeats is told once. In English, what the cells say and how their
/// columns are called stays Chinese, as it is in the package.
pub(crate) fn listed(findings: &[Finding], shows_all: bool, lang: Lang) -> String {
    let mut out = String::new();
    for finding in findings {
        let (title, advice) = match (lang, Code::from_id(&finding.code)) {
            (Lang::En, Some(code)) => (code.english(), code.english_advice()),
            _ => (&*finding.title, &*finding.hint),
        };
        let label = lang.pick(finding.severity.label(), finding.severity.id());
        let count = places(finding);
        let many = match count {
            1 => String::new(),
            _ => {
                lang.pick("（", " (").to_owned()
                    + &count.to_string()
                    + lang.pick(" 处）", " places)")
            }
        };
        let _ = writeln!(out, "{label} {} {title}{many}", finding.code);
        places_of(&mut out, finding, count, shows_all, lang);
        let first = if count > 1 { lang.pick("第一处：", "the first: ") } else { "" };
        let _ = writeln!(out, "  {first}{}", finding.message);
        if !advice.is_empty() {
            let _ = writeln!(out, "  → {advice}");
        }
    }
    out
}

/// A line for each file in which the fault stands.
fn places_of(out: &mut String, finding: &Finding, count: usize, shows_all: bool, lang: Lang) {
    let Some(first) = finding.evidence.first() else {
        let _ = writeln!(out, "  {}", finding.subject);
        return;
    };
    if count == 1 {
        let _ = writeln!(out, "  {} {}", first.section, finding.subject);
        return;
    }
    let sheet = finding.subject.split(['!', ' ']).next().unwrap_or_default();
    let most = if shows_all { usize::MAX } else { FIRST_PLACES };
    let shown = finding.evidence.get(..most.min(finding.evidence.len())).unwrap_or_default();
    for of_file in shown.chunk_by(|a, b| a.section == b.section) {
        let file = of_file.first().map_or("", |place| &*place.section);
        let cells: Vec<String> = of_file.iter().map(cell).filter(|cell| !cell.is_empty()).collect();
        let within =
            if cells.is_empty() { String::new() } else { format!("!{}", cells.join("、")) };
        let _ = writeln!(out, "  {file} {sheet}{within}");
    }
    let more = count.saturating_sub(shown.len());
    if more > 0 {
        let rest = match (shows_all, lang) {
            (true, Lang::Zh) => format!("另有 {more} 处没有列出"),
            (true, Lang::En) => format!("{more} more, not listed"),
            (false, Lang::Zh) => format!("另有 {more} 处（--all 全部列出）"),
            (false, Lang::En) => format!("{more} more (--all lists them)"),
        };
        let _ = writeln!(out, "  {rest}");
    }
}

/// The name of a cell or row; empty for a sheet as a whole.
fn cell(place: &Evidence) -> String {
    let column = usize::try_from(place.column).ok().and_then(|column| column.checked_sub(1));
    match (column, place.line) {
        (_, 0) => String::new(),
        (Some(column), line) => format!("{}{line}", column_letters(column)),
        (None, line) => line.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use juesuan_model::Severity;

    fn finding(subject: &str, places: &[(&str, u32, u32)]) -> Finding {
        let evidence = places.iter().map(|(file, line, column)| Evidence {
            section: (*file).into(),
            line: *line,
            column: *column,
            ..Evidence::default()
        });
        Finding {
            code: "PKG005".into(),
            severity: Severity::Error,
            title: "单元格的内容不对".into(),
            message: "“金额”栏写的是“一百”，不是数字".into(),
            subject: subject.into(),
            stated: String::new(),
            expected: String::new(),
            difference: String::new(),
            evidence: evidence.collect(),
            basis: String::new(),
            hint: "只填数字".into(),
            cause: None,
            consequences: Vec::new(),
            waived: None,
        }
    }

    #[test]
    fn one_place_stands_beside_its_file() {
        assert_eq!(
            listed(&[finding("收入!C2", &[("甲.csv", 2, 3)])], false, Lang::Zh),
            "错误 PKG005 单元格的内容不对\n  甲.csv 收入!C2\n  “金额”栏写的是“一百”，不是数字\n  → 只填数字\n"
        );
    }

    #[test]
    fn many_places_are_counted_and_all_are_shown_on_request() {
        let rows = (2..8).map(|row| ("甲.csv", row, 3)).chain([("乙.csv", 9, 3)]);
        let many = [finding("收入!C2 等 7 处", &rows.collect::<Vec<_>>())];
        let told = listed(&many, false, Lang::Zh);
        assert!(told.starts_with("错误 PKG005 单元格的内容不对（7 处）\n  甲.csv 收入!C2、C3、C4、C5、C6\n  另有 2 处（--all 全部列出）\n  第一处："), "{told}");
        let all = listed(&many, true, Lang::Zh);
        assert!(
            all.contains("  甲.csv 收入!C2、C3、C4、C5、C6、C7\n  乙.csv 收入!C9\n  第一处："),
            "{all}"
        );
    }

    #[test]
    fn english_has_its_own_titles_and_advice() {
        let told = listed(&[finding("收入!C2", &[("甲.csv", 2, 3)])], false, Lang::En);
        assert!(
            told.starts_with(
                "error PKG005 A cell holds what does not belong there\n  甲.csv 收入!C2\n"
            ),
            "{told}"
        );
        assert!(told.contains("→ Correct the cell"), "{told}");
    }
}
