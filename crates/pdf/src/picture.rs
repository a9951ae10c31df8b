//! Pages as pictures.
#![expect(clippy::float_arithmetic, reason = "geometry of pages")]

use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};

use borsh::{BorshDeserialize, BorshSerialize};
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::{PixmapSettings, RenderCache, RenderSettings, render};
use hayro_interpret::InterpreterSettings;

use crate::error::PdfError;
use crate::{open, weigh};

/// The finest resolution; type is read at half of it.
const MOST_DPI: u16 = 600;

/// The most pixels of one picture: a page of a meter by a meter at 150 dots to the inch.
const MOST_PIXELS: f64 = 36_000_000.0;

/// The points of an inch, in which pages are measured.
const POINTS: f32 = 72.0;

/// What a page looks like.
#[derive(Clone, Default, PartialEq, Eq, BorshDeserialize, BorshSerialize)]
pub struct Picture {
    /// The number of the page, from 1.
    pub page: u32,
    /// How many pixels it is wide.
    pub width: u32,
    /// How many pixels it is high.
    pub height: u32,
    /// Red, green and blue of each pixel, from left to right, then from top to bottom.
    pub pixels: Vec<u8>,
}

impl fmt::Debug for Picture {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "page {} as {} by {} pixels", self.page, self.width, self.height)
    }
}

impl Picture {
    /// How light each pixel is, from black, 0, to white.
    #[must_use]
    pub fn gray(&self) -> Vec<u8> {
        let light = |pixel: &[u8; 3]| {
            let [red, green, blue] = pixel.map(u32::from);
            u8::try_from((299 * red + 587 * green + 114 * blue) / 1000).unwrap_or(u8::MAX)
        };
        self.pixels.as_chunks().0.iter().map(light).collect()
    }
}

/// Draws pages, given by their numbers, at a resolution in dots to the inch.
///
/// # Errors
/// When the file is broken or locked, has no such page, or a picture would be larger than is drawn.
/// How much is drawn is not counted, as it is by [`read`](crate::read): who draws files of strangers
/// limits time and memory.
pub fn pictures(bytes: &[u8], pages: &[u32], dpi: u16) -> Result<Vec<Picture>, PdfError> {
    if dpi > MOST_DPI {
        return Err(PdfError::TooMuch);
    }
    weigh::weigh(bytes)?;
    catch_unwind(AssertUnwindSafe(|| draw(bytes, pages, dpi))).unwrap_or(Err(PdfError::Broken))
}

/// Draws one page as [`pictures`] does.
///
/// # Errors
/// As there.
pub fn picture(bytes: &[u8], page: u32, dpi: u16) -> Result<Picture, PdfError> {
    pictures(bytes, &[page], dpi)?.pop().ok_or(PdfError::NoPage(page))
}

fn draw(bytes: &[u8], numbers: &[u32], dpi: u16) -> Result<Vec<Picture>, PdfError> {
    let pdf = open(bytes)?;
    let cache = RenderCache::new();
    let scale = f32::from(dpi) / POINTS;
    let paper = PixmapSettings { x_scale: scale, y_scale: scale, bg_color: WHITE };
    let (reading, drawing) = (InterpreterSettings::default(), RenderSettings::default());
    let drawn = numbers.iter().map(|&number| {
        let index = usize::try_from(number).ok().and_then(|number| number.checked_sub(1));
        let page = index.and_then(|index| pdf.pages().get(index));
        let page = page.ok_or(PdfError::NoPage(number))?;
        let (width, height) = page.render_dimensions();
        let (width, height) = (f64::from(width * scale), f64::from(height * scale));
        let longest = f64::from(u16::MAX);
        if width > longest || height > longest || width * height > MOST_PIXELS {
            return Err(PdfError::TooMuch);
        }
        if width < 1.0 || height < 1.0 {
            return Err(PdfError::Broken);
        }
        let drawn = render(page, &cache, &reading, &drawing, &paper);
        let pixels = drawn.data_as_u8_slice().as_chunks().0.iter();
        let pixels =
            pixels.flat_map(|&[red, green, blue, _]: &[u8; 4]| [red, green, blue]).collect();
        let (width, height) = (drawn.width().into(), drawn.height().into());
        Ok(Picture { page: number, width, height, pixels })
    });
    drawn.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tests::page_with;

    /// The darkness at a place of a gray picture.
    fn dark(picture: &Picture, x: u32, y: u32) -> bool {
        let at = usize::try_from(y * picture.width + x).unwrap();
        picture.gray()[at] < 128
    }

    #[test]
    fn a_page_is_drawn_as_it_is_shown() {
        let bytes = page_with("100 500 200 100 re f", "/Rotate 90", &[]);
        let picture = picture(&bytes, 1, 144).unwrap();
        assert_eq!((picture.page, picture.width, picture.height), (1, 1600, 1200));
        assert_eq!(picture.pixels.len(), 1600 * 1200 * 3);
        // Turned clockwise, the bottom of the page is at the left.
        let places = [(1100, 400), (1010, 210), (990, 400), (1210, 400), (1100, 610)];
        let drawn = places.map(|(x, y)| dark(&picture, x, y));
        assert_eq!(drawn, [true, true, false, false, false]);
    }

    #[test]
    fn what_cannot_be_drawn_is_an_error() {
        let bytes = page_with("0 0 10 10 re f", "", &[]);
        assert_eq!(picture(&bytes, 0, 72), Err(PdfError::NoPage(0)));
        assert_eq!(picture(&bytes, 2, 72), Err(PdfError::NoPage(2)));
        assert_eq!(picture(&bytes, 1, 601), Err(PdfError::TooMuch));
        assert_eq!(picture(&bytes, 1, 0), Err(PdfError::Broken));
        assert_eq!(picture(b"%PDF-1.4", 1, 72), Err(PdfError::Broken));
        let vast = page_with("", "/MediaBox[0 0 3000 4000]", &[]);
        assert_eq!(picture(&vast, 1, 300), Err(PdfError::TooMuch), "200 million pixels");
        assert_eq!(pictures(&bytes, &[1, 1], 36).unwrap().len(), 2);
    }
}
