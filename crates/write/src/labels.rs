//! Everything that reports say themselves, in both languages side by side.

use juesuan_model::{Coverage, Evidence, Lang, Report, Severity, Waiver};

use crate::clean::one_line;

/// A wording in both languages.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Words {
    zh: &'static str,
    en: &'static str,
}

impl Words {
    /// The wording in one language.
    pub(crate) const fn say(self, lang: Lang) -> &'static str {
        lang.pick(self.zh, self.en)
    }
}

const fn words(zh: &'static str, en: &'static str) -> Words {
    Words { zh, en }
}

// The document.
pub(crate) const REPORT: Words = words("部门决算检查报告", "Check of departmental final accounts");
pub(crate) const DOCUMENT: Words = words("文件", "File");
pub(crate) const SHA256: Words = words("SHA-256", "SHA-256");
pub(crate) const DOC_TITLE: Words = words("标题", "Title");
pub(crate) const DEPARTMENT: Words = words("单位", "Department");
pub(crate) const YEAR: Words = words("年度", "Year");
pub(crate) const SCHEME: Words = words("方案", "Scheme");
pub(crate) const SCHEME_REASON: Words = words("选用理由", "Reason");
pub(crate) const UNKNOWN: Words = words("未识别", "not recognised");
pub(crate) const UNTITLED: Words = words("没有识别出标题", "No title recognised");

// Coverage.
pub(crate) const COVERAGE: Words = words("检查范围", "Coverage");
pub(crate) const OUTCOME: Words = words("结果", "Outcome");
pub(crate) const COUNT: Words = words("项数", "Count");
pub(crate) const SHARE: Words = words("占比", "Share");
pub(crate) const PASSED: Words = words("通过", "Passed");
pub(crate) const TAIL: Words = words("尾差", "Rounding");
pub(crate) const FAILED: Words = words("不符", "Failed");
pub(crate) const NOT_APPLICABLE: Words = words("不适用", "Not applicable");
pub(crate) const NOT_CHECKED: Words = words("未检查", "Not checked");
pub(crate) const CHECKS: Words = words("检查", "Checks");
pub(crate) const FIGURES: Words = words("文中数字", "Figures");
pub(crate) const UNRELATED: Words = words("未涉及", "Unrelated");
pub(crate) const RELATED: Words = words("有规则核对", "Covered by rules");
pub(crate) const FIGURES_UNRELATED: Words = words("没有规则涉及", "Covered by no rule");
pub(crate) const NOT_PASSED: Words = words("未检查不等于通过", "Not checked does not mean passed");

// Findings.
pub(crate) const FINDINGS: Words = words("问题", "Findings");
pub(crate) const ERROR: Words = words("错误", "Errors");
pub(crate) const WARNING: Words = words("疑点", "Warnings");
pub(crate) const NOTE: Words = words("提示", "Notes");
pub(crate) const WAIVED: Words = words("已接受", "Accepted");
pub(crate) const WAIVED_FINDINGS: Words = words("已接受的问题", "Accepted findings");
pub(crate) const WHOLE: Words = words("全文", "The whole document");
pub(crate) const STATED: Words = words("写的是", "Stated");
pub(crate) const EXPECTED: Words = words("应为", "Expected");
pub(crate) const DIFFERENCE: Words = words("相差", "Difference");
pub(crate) const ALSO: Words = words("另见", "See also");
pub(crate) const HINT: Words = words("提示", "Hint");
pub(crate) const BASIS: Words = words("依据", "Basis");
pub(crate) const CAUSE: Words = words("起因", "Cause");
pub(crate) const CONSEQUENCES: Words = words("连带", "Follows");
pub(crate) const SUMMARY: Words = words("小结", "Summary");
pub(crate) const HELD_AGAINST: Words = words("对照", "Held against");
pub(crate) const HELD_HERE: Words =
    words("本页还有用来对照的地方：", "Also held against this page:");
pub(crate) const COLOURS: Words = words(
    "颜色：红是错误，黄是疑点，蓝是提示，灰是已接受，绿是对照之处",
    "Colours: red errors, yellow warnings, blue notes, grey accepted, green what they are held against",
);

// Tables of findings.
pub(crate) const SEVERITY: Words = words("级别", "Severity");
pub(crate) const CODE: Words = words("编码", "Code");
pub(crate) const TITLE: Words = words("问题", "Finding");
pub(crate) const SECTION: Words = words("章节", "Section");
pub(crate) const LINE: Words = words("行", "Line");
pub(crate) const COLUMN: Words = words("列", "Column");
pub(crate) const FINDING_LIST: Words = words("问题清单", "Findings");
pub(crate) const COVERAGE_LIST: Words = words("覆盖情况", "Coverage");
pub(crate) const CUT: Words = words("…（内容过长，已截断）", "… (too long, cut)");
pub(crate) const QUOTE: Words = words("原文", "Quote");
pub(crate) const MESSAGE: Words = words("说明", "Explanation");
pub(crate) const SUBJECT: Words = words("对象", "Subject");
pub(crate) const WHY_NOT: Words = words("原因", "Reason");

