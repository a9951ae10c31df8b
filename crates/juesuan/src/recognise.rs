//! Lines of scanned pages are recognised by tesseract, where it is installed.
//!
//! Each line is read twice: lines of Chinese once more at another size, others by the model for Latin
//! letters, which is held to digits. Where both readings give the same figure it is sure, else it is
//! doubtful. What tesseract gets are bare pixels of our own making, never a part of the file.

use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, OnceLock};
use std::time::Duration;

use juesuan_read::{Cuttings, Piece, Recognised, Word};
use tempfile::TempDir;

use crate::apart::converse;
use crate::readings::{differ, figure, in_order, is_chinese, sentence};
use crate::tsv::{Seen, parse};

/// The most pages of a document that are recognised; the others stay unread.
const MOST_PAGES: usize = 300;

/// How long tesseract may take for a page. A full one takes five seconds.
const PATIENCE: Duration = Duration::from_secs(180);

/// The paper around the pictures of lines, in pixels.
const MARGIN: u32 = 10;

/// A line that is lower than this, in pixels, is a dash.
const DASH: u32 = 9;

/// What a figure may be written with.
const FIGURE: &str = "0123456789.,-%";

/// How sure a dash is.
const CLEAR: u8 = 90;

/// Recognises pages as far as they can be cut, each with its number.
pub(crate) fn recognise(
    pages: &[u32],
    cut: impl Fn(u32) -> Option<Cuttings> + Sync,
) -> Vec<Recognised> {
    let pages = pages.get(..MOST_PAGES).unwrap_or(pages);
    if pages.is_empty() || !is_installed() {
        return Vec::new();
    }
    let next = AtomicUsize::new(0);
    let done = Mutex::new(Vec::new());
    let workers = std::thread::available_parallelism().map_or(1, usize::from).min(pages.len());
    std::thread::scope(|scope| {
        for _ in 0..workers {
            scope.spawn(|| {
                while let Some(page) = pages.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let known = cut(*page).and_then(|cuttings| of_page(cuttings).ok());
                    if let Ok(mut done) = done.lock() {
                        done.extend(known);
                    }
                }
            });
        }
    });
    let mut done = done.into_inner().unwrap_or_default();
    done.sort_by_key(|known| known.cuttings.page);
    done
}

/// Whether tesseract is installed with what it needs to know of Chinese and of digits.
fn is_installed() -> bool {
    static INSTALLED: OnceLock<bool> = OnceLock::new();
    *INSTALLED.get_or_init(|| {
        let mut command = Command::new("tesseract");
        command.arg("--list-langs");
        let told = converse(command, &[], PATIENCE).unwrap_or_default();
        let told = String::from_utf8_lossy(&told);
        [CHINESE, DIGITS].iter().all(|model| told.lines().any(|line| line.trim() == *model))
    })
}

/// The models of tesseract.
const CHINESE: &str = "chi_sim";
const DIGITS: &str = "eng";

