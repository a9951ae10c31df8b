//! A department's folder in, a disclosure out that is right and stays right.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use juesuan_model::{Document, Fact, Value};
use juesuan_read::{bind, convert, parse};

use crate::desk::{CLEAN, COULD_NOT_RUN, FOUND, Folder, call, root};

pub(crate) const EXAMPLE: &str = "examples/linxi-water-2024";
pub(crate) const TITLE: &str = "青禾省临溪市水务局2024年度部门决算";

/// A copy of the example's packages with one file changed.
fn changed(folder: &Folder, file: &str, from: &str, to: &str) -> String {
    let copy = PathBuf::from(folder.path("department"));
    copy_folder(&root().join(EXAMPLE), &copy);
    let path = copy.join(file);
    let text = fs::read_to_string(&path).unwrap();
    assert!(text.contains(from), "{file} has no {from}");
    fs::write(&path, text.replacen(from, to, 1)).unwrap();
    copy.display().to_string()
}

pub(crate) fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy_folder(&path, &target);
        } else {
            fs::copy(&path, target).unwrap();
        }
    }
}

/// The files below a folder with their bytes.
fn files(folder: &str) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut open = vec![PathBuf::from(folder)];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(folder).into_iter().flatten() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else {
                found.insert(path.clone(), fs::read(path).unwrap());
            }
        }
    }
    found
}

/// The amounts of the nine forms in a text.
fn amounts(text: &str) -> BTreeMap<String, String> {
    let scheme = juesuan_builtin::scheme("cn").unwrap();
    let accounts = bind(&parse(text), &scheme);
    let is_form = |form: &str| scheme.form(form).is_some();
    let facts = accounts.facts.iter().filter(|(_, fact)| is_form(&fact.subject.form));
    let numbers = facts.filter(|(_, fact)| matches!(fact.value, Value::Number(_)));
    numbers.map(|(_, fact)| (fact.subject.to_string(), fact.printed.to_string())).collect()
}

#[test]
fn the_example_compiles_to_the_tables_of_its_clean_disclosure() {
    let folder = Folder::new();
    let out = folder.path("out");
    let run = call(&["publish", EXAMPLE, "-o", &out]);
    assert_eq!(run.code, CLEAN, "{}{}", run.out, run.err);
    assert!(run.out.contains("错误 0，疑点 0，提示 1"), "{}", run.out);
    let published = fs::read_to_string(format!("{out}/{TITLE}.md")).unwrap();
    let clean = fs::read_to_string(root().join(EXAMPLE).join("clean.md")).unwrap();
    let (ours, theirs) = (amounts(&published), amounts(&clean));
    for (subject, amount) in &theirs {
        assert_eq!(ours.get(subject), Some(amount), "{subject}");
    }
    assert!(theirs.len() > 700, "{}", theirs.len());
}

/// Everything that a document states, with the printed characters.
pub(crate) fn stated(document: &Document) -> Vec<(String, String)> {
    let scheme = juesuan_builtin::scheme("cn").unwrap();
    let accounts = bind(document, &scheme);
    let fact = |fact: &Fact| (fact.subject.to_string(), fact.printed.to_string());
    let mut all: Vec<_> = accounts.facts.iter().map(|(_, of)| fact(of)).collect();
    all.sort();
    all
}

#[test]
fn the_word_document_states_what_the_text_states() {
    let folder = Folder::new();
    let out = folder.path("out");
    assert_eq!(call(&["publish", EXAMPLE, "-o", &out, "--format", "md,docx"]).code, CLEAN);
    let text = fs::read_to_string(format!("{out}/{TITLE}.md")).unwrap();
    let bytes = fs::read(format!("{out}/{TITLE}.docx")).unwrap();
    let (text, docx) = (stated(&parse(&text)), stated(&convert(&bytes).unwrap().unwrap().document));
    assert!(text.len() > 1_400, "{}", text.len());
    assert_eq!(text, docx);
    let run = call(&["check", &format!("{out}/{TITLE}.docx")]);
    assert_eq!(run.code, CLEAN);
    assert!(run.out.contains("小结  错误 0，疑点 0，提示 1，未检查 2"), "{}", run.out);
}

