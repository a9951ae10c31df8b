//! Style that no other tool looks after: sizes, directions between crates, words that must not
//! stand in the source.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use juesuan_dev::house::root;

use crate::code::{functions, shipped};

const MOST_LINES: usize = 500;
const MOST_LINES_OF_FUNCTION: usize = 70;

/// Files below a folder with one of these endings, in order.
pub(crate) fn files(folder: &Path, endings: &[&str]) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let Ok(entries) = std::fs::read_dir(folder) else { return found };
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    for path in paths {
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or("");
        let is_source = !name.starts_with('.') && name != "target";
        if path.is_dir() && is_source {
            found.extend(files(&path, endings));
        } else if endings.iter().any(|ending| name.ends_with(ending)) {
            found.push(path);
        }
    }
    found
}

fn sources() -> Vec<(String, String)> {
    let all = files(&root().join("crates"), &[".rs"]);
    all.iter().map(|path| (shown(path), text(path))).collect()
}

pub(crate) fn text(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap()
}

pub(crate) fn shown(path: &Path) -> String {
    path.strip_prefix(root()).unwrap().display().to_string()
}

fn crates() -> Vec<(String, PathBuf)> {
    let folder = root().join("crates");
    let mut all: Vec<(String, PathBuf)> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap())
        .filter(|entry| entry.path().join("Cargo.toml").exists())
        .map(|entry| (entry.file_name().to_str().unwrap().to_owned(), entry.path()))
        .collect();
    all.sort();
    all
}

pub(crate) fn none(faults: &[String]) {
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn files_are_short() {
    let long = sources().into_iter().filter_map(|(path, text)| {
        let lines = text.lines().count();
        (lines > MOST_LINES).then(|| format!("{path}: {lines} lines"))
    });
    none(&long.collect::<Vec<_>>());
}

#[test]
fn functions_are_short() {
    let mut faults = Vec::new();
    for (path, text) in sources() {
        for function in functions(&text) {
            if function.length > MOST_LINES_OF_FUNCTION {
                let (name, line, length) = (function.name, function.line, function.length);
                faults.push(format!("{path}:{line}: {name} takes {length} lines"));
            }
        }
    }
    none(&faults);
}

/// model ← scheme ← {builtin, read, check, compile, write} ← juesuan, and pdf ← read; dev may use
/// all, nobody uses it.
#[test]
fn crates_depend_in_one_direction() {
    let may_use = |name: &str| -> Option<&[&str]> {
        Some(match name {
            "model" | "pdf" => &[],
            "scheme" => &["model"],
            "builtin" => &["scheme"],
            "read" => &["model", "scheme", "pdf"],
            "check" | "compile" | "write" => &["model", "scheme"],
            "print" => &["model"],
            "juesuan" | "dev" => {
                &["model", "scheme", "builtin", "pdf", "read", "check", "compile", "write", "print"]
            }
            _ => return None,
        })
    };
    let mut faults = Vec::new();
    for (name, path) in crates() {
        let manifest: toml::Table = text(&path.join("Cargo.toml")).parse().unwrap();
        let Some(allowed) = may_use(&name) else {
            faults.push(format!("say in this test what crates/{name} may use"));
            continue;
        };
        let used = manifest.get("dependencies").and_then(toml::Value::as_table);
        let used = used.into_iter().flat_map(|table| table.keys());
        let own = used.filter_map(|key| key.strip_prefix("juesuan-"));
        faults.extend(
            own.filter(|other| !allowed.contains(other))
                .map(|other| format!("crates/{name} must not use {other}")),
        );
    }
    none(&faults);
}

#[test]
fn every_crate_says_what_it_is() {
    let mut faults = Vec::new();
    for (name, path) in crates() {
        for file in ["src/lib.rs", "src/main.rs"].map(|file| path.join(file)) {
            if file.exists() && !text(&file).starts_with("//! ") {
                faults.push(format!("crates/{name}: {} has no doc comment", shown(&file)));
            }
        }
    }
    none(&faults);
}

/// Where somebody is, which year it is and what a law is numbered stands in `schemes/`.
#[test]
fn places_and_numbers_of_laws_stand_in_schemes_only() {
    const PLACES: &str = "北京 天津 河北 山西 内蒙古 辽宁 吉林 黑龙江 上海 江苏 浙江 安徽 福建 江西 山东 \
        河南 湖北 湖南 广东 广西 海南 重庆 四川 贵州 云南 西藏 陕西 甘肃 青海 宁夏 新疆 沈阳 大连 深圳";
    let mut faults = Vec::new();
    for (path, text) in sources().into_iter().filter(|(path, _)| path.contains("/src/")) {
        let code = shipped(&text);
        for place in PLACES.split_whitespace().filter(|place| code.contains(place)) {
            faults.push(format!("{path}: {place}"));
        }
        for line in code.lines().filter(|line| has_number_of_law(line)) {
            faults.push(format!("{path}: {}", line.trim()));
        }
    }
    none(&faults);
}

/// 〔2016〕143号, 国务院令第729号, GB/T 9704
fn has_number_of_law(line: &str) -> bool {
    let is_year = |after: &str| {
        let mut characters = after.chars();
        characters.by_ref().take(4).all(|c| c.is_ascii_digit()) && characters.next() == Some('〕')
    };
    let in_brackets = line.split('〔').skip(1).any(is_year);
    in_brackets || line.contains("令第") || line.contains("GB/T")
}

#[test]
fn nothing_is_left_unfinished() {
    // Put together here, so that this file does not hold them.
    let marks = [
        concat!("TO", "DO"),
        concat!("FIX", "ME"),
        concat!("HA", "CK"),
        concat!("XX", "X:"),
        concat!("todo", "!("),
        concat!("unimplemented", "!("),
    ];
    let words = [concat!("ses", "sion")];
    let mut found: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for path in files(&root(), &[".rs", ".toml", ".md"]) {
        let text = text(&path);
        let lower = text.to_lowercase();
        let unfinished = marks.iter().filter(|mark| text.contains(**mark));
        let foreign = words.iter().filter(|word| lower.contains(**word));
        let own: Vec<&str> = unfinished.chain(foreign).copied().collect();
        if !own.is_empty() {
            found.insert(shown(&path), own);
        }
    }
    assert!(found.is_empty(), "{found:?}");
}
