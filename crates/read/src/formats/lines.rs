//! Lines of a text with their numbers, whatever ends them.

use juesuan_model::Place;
use memchr::memchr_iter;

/// A line without its end.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line<'a> {
    /// The characters.
    pub(super) text: &'a str,
    /// Its number, from 1.
    pub(super) number: u32,
    /// Its first byte in the source.
    pub(super) start: usize,
}

impl Line<'_> {
    pub(super) fn is_blank(&self) -> bool {
        self.text.chars().all(char::is_whitespace)
    }

    /// The place of a byte of the line.
    pub(super) fn place(&self, byte: usize) -> Place {
        let before = self.text.get(..byte).unwrap_or(self.text);
        let column = u32::try_from(before.chars().count()).unwrap_or(u32::MAX);
        Place::new(self.number, column.saturating_add(1))
    }
}

/// All lines; `\n`, `\r\n` and form feeds end them.
pub(super) fn lines(text: &str) -> Vec<Line<'_>> {
    let breaks = memchr_iter(b'\n', text.as_bytes());
    let mut lines = Vec::with_capacity(breaks.clone().count() + 1);
    let mut start = 0;
    for end in breaks.chain([text.len()]) {
        let piece = text.get(start..end).unwrap_or("");
        let number = u32::try_from(lines.len()).unwrap_or(u32::MAX).saturating_add(1);
        let content = piece.strip_suffix('\r').unwrap_or(piece);
        lines.push(Line { text: content, number, start });
        start = end + 1;
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_counted_whatever_ends_them() {
        let all = lines("甲\r\n乙丙\n");
        let texts: Vec<_> = all.iter().map(|l| (l.number, l.text, l.start)).collect();
        assert_eq!(texts, [(1, "甲", 0), (2, "乙丙", 5), (3, "", 12)]);
        assert_eq!(all[1].place(3), Place::new(2, 2));
    }
}
