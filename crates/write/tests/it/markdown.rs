//! Pages of rules.

use juesuan_model::{Lang, RuleInfo};
use juesuan_write::markdown::{rule_page, rule_table};

use crate::fixture;

#[test]
fn the_page_of_a_rule() {
    let rules = fixture::rules();
    insta::assert_snapshot!("rule_md_zh", rule_page(&rules[1], Lang::Zh));
    insta::assert_snapshot!("rule_md_en", rule_page(&rules[0], Lang::En));
}

#[test]
fn the_table_of_rules() {
    insta::assert_snapshot!(rule_table(&fixture::rules(), Lang::Zh));
}

#[test]
fn a_fence_is_longer_than_what_it_encloses() {
    let info = RuleInfo { bad: "````\n合计".into(), ..RuleInfo::default() };
    assert!(rule_page(&info, Lang::Zh).contains("`````text\n````\n合计\n`````\n"));
}
