//! How cells of packages look.

use juesuan_scheme::package::ColumnKind;
use rust_xlsxwriter::{Format, FormatAlign, FormatBorder};

const INK: u32 = 0x21_1F1B;
const LINE: u32 = 0xDF_D9CD;
const GREY: u32 = 0x8C_8C8C;

/// The formats of all sheets.
pub(super) struct Style {
    pub(super) title: Format,
    pub(super) words: Format,
    pub(super) label: Format,
    /// The head of a column that must be filled in.
    pub(super) head: Format,
    /// The head of a column that may be left empty.
    pub(super) optional_head: Format,
}

impl Style {
    pub(super) fn new() -> Self {
        let head = || {
            plain()
                .set_bold()
                .set_text_wrap()
                .set_align(FormatAlign::VerticalCenter)
                .set_align(FormatAlign::Left)
        };
        Self {
            title: plain().set_bold().set_font_size(16),
            words: plain().set_text_wrap(),
            label: plain()
                .set_background_color(0xF3_F0EA)
                .set_border_bottom(FormatBorder::Thin)
                .set_border_bottom_color(LINE),
            head: head().set_font_color(0xFF_FFFF).set_background_color(0x3A_4A5A),
            optional_head: head().set_font_color(INK).set_background_color(0xD5_DBE1),
        }
    }
}

fn plain() -> Format {
    Format::new()
        .set_font_name("微软雅黑")
        .set_font_size(10)
        .set_font_color(INK)
        .set_align(FormatAlign::Top)
}

/// How the cells of a column show what they hold.
const fn number_format(kind: ColumnKind) -> &'static str {
    match kind {
        ColumnKind::Money => "#,##0.00",
        ColumnKind::Count => "0",
        ColumnKind::Number => "General",
        ColumnKind::Date => "yyyy-mm-dd",
        // Codes and words stay as they are typed.
        _ => "@",
    }
}

/// A cell to fill in.
pub(super) fn input(kind: ColumnKind) -> Format {
    let format = plain().set_num_format(number_format(kind)).set_unlocked();
    if matches!(kind, ColumnKind::Text) { format.set_text_wrap() } else { format }
}

/// A cell that only shows how to fill in.
pub(super) fn example(kind: ColumnKind) -> Format {
    plain()
        .set_num_format(number_format(kind))
        .set_font_color(GREY)
        .set_italic()
        .set_border_bottom(FormatBorder::Thin)
        .set_border_bottom_color(LINE)
}
