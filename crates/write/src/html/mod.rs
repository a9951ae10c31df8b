//! One page that works offline: no resource from outside, everything readable without scripts.
//!
//! The script only filters. A content security policy lets no other script run, should a quote
//! ever escape its escaping.

mod closing;
mod coverage;
mod filter;
mod finding;
pub(crate) mod markup;
mod pages;

use std::collections::HashMap;

use juesuan_model::{Finding, Lang, Report, RuleInfo};

use crate::labels;
use crate::{SourceText, order};
use markup::{Attributes, Markup};
use pages::Pages;
pub use pages::{PagePicture, pages_to_draw};

const STYLE: &str = include_str!("style.css");
const SCRIPT: &str = include_str!("script.js");
/// Allows the one style sheet, the pictures in the page and its one script, by the hash of that.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; \
     script-src 'sha256-4o4V4pXGuXyAGSookzpsGMh00+4pRYN8uwoJtnSVGIc='; base-uri 'none'; form-action 'none'";

/// What all parts of the page need.
struct Context<'a> {
    lang: Lang,
    source: &'a SourceText<'a>,
    /// The rules that the findings name, by code.
    rules: HashMap<&'a str, &'a RuleInfo>,
    /// Where the findings stand on pages, if the document has some.
    pages: Option<Pages<'a>>,
}

impl Context<'_> {
    /// The number of a finding, where findings are numbered.
    fn number(&self, finding: &Finding) -> Option<usize> {
        self.pages.as_ref().and_then(|pages| pages.number(finding))
    }
}

/// The report of one document as one page. Of `rules`, the appendix lists those that are used.
/// With `pictures` of its pages ([`pages_to_draw`]) it shows them with the findings beside.
#[must_use]
pub fn report(
    report: &Report,
    source: &SourceText<'_>,
    rules: &[RuleInfo],
    pictures: &[PagePicture],
    lang: Lang,
) -> String {
    let pages = Pages::of(report, pictures);
    let by_code = rules.iter().map(|rule| (&*rule.code, rule)).collect();
    let context = Context { lang, source, rules: by_code, pages };
    let mut m = Markup::default();
    m.raw("<!doctype html>\n");
    m.element("html", &[("lang", lang.pick("zh-CN", "en"))], |m| {
        head(m, report, lang);
        let paged: Attributes<'_> = &[("class", "paged")];
        let class = if context.pages.is_some() { paged } else { &[] };
        m.element("body", class, |m| body(m, report, rules, &context));
    });
    m.finish()
}

fn head(m: &mut Markup, report: &Report, lang: Lang) {
    m.element("head", &[], |m| {
        m.raw("<meta charset=\"utf-8\">\n");
        m.open("meta", &[("http-equiv", "Content-Security-Policy"), ("content", POLICY)]);
        m.raw(concat!(
            "\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n",
            "<meta name=\"color-scheme\" content=\"light dark\">\n",
            "<meta name=\"referrer\" content=\"no-referrer\">\n",
        ));
        let name = labels::REPORT.say(lang);
        let title = &report.document.title;
        let title = if title.is_empty() { &report.document.path } else { title };
        m.leaf("title", &[], &format!("{title} · {name}"));
        m.element("style", &[], |m| m.raw(STYLE));
    });
}

fn body(m: &mut Markup, report: &Report, rules: &[RuleInfo], context: &Context<'_>) {
    let lang = context.lang;
    m.leaf("a", &[("class", "skip"), ("href", "#findings")], labels::SKIP.say(lang));
    masthead(m, report, lang);
    m.element("main", &[], |m| {
        coverage::write(m, &report.coverage, lang);
        findings(m, report, context);
        closing::waived(m, report, context);
        closing::not_checked(m, report, context);
        closing::rules(m, report, rules, lang);
    });
    closing::footer(m, report, lang);
    m.element("script", &[], |m| m.raw(SCRIPT));
}

fn masthead(m: &mut Markup, report: &Report, lang: Lang) {
    let document = &report.document;
    let year = document.year.map(|year| year.to_string()).unwrap_or_default();
    m.element("header", &[("class", "masthead")], |m| {
        m.leaf("p", &[("class", "kicker")], labels::REPORT.say(lang));
        let untitled = labels::UNTITLED.say(lang);
        let title = if document.title.is_empty() { untitled } else { &document.title };
        m.leaf("h1", &[("lang", "zh-CN")], title);
        let facts = [
            ("", labels::DEPARTMENT, labels::known(&document.department, lang)),
            ("", labels::YEAR, labels::known(&year, lang)),
            ("", labels::SCHEME, labels::known(&document.scheme, lang)),
            ("", labels::SCHEME_REASON, document.scheme_reason.as_str()),
            ("wide", labels::DOCUMENT, labels::known(&document.path, lang)),
            ("wide hash", labels::SHA256, &document.sha256),
        ];
        m.element("dl", &[("class", "facts")], |m| {
            for (class, words, value) in facts.iter().filter(|(_, _, value)| !value.is_empty()) {
                m.element("div", &[("class", class)], |m| {
                    m.leaf("dt", &[], words.say(lang));
                    m.leaf("dd", &[], value);
                });
            }
        });
    });
}

