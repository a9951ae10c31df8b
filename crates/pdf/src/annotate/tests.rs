//! Small files, written here, with remarks on them.

use lopdf::decode_text_string;
use lopdf::encryption::{EncryptionState, EncryptionVersion, Permissions};
use proptest::prelude::*;

use super::*;
use crate::read;
use crate::tests::{file, page_with};

const CONTENT: &str = "BT /F1 10 Tf 100 700 Td (12.5) Tj ET 50 600 m 250 600 l S";

fn remark(place: Option<Bounds>) -> Remark {
    let (subject, text) = ("合计不符".to_owned(), "应为 12.00\n相差 0.50".to_owned());
    Remark { page: 1, place, colour: [255, 190, 180], subject, text }
}

const PLACE: Bounds = Bounds::new(100.0, 91.0, 118.0, 102.0);

/// The annotations of a page of a file that is read strictly.
fn annotations(bytes: &[u8], page: u32) -> Vec<Dictionary> {
    let options = LoadOptions { strict: true, ..LoadOptions::default() };
    let document = Document::load_mem_with_options(bytes, options).unwrap();
    let id = document.get_pages()[&page];
    let all = document.get_page_annotations(id).unwrap();
    all.into_iter().cloned().collect()
}

fn numbers(annotation: &Dictionary, key: &[u8]) -> Vec<f32> {
    let all = annotation.get(key).unwrap().as_array().unwrap();
    all.iter().map(|number| number.as_float().unwrap()).collect()
}

fn said(annotation: &Dictionary, key: &[u8]) -> String {
    decode_text_string(annotation.get(key).unwrap()).unwrap()
}

#[test]
fn a_remark_is_appended_and_nothing_else_changes() {
    let old = page_with(CONTENT, "", &[]);
    let new = annotate(&old, &[remark(Some(PLACE))], "juesuan").unwrap();
    assert!(new.starts_with(&old), "the file itself is not touched");
    assert_eq!(read(&new).unwrap(), read(&old).unwrap(), "marks are no rules of tables");
    let all = annotations(&new, 1);
    assert_eq!(all.len(), 1);
    let [mark] = &all[..] else { panic!("{all:?}") };
    assert_eq!(mark.get(b"Subtype").unwrap().as_name().unwrap(), b"Highlight");
    assert_eq!(numbers(mark, b"Rect"), [100.0, 698.0, 118.0, 709.0]);
    assert_eq!(
        numbers(mark, b"QuadPoints"),
        [100.0, 709.0, 118.0, 709.0, 100.0, 698.0, 118.0, 698.0]
    );
    assert_eq!(said(mark, b"Contents"), "应为 12.00\n相差 0.50");
    assert!(mark.get(b"Contents").unwrap().as_str().unwrap().starts_with(b"\xFE\xFF"));
    assert_eq!((said(mark, b"T"), said(mark, b"Subj")), ("juesuan".into(), "合计不符".into()));
    assert_eq!(new, annotate(&old, &[remark(Some(PLACE))], "juesuan").unwrap());
}

#[test]
fn every_annotation_brings_its_picture() {
    let old = page_with(CONTENT, "", &[]);
    let new = annotate(&old, &[remark(Some(PLACE)), remark(None)], "juesuan").unwrap();
    let document = Document::load_mem(&new).unwrap();
    for annotation in annotations(&new, 1) {
        let pictures = annotation.get(b"AP").unwrap().as_dict().unwrap();
        let id = pictures.get(b"N").unwrap().as_reference().unwrap();
        let picture = document.get_object(id).unwrap().as_stream().unwrap();
        assert_eq!(numbers(&picture.dict, b"BBox"), numbers(&annotation, b"Rect"));
        let drawn = String::from_utf8(picture.content.clone()).unwrap();
        assert!(drawn.contains("1.000 0.745 0.706 rg"), "{drawn}");
        assert!(drawn.ends_with("f\n") && !drawn.contains('S'), "areas only: {drawn}");
    }
}

