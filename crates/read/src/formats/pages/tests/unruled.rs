//! Tables without rules, drawn here.
#![expect(clippy::float_arithmetic, reason = "geometry of pages")]

use super::*;

impl Drawing {
    /// Texts of size 10 in one line.
    fn line(mut self, y: f64, texts: &[(f64, &str)]) -> Self {
        for (x, text) in texts {
            self = self.text(*x, y, 10.0, text);
        }
        self
    }
}

/// The columns that all of these have.
const CODE: f64 = 60.0;
const NAME: f64 = 120.0;
const FIRST: f64 = 260.0;
const SECOND: f64 = 340.0;

fn head(page: Drawing, y: f64) -> Drawing {
    page.line(y, &[(CODE, "编码"), (NAME, "科目名称"), (FIRST, "本年收入"), (SECOND, "本年支出")])
}

/// A row in one line.
fn row(page: Drawing, y: f64, code: &str, name: &str, amount: &str) -> Drawing {
    page.line(y, &[(CODE, code), (NAME, name), (FIRST, amount), (SECOND, amount)])
}

/// Whether the columns of each table are only guessed.
fn doubts(pages: Vec<Drawing>) -> Vec<bool> {
    let blocks = read_drawn(pages).document.blocks;
    let tables = blocks.iter().filter_map(|block| match block {
        Block::Table(table) => Some(table.columns == Columns::Guessed),
        _ => None,
    });
    tables.collect()
}

/// Rows of a table that has no vertical rules.
pub(super) fn aligned() -> Drawing {
    let mut page = Drawing::new(1).text(250.0, 60.0, 10.0, "支出决算表");
    page = page.text(100.0, 80.0, 10.0, "科目").text(330.0, 80.0, 10.0, "金额");
    let rows = [("教育支出", "1.00"), ("住房支出", "1,234.50"), ("合计", "1,235.50")];
    for (index, (name, amount)) in rows.into_iter().enumerate() {
        let y = 100.0 + 20.0 * f64::from(u32::try_from(index).unwrap());
        page = page.text(100.0, y, 10.0, name).right(360.0, y, 10.0, amount);
    }
    page
}

#[test]
fn columns_without_rules_are_a_table() {
    let rows = "科目|金额\n教育支出|1.00\n住房支出|1,234.50\n合计|1,235.50";
    assert_eq!(cells(vec![aligned()]), rows);
    let mut ruled = aligned();
    for y in [76.0, 96.0, 160.0] {
        ruled = ruled.rule(95.0, y, 365.0, y + 0.5);
    }
    assert_eq!(cells(vec![ruled]), rows);
}

#[test]
fn a_name_that_fills_its_column_keeps_away_from_the_amount_behind() {
    let long = "机关事业单位基本养老保险缴费补助支出和其他项";
    let names = ["教育支出", "养老支出", "住房支出", long, "卫生支出", "农林支出", "其他支出"];
    let mut page = Drawing::new(1).text(100.0, 80.0, 10.0, "科目").text(328.0, 80.0, 10.0, "金额");
    for (index, name) in names.into_iter().enumerate() {
        let y = 100.0 + 20.0 * f64::from(u32::try_from(index).unwrap());
        page = page.text(100.0, y, 10.0, name).text(328.0, y, 10.0, "1.00");
        page = page.text(400.0, y, 10.0, "0.00");
    }
    let read = cells(vec![page]);
    assert!(read.contains(&format!("{long}|1.00|0.00\n")), "{read}");
}

#[test]
fn space_parts_rows_whose_names_and_numbers_take_several_lines() {
    let mut page = head(Drawing::new(1), 60.0);
    page = row(page, 80.0, "208", "教育支出", "1.00");
    // Names of two lines around the amounts of one, then amounts of two lines around a short name.
    page = page.line(98.0, &[(NAME, "机关事业单位基本养老")]);
    page = page.line(104.0, &[(CODE, "20805"), (FIRST, "2.00"), (SECOND, "2.00")]);
    page = page.line(110.0, &[(NAME, "保险缴费支出")]);
    page = page.line(128.0, &[(CODE, "2080"), (FIRST, "12345.6"), (SECOND, "12345.6")]);
    page = page.line(134.0, &[(NAME, "住房")]);
    page = page.line(140.0, &[(CODE, "5"), (FIRST, "7"), (SECOND, "7")]);
    page = row(page, 158.0, "221", "住房保障支出", "3.00");
    let read = "编码|科目名称|本年收入|本年支出\n208|教育支出|1.00|1.00\n\
        20805|机关事业单位基本养老保险缴费支出|2.00|2.00\n20805|住房|12345.67|12345.67\n\
        221|住房保障支出|3.00|3.00";
    assert_eq!(cells(vec![page.clone()]), read);
    assert_eq!(doubts(vec![page]), [false]);
}

