//! Schemes: listed, shown, proved, and replaced by a folder.

use crate::desk::{CLEAN, COULD_NOT_RUN, FAULTY, FOUND, Folder, call};

/// The schemes of the repository in a folder of their own, one file changed.
fn changed(file: &str, change: impl FnOnce(String) -> String) -> (Folder, String) {
    let folder = Folder::new();
    folder.copy("schemes", "s");
    let text = folder.read(&format!("s/{file}"));
    let new = change(text.clone());
    assert_ne!(new, text, "nothing was changed");
    folder.file(&format!("s/{file}"), new);
    let path = folder.path("s");
    (folder, path)
}

#[test]
fn schemes_are_listed_shown_and_proved() {
    let run = call(&["scheme", "list"]);
    assert_eq!(run.code, CLEAN);
    assert!(run.out.contains("cn ") && run.out.contains("cn-ln-shenyang/2024"), "{}", run.out);
    let run = call(&["scheme", "show", "cn"]);
    assert_eq!(run.code, CLEAN);
    for word in ["three_public", "TAB001", "income_total", "预算法"] {
        assert!(run.out.contains(word), "{word}");
    }
    let run = call(&["scheme", "prove"]);
    assert_eq!(run.code, CLEAN, "{}", run.out);
    assert_eq!(run.out.lines().count(), 2, "{}", run.out);
}

#[test]
fn a_folder_replaces_the_built_in_schemes() {
    let (_folder, path) = changed("cn/relations/01_within.toml", |text| {
        text.replacen("收入总表：本年收入合计不等于各项收入之和", "换了名称的规则", 1)
    });
    let run = call(&["rule", "TAB001", "--schemes", &path]);
    assert_eq!(run.code, CLEAN);
    assert!(run.out.starts_with("TAB001  换了名称的规则"), "{}", run.out);
    assert_eq!(call(&["check", FAULTY, "--schemes", &path]).code, FOUND);
}

#[test]
fn a_broken_scheme_is_refused_with_file_and_line() {
    let formula = |text: String| text.replacen("formula = [\"", "formula = [\"（", 1);
    let (_folder, path) = changed("cn/relations/01_within.toml", formula);
    for args in [&["check", FAULTY][..], &["rule", "--all"], &["scheme", "prove"]] {
        let run = call(&[args, &["--schemes", &path]].concat());
        assert_eq!((run.code, run.out.as_str()), (COULD_NOT_RUN, ""), "{args:?}");
        assert!(run.err.contains("cn/relations/01_within.toml:8:"), "{}", run.err);
    }
    let (_folder, path) = changed("cn/forms/income.toml", |text| text + "\n[[row");
    let run = call(&["scheme", "show", "cn", "--schemes", &path]);
    assert_eq!(run.code, COULD_NOT_RUN);
    assert!(run.err.contains("cn/forms/income.toml:"), "{}", run.err);
}

#[test]
fn what_a_formula_names_must_be_there() {
    let (_folder, path) = changed("cn/relations/01_within.toml", |text| {
        text.replacen("求和(收入支出决算总表[各类].支出金额)", "求和(没有的表[各类].支出金额)", 1)
    });
    let run = call(&["scheme", "prove", "cn", "--schemes", &path]);
    assert_eq!(run.code, COULD_NOT_RUN);
    assert!(run.err.contains("没有“没有的表”这张表"), "{}", run.err);
}

#[test]
fn columns_and_values_that_nobody_knows_fail_the_proof() {
    let (_folder, path) = changed("cn/relations/01_within.toml", |text| {
        text.replacen("columns = [\"预算数\"", "columns = [\"概算数\"", 1)
    });
    let run = call(&["scheme", "prove", "cn", "--schemes", &path]);
    assert_eq!(run.code, COULD_NOT_RUN);
    assert!(run.out.contains("TAB031：没有“概算数”这一栏"), "{}", run.out);
    let (_folder, path) = changed("cn/sentences/01_overall.md", |text| {
        text.replacen("word = @direction", "word = @way", 1)
    });
    let run = call(&["scheme", "prove", "cn", "--schemes", &path]);
    assert_eq!(run.code, COULD_NOT_RUN);
    assert!(run.out.contains("没有“way”这个量"), "{}", run.out);
}

#[test]
fn a_case_that_no_longer_fires_fails_the_proof() {
    let (_folder, path) = changed("cn/cases/TAB001.md", |text| text.replace("3286.14", "3304.74"));
    let run = call(&["scheme", "prove", "cn", "--schemes", &path]);
    assert_eq!(run.code, COULD_NOT_RUN);
    assert!(run.out.contains("案例 TAB001 的“例”没有查出问题"), "{}", run.out);
    assert!(run.err.contains("方案没有通过验证：1 处有误"), "{}", run.err);
}

#[test]
fn a_scheme_can_be_named() {
    let run = call(&["check", FAULTY, "--scheme", "cn-ln-shenyang/2024"]);
    assert_eq!(run.code, FOUND);
    assert!(run.out.contains("方案    cn-ln-shenyang/2024"), "{}", run.out);
}
