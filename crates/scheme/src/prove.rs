//! Proving a scheme: what loading does not already refuse.

use std::collections::BTreeMap;
use std::sync::Arc;

use juesuan_model::Level;
use rust_decimal::Decimal;
use rustc_hash::FxHashSet;

use crate::case::Case;
use crate::catalogue::Catalogue;
use crate::error::SchemeError;
use crate::form::Form;
use crate::formula::{ColumnRef, Formula};
use crate::prescribed::WholeForm;
use crate::scheme::Scheme;

/// What proving found.
#[derive(Clone, Debug, Default)]
pub struct Proof {
    /// What is wrong.
    pub faults: Vec<SchemeError>,
    /// How many of each kind were proved: forms, codes, relations, sentences, cases.
    pub counts: BTreeMap<&'static str, usize>,
}

/// Proves ids, catalogues, relations, sentences and the presence of cases. That the cases fire is
/// proved by whoever can read and check documents.
#[must_use]
pub fn prove(scheme: &Scheme, cases: &[Case]) -> Proof {
    let mut proof = Proof::default();
    scheme.forms.iter().for_each(|form| prove_form(form, &mut proof));
    prove_catalogue("功能分类", &scheme.functional, &[3, 5, 7], &mut proof);
    prove_catalogue("经济分类", &scheme.economic, &[3, 5], &mut proof);
    prove_codes(scheme, &mut proof);
    prove_relations(scheme, &mut proof);
    prove_sentences(scheme, &mut proof);
    prove_scorings(scheme, &mut proof);
    prove_prescribed(scheme, &mut proof);
    prove_cases(scheme, cases, &mut proof);
    proof.counts.insert("表", scheme.forms.len());
    proof.counts.insert("科目", scheme.functional.entries.len() + scheme.economic.entries.len());
    proof.counts.insert("关系", scheme.relations.len());
    proof.counts.insert("句子", scheme.sentences.len());
    proof.counts.insert("案例", cases.len());
    let disclosure = scheme.prescribed.disclosure.as_ref();
    let titles = disclosure.map_or(0, |d| d.headings.len().saturating_add(d.forms.len()));
    proof.counts.insert("规定的标题", titles);
    proof.counts.insert("规定的句子", disclosure.map_or(0, |d| d.sentences.len()));
    let whole = scheme.prescribed.whole.as_ref();
    proof.counts.insert("规定的指标", whole.map_or(0, |whole| whole.indicators.len()));
    proof
}

impl Proof {
    fn fault(&mut self, about: &str, message: String) {
        self.faults.push(SchemeError::whole(about, message));
    }
}

fn prove_form(form: &Form, proof: &mut Proof) {
    let mut seen = FxHashSet::default();
    for row in form.rows.iter().filter(|row| !seen.insert(row.id.clone())) {
        proof.fault(&form.id, format!("行 {} 出现两次", row.id));
    }
    let mut seen = FxHashSet::default();
    for column in form.columns.iter().filter(|column| !seen.insert(column.id.clone())) {
        proof.fault(&form.id, format!("列 {} 出现两次", column.id));
    }
    if juesuan_model::Scale::from_label(&form.unit).is_none() {
        proof.fault(&form.id, format!("金额单位“{}”应为元、万元或亿元", form.unit));
    }
}

fn prove_catalogue(name: &str, catalogue: &Catalogue, levels: &[usize], proof: &mut Proof) {
    for entry in &catalogue.entries {
        let Some(level) = levels.iter().position(|length| *length == entry.code.len()) else {
            proof.fault(name, format!("编码 {} 的位数不对", entry.code));
            continue;
        };
        let parent = level
            .checked_sub(1)
            .and_then(|above| levels.get(above))
            .and_then(|length| entry.code.get(..*length));
        if let Some(parent) = parent.filter(|parent| catalogue.get(parent).is_none()) {
            proof.fault(name, format!("编码 {} 的上级 {parent} 不在目录中", entry.code));
        }
    }
}

