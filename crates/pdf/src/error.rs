/// Why a PDF cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PdfError {
    /// Its structure is damaged beyond what can be mended.
    #[error("the PDF is damaged")]
    Broken,
    /// It asks for a password, or is encrypted in an unknown way.
    #[error("the PDF is locked")]
    Locked,
    /// It has more pages than are read.
    #[error("the PDF has {0} pages")]
    TooManyPages(usize),
    /// It has no page of this number.
    #[error("the PDF has no page {0}")]
    NoPage(u32),
    /// Unpacked, it is larger than any disclosure, or its drawing never ends, or a picture of it
    /// would be larger than is drawn.
    #[error("the PDF unpacks to more than can be read")]
    TooMuch,
}
