//! Writes remarks on the pages of a file, as annotations that every viewer shows and prints.
//!
//! The bytes of the file stay as they are: the remarks are appended, as the format provides for.
//! Only a file whose table of contents is damaged is written anew, if it then reads the same. Each annotation brings its own
//! picture, since viewers draw those without one as they like, or not at all.
#![expect(clippy::float_arithmetic, reason = "geometry of pages")]

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};

use borsh::{BorshDeserialize, BorshSerialize};
use hayro_interpret::TransformExt;
use hayro_interpret::hayro_syntax::page::Page as Source;
use hayro_interpret::kurbo::{Affine, Point};
use lopdf::{
    Dictionary, Document, IncrementalDocument, LoadOptions, Object, ObjectId, Stream, dictionary,
    text_string,
};

use crate::error::PdfError;
use crate::page::Bounds;
use crate::{open, read, weigh};

/// Printed, and neither hidden nor locked.
const PRINTED: i64 = 4;

/// How wide and high a place is marked at least: blank cells may be no wider than a line.
const LEAST: f64 = 4.0;

/// The side of the icon for what has no place on its page.
const ICON: f64 = 16.0;

/// From the edge of the page to the icons, and from one to the next. Viewers that keep icons upright
/// on a rotated page turn them about a corner, so there is room for that.
const MARGIN: f64 = 24.0;
const STEP: f64 = 20.0;

/// Something to say about a place.
#[derive(Clone, Debug, Default, PartialEq, BorshDeserialize, BorshSerialize)]
pub struct Remark {
    /// The page, from 1.
    pub page: u32,
    /// The place, from the upper left corner of the page as it is shown. Without one the remark
    /// becomes an icon at the edge of the page.
    pub place: Option<Bounds>,
    /// Red, green and blue.
    pub colour: [u8; 3],
    /// What it is about, in a few words.
    pub subject: String,
    /// What it says.
    pub text: String,
}

/// Writes remarks on a file, in the name of an author. Same file and remarks, same bytes.
///
/// # Errors
/// When the file is broken, locked or protected, or asks for more than the limits allow.
pub fn annotate(bytes: &[u8], remarks: &[Remark], author: &str) -> Result<Vec<u8>, PdfError> {
    weigh::weigh(bytes)?;
    let written = catch_unwind(AssertUnwindSafe(|| write(bytes, remarks, author)));
    let written = written.unwrap_or(Err(PdfError::Broken))?;
    // A damaged file is mended here as well as by its readers, and not always in the same way.
    if read(bytes)? == read(&written)? { Ok(written) } else { Err(PdfError::Broken) }
}

fn write(bytes: &[u8], remarks: &[Remark], author: &str) -> Result<Vec<u8>, PdfError> {
    let sheets = sheets(bytes)?;
    // Places in the file count from its mark, whatever stands before it.
    let start = memchr::memmem::find(bytes, b"%PDF-").unwrap_or(0);
    let (before, body) = bytes.split_at_checked(start).unwrap_or((&[], bytes));
    let most = usize::try_from(weigh::MOST_IN_STREAM).unwrap_or(usize::MAX);
    let options = LoadOptions::with_max_decompressed_size(most);
    let mut old = Document::load_mem_with_options(body, options).map_err(|_| PdfError::Broken)?;
    if old.is_encrypted() || old.was_encrypted() {
        return Err(PdfError::Protected);
    }
    let changes = Writer::new(&old, author)?.changes(&sheets, remarks)?;
    let last = changes.keys().next_back().map_or(0, |id| id.0);
    let mut written = before.to_vec();
    let saved = if old.xref_recovery.is_none() {
        let mut update = IncrementalDocument::create_from(body.to_vec(), old);
        update.new_document.max_id = update.new_document.max_id.max(last);
        update.new_document.objects = changes;
        update.save_to(&mut written)
    } else {
        old.max_id = old.max_id.max(last);
        old.objects.extend(changes);
        old.save_to(&mut written)
    };
    saved.map(|()| written).map_err(|_| PdfError::Broken)
}

/// A page to write on.
struct Sheet {
    id: ObjectId,
    /// Its area as shown.
    area: Bounds,
    /// From there to the coordinates of the file.
    to_file: Affine,
}

/// The pages in the order in which they are read, so that a place means the same here.
fn sheets(bytes: &[u8]) -> Result<Vec<Sheet>, PdfError> {
    let pdf = open(bytes)?;
    let sheet = |page: &Source<'_>| {
        let id = page.raw().obj_id()?;
        let (width, height) = page.render_dimensions();
        Some(Sheet {
            id: (id.obj_number, u16::try_from(id.gen_number).ok()?),
            area: Bounds::new(0.0, 0.0, width.into(), height.into()),
            to_file: page.initial_transform(true).to_kurbo().inverse(),
        })
    };
    pdf.pages().iter().map(|page| sheet(page).ok_or(PdfError::Broken)).collect()
}

