//! Reports as SARIF 2.1.0, for editors and code-scanning services.
//!
//! Not checked is never passed, here too: what could not be decided is a notification of the
//! invocation, since a result that is absent would read as a check that held.

mod log;
mod uri;

use std::collections::{BTreeMap, HashMap};

use juesuan_model::{Evidence, Finding, Lang, Report, RuleInfo, Severity};

use crate::clean::{lines, one_line};
use crate::{json, labels, markdown, text};
use log::{
    Artifact, ArtifactLocation, ArtifactProperties, Configuration, Driver, FindingProperties,
    Invocation, Location, Log, LogicalLocation, Message, Notification, NotificationProperties,
    PhysicalLocation, PlaceProperties, Region, Rule, RuleProperties, RuleReference, Run,
    SarifResult, Suppression, Tool,
};

const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// One log over all documents. `rules` are all rules known; findings of others still appear.
#[must_use]
pub fn reports(reports: &[Report], rules: &[RuleInfo], lang: Lang) -> String {
    let mut catalogue = Catalogue::new(rules, lang);
    let mut results = Vec::new();
    let mut notifications = Vec::new();
    for (index, report) in reports.iter().enumerate() {
        let file = ArtifactLocation { uri: uri::of_path(&report.document.path), index };
        let mut seen = HashMap::new();
        for finding in &report.findings {
            let rule_index = catalogue.index(&finding.code, &finding.title, finding.severity);
            let times = seen.entry((&*finding.code, &*finding.subject)).or_insert(0_usize);
            *times = times.saturating_add(1);
            results.push(result(finding, rule_index, *times, &file, lang));
        }
        for item in &report.not_checked {
            let index = catalogue.index(&item.code, &item.code, Severity::Note);
            let label = labels::NOT_CHECKED.say(lang);
            notifications.push(Notification {
                level: "warning",
                message: message(&format!("{label} {} {}: {}", item.code, item.subject, item.why)),
                associated_rule: RuleReference { id: item.code.clone(), index },
                locations: [whole(&file)],
                properties: NotificationProperties { subject: item.subject.clone() },
            });
        }
    }
    let driver = Driver {
        name: "juesuan",
        version: env!("CARGO_PKG_VERSION"),
        information_uri: env!("CARGO_PKG_REPOSITORY"),
        short_description: message(labels::REPORT.say(lang)),
        rules: catalogue.rules,
    };
    let invocation =
        Invocation { execution_successful: true, tool_execution_notifications: notifications };
    let run = Run {
        tool: Tool { driver },
        invocations: [invocation],
        language: lang.pick("zh-CN", "en-US"),
        column_kind: "unicodeCodePoints",
        artifacts: reports.iter().enumerate().map(artifact).collect(),
        results,
    };
    json::pretty(&Log { schema: SCHEMA, version: "2.1.0", runs: [run] })
}

/// The rules of the log, and where each stands in it.
struct Catalogue {
    rules: Vec<Rule>,
    index: HashMap<String, usize>,
}

impl Catalogue {
    fn new(infos: &[RuleInfo], lang: Lang) -> Self {
        let mut catalogue = Self { rules: Vec::new(), index: HashMap::new() };
        for info in infos {
            if !catalogue.index.contains_key(&info.code) {
                catalogue.add(rule(info, lang));
            }
        }
        catalogue
    }

    fn add(&mut self, rule: Rule) -> usize {
        let at = self.rules.len();
        self.index.insert(rule.id.clone(), at);
        self.rules.push(rule);
        at
    }

    /// Where the rule stands; one that nobody described is added by its name.
    fn index(&mut self, code: &str, title: &str, severity: Severity) -> usize {
        self.index.get(code).copied().unwrap_or_else(|| {
            self.add(Rule {
                id: code.to_owned(),
                name: one_line(title).into_owned(),
                short_description: message(title),
                full_description: None,
                help: None,
                default_configuration: Configuration { level: severity.id() },
                properties: RuleProperties {
                    status: String::new(),
                    tags: vec![labels::family(code).to_owned()],
                },
            })
        })
    }
}

fn rule(info: &RuleInfo, lang: Lang) -> Rule {
    let page = text::rule_page(info, text::TextOptions { lang, ..text::TextOptions::default() });
    let mut tags = vec![labels::family(&info.code).to_owned()];
    for id in &info.covers {
        if !tags.contains(id) {
            tags.push(id.clone());
        }
    }
    Rule {
        id: info.code.clone(),
        name: one_line(info.title_in(lang)).into_owned(),
        short_description: message(info.title_in(lang)),
        full_description: (!info.checks.is_empty()).then(|| message(&info.checks)),
        help: Some(Message {
            markdown: Some(braces(markdown::body(info, lang).trim_start())),
            ..message(&page)
        }),
        default_configuration: Configuration {
            level: info.severity.unwrap_or(Severity::Warning).id(),
        },
        properties: RuleProperties { status: info.status.clone(), tags },
    }
}

