//! Pictures made up here, and how they are cut.

use juesuan_pdf::Page;

use super::*;

const WIDTH: usize = 1_200;
const HEIGHT: usize = 1_000;

/// A white page with black boxes: left, top, width and height. What is four pixels thin is gray
/// only, as rules are that are thinner than a pixel.
fn picture(boxes: &[[usize; 4]], fall: usize) -> Picture {
    let mut pixels = vec![u8::MAX; 3 * WIDTH * HEIGHT];
    for [left, top, width, height] in boxes {
        let shade = if *width.min(height) == 4 { 205 } else { 20 };
        for x in *left..left + width {
            let down = x.checked_div(fall).unwrap_or(0);
            for y in top + down..top + down + height {
                pixels[3 * (y * WIDTH + x)..][..3].fill(shade);
            }
        }
    }
    Picture { page: 7, width: 1_200, height: 1_000, pixels }
}

/// A table of two rows and two columns, and where a word of three characters stands in each cell
/// but the last, and one above the table.
const RULES: [[usize; 4]; 6] = [
    [100, 300, 800, 4],
    [100, 400, 800, 4],
    [100, 500, 800, 4],
    [100, 300, 4, 204],
    [500, 300, 4, 204],
    [900, 300, 4, 204],
];
const WORDS: [[usize; 4]; 4] =
    [[120, 330, 120, 40], [700, 330, 120, 40], [120, 430, 120, 40], [300, 150, 120, 40]];

/// The strokes of three characters within a box.
fn word([left, top, _, height]: [usize; 4]) -> Vec<[usize; 4]> {
    let strokes =
        |at: usize| [[at, top, 30, 5], [at + 12, top, 6, height], [at, top + height - 5, 30, 5]];
    (0..3).flat_map(|index| strokes(left + 45 * index)).collect()
}

fn table() -> Vec<[usize; 4]> {
    RULES.into_iter().chain(WORDS.into_iter().flat_map(word)).collect()
}

#[test]
fn cells_and_lines_are_cut_at_the_rules() {
    let cuttings = cut(&picture(&table(), 0));
    assert_eq!((cuttings.page, cuttings.rules.len()), (7, RULES.len()));
    let margin = u32::try_from(MARGIN).unwrap();
    let found = cuttings.pieces.iter().map(|piece| {
        assert_eq!(piece.pixels.len(), (piece.width * piece.height) as usize);
        assert!(!piece.is_block);
        let inner = |length: u32| (length - 2 * margin) as usize;
        [
            (piece.left + margin) as usize,
            (piece.top + margin) as usize,
            inner(piece.width),
            inner(piece.height),
        ]
    });
    assert_eq!(found.collect::<Vec<_>>(), WORDS);
}

#[test]
fn a_page_that_lies_askew_is_turned_level() {
    let level = cut(&picture(&table(), 0));
    assert!(level.tilt.abs() < 1e-9);
    // The picture falls by one pixel for each hundred.
    let askew = cut(&picture(&table(), 100));
    assert!((askew.tilt - 0.01).abs() < 0.002, "{}", askew.tilt);
    assert_eq!(askew.pieces.len(), WORDS.len());
    assert_eq!(askew.rules.len(), RULES.len());
}

#[test]
fn strokes_of_large_type_are_no_rules() {
    // A character of 26 points has a stroke as long as a cell is high.
    let cuttings = cut(&picture(&[[300, 100, 12, 115], [300, 100, 90, 8], [420, 100, 60, 115]], 0));
    assert!(cuttings.rules.is_empty());
    assert_eq!(cuttings.pieces.len(), 1);
    // Two lines whose characters touch are several.
    let lines = [[120, 600, 120, 40], [300, 600, 120, 40], [500, 600, 120, 40]];
    let mut boxes: Vec<[usize; 4]> = lines.into_iter().flat_map(word).collect();
    boxes.extend(word([120, 800, 120, 85]));
    boxes.extend(word([120, 700, 120, 40]));
    let blocks = cut(&picture(&boxes, 0)).pieces;
    assert_eq!(blocks.iter().filter(|piece| piece.is_block).count(), 1, "{}", blocks.len());
}

fn seen(text: &str, [left, top, width, height]: [usize; 4], confidence: u8) -> Word {
    let [left, top, width, height] =
        [left, top, width, height].map(|length| u32::try_from(length).unwrap());
    let (right, bottom) = (left + width, top + height);
    let bounds = [left, top, right, bottom];
    Word { text: text.to_owned(), bounds, line: [top, bottom], confidence }
}

#[test]
fn what_was_recognised_is_read_as_any_page() {
    let cuttings = cut(&picture(&table(), 0));
    let words = vec![
        seen("收入", WORDS[0], 95),
        seen("12.50", WORDS[1], 40),
        seen("支出", WORDS[2], 95),
        seen("决算表", WORDS[3], 95),
    ];
    let recognised = Recognised { cuttings, words };
    let area = Bounds::new(0.0, 0.0, 288.0, 240.0);
    let mut page = Page { number: 7, area, pictures: vec![area], ..Page::default() };
    assert!(super::super::is_scan(&page));
    fill(&mut page, &recognised);
    let sheet = super::super::Sheet::new(page);
    let [super::super::Item::Line(title), super::super::Item::Table(grid)] = &*sheet.items else {
        panic!("{}", sheet.items.len())
    };
    assert_eq!((title.bare().as_str(), grid.rows, grid.cells.len()), ("决算表", 2, 4));
    let said = grid.cells.iter().map(|cell| {
        let text: String = cell.glyphs.iter().map(|glyph| glyph.text).collect();
        (text, cell.glyphs.iter().map(|glyph| glyph.confidence).min())
    });
    let expected = [("收入", Some(95)), ("12.50", Some(40)), ("支出", Some(95)), ("", None)];
    assert_eq!(said.collect::<Vec<_>>(), expected.map(|(text, sure)| (text.to_owned(), sure)));
    let Some(Listed::Caveat(told)) = told(&[recognised]) else { panic!("nothing told") };
    assert!(told.contains("第 7 页") && told.contains("数字 1 个，其中 1 个"), "{told}");
}

#[test]
fn nothing_is_cut_out_of_what_is_no_page() {
    let none = |width: u32, height: u32, pixels: Vec<u8>| {
        cut(&Picture { page: 1, width, height, pixels }).pieces.len()
    };
    assert_eq!(none(0, 0, Vec::new()), 0);
    assert_eq!(none(400, 300, vec![u8::MAX; 360_000]), 0, "blank");
    assert_eq!(none(400, 300, vec![0; 60]), 0, "cut off");
    none(400, 300, vec![0; 360_000]);
}
