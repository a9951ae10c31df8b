//! The list of what was printed, which documents published by this program carry with them.

use juesuan_model::{Figure, Run, Stated};

use super::parts::Parts;
use super::xml::{Node, Xml};
use super::{Fault, ReadError};

/// How the part that holds the list begins.
const NAMESPACE: &str = "urn:juesuan:figures:1";

/// The figures and the words that a document lists as printed, in their order; nothing when it was
/// not published by this program, or lost the list.
///
/// # Errors
/// When the file is broken or beyond a limit.
pub fn listed_figures(bytes: &[u8]) -> Result<Vec<Run>, ReadError> {
    let parts = Parts::open(bytes)?.all("customXml")?;
    let list = parts.iter().find(|part| part.contains(NAMESPACE));
    Ok(list.map_or_else(|| Ok(Vec::new()), |list| read(list))?)
}

fn read(list: &str) -> Result<Vec<Run>, Fault> {
    let mut xml = Xml::new(list);
    let mut runs = Vec::new();
    while let Some(node) = xml.next()? {
        let Node::Open(element) = node else { continue };
        let subject = element.attribute("subject").unwrap_or_default().into();
        let exact = element.attribute("exact").and_then(|exact| exact.parse().ok());
        let is_figure = element.name() == "figure";
        if is_figure || element.name() == "words" {
            let text = xml.text()?.into();
            runs.push(if is_figure {
                Run::Figure(Figure { subject, text, exact, terms: Vec::new() })
            } else {
                Run::Stated(Stated { subject, text })
            });
        }
    }
    Ok(runs)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_and_words_are_listed() {
        let list = "<figures xmlns='urn:juesuan:figures:1'><figure tag='js-1' subject='a[b].c' \
                    exact='12'>0.12</figure><words subject='d[e].f'>甲&amp;乙</words></figures>";
        let runs = read(list).unwrap();
        let Run::Figure(figure) = &runs[0] else { panic!("no figure") };
        assert_eq!((&*figure.subject, figure.exact), ("a[b].c", Some(12.into())));
        assert_eq!(runs[1], Run::Stated(Stated { subject: "d[e].f".into(), text: "甲&乙".into() }));
    }
}
