//! Text that knows where every character stood, and its folded form for matching.

use std::borrow::Cow;

use ecow::EcoString;

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
    /// Nearly all texts are cells of few characters, which need no memory of their own.
    content: EcoString,
    /// Where the first piece began.
    first: Start,
    /// The further pieces. Nearly all texts are cells of one piece, hence the box.
    more: Option<Box<Pieces>>,
}

/// Line and column at which a piece began; the line is 0 when there is none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Start(u32, u32);

/// Pieces of a text: the byte each begins at, and where it began in the source.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Pieces(Vec<(u32, Place)>);

impl Text {
    /// Text that begins at `place`.
    #[must_use]
    pub fn new(content: impl Into<EcoString>, place: Place) -> Self {
        let first = Start(place.line, place.column);
        let mut text = Self { content: content.into(), first, more: None };
        if text.content.len() > LONG_RUN {
            text.mark_inside(0, place);
        }
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
        self.content.chars().all(char::is_whitespace)
    }

    /// Adds a piece that began at `place`.
    pub fn push(&mut self, content: &str, place: Place) {
        let start = self.content.len();
        self.mark(offset(start), place);
        self.content.push_str(content);
        if content.len() > LONG_RUN {
            self.mark_inside(start, place);
        }
    }

    /// Remembers that a piece begins at a byte.
    fn mark(&mut self, at: u32, place: Place) {
        if self.first == Start::default() {
            self.first = Start(place.line, place.column);
        } else {
            self.more.get_or_insert_default().0.push((at, place));
        }
    }

    /// Marks places inside a long last piece, so that finding one never walks far.
    fn mark_inside(&mut self, start: usize, place: Place) {
        let piece = self.content.get(start..).unwrap_or("");
        let mut marked = start;
        let mut marks = Vec::new();
        for (column, (at, _)) in piece.char_indices().enumerate() {
            let here = start.saturating_add(at);
            if here.saturating_sub(marked) >= LONG_RUN {
                let column = place.column.saturating_add(offset(column));
                marks.push((offset(here), Place::new(place.line, column)));
                marked = here;
            }
        }
        self.more.get_or_insert_default().0.extend(marks);
    }

    /// Adds another text, keeping its places.
    pub fn append(&mut self, other: &Self) {
        let base = offset(self.content.len());
        if other.first != Start::default() {
            self.mark(base, other.start());
        }
        for (at, place) in other.further() {
            self.mark(at.saturating_add(base), *place);
        }
        self.content.push_str(&other.content);
    }

    /// Where the text begins.
    #[must_use]
    pub fn start(&self) -> Place {
        let Start(line, column) = self.first;
        Place::new(line, column)
    }

    fn further(&self) -> &[(u32, Place)] {
        self.more.as_ref().map_or(&[], |pieces| &pieces.0)
    }

