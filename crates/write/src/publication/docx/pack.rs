//! Puts the parts of the file together. Nothing in it says when it was written.

use std::io::{Cursor, Write as _};

use juesuan_model::{Element, Publication, runs_text};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::xml::Xml;
use crate::WriteError;
use crate::width::Metric;

/// The file of a publication.
pub(super) fn pack(
    publication: &Publication,
    document: Vec<u8>,
    figures: Vec<u8>,
) -> Result<Vec<u8>, WriteError> {
    let size = part_size(publication);
    let styles = include_str!("parts/styles.xml")
        .replace("{part}", &size.to_string())
        // The title of a form is not larger than that of the part in which it stands.
        .replace("{form}", &size.min(36).to_string());
    let core = core(publication);
    let parts: [(&str, &[u8]); 14] = [
        ("[Content_Types].xml", include_bytes!("parts/contentTypes.xml")),
        ("_rels/.rels", include_bytes!("parts/packageRels.xml")),
        ("word/document.xml", &document),
        ("word/_rels/document.xml.rels", include_bytes!("parts/documentRels.xml")),
        ("word/styles.xml", styles.as_bytes()),
        ("word/settings.xml", include_bytes!("parts/settings.xml")),
        ("word/fontTable.xml", include_bytes!("parts/fontTable.xml")),
        ("word/headerDraft.xml", include_bytes!("parts/headerDraft.xml")),
        ("word/footerOdd.xml", include_bytes!("parts/footerOdd.xml")),
        ("word/footerEven.xml", include_bytes!("parts/footerEven.xml")),
        ("customXml/item1.xml", &figures),
        ("customXml/itemProps1.xml", include_bytes!("parts/itemProps.xml")),
        ("customXml/_rels/item1.xml.rels", include_bytes!("parts/itemRels.xml")),
        ("docProps/core.xml", &core),
    ];
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default());
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let app: (&str, &[u8]) = ("docProps/app.xml", include_bytes!("parts/app.xml"));
    for (name, bytes) in parts.into_iter().chain([app]) {
        zip.start_file(name, options)?;
        zip.write_all(bytes)?;
    }
    Ok(zip.finish()?.into_inner())
}

/// What the file says of itself.
fn core(publication: &Publication) -> Vec<u8> {
    const CORE: &str = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties";
    let names = [("xmlns:cp", CORE), ("xmlns:dc", "http://purl.org/dc/elements/1.1/")];
    let mut xml = Xml::new();
    xml.element("cp:coreProperties", &names, |xml| {
        xml.leaf("dc:title", &[], &publication.title);
        xml.leaf("dc:creator", &[], &publication.department);
        xml.leaf("dc:language", &[], "zh-CN");
    });
    xml.finish()
}

/// The size of titles of parts, in half points: the largest at which all stand on one line.
fn part_size(publication: &Publication) -> u32 {
    let widths = publication.elements.iter().filter_map(|element| match element {
        Element::Heading { level: 0 | 1, runs } => {
            Some(Metric { wide_ambiguous: true }.cells(&runs_text(runs)))
        }
        _ => None,
    });
    let widest = u32::try_from(widths.max().unwrap_or(0)).unwrap_or(u32::MAX);
    // A half square of so many half points, in twentieths of a point.
    let fits = |size: &u32| widest.saturating_mul(size.saturating_mul(5)) <= 8844;
    [44, 36, 32].into_iter().find(fits).unwrap_or(36)
}
