//! Text measured in the cells of a terminal, where a Chinese character takes two.

use std::borrow::Cow;

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// So many spaces.
pub(crate) fn spaces(count: usize) -> Cow<'static, str> {
    /// More are hardly ever wanted.
    const MANY: &str = "                                                                      ";
    MANY.get(..count).map_or_else(|| Cow::Owned(" ".repeat(count)), Cow::Borrowed)
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
        let mut sum = 0_usize;
        for c in text.chars() {
            let Some(cells) = self.usual(c) else {
                return if self.wide_ambiguous { text.width_cjk() } else { text.width() };
            };
            sum = sum.saturating_add(cells);
        }
        sum
    }

    /// The cells of a character of which nearly all texts consist and whose neighbours do not
    /// matter: the tables of Unicode need not be asked for it.
    const fn usual(self, c: char) -> Option<usize> {
        match c {
            ' '..='~' => Some(1),
            '\u{4e00}'..='\u{9fff}' | '\u{3001}'..='\u{3011}' | '\u{ff01}'..='\u{ff5e}' => Some(2),
            '“' | '”' | '…' | '—' | '·' | '│' | '─' => {
                Some(if self.wide_ambiguous { 2 } else { 1 })
            }
            _ => None,
        }
    }

    /// How many cells a character takes.
    pub(crate) fn cells_of(self, c: char) -> usize {
        let width = || if self.wide_ambiguous { c.width_cjk() } else { c.width() };
        self.usual(c).or_else(width).unwrap_or(0)
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
    pub(crate) fn wrap(self, text: &str, width: usize) -> Vec<&str> {
        let width = width.max(8);
        let mut lines = Vec::new();
        let mut rest = text;
        while let Some(over) = self.overflow(rest, width) {
            // A word wider than the line can only be cut.
            let end = last_break(rest, over).unwrap_or(over);
            let (line, others) = rest.split_at(end);
            lines.push(line.trim_end());
            rest = others;
        }
        let last = rest.trim_end();
        if !last.is_empty() || lines.is_empty() {
            lines.push(last);
        }
        lines
    }

    /// The first character with ink that reaches beyond the width.
    fn overflow(self, text: &str, width: usize) -> Option<usize> {
        let mut used = 0_usize;
        let mut characters = text.char_indices();
        let over = characters.find(|(_, c)| {
            used = used.saturating_add(self.cells_of(*c));
            used > width && !c.is_whitespace()
        });
        over.map(|(at, _)| at)
    }
}

/// The last place, not behind the character at `over`, at which a line may end.
fn last_break(text: &str, over: usize) -> Option<usize> {
    let mut behind = text.get(over..)?.chars().next()?;
    text.get(..over)?.char_indices().rev().find_map(|(at, c)| {
        let breaks = may_break(c, behind);
        behind = c;
        breaks.then(|| at.saturating_add(c.len_utf8()))
    })
}

fn may_break(before: char, behind: char) -> bool {
    if behind.is_whitespace() {
        return false;
    }
    if before.is_whitespace() {
        return true;
    }
    let is_ideograph = |c| matches!(c, '\u{4e00}'..='\u{9fff}');
    if is_ideograph(before) && is_ideograph(behind) {
        return true;
    }
    let is_unit = before.is_ascii_digit() && "万亿元年月日个项处行列%％".contains(behind);
    let is_narrow = |c| Metric::default().cells_of(c) < 2;
    let is_word = is_narrow(before) && is_narrow(behind);
    !(is_unit || is_word || is_opening(before) || is_closing(behind))
}

const fn is_opening(c: char) -> bool {
    matches!(c, '“' | '‘' | '（' | '〔' | '【' | '《' | '〈' | '「' | '『' | '(' | '[' | '{')
}

const fn is_closing(c: char) -> bool {
    matches!(
        c,
        '，' | '。'
            | '、'
            | '；'
            | '：'
            | '？'
            | '！'
            | '”'
            | '’'
            | '）'
            | '〕'
            | '】'
            | '》'
            | '〉'
            | '」'
            | '』'
            | '…'
            | ','
            | '.'
            | ';'
            | ':'
            | '?'
            | '!'
            | ')'
            | ']'
            | '}'
            | '%'
            | '％'
    )
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
        fn usual_characters_are_as_wide_as_unicode_has_them(
            text in "[ -~一-鿿、-】！-～“”…—·│─é\u{301}\u{fe0f}]{0,12}", old: bool,
        ) {
            let metric = Metric { wide_ambiguous: old };
            prop_assert_eq!(metric.cells(&text), if old { text.width_cjk() } else { text.width() });
            for c in text.chars() {
                let width = if old { c.width_cjk() } else { c.width() };
                prop_assert_eq!(metric.cells_of(c), width.unwrap_or(0));
            }
        }

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
