//! Accepted findings: they stay in the report and do not fail the run; lists must be true.

use serde_json::Value;

use crate::desk::{CLEAN, COULD_NOT_RUN, Folder, REPAIRED, call, report, text_of};

/// The repaired example with one fault of its own, its finding's code and subject.
fn one_fault(folder: &Folder) -> (String, String, String) {
    let text = text_of(REPAIRED);
    let path = folder.file("one.md", text.replacen("储备。", "储备。。", 1));
    let (_, report) = report(&[&path]);
    let finding = findings(&report).find(|finding| finding["severity"] == "error").unwrap();
    let word = |name: &str| finding[name].as_str().unwrap().to_owned();
    (path, word("code"), word("subject"))
}

fn findings(report: &Value) -> impl Iterator<Item = &Value> {
    report["findings"].as_array().unwrap().iter()
}

fn entry(code: &str, subject: &str, more: &str) -> String {
    format!(
        "[[waive]]\ncode = \"{code}\"\nsubject = \"{subject}\"\nnote = \"已说明\"\nwho = \"王会计\"\n{more}\n"
    )
}

#[test]
fn an_accepted_finding_stays_and_does_not_fail() {
    let folder = Folder::new();
    let (path, code, subject) = one_fault(&folder);
    for until in ["", "until = \"9999-12-31\"", "until = \"99991231\""] {
        let list = folder.file("w.toml", entry(&code, &subject, until));
        let (exit, report) = report(&[&path, "--waive", &list]);
        assert_eq!(exit, CLEAN, "{until}");
        let finding = findings(&report).find(|finding| finding["code"] == *code).unwrap();
        assert_eq!(finding["waived"]["who"], "王会计");
    }
    let list = folder.file("w.toml", entry(&code, "*", ""));
    let run = call(&["check", &path, "--waive", &list]);
    assert!(run.out.contains("王会计") && run.out.contains("已说明"), "{}", run.out);
}

#[test]
fn a_list_that_has_run_out_or_covers_nothing_is_a_finding() {
    let folder = Folder::new();
    let (path, code, subject) = one_fault(&folder);
    for until in ["until = \"2000-01-01\"", "until = \"20000101\""] {
        let list = folder.file("old.toml", entry(&code, &subject, until));
        let (exit, report) = report(&[&path, "--waive", &list]);
        assert_ne!(exit, CLEAN, "{until}");
        let said = findings(&report).find(|finding| finding["code"] == "DOC900").unwrap();
        assert!(said["message"].as_str().unwrap().contains("已过有效期"), "{said}");
    }
    let list = folder.file("gone.toml", entry("TAB001", "summary[nothing].amount", ""));
    let (_, report) = report(&[REPAIRED, "--waive", &list]);
    let said = findings(&report).find(|finding| finding["code"] == "DOC900").unwrap();
    assert!(said["message"].as_str().unwrap().contains("已没有对应的问题"), "{said}");
}

#[test]
fn a_faulty_list_is_refused_with_its_line() {
    let folder = Folder::new();
    let nameless = entry("TAB001", "x", "").replace("王会计", " ");
    for (toml, zh, en) in [
        ("[[waive]]\ncode = \"TAB001\nsubject = 1", "第 2 行", "line 2"),
        ("[[waive]]\ncode = \"TAB001\"\n", "missing field", "missing field"),
        ("[[waiver]]\n", "unknown field", "unknown field"),
        (&nameless, "没有写 note（为什么接受）或 who（谁接受）", "does not say why"),
        (&entry("TAB001", "x", "until = \"明年\""), "不是日期", "is no date"),
        (&entry("TAB001", "x", "until = \"2025-02-30\""), "不是日期", "is no date"),
    ] {
        let list = folder.file("w.toml", toml);
        for (lang, said) in [("zh", zh), ("en", en)] {
            let run = call(&["check", REPAIRED, "--waive", &list, "--lang", lang]);
            assert_eq!((run.code, run.out.as_str()), (COULD_NOT_RUN, ""), "{toml}");
            assert!(run.err.contains(said) && run.err.contains("w.toml"), "{}", run.err);
        }
    }
}