/// Recognises the lines of a page.
fn of_page(mut cuttings: Cuttings) -> io::Result<Recognised> {
    let folder = TempDir::new()?;
    let pieces = std::mem::take(&mut cuttings.pieces);
    let mut lines: Vec<Vec<Seen>> = pieces.iter().map(dash).collect();
    let unread = |lines: &[Vec<Seen>], is_block: bool| -> Vec<usize> {
        let places = lines.iter().zip(&pieces).enumerate();
        let unread = places.filter(|(_, (l, piece))| l.is_empty() && piece.is_block == is_block);
        unread.map(|(at, _)| at).collect()
    };
    let (single, blocks) = (unread(&lines, false), unread(&lines, true));
    let again = |chosen: &[usize], options: &[&str], more: u32| {
        let chosen = || chosen.iter().filter_map(|at| pieces.get(*at));
        let pictures = chosen().map(|piece| smaller(piece, steps(piece) + more));
        let lines = read(folder.path(), pictures, options)?;
        let lines = lines.into_iter().zip(chosen());
        io::Result::Ok(
            lines
                .map(|(line, piece)| enlarged(line, piece, steps(piece) + more))
                .collect::<Vec<_>>(),
        )
    };
    let first = again(&single, &["-l", CHINESE, "--psm", "7"], 0)?;
    let (words, figures): (Vec<_>, Vec<_>) =
        single.into_iter().zip(first).partition(|(_, line)| is_chinese(line));
    let chosen: Vec<usize> = words.iter().map(|(at, _)| *at).collect();
    let again_smaller = again(&chosen, &["-l", CHINESE, "--psm", "7"], 1)?;
    let chosen: Vec<usize> = figures.iter().map(|(at, _)| *at).collect();
    let whitelist = format!("tessedit_char_whitelist={FIGURE}");
    let digits = ["-l", DIGITS, "--psm", "7", "-c", &whitelist];
    let second = again(&chosen, &digits, 0)?;
    let differ = |((_, one), two): &((usize, Vec<Seen>), Vec<Seen>)| differ(one, two);
    let (open, figures): (Vec<_>, Vec<_>) = figures.into_iter().zip(second).partition(differ);
    let chosen: Vec<usize> = open.iter().map(|((at, _), _)| *at).collect();
    let third = again(&chosen, &digits, 1)?;
    let words =
        words.into_iter().zip(again_smaller).map(|((at, one), two)| (at, sentence(one, &two)));
    let figures = figures.into_iter().map(|((at, one), two)| (at, figure(one, two, Vec::new())));
    let open = open.into_iter().zip(third);
    let open = open.map(|(((at, one), two), three)| (at, figure(one, two, three)));
    let several = again(&blocks, &["-l", CHINESE, "--psm", "6"], 0)?;
    let several = several.into_iter().map(|block| sentence(block, &[]));
    for (at, line) in words.chain(figures).chain(open).chain(blocks.iter().copied().zip(several)) {
        if let Some(slot) = lines.get_mut(at) {
            *slot = line;
        }
    }
    let words = pieces.iter().zip(lines).flat_map(|(piece, line)| {
        in_order(line).into_iter().filter_map(|seen| on_page(piece, seen))
    });
    Ok(Recognised { words: words.collect(), cuttings })
}

/// A line that is only a dash, which tesseract takes for dirt.
fn dash(piece: &Piece) -> Vec<Seen> {
    let (width, height) =
        (piece.width.saturating_sub(2 * MARGIN), piece.height.saturating_sub(2 * MARGIN));
    if height > DASH || width < 2 * height || width > 12 * DASH {
        return Vec::new();
    }
    let bounds = [MARGIN, MARGIN, MARGIN + width, MARGIN + height];
    vec![Seen {
        text: "—".to_owned(), bounds, line: [MARGIN, MARGIN + height], confidence: CLEAR
    }]
}

/// How often a line is made smaller before it is read: large type is read worse than small.
const fn steps(piece: &Piece) -> u32 {
    match piece.height.saturating_sub(2 * MARGIN) {
        ..=50 => 0,
        51..=75 => 1,
        76.. => 2,
    }
}

/// A picture at two thirds of its size, or less: at another size type is read differently.
fn smaller(piece: &Piece, steps: u32) -> Piece {
    (0..steps).fold(piece.clone(), |piece, _| at_two_thirds(&piece))
}

/// Words of a picture that was made smaller, where they stand in the picture of the line.
fn enlarged(mut line: Vec<Seen>, piece: &Piece, steps: u32) -> Vec<Seen> {
    let whole = [MARGIN, piece.height.saturating_sub(MARGIN)];
    for word in &mut line {
        for _ in 0..steps {
            word.bounds = word.bounds.map(|at| at.saturating_mul(3) / 2);
            word.line = word.line.map(|at| at.saturating_mul(3) / 2);
        }
        // What tesseract says of the height of a line differs from word to word.
        if !piece.is_block {
            word.line = whole;
        }
    }
    line
}

