//! The line a finding stands in, cut to what matters, with the place marked.

use juesuan_model::Evidence;

use crate::SourceText;
use crate::clean::{CELL_BORDER, visible};
use crate::width::Metric;

/// A window on a line of the source, in visible characters.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Excerpt {
    /// The line's number, 0 for sources without lines.
    pub(crate) line: u32,
    /// What stands before the place.
    pub(crate) before: String,
    /// The place. Empty when a figure is missing there, or the place is unknown.
    pub(crate) mark: String,
    /// What stands behind the place.
    pub(crate) after: String,
    /// Whether the place is known.
    pub(crate) is_placed: bool,
}

/// How much of a line is shown.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Window {
    /// In cells.
    pub(crate) room: usize,
    /// As the terminal measures.
    pub(crate) metric: Metric,
}

impl Excerpt {
    /// The line of `evidence` within a window; `None` when there is no such line.
    ///
    /// Lines of these documents are whole paragraphs or table rows of 2,000 characters. The mark
    /// is kept, and what room is left is shared by both sides.
    pub(crate) fn of(source: &SourceText<'_>, evidence: &Evidence, window: Window) -> Option<Self> {
        let line = source.line(evidence.line)?;
        let placed = split(line, evidence);
        let (before, mark, after) = placed.unwrap_or(("", "", line));
        let (before, after) = (before.trim_start_matches([' ', '\u{3000}']), after.trim_end());
        if before.is_empty() && mark.is_empty() && after.is_empty() {
            return None;
        }
        let mark = window.head(mark);
        let free = window.less(&mark);
        let behind = free.measure(after.chars(), free.room / 2);
        let before = Window { room: free.room.saturating_sub(behind), ..free }.tail(before);
        let after = free.less(&before).head(after);
        let line = if evidence.has_no_line() { 0 } else { evidence.line };
        Some(Self { line, before, mark, after, is_placed: placed.is_some() })
    }
}

/// The line before, at and behind the place; `None` when the line has no such place.
fn split<'a>(line: &'a str, evidence: &Evidence) -> Option<(&'a str, &'a str, &'a str)> {
    let column = usize::try_from(evidence.column).ok()?.checked_sub(1)?;
    // The end of the line is a place too: there stands, or rather stands not, its last cell.
    let (before, rest) = split_behind(line, column)?;
    let width = width(rest, evidence);
    let (mark, after) = split_behind(rest, width).unwrap_or((rest, ""));
    Some((before, mark, after))
}

/// A text before and behind so many characters; `None` when it has fewer.
fn split_behind(text: &str, count: usize) -> Option<(&str, &str)> {
    let mut characters = text.chars();
    if let Some(last) = count.checked_sub(1) {
        characters.nth(last)?;
    }
    let behind = characters.as_str();
    Some((text.get(..text.len().saturating_sub(behind.len()))?, behind))
}

/// How many characters are meant. When nobody said, as many as the quote shares with the line.
fn width(rest: &str, evidence: &Evidence) -> usize {
    match usize::try_from(evidence.width) {
        Ok(0) if evidence.quote.is_empty() => 0,
        Ok(0) | Err(_) => {
            let same = rest.chars().zip(evidence.quote.chars()).take_while(|(a, b)| a == b);
            same.count().max(1)
        }
        Ok(width) => width,
    }
}

impl Window {
    /// The cells that are left beside a text.
    fn less(self, text: &str) -> Self {
        let used = self.measure(text.chars(), self.room);
        Self { room: self.room.saturating_sub(used), ..self }
    }

    /// The cells of a character as excerpts show it.
    fn cells_of(self, c: char) -> usize {
        match c {
            '\t' => self.metric.cells(CELL_BORDER),
            _ if c.is_control() => 1,
            _ => self.metric.cells_of(c),
        }
    }

    /// The cells that characters take, or `most` if they take more. A file may be a single line:
    /// what lies outside of the window must not be walked through.
    fn measure(self, characters: impl Iterator<Item = char>, most: usize) -> usize {
        let mut sum = 0_usize;
        for c in characters {
            sum = sum.saturating_add(self.cells_of(c));
            if sum >= most {
                return most;
            }
        }
        sum
    }

    /// The beginning of a text, visible; an ellipsis stands for the rest.
    fn head(self, text: &str) -> String {
        match text.get(..self.fitting(text.chars())) {
            Some(head) if head.len() < text.len() => format!("{}…", visible(head).trim_end()),
            _ => visible(text).into_owned(),
        }
    }

    /// The end of a text, visible; an ellipsis stands for the rest.
    fn tail(self, text: &str) -> String {
        let start = text.len().saturating_sub(self.fitting(text.chars().rev()));
        match text.get(start..) {
            Some(tail) if start > 0 => format!("…{}", visible(tail).trim_start()),
            _ => visible(text).into_owned(),
        }
    }

