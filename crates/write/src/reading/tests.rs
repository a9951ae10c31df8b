use juesuan_model::{Block, Caveat, Cell, Heading, Lang, Layout, Region, Row, Table};

use super::*;

fn cell(text: &str, at: (u32, u32), column: u32, spans: (u16, u16)) -> Cell {
    let text = Text::new(text, Place::new(at.0, at.1));
    Cell { text, column, row_span: spans.0, column_span: spans.1 }
}

fn document() -> Document {
    let text = |text: &str, line: u32, column: u32| Text::new(text, Place::new(line, column));
    let rows = [
        vec![cell("项目", (5, 1), 0, (1, 1)), cell("决算|数", (5, 4), 1, (1, 1))],
        vec![cell("=合计", (6, 1), 0, (1, 1)), cell("-1.00", (6, 5), 1, (1, 1))],
    ];
    let spanned = vec![Row { cells: vec![cell("<甲>", (8, 1), 0, (1, 2))] }];
    let table = |rows| Block::Table(Table { rows, ..Table::default() });
    Document {
        blocks: vec![
            Block::Heading(Heading { level: 2, text: text("一、概况", 1, 4) }),
            Block::Paragraph(text("# 收入\n5*3", 3, 1)),
            table(rows.map(|cells| Row { cells }).to_vec()),
            table(spanned),
        ],
        layout: Layout::default(),
        caveats: vec![Caveat {
            place: Place::new(1, 1),
            block: 2,
            quote: String::new(),
            message: "有隐藏的行".to_owned(),
            is_unread: true,
        }],
    }
}

fn source(document: &Document) -> Source<'_> {
    Source { document, path: "甲.md", sha256: "ab", has_lines: true }
}

#[test]
fn markdown_reads_the_same_again() {
    assert_eq!(
        markdown(source(&document())),
        "## 一、概况\n\n\\# 收入 5\\*3\n\n| 项目 | 决算\\|数 |\n| --- | --- |\n| =合计 | -1.00 |\n\n\
         <table>\n<tr><td colspan=\"2\">\\<甲></td></tr>\n</table>\n"
    );
}

#[test]
fn csv_has_a_row_for_each() {
    assert_eq!(
        csv(source(&document())),
        "\u{feff}一、概况\r\n\r\n\"# 收入\n5*3\"\r\n\r\n项目,决算|数\r\n'=合计,-1.00\r\n\r\n<甲>,\r\n"
    );
}

#[test]
fn json_tells_kinds_cells_and_lines() {
    let read: serde_json::Value = serde_json::from_str(&json(source(&document()))).unwrap();
    let blocks = &read["blocks"];
    let kinds: Vec<_> = blocks.as_array().unwrap().iter().map(|b| b["kind"].as_str()).collect();
    assert_eq!(kinds, ["heading", "paragraph", "table", "table"].map(Some));
    let cell = &blocks[2]["cells"][3];
    assert_eq!(
        *cell,
        serde_json::json!({
            "row": 1, "column": 1, "row_span": 1, "column_span": 1, "text": "-1.00",
            "page": null, "bbox": null, "line": 6, "line_column": 5,
        })
    );
    assert_eq!(blocks[2]["line"], 5);
    assert_eq!(
        read["caveats"][0],
        serde_json::json!({
            "block": 2, "is_unread": true, "message": "有隐藏的行",
        })
    );
    assert_eq!(read["document"]["path"], "甲.md");
}

#[test]
fn places_on_pages_and_in_sheets_are_told() {
    let mut document = document();
    let place = |line, column, width| Place::new(line, column).wide(width);
    let page = |left| Location::Page { page: 3, bbox: [left, 10, left + 20, 30] };
    let sheet = Location::Cell { sheet: "收入".into(), cell: "A1".to_owned() };
    document.layout = Layout::new(vec![
        Region { place: place(1, 4, 4), at: sheet, confidence: 100 },
        Region { place: place(5, 1, 2), at: page(40), confidence: 100 },
        Region { place: place(6, 5, 5), at: page(90), confidence: 100 },
    ]);
    let source = Source { has_lines: false, ..source(&document) };
    let read: serde_json::Value = serde_json::from_str(&json(source)).unwrap();
    assert_eq!(read["blocks"][0]["sheet"], "收入");
    assert_eq!(read["blocks"][0]["cell"], "A1");
    assert_eq!((&read["blocks"][2]["page"]), 3);
    assert_eq!(read["blocks"][2]["bbox"], serde_json::json!([40, 10, 110, 30]));
    assert_eq!(read["blocks"][2]["line"], serde_json::Value::Null);
    let shown = html(source, Lang::Zh);
    assert!(shown.contains("<h2 title=\"收入!A1\">一、概况</h2>"), "{shown}");
    assert!(shown.contains("<td title=\"第 3 页\">项目</td>"), "{shown}");
    assert!(shown.contains("<td colspan=\"2\">&lt;甲&gt;</td>"), "{shown}");
    assert!(shown.contains("有隐藏的行"), "{shown}");
}