#[test]
fn every_published_form_reads_back_without_a_fault() {
    for example in [EXAMPLE, "examples/shenyang-gxj-2024"] {
        let folder = Folder::new();
        let out = folder.path("out");
        let run = call(&["publish", example, "-o", &out]);
        assert_eq!(run.code, CLEAN, "{}{}", run.out, run.err);
        let mut read = Vec::new();
        for file in files(&out).into_keys().filter(|file| file.parent() == Some(Path::new(&out))) {
            let run = call(&["check", &file.display().to_string(), "--format", "json"]);
            assert_eq!(run.code, CLEAN, "{}: {}", file.display(), run.err);
            let report: serde_json::Value = serde_json::from_str(&run.out).unwrap();
            let is_note = |finding: &&serde_json::Value| finding["severity"] == "note";
            let graver = report["findings"].as_array().unwrap().iter().find(|f| !is_note(f));
            assert_eq!(graver, None, "{}", file.display());
            assert!(report["coverage"]["figures"].as_u64() > Some(1_000), "{}", file.display());
            read.push(file.extension().unwrap().to_string_lossy().into_owned());
        }
        let forms = if cfg!(feature = "pdf") { 5 } else { 4 };
        assert_eq!(read.len(), forms, "{read:?}");
    }
}

#[test]
fn the_same_packages_give_the_same_bytes() {
    let folder = Folder::new();
    let run = |out: &str| {
        assert_eq!(call(&["publish", EXAMPLE, "-o", out]).code, CLEAN);
        let names = files(out).into_iter();
        names
            .map(|(path, bytes)| (path.strip_prefix(out).unwrap().to_owned(), bytes))
            .collect::<BTreeMap<_, _>>()
    };
    assert_eq!(run(&folder.path("one")), run(&folder.path("two")));
}

#[test]
fn an_error_writes_nothing_and_keeps_what_was_there() {
    let folder = Folder::new();
    let out = folder.path("out");
    assert_eq!(call(&["publish", EXAMPLE, "-o", &out]).code, CLEAN);
    let before = files(&out);
    let department = changed(&folder, "部门/说明.csv", "收入总计与上年,", "收入总计和上年,");
    let run = call(&["publish", &department, "-o", &out]);
    assert_eq!(run.code, FOUND);
    assert!(run.out.contains("没有“收入总计与上年”的说明"), "{}", run.out);
    assert_eq!(files(&out), before);
    let draft = folder.path("draft");
    let run = call(&["publish", &department, "-o", &draft, "--draft", "--format", "md"]);
    assert_eq!(run.code, FOUND);
    let text = fs::read_to_string(format!("{draft}/{TITLE}.md")).unwrap();
    assert!(text.contains("草稿") && text.contains("〔缺：收入总计与上年的说明〕"));
}

#[test]
fn words_that_contradict_the_figures_stop_it() {
    let folder = Folder::new();
    let department = changed(
        &folder,
        "部门/说明.csv",
        "管护中心年中新增1名退休人员，退休费增加",
        "管护中心年中1名退休人员去世，退休费减少",
    );
    let out = folder.path("out");
    let run = call(&["publish", &department, "-o", &out]);
    assert_eq!(run.code, FOUND, "{}", run.out);
    assert!(run.out.contains("读回检查有错误，没有写出"), "{}", run.out);
    assert_eq!(files(&out), BTreeMap::new());
}

#[test]
fn a_figure_is_explained_by_any_of_its_names() {
    let by_id = call(&["explain", EXAMPLE, "expenditure[2130306].project"]);
    let by_name = call(&["explain", EXAMPLE, "支出决算表[2130306].项目支出"]);
    assert_eq!(by_id.code, CLEAN, "{}", by_id.err);
    assert_eq!(by_id.out, by_name.out);
    assert!(
        by_id.out.starts_with("支出决算表[2130306].项目支出 = 6,280,500 元，印作 628.05 万元\n")
    );
    assert!(by_id.out.contains("临溪市水务设施管护中心，"), "{}", by_id.out);
    let unknown = call(&["explain", EXAMPLE, "支出决算表[2130306].没有"]);
    assert_eq!(unknown.code, COULD_NOT_RUN);
    assert!(unknown.err.contains("没有“没有”这一栏"), "{}", unknown.err);
}

#[test]
fn scores_are_told_step_by_step() {
    let run = call(&["score", EXAMPLE]);
    assert_eq!(run.code, CLEAN, "{}", run.err);
    assert!(run.out.starts_with("堤防闸泵设施日常养护项目  98.67 分  优\n"), "{}", run.out);
    assert!(
        run.out.contains("目标 ≥92，完成 88，完成程度 95.65%；10 × 95.65% = 9.57"),
        "{}",
        run.out
    );
}

#[test]
fn a_folder_without_a_list_of_units_is_told() {
    let folder = Folder::new();
    let run = call(&["publish", &folder.path(""), "-o", &folder.path("out")]);
    assert_eq!(run.code, COULD_NOT_RUN);
    assert!(run.err.contains("部门.toml"), "{}", run.err);
}
