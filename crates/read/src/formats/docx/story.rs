//! The walk through the main part: paragraphs and tables in their order.

use rustc_hash::FxHashMap;

use super::Fault;
use super::numbering::{Numbered, Numbering};
use super::paragraph::{Paragraph, symbol};
use super::styles::{Styles, outline_level};
use super::table::{self, RawCell, RawRow, Table};
use super::xml::{Element, Node, Xml};

/// No document has more paragraphs and cells together.
const MOST_PIECES: usize = 1_000_000;

/// A piece of the document before its lines are known.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Piece {
    /// The level of a heading or 0, and the text.
    Paragraph(u8, String),
    /// A paragraph without text.
    Blank,
    Table(Table),
    Caveat(&'static str),
}

/// What a reader must know of the document, counted.
#[derive(Debug, Default)]
pub(super) struct Seen {
    pub(super) changes: usize,
    pub(super) comments: usize,
    pub(super) hidden: usize,
    /// The first words that are hidden.
    pub(super) hidden_words: String,
}

/// What the walk knows and gathers.
#[derive(Default)]
pub(super) struct Story {
    styles: Styles,
    numbering: Numbering,
    /// Footnotes and endnotes that were not printed yet, by kind and number.
    pub(super) notes: FxHashMap<(&'static str, String), Vec<Piece>>,
    pub(super) seen: Seen,
    /// For each open field whether its result has begun.
    fields: Vec<bool>,
    /// How many of them have not come to their result.
    instructions: usize,
    /// What stands before a paragraph whose mark to the one above was deleted.
    carried: String,
    pieces: usize,
}

impl Story {
    pub(super) fn new(styles: Styles, numbering: Numbering) -> Self {
        Self { styles, numbering, ..Self::default() }
    }

    /// The paragraphs and tables of the element that was opened last.
    pub(super) fn pieces(&mut self, xml: &mut Xml<'_>) -> Result<Vec<Piece>, Fault> {
        let mut out = Vec::new();
        xml.children(|xml, element| {
            match element.name() {
                "p" => self.paragraph(xml, &mut out)?,
                "tbl" => {
                    let table = self.table(xml)?;
                    out.push(Piece::Table(table));
                }
                "altChunk" => out.push(Piece::Caveat(EMBEDDED)),
                _ => self.aside(xml, element)?,
            }
            Ok(())
        })?;
        Ok(out)
    }

    /// Passes over what is not printed, and counts what was changed.
    fn aside<'a>(&mut self, xml: &mut Xml<'a>, element: &Element<'a>) -> Result<(), Fault> {
        match element.name() {
            "del" | "moveFrom" => {
                self.seen.changes = self.seen.changes.saturating_add(1);
                xml.skip()
            }
            "ins" | "moveTo" => {
                self.seen.changes = self.seen.changes.saturating_add(1);
                Ok(())
            }
            "sdtPr" | "sdtEndPr" | "sectPr" | "rPr" | "rt" | "tblPr" | "tblGrid" | "tblPrEx" => {
                xml.skip()
            }
            name if name.ends_with("Change") => xml.skip(),
            _ => Ok(()),
        }
    }

    /// One piece more.
    fn count(&mut self) -> Result<(), Fault> {
        self.pieces = self.pieces.saturating_add(1);
        if self.pieces > MOST_PIECES { Err(Fault::TooLarge) } else { Ok(()) }
    }

    fn paragraph(&mut self, xml: &mut Xml<'_>, out: &mut Vec<Piece>) -> Result<(), Fault> {
        self.count()?;
        let mut paragraph = Paragraph::new(std::mem::take(&mut self.carried));
        self.inline(xml, &mut paragraph)?;
        // A field whose instruction does not end with its paragraph is broken.
        self.fields.retain(|has_result| *has_result);
        self.instructions = 0;
        let style = paragraph.style.as_deref();
        let (own, usual) = (paragraph.number, self.styles.number(style));
        let number = Numbered { list: own.list.or(usual.list), level: own.level.or(usual.level) };
        if paragraph.is_open {
            self.carried = std::mem::take(&mut paragraph.text);
        } else {
            let number = self.numbering.count(number, style);
            let level = paragraph.level.or_else(|| self.styles.level(style)).unwrap_or(0);
            paragraph.split(&number, level, out);
        }
        out.append(&mut paragraph.behind);
        for note in &paragraph.notes {
            // Each is printed once, however often it is named.
            out.extend(self.notes.remove(note).unwrap_or_default());
        }
        Ok(())
    }

