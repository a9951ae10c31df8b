use borsh::{BorshDeserialize, BorshSerialize};

/// Why a PDF cannot be read, or not be written on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, BorshDeserialize, BorshSerialize, thiserror::Error)]
pub enum PdfError {
    /// Its structure is damaged beyond what can be mended.
    #[error("the PDF is damaged")]
    Broken,
    /// It asks for a password, or is encrypted in an unknown way.
    #[error("the PDF is locked")]
    Locked,
    /// It is encrypted: anybody may read it, but nothing can be added.
    #[error("the PDF is protected against changes")]
    Protected,
    /// It has more pages than are read.
    #[error("the PDF has {0} pages")]
    TooManyPages(usize),
    /// Unpacked, it is larger than any disclosure, or its drawing never ends.
    #[error("the PDF unpacks to more than can be read")]
    TooMuch,
}
