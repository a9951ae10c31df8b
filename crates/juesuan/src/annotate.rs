//! The findings of a PDF, marked on its pages.

use std::path::{Path, PathBuf};

use juesuan_model::{Lang, Report};
use juesuan_pdf::{Bounds, PdfError, Remark};
use juesuan_write::notes::{Note, notes};

use crate::apart;

/// Why findings were not marked.
#[derive(Debug)]
pub(crate) enum NotAnnotated {
    /// Only one document can be annotated at a time.
    Many,
    /// Only a PDF can be annotated.
    NotPdf(PathBuf),
    /// The annotated PDF would overwrite what is read.
    IsInput(PathBuf),
    /// The annotated PDF and the report would be the same file.
    IsReport(PathBuf),
    /// The PDF does not allow it.
    Pdf { path: PathBuf, source: PdfError },
}

/// The file with the notes of its report.
pub(crate) fn annotated(
    path: &Path,
    pdf: &[u8],
    report: &Report,
    lang: Lang,
) -> Result<Vec<u8>, NotAnnotated> {
    let remarks: Vec<Remark> = notes(report, lang).into_iter().map(remark).collect();
    let marked = apart::annotate(pdf, &remarks);
    marked.map_err(|source| NotAnnotated::Pdf { path: path.to_owned(), source })
}

fn remark(note: Note) -> Remark {
    let Note { page, bbox, colour, subject, text } = note;
    let place = bbox.map(|bbox| {
        let [left, top, right, bottom] = bbox.map(f64::from);
        Bounds::new(left, top, right, bottom)
    });
    Remark { page, place, colour, subject, text }
}

impl NotAnnotated {
    /// What is in the way and what to do.
    pub(crate) fn say(&self, lang: Lang) -> String {
        let (zh, en) = match self {
            Self::Many => (
                "--annotate 一次只批注一份 PDF；请只给出一个文件，其余的另行批注".to_owned(),
                "--annotate marks one PDF at a time; name a single file".to_owned(),
            ),
            Self::NotPdf(path) => {
                let path = path.display();
                (
                    format!(
                        "--annotate 只能批注 PDF，{path} 不是；请先另存为 PDF，或去掉 --annotate，用 --format html 查看"
                    ),
                    format!(
                        "--annotate is for PDF, which {path} is not; save it as PDF, or leave \
                         --annotate out and use --format html"
                    ),
                )
            }
            Self::IsInput(path) => {
                let path = path.display();
                (
                    format!(
                        "{path} 是要读的文件，批注会把它覆盖掉；请在 --annotate 后面另给一个路径"
                    ),
                    format!("{path} is a file to be read; choose another path for --annotate"),
                )
            }
            Self::IsReport(path) => {
                let path = path.display();
                (
                    format!("-o 和 --annotate 给的都是 {path}，一份会覆盖另一份；请给出不同的路径"),
                    format!("-o and --annotate both name {path}; choose two paths"),
                )
            }
            Self::Pdf { path, source } => {
                let (path, (zh, en)) = (path.display(), refusal(*source));
                (format!("没有批注 {path}：{zh}"), format!("{path} was not annotated: {en}"))
            }
        };
        match lang {
            Lang::Zh => zh,
            Lang::En => en,
        }
    }
}

/// Why remarks could not be written on a PDF that could be read, in Chinese and English.
const fn refusal(error: PdfError) -> (&'static str, &'static str) {
    match error {
        PdfError::Locked | PdfError::Protected => (
            "这份 PDF 加了密，不许改动；请打开它，取消密码和限制后另存再试",
            "it is encrypted against changes; take that off, save it anew and try again",
        ),
        PdfError::Broken => (
            "这份 PDF 的结构有损坏；请用原文件重新导出 PDF 再试",
            "it is damaged; export the PDF anew from its source",
        ),
        PdfError::TooManyPages(_) | PdfError::TooMuch | PdfError::NoPage(_) => (
            "这份 PDF 太大，用尽了时间或内存；请只保留决算公开部分，另存后再试",
            "it takes more time or memory than allowed; keep only the disclosure itself",
        ),
    }
}
