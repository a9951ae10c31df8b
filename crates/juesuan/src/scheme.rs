//! `juesuan scheme list|show|prove`

use std::fmt::Write as _;

use juesuan_check::{check, coded};
use juesuan_model::{Lang, Value};
use juesuan_read::{bind, parse};
use juesuan_scheme::glossary::Glossary;
use juesuan_scheme::manuscript::Manuscript;
use juesuan_scheme::package::PackageForm;
use juesuan_scheme::scoring::Scoring;
use juesuan_scheme::{Case, Files, Scheme, SchemeError, cases, prove};
use rust_decimal::Decimal;

use crate::cli::{SchemeArgs, SchemeTask};
use crate::failure::Failure;
use crate::schemes::Schemes;
use crate::{CLEAN, specimen, terminal};

/// Lists, shows or proves schemes.
pub(crate) fn run(args: &SchemeArgs) -> Result<u8, Failure> {
    let schemes = Schemes::open(args.schemes.as_deref())?;
    let lang = args.lang;
    let (text, faults) = match &args.task {
        SchemeTask::List => (list(&schemes, lang), 0),
        SchemeTask::Show(id) => (show(&*schemes.load(id)?, lang), 0),
        SchemeTask::Prove(id) => {
            let wanted: Vec<&str> = match id {
                Some(id) => vec![id],
                None => schemes.index.manifests.keys().map(|id| &**id).collect(),
            };
            prove_all(&schemes, &wanted, lang)?
        }
    };
    terminal::print(&text)?;
    if faults > 0 { Err(Failure::NotProved(faults)) } else { Ok(CLEAN) }
}

fn list(schemes: &Schemes, lang: Lang) -> String {
    let mut out = String::new();
    for (id, manifest) in &schemes.index.manifests {
        let years = years(manifest.from, manifest.to, lang);
        let status = status(&manifest.status, lang);
        put(&mut out, format_args!("{id:<22}{years:<14}{status}  {}\n", manifest.name));
    }
    out
}

fn years(from: i32, to: Option<i32>, lang: Lang) -> String {
    match (to, lang) {
        (Some(to), _) if to == from => from.to_string(),
        (Some(to), _) => format!("{from}–{to}"),
        (None, Lang::Zh) => format!("{from} 起"),
        (None, Lang::En) => format!("from {from}"),
    }
}

/// Whether a published text confirms a scheme.
fn status(id: &str, lang: Lang) -> &str {
    match (id, lang) {
        ("confirmed", Lang::Zh) => "有公布文本",
        ("inferred", Lang::Zh) => "据公开数据推定",
        _ => id,
    }
}

fn show(scheme: &Scheme, lang: Lang) -> String {
    let mut out = String::new();
    let manifest = &scheme.manifest;
    let years = years(manifest.from, manifest.to, lang);
    put(&mut out, format_args!("{}  {}\n", scheme.id, manifest.name));
    put(&mut out, format_args!("{years}  {}\n", status(&manifest.status, lang)));
    for source in &manifest.sources {
        put(&mut out, format_args!("  · {source}\n"));
    }
    put(&mut out, format_args!("\n{}\n", lang.pick("表", "Forms")));
    for form in &scheme.forms {
        let columns: Vec<&str> = form.columns.iter().map(|column| &*column.head).collect();
        let number = if form.number > 0 { format!("{:02}", form.number) } else { String::new() };
        put(
            &mut out,
            format_args!("  {number:<3}{:<22}《{}》 {}\n", form.id, form.title, columns.join("、")),
        );
    }
    put(&mut out, format_args!("\n{}\n", lang.pick("关系", "Relations")));
    for relation in &scheme.relations {
        let title = lang.pick(&*relation.title, &*relation.english);
        put(&mut out, format_args!("  {}  {title}\n", relation.code));
        for written in &relation.formulas {
            put(&mut out, format_args!("          {}\n", written.source));
        }
    }
    put(&mut out, format_args!("\n{}\n", lang.pick("句子", "Sentences")));
    for sentence in &scheme.sentences {
        let codes: Vec<&str> = sentence.bindings.iter().map(|rule| &*rule.code).collect();
        let codes: std::collections::BTreeSet<&str> = codes.into_iter().collect();
        let codes = codes.into_iter().collect::<Vec<_>>().join(" ");
        put(&mut out, format_args!("  {:<22}{}  {codes}\n", sentence.id, sentence.title));
    }
    put(&mut out, format_args!("\n{}\n", lang.pick("评分", "Scoring")));
    for scoring in &scheme.scorings {
        let points = lang.pick("执行分值", "points for execution");
        let rest = lang.pick("指标分值", "points for indicators");
        put(
            &mut out,
            format_args!(
                "  {:<22}{points} {}，{rest} {}\n",
                scoring.id, scoring.execution_points, scoring.indicator_points
            ),
        );
        show_scoring(&mut out, scoring, lang);
    }
    show_disclosure(&mut out, scheme, lang);
    show_whole(&mut out, scheme, lang);
    out
}

