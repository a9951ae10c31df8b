//! The decoded text of a checked file, by lines.

/// The text of the checked file, giving any of its lines at once.
///
/// Reports quote the line a finding stands in. Files of many megabytes have findings by the
/// thousand, so the beginnings of lines are found once, not once a finding.
#[derive(Clone, Debug, Default)]
pub struct SourceText<'a> {
    text: &'a str,
    /// The byte offsets at which lines begin.
    starts: Vec<usize>,
}

impl<'a> SourceText<'a> {
    /// Looks for the lines of `text`: that of the file, or the listing of one that has no lines.
    /// Without text, reports show the quotes that the evidence carries.
    #[must_use]
    pub fn new(text: &'a str) -> Self {
        let behind_breaks = text.match_indices('\n').map(|(at, _)| at.saturating_add(1));
        Self { text, starts: std::iter::once(0).chain(behind_breaks).collect() }
    }

    /// The line of that number, counted from 1, without its line break.
    #[must_use]
    pub fn line(&self, number: u32) -> Option<&'a str> {
        let index = usize::try_from(number).ok()?.checked_sub(1)?;
        let start = *self.starts.get(index)?;
        let end = self.starts.get(index.saturating_add(1)).copied().unwrap_or(self.text.len());
        let line = self.text.get(start..end)?;
        let line = line.strip_suffix('\n').unwrap_or(line);
        Some(line.strip_suffix('\r').unwrap_or(line))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_count_from_one_and_lose_their_breaks() {
        let source = SourceText::new("第一行\r\n\n第三行");
        assert_eq!(source.line(1), Some("第一行"));
        assert_eq!(source.line(2), Some(""));
        assert_eq!(source.line(3), Some("第三行"));
        assert_eq!(source.line(4), None);
        assert_eq!(source.line(0), None, "0 is the line of what has no place");
    }

    #[test]
    fn no_text_has_one_empty_line() {
        assert_eq!(SourceText::new("").line(1), Some(""));
        assert_eq!(SourceText::default().line(1), None);
    }
}
