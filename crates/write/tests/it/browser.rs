//! The page in chromium: `cargo test -p juesuan-write --features browser`.

use std::path::Path;
use std::process::Command;

use juesuan_model::Lang;

use crate::html::{page, paged};

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

/// Which marks are seen before and after errors are filtered out.
const MARKS: &str = r#"
<script>
  const form = document.getElementById("filter");
  const marks = () => [...document.querySelectorAll(".spot")]
    .filter((node) => node.checkVisibility()).map((node) => node.textContent).join("+");
  const before = marks();
  form.querySelector("[name=severity][value=error]").checked = false;
  form.dispatchEvent(new Event("input", { bubbles: true }));
  const image = document.querySelector("img");
  document.title = before + "|" + marks() + "|" + getComputedStyle(image.parentNode).position;
</script>"#;

#[test]
fn marks_go_with_their_findings() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("report.html");
    let page = paged(Lang::Zh).replace("http-equiv=\"Content-Security-Policy\"", "name=\"policy\"");
    std::fs::write(&path, page.replace("</body>", &format!("{MARKS}</body>"))).unwrap();
    let dom = chromium(folder.path(), &path);
    let title = dom.split("<title>").nth(1).and_then(|rest| rest.split("</title>").next());
    assert_eq!(title, Some("2+3+4+6+2|3+4+6|relative"));
}

#[test]
fn the_policy_lets_the_own_script_run_and_no_other() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("report.html");
    let foreign = "<script>document.title = 'foreign'</script></body>";
    std::fs::write(&path, page(Lang::Zh).replace("</body>", foreign)).unwrap();
    let dom = chromium(folder.path(), &path);
    assert!(!dom.contains("<title>foreign"), "a foreign script ran");
    assert!(dom.contains("显示 5 处，共 5 处"), "the own script did not run");
}
