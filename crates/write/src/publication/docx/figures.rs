//! The figures of a document and the tags by which they are found again.

use std::collections::BTreeMap;

use juesuan_model::{Figure, Stated};

use super::xml::{Xml, allowed};

/// The namespace of the list of figures.
pub(super) const NAMESPACE: &str = "urn:juesuan:figures:1";

/// The figures printed so far, in their order.
#[derive(Default)]
pub(super) struct Figures<'a> {
    printed: Vec<(String, &'a Figure)>,
    counts: BTreeMap<u64, u32>,
    stated: BTreeMap<&'a str, &'a str>,
}

impl<'a> Figures<'a> {
    /// The tag of a figure, which has at most 64 characters in Word: a hash of what it states, and how
    /// many times that was printed before it. So it stays the same when other figures come or go.
    pub(super) fn tag(&mut self, figure: &'a Figure) -> String {
        let hash = fnv1a(&figure.subject);
        let count = self.counts.entry(hash).or_default();
        *count = count.saturating_add(1);
        let tag = format!("js-{hash:016x}-{count}");
        self.printed.push((tag.clone(), figure));
        tag
    }

    /// Lists words that were handed in, so that it can be told whether somebody changed them here
    /// or there.
    pub(super) fn state(&mut self, stated: &'a Stated) {
        self.stated.insert(&stated.subject, &stated.text);
    }

    /// The number of the last figure.
    pub(super) fn count(&self) -> usize {
        self.printed.len()
    }

    /// The list of all figures: tag, subject, exact value, printed characters; then that of words.
    pub(super) fn listed(&self) -> Vec<u8> {
        let mut xml = Xml::new();
        xml.element("figures", &[("xmlns", NAMESPACE)], |xml| {
            for (tag, figure) in &self.printed {
                let exact = figure.exact.map(|exact| exact.normalize().to_string());
                let mut attributes = vec![("tag", &**tag), ("subject", &*figure.subject)];
                if let Some(exact) = &exact {
                    attributes.push(("exact", exact));
                }
                xml.leaf("figure", &attributes, &figure.text);
            }
            for (subject, text) in &self.stated {
                xml.leaf("words", &[("subject", subject)], text);
            }
        });
        xml.finish()
    }
}

/// The hash FNV-1a of 64 bits: short, and the same everywhere for ever.
fn fnv1a(text: &str) -> u64 {
    allowed(text).bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_is_the_published_one() {
        assert_eq!(fnv1a(""), 0xcbf2_9ce4_8422_2325);
        assert_eq!(fnv1a("foobar"), 0x8594_4171_f739_67e8);
    }
}
