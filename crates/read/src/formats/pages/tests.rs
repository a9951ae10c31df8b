//! Pages drawn here, and the listing that is read of them.
#![expect(clippy::float_arithmetic, reason = "geometry of pages")]

use juesuan_model::{Block, Columns, Location};
use juesuan_pdf::{Bounds, Glyph, Page, Rule, Turn};
use proptest::prelude::*;

use super::*;
use crate::formats::Reading;
use crate::formats::listing::listed;

mod unruled;

use unruled::aligned;

/// A page that is drawn like one of a document.
#[derive(Clone, Debug, Default)]
struct Drawing(Page);

impl Drawing {
    fn new(number: u32) -> Self {
        let area = Bounds::new(0.0, 0.0, 600.0, 800.0);
        Self(Page { number, area, ..Page::default() })
    }

    /// Text that begins at `x` and stands between `y` and `y` plus its size; Chinese characters are
    /// as wide as high, others half as wide, and blanks are only gaps.
    fn text(mut self, mut x: f64, y: f64, size: f64, text: &str) -> Self {
        let run = self.0.glyphs.last().map_or(0, |glyph| glyph.run + 1);
        for c in text.chars() {
            let width = if lines::is_narrow(c) { size / 2.0 } else { size };
            let bounds = Bounds::new(x, y, x + width, y + size);
            let home = (bounds.middle_x(), bounds.middle_y());
            let (turn, font, is_hidden) = (Turn::Right, 1, false);
            if c != ' ' {
                let glyph = Glyph {
                    text: c,
                    bounds,
                    home,
                    size,
                    turn,
                    font,
                    run,
                    is_hidden,
                    confidence: 100,
                };
                self.0.glyphs.push(glyph);
            }
            x += width;
        }
        self
    }

    /// Text that ends at `x`.
    fn right(self, x: f64, y: f64, size: f64, text: &str) -> Self {
        let width: f64 =
            text.chars().map(|c| if lines::is_narrow(c) { size / 2.0 } else { size }).sum();
        self.text(x - width, y, size, text)
    }

    fn rule(mut self, x0: f64, y0: f64, x1: f64, y1: f64) -> Self {
        self.0.rules.push(Rule { bounds: Bounds::new(x0, y0, x1, y1) });
        self
    }

    /// All lines of a grid, each as one rule.
    fn grid(mut self, xs: &[f64], ys: &[f64]) -> Self {
        for x in xs {
            self = self.rule(x - 0.2, ys[0], x + 0.2, ys[ys.len() - 1]);
        }
        for y in ys {
            self = self.rule(xs[0], y - 0.2, xs[xs.len() - 1], y + 0.2);
        }
        self
    }

    /// A paragraph of full lines from the left margin to the right one, the first indented.
    fn filler(mut self, y: f64) -> Self {
        let line = "本部门按照规定编制决算并对外公开接受监督";
        self = self.text(120.0, y, 20.0, &line.chars().take(19).collect::<String>());
        for number in 1..4 {
            self = self.text(80.0, y + 30.0 * f64::from(number), 20.0, &format!("{line}了"));
        }
        self.text(80.0, y + 120.0, 20.0, "至此。")
    }
}

fn read_drawn(pages: Vec<Drawing>) -> Reading {
    listed(blocks(pages.into_iter().map(|drawing| drawing.0).collect()))
}

fn text_of(pages: Vec<Drawing>) -> String {
    read_drawn(pages).text
}

/// The cells of the only table: row, column, spans where they are more than one, text.
fn cells(pages: Vec<Drawing>) -> String {
    let document = read_drawn(pages).document;
    let tables = document.blocks.iter().filter_map(|block| match block {
        Block::Table(table) => Some(table),
        _ => None,
    });
    let tables: Vec<_> = tables.collect();
    let [table] = tables.as_slice() else { panic!("{} tables", tables.len()) };
    let rows = table.rows.iter().map(|row| {
        let cells = row.cells.iter().map(|cell| {
            let span = |span: u16, mark| {
                if span > 1 { format!("{mark}{span}") } else { String::new() }
            };
            let spans = span(cell.column_span, '→') + &span(cell.row_span, '↓');
            format!("{}{spans}", cell.text.as_str())
        });
        cells.collect::<Vec<_>>().join("|")
    });
    rows.collect::<Vec<_>>().join("\n")
}

#[test]
fn text_is_read_by_place_and_not_in_the_order_of_drawing() {
    let page = Drawing::new(1)
        .text(160.0, 102.0, 10.0, "3286.14")
        .text(100.0, 200.0, 10.0, "二、支出")
        .text(195.0, 100.0, 10.0, "万元")
        .text(100.0, 97.0, 10.0, "“收入”")
        .text(140.0, 100.0, 10.0, "合计");
    assert_eq!(text_of(vec![page]), "“收入”合计3286.14万元\n\n二、支出\n\n");
}

