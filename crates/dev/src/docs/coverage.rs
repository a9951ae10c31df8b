//! What ought to be checked, held against what rules say they decide.

use std::collections::BTreeMap;
use std::path::Path;

use juesuan_model::RuleInfo;
use serde::Deserialize;

use crate::failure::Failure;
use crate::house::read;
use crate::table::Table;

/// What a reason begins with when a rule could decide but there is none yet.
const NOT_YET: &str = "尚未实现：";

/// The list of what ought to be checked: `docs/coverage.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Coverage {
    #[serde(rename = "group")]
    groups: Vec<Group>,
    /// Why no rule decides what stands here.
    undecided: BTreeMap<String, String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Group {
    name: String,
    ids: BTreeMap<String, String>,
}

impl Coverage {
    /// Reads the list.
    ///
    /// # Errors
    /// When it cannot be read, or is no such list.
    pub fn load(root: &Path) -> Result<Self, Failure> {
        let path = root.join("docs/coverage.toml");
        let text = read(&path)?;
        toml::from_str(&text)
            .map_err(|error| Failure::Coverage { path, message: error.message().to_owned() })
    }

    /// All ids in the order of the list.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.groups.iter().flat_map(|group| group.ids.keys()).map(String::as_str)
    }

    /// The ids that a rule could decide and none does.
    #[must_use]
    pub fn not_yet(&self) -> Vec<&str> {
        let reasons = self.undecided.iter();
        reasons.filter(|(_, why)| why.starts_with(NOT_YET)).map(|(id, _)| id.as_str()).collect()
    }

    /// What does not fit: ids without rule and reason, with both, listed twice or unknown.
    #[must_use]
    pub fn faults(&self, rules: &[RuleInfo]) -> Vec<String> {
        let mut known: BTreeMap<&str, usize> = BTreeMap::new();
        for id in self.ids() {
            *known.entry(id).or_default() += 1;
        }
        let mut faults = Vec::new();
        for (id, times) in &known {
            let is_covered = rules.iter().any(|rule| covers(rule, id));
            let is_excused = self.undecided.contains_key(*id);
            match (is_covered, is_excused) {
                _ if *times > 1 => faults.push(format!("{id} 列了 {times} 次")),
                (false, false) => faults.push(format!("{id} 没有规则核验，也没有说明原因")),
                (true, true) => {
                    faults.push(format!("{id} 已有规则核验，请删去 [undecided] 的说明"))
                }
                _ => {}
            }
        }
        let stray = self.undecided.keys().filter(|id| !known.contains_key(id.as_str()));
        faults.extend(stray.map(|id| format!("[undecided] 的 {id} 不在清单里")));
        for rule in rules {
            let strange = rule.covers.iter().filter(|id| !known.contains_key(id.as_str()));
            faults.extend(strange.map(|id| format!("{} 的 covers 写了不认识的 {id}", rule.code)));
        }
        faults
    }

    /// The page: every id with its words and the rules that decide it, or why none does.
    #[must_use]
    pub fn page(&self, rules: &[RuleInfo]) -> String {
        let all = self.ids().count();
        let not_yet = self.not_yet().len();
        let excused = self.undecided.len() - not_yet;
        let covered = self.ids().filter(|id| rules.iter().any(|rule| covers(rule, id))).count();
        let mut page = format!(
            "# 核验内容与规则对照\n\n应当核验的内容共 {all} 条：{covered} 条有规则核验，{excused} 条从一份文件无从判断，{not_yet} 条尚未实现。规则的说明见 [rules](rules/README.md)。\n"
        );
        for group in &self.groups {
            let mut table = Table::new(&["编号", "内容", "规则"]);
            for (id, words) in &group.ids {
                table.row(&[id, words, &self.answer(id, rules)]);
            }
            page.push_str(&format!("\n## {}\n\n{}", group.name, table.print()));
        }
        page
    }

    /// The rules that decide an id, or why none does.
    fn answer(&self, id: &str, rules: &[RuleInfo]) -> String {
        let own = rules.iter().filter(|rule| covers(rule, id));
        let links: Vec<String> =
            own.map(|rule| format!("[{0}](rules/{0}.md)", rule.code)).collect();
        let why = self.undecided.get(id).map(|why| format!("—— {why}"));
        why.unwrap_or_else(|| links.join("、"))
    }
}

fn covers(rule: &RuleInfo, id: &str) -> bool {
    rule.covers.iter().any(|covered| covered == id)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn coverage(text: &str) -> Coverage {
        toml::from_str(text).unwrap()
    }

    fn rule(code: &str, covers: &[&str]) -> RuleInfo {
        let covers = covers.iter().map(|id| (*id).to_owned()).collect();
        RuleInfo { code: code.to_owned(), covers, ..RuleInfo::default() }
    }

    #[test]
    fn an_id_needs_a_rule_or_a_reason_and_not_both() {
        let list = coverage(
            "[[group]]\nname = \"甲\"\nids = { R1 = \"一\", R2 = \"二\", R3 = \"三\" }\n\
             [undecided]\nR2 = \"无从判断\"\nR9 = \"错\"",
        );
        let faults = list.faults(&[rule("TAB001", &["R2", "R7"])]);
        assert_eq!(
            faults,
            [
                "R1 没有规则核验，也没有说明原因",
                "R2 已有规则核验，请删去 [undecided] 的说明",
                "R3 没有规则核验，也没有说明原因",
                "[undecided] 的 R9 不在清单里",
                "TAB001 的 covers 写了不认识的 R7",
            ]
        );
    }

    #[test]
    fn the_page_links_rules_and_tells_reasons() {
        let list = coverage(
            "[[group]]\nname = \"甲\"\nids = { R1 = \"一\", R2 = \"二\" }\n\
             [undecided]\nR2 = \"尚未实现：还没有。\"",
        );
        assert_eq!(list.not_yet(), ["R2"]);
        let page = list.page(&[rule("TAB001", &["R1"]), rule("TAB002", &["R1"])]);
        assert!(
            page.contains("| R1 | 一 | [TAB001](rules/TAB001.md)、[TAB002](rules/TAB002.md) |")
        );
        assert!(page.contains("| R2 | 二 | —— 尚未实现：还没有。 |"));
        assert!(page.contains("1 条有规则核验，0 条从一份文件无从判断，1 条尚未实现"));
    }
}
