//! Web pages, as sites publish disclosures: the content of the page becomes headings, paragraphs and
//! tables; what stands around it is left out.

mod content;
mod dom;
mod flow;
mod look;
mod table;

use content::Weight;
use dom::{Dom, Id, ROOT, TooLarge};
use encoding_rs::{Encoding, GB18030, GBK, UTF_8};
use look::Look;

use super::decode;
use super::listing::Listed;
use super::words::Words;
use super::{Kind, ReadError};

/// How far into a file its first tag and its encoding are looked for.
const BEGINNING: usize = 4096;

/// Whether a file is a web page. Text with tables in tags is none: it does not begin with one of
/// the tags that only pages have.
pub(super) fn is_page(bytes: &[u8]) -> bool {
    let start = bytes.get(..BEGINNING).unwrap_or(bytes);
    let start = String::from_utf8_lossy(start).to_ascii_lowercase();
    let mut rest = start.trim_start_matches(['\u{feff}', '\u{fffd}']).trim_start();
    while let Some((_, behind)) = rest.strip_prefix("<!--").and_then(|rest| rest.split_once("-->"))
    {
        rest = behind.trim_start();
    }
    if rest.starts_with("<?xml") {
        return rest.contains("<html") || rest.contains("xhtml");
    }
    ["<!doctype html", "<html", "<head", "<body"].into_iter().any(|tag| {
        let behind = rest.strip_prefix(tag).and_then(|rest| rest.chars().next());
        behind.is_some_and(|c| c == '>' || c.is_whitespace())
    })
}

/// Reads a web page.
pub(super) fn read(bytes: &[u8]) -> Result<Vec<Listed>, ReadError> {
    let text = decoded(bytes)?;
    let page = Page::new(&text).map_err(|TooLarge| ReadError::TooMuch(Kind::Page))?;
    flow::blocks(&page)
}

/// The text of a page, in the encoding that it tells where it can be no other.
fn decoded(bytes: &[u8]) -> Result<String, ReadError> {
    let named = if std::str::from_utf8(bytes).is_ok() { None } else { named_encoding(bytes) };
    match named.filter(|named| ![UTF_8, GBK, GB18030].contains(named)) {
        Some(encoding) => {
            let (text, _, is_damaged) = encoding.decode(bytes);
            if is_damaged { decode::decode(bytes).map(|it| it.text) } else { Ok(text.into_owned()) }
        }
        None => decode::decode(bytes).map(|decoded| decoded.text),
    }
}

/// The encoding that a page says it has.
fn named_encoding(bytes: &[u8]) -> Option<&'static Encoding> {
    let start = String::from_utf8_lossy(bytes.get(..BEGINNING).unwrap_or(bytes));
    let start = start.to_ascii_lowercase();
    let (_, behind) = start.split_once("charset=").or_else(|| start.split_once("encoding="))?;
    let label = behind.trim_start_matches(['"', '\'', ' ']);
    let end = label.find(|c: char| !c.is_ascii_alphanumeric() && !"-_".contains(c));
    Encoding::for_label(label.get(..end.unwrap_or(label.len()))?.as_bytes())
}

/// A page and what was found out about its nodes.
struct Page {
    dom: Dom,
    looks: Vec<Look>,
    weights: Vec<Weight>,
    /// What the page is called, without blanks.
    name: String,
}

impl Page {
    fn new(text: &str) -> Result<Self, TooLarge> {
        let dom = Dom::parse(text)?;
        let looks = look::looks(&dom);
        let title = dom.below(ROOT).find(|id| dom.name(*id) == "title");
        let title = title.and_then(|id| dom.children(id).find_map(|child| dom.text(child)));
        let name = title.unwrap_or("").chars().filter(|c| !c.is_whitespace()).collect();
        let mut page = Self { dom, looks, weights: Vec::new(), name };
        page.weights = content::weights(&page);
        Ok(page)
    }

    fn look(&self, id: Id) -> Look {
        let look = usize::try_from(id).ok().and_then(|id| self.looks.get(id));
        look.copied().unwrap_or(Look::Inline)
    }

    fn weight(&self, id: Id) -> Weight {
        let weight = usize::try_from(id).ok().and_then(|id| self.weights.get(id));
        weight.copied().unwrap_or_default()
    }

    /// Whether a node stands in another one.
    fn is_within(&self, id: Id, other: Id) -> bool {
        let mut above = std::iter::successors(Some(id), |id| self.dom.parent(*id));
        above.any(|above| above == other)
    }

    /// All that a node says, as one line.
    fn words(&self, id: Id) -> String {
        let mut line = Words::default();
        flow::gather(self, id, &mut line);
        line.take().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests;
