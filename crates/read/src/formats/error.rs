//! Why a file cannot be read, and what to do about it.

use std::fmt;

use borsh::{BorshDeserialize, BorshSerialize};
use juesuan_model::Lang;

/// What kind of file something is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, BorshDeserialize, BorshSerialize)]
pub enum Kind {
    /// Portable Document Format.
    Pdf,
    /// Word, WPS and others since 2007.
    Word,
    /// Word and WPS of before.
    OldWord,
    /// Excel, WPS and others.
    Workbook,
    /// A web page.
    Page,
    /// A file of Word, Excel or WPS; which of them cannot be told.
    Office,
    /// An archive that is none of the above.
    Archive,
    /// Rich Text Format.
    RichText,
    /// A picture.
    Picture,
}

impl Kind {
    /// What people call it.
    const fn name(self, lang: Lang) -> &'static str {
        match self {
            Self::Pdf => lang.pick("PDF 文件", "PDF"),
            Self::Word => lang.pick("Word 文件", "Word document"),
            Self::OldWord => lang
                .pick("旧版 Word 或 WPS 文件（doc、wps）", "old Word or WPS document (doc, wps)"),
            Self::Workbook => lang.pick("Excel 工作簿", "workbook"),
            Self::Page => lang.pick("网页", "web page"),
            Self::Office => lang.pick("Word、Excel 或 WPS 文件", "office document"),
            Self::Archive => {
                lang.pick("压缩文件，或别的程序的文件", "archive, or a file of another program")
            }
            Self::RichText => lang.pick("RTF 文件", "RTF document"),
            Self::Picture => lang.pick("图片", "picture"),
        }
    }

    /// As what to save it.
    const fn remedy(self, lang: Lang) -> &'static str {
        match self {
            Self::Pdf => lang.pick("用原文件重新导出 PDF", "export the PDF anew from its source"),
            Self::Office => {
                lang.pick("用原来的程序打开，另存一份", "open it in its program and save it anew")
            }
            Self::Word | Self::OldWord | Self::RichText => {
                lang.pick("用 Word 或 WPS 打开，另存为 docx", "open it in Word and save it as docx")
            }
            Self::Workbook => lang.pick(
                "用 Excel 或 WPS 打开，另存为“Excel 工作簿（*.xlsx）”",
                "open it in a spreadsheet program and save it as xlsx",
            ),
            Self::Page => lang.pick("重新下载", "download it anew"),
            Self::Archive => {
                lang.pick("先解开，再检查里面的文件", "unpack it and check the files inside")
            }
            Self::Picture => lang.pick("请提供原文件", "provide the document itself"),
        }
    }
}

/// Why a file cannot be read as a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, BorshDeserialize, BorshSerialize)]
pub enum ReadError {
    /// There is nothing in it.
    Empty,
    /// It is larger than [`MAX_BYTES`](super::MAX_BYTES); its size in MB.
    TooLarge(u64),
    /// It is of a known kind that is not read.
    Unread(Kind),
    /// It asks for a password.
    Locked(Kind),
    /// It is not whole.
    Damaged(Kind),
    /// Unpacked, it is larger or more nested than any disclosure.
    TooMuch(Kind),
    /// It has more pages than are read: its pages, and the limit.
    TooManyPages(u32, u32),
    /// Taking it apart ended before its end.
    GaveUp,
    /// It is no text.
    NotText,
}

impl ReadError {
    /// Whether a limit was reached while the file was taken apart. That says something of the file,
    /// as its other faults do.
    #[must_use]
    pub const fn is_exhausted(&self) -> bool {
        matches!(self, Self::TooMuch(_) | Self::TooManyPages(..) | Self::GaveUp)
    }

    /// What is wrong and what to do, in the user's words.
    #[must_use]
    pub fn say(&self, lang: Lang) -> String {
        match lang {
            Lang::Zh => self.chinese(),
            Lang::En => self.english(),
        }
    }

    fn chinese(self) -> String {
        let lang = Lang::Zh;
        match self {
            Self::Empty => "文件是空的".to_owned(),
            Self::TooLarge(size) => {
                format!("文件有 {size} MB，超过上限 32 MB；请只保留决算公开文本部分再试")
            }
            Self::Unread(kind) => {
                format!("这是{}，读不了；请{}再试", kind.name(lang), kind.remedy(lang))
            }
            Self::Locked(kind) => {
                format!("这份{}设了密码，读不了；请打开它，取消密码后另存再试", kind.name(lang))
            }
            Self::Damaged(kind) => {
                format!("这份{}已损坏，读不出；请{}再试", kind.name(lang), kind.remedy(lang))
            }
            Self::TooMuch(kind) => format!(
                "这份{}解开后太大或嵌套太深，不像一份决算公开；请只保留公开文本部分，另存后再试",
                kind.name(lang)
            ),
            Self::TooManyPages(count, most) => {
                format!("PDF 有 {count} 页，超过上限 {most} 页；请只保留决算公开部分再试")
            }
            Self::GaveUp => {
                "文件内容异常，读取用尽了时间或内存，没有读完；请用原来的程序打开，另存一份再试"
                    .to_owned()
            }
            Self::NotText => {
                "这不是文本，也不是认得的文件；请提供 PDF、Word（docx）、Excel（xlsx、xls）、网页、\
                 Markdown 或纯文本（UTF-8 或 GB18030）"
                    .to_owned()
            }
        }
    }

    fn english(self) -> String {
        let lang = Lang::En;
        match self {
            Self::Empty => "the file is empty".to_owned(),
            Self::TooLarge(size) => {
                format!("the file has {size} MB, more than 32 MB; keep only the disclosure itself")
            }
            Self::Unread(kind) => {
                format!("this file cannot be read: {}; {}", kind.name(lang), kind.remedy(lang))
            }
            Self::Locked(kind) => format!(
                "the {} asks for a password; open it, take the password off and save it anew",
                kind.name(lang)
            ),
            Self::Damaged(kind) => {
                format!("the {} is damaged; {}", kind.name(lang), kind.remedy(lang))
            }
            Self::TooMuch(kind) => format!(
                "unpacked, the {} is too large or too nested for a disclosure; keep only the \
                 disclosure itself and save it anew",
                kind.name(lang)
            ),
            Self::TooManyPages(count, most) => format!(
                "the PDF has {count} pages, more than {most}; keep only the disclosure itself"
            ),
            Self::GaveUp => {
                "reading the file took all its time or memory and was given up; open it \
                             in its program and save it anew"
                    .to_owned()
            }
            Self::NotText => "this is neither text nor a known file; a PDF, Word document (docx), \
                              workbook (xlsx, xls), web page, Markdown or plain text (UTF-8 or \
                              GB18030) is needed"
                .to_owned(),
        }
    }
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.say(Lang::Zh))
    }
}

impl std::error::Error for ReadError {}
