//! The same PDF in a third of its bytes: two of three are tags, which the typesetter writes in full.

use lopdf::{Document, SaveOptions};

use crate::error::PrintError;

/// How many objects are compressed together. More save little, and a reader unpacks all to see one.
const TOGETHER: usize = 200;

/// Packs objects into compressed streams, as PDF has allowed since 1.5.
pub(crate) fn packed(bytes: &[u8]) -> Result<Vec<u8>, PrintError> {
    let failed = |words: String| PrintError::Typesetter(words);
    let mut document = Document::load_mem(bytes).map_err(|error| failed(error.to_string()))?;
    let options = SaveOptions::builder()
        .use_object_streams(true)
        .use_xref_streams(true)
        .max_objects_per_stream(TOGETHER)
        .compression_level(9)
        .build();
    let mut packed = Vec::new();
    document.save_with_options(&mut packed, options).map_err(|error| failed(error.to_string()))?;
    Ok(packed)
}
