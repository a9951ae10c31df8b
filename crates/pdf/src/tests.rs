//! Small files, written here, and what is read of them.

use proptest::prelude::*;

use super::*;

/// A file of numbered objects.
fn file(objects: &[String], trailer: &str) -> Vec<u8> {
    let mut bytes = b"%PDF-1.7\n".to_vec();
    let mut places = Vec::new();
    for (index, object) in objects.iter().enumerate() {
        places.push(bytes.len());
        bytes.extend(format!("{} 0 obj\n{object}\nendobj\n", index + 1).into_bytes());
    }
    let start = bytes.len();
    bytes.extend(format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).into_bytes());
    for place in places {
        bytes.extend(format!("{place:010} 00000 n \n").into_bytes());
    }
    let count = objects.len() + 1;
    let end =
        format!("trailer\n<</Size {count}/Root 1 0 R{trailer}>>\nstartxref\n{start}\n%%EOF\n");
    bytes.extend(end.into_bytes());
    bytes
}

fn stream(head: &str, content: &str) -> String {
    format!("<<{head}/Length {}>>\nstream\n{content}\nendstream", content.len())
}

/// A file of one page that draws `content`; `page` goes into the dictionary of the page, `more`
/// are further objects from number 9. Its fonts are F1, Helvetica, and F2 and F3, Chinese ones that
/// are not embedded, one written in UCS-2 and one in GBK.
pub(crate) fn page_with(content: &str, page: &str, more: &[String]) -> Vec<u8> {
    let chinese = |encoding: &str| {
        format!(
            "<</Type/Font/Subtype/Type0/BaseFont/SimSun/Encoding/{encoding}/DescendantFonts[8 0 R]>>"
        )
    };
    let mut objects = vec![
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        "<</Type/Pages/Kids[3 0 R]/Count 1>>".to_owned(),
        format!(
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources\
             <</Font<</F1 5 0 R/F2 6 0 R/F3 7 0 R>>/XObject<</X 9 0 R>>>>{page}>>"
        ),
        stream("", content),
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>".to_owned(),
        chinese("UniGB-UCS2-H"),
        chinese("GBK-EUC-H"),
        "<</Type/Font/Subtype/CIDFontType2/BaseFont/SimSun/DW 1000/FontDescriptor\
         <</Type/FontDescriptor/FontName/SimSun/Flags 4>>/CIDSystemInfo\
         <</Registry(Adobe)/Ordering(GB1)/Supplement 2>>>>"
            .to_owned(),
    ];
    objects.extend_from_slice(more);
    file(&objects, "")
}

fn page(content: &str) -> Page {
    read(&page_with(content, "", &[])).unwrap().remove(0)
}

fn said(page: &Page) -> String {
    page.glyphs.iter().map(|glyph| glyph.text).collect()
}

#[test]
fn a_glyph_stands_where_the_page_shows_it() {
    let page = page("BT /F1 10 Tf 100 700 Td (12.5) Tj ET");
    assert_eq!((said(&page).as_str(), page.number), ("12.5", 1));
    let first = page.glyphs[0];
    assert_eq!((first.size, first.turn, first.is_hidden), (10.0, Turn::Right, false));
    let Bounds { x0, y0, x1, y1 } = first.bounds;
    assert!((x0 - 100.0).abs() < 0.01 && (x1 - 105.56).abs() < 0.01, "{:?}", first.bounds);
    assert!((y0 - 91.2).abs() < 0.01 && (y1 - 101.2).abs() < 0.01, "{:?}", first.bounds);
}

#[test]
fn chinese_fonts_that_are_not_embedded_are_read() {
    // 决算 in UCS-2, 万元 in GBK.
    let page = page("BT /F2 10 Tf 50 700 Td <51B37B97> Tj /F3 10 Tf <CDF2D4AA> Tj ET");
    assert_eq!(said(&page), "决算万元");
    let ends: Vec<f64> = page.glyphs.iter().map(|glyph| glyph.bounds.x1.round()).collect();
    assert_eq!(ends, [60.0, 70.0, 80.0, 90.0]);
}

