//! Documents as XML in, what was read as text out.

use std::io::{Cursor, Write as _};

use juesuan_model::Block;
use proptest::prelude::*;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::read;
use crate::formats::listing::listed;
use crate::formats::{Kind, ReadError, Reading, convert};

const STYLES: &str = "<w:styles><w:style w:type='paragraph' w:default='1' w:styleId='a'/>\
    <w:style w:styleId='1'><w:name w:val='heading 1'/></w:style>\
    <w:style w:styleId='2'><w:name w:val='标题 2'/><w:pPr><w:numPr><w:numId w:val='1'/></w:numPr></w:pPr></w:style>\
    </w:styles>";
const NUMBERING: &str = "<w:numbering><w:abstractNum w:abstractNumId='0'><w:lvl w:ilvl='0'>\
    <w:start w:val='1'/><w:numFmt w:val='chineseCounting'/><w:lvlText w:val='%1、'/></w:lvl>\
    </w:abstractNum><w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num></w:numbering>";
const FOOTNOTES: &str = "<w:footnotes><w:footnote w:id='0' w:type='separator'><w:p><w:r><w:t>x</w:t></w:r></w:p>\
    </w:footnote><w:footnote w:id='2'><w:p><w:r><w:footnoteRef/><w:t>含上年结转。</w:t></w:r></w:p></w:footnote></w:footnotes>";
const RELATIONS: &str = "<Relationships><Relationship Type='http://x/styles' Target='styles.xml'/>\
    <Relationship Type='http://x/numbering' Target='/word/numbering.xml'/>\
    <Relationship Type='http://x/footnotes' Target='footnotes.xml'/></Relationships>";

/// A file with this body.
fn docx(body: &str) -> Vec<u8> {
    let document = format!("<w:document><w:body>{body}</w:body></w:document>");
    archive(&[
        ("word/document.xml", &document),
        ("word/styles.xml", STYLES),
        ("word/numbering.xml", NUMBERING),
        ("word/footnotes.xml", FOOTNOTES),
        ("word/_rels/document.xml.rels", RELATIONS),
    ])
}