#[test]
fn paragraphs_go_on_over_lines_and_pages_without_blanks() {
    let first = Drawing::new(1).filler(100.0).text(
        120.0,
        700.0,
        20.0,
        "收入总计三千四百一十八万元占全年收入总计",
    );
    let second = Drawing::new(2).text(80.0, 60.0, 20.0, "的比重上升。").filler(300.0);
    let text = text_of(vec![first, second]);
    let line = "本部门按照规定编制决算并对外公开接受监督";
    let lines: Vec<&str> = text.lines().filter(|line| !line.is_empty()).collect();
    assert_eq!(lines.len(), 3, "{text}");
    assert_eq!(lines[1], "收入总计三千四百一十八万元占全年收入总计的比重上升。");
    assert!(lines[0].ends_with(&format!("{line}了{line}了{line}了至此。")), "{text}");
}

#[test]
fn furniture_of_pages_is_left_out() {
    let page = |number: u32| {
        Drawing::new(number)
            .text(100.0, 30.0, 9.0, "临溪市水务局部门决算")
            .text(100.0, 400.0, 10.0, &format!("第{number}项"))
            .text(290.0, 770.0, 9.0, &format!("— {number} —"))
    };
    let text = text_of((1..=4).map(page).collect());
    assert_eq!(text, "第1项\n\n第2项\n\n第3项\n\n第4项\n\n");
}

#[test]
fn text_stands_in_the_cell_that_its_middle_lies_in() {
    // The amounts sit so high and so low that their lines are nearer to those of other rows.
    let page = Drawing::new(1)
        .grid(&[100.0, 200.0, 300.0], &[100.0, 130.0, 160.0])
        .text(104.0, 110.0, 10.0, "教育支出")
        .text(104.0, 140.0, 10.0, "科学支出")
        .right(298.0, 121.0, 10.0, "1.00")
        .right(298.0, 131.0, 10.0, "2.00");
    assert_eq!(cells(vec![page]), "教育支出|1.00\n科学支出|2.00");
}

#[test]
fn names_and_numbers_broken_over_lines_are_joined() {
    let page = Drawing::new(1)
        .grid(&[100.0, 160.0, 300.0], &[100.0, 160.0])
        .text(104.0, 105.0, 10.0, "机关事业")
        .text(104.0, 117.0, 10.0, "单位养老")
        .text(164.0, 105.0, 10.0, "12345")
        .text(164.0, 117.0, 10.0, "67.89");
    assert_eq!(cells(vec![page]), "机关事业单位养老|1234567.89");
}

#[test]
fn merged_cells_have_spans_and_open_sides_are_closed() {
    // The head covers two columns; the first cell two rows; no rule at the left and the right.
    let page = Drawing::new(1)
        .rule(100.0, 99.8, 400.0, 100.2)
        .rule(200.0, 119.8, 400.0, 120.2)
        .rule(100.0, 139.8, 400.0, 140.2)
        .rule(100.0, 159.8, 400.0, 160.2)
        .rule(199.8, 100.0, 200.2, 160.0)
        .rule(299.8, 120.0, 300.2, 160.0)
        .text(110.0, 115.0, 10.0, "项目")
        .text(280.0, 105.0, 10.0, "支出")
        .text(210.0, 125.0, 10.0, "基本")
        .text(310.0, 125.0, 10.0, "项目")
        .text(110.0, 145.0, 10.0, "合计")
        .text(210.0, 145.0, 10.0, "1.00")
        .text(310.0, 145.0, 10.0, "2.00");
    assert_eq!(cells(vec![page]), "项目↓2|支出→2\n基本|项目\n合计|1.00|2.00");
}

#[test]
fn a_number_too_wide_for_its_cell_stays_whole() {
    let page = Drawing::new(1)
        .grid(&[100.0, 150.0, 200.0], &[100.0, 120.0])
        .right(158.0, 105.0, 10.0, "1234567.89")
        .right(198.0, 105.0, 10.0, "5.00");
    assert_eq!(cells(vec![page]), "1234567.89|5.00");
}