    /// What stands in the element of a paragraph that was opened last.
    fn inline(&mut self, xml: &mut Xml<'_>, paragraph: &mut Paragraph) -> Result<(), Fault> {
        xml.children(|xml, element| match element.name() {
            "pPr" => self.properties(xml, paragraph),
            "r" => self.run(xml, paragraph),
            _ => self.aside(xml, element),
        })
    }

    fn properties(&mut self, xml: &mut Xml<'_>, paragraph: &mut Paragraph) -> Result<(), Fault> {
        xml.children(|xml, element| {
            match element.name() {
                "pStyle" => paragraph.style = element.value(),
                "outlineLvl" => paragraph.level = Some(outline_level(element)),
                "numId" => paragraph.number.list = element.number(),
                "ilvl" => paragraph.number.level = element.number(),
                // Of the mark that ends the paragraph.
                "del" | "moveFrom" => paragraph.is_open = true,
                name if name.ends_with("Change") || name == "sectPr" => xml.skip()?,
                _ => {}
            }
            Ok(())
        })
    }

    fn run(&mut self, xml: &mut Xml<'_>, paragraph: &mut Paragraph) -> Result<(), Fault> {
        let mut is_hidden = self.styles.is_hidden(paragraph.style.as_deref());
        let mut is_large = false;
        xml.children(|xml, element| {
            match element.name() {
                "rPr" => self.run_properties(xml, &mut is_hidden)?,
                "t" => {
                    let text = xml.text()?;
                    self.push(paragraph, is_hidden, &text);
                }
                "tab" | "ptab" => self.push(paragraph, is_hidden, "\t"),
                "br" if element.attribute("type").is_some_and(|kind| kind != "textWrapping") => {
                    self.push(paragraph, is_hidden, "\u{c}");
                }
                "br" | "cr" => self.push(paragraph, is_hidden, "\n"),
                "noBreakHyphen" => self.push(paragraph, is_hidden, "-"),
                "sym" => self.push(paragraph, is_hidden, &symbol(element)),
                "fldChar" => {
                    self.field(&element.attribute("fldCharType").unwrap_or_default());
                    xml.skip()?;
                }
                "footnoteReference" => paragraph.note("footnote", element),
                "endnoteReference" => paragraph.note("endnote", element),
                "commentReference" => self.seen.comments = self.seen.comments.saturating_add(1),
                "txbxContent" => self.text_box(xml, paragraph)?,
                "extent" | "shape" | "rect" => is_large = super::paragraph::is_large(element),
                "blip" | "imagedata" if std::mem::take(&mut is_large) => {
                    paragraph.behind.push(Piece::Caveat(PICTURE));
                }
                "instrText" | "delText" | "delInstrText" => xml.skip()?,
                _ => self.aside(xml, element)?,
            }
            Ok(())
        })
    }

    fn run_properties(&self, xml: &mut Xml<'_>, is_hidden: &mut bool) -> Result<(), Fault> {
        xml.children(|xml, element| {
            match element.name() {
                "rStyle" => *is_hidden |= self.styles.hides(&element.value().unwrap_or_default()),
                "vanish" => *is_hidden = element.is_on(),
                name if name.ends_with("Change") => xml.skip()?,
                _ => {}
            }
            Ok(())
        })
    }

