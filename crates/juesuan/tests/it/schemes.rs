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
    let run = call(&["scheme", "show", "cn-ln-shenyang/2024"]);
    assert_eq!(run.code, CLEAN);
    for word in [
        "09 three_public",
        "执行率低于 50% 总分不超过 59",
        "第四部分 部门决算表",
        "（一）机关运行经费支出情况",
        "没有国有资本经营预算收支",
        "《部门（单位）整体绩效自评表》",
        "预算执行 / 预算执行效率 / 预算调整率  ≤5%  1.6",
    ] {
        assert!(run.out.contains(word), "{word}\n{}", run.out);
    }
    let run = call(&["scheme", "prove"]);
    assert_eq!(run.code, CLEAN, "{}", run.out);
    assert_eq!(run.out.lines().filter(|line| line.contains("通过")).count(), 5, "{}", run.out);
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
fn what_a_place_prescribes_is_proved() {
    let place = "cn-ln-shenyang/2024";
    for (file, right, wrong, told) in [
        ("disclosure.toml", "\"income_total\"", "\"income_totl\"", "没有 income_totl 这个句子"),
        ("disclosure.toml", "id = \"funds\"", "id = \"fonds\"", "没有 fonds 这张表"),
        (
            "disclosure.toml",
            "level = \"一、\", title = \"主要",
            "level = \"1.\", title = \"主要",
            "跳过了一层",
        ),
        ("whole_form.toml", "weight = \"3.5\"", "weight = \"9.5\"", "分值合计 26.0，超过 20"),
        (
            "scoring/whole.toml",
            "points = \"20\"",
            "points = \"25\"",
            "各组分值合计 65，指标总分是 60",
        ),
    ] {
        let file = format!("{place}/{file}");
        let (_folder, path) = changed(&file, |text| text.replacen(right, wrong, 1));
        let run = call(&["scheme", "prove", place, "--schemes", &path]);
        assert_eq!(run.code, COULD_NOT_RUN, "{wrong}");
        assert!(run.out.contains(told), "{told}\n{}", run.out);
    }
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
