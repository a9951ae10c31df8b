//! The page for a browser.

use juesuan_model::Lang;
use juesuan_write::{SourceText, html};

use crate::fixture;

pub(crate) fn page(lang: Lang) -> String {
    let source = fixture::source();
    html::report(&fixture::report(), &SourceText::new(&source), &fixture::rules(), &[], lang)
}

/// The page of a document that has pages.
pub(crate) fn paged(lang: Lang) -> String {
    let source = fixture::source();
    let (report, pictures) = fixture::paged();
    html::report(&report, &SourceText::new(&source), &fixture::rules(), &pictures, lang)
}

/// The values of an attribute, in order.
fn values<'a>(html: &'a str, attribute: &str) -> Vec<&'a str> {
    let opening = format!(" {attribute}=\"");
    html.split(&opening).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

#[test]
fn the_page_needs_nothing_from_outside() {
    for page in [page(Lang::Zh), paged(Lang::Zh)] {
        assert!(!page.contains("@import") && !page.contains("url(http"));
        for source in values(&page, "src") {
            assert!(source.starts_with("data:image/png;base64,iVBORw=="), "{source}");
        }
        for target in values(&page, "href") {
            assert!(target.starts_with('#'), "{target}");
        }
    }
    assert!(values(&page(Lang::Zh), "src").is_empty());
}

#[test]
fn every_link_has_its_target() {
    for page in [page(Lang::Zh), page(Lang::En), paged(Lang::Zh), paged(Lang::En)] {
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
    for page in [page(Lang::Zh), paged(Lang::Zh)] {
        let mut last = 0;
        let levels = page.split("<h").skip(1).filter_map(|rest| rest.chars().next()?.to_digit(10));
        for level in levels {
            assert!(level <= last + 1, "h{level} behind h{last}");
            last = level;
        }
        assert_eq!(page.matches("<h1").count(), 1);
    }
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

#[test]
fn pages_are_drawn_where_findings_stand_and_then_what_they_are_held_against() {
    assert_eq!(html::pages_to_draw(&fixture::paged().0), [2, 3, 5, 7]);
    assert!(html::pages_to_draw(&fixture::clean_report()).is_empty());
}

#[test]
fn a_mark_leads_to_its_finding_and_the_page_of_a_finding_to_its_mark() {
    let page = paged(Lang::Zh);
    // By page: what concerns the whole document, then pages 2, 3, 5; the accepted one at the end.
    let finding = page.split("<article").find(|part| part.contains(">TXT001</a>")).unwrap();
    assert!(finding.starts_with(" id=\"f-2\""), "{finding}");
    let mark = page.split("<a ").find(|part| part.contains("href=\"#f-2\"")).unwrap();
    assert!(mark.starts_with("class=\"spot error\" id=\"s-0\""), "{mark}");
    assert!(mark.contains("left:20.00%;top:7.07%;width:10.00%;height:1.69%"), "{mark}");
    assert!(finding.contains("href=\"#s-0\""), "{finding}");
    assert!(page.contains("alt=\"第 2 页的图，标出 2 处\""));
    // What another finding is held against is one mark with it.
    let shared =
        page.split("<a ").find(|part| part.contains("class=\"spot note\" id=\"s-2\"")).unwrap();
    assert!(shared.contains("data-for=\"f-4 f-2\""), "{shared}");
    let accepted = page.split("<a ").find(|part| part.contains("class=\"spot waived\"")).unwrap();
    assert!(accepted.contains("href=\"#f-6\""), "{accepted}");
}

#[test]
fn pages_without_findings_or_pictures_are_told() {
    let page = paged(Lang::Zh);
    assert!(page.contains("只列出有问题或用来对照的 4 页"), "2, 3, 5 and 7");
    assert!(page.contains("第 5 页没有画出图来"));
    let held = page.split("id=\"page-7\"").nth(1).unwrap();
    assert!(held.contains("<a href=\"#f-2\">2 TXT001</a>"), "{held}");
    let unlinked = page.split("id=\"page-5\"").nth(1).unwrap();
    assert!(unlinked.contains("<p class=\"place\">第 5 页</p>"), "no mark, no link");
}
