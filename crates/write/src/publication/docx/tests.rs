use std::collections::BTreeMap;
use std::io::{Cursor, Read as _};
use std::sync::Arc;

use juesuan_model::{
    Align, Element, Figure, PrintedCell, PrintedTable, Publication, Run, TableKind,
};
use proptest::prelude::*;
use quick_xml::Reader;
use quick_xml::escape::unescape;
use quick_xml::events::{BytesStart, Event};
use zip::{DateTime, ZipArchive};

use super::plan::{Paper, stretches};

/// Elements, attributes and text of a part, one a line: what tests look at.
fn outline(part: &[u8]) -> Vec<String> {
    let text = std::str::from_utf8(part).unwrap();
    let mut reader = Reader::from_str(text);
    reader.config_mut().check_end_names = true;
    let mut depth = 0_i32;
    let mut out: Vec<String> = Vec::new();
    let named = |e: &BytesStart<'_>| {
        let mut line = format!("<{}", e.name().as_ref());
        for attribute in e.attributes() {
            let attribute = attribute.unwrap();
            let value: &str = &attribute.value;
            let name: &str = attribute.key.as_ref();
            line.push_str(&format!(" {name}={}", unescape(value).unwrap()));
        }
        line
    };
    // References come as events of their own, so text is put together.
    let add = |out: &mut Vec<String>, text: &str| match out.last_mut() {
        Some(last) if !last.starts_with(['<', '/']) => last.push_str(text),
        _ => out.push(format!("\"{text}")),
    };
    loop {
        match reader.read_event().unwrap() {
            Event::Start(e) => {
                depth += 1;
                out.push(named(&e));
            }
            Event::Empty(e) => out.push(named(&e)),
            Event::End(e) => {
                depth -= 1;
                out.push(format!("/{}", e.name().as_ref()));
            }
            Event::Text(e) => add(&mut out, &e),
            Event::GeneralRef(e) => {
                let reference = format!("&{};", &*e);
                add(&mut out, &unescape(&reference).unwrap());
            }
            Event::Eof => break,
            _ => {}
        }
    }
    assert_eq!(depth, 0);
    out
}

/// The parts of a file, each outlined.
fn parts(bytes: &[u8]) -> BTreeMap<String, Vec<String>> {
    let mut zip = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut parts = BTreeMap::new();
    for at in 0..zip.len() {
        let mut file = zip.by_index(at).unwrap();
        assert_eq!(file.last_modified(), Some(DateTime::default()));
        let mut part = Vec::new();
        file.read_to_end(&mut part).unwrap();
        parts.insert(file.name().unwrap().into_owned(), outline(&part));
    }
    parts
}

fn written(publication: &Publication) -> BTreeMap<String, Vec<String>> {
    parts(&super::publication(publication).unwrap())
}

fn document(publication: &Publication) -> Vec<String> {
    written(publication).remove("word/document.xml").unwrap()
}

/// The controls of a document: tag, lock, text.
fn controls(document: &[String]) -> Vec<(String, String, String)> {
    let mut controls = Vec::new();
    let mut rest = document;
    while let Some(at) = rest.iter().position(|line| line.starts_with("<w:tag ")) {
        let end = at + rest[at..].iter().position(|line| line == "/w:sdt").unwrap();
        let control = &rest[at..end];
        let value = |of: &str| {
            let line = control.iter().find_map(|line| line.strip_prefix(of)).unwrap();
            line.trim_start_matches(" w:val=").to_owned()
        };
        let text = control.iter().filter_map(|line| line.strip_prefix('"')).collect();
        controls.push((value("<w:tag"), value("<w:lock"), text));
        rest = &rest[end..];
    }
    controls
}

fn count(document: &[String], of: &str) -> usize {
    document.iter().filter(|line| line.starts_with(of)).count()
}

fn words(text: &str) -> Vec<Run> {
    vec![Run::Words(text.into())]
}

fn figure(subject: &str, text: &str) -> Figure {
    Figure {
        subject: subject.into(),
        text: text.into(),
        exact: text.parse().ok(),
        terms: Vec::new(),
    }
}