/// Makes the objects that are new or changed.
struct Writer<'a> {
    old: &'a Document,
    author: &'a str,
    next: u32,
    changes: BTreeMap<ObjectId, Object>,
    /// How marks are laid over the text: as by a felt pen.
    blend: ObjectId,
}

impl<'a> Writer<'a> {
    fn new(old: &'a Document, author: &'a str) -> Result<Self, PdfError> {
        let (blend, changes) = ((0, 0), BTreeMap::new());
        let mut writer = Self { old, author, next: old.max_id, changes, blend };
        writer.blend =
            writer.add(dictionary! { "Type" => "ExtGState", "BM" => "Multiply" }.into())?;
        Ok(writer)
    }

    fn add(&mut self, object: Object) -> Result<ObjectId, PdfError> {
        self.next = self.next.checked_add(1).ok_or(PdfError::Broken)?;
        self.changes.insert((self.next, 0), object);
        Ok((self.next, 0))
    }

    fn changes(
        mut self,
        sheets: &[Sheet],
        remarks: &[Remark],
    ) -> Result<BTreeMap<ObjectId, Object>, PdfError> {
        // A file may show a page twice.
        let mut pages: BTreeMap<ObjectId, Vec<Object>> = BTreeMap::new();
        let last = u32::try_from(sheets.len()).unwrap_or(u32::MAX).max(1);
        for (sheet, number) in sheets.iter().zip(1_u32..) {
            let mut icons = 0;
            // What names a page that is not there must be seen all the same.
            for remark in remarks.iter().filter(|remark| remark.page.clamp(1, last) == number) {
                let place = remark.place.and_then(|place| place.intersection(&sheet.area));
                let annotation = match place {
                    Some(place) => self.mark(sheet, remark, widened(place))?,
                    None => {
                        icons += 1;
                        self.icon(sheet, remark, icon_place(sheet.area, icons - 1))?
                    }
                };
                let id = self.add(annotation.into())?;
                pages.entry(sheet.id).or_default().push(id.into());
            }
        }
        for (id, annotations) in pages {
            let page = self.page(id, annotations)?;
            self.changes.insert(id, page.into());
        }
        Ok(self.changes)
    }

    /// A page with its annotations and these. A list that stands by itself is taken over, for other
    /// pages may name it too.
    fn page(&self, id: ObjectId, annotations: Vec<Object>) -> Result<Dictionary, PdfError> {
        let page = self.old.get_dictionary(id).map_err(|_| PdfError::Broken)?;
        let list = page.get(b"Annots").and_then(|list| self.old.dereference(list));
        let own = list.ok().and_then(|(_, list)| list.as_array().ok());
        let mut all = own.cloned().unwrap_or_default();
        all.extend(annotations);
        let mut page = page.clone();
        page.set("Annots", all);
        Ok(page)
    }

    /// A place marked as by a felt pen.
    fn mark(
        &mut self,
        sheet: &Sheet,
        remark: &Remark,
        place: Bounds,
    ) -> Result<Dictionary, PdfError> {
        let Bounds { x0, y0, x1, y1 } = place;
        let mut pen = Pen::new(sheet.to_file);
        pen.draw("/G gs");
        pen.colour(remark.colour);
        pen.fill(&[(x0, y0), (x1, y0), (x1, y1), (x0, y1)]);
        // Upper left, upper right, lower left, lower right: the order that viewers agree on.
        let corners = [(x0, y0), (x1, y0), (x0, y1), (x1, y1)];
        let corners = corners.map(|corner| pen.point(corner));
        let corners = corners.iter().flat_map(|point| [real(point.x), real(point.y)]);
        let mut annotation = self.annotation("Highlight", sheet, remark, pen)?;
        annotation.set("QuadPoints", corners.collect::<Vec<_>>());
        Ok(annotation)
    }

    /// The mark ※, which looks the same on a page that is turned.
    fn icon(
        &mut self,
        sheet: &Sheet,
        remark: &Remark,
        place: Bounds,
    ) -> Result<Dictionary, PdfError> {
        let mut pen = Pen::new(sheet.to_file);
        let part = |points: &[(f64, f64)]| -> Vec<(f64, f64)> {
            let place = |(x, y): &(f64, f64)| (place.x0 + ICON * x, place.y0 + ICON * y);
            points.iter().map(place).collect()
        };
        pen.colour(remark.colour);
        let (near, far) = (0.2, 0.8);
        pen.fill(&part(&[
            (near, 0.0),
            (far, 0.0),
            (1.0, near),
            (1.0, far),
            (far, 1.0),
            (near, 1.0),
            (0.0, far),
            (0.0, near),
        ]));
        pen.colour([0xFF; 3]);
        let half = 0.04;
        for (from, to) in [(near, far), (far, near)] {
            // From the upper corner to the lower one, and around both.
            let side = if from < to { half } else { -half };
            pen.fill(&part(&[
                (from - half, near + side),
                (from + half, near - side),
                (to + half, far - side),
                (to - half, far + side),
            ]));
        }
        for (x, y) in [(0.5, 0.24), (0.76, 0.5), (0.5, 0.76), (0.24, 0.5)] {
            let r = 0.07;
            pen.fill(&part(&[(x, y - r), (x + r, y), (x, y + r), (x - r, y)]));
        }
        let mut annotation = self.annotation("Text", sheet, remark, pen)?;
        annotation.set("Name", "Note");
        Ok(annotation)
    }

