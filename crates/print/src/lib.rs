//! Publications as PDF, typeset as official documents are: A4, 28 characters a line, 22 lines a page,
//! cover, contents with links, each form on a page of its own, tagged for those who listen.
//!
//! ```
//! use juesuan_model::Publication;
//!
//! let publication = Publication { title: "某局2024年度部门决算".into(), ..Publication::default() };
//! let bytes = juesuan_print::pdf(&publication, None)?;
//! assert!(bytes.starts_with(b"%PDF"));
//! # Ok::<(), juesuan_print::PrintError>(())
//! ```
//!
//! * **A publication is data, never markup.** The typesetter gets one text of ours, `layout.typ`, and
//!   the publication as values (`data.rs`).
//! * **Nothing from outside**: no disk, no network, no clock; the fonts are in the program (`press.rs`).
//!   A character that no font has is an error and no empty box.
//! * **Same publication, same bytes**: no date, and an identifier made of title and department.

mod data;
mod error;
mod pack;
mod press;

use juesuan_model::Publication;
use typst::diag::{SourceDiagnostic, SourceResult};
use typst::foundations::Smart;
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

pub use error::PrintError;
pub use press::BodyFont;
use press::Press;

/// The PDF's bytes. A font given stands for the one of running text.
///
/// # Errors
/// When a character is in none of the fonts, or the typesetter gives up.
pub fn pdf(publication: &Publication, body: Option<&BodyFont>) -> Result<Vec<u8>, PrintError> {
    let document = typeset(publication, body)?.document;
    // The typesetter's own checks hold it to PDF/UA-1. What does not pass them is tagged all the same,
    // but does not claim it.
    let accessible = PdfStandards::new(&[PdfStandard::Ua_1])
        .map_err(|error| PrintError::Typesetter(error.message().to_string()))?;
    let bytes = written(&document, accessible)
        .or_else(|_| written(&document, PdfStandards::default()))
        .map_err(|errors| given_up(&errors))?;
    pack::packed(&bytes)
}

fn written(document: &PagedDocument, standards: PdfStandards) -> SourceResult<Vec<u8>> {
    let creator = Smart::Custom(Some("juesuan".to_owned()));
    typst_pdf::pdf(document, &PdfOptions { creator, standards, ..PdfOptions::default() })
}

/// What the typesetter made.
struct Typeset {
    document: PagedDocument,
    #[cfg(test)]
    warnings: Vec<String>,
}

fn typeset(publication: &Publication, body: Option<&BodyFont>) -> Result<Typeset, PrintError> {
    let press = Press::new(data::values(publication, body), body);
    let missing = press.missing(&data::characters(publication));
    if !missing.is_empty() {
        return Err(PrintError::Characters(missing));
    }
    let made = typst::compile::<PagedDocument>(&press);
    // What the typesetter remembers is of this publication only.
    typst::comemo::evict(0);
    Ok(Typeset {
        document: made.output.map_err(|errors| given_up(&errors))?,
        #[cfg(test)]
        warnings: made.warnings.iter().map(|warning| warning.message.to_string()).collect(),
    })
}

fn given_up(errors: &[SourceDiagnostic]) -> PrintError {
    let messages: Vec<&str> = errors.iter().map(|error| error.message.as_str()).collect();
    PrintError::Typesetter(messages.join("; "))
}

#[cfg(test)]
mod tests;
