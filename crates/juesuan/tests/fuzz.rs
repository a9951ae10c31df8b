//! Whatever a file holds, reading and checking it ends soon and without panic, and the reports
//! keep to their promises.
//!
//! Files are made from the example: pieces of it, mutilated the way converters, editors and
//! attackers do. `PROPTEST_CASES` sets how many; the default takes seconds, `.ci/run` takes a
//! minute. The files are the same in every run unless `PROPTEST_RNG_SEED` gives another number.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

use std::fmt;
use std::sync::{LazyLock, mpsc};
use std::thread;
use std::time::Duration;

use juesuan_check::{Checked, check, into_english};
use juesuan_model::{DocumentInfo, Evidence, Lang, Report};
use juesuan_read::{bind, decode, identify, parse};
use juesuan_scheme::{Index, Scheme, embedded, load};
use juesuan_write::{SourceText, html, json, text, xlsx};
use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed};

const EXAMPLES: [&str; 2] = [
    include_str!("../../../examples/linxi-water-2024/faulty.md"),
    include_str!("../../../examples/linxi-water-2024/clean.md"),
];

/// What is put into texts: what tables and sentences are made of, and what breaks them.
const SNIPPETS: [&str; 32] = [
    "|",
    "\t",
    "\n",
    "\r",
    "\n\n",
    "。",
    "1234567890123456789012345678901234567890.12",
    "-0.00",
    "99999999999999999999",
    "1,23,4.5.6",
    "100.00%",
    "万元",
    "亿元",
    "<table><tr><td>",
    "</td></tr></table>",
    "<td colspan=\"4294967295\" rowspan=99999999>",
    "<!-- ",
    "<",
    "&#x0;&amp",
    "\u{0}",
    "\u{7}\u{1b}[31m",
    "\u{202e}",
    "\u{200b}\u{feff}",
    "\u{fffd}",
    "\u{1f600}",
    "（（（（（（（（",
    "第九百九十九部分",
    "占收入总计的",
    "项目支出绩效自评表",
    "收入支出决算总表\n\n公开01表",
    "215",
    "\\",
];

/// The bytes of a file, shown as the text they are nearly.
#[derive(Clone)]
struct Bytes(Vec<u8>);

impl fmt::Debug for Bytes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", String::from_utf8_lossy(&self.0))
    }
}

/// A way to damage a text. Places are parts of a million of its length.
#[derive(Clone, Debug)]
enum Damage {
    /// Lines are lost.
    Drop(u32, usize),
    /// Lines come twice.
    Double(u32, usize),
    /// Two lines change places.
    Swap(u32, u32),
    /// A snippet is put in so many times, anywhere.
    Insert(u32, usize, usize),
    /// The rest is cut off, in the middle of a character perhaps.
    Cut(u32),
    /// A byte becomes another.
    Byte(u32, u8),
    /// A line is one with those behind it.
    Join(u32, usize),
    /// A digit becomes another.
    Digit(u32, u8),
}

fn damage() -> impl Strategy<Value = Damage> {
    let place = 0..1_000_000_u32;
    prop_oneof![
        (place.clone(), 1..40_usize).prop_map(|(at, lines)| Damage::Drop(at, lines)),
        (place.clone(), 1..40_usize).prop_map(|(at, lines)| Damage::Double(at, lines)),
        (place.clone(), place.clone()).prop_map(|(a, b)| Damage::Swap(a, b)),
        (place.clone(), 0..SNIPPETS.len(), prop_oneof![9 => 1..3_usize, 1 => 1..3_000_usize])
            .prop_map(|(at, snippet, times)| Damage::Insert(at, snippet, times)),
        (500_000..1_000_000_u32).prop_map(Damage::Cut),
        (place.clone(), any::<u8>()).prop_map(|(at, byte)| Damage::Byte(at, byte)),
        (place.clone(), 1..10_usize).prop_map(|(at, lines)| Damage::Join(at, lines)),
        (place, b'0'..=b'9').prop_map(|(at, digit)| Damage::Digit(at, digit)),
    ]
}

/// The position that a part of a million means among so many.
fn scaled(place: u32, among: usize) -> usize {
    usize::try_from(u64::from(place) * among as u64 / 1_000_000).unwrap()
}

fn apply(bytes: Vec<u8>, damage: &Damage) -> Vec<u8> {
    let mut lines: Vec<Vec<u8>> = bytes.split(|byte| *byte == b'\n').map(<[u8]>::to_vec).collect();
    let line = |place: u32| scaled(place, lines.len());
    match *damage {
        Damage::Drop(at, count) => {
            let start = line(at);
            let end = (start + count).min(lines.len());
            lines.drain(start..end);
        }
        Damage::Double(at, count) => {
            let start = line(at);
            let again = lines[start..(start + count).min(lines.len())].to_vec();
            lines.splice(start..start, again);
        }
        Damage::Swap(a, b) => {
            let (a, b) = (line(a), line(b));
            lines.swap(a, b);
        }
        Damage::Join(at, count) => {
            let start = line(at);
            let joined = lines[start..(start + count + 1).min(lines.len())].concat();
            let end = (start + count + 1).min(lines.len());
            lines.splice(start..end, [joined]);
        }
        Damage::Insert(at, snippet, times) => {
            let at = scaled(at, bytes.len());
            let put = SNIPPETS[snippet].repeat(times).into_bytes();
            return [&bytes[..at], &put, &bytes[at..]].concat();
        }
        Damage::Cut(at) => return bytes[..scaled(at, bytes.len())].to_vec(),
        Damage::Byte(at, byte) => {
            let at = scaled(at, bytes.len());
            return [&bytes[..at], &[byte], bytes.get(at + 1..).unwrap_or_default()].concat();
        }
        Damage::Digit(at, digit) => {
            let from = scaled(at, bytes.len());
            let mut bytes = bytes;
            let found = bytes[from..].iter().position(u8::is_ascii_digit);
            if let Some(byte) = found.and_then(|found| bytes.get_mut(from + found)) {
                *byte = digit;
            }
            return bytes;
        }
    }
    lines.join(&b'\n')
}

