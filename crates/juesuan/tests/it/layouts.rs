//! Self-evaluation forms are laid out by the scheme, without a word about them in the program.

use std::fs;
use std::path::Path;

use crate::desk::{CLEAN, call, root};

const PACKAGES: &str = "examples/linxi-water-2024/packages";

/// The example under another scheme: its folder, with links to nothing.
fn copied(to: &Path, scheme: &str) {
    let from = root().join(PACKAGES);
    for folder in fs::read_dir(&from).unwrap().map(|entry| entry.unwrap().path()) {
        let name = to.join(folder.file_name().unwrap());
        if folder.is_file() {
            let list = fs::read_to_string(&folder).unwrap();
            fs::write(name, list.replace("\"方案\" = \"cn\"", &format!("\"方案\" = \"{scheme}\"")))
                .unwrap();
            continue;
        }
        fs::create_dir(&name).unwrap();
        for file in fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()) {
            fs::copy(&file, name.join(file.file_name().unwrap())).unwrap();
        }
    }
}

/// What is published under a scheme, and what was said.
fn published(scheme: &str) -> (String, String) {
    let (folder, out) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    copied(folder.path(), scheme);
    let (from, to) = (folder.path().to_str().unwrap(), out.path().to_str().unwrap());
    let run = call(&["publish", from, "-o", to]);
    assert_eq!(run.code, CLEAN, "{}{}", run.out, run.err);
    let written = fs::read_dir(out.path()).unwrap().next().unwrap().unwrap().path();
    (fs::read_to_string(written).unwrap(), run.out)
}

#[test]
fn each_scheme_has_its_own_columns() {
    for (scheme, heads) in [
        ("cn", "| 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 |"),
        ("cn-sc/2024", "| 三级指标 | 年度指标值 | 实际完成值 | 完成程度 | 权重 | 得分 |"),
        ("cn-ln-shenyang/2024", "| 运算符号 | 内容 | 度量单位 | 全年完成值 | 完成程度 | 分值 |"),
    ] {
        let folder = tempfile::tempdir().unwrap();
        copied(folder.path(), scheme);
        let out = tempfile::tempdir().unwrap();
        let (from, to) = (folder.path().to_str().unwrap(), out.path().to_str().unwrap());
        // Remarks and weights are those of the common scheme: drafts show the columns all the same.
        call(&["publish", "--draft", from, "-o", to]);
        let written = fs::read_dir(out.path()).unwrap().next().unwrap().unwrap().path();
        let text = fs::read_to_string(written).unwrap();
        assert!(text.contains(heads), "{scheme}");
    }
}

#[test]
fn a_form_with_columns_of_its_own_reads_back_clean() {
    let (text, said) = published("cn-sc/2024");
    assert!(text.contains("| 项目资金（万元） |"), "{text}");
    assert!(said.contains("错误 0，疑点 0，"), "{said}");
}