fn prove_codes(scheme: &Scheme, proof: &mut Proof) {
    let mut codes = FxHashSet::default();
    let mut formulas: FxHashSet<(Arc<str>, String)> = FxHashSet::default();
    for relation in &scheme.relations {
        if !codes.insert(relation.code.clone()) {
            proof.fault(&relation.code, "代码用了两次".to_owned());
        }
        let each = format!("{:?} {:?}", relation.each, relation.columns);
        for written in &relation.formulas {
            if !formulas.insert((written.source.clone(), each.clone())) {
                proof.fault(&relation.code, format!("与别的关系重复：{}", written.source));
            }
        }
    }
    for rule in scheme.text_rules.iter().filter(|rule| !codes.insert(rule.code.clone())) {
        proof.fault(&rule.code, "代码用了两次".to_owned());
    }
}

/// What a formula calls by name must be known, and so must the columns it is evaluated for.
fn prove_relations(scheme: &Scheme, proof: &mut Proof) {
    for relation in &scheme.relations {
        let formulas = relation.formulas.iter().map(|written| &written.formula);
        for formula in formulas.clone().chain(&relation.when) {
            prove_formula(&relation.code, formula, |name| scheme.parameter(name).is_some(), proof);
        }
        let mut forms = FxHashSet::default();
        for formula in formulas {
            formula.cells(&mut |cell| {
                if cell.column == ColumnRef::Each {
                    forms.insert(cell.form.clone());
                }
            });
        }
        let has = |form: &Arc<str>, column: &str| match scheme.form(form) {
            Some(known) => known.columns.iter().any(|known| *known.id == *column),
            None => scheme.column_name(form, column).is_some(),
        };
        for column in &relation.columns {
            if !forms.iter().any(|form| has(form, column)) {
                proof.fault(&relation.code, format!("没有“{column}”这一栏（columns）"));
            }
        }
    }
}

/// The names behind `@` in a formula, and sets of rows in the wrong place: neither has a value.
fn prove_formula(
    about: &str,
    formula: &Formula,
    is_known: impl Fn(&str) -> bool,
    proof: &mut Proof,
) {
    formula.slots(&mut |name| {
        if !is_known(name) {
            proof.fault(about, format!("没有“{name}”这个量"));
        }
    });
    if formula.has_loose_rows() {
        proof.fault(about, "一组行只能用在求和、个数、平均中".to_owned());
    }
}

fn prove_sentences(scheme: &Scheme, proof: &mut Proof) {
    let mut ids = FxHashSet::default();
    for sentence in &scheme.sentences {
        if !ids.insert(sentence.id.clone()) {
            proof.fault(&sentence.id, "句子的编号用了两次".to_owned());
        }
        for rule in &sentence.bindings {
            let is_known =
                |name: &str| sentence.kind_of(name).is_some() || scheme.parameter(name).is_some();
            for formula in std::iter::once(&rule.formula).chain(&rule.when) {
                prove_formula(&sentence.id, formula, is_known, proof);
            }
            if scheme.text_rules.iter().all(|known| known.code != rule.code) {
                proof.fault(&sentence.id, format!("text_rules.toml 里没有 {}", rule.code));
            }
        }
    }
}

/// Points of groups add up, caps rise and grades fall.
fn prove_scorings(scheme: &Scheme, proof: &mut Proof) {
    for scoring in &scheme.scorings {
        let about = format!("scoring/{}", scoring.id);
        let groups = sum(scoring.groups.iter().map(|group| group.points));
        if !scoring.groups.is_empty() && groups != scoring.indicator_points {
            let points = scoring.indicator_points;
            proof.fault(&about, format!("各组分值合计 {groups}，指标总分是 {points}"));
        }
        let all = sum([scoring.execution_points, scoring.indicator_points].into_iter());
        if all != Decimal::ONE_HUNDRED {
            proof.fault(&about, format!("执行分值与指标总分合计 {all}，应为 100"));
        }
        if !scoring.caps.is_sorted_by(|a, b| a.below < b.below && a.total <= b.total) {
            proof.fault(&about, "封顶界限应由低到高".to_owned());
        }
        if !scoring.grades.is_sorted_by(|a, b| a.from > b.from) {
            proof.fault(&about, "等级应由高到低".to_owned());
        }
    }
}

