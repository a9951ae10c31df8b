//! A publication as a Word document, laid out as 《党政机关公文格式》 demands.
//!
//! Every figure stands in a content control that can be edited but not deleted. Its tag is listed in
//! a part of the file with the subject, the printed characters and the exact value, so that a figure
//! that was changed in Word is found again.
//!
//! What is the same in every document (styles, fonts, settings) stands as XML in `parts/`.

mod body;
mod contents;
mod figures;
mod grid;
mod pack;
mod pages;
mod plan;
mod table;
mod xml;

use juesuan_model::Publication;

use crate::WriteError;

/// The whole publication.
///
/// # Errors
///
/// When the file cannot be put together; not for anything that publications contain.
pub fn publication(publication: &Publication) -> Result<Vec<u8>, WriteError> {
    let (document, figures) = body::document(publication);
    pack::pack(publication, document, figures.listed())
}

#[cfg(test)]
mod tests;
