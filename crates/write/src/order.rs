//! The order in which reports tell their findings.

use std::collections::HashMap;
use std::hash::Hash;

use juesuan_model::{Finding, NotChecked, Report, Severity};

/// Gravest first.
pub(crate) const SEVERITIES: [Severity; 3] = [Severity::Error, Severity::Warning, Severity::Note];

/// The findings of one section of a document.
#[derive(Debug)]
pub(crate) struct Section<'a> {
    /// The headings it stands under; empty for what concerns the whole document.
    pub(crate) title: &'a str,
    /// In the order of the document.
    pub(crate) findings: Vec<&'a Finding>,
}

/// What could not be checked for one reason.
#[derive(Debug)]
pub(crate) struct Reason<'a> {
    /// Why.
    pub(crate) why: &'a str,
    /// In the order of the report.
    pub(crate) items: Vec<&'a NotChecked>,
}

/// The findings of a severity by section, all in the order of the document, without waived ones.
pub(crate) fn sections(report: &Report, severity: Severity) -> Vec<Section<'_>> {
    let open = report.findings.iter().filter(|f| f.severity == severity && f.waived.is_none());
    let mut findings: Vec<&Finding> = open.collect();
    findings.sort_by_key(|finding| place(finding));
    groups(findings, |finding| section(finding))
        .into_iter()
        .map(|(title, findings)| Section { title, findings })
        .collect()
}

/// The findings that somebody accepted.
pub(crate) fn waived(report: &Report) -> Vec<&Finding> {
    report.findings.iter().filter(|finding| finding.waived.is_some()).collect()
}

/// What was not checked by reason, the reason for the most first.
pub(crate) fn reasons(report: &Report) -> Vec<Reason<'_>> {
    let mut reasons: Vec<Reason<'_>> = groups(&report.not_checked, |item| item.why.as_str())
        .into_iter()
        .map(|(why, items)| Reason { why, items })
        .collect();
    reasons.sort_by_key(|reason| std::cmp::Reverse(reason.items.len()));
    reasons
}

/// The codes among some items with how often each occurs, in order of appearance.
pub(crate) fn codes<'a>(items: &[&'a NotChecked]) -> Vec<(&'a str, usize)> {
    groups(items.iter().copied(), |item| item.code.as_str())
        .into_iter()
        .map(|(code, items)| (code, items.len()))
        .collect()
}

/// The section that a finding belongs to.
pub(crate) fn section(finding: &Finding) -> &str {
    finding.evidence.first().map_or("", |evidence| &*evidence.section)
}

/// Where a finding stands, for ordering: page, line, column.
pub(crate) fn place(finding: &Finding) -> (u32, u32, u32) {
    let first = finding.evidence.first();
    first.map_or((0, 0, 0), |e| (e.page.unwrap_or_default(), e.line, e.column))
}

/// Groups items by a key, groups and members in order of appearance.
fn groups<T, K: Copy + Eq + Hash>(
    items: impl IntoIterator<Item = T>,
    key: impl Fn(&T) -> K,
) -> Vec<(K, Vec<T>)> {
    let mut index: HashMap<K, usize> = HashMap::new();
    let mut groups: Vec<(K, Vec<T>)> = Vec::new();
    for item in items {
        let key = key(&item);
        let at = *index.entry(key).or_insert(groups.len());
        match groups.get_mut(at) {
            Some((_, members)) => members.push(item),
            None => groups.push((key, vec![item])),
        }
    }
    groups
}
