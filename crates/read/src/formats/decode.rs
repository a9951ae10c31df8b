//! Bytes become text: UTF-8 with or without a mark, else GB18030.

use std::borrow::Cow;

use encoding_rs::{GB18030, UTF_8, UTF_16BE, UTF_16LE};
use juesuan_model::Lang;
use juesuan_pdf::{MOST_PAGES, PdfError};

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

/// Why a file cannot be read as a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReadError {
    /// There is nothing in it.
    Empty,
    /// It is larger than [`MAX_BYTES`]; its size in MB.
    TooLarge(u64),
    /// It is of a known other kind, named in Chinese and English.
    OtherFormat(&'static str, &'static str),
    /// It is a PDF that cannot be opened.
    Pdf(PdfError),
    /// It is no text.
    NotText,
}

impl ReadError {
    /// What is wrong and what to do, in the user's words.
    #[must_use]
    pub fn say(&self, lang: Lang) -> String {
        match (self, lang) {
            (Self::Empty, Lang::Zh) => "文件是空的".to_owned(),
            (Self::Empty, Lang::En) => "the file is empty".to_owned(),
            (Self::TooLarge(size), Lang::Zh) => {
                format!("文件有 {size} MB，超过上限 32 MB；请只保留决算公开文本部分再试")
            }
            (Self::TooLarge(size), Lang::En) => {
                format!("the file has {size} MB, more than 32 MB; keep only the disclosure itself")
            }
            (Self::OtherFormat(kind, _), Lang::Zh) => format!(
                "这是{kind}，目前只能读 PDF、Markdown 与纯文本；请先另存为 PDF 或文本（UTF-8 或 GB18030）再试"
            ),
            (Self::OtherFormat(_, kind), Lang::En) => format!(
                "this is {kind}; only PDF, Markdown and plain text (UTF-8 or GB18030) can be read so far"
            ),
            (Self::Pdf(error), lang) => say_pdf(*error, lang),
            (Self::NotText, Lang::Zh) => {
                "这不是文本文件；请提供 PDF、Markdown 或纯文本（UTF-8 或 GB18030）".to_owned()
            }
            (Self::NotText, Lang::En) => {
                "this is no text file; a PDF, Markdown or plain text (UTF-8 or GB18030) is needed"
                    .to_owned()
            }
        }
    }
}

fn say_pdf(error: PdfError, lang: Lang) -> String {
    let (zh, en) = match error {
        PdfError::Broken => (
            "PDF 已损坏，无法打开；请用原文件重新导出，或重新下载后再试",
            "the PDF is damaged; export it again from its source, or download it again",
        ),
        PdfError::Locked => (
            "PDF 设有密码或已加密，无法读取；请解除密码（打开后另存或打印为 PDF）再试",
            "the PDF is locked by a password; save or print it without one",
        ),
        PdfError::TooManyPages(count) => {
            return match lang {
                Lang::Zh => {
                    format!("PDF 有 {count} 页，超过上限 {MOST_PAGES} 页；请只保留决算公开部分再试")
                }
                Lang::En => {
                    format!(
                        "the PDF has {count} pages, more than {MOST_PAGES}; keep only the disclosure itself"
                    )
                }
            };
        }
        PdfError::TooMuch => (
            "PDF 解压后过大或内容异常，已停止读取；请用原文件重新导出再试",
            "the PDF unpacks to more than can be read; export it again from its source",
        ),
    };
    lang.pick(zh, en).to_owned()
}

impl std::fmt::Display for ReadError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.say(Lang::Zh))
    }
}

impl std::error::Error for ReadError {}

/// First bytes of files that people hand in by mistake.
const KNOWN: [(&[u8], &str, &str); 8] = [
    (b"%PDF", "PDF 文件", "a PDF"),
    (b"PK\x03\x04", "Word、Excel 或压缩文件（docx、xlsx、zip）", "a Word, Excel or zip file"),
    (
        b"\xD0\xCF\x11\xE0",
        "旧版 Word 或 Excel 文件（doc、xls、wps）",
        "an old Word or Excel file (doc, xls, wps)",
    ),
    (b"\x89PNG", "图片（PNG）", "a picture (PNG)"),
    (b"\xFF\xD8\xFF", "图片（JPEG）", "a picture (JPEG)"),
    (b"\x1F\x8B", "压缩文件（gz）", "an archive (gz)"),
    (b"Rar!", "压缩文件（rar）", "an archive (rar)"),
    (b"{\\rtf", "RTF 文件", "an RTF"),
];

/// How many characters are looked at to tell whether something is text.
const SAMPLE: usize = 16_384;

/// Decodes the bytes of a file.
///
/// # Errors
/// When it is empty, too large or no text. Bytes that belong to no character are no error: they
/// are replaced, and [`Decoded::damaged`] says so. Bytes that are handed over become the text
/// without a copy.
pub fn decode<'a>(bytes: impl Into<Cow<'a, [u8]>>) -> Result<Decoded, ReadError> {
    let bytes = bytes.into();
    let size = bytes.len() as u64;
    if size > MAX_BYTES {
        return Err(ReadError::TooLarge(size / (1024 * 1024)));
    }
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(ReadError::Empty);
    }
    if let Some((_, zh, en)) = KNOWN.iter().find(|(magic, ..)| bytes.starts_with(magic)) {
        return Err(ReadError::OtherFormat(zh, en));
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
    match String::from_utf8(bytes.into_owned()) {
        Ok(text) => Decoded { text, encoding: UTF_8.name(), damaged: false },
        Err(error) => likelier(error.as_bytes()),
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
    !text.contains('\0') && odd * 20 <= all
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
        assert_eq!(decode(b"%PDF-1.7 ..."), Err(ReadError::OtherFormat("PDF 文件", "a PDF")));
        assert_eq!(decode(&[0, 1, 2, 3, 0, 9, 200, 201]), Err(ReadError::NotText));
    }

    proptest! {
        #[test]
        fn any_bytes_are_decoded_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            let _ = decode(&bytes);
        }
    }
}