fn at_two_thirds(piece: &Piece) -> Piece {
    let size = |size: u32| usize::try_from(size).unwrap_or(usize::MAX);
    let across: Vec<Vec<u8>> =
        piece.pixels.chunks_exact(size(piece.width.max(1))).map(two_thirds).collect();
    let width = across.first().map_or(0, Vec::len);
    let mut columns: Vec<Vec<u8>> = Vec::with_capacity(width);
    for x in 0..width {
        let column: Vec<u8> = across.iter().filter_map(|row| row.get(x).copied()).collect();
        columns.push(two_thirds(&column));
    }
    let height = columns.first().map_or(0, Vec::len);
    let mut pixels = Vec::with_capacity(width * height);
    for y in 0..height {
        pixels.extend(columns.iter().filter_map(|column| column.get(y).copied()));
    }
    let length = |length: usize| u32::try_from(length).unwrap_or(u32::MAX);
    Piece { width: length(width), height: length(height), pixels, ..*piece }
}

/// Of three pixels beside each other, two.
fn two_thirds(pixels: &[u8]) -> Vec<u8> {
    let mixed = |[a, b, c]: &[u8; 3]| {
        let [a, b, c] = [*a, *b, *c].map(u16::from);
        [(2 * a + b) / 3, (b + 2 * c) / 3].map(|shade| u8::try_from(shade).unwrap_or(u8::MAX))
    };
    pixels.as_chunks().0.iter().flat_map(mixed).collect()
}

/// A word where it stands on the page.
fn on_page(piece: &Piece, seen: Seen) -> Option<Word> {
    let [left, top, right, bottom] = seen.bounds;
    let bounds = [left + piece.left, top + piece.top, right + piece.left, bottom + piece.top];
    let line = seen.line.map(|y| y + piece.top);
    let text: String = seen.text.chars().filter(|c| !c.is_control()).collect();
    (!text.is_empty()).then_some(Word { text, bounds, line, confidence: seen.confidence })
}

/// Has tesseract read pictures, all in one go; the words of each.
fn read(
    folder: &Path,
    pictures: impl Iterator<Item = Piece>,
    options: &[&str],
) -> io::Result<Vec<Vec<Seen>>> {
    let mut list = String::new();
    let mut count = 0;
    for (at, picture) in pictures.enumerate() {
        let path: PathBuf = folder.join(format!("{at}.pgm"));
        let head = format!("P5\n{} {}\n255\n", picture.width, picture.height);
        std::fs::write(&path, [head.as_bytes(), &picture.pixels].concat())?;
        list.push_str(&path.to_string_lossy());
        list.push('\n');
        count = at + 1;
    }
    if count == 0 {
        return Ok(Vec::new());
    }
    let path = folder.join("pictures.txt");
    std::fs::write(&path, list)?;
    let mut command = Command::new("tesseract");
    command.arg(&path).arg("stdout").args(options).args(["--dpi", "300", "tsv"]);
    // Pages are read beside each other already.
    command.env("OMP_THREAD_LIMIT", "1");
    let told = converse(command, &[], PATIENCE)?;
    Ok(parse(&String::from_utf8_lossy(&told), count))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn piece(width: u32, height: u32) -> Piece {
        let pixels = (0..width * height).map(|at| u8::try_from(at % 251).unwrap()).collect();
        Piece { left: 100, top: 50, width, height, is_block: false, pixels }
    }

    #[test]
    fn a_smaller_picture_leads_back_to_the_place_in_the_line() {
        let small = smaller(&piece(90, 60), 1);
        assert_eq!((small.width, small.height, small.pixels.len()), (60, 40, 2400));
        let smallest = smaller(&piece(90, 60), 2);
        assert_eq!((smallest.width, smallest.height), (40, 26));
        let seen = Seen {
            text: "1.50".to_owned(),
            bounds: [20, 8, 40, 24],
            line: [8, 24],
            confidence: 90,
        };
        let back = enlarged(vec![seen], &piece(90, 60), 1).remove(0);
        assert_eq!((back.bounds, back.line), ([30, 12, 60, 36], [10, 50]));
        let word = on_page(&piece(90, 60), back).unwrap();
        assert_eq!((word.bounds, word.line), ([130, 62, 160, 86], [60, 100]));
    }

    #[test]
    fn a_low_wide_line_is_a_dash() {
        assert_eq!(dash(&piece(50, 26)).first().map(|seen| &*seen.text), Some("—"));
        assert!(dash(&piece(50, 60)).is_empty(), "a character");
        assert!(dash(&piece(26, 26)).is_empty(), "a point");
        assert!(dash(&piece(400, 24)).is_empty(), "a rule");
    }
}
