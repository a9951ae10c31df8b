//! A PDF, written here, through the whole program: findings lead to its pages.

use serde_json::Value;

use crate::desk::{FOUND, Folder, report};

/// A PDF of pages that print lines in a Chinese font that is not embedded.
fn pdf(pages: &[&[&str]]) -> Vec<u8> {
    pdf_with(pages, "", &[])
}

/// The same with further entries of each page and further objects, from number 5.
pub(crate) fn pdf_with(pages: &[&[&str]], entries: &str, more: &[&str]) -> Vec<u8> {
    let mut objects = vec![
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        String::new(),
        "<</Type/Font/Subtype/Type0/BaseFont/SimSun/Encoding/UniGB-UCS2-H/DescendantFonts[4 0 R]>>"
            .to_owned(),
        "<</Type/Font/Subtype/CIDFontType2/BaseFont/SimSun/DW 1000/FontDescriptor\
         <</Type/FontDescriptor/FontName/SimSun/Flags 4>>/CIDSystemInfo\
         <</Registry(Adobe)/Ordering(GB1)/Supplement 2>>>>"
            .to_owned(),
    ];
    objects.extend(more.iter().map(|object| (*object).to_owned()));
    let mut kids = String::new();
    for lines in pages {
        let shown = lines.iter().zip(1..).map(|(line, number)| {
            let codes: String = line.encode_utf16().map(|unit| format!("{unit:04X}")).collect();
            format!("BT /F 16 Tf 80 {} Td <{codes}> Tj ET\n", 800 - number * 40)
        });
        let content: String = shown.collect();
        kids += &format!("{} 0 R ", objects.len() + 1);
        objects.push(format!(
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents {} 0 R\
             /Resources<</Font<</F 3 0 R>>>>{entries}>>",
            objects.len() + 2
        ));
        objects.push(format!("<</Length {}>>\nstream\n{content}\nendstream", content.len()));
    }
    objects[1] = format!("<</Type/Pages/Kids[{kids}]/Count {}>>", pages.len());
    let mut file = "%PDF-1.7\n".to_owned();
    let mut table = "0000000000 65535 f \n".to_owned();
    for (number, object) in (1..).zip(&objects) {
        table += &format!("{:010} 00000 n \n", file.len());
        file += &format!("{number} 0 obj\n{object}\nendobj\n");
    }
    let (start, count) = (file.len(), objects.len() + 1);
    file += &format!(
        "xref\n0 {count}\n{table}trailer\n<</Size {count}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n"
    );
    file.into_bytes()
}

fn finding<'a>(report: &'a Value, code: &str) -> &'a Value {
    let findings = report["findings"].as_array().unwrap();
    findings
        .iter()
        .find(|finding| finding["code"] == code)
        .unwrap_or_else(|| panic!("{findings:?}"))
}

#[test]
fn findings_in_a_pdf_name_page_and_box() {
    let folder = Folder::new();
    let file = pdf(&[
        &["临溪市水务局2024年度部门决算"],
        &["第一部分　概况", "一、主要职责", "负责城乡供水管理。。"],
    ]);
    let (code, report) = report(&[&folder.file("a.pdf", file)]);
    assert_eq!(code, FOUND);
    assert_eq!(report["document"]["department"], "临溪市水务局");
    let place = &finding(&report, "DOC011")["evidence"][0];
    assert_eq!(place["page"], 2);
    // The two full stops behind eight characters of 16 points that begin at 80.
    assert_eq!(place["bbox"], serde_json::json!([208, 147, 240, 164]));
    assert_eq!(place["quote"], "。。");
}
