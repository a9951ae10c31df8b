//! Takes down what a page draws.
#![expect(clippy::float_arithmetic, reason = "geometry of pages")]

use std::panic::resume_unwind;

use hayro_interpret::font::{GlyphRun, PositionedGlyph};
use hayro_interpret::hayro_syntax::object::Dict;
use hayro_interpret::kurbo::{Affine, BezPath, PathEl, Point, Rect, Shape};
use hayro_interpret::{
    BlendMode, ClipPath, Device, DrawMode, DrawProps, Image, ImageDrawProps, Paint, SoftMask,
};

use crate::fonts::Fonts;
use crate::page::{Bounds, Glyph, Page, Rule, Turn};

/// How much all pages together may draw: a glyph, a side of a path and a clip each count one. The
/// longest disclosures known draw less than a twentieth of it. A count ends at the same place on
/// every machine, which a clock does not.
pub(crate) const BUDGET: usize = 10_000_000;

/// How much of it may be kept of one page.
const MOST_KEPT: usize = 2_000_000;

/// A filled rectangle up to this thickness is a rule.
const THICKEST_RULE: f64 = 3.0;

/// A rule is at least this long; shorter ones are corners and dots.
const SHORTEST_RULE: f64 = 3.0;

/// The part of a box above the base line, and below it, that characters of any font fill.
const ASCENT: f64 = 880.0;
const DESCENT: f64 = -120.0;

/// Thrown through the interpreter, which has no other way out, when the budget is used up.
pub(crate) struct Exhausted;

/// Takes down a page.
pub(crate) struct Collector<'f> {
    page: Page,
    budget: usize,
    kept: usize,
    run: u32,
    /// Where anything of the page may stand.
    around: Bounds,
    /// What is visible, by what it is clipped to.
    clips: Vec<Option<Bounds>>,
    fonts: &'f mut Fonts,
}

impl<'f> Collector<'f> {
    pub(crate) fn new(area: Bounds, budget: usize, fonts: &'f mut Fonts) -> Self {
        let page = Page { area, ..Page::default() };
        // Programs put what should lie across on a page that stands: the text runs on beyond its
        // edge, where viewers cut it off but search finds it.
        let reach = area.width().max(area.height());
        let around = Bounds::new(-reach, -reach, area.x1 + reach, area.y1 + reach);
        Self { page, budget, kept: 0, run: 0, around, clips: vec![Some(around)], fonts }
    }

    pub(crate) const fn budget(&self) -> usize {
        self.budget
    }

    pub(crate) fn into_page(self, number: u32, is_damaged: bool) -> Page {
        Page { number, is_damaged, ..self.page }
    }

    fn spend(&mut self, work: usize) {
        match self.budget.checked_sub(work) {
            Some(rest) if self.kept < MOST_KEPT => self.budget = rest,
            _ => resume_unwind(Box::new(Exhausted)),
        }
    }

    fn visible(&self) -> Option<Bounds> {
        self.clips.last().copied().flatten()
    }

    /// Adds a rule where its box is thin, cut to what is visible.
    fn rule(&mut self, bounds: Bounds) {
        let Some(bounds) = self.visible().and_then(|clip| clip.intersection(&bounds)) else {
            return;
        };
        let (width, height) = (bounds.width(), bounds.height());
        if width.min(height) <= THICKEST_RULE && width.max(height) >= SHORTEST_RULE {
            self.kept += 1;
            self.page.rules.push(Rule { bounds });
        }
    }

    /// The sides of a stroked path that run along the page.
    fn stroked(&mut self, path: &BezPath, transform: Affine, width: f64) {
        let [a, b, c, d, ..] = transform.as_coeffs();
        let half = width * (a * d - b * c).abs().sqrt() / 2.0;
        let half = if half.is_finite() { half.clamp(0.05, THICKEST_RULE / 2.0) } else { 0.05 };
        let (mut start, mut last) = (Point::ZERO, Point::ZERO);
        for element in path.elements() {
            match *element {
                PathEl::MoveTo(to) => (start, last) = (transform * to, transform * to),
                PathEl::LineTo(to) => {
                    let to = transform * to;
                    self.side(last, to, half);
                    last = to;
                }
                PathEl::QuadTo(_, to) | PathEl::CurveTo(_, _, to) => last = transform * to,
                PathEl::ClosePath => {
                    self.side(last, start, half);
                    last = start;
                }
            }
        }
    }

