use std::collections::BTreeSet;
use std::sync::Arc;

use juesuan_model::{
    Align, Element, Figure, Lang, PrintedCell, PrintedTable, Publication, Run, TableKind,
};
use typst::foundations::Value;
use typst::layout::{Frame, FrameItem};

use super::*;

/// All that markup, escapes and terminals could take for their own.
const HOSTILE: &str = "#panic(\"x\") $x^2$ *粗* _斜_ `码` <标> @引 \\u{41} \"）]} // /* = - + ~ 一\u{202e}二\u{7}\n三\t四 \
    #import \"@preview/x:1.0.0\" https://example.org/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";

fn words(text: &str) -> Run {
    Run::Words(text.into())
}

fn heading(level: u8, text: &str) -> Element {
    Element::Heading { level, runs: vec![words(text)] }
}

fn figure(text: &str) -> PrintedCell {
    PrintedCell::figure(Figure { text: text.into(), ..Figure::default() })
}

fn label(text: &str) -> PrintedCell {
    PrintedCell::words(text, Align::Left)
}

fn form(columns: usize, rows: usize) -> PrintedTable {
    let mut all = vec![(0..columns).map(|at| PrintedCell::head(format!("栏{at}"))).collect()];
    all.extend((0..rows).map(|row| {
        let figures = (1..columns).map(|column| figure(&format!("{row}{column}.05")));
        std::iter::once(label("农林水支出")).chain(figures).collect()
    }));
    PrintedTable {
        kind: TableKind::Form,
        form: "expenditure".into(),
        title: "支出决算表".into(),
        number: "公开03表".into(),
        caption: ["部门：某局", "2024年度", "金额单位：万元"].map(Arc::from).to_vec(),
        widths: vec![12; columns],
        head_rows: 1,
        rows: all,
        notes: vec!["注：本表反映本部门本年度各项支出。".into()],
    }
}

fn evaluation(reason: &str) -> PrintedTable {
    let head = PrintedCell::head;
    PrintedTable {
        kind: TableKind::Evaluation,
        title: "项目支出绩效自评表".into(),
        number: "".into(),
        caption: vec!["（2024年度）".into()],
        widths: vec![12, 12, 18],
        head_rows: 0,
        rows: vec![
            vec![head("项目资金").spanning(1, 2), head("全年预算数"), head("执行数")],
            vec![figure("12.00"), figure("11.70")],
            vec![head("偏差原因").spanning(1, 1), label(reason).spanning(2, 1)],
        ],
        notes: Vec::new(),
        ..form(3, 0)
    }
}

fn publication(elements: Vec<Element>) -> Publication {
    Publication {
        title: "某省某局2024年度部门决算".into(),
        subtitles: vec!["（含“三公”经费决算）".into()],
        department: "某省某局".into(),
        year: 2024,
        elements,
        ..Publication::default()
    }
}

fn whole() -> Publication {
    publication(vec![
        Element::Contents,
        heading(1, "第一部分 某省某局概况"),
        heading(2, "一、主要职责"),
        Element::Paragraph(vec![words("（一）年末在职"), words("40"), words("人。")]),
        heading(1, "第二部分 某省某局部门决算表"),
        heading(2, "一、支出决算表"),
        Element::Table(form(3, 4)),
        heading(2, "附件1"),
        heading(4, "1.某项目"),
        Element::Table(evaluation("原因：汛期提前。")),
    ])
}

/// The characters of each page, without spaces.
fn pages(publication: &Publication) -> Vec<String> {
    let made = typeset(publication, None).unwrap();
    assert_eq!(made.warnings, Vec::<String>::new());
    let text = |frame: &Frame| {
        let mut out = String::new();
        collect(frame, &mut out);
        out.retain(|c| !c.is_whitespace() && c != '\u{200b}');
        out
    };
    made.document.pages().iter().map(|page| text(&page.frame)).collect()
}

fn collect(frame: &Frame, out: &mut String) {
    for (_, item) in frame.items() {
        match item {
            FrameItem::Group(group) => collect(&group.frame, out),
            FrameItem::Text(text) => out.push_str(&text.text),
            _ => {}
        }
    }
}

/// Where something stands outside of its page, with the characters.
fn outside(publication: &Publication) -> Vec<String> {
    let mut found = Vec::new();
    for page in typeset(publication, None).unwrap().document.pages() {
        let width = page.frame.width().to_pt();
        reach(&page.frame, 0.0, width, &mut found);
    }
    found
}