#[test]
fn rotation_is_applied() {
    let content = "BT /F1 10 Tf 100 700 Td (A) Tj ET";
    let turned = |rotate: u32| {
        let bytes = page_with(content, &format!("/Rotate {rotate}"), &[]);
        read(&bytes).unwrap().remove(0)
    };
    let page = turned(90);
    assert_eq!((page.area.x1, page.area.y1), (800.0, 600.0));
    assert_eq!(page.glyphs[0].turn, Turn::Down);
    assert!(page.glyphs[0].bounds.x1 < 710.0 && page.glyphs[0].bounds.x0 > 690.0);
    assert_eq!(turned(180).glyphs[0].turn, Turn::Left);
    assert_eq!(turned(270).glyphs[0].turn, Turn::Up);
}

#[test]
fn lines_thin_boxes_and_sides_of_boxes_are_rules() {
    let rules = |content: &str| {
        let page = page(content);
        page.rules.iter().filter(|rule| rule.is_horizontal()).count() * 10
            + page.rules.iter().filter(|rule| !rule.is_horizontal()).count()
    };
    assert_eq!(rules("50 700 m 300 700 l S"), 10);
    assert_eq!(rules("50 600 0.5 100 re f"), 1);
    assert_eq!(rules("50 600 200 100 re S"), 22);
    assert_eq!(rules("50 600 200 100 re f"), 0, "a filled box is a background");
    assert_eq!(rules("50 600 m 300 700 l S"), 0, "what runs askew is none");
    assert_eq!(rules("1 g 50 600 0.5 100 re f"), 0, "white is not seen");
    assert_eq!(rules("50 600 2 2 re f"), 0, "corners are none");
}

#[test]
fn hidden_text_and_pictures_are_told() {
    let content = "BT 3 Tr /F1 10 Tf 100 700 Td (A) Tj ET q 600 0 0 800 0 0 cm /X Do Q";
    let picture = stream(
        "/Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8",
        "0",
    );
    let page = read(&page_with(content, "", &[picture])).unwrap().remove(0);
    assert!(page.glyphs[0].is_hidden);
    assert_eq!(page.pictures.len(), 1);
    assert!(page.pictures[0].width() > 599.0 && page.pictures[0].height() > 799.0);
}

#[test]
fn text_that_is_cut_off_belongs_to_where_it_is_shown() {
    let page = page("q 100 690 20 20 re W n BT /F1 10 Tf 100 700 Td (AAAAAAAA) Tj ET Q");
    let last = page.glyphs.last().unwrap();
    assert!(last.bounds.x0 > 130.0);
    assert!((last.home.0 - 120.0).abs() < 0.01, "{:?}", last.home);
}

#[test]
fn what_cannot_be_opened_says_why() {
    assert_eq!(read(b"%PDF-1.7\nnothing"), Err(PdfError::Broken));
    let locked = file(
        &["<</Type/Catalog/Pages 2 0 R>>".to_owned(), "<</Type/Pages/Kids[]/Count 0>>".to_owned()],
        "/ID[<00><00>]/Encrypt<</Filter/Standard/V 9/R 9/O<00>/U<00>/P 0>>",
    );
    assert_eq!(read(&locked), Err(PdfError::Locked));
}

#[test]
fn drawing_without_end_ends() {
    let form = |next: &str| {
        let calls = "/X Do ".repeat(20);
        let head = format!(
            "/Type/XObject/Subtype/Form/BBox[0 0 600 800]/Resources<</XObject<</X {next}>>>>"
        );
        stream(&head, &calls)
    };
    let forms: Vec<String> = (9..15)
        .map(|number| form(&format!("{} 0 R", if number < 14 { number + 1 } else { 9 })))
        .collect();
    let bytes = page_with("/X Do", "", &forms);
    assert_eq!(read_pages(&bytes, 10_000), Err(PdfError::TooMuch));
}

proptest! {
    #[test]
    fn altered_files_are_read_or_refused(
        changes in proptest::collection::vec((0_usize..2_400, any::<u8>()), 1..12),
        length in 0_usize..2_400,
    ) {
        let content = "BT /F1 10 Tf 100 700 Td [(12) -200 (5)] TJ /F2 9 Tf <51B37B97> Tj ET 5 5 9 .5 re f";
        let mut bytes = page_with(content, "", &[stream("/Subtype/Form/BBox[0 0 9 9]", "1 0 0 RG")]);
        for (at, byte) in changes {
            if let Some(slot) = bytes.get_mut(at) {
                *slot = byte;
            }
        }
        let _ = read(&bytes);
        bytes.truncate(length);
        let _ = read(&bytes);
    }
}
