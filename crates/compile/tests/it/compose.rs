//! The publication follows the facts, words included.

use juesuan_compile::accounts::Exact;
use juesuan_compile::compose;
use juesuan_model::{Element, Publication, Run, runs_text};

use crate::department::{Desk, Texts, shown, unit, with};

fn composed(units: &[Texts]) -> (Publication, Vec<String>) {
    let desk = Desk::new();
    let (all, findings) = desk.compiled(units);
    assert_eq!(shown(&findings), Vec::<String>::new());
    let exact = Exact::new(&desk.scheme, &all.ledger);
    let (publication, gaps) = compose(&desk.manuscript, &exact, &"某局".into(), 2024);
    (publication, shown(&gaps))
}

/// The paragraph that contains words.
fn paragraph(publication: &Publication, words: &str) -> String {
    let text = |element: &Element| match element {
        Element::Paragraph(runs) => Some(runs_text(runs)),
        _ => None,
    };
    let mut all = publication.elements.iter().filter_map(text);
    all.find(|text| text.contains(words)).unwrap_or_else(|| panic!("no paragraph with {words}"))
}

#[test]
fn words_of_direction_follow_the_figures() {
    let (publication, gaps) = composed(&[unit("甲站", "001")]);
    assert_eq!(gaps, Vec::<String>::new());
    assert_eq!(
        paragraph(&publication, "与上年相比，收入总计"),
        "与上年相比，收入总计增加12.00万元，增长8.57%，主要原因是收入总计与上年的原因。",
    );
    let less = with(unit("甲站", "001"), "上年数", |text| text.replace("1400000", "1600000"));
    assert_eq!(
        paragraph(&composed(&[less]).0, "与上年相比，收入总计"),
        "与上年相比，收入总计减少8.00万元，降低5.00%，主要原因是收入总计与上年的原因。",
    );
    let same = with(unit("甲站", "001"), "上年数", |text| text.replace("1400000", "1520000"));
    assert_eq!(
        paragraph(&composed(&[same]).0, "与上年相比，收入总计"),
        "与上年相比，收入总计持平。"
    );
}

#[test]
fn what_there_is_not_is_said() {
    let (publication, _) = composed(&[unit("甲站", "001")]);
    assert_eq!(
        paragraph(&publication, "政府性基金预算财政拨款收支"),
        "本部门2024年度无政府性基金预算财政拨款收支。"
    );
    let tables = publication.elements.iter().filter_map(|element| match element {
        Element::Table(table) => Some((&*table.form, table.notes.len())),
        _ => None,
    });
    let empty: Vec<&str> = tables.filter(|(_, notes)| *notes == 2).map(|(form, _)| form).collect();
    assert_eq!(empty, ["funds", "state_capital"]);
}

#[test]
fn every_figure_is_bound_to_its_fact() {
    let (publication, _) = composed(&[unit("甲站", "001")]);
    let has_digits = |words: &str| words.chars().any(|c| c.is_ascii_digit());
    for element in &publication.elements {
        let Element::Paragraph(runs) = element else { continue };
        for run in runs {
            match run {
                Run::Figure(figure) => assert!(!figure.subject.is_empty(), "{figure:?}"),
                Run::Words(words) if has_digits(words) => {
                    let known = ["2024", "31", "100", "1", "2", "3", "4", "5", "6", "7", "8"];
                    let digits =
                        words.split(|c: char| !c.is_ascii_digit()).filter(|d| !d.is_empty());
                    let odd: Vec<&str> = digits.filter(|d| !known.contains(d)).collect();
                    assert!(odd.is_empty() || words.contains('月'), "{words}");
                }
                Run::Words(_) | Run::Stated(_) => {}
            }
        }
    }
}

#[test]
fn a_missing_reason_is_named_and_shown_as_a_gap() {
    let dear =
        with(unit("甲站", "001"), "预算", |text| text.replace("基本支出,900000", "基本支出,0"));
    let other = with(dear, "三公经费", |text| text.replace("8000,6000", "0,6000"));
    let (publication, gaps) = composed(&[with(other, "三公经费", |text| {
        format!("{text}公务用车运行维护费,100,0,0\n")
    })]);
    assert_eq!(gaps, ["PKG014 文稿 没有“公务用车购置及运行费与预算”的说明（内容）",]);
    assert!(paragraph(&publication, "公务用车购置及运行费与预算").contains("〔缺："));
}
