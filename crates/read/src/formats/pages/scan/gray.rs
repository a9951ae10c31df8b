//! A page as shades of gray, and which of its pixels are ink.

use juesuan_pdf::Picture;

/// Tilts are told in this part of a whole: so many pixels across, one down.
const PARTS: i64 = 2_000;

/// The largest tilt that is mended, a little over two degrees. A page that lies more askew was not
/// meant to be straight.
const MOST_TILT: i64 = 80;

/// Every so many columns are looked at to find the tilt.
const SAMPLE: usize = 8;

/// A page as it was scanned.
pub(super) struct Gray {
    pub(super) width: usize,
    pub(super) height: usize,
    /// From left to right, then from top to bottom; ink is black, 0, and paper is white.
    pixels: Vec<u8>,
}

/// A part of a picture: from its first column and row up to before the last.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Part {
    pub(super) left: usize,
    pub(super) top: usize,
    pub(super) right: usize,
    pub(super) bottom: usize,
}

impl Part {
    pub(super) const fn width(&self) -> usize {
        self.right.saturating_sub(self.left)
    }

    pub(super) const fn height(&self) -> usize {
        self.bottom.saturating_sub(self.top)
    }
}

impl Gray {
    /// The picture with its contrast stretched: scanners make paper gray and ink pale.
    pub(super) fn of(picture: &Picture) -> Self {
        let size = |size: u32| usize::try_from(size).unwrap_or(0);
        let mut pixels = picture.gray();
        stretch(&mut pixels);
        Self { width: size(picture.width), height: size(picture.height), pixels }
    }

    pub(super) fn rows(&self) -> impl Iterator<Item = &[u8]> {
        self.pixels.chunks_exact(self.width.max(1))
    }

    /// A row of a part of the picture, as far as there is one.
    pub(super) fn row(&self, y: usize, from: usize, to: usize) -> &[u8] {
        let (from, to) = (from.min(self.width), to.min(self.width));
        let start = y.saturating_mul(self.width);
        self.pixels.get(start.saturating_add(from)..start.saturating_add(to)).unwrap_or_default()
    }

    fn at(&self, x: i64, y: i64) -> i64 {
        let place = usize::try_from(x).ok().zip(usize::try_from(y).ok());
        let place = place.filter(|(x, _)| *x < self.width);
        let pixel = place.and_then(|(x, y)| self.pixels.get(y * self.width + x));
        pixel.copied().unwrap_or(u8::MAX).into()
    }

    /// Paints a part of the picture.
    pub(super) fn fill(&mut self, part: Part, shade: u8) {
        let width = self.width;
        let (left, right) = (part.left.min(width), part.right.min(width));
        for y in part.top..part.bottom.min(self.height) {
            if let Some(row) = self.pixels.get_mut(y * width + left..y * width + right) {
                row.fill(shade);
            }
        }
    }

    /// How many pixels its lines fall by over so many across: the tilt under which most ink falls
    /// into the fewest rows.
    fn tilt(&self) -> i64 {
        let mut places: Vec<(i64, i64)> = Vec::new();
        for (y, row) in (0_i64..).zip(self.rows()) {
            for (x, pixel) in (0_i64..).zip(row).step_by(SAMPLE) {
                if is_ink(*pixel) {
                    places.push((x, y));
                }
            }
        }
        let reach = self.width.max(self.height) / 16;
        let sharpness = |tilt: i64| {
            let mut rows = vec![0_u64; self.height + 2 * reach];
            for (x, y) in &places {
                let row = usize::try_from(y - x * tilt / PARTS).unwrap_or(0);
                if let Some(count) = rows.get_mut(row) {
                    *count += 1;
                }
            }
            rows.iter().map(|count| count * count).sum::<u64>()
        };
        // Of several that are as sharp, the one that changes least.
        let tilts = (-MOST_TILT..=MOST_TILT).rev();
        tilts.max_by_key(|tilt| (sharpness(*tilt), -tilt.abs())).unwrap_or(0)
    }

    /// The picture turned so that its lines run level, and by how much they fell for each
    /// pixel across.
    pub(super) fn level(self) -> (Self, f64) {
        let tilt = self.tilt();
        if tilt == 0 {
            return (self, 0.0);
        }
        let half = |size: usize| i64::try_from(size / 2).unwrap_or(0);
        let (middle_x, middle_y) = (half(self.width), half(self.height));
        let mut pixels = Vec::with_capacity(self.pixels.len());
        for (y, _) in (0_i64..).zip(0..self.height) {
            for (x, _) in (0_i64..).zip(0..self.width) {
                let (from_x, from_y) =
                    (x * PARTS - (y - middle_y) * tilt, y * PARTS + (x - middle_x) * tilt);
                pixels.push(self.between(from_x, from_y));
            }
        }
        (Self { pixels, ..self }, slope(tilt))
    }

    /// The shade between four pixels.
    fn between(&self, x: i64, y: i64) -> u8 {
        let (left, top) = (x.div_euclid(PARTS), y.div_euclid(PARTS));
        let (right_share, lower_share) = (x.rem_euclid(PARTS), y.rem_euclid(PARTS));
        let along =
            |y: i64| self.at(left, y) * (PARTS - right_share) + self.at(left + 1, y) * right_share;
        let shade = along(top) * (PARTS - lower_share) + along(top + 1) * lower_share;
        u8::try_from(shade / (PARTS * PARTS)).unwrap_or(u8::MAX)
    }

    /// The same with rows and columns exchanged.
    pub(super) fn transposed(&self) -> Self {
        let mut pixels = Vec::with_capacity(self.pixels.len());
        for x in 0..self.width {
            pixels.extend(self.pixels.iter().skip(x).step_by(self.width.max(1)));
        }
        Self { width: self.height, height: self.width, pixels }
    }
}

/// Whether a pixel is ink rather than paper.
pub(super) const fn is_ink(pixel: u8) -> bool {
    pixel < 140
}

#[expect(clippy::float_arithmetic, reason = "geometry of pages")]
fn slope(tilt: i64) -> f64 {
    i32::try_from(tilt).map_or(0.0, f64::from) / i32::try_from(PARTS).map_or(1.0, f64::from)
}

/// Makes the most frequent light shade white and the dark ones black.
fn stretch(pixels: &mut [u8]) {
    let mut counts = [0_usize; 256];
    for pixel in pixels.iter() {
        if let Some(count) = counts.get_mut(usize::from(*pixel)) {
            *count += 1;
        }
    }
    let shades = || (0..=u8::MAX).zip(counts);
    let paper = shades().filter(|(shade, _)| *shade >= 128).max_by_key(|(_, count)| *count);
    let paper = u32::from(paper.map_or(u8::MAX, |(shade, _)| shade));
    // One pixel in two hundred is darker than ink usually is: a page of text has five of them.
    let mut darker = 0;
    let ink = shades().find(|(_, count)| {
        darker += count;
        darker > pixels.len() / 200
    });
    let ink = u32::from(ink.map_or(0, |(shade, _)| shade)).min(paper / 2);
    let span = paper.saturating_sub(ink).max(1);
    for pixel in pixels {
        let shade = u32::from(*pixel).saturating_sub(ink) * 255 / span;
        *pixel = u8::try_from(shade).unwrap_or(u8::MAX);
    }
}
