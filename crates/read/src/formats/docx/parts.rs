//! The parts of a file: found by their relations, unpacked within limits.

use std::io::{Cursor, Read};

use encoding_rs::{Encoding, UTF_8};
use zip::ZipArchive;

use super::Fault;
use super::xml::{Node, Xml};

/// How many parts a file may have. Each picture is one.
const MOST_PARTS: usize = 20_000;
/// How much a part that is read may be when it is unpacked.
const MOST_BYTES: u64 = 64 << 20;
/// What is packed more than this many times is no work of a word processor, if it is large.
const MOST_RATIO: u64 = 200;
const LARGE: u64 = 16 << 20;

/// A file with its parts.
pub(super) struct Parts<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    /// The path of the main part.
    main: String,
    /// What the main part is related to: the end of the kind, and the path.
    related: Vec<(String, String)>,
}

impl<'a> Parts<'a> {
    pub(super) fn open(bytes: &'a [u8]) -> Result<Self, Fault> {
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| Fault::Damaged)?;
        if archive.len() > MOST_PARTS {
            return Err(Fault::TooLarge);
        }
        let mut parts = Self { archive, main: "word/document.xml".to_owned(), related: Vec::new() };
        let root = parts.relations("_rels/.rels", "")?;
        if let Some((_, path)) = root.into_iter().find(|(kind, _)| kind == "officeDocument") {
            parts.main = path;
        }
        let (folder, name) = parts.main.rsplit_once('/').unwrap_or(("", &parts.main));
        let (relations, folder) = (format!("{folder}/_rels/{name}.rels"), folder.to_owned());
        parts.related = parts.relations(relations.trim_start_matches('/'), &folder)?;
        Ok(parts)
    }

    /// The main part.
    pub(super) fn main(&mut self) -> Result<String, Fault> {
        let main = self.main.clone();
        self.text(&main)?.ok_or(Fault::Damaged)
    }

    /// The parts of a kind that the main part is related to.
    pub(super) fn all(&mut self, kind: &str) -> Result<Vec<String>, Fault> {
        let paths = self.related.iter().filter(|(of, _)| of == kind);
        let paths: Vec<String> = paths.map(|(_, path)| path.clone()).collect();
        paths.iter().filter_map(|path| self.text(path).transpose()).collect()
    }

    /// The only part of a kind; nothing when there is none.
    pub(super) fn one(&mut self, kind: &str) -> Result<String, Fault> {
        Ok(self.all(kind)?.into_iter().next().unwrap_or_default())
    }

    /// The relations that a part lists, with paths from the root.
    fn relations(&mut self, path: &str, folder: &str) -> Result<Vec<(String, String)>, Fault> {
        let text = self.text(path)?.unwrap_or_default();
        let mut xml = Xml::new(&text);
        let mut found = Vec::new();
        while let Some(node) = xml.next()? {
            let Node::Open(element) = node else { continue };
            let is_outside = element.attribute("TargetMode").is_some_and(|mode| mode == "External");
            let pair = element.attribute("Type").zip(element.attribute("Target"));
            if let Some((kind, target)) = pair.filter(|_| !is_outside) {
                let kind = kind.rsplit('/').next().unwrap_or("").to_owned();
                found.push((kind, joined(folder, &target)));
            }
        }
        Ok(found)
    }

    /// The text of a part, when it is there.
    fn text(&mut self, path: &str) -> Result<Option<String>, Fault> {
        let Some(at) = self.archive.index_for_name(path) else { return Ok(None) };
        let part = self.archive.by_index(at).map_err(|_| Fault::Damaged)?;
        let packed = part.compressed_size().max(1);
        let mut bytes = Vec::new();
        let read = part.take(MOST_BYTES.saturating_add(1)).read_to_end(&mut bytes);
        read.map_err(|_| Fault::Damaged)?;
        let size = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        let ratio = size.checked_div(packed).unwrap_or(0);
        if size > MOST_BYTES || (size > LARGE && ratio > MOST_RATIO) {
            return Err(Fault::TooLarge);
        }
        let encoding = Encoding::for_bom(&bytes).map_or(UTF_8, |(encoding, _)| encoding);
        Ok(Some(encoding.decode(&bytes).0.into_owned()))
    }
}

/// A path from a folder on.
fn joined(folder: &str, target: &str) -> String {
    if let Some(path) = target.strip_prefix('/') {
        return path.to_owned();
    }
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in target.split('/') {
        match part {
            "." | "" => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_joined() {
        assert_eq!(joined("word", "styles.xml"), "word/styles.xml");
        assert_eq!(joined("word", "../customXml/item1.xml"), "customXml/item1.xml");
        assert_eq!(joined("word", "/word/styles.xml"), "word/styles.xml");
        assert_eq!(joined("", "word/document.xml"), "word/document.xml");
    }
}
