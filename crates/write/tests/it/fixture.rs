//! An invented disclosure with its findings: wide characters, tabs, a very long line, several
//! places, an accepted finding, things not checked.

use std::fmt::Write as _;

use juesuan_model::{
    Coverage, DocumentInfo, Evidence, Finding, NotChecked, Report, RuleInfo, Severity, Waiver,
};
use juesuan_write::html::PagePicture;

const SUMMARY: &str = "第四部分 部门决算表 › 一、收入支出决算总表";
const THREE: &str = "第四部分 部门决算表 › 九、财政拨款“三公”经费支出决算表";
const NARRATIVE: &str = "第二部分 部门决算情况说明 › 一、收入支出决算总体情况说明";

/// Two wide spaces, with which Chinese paragraphs begin.
const INDENT: &str = "\u{3000}\u{3000}";

/// The text of the document.
pub(crate) fn source() -> String {
    let filler = "本部门认真贯彻落实过紧日子要求，严格控制一般性支出，".repeat(40);
    format!(
        "# 某某市青松局 2024 年度部门决算\n\n\
         ## 一、收入支出决算总体情况说明\n\n\
         {INDENT}{filler}2024 年度收入总计 1,860.42 万元，与上年相比增加 52.10 万元，\
         增长 2.88%，主要原因是人员经费增加。{filler}\n\n\
         ## 一、收入支出决算总表\n\n\
         项目\t行次\t金额\t项目\t行次\t金额\n\
         一、一般公共预算财政拨款收入\t1\t1,806.42\t一、一般公共服务支出\t32\t1,322.16\n\
         本年收入合计\t27\t1,806.42\t本年支出合计\t57\t1,806.42\n\n\
         ## 九、财政拨款“三公”经费支出决算表\n\n\
         合计\t因公出国（境）费\t公务用车购置及运行费\t公务接待费\r\n\
         12.50\t0.00\t9.30\t\r\n\
         注：本表反映财政拨款“三公”经费的预算和决算。\n"
    )
}

/// The `nth` place (from 0) where `quote` stands in the document.
fn at(section: &str, quote: &str, nth: usize) -> Evidence {
    let source = source();
    let (byte, _) = source.match_indices(quote).nth(nth).expect("the quote is in the source");
    let before = &source[..byte];
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or("").chars().count() + 1;
    Evidence {
        line: u32::try_from(line).unwrap(),
        column: u32::try_from(column).unwrap(),
        page: None,
        bbox: None,
        cell: None,
        section: section.into(),
        quote: quote.to_owned(),
        width: u32::try_from(quote.chars().count()).unwrap(),
    }
}

/// A finding of which only the essential is known.
pub(crate) fn finding(code: &str, severity: Severity, title: &str, message: &str) -> Finding {
    Finding {
        code: code.to_owned(),
        severity,
        title: title.to_owned(),
        message: message.to_owned(),
        subject: String::new(),
        stated: String::new(),
        expected: String::new(),
        difference: String::new(),
        evidence: Vec::new(),
        basis: String::new(),
        hint: String::new(),
        cause: None,
        consequences: Vec::new(),
        waived: None,
    }
}

fn swapped_digits() -> Finding {
    Finding {
        subject: "narrative.total_income".into(),
        stated: "1,860.42".into(),
        expected: "1,806.42".into(),
        difference: "54.00 万元".into(),
        evidence: vec![
            at(NARRATIVE, "1,860.42", 0),
            at(SUMMARY, "1,806.42", 1),
            at(SUMMARY, "1,806.42", 0),
        ],
        basis: "《部门决算管理办法》第二十三条：说明与报表的数据应当一致".into(),
        hint: "可能有两位数字颠倒了".into(),
        cause: Some("narrative[1].total_income".into()),
        consequences: ["narrative.change", "narrative.change_rate", "three_public.share", "x.y"]
            .iter()
            .enumerate()
            .map(|(i, subject)| format!("TXT01{i} {subject}"))
            .collect(),
        ..finding(
            "TXT001",
            Severity::Error,
            "文中的收入总计与收入支出决算总表不一致",
            "说明中的收入总计为 1,860.42 万元，收入支出决算总表为 1,806.42 万元，应当相等。",
        )
    }
}

