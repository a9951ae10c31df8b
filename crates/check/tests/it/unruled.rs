//! Tables of which it is not known for certain what their columns are.

use juesuan_check::{Checked, check};
use juesuan_model::{Block, Columns, Severity};

use super::base;

const CLEAN: &str = include_str!("../../../../examples/linxi-water-2024/clean.md");
const FAULTY: &str = include_str!("../../../../examples/linxi-water-2024/faulty.md");

/// Checks a text whose tables of a range, counted as they stand, are known only so well.
fn told(text: &str, columns: Columns, tables: std::ops::Range<usize>) -> Checked {
    let scheme = base();
    let mut document = juesuan_read::parse(text);
    let blocks = document.blocks.iter_mut().filter_map(|block| match block {
        Block::Table(table) => Some(table),
        _ => None,
    });
    blocks.skip(tables.start).take(tables.len()).for_each(|table| table.columns = columns);
    let accounts = juesuan_read::bind(&document, &scheme);
    check(&document, &accounts, &scheme, &[])
}

fn above_note(checked: &Checked) -> Vec<String> {
    let told = checked.findings.iter().filter(|finding| finding.severity != Severity::Note);
    told.map(|finding| format!("{} {}", finding.code, finding.message)).collect()
}

#[test]
fn nothing_is_told_of_a_clean_document_however_little_is_known_of_its_tables() {
    let mut wrong = Vec::new();
    for columns in [Columns::Aligned, Columns::Guessed] {
        // All of them, and each by itself: what is lost may be what the others need.
        for tables in (0..17).map(|at| at..at + 1).chain(std::iter::once(0..100)) {
            let told = above_note(&told(CLEAN, columns, tables.clone()));
            wrong.extend(told.into_iter().map(|one| format!("{columns:?} {tables:?} {one}")));
        }
    }
    assert_eq!(wrong, [] as [String; 0]);
}

#[test]
fn self_evaluations_without_rules_are_told_as_not_checked() {
    let checked = told(FAULTY, Columns::Aligned, 9..100);
    let codes: Vec<&str> = checked.findings.iter().map(|finding| finding.code.as_str()).collect();
    // Tables close together may be pieces of one form, and are told once.
    let told: Vec<&str> = checked.findings.iter().map(|one| one.message.as_str()).collect();
    assert_eq!(codes.iter().filter(|code| **code == "RDG002").count(), 1, "{told:#?}");
    assert!(told.iter().any(|one| one.contains("这里起的 8 张表")), "{told:#?}");
    // What rests on forms alone is not told, what rests on the text is.
    assert!(!codes.contains(&"PRF002") && !codes.contains(&"DOC019"), "{codes:?}");
    assert!(codes.contains(&"XTB013"), "{codes:?}");
    let why = checked.not_checked.iter().any(|one| one.why.contains("不能断定缺少"));
    assert!(why, "{:?}", checked.not_checked);
}
