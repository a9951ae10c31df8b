//! Bytes become text: UTF-8 with or without a mark, else GB18030.

use std::borrow::Cow;

use encoding_rs::{GB18030, UTF_8, UTF_16BE, UTF_16LE};

use super::error::{Kind, ReadError};

/// The largest file that is read. The longest disclosures known are below 5 MB of text.
pub const MAX_BYTES: u64 = 32 * 1024 * 1024;

/// Text decoded from a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Decoded {
    /// The text; line ends stay as they are.
    pub text: String,
    /// The name of the encoding.
    pub encoding: &'static str,
    /// Whether bytes that belong to no character had to be replaced by `�`.
    pub damaged: bool,
}

/// First bytes of files that people hand in by mistake.
const KNOWN: [(&[u8], Kind); 8] = [
    (b"%PDF", Kind::Pdf),
    (b"PK\x03\x04", Kind::Archive),
    (b"\xD0\xCF\x11\xE0", Kind::OldWord),
    (b"\x89PNG", Kind::Picture),
    (b"\xFF\xD8\xFF", Kind::Picture),
    (b"\x1F\x8B", Kind::Archive),
    (b"Rar!", Kind::Archive),
    (b"{\\rtf", Kind::RichText),
];

/// How many characters are looked at to tell whether something is text.
const SAMPLE: usize = 16_384;

/// Decodes the bytes of a file.
///
/// # Errors
/// When it is empty, too large or no text. Bytes that belong to no character are no error: they
/// are replaced, and [`Decoded::damaged`] says so.
pub fn decode<'a>(bytes: impl Into<Cow<'a, [u8]>>) -> Result<Decoded, ReadError> {
    let bytes = bytes.into();
    let size = bytes.len() as u64;
    if size > MAX_BYTES {
        return Err(ReadError::TooLarge(size / (1024 * 1024)));
    }
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(ReadError::Empty);
    }
    if let Some((_, kind)) = KNOWN.iter().find(|(magic, _)| bytes.starts_with(magic)) {
        return Err(ReadError::Unread(*kind));
    }
    let decoded = decode_text(bytes);
    if is_text(&decoded.text) { Ok(decoded) } else { Err(ReadError::NotText) }
}

fn decode_text(bytes: Cow<'_, [u8]>) -> Decoded {
    for encoding in [UTF_8, UTF_16LE, UTF_16BE] {
        if encoding_rs::Encoding::for_bom(&bytes).is_some_and(|(found, _)| found == encoding) {
            let (text, _, damaged) = encoding.decode(&bytes);
            return Decoded { text: text.into_owned(), encoding: encoding.name(), damaged };
        }
    }
    match simdutf8::basic::from_utf8(&bytes) {
        Ok(text) => Decoded { text: text.to_owned(), encoding: UTF_8.name(), damaged: false },
        Err(_) => likelier(&bytes),
    }
}

/// A damaged UTF-8 file has few bad places, a GB18030 file none when read as such.
fn likelier(bytes: &[u8]) -> Decoded {
    let (gb, _, gb_damaged) = GB18030.decode(bytes);
    if !gb_damaged {
        return Decoded { text: gb.into_owned(), encoding: GB18030.name(), damaged: false };
    }
    let (utf8, _, _) = UTF_8.decode(bytes);
    let bad = |text: &str| text.chars().filter(|c| *c == '\u{fffd}').count();
    let (text, encoding) = if bad(&utf8) <= bad(&gb) { (utf8, UTF_8) } else { (gb, GB18030) };
    Decoded { text: text.into_owned(), encoding: encoding.name(), damaged: true }
}

/// Text has hardly any control characters; its first characters tell for all.
fn is_text(text: &str) -> bool {
    let is_odd = |c: &char| {
        *c == '\u{fffd}' || (c.is_control() && !matches!(c, '\n' | '\r' | '\t' | '\u{c}'))
    };
    let (mut odd, mut all) = (0_usize, 0_usize);
    for c in text.chars().take(SAMPLE) {
        all += 1;
        odd += usize::from(is_odd(&c));
    }
    memchr::memchr(0, text.as_bytes()).is_none() && odd * 20 <= all
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn encodings_are_told_apart() {
        let (gb, _, _) = GB18030.encode("部门决算，金额单位：万元");
        assert_eq!(decode(gb).unwrap().encoding, "gb18030");
        let with_mark = decode("\u{feff}部门决算".as_bytes()).unwrap();
        assert_eq!((with_mark.text.as_str(), with_mark.encoding), ("部门决算", "UTF-8"));
        let mut broken = "决算".repeat(200).into_bytes();
        broken.insert(300, 0xFF);
        let broken = decode(&broken).unwrap();
        assert!(broken.damaged && broken.encoding == "UTF-8");
    }

    #[test]
    fn what_is_no_document_is_refused_with_a_reason() {
        assert_eq!(decode(b" \r\n"), Err(ReadError::Empty));
        assert_eq!(decode(b"%PDF-1.7 ..."), Err(ReadError::Unread(Kind::Pdf)));
        assert_eq!(decode(&[0, 1, 2, 3, 0, 9, 200, 201]), Err(ReadError::NotText));
    }

    proptest! {
        #[test]
        fn any_bytes_are_decoded_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            let _ = decode(&bytes);
        }
    }
}