fn heading(level: u8, text: &str) -> Element {
    Element::Heading { level, runs: words(text) }
}

fn table(title: &str, columns: usize, rows: Vec<Vec<PrintedCell>>) -> PrintedTable {
    PrintedTable {
        kind: TableKind::Form,
        form: "summary".into(),
        title: title.into(),
        number: "公开01表".into(),
        caption: ["部门：水务局", "2024年度", "金额单位：万元"].map(Arc::from).to_vec(),
        widths: vec![10; columns],
        head_rows: 1,
        rows,
        notes: vec!["注：本表反映收支。".into()],
    }
}

fn sample() -> Publication {
    let amount = |at: usize| PrintedCell::figure(figure(&format!("summary[{at}].a"), "12.00"));
    let head = |columns: usize| (0..columns).map(|_| PrintedCell::head("栏")).collect();
    let narrow = vec![
        vec![PrintedCell::head("项目").spanning(1, 2), PrintedCell::head("金额").spanning(2, 1)],
        vec![PrintedCell::head("本年"), PrintedCell::head("上年")],
        vec![PrintedCell::words("合计", Align::Left), amount(1), amount(2)],
    ];
    let wide = vec![head(8), (0..8).map(amount).collect()];
    let total = vec![
        Run::Words("收入总计".into()),
        Run::Figure(figure("summary[total].income", "3418.44")),
        Run::Words("万元，比上年".into()),
        Run::Figure(figure("summary[total].income", "增加")),
        Run::Words("。".into()),
    ];
    Publication {
        title: "水务局2024年度部门决算".into(),
        subtitles: vec!["（含“三公”经费决算）".into()],
        department: "水务局".into(),
        year: 2024,
        elements: vec![
            Element::Contents,
            heading(1, "第一部分 概况"),
            heading(2, "一、收入情况"),
            heading(3, "（一）总体"),
            heading(4, "1.总计"),
            Element::Paragraph(total),
            heading(1, "第二部分 决算表"),
            heading(2, "一、收入支出决算总表"),
            Element::Table(table("收入支出决算总表", 3, narrow)),
            heading(2, "二、收入决算表"),
            Element::Table(table("收入决算表", 8, wide)),
        ],
        ..Publication::default()
    }
}

#[test]
fn every_part_is_xml_and_every_relation_leads_to_a_part() {
    let parts = written(&sample());
    let targets = |rels: &str, folder: &str| -> Vec<String> {
        let lines = parts[rels].iter().filter_map(|line| line.split_once(" Target="));
        lines.map(|(_, target)| format!("{folder}{target}").replace("word/../", "")).collect()
    };
    let mut all = targets("_rels/.rels", "");
    all.extend(targets("word/_rels/document.xml.rels", "word/"));
    all.extend(targets("customXml/_rels/item1.xml.rels", "customXml/"));
    for line in &parts["[Content_Types].xml"] {
        if let Some((_, rest)) = line.split_once("PartName=/") {
            all.push(rest.split(' ').next().unwrap().to_owned());
        }
    }
    assert_eq!(all.len(), 21);
    for target in all {
        assert!(parts.contains_key(&target), "{target}");
    }
}

#[test]
fn styles_that_are_used_exist() {
    let parts = written(&sample());
    let styles = &parts["word/styles.xml"];
    for line in &parts["word/document.xml"] {
        if let Some(style) = line.strip_prefix("<w:pStyle w:val=") {
            let is_style = |line: &String| line.ends_with(&format!(" w:styleId={style}"));
            assert!(styles.iter().any(is_style), "{style}");
        }
    }
    assert!(!styles.iter().any(|line| line.contains('{')));
}

#[test]
fn every_figure_is_in_a_locked_control_whose_tag_leads_back() {
    let publication = sample();
    let parts = written(&publication);
    let controls = controls(&parts["word/document.xml"]);
    assert_eq!(controls.len(), 12);
    let list = &parts["customXml/item1.xml"];
    for (tag, lock, text) in &controls {
        assert!(tag.len() <= 64);
        assert_eq!(lock, "sdtLocked");
        let start = format!("<figure tag={tag} subject=");
        let entries: Vec<usize> =
            (0..list.len()).filter(|at| list[*at].starts_with(&start)).collect();
        assert_eq!(entries.len(), 1, "{tag}");
        assert_eq!(list[entries[0] + 1], format!("\"{text}"));
    }
    let total =
        list.iter().position(|line| line.contains("subject=summary[total].income")).unwrap();
    assert!(list[total].ends_with(" exact=3418.44"), "{}", list[total]);
    assert_eq!(list[total + 1], "\"3418.44");
}