    /// How many bytes fit, with room for the ellipsis unless all do.
    fn fitting(self, characters: impl Iterator<Item = char>) -> usize {
        let ellipsis = self.metric.cells("…");
        let (mut used, mut kept, mut shortened) = (0_usize, 0_usize, 0_usize);
        for c in characters {
            used = used.saturating_add(self.cells_of(c));
            if used > self.room {
                return shortened;
            }
            kept = kept.saturating_add(c.len_utf8());
            if used.saturating_add(ellipsis) <= self.room {
                shortened = kept;
            }
        }
        kept
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn evidence(column: u32, width: u32, quote: &str) -> Evidence {
        Evidence { line: 1, column, width, quote: quote.to_owned(), ..Evidence::default() }
    }

    fn window(room: usize) -> Window {
        Window { room, metric: Metric::default() }
    }

    fn excerpt(line: &str, place: &Evidence, room: usize) -> String {
        let shown = Excerpt::of(&SourceText::new(line), place, window(room)).unwrap();
        format!("{}[{}]{}", shown.before, shown.mark, shown.after)
    }

    #[test]
    fn a_short_line_stays_whole_and_shows_its_cells() {
        let place = evidence(4, 5, "12.00");
        assert_eq!(excerpt("合计\t12.00\t3.00", &place, 60), "合计 │ [12.00] │ 3.00");
    }

    #[test]
    fn a_long_line_is_cut_on_both_sides() {
        let line = format!("{}支出 12.00 万元{}", "甲".repeat(900), "乙".repeat(900));
        let place = evidence(904, 5, "12.00");
        assert_eq!(excerpt(&line, &place, 30), "…甲甲甲支出 [12.00] 万元乙乙乙…");
    }

    #[test]
    fn a_long_line_with_the_place_at_its_end_shows_what_leads_there() {
        let line = format!("{}12.00", "甲".repeat(900));
        assert_eq!(excerpt(&line, &evidence(901, 5, "12.00"), 20), "…甲甲甲甲甲甲甲[12.00]");
    }

    #[test]
    fn without_a_width_the_quote_tells_how_much_is_meant() {
        assert_eq!(excerpt("合计 12.00 元", &evidence(4, 0, "12.00"), 60), "合计 [12.00] 元");
        assert_eq!(excerpt("合计 12.00 元", &evidence(4, 0, "99"), 60), "合计 [1]2.00 元");
    }

    #[test]
    fn an_empty_cell_has_a_place_without_width() {
        let place = evidence(4, 0, "");
        let shown = Excerpt::of(&SourceText::new("合计\t\t3.00"), &place, window(60)).unwrap();
        assert!(shown.is_placed && shown.mark.is_empty());
        assert_eq!(shown.before, "合计 │ ");
        let behind_all = Excerpt::of(&SourceText::new("合计\t"), &place, window(60)).unwrap();
        assert!(behind_all.is_placed, "the last cell of a row is empty most often");
    }

    #[test]
    fn pages_have_excerpts_without_numbers_and_lost_lines_none() {
        let source = SourceText::new("合计");
        let on_page = Evidence { page: Some(3), ..evidence(1, 1, "") };
        let shown = Excerpt::of(&source, &on_page, window(60)).unwrap();
        assert_eq!((shown.line, shown.mark.as_str()), (0, "合"));
        let lost = Evidence { line: 9, ..Evidence::default() };
        assert_eq!(Excerpt::of(&source, &lost, window(60)), None);
    }

    #[test]
    fn a_file_of_one_line_is_not_walked_through_for_every_finding() {
        let line = "支出 12.00 万元\t".repeat(300_000);
        let source = SourceText::new(&line);
        let began = std::time::Instant::now();
        for column in 0..2_000 {
            assert!(Excerpt::of(&source, &evidence(column, 5, ""), window(80)).is_some());
        }
        assert!(began.elapsed().as_secs() < 5, "{:?}", began.elapsed());
    }

    proptest! {
        #[test]
        fn any_line_and_place_fit_the_room(
            line in "\\PC{0,200}", column in 0_u32..220, width in 0_u32..220, room in 20_usize..80,
        ) {
            let line = line.replace('\n', " ");
            if let Some(shown) = Excerpt::of(&SourceText::new(&line), &evidence(column, width, "x"), window(room)) {
                let all = format!("{}{}{}", shown.before, shown.mark, shown.after);
                prop_assert!(window(room).measure(all.chars(), usize::MAX) <= room + 2, "{all}");
            }
        }
    }
}
