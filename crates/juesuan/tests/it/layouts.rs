//! Self-evaluation forms are laid out by the scheme, without a word about them in the program.

use crate::desk::{CLEAN, Folder, call};

const EXAMPLE: &str = "examples/linxi-water-2024";

/// What is published under a scheme, and what was said.
fn published(scheme: &str, options: &[&str]) -> (String, String) {
    let folder = Folder::new();
    folder.copy(EXAMPLE, "in");
    let list = folder.read("in/部门.toml");
    folder.file("in/部门.toml", list.replace("\"cn\"", &format!("\"{scheme}\"")));
    let out = folder.path("out");
    let (from, format) = (folder.path("in"), ["--format", "md"]);
    let run = call(&[&["publish", &from, "-o", &out], &format[..], options].concat());
    assert!(run.code == CLEAN || !options.is_empty(), "{}{}", run.out, run.err);
    let files = folder.files();
    let written = files.iter().find(|name| name.starts_with("out/")).unwrap();
    (folder.read(written), run.out)
}

#[test]
fn each_scheme_has_its_own_columns() {
    for (scheme, heads) in [
        ("cn", "| 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 |"),
        ("cn-sc/2024", "| 三级指标 | 年度指标值 | 实际完成值 | 完成程度 | 权重 | 得分 |"),
        ("cn-ln-shenyang/2024", "| 运算符号 | 内容 | 度量单位 | 全年完成值 | 完成程度 | 分值 |"),
    ] {
        // Remarks and weights are those of the common scheme: drafts show the columns all the same.
        let (text, _) = published(scheme, &["--draft"]);
        assert!(text.contains(heads), "{scheme}");
    }
}

#[test]
fn a_form_with_columns_of_its_own_reads_back_clean() {
    let (text, said) = published("cn-sc/2024", &[]);
    assert!(text.contains("| 项目资金（万元） |"), "{text}");
    assert!(said.contains("错误 0，疑点 0，"), "{said}");
}
