//! What tesseract says: a table with tabs, a line for each word.

/// A word as tesseract saw it in a picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Seen {
    pub(crate) text: String,
    /// Left, top, right and bottom in pixels of the picture.
    pub(crate) bounds: [u32; 4],
    /// The top and the bottom of its line.
    pub(crate) line: [u32; 2],
    /// How sure tesseract is, in hundredths.
    pub(crate) confidence: u8,
}

/// The level of a line, and of a word.
const LINE: &str = "4";
const WORD: &str = "5";

/// The words of each of so many pictures.
pub(crate) fn parse(told: &str, pictures: usize) -> Vec<Vec<Seen>> {
    let mut found: Vec<Vec<Seen>> = vec![Vec::new(); pictures];
    let mut line = [0, 0];
    for row in told.lines() {
        let fields: Vec<&str> = row.splitn(12, '\t').collect();
        let &[level, page, _, _, _, _, left, top, width, height, confidence, text] = &*fields
        else {
            continue;
        };
        let number = |text: &str| text.parse::<u32>().unwrap_or(0);
        let [left, top, width, height] = [left, top, width, height].map(number);
        let bounds = [left, top, left.saturating_add(width), top.saturating_add(height)];
        match level {
            LINE => line = [bounds[1], bounds[3]],
            WORD if !text.trim().is_empty() => {
                let whole = confidence.split('.').next().unwrap_or_default();
                let confidence = whole.parse().unwrap_or(0);
                let word = Seen { text: text.trim().to_owned(), bounds, line, confidence };
                let at = page.parse::<usize>().ok().and_then(|page| page.checked_sub(1));
                if let Some(words) = at.and_then(|at| found.get_mut(at)) {
                    words.push(word);
                }
            }
            _ => {}
        }
    }
    found
}