#[test]
fn rows_that_stand_as_close_as_lines_stay_rows() {
    let mut page = head(Drawing::new(1), 60.0);
    let names = ["教育", "养老", "住房", "医疗"];
    for (index, name) in names.into_iter().enumerate() {
        let y = 73.0 + 13.0 * f64::from(u32::try_from(index).unwrap());
        page = row(page, y, "208", name, "1.00");
    }
    let rows = names.map(|name| format!("\n208|{name}|1.00|1.00")).concat();
    assert_eq!(cells(vec![page]), format!("编码|科目名称|本年收入|本年支出{rows}"));
}

#[test]
fn what_a_page_cuts_off_goes_back_to_its_table() {
    // The head alone at the foot of a page, and two rows alone on the last one, the first of which
    // goes on with the last row.
    let first = head(Drawing::new(1).filler(100.0), 700.0);
    let mut second = Drawing::new(2);
    for index in 0..6_u32 {
        second = row(second, 60.0 + 20.0 * f64::from(index), "208", "教育支出和其他", "1.00");
    }
    second = row(second, 180.0, "2080", "机关事业单位基本养", "12345.6");
    let third = Drawing::new(3)
        .line(60.0, &[(CODE, "5"), (NAME, "老保险"), (FIRST, "7"), (SECOND, "7")])
        .line(80.0, &[(CODE, "221"), (NAME, "住房"), (FIRST, "3.00"), (SECOND, "3.00")]);
    let rows = "\n208|教育支出和其他|1.00|1.00".repeat(6);
    let read = format!(
        "编码|科目名称|本年收入|本年支出{rows}\n\
         20805|机关事业单位基本养老保险|12345.67|12345.67\n221|住房|3.00|3.00"
    );
    assert_eq!(cells(vec![first, second, third]), read);
}

#[test]
fn a_table_with_a_title_of_its_own_on_the_next_page_is_another() {
    let form = |number, title| {
        let mut page = Drawing::new(number).text(240.0, 60.0, 10.0, title);
        page = head(page.text(300.0, 80.0, 10.0, "金额单位：万元"), 100.0);
        for index in 0..4_u32 {
            page = row(page, 120.0 + 20.0 * f64::from(index), "208", "教育支出", "1.00");
        }
        page
    };
    assert_eq!(doubts(vec![form(1, "收入决算表"), form(2, "支出决算表")]), [false, false]);
}

#[test]
fn heads_that_touch_are_parted_where_their_columns_begin() {
    let mut page =
        Drawing::new(1).line(48.0, &[(FIRST, "年初结转和结"), (FIRST + 62.0, "本年支出")]);
    page = page
        .line(60.0, &[(CODE, "编码"), (NAME, "科目名称"), (FIRST, "余"), (FIRST + 62.0, "合计")]);
    for index in 0..4_u32 {
        let y = 80.0 + 20.0 * f64::from(index);
        page =
            page.line(y, &[(CODE, "208"), (NAME, "教育"), (FIRST, "1.00"), (FIRST + 62.0, "2.00")]);
    }
    let read = cells(vec![page]);
    assert!(
        read.starts_with("编码|科目名称|年初结转和结余|本年支出合计\n208|教育|1.00|2.00\n"),
        "{read}"
    );
}

#[test]
fn forms_that_come_apart_are_doubted() {
    // Rows, then cells that stand over several of their lines.
    let mut page = Drawing::new(1);
    for index in 0..3_u32 {
        page = row(page, 60.0 + 20.0 * f64::from(index), "208", "教育支出", "1.00");
    }
    page = page.line(125.0, &[(200.0, "原因：人员")]).line(140.0, &[(200.0, "没有到位")]);
    // The cells that stand alone are no text.
    assert_eq!(doubts(vec![page]), [true, true]);
}