fn missing_addend() -> Finding {
    let mut empty_cell = at(THREE, "9.30\t", 0);
    empty_cell.column += 5;
    empty_cell.width = 0;
    empty_cell.quote.clear();
    Finding {
        subject: "three_public[total].actual".into(),
        stated: "空白".into(),
        expected: "3.20".into(),
        evidence: vec![empty_cell, at(THREE, "12.50", 0)],
        basis: "本表：合计＝因公出国（境）费＋公务用车购置及运行费＋公务接待费".into(),
        ..finding(
            "TAB045",
            Severity::Warning,
            "“三公”经费的一项空着而合计需要它",
            "公务接待费空着；由合计 12.50 和其余两项推得 3.20。",
        )
    }
}

fn findings() -> Vec<Finding> {
    let no_law = finding("DOC003", Severity::Error, "缺少名词解释", "全文没有“名词解释”部分。");
    let tail = Finding {
        evidence: vec![at(NARRATIVE, "2.88%", 0)],
        stated: "2.88%".into(),
        expected: "2.89%".into(),
        difference: "0.01 个百分点".into(),
        hint: "相差在四舍五入的尾差范围内，不作为错误".into(),
        ..finding("TXT012", Severity::Note, "增长率有尾差", "52.10÷1,806.42 的增长率应为 2.89%。")
    };
    let on_page = Finding {
        evidence: vec![Evidence {
            line: 12,
            column: 1,
            page: Some(3),
            bbox: Some([40, 60, 120, 80]),
            cell: None,
            section: SUMMARY.into(),
            quote: "一、一般公共\t服务支出".into(),
            width: 6,
        }],
        ..finding("RDG002", Severity::Note, "一页读得不全", "第 3 页有字形无法对应到字符。")
    };
    let waived = Finding {
        subject: "summary[total].amount".into(),
        evidence: vec![at(SUMMARY, "1,322.16", 0)],
        waived: Some(Waiver {
            code: "TAB012".into(),
            subject: "summary[total].amount".into(),
            note: "科目调整，已向财政部门说明".into(),
            who: "王会计".into(),
            until: Some("2025-12-31".into()),
        }),
        ..finding("TAB012", Severity::Error, "类款项加总不等于合计", "各类之和为 1,322.16。")
    };
    vec![no_law, swapped_digits(), waived, missing_addend(), tail, on_page]
}

/// The report of the document.
pub(crate) fn report() -> Report {
    let unchecked = |code: &str, subject: &str, why: &str| NotChecked {
        code: code.into(),
        subject: subject.into(),
        why: why.into(),
    };
    let mut not_checked = vec![unchecked("RDG001", "funds", "表“政府性基金”没有找到")];
    for code in ["YOY001", "YOY002", "YOY003"] {
        for subject in ["summary[total].amount", "three_public[total].actual"] {
            not_checked.push(unchecked(code, subject, "没有提供上年决算"));
        }
    }
    Report {
        document: DocumentInfo {
            path: "决算/某某市青松局 2024.md".into(),
            sha256: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08".into(),
            title: "某某市青松局 2024 年度部门决算".into(),
            department: "某某市青松局".into(),
            year: Some(2024),
            scheme: "cn-ln-shenyang/2024".into(),
            scheme_reason: "标题中的地名和年度".into(),
        },
        coverage: Coverage {
            figures: 1312,
            figures_unrelated: 87,
            passed: 1104,
            failed: 6,
            rounding_tail: 3,
            not_applicable: 240,
            not_checked: 7,
        },
        findings: findings(),
        not_checked,
    }
}

/// The same report of a document with pages, and pictures of three of them.
pub(crate) fn paged() -> (Report, Vec<PagePicture>) {
    let places = [
        ("TXT001", 0, 2, [100, 50, 150, 62]),
        ("TXT001", 1, 3, [40, 60, 120, 80]),
        ("TXT001", 2, 7, [10, 10, 20, 20]),
        ("TXT012", 0, 2, [100, 90, 150, 102]),
        ("TAB012", 0, 3, [200, 60, 240, 80]),
        ("TAB045", 0, 5, [1, 1, 9, 9]),
    ];
    let mut report = report();
    for (code, at, page, bbox) in places {
        let finding = report.findings.iter_mut().find(|finding| finding.code == code).unwrap();
        let evidence = &mut finding.evidence[at];
        (evidence.page, evidence.bbox) = (Some(page), Some(bbox));
    }
    let png = b"\x89PNG".to_vec();
    let picture =
        |page| PagePicture { page, width: 1000, height: 1414, dpi: 144, png: png.clone() };
    (report, [2, 3, 7].map(picture).to_vec())
}