    fn side(&mut self, from: Point, to: Point, half: f64) {
        let (width, height) = ((from.x - to.x).abs(), (from.y - to.y).abs());
        if !width.is_finite() || !height.is_finite() {
            return;
        }
        let corners = Bounds::new(from.x, from.y, to.x, to.y);
        if height <= 1.0 && width >= SHORTEST_RULE {
            let middle = corners.middle_y();
            self.rule(Bounds { y0: middle - half, y1: middle + half, ..corners });
        } else if width <= 1.0 && height >= SHORTEST_RULE {
            let middle = corners.middle_x();
            self.rule(Bounds { x0: middle - half, x1: middle + half, ..corners });
        }
    }

    /// The filled parts of a path that are thin.
    fn filled(&mut self, path: &BezPath, transform: Affine) {
        let mut part: Option<Bounds> = None;
        for element in path.elements() {
            let to = match *element {
                PathEl::MoveTo(to) => {
                    if let Some(part) = part.take() {
                        self.rule(part);
                    }
                    to
                }
                PathEl::LineTo(to) | PathEl::QuadTo(_, to) | PathEl::CurveTo(_, _, to) => to,
                PathEl::ClosePath => continue,
            };
            let to = transform * to;
            if to.x.is_finite() && to.y.is_finite() {
                let point = Bounds::new(to.x, to.y, to.x, to.y);
                part = Some(part.map_or(point, |part| part.union(&point)));
            }
        }
        if let Some(part) = part {
            self.rule(part);
        }
    }

    fn glyph(
        &mut self,
        glyph: &PositionedGlyph<'_>,
        transform: Affine,
        font: u16,
        is_hidden: bool,
    ) {
        let advance = f64::from(
            match &**glyph {
                hayro_interpret::font::Glyph::Outline(outline) => outline.advance_width(),
                hayro_interpret::font::Glyph::Type3(drawn) => drawn.advance_width(),
            }
            .unwrap_or(500.0),
        );
        let [a, b, c, d, e, f] = (transform * glyph.transform()).as_coeffs();
        let (along, across) = (a.hypot(b), c.hypot(d));
        if !(along.is_finite() && across.is_finite() && e.is_finite() && f.is_finite())
            || along * across == 0.0
        {
            return;
        }
        if is_slanted(a, b) {
            self.page.slanted += 1;
            return;
        }
        // Glyphs of fonts that are not embedded are stretched to their width by the interpreter;
        // their advance is not.
        let stretch = if (0.5..1.7).contains(&(along / across)) { 1.0 } else { across / along };
        let (right, up) = ((a * advance * stretch, b * advance * stretch), (c, d));
        let corner =
            |right: (f64, f64), rise: f64| (e + right.0 + up.0 * rise, f + right.1 + up.1 * rise);
        let corners = [
            corner((0.0, 0.0), ASCENT),
            corner((0.0, 0.0), DESCENT),
            corner(right, ASCENT),
            corner(right, DESCENT),
        ];
        let around = corners.map(|(x, y)| Bounds::new(x, y, x, y));
        let bounds = around.iter().skip(1).fold(around[0], |all, next| all.union(next));
        if self.around.intersection(&bounds).is_none() {
            return;
        }
        let said = self.fonts.unicode(glyph);
        let size = across * 1000.0;
        let turn = turn(a, b);
        self.kept += said.len();
        let clip = self.visible().unwrap_or(self.around);
        for (bounds, text) in shares(bounds, turn, &said) {
            let run = self.run;
            let inked = inked(bounds, turn, text);
            let home = (
                inked.middle_x().clamp(clip.x0, clip.x1),
                inked.middle_y().clamp(clip.y0, clip.y1),
            );
            self.page.glyphs.push(Glyph {
                text,
                bounds,
                home,
                size,
                turn,
                font,
                run,
                is_hidden,
                confidence: 100,
            });
        }
    }
}

/// Characters that one glyph stands for (`ﬁ`) with a share of its box each.
fn shares(bounds: Bounds, turn: Turn, said: &[char]) -> impl Iterator<Item = (Bounds, char)> {
    let count = f64::from(u32::try_from(said.len()).unwrap_or(1));
    said.iter().zip(0_u32..).map(move |(text, index)| {
        (share(bounds, turn, f64::from(index) / count, f64::from(index + 1) / count), *text)
    })
}

