use juesuan_model::{Block, Location, Place};
use proptest::prelude::*;
use rust_xlsxwriter::{Format, Workbook, Worksheet, XlsxError};

use super::*;
use crate::formats::listing::listed;
use crate::formats::{Reading, convert, dissect};

fn book(write: impl FnOnce(&mut Worksheet) -> Result<(), XlsxError>) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.set_name("公开01表").unwrap();
    write(sheet).unwrap();
    book.save_to_buffer().unwrap()
}

fn reading(bytes: &[u8]) -> Reading {
    convert(bytes).unwrap().unwrap()
}

/// A workbook as its listing, with what was noted of it below.
fn shown(bytes: &[u8]) -> String {
    let reading = reading(bytes);
    let caveats = reading.document.caveats.iter();
    let caveats: String = caveats.map(|c| format!("{} {}\n", c.is_unread, c.message)).collect();
    format!("{}{caveats}", reading.text.replace("\n\n", "\n").replace('\t', "|"))
}

#[test]
fn a_form_is_its_title_and_a_table_as_it_is_shown() {
    let bytes = book(|sheet| {
        let money = Format::new().set_num_format("#,##0.00");
        let share = Format::new().set_num_format("0.00%");
        sheet.merge_range(0, 0, 0, 3, "收入决算表", &Format::new())?;
        sheet.write(1, 0, "部门：某局")?.write(1, 3, "单位：万元")?;
        sheet.merge_range(2, 0, 3, 0, "项目", &Format::new())?;
        sheet.merge_range(2, 1, 2, 2, "收入", &Format::new())?;
        sheet.write(2, 3, "占比")?.write(3, 1, "决算\n数")?.write(3, 2, "预算数")?;
        sheet.write(4, 0, "合计")?.write_with_format(4, 1, 1279.685, &money)?;
        sheet.write(4, 2, "1,279.69")?.write_with_format(4, 3, 0.5, &share)?;
        sheet.write(5, 0, "教育")?.write_with_format(5, 1, 0.1 + 0.2, &money)?;
        sheet.write_blank(9, 7, &money)?;
        sheet.write(6, 0, "注：本表反映部门本年度取得的收入。")?;
        Ok(())
    });
    assert_eq!(
        shown(&bytes),
        "收入决算表\n部门：某局|||单位：万元\n项目|收入||占比\n|决算数|预算数|\n合计|1,279.69|1,279.69|50.00%\n\
         教育|0.30||\n注：本表反映部门本年度取得的收入。\n"
    );
    let reading = reading(&bytes);
    let Block::Table(table) = &reading.document.blocks[1] else { panic!("no table") };
    let spans = table.rows[1].cells.iter().map(|c| (c.column, c.column_span, c.row_span));
    assert_eq!(spans.collect::<Vec<_>>(), [(0, 1, 2), (1, 2, 1), (3, 1, 1)]);
    let at = |row: usize, cell: usize| {
        let text = &table.rows[row].cells[cell].text;
        match reading.document.layout.locate(text.place_of(0, text.as_str().len())) {
            Some(Location::Cell { sheet, cell }) => format!("{sheet}!{cell}"),
            other => panic!("{other:?}"),
        }
    };
    assert_eq!((at(3, 1).as_str(), at(2, 0).as_str()), ("公开01表!B5", "公开01表!B4"));
    assert_eq!(at(4, 2), "公开01表!C6", "an empty cell has a place too");
}

#[test]
fn what_is_hidden_is_read_and_noted() {
    let bytes = book(|sheet| {
        sheet.write(0, 0, "科目")?.write(0, 1, "金额")?.write(0, 2, "备注")?;
        sheet.write(1, 0, "教育")?.write(1, 1, 1)?.write(2, 0, "卫生")?.write(2, 1, 2)?;
        sheet.set_row_hidden(2)?.set_column_hidden(2)?;
        Ok(())
    });
    assert_eq!(
        shown(&bytes),
        "## 公开01表\n科目|金额|备注\n教育|1|\n卫生|2|\n\
         false 工作表“公开01表”隐藏了第 3 行；已照常读入、检查，请确认是否属于公开内容\n\
         false 工作表“公开01表”隐藏了第 C 列；已照常读入、检查，请确认是否属于公开内容\n"
    );
    let mut hidden = Workbook::new();
    hidden.add_worksheet().write(0, 0, "甲").unwrap();
    hidden.add_worksheet().set_hidden(true).write(0, 0, "乙").unwrap();
    assert!(shown(&hidden.save_to_buffer().unwrap()).contains("“Sheet2”是隐藏的"));
}

