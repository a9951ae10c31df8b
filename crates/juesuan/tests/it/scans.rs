//! Scanned pages, recognised where tesseract is installed.

use std::process::Command;
use std::time::Duration;

use serde_json::Value;

use crate::desk::{Folder, juesuan, root, run};

const FAULTY: &str = "examples/linxi-water-2024/faulty.pdf";

/// What is less sure than this is doubtful.
const SURE: u64 = 80;

fn is_installed() -> bool {
    let told = Command::new("tesseract").arg("--list-langs").output();
    told.is_ok_and(|told| String::from_utf8_lossy(&told.stdout).contains("chi_sim"))
}

/// A file whose only page is a picture, at so many dots to the inch.
fn scan(picture: &juesuan_read::Picture, dpi: u32) -> Vec<u8> {
    let (width, height) = (picture.width, picture.height);
    let gray = picture.gray();
    let (wide, high) = (width * 72 / dpi, height * 72 / dpi);
    let content = format!("{wide} 0 0 {high} 0 0 cm /P Do");
    let head = format!(
        "<</Type/XObject/Subtype/Image/Width {width}/Height {height}/ColorSpace/DeviceGray\
         /BitsPerComponent 8/Length {}>>\nstream\n",
        gray.len()
    );
    let objects: [Vec<u8>; 5] = [
        b"<</Type/Catalog/Pages 2 0 R>>".to_vec(),
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>".to_vec(),
        format!(
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 {wide} {high}]/Contents 4 0 R\
             /Resources<</XObject<</P 5 0 R>>>>>>"
        )
        .into_bytes(),
        format!("<</Length {}>>\nstream\n{content}\nendstream", content.len()).into_bytes(),
        [head.as_bytes(), &gray, b"\nendstream"].concat(),
    ];
    let mut bytes = b"%PDF-1.7\n".to_vec();
    let mut places = Vec::new();
    for (number, object) in (1..).zip(&objects) {
        places.push(bytes.len());
        bytes.extend(format!("{number} 0 obj\n").into_bytes());
        bytes.extend_from_slice(object);
        bytes.extend_from_slice(b"\nendobj\n");
    }
    let start = bytes.len();
    bytes.extend_from_slice(b"xref\n0 6\n0000000000 65535 f \n");
    for place in places {
        bytes.extend(format!("{place:010} 00000 n \n").into_bytes());
    }
    let end = format!("trailer\n<</Size 6/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n");
    bytes.extend(end.into_bytes());
    bytes
}

fn read(path: &str) -> Value {
    let mut command = juesuan(&["read", path, "--format", "json"]);
    let run = run(command.timeout(Duration::from_secs(300)));
    serde_json::from_str(&run.out).unwrap_or_else(|error| panic!("{error}: {}", run.err))
}

/// The amounts of cells of tables: page, text, and whether they are sure.
fn amounts(read: &Value) -> Vec<(u64, String, bool)> {
    let blocks = read["blocks"].as_array().unwrap().iter();
    let cells = blocks.filter_map(|block| block["cells"].as_array()).flatten();
    let amount = |cell: &Value| {
        let text = cell["text"].as_str().unwrap().replace(' ', "");
        let (whole, fraction) = text.split_once('.')?;
        let is_amount = fraction.len() == 2 && (whole.len() + fraction.len()) < 12;
        let is_sure = cell["confidence"].as_u64().is_none_or(|sure| sure >= SURE);
        is_amount.then(|| (cell["page"].as_u64().unwrap(), text.clone(), is_sure))
    };
    cells.filter_map(amount).collect()
}

/// The page that has most amounts.
fn fullest(amounts: &[(u64, String, bool)]) -> u64 {
    let count = |page: u64| amounts.iter().filter(|(own, ..)| *own == page).count();
    amounts.iter().map(|(page, ..)| *page).max_by_key(|page| count(*page)).unwrap()
}

#[test]
fn amounts_of_a_scanned_form_are_right_or_doubtful() {
    if !is_installed() {
        eprintln!("skipped: tesseract with chi_sim is not installed");
        return;
    }
    let known = amounts(&read(FAULTY));
    let page = fullest(&known);
    let bytes = std::fs::read(root().join(FAULTY)).unwrap();
    let pictures = juesuan_read::pictures(&bytes, &[u32::try_from(page).unwrap()], 300).unwrap();
    let folder = Folder::new();
    let path = folder.file("scan.pdf", scan(&pictures[0], 300));
    let read = read(&path);
    let found = amounts(&read);
    let known: Vec<&str> =
        known.iter().filter(|(own, ..)| *own == page).map(|(_, text, _)| &**text).collect();
    assert!(known.len() > 30, "{known:?}");
    assert_eq!(found.len(), known.len(), "{found:?}");
    let pairs = || found.iter().zip(&known);
    let sure_and_wrong = pairs().filter(|((_, text, is_sure), known)| text != *known && *is_sure);
    assert_eq!(sure_and_wrong.count(), 0, "{found:?}");
    let right = pairs().filter(|((_, text, is_sure), known)| text == *known && *is_sure).count();
    assert!(right * 100 >= known.len() * 97, "{right} of {}", known.len());
    let told = read["caveats"][0]["message"].as_str().unwrap();
    assert!(told.starts_with("第 1 页是扫描图，其文字是识别出来的"), "{told}");
}

#[test]
fn without_tesseract_the_report_says_how_to_install_it() {
    let bytes = std::fs::read(root().join(FAULTY)).unwrap();
    let pictures = juesuan_read::pictures(&bytes, &[1], 40).unwrap();
    let folder = Folder::new();
    let path = folder.file("scan.pdf", scan(&pictures[0], 40));
    let empty = folder.path("nothing");
    let run = run(juesuan(&["check", &path]).env("PATH", empty));
    assert!(run.out.contains("RDG008") && run.out.contains("未读、未核验"), "{}", run.out);
    assert!(run.out.replace([' ', '\n'], "").contains("aptinstalltesseract-ocr"), "{}", run.out);
}
