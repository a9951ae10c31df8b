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

#[cfg(test)]
mod tests {
    use super::*;

    const TOLD: &str = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext
1\t1\t0\t0\t0\t0\t0\t0\t200\t60\t-1\t
4\t1\t1\t1\t1\t0\t10\t12\t180\t40\t-1\t
5\t1\t1\t1\t1\t1\t10\t12\t80\t40\t96.49\t收入
5\t1\t1\t1\t1\t2\t100\t14\t90\t36\t12.9\t12.50
5\t1\t1\t1\t1\t3\t190\t14\t1\t36\t95\t \n4\t3\t1\t1\t1\t0\t5\t6\t20\t20\t-1\t
5\t3\t1\t1\t1\t1\t5\t6\t20\t20\t88\t支出
5\t9\t1\t1\t1\t1\t5\t6\t20\t20\t88\t多余
5\tx\t1\t1\t1\t1\t5\t6\t20\t20\t88\t多余
broken\t1
";

    #[test]
    fn each_word_goes_to_its_picture_with_box_line_and_confidence() {
        let words = parse(TOLD, 3);
        let counts: Vec<usize> = words.iter().map(Vec::len).collect();
        assert_eq!(counts, [2, 0, 1], "blanks and what no picture has are left out");
        let amount = &words[0][1];
        assert_eq!((&*amount.text, amount.confidence), ("12.50", 12));
        assert_eq!((amount.bounds, amount.line), ([100, 14, 190, 50], [12, 52]));
        assert!(parse("", 2).iter().all(Vec::is_empty));
    }
}
