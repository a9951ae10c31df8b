//! What stands on a page. Everything is in points, from the upper left corner of the page as it is
//! shown, rotation and crop applied.
#![expect(clippy::float_arithmetic, reason = "geometry of pages")]

use borsh::{BorshDeserialize, BorshSerialize};

/// A rectangle.
#[derive(Clone, Copy, Debug, Default, PartialEq, BorshDeserialize, BorshSerialize)]
pub struct Bounds {
    /// Left.
    pub x0: f64,
    /// Top.
    pub y0: f64,
    /// Right.
    pub x1: f64,
    /// Bottom.
    pub y1: f64,
}

impl Bounds {
    /// The rectangle between two corners.
    #[must_use]
    pub const fn new(x0: f64, y0: f64, x1: f64, y1: f64) -> Self {
        Self { x0: x0.min(x1), y0: y0.min(y1), x1: x0.max(x1), y1: y0.max(y1) }
    }

    /// How wide it is.
    #[must_use]
    pub const fn width(&self) -> f64 {
        self.x1 - self.x0
    }

    /// How high it is.
    #[must_use]
    pub const fn height(&self) -> f64 {
        self.y1 - self.y0
    }

    /// The middle from left to right.
    #[must_use]
    pub const fn middle_x(&self) -> f64 {
        f64::midpoint(self.x0, self.x1)
    }

    /// The middle from top to bottom.
    #[must_use]
    pub const fn middle_y(&self) -> f64 {
        f64::midpoint(self.y0, self.y1)
    }

    /// The smallest rectangle around both.
    #[must_use]
    pub const fn union(&self, other: &Self) -> Self {
        Self {
            x0: self.x0.min(other.x0),
            y0: self.y0.min(other.y0),
            x1: self.x1.max(other.x1),
            y1: self.y1.max(other.y1),
        }
    }

    /// What both cover, if anything.
    #[must_use]
    pub fn intersection(&self, other: &Self) -> Option<Self> {
        let both = Self {
            x0: self.x0.max(other.x0),
            y0: self.y0.max(other.y0),
            x1: self.x1.min(other.x1),
            y1: self.y1.min(other.y1),
        };
        (both.x0 <= both.x1 && both.y0 <= both.y1).then_some(both)
    }

    /// Whether a point lies in it.
    #[must_use]
    pub const fn contains(&self, x: f64, y: f64) -> bool {
        self.x0 <= x && x <= self.x1 && self.y0 <= y && y <= self.y1
    }
}

/// Which way a line of text runs, seen by who looks at the page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Turn {
    /// From left to right.
    #[default]
    Right,
    /// From top to bottom: turned clockwise.
    Down,
    /// From right to left: upside down.
    Left,
    /// From bottom to top: turned counterclockwise.
    Up,
}

/// A character on the page.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Glyph {
    /// What it says; `U+FFFD` when the file does not tell.
    pub text: char,
    /// Its box: from a line of text to the next one, as wide as the text advances.
    pub bounds: Bounds,
    /// Where it belongs: its middle, or, when that is cut off, the nearest point that is shown.
    /// Workbooks cut text off at the edge of its cell.
    pub home: (f64, f64),
    /// The size of its type.
    pub size: f64,
    /// The way that its text runs.
    pub turn: Turn,
    /// Which font of the file it is set in, counted as they come; 0 when its name is not known.
    pub font: u16,
    /// Which of the operations that show text drew it.
    pub run: u32,
    /// Whether it is not painted, as text that was recognised behind a picture.
    pub is_hidden: bool,
    /// How sure it is that it says so, in hundredths: 100 unless it was recognised in a picture.
    pub confidence: u8,
}

/// A straight rule: a line, a thin filled rectangle or a side of a rectangle. It runs along the
/// longer side of its box.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rule {
    /// Its box.
    pub bounds: Bounds,
}

impl Rule {
    /// Whether it runs from left to right.
    #[must_use]
    pub const fn is_horizontal(&self) -> bool {
        self.bounds.width() >= self.bounds.height()
    }
}

/// A page.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Page {
    /// Its number, from 1.
    pub number: u32,
    /// Its area as shown.
    pub area: Bounds,
    /// Its characters in the order in which they are drawn.
    pub glyphs: Vec<Glyph>,
    /// Its rules.
    pub rules: Vec<Rule>,
    /// Where pictures are shown.
    pub pictures: Vec<Bounds>,
    /// How many characters run across lines and columns, as those of watermarks; they are not among
    /// the characters.
    pub slanted: usize,
    /// Whether its content ended before it was read to the end.
    pub is_damaged: bool,
    /// How much its lines fall as they go on, when they do not run level: points down for each
    /// across. Its glyphs and rules are where they would be, were it turned level around its middle.
    pub tilt: f64,
}