#[test]
fn tags_stay_when_other_figures_come() {
    let mut publication = sample();
    let of = |publication: &Publication| {
        let mut tags = controls(&document(publication));
        tags.retain(|(_, _, text)| text == "3418.44");
        tags
    };
    let before = of(&publication);
    let more = vec![Run::Figure(figure("summary[else].income", "7"))];
    publication.elements.insert(2, Element::Paragraph(more));
    assert_eq!(of(&publication), before);
}

#[test]
fn heads_repeat_rows_stay_whole_and_spans_are_merged() {
    let document = document(&sample());
    assert_eq!(count(&document, "<w:tblHeader"), 2);
    assert_eq!(
        count(&document, "<w:cantSplit"),
        count(&document, "<w:tr") - count(&document, "<w:trPr") - count(&document, "<w:trHeight")
    );
    assert_eq!(count(&document, "<w:vMerge w:val=restart"), 1);
    assert_eq!(count(&document, "<w:vMerge"), 2);
    assert_eq!(count(&document, "<w:gridSpan w:val=2"), 1);
    // 156 mm and 225 mm.
    assert_eq!(count(&document, "<w:tblW w:w=8844"), 1);
    assert_eq!(count(&document, "<w:tblW w:w=12756"), 1);
}

#[test]
fn headings_are_headings_and_titles_of_forms_are_not_printed_twice() {
    let document = document(&sample());
    for (style, times) in [("Heading1", 2), ("Heading2", 1), ("Heading3", 1), ("Heading4", 1)] {
        assert_eq!(count(&document, &format!("<w:pStyle w:val={style}")), times, "{style}");
    }
    assert_eq!(count(&document, "<w:pStyle w:val=FormTitle"), 2);
    assert_eq!(count(&document, "<w:pStyle w:val=TableTitle"), 0);
    assert_eq!(count(&document, "<w:pStyle w:val=TOC1"), 2);
    assert_eq!(count(&document, "<w:pStyle w:val=TOC2"), 3);
    assert_eq!(count(&document, "\"收入决算表"), 0);
    let begun = count(&document, "<w:fldChar w:fldCharType=begin");
    assert_eq!((begun, count(&document, "<w:fldChar w:fldCharType=end")), (6, 6));
}

#[test]
fn sections_turn_for_wide_forms_and_pages_are_numbered_from_the_body_on() {
    let publication = sample();
    let papers: Vec<Paper> = stretches(&publication).iter().map(|s| s.paper).collect();
    assert_eq!(papers, [Paper::Upright, Paper::Upright, Paper::Upright, Paper::Turned]);
    let document = document(&publication);
    assert_eq!(count(&document, "<w:sectPr"), 4);
    assert_eq!(count(&document, "<w:pgSz w:w=16838 w:h=11906 w:orient=landscape"), 1);
    assert_eq!(count(&document, "<w:footerReference"), 4);
    let starts: Vec<&String> = document.iter().filter(|l| l.starts_with("<w:pgNumType")).collect();
    assert_eq!(
        starts,
        ["<w:pgNumType w:start=1", "<w:pgNumType w:start=0", "<w:pgNumType w:start=1"]
    );
    // Two of the three changes of page are changes of section.
    assert_eq!(count(&document, "<w:pageBreakBefore"), 1);
    let pages: Vec<&String> =
        document.iter().filter(|l| matches!(l.as_str(), "\"1" | "\"2" | "\"3")).collect();
    assert_eq!(pages, ["\"1", "\"1", "\"2", "\"2", "\"3"]);
}

