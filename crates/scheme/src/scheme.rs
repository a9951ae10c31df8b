//! A scheme: everything that law and custom say of a place and a year, loaded from text.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use borsh::{BorshDeserialize, BorshSerialize};
use rustc_hash::FxHashMap;
use serde::Deserialize;

use crate::catalogue::Catalogue;
use crate::error::SchemeError;
use crate::form::Form;
use crate::formula::{CellRef, Expression, parse_expression};
use crate::names::Names;
use crate::performance::PerformanceForms;
use crate::prescribed::Prescribed;
use crate::relation::Relation;
use crate::scoring::Scoring;
use crate::sentence::{self, Sentence, Vocabulary, WordList};
use crate::structure::StructureWords;
use crate::words::Words;

/// A text, embedded or read from a folder.
pub type File = Cow<'static, str>;

/// The text files of all schemes, by their path below `schemes/`.
pub type Files = BTreeMap<File, File>;

/// The national base that every place builds on.
pub const BASE: &str = "cn";

/// Everything that holds for documents of a place and year.
#[derive(Clone, Debug, BorshDeserialize, BorshSerialize)]
pub struct Scheme {
    /// Its id, as in `cn` or a place and year below it.
    pub id: Arc<str>,
    /// What it is, where it comes from.
    pub manifest: Manifest,
    /// The texts it rests on, with their numbers: those of the base, then its own.
    pub sources: Vec<Arc<str>>,
    /// The statutory forms in the order the place prints them.
    pub forms: Vec<Form>,
    /// What formulas can speak of besides forms.
    pub records: Vec<Record>,
    /// Functional classification (功能分类).
    pub functional: Catalogue,
    /// Economic classification (部门预算支出经济分类).
    pub economic: Catalogue,
    /// Relations between figures.
    pub relations: Vec<Relation>,
    /// Sentences of the narrative.
    pub sentences: Vec<Sentence>,
    /// What the slots of sentences can name.
    pub vocabulary: Vocabulary,
    /// What the rules of sentences are called.
    pub text_rules: Vec<TextRule>,
    /// How performance forms are scored, by kind.
    pub scorings: Vec<Scoring>,
    /// Labels of performance forms.
    pub performance: PerformanceForms,
    /// Labels of the document's structure.
    pub structure: StructureWords,
    /// What the place prescribes of its disclosures.
    pub prescribed: Prescribed,
    /// Words and limits that coded rules work with, by rule topic.
    pub settings: Settings,
}

/// A scheme's own description.
#[derive(Clone, Debug, Default, BorshDeserialize, BorshSerialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// Its name in Chinese.
    pub name: Arc<str>,
    /// `confirmed` by a published text, or `inferred` from published figures.
    pub status: Arc<str>,
    /// The first year it holds for.
    pub from: i32,
    /// The last year, when it is superseded.
    #[serde(default)]
    pub to: Option<i32>,
    /// Words of which one must occur in the department's name or title for the scheme to be
    /// chosen; empty for the base.
    #[serde(default)]
    pub place: Vec<Arc<str>>,
    /// The texts it rests on.
    #[serde(default)]
    pub sources: Vec<Arc<str>>,
}

impl Manifest {
    /// Whether the scheme holds for accounts of a year.
    #[must_use]
    pub fn holds_in(&self, year: i32) -> bool {
        self.from <= year && self.to.is_none_or(|to| year <= to)
    }
}

/// Something that formulas can speak of besides statutory forms: a kind of performance form, its
/// indicators, the summaries in the narrative.
#[derive(Clone, Debug, BorshDeserialize, BorshSerialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Record {
    /// Its id.
    pub id: Arc<str>,
    /// Its Chinese name.
    pub name: Arc<str>,
    /// Its columns: id and Chinese name.
    pub columns: Vec<Pair>,
}

/// A rule that sentences name for their slots.
#[derive(Clone, Debug, BorshDeserialize, BorshSerialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TextRule {
    /// Its code, as in `TXT001`.
    pub code: Arc<str>,
    /// What it finds, named as the fault.
    pub title: Arc<str>,
    /// The title in English.
    pub english: Arc<str>,
    /// What it demands, in words.
    pub words: Arc<str>,
    /// How grave a break is: `error`, `warning` or `note`.
    pub severity: Arc<str>,
    /// The law or form it rests on.
    pub basis: Arc<str>,
    /// Which known relations and faults it decides.
    #[serde(default)]
    pub covers: Vec<Arc<str>>,
}