/// The part of a box between two places along its text, from 0 to 1.
const fn share(bounds: Bounds, turn: Turn, from: f64, to: f64) -> Bounds {
    let (width, height) = (bounds.width(), bounds.height());
    match turn {
        Turn::Right => {
            Bounds { x0: bounds.x0 + width * from, x1: bounds.x0 + width * to, ..bounds }
        }
        Turn::Left => Bounds { x0: bounds.x1 - width * to, x1: bounds.x1 - width * from, ..bounds },
        Turn::Down => {
            Bounds { y0: bounds.y0 + height * from, y1: bounds.y0 + height * to, ..bounds }
        }
        Turn::Up => Bounds { y0: bounds.y1 - height * to, y1: bounds.y1 - height * from, ..bounds },
    }
}

/// The part of a character's box that is printed. Half of the box of Chinese punctuation is white,
/// and typesetters let it hang over the edge of a line or cell.
const fn inked(bounds: Bounds, turn: Turn, text: char) -> Bounds {
    match text {
        '）' | '】' | '》' | '〉' | '」' | '』' | '〕' | '”' | '’' | '，' | '。' | '、' | '；'
        | '：' => share(bounds, turn, 0.0, 0.5),
        '（' | '【' | '《' | '〈' | '「' | '『' | '〔' | '“' | '‘' => {
            share(bounds, turn, 0.5, 1.0)
        }
        _ => bounds,
    }
}

/// The way that a base line runs.
const fn turn(x: f64, y: f64) -> Turn {
    match (x.abs() >= y.abs(), x >= 0.0, y >= 0.0) {
        (true, true, _) => Turn::Right,
        (true, false, _) => Turn::Left,
        (false, _, true) => Turn::Down,
        (false, _, false) => Turn::Up,
    }
}

/// Whether a base line runs across lines and columns, as watermarks do.
fn is_slanted(x: f64, y: f64) -> bool {
    const SLIGHT: f64 = 0.2;
    x.abs().min(y.abs()) > SLIGHT * x.abs().max(y.abs())
}

/// Whether nobody sees what is painted so: white, or transparent.
fn is_unseen(paint: &Paint<'_>) -> bool {
    let Paint::Color(color) = paint else { return false };
    let [red, green, blue, alpha] = color.to_rgba().to_rgba8();
    alpha < 8 || red.min(green).min(blue) > 246
}

impl<'a> Device<'a> for Collector<'_> {
    fn draw_path(&mut self, path: &BezPath, props: DrawProps<'a>, mode: &DrawMode) {
        self.spend(path.elements().len() + 1);
        if is_unseen(&props.paint) {
            return;
        }
        match mode {
            DrawMode::Stroke(stroke) | DrawMode::FillAndStroke(_, stroke) => {
                self.stroked(path, props.transform, stroke.line_width.into());
            }
            DrawMode::Fill(_) => self.filled(path, props.transform),
            DrawMode::Invisible => {}
        }
    }

    fn push_clip_path(&mut self, clip: &ClipPath) {
        self.spend(clip.path.elements().len() + 1);
        self.push_clip_rect(&clip.path.bounding_box());
    }

    fn push_clip_rect(&mut self, rect: &Rect) {
        self.spend(1);
        let bounds = Bounds::new(rect.x0, rect.y0, rect.x1, rect.y1);
        let clip = self.visible().and_then(|clip| clip.intersection(&bounds));
        self.kept += 1;
        self.clips.push(clip);
    }

    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {
        self.spend(1);
    }

    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, mode: &DrawMode) {
        self.spend(run.glyphs().len() + 1);
        self.run = self.run.wrapping_add(1);
        let is_hidden = matches!(mode, DrawMode::Invisible);
        let font = run.glyphs().first().map_or(0, |glyph| self.fonts.number(glyph));
        for glyph in run.glyphs() {
            self.glyph(glyph, props.transform, font, is_hidden);
        }
    }

    fn draw_image(&mut self, image: Image<'a, '_>, props: ImageDrawProps<'a>) {
        self.spend(1);
        let (width, height) = (f64::from(image.width()), f64::from(image.height()));
        let shown = props.transform.transform_rect_bbox(Rect::new(0.0, 0.0, width, height));
        let bounds = Bounds::new(shown.x0, shown.y0, shown.x1, shown.y1);
        if let Some(bounds) = self.visible().and_then(|clip| clip.intersection(&bounds)) {
            self.kept += 1;
            self.page.pictures.push(bounds);
        }
    }

    fn pop_clip(&mut self) {
        self.spend(1);
        if self.clips.len() > 1 {
            self.clips.pop();
            self.kept = self.kept.saturating_sub(1);
        }
    }

    fn pop_transparency_group(&mut self) {
        self.spend(1);
    }

    fn begin_marked_content(&mut self, _: &[u8], _: Option<&Dict<'_>>) {
        self.spend(1);
    }
}