/// Points of groups, the cut for exceeding targets, caps and grades.
fn show_scoring(out: &mut String, scoring: &Scoring, lang: Lang) {
    for group in &scoring.groups {
        put(out, format_args!("          {} {}\n", group.names.join("、"), group.points));
    }
    if let Some(rule) = &scoring.deviation {
        let (above, points) = (percent(rule.above), rule.points);
        match lang {
            Lang::Zh => put(out, format_args!("          超过目标 {above} 以上扣 {points}\n")),
            Lang::En => {
                put(out, format_args!("          {points} off when {above} beyond the target\n"));
            }
        }
    }
    for cap in &scoring.caps {
        let (below, total) = (percent(cap.below), cap.total);
        match lang {
            Lang::Zh => put(out, format_args!("          执行率低于 {below} 总分不超过 {total}\n")),
            Lang::En => {
                put(out, format_args!("          at most {total} for execution below {below}\n"));
            }
        }
    }
    let grades: Vec<String> =
        scoring.grades.iter().map(|grade| format!("{} ≥ {}", grade.word, grade.from)).collect();
    put(out, format_args!("          {}\n", grades.join(lang.pick("，", ", "))));
}

fn percent(share: Decimal) -> String {
    let percent = share.checked_mul(Decimal::ONE_HUNDRED).unwrap_or(share);
    format!("{}%", percent.normalize())
}

/// Parts, sections and sentences that the place prescribes; the order of its forms is theirs.
fn show_disclosure(out: &mut String, scheme: &Scheme, lang: Lang) {
    let Some(disclosure) = &scheme.prescribed.disclosure else { return };
    put(out, format_args!("\n{}\n", lang.pick("章节", "Parts and sections")));
    put(out, format_args!("  · {}\n", disclosure.basis));
    for (heading, number) in disclosure.numbered() {
        let indent = 2 * (heading.level as usize + 1);
        put(out, format_args!("{:indent$}{}\n", "", heading.numbered(number)));
    }
    put(out, format_args!("\n{}\n", lang.pick("应写的句子", "Prescribed sentences")));
    for any in &disclosure.sentences {
        let names: Vec<&str> = any.ids.iter().map(|id| scheme.name_of(id)).collect();
        let or = lang.pick(" 或 ", " or ");
        put(out, format_args!("  {:<26}{}\n", any.ids.join("|"), names.join(or)));
    }
}

/// The whole-department form that the place prescribes.
fn show_whole(out: &mut String, scheme: &Scheme, lang: Lang) {
    let Some(whole) = &scheme.prescribed.whole else { return };
    put(out, format_args!("\n{}\n", lang.pick("整体自评表", "Whole-department form")));
    put(out, format_args!("  《{}》\n  · {}\n", whole.title, whole.basis));
    for part in &whole.parts {
        put(out, format_args!("  {}\n", part.label));
    }
    for known in &whole.indicators {
        let operator = known.operator.map_or("", |operator| operator.sign());
        put(
            out,
            format_args!(
                "  {} / {} / {}  {operator}{}{}  {}\n",
                known.group, known.subgroup, known.name, known.target, known.unit, known.weight
            ),
        );
    }
}

