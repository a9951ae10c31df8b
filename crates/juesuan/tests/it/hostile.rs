//! Files that are no disclosure, or a damaged one: each is read or refused, fast and in words.

use std::fs::File;
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::desk::{CLEAN, COULD_NOT_RUN, FAULTY, FOUND, Folder, call, report, text_of};

/// Checks that a file is refused with these words in Chinese and English.
fn assert_refused(path: &str, zh: &str, en: &str) {
    for (lang, said) in [("zh", zh), ("en", en)] {
        let run = call(&["check", path, "--lang", lang]);
        assert_eq!((run.code, run.out.as_str()), (COULD_NOT_RUN, ""), "{}", run.err);
        assert!(run.err.contains(path) && run.err.contains(said), "{}", run.err);
        assert_eq!(run.err.lines().count(), 1, "{}", run.err);
    }
}

#[test]
fn what_is_no_text_is_refused_with_the_reason() {
    let folder = Folder::new();
    let binary: Vec<u8> = (0..2_000_u32).map(|i| (i * 31 % 251) as u8).collect();
    for (name, bytes, zh, en) in [
        ("empty.md", &b""[..], "文件是空的", "empty"),
        ("blank.md", b" \r\n\t\n", "文件是空的", "empty"),
        ("binary.md", &binary, "这不是文本", "neither text nor a known file"),
        ("a.pdf", b"%PDF-1.7\n%\xE2\xE3\xCF\xD3\n", "PDF 文件已损坏", "the PDF is damaged"),
        ("a.docx", b"PK\x03\x04\x14\x00", "Word、Excel", "office document is damaged"),
        ("a.doc", b"\xD0\xCF\x11\xE0\xA1\xB1", "旧版 Word", "old Word"),
        ("a.png", b"\x89PNG\r\n\x1a\n", "图片", "picture"),
    ] {
        assert_refused(&folder.file(name, bytes), zh, en);
    }
    assert_refused(&folder.path("nowhere.md"), "没有这个文件或目录", "no such file or folder");
}

#[test]
fn a_huge_file_is_refused_before_it_is_read() {
    let folder = Folder::new();
    let path = folder.path("huge.md");
    File::create(&path).unwrap().set_len(500 * 1024 * 1024).unwrap();
    let start = Instant::now();
    assert_refused(&path, "超过上限 32 MB", "more than 32 MB");
    assert!(start.elapsed() < Duration::from_secs(5), "{:?}", start.elapsed());
}

#[cfg(unix)]
#[test]
fn a_source_without_end_is_refused_at_the_limit() {
    assert_refused("/dev/zero", "超过上限 32 MB", "more than 32 MB");
}

#[test]
fn bytes_that_belong_to_no_character_are_said_and_the_rest_is_checked() {
    let mut bytes = text_of(FAULTY).into_bytes();
    let middle = bytes.len() / 2;
    bytes.insert(middle, 0xFF);
    let folder = Folder::new();
    let (code, report) = report(&[&folder.file("damaged.md", bytes)]);
    assert_eq!(code, FOUND);
    let codes = codes(&report);
    assert!(codes.contains(&"RDG007") && codes.len() > 40, "{codes:?}");
}

fn codes(report: &Value) -> Vec<&str> {
    let findings = report["findings"].as_array().unwrap();
    findings.iter().map(|finding| finding["code"].as_str().unwrap()).collect()
}

#[test]
fn encodings_and_line_ends_make_no_difference() {
    let text = text_of(FAULTY);
    let (gb, _, lost) = encoding_rs::GB18030.encode(&text);
    assert!(!lost);
    let utf16: Vec<u8> =
        [0xFF, 0xFE].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    let (_, plain) = report(&[FAULTY]);
    let folder = Folder::new();
    for (name, bytes) in [
        ("gb.md", &*gb),
        ("crlf.md", text.replace('\n', "\r\n").as_bytes()),
        ("mark.md", &[b"\xEF\xBB\xBF", text.as_bytes()].concat()),
        ("utf16.md", &utf16),
    ] {
        let (code, other) = report(&[&folder.file(name, bytes)]);
        assert_eq!(code, FOUND, "{name}");
        for part in ["coverage", "findings", "not_checked"] {
            assert_eq!(other[part], plain[part], "{name}: {part}");
        }
    }
}

#[test]
fn vast_tables_with_codes_are_added_up_soon() {
    let title = "# 2024年度某某市水务局部门决算\n\n附表\n\n科目编码\t科目名称\t金额\n";
    let items = |code: u32| (0..20_000).map(move |item| format!("{code}{item:05}\t项目\t1.00\n"));
    let long: String = (201..203).flat_map(items).collect();
    assert_checked("long.md", &format!("{title}合计\t合计\t1.00\n{long}"));
    let amounts = "1.00\t".repeat(30_000);
    let wide: String = (1..6).map(|code| format!("2010{code}\t项目\t{amounts}\n")).collect();
    assert_checked("wide.md", &format!("{title}{wide}"));
}

