//! Text measured in the cells of a terminal, where a Chinese character takes two.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// So many spaces.
pub(crate) fn spaces(count: usize) -> String {
    " ".repeat(count)
}

/// How a terminal measures characters.
///
/// Unicode leaves open how wide `…`, `“` or `─` are: one cell in most terminals, two in the old
/// console of Chinese Windows and wherever the user chose so.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Metric {
    /// Whether characters of ambiguous width take two cells.
    pub(crate) wide_ambiguous: bool,
}

impl Metric {
    /// How many cells a text takes.
    pub(crate) fn cells(self, text: &str) -> usize {
        if self.wide_ambiguous { text.width_cjk() } else { text.width() }
    }

    /// How many cells a character takes.
    pub(crate) fn cells_of(self, c: char) -> usize {
        if self.wide_ambiguous { c.width_cjk() } else { c.width() }.unwrap_or(0)
    }

    /// A character repeated to a width.
    pub(crate) fn filled(self, c: &str, width: usize) -> String {
        c.repeat(width.checked_div(self.cells(c)).unwrap_or(0))
    }

    /// The text with spaces behind it, as wide as a column.
    pub(crate) fn left(self, text: &str, width: usize) -> String {
        format!("{text}{}", spaces(width.saturating_sub(self.cells(text))))
    }

    /// The text with spaces before it, as numbers are set.
    pub(crate) fn right(self, text: &str, width: usize) -> String {
        format!("{}{text}", spaces(width.saturating_sub(self.cells(text))))
    }

    /// The text cut at its beginning to a width: of a path, the end tells most.
    pub(crate) fn keep_end(self, text: &str, width: usize) -> String {
        if self.cells(text) <= width {
            return text.to_owned();
        }
        let mut room = width.saturating_sub(self.cells("…"));
        let mut start = text.len();
        for (at, c) in text.char_indices().rev() {
            let Some(rest) = room.checked_sub(self.cells_of(c)) else { break };
            room = rest;
            start = at;
        }
        format!("…{}", text.get(start..).unwrap_or_default())
    }

    /// Breaks one line of text into lines of at most `width` cells, the way Chinese is set:
    /// between any two characters, but never before closing punctuation nor behind opening; words,
    /// numbers and their units stay whole.
    pub(crate) fn wrap(self, text: &str, width: usize) -> Vec<String> {
        let width = width.max(8);
        let mut lines = Vec::new();
        let mut line = String::new();
        let mut used = 0_usize;
        for piece in pieces(text) {
            let ink = self.cells(piece.trim_end());
            if used > 0 && used.saturating_add(ink) > width {
                lines.push(std::mem::take(&mut line).trim_end().to_owned());
                used = 0;
            }
            if ink <= width {
                line.push_str(piece);
                used = used.saturating_add(self.cells(piece));
                continue;
            }
            // A word wider than the line can only be cut.
            for c in piece.chars() {
                if used.saturating_add(self.cells_of(c)) > width {
                    lines.push(std::mem::take(&mut line));
                    used = 0;
                }
                line.push(c);
                used = used.saturating_add(self.cells_of(c));
            }
        }
        if !line.trim_end().is_empty() || lines.is_empty() {
            lines.push(line.trim_end().to_owned());
        }
        lines
    }
}

/// The parts of a text that must not be broken, each with the spaces behind it.
fn pieces(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let mut previous = rest.chars().next()?;
        let end = rest.char_indices().skip(1).find_map(|(at, c)| {
            let breaks = may_break(previous, c);
            previous = c;
            breaks.then_some(at)
        });
        let (piece, others) = rest.split_at(end.unwrap_or(rest.len()));
        rest = others;
        Some(piece)
    })
}

fn may_break(before: char, behind: char) -> bool {
    if behind.is_whitespace() {
        return false;
    }
    if before.is_whitespace() {
        return true;
    }
    let is_unit = before.is_ascii_digit() && "万亿元年月日个项处行列%％".contains(behind);
    let is_word = before.width() < Some(2) && behind.width() < Some(2);
    !(is_unit || is_word || "“‘（〔【《〈「『([{".contains(before) || is_closing(behind))
}

fn is_closing(c: char) -> bool {
    "，。、；：？！”’）〕】》〉」』…,.;:?!)]}%％".contains(c)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const METRIC: Metric = Metric { wide_ambiguous: false };

    #[test]
    fn numbers_keep_their_units_and_punctuation_its_place() {
        let lines = METRIC.wrap("“三公”经费合计为 1,234.50万元，应为 1,243.50万元。", 20);
        assert_eq!(lines, ["“三公”经费合计为", "1,234.50万元，应为", "1,243.50万元。"]);
    }

    #[test]
    fn a_path_is_cut_where_it_tells_least() {
        assert_eq!(METRIC.keep_end("决算/2024/沈阳.md", 12), "…024/沈阳.md");
        assert_eq!(METRIC.keep_end("短.md", 12), "短.md");
    }

    #[test]
    fn columns_are_filled_by_cells_not_characters() {
        assert_eq!(METRIC.left("应为", 6), "应为  ");
        assert_eq!(METRIC.right("年", 4), "  年");
    }

    #[test]
    fn an_old_console_gives_ambiguous_characters_two_cells() {
        let old = Metric { wide_ambiguous: true };
        assert_eq!((METRIC.cells("“三公”…"), old.cells("“三公”…")), (7, 10));
        assert_eq!((METRIC.filled("─", 10), old.filled("─", 10)), ("─".repeat(10), "─".repeat(5)));
    }

    proptest! {
        #[test]
        fn wrapping_loses_nothing_but_spaces(text in "[a-c一二“”（），。0-9 ]{0,80}", width in 8_usize..30) {
            let lines = METRIC.wrap(&text, width);
            let ink = |s: &str| s.chars().filter(|c| !c.is_whitespace()).collect::<String>();
            prop_assert_eq!(ink(&lines.concat()), ink(&text));
            for line in &lines {
                prop_assert!(METRIC.cells(line) <= width);
            }
        }
    }
}