#[test]
fn every_page_of_a_draft_says_so() {
    assert_eq!(count(&document(&sample()), "<w:headerReference"), 0);
    let draft = document(&Publication { is_draft: true, ..sample() });
    assert_eq!(count(&draft, "<w:headerReference"), 2 * count(&draft, "<w:sectPr"));
    let header = &written(&sample())["word/headerDraft.xml"];
    assert!(header.iter().any(|line| line.contains("草稿")));
}

#[test]
fn hostile_text_stays_text() {
    let hostile = "</w:t></w:r><w:evil/>&amp;\u{0}\u{1b}\u{ffff}]]>\"'";
    let shown = "</w:t></w:r><w:evil/>&amp;]]>\"'";
    let cell = PrintedCell::words(hostile, Align::Left);
    let publication = Publication {
        title: hostile.into(),
        department: hostile.into(),
        elements: vec![
            Element::Contents,
            heading(1, hostile),
            Element::Paragraph(vec![Run::Figure(figure(hostile, hostile))]),
            Element::Table(table(hostile, 1, vec![vec![cell]])),
        ],
        ..sample()
    };
    let parts = written(&publication);
    let document = &parts["word/document.xml"];
    assert_eq!(count(document, "<w:evil"), 0);
    assert_eq!(count(document, &format!("\"{shown}")), 7);
    let list = &parts["customXml/item1.xml"];
    assert!(list[1].ends_with(&format!(" subject={shown}")), "{}", list[1]);
    assert_eq!(list[2], format!("\"{shown}"));
}

#[test]
fn the_same_publication_gives_the_same_bytes() {
    assert_eq!(super::publication(&sample()).unwrap(), super::publication(&sample()).unwrap());
}

#[test]
fn nothing_is_a_document_too() {
    let document = document(&Publication::default());
    assert_eq!(count(&document, "<w:sectPr"), 1);
}

/// What a row of a written table holds: how many columns its cells take.
fn row_widths(document: &[String]) -> Vec<usize> {
    let mut widths = Vec::new();
    for line in document {
        if line == "<w:tr" {
            widths.push(0);
        } else if line == "<w:tc" {
            *widths.last_mut().unwrap() += 1;
        } else if let Some(span) = line.strip_prefix("<w:gridSpan w:val=") {
            *widths.last_mut().unwrap() += span.parse::<usize>().unwrap() - 1;
        }
    }
    widths
}

fn cells() -> impl Strategy<Value = Vec<Vec<PrintedCell>>> {
    let cell = (1_u16..5, 1_u16..5, 0_u8..4, "[0-9]{1,12}|[一-二]{0,9}");
    let cell = cell.prop_map(|(columns, rows, indent, text)| PrintedCell {
        indent,
        ..PrintedCell::figure(figure("f[1].a", &text)).spanning(columns, rows)
    });
    let wild = Just(PrintedCell::figure(figure("f[2].a", "1")).spanning(0, u16::MAX));
    let cell = prop_oneof![9 => cell, 1 => wild];
    prop::collection::vec(prop::collection::vec(cell, 0..6), 0..8)
}

proptest! {
    #[test]
    fn any_spans_make_whole_rows_and_lose_no_figure(
        rows in cells(), columns in 0_usize..9, evaluates: bool,
    ) {
        let figures: usize = rows.iter().map(Vec::len).sum();
        let count_of_rows = rows.len();
        let kind = if evaluates { TableKind::Evaluation } else { TableKind::Form };
        let table = PrintedTable { kind, ..table("表", columns, rows) };
        let elements = vec![Element::Table(table)];
        let document = document(&Publication { elements, ..sample() });
        prop_assert_eq!(controls(&document).len(), figures);
        let widths = row_widths(&document);
        let columns = count(&document, "<w:gridCol");
        prop_assert!(widths.iter().all(|width| *width == columns), "{:?} {}", widths, columns);
        prop_assert!(columns == 0 || widths.len() == count_of_rows);
        let total: u32 = document.iter()
            .filter_map(|line| line.strip_prefix("<w:gridCol w:w="))
            .map(|width| width.parse::<u32>().unwrap())
            .sum();
        prop_assert!([0, 8844, 12756].contains(&total), "{}", total);
    }
}