fn artifact((index, report): (usize, &Report)) -> Artifact<'_> {
    let document = &report.document;
    let hash = Some(("sha-256", document.sha256.as_str()));
    Artifact {
        location: ArtifactLocation { uri: uri::of_path(&document.path), index },
        roles: ["analysisTarget"],
        hashes: hash.into_iter().filter(|(_, hash)| !hash.is_empty()).collect(),
        properties: ArtifactProperties {
            title: &document.title,
            department: &document.department,
            year: document.year,
            scheme: &document.scheme,
            coverage: report.coverage,
        },
    }
}

fn result(
    finding: &Finding,
    rule_index: usize,
    times: usize,
    file: &ArtifactLocation,
    lang: Lang,
) -> SarifResult {
    let others = finding.evidence.iter().skip(1).enumerate();
    let related = others.map(|(at, evidence)| {
        let place = labels::place(evidence, lang);
        Location {
            id: Some(at.saturating_add(1)),
            message: Some(message(&format!("{place} {}", evidence.quote))),
            ..location(evidence, file)
        }
    });
    // Lines move when a document is edited, what a finding is about does not.
    let fingerprint = match times {
        1 => format!("{} {}", finding.code, finding.subject),
        n => format!("{} {} #{n}", finding.code, finding.subject),
    };
    let suppressed = finding.waived.as_ref().map(|waiver| Suppression {
        kind: "external",
        status: "accepted",
        justification: lines(&labels::waiver(waiver, lang)).into_owned(),
    });
    SarifResult {
        rule_id: finding.code.clone(),
        rule_index,
        level: finding.severity.id(),
        message: message(if finding.message.is_empty() {
            &finding.title
        } else {
            &finding.message
        }),
        locations: [finding.evidence.first().map_or_else(|| whole(file), |e| location(e, file))],
        related_locations: related.collect(),
        partial_fingerprints: BTreeMap::from([("subject/v1", fingerprint)]),
        suppressions: suppressed.into_iter().collect(),
        properties: FindingProperties {
            subject: finding.subject.clone(),
            stated: finding.stated.clone(),
            expected: finding.expected.clone(),
            difference: finding.difference.clone(),
            hint: finding.hint.clone(),
            basis: finding.basis.clone(),
            cause: finding.cause.clone(),
            consequences: finding.consequences.clone(),
        },
    }
}

/// The document as a whole.
fn whole(file: &ArtifactLocation) -> Location {
    Location {
        id: None,
        physical_location: PhysicalLocation { artifact_location: file.clone(), region: None },
        logical_locations: Vec::new(),
        message: None,
        properties: None,
    }
}

fn location(evidence: &Evidence, file: &ArtifactLocation) -> Location {
    let section = Some(&evidence.section).filter(|section| !section.is_empty());
    Location {
        physical_location: PhysicalLocation {
            artifact_location: file.clone(),
            region: region(evidence),
        },
        logical_locations: section
            .map(|name| LogicalLocation { fully_qualified_name: name.to_string(), kind: "section" })
            .into_iter()
            .collect(),
        properties: evidence.has_no_line().then(|| PlaceProperties {
            page: evidence.page,
            bbox: evidence.bbox,
            cell: evidence.cell.clone(),
        }),
        ..whole(file)
    }
}

/// The region of text. On pages and in sheets there is none: they have no lines of the file.
fn region(evidence: &Evidence) -> Option<Region> {
    if evidence.line == 0 || evidence.has_no_line() {
        return None;
    }
    let start_column = Some(evidence.column).filter(|column| *column > 0);
    let end = evidence.column.saturating_add(evidence.width);
    let snippet = Some(&evidence.quote).filter(|quote| !quote.is_empty());
    Some(Region {
        start_line: evidence.line,
        start_column,
        end_column: start_column.map(|_| end).filter(|_| evidence.width > 0),
        snippet: snippet.map(|quote| Message { text: quote.clone(), markdown: None }),
    })
}

/// A message in plain text. In SARIF `[a](b)` is a link and `{0}` a placeholder even there, so
/// what a document contains must be escaped.
fn message(text: &str) -> Message {
    let mut text = braces(&lines(text));
    if text.contains("](") {
        text = text.replace('\\', "\\\\").replace('[', "\\[");
    }
    Message { text, markdown: None }
}

fn braces(text: &str) -> String {
    text.replace('{', "{{").replace('}', "}}")
}