/// The head of an example with pieces of both behind it.
fn pieces() -> impl Strategy<Value = Vec<u8>> {
    let piece = (0..EXAMPLES.len(), 0..1_000_000_u32, 1..50_usize);
    prop::collection::vec(piece, 1..5).prop_map(|pieces| {
        let mut lines: Vec<&str> = EXAMPLES[0].lines().take(3).collect();
        for (example, at, count) in pieces {
            let all: Vec<&str> = EXAMPLES[example].lines().collect();
            lines.extend(all.into_iter().cycle().skip(scaled(at, 800)).take(count));
        }
        lines.join("\n").into_bytes()
    })
}

fn damaged(source: impl Strategy<Value = Vec<u8>>) -> impl Strategy<Value = Bytes> {
    (source, prop::collection::vec(damage(), 0..8))
        .prop_map(|(bytes, damages)| Bytes(damages.iter().fold(bytes, apply)))
}

/// The schemes, loaded once.
struct Desk {
    index: Index,
    schemes: Vec<Scheme>,
}

static DESK: LazyLock<Desk> = LazyLock::new(|| {
    let files = embedded();
    let index = Index::new(&files).unwrap();
    let schemes = ["cn", "cn-ln-shenyang/2024"].map(|id| load(&files, id).unwrap()).into();
    Desk { index, schemes }
});

/// Does all that the program does with a file, and holds the results against what is promised.
fn all_the_way(bytes: &[u8]) {
    let Ok(decoded) = decode(bytes) else { return };
    let lines = u32::try_from(decoded.text.split('\n').count()).unwrap();
    let document = parse(&decoded.text);
    let chosen = DESK.index.choose(&identify(&document, &DESK.index.words));
    for scheme in &DESK.schemes {
        let accounts = bind(&document, scheme);
        let Checked { coverage, mut findings, mut not_checked, .. } =
            check(&document, &accounts, scheme, &[]);
        assert_eq!(coverage.not_checked, not_checked.len());
        assert!(coverage.figures_unrelated <= coverage.figures);
        for finding in &findings {
            let is_there =
                |place: &Evidence| (1..=lines).contains(&place.line) && place.column >= 1;
            assert!(finding.evidence.iter().all(is_there), "{finding:#?}");
        }
        assert!(findings.is_sorted_by_key(|finding| finding.severity));
        if *scheme.id != *chosen.id {
            into_english(&mut findings, &mut not_checked, scheme);
        }
        let document = DocumentInfo { path: "a.md".into(), ..DocumentInfo::default() };
        let report = Report { document, coverage, findings, not_checked };
        write(&report, &decoded.text);
    }
}

fn write(report: &Report, source: &str) {
    let source = SourceText::new(source);
    let json = json::report(report);
    assert!(serde_json::from_str::<serde_json::Value>(&json).is_ok(), "{json}");
    let page = text::report(report, &source, text::TextOptions::default());
    let is_hostile = |c: char| c.is_control() && c != '\n';
    assert!(!page.contains(is_hostile), "{page:?}");
    let _ = html::report(report, &source, &[], &[], Lang::Zh);
    let _ = xlsx::reports(std::slice::from_ref(report), &[], Lang::En).unwrap();
}

/// How long a file of the size of a disclosure may take. It takes a second without optimisation;
/// what takes a minute hangs.
const PATIENCE: Duration = Duration::from_secs(60);

fn ends(bytes: Vec<u8>) {
    let (done, end) = mpsc::channel();
    let worker = thread::spawn(move || {
        all_the_way(&bytes);
        let _ = done.send(());
    });
    match end.recv_timeout(PATIENCE) {
        Err(mpsc::RecvTimeoutError::Timeout) => panic!("hangs"),
        _ => worker.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)),
    }
}

/// So many cases unless `PROPTEST_CASES` says otherwise, one in `share` of them for slow ones.
fn config(cases: u32, share: u32) -> Config {
    let asked = |name: &str| std::env::var(name).ok()?.parse::<u64>().ok();
    let cases = asked("PROPTEST_CASES").and_then(|asked| asked.try_into().ok()).unwrap_or(cases);
    let rng_seed = RngSeed::Fixed(asked("PROPTEST_RNG_SEED").unwrap_or(0));
    let cases = (cases / share).max(1);
    Config {
        cases,
        rng_seed,
        failure_persistence: None,
        max_shrink_iters: 500,
        ..Config::default()
    }
}

proptest! {
    #![proptest_config(config(48, 1))]
    #[test]
    fn pieces_of_disclosures_are_checked_to_the_end(bytes in damaged(pieces())) {
        ends(bytes.0);
    }
}

proptest! {
    #![proptest_config(config(48, 8))]
    #[test]
    fn whole_disclosures_are_checked_to_the_end(
        bytes in damaged((0..EXAMPLES.len()).prop_map(|example| EXAMPLES[example].into()))
    ) {
        ends(bytes.0);
    }
}

proptest! {
    #![proptest_config(config(96, 1))]
    #[test]
    fn any_bytes_are_checked_to_the_end(bytes in prop::collection::vec(any::<u8>(), 0..2_000)) {
        ends(bytes);
    }

    #[test]
    fn any_text_is_checked_to_the_end(text in "(.|[\\n\\t|<>0-9.,%（）。一二三收支出决算表合计万元]){0,400}") {
        ends(text.into_bytes());
    }
}