#[test]
fn sheets_of_text_are_paragraphs_below_their_name() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("部门概况").unwrap();
    sheet.write(0, 0, "一、主要职责").unwrap();
    sheet.write(1, 0, "负责水资源。\n负责防汛。").unwrap();
    assert_eq!(
        shown(&book.save_to_buffer().unwrap()),
        "## 部门概况\n一、主要职责\n负责水资源。\n负责防汛。\n"
    );
}

#[test]
fn tables_below_each_other_are_apart() {
    let bytes = book(|sheet| {
        for (top, title) in [(0, "甲表"), (4, "乙表")] {
            sheet.merge_range(top, 0, top, 1, title, &Format::new())?;
            sheet.write(top + 1, 0, "项目")?.write(top + 1, 1, "金额")?;
            sheet.write(top + 2, 0, "合计")?;
        }
        Ok(())
    });
    assert_eq!(shown(&bytes), "甲表\n项目|金额\n合计|\n乙表\n项目|金额\n合计|\n");
}

#[test]
fn formulas_without_results_are_told() {
    let mut sheet = Sheet::new("支出");
    sheet.unworked = 1;
    let document = listed(blocks(vec![sheet]).unwrap()).document;
    assert!(document.caveats[0].is_unread);
    assert!(document.caveats[0].message.contains("“支出”有 1 个公式没有保存算出的数"));
}

#[test]
fn other_files_are_none_or_refused_with_a_remedy() {
    assert!(dissect(b"", &[]).is_none() && dissect("文".as_bytes(), &[]).is_none());
    let compound = |part: &str| {
        let name = part.encode_utf16().chain([0]).flat_map(u16::to_le_bytes);
        b"\xD0\xCF\x11\xE0".iter().copied().chain([0; 600]).chain(name).collect::<Vec<u8>>()
    };
    let said = |part| convert(&compound(part)).map(|result| result.unwrap_err().to_string());
    assert!(said("EncryptedPackage").unwrap().contains("取消密码"));
    assert!(said("WordDocument").unwrap().contains("另存为 docx"));
    assert!(said("Workbook").unwrap().contains("工作簿已损坏"));
    assert_eq!(said("PowerPoint Document"), None);
}

#[test]
fn far_cells_and_vast_merges_do_not_take_memory() {
    let far = book(|sheet| {
        for row in 0..1_000 {
            sheet.write(row, 16_383, 1)?;
        }
        Ok(())
    });
    assert_eq!(read(&far).unwrap_err(), ReadError::TooMuch(Kind::Workbook));
    let mut vast = Sheet::new("甲");
    vast.merged = vec![calamine::Dimensions::new((0, 0), (1_048_575, 16_383))];
    vast.add((0, 0), "乙".to_owned());
    assert_eq!(listed(blocks(vec![vast]).unwrap()).text, "乙\n\n");
}

#[test]
fn an_empty_cell_is_found_at_its_place() {
    let bytes = book(|sheet| {
        sheet.write(0, 0, "某表")?.write(1, 0, "甲")?.write(1, 2, "丙")?;
        Ok(())
    });
    let layout = reading(&bytes).document.layout;
    let cell = |column| layout.locate(Place::new(3, column));
    let named =
        |name: &str| Some(Location::Cell { sheet: "公开01表".into(), cell: name.to_owned() });
    assert_eq!((cell(1), cell(3), cell(4)), (named("A2"), named("B2"), named("C2")));
}

proptest! {
    #[test]
    fn damaged_workbooks_are_read_or_refused(flips in proptest::collection::vec((any::<u16>(), any::<u8>()), 1..20)) {
        let mut bytes = book(|sheet| {
            sheet.merge_range(0, 0, 0, 1, "收入决算表", &Format::new())?;
            sheet.write(1, 0, "合计")?.write(1, 1, 1.5)?;
            Ok(())
        });
        let length = bytes.len();
        for (at, value) in flips {
            bytes[usize::from(at) % length] = value;
        }
        let _ = read(&bytes);
    }
}
