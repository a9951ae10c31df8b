//! The events of a part of a file: elements by their names without prefix, and text.
//!
//! Entities that a document type declares are never expanded: only those of XML itself mean
//! characters.

use std::borrow::Cow;

use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use super::Fault;

/// How deep elements may stand in each other. Real documents stay below 60.
const DEPTH: usize = 256;

/// What comes next in a part.
#[derive(Debug)]
pub(super) enum Node<'a> {
    /// An element begins.
    Open(Element<'a>),
    /// The innermost open element ends.
    Close,
    /// Characters.
    Text(Cow<'a, str>),
}

/// The start of an element.
#[derive(Debug)]
pub(super) struct Element<'a>(BytesStart<'a>);

impl Element<'_> {
    /// Its name without prefix.
    pub(super) fn name(&self) -> &str {
        self.0.local_name().into_inner()
    }

    /// The value of an attribute, by its name without prefix.
    pub(super) fn attribute(&self, name: &str) -> Option<String> {
        let mut all = self.0.attributes();
        let found = all.with_checks(false).flatten().find(|attribute| {
            attribute.key.local_name().as_ref() == name && attribute.key.as_ref() != "xmlns"
        })?;
        found.normalized_value(XmlVersion::Implicit1_0).ok().map(Cow::into_owned)
    }

    /// The attribute that holds the value of nearly all elements.
    pub(super) fn value(&self) -> Option<String> {
        self.attribute("val")
    }

    /// The same as a number.
    pub(super) fn number<T: std::str::FromStr>(&self) -> Option<T> {
        self.value()?.trim().parse().ok()
    }

    /// Whether a property that is there without a value is on.
    pub(super) fn is_on(&self) -> bool {
        self.value().is_none_or(|value| !matches!(&*value, "0" | "false" | "off"))
    }
}

/// Goes through a part.
pub(super) struct Xml<'a> {
    reader: Reader<&'a [u8]>,
    depth: usize,
    /// For each open choice between alternatives: its depth, and whether one was taken.
    choices: Vec<(usize, bool)>,
}

impl<'a> Xml<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        let mut reader = Reader::from_str(text);
        reader.config_mut().expand_empty_elements = true;
        Self { reader, depth: 0, choices: Vec::new() }
    }

    /// What comes next, until the part ends. Of `mc:AlternateContent`, which says the same for newer
    /// and older programs, the first alternative is seen.
    pub(super) fn next(&mut self) -> Result<Option<Node<'a>>, Fault> {
        loop {
            match self.reader.read_event().map_err(|_| Fault::Damaged)? {
                Event::Start(start) => {
                    self.depth = self.depth.saturating_add(1);
                    if self.depth > DEPTH {
                        return Err(Fault::TooLarge);
                    }
                    let element = Element(start);
                    if !self.is_other_choice(&element) {
                        return Ok(Some(Node::Open(element)));
                    }
                    self.skip()?;
                }
                Event::End(_) => {
                    self.choices.pop_if(|(depth, _)| *depth == self.depth);
                    self.depth = self.depth.saturating_sub(1);
                    return Ok(Some(Node::Close));
                }
                Event::Text(text) => {
                    return Ok(Some(Node::Text(text.xml10_content().into_owned().into())));
                }
                Event::CData(text) => return Ok(Some(Node::Text(text.into_inner()))),
                Event::GeneralRef(reference) => {
                    let c = reference.resolve_char_ref().ok().flatten();
                    let text = c.map_or_else(
                        || resolve_predefined_entity(&reference).unwrap_or("").to_owned(),
                        String::from,
                    );
                    return Ok(Some(Node::Text(text.into())));
                }
                Event::Eof if self.depth > 0 => return Err(Fault::Damaged),
                Event::Eof => return Ok(None),
                Event::Empty(_)
                | Event::Comment(_)
                | Event::Decl(_)
                | Event::PI(_)
                | Event::DocType(_) => {}
            }
        }
    }

    fn is_other_choice(&mut self, element: &Element<'_>) -> bool {
        match element.name() {
            "AlternateContent" => self.choices.push((self.depth, false)),
            "Choice" | "Fallback" => {
                let outside = self.depth.saturating_sub(1);
                let open = self.choices.last_mut().filter(|(depth, _)| *depth == outside);
                return open.is_some_and(|(_, is_taken)| std::mem::replace(is_taken, true));
            }
            _ => {}
        }
        false
    }

    /// Passes over the rest of the element that was opened last.
    pub(super) fn skip(&mut self) -> Result<(), Fault> {
        self.children(|_, _| Ok(()))
    }

    /// Calls `take` with each element below the one that was opened last, until that ends. What
    /// `take` does not go through itself is gone through here.
    pub(super) fn children(
        &mut self,
        mut take: impl FnMut(&mut Self, &Element<'a>) -> Result<(), Fault>,
    ) -> Result<(), Fault> {
        let depth = self.depth;
        while self.depth >= depth {
            match self.next()? {
                Some(Node::Open(element)) => take(self, &element)?,
                Some(_) => {}
                None => return Err(Fault::Damaged),
            }
        }
        Ok(())
    }

    /// The text of the element that was opened last, to its end.
    pub(super) fn text(&mut self) -> Result<String, Fault> {
        let (depth, mut out) = (self.depth, String::new());
        while self.depth >= depth {
            match self.next()? {
                Some(Node::Text(text)) => out.push_str(&text),
                Some(_) => {}
                None => return Err(Fault::Damaged),
            }
        }
        Ok(out)
    }

    /// How many elements are open.
    pub(super) const fn depth(&self) -> usize {
        self.depth
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Result<String, Fault> {
        let mut xml = Xml::new(text);
        let mut out = String::new();
        while let Some(node) = xml.next()? {
            match node {
                Node::Open(element) => out += &format!("<{}", element.name()),
                Node::Close => out.push('>'),
                Node::Text(text) => out += &text,
            }
        }
        Ok(out)
    }

    #[test]
    fn the_first_alternative_is_seen_and_entities_are_not_expanded() {
        let source = "<a><mc:AlternateContent><mc:Choice>1</mc:Choice><mc:Choice>2</mc:Choice>\
                      <mc:Fallback><b>3</b></mc:Fallback></mc:AlternateContent><w:t/>&lt;&#65;</a>";
        assert_eq!(shown(source).unwrap(), "<a<AlternateContent<Choice1>><t><A>");
        let only = "<a><AlternateContent><Fallback>3</Fallback></AlternateContent></a>";
        assert_eq!(shown(only).unwrap(), "<a<AlternateContent<Fallback3>>>");
        let bomb = "<!DOCTYPE a [<!ENTITY x \"xxxx\"><!ENTITY y \"&x;&x;\">]><a>&y;.</a>";
        assert_eq!(shown(bomb).unwrap(), "<a.>");
    }

    #[test]
    fn what_is_no_xml_or_too_deep_is_a_fault() {
        assert_eq!(shown("<a><b></a>"), Err(Fault::Damaged));
        assert_eq!(shown("<a>"), Err(Fault::Damaged));
        assert_eq!(shown(&"<a>".repeat(DEPTH + 1)), Err(Fault::TooLarge));
    }
}
