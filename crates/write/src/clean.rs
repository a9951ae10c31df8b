//! Makes visible what documents hide: control characters, marks that turn the direction of text.
//!
//! A quote may contain an escape sequence that repaints the terminal, or a mark that shows
//! `12.00` as `00.21`. Reports show such characters instead of obeying them.

use std::borrow::Cow;

/// What stands for a tab: in published tables it parts two cells.
pub(crate) const CELL_BORDER: &str = " │ ";

/// Text on one line: tabs become cell borders, breaks a space, hidden characters visible ones.
pub(crate) fn one_line(text: &str) -> Cow<'_, str> {
    visible(text.trim_matches(['\r', '\n', ' ']))
}

/// The same for part of a line, whose spaces at both ends matter.
pub(crate) fn visible(text: &str) -> Cow<'_, str> {
    replace(text, |c, out| match c {
        '\t' => out.push_str(CELL_BORDER),
        '\r' => {}
        '\n' => out.push(' '),
        _ => out.push(seen(c)),
    })
}

/// Text that keeps its lines.
pub(crate) fn lines(text: &str) -> Cow<'_, str> {
    replace(text, |c, out| match c {
        '\t' => out.push_str(CELL_BORDER),
        '\r' => {}
        '\n' => out.push('\n'),
        _ => out.push(seen(c)),
    })
}

/// Text that keeps its lines and its tabs, for files that show a source as it is.
pub(crate) fn verbatim(text: &str) -> Cow<'_, str> {
    replace(text, |c, out| match c {
        '\r' => {}
        '\n' | '\t' => out.push(c),
        _ => out.push(seen(c)),
    })
}

/// At most `most` characters of one line; what was left off shows as an ellipsis.
pub(crate) fn shortened(text: &str, most: usize) -> Cow<'_, str> {
    let line = one_line(text);
    let Some((cut, _)) = line.char_indices().nth(most) else { return line };
    Cow::Owned(format!("{}…", line.get(..cut).unwrap_or_default().trim_end()))
}

fn replace(text: &str, mut with: impl FnMut(char, &mut String)) -> Cow<'_, str> {
    if is_seen(text) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        with(c, &mut out);
    }
    Cow::Owned(out)
}

/// Whether a text is seen as it is.
fn is_seen(text: &str) -> bool {
    let mut rest = text;
    loop {
        let doubtful = rest.len() - behind_plain(rest.as_bytes()).len();
        let mut characters = rest.get(doubtful..).unwrap_or_default().chars();
        match characters.next() {
            Some(c) if seen(c) != c => return false,
            Some(_) => rest = characters.as_str(),
            None => return true,
        }
    }
}

/// What follows the letters, digits and Chinese characters at the beginning: their first bytes tell
/// enough.
fn behind_plain(bytes: &[u8]) -> &[u8] {
    let mut rest = bytes;
    while let [first, others @ ..] = rest {
        rest = match first {
            b' '..=b'~' => others,
            0xe3..=0xe9 => others.get(2..).unwrap_or_default(),
            _ => break,
        };
    }
    rest
}

/// The character that shows `c`: itself, unless it is a control or commands the layout.
fn seen(c: char) -> char {
    match c {
        // Nearly all there is.
        ' '..='~' | '\u{4e00}'..='\u{9fff}' | '\u{3000}'..='\u{303f}' | '\u{ff01}'..='\u{ff5e}' => {
            c
        }
        // Unicode has a picture for each of the old control characters.
        '\0'..='\u{1f}' => char::from_u32(0x2400_u32.saturating_add(u32::from(c))).unwrap_or('�'),
        '\u{7f}' => '␡',
        '\u{80}'..='\u{9f}'
        | '\u{61c}'
        | '\u{200e}'
        | '\u{200f}'
        | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{fff9}'..='\u{fffb}'
        | '\u{e0000}'..='\u{e007f}' => '�',
        // Neither XML nor HTML may contain what is no character.
        _ if u32::from(c) & 0xfffe == 0xfffe => '�',
        '\u{fdd0}'..='\u{fdef}' => '�',
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_escape_sequence_is_shown_not_obeyed() {
        assert_eq!(one_line("合计\u{1b}[2J\u{7}\u{9b}1m"), "合计␛[2J␇�1m");
    }

    #[test]
    fn a_turned_number_is_seen_to_be_turned() {
        assert_eq!(one_line("\u{202e}00.21\u{202c}"), "�00.21�");
    }

    #[test]
    fn cells_and_lines_stay_apart() {
        assert_eq!(one_line(" 合计\t12.00\r\n其中 \n"), "合计 │ 12.00 其中");
        assert_eq!(lines("合计\r\n其中"), "合计\n其中");
    }

    #[test]
    fn plain_text_is_not_copied() {
        assert!(matches!(one_line("“三公”经费 12.00 万元"), Cow::Borrowed(_)));
    }

    #[test]
    fn long_text_ends_in_an_ellipsis() {
        assert_eq!(shortened("一二三四五", 3), "一二三…");
        assert_eq!(shortened("一二三", 3), "一二三");
    }
}