#[derive(Deserialize)]
struct TextRules {
    rule: Vec<TextRule>,
}

#[derive(Deserialize)]
struct Records {
    record: Vec<Record>,
}

#[derive(Deserialize)]
struct WordLists {
    words: Vec<WordList>,
}

static NO_WORDS: Words = Words::none();

/// Two words that belong together.
pub type Pair = (Arc<str>, Arc<str>);

/// Words and limits that coded rules work with. Every place may change them.
#[derive(Clone, Debug, Default, BorshDeserialize, BorshSerialize, Deserialize)]
pub struct Settings {
    /// Lists of words by topic: rules ask for them at every indicator.
    #[serde(default)]
    pub words: FxHashMap<Arc<str>, Words>,
    /// Limits by topic, as decimals in text.
    #[serde(default)]
    pub limits: BTreeMap<Arc<str>, Arc<str>>,
    /// Pairs by topic: a misspelling and the right word, an economic item and its 三公 row.
    #[serde(default)]
    pub pairs: BTreeMap<Arc<str>, Vec<Pair>>,
}

impl Settings {
    /// The words of a topic.
    #[must_use]
    pub fn words(&self, topic: &str) -> &Words {
        self.words.get(topic).unwrap_or(&NO_WORDS)
    }

    /// The pairs of a topic.
    #[must_use]
    pub fn pairs(&self, topic: &str) -> &[Pair] {
        self.pairs.get(topic).map_or(&[], Vec::as_slice)
    }

    /// The limit of a topic.
    #[must_use]
    pub fn limit(&self, topic: &str) -> Option<rust_decimal::Decimal> {
        self.limits.get(topic)?.parse().ok()
    }
}

/// The ids of all schemes in `files`, the base first.
#[must_use]
pub fn ids(files: &Files) -> Vec<Arc<str>> {
    files.keys().filter_map(|path| path.strip_suffix("/manifest.toml")).map(Arc::from).collect()
}

/// Reads the manifest of a scheme.
///
/// # Errors
/// Says that there is none, or what is wrong with it.
pub fn manifest(files: &Files, id: &str) -> Result<Manifest, SchemeError> {
    let path = format!("{id}/manifest.toml");
    let source = files.get(&*path).ok_or_else(|| unknown(files, id))?;
    crate::toml_file(&path, source)
}

fn unknown(files: &Files, id: &str) -> SchemeError {
    let known = ids(files).join("、");
    SchemeError::whole(id, format!("没有这个方案。可用的方案：{known}"))
}

/// Loads a scheme: the base, and over it what the place's own folder changes.
///
/// # Errors
/// Names the file and the place of the first fault.
pub fn load(files: &Files, id: &str) -> Result<Scheme, SchemeError> {
    let manifest = manifest(files, id)?;
    is_whole(files)?;
    let layers: Vec<&str> = if id == BASE { vec![BASE] } else { vec![BASE, id] };
    let words = word_lists(files, &layers)?;
    let mut scheme = Scheme {
        id: id.into(),
        manifest,
        sources: Vec::new(),
        forms: Vec::new(),
        records: Vec::new(),
        functional: Catalogue::default(),
        economic: Catalogue::default(),
        relations: Vec::new(),
        sentences: Vec::new(),
        vocabulary: Vocabulary::default(),
        scorings: Vec::new(),
        text_rules: last::<TextRules>(files, &layers, "text_rules.toml")?.rule,
        performance: last(files, &layers, "performance.toml")?,
        structure: last(files, &layers, "structure.toml")?,
        prescribed: prescribed(files, &layers)?,
        settings: Settings::default(),
    };
    for layer in &layers {
        scheme.add_layer(files, layer)?;
    }
    for form in &mut scheme.forms {
        form.add_classes(&scheme.functional);
    }
    if let Some(disclosure) = &scheme.prescribed.disclosure {
        disclosure.name(&mut scheme.forms);
    }
    // Forms without a number are printed behind the statutory ones.
    scheme.forms.sort_by_key(|form| (form.number == 0, form.number));
    scheme.vocabulary = Vocabulary::new(&words, &scheme.forms);
    for layer in &layers {
        scheme.add_sentences(files, layer)?;
    }
    scheme.resolve_names()?;
    Ok(scheme)
}

/// Folders that the base cannot do without: what is missing would be checked by nobody, and look
/// as if it had been.
const FOLDERS: [&str; 6] = ["catalogues", "forms", "relations", "scoring", "sentences", "settings"];

