//! The page for a browser.

use juesuan_model::Lang;
use juesuan_write::{SourceText, html};

use crate::fixture;

pub(crate) fn page(lang: Lang) -> String {
    let source = fixture::source();
    html::report(&fixture::report(), &SourceText::new(&source), &fixture::rules(), lang)
}

/// The values of an attribute, in order.
fn values<'a>(html: &'a str, attribute: &str) -> Vec<&'a str> {
    let opening = format!(" {attribute}=\"");
    html.split(&opening).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

#[test]
fn the_page_needs_nothing_from_outside() {
    let page = page(Lang::Zh);
    assert!(!page.contains("src=") && !page.contains("@import") && !page.contains("url(http"));
    for target in values(&page, "href") {
        assert!(target.starts_with('#'), "{target}");
    }
}

#[test]
fn every_link_has_its_target() {
    for lang in [Lang::Zh, Lang::En] {
        let page = page(lang);
        let ids = values(&page, "id");
        for target in values(&page, "href") {
            assert!(ids.contains(&&target[1..]), "{target} is not on the page");
        }
        let unique: std::collections::BTreeSet<_> = ids.iter().collect();
        assert_eq!(unique.len(), ids.len(), "an id stands twice: {ids:?}");
    }
}

#[test]
fn headings_never_skip_a_level() {
    let page = page(Lang::Zh);
    let mut last = 0;
    let levels = page.split("<h").skip(1).filter_map(|rest| rest.chars().next()?.to_digit(10));
    for level in levels {
        assert!(level <= last + 1, "h{level} behind h{last}");
        last = level;
    }
    assert_eq!(page.matches("<h1").count(), 1);
}

#[test]
fn the_appendix_has_the_rules_that_are_used() {
    let page = page(Lang::Zh);
    assert!(page.contains("id=\"rule-TXT001\"") && page.contains("href=\"#rule-TXT001\""));
    assert!(!page.contains("rule-YOY009"), "no finding names it");
}

#[test]
fn the_place_is_marked_in_its_line() {
    let page = page(Lang::Zh);
    assert!(page.contains("2024 年度收入总计 <mark>1,860.42</mark> 万元"));
    assert!(page.contains("<mark class=\"here\"></mark>"), "an empty cell is a place as well");
}

#[test]
fn each_language_has_its_own_words() {
    let (chinese, english) = (page(Lang::Zh), page(Lang::En));
    assert!(chinese.contains("<html lang=\"zh-CN\">") && english.contains("<html lang=\"en\">"));
    assert!(chinese.contains("未检查不等于通过"));
    assert!(english.contains("Not checked does not mean passed"));
}

#[test]
fn coverage_comes_before_findings() {
    let page = page(Lang::Zh);
    assert!(page.find("id=\"coverage\"").unwrap() < page.find("id=\"findings\"").unwrap());
}