    /// Characters, unless nobody sees them.
    fn push(&mut self, paragraph: &mut Paragraph, is_hidden: bool, text: &str) {
        if self.instructions > 0 {
            return;
        }
        if !is_hidden {
            paragraph.text.push_str(text);
        } else if !text.trim().is_empty() {
            self.seen.hidden = self.seen.hidden.saturating_add(1);
            if self.seen.hidden_words.is_empty() {
                self.seen.hidden_words = text.trim().chars().take(20).collect();
            }
        }
    }

    /// A field begins, comes to its result or ends.
    fn field(&mut self, part: &str) {
        match part {
            "begin" => {
                self.fields.push(false);
                self.instructions = self.instructions.saturating_add(1);
            }
            "separate" => {
                if let Some(has_result @ false) = self.fields.last_mut() {
                    *has_result = true;
                    self.instructions = self.instructions.saturating_sub(1);
                }
            }
            _ => {
                if self.fields.pop() == Some(false) {
                    self.instructions = self.instructions.saturating_sub(1);
                }
            }
        }
    }

    /// A text box is read behind the paragraph that it is fixed to.
    fn text_box(&mut self, xml: &mut Xml<'_>, paragraph: &mut Paragraph) -> Result<(), Fault> {
        let fields = std::mem::take(&mut self.fields);
        let instructions = std::mem::take(&mut self.instructions);
        let carried = std::mem::take(&mut self.carried);
        let mut pieces = self.pieces(xml)?;
        paragraph.behind.append(&mut pieces);
        (self.fields, self.instructions, self.carried) = (fields, instructions, carried);
        Ok(())
    }

    fn table(&mut self, xml: &mut Xml<'_>) -> Result<Table, Fault> {
        let mut rows = Vec::new();
        xml.children(|xml, element| match element.name() {
            "tr" => {
                rows.extend(self.row(xml)?);
                Ok(())
            }
            _ => self.aside(xml, element),
        })?;
        Ok(table::table(rows))
    }

    /// A row, unless it was deleted.
    fn row(&mut self, xml: &mut Xml<'_>) -> Result<Option<RawRow>, Fault> {
        self.count()?;
        let (mut row, mut is_deleted) = (RawRow::default(), false);
        xml.children(|xml, element| match element.name() {
            "trPr" => xml.children(|xml, element| {
                match element.name() {
                    "gridBefore" => row.before = element.number().unwrap_or(0),
                    "del" => is_deleted = true,
                    name if name.ends_with("Change") => xml.skip()?,
                    _ => {}
                }
                Ok(())
            }),
            "tc" => {
                row.cells.push(self.cell(xml)?);
                Ok(())
            }
            _ => self.aside(xml, element),
        })?;
        Ok((!is_deleted).then_some(row))
    }

    fn cell(&mut self, xml: &mut Xml<'_>) -> Result<RawCell, Fault> {
        self.count()?;
        let depth = xml.depth();
        let mut cell = RawCell::default();
        // The properties come first; paragraphs are gone through as elsewhere.
        while xml.depth() >= depth {
            let Some(node) = xml.next()? else { return Err(Fault::Damaged) };
            let Node::Open(element) = node else { continue };
            match element.name() {
                "tcPr" => xml.children(|xml, element| {
                    match element.name() {
                        "gridSpan" => cell.span = element.number().unwrap_or(1),
                        "vMerge" => cell.down = Some(element.value().as_deref() == Some("restart")),
                        "hMerge" => {
                            cell.across = Some(element.value().as_deref() == Some("restart"))
                        }
                        name if name.ends_with("Change") => xml.skip()?,
                        _ => {}
                    }
                    Ok(())
                })?,
                "p" => self.paragraph(xml, &mut cell.pieces)?,
                "tbl" => {
                    let inner = self.table(xml)?;
                    cell.pieces.push(Piece::Table(inner));
                }
                _ => self.aside(xml, &element)?,
            }
        }
        Ok(cell)
    }
}

const PICTURE: &str =
    "这里是一张图片，图片中的文字和表格没有读；如果是表格的截图，请换成可以编辑的表格";
const EMBEDDED: &str = "这里嵌入了另一份文件，没有读；请把它的内容复制到正文中";