// The page of a rule.
pub(crate) const RULES: Words = words("规则说明", "Rules");
pub(crate) const STATUS: Words = words("状态", "Status");
pub(crate) const LOOKS_AT: Words = words("查什么", "What it checks");
pub(crate) const FORMULA: Words = words("公式", "Formula");
pub(crate) const WHY: Words = words("为什么", "Why");
pub(crate) const BAD: Words = words("例", "Example");
pub(crate) const GOOD: Words = words("应为", "Should be");
pub(crate) const FALSE_ALARMS: Words = words("可能的误报", "Possible false alarms");
pub(crate) const COVERS: Words = words("对应", "Covers");

// The page that a browser shows.
pub(crate) const SKIP: Words = words("跳到问题", "Skip to the findings");
pub(crate) const FILTER: Words = words("筛选", "Filter");
pub(crate) const SEARCH: Words = words("搜索", "Search");
pub(crate) const SEARCH_HINT: Words = words("编码、文字或数字", "Code, words or figures");
pub(crate) const FAMILY: Words = words("规则类别", "Kind of rule");
pub(crate) const ALL_SECTIONS: Words = words("全部章节", "All sections");
pub(crate) const RESET: Words = words("清除筛选", "Clear filter");
pub(crate) const SHOWN: Words = words("显示 {shown} 处，共 {all} 处", "{shown} of {all} shown");
pub(crate) const NO_MATCH: Words =
    words("没有符合筛选条件的问题。", "No finding matches the filter.");
pub(crate) const MARKED: Words = words("原文片段", "Excerpt");
pub(crate) const VALUES: Words = words("数值对照", "Values");
pub(crate) const BY: Words = words("生成工具", "Made with");

/// The label of a severity, for one finding.
pub(crate) const fn severity(severity: Severity, lang: Lang) -> &'static str {
    match severity {
        Severity::Error => words("错误", "Error"),
        Severity::Warning => words("疑点", "Warning"),
        Severity::Note => words("提示", "Note"),
    }
    .say(lang)
}

/// The label of a severity, for all its findings.
pub(crate) const fn severities(severity: Severity) -> Words {
    match severity {
        Severity::Error => ERROR,
        Severity::Warning => WARNING,
        Severity::Note => NOTE,
    }
}

/// What a severity means.
pub(crate) const fn severity_meaning(severity: Severity) -> Words {
    match severity {
        Severity::Error => words(
            "文件自身或法规足以证明的矛盾、遗漏",
            "contradictions and omissions that the document or the law proves",
        ),
        Severity::Warning => {
            words("很可能有误，须由人判断", "likely faults that a person must decide")
        }
        Severity::Note => words("尾差和写法", "rounding and style"),
    }
}

/// The families of rules: the letters codes begin with, and what they look at.
pub(crate) const FAMILIES: [(&str, Words); 7] = [
    ("TAB", words("表内", "Within a table")),
    ("XTB", words("表间", "Between tables")),
    ("TXT", words("文与表", "Text and tables")),
    ("PRF", words("绩效", "Performance")),
    ("YOY", words("跨年度", "Between years")),
    ("DOC", words("结构与文字", "Structure and wording")),
    ("RDG", words("读取", "Reading")),
];

/// The letters a code begins with.
pub(crate) fn family(code: &str) -> &str {
    code.get(..3).unwrap_or(code)
}

/// What was recognised, or the word for what was not.
pub(crate) const fn known(value: &str, lang: Lang) -> &str {
    if value.is_empty() { UNKNOWN.say(lang) } else { value }
}

/// The label of a rule's status; an unknown one stays as it is.
pub(crate) fn status(status: &str, lang: Lang) -> &str {
    match status {
        "preview" => words("试行", "preview").say(lang),
        "stable" => words("正式", "stable").say(lang),
        "retired" => words("停用", "retired").say(lang),
        other => other,
    }
}

