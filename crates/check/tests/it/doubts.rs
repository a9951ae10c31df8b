//! Figures and words of scans that may have been recognised wrongly decide nothing.

use juesuan_check::check;
use juesuan_model::{Layout, Location, Place, Region};

use crate::base;

const FAULTY: &str = include_str!("../../../../examples/linxi-water-2024/faulty.md");

#[test]
fn what_rests_on_doubtful_places_is_not_checked() {
    let scheme = base();
    let mut document = juesuan_read::parse(FAULTY);
    let accounts = juesuan_read::bind(&document, &scheme);
    let findings = check(&document, &accounts, &scheme, &[]).findings;
    // A fault of figures, and one of words.
    for family in ["TAB", "DOC"] {
        let finding =
            findings.iter().find(|f| f.code.starts_with(family) && !f.evidence.is_empty());
        let finding = finding.unwrap();
        let told = |confidence: u8, document: &mut juesuan_model::Document| {
            let regions = finding.evidence.iter().map(|spot| {
                let width = u32::try_from(spot.quote.chars().count().max(1)).unwrap();
                let place = Place::new(spot.line, spot.column).wide(width);
                let at = Location::Page { page: 3, bbox: [0, 0, 10, 10] };
                Region { place, at, confidence }
            });
            document.layout = Layout::new(regions.collect());
            let accounts = juesuan_read::bind(document, &scheme);
            let checked = check(document, &accounts, &scheme, &[]);
            let is_same =
                |code: &str, subject: &str| code == finding.code && subject == finding.subject;
            let not_checked = checked.not_checked.iter();
            let reason =
                not_checked.filter(|n| is_same(&n.code, &n.subject)).map(|n| n.why.clone());
            let is_found = checked.findings.iter().any(|f| is_same(&f.code, &f.subject));
            (is_found, reason.collect::<String>())
        };
        let (is_found, _) = told(90, &mut document);
        assert!(is_found, "{} rests on what is sure", finding.code);
        let (is_found, reason) = told(40, &mut document);
        assert!(!is_found, "{} {}", finding.code, finding.message);
        assert!(
            reason.contains("第 3 页") && reason.contains("没有把握"),
            "{}: {reason}",
            finding.code
        );
    }
}