fn sum(points: impl Iterator<Item = Decimal>) -> Decimal {
    points.fold(Decimal::ZERO, |sum, points| sum.checked_add(points).unwrap_or(sum))
}

/// What a place prescribes names forms and sentences that are there, and indicators that fit the
/// points of their groups.
fn prove_prescribed(scheme: &Scheme, proof: &mut Proof) {
    let about = "disclosure.toml";
    if let Some(disclosure) = &scheme.prescribed.disclosure {
        for form in scheme.forms.iter().filter(|form| form.statutory) {
            let named = disclosure.forms.iter().filter(|named| named.id == form.id).count();
            if named != 1 {
                proof.fault(about, format!("《{}》应列一次，列了 {named} 次", form.title));
            }
        }
        for named in disclosure.forms.iter().filter(|named| scheme.form(&named.id).is_none()) {
            proof.fault(about, format!("没有 {} 这张表", named.id));
        }
        let known = |id: &Arc<str>| scheme.sentences.iter().any(|s| s.id == *id);
        for id in disclosure.sentences.iter().flat_map(|any| &any.ids).filter(|id| !known(id)) {
            proof.fault(about, format!("没有 {id} 这个句子"));
        }
        let mut above = None;
        for heading in &disclosure.headings {
            if above.is_none_or(|above| above < heading.level) && heading.level > next(above) {
                proof.fault(about, format!("标题“{}”跳过了一层", heading.title));
            }
            above = Some(heading.level);
        }
    }
    if let Some(whole) = &scheme.prescribed.whole {
        prove_whole(scheme, whole, proof);
    }
}

/// The level that may stand below another.
const fn next(above: Option<Level>) -> Level {
    match above {
        None => Level::Part,
        Some(Level::Part) => Level::Section,
        Some(Level::Section) => Level::Subsection,
        Some(Level::Subsection) => Level::Item,
        Some(Level::Item | Level::Subitem) => Level::Subitem,
    }
}

fn prove_whole(scheme: &Scheme, whole: &WholeForm, proof: &mut Proof) {
    let about = "whole_form.toml";
    for known in whole.indicators.iter().filter(|known| known.operator.is_some()) {
        if known.number().is_none() {
            proof.fault(about, format!("指标“{}”的目标值不是数字", known.name));
        }
    }
    let Some(scoring) = scheme.scoring("whole") else { return };
    for known in &whole.indicators {
        let Some(group) = scoring.group(&known.group) else {
            proof.fault(about, format!("评分方案没有“{}”这一组", known.group));
            continue;
        };
        let same = whole.indicators.iter().filter(|other| group.names.contains(&other.group));
        let points = sum(same.map(|other| other.weight));
        if points > group.points {
            let most = group.points;
            proof.fault(about, format!("“{}”的指标分值合计 {points}，超过 {most}", known.group));
        }
    }
}

fn prove_cases(scheme: &Scheme, cases: &[Case], proof: &mut Proof) {
    let relations = scheme.relations.iter().map(|relation| &relation.code);
    for code in relations.chain(scheme.text_rules.iter().map(|rule| &rule.code)) {
        match cases.iter().find(|case| case.code == *code) {
            Some(case) if case.bad.is_empty() || case.good.is_empty() => {
                proof.fault(code, "案例缺少“例”或“应为”".to_owned());
            }
            Some(_) => {}
            None => proof.fault(code, format!("缺少案例文件 cases/{code}.md")),
        }
    }
}