fn is_whole(files: &Files) -> Result<(), SchemeError> {
    let is_empty = |name: &&str| folder(files, BASE, name).next().is_none();
    FOLDERS.into_iter().find(is_empty).map_or(Ok(()), |missing| {
        Err(SchemeError::whole(
            &format!("{BASE}/{missing}"),
            "缺少这个文件夹，或其中没有文件；请补齐，或换用完整的方案目录",
        ))
    })
}

/// The files of a folder of a layer.
fn folder<'a>(
    files: &'a Files,
    layer: &str,
    name: &str,
) -> impl Iterator<Item = (&'a str, &'a str)> {
    let prefix = format!("{layer}/{name}/");
    files
        .range(File::from(prefix.clone())..)
        .take_while(move |(path, _)| path.starts_with(&prefix))
        .map(|(path, text)| (&**path, &**text))
}

/// The file of the uppermost layer that has it.
fn last<T: serde::de::DeserializeOwned>(
    files: &Files,
    layers: &[&str],
    name: &str,
) -> Result<T, SchemeError> {
    optional(files, layers, name)?.ok_or_else(|| SchemeError::whole(name, "缺少这个文件"))
}

/// The file of the uppermost layer that has it, if one does.
fn optional<T: serde::de::DeserializeOwned>(
    files: &Files,
    layers: &[&str],
    name: &str,
) -> Result<Option<T>, SchemeError> {
    let paths = layers.iter().rev().map(|layer| format!("{layer}/{name}"));
    let found = paths.filter_map(|path| files.get(&*path).map(|text| (path, text))).next();
    found.map(|(path, text)| crate::toml_file(&path, text)).transpose()
}

fn prescribed(files: &Files, layers: &[&str]) -> Result<Prescribed, SchemeError> {
    Ok(Prescribed {
        disclosure: optional(files, layers, "disclosure.toml")?,
        whole: optional(files, layers, "whole_form.toml")?,
    })
}

fn word_lists(files: &Files, layers: &[&str]) -> Result<Vec<WordList>, SchemeError> {
    let mut all = Vec::new();
    for layer in layers {
        let path = format!("{layer}/words.toml");
        if let Some(text) = files.get(&*path) {
            let file: WordLists = crate::toml_file(&path, text)?;
            all.extend(file.words);
        }
    }
    Ok(all)
}

impl Scheme {
    fn add_layer(&mut self, files: &Files, layer: &str) -> Result<(), SchemeError> {
        self.sources.extend(manifest(files, layer)?.sources);
        for (path, text) in folder(files, layer, "forms") {
            let form = Form::parse(path, text)?;
            self.forms.retain(|other| other.id != form.id);
            self.forms.push(form);
        }
        for (path, text) in folder(files, layer, "relations") {
            let new = Relation::parse_file(path, text)?;
            self.relations.retain(|old| new.iter().all(|new| new.code != old.code));
            self.relations.extend(new);
        }
        for (path, text) in folder(files, layer, "scoring") {
            let new: Scoring = crate::toml_file(path, text)?;
            self.scorings.retain(|old| old.id != new.id);
            self.scorings.push(new);
        }
        for (path, text) in folder(files, layer, "settings") {
            let new: Settings = crate::toml_file(path, text)?;
            self.settings.words.extend(new.words);
            self.settings.limits.extend(new.limits);
            self.settings.pairs.extend(new.pairs);
        }
        for (path, text) in folder(files, layer, "catalogues/functional") {
            self.functional = Catalogue::parse(path, text)?;
        }
        for (path, text) in folder(files, layer, "catalogues/economic") {
            self.economic = Catalogue::parse(path, text)?;
        }
        let path = format!("{layer}/records.toml");
        if let Some(text) = files.get(&*path) {
            let new: Records = crate::toml_file(&path, text)?;
            self.records.extend(new.record);
        }
        Ok(())
    }

    /// The Chinese name of a column of a record.
    #[must_use]
    pub fn column_name(&self, record: &str, column: &str) -> Option<&str> {
        let record = self.records.iter().find(|known| *known.id == *record)?;
        record.columns.iter().find(|(id, _)| **id == *column).map(|(_, name)| &**name)
    }

    /// Sentences come last: their slots name rows of forms.
    fn add_sentences(&mut self, files: &Files, layer: &str) -> Result<(), SchemeError> {
        for (path, text) in folder(files, layer, "sentences") {
            let new = sentence::parse_file(path, text, &self.vocabulary)?;
            self.sentences.retain(|old| new.iter().all(|new| new.id != old.id));
            self.sentences.extend(new);
        }
        Ok(())
    }