/// Checks that a text is checked to the end, soon, and that a report comes out.
fn assert_checked(name: &str, text: &str) -> Value {
    let folder = Folder::new();
    let start = Instant::now();
    let (code, report) = report(&[&folder.file(name, text)]);
    assert_ne!(code, COULD_NOT_RUN, "{name}");
    assert!(start.elapsed() < Duration::from_secs(20), "{name}: {:?}", start.elapsed());
    report
}

#[test]
fn deep_long_and_wide_texts_are_checked_to_the_end() {
    let title = "# 2024年度某某市水务局部门决算\n\n";
    let line = text_of(FAULTY).replace('\n', " ");
    let nested = "<table><tr><td>".repeat(10_000) + "1" + &"</td></tr></table>".repeat(10_000);
    let tags = "<div>".repeat(10_000) + "收入总计 1.00 万元" + &"</div>".repeat(10_000);
    let pipes = "|".repeat(100_000) + "\n" + &"|-".repeat(50_000) + "\n";
    let tabs = "1\t".repeat(50_000);
    let digits = format!("收入总计{}万元。", "9".repeat(100_000));
    let brackets = "（".repeat(50_000);
    let right_to_left = "\u{202e}收入总计1.00万元\u{202c}\u{200f}".repeat(1_000);
    for (name, text) in [
        ("line.md", &line),
        ("nested.md", &nested),
        ("tags.md", &tags),
        ("pipes.md", &pipes),
        ("tabs.md", &tabs),
        ("digits.md", &digits),
        ("brackets.md", &brackets),
        ("right_to_left.md", &right_to_left),
    ] {
        assert_checked(name, &format!("{title}{text}\n"));
    }
}

#[test]
fn findings_of_a_form_without_its_name_have_a_place() {
    let named = |line: &&str| line.starts_with("| 项目名称 |") || line.starts_with("#### ");
    let text = text_of(FAULTY);
    let lines: Vec<&str> = text.lines().filter(|line| !named(line)).collect();
    let report = assert_checked("nameless.md", &lines.join("\n"));
    let findings = report["findings"].as_array().unwrap();
    let places = findings.iter().flat_map(|finding| finding["evidence"].as_array().unwrap());
    assert!(places.clone().count() > 0);
    assert!(places.into_iter().all(|place| place["line"].as_u64() > Some(0)));
}

#[test]
fn a_text_that_is_no_disclosure_gets_that_said_and_nothing_passes() {
    let report = assert_checked("letter.md", "# 通知\n\n各单位：请于明日上午开会。\n");
    assert_eq!(codes(&report), ["RDG005"]);
    let not_checked = report["not_checked"].as_array().unwrap();
    assert!(not_checked.len() > 100, "{}", not_checked.len());
    assert_eq!(report["coverage"]["not_checked"], not_checked.len());
}

/// Bytes with some of them changed, or cut off, or a piece moved; another way for each seed.
fn altered(bytes: &[u8], seed: u64) -> Vec<u8> {
    let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    let mut next = |most: usize| {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).unwrap() % most.max(1)
    };
    let mut bytes = bytes.to_vec();
    match seed % 3 {
        0 => bytes.truncate(next(bytes.len())),
        1 => {
            for _ in 0..20 {
                let at = next(bytes.len());
                bytes[at] ^= u8::try_from(next(255)).unwrap() + 1;
            }
        }
        _ => {
            let (from, to) = (next(bytes.len()), next(bytes.len()));
            let length = next(2_000).min(bytes.len() - from.max(to));
            bytes.copy_within(from..from + length, to);
        }
    }
    bytes
}

#[test]
fn altered_files_of_every_format_are_read_or_refused() {
    const EACH: u64 = 12;
    let folder = Folder::new();
    let out = folder.path("out");
    assert_eq!(call(&["publish", "examples/linxi-water-2024", "-o", &out]).code, CLEAN);
    for entry in std::fs::read_dir(&out).unwrap() {
        let path = entry.unwrap().path();
        let Some(ending) = path.extension().map(|ending| ending.to_string_lossy().into_owned())
        else {
            continue;
        };
        let whole = std::fs::read(&path).unwrap();
        for seed in 0..EACH {
            let file = folder.file(&format!("{seed}.{ending}"), altered(&whole, seed));
            let run = call(&["check", &file, "--format", "json"]);
            let said = format!("{seed}.{ending}: {} {}", run.code, run.err);
            assert!([CLEAN, FOUND, COULD_NOT_RUN].contains(&run.code), "{said}");
            assert_eq!(run.code == COULD_NOT_RUN, !run.err.is_empty(), "{said}");
            assert!(!run.err.contains("内部出错"), "{said}");
        }
    }
}