fn archive(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// The blocks, a line each; cells in brackets with column, and the spans of those that have any.
fn shown_of(reading: &Reading) -> String {
    let mut out = String::new();
    for caveat in &reading.document.caveats {
        out += &format!("! {} @{}\n", caveat.message.split('；').next().unwrap(), caveat.block);
    }
    for block in &reading.document.blocks {
        match block {
            Block::Heading(h) => out += &format!("H{} {}\n", h.level, h.text.as_str()),
            Block::Paragraph(text) => out += &format!("P {}\n", text.as_str()),
            Block::Table(table) => {
                for row in &table.rows {
                    out.push('T');
                    for cell in &row.cells {
                        out += &format!("[{} {}", cell.column, cell.text.as_str());
                        if (cell.column_span, cell.row_span) != (1, 1) {
                            out += &format!(" {}x{}", cell.column_span, cell.row_span);
                        }
                        out.push(']');
                    }
                    out.push('\n');
                }
            }
        }
    }
    out
}

fn shown(body: &str) -> String {
    shown_of(&listed(read(&docx(body)).unwrap()))
}

fn p(content: &str) -> String {
    format!("<w:p>{content}</w:p>")
}

fn r(text: &str) -> String {
    format!("<w:r><w:t>{text}</w:t></w:r>")
}

fn cell(properties: &str, text: &str) -> String {
    format!("<w:tc><w:tcPr>{properties}</w:tcPr>{}</w:tc>", p(&r(text)))
}

fn table(rows: &[&[(&str, &str)]]) -> String {
    let row = |cells: &&[(&str, &str)]| {
        let cells: String = cells.iter().map(|(properties, text)| cell(properties, text)).collect();
        format!("<w:tr>{cells}</w:tr>")
    };
    format!("<w:tbl><w:tblGrid/>{}</w:tbl>", rows.iter().map(row).collect::<String>())
}

#[test]
fn paragraphs_headings_and_automatic_numbers() {
    let style =
        |id: &str, text: &str| p(&format!("<w:pPr><w:pStyle w:val='{id}'/></w:pPr>{}", r(text)));
    let body = [
        style("1", "第一部分 概况"),
        style("2", "主要职责"),
        style("2", "机构设置"),
        p("<w:r><w:t>负责</w:t><w:tab/><w:t>水务</w:t><w:noBreakHyphen/><w:t>A</w:t></w:r>"),
        p(
            "<w:r><w:t>一、收入情况。</w:t><w:br/><w:t>二、支出</w:t><w:br w:type='page'/><w:t>三</w:t></w:r>",
        ),
        p(""),
        p(&format!("{}<w:r><w:tab/></w:r>{}", r("一、概况"), r("12"))),
    ];
    assert_eq!(
        shown(&body.concat()),
        "H1 第一部分 概况\nH2 一、主要职责\nH2 二、机构设置\nP 负责 水务-A\nP 一、收入情况。\nP 二、支出\nP 三\n\
         P 一、概况……12\n"
    );
}

#[test]
fn tracked_changes_are_read_as_accepted() {
    let open = "<w:pPr><w:rPr><w:del/></w:rPr></w:pPr>";
    let body = [
        p(&format!(
            "{}<w:del><w:r><w:delText>减少</w:delText></w:r></w:del><w:ins>{}</w:ins>",
            r("收入"),
            r("增加")
        )),
        p(&format!("{open}{}", r("前半"))),
        p(&r("后半")),
        "<w:moveFrom><w:p><w:r><w:t>旧处</w:t></w:r></w:p></w:moveFrom>".to_owned(),
        format!(
            "<w:tbl><w:tr><w:trPr><w:del/></w:trPr>{}</w:tr><w:tr>{}</w:tr></w:tbl>",
            cell("", "删"),
            cell("", "留")
        ),
        p(&format!(
            "<w:pPr><w:pPrChange><w:pPr><w:pStyle w:val='1'/></w:pPr></w:pPrChange></w:pPr>{}<w:r><w:rPr><w:vanish/></w:rPr><w:t>密</w:t></w:r>\
             <w:r><w:commentReference/></w:r>",
            r("文")
        )),
    ];
    assert_eq!(
        shown(&body.concat()),
        "! 文件中有 3 处修订没有接受或拒绝，按全部接受后的样子读 @0\n! 文件中有 1 条批注，没有读 @0\n\
         ! 文件中有 1 处隐藏文字（如“密”），没有读 @0\nP 收入增加\nP 前半后半\nT[0 留]\nP 文\n"
    );
}

#[test]
fn fields_show_their_results() {
    let mark = |kind: &str| format!("<w:r><w:fldChar w:fldCharType='{kind}'/></w:r>");
    let field = |inner: &str, result: &str| {
        [mark("begin"), inner.to_owned(), mark("separate"), r(result), mark("end")].concat()
    };
    let inner = field("<w:r><w:instrText>PAGE</w:instrText></w:r>", "7");
    let body = [
        p(&format!("{}{}", r("共"), field(&format!("{}{inner}", r("IF ")), "9"))),
        p(&format!("{}{}{}", mark("begin"), r("坏"), "<w:r><w:instrText>X</w:instrText></w:r>")),
        p(&format!("<w:fldSimple w:instr='X'>{}</w:fldSimple>", r("后"))),
    ];
    assert_eq!(shown(&body.concat()), "P 共9\nP 后\n");
}

#[test]
fn merged_cells_span() {
    let tall = "<w:vMerge w:val='restart'/>";
    let body = table(&[
        &[(tall, "项目"), ("<w:gridSpan w:val='2'/>", "支出")],
        &[("<w:vMerge/>", "遮住"), ("", "基本"), ("", "项目支出")],
        &[
            ("<w:vMerge w:val='continue'/>", ""),
            ("<w:hMerge w:val='restart'/>", "合"),
            ("<w:hMerge/>", ""),
        ],
    ]);
    assert_eq!(shown(&body), "T[0 项目 1x3][1 支出 2x1]\nT[1 基本][2 项目支出]\nT[1 合 2x1]\n");
}

#[test]
fn tables_are_joined_only_over_the_end_of_a_page() {
    let head: &[(&str, &str)] = &[("", "科目"), ("", "基本"), ("", "项目")];
    let (one, two): (&[_], &[_]) =
        (&[("", "教育"), ("", "1"), ("", "2")], &[("", "卫生"), ("", "3"), ("", "4")]);
    let (first, second) = (table(&[head, one]), table(&[head, two]));
    let joined = "T[0 科目][1 基本][2 项目]\nT[0 教育][1 1][2 2]\nT[0 卫生][1 3][2 4]\n";
    assert_eq!(shown(&format!("{first}{}{second}", p(""))), joined);
    assert_eq!(shown(&format!("{first}{}", table(&[two]))), joined);
    let apart = |between: &str, below: &str| {
        let reading = listed(read(&docx(&format!("{first}{between}{below}"))).unwrap());
        reading.document.blocks.iter().filter(|block| matches!(block, Block::Table(_))).count()
    };
    assert_eq!(apart(&p(&r("二、")), &second), 2);
    assert_eq!(apart(&p(""), &table(&[two])), 2, "a blank line parts what repeats no head");
    assert_eq!(apart("", &table(&[&[("", "科目"), ("", "甲"), ("", "乙")]])), 2, "another form");
}

#[test]
fn boxes_notes_and_inner_tables_are_read_once() {
    let inside = |of: &str| format!("<w:txbxContent>{}</w:txbxContent>", p(&r(of)));
    let boxed = format!(
        "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing>{}</w:drawing></mc:Choice>\
         <mc:Fallback><w:pict>{}</w:pict></mc:Fallback></mc:AlternateContent></w:r>",
        inside("封面"),
        inside("封面")
    );
    let noted = "<w:r><w:footnoteReference w:id='2'/></w:r>";
    let inner = table(&[&[("", "甲"), ("", "乙")]]);
    let outer = |label: &str| {
        format!("<w:tbl><w:tr>{}<w:tc>{inner}{}</w:tc></w:tr></w:tbl>", cell("", label), p(""))
    };
    let body = [
        p(&format!("{}{boxed}", r("正文"))),
        p(&format!("{}{noted}{noted}{}", r("收入"), r("12 万元"))),
        outer("说明"),
        outer(""),
        format!(
            "<w:sdt><w:sdtPr><w:rPr/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>",
            p(&r("控件"))
        ),
    ];
    assert_eq!(
        shown(&body.concat()),
        "P 正文\nP 封面\nP 收入12 万元\nP 含上年结转。\nT[0 说明][1 ]\nT[0 甲][1 乙]\nT[0 甲][1 乙]\nP 控件\n"
    );
}

#[test]
fn large_pictures_are_told_and_small_ones_are_not() {
    let picture = |width: u32| {
        p(&format!(
            "<w:r><w:drawing><wp:extent cx='{width}' cy='2000000'/><a:blip/></w:drawing></w:r>"
        ))
    };
    let body = [p(&r("表")), picture(5_000_000), picture(500_000), p(&r("后"))].concat();
    assert_eq!(shown(&body), "! 这里是一张图片，图片中的文字和表格没有读 @1\nP 表\nP 后\n");
}

#[test]
fn what_cannot_be_read_is_refused_with_the_remedy() {
    let refused = |bytes: &[u8]| convert(bytes).unwrap().unwrap_err();
    let whole = docx(&p(&r("文")));
    assert!(convert(&whole).unwrap().is_ok());
    assert!(matches!(refused(&whole[..whole.len() / 2]), ReadError::Damaged(_)));
    let broken = archive(&[("word/document.xml", "<w:document><w:body><w:p></w:body>")]);
    assert!(matches!(refused(&broken), ReadError::Damaged(_)));
    let deep = archive(&[("word/document.xml", &"<w:sdt>".repeat(100_000))]);
    assert_eq!(refused(&deep), ReadError::TooMuch(Kind::Word));
    let bomb = format!("<w:document><w:body>{}", " ".repeat(20 << 20));
    assert_eq!(refused(&archive(&[("word/document.xml", &bomb)])), ReadError::TooMuch(Kind::Word));
    let cells = format!("<w:body><w:tbl><w:tr>{}", "<w:tc/>".repeat(1_000_001));
    assert_eq!(refused(&archive(&[("word/document.xml", &cells)])), ReadError::TooMuch(Kind::Word));
    let compound = |stream: &str| {
        let mut bytes = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec();
        bytes.extend(stream.encode_utf16().chain([0]).flat_map(u16::to_le_bytes));
        bytes
    };
    assert_eq!(refused(&compound("EncryptedPackage")), ReadError::Locked(Kind::Office));
    assert_eq!(refused(&compound("WordDocument")), ReadError::Unread(Kind::OldWord));
    assert!(convert(&archive(&[("photo.jpg", "")])).is_none());
}

/// Elements that mean something, in any order and nesting.
fn soup() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        Just("<w:r><w:t>甲1</w:t></w:r>".to_owned()),
        Just("<w:fldChar w:fldCharType='begin'/>".to_owned()),
        Just("<w:vMerge/>".to_owned()),
        Just("<w:gridSpan w:val='65535'/><w:gridBefore w:val='4294967295'/>".to_owned()),
        Just("<w:numId w:val='1'/><w:ilvl w:val='-1'/>".to_owned()),
        Just("<w:footnoteReference w:id='2'/><w:sym w:char='zz'/>".to_owned()),
        Just("<w:t>&#x1F;&nope;</w:t>".to_owned()),
    ];
    leaf.prop_recursive(6, 60, 6, |inner| {
        let names = [
            "p",
            "r",
            "tbl",
            "tr",
            "tc",
            "tcPr",
            "pPr",
            "sdt",
            "sdtContent",
            "del",
            "ins",
            "txbxContent",
            "AlternateContent",
            "Choice",
        ];
        (prop::sample::select(names.to_vec()), prop::collection::vec(inner, 0..6))
            .prop_map(|(name, inner)| format!("<w:{name}>{}</w:{name}>", inner.concat()))
    })
}

proptest! {
    #[test]
    fn any_elements_are_read(body in soup()) {
        prop_assert!(read(&docx(&body)).is_ok());
    }

    #[test]
    fn any_bytes_are_read_or_refused(at in 0_usize..2_000, byte: u8) {
        let mut bytes = docx(&table(&[&[("", "甲")]]));
        let length = bytes.len();
        bytes[at % length] = byte;
        let _ = convert(&bytes);
    }
}