/// A report of a document in which nothing was found.
pub(crate) fn clean_report() -> Report {
    Report {
        document: DocumentInfo { path: "b.md".into(), ..DocumentInfo::default() },
        coverage: Coverage { figures: 12, passed: 12, ..Coverage::default() },
        ..Report::default()
    }
}

/// The rules that the report speaks of, and one that it does not.
pub(crate) fn rules() -> Vec<RuleInfo> {
    let text = RuleInfo {
        code: "TXT001".into(),
        title: "文中的收入总计与收入支出决算总表不一致".into(),
        english: "The total of income in the text differs from the form".into(),
        severity: Some(Severity::Error),
        checks: "说明中“收入总计”的金额，等于收入支出决算总表的总计。".into(),
        why: "读者先看说明；说明与报表各说各的，公开就失去意义。\n数字在说明里是重新录入的，最容易错。"
            .into(),
        bad: "2024 年度收入总计 1,860.42 万元\n总计\t1,806.42".into(),
        good: "2024 年度收入总计 1,806.42 万元\n总计\t1,806.42".into(),
        basis: "《部门决算管理办法》第二十三条".into(),
        false_alarms: "说明以“亿元”为单位且 < 1 位小数时，由末位的区间判断。".into(),
        formula: "narrative.total_income = summary[total].amount * 1".into(),
        status: "stable".into(),
        covers: vec!["R005".into(), "E23".into()],
    };
    let table = RuleInfo {
        code: "TAB045".into(),
        title: "“三公”经费的一项空着而合计需要它".into(),
        severity: Some(Severity::Warning),
        checks: "合计等于三项之和。".into(),
        status: "preview".into(),
        ..RuleInfo::default()
    };
    let unused = RuleInfo {
        code: "YOY009".into(),
        title: "年初结转与上年年末结转不等".into(),
        severity: Some(Severity::Error),
        ..RuleInfo::default()
    };
    vec![table, text, unused]
}

/// The text of a report with everything a hostile document could put into it.
pub(crate) fn hostile_report(text: &str) -> (String, Report, Vec<RuleInfo>) {
    let mut report = report();
    let source = format!("{text}\n{text}");
    let evidence = |line, column| Evidence {
        line,
        column,
        section: text.into(),
        quote: text.into(),
        width: 3,
        ..Evidence::default()
    };
    let mut finding = finding(text, Severity::Error, text, text);
    for field in [&mut finding.subject, &mut finding.stated, &mut finding.expected] {
        text.clone_into(field);
    }
    for field in [&mut finding.difference, &mut finding.hint, &mut finding.basis] {
        text.clone_into(field);
    }
    finding.cause = Some(text.into());
    finding.consequences = vec![text.into(); 5];
    finding.evidence = vec![evidence(1, 1), evidence(1, 9), evidence(2, 0), evidence(7, 7)];
    let waiver = Waiver {
        code: text.into(),
        subject: text.into(),
        note: text.into(),
        who: text.into(),
        until: Some(text.into()),
    };
    report.findings.push(Finding { waived: Some(waiver), ..finding.clone() });
    report.findings.push(finding);
    report.not_checked.push(NotChecked {
        code: text.into(),
        subject: text.into(),
        why: text.into(),
    });
    let document = &mut report.document;
    for field in [&mut document.path, &mut document.title, &mut document.department] {
        text.clone_into(field);
    }
    text.clone_into(&mut document.scheme);
    text.clone_into(&mut document.scheme_reason);
    let rule = RuleInfo {
        code: text.into(),
        title: text.into(),
        english: text.into(),
        checks: text.into(),
        why: text.into(),
        bad: text.into(),
        good: text.into(),
        basis: text.into(),
        false_alarms: text.into(),
        formula: text.into(),
        status: text.into(),
        covers: vec![text.into()],
        severity: Some(Severity::Error),
    };
    (source, report, vec![rule])
}

/// Adds many findings to a report.
pub(crate) fn repeated(report: &mut Report, times: usize) {
    for n in 0..times {
        let mut message = String::new();
        let _ = write!(message, "第 {n} 次");
        report.findings.push(finding("TAB001", Severity::Note, "重复", &message));
    }
}