#[test]
fn a_table_goes_on_over_pages_without_its_repeated_head() {
    let xs = [100.0, 200.0, 300.0];
    let first = Drawing::new(1)
        .text(180.0, 60.0, 10.0, "支出决算表")
        .grid(&xs, &[700.0, 720.0, 740.0])
        .text(104.0, 705.0, 10.0, "科目")
        .text(204.0, 705.0, 10.0, "金额")
        .text(104.0, 725.0, 10.0, "教育支出")
        .text(204.0, 725.0, 10.0, "1.00");
    let second = Drawing::new(2)
        .text(180.0, 60.0, 10.0, "支出决算表")
        .grid(&[101.0, 201.0, 301.0], &[80.0, 100.0, 120.0])
        .text(104.0, 85.0, 10.0, "科目")
        .text(204.0, 85.0, 10.0, "金额")
        .text(104.0, 105.0, 10.0, "住房支出")
        .text(204.0, 105.0, 10.0, "2.00");
    let blank = Drawing::new(3).grid(&xs, &[80.0, 100.0]);
    let all = vec![first, second, blank];
    assert_eq!(cells(all.clone()), "科目|金额\n教育支出|1.00\n住房支出|2.00\n|");
    assert!(text_of(all).starts_with("支出决算表\n\n科目\t金额\n"));
}

#[test]
fn a_row_that_the_page_parts_is_one() {
    let xs = [100.0, 150.0, 250.0, 300.0];
    let first = Drawing::new(1)
        .grid(&xs, &[700.0, 740.0])
        .text(104.0, 705.0, 10.0, "208")
        .text(154.0, 705.0, 10.0, "社会保障和就")
        .text(254.0, 705.0, 10.0, "1.00");
    let second = Drawing::new(2)
        .grid(&xs, &[80.0, 100.0, 120.0])
        .text(154.0, 85.0, 10.0, "业支出")
        .text(104.0, 105.0, 10.0, "210")
        .text(154.0, 105.0, 10.0, "卫生健康支出")
        .text(254.0, 105.0, 10.0, "2.00");
    assert_eq!(cells(vec![first, second]), "208|社会保障和就业支出|1.00\n210|卫生健康支出|2.00");
}

#[test]
fn a_row_goes_on_where_its_lines_were_full() {
    let xs = [100.0, 148.0, 200.0, 228.0];
    let drawn = |name: &str, rate: &str, rest: (&str, &str)| {
        let first = Drawing::new(1)
            .grid(&xs, &[700.0, 740.0])
            .text(104.0, 705.0, 10.0, name)
            .text(154.0, 705.0, 10.0, "195.00")
            .text(202.0, 705.0, 10.0, rate);
        let second = Drawing::new(2)
            .grid(&xs, &[80.0, 100.0, 120.0])
            .text(104.0, 85.0, 10.0, rest.0)
            .text(202.0, 85.0, 10.0, rest.1)
            .text(104.0, 105.0, 10.0, "结转资金");
        cells(vec![first, second])
    };
    let whole = drawn("项目资金", "97.46", ("（万元）", "%"));
    assert_eq!(whole, "项目资金（万元）|195.00|97.46%\n结转资金||");
    // A name for which the line had room is a row of its own.
    let other = drawn("拨款", "97.46", ("其他资金", "%"));
    assert_eq!(other, "拨款|195.00|97.46\n其他资金||%\n结转资金||");
    // So is an amount in a column in which the last row has none.
    let other = drawn("项目资金", "", ("（万元）", "1.00"));
    assert_eq!(other, "项目资金|195.00|\n（万元）||1.00\n结转资金||");
}

#[test]
fn another_table_on_the_next_page_is_another() {
    let page = |number, title: &str| {
        Drawing::new(number)
            .text(180.0, 60.0, 10.0, title)
            .grid(&[100.0, 200.0, 300.0], &[80.0, 100.0])
            .text(104.0, 85.0, 10.0, "合计")
    };
    let text = text_of(vec![page(1, "收入决算表"), page(2, "支出决算表")]);
    assert_eq!(text, "收入决算表\n\n合计\t\n\n支出决算表\n\n合计\t\n\n");
}

#[test]
fn lists_of_numbered_titles_are_no_table_and_stay_apart() {
    let titles = ["收入预算总表", "支出预算总表", "三公经费预算表", "政府性基金预算表"];
    let mut page = Drawing::new(1).filler(500.0);
    for (index, title) in titles.into_iter().enumerate() {
        let y = 80.0 + 30.0 * f64::from(u32::try_from(index).unwrap());
        page = page.text(80.0, y, 20.0, &format!("{}.  2025年单位{title}", index + 1));
    }
    page = page.text(80.0, 200.0, 20.0, "5.2025年单位一般公共预算支出功能分类表及其说明");
    page = page.text(80.0, 230.0, 20.0, "6.2025年单位基本支出表");
    let text = text_of(vec![page]);
    assert!(text.starts_with("1. 2025年单位收入预算总表\n\n2. 2025年"), "{text}");
    assert!(text.contains("及其说明\n\n6.2025年"), "{text}");
}

