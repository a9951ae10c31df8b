use std::collections::BTreeSet;

use juesuan_model::{
    Align, Picture, PrintedCell, PrintedTable, Score, ScoreStep, Series, TableKind,
};

use super::*;

fn figure_of(subject: &str, text: &str, exact: &str) -> Figure {
    let exact = exact.parse().ok();
    Figure { subject: subject.into(), text: text.into(), exact, terms: Vec::new() }
}

fn heading(level: u8, words: &str) -> Element {
    Element::Heading { level, runs: vec![Run::Words(words.into())] }
}

fn amount(subject: &str, text: &str, exact: &str) -> PrintedCell {
    PrintedCell::figure(figure_of(subject, text, exact))
}

fn form() -> PrintedTable {
    let label = |words: &str| PrintedCell::words(words, Align::Left);
    let total = PrintedCell::words("合计", Align::Center).spanning(2, 1);
    PrintedTable {
        kind: TableKind::Form,
        form: "expenditure".into(),
        title: "支出决算表".into(),
        number: "公开03表".into(),
        caption: vec!["部门：甲局".into(), "2024年度".into(), "金额单位：万元".into()],
        widths: vec![10, 20, 10],
        head_rows: 2,
        rows: vec![
            vec![
                PrintedCell::head("科目").spanning(2, 1),
                PrintedCell::head("本年支出合计").spanning(1, 2),
            ],
            vec![PrintedCell::head("编码"), PrintedCell::head("名称")],
            vec![total, amount("expenditure[total].total", "12.35", "123456.789")],
            vec![
                label("2130301"),
                PrintedCell { indent: 2, ..label("行政运行") },
                amount("expenditure[2130301].total", "0.00", "0"),
            ],
        ],
        notes: vec!["注：本表反映本部门支出情况。".into()],
    }
}

fn series(name: &str, texts: &[(&str, &str)]) -> Series {
    let figures = texts.iter().map(|(text, exact)| figure_of("a[b].c", text, exact)).collect();
    Series { name: name.into(), figures }
}

fn small() -> Publication {
    Publication {
        title: "甲局2024年度部门决算".into(),
        subtitles: vec!["（含“三公”经费决算）".into()],
        department: "甲局".into(),
        year: 2024,
        is_draft: false,
        elements: vec![
            Element::Contents,
            heading(1, "第一部分 甲局概况"),
            heading(2, "一、收入"),
            Element::Paragraph(vec![
                Run::Words("（一）".into()),
                Run::Words("收入总计".into()),
                Run::Figure(figure_of("summary[income_total].income", "12.35", "123456.7890")),
                Run::Words("万元。".into()),
            ]),
            heading(1, "第二部分 决算表"),
            heading(2, "一、支出决算表"),
            Element::Table(form()),
        ],
        pictures: vec![Picture {
            title: "收入".into(),
            unit: "万元".into(),
            labels: vec!["财政拨款".into(), "其他".into()],
            series: vec![
                series("决算数", &[("12.00", "120000"), ("-3.00", "-30000")]),
                series("上年", &[("0.00", "0"), ("0.01", "100")]),
            ],
        }],
        scores: Vec::new(),
    }
}

fn wide() -> Publication {
    let mut wide = small();
    for element in &mut wide.elements {
        if let Element::Table(table) = element {
            table.widths = vec![10; 7];
        }
    }
    wide
}

fn values<'a>(html: &'a str, attribute: &str) -> Vec<&'a str> {
    let opening = format!(" {attribute}=\"");
    html.split(&opening).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

/// The page without its style sheet, which has its own tests: people's eyes.
fn page(of: &Publication) -> String {
    publication(of).replace(STYLE, "…")
}

#[test]
fn a_small_publication() {
    insta::assert_snapshot!(page(&small()));
}

#[test]
fn the_page_needs_nothing_from_outside_and_runs_nothing() {
    let page = page(&small());
    for outside in ["src=", "<script", "http://", "https://", "<link", " on"] {
        assert!(!page.contains(outside), "{outside}");
    }
    assert!(!STYLE.contains("@import") && !STYLE.contains("//") && !STYLE.contains("</"));
}

#[test]
fn every_link_has_its_target_and_every_id_is_the_only_one() {
    let mut twice = small();
    twice.elements.extend(small().elements);
    let page = page(&twice);
    let ids = values(&page, "id");
    let unique: BTreeSet<_> = ids.iter().collect();
    assert_eq!(unique.len(), ids.len(), "{ids:?}");
    for target in values(&page, "href") {
        assert!(ids.contains(&&target[1..]), "{target}");
    }
    for id in values(&page, "aria-labelledby").iter().flat_map(|ids| ids.split(' ')) {
        assert!(ids.contains(&id), "{id}");
    }
}

