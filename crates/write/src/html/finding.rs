//! Findings as articles.

use std::collections::HashMap;

use juesuan_model::{Evidence, Finding, Report, Severity};

use super::markup::{Attributes, Markup};
use super::pages::finding_id;
use super::{Context, anchor};
use crate::clean::{CELL_BORDER, shortened};
use crate::excerpt::{Excerpt, Window};
use crate::labels;
use crate::order;
use crate::width::Metric;

/// How many cells of a source line are shown, about two lines of the page.
const WINDOW: Window = Window { room: 180, metric: Metric { wide_ambiguous: false } };
/// The cells of the longest amount that is kept on one line.
const LONGEST_AMOUNT: usize = 13;
const LONGEST_QUOTE: usize = 120;

/// The findings of one severity.
pub(super) fn severity(
    m: &mut Markup,
    report: &Report,
    severity: Severity,
    numbers: &HashMap<&str, usize>,
    context: &Context<'_>,
) {
    let sections = order::sections(report, severity);
    if sections.is_empty() {
        return;
    }
    let lang = context.lang;
    m.element("section", &[("id", severity.id()), ("class", "group")], |m| {
        m.element("h3", &[("class", severity.id())], |m| {
            m.text(labels::severities(severity).say(lang));
            m.raw(" ");
            m.leaf("span", &[("class", "n")], &labels::count(report.count(severity)));
        });
        m.leaf("p", &[("class", "meaning")], labels::severity_meaning(severity).say(lang));
        for section in sections {
            let number = numbers.get(section.title).copied().unwrap_or_default().to_string();
            m.element("section", &[("class", "part")], |m| {
                let whole = labels::WHOLE.say(lang);
                let name = if section.title.is_empty() { whole } else { section.title };
                m.leaf("h4", &[("lang", "zh-CN")], name);
                for finding in section.findings {
                    article(m, finding, Some(&number), context);
                }
            });
        }
    });
}

/// One finding. Those in the filtered list carry what the filter asks for.
pub(super) fn article(
    m: &mut Markup,
    finding: &Finding,
    section: Option<&str>,
    context: &Context<'_>,
) {
    let number = context.number(finding);
    let id = number.map(finding_id).unwrap_or_default();
    let mut attributes = Vec::new();
    if number.is_some() {
        attributes.push(("id", &*id));
    }
    if let Some(section) = section {
        attributes.push(("class", finding.severity.id()));
        attributes.push(("data-severity", finding.severity.id()));
        attributes.push(("data-family", labels::family(&finding.code)));
        attributes.push(("data-section", section));
    }
    // In the list the title stands below three headings, by page below two, among the accepted
    // ones below one.
    let heading = match (section, &context.pages) {
        (Some(_), None) => "h5",
        (Some(_), Some(_)) => "h4",
        (None, _) => "h3",
    };
    let said = context.lang.pick("zh-CN", "en");
    m.element("article", &attributes, |m| {
        m.element("header", &[], |m| {
            if let Some(number) = number {
                m.leaf("b", &[("class", "no")], &number.to_string());
            }
            code(m, finding, context);
            m.leaf(heading, &[("lang", said)], &finding.title);
            if let Some(evidence) = finding.evidence.first() {
                m.element("p", &[("class", "place")], |m| place(m, evidence, context));
            }
        });
        if context.pages.is_some() && !order::section(finding).is_empty() {
            m.leaf("p", &[("class", "where"), ("lang", "zh-CN")], order::section(finding));
        }
        if !finding.message.is_empty() {
            m.leaf("p", &[("class", "message"), ("lang", said)], &finding.message);
        }
        if let Some(waiver) = &finding.waived {
            m.element("p", &[("class", "waiver")], |m| {
                m.leaf("b", &[], labels::WAIVED.say(context.lang));
                m.raw(" ");
                m.text(&labels::waiver(waiver, context.lang));
            });
        }
        body(m, finding, context);
    });
}

fn body(m: &mut Markup, finding: &Finding, context: &Context<'_>) {
    let lang = context.lang;
    if let Some(evidence) = finding.evidence.first() {
        excerpt(m, evidence, context);
    }
    values(m, finding, context);
    more(m, finding, context);
    if !finding.consequences.is_empty() {
        m.element("details", &[], |m| {
            let n = labels::places(finding.consequences.len(), lang);
            let label = labels::CONSEQUENCES.say(lang);
            m.leaf("summary", &[], &format!("{label} {n}"));
            m.element("ul", &[], |m| {
                for consequence in &finding.consequences {
                    m.leaf("li", &[], consequence);
                }
            });
        });
    }
}