#[expect(clippy::float_arithmetic, reason = "places on a page")]
fn reach(frame: &Frame, left: f64, width: f64, found: &mut Vec<String>) {
    for (point, item) in frame.items() {
        let at = left + point.x.to_pt();
        match item {
            FrameItem::Group(group) => reach(&group.frame, at, width, found),
            FrameItem::Text(text) if at < 0.0 || at + text.width().to_pt() > width => {
                found.push(text.text.to_string());
            }
            _ => {}
        }
    }
}

#[test]
fn it_is_a_pdf_and_the_same_each_time() {
    let bytes = pdf(&whole(), None).unwrap();
    assert!(bytes.starts_with(b"%PDF"));
    assert_eq!(bytes, pdf(&whole(), None).unwrap());
    let read = lopdf::Document::load_mem(&bytes).unwrap();
    let catalog = read.catalog().unwrap();
    assert!(catalog.has(b"MarkInfo") && catalog.has(b"StructTreeRoot"), "tagged");
    assert_eq!(catalog.get(b"Lang").unwrap().as_str().unwrap(), b"zh-CN");
    assert!(!format!("{:?}", read.trailer).contains("CreationDate"));
}

#[test]
fn packing_keeps_every_page_and_tag() {
    let made = typeset(&whole(), None).unwrap().document;
    let plain = written(&made, PdfStandards::default()).unwrap();
    let packed = pack::packed(&plain).unwrap();
    assert!(packed.len() * 10 < plain.len() * 9, "{} of {}", packed.len(), plain.len());
    let tags = |bytes: &[u8]| {
        let read = lopdf::Document::load_mem(bytes).unwrap();
        let is_tag = |object: &lopdf::Object| {
            object.as_dict().is_ok_and(|dict| dict.has_type(b"StructElem"))
        };
        (read.get_pages().len(), read.objects.values().filter(|object| is_tag(object)).count())
    };
    assert_eq!(tags(&plain), tags(&packed));
}

fn has(bytes: &[u8], needle: &str) -> bool {
    bytes.windows(needle.len()).any(|window| window == needle.as_bytes())
}

#[test]
fn it_passes_the_checks_of_accessibility() {
    let long = [Element::Contents, Element::Table(form(9, 150)), Element::Table(form(3, 150))];
    let long = [long.to_vec(), whole().elements].concat();
    for is_draft in [false, true] {
        let of = Publication { is_draft, ..publication(long.clone()) };
        assert!(has(&pdf(&of, None).unwrap(), "pdfuaid:part"), "draft: {is_draft}");
    }
}

#[test]
fn every_part_is_there() {
    let pages = pages(&whole());
    let all = pages.concat();
    for text in ["40", "01.05", "32.05", "12.00", "11.70", "注：本表反映", "公开03表", "汛期提前"]
    {
        assert!(all.contains(text), "{text} in {all}");
    }
    assert!(pages[0].starts_with("某省某局2024年度部门决算（含“三公”经费决算）"), "{}", pages[0]);
    assert!(pages[1].starts_with("目录第一部分某省某局概况"), "{}", pages[1]);
    assert!(pages[2].starts_with("第一部分某省某局概况一、主要职责"), "{}", pages[2]);
    assert!(pages[2].ends_with("—1—"), "{}", pages[2]);
    assert_eq!(pages[3], "第二部分某省某局部门决算表—2—", "a part that begins with a form");
    assert!(pages[4].starts_with("一、支出决算表公开03表部门：某局"), "{}", pages[4]);
    assert!(pages[5].starts_with("附件11.某项目项目支出绩效自评表"), "{}", pages[5]);
    assert_eq!(pages.len(), 6);
}

#[test]
fn texts_are_never_markup() {
    let mut table = evaluation(HOSTILE);
    table.title = HOSTILE.into();
    table.caption = vec![HOSTILE.into(); 4];
    table.notes = vec![HOSTILE.into()];
    let mut of = publication(vec![
        heading(3, HOSTILE),
        Element::Paragraph(vec![words(HOSTILE)]),
        Element::Table(table),
    ]);
    of.title = HOSTILE.into();
    of.subtitles = vec![HOSTILE.into()];
    let printed = "#panic(\"x\")$x^2$*粗*_斜_`码`<标>@引\\u{41}\"）]}///*=-+~一二三四";
    let all = pages(&of).concat();
    assert!(all.matches(printed).count() >= 9, "{all}");
    assert!(pdf(&of, None).is_ok());
    assert_eq!(outside(&of), Vec::<String>::new());
}