#[test]
fn places_follow_rotation_and_crop() {
    let page = |more: &str| page_with(CONTENT, more, &[]);
    let corners = |bytes: &[u8], place| {
        let new = annotate(bytes, &[remark(Some(place))], "juesuan").unwrap();
        numbers(&annotations(&new, 1)[0], b"QuadPoints")
    };
    for turn in ["/Rotate 90", "/Rotate 180/CropBox[50 40 400 760]", "/Rotate -90", "/Rotate 450"] {
        let old = page(turn);
        let glyphs = read(&old).unwrap().remove(0).glyphs;
        // Where the first digit is shown is where it stands in the file.
        let points = corners(&old, glyphs[0].bounds);
        let xs = || points.iter().step_by(2).copied();
        let ys = || points.iter().skip(1).step_by(2).copied();
        let (left, right) = (xs().fold(f32::MAX, f32::min), xs().fold(f32::MIN, f32::max));
        let (low, high) = (ys().fold(f32::MAX, f32::min), ys().fold(f32::MIN, f32::max));
        assert!((left - 100.0).abs() < 0.1 && (right - 105.56).abs() < 0.1, "{turn}: {points:?}");
        assert!((low - 698.8).abs() < 0.1 && (high - 708.8).abs() < 0.1, "{turn}: {points:?}");
    }
    // Turned clockwise, what is shown above is the left of the file.
    let first = corners(&page("/Rotate 90"), Bounds::new(0.0, 0.0, 20.0, 10.0));
    assert_eq!(first, [0.0, 0.0, 0.0, 20.0, 10.0, 0.0, 10.0, 20.0]);
}

#[test]
fn annotations_that_are_there_stay() {
    let link = "<</Type/Annot/Subtype/Link/Rect[0 0 9 9]>>";
    let listed = page_with(CONTENT, "/Annots 9 0 R", &[format!("[{link} 10 0 R]"), link.into()]);
    let direct = page_with(CONTENT, &format!("/Annots[{link}]"), &[]);
    let broken = page_with(CONTENT, "/Annots 99 0 R", &[]);
    for (old, count) in [(listed, 2), (direct, 1), (broken, 0)] {
        let new = annotate(&old, &[remark(Some(PLACE))], "juesuan").unwrap();
        let kinds: Vec<_> = annotations(&new, 1);
        let kinds = kinds.iter().map(|one| one.get(b"Subtype").unwrap().as_name().unwrap());
        let kinds: Vec<&[u8]> = kinds.collect();
        assert_eq!(kinds.len(), count + 1);
        assert_eq!(kinds.last(), Some(&&b"Highlight"[..]));
        assert_eq!(kinds.iter().filter(|kind| **kind == b"Link").count(), count);
    }
}

#[test]
fn what_has_no_place_is_seen_at_the_edge() {
    let old = page_with(CONTENT, "", &[]);
    let beside = Bounds::new(-300.0, 10.0, -200.0, 20.0);
    let mut remarks = vec![remark(Some(beside)), Remark { page: 9, ..remark(None) }];
    remarks.extend(std::iter::repeat_n(remark(None), 2_000));
    let new = annotate(&old, &remarks, "juesuan").unwrap();
    let all = annotations(&new, 1);
    assert_eq!(all.len(), remarks.len(), "a page that is not there loses no remark");
    for icon in &all {
        assert_eq!(icon.get(b"Subtype").unwrap().as_name().unwrap(), b"Text");
        let rect = numbers(icon, b"Rect");
        assert!(rect[0] >= 0.0 && rect[1] >= 0.0 && rect[2] <= 600.0 && rect[3] <= 800.0);
    }
    assert_eq!(numbers(&all[0], b"Rect"), [560.0, 760.0, 576.0, 776.0]);
    assert_eq!(numbers(&all[1], b"Rect"), [560.0, 740.0, 576.0, 756.0]);
    assert_eq!(read(&new).unwrap(), read(&old).unwrap());
}

#[test]
fn a_blank_place_is_wide_enough_to_be_seen() {
    let old = page_with(CONTENT, "", &[]);
    let line = Bounds::new(100.0, 50.0, 100.0, 60.0);
    let new = annotate(&old, &[remark(Some(line))], "juesuan").unwrap();
    assert_eq!(numbers(&annotations(&new, 1)[0], b"Rect"), [98.0, 740.0, 102.0, 750.0]);
}

#[test]
fn packed_files_and_files_with_bytes_before_them_are_appended_to() {
    let plain = page_with(CONTENT, "", &[]);
    let mut packed = Vec::new();
    Document::load_mem(&plain).unwrap().save_modern(&mut packed).unwrap();
    assert!(memchr::memmem::find(&packed, b"/ObjStm").is_some(), "the page is packed");
    let before = [b"\n\n".to_vec(), plain].concat();
    for old in [packed, before] {
        let new = annotate(&old, &[remark(Some(PLACE))], "juesuan").unwrap();
        assert!(new.starts_with(&old));
        assert_eq!(read(&new).unwrap(), read(&old).unwrap());
        assert_eq!(annotations(&new, 1).len(), 1);
        let twice = annotate(&new, &[remark(None)], "juesuan").unwrap();
        assert!(twice.starts_with(&new), "marks upon marks");
        assert_eq!(annotations(&twice, 1).len(), 2);
    }
}

