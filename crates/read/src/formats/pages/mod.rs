//! PDF: pages of glyphs and rules become paragraphs and tables.
//!
//! First each page by itself: it is turned upright (`upright`), rules become frames (`rules`),
//! frames take the glyphs that stand in them (`grid`), the rest become lines (`lines`), and lines in
//! columns become tables too (`aligned`, `columns`). Then all pages together: what only serves the
//! pages is left out (`furniture`), lines become paragraphs and tables go on over pages (`flow`,
//! `joined`).

mod aligned;
mod broken;
mod columns;
mod doubt;
mod flow;
mod furniture;
mod grid;
mod heads;
mod joined;
mod lines;
mod reach;
mod rows;
mod rules;
pub(super) mod scan;
mod spacing;
mod upright;

#[cfg(test)]
mod tests;

use juesuan_pdf::{Bounds, Glyph, MOST_PAGES, Page, PdfError};

use super::listing::Listed;
use super::{Kind, ReadError};
use grid::Grid;
use lines::Line;
use scan::Recognised;
use upright::Upright;

/// What a PDF says, and which of its pages are only pictures.
pub(super) struct Told {
    pub(super) blocks: Vec<Listed>,
    pub(super) scans: Vec<u32>,
}

/// Reads a PDF, with what was recognised of pages that are only pictures.
pub(super) fn read(bytes: &[u8], recognised: &[Recognised]) -> Result<Told, ReadError> {
    let mut pages = juesuan_pdf::read(bytes)?;
    let is_scan = |page: &&mut Page| is_scan(page);
    let mut scans = Vec::new();
    for page in pages.iter_mut().filter(is_scan) {
        match recognised.iter().find(|known| known.cuttings.page == page.number) {
            Some(known) => scan::fill(page, known),
            None => scans.push(page.number),
        }
    }
    let slanted = slanted(&pages).map(Listed::Caveat);
    let blocks = slanted.into_iter().chain(scan::told(recognised)).chain(blocks(pages));
    Ok(Told { blocks: blocks.collect(), scans })
}

/// What pages say, in the order of reading.
fn blocks(pages: Vec<Page>) -> Vec<Listed> {
    let mut sheets: Vec<Sheet> = pages.into_iter().map(Sheet::new).collect();
    furniture::remove(&mut sheets);
    broken::mend(&mut sheets);
    doubt::mark(&mut sheets);
    flow::blocks(sheets)
}

/// What is told of watermarks.
fn slanted(pages: &[Page]) -> Option<String> {
    let mut slanted = pages.iter().filter(|page| page.slanted > 0);
    let first = slanted.next()?.number;
    let count = slanted.count() + 1;
    Some(format!("从第 {first} 页起有 {count} 页有斜排的文字，当作水印，没有读"))
}

impl From<PdfError> for ReadError {
    fn from(error: PdfError) -> Self {
        let count = |pages: usize| u32::try_from(pages).unwrap_or(u32::MAX);
        match error {
            PdfError::Broken | PdfError::NoPage(_) => Self::Damaged(Kind::Pdf),
            PdfError::Locked | PdfError::Protected => Self::Locked(Kind::Pdf),
            PdfError::TooManyPages(pages) => Self::TooManyPages(count(pages), count(MOST_PAGES)),
            PdfError::TooMuch => Self::TooMuch(Kind::Pdf),
        }
    }
}

/// A page, upright, as lines and tables.
struct Sheet {
    upright: Upright,
    area: Bounds,
    /// From top to bottom.
    items: Vec<Item>,
    /// What its readers must know.
    caveats: Vec<String>,
}

enum Item {
    Line(Line),
    Table(Grid),
}

impl Item {
    const fn bounds(&self) -> Bounds {
        match self {
            Self::Line(line) => line.bounds,
            Self::Table(grid) => grid.bounds,
        }
    }
}

impl Sheet {
    fn new(page: Page) -> Self {
        let upright = Upright::of(&page);
        let caveats = caveats(&page);
        let page = upright.page(page);
        let ruled = rules::ruled(&page.rules);
        let mut grids: Vec<Grid> = ruled.frames.iter().filter_map(Grid::new).collect();
        let outside = grid::fill(&mut grids, page.glyphs);
        let (lines, aligned) = aligned::take(lines::lines(outside), &ruled.alone);
        let grids = grids.into_iter().chain(aligned);
        let mut items: Vec<Item> = grids.map(Item::Table).collect();
        items.extend(lines.into_iter().map(Item::Line));
        items.sort_by(|a, b| a.bounds().y0.total_cmp(&b.bounds().y0));
        Self { upright, area: page.area, items, caveats }
    }
}

/// How many characters a page has at least that is more than a number and a stamp.
const FEW: usize = 12;

/// Whether a page is only a picture.
fn is_scan(page: &Page) -> bool {
    let said = page.glyphs.iter().filter(|glyph| !glyph.text.is_whitespace());
    said.count() < FEW && !page.pictures.is_empty()
}

/// What of a page cannot be read as text.
fn caveats(page: &Page) -> Vec<String> {
    let number = page.number;
    let is_said = |glyph: &&Glyph| !glyph.text.is_whitespace();
    let said = page.glyphs.iter().filter(is_said).count();
    let unknown = page.glyphs.iter().filter(|glyph| glyph.text == '\u{fffd}').count();
    let mut caveats = Vec::new();
    let is_recognised = page.glyphs.iter().any(|glyph| glyph.confidence < 100);
    if is_scan(page) && !is_recognised {
        caveats.push(format!(
            "第 {number} 页是扫描图，没有文字层，其内容未读、未核验；请提供由文字处理软件直接生成的 PDF，或安装文字识别程序 tesseract 及其中文数据后再试（Debian、Ubuntu：apt install tesseract-ocr tesseract-ocr-chi-sim；macOS：brew install tesseract tesseract-lang；Windows：安装时勾选 Chinese (Simplified)）"
        ));
    } else if page.glyphs.iter().filter(|glyph| glyph.is_hidden).count() > said / 2 {
        caveats.push(format!(
            "第 {number} 页的文字是扫描图的识别结果（OCR），数字可能识别有误，请对照图像核实"
        ));
    }
    if unknown > 0 {
        caveats.push(format!(
            "第 {number} 页有 {unknown} 个字符没有文字编码，读不出来，相关内容未核验；请用原文件重新导出 PDF"
        ));
    }
    if page.is_damaged {
        caveats.push(format!(
            "第 {number} 页的内容损坏，只读出一部分，其余未核验；请用原文件重新导出 PDF"
        ));
    }
    caveats
}