#[test]
fn every_page_of_a_draft_says_so() {
    let draft = Publication { is_draft: true, ..whole() };
    assert!(pages(&draft).iter().all(|page| page.contains("草稿不得公开")));
    assert!(pages(&whole()).iter().all(|page| !page.contains("草稿")));
}

#[test]
fn long_forms_go_on_with_their_heads() {
    for columns in [3, 9] {
        let pages = pages(&publication(vec![Element::Table(form(columns, 150))]));
        let forms = &pages[1..];
        assert!(forms.len() > 2, "{}", forms.len());
        assert!(forms.iter().all(|page| page.contains("栏0栏1")));
        assert_eq!(forms.concat().matches("农林水支出").count(), 150);
    }
}

#[test]
fn wide_forms_lie_across_the_page() {
    let made = typeset(&publication(vec![Element::Table(form(9, 30))]), None).unwrap();
    let pages = made.document.pages();
    assert_eq!(pages.len(), 2, "its type is as small as it must be for one page");
    assert!(pages[0].frame.width() < pages[0].frame.height());
    assert!(pages[1].frame.width() > pages[1].frame.height());
}

#[test]
fn nothing_leaves_the_page() {
    let mut table = form(9, 3);
    table.rows[2][8] = figure("123456789012345678901234567890.00");
    table.rows[3][0] = label(&"项目".repeat(3000));
    let of = publication(vec![Element::Table(table)]);
    assert_eq!(outside(&of), Vec::<String>::new());
    assert_eq!(pages(&of).concat().matches("项目").count(), 3000);
}

#[test]
fn brackets_behind_numbers_stay_in_their_cell() {
    let mut table = form(5, 3);
    table.kind = TableKind::Evaluation;
    table.rows[2][3] = label("10000%-8000%（含）");
    let made = typeset(&publication(vec![Element::Table(table)]), None).unwrap();
    let page = made.document.pages().last().unwrap();
    let mut lines = Vec::new();
    texts(&page.frame, &mut lines);
    assert!(lines.iter().any(|line| line.starts_with("（含")), "{lines:?}");
}

fn texts(frame: &Frame, found: &mut Vec<String>) {
    for (_, item) in frame.items() {
        match item {
            FrameItem::Group(group) => texts(&group.frame, found),
            FrameItem::Text(text) => found.push(text.text.as_str().replace('\u{200b}', "")),
            _ => {}
        }
    }
}

#[test]
fn an_empty_publication_is_printed() {
    assert!(pdf(&Publication::default(), None).is_ok());
    let empty = PrintedTable { rows: Vec::new(), widths: Vec::new(), ..form(1, 0) };
    assert!(pdf(&publication(vec![Element::Table(empty), heading(4, "")]), None).is_ok());
}

#[test]
fn characters_without_a_font_are_told() {
    let of = publication(vec![Element::Paragraph(vec![words("堃垚喆\u{20bb7}😀")])]);
    let error = pdf(&of, None).unwrap_err();
    assert_eq!(error, PrintError::Characters(vec!['😀', '\u{20bb7}']));
    assert!(error.say(Lang::Zh).contains("U+20BB7"), "{error}");
    assert!(error.say(Lang::En).contains("--font"));
}

#[test]
fn a_font_of_the_user_is_used_or_refused() {
    let read = BodyFont::read(b"no font".to_vec());
    assert_eq!(read.unwrap_err(), PrintError::NotAFont);
    let kai = BodyFont::read(include_bytes!("../fonts/kai-regular.ttf").to_vec()).unwrap();
    assert_eq!(kai.family(), "Juesuan Kai");
    let Some(Value::Array(fonts)) = data::values(&whole(), Some(&kai)).get("fonts").ok().cloned()
    else {
        panic!("no fonts")
    };
    assert_eq!(fonts.len(), 1);
    assert_ne!(pdf(&whole(), Some(&kai)).unwrap(), pdf(&whole(), None).unwrap());
}

#[test]
fn the_fonts_have_what_disclosures_use() {
    let press = Press::new(data::values(&whole(), None), None);
    let symbols: BTreeSet<char> =
        "≥≤％‰“”‘’《》〔〕【】—…·①⑩⑳〇￥、。，；：？！（）０９℃㎡×÷±√".chars().collect();
    assert_eq!(press.missing(&symbols), Vec::<char>::new());
}
