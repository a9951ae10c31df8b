//! Generated pages are as they would be generated now, and every id of the domain has its answer.

use juesuan_dev::docs::coverage::Coverage;
use juesuan_dev::docs::{pages, stale};
use juesuan_dev::house::{House, root};

#[test]
fn pages_are_fresh() {
    let pages = pages(&root(), &House::open().unwrap()).unwrap();
    let stale = stale(&root(), &pages).unwrap();
    assert!(stale.is_empty(), "run `cargo dev docs`: {stale:?}");
}

#[test]
fn every_id_has_a_rule_or_a_reason() {
    let coverage = Coverage::load(&root()).unwrap();
    let faults = coverage.faults(&House::open().unwrap().rules);
    assert!(faults.is_empty(), "docs/coverage.toml:\n{}", faults.join("\n"));
    assert_eq!(coverage.ids().count(), 129 + 85 + 30 + 54);
}

/// What one document could decide and no rule does yet. The list shows in review when it grows.
#[test]
fn what_is_not_decided_yet_is_known() {
    let coverage = Coverage::load(&root()).unwrap();
    assert_eq!(coverage.not_yet(), [""; 0]);
}