/// A count with its digits in groups of three.
pub(crate) fn count(n: usize) -> String {
    let digits = n.to_string();
    let mut out = String::with_capacity(digits.len().saturating_mul(2));
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && digits.len().saturating_sub(at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// A count with the word for what is counted.
fn counted(n: usize, one: &str, many: &str) -> String {
    format!("{} {}", count(n), if n == 1 { one } else { many })
}

/// A share in percent. What is not nothing never shows as 0, what is not all never as 100.
pub(crate) fn share(part: usize, whole: usize) -> String {
    let tenths = part.saturating_mul(1000).saturating_add(whole / 2).checked_div(whole);
    match tenths {
        None => "–".to_owned(),
        Some(0) if part > 0 => "<0.1%".to_owned(),
        Some(1000..) if part < whole => ">99.9%".to_owned(),
        Some(tenths) => format!("{}.{}%", tenths / 10, tenths % 10),
    }
}

/// Where an evidence stands: cell, page, or line and column. Empty when it has no place.
pub(crate) fn place(evidence: &Evidence, lang: Lang) -> String {
    match (&evidence.cell, evidence.page) {
        (Some(cell), _) => one_line(cell).into_owned(),
        (None, Some(page)) => numbered(page, "页", "page", lang),
        (None, None) => line(evidence.line, evidence.column, lang),
    }
}

/// A line and a column of a text.
pub(crate) fn line(line: u32, column: u32, lang: Lang) -> String {
    match (line, column, lang) {
        (0, ..) => String::new(),
        (_, 0, _) => numbered(line, "行", "line", lang),
        (_, _, Lang::Zh) => format!("第 {line} 行，第 {column} 列"),
        (_, _, Lang::En) => format!("line {line}, column {column}"),
    }
}

/// One of many, by its number.
pub(crate) fn numbered(number: u32, zh: &str, en: &str, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("第 {number} {zh}"),
        Lang::En => format!("{en} {number}"),
    }
}

/// So many things are not listed.
pub(crate) fn more(n: usize, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("另有 {} 处", count(n)),
        Lang::En => format!("and {} more", count(n)),
    }
}

/// So many findings of a section are not listed.
pub(crate) fn more_findings(n: usize, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("本节另有 {} 处，未逐一列出", count(n)),
        Lang::En => format!("{} of this section not listed", counted(n, "more", "more")),
    }
}

/// Which pages of a document are shown.
pub(crate) fn pages_shown(n: usize, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!(
            "只列出有问题或用来对照的 {n} 页。点图上的方框到问题，点问题的页码回到图上；绿框是对照之处。"
        ),
        Lang::En => format!(
            "Only the {} with findings, or held against them, {} shown. A mark leads to its finding, \
             the page of a finding back to its mark; green is what findings are held against.",
            counted(n, "page", "pages"),
            if n == 1 { "is" } else { "are" },
        ),
    }
}

/// Which pages have no picture.
pub(crate) fn not_drawn(pages: &[u32], lang: Lang) -> String {
    let numbers: Vec<String> = pages.iter().map(u32::to_string).collect();
    let numbers = numbers.join(lang.pick("、", ", "));
    match lang {
        Lang::Zh => {
            format!("第 {numbers} 页没有画出图来：图太多、太大，或页面损坏。问题照常列出。")
        }
        Lang::En => format!(
            "No picture of page {numbers}: too many, too large, or damaged. Their findings are listed."
        ),
    }
}

/// What a picture shows, for those who do not see it.
pub(crate) fn picture(page: u32, marks: usize, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("第 {page} 页的图，标出 {marks} 处"),
        Lang::En => format!("Page {page} with {}", counted(marks, "mark", "marks")),
    }
}

/// So many places are not marked.
pub(crate) fn not_marked(n: usize, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("另有 {} 处没有标出，见文字报告", count(n)),
        Lang::En => format!(
            "{} not marked; see the report as text",
            counted(n, "further place is", "further places are")
        ),
    }
}

/// How many places, for a fold that hides them.
pub(crate) fn places(n: usize, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("{} 处", count(n)),
        Lang::En => counted(n, "place", "places"),
    }
}

/// How many checks.
pub(crate) fn items(n: usize, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("{} 项", count(n)),
        Lang::En => counted(n, "check", "checks"),
    }
}

/// So many rows did not fit.
pub(crate) fn missing_rows(n: usize, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("另有 {} 行超出工作表的容量，未列出", count(n)),
        Lang::En => {
            format!("{} not listed: the sheet is full", counted(n, "more row", "more rows"))
        }
    }
}

/// How many rules.
pub(crate) fn rules(count: usize, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("共 {count} 条规则"),
        Lang::En => format!("{count} rules"),
    }
}

/// How many documents.
pub(crate) fn documents(n: usize, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("合计 {} 份", count(n)),
        Lang::En => format!("Total of {}", counted(n, "document", "documents")),
    }
}