/// The open findings: counts, filter, then severity by severity and section by section.
fn findings(m: &mut Markup, report: &Report, context: &Context<'_>) {
    let lang = context.lang;
    m.element("section", &[("id", "findings"), ("aria-labelledby", "findings-title")], |m| {
        m.leaf("h2", &[("id", "findings-title")], labels::FINDINGS.say(lang));
        counts(m, report, context);
        let is_open = report.findings.iter().any(|finding| finding.waived.is_none());
        if !is_open {
            m.leaf("p", &[("class", "nothing")], &labels::nothing(report, lang));
            return;
        }
        m.element("div", &[("class", "columns")], |m| {
            filter::write(m, report, lang);
            m.element("div", &[("class", "list")], |m| {
                let sections = filter::section_numbers(report);
                if let Some(pages) = &context.pages {
                    pages::write(m, pages, &sections, context);
                } else {
                    for severity in order::SEVERITIES {
                        finding::severity(m, report, severity, &sections, context);
                    }
                }
                let hidden = [("id", "no-match"), ("class", "nothing"), ("hidden", "")];
                m.leaf("p", &hidden, labels::NO_MATCH.say(lang));
            });
        });
    });
}

fn counts(m: &mut Markup, report: &Report, context: &Context<'_>) {
    let lang = context.lang;
    let waived = order::waived(report).len();
    let open = order::SEVERITIES.map(|severity| {
        // By page there is no part for a severity, but a first finding of it.
        let first = context.pages.as_ref().and_then(|pages| pages.first(severity));
        let target = first.map_or_else(|| severity.id().to_owned(), pages::finding_id);
        let label = labels::severities(severity).say(lang);
        (severity.id(), target, label, report.count(severity))
    });
    let others = [
        ("waived", labels::WAIVED.say(lang), waived),
        ("unchecked", labels::NOT_CHECKED.say(lang), report.coverage.not_checked),
    ];
    let others = others.map(|(id, label, n)| (id, id.to_owned(), label, n));
    m.element("ul", &[("class", "counts")], |m| {
        for (id, target, label, n) in open.into_iter().chain(others) {
            let class = if n > 0 { id } else { "none" };
            m.element("li", &[("class", class)], |m| {
                let number = |m: &mut Markup| {
                    m.leaf("b", &[], &labels::count(n));
                    m.raw(" ");
                    m.leaf("span", &[], label);
                };
                // Only what is on the page can be a target.
                if n > 0 {
                    m.element("a", &[("href", &format!("#{target}"))], number);
                } else {
                    number(m);
                }
            });
        }
    });
}

/// The anchor of a rule in the appendix. Codes are letters and digits; a hostile one loses the
/// rest.
fn anchor(code: &str) -> String {
    let safe = code.chars().filter(char::is_ascii_alphanumeric);
    format!("rule-{}", safe.collect::<String>())
}

#[cfg(test)]
mod tests {
    use sha2::{Digest as _, Sha256};

    use super::*;

    fn base64(bytes: &[u8]) -> String {
        const DIGITS: &[u8; 64] =
            b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        let encode = |chunk: &[u8]| {
            let bits = chunk.iter().fold(0_u32, |bits, byte| bits << 8 | u32::from(*byte))
                << (8 * (3 - chunk.len()));
            (0..4).map(move |at| bits >> (18 - 6 * at) & 63)
        };
        let digits: Vec<u32> = bytes.chunks(3).flat_map(encode).collect();
        let ink = (bytes.len() * 8).div_ceil(6);
        let digit = |(at, index): (usize, &u32)| {
            if at < ink { char::from(DIGITS[*index as usize]) } else { '=' }
        };
        digits.iter().enumerate().map(digit).collect()
    }

    #[test]
    fn the_policy_allows_the_script_and_no_other() {
        let hash = base64(&Sha256::digest(SCRIPT.as_bytes()));
        assert!(POLICY.contains(&format!("'sha256-{hash}'")), "the hash of script.js is {hash}");
        assert!(!SCRIPT.contains("</"), "the script would end the element it stands in");
    }
}
