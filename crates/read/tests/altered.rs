//! Files of every format, altered in ways that damage, haste and malice alter them, are read or
//! refused: no panic, no endless work.
//!
//! Some are tried with all other tests. `JUESUAN_ALTERED=10000` tries so many of each format.
#![allow(missing_docs, clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

use std::io::{Cursor, Read, Write};
use std::path::Path;
use std::sync::mpsc;
use std::time::Duration;

use juesuan_read::convert;
use rust_xlsxwriter::Workbook;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

/// How many of each format are tried when nobody says.
const USUAL: u64 = 60;
/// How long a file may take, in builds for tests on a busy machine.
const PATIENCE: Duration = Duration::from_secs(30);

/// Numbers that look thrown, the same ones for a seed.
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        usize::try_from(self.0 >> 33).unwrap() % most.max(1)
    }

    fn piece(&mut self, length: usize) -> std::ops::Range<usize> {
        let from = self.below(length);
        from..from + self.below(2_000).min(length - from)
    }
}

/// Bytes with some changed, cut off, moved, repeated or left out.
fn altered(bytes: &[u8], dice: &mut Dice) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    match dice.below(6) {
        0 => bytes.truncate(dice.below(bytes.len())),
        1 => {
            for _ in 0..1 + dice.below(40) {
                let at = dice.below(bytes.len());
                if let Some(byte) = bytes.get_mut(at) {
                    *byte ^= u8::try_from(dice.below(255)).unwrap() + 1;
                }
            }
        }
        2 => {
            let piece = bytes[dice.piece(bytes.len())].to_vec();
            let at = dice.below(bytes.len());
            bytes.splice(at..at, piece);
        }
        3 => {
            let piece = dice.piece(bytes.len());
            drop(bytes.drain(piece));
        }
        4 => swap_numbers(&mut bytes, dice),
        _ => {
            let (from, to) = (dice.piece(bytes.len()), dice.below(bytes.len()));
            let from = from.start..from.end.min(from.start + bytes.len() - to);
            bytes.copy_within(from, to);
        }
    }
    bytes
}

/// Some digits stand for others: references of a PDF lead elsewhere, also to themselves; spans and
/// counts of tables grow.
fn swap_numbers(bytes: &mut [u8], dice: &mut Dice) {
    let digits = |bytes: &[u8]| -> Vec<usize> {
        (0..bytes.len()).filter(|at| bytes[*at].is_ascii_digit()).collect()
    };
    let places = digits(bytes);
    for _ in 0..1 + dice.below(60) {
        if let Some(at) = places.get(dice.below(places.len())) {
            bytes[*at] = b'0' + u8::try_from(dice.below(10)).unwrap();
        }
    }
}

/// An archive of which an entry is altered and packed again, takes the place of another, or is gone.
fn repacked(bytes: &[u8], dice: &mut Dice) -> Vec<u8> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut entries: Vec<(String, Vec<u8>)> = (0..archive.len())
        .map(|at| {
            let mut entry = archive.by_index(at).unwrap();
            let mut content = Vec::new();
            entry.read_to_end(&mut content).unwrap();
            (entry.name().unwrap().into_owned(), content)
        })
        .collect();
    let (one, other) = (dice.below(entries.len()), dice.below(entries.len()));
    match dice.below(6) {
        0 => drop(entries.remove(one)),
        1 => {
            let names = (entries[one].0.clone(), entries[other].0.clone());
            (entries[other].0, entries[one].0) = names;
        }
        _ => {
            // The largest entries are those that are read.
            let largest = (0..entries.len()).max_by_key(|at| entries[*at].1.len()).unwrap();
            let at = if dice.below(2) == 0 { largest } else { one };
            entries[at].1 = altered(&entries[at].1, dice);
        }
    }
    let mut packed = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in entries {
        // Two entries of one name are refused by who writes, not by who reads.
        if packed.start_file(name, SimpleFileOptions::default()).is_ok() {
            packed.write_all(&content).unwrap();
        }
    }
    packed.finish().unwrap().into_inner()
}

/// Tries files of a format, each on a thread of its own.
fn try_all(whole: &[u8], alter: impl Fn(&[u8], &mut Dice) -> Vec<u8>) {
    assert!(convert(whole).unwrap().is_ok(), "the file itself is not read");
    let count = std::env::var("JUESUAN_ALTERED").ok().and_then(|count| count.parse().ok());
    for seed in 0..count.unwrap_or(USUAL) {
        let mut dice = Dice(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
        let file = alter(whole, &mut dice);
        let (done, wait) = mpsc::channel();
        let work = std::thread::spawn(move || {
            let _ = convert(&file);
            let _ = done.send(());
        });
        if wait.recv_timeout(PATIENCE) == Err(mpsc::RecvTimeoutError::Timeout) {
            panic!("seed {seed} takes too long");
        }
        assert!(work.join().is_ok(), "seed {seed} panics");
    }
}

fn file(path: &str) -> Vec<u8> {
    std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap()
}

#[test]
fn altered_pdf() {
    try_all(&file("../../examples/linxi-water-2024/faulty.pdf"), altered);
}

#[test]
fn altered_docx() {
    try_all(&file("../../examples/linxi-water-2024/faulty.docx"), repacked);
}

#[test]
fn altered_xls() {
    try_all(&file("tests/data/old.xls"), altered);
}

#[test]
fn altered_xlsx() {
    let mut book = Workbook::new();
    for name in ["公开01表", "公开02表"] {
        let sheet = book.add_worksheet();
        sheet.set_name(name).unwrap();
        sheet.merge_range(0, 0, 0, 3, "收入决算表", &rust_xlsxwriter::Format::new()).unwrap();
        for row in 1..40 {
            sheet.write(row, 0, format!("科目{row}")).unwrap();
            sheet.write(row, 2, f64::from(row) / 3.0).unwrap();
        }
    }
    try_all(&book.save_to_buffer().unwrap(), repacked);
}

#[test]
fn altered_html() {
    let row = "<tr><td rowspan=\"2\">208</td><td colspan=\"1\">社会保障</td><td>1.00</td></tr>\n";
    let page = format!(
        "<!doctype html><html><head><style>td{{color:red}}</style></head><body><div><h1>某局2024年度部门决算</h1>\n\
         <p>收入总计 1.00 万元。</p><table border=1>{}</table><ul><li>一</li></ul></div></body></html>",
        row.repeat(60)
    );
    try_all(page.as_bytes(), altered);
}
