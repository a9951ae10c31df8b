//! The contents: a field that Word can update, filled so that it shows before that.

use super::body::Paragraph;
use super::xml::Xml;

/// A line of the contents.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) level: u8,
    pub(super) text: String,
    /// The number of its heading among those that are listed, from 1.
    pub(super) number: usize,
    /// The page on which it will stand.
    pub(super) page: u32,
}

/// Whether headings of a level are listed.
pub(super) const fn is_listed(level: u8) -> bool {
    level <= 2
}

/// Writes what a heading holds, marked so that the contents can refer to it.
pub(super) fn marked(xml: &mut Xml, number: Option<usize>, content: impl FnOnce(&mut Xml)) {
    let Some(number) = number else { return content(xml) };
    let id = number.to_string();
    xml.empty("w:bookmarkStart", &[("w:id", &id), ("w:name", &bookmark(number))]);
    content(xml);
    xml.empty("w:bookmarkEnd", &[("w:id", &id)]);
}

fn bookmark(number: usize) -> String {
    format!("_Toc{number:08}")
}

/// Writes the title and the lines.
pub(super) fn write(xml: &mut Xml, title: Paragraph, entries: &[Entry]) {
    xml.element("w:sdt", &[], |xml| {
        xml.element("w:sdtPr", &[], |xml| {
            xml.element("w:docPartObj", &[], |xml| {
                xml.value("w:docPartGallery", "Table of Contents");
                xml.empty("w:docPartUnique", &[]);
            });
        });
        xml.element("w:sdtContent", &[], |xml| {
            xml.element("w:p", &[], |xml| {
                title.properties(xml);
                title.words(xml, "目　　录");
            });
            let last = entries.len().saturating_sub(1);
            for (at, entry) in entries.iter().enumerate() {
                line(xml, entry, at == 0, at == last);
            }
        });
    });
}

fn line(xml: &mut Xml, entry: &Entry, is_first: bool, is_last: bool) {
    let style = if entry.level <= 1 { "TOC1" } else { "TOC2" };
    let paragraph = Paragraph::of(style);
    xml.element("w:p", &[], |xml| {
        paragraph.properties(xml);
        if is_first {
            mark(xml, "begin");
            // The styles of headings 1 and 2, and those of the titles of forms.
            instruction(xml, r#" TOC \o "1-2" \h \z \u \t "Form Title,2" "#);
            mark(xml, "separate");
        }
        let bookmark = bookmark(entry.number);
        xml.element("w:hyperlink", &[("w:anchor", &bookmark), ("w:history", "1")], |xml| {
            paragraph.words(xml, &entry.text);
            xml.element("w:r", &[], |xml| xml.empty("w:tab", &[]));
            mark(xml, "begin");
            instruction(xml, &format!(" PAGEREF {bookmark} \\h "));
            mark(xml, "separate");
            paragraph.words(xml, &entry.page.to_string());
            mark(xml, "end");
        });
        if is_last {
            mark(xml, "end");
        }
    });
}

fn mark(xml: &mut Xml, of: &str) {
    xml.element("w:r", &[], |xml| xml.empty("w:fldChar", &[("w:fldCharType", of)]));
}

fn instruction(xml: &mut Xml, text: &str) {
    xml.element("w:r", &[], |xml| {
        xml.leaf("w:instrText", &[("xml:space", "preserve")], text);
    });
}
