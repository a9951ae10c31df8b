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

/// Measuring takes minutes. That the example is still the one that was measured is told at once.
#[test]
fn what_was_measured_is_the_example_that_ships() {
    use sha2::{Digest, Sha256};
    let example = std::fs::read(root().join("examples/linxi-water-2024/clean.md")).unwrap();
    let digest: String =
        Sha256::digest(&example).iter().map(|byte| format!("{byte:02x}")).collect();
    let page = std::fs::read_to_string(root().join("docs/quality.md")).unwrap();
    assert!(page.contains(&digest), "run `cargo dev quality --write`");
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
