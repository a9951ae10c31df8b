//! The pages of a PDF as glyphs, rules and pictures, each where the page shows it.
//!
//! Nothing here knows words, lines or tables. The interpreter of the content is a crate; this one
//! keeps it and its dependencies away from all others, sets its limits, and catches it when it
//! falls over a damaged file.

mod device;
mod error;
mod fonts;
mod look_alike;
mod page;
mod picture;
mod weigh;

use std::panic::{AssertUnwindSafe, catch_unwind};

use hayro_interpret::hayro_syntax::{LoadPdfError, Pdf};
use hayro_interpret::{Context, InterpreterCache, InterpreterSettings, interpret_page};
use hayro_interpret::{RectExt, RenderContent, TransformExt};

pub use error::PdfError;
pub use page::{Bounds, Glyph, Page, Rule, Turn};
pub use picture::{Picture, picture, pictures};

use device::{Collector, Exhausted};

/// The most pages that are read.
pub const MOST_PAGES: usize = 2_000;

/// The most objects that a file may have.
const MOST_OBJECTS: usize = 2_000_000;

/// Whether a file says that it is a PDF. Programs put bytes before the mark, and viewers look for
/// it within the first kilobyte.
#[must_use]
pub fn is_pdf(bytes: &[u8]) -> bool {
    let start = bytes.get(..bytes.len().min(1024)).unwrap_or_default();
    bytes.starts_with(b"%PDF") || memchr::memmem::find(start, b"%PDF-").is_some()
}

/// Reads all pages.
///
/// # Errors
/// When the file is broken, locked, or asks for more than the limits allow. A page whose content
/// is damaged gives what could be read of it, and says so.
pub fn read(bytes: &[u8]) -> Result<Vec<Page>, PdfError> {
    weigh::weigh(bytes)?;
    // The interpreter is written for files that are whole. What it does to damaged ones ends here.
    let read = catch_unwind(AssertUnwindSafe(|| read_pages(bytes, device::BUDGET)));
    read.unwrap_or(Err(PdfError::Broken))
}

/// Opens a file and checks how much there is of it.
fn open(bytes: &[u8]) -> Result<Pdf, PdfError> {
    let pdf = Pdf::new(bytes.to_vec()).map_err(|error| match error {
        LoadPdfError::Decryption(_) => PdfError::Locked,
        LoadPdfError::Invalid => PdfError::Broken,
    })?;
    let count = pdf.pages().len();
    if count > MOST_PAGES {
        return Err(PdfError::TooManyPages(count));
    }
    if pdf.len() > MOST_OBJECTS {
        return Err(PdfError::TooMuch);
    }
    if count == 0 { Err(PdfError::Broken) } else { Ok(pdf) }
}

/// Reads pages until the budget for drawing is used up.
fn read_pages(bytes: &[u8], mut budget: usize) -> Result<Vec<Page>, PdfError> {
    let pdf = open(bytes)?;
    let cache = InterpreterCache::new();
    let settings =
        InterpreterSettings { render_content: RenderContent::all(), ..Default::default() };
    let mut fonts = fonts::Fonts::default();
    let mut pages = Vec::with_capacity(pdf.pages().len());
    for (page, number) in pdf.pages().iter().zip(1_u32..) {
        let (width, height) = page.render_dimensions();
        let area = Bounds::new(0.0, 0.0, width.into(), height.into());
        fonts.enter(page.resources());
        let mut collector = Collector::new(area, budget, &mut fonts);
        let whole = catch_unwind(AssertUnwindSafe(|| {
            let transform = page.initial_transform(true).to_kurbo();
            let crop = page.intersected_crop_box().to_kurbo();
            let mut context = Context::new(transform, crop, &cache, pdf.xref(), settings.clone());
            interpret_page(page, &mut context, &mut collector);
        }));
        if whole.as_ref().is_err_and(|thrown| thrown.is::<Exhausted>()) {
            return Err(PdfError::TooMuch);
        }
        budget = collector.budget();
        pages.push(collector.into_page(number, whole.is_err()));
    }
    Ok(pages)
}

#[cfg(test)]
mod tests;
