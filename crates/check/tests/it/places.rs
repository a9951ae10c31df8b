//! What a place prescribes: its template is data, and disclosures are held against it.

use juesuan_model::Severity;
use juesuan_scheme::{BASE, Files, Index, Scheme, Why, embedded, load};

use crate::run;

/// A place of its own that prints 三公 as table 07 and calls the summary by another name.
fn scheme(status: &str) -> Scheme {
    let mut files: Files = embedded();
    let manifest =
        format!("name = \"某地\"\nstatus = \"{status}\"\nfrom = 2024\nplace = [\"云屏县\"]");
    let disclosure = r#"
        basis = "某地的范本"
        sentences = []
        form = [
          { id = "income", title = "收入决算表" },
          { id = "three_public", title = "一般公共预算财政拨款“三公”经费支出决算表" },
          { id = "funds", title = "政府性基金预算财政拨款收入支出决算表" },
        ]
        heading = []
    "#;
    files.insert("x/2024/manifest.toml".into(), manifest.into());
    files.insert("x/2024/disclosure.toml".into(), disclosure.into());
    load(&files, "x/2024").unwrap()
}

const INCOME: &str = "收入决算表\n\n公开01表\n\n功能分类科目编码\t科目名称\t本年收入合计\t财政拨款收入\n合计\t\t10.00\t10.00\n205\t教育支出\t10.00\t10.00\n\n";
const FUNDS: &str = "政府性基金预算财政拨款收入支出决算表\n\n公开03表\n\n功能分类科目编码\t科目名称\t年初结转和结余\t本年收入\t小计\t基本支出\t项目支出\t年末结转和结余\n合计\t\t0.00\t5.00\t5.00\t0.00\t5.00\t0.00\n212\t城乡社区支出\t0.00\t5.00\t5.00\t0.00\t5.00\t0.00\n\n";
const THREE: &str = "一般公共预算财政拨款“三公”经费支出决算表\n\n公开02表\n\n项目\t预算数\t决算数\n合计\t10.00\t10.00\n公务接待费\t10.00\t10.00\n\n";

/// Severity and subject of what a rule says of a text.
fn told(text: &str, scheme: &Scheme, code: &str) -> Vec<(Severity, String)> {
    let findings = run(text, scheme).findings.into_iter().filter(|finding| finding.code == code);
    findings.map(|finding| (finding.severity, finding.subject)).collect()
}

#[test]
fn forms_stand_in_the_order_of_the_place() {
    let scheme = scheme("confirmed");
    let right = [INCOME, THREE, FUNDS].concat();
    assert_eq!(told(&right, &scheme, "DOC026"), []);
    let wrong = [INCOME, FUNDS, THREE].concat();
    let order = (Severity::Warning, "three_public[].order".to_owned());
    assert_eq!(told(&wrong, &scheme, "DOC026"), [order]);
    let number = right.replace("公开02表", "公开09表");
    let expected = (Severity::Warning, "three_public[].number".to_owned());
    assert_eq!(told(&number, &scheme, "DOC026"), [expected]);
    let title = right.replace("一般公共预算财政拨款“三公”", "财政拨款“三公”");
    let expected = (Severity::Warning, "three_public[].title".to_owned());
    assert_eq!(told(&title, &scheme, "DOC026"), [expected]);
}

#[test]
fn what_is_inferred_proves_no_more_than_a_note() {
    let wrong = [INCOME, FUNDS, THREE].concat();
    let told = told(&wrong, &scheme("inferred"), "DOC026");
    assert!(told.iter().all(|(severity, _)| *severity == Severity::Note) && !told.is_empty());
}

#[test]
fn the_base_leaves_the_order_open() {
    let base = load(&embedded(), BASE).unwrap();
    for forms in [[INCOME, THREE, FUNDS], [INCOME, FUNDS, THREE]] {
        assert_eq!(told(&forms.concat(), &base, "DOC026"), []);
    }
}

#[test]
fn an_unknown_place_falls_back_to_the_base_and_says_so() {
    let index = Index::new(&embedded()).unwrap();
    let document = juesuan_read::parse("云屏县图书馆2024年度部门决算\n\n目录\n");
    let choice = index.choose(&juesuan_read::identify(&document, &index.words));
    assert_eq!(choice.id, BASE);
    let why = Why::NoLocal { department: "云屏县图书馆".to_owned(), year: Some(2024) };
    assert_eq!(choice.why, why);
    let said = why.say(juesuan_model::Lang::Zh);
    assert!(said.contains("没有适用于“云屏县图书馆”") && said.contains("全国通用方案"), "{said}");
}