#[test]
fn a_file_whose_table_of_contents_is_wrong_is_written_anew() {
    let plain = String::from_utf8(page_with(CONTENT, "", &[])).unwrap();
    let start = plain.rfind("startxref").unwrap();
    let old = format!("{}startxref\n7\n%%EOF\n", &plain[..start]).into_bytes();
    let new = annotate(&old, &[remark(Some(PLACE))], "juesuan").unwrap();
    assert_eq!(read(&new).unwrap(), read(&old).unwrap());
    assert_eq!(annotations(&new, 1).len(), 1);
}

#[test]
fn a_file_that_would_lose_something_by_mending_is_refused() {
    let plain = String::from_utf8(page_with(CONTENT, "", &[])).unwrap();
    let old = plain.replacen("/Kids[3 0 R]", "/Kids[3 0 R", 1).into_bytes();
    assert_eq!(read(&old).map(|pages| pages[0].glyphs.len()), Ok(4), "it can be read");
    let new = annotate(&old, &[remark(Some(PLACE))], "juesuan");
    assert_eq!(new, Err(PdfError::Broken));
}

#[test]
fn a_page_that_is_shown_twice_keeps_all_remarks() {
    let page = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]>>";
    let objects =
        ["<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R 3 0 R]/Count 2>>", page];
    let old = file(&objects.map(str::to_owned), "");
    let remarks = [1, 2].map(|page| Remark { page, ..remark(Some(PLACE)) });
    let new = annotate(&old, &remarks, "juesuan").unwrap();
    assert_eq!(annotations(&new, 1).len(), 2);
}

#[test]
fn protected_locked_and_broken_files_are_refused() {
    let id = "/ID[<0123456789ABCDEF0123456789ABCDEF><0123456789ABCDEF0123456789ABCDEF>]";
    let page = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]>>";
    let objects = ["<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>", page];
    let plain = file(&objects.map(str::to_owned), id);
    let encrypted = |user_password: &str| {
        let mut document = Document::load_mem(&plain).unwrap();
        let version = EncryptionVersion::V2 {
            document: &document,
            owner_password: "owner",
            user_password,
            key_length: 128,
            permissions: Permissions::all(),
        };
        let state = EncryptionState::try_from(version).unwrap();
        document.encrypt(&state).unwrap();
        let mut bytes = Vec::new();
        document.save_to(&mut bytes).unwrap();
        bytes
    };
    assert!(read(&encrypted("")).is_ok(), "anybody may read it");
    let write = |bytes: &[u8]| annotate(bytes, &[remark(None)], "juesuan");
    assert_eq!(write(&encrypted("")), Err(PdfError::Protected));
    assert_eq!(write(&encrypted("user")), Err(PdfError::Locked));
    assert_eq!(write(b"%PDF-1.7\nnothing"), Err(PdfError::Broken));
}

#[test]
fn what_readers_marked_is_not_read_and_what_they_filled_in_is() {
    let drawn = "0 30 m 60 30 l S BT /F1 9 Tf 5 5 Td (7) Tj ET";
    let form = format!(
        "<</Type/XObject/Subtype/Form/BBox[0 0 60 60]/Resources<</Font<</F1 5 0 R>>>>\
         /Length {}>>\nstream\n{drawn}\nendstream",
        drawn.len()
    );
    let rules_and_glyphs = |kind: &str| {
        let annots = format!("/Annots[<</Subtype/{kind}/Rect[10 10 70 70]/F 4/AP<</N 9 0 R>>>>]");
        let file = page_with(CONTENT, &annots, std::slice::from_ref(&form));
        let marked = annotate(&file, &[remark(Some(PLACE)), remark(None)], "juesuan");
        assert!(marked.is_ok(), "ours are no rules, even where annotations are read");
        let page = read(&file).unwrap().remove(0);
        (page.rules.len(), page.glyphs.len())
    };
    assert_eq!(rules_and_glyphs("Underline"), (1, 4));
    assert_eq!(rules_and_glyphs("Widget"), (2, 5));
}

proptest! {
    #[test]
    fn altered_files_do_no_harm(at in 0_usize..900, byte: u8, page: u32, x in -1e9..1e9) {
        let mut bytes = page_with(CONTENT, "/Annots 9 0 R", &["[]".to_owned()]);
        if let Some(place) = bytes.get_mut(at) {
            *place = byte;
        }
        let place = Bounds::new(x, 0.0, x + 40.0, x);
        let remarks = [Remark { page, ..remark(Some(place)) }, remark(None)];
        if let Ok(new) = annotate(&bytes, &remarks, "juesuan") {
            prop_assert_eq!(read(&new), read(&bytes));
        }
    }
}
