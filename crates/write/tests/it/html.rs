//! The page for a browser.

use std::path::Path;
use std::process::Command;

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

/// Steps of a person at the filter; each adds to a list what is seen then.
const DRIVER: &str = r#"
<script>
  const form = document.getElementById("filter");
  const seen = [];
  const look = (name) => {
    const codes = [...document.querySelectorAll("article[data-severity]")]
      .filter((node) => node.checkVisibility())
      .map((node) => node.querySelector(".code").textContent);
    seen.push(name + "=" + codes.join("+"));
  };
  const change = () => form.dispatchEvent(new Event("input", { bubbles: true }));
  look("all");
  form.querySelector("[name=severity][value=error]").checked = false; change();
  look("no-errors");
  form.reset();
  setTimeout(() => {
    look("reset");
    form.words.value = "１860.42"; change();
    look("search");
    form.words.value = "没有这个"; change();
    look("nothing");
    seen.push("message=" + document.getElementById("no-match").checkVisibility());
    form.words.value = "";
    form.querySelector("[name=family][value=TXT]").checked = false; change();
    look("no-text");
    form.section.value = "0"; change();
    look("section");
    seen.push(document.getElementById("shown").textContent);
    dispatchEvent(new Event("beforeprint"));
    const folds = [...document.querySelectorAll("details")];
    seen.push("print=" + folds.every((fold) => fold.open));
    dispatchEvent(new Event("afterprint"));
    seen.push("screen=" + folds.some((fold) => fold.open));
    document.title = seen.join("|");
  }, 20);
</script>"#;

fn chromium(folder: &Path, page: &Path) -> String {
    let profile = format!("--user-data-dir={}", folder.join("profile").display());
    let flags = "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run \
                 --disable-background-networking --disable-component-update --disable-sync \
                 --virtual-time-budget=2000 --dump-dom";
    let output = Command::new("chromium")
        .args(flags.split_whitespace())
        .args([profile, format!("file://{}", page.display())])
        .output()
        .expect("chromium is installed");
    String::from_utf8(output.stdout).unwrap()
}

#[test]
#[ignore = "needs chromium"]
fn the_filter_filters() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("report.html");
    // The page's own policy would refuse the driver, as it should.
    let page = page(Lang::Zh).replace("http-equiv=\"Content-Security-Policy\"", "name=\"policy\"");
    std::fs::write(&path, page.replace("</body>", &format!("{DRIVER}</body>"))).unwrap();
    let dom = chromium(folder.path(), &path);
    let title = dom.split("<title>").nth(1).and_then(|rest| rest.split("</title>").next());
    let expected = [
        "all=DOC003+TXT001+TAB045+TXT012+RDG002",
        "no-errors=TAB045+TXT012+RDG002",
        "reset=DOC003+TXT001+TAB045+TXT012+RDG002",
        "search=TXT001+TXT012",
        "nothing=",
        "message=true",
        "no-text=DOC003+TAB045+RDG002",
        "section=DOC003",
        "显示 1 处，共 5 处",
        "print=true",
        "screen=false",
    ];
    assert_eq!(title, Some(&*expected.join("|")));
}

#[test]
#[ignore = "needs chromium"]
fn the_policy_lets_the_own_script_run_and_no_other() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("report.html");
    let foreign = "<script>document.title = 'foreign'</script></body>";
    std::fs::write(&path, page(Lang::Zh).replace("</body>", foreign)).unwrap();
    let dom = chromium(folder.path(), &path);
    assert!(!dom.contains("<title>foreign"), "a foreign script ran");
    assert!(dom.contains("显示 5 处，共 5 处"), "the own script did not run");
}
