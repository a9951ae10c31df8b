//! Pages are read upright: what a landscape page prints along its longer side is turned so that
//! its lines run from left to right. Places stay those of the page as it is shown.
#![expect(clippy::float_arithmetic, reason = "geometry of pages")]

use juesuan_model::Location;
use juesuan_pdf::{Bounds, Page, Turn};

/// How a page is turned to be read.
#[derive(Clone, Copy, Debug)]
pub(super) struct Upright {
    pub(super) number: u32,
    turn: Turn,
    /// The size of the page as shown.
    width: f64,
    height: f64,
    /// How much the lines of the page fall.
    tilt: f64,
}

impl Upright {
    /// The way that most of its characters run.
    pub(super) fn of(page: &Page) -> Self {
        let count = |turn| page.glyphs.iter().filter(|glyph| glyph.turn == turn).count();
        let turns = [Turn::Right, Turn::Down, Turn::Left, Turn::Up].into_iter().rev();
        let turn = turns.max_by_key(|turn| count(*turn)).unwrap_or_default();
        Self {
            number: page.number,
            turn,
            width: page.area.x1,
            height: page.area.y1,
            tilt: page.tilt,
        }
    }

    /// The page turned upright.
    pub(super) fn page(&self, page: Page) -> Page {
        if self.turn == Turn::Right {
            return page;
        }
        let mut page = page;
        page.area = self.upright(page.area);
        for glyph in &mut page.glyphs {
            glyph.bounds = self.upright(glyph.bounds);
            let (x, y) = glyph.home;
            let home = self.upright(Bounds::new(x, y, x, y));
            glyph.home = (home.x0, home.y0);
        }
        for rule in &mut page.rules {
            rule.bounds = self.upright(rule.bounds);
        }
        for picture in &mut page.pictures {
            *picture = self.upright(*picture);
        }
        page
    }

    fn upright(&self, shown: Bounds) -> Bounds {
        let (width, height) = (self.width, self.height);
        let Bounds { x0, y0, x1, y1 } = shown;
        match self.turn {
            Turn::Right => shown,
            Turn::Down => Bounds::new(y0, width - x0, y1, width - x1),
            Turn::Left => Bounds::new(width - x0, height - y0, width - x1, height - y1),
            Turn::Up => Bounds::new(height - y0, x0, height - y1, x1),
        }
    }

    /// Where a box is shown on a page that does not lie level: as much lower as its middle lies to
    /// the right of the middle of the page.
    fn tilted(&self, level: Bounds) -> Bounds {
        let down = self.tilt * (level.middle_x() - self.width / 2.0);
        let right = -self.tilt * (level.middle_y() - self.height / 2.0);
        let Bounds { x0, y0, x1, y1 } = level;
        Bounds { x0: x0 + right, x1: x1 + right, y0: y0 + down, y1: y1 + down }
    }

    /// Where a box of the upright page is shown.
    pub(super) fn shown(&self, upright: Bounds) -> Location {
        let (width, height) = (self.width, self.height);
        let upright = self.tilted(upright);
        let Bounds { x0, y0, x1, y1 } = upright;
        let shown = match self.turn {
            Turn::Right => upright,
            Turn::Down => Bounds::new(width - y0, x0, width - y1, x1),
            Turn::Left => Bounds::new(width - x0, height - y0, width - x1, height - y1),
            Turn::Up => Bounds::new(y0, height - x0, y1, height - x1),
        };
        let bbox = [
            whole(shown.x0.floor()),
            whole(shown.y0.floor()),
            whole(shown.x1.ceil()),
            whole(shown.y1.ceil()),
        ];
        Location::Page { page: self.number, bbox }
    }
}

#[expect(clippy::cast_possible_truncation, reason = "points of a page; casts saturate")]
const fn whole(points: f64) -> i32 {
    points as i32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_turned_comes_back_to_its_place() {
        for turn in [Turn::Right, Turn::Down, Turn::Left, Turn::Up] {
            let upright = Upright { number: 3, turn, width: 600.0, height: 800.0, tilt: 0.0 };
            let shown = Bounds::new(100.0, 50.0, 140.0, 60.0);
            let bbox = [100, 50, 140, 60];
            let back = upright.shown(upright.upright(shown));
            assert_eq!(back, Location::Page { page: 3, bbox }, "{turn:?}");
        }
        let down = Upright { number: 1, turn: Turn::Down, width: 600.0, height: 800.0, tilt: 0.0 };
        let first = down.upright(Bounds::new(580.0, 20.0, 590.0, 100.0));
        assert_eq!(first, Bounds::new(20.0, 10.0, 100.0, 20.0), "the right edge is the top");
    }
}
