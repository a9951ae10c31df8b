//! Text for terminals.

use juesuan_model::Lang;
use juesuan_write::SourceText;
use juesuan_write::text::{TextOptions, report, rule_page, summary};

use crate::fixture;

fn options() -> TextOptions {
    TextOptions { width: 92, ..TextOptions::default() }
}

#[test]
fn a_report_in_chinese() {
    let source = fixture::source();
    insta::assert_snapshot!(report(&fixture::report(), &SourceText::new(&source), options()));
}

#[test]
fn a_report_in_english_on_a_narrow_terminal() {
    let source = fixture::source();
    let options = TextOptions { width: 60, lang: Lang::En, ..options() };
    insta::assert_snapshot!(report(&fixture::report(), &SourceText::new(&source), options));
}

#[test]
fn a_report_of_nothing_still_tells_what_was_checked() {
    let nothing = fixture::clean_report();
    insta::assert_snapshot!(report(&nothing, &SourceText::default(), options()));
}

#[test]
fn nothing_found_is_no_praise_when_much_was_not_checked() {
    let mut nothing = fixture::clean_report();
    nothing.coverage.not_checked = 3;
    let text = report(&nothing, &SourceText::default(), options());
    assert!(text.contains("没有发现问题；但有 3 项未检查，不等于通过。"), "{text}");
    nothing.findings = fixture::report().findings;
    nothing.findings.retain(|finding| finding.waived.is_some());
    let text = report(&nothing, &SourceText::default(), options());
    assert!(text.contains("除已接受的以外，没有发现问题；"), "{text}");
}

#[test]
fn a_limit_says_how_much_it_hides() {
    let mut long = fixture::clean_report();
    fixture::repeated(&mut long, 5);
    let options = TextOptions { per_section: Some(2), ..options() };
    let text = report(&long, &SourceText::default(), options);
    assert_eq!(text.matches("TAB001").count(), 2);
    assert!(text.contains("本节另有 3 处，未逐一列出"), "{text}");
    assert!(text.contains("提示 5"), "the count is of all: {text}");
}

#[test]
fn marks_stand_under_what_they_mark() {
    let source = fixture::source();
    let text = report(&fixture::report(), &SourceText::new(&source), options());
    let lines: Vec<&str> = text.lines().collect();
    let marked = lines.windows(2).filter(|pair| pair[1].trim_start().starts_with("┃ "));
    let mut checked = 0;
    for pair in marked.filter(|pair| pair[1].ends_with("^^^^^^^^")) {
        let shift = unicode_width::UnicodeWidthStr::width(pair[1].trim_end_matches('^'));
        let mut cells = 0;
        let under: String = pair[0]
            .chars()
            .skip_while(|c| {
                let before = cells < shift;
                cells += unicode_width::UnicodeWidthChar::width(*c).unwrap_or(0);
                before
            })
            .collect();
        assert!(under.starts_with("1,860.42"), "{under}");
        checked += 1;
    }
    assert_eq!(checked, 1);
}

#[test]
fn an_old_console_is_measured_as_it_measures() {
    let source = fixture::source();
    let options = TextOptions { wide_ambiguous: true, ..options() };
    let text = report(&fixture::report(), &SourceText::new(&source), options);
    for line in text.lines() {
        assert!(unicode_width::UnicodeWidthStr::width_cjk(line) <= 92, "{line}");
    }
}

#[test]
fn colours_are_only_added() {
    let source = fixture::source();
    let source = SourceText::new(&source);
    let plain = report(&fixture::report(), &source, options());
    let colored = report(&fixture::report(), &source, TextOptions { color: true, ..options() });
    assert!(!plain.contains('\u{1b}') && colored.contains("\u{1b}[1;31m"));
    let mut stripped = String::new();
    for (at, part) in colored.split("\u{1b}[").enumerate() {
        stripped.push_str(if at == 0 { part } else { part.split_once('m').unwrap().1 });
    }
    let trimmed = |text: &str| text.lines().map(str::trim_end).collect::<Vec<_>>().join("\n");
    assert_eq!(trimmed(&stripped), trimmed(&plain));
}

#[test]
fn the_page_of_a_rule() {
    let rules = fixture::rules();
    insta::assert_snapshot!("rule_zh", rule_page(&rules[1], options()));
    insta::assert_snapshot!(
        "rule_en",
        rule_page(&rules[0], TextOptions { lang: Lang::En, ..options() })
    );
}

#[test]
fn many_documents_in_one_table() {
    let mut second = fixture::report();
    second.document.path = "决算/很长的文件夹名称/".repeat(4) + "另一个部门.md";
    second.coverage.figures = 1_234_567;
    let reports = [fixture::report(), fixture::clean_report(), second].map(|report| report.tally());
    insta::assert_snapshot!("summary_zh", summary(&reports, options()));
    insta::assert_snapshot!(
        "summary_en",
        summary(&reports, TextOptions { lang: Lang::En, ..options() })
    );
}