    /// Whether a published text confirms it; what is inferred from published figures proves less.
    #[must_use]
    pub fn is_confirmed(&self) -> bool {
        &*self.manifest.status == "confirmed"
    }

    /// The form of an id.
    #[must_use]
    pub fn form(&self, id: &str) -> Option<&Form> {
        self.forms.iter().find(|form| *form.id == *id)
    }

    /// How a kind of performance form is scored: `project` or `whole`.
    #[must_use]
    pub fn scoring(&self, id: &str) -> Option<&Scoring> {
        self.scorings.iter().find(|scoring| *scoring.id == *id)
    }

    /// A value that formulas call by name: points of the scoring of projects.
    #[must_use]
    pub fn parameter(&self, name: &str) -> Option<rust_decimal::Decimal> {
        let scoring = self.scoring("project")?;
        match name {
            "执行分值" | "execution_points" => Some(scoring.execution_points),
            "指标分值" | "indicator_points" => Some(scoring.indicator_points),
            _ => None,
        }
    }

    /// The title of a form, the name of a record or the title of a sentence.
    #[must_use]
    pub fn name_of<'a>(&'a self, id: &'a str) -> &'a str {
        let form = self.form(id).map(|form| &*form.title);
        let record = || self.records.iter().find(|r| *r.id == *id).map(|r| &*r.name);
        let sentence = || self.sentences.iter().find(|s| *s.id == *id).map(|s| &*s.title);
        form.or_else(record).or_else(sentence).unwrap_or(id)
    }

    /// The cell that somebody asks for, by Chinese names or ids: `支出决算表[合计].基本支出`.
    ///
    /// # Errors
    /// Says what of it is not known.
    pub fn cell(&self, text: &str) -> Result<CellRef, String> {
        let mut expression = parse_expression(text).map_err(|error| error.message)?;
        let names = Names { forms: &self.forms, records: &self.records, spoken: &[] };
        names.resolve_expression(&mut expression)?;
        match expression {
            Expression::Cell(cell) => Ok(cell),
            _ => Err("应写作 表[行].栏".to_owned()),
        }
    }

    /// Replaces the Chinese names in all formulas by ids.
    fn resolve_names(&mut self) -> Result<(), SchemeError> {
        let spoken = spoken(&self.sentences);
        let names = Names { forms: &self.forms, records: &self.records, spoken: &spoken };
        for relation in &mut self.relations {
            let code = relation.code.clone();
            let fault = |message| SchemeError::whole(&code, message);
            if let Some(each) = &mut relation.each {
                each.form = names.form(&each.form).map_err(fault)?;
            }
            for written in &mut relation.formulas {
                let source = &written.source;
                let resolved = names.resolve(&mut written.formula);
                resolved.map_err(|message| fault(format!("{message}（{source}）")))?;
            }
            if let Some(when) = &mut relation.when {
                names.resolve(when).map_err(fault)?;
            }
            let form =
                relation.each.as_ref().and_then(|e| self.forms.iter().find(|f| f.id == e.form));
            for column in relation.columns.iter_mut() {
                let found = form.or_else(|| first_form(&self.forms, &relation.formulas));
                if let Some(known) = found.and_then(|form| form.column(column)) {
                    *column = known.id.clone();
                }
            }
        }
        for sentence in &mut self.sentences {
            for rule in &mut sentence.bindings {
                let fault = |message| {
                    SchemeError::whole(&sentence.id, format!("{message}（{}）", rule.source))
                };
                names.resolve(&mut rule.formula).map_err(fault)?;
                if let Some(when) = &mut rule.when {
                    names.resolve(when).map_err(fault)?;
                }
            }
        }
        Ok(())
    }
}

/// The form that the first formula speaks of first.
fn first_form<'a>(forms: &'a [Form], formulas: &[crate::relation::Written]) -> Option<&'a Form> {
    let mut first = None;
    formulas.first()?.formula.cells(&mut |cell| {
        first.get_or_insert_with(|| cell.form.clone());
    });
    let id = first?;
    forms.iter().find(|form| form.id == id)
}

/// Sentences as records: what one states can be used in the formulas of another.
fn spoken(sentences: &[Sentence]) -> Vec<Record> {
    sentences
        .iter()
        .map(|sentence| Record {
            id: sentence.id.clone(),
            name: sentence.title.clone(),
            columns: sentence.slots().map(|slot| (slot.clone(), slot.clone())).collect(),
        })
        .collect()
}