#[test]
fn pages_that_lie_are_read_upright_and_places_stay_those_of_the_page() {
    let mut page = aligned().0;
    // The same, turned clockwise: what was the top is the right side.
    for glyph in &mut page.glyphs {
        let Bounds { x0, y0, x1, y1 } = glyph.bounds;
        glyph.bounds = Bounds::new(600.0 - y0, x0, 600.0 - y1, x1);
        glyph.home = (glyph.bounds.middle_x(), glyph.bounds.middle_y());
        glyph.turn = Turn::Down;
    }
    let reading = read_drawn(vec![Drawing(page)]);
    let upright = read_drawn(vec![aligned()]);
    assert_eq!(reading.text, upright.text);
    let place = |reading: &Reading| {
        let start = reading.document.blocks[0].start();
        reading.document.layout.locate(start.wide(5))
    };
    assert_eq!(place(&upright), Some(Location::Page { page: 1, bbox: [250, 60, 300, 70] }));
    assert_eq!(place(&reading), Some(Location::Page { page: 1, bbox: [530, 250, 540, 300] }));
}

#[test]
fn blank_cells_have_a_place() {
    let page = Drawing::new(1)
        .grid(&[100.0, 200.0, 300.0], &[100.0, 120.0])
        .text(104.0, 105.0, 10.0, "合计");
    let document = read_drawn(vec![page]).document;
    let Block::Table(table) = &document.blocks[0] else { panic!("no table") };
    let blank = &table.rows[0].cells[1].text;
    assert!(blank.is_blank());
    let at = document.layout.locate(blank.start());
    assert_eq!(at, Some(Location::Page { page: 1, bbox: [200, 100, 300, 120] }));
}

#[test]
fn scanned_pages_are_said() {
    let mut scan = Drawing::new(2);
    scan.0.pictures.push(scan.0.area);
    let caveats = read_drawn(vec![aligned(), scan]).document.caveats;
    let [caveat] = caveats.as_slice() else { panic!("{caveats:?}") };
    assert!(caveat.message.starts_with("第 2 页是扫描图"), "{}", caveat.message);
    assert!(caveat.message.contains("apt install tesseract-ocr"), "what to do: {}", caveat.message);
}

/// Anything that may stand on a page.
fn drawn() -> impl Strategy<Value = Drawing> {
    let number = -50.0..900.0_f64;
    let texts = proptest::collection::vec(
        (number.clone(), number.clone(), 0.1..40.0_f64, "[ 0-9.,一二表（）：。a-z-]{0,9}"),
        0..30,
    );
    let rules =
        proptest::collection::vec((number.clone(), number.clone(), number, any::<bool>()), 0..40);
    (texts, rules).prop_map(|(texts, rules)| {
        let mut page = Drawing::new(1);
        for (x, y, size, text) in texts {
            page = page.text(x, y, size, &text);
        }
        for (at, from, to, is_across) in rules {
            page = match is_across {
                true => page.rule(from, at, to, at),
                false => page.rule(at, from, at, to),
            };
        }
        page
    })
}

/// The characters of all pages, each made another one, so that none may be left out.
fn numbered(pages: &mut [Drawing]) -> Vec<char> {
    let glyphs = pages.iter_mut().flat_map(|page| &mut page.0.glyphs);
    let numbered = glyphs.zip('\u{4e00}'..).map(|(glyph, c)| {
        glyph.text = c;
        c
    });
    numbered.collect()
}

proptest! {
    #[test]
    fn every_character_is_read_once(pages in proptest::collection::vec(drawn(), 1..4)) {
        let mut pages = pages;
        let drawn = numbered(&mut pages);
        let text = text_of(pages);
        let mut read: Vec<char> = text.chars().filter(|c| *c >= '\u{4e00}').collect();
        read.sort_unstable();
        prop_assert_eq!(read, drawn);
    }

    #[test]
    fn no_page_is_too_odd_and_nothing_is_made_up(pages in proptest::collection::vec(drawn(), 1..4)) {
        let text = text_of(pages.clone());
        let again = text_of(pages.clone());
        prop_assert_eq!(&text, &again);
        // Page numbers may go, and what is drawn twice in one place; nothing may come.
        let drawn = pages.iter().map(|page| page.0.glyphs.len()).sum::<usize>();
        let read = text.chars().filter(|c| !c.is_whitespace() && *c != '#').count();
        prop_assert!(read <= drawn);
    }
}
