//! Styles: which are headings, which number their paragraphs, which hide text.

use rustc_hash::FxHashMap;

use super::Fault;
use super::numbering::Numbered;
use super::xml::{Element, Node, Xml};

/// Styles may be based on others so many times.
const CHAIN: usize = 32;

/// What a style says of its paragraphs or characters; what it leaves open, the style says that it
/// is based on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Style {
    based_on: Option<String>,
    /// The level of a heading, 1 for the highest; 0 for what is none.
    level: Option<u8>,
    number: Numbered,
    is_hidden: Option<bool>,
}

/// The styles of a document by their ids.
#[derive(Debug, Default)]
pub(super) struct Styles {
    by_id: FxHashMap<String, Style>,
    /// The id of the style that paragraphs without one have.
    usual: String,
}

impl Styles {
    pub(super) fn read(text: &str) -> Result<Self, Fault> {
        let mut styles = Self::default();
        let mut xml = Xml::new(text);
        while let Some(node) = xml.next()? {
            let Node::Open(element) = node else { continue };
            if element.name() != "style" {
                continue;
            }
            let id = element.attribute("styleId").unwrap_or_default();
            let is = |name: &str, value: &str| element.attribute(name).is_some_and(|v| v == value);
            if is("type", "paragraph") && (is("default", "1") || is("default", "true")) {
                styles.usual.clone_from(&id);
            }
            let mut style = Style::default();
            xml.children(|xml, element| style.property(xml, element))?;
            styles.by_id.insert(id, style);
        }
        Ok(styles)
    }

    /// What the chain of a style says first.
    fn first<T>(&self, id: Option<&str>, said: impl Fn(&Style) -> Option<T>) -> Option<T> {
        let mut next = Some(id.unwrap_or(&self.usual));
        for _ in 0..CHAIN {
            let style = self.by_id.get(next?)?;
            if let Some(found) = said(style) {
                return Some(found);
            }
            next = style.based_on.as_deref();
        }
        None
    }

    /// The level of headings of a style.
    pub(super) fn level(&self, id: Option<&str>) -> Option<u8> {
        self.first(id, |style| style.level).filter(|level| *level > 0)
    }

    /// How paragraphs of a style are numbered.
    pub(super) fn number(&self, id: Option<&str>) -> Numbered {
        let list = self.first(id, |style| style.number.list);
        let level = self.first(id, |style| style.number.level);
        Numbered { list, level }
    }

    /// Whether a style of characters hides them.
    pub(super) fn hides(&self, id: &str) -> bool {
        self.is_hidden(Some(id))
    }

    /// Whether a style hides text.
    pub(super) fn is_hidden(&self, id: Option<&str>) -> bool {
        self.first(id, |style| style.is_hidden).unwrap_or(false)
    }
}

impl Style {
    fn property<'a>(&mut self, xml: &mut Xml<'a>, element: &Element<'a>) -> Result<(), Fault> {
        match element.name() {
            "name" => self.level = self.level.or(level_of(&element.value().unwrap_or_default())),
            "basedOn" => self.based_on = element.value(),
            "outlineLvl" => self.level = Some(outline_level(element)),
            "numId" => self.number.list = element.number(),
            "ilvl" => self.number.level = element.number(),
            "vanish" => self.is_hidden = Some(element.is_on()),
            // What was before a tracked change, and what holds for parts of tables.
            name if name.ends_with("Change") || name == "tblStylePr" => xml.skip()?,
            _ => {}
        }
        Ok(())
    }
}

/// The level that a property of paragraphs states; 9 there means text of the body.
pub(super) fn outline_level(element: &Element<'_>) -> u8 {
    element.number().filter(|level: &u8| *level < 9).map_or(0, |level| level.saturating_add(1))
}

/// The level of headings that the name of a style tells, as Word, WPS and LibreOffice write it.
fn level_of(name: &str) -> Option<u8> {
    let name = name.trim().to_lowercase();
    if matches!(&*name, "title" | "标题") {
        return Some(1);
    }
    let number = name.strip_prefix("heading").or_else(|| name.strip_prefix("标题"))?;
    number.trim().parse().ok().filter(|level| (1..=9).contains(level))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_are_known_by_level_and_by_name_and_inherited() {
        let styles = Styles::read(
            "<w:styles><w:style w:type='paragraph' w:default='1' w:styleId='a'>\
             <w:name w:val='Normal'/></w:style>\
             <w:style w:styleId='1'><w:name w:val='heading 1'/><w:basedOn w:val='a'/></w:style>\
             <w:style w:styleId='b'><w:name w:val='一级'/><w:basedOn w:val='1'/></w:style>\
             <w:style w:styleId='c'><w:name w:val='正文标题'/><w:pPr><w:outlineLvl w:val='2'/>\
             <w:numPr><w:ilvl w:val='1'/><w:numId w:val='5'/></w:numPr>\
             <w:pPrChange><w:pPr><w:outlineLvl w:val='0'/></w:pPr></w:pPrChange></w:pPr></w:style>\
             <w:style w:styleId='d'><w:name w:val='Heading 3'/><w:pPr><w:outlineLvl w:val='9'/></w:pPr>\
             <w:rPr><w:vanish/></w:rPr></w:style>\
             <w:style w:styleId='x'><w:basedOn w:val='y'/></w:style>\
             <w:style w:styleId='y'><w:basedOn w:val='x'/></w:style></w:styles>",
        )
        .unwrap();
        let level = |id| styles.level(Some(id));
        assert_eq!([level("1"), level("b"), level("c")], [Some(1), Some(1), Some(3)]);
        assert_eq!([level("d"), level("a"), level("x"), styles.level(None)], [None; 4]);
        assert_eq!(styles.number(Some("c")), Numbered { list: Some(5), level: Some(1) });
        assert!(styles.is_hidden(Some("d")) && !styles.is_hidden(Some("c")));
    }
}