    /// The place of the character at a byte offset of [`Self::as_str`].
    #[must_use]
    pub fn place_at(&self, byte: usize) -> Place {
        let further = self.further();
        let index = further.partition_point(|(at, _)| (*at as usize) <= byte);
        let piece = index.checked_sub(1).and_then(|index| further.get(index));
        let (at, place) = piece.copied().unwrap_or_else(|| (0, self.start()));
        let before = self.content.get(at as usize..byte).map_or(0, |piece| piece.chars().count());
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

/// Whether folding drops a character.
fn is_dropped(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{200b}' | '\u{feff}' | '\u{ad}')
}

/// How many bytes a character takes that begins with a byte, if folding keeps all such characters
/// as they are; else 0. Most text is such, and passed over without a look at its characters.
static PLAIN: [u8; 256] = {
    let mut plain = [0; 256];
    let (mut byte, mut rest) = (0_u8, plain.as_mut_slice());
    while let Some((first, others)) = rest.split_first_mut() {
        *first = match byte {
            0x21..=0x7e => 1,
            0xe4..=0xe9 => 3,
            _ => 0,
        };
        byte = byte.wrapping_add(1);
        rest = others;
    }
    plain
};

/// Whether a byte begins one of the Chinese characters of three bytes that folding keeps.
const fn is_plain_chinese(byte: u8) -> bool {
    matches!(byte, 0xe4..=0xe9)
}

/// The first byte from `from` on, where a character begins, that may begin one which folding
/// changes.
fn next_doubtful(bytes: &[u8], from: usize) -> Option<usize> {
    let mut at = from;
    loop {
        let rest = bytes.get(at..)?;
        // Two at a time: else each step waits for the length of the character before.
        if let Some([first, _, _, second, _, _]) = rest.first_chunk()
            && is_plain_chinese(*first) & is_plain_chinese(*second)
        {
            at = at.saturating_add(6);
            continue;
        }
        match *PLAIN.get(usize::from(*rest.first()?))? {
            0 => return Some(at),
            length => at = at.saturating_add(usize::from(length)),
        }
    }
}

/// The first character from byte `from` on that folding changes or drops.
fn next_change(text: &str, from: usize) -> Option<(usize, char)> {
    let mut from = from;
    loop {
        let at = next_doubtful(text.as_bytes(), from)?;
        let c = text.get(at..)?.chars().next()?;
        if is_dropped(c) || fold_char(c) != c {
            return Some((at, c));
        }
        from = at.saturating_add(c.len_utf8());
    }
}

/// The first white space in a text.
#[must_use]
pub fn first_blank(text: &str) -> Option<usize> {
    let mut from = 0_usize;
    loop {
        let at = next_doubtful(text.as_bytes(), from)?;
        let c = text.get(at..)?.chars().next()?;
        if c.is_whitespace() {
            return Some(at);
        }
        from = at.saturating_add(c.len_utf8());
    }
}

/// The folded form of words, for comparing: without white space and with folded characters.
#[must_use]
pub fn fold(text: &str) -> Cow<'_, str> {
    let Some(first) = next_change(text, 0) else { return Cow::Borrowed(text) };
    let mut folded = String::with_capacity(text.len());
    fold_from(text, Some(first), &mut folded, |_, _| {});
    Cow::Owned(folded)
}

/// Folds `text`, whose first change is known; `shifted` is told from which byte on the folded text
/// stands elsewhere than before against the original: the byte in the folded text and that in
/// the original.
fn fold_from(
    text: &str,
    first: Option<(usize, char)>,
    folded: &mut String,
    mut shifted: impl FnMut(usize, usize),
) {
    let (mut done, mut change) = (0, first);
    while let Some((at, c)) = change {
        folded.push_str(text.get(done..at).unwrap_or(""));
        if !is_dropped(c) {
            folded.push(fold_char(c));
        }
        done = at.saturating_add(c.len_utf8());
        shifted(folded.len(), done);
        change = next_change(text, done);
    }
    folded.push_str(text.get(done..).unwrap_or(""));
}

/// Text without white space and with folded characters, and the way back to the original.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Folded {
    text: String,
    /// From which byte of `text` on the original stands where: between two of these both go on
    /// in step. A character that became narrower shifts only what follows it.
    shifts: Vec<(u32, u32)>,
    end: u32,
}

impl Folded {
    /// Folds `original`.
    #[must_use]
    pub fn new(original: &str) -> Self {
        let mut text = String::with_capacity(original.len());
        let mut shifts: Vec<(u32, u32)> = Vec::new();
        fold_from(original, next_change(original, 0), &mut text, |here, there| {
            let shift = (offset(here), offset(there));
            match shifts.last_mut().filter(|last| last.0 == shift.0) {
                Some(last) => *last = shift,
                None => shifts.push(shift),
            }
        });
        Self { text, shifts, end: offset(original.len()) }
    }

    /// The folded characters.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The byte offset in the original of the character that begins at a byte offset here.
    #[must_use]
    pub fn origin(&self, byte: usize) -> usize {
        if byte >= self.text.len() {
            return self.end as usize;
        }
        let index = self.shifts.partition_point(|(here, _)| (*here as usize) <= byte);
        let shift = index.checked_sub(1).and_then(|index| self.shifts.get(index));
        let (here, there) = shift.copied().unwrap_or_default();
        (there as usize).saturating_add(byte.saturating_sub(here as usize))
    }

    /// The first byte here whose character stands at or behind a byte of the original.
    #[must_use]
    pub fn at_origin(&self, original: usize) -> usize {
        let index = self.shifts.partition_point(|(_, there)| (*there as usize) <= original);
        let shift = index.checked_sub(1).and_then(|index| self.shifts.get(index));
        let (here, there) = shift.copied().unwrap_or_default();
        let inside = (here as usize).saturating_add(original.saturating_sub(there as usize));
        let next = self.shifts.get(index).map_or(self.text.len(), |(here, _)| *here as usize);
        inside.min(next)
    }

    /// The byte range in the original of a range here; it ends behind the last character.
    #[must_use]
    pub fn origin_range(&self, original: &str, start: usize, end: usize) -> (usize, usize) {
        let first = self.origin(start);
        let Some(last) = end.checked_sub(1).filter(|last| *last >= start) else {
            return (first, first);
        };
        let is_start = |byte: &usize| self.text.is_char_boundary(*byte);
        let last = self.origin((0..=last).rev().find(is_start).unwrap_or(0));
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
    fn any_white_space_is_found() {
        let blanks = (0..0x4000).filter_map(char::from_u32).filter(|c| c.is_whitespace());
        for blank in blanks {
            assert_eq!(first_blank(&format!("甲a。“１{blank}乙")), Some(13), "{blank:?}");
        }
        assert_eq!(first_blank("甲a。“１乙\u{200b}"), None);
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
