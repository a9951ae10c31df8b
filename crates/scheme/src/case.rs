//! Cases beside the law: why a relation is asked, an example with the fault, the same without.

use std::sync::Arc;

use crate::scheme::Files;

/// The case file of a rule: `schemes/<scheme>/cases/<CODE>.md`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Case {
    /// The scheme it is written for.
    pub scheme: Arc<str>,
    /// The rule's code.
    pub code: Arc<str>,
    /// 为什么
    pub why: Arc<str>,
    /// 可能的误报
    pub false_alarms: Arc<str>,
    /// 例: part of a document with the fault.
    pub bad: Arc<str>,
    /// 应为: the same part without it.
    pub good: Arc<str>,
}

/// All cases of the schemes in `files`.
#[must_use]
pub fn cases(files: &Files) -> Vec<Case> {
    files
        .iter()
        .filter_map(|(path, text)| {
            let (scheme, name) = path.split_once("/cases/")?;
            Some(parse(scheme, name.strip_suffix(".md")?, text))
        })
        .collect()
}

fn parse(scheme: &str, code: &str, text: &str) -> Case {
    let section = |title: &str| -> Arc<str> {
        let head = format!("## {title}\n");
        let start = text.find(&head).map_or(text.len(), |at| at + head.len());
        let body = text.get(start..).unwrap_or("");
        let body = body.split("\n## ").next().unwrap_or(body).trim_matches('\n');
        let fenced = body.strip_prefix("```text\n").and_then(|b| b.strip_suffix("\n```"));
        fenced.unwrap_or(body).into()
    };
    Case {
        scheme: scheme.into(),
        code: code.into(),
        why: section("为什么"),
        false_alarms: section("可能的误报"),
        bad: section("例"),
        good: section("应为"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_case_has_four_sections() {
        let text = "# X\n\n## 为什么\n因为。\n\n## 例\n```text\n甲\t1\n\n乙\n```\n\n## 应为\n```text\n甲\t2\n```\n";
        let case = parse("cn", "TAB001", text);
        assert_eq!((&*case.why, &*case.bad, &*case.good), ("因为。", "甲\t1\n\n乙", "甲\t2"));
        assert_eq!(&*case.false_alarms, "");
    }
}