#[test]
fn what_is_hostile_is_text() {
    let evil = "</title><script>alert(1)</script>\" onload=\"x\u{202e}";
    let mut of = small();
    of.title = evil.into();
    of.department = evil.into();
    of.subtitles = vec![evil.into()];
    of.elements = vec![
        heading(1, evil),
        Element::Paragraph(vec![Run::Figure(figure_of(evil, evil, "1"))]),
        Element::Table(PrintedTable {
            title: evil.into(),
            number: evil.into(),
            caption: vec![evil.into()],
            notes: vec![evil.into()],
            rows: vec![vec![PrintedCell::words(evil, Align::Left)]],
            ..form()
        }),
    ];
    for picture in &mut of.pictures {
        picture.title = evil.into();
        picture.unit = evil.into();
        picture.labels = vec![evil.into(); 2];
        picture.series = vec![series(evil, &[(evil, "1"), (evil, "-1")])];
    }
    let page = page(&of);
    assert!(!page.contains("<script") && !page.contains("\" onload") && !page.contains('\u{202e}'));
    assert_eq!(page.matches("</title>").count(), 2, "of the page and of the picture");
}

#[test]
fn spans_and_heads_are_said() {
    let page = page(&small());
    for cell in [
        "<th scope=\"colgroup\" colspan=\"2\" class=\"center\">科目</th>",
        "<th scope=\"col\" rowspan=\"2\" class=\"center\">本年支出合计</th>",
        "<th scope=\"row\" colspan=\"2\" class=\"center\">合计</th>",
        "<td class=\"code\">2130301</td>",
        "<th scope=\"row\" class=\"in-2\">行政运行</th>",
        "<td class=\"right\"><data value=\"123456.789\" \
         data-subject=\"expenditure[total].total\">12.35</data></td>",
    ] {
        assert!(page.contains(cell), "{cell} is not in {page}");
    }
    assert_eq!(page.matches("<thead>").count(), 2, "of the form and of the picture");
}

#[test]
fn a_draft_says_so_and_nothing_else_does() {
    let mut draft = small();
    draft.is_draft = true;
    let (said, other) = (page(&draft), page(&small()));
    assert!(said.contains("role=\"note\">草稿，不得公开</p>"));
    assert!(said.contains("class=\"watermark\"") && said.contains("部门决算（草稿）</title>"));
    assert!(!other.contains("草稿"));
}

#[test]
fn wide_forms_lie_on_their_side() {
    assert!(page(&wide()).contains("<section class=\"sheet wide\">"));
    assert!(page(&small()).contains("<section class=\"sheet\">"));
}

#[test]
fn bars_of_zero_are_none_and_those_below_go_left() {
    let page = page(&small());
    let drawing = page.split("class=\"bars\"").nth(1).unwrap().split("</svg>").next().unwrap();
    assert_eq!(drawing.matches("<rect").count(), 3, "zero has none: {drawing}");
    assert_eq!(drawing.matches("text-anchor=\"end\"").count(), 1);
    assert!(drawing.contains("财政拨款：决算数 12.00，上年 0.00。其他：决算数 -3.00，上年 0.01。"));
}

#[test]
fn the_same_is_written_twice_the_same_and_nothing_is_a_page_too() {
    assert_eq!(publication(&small()), publication(&small()));
    let nothing = page(&Publication::default());
    assert!(!nothing.contains("图说") && nothing.contains("<main"));
}

fn evaluated(name: &str) -> Publication {
    let cell = |subject: &str| PrintedCell::figure(figure_of(subject, "98.00", "98"));
    let table = PrintedTable {
        kind: TableKind::Evaluation,
        form: "evaluation".into(),
        title: "项目支出绩效自评表".into(),
        rows: vec![vec![cell("执行率[甲].率"), cell("evaluation[管护[一期]项目].total")]],
        ..form()
    };
    let step = |label: &str, how: &str, points: &str| ScoreStep {
        label: label.into(),
        how: how.into(),
        points: points.parse().unwrap(),
    };
    let score = Score {
        form: "evaluation".into(),
        name: name.into(),
        steps: vec![
            step("管护<水库>数量", "目标 ≥4，完成 4；50 × 100% = 50", "50"),
            step("绩效自评总得分", "88 + 10 - 0", "98"),
        ],
    };
    Publication { elements: vec![Element::Table(table)], scores: vec![score], ..small() }
}

#[test]
fn the_steps_to_the_points_stand_folded_below_their_form() {
    let html = page(&evaluated("管护[一期]项目"));
    let (form, steps) = html.split_once("<details class=\"steps\">").unwrap();
    assert!(form.contains("项目支出绩效自评表"));
    let summary =
        "<summary aria-label=\"管护[一期]项目的得分是怎么算出来的\">得分是怎么算出来的</summary>";
    assert!(steps.contains(summary), "{steps}");
    assert!(steps.contains("<th scope=\"row\">管护&lt;水库&gt;数量</th>"), "{steps}");
    assert!(steps.contains("50 × 100% = 50</td>") && steps.contains(">98.00</td>"), "{steps}");
}

#[test]
fn a_form_without_a_score_has_no_steps() {
    assert!(!page(&evaluated("另一个项目")).contains("class=\"steps\""));
}
