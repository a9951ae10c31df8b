//! What goes wrong when figures are copied from form to form: one slip, many contradictions, one
//! finding.

use juesuan_check::Checked;
use juesuan_model::{Finding, Severity};

use crate::{above_note, base, run};

/// The forms by functional code with three columns of amounts each.
const TEXT: &str = include_str!("disclosures/three_public_seventh.md");

/// The first line of the form that is copied from 支出决算表.
const COPY: &str = "一般公共预算财政拨款支出决算表";

/// The text with the cells behind code and name changed in the table under the last such title.
fn with_copy(change: impl Fn(&mut Vec<(String, String)>)) -> String {
    let title = TEXT.rfind(&format!("{COPY}\n")).unwrap();
    let start = title + TEXT[title..].find("\n|").unwrap() + 1;
    let end = start + TEXT[start..].find("\n\n").unwrap();
    let mut rows: Vec<(String, String)> = TEXT[start..end]
        .lines()
        .map(|line| {
            let name = line.match_indices(" | ").nth(1).unwrap().0;
            (line[..name].to_owned(), line[name..].to_owned())
        })
        .collect();
    change(&mut rows);
    let table: Vec<String> = rows.iter().map(|(head, cells)| format!("{head}{cells}")).collect();
    format!("{}{}{}", &TEXT[..start], table.join("\n"), &TEXT[end..])
}

fn errors(checked: &Checked) -> Vec<&Finding> {
    checked.findings.iter().filter(|finding| finding.severity == Severity::Error).collect()
}

#[test]
fn amounts_that_slipped_down_a_form_are_one_finding() {
    // By one row the section prints what its class does, so that it looks right still.
    for (rows, first) in [(1, "2070104 图书馆"), (2, "20701 文化和旅游")] {
        let text = with_copy(|table| {
            let from = table.iter().position(|(head, _)| head.contains("20701")).unwrap();
            let cells: Vec<String> = table[from..].iter().map(|(_, cells)| cells.clone()).collect();
            let slipped = cells.iter().cycle().skip(rows);
            table[from..].iter_mut().zip(slipped).for_each(|((_, cell), put)| cell.clone_from(put));
        });
        let checked = run(&text, &base());
        let [only] = &errors(&checked)[..] else { panic!("{:?}", above_note(&text, &base())) };
        assert_eq!(only.code, "TAB110");
        assert!(only.message.contains(&format!("从“{first}”到“合计”")), "{}", only.message);
        assert!(only.consequences.len() > 5, "{:?}", only.consequences);
    }
}

#[test]
fn a_figure_copied_wrong_is_one_finding_with_all_its_places() {
    let text = with_copy(|table| {
        for (_, cells) in table.iter_mut().filter(|(head, _)| head.starts_with("| 208")) {
            *cells = cells.replace("| 48.00 | 48.00 |", "| 48.00 | 84.00 |");
        }
    });
    let places = text.matches("84.00").count();
    assert_eq!(places, 2, "class and section");
    let checked = run(&text, &base());
    let told = errors(&checked);
    let [only] = told[..] else { panic!("{:?}", above_note(&text, &base())) };
    assert_eq!((&*only.stated, &*only.expected), ("84.00", "48.00"));
    assert!(only.hint.contains(&format!("另外 {} 处", places - 1)), "{}", only.hint);
    let shown = only.evidence.iter().filter(|place| place.quote == "84.00").count();
    assert_eq!(shown, places);
}

#[test]
fn heads_in_the_row_of_totals_are_heads() {
    let text = "第二部分 决算表\n\n政府性基金预算财政拨款收入支出决算表\n\n单位：万元\n\n\
        项目\t\t年初结转和结余\t本年收入\t本年支出\t\t\t年末结转和结余\n\
        功能分类科目编码\t科目名称\t\t\t\t\t\t\n\
        合计\t\t0\t38.00\t合计\t基本支出\t项目支出\t0\n\
        212\t城乡社区支出\t0\t38.00\t38.00\t\t38.00\t0\n\
        21208\t国有土地使用权出让收入安排的支出\t0\t38.00\t38.00\t\t38.00\t0\n\
        2120803\t城市建设支出\t0\t38.00\t38.00\t\t38.00\t0\n";
    let accounts = juesuan_read::bind(&juesuan_read::parse(text), &base());
    let printed = |row: &str, column: &str| {
        let cell = accounts.facts.find_cell("funds", row, column);
        cell.map(|(_, fact)| fact.printed.to_string())
    };
    assert_eq!(printed("2120803", "total").as_deref(), Some("38.00"));
    assert_eq!(printed("2120803", "project").as_deref(), Some("38.00"));
    assert_eq!(printed("total", "income").as_deref(), Some("38.00"));
    assert_eq!(printed("total", "total"), None, "it prints a head there");
}

#[test]
fn what_rounding_explains_is_not_blamed() {
    let text = "第二部分 绩效自评情况\n\n（1）甲项目自评综述：自评得分98.86分。全年预算数为4.5万元，\
                执行数为3.99万元，完成预算的88.67%。\n\n项目支出绩效自评表\n项目名称\t甲项目\n\
                预算数\t4.5\t执行数\t3.99\t执行率\t88.58%\n\
                一级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\n产出指标\t次数\t≥1次\t1次\t90\t90";
    let findings = run(text, &base()).findings;
    let told = findings.iter().find(|finding| finding.code == "PRF104");
    assert_eq!(told.map(|finding| (&*finding.stated, &finding.cause)), Some(("88.67%", &None)));
}