    /// What all annotations have, with the picture that a pen has drawn.
    fn annotation(
        &mut self,
        kind: &str,
        sheet: &Sheet,
        remark: &Remark,
        pen: Pen,
    ) -> Result<Dictionary, PdfError> {
        let area = [pen.area.x0, pen.area.y0, pen.area.x1, pen.area.y1].map(real).to_vec();
        let states = dictionary! { "G" => self.blend };
        let form = dictionary! {
            "Type" => "XObject",
            "Subtype" => "Form",
            "BBox" => area.clone(),
            "Resources" => dictionary! { "ExtGState" => states },
        };
        let picture = self.add(Stream::new(form, pen.drawn.into_bytes()).into())?;
        // The number that comes next is the annotation's own.
        let name = format!("{}-{}", self.author, self.next.saturating_add(1));
        Ok(dictionary! {
            "Type" => "Annot",
            "Subtype" => kind,
            "Rect" => area,
            "P" => sheet.id,
            "F" => PRINTED,
            "C" => remark.colour.map(|part| real(share(part))).to_vec(),
            "T" => text_string(self.author),
            "NM" => text_string(&name),
            "Subj" => text_string(&remark.subject),
            "Contents" => text_string(&remark.text),
            "AP" => dictionary! { "N" => picture },
        })
    }
}

/// Draws in the coordinates of the page as shown. Only areas: strokes would be taken for the rules
/// of tables by whoever reads the file.
struct Pen {
    to_file: Affine,
    drawn: String,
    /// What was drawn on, in the coordinates of the file.
    area: Bounds,
}

impl Pen {
    fn new(to_file: Affine) -> Self {
        let nowhere = Bounds { x0: f64::MAX, y0: f64::MAX, x1: f64::MIN, y1: f64::MIN };
        Self { to_file, drawn: String::new(), area: nowhere }
    }

    fn point(&self, (x, y): (f64, f64)) -> Point {
        self.to_file * Point::new(x, y)
    }

    fn draw(&mut self, operation: &str) {
        self.drawn.push_str(operation);
        self.drawn.push('\n');
    }

    fn colour(&mut self, colour: [u8; 3]) {
        let [red, green, blue] = colour.map(share);
        self.draw(&format!("{red:.3} {green:.3} {blue:.3} rg"));
    }

    fn fill(&mut self, corners: &[(f64, f64)]) {
        let mut operator = 'm';
        for corner in corners {
            let Point { x, y } = self.point(*corner);
            self.area = self.area.union(&Bounds::new(x, y, x, y));
            self.draw(&format!("{x:.2} {y:.2} {operator}"));
            operator = 'l';
        }
        self.draw("f");
    }
}

/// A place with a least extent, about its middle.
fn widened(place: Bounds) -> Bounds {
    let (x, y) = (place.middle_x(), place.middle_y());
    let (half_x, half_y) = (place.width().max(LEAST) / 2.0, place.height().max(LEAST) / 2.0);
    Bounds::new(x - half_x, y - half_y, x + half_x, y + half_y)
}

/// Where the icon of that number stands: down the right edge, then in further columns to its left.
fn icon_place(area: Bounds, number: u32) -> Bounds {
    let fitting = ((area.height() - MARGIN) / STEP).floor().max(1.0);
    let column = (f64::from(number) / fitting).floor();
    let row = f64::from(number) - column * fitting;
    // What finds no room any more gathers at the left edge.
    let x = (area.x1 - MARGIN - ICON - column * STEP).max(area.x0);
    let y = MARGIN + row * STEP;
    Bounds::new(x, y, x + ICON, y + ICON)
}

/// A part of a colour, from 0 to 1.
fn share(part: u8) -> f64 {
    f64::from(part) / 255.0
}

/// A number of the file, with two decimals.
#[expect(clippy::cast_possible_truncation, reason = "points of a page; casts saturate")]
fn real(value: f64) -> Object {
    Object::Real(((value * 100.0).round() / 100.0) as f32)
}

#[cfg(test)]
mod tests;
