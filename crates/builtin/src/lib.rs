//! The schemes that the program carries, worked out when it is built.
//!
//! Reading over thirty texts and their formulas takes longer than checking a small document. The
//! build does it once and stores the [`Scheme`] as bytes; what is read back here equals what
//! `juesuan_scheme::load` makes of the texts.

use juesuan_scheme::{Index, Scheme, SchemeError, embedded, load};

static INDEX: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/index"));
static SCHEMES: &[(&str, &[u8])] = include!(concat!(env!("OUT_DIR"), "/list.rs"));

/// What is known of all built-in schemes before one is loaded.
///
/// # Errors
/// When neither the stored bytes nor the texts can be read.
pub fn index() -> Result<Index, SchemeError> {
    borsh::from_slice(INDEX).or_else(|_| Index::new(&embedded()))
}

/// The built-in scheme of an id.
///
/// # Errors
/// When there is none of this id, or neither its stored bytes nor its text can be read.
pub fn scheme(id: &str) -> Result<Scheme, SchemeError> {
    let stored = SCHEMES.iter().find(|(known, _)| *known == id);
    let restored = stored.and_then(|(_, bytes)| borsh::from_slice(bytes).ok());
    restored.map_or_else(|| load(&embedded(), id), Ok)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_stored_equals_what_the_texts_say() {
        let files = embedded();
        let bytes = |scheme: &Scheme| borsh::to_vec(scheme).unwrap();
        let index = Index::new(&files).unwrap();
        assert_eq!(borsh::to_vec(&index).unwrap(), INDEX);
        assert_eq!(index.manifests.len(), SCHEMES.len());
        for (id, stored) in SCHEMES {
            let restored: Scheme = borsh::from_slice(stored).unwrap();
            assert_eq!(bytes(&restored), *stored, "{id}");
            assert_eq!(bytes(&load(&files, id).unwrap()), *stored, "{id} is not fresh");
        }
    }

    #[test]
    fn an_id_that_nobody_knows_is_an_error() {
        assert!(scheme("cn-xx").unwrap_err().to_string().contains("没有这个方案"));
    }
}
