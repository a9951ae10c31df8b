//! The part of both READMEs that shows a report: it is cut from what the program prints.

use std::path::{Path, PathBuf};

use juesuan_model::{DocumentInfo, Lang, Report, TextField};
use juesuan_read::{ReadError, Reading, convert};
use juesuan_write::{SourceText, text};

use super::Pages;
use crate::failure::Failure;
use crate::house::{House, examine_document, read};

/// The document whose report is shown.
const DOCUMENT: &str = "examples/linxi-water-2024/faulty.pdf";
/// The findings that are shown, each the first of its rule.
const SHOWN: [&str; 3] = ["TXT104", "TXT107", "XTB006"];
/// The pages that show them, each between these lines.
const PAGES: [&str; 2] = ["README.md", "README.zh-CN.md"];
const BEGIN: &str = "<!-- cargo dev docs: example -->\n";
const END: &str = "<!-- end -->";

/// Adds the pages with a fresh example; a page that is not there stays away.
///
/// # Errors
/// When the document cannot be read, or a scheme is faulty.
pub(super) fn add(pages: &mut Pages, root: &Path, house: &House) -> Result<(), Failure> {
    let shown = format!("```text\n{}```\n", example(root, house)?);
    for name in PAGES {
        let Ok(page) = read(&root.join(name)) else { continue };
        pages.insert(PathBuf::from(name), with_example(&page, &shown));
    }
    Ok(())
}

/// The page with `shown` in the place of what stands between the two lines.
fn with_example(page: &str, shown: &str) -> String {
    let parts = page.split_once(BEGIN).and_then(|(before, rest)| {
        let (_, after) = rest.split_once(END)?;
        Some((before, after))
    });
    match parts {
        Some((before, after)) => format!("{before}{BEGIN}{shown}{END}{after}"),
        None => page.to_owned(),
    }
}

fn example(root: &Path, house: &House) -> Result<String, Failure> {
    let path = root.join(DOCUMENT);
    let bytes = std::fs::read(&path).map_err(|source| Failure::read(&path, source))?;
    let Reading { text: source, document } = convert(&bytes)
        .unwrap_or(Err(ReadError::NotText))
        .map_err(|source| Failure::Document { path, source })?;
    let choice = house.choice_for(&document);
    let examined = examine_document(document, &house.scheme(&choice.id)?);
    let identity = &examined.accounts.identity;
    let words = |field: &Option<TextField>| {
        field.as_ref().map_or(String::new(), |field| field.text.to_string())
    };
    let report = Report {
        document: DocumentInfo {
            path: DOCUMENT.to_owned(),
            title: words(&identity.title),
            department: words(&identity.department),
            year: identity.year,
            scheme: choice.id,
            scheme_reason: choice.why.say(Lang::Zh),
            ..DocumentInfo::default()
        },
        coverage: examined.checked.coverage,
        findings: examined.checked.findings,
        not_checked: examined.checked.not_checked,
    };
    Ok(cut(&text::report(&report, &SourceText::new(&source), text::TextOptions::default())))
}

/// The head of a report, some of its findings and its last line.
fn cut(report: &str) -> String {
    let (head, rest) = report.split_once("\n▍").unwrap_or((report, ""));
    let mut shown = format!("{}\n", head.trim_end());
    let blocks: Vec<&str> = rest.split("\n\n").collect();
    for code in SHOWN {
        let found = blocks.iter().find(|block| block.starts_with(&format!("{code}  ")));
        if let Some(block) = found {
            shown.push_str(&format!("\n…\n\n{block}\n"));
        }
    }
    let last = report.trim_end().rsplit('\n').next().unwrap_or("");
    format!("{shown}\n…\n\n{last}\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn head_chosen_findings_and_verdict_are_shown() {
        let code = SHOWN[0];
        let found = format!("{code}  乙\n  二\n  三");
        let report = format!("头\n\n▍节\n\nTXT000  甲\n  一\n\n{found}\n\n──\n小结  错误 2\n");
        assert_eq!(cut(&report), format!("头\n\n…\n\n{found}\n\n…\n\n小结  错误 2\n"));
    }

    #[test]
    fn only_what_stands_between_the_lines_is_replaced() {
        let page = format!("前\n{BEGIN}旧\n{END}\n后\n");
        assert_eq!(with_example(&page, "新\n"), format!("前\n{BEGIN}新\n{END}\n后\n"));
        assert_eq!(with_example("没有\n", "新\n"), "没有\n");
    }
}
