//! What hostile documents must not be able to do: to break a writer, or to escape from it.

use juesuan_model::Lang;
use juesuan_write::text::{TextOptions, report, rule_page, summary};
use juesuan_write::{SourceText, html, json, markdown, sarif, xlsx};
use proptest::prelude::*;

use crate::fixture::{self, hostile_report};
use crate::sarif::faults;

/// Fragments that mean something to a terminal, a browser, a parser or a spreadsheet.
fn fragments() -> impl Strategy<Value = String> {
    let known = prop::sample::select(vec![
        "<script>alert(1)</script>",
        "</script>",
        "</style>",
        "]]>",
        "<!--",
        "--!>",
        "\" onload=\"x",
        "' onerror='x",
        "&amp;",
        "&#x3c;",
        "javascript:x",
        "\u{2028}",
        "\u{2029}",
        "\u{1b}[2J",
        "\u{1b}]8;;http://x\u{7}",
        "\u{9b}31m",
        "\0",
        "\u{7f}",
        "\r\n",
        "\n",
        "\t",
        "\u{202e}",
        "\u{feff}",
        "\u{ffff}",
        "\u{fffe}",
        "=cmd|' /C calc'!A1",
        "+1",
        "@SUM(A1)",
        "_x000D_",
        "[a](http://x)",
        "{0}",
        "```",
        "|",
        "TAB001",
        "1,234.56",
        "支出合计",
        "👨‍👩‍👧‍👦",
        "e\u{301}",
    ]);
    let any = "\\PC{0,6}";
    prop::collection::vec(prop_oneof![known.prop_map(str::to_owned), any], 0..12)
        .prop_map(|parts| parts.concat())
}

/// The characters that a terminal obeys instead of showing.
fn is_command(c: char) -> bool {
    (c.is_control() && c != '\n' && c != '\t')
        || matches!(c, '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// The tags of a page, as a browser would find them before its script.
fn tags(html: &str) -> Vec<&str> {
    let before = html.split("<script>").next().unwrap_or("");
    before
        .split('<')
        .skip(1)
        .map(|rest| rest.split(['>', ' ', '\n']).next().unwrap_or(""))
        .collect()
}

fn known_tag(tag: &str) -> bool {
    let name = tag.strip_prefix('/').unwrap_or(tag).trim_end_matches('/');
    "!doctype html head meta title style body a header p h1 h2 h3 h4 h5 dl div dt dd main section \
     svg defs pattern rect table caption thead tbody tr th td ul li b span form fieldset legend \
     label input select option button article figure figcaption code mark details summary pre \
     footer script"
        .split_whitespace()
        .any(|known| known == name)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn nothing_commands_the_terminal(text in fragments(), width in 0_usize..120) {
        let (source, found, rules) = hostile_report(&text);
        let options = TextOptions { width, ..TextOptions::default() };
        let texts = [
            report(&found, &SourceText::new(&source), options),
            rule_page(&rules[0], options),
            summary(&[found.tally()], options),
            markdown::rule_page(&rules[0], Lang::En),
            markdown::rule_table(&rules, Lang::Zh),
        ];
        for text in &texts {
            let commands: Vec<char> = text.chars().filter(|c| is_command(*c)).collect();
            prop_assert!(commands.is_empty(), "{commands:?}");
        }
    }

    #[test]
    fn nothing_escapes_into_the_page(text in fragments()) {
        let (source, found, rules) = hostile_report(&text);
        let page = html::report(&found, &SourceText::new(&source), &rules, &[], Lang::Zh);
        prop_assert!(tags(&page).iter().all(|tag| known_tag(tag)), "{:?}", tags(&page));
        prop_assert_eq!(page.matches("<script").count(), 1);
        prop_assert_eq!(page.matches("</script").count(), 1);
        prop_assert_eq!(page.matches("<style").count(), 1);
        let quoted = page.chars().filter(|c| *c == '"').count();
        prop_assert_eq!(quoted % 2, 0, "a quotation mark opens what nothing closes");
        prop_assert!(!page.chars().any(is_command));
    }

    #[test]
    fn machine_formats_stay_valid(text in fragments()) {
        let (_, found, rules) = hostile_report(&text);
        let log = sarif::reports(std::slice::from_ref(&found), &rules, Lang::Zh);
        prop_assert_eq!(faults(&log), Vec::<String>::new());
        let value: serde_json::Value = serde_json::from_str(&json::report(&found)).unwrap();
        prop_assert_eq!(&value["document"]["title"], &serde_json::Value::from(text));
    }

    #[test]
    fn workbooks_open_again(text in fragments()) {
        let (_, found, rules) = hostile_report(&text);
        let rows = 1 + found.findings.len();
        let mut book = crate::xlsx::open(xlsx::reports(&[found], &rules, Lang::Zh).unwrap());
        prop_assert_eq!(crate::xlsx::rows(&mut book, "问题清单").len(), rows);
    }
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    let (source, found, rules) = (fixture::source(), fixture::report(), fixture::rules());
    let source = SourceText::new(&source);
    let reports = [found.clone(), fixture::clean_report()];
    let write = || {
        [
            report(&found, &source, TextOptions::default()),
            html::report(&found, &source, &rules, &[], Lang::Zh),
            json::reports(&reports),
            sarif::reports(&reports, &rules, Lang::Zh),
        ]
    };
    // Hash maps order themselves anew each time; nothing may follow their order.
    let first = write();
    assert!((0..8).all(|_| write() == first));
}

#[test]
fn very_long_text_is_folded_where_people_read_and_kept_where_machines_do() {
    let long = "合计 12.00 <b>\u{1b}[1m ".repeat(20_000);
    let (source, found, rules) = hostile_report(&long);
    let source = SourceText::new(&source);
    assert!(!report(&found, &source, TextOptions::default()).contains('\u{1b}'));
    assert!(!html::report(&found, &source, &rules, &[], Lang::Zh).contains("<b>\u{1b}"));
    assert!(json::report(&found).len() > long.len());
    assert!(xlsx::reports(&[found], &rules, Lang::Zh).is_ok());
}
