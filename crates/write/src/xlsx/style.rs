//! How cells look.

use juesuan_model::{Lang, Severity};
use rust_xlsxwriter::{Format, FormatAlign, FormatBorder, FormatUnderline};

const LINE: u32 = 0xDF_D9CD;
const INK: u32 = 0x21_1F1B;
const LINK: u32 = 0x1D_4F7C;

/// The formats of all sheets, and their language.
#[derive(Debug)]
pub(super) struct Style {
    pub(super) lang: Lang,
    pub(super) head: Format,
    pub(super) number_head: Format,
    pub(super) text: Format,
    /// For text that Excel would take for a formula as soon as somebody edits the cell.
    pub(super) literal: Format,
    pub(super) number: Format,
    pub(super) position: Format,
    pub(super) link: Format,
    pub(super) warning: Format,
    error: Format,
    suspicion: Format,
    note: Format,
}

impl Style {
    pub(super) fn new(lang: Lang) -> Self {
        let plain = || {
            Format::new()
                .set_font_name(lang.pick("微软雅黑", "Calibri"))
                .set_font_size(10)
                .set_font_color(INK)
                .set_align(FormatAlign::Top)
        };
        let lined = || {
            plain()
                .set_text_wrap()
                .set_border_bottom(FormatBorder::Thin)
                .set_border_bottom_color(LINE)
        };
        let cell = || lined().set_align(FormatAlign::Left).set_indent(1);
        let number = || lined().set_align(FormatAlign::Right);
        let head = || {
            plain()
                .set_bold()
                .set_font_color(0xFF_FFFF)
                .set_background_color(0x3A_4A5A)
                .set_align(FormatAlign::VerticalCenter)
                .set_text_wrap()
        };
        let filled = |ink: u32, ground: u32| {
            lined()
                .set_bold()
                .set_font_color(ink)
                .set_background_color(ground)
                .set_align(FormatAlign::Center)
        };
        Self {
            lang,
            head: head().set_align(FormatAlign::Left).set_indent(1),
            number_head: head().set_align(FormatAlign::Right),
            text: cell(),
            literal: cell().set_quote_prefix(),
            number: number().set_num_format("#,##0"),
            position: number(),
            link: cell().set_font_color(LINK).set_underline(FormatUnderline::Single),
            warning: plain().set_bold().set_font_color(0x8A_5300),
            error: filled(0xA3_170F, 0xFB_E3DF),
            suspicion: filled(0x7A_4700, 0xFB_ECC9),
            note: filled(0x27_4F70, 0xDF_EAF4),
        }
    }

    /// The format of a severity's cell.
    pub(super) const fn severity(&self, severity: Severity) -> &Format {
        match severity {
            Severity::Error => &self.error,
            Severity::Warning => &self.suspicion,
            Severity::Note => &self.note,
        }
    }
}
