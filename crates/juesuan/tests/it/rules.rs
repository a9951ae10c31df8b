//! Pages of rules.

use crate::desk::{CLEAN, call};

#[test]
fn a_rule_has_a_page_with_all_its_parts() {
    let run = call(&["rule", "tab001"]);
    assert_eq!((run.code, run.err.as_str()), (CLEAN, ""));
    assert!(run.out.starts_with("TAB001  "), "{}", run.out);
    for part in ["查什么", "公式", "为什么", "例", "应为", "依据", "可能的误报"] {
        assert!(run.out.lines().any(|line| line == part), "{part}: {}", run.out);
    }
}

/// The codes of a list, as in `TAB001`.
fn codes(list: &str) -> Vec<&str> {
    let first = list.lines().filter_map(|line| line.split_whitespace().next());
    first
        .filter(|word| word.len() == 6 && word.starts_with(|c: char| c.is_ascii_uppercase()))
        .collect()
}

#[test]
fn all_rules_are_listed_once_in_order() {
    for lang in ["zh", "en"] {
        let run = call(&["rule", "--all", "--lang", lang]);
        assert_eq!(run.code, CLEAN);
        let codes = codes(&run.out);
        assert!(codes.len() > 100, "{}", codes.len());
        assert!(codes.windows(2).all(|pair| pair[0] < pair[1]), "{codes:?}");
    }
}

#[test]
fn every_listed_rule_can_be_asked_for() {
    let list = call(&["rule", "--all"]).out;
    for code in codes(&list).into_iter().step_by(10) {
        assert_eq!(call(&["rule", code]).code, CLEAN, "{code}");
    }
}