/// Proves schemes one by one: what they say, whether every form can be written and read back, and
/// whether every case finds its fault.
fn prove_all(schemes: &Schemes, wanted: &[&str], lang: Lang) -> Result<(String, usize), Failure> {
    let cases = cases(&schemes.files());
    let mut out = String::new();
    let mut count = 0;
    for id in wanted {
        let scheme = schemes.load(id)?;
        let proof = prove(&scheme, &cases);
        let mut faults: Vec<String> = proof.faults.iter().map(ToString::to_string).collect();
        for form in &scheme.forms {
            faults.extend(read_back(form, &scheme));
        }
        faults.extend(compiles(&scheme, &schemes.files()).err().map(|fault| fault.to_string()));
        let own = cases.iter().filter(|case| *case.scheme == **id);
        faults.extend(own.filter_map(|case| fires(case, &scheme)));
        let counts = proof.counts.iter().map(|(what, n)| format!("{} {n}", counted(what, lang)));
        let counts = counts.collect::<Vec<_>>().join(lang.pick("，", ", "));
        let verdict = if faults.is_empty() {
            lang.pick("通过", "proved").to_owned()
        } else {
            format!("{} {}", faults.len(), lang.pick("处有误", "faults"))
        };
        put(&mut out, format_args!("{id}  {verdict}  {counts}\n"));
        for fault in &faults {
            put(&mut out, format_args!("  {fault}\n"));
        }
        count += faults.len();
    }
    Ok((out, count))
}

/// Whether packages and the manuscript speak of nothing that is not there.
fn compiles(scheme: &Scheme, files: &Files) -> Result<(), SchemeError> {
    let mut scheme = scheme.clone();
    PackageForm::load(files, &mut scheme)?;
    Manuscript::load(files, &scheme)?;
    Glossary::load(files, &scheme).map(|_| ())
}

/// What proofs count, in the language.
fn counted(what: &str, lang: Lang) -> &str {
    match (lang, what) {
        (Lang::En, "表") => "forms",
        (Lang::En, "科目") => "codes",
        (Lang::En, "关系") => "relations",
        (Lang::En, "句子") => "sentences",
        (Lang::En, "案例") => "cases",
        (Lang::En, "规定的标题") => "prescribed titles",
        (Lang::En, "规定的句子") => "prescribed sentences",
        (Lang::En, "规定的指标") => "prescribed indicators",
        _ => what,
    }
}

/// The cells of a form that are not read as they were written.
fn read_back(form: &juesuan_scheme::Form, scheme: &Scheme) -> Vec<String> {
    let specimen = specimen::write(form, scheme);
    let accounts = bind(&parse(&specimen.text), scheme);
    let mut faults = Vec::new();
    for (subject, amount) in &specimen.cells {
        let read = accounts.facts.find(subject).map(|(_, fact)| fact);
        let is_same = read.is_some_and(|fact| {
            matches!(fact.value, Value::Number(_)) && *fact.printed == **amount
        });
        if !is_same {
            let read = read.map_or("没有读到", |fact| &fact.printed);
            faults.push(format!("{subject}：写出 {amount}，读回 {read}"));
        }
    }
    faults
}

/// Why a case does not do what it says.
fn fires(case: &Case, scheme: &Scheme) -> Option<String> {
    let code = &*case.code;
    let is_known = scheme.relations.iter().any(|r| *r.code == *code)
        || scheme.text_rules.iter().any(|r| *r.code == *code)
        || coded().any(|rule| rule.code == code);
    if !is_known {
        return Some(format!("案例 {code} 没有对应的规则"));
    }
    let finds = |text: &str| {
        let document = parse(text);
        let accounts = bind(&document, scheme);
        check(&document, &accounts, scheme, &[]).findings.iter().any(|finding| {
            finding.code == code || finding.consequences.iter().any(|c| c.starts_with(code))
        })
    };
    if !finds(&case.bad) {
        return Some(format!("案例 {code} 的“例”没有查出问题"));
    }
    finds(&case.good).then(|| format!("案例 {code} 的“应为”仍查出问题"))
}

fn put(out: &mut String, text: std::fmt::Arguments<'_>) {
    // Writing to a String cannot fail.
    let _ = out.write_fmt(text);
}
