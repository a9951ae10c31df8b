//! Pictures of the pages that a report shows.

use std::io;

use juesuan_read::{Picture, ReadError};
use juesuan_write::html::PagePicture;
use png::{BitDepth, ColorType, Compression, Encoder, Filter};

use crate::apart;

/// Dots to the inch: as on a screen that is held near, and what is still read when that takes too
/// much room.
const RESOLUTIONS: [u16; 2] = [130, 80];

/// How much all pictures of a report take, in bytes. In the page they take a third more.
const MOST_BYTES: usize = 6 << 20;

/// How many pages are drawn at most, and how many at once: their pixels are kept together.
const MOST_PAGES: usize = 120;
const AT_ONCE: usize = 12;

/// Draws pages of a PDF, the first ones as far as there is room. What cannot be drawn is left out.
pub(crate) fn pictures(pdf: &[u8], pages: &[u32]) -> Vec<PagePicture> {
    let pages = pages.get(..MOST_PAGES).unwrap_or(pages);
    let mut drawn = Drawn::default();
    for dpi in RESOLUTIONS {
        drawn = draw(pdf, pages, dpi);
        if drawn.is_all {
            break;
        }
    }
    drawn.pictures
}

#[derive(Default)]
struct Drawn {
    pictures: Vec<PagePicture>,
    /// Whether there was room for all of them.
    is_all: bool,
}

fn draw(pdf: &[u8], pages: &[u32], dpi: u16) -> Drawn {
    let mut drawn = Drawn { pictures: Vec::new(), is_all: true };
    let mut room = MOST_BYTES;
    for some in pages.chunks(AT_ONCE) {
        // A file that uses up the limits once would do so every time.
        let Some(pictures) = group(pdf, some, dpi) else { break };
        for picture in pictures {
            let Ok(png) = encoded(&picture) else { continue };
            let Some(rest) = room.checked_sub(png.len()) else {
                drawn.is_all = false;
                return drawn;
            };
            room = rest;
            let Picture { page, width, height, .. } = picture;
            drawn.pictures.push(PagePicture { page, width, height, dpi, png });
        }
    }
    drawn
}

/// Draws some pages together; one by one where that fails, so that a single page spoils no other.
/// `None` when the limits were used up.
fn group(pdf: &[u8], pages: &[u32], dpi: u16) -> Option<Vec<Picture>> {
    match apart::draw(pdf, pages, dpi) {
        Ok(pictures) => Some(pictures),
        Err(ReadError::GaveUp) => None,
        Err(_) => {
            let each = pages.iter().flat_map(|page| apart::draw(pdf, &[*page], dpi));
            Some(each.flatten().collect())
        }
    }
}

/// A picture in sixteen shades of gray: text is as readable as in colours, in a fifth of the room,
/// and the coloured marks stand out.
fn encoded(picture: &Picture) -> io::Result<Vec<u8>> {
    let mut png = Vec::new();
    let mut encoder = Encoder::new(&mut png, picture.width, picture.height);
    encoder.set_color(ColorType::Grayscale);
    encoder.set_depth(BitDepth::Four);
    encoder.set_compression(Compression::Balanced);
    encoder.set_filter(Filter::NoFilter);
    let width = usize::try_from(picture.width).unwrap_or(usize::MAX).max(1);
    let gray = picture.gray();
    let packed: Vec<u8> = gray.chunks(width).flat_map(|row| row.chunks(2).map(pair)).collect();
    let mut writer = encoder.write_header()?;
    writer.write_image_data(&packed)?;
    writer.finish()?;
    Ok(png)
}

/// Two pixels of a row in one byte; the last may stand alone.
fn pair(pixels: &[u8]) -> u8 {
    // A shade is 17 of 255, so this rounds to the nearest one.
    let shade = |at: usize| pixels.get(at).map_or(0, |light| light.saturating_add(8) / 17);
    shade(0) << 4 | shade(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decoded(png: &[u8]) -> (u32, u32, Vec<u8>) {
        let mut reader = png::Decoder::new(io::Cursor::new(png)).read_info().unwrap();
        let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
        let info = reader.next_frame(&mut pixels).unwrap();
        (info.width, info.height, pixels)
    }

    #[test]
    fn shades_are_rounded_and_odd_rows_are_whole() {
        assert_eq!([pair(&[0, 255]), pair(&[8, 9]), pair(&[250])], [0x0F, 0x01, 0xF0]);
        let light = [0, 8, 9, 128, 247, 255];
        let pixels = light.iter().flat_map(|light| [*light; 3]).collect();
        let picture = Picture { page: 1, width: 3, height: 2, pixels };
        let (width, height, packed) = decoded(&encoded(&picture).unwrap());
        assert_eq!((width, height), (3, 2));
        assert_eq!(packed, [0x00, 0x10, 0x8F, 0xF0]);
    }
}