/// Who accepted a finding, why and until when.
pub(crate) fn waiver(waiver: &Waiver, lang: Lang) -> String {
    let until = waiver.until.as_deref();
    match (lang, until) {
        (Lang::Zh, Some(until)) => format!("{}：{}（至 {until}）", waiver.who, waiver.note),
        (Lang::Zh, None) => format!("{}：{}", waiver.who, waiver.note),
        (Lang::En, Some(until)) => format!("{}: {} (until {until})", waiver.who, waiver.note),
        (Lang::En, None) => format!("{}: {}", waiver.who, waiver.note),
    }
}

/// How many figures the document has and how many of them nothing protects.
pub(crate) fn figures(coverage: &Coverage, lang: Lang) -> String {
    let Coverage { figures, figures_unrelated: unrelated, .. } = *coverage;
    if figures == 0 {
        return words("没有读到", "none was read").say(lang).to_owned();
    }
    let part = share(unrelated, figures);
    match (lang, unrelated) {
        (Lang::Zh, 0) => format!("{} 个，都有规则核对", count(figures)),
        (Lang::En, 0) => format!("{}, all covered by rules", count(figures)),
        (Lang::Zh, _) => format!(
            "{} 个，其中 {} 个（{part}）没有规则涉及，写错了也查不出来",
            count(figures),
            count(unrelated),
        ),
        (Lang::En, _) => format!(
            "{}, of which {} ({part}) are covered by no rule: a fault there goes unseen",
            count(figures),
            count(unrelated),
        ),
    }
}

/// What an unprotected share of checks means.
pub(crate) fn not_checked_warning(n: usize, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("有 {} 项未检查。未检查不等于通过，原因见文末。", count(n)),
        Lang::En => format!(
            "{} not checked. Not checked does not mean passed; the reasons stand at the end.",
            counted(n, "item was", "items were"),
        ),
    }
}

/// That there are no open findings, which says little when much was not checked.
pub(crate) fn nothing(report: &Report, lang: Lang) -> String {
    let found = if report.findings.is_empty() {
        words("没有发现问题", "Nothing was found")
    } else {
        words("除已接受的以外，没有发现问题", "Nothing was found beside what was accepted")
    };
    let found = found.say(lang);
    match (lang, report.coverage.not_checked) {
        (Lang::Zh, 0) => format!("{found}。"),
        (Lang::En, 0) => format!("{found}."),
        (Lang::Zh, n) => format!("{found}；但有 {} 项未检查，不等于通过。", count(n)),
        (Lang::En, n) => format!(
            "{found}, but {} not checked, which does not mean passed.",
            counted(n, "item was", "items were"),
        ),
    }
}

/// The report in one line.
pub(crate) fn verdict(report: &Report, lang: Lang) -> String {
    let waived = report.findings.iter().filter(|f| f.waived.is_some()).count();
    let unchecked = report.coverage.not_checked;
    let found = [Severity::Error, Severity::Warning, Severity::Note].map(|severity| {
        let n = report.count(severity);
        match (lang, severity) {
            (Lang::Zh, _) => format!("{} {}", severities(severity).say(lang), count(n)),
            (Lang::En, Severity::Error) => counted(n, "error", "errors"),
            (Lang::En, Severity::Warning) => counted(n, "warning", "warnings"),
            (Lang::En, Severity::Note) => counted(n, "note", "notes"),
        }
    });
    let mut parts = found.to_vec();
    if waived > 0 {
        parts.push(match lang {
            Lang::Zh => format!("已接受 {}", count(waived)),
            Lang::En => format!("{} accepted", count(waived)),
        });
    }
    if unchecked > 0 {
        parts.push(match lang {
            Lang::Zh => format!("未检查 {}（不等于通过）", count(unchecked)),
            Lang::En => format!("{} not checked (which is not passed)", count(unchecked)),
        });
    }
    parts.join(lang.pick("，", ", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_grouped_and_shares_never_lie() {
        assert_eq!((count(7), count(1_234_567)), ("7".to_owned(), "1,234,567".to_owned()));
        assert_eq!(share(0, 10), "0.0%");
        assert_eq!(share(1, 100_000), "<0.1%");
        assert_eq!(share(99_999, 100_000), ">99.9%");
        assert_eq!((share(3, 3), share(1, 3)), ("100.0%".to_owned(), "33.3%".to_owned()));
        assert_eq!(share(0, 0), "–");
    }

    #[test]
    fn places_say_only_what_is_known() {
        let mut evidence = Evidence { line: 12, column: 3, ..Evidence::default() };
        assert_eq!(place(&evidence, Lang::Zh), "第 12 行，第 3 列");
        evidence.page = Some(4);
        evidence.column = 0;
        assert_eq!(place(&evidence, Lang::En), "page 4");
        assert_eq!(place(&Evidence::default(), Lang::Zh), "");
    }
}
