//! Pages that people read: both languages tell the same, links lead somewhere, codes exist.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use juesuan_dev::house::{House, root};

use crate::tidy::{files, none, shown, text};

/// The lines of a page with what stands around them: whether they belong to a block of code.
fn lines(page: &str) -> Vec<(bool, &str)> {
    let mut is_code = false;
    page.lines()
        .map(|line| {
            let fence = line.trim_start().starts_with("```");
            is_code ^= fence;
            (is_code || fence, line)
        })
        .collect()
}

/// The commands in blocks of shell code, without those that have words to be replaced.
fn commands(page: &str) -> Vec<&str> {
    let mut is_shell = false;
    let mut found = Vec::new();
    for line in page.lines() {
        if line.starts_with("```") {
            is_shell = line == "```sh";
        } else if is_shell && !line.contains('<') {
            found.push(line);
        }
    }
    found
}

/// The targets of all links outside of code.
fn links(page: &str) -> Vec<&str> {
    let prose = lines(page).into_iter().filter(|(is_code, _)| !is_code);
    prose
        .flat_map(|(_, line)| line.split("](").skip(1))
        .filter_map(|rest| rest.split_once(')').map(|(target, _)| target))
        .collect()
}

/// The anchors of the headings of a page, as sites that show repositories make them.
fn anchors(page: &str) -> BTreeSet<String> {
    let prose = lines(page).into_iter().filter(|(is_code, line)| !is_code && line.starts_with('#'));
    let slug = |heading: &str| {
        let words = heading.trim_start_matches('#').trim().to_lowercase();
        let kept = words.chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
        kept.map(|c| if c == ' ' { '-' } else { c }).collect::<String>()
    };
    prose.map(|(_, line)| slug(line)).collect()
}

fn pages() -> Vec<PathBuf> {
    files(&root(), &[".md"])
}

#[test]
fn both_languages_name_the_same_commands_and_pages() {
    let [english, chinese] = ["README.md", "README.zh-CN.md"].map(|name| text(&root().join(name)));
    assert!(commands(&english).len() > 10, "the commands were not read");
    assert_eq!(commands(&english), commands(&chinese));
    let targets = |page: &str| -> Vec<String> {
        links(page)
            .iter()
            .filter(|target| !target.starts_with("README"))
            .map(|t| (*t).into())
            .collect()
    };
    let sorted = |mut all: Vec<String>| {
        all.sort();
        all
    };
    assert_eq!(sorted(targets(&english)), sorted(targets(&chinese)));
    let heads = |page: &str| {
        let is_head = |(is_code, line): &(bool, &str)| !is_code && line.starts_with('#');
        lines(page).into_iter().filter(is_head).count()
    };
    assert_eq!(heads(&english), heads(&chinese));
}

#[test]
fn links_lead_somewhere() {
    let mut faults = Vec::new();
    for path in pages() {
        let page = text(&path);
        for link in links(&page).into_iter().filter(|link| !link.contains("://")) {
            let (file, anchor) = link.split_once('#').unwrap_or((link, ""));
            let folder = path.parent().unwrap_or(Path::new(""));
            let target = if file.is_empty() { path.clone() } else { folder.join(file) };
            let has_anchor = || {
                anchor.is_empty() || target.is_file() && anchors(&text(&target)).contains(anchor)
            };
            if !target.exists() || !has_anchor() {
                faults.push(format!("{}: {link}", shown(&path)));
            }
        }
    }
    none(&faults);
}

/// Codes in prose: a family and three digits. Those from 900 on are told of what the user does, or
/// are made up to show a mistake.
fn codes(page: &str) -> BTreeSet<&str> {
    const FAMILIES: [&str; 7] = ["TAB", "XTB", "TXT", "PRF", "YOY", "DOC", "RDG"];
    let mut found = BTreeSet::new();
    for family in FAMILIES {
        for (at, _) in page.match_indices(family) {
            let Some(code) = page.get(at..at + 6) else { continue };
            let digits = &code[3..];
            if digits.bytes().all(|b| b.is_ascii_digit()) && !digits.starts_with('9') {
                found.insert(code);
            }
        }
    }
    found
}

#[test]
fn codes_that_pages_name_exist() {
    let house = House::open().unwrap();
    let known: BTreeSet<&str> = house.rules.iter().map(|rule| &*rule.code).collect();
    let mut faults = Vec::new();
    for path in pages() {
        let page = text(&path);
        let unknown = codes(&page).into_iter().filter(|code| !known.contains(code));
        faults.extend(unknown.map(|code| format!("{}: {code}", shown(&path))));
    }
    none(&faults);
}

#[test]
fn what_is_read_of_a_page_is_what_stands_there() {
    let page = "# 一、写法 (`x`)\n\n[甲](a.md#b) TAB001\n\n```sh\n# [乙](c.md)\njuesuan rule <编码>\njuesuan check a\n```\n";
    assert_eq!(commands(page), ["# [乙](c.md)", "juesuan check a"]);
    assert_eq!(links(page), ["a.md#b"]);
    assert_eq!(anchors(page).into_iter().collect::<Vec<_>>(), ["一写法-x"]);
    assert_eq!(codes("TAB001 XTB9 TXT999 DOC01").into_iter().collect::<Vec<_>>(), ["TAB001"]);
}