/// Further places, hint, basis and cause, as far as they are known.
fn more(m: &mut Markup, finding: &Finding, context: &Context<'_>) {
    let lang = context.lang;
    let texts = [
        (labels::HINT, finding.hint.as_str()),
        (labels::BASIS, &finding.basis),
        (labels::CAUSE, finding.cause.as_deref().unwrap_or_default()),
    ];
    let others = finding.evidence.get(1..).unwrap_or_default();
    if others.is_empty() && texts.iter().all(|(_, text)| text.is_empty()) {
        return;
    }
    m.element("dl", &[("class", "more")], |m| {
        if !others.is_empty() {
            m.leaf("dt", &[], labels::ALSO.say(lang));
            m.element("dd", &[], |m| places(m, others, order::section(finding), context));
        }
        for (words, text) in texts.iter().filter(|(_, text)| !text.is_empty()) {
            m.leaf("dt", &[], words.say(lang));
            m.leaf("dd", &[("lang", "zh-CN")], text);
        }
    });
}

/// Where evidence stands, linked to the mark on the picture of its page.
fn place(m: &mut Markup, evidence: &Evidence, context: &Context<'_>) {
    let place = labels::place(evidence, context.lang);
    match context.pages.as_ref().and_then(|pages| pages.spot(evidence)) {
        Some(spot) => m.leaf("a", &[("href", &format!("#{spot}"))], &place),
        None => m.text(&place),
    }
}

/// The code, linked to the rule if the page has it.
fn code(m: &mut Markup, finding: &Finding, context: &Context<'_>) {
    if context.rules.contains_key(&*finding.code) {
        let target = format!("#{}", anchor(&finding.code));
        m.leaf("a", &[("class", "code"), ("href", &target)], &finding.code);
    } else {
        m.leaf("span", &[("class", "code")], &finding.code);
    }
}

/// The line of the source with the place marked, or the quote where there are no lines.
fn excerpt(m: &mut Markup, evidence: &Evidence, context: &Context<'_>) {
    let shown = Excerpt::of(context.source, evidence, WINDOW).or_else(|| {
        let mark = shortened(&evidence.quote, LONGEST_QUOTE).into_owned();
        (!mark.is_empty()).then(|| Excerpt { mark, is_placed: true, ..Excerpt::default() })
    });
    let Some(shown) = shown else { return };
    m.element("figure", &[("class", "excerpt")], |m| {
        let label = labels::MARKED.say(context.lang);
        m.leaf("figcaption", &[("class", "unseen")], label);
        if shown.line > 0 {
            m.leaf("span", &[("class", "line"), ("aria-hidden", "true")], &shown.line.to_string());
        }
        m.element("code", &[("lang", "zh-CN")], |m| {
            bordered(m, &shown.before);
            if shown.is_placed {
                // An empty cell has no characters to mark, but it has a place.
                let about: Attributes<'_> =
                    if shown.mark.is_empty() { &[("class", "here")] } else { &[] };
                m.element("mark", about, |m| bordered(m, &shown.mark));
            }
            bordered(m, &shown.after);
        });
    });
}

/// Text with the borders of cells set apart from it.
fn bordered(m: &mut Markup, text: &str) {
    for (at, part) in text.split(CELL_BORDER).enumerate() {
        if at > 0 {
            m.raw("<span class=\"border\"> │ </span>");
        }
        m.preformatted(part);
    }
}

fn values(m: &mut Markup, finding: &Finding, context: &Context<'_>) {
    let lang = context.lang;
    let all = [
        ("stated", labels::STATED, finding.stated.as_str()),
        ("expected", labels::EXPECTED, &finding.expected),
        ("difference", labels::DIFFERENCE, &finding.difference),
    ];
    let known: Vec<_> = all.into_iter().filter(|(_, _, value)| !value.is_empty()).collect();
    if known.is_empty() {
        return;
    }
    m.element("table", &[("class", "values")], |m| {
        m.leaf("caption", &[("class", "unseen")], labels::VALUES.say(lang));
        m.element("thead", &[], |m| {
            m.element("tr", &[], |m| {
                for (class, words, _) in &known {
                    m.leaf("th", &[("scope", "col"), ("class", class)], words.say(lang));
                }
            });
        });
        m.element("tbody", &[], |m| {
            m.element("tr", &[], |m| {
                for (class, _, value) in &known {
                    // An amount must not be broken, a sentence or a long code must.
                    let is_short = WINDOW.metric.cells(value) <= LONGEST_AMOUNT;
                    let class = if is_short { format!("{class} short") } else { (*class).into() };
                    m.leaf("td", &[("class", &class), ("lang", "zh-CN")], value);
                }
            });
        });
    });
}

fn places(m: &mut Markup, others: &[Evidence], home: &str, context: &Context<'_>) {
    m.element("ul", &[("class", "places")], |m| {
        for evidence in others {
            m.element("li", &[], |m| {
                m.element("span", &[("class", "place")], |m| place(m, evidence, context));
                if !evidence.quote.trim().is_empty() {
                    m.raw(" ");
                    m.leaf("code", &[], &shortened(&evidence.quote, LONGEST_QUOTE));
                }
                if *evidence.section != *home && !evidence.section.is_empty() {
                    m.raw(" ");
                    m.leaf("span", &[("class", "where")], &evidence.section);
                }
            });
        }
    });
}
