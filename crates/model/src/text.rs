//! Text that knows where every character stood, and its folded form for matching.

/// A place in a source: lines and columns count from 1, columns in characters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// Line in a text source, or line of text on the page.
    pub line: u32,
    /// Column in characters.
    pub column: u32,
    /// How many characters are meant, 0 when unknown.
    pub width: u32,
}

impl Place {
    /// The place of one character.
    #[must_use]
    pub const fn new(line: u32, column: u32) -> Self {
        Self { line, column, width: 0 }
    }

    /// The same place, so many characters wide.
    #[must_use]
    pub const fn wide(self, width: u32) -> Self {
        Self { width, ..self }
    }
}

/// Text whose pieces may come from several lines of the source.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Text {
    content: String,
    /// Where the piece that begins at a byte offset began in the source.
    runs: Vec<(u32, Place)>,
}

impl Text {
    /// Text that begins at `place`.
    #[must_use]
    pub fn new(content: impl Into<String>, place: Place) -> Self {
        let mut text = Self::default();
        text.push(&content.into(), place);
        text
    }

    /// The characters.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.content
    }

    /// Whether there is nothing but white space.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        self.content.trim().is_empty()
    }

    /// Adds a piece that began at `place`.
    pub fn push(&mut self, content: &str, place: Place) {
        self.runs.push((offset(self.content.len()), place));
        self.content.push_str(content);
        if content.len() > LONG_RUN {
            self.split_last_run(place);
        }
    }

    /// Marks places inside a long piece, so that finding one never walks far.
    fn split_last_run(&mut self, place: Place) {
        let Some((start, _)) = self.runs.last().copied() else {
            return;
        };
        let mut marked = start as usize;
        let piece = self.content.get(marked..).unwrap_or("");
        for (column, (at, _)) in piece.char_indices().enumerate() {
            let here = (start as usize).saturating_add(at);
            if here.saturating_sub(marked) >= LONG_RUN {
                let column = place.column.saturating_add(offset(column));
                self.runs.push((offset(here), Place::new(place.line, column)));
                marked = here;
            }
        }
    }

    /// Adds another text, keeping its places.
    pub fn append(&mut self, other: &Self) {
        let base = offset(self.content.len());
        let moved = other.runs.iter().map(|(at, place)| (at.saturating_add(base), *place));
        self.runs.extend(moved);
        self.content.push_str(&other.content);
    }

    /// Where the text begins.
    #[must_use]
    pub fn start(&self) -> Place {
        self.runs.first().map_or_else(Place::default, |(_, place)| *place)
    }

    /// The place of the character at a byte offset of [`Self::as_str`].
    #[must_use]
    pub fn place_at(&self, byte: usize) -> Place {
        let index = self.runs.partition_point(|(at, _)| (*at as usize) <= byte);
        let Some((at, place)) = index.checked_sub(1).and_then(|i| self.runs.get(i)) else {
            return self.start();
        };
        let before = self.content.get(*at as usize..byte).map_or(0, |piece| piece.chars().count());
        Place::new(place.line, place.column.saturating_add(offset(before)))
    }

    /// The place of the bytes from `start` to `end`, with their width in characters.
    #[must_use]
    pub fn place_of(&self, start: usize, end: usize) -> Place {
        let width = self.content.get(start..end).map_or(0, |piece| piece.chars().count());
        self.place_at(start).wide(offset(width))
    }
}

/// Bytes after which a long piece gets another mark.
const LONG_RUN: usize = 512;

fn offset(bytes: usize) -> u32 {
    u32::try_from(bytes).unwrap_or(u32::MAX)
}

/// One character as matching sees it: full width digits, letters and punctuation become their
/// half width twins, the many dashes one `-`.
#[must_use]
pub const fn fold_char(c: char) -> char {
    match c {
        '（' | '〔' | '﹙' | '［' => '(',
        '）' | '〕' | '﹚' | '］' => ')',
        '，' => ',',
        '：' => ':',
        '；' => ';',
        '％' => '%',
        '．' => '.',
        '－' | '–' | '—' | '―' | '‐' | '‑' | '−' => '-',
        '“' | '”' | '„' | '‟' | '＂' | '「' | '」' => '"',
        '‘' | '’' | '＇' => '\'',
        '＝' => '=',
        '＋' => '+',
        '／' => '/',
        '＊' => '*',
        '～' => '~',
        '？' => '?',
        '！' => '!',
        '＜' | '〈' => '<',
        '＞' | '〉' => '>',
        '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' => unfold_width(c),
        _ => c,
    }
}

const fn unfold_width(c: char) -> char {
    match char::from_u32((c as u32).saturating_sub(0xFEE0)) {
        Some(half) => half,
        None => c,
    }
}

/// Text without white space and with folded characters, and the way back to the original.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Folded {
    text: String,
    /// For each byte of `text`, the byte offset of its character in the original.
    origins: Vec<u32>,
    end: u32,
}

impl Folded {
    /// Folds `original`.
    #[must_use]
    pub fn new(original: &str) -> Self {
        let mut text = String::with_capacity(original.len());
        let mut origins = Vec::with_capacity(original.len());
        for (at, c) in original.char_indices() {
            if c.is_whitespace() || matches!(c, '\u{200b}' | '\u{feff}' | '\u{ad}') {
                continue;
            }
            text.push(fold_char(c));
            origins.resize(text.len(), offset(at));
        }
        Self { text, origins, end: offset(original.len()) }
    }

    /// The folded characters.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The byte offset in the original of the character at a byte offset here.
    #[must_use]
    pub fn origin(&self, byte: usize) -> usize {
        self.origins.get(byte).copied().unwrap_or(self.end) as usize
    }

    /// The byte range in the original of a range here; it ends behind the last character.
    #[must_use]
    pub fn origin_range(&self, original: &str, start: usize, end: usize) -> (usize, usize) {
        let first = self.origin(start);
        let Some(last) = end.checked_sub(1).filter(|last| *last >= start) else {
            return (first, first);
        };
        let last = self.origin(last);
        let width =
            original.get(last..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
        (first, last.saturating_add(width))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_number_broken_over_lines_keeps_both_places() {
        let mut text = Text::new("支出 65", Place::new(7, 3));
        text.push("669.54 万元", Place::new(9, 1));
        assert_eq!(text.place_at("支出 ".len()), Place::new(7, 6));
        assert_eq!(text.place_at("支出 65".len()), Place::new(9, 1));
        let folded = Folded::new(text.as_str());
        assert_eq!(folded.as_str(), "支出65669.54万元");
        let (start, end) = folded.origin_range(text.as_str(), 6, 6 + "65669.54".len());
        assert_eq!(text.as_str().get(start..end), Some("65669.54"));
    }

    #[test]
    fn widths_and_brackets_fold_together() {
        assert_eq!(Folded::new("（一）　１，２３４．５０％").as_str(), "(一)1,234.50%");
    }

    proptest! {
        #[test]
        fn every_folded_byte_leads_back(original in "\\PC{0,60}") {
            let folded = Folded::new(&original);
            for (at, c) in folded.as_str().char_indices() {
                let back = original.get(folded.origin(at)..).and_then(|r| r.chars().next());
                prop_assert_eq!(back.map(fold_char), Some(c));
            }
        }
    }
}
